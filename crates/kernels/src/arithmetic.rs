//! The few functions between the matrix products, written so that the compiler can do several numbers at once.

use crate::processor::compiled_for_each;

/// `x` times the share of the normal distribution below `x`, within 0.00005 and a 200,000th of `x`.
///
/// A polynomial without a division, since what comes of it is rounded to eight bits, in steps of a hundredth and more.
/// Beyond 4.5 the share is as good as 0 or 1.
#[expect(clippy::excessive_precision, reason = "the coefficients as they were fitted")]
#[inline(always)]
pub(crate) fn gelu_of(x: f32) -> f32 {
    let near = x.clamp(-4.5, 4.5);
    let square = near * near;
    let mut share = 3.000_112_695_618_082e-11_f32;
    for coefficient in [
        -3.284_001_144_230_945e-9,
        1.580_287_785_592_513_7e-7,
        -4.431_740_252_142_411e-6,
        8.121_028_277_594_463e-5,
        -1.036_256_572_730_548_5e-3,
        9.580_663_194_871_5e-3,
        -6.597_728_190_260_284e-2,
        0.398_708_576_734_180_8,
    ] {
        share = share.mul_add(square, coefficient);
    }
    x * near.mul_add(share, 0.5)
}

/// 1.5 · 2²³: adding it and taking it away rounds to a whole number.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// The exponential, within a few units in the last place for what a softmax asks (0 and below).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let power = x.mul_add(std::f32::consts::LOG2_E, ROUND);
    let whole = power - ROUND;
    let rest = whole.mul_add(2.121_944_4e-4, whole.mul_add(-0.693_359_4, x));
    let mut sum = 1.987_569_1e-4_f32;
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_66, 0.5] {
        sum = sum.mul_add(rest, coefficient);
    }
    let fraction = (sum * rest).mul_add(rest, rest) + 1.0;
    // The whole number stands in the lowest bits of `power`.
    let exponent = power.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    fraction * f32::from_bits(exponent)
}

/// Numbers that are summed or compared side by side.
const PARTS: usize = 16;

/// The sum of `of` over the numbers, kept in sixteen parts that can be summed side by side.
#[inline(always)]
pub(crate) fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = numbers.as_chunks::<PARTS>();
    let mut parts = [0.0; PARTS];
    for chunk in chunks {
        for (part, number) in parts.iter_mut().zip(chunk) {
            *part += of(*number);
        }
    }
    parts.iter().sum::<f32>() + rest.iter().map(|number| of(*number)).sum::<f32>()
}

/// The least and the most of the numbers and zero.
#[inline(always)]
pub(crate) fn range_of(numbers: &[f32]) -> (f32, f32) {
    let (chunks, rest) = numbers.as_chunks::<PARTS>();
    let (mut least, mut most) = ([0.0_f32; PARTS], [0.0_f32; PARTS]);
    for chunk in chunks {
        for ((least, most), number) in least.iter_mut().zip(&mut most).zip(chunk) {
            *least = if *number < *least { *number } else { *least };
            *most = if *number > *most { *number } else { *most };
        }
    }
    // Loops, since an iterator's `fold` would be called from what is compiled for more instructions than itself.
    let (mut lowest, mut highest) = (0.0_f32, 0.0_f32);
    for numbers in [&least[..], rest] {
        for number in numbers {
            lowest = if *number < lowest { *number } else { lowest };
        }
    }
    for numbers in [&most[..], rest] {
        for number in numbers {
            highest = if *number > highest { *number } else { highest };
        }
    }
    (lowest, highest)
}

/// The most of some numbers.
#[inline(always)]
fn most_of(numbers: &[f32]) -> f32 {
    let (chunks, rest) = numbers.as_chunks::<PARTS>();
    let mut parts = [f32::NEG_INFINITY; PARTS];
    for chunk in chunks {
        for (part, number) in parts.iter_mut().zip(chunk) {
            *part = if *number > *part { *number } else { *part };
        }
    }
    parts.iter().chain(rest).fold(f32::NEG_INFINITY, |most, score| if *score > most { *score } else { most })
}

/// Turns scores into shares of one.
pub fn softmax(scores: &mut [f32]) {
    softmax_body(scores);
}

#[inline(always)]
pub(crate) fn softmax_body(scores: &mut [f32]) {
    let most = most_of(scores);
    for score in scores.iter_mut() {
        *score = exp(*score - most);
    }
    let scale = sum(scores, |score| score).recip();
    for score in scores {
        *score *= scale;
    }
}

compiled_for_each!(
    /// Puts into `out`, for each row of `left`, the sums of its products with each row of `right`.
    pub fn each_with_each(left: &[f32], right: &[f32], depth: usize, out: &mut [f32]) = each_with_each_body
);

#[inline(always)]
fn each_with_each_body(left: &[f32], right: &[f32], depth: usize, out: &mut [f32]) {
    let depth = depth.max(1);
    let count = (right.len() / depth).max(1);
    for (left, out) in left.chunks_exact(depth).zip(out.chunks_exact_mut(count)) {
        for (right, out) in right.chunks_exact(depth).zip(out) {
            *out = dot(left, right);
        }
    }
}

/// The sum of the products of two rows.
#[inline(always)]
fn dot(left: &[f32], right: &[f32]) -> f32 {
    let (left, left_rest) = left.as_chunks::<PARTS>();
    let (right, right_rest) = right.as_chunks::<PARTS>();
    let mut parts = [0.0; PARTS];
    for (left, right) in left.iter().zip(right) {
        for ((part, left), right) in parts.iter_mut().zip(left).zip(right) {
            *part += left * right;
        }
    }
    parts.iter().sum::<f32>()
        + left_rest.iter().zip(right_rest).map(|(left, right)| left * right).sum::<f32>()
}

/// The place of the highest number; of equal ones the first.
pub fn highest(numbers: impl IntoIterator<Item = f32>) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (place, number) in numbers.into_iter().enumerate() {
        if number > best.1 {
            best = (place, number);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error function by its series, summed in double precision.
    fn erf(x: f64) -> f64 {
        let (mut term, mut sum) = (x, x);
        for n in 1..200 {
            term *= -x * x / f64::from(n);
            sum += term / f64::from(2 * n + 1);
        }
        sum * std::f64::consts::FRAC_2_SQRT_PI
    }

    #[test]
    fn gelu_is_within_its_error() {
        for step in -60_000..=60_000 {
            let x = f64::from(step) / 10_000.0;
            let exact = 0.5 * x * (1.0 + erf(x * std::f64::consts::FRAC_1_SQRT_2).clamp(-1.0, 1.0));
            #[expect(clippy::cast_possible_truncation, reason = "a number as the encoder has it")]
            let found = f64::from(gelu_of(x as f32));
            assert!((found - exact).abs() < 5e-5 + x.abs() * 5e-6, "gelu({x}) = {found}, exactly {exact}");
        }
        assert!((gelu_of(60.0) - 60.0).abs() < 1e-3);
        assert!(gelu_of(-60.0).abs() < 1e-3);
    }

    #[test]
    fn the_exponential_is_close() {
        let mut x = -80.0;
        while x < 1.0 {
            assert!((exp(x) / f32::exp(x) - 1.0).abs() < 1e-6, "exp({x})");
            x += 0.37;
        }
    }
}
