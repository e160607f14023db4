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
        for (output, (row, bias)) in weights.chunks_exact(inputs).zip(bias).enumerate() {
            let (panel, column) = (output / PANEL, output % PANEL);
            let most = row.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
            let scale = most / 127.0;
            let shrink = if scale > 0.0 { scale.recip() } else { 0.0 };
            let mut sum = 0_i32;
            let panel_steps = &mut steps[panel * steps_of_panel..(panel + 1) * steps_of_panel];
            for (step, weights) in panel_steps.iter_mut().zip(row.chunks(4)) {
                for (place, weight) in step.0[column / 16][column % 16].iter_mut().zip(weights) {
                    #[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
                    let rounded = (weight * shrink).round_ties_even() as i8;
                    *place = rounded;
                    sum += i32::from(rounded);
                }
            }
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
