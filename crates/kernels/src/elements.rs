use crate::Processor;
use crate::arithmetic::{gelu_of, sum};
use crate::processor::compiled_for_each;

/// Layer normalisation.
#[derive(Debug)]
pub struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f32,
}

impl Norm {
    /// `None` where weights and biases are none or not as many.
    pub fn new(weight: Vec<f32>, bias: Vec<f32>, epsilon: f32) -> Option<Self> {
        (!weight.is_empty() && weight.len() == bias.len()).then_some(Self { weight, bias, epsilon })
    }

    /// Normalises each row in its place.
    pub fn apply(&self, processor: Processor, rows: &mut [f32]) {
        normalise(processor, self, rows);
    }
}

compiled_for_each!(fn normalise(norm: &Norm, rows: &mut [f32]) = normalise_body);

#[inline(always)]
fn normalise_body(norm: &Norm, rows: &mut [f32]) {
    let size = norm.weight.len() as f32;
    for row in rows.chunks_exact_mut(norm.weight.len()) {
        let mean = sum(row, |value| value) / size;
        let variance = sum(row, |value| (value - mean) * (value - mean)) / size;
        let scale = (variance + norm.epsilon).sqrt().recip();
        for ((value, weight), bias) in row.iter_mut().zip(&norm.weight).zip(&norm.bias) {
            *value = ((*value - mean) * scale).mul_add(*weight, *bias);
        }
    }
}

compiled_for_each!(
    /// Adds a share of each number.
    pub fn add_share(share: f32, numbers: &[f32], to: &mut [f32]) = add_share_body
);

#[inline(always)]
fn add_share_body(share: f32, numbers: &[f32], to: &mut [f32]) {
    for (sum, number) in to.iter_mut().zip(numbers) {
        *sum = share.mul_add(*number, *sum);
    }
}

compiled_for_each!(
    /// Puts each number's gelu in its place.
    pub fn gelu(numbers: &mut [f32]) = gelu_body
);

#[inline(always)]
fn gelu_body(numbers: &mut [f32]) {
    for number in numbers {
        *number = gelu_of(*number);
    }
}
