//! The speed of the encoder's matrix products and of its attention on one core, for each set of instructions, and what
//! share each is of the fastest.
#![expect(clippy::print_stdout, reason = "a tool for people")]

use std::time::Instant;

use chancery_kernels::{Attention, Processor, Quantised, Then, Weights};

const ROWS: usize = 384;

fn main() {
    let shapes = [
        ("query, key, value", 384, 1152, Then::Put),
        ("attention's output", 384, 384, Then::Add),
        ("inner, with gelu", 384, 1536, Then::Gelu),
        ("outer", 1536, 384, Then::Add),
    ];
    for processor in Processor::all() {
        let speeds =
            shapes.map(|(name, inputs, outputs, then)| (name, speed(processor, ROWS, inputs, outputs, then)));
        let most = speeds.iter().fold(0.0_f64, |most, (_, speed)| most.max(*speed));
        println!("{}: at most {most:.0} G multiply-adds/s", processor.name());
        for (name, speed) in speeds {
            println!("  {name}: {speed:.0} ({:.0} %)", 100.0 * speed / most);
        }
        for pieces in [12, 32, 100] {
            println!(
                "  attention, sentences of {pieces} pieces: {:.1}",
                speed_of_attention(processor, pieces)
            );
        }
    }
}

/// Thousand millions of multiply-adds a second, the best of several goes.
fn speed(processor: Processor, rows: usize, inputs: usize, outputs: usize, then: Then) -> f64 {
    let numbers =
        |count: usize| -> Vec<f32> { (0..count).map(|i| ((i * 37 % 101) as f32 - 50.0) / 50.0).collect() };
    let Some(weights) = Weights::round(&numbers(inputs * outputs), &numbers(outputs), inputs) else {
        return 0.0;
    };
    let mut rounded = Quantised::default();
    rounded.fill(processor, &numbers(rows * inputs), inputs);
    let mut out = vec![0.0; rows * outputs];
    let times = 1_000_000_000 / (rows * inputs * outputs) + 1;
    let work = (rows * inputs * outputs * times) as f64;
    let mut best = 0.0_f64;
    for _ in 0..8 {
        let started = Instant::now();
        for _ in 0..times {
            weights.apply(processor, &rounded, then, std::hint::black_box(&mut out));
        }
        best = best.max(work / started.elapsed().as_secs_f64() / 1e9);
    }
    best
}

/// Thousand millions of multiply-adds a second in the attention of a sentence, the best of several goes.
fn speed_of_attention(processor: Processor, pieces: usize) -> f64 {
    let (width, heads) = (384, 12);
    let Some(mut attention) = Attention::new(width, heads) else {
        return 0.0;
    };
    let states: Vec<f32> = (0..pieces * 3 * width).map(|i| ((i * 37 % 101) as f32 - 50.0) / 50.0).collect();
    let mut context = vec![0.0; pieces * width];
    let products = 2 * pieces * pieces * width;
    let times = 200_000_000 / products + 1;
    let mut best = 0.0_f64;
    for _ in 0..8 {
        let started = Instant::now();
        for _ in 0..times {
            attention.apply(processor, 0..pieces, &states, std::hint::black_box(&mut context));
        }
        best = best.max((products * times) as f64 / started.elapsed().as_secs_f64() / 1e9);
    }
    best
}
