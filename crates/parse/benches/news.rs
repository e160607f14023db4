//! How fast news of our own writing is read: on one core and on all, with all of the encoder and its lower layers, with
//! each set of instructions; and what share that is of what the matrix products alone could do.
//!
//! `cargo bench -p chancery-parse`; with `-- AVX-512` those sets of instructions alone whose names have it, with
//! `-- LANGUAGE FILE…` on other text files, on one core alone.
#![expect(clippy::print_stdout, reason = "a tool for people")]

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Instant;

use chancery_core::Text;
use chancery_kernels::{Processor, Quantised, Then, Weights};
use chancery_parse::{ModelError, Parser, Tier};

const GOES: usize = 5;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let others = arguments.split_first().filter(|(_, files)| !files.is_empty());
    let texts = match others {
        Some((language, files)) => {
            files.iter().map(|file| read(language, Path::new(file))).collect::<Result<_, _>>()?
        }
        None => own_texts()?,
    };
    let cores = std::thread::available_parallelism()?;
    let best = Processor::detect();
    let mut processors = if others.is_some() { vec![best] } else { Processor::all() };
    if let [name] = &arguments[..] {
        processors.retain(|processor| processor.name().contains(name));
    }
    println!("loaded in {:.0} ms; {} texts", load_time()?, texts.len());
    for processor in processors {
        let peak = peak(processor);
        // Without vectors one text, read once, takes as long as all do with them.
        let texts = if processor == Processor::PLAIN { texts.get(..1).unwrap_or(&texts) } else { &texts };
        println!("{}: matrix products, at most {peak:.1} G multiply-adds/s on one core", processor.name());
        for (tier, name) in [(Tier::Balanced, "balanced"), (Tier::Fast, "fast")] {
            let mut parser = Parser::load()?.with_tier(tier).with_processor(processor);
            for threads in [NonZeroUsize::MIN, cores] {
                parser = parser.with_threads(threads);
                let goes = if processor == Processor::PLAIN { 1 } else { GOES };
                let speed = speed(&mut parser, texts, goes);
                let share = 100.0 * speed.products / peak / threads.get() as f64;
                println!(
                    "  {name}, {threads} thread(s): {:.0} words/s, {:.1} G multiply-adds/s ({share:.0} %)",
                    speed.words, speed.products
                );
                if threads == cores || others.is_some() {
                    break;
                }
            }
        }
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status")
        && let Some(memory) = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))
    {
        println!("most memory: {}", memory.trim());
    }
    Ok(())
}

struct OwnText {
    language: String,
    text: Text,
}

fn read(language: &str, file: &Path) -> Result<OwnText, Failure> {
    Ok(OwnText { language: language.to_owned(), text: Text::new(&std::fs::read_to_string(file)?) })
}

/// The samples and the reports of the cases, whose names begin with their language.
fn own_texts() -> Result<Vec<OwnText>, Failure> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["samples", "cases/reports"] {
        for entry in std::fs::read_dir(root.join(folder))? {
            files.push(entry?.path());
        }
    }
    files.sort();
    let mut texts = Vec::new();
    for file in
        files.iter().filter(|file| file.extension().is_some_and(|ending| ending == "txt" || ending == "md"))
    {
        let name = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let language = name.split_once('_').map_or("en", |(language, _)| language);
        if name != "README" {
            texts.push(read(if name.starts_with("sverige") { "sv" } else { language }, file)?);
        }
    }
    Ok(texts)
}

/// Milliseconds that loading the model takes, the best of several goes.
fn load_time() -> Result<f64, ModelError> {
    let mut best = f64::INFINITY;
    for _ in 0..GOES {
        let started = Instant::now();
        Parser::load()?;
        best = best.min(started.elapsed().as_secs_f64() * 1e3);
    }
    Ok(best)
}

struct Speed {
    /// Words a second.
    words: f64,
    /// Thousand millions of multiply-adds of the encoder's products a second.
    products: f64,
}

/// The best of several goes, none of which knows the sentences of another.
fn speed(parser: &mut Parser, texts: &[OwnText], goes: usize) -> Speed {
    let mut best = f64::INFINITY;
    let mut words = 0;
    for _ in 0..goes {
        parser.forget();
        words = 0;
        let started = Instant::now();
        for OwnText { language, text } in texts {
            let analysis = parser.parse_text(text, text.whole(), language).value;
            words += analysis.sentences.iter().map(|sentence| sentence.words.len()).sum::<usize>();
        }
        best = best.min(started.elapsed().as_secs_f64());
    }
    let work: u64 =
        texts.iter().map(|OwnText { language, text }| parser.products(text, text.whole(), language)).sum();
    Speed { words: words as f64 / best, products: work as f64 / best / 1e9 }
}

/// Thousand millions of multiply-adds a second of the fastest product, the best of several goes.
fn peak(processor: Processor) -> f64 {
    const ROWS: usize = 384;
    let mut best = 0.0_f64;
    for (inputs, outputs) in [(384, 1152), (1536, 384), (384, 1536)] {
        let numbers = |count: usize| -> Vec<f32> {
            (0..count).map(|i| ((i * 37 % 101) as f32 - 50.0) / 50.0).collect()
        };
        let Some(weights) = Weights::round(&numbers(inputs * outputs), &numbers(outputs), inputs) else {
            continue;
        };
        let mut rounded = Quantised::default();
        rounded.fill(processor, &numbers(ROWS * inputs), inputs);
        let mut out = vec![0.0; ROWS * outputs];
        for _ in 0..3 * GOES {
            let started = Instant::now();
            weights.apply(processor, &rounded, Then::Put, std::hint::black_box(&mut out));
            best = best.max((ROWS * inputs * outputs) as f64 / started.elapsed().as_secs_f64() / 1e9);
        }
    }
    best
}
