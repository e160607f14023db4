#[cfg(target_arch = "x86_64")]
mod amx;
#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(target_arch = "x86_64")]
mod x86;

use crate::arithmetic::gelu_of;
use crate::processor::Instructions;
use crate::quantised::RowScale;
use crate::weights::{PANEL, PanelColumns, Step};
use crate::{Processor, Quantised, Weights};

/// What is done with the outputs of a linear map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// They replace what stood there.
    Put,
    /// Their gelu replaces what stood there.
    Gelu,
    /// They are added to what stands there.
    Add,
}

/// The sums of products of a row with a panel.
type Sums = [i32; PANEL];
/// A row's bytes, four together.
type Quads = [[u8; 4]];

impl Weights {
    /// Computes the outputs of each row of `rows` into the rows of `out`.
    ///
    /// # Panics
    ///
    /// Where the rows are not as wide as the map's inputs, or `out` has no room for just their outputs.
    pub fn apply(&self, processor: Processor, rows: &Quantised, then: Then, out: &mut [f32]) {
        assert_eq!(rows.depth, self.inputs, "rows of another width");
        assert_eq!(rows.rows.len() * self.outputs, out.len(), "room for other rows");
        multiply(processor, self, rows, then, out);
    }
}

#[expect(unsafe_code, reason = "calls of functions compiled for instructions that were looked for")]
fn multiply(processor: Processor, weights: &Weights, rows: &Quantised, then: Then, out: &mut [f32]) {
    match processor.0 {
        Instructions::Plain => multiply_body(weights, rows, then, 0, out, plain),
        // SAFETY: `Processor` is only made where these instructions were found.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx2 => unsafe { x86::multiply_avx2(weights, rows, then, out) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx512 => unsafe { x86::multiply_avx512(weights, rows, then, out) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Instructions::Amx => unsafe { amx::multiply_amx(weights, rows, then, out) },
        #[cfg(target_arch = "aarch64")]
        Instructions::Neon => neon::multiply_neon(weights, rows, then, out),
        // SAFETY: as above.
        #[cfg(target_arch = "aarch64")]
        Instructions::DotProducts => unsafe { neon::multiply_dot_products(weights, rows, then, out) },
    }
}

/// Goes panel by panel, so that a panel stays in the cache while all rows pass; `ROWS` of them are computed side by
/// side by `tile`, which takes their bytes `shift` lower.
#[inline(always)]
fn multiply_body<const ROWS: usize>(
    weights: &Weights,
    rows: &Quantised,
    then: Then,
    shift: i32,
    out: &mut [f32],
    tile: impl Fn(&[Step], &[&Quads; ROWS], usize, &mut [Sums; ROWS]),
) {
    let count = rows.rows.len();
    let mut sums = [[0; PANEL]; ROWS];
    for (panel, (steps, columns)) in weights.panels().zip(&weights.columns).enumerate() {
        let start = panel * PANEL;
        let width = PANEL.min(weights.outputs - start);
        for first in (0..count).step_by(ROWS) {
            let there = ROWS.min(count - first);
            let mut quads: [&Quads; ROWS] = [&[]; ROWS];
            for (row, quads) in quads.iter_mut().enumerate() {
                *quads = rows.row(first + row.min(there - 1));
            }
            tile(steps, &quads, there, &mut sums);
            for (row, sums) in (first..first + there).zip(&sums) {
                let place = row * weights.outputs + start;
                let RowScale { scale, zero } = rows.rows[row];
                let scale = RowScale { scale, zero: zero - shift };
                finish(sums, scale, columns, then, &mut out[place..place + width]);
            }
        }
    }
}

/// The first rows, all cut to one length. (A loop, since `array::from_fn` would be called from what is compiled for
/// more instructions than itself.)
#[inline(always)]
fn firsts<'a, const COUNT: usize>(rows: &[&'a Quads], length: usize) -> [&'a Quads; COUNT] {
    let mut firsts: [&Quads; COUNT] = [&[]; COUNT];
    for (first, row) in firsts.iter_mut().zip(rows) {
        *first = &row[..length];
    }
    firsts
}

#[inline(always)]
fn finish(sums: &Sums, row: RowScale, columns: &PanelColumns, then: Then, out: &mut [f32]) {
    if let Some(out) = out.first_chunk_mut() {
        finish_panel(sums, row, columns, then, out);
    } else {
        let mut whole = [0.0; PANEL];
        whole[..out.len()].copy_from_slice(out);
        finish_panel(sums, row, columns, then, &mut whole);
        out.copy_from_slice(&whole[..out.len()]);
    }
}

#[inline(always)]
fn finish_panel(sums: &Sums, row: RowScale, columns: &PanelColumns, then: Then, out: &mut [f32; PANEL]) {
    let value = |column: usize| {
        let sum = sums[column] - row.zero * columns.sum[column];
        (sum as f32).mul_add(row.scale * columns.scale[column], columns.bias[column])
    };
    match then {
        Then::Put => {
            for (column, out) in out.iter_mut().enumerate() {
                *out = value(column);
            }
        }
        Then::Gelu => {
            for (column, out) in out.iter_mut().enumerate() {
                *out = gelu_of(value(column));
            }
        }
        Then::Add => {
            for (column, out) in out.iter_mut().enumerate() {
                *out += value(column);
            }
        }
    }
}

/// The sums of products, as everything else must give them.
#[inline(always)]
fn plain(panel: &[Step], rows: &[&Quads; 4], count: usize, sums: &mut [Sums; 4]) {
    for (row, sums) in rows.iter().zip(sums).take(count) {
        *sums = [0; PANEL];
        for (step, quad) in panel.iter().zip(*row) {
            for (sums, columns) in sums.as_chunks_mut::<16>().0.iter_mut().zip(&step.0) {
                for (sum, weights) in sums.iter_mut().zip(columns) {
                    for (weight, byte) in weights.iter().zip(quad) {
                        *sum += i32::from(*byte) * i32::from(*weight);
                    }
                }
            }
        }
    }
}
