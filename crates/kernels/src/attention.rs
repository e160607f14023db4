#[cfg(target_arch = "x86_64")]
mod x86;

use std::ops::Range;

use crate::Processor;
use crate::arithmetic::exp;
use crate::processor::Instructions;

/// Numbers that are computed side by side.
const LANES: usize = 16;
/// Rows of such numbers that are computed side by side.
const ROWS: usize = 8;

type Lanes = [f32; LANES];

/// Attention with several heads, and the memory that it works in.
#[derive(Clone, Debug)]
pub struct Attention {
    heads: usize,
    /// The width of a head.
    size: usize,
    /// The queries of sixteen rows, a lane each: a row of lanes for each dimension of a head.
    queries: Vec<Lanes>,
    /// How much those rows look at each row, a lane each: scores at first, then shares.
    shares: Vec<Lanes>,
}

impl Attention {
    /// `None` where the heads do not share the width in whole lanes.
    pub fn new(width: usize, heads: usize) -> Option<Self> {
        let size = width.checked_div(heads)?;
        (size > 0 && size * heads == width && size.is_multiple_of(LANES)).then(|| Self {
            heads,
            size,
            queries: vec![[0.0; LANES]; size],
            shares: Vec::new(),
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

#[expect(unsafe_code, reason = "calls of functions compiled for instructions that were looked for")]
fn attend(processor: Processor, attention: &mut Attention, states: &[f32], context: &mut [f32]) {
    match processor.0 {
        // SAFETY: `Processor` is only made where these instructions were found.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx2 => unsafe { x86::attend_avx2(attention, states, context) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        Instructions::Avx512 | Instructions::Amx => unsafe {
            x86::attend_avx512(attention, states, context);
        },
        // The compiler uses NEON without being asked.
        _ => attend_body(attention, states, context, plain, plain),
    }
}

/// Goes head by head and sixteen queries at a time. `eight` and `one` sum up as many scaled rows.
#[inline(always)]
fn attend_body(
    attention: &mut Attention,
    states: &[f32],
    context: &mut [f32],
    eight: impl Fn(ScaledRows<'_>, &mut [Lanes; ROWS]),
    one: impl Fn(ScaledRows<'_>, &mut [Lanes; 1]),
) {
    let Attention { heads, size, queries, shares } = attention;
    let (size, width) = (*size, *heads * *size);
    let count = context.len() / width;
    let scale = (size as f32).sqrt().recip();
    if shares.len() < count {
        shares.resize(count, [0.0; LANES]);
    }
    let shares = &mut shares[..count];
    let mut seen = [[0.0; LANES]; ROWS];
    for head in 0..*heads {
        let [query, key, value] = [0, 1, 2].map(|part| part * width + head * size);
        for first in (0..count).step_by(LANES) {
            turn(queries, &states[first * 3 * width + query..], 3 * width);
            // What each key gives with the queries.
            let compared = |row: usize| ScaledRows {
                factors: &states[row * 3 * width + key..],
                between_rows: 3 * width,
                between_steps: 1,
                lanes: queries.as_flattened(),
                between_lanes: LANES,
                steps: size,
            };
            let (eights, rest) = shares.as_chunks_mut::<ROWS>();
            let done = eights.len() * ROWS;
            for (number, scores) in eights.iter_mut().enumerate() {
                eight(compared(number * ROWS), scores);
            }
            for (number, scores) in rest.as_chunks_mut().0.iter_mut().enumerate() {
                one(compared(done + number), scores);
            }
            let scales = softmax(shares, scale);
            for (lane, place) in (0..LANES.min(count - first))
                .step_by(ROWS)
                .flat_map(|lane| (0..size).step_by(LANES).map(move |place| (lane, place)))
            {
                let of = ScaledRows {
                    factors: &shares.as_flattened()[lane..],
                    between_rows: 1,
                    between_steps: LANES,
                    lanes: &states[value + place..],
                    between_lanes: 3 * width,
                    steps: count,
                };
                eight(of, &mut seen);
                for (row, (seen, scale)) in (first + lane..count).zip(seen.iter().zip(&scales[lane..])) {
                    let start = row * width + head * size + place;
                    for (out, seen) in context[start..start + LANES].iter_mut().zip(seen) {
                        *out = seen * scale;
                    }
                }
            }
        }
    }
}

/// Puts the queries of sixteen rows into a lane each. `states` are the rows from the first on, `between` apart; a row that
/// is not there is taken for the last.
///
/// Squares of four by four are turned within registers, by what every processor has: with more, the compiler scatters.
#[inline(never)]
fn turn(queries: &mut [Lanes], states: &[f32], between: usize) {
    const SIDE: usize = 4;
    let last = (states.len() - queries.len()) / between;
    let row = |lane: usize| states[lane.min(last) * between..].as_chunks::<SIDE>().0;
    for lane in (0..LANES).step_by(SIDE) {
        let rows = row(lane).iter().zip(row(lane + 1)).zip(row(lane + 2)).zip(row(lane + 3));
        for (lanes, (((first, second), third), fourth)) in
            queries.as_chunks_mut::<SIDE>().0.iter_mut().zip(rows)
        {
            for (place, lanes) in lanes.iter_mut().enumerate() {
                let turned = [first[place], second[place], third[place], fourth[place]];
                lanes[lane..lane + SIDE].copy_from_slice(&turned);
            }
        }
    }
}

/// Turns the scores of each lane, times `scale`, into shares of a whole, and gives what the shares are to be multiplied
/// with to sum up to one.
#[inline(always)]
fn softmax(scores: &mut [Lanes], scale: f32) -> Lanes {
    let mut most = [f32::NEG_INFINITY; LANES];
    for scores in scores.iter() {
        for (most, score) in most.iter_mut().zip(scores) {
            *most = if *score > *most { *score } else { *most };
        }
    }
    let mut sums = [0.0; LANES];
    for scores in scores {
        for ((score, most), sum) in scores.iter_mut().zip(&most).zip(&mut sums) {
            *score = exp((*score - most) * scale);
            *sum += *score;
        }
    }
    for sum in &mut sums {
        *sum = sum.recip();
    }
    sums
}

/// Rows of lanes that are each a sum: in every step the same lanes come to all rows, times a factor of the row's own.
#[derive(Clone, Copy)]
struct ScaledRows<'a> {
    factors: &'a [f32],
    /// How far a row's factor is from that of the row before.
    between_rows: usize,
    /// How far a row's factor is from its factor in the step before.
    between_steps: usize,
    lanes: &'a [f32],
    /// How far the lanes are from those of the step before.
    between_lanes: usize,
    steps: usize,
}

impl ScaledRows<'_> {
    /// # Panics
    ///
    /// Where there are too few factors or lanes.
    #[inline(always)]
    fn check(&self, rows: usize) {
        let last = self.steps.saturating_sub(1);
        assert!((rows - 1) * self.between_rows + last * self.between_steps < self.factors.len(), "factors");
        assert!(last * self.between_lanes + LANES <= self.lanes.len(), "lanes");
    }
}

/// The sums, as everything else must give them.
#[inline(always)]
fn plain<const COUNT: usize>(of: ScaledRows<'_>, sums: &mut [Lanes; COUNT]) {
    sums.as_flattened_mut().fill(0.0);
    for step in 0..of.steps {
        let lanes = &of.lanes[step * of.between_lanes..][..LANES];
        for (row, sums) in sums.iter_mut().enumerate() {
            let factor = of.factors[row * of.between_rows + step * of.between_steps];
            for (sum, lane) in sums.iter_mut().zip(lanes) {
                *sum = factor.mul_add(*lane, *sum);
            }
        }
    }
}
