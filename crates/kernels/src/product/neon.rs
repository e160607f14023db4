#![expect(unsafe_code, reason = "whole registers are loaded and stored through pointers")]

use std::arch::aarch64::{
    int8x16_t, int32x4_t, vdupq_n_s32, vget_low_s8, vld1q_s8, vmull_high_s8, vmull_s8, vpadalq_s16,
    vpaddq_s32, vreinterpretq_s8_s32, vst1q_s32,
};
use std::arch::asm;

use super::{PANEL, Quads, Step, Sums, Then, firsts, multiply_body};
use crate::{Quantised, Weights};

/// What bytes are taken lower by, since only the products of signed bytes are had everywhere.
const SHIFT: i32 = 128;
/// Rows side by side: twice 16 outputs, the halves of their sums apart, fill 16 of 32 registers.
const ROWS_NEON: usize = 2;
/// Four times 16 outputs fill 16 of 32 registers.
const ROWS_DOT_PRODUCTS: usize = 4;

pub(super) fn multiply_neon(weights: &Weights, rows: &Quantised, then: Then, out: &mut [f32]) {
    multiply_body(weights, rows, then, SHIFT, out, |panel, rows: &[&Quads; ROWS_NEON], count, sums| {
        match count {
            1 => tile_neon::<1>(panel, rows, sums),
            _ => tile_neon::<ROWS_NEON>(panel, rows, sums),
        }
    });
}

#[target_feature(enable = "dotprod")]
pub(super) fn multiply_dot_products(weights: &Weights, rows: &Quantised, then: Then, out: &mut [f32]) {
    multiply_body(
        weights,
        rows,
        then,
        SHIFT,
        out,
        |panel, rows: &[&Quads; ROWS_DOT_PRODUCTS], count, sums| match count {
            1 => tile_dot_products::<1>(panel, rows, sums),
            2 => tile_dot_products::<2>(panel, rows, sums),
            3 => tile_dot_products::<3>(panel, rows, sums),
            _ => tile_dot_products::<ROWS_DOT_PRODUCTS>(panel, rows, sums),
        },
    );
}

/// Two outputs a register, each as the sums of two products.
fn tile_neon<const COUNT: usize>(panel: &[Step], rows: &[&Quads; ROWS_NEON], sums: &mut [Sums; ROWS_NEON]) {
    let rows: [&Quads; COUNT] = firsts(rows, panel.len());
    for part in 0..PANEL / 16 {
        let mut totals = [[[zero(); 2]; 4]; COUNT];
        for (place, step) in panel.iter().enumerate() {
            let weights = fours(step, part);
            for (totals, row) in totals.iter_mut().zip(&rows) {
                let bytes = signed(row[place]);
                for ([first, second], weights) in totals.iter_mut().zip(weights) {
                    // SAFETY: every processor of this kind has NEON.
                    unsafe {
                        *first = vpadalq_s16(*first, vmull_s8(vget_low_s8(weights), vget_low_s8(bytes)));
                        *second = vpadalq_s16(*second, vmull_high_s8(weights, bytes));
                    }
                }
            }
        }
        for (totals, sums) in totals.iter().zip(&mut *sums) {
            // SAFETY: as above.
            put(totals.map(|[first, second]| unsafe { vpaddq_s32(first, second) }), part, sums);
        }
    }
}

/// Four outputs a register; each step adds four products to each.
#[target_feature(enable = "dotprod")]
fn tile_dot_products<const COUNT: usize>(
    panel: &[Step],
    rows: &[&Quads; ROWS_DOT_PRODUCTS],
    sums: &mut [Sums; ROWS_DOT_PRODUCTS],
) {
    let rows: [&Quads; COUNT] = firsts(rows, panel.len());
    for part in 0..PANEL / 16 {
        let mut totals = [[zero(); 4]; COUNT];
        for (place, step) in panel.iter().enumerate() {
            let weights = fours(step, part);
            for (totals, row) in totals.iter_mut().zip(&rows) {
                let bytes = signed(row[place]);
                for (total, weights) in totals.iter_mut().zip(weights) {
                    // SAFETY: registers alone are read and written. (The standard library has no stable name for
                    // this instruction yet.)
                    unsafe {
                        asm!(
                            "sdot {total:v}.4s, {weights:v}.16b, {bytes:v}.16b",
                            total = inout(vreg) *total,
                            weights = in(vreg) weights,
                            bytes = in(vreg) bytes,
                            options(pure, nomem, nostack, preserves_flags),
                        );
                    }
                }
            }
        }
        for (totals, sums) in totals.into_iter().zip(&mut *sums) {
            put(totals, part, sums);
        }
    }
}

fn zero() -> int32x4_t {
    // SAFETY: every processor of this kind has NEON.
    unsafe { vdupq_n_s32(0) }
}

/// The weights of sixteen outputs, four outputs a register.
#[inline(always)]
fn fours(step: &Step, part: usize) -> [int8x16_t; 4] {
    let fours = step.0[part].as_chunks::<4>().0;
    // SAFETY: four outputs of a step are sixteen bytes.
    std::array::from_fn(|four| unsafe { vld1q_s8(fours[four].as_ptr().cast()) })
}

/// Four bytes, `SHIFT` lower and repeated.
#[inline(always)]
fn signed(bytes: [u8; 4]) -> int8x16_t {
    let lower = i32::from_ne_bytes(bytes.map(|byte| byte ^ 0x80));
    // SAFETY: every processor of this kind has NEON.
    unsafe { vreinterpretq_s8_s32(vdupq_n_s32(lower)) }
}

#[inline(always)]
fn put(totals: [int32x4_t; 4], part: usize, sums: &mut Sums) {
    let sums = &mut sums.as_chunks_mut::<16>().0[part];
    for (total, sums) in totals.into_iter().zip(sums.as_chunks_mut::<4>().0) {
        // SAFETY: four sums are as long as a register.
        unsafe { vst1q_s32(sums.as_mut_ptr(), total) };
    }
}
