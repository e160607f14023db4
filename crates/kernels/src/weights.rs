use crate::arithmetic::{ROUND, range_of};
use crate::quantised::Line;

/// Outputs that are computed side by side.
pub(crate) const PANEL: usize = 64;

/// Four inputs' weights for each of a panel's outputs, output by output: four registers of 64 bytes.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(crate) struct Step(pub(crate) [[[i8; 4]; 16]; 4]);

impl Step {
    const ZERO: Self = Self([[[0; 4]; 16]; 4]);
}

/// What two neighbouring weights of an output may have together, signs aside: the products of the two with bytes then
/// add up within the 16 bits that AVX2 adds them in.
const MOST_OF_PAIR: u16 = 128;

/// The weights and biases of a linear map, a scale and eight bits a weight for each output.
#[derive(Debug)]
pub struct Weights {
    pub(crate) outputs: usize,
    pub(crate) inputs: usize,
    /// Panel by panel, in each of them step by step, filled up with zeros to whole lines of bytes.
    pub(crate) steps: Vec<Step>,
    pub(crate) columns: Vec<PanelColumns>,
}

/// What belongs to the outputs of a panel.
#[derive(Clone, Debug)]
pub(crate) struct PanelColumns {
    pub(crate) scale: [f32; PANEL],
    /// The sum of the output's weights, which the zero of a row is multiplied with.
    pub(crate) sum: [i32; PANEL],
    pub(crate) bias: [f32; PANEL],
}

impl Weights {
    /// The map of weights in whole numbers: a row of `inputs` bytes for each output, to be multiplied by the output's
    /// scale. `None` where there are none, or not as many, or where weights 0 and 1, 2 and 3 … of an output have more
    /// than 128 together, signs aside.
    pub fn new(rows: &[i8], scales: &[f32], bias: &[f32], inputs: usize) -> Option<Self> {
        let outputs = bias.len();
        if inputs == 0
            || outputs == 0
            || scales.len() != outputs
            || rows.len() != inputs.checked_mul(outputs)?
        {
            return None;
        }
        let steps_of_panel = steps_of_panel(inputs);
        let mut steps = vec![Step::ZERO; outputs.div_ceil(PANEL) * steps_of_panel];
        let empty = PanelColumns { scale: [0.0; PANEL], sum: [0; PANEL], bias: [0.0; PANEL] };
        let mut columns = vec![empty; outputs.div_ceil(PANEL)];
        for (output, (row, (scale, bias))) in
            rows.chunks_exact(inputs).zip(scales.iter().zip(bias)).enumerate()
        {
            let pairs = row.as_chunks::<2>().0.iter();
            let most =
                pairs.map(|[one, other]| u16::from(one.unsigned_abs()) + u16::from(other.unsigned_abs()));
            if most.fold(0, u16::max) > MOST_OF_PAIR {
                return None;
            }
            let (panel, column) = (output / PANEL, output % PANEL);
            let panel_steps = &mut steps[panel * steps_of_panel..(panel + 1) * steps_of_panel];
            let (whole, rest) = row.as_chunks::<4>();
            for (step, weights) in panel_steps.iter_mut().zip(whole) {
                step.0[column / 16][column % 16] = *weights;
            }
            if let Some(step) = panel_steps.get_mut(whole.len()) {
                step.0[column / 16][column % 16][..rest.len()].copy_from_slice(rest);
            }
            let columns = &mut columns[panel];
            columns.scale[column] = *scale;
            columns.sum[column] = row.iter().map(|weight| i32::from(*weight)).sum();
            columns.bias[column] = *bias;
        }
        Some(Self { outputs, inputs, steps, columns })
    }

    /// Rounds the weights, a row an output; `None` where `weights` does not hold `inputs` for each bias.
    pub fn round(weights: &[f32], bias: &[f32], inputs: usize) -> Option<Self> {
        if inputs == 0 || weights.len() != inputs.checked_mul(bias.len())? {
            return None;
        }
        let mut rows = vec![0; weights.len()];
        let mut scales = Vec::with_capacity(bias.len());
        for (row, into) in weights.chunks_exact(inputs).zip(rows.chunks_exact_mut(inputs)) {
            let (least, most) = range_of(row);
            let pairs = row.as_chunks::<2>().0.iter().map(|[one, other]| one.abs() + other.abs());
            let scale = most.max(-least).max(pairs.fold(0.0, f32::max)) / 127.0;
            round_row(row, scale, into);
            scales.push(scale);
        }
        Self::new(&rows, &scales, bias, inputs)
    }

    /// The steps of each panel.
    pub(crate) fn panels(&self) -> std::slice::ChunksExact<'_, Step> {
        self.steps.chunks_exact(steps_of_panel(self.inputs))
    }

    /// How many numbers come out for a row.
    pub fn outputs(&self) -> usize {
        self.outputs
    }
}

/// As many as the lines of a row take.
fn steps_of_panel(inputs: usize) -> usize {
    inputs.next_multiple_of(Line::BYTES) / 4
}

/// Rounds to the nearest multiple of `scale`, at most 127 of them.
fn round_row(row: &[f32], scale: f32, into: &mut [i8]) {
    let shrink = if scale > 0.0 { scale.recip() } else { 0.0 };
    for (place, weight) in into.iter_mut().zip(row) {
        // Adding `ROUND` leaves the nearest whole number in the lowest bits.
        let shifted = (weight * shrink).clamp(-127.0, 127.0) + ROUND;
        *place = ((shifted.to_bits() & 0xff) as u8).cast_signed();
    }
}
