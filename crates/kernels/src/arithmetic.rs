//! The few functions between the matrix products, written so that the compiler can do several numbers at once.

/// `x` times the share of the normal distribution below `x`.
#[inline(always)]
pub(crate) fn gelu_of(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// The error function, within a few units in the last place: a quotient of polynomials, since beyond 4 it is
/// 1 in single precision.
#[expect(clippy::excessive_precision, reason = "the coefficients as they were fitted")]
#[inline(always)]
fn erf(x: f32) -> f32 {
    let x = x.clamp(-4.0, 4.0);
    let square = x * x;
    let above = [
        2.770_681_424_959_02e-8,
        -2.101_024_020_825_08e-6,
        -5.692_506_394_623_46e-5,
        -7.349_906_303_268_55e-4,
        -2.954_599_808_540_25e-3,
        -1.609_603_326_224_15e-2,
    ];
    let below = [
        -1.456_607_184_649_96e-5,
        -2.133_740_552_789_05e-4,
        -1.682_826_974_382_03e-3,
        -7.373_329_167_204_68e-3,
        -1.426_473_905_141_89e-2,
    ];
    let mut top = -2.726_142_258_013_06e-10;
    for coefficient in above {
        top = top * square + coefficient;
    }
    let [mut bottom, rest @ ..] = below;
    for coefficient in rest {
        bottom = bottom * square + coefficient;
    }
    x * top / bottom
}

/// 1.5 · 2²³: adding it and taking it away rounds to a whole number.
pub(crate) const ROUND: f32 = 12_582_912.0;

/// The exponential, within a few units in the last place for what a softmax asks (0 and below).
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let power = x * std::f32::consts::LOG2_E + ROUND;
    let whole = power - ROUND;
    let rest = x - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut sum = 1.987_569_1e-4;
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_66, 0.5] {
        sum = sum * rest + coefficient;
    }
    let fraction = sum * rest * rest + rest + 1.0;
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
    let all = least.into_iter().chain(most).chain(rest.iter().copied());
    all.fold((0.0, 0.0), |(least, most), number| {
        (if number < least { number } else { least }, if number > most { number } else { most })
    })
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

/// The sum of the products of two rows.
pub fn dot(left: &[f32], right: &[f32]) -> f32 {
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

    #[test]
    fn the_error_function_is_close() {
        for (x, value) in
            [(0.0, 0.0), (0.25, 0.276_326_4), (-1.0, -0.842_700_8), (2.0, 0.995_322_3), (9.0, 1.0)]
        {
            assert!((erf(x) - value).abs() < 5e-7, "erf({x}) = {}", erf(x));
        }
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
