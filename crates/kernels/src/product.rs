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

/// Rows that are computed side by side: six times a panel fill 24 of 32 registers.
const ROWS: usize = 6;

/// The sums of products of some rows with a panel.
type Sums = [[i32; PANEL]; ROWS];

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
        Instructions::Plain => multiply_body(weights, rows, then, out, plain),
        // SAFETY: `Processor` is only made where these instructions were found.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx2 => unsafe { x86::multiply_avx2(weights, rows, then, out) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx512 => unsafe { x86::multiply_avx512(weights, rows, then, out) },
    }
}

/// Goes panel by panel, so that a panel stays in the cache while all rows pass.
#[inline(always)]
fn multiply_body(
    weights: &Weights,
    rows: &Quantised,
    then: Then,
    out: &mut [f32],
    tile: impl Fn(&[Step], &[&[[u8; 4]]; ROWS], usize, &mut Sums),
) {
    let count = rows.rows.len();
    let steps = weights.steps.chunks_exact(weights.inputs.div_ceil(4));
    let mut sums = [[0; PANEL]; ROWS];
    for (panel, (steps, columns)) in steps.zip(&weights.columns).enumerate() {
        let start = panel * PANEL;
        let width = PANEL.min(weights.outputs - start);
        for first in (0..count).step_by(ROWS) {
            let there = ROWS.min(count - first);
            let quads = std::array::from_fn(|row| rows.row(first + row.min(there - 1)));
            tile(steps, &quads, there, &mut sums);
            for (row, sums) in (first..first + there).zip(&sums) {
                let place = row * weights.outputs + start;
                finish(sums, rows.rows[row], columns, then, &mut out[place..place + width]);
            }
        }
    }
}

#[inline(always)]
fn finish(sums: &[i32; PANEL], row: RowScale, columns: &PanelColumns, then: Then, out: &mut [f32]) {
    let mut values = [0.0; PANEL];
    for (column, value) in values.iter_mut().enumerate() {
        let sum = sums[column] as f32 - row.zero * columns.sum[column];
        *value = sum * (row.scale * columns.scale[column]) + columns.bias[column];
    }
    match then {
        Then::Put => {
            for (out, value) in out.iter_mut().zip(values) {
                *out = value;
            }
        }
        Then::Gelu => {
            for (out, value) in out.iter_mut().zip(values) {
                *out = gelu_of(value);
            }
        }
        Then::Add => {
            for (out, value) in out.iter_mut().zip(values) {
                *out += value;
            }
        }
    }
}

/// The sums of products, as everything else must give them.
#[inline(always)]
fn plain(panel: &[Step], rows: &[&[[u8; 4]]; ROWS], count: usize, sums: &mut Sums) {
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

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "whole registers are loaded and stored through pointers")]
mod x86 {
    use std::arch::x86_64::{
        __m256i, _mm_load_si128, _mm_set1_epi32, _mm256_add_epi32, _mm256_cvtepi8_epi16,
        _mm256_cvtepu8_epi16, _mm256_hadd_epi32, _mm256_madd_epi16, _mm256_permute4x64_epi64,
        _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32, _mm512_load_si512, _mm512_set1_epi32,
        _mm512_setzero_si512, _mm512_storeu_si512,
    };

    use super::{PANEL, Quantised, ROWS, Step, Sums, Then, Weights, multiply_body};

    #[target_feature(enable = "avx2")]
    pub(super) fn multiply_avx2(weights: &Weights, rows: &Quantised, then: Then, out: &mut [f32]) {
        multiply_body(weights, rows, then, out, |panel, rows, count, sums| match count {
            1 => tile_avx2::<1>(panel, rows, sums),
            2 => tile_avx2::<2>(panel, rows, sums),
            3 => tile_avx2::<3>(panel, rows, sums),
            4 => tile_avx2::<4>(panel, rows, sums),
            5 => tile_avx2::<5>(panel, rows, sums),
            _ => tile_avx2::<ROWS>(panel, rows, sums),
        });
    }

