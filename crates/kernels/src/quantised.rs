use crate::Processor;
use crate::arithmetic::{ROUND, range_of};
use crate::processor::compiled_for_each;

/// Rows of numbers as bytes: a number is `(byte − zero) · scale`, with a scale and a zero for each row, so that
/// no row depends on its neighbours.
#[derive(Debug, Default)]
pub struct Quantised {
    pub(crate) depth: usize,
    /// Four neighbouring bytes of a row together, as the products take them; what comes after the last row means nothing.
    pub(crate) quads: Vec<[u8; 4]>,
    pub(crate) rows: Vec<RowScale>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct RowScale {
    pub(crate) scale: f32,
    pub(crate) zero: i32,
}

impl Quantised {
    /// Takes the place of what was held with the rows of `numbers`, `depth` in each.
    pub fn fill(&mut self, processor: Processor, numbers: &[f32], depth: usize) {
        fill(processor, self, numbers, depth);
    }

    /// How many rows are held.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The four-byte groups of a row.
    pub(crate) fn row(&self, row: usize) -> &[[u8; 4]] {
        let quads = self.depth.div_ceil(4);
        &self.quads[row * quads..(row + 1) * quads]
    }
}

compiled_for_each!(fn fill(into: &mut Quantised, numbers: &[f32], depth: usize) = fill_body);

#[inline(always)]
fn fill_body(into: &mut Quantised, numbers: &[f32], depth: usize) {
    let depth = depth.max(1);
    let quads = depth.div_ceil(4);
    let rows = numbers.len() / depth;
    into.depth = depth;
    // Rows of different depths take turns, so that what shrinks would be cleared when it grows again.
    if into.quads.len() < rows * quads {
        into.quads.resize(rows * quads, [0; 4]);
    }
    into.rows.resize(rows, RowScale::default());
    let places = into.quads.chunks_exact_mut(quads).zip(&mut into.rows);
    for ((bytes, row), numbers) in places.zip(numbers.chunks_exact(depth)) {
        let (least, most) = range_of(numbers);
        let span = most - least;
        if !(span > f32::MIN_POSITIVE && span < f32::MAX) {
            // All numbers are zero, or some are none.
            *row = RowScale::default();
            bytes.fill([0; 4]);
            continue;
        }
        let steps = 255.0 / span;
        let zero = (-least * steps + ROUND) - ROUND;
        #[expect(clippy::cast_possible_truncation, reason = "a whole number from 0 to 255")]
        let whole = zero as i32;
        *row = RowScale { scale: span / 255.0, zero: whole };
        let (flat, rest) = bytes.as_flattened_mut().split_at_mut(depth);
        rest.fill(0);
        for (byte, number) in flat.iter_mut().zip(numbers) {
            // Adding `ROUND` leaves the nearest whole number in the lowest bits.
            let shifted = (number * steps + zero).clamp(0.0, 255.0) + ROUND;
            *byte = (shifted.to_bits() & 0xff) as u8;
        }
    }
}
