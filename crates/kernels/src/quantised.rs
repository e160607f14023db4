use crate::Processor;
use crate::arithmetic::{ROUND, range_of};
use crate::processor::compiled_for_each;

/// Rows that AMX takes together.
pub(crate) const TILE_ROWS: usize = 16;

/// Sixteen times four neighbouring bytes of a row, as the products take them.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Line(pub(crate) [[u8; 4]; 16]);

impl Line {
    pub(crate) const BYTES: usize = 64;
    const ZERO: Self = Self([[0; 4]; 16]);
}

/// Rows of numbers as bytes: a number is `(byte − zero) · scale`, with a scale and a zero for each row, so that
/// no row depends on its neighbours.
#[derive(Debug, Default)]
pub struct Quantised {
    pub(crate) depth: usize,
    /// Row by row, the last line of each filled up with zeros. What comes after the last row means nothing, but there are
    /// always as many rows as a tile has.
    pub(crate) lines: Vec<Line>,
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

    /// How many lines a row has.
    pub(crate) fn lines_of_row(&self) -> usize {
        self.depth.div_ceil(Line::BYTES)
    }

    /// The bytes of a row, with the zeros that fill up its last line.
    #[expect(unsafe_code, reason = "lines are read as what they are made of")]
    pub(crate) fn row(&self, row: usize) -> &[[u8; 4]] {
        let lines = self.lines_of_row();
        let lines = &self.lines[row * lines..(row + 1) * lines];
        // SAFETY: a line is sixteen times four bytes, and nothing else.
        unsafe { std::slice::from_raw_parts(lines.as_ptr().cast(), lines.len() * Line::BYTES / 4) }
    }
}

compiled_for_each!(fn fill(into: &mut Quantised, numbers: &[f32], depth: usize) = fill_body);

#[inline(always)]
fn fill_body(into: &mut Quantised, numbers: &[f32], depth: usize) {
    let depth = depth.max(1);
    let rows = numbers.len() / depth;
    into.depth = depth;
    let lines = into.lines_of_row();
    // Rows of different depths take turns, so that what shrinks would be cleared when it grows again.
    let size = rows.next_multiple_of(TILE_ROWS) * lines;
    if into.lines.len() < size {
        into.lines.resize(size, Line::ZERO);
    }
    into.rows.resize(rows, RowScale::default());
    let places = into.lines.chunks_exact_mut(lines).zip(&mut into.rows);
    for ((lines, row), numbers) in places.zip(numbers.chunks_exact(depth)) {
        let (least, most) = range_of(numbers);
        let span = most - least;
        if !(span > f32::MIN_POSITIVE && span < f32::MAX) {
            // All numbers are zero, or some are none.
            *row = RowScale::default();
            lines.fill(Line::ZERO);
            continue;
        }
        let steps = 255.0 / span;
        let zero = (-least * steps + ROUND) - ROUND;
        #[expect(clippy::cast_possible_truncation, reason = "a whole number from 0 to 255")]
        let whole = zero as i32;
        *row = RowScale { scale: span / 255.0, zero: whole };
        // Adding `ROUND` leaves the nearest whole number in the lowest bits.
        let byte = |number: f32| (((number * steps + zero).clamp(0.0, 255.0) + ROUND).to_bits() & 0xff) as u8;
        let (whole, rest) = numbers.as_chunks::<{ Line::BYTES }>();
        for (line, numbers) in lines.iter_mut().zip(whole) {
            for (place, number) in line.0.as_flattened_mut().iter_mut().zip(numbers) {
                *place = byte(*number);
            }
        }
        if let Some(line) = lines.get_mut(whole.len()) {
            *line = Line::ZERO;
            for (place, number) in line.0.as_flattened_mut().iter_mut().zip(rest) {
                *place = byte(*number);
            }
        }
    }
}