    #[target_feature(enable = "avx2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
    pub(super) fn multiply_avx512(weights: &Weights, rows: &Quantised, then: Then, out: &mut [f32]) {
        multiply_body(weights, rows, then, out, |panel, rows, count, sums| match count {
            1 => tile_avx512::<1>(panel, rows, sums),
            2 => tile_avx512::<2>(panel, rows, sums),
            3 => tile_avx512::<3>(panel, rows, sums),
            4 => tile_avx512::<4>(panel, rows, sums),
            5 => tile_avx512::<5>(panel, rows, sums),
            _ => tile_avx512::<ROWS>(panel, rows, sums),
        });
    }

    /// Sixteen outputs a register; each step adds four products to each.
    #[target_feature(enable = "avx512f,avx512vnni")]
    fn tile_avx512<const COUNT: usize>(panel: &[Step], rows: &[&[[u8; 4]]; ROWS], sums: &mut Sums) {
        let rows: [&[[u8; 4]]; COUNT] = std::array::from_fn(|row| &rows[row][..panel.len()]);
        let mut totals = [[_mm512_setzero_si512(); PANEL / 16]; COUNT];
        for (place, step) in panel.iter().enumerate() {
            // SAFETY: each of the four parts of a step is 64 bytes at a multiple of 64.
            let weights = step.0.each_ref().map(|part| unsafe { _mm512_load_si512(part.as_ptr().cast()) });
            for (totals, row) in totals.iter_mut().zip(&rows) {
                let bytes = _mm512_set1_epi32(i32::from_ne_bytes(row[place]));
                for (total, weights) in totals.iter_mut().zip(weights) {
                    *total = _mm512_dpbusd_epi32(*total, bytes, weights);
                }
            }
        }
        for (totals, sums) in totals.into_iter().zip(sums) {
            for (total, sums) in totals.into_iter().zip(sums.as_chunks_mut::<16>().0) {
                // SAFETY: sixteen sums are as long as a register.
                unsafe { _mm512_storeu_si512(sums.as_mut_ptr().cast(), total) };
            }
        }
    }

    /// Bytes are widened, since the products of bytes that AVX2 has are cut off where two of them add up to more
    /// than 16 bits. A register holds four outputs, each as the sums of two products.
    #[target_feature(enable = "avx2")]
    fn tile_avx2<const COUNT: usize>(panel: &[Step], rows: &[&[[u8; 4]]; ROWS], sums: &mut Sums) {
        let rows: [&[[u8; 4]]; COUNT] = std::array::from_fn(|row| &rows[row][..panel.len()]);
        for part in 0..PANEL / 8 {
            let mut totals = [[_mm256_setzero_si256(); 2]; COUNT];
            for (place, step) in panel.iter().enumerate() {
                let eight = &step.0[part / 2].as_chunks::<8>().0[part % 2];
                // SAFETY: eight outputs of a step are 32 bytes, and begin at a multiple of 32.
                let (first, second) = unsafe {
                    let start = eight.as_ptr();
                    (_mm_load_si128(start.cast()), _mm_load_si128(start.add(4).cast()))
                };
                let weights = [_mm256_cvtepi8_epi16(first), _mm256_cvtepi8_epi16(second)];
                for (totals, row) in totals.iter_mut().zip(&rows) {
                    let bytes = widened(row[place]);
                    for (total, weights) in totals.iter_mut().zip(weights) {
                        *total = _mm256_add_epi32(*total, _mm256_madd_epi16(bytes, weights));
                    }
                }
            }
            for ([first, second], sums) in totals.into_iter().zip(&mut *sums) {
                // The halves of a register are added apart: outputs 0 1 4 5 2 3 6 7.
                let added = _mm256_permute4x64_epi64::<0b11_01_10_00>(_mm256_hadd_epi32(first, second));
                let eight = &mut sums.as_chunks_mut::<8>().0[part];
                // SAFETY: eight sums are as long as a register.
                unsafe { _mm256_storeu_si256(eight.as_mut_ptr().cast(), added) };
            }
        }
    }

    /// Four bytes as 16-bit numbers, repeated.
    #[target_feature(enable = "avx2")]
    fn widened(bytes: [u8; 4]) -> __m256i {
        _mm256_cvtepu8_epi16(_mm_set1_epi32(i32::from_ne_bytes(bytes)))
    }
}
