use crate::arithmetic::{ROUND, range_of};

/// Outputs that are computed side by side.
pub(crate) const PANEL: usize = 64;

/// Four inputs' weights for each of a panel's outputs, output by output: four registers of 64 bytes.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(crate) struct Step(pub(crate) [[[i8; 4]; 16]; 4]);

impl Step {
    const ZERO: Self = Self([[[0; 4]; 16]; 4]);
}

/// The weights and biases of a linear map, a scale and eight bits a weight for each output.
#[derive(Debug)]
pub struct Weights {
    pub(crate) outputs: usize,
    pub(crate) inputs: usize,
    /// Panel by panel, in each of them step by step.
    pub(crate) steps: Vec<Step>,
    pub(crate) columns: Vec<PanelColumns>,
}

/// What belongs to the outputs of a panel.
#[derive(Clone, Debug)]
pub(crate) struct PanelColumns {
    pub(crate) scale: [f32; PANEL],
    /// The sum of the output's weights, which the zero of a row is multiplied with.
    pub(crate) sum: [f32; PANEL],
    pub(crate) bias: [f32; PANEL],
}

impl Weights {
    /// Rounds the weights, a row an output; `None` where `weights` does not hold `inputs` for each bias.
    pub fn round(weights: &[f32], bias: &[f32], inputs: usize) -> Option<Self> {
        let outputs = bias.len();
        if inputs == 0 || outputs == 0 || weights.len() != inputs.checked_mul(outputs)? {
            return None;
        }
        let steps_of_panel = inputs.div_ceil(4);
        let panels = outputs.div_ceil(PANEL);
        let mut steps = vec![Step::ZERO; panels * steps_of_panel];
        let empty = PanelColumns { scale: [0.0; PANEL], sum: [0.0; PANEL], bias: [0.0; PANEL] };
        let mut columns = vec![empty; panels];
        let mut rounded = vec![[0; 4]; steps_of_panel];
        for (output, (row, bias)) in weights.chunks_exact(inputs).zip(bias).enumerate() {
            let (panel, column) = (output / PANEL, output % PANEL);
            let (least, most) = range_of(row);
            let scale = most.max(-least) / 127.0;
            round_row(row, scale, rounded.as_flattened_mut());
            let panel_steps = &mut steps[panel * steps_of_panel..(panel + 1) * steps_of_panel];
            for (step, weights) in panel_steps.iter_mut().zip(&rounded) {
                step.0[column / 16][column % 16] = *weights;
            }
            let sum: i32 = rounded.as_flattened().iter().map(|weight| i32::from(*weight)).sum();
            let columns = &mut columns[panel];
            columns.scale[column] = scale;
            columns.sum[column] = sum as f32;
            columns.bias[column] = *bias;
        }
        Some(Self { outputs, inputs, steps, columns })
    }

    /// How many numbers come out for a row.
    pub fn outputs(&self) -> usize {
        self.outputs
    }
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
