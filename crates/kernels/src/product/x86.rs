#![expect(unsafe_code, reason = "whole registers are loaded and stored through pointers")]

use std::arch::x86_64::{
    __m256i, __m512i, _mm256_add_epi32, _mm256_load_si256, _mm256_madd_epi16, _mm256_maddubs_epi16,
    _mm256_set1_epi16, _mm256_set1_epi32, _mm256_setzero_si256, _mm256_storeu_si256, _mm512_dpbusd_epi32,
    _mm512_load_si512, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
};

use super::{PANEL, Quads, Step, Sums, Then, firsts, multiply_body};
use crate::{Quantised, Weights};

/// Rows side by side: six times a panel fill 24 of 32 registers.
const ROWS_AVX512: usize = 6;
/// Four times 16 outputs fill 8 of 16 registers.
const ROWS_AVX2: usize = 4;

#[target_feature(enable = "avx2,fma")]
pub(super) fn multiply_avx2(weights: &Weights, rows: &Quantised, then: Then, out: &mut [f32]) {
    multiply_body(
        weights,
        rows,
        then,
        0,
        out,
        |panel, rows: &[&Quads; ROWS_AVX2], count, sums| match count {
            1 => tile_avx2::<1>(panel, rows, sums),
            2 => tile_avx2::<2>(panel, rows, sums),
            3 => tile_avx2::<3>(panel, rows, sums),
            _ => tile_avx2::<ROWS_AVX2>(panel, rows, sums),
        },
    );
}

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
pub(super) fn multiply_avx512(weights: &Weights, rows: &Quantised, then: Then, out: &mut [f32]) {
    multiply_body(
        weights,
        rows,
        then,
        0,
        out,
        |panel, rows: &[&Quads; ROWS_AVX512], count, sums| match count {
            1 => tile_avx512::<1>(panel, rows, sums),
            2 => tile_avx512::<2>(panel, rows, sums),
            3 => tile_avx512::<3>(panel, rows, sums),
            4 => tile_avx512::<4>(panel, rows, sums),
            5 => tile_avx512::<5>(panel, rows, sums),
            _ => tile_avx512::<ROWS_AVX512>(panel, rows, sums),
        },
    );
}

/// Sixteen outputs a register; each step adds four products to each.
#[target_feature(enable = "avx512f,avx512vnni")]
fn tile_avx512<const COUNT: usize>(
    panel: &[Step],
    rows: &[&Quads; ROWS_AVX512],
    sums: &mut [Sums; ROWS_AVX512],
) {
    let rows: [&Quads; COUNT] = firsts(rows, panel.len());
    let mut totals = [[_mm512_setzero_si512(); PANEL / 16]; COUNT];
    for (place, step) in panel.iter().enumerate() {
        // SAFETY: each of the four parts of a step is 64 bytes at a multiple of 64.
        let weights: [__m512i; PANEL / 16] =
            step.0.each_ref().map(|part| unsafe { _mm512_load_si512(part.as_ptr().cast()) });
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

/// Eight outputs a register. Neighbouring products are added in 16 bits, which [`Weights`] are made to fit, then in 32.
#[target_feature(enable = "avx2")]
fn tile_avx2<const COUNT: usize>(panel: &[Step], rows: &[&Quads; ROWS_AVX2], sums: &mut [Sums; ROWS_AVX2]) {
    let rows: [&Quads; COUNT] = firsts(rows, panel.len());
    let ones = _mm256_set1_epi16(1);
    for part in 0..PANEL / 16 {
        let mut totals = [[_mm256_setzero_si256(); 2]; COUNT];
        for (place, step) in panel.iter().enumerate() {
            let eights = step.0[part].as_chunks::<8>().0;
            // SAFETY: eight outputs of a step are 32 bytes, and begin at a multiple of 32.
            let weights: [__m256i; 2] =
                std::array::from_fn(|half| unsafe { _mm256_load_si256(eights[half].as_ptr().cast()) });
            for (totals, row) in totals.iter_mut().zip(&rows) {
                let bytes = _mm256_set1_epi32(i32::from_ne_bytes(row[place]));
                for (total, weights) in totals.iter_mut().zip(weights) {
                    let pairs = _mm256_maddubs_epi16(bytes, weights);
                    *total = _mm256_add_epi32(*total, _mm256_madd_epi16(pairs, ones));
                }
            }
        }
        for (totals, sums) in totals.into_iter().zip(&mut *sums) {
            let sums = &mut sums.as_chunks_mut::<16>().0[part];
            for (total, sums) in totals.into_iter().zip(sums.as_chunks_mut::<8>().0) {
                // SAFETY: eight sums are as long as a register.
                unsafe { _mm256_storeu_si256(sums.as_mut_ptr().cast(), total) };
            }
        }
    }
}
