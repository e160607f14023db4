#![expect(unsafe_code, reason = "whole registers are loaded and stored through pointers")]

use std::arch::x86_64::{
    _mm256_fmadd_ps, _mm256_loadu_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps, _mm512_fmadd_ps,
    _mm512_loadu_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps,
};

use super::{Attention, LANES, Lanes, ScaledRows, attend_body};

#[target_feature(enable = "avx2,fma")]
pub(super) fn attend_avx2(attention: &mut Attention, states: &[f32], context: &mut [f32]) {
    attend_body(
        attention,
        states,
        context,
        |rows, out| rows_avx2(rows, out),
        |rows, out| rows_avx2(rows, out),
    );
}

#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
pub(super) fn attend_avx512(attention: &mut Attention, states: &[f32], context: &mut [f32]) {
    attend_body(
        attention,
        states,
        context,
        |rows, out| rows_avx512(rows, out),
        |rows, out| rows_avx512(rows, out),
    );
}

/// A register a row.
#[target_feature(enable = "avx512f")]
fn rows_avx512<const COUNT: usize>(of: ScaledRows<'_>, out: &mut [Lanes; COUNT]) {
    of.check(COUNT);
    let mut sums = [_mm512_setzero_ps(); COUNT];
    for step in 0..of.steps {
        // SAFETY: `check` has seen that the last factor and the last lane are there.
        unsafe {
            let lanes = _mm512_loadu_ps(of.lanes.as_ptr().add(step * of.between_lanes));
            let factors = of.factors.as_ptr().add(step * of.between_steps);
            for (row, sum) in sums.iter_mut().enumerate() {
                let factor = _mm512_set1_ps(*factors.add(row * of.between_rows));
                *sum = _mm512_fmadd_ps(factor, lanes, *sum);
            }
        }
    }
    for (out, sum) in out.iter_mut().zip(sums) {
        // SAFETY: a row of sums is as long as a register.
        unsafe { _mm512_storeu_ps(out.as_mut_ptr(), sum) };
    }
}

/// Half a row a register, so that the sums of eight rows and what is multiplied have room.
#[target_feature(enable = "avx2,fma")]
fn rows_avx2<const COUNT: usize>(of: ScaledRows<'_>, out: &mut [Lanes; COUNT]) {
    of.check(COUNT);
    for half in [0, LANES / 2] {
        let mut sums = [_mm256_setzero_ps(); COUNT];
        for step in 0..of.steps {
            // SAFETY: `check` has seen that the last factor and the last lane are there.
            unsafe {
                let lanes = _mm256_loadu_ps(of.lanes.as_ptr().add(step * of.between_lanes + half));
                let factors = of.factors.as_ptr().add(step * of.between_steps);
                for (row, sum) in sums.iter_mut().enumerate() {
                    let factor = _mm256_set1_ps(*factors.add(row * of.between_rows));
                    *sum = _mm256_fmadd_ps(factor, lanes, *sum);
                }
            }
        }
        for (out, sum) in out.iter_mut().zip(sums) {
            // SAFETY: half a row of sums is as long as a register.
            unsafe { _mm256_storeu_ps(out[half..half + LANES / 2].as_mut_ptr(), sum) };
        }
    }
}
