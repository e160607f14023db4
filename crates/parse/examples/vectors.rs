//! Writes the vectors of words, from which heads read, for `training/acts.py`.
//!
//! `cargo run --release -p chancery-parse --example vectors -- balanced < texts.jsonl > vectors.bin`
//!
//! A line of the input is `{"text": …, "lang": …}`. For each: the number of words (u32, little endian); of each word the
//! number of its sentence, where it begins and ends in the text (bytes; u32 each), its part of speech as an index into the
//! list of them (u32), and its vector (f32).
use std::error::Error;
use std::io::{BufRead, BufWriter, Write};

use chancery_core::{Text, Upos};
use chancery_parse::{Parser, Tier};

fn main() -> Result<(), Box<dyn Error>> {
    let tier: Tier = std::env::args().nth(1).unwrap_or_default().parse().map_err(|()| "which tier?")?;
    let parser = Parser::load()?.with_tier(tier);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| record.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        let text = Text::new(field("text"));
        let (analysis, vectors) = parser.vectors(&text, text.whole(), field("lang"));
        let words = analysis.sentences.iter().enumerate().flat_map(|(number, sentence)| {
            sentence.words.iter().map(move |word| (number, word.span, word.upos))
        });
        let words: Vec<_> = words.collect();
        if words.len() != vectors.len() {
            return Err("a word without a vector".into());
        }
        out.write_all(&u32::try_from(words.len())?.to_le_bytes())?;
        for ((sentence, span, upos), vector) in words.into_iter().zip(vectors) {
            let upos = Upos::ALL.iter().position(|known| *known == upos).unwrap_or_default();
            for number in [sentence, span.start(), span.end(), upos] {
                out.write_all(&u32::try_from(number)?.to_le_bytes())?;
            }
            for number in vector {
                out.write_all(&number.to_le_bytes())?;
            }
        }
    }
    out.flush()?;
    Ok(())
}
