use std::ops::Range;

use crate::Processor;
use crate::arithmetic::softmax_body;
use crate::processor::compiled_for_each;

/// Numbers that are computed side by side.
const LANES: usize = 16;
/// Rows that are computed side by side.
const ROWS: usize = 4;

/// Attention with several heads, and the memory that it works in.
#[derive(Clone, Debug)]
pub struct Attention {
    heads: usize,
    /// The width of a head.
    size: usize,
    /// The keys of one head, a row a dimension, padded to whole lanes.
    keys: Vec<f32>,
    /// How much each row looks at each other, four rows at a time, padded as the keys are.
    scores: Vec<f32>,
}

impl Attention {
    /// `None` where the heads do not share the width in whole lanes.
    pub fn new(width: usize, heads: usize) -> Option<Self> {
        let size = width.checked_div(heads)?;
        (size > 0 && size * heads == width && size.is_multiple_of(LANES)).then(|| Self {
            heads,
            size,
            keys: Vec::new(),
            scores: Vec::new(),
        })
    }

    /// Lets the rows of one sequence look at each other. A row of `states` is its query, key and value; what
    /// it sees comes into its row of `context`.
    pub fn apply(
        &mut self,
        processor: Processor,
        sequence: Range<usize>,
        states: &[f32],
        context: &mut [f32],
    ) {
        let width = self.heads * self.size;
        let states = &states[sequence.start * 3 * width..sequence.end * 3 * width];
        let context = &mut context[sequence.start * width..sequence.end * width];
        attend(processor, self, states, context);
    }
}

compiled_for_each!(fn attend(attention: &mut Attention, states: &[f32], context: &mut [f32]) = attend_body);

#[inline(always)]
fn attend_body(attention: &mut Attention, states: &[f32], context: &mut [f32]) {
    let Attention { heads, size, keys, scores } = attention;
    let (size, width) = (*size, *heads * *size);
    let count = context.len() / width;
    let padded = count.next_multiple_of(LANES);
    let scale = (size as f32).sqrt().recip();
    keys.clear();
    keys.resize(size * padded, 0.0);
    scores.clear();
    scores.resize(ROWS * padded, 0.0);
    for head in 0..*heads {
        let part = |row: usize, of: usize| {
            let start = row * 3 * width + of * width + head * size;
            &states[start..start + size]
        };
        for row in 0..count {
            for (dimension, value) in part(row, 1).iter().enumerate() {
                keys[dimension * padded + row] = value * scale;
            }
        }
        for first in (0..count).step_by(ROWS) {
            // A row that is not there is computed as the last, and not kept.
            let rows: [usize; ROWS] = std::array::from_fn(|row| (first + row).min(count - 1));
            let queries = rows.map(|row| part(row, 0));
            for place in (0..padded).step_by(LANES) {
                let mut sums = [[0.0; LANES]; ROWS];
                for dimension in 0..size {
                    let start = dimension * padded + place;
                    let lanes = keys[start..start + LANES].first_chunk::<LANES>().unwrap_or(&[0.0; LANES]);
                    for (sums, query) in sums.iter_mut().zip(&queries) {
                        add_product(sums, query[dimension], lanes);
                    }
                }
                for (row, sums) in sums.iter().enumerate() {
                    scores[row * padded + place..row * padded + place + LANES].copy_from_slice(sums);
                }
            }
            for row in scores.chunks_exact_mut(padded) {
                // Whole lanes, in which what is not there counts nothing.
                row[count..].fill(f32::NEG_INFINITY);
                softmax_body(row);
            }
            for place in (0..size).step_by(LANES) {
                let mut sums = [[0.0; LANES]; ROWS];
                for seen in 0..count {
                    let values = &part(seen, 2)[place..place + LANES];
                    let lanes = values.first_chunk::<LANES>().unwrap_or(&[0.0; LANES]);
                    for (row, sums) in sums.iter_mut().enumerate() {
                        add_product(sums, scores[row * padded + seen], lanes);
                    }
                }
                for (row, sums) in sums.iter().enumerate().take(count - first) {
                    let start = (first + row) * width + head * size + place;
                    context[start..start + LANES].copy_from_slice(sums);
                }
            }
        }
    }
}

#[inline(always)]
fn add_product(sums: &mut [f32; LANES], factor: f32, lanes: &[f32; LANES]) {
    for (sum, lane) in sums.iter_mut().zip(lanes) {
        *sum = factor.mul_add(*lane, *sum);
    }
}
