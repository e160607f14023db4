//! Prints the times that the finder finds in JSON Lines with `text`, `date` and `lang`, one object a line
//! with spans in code points, so that recognition can be measured without the parser:
//! `cargo run --release -p chancery-find --example times < set.jsonl > predictions.jsonl`. Tables of the folder
//! that `CHANCERY_TABLES` names are laid over those inside the binary. How many documents a second it read,
//! times alone and on one thread, is told at the end.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints")]

use std::io::{self, BufRead as _};
use std::path::Path;
use std::time::{Duration, Instant};

use chancery_core::{Analysis, Block, BlockKind, Document, Metadata, Text};
use chancery_find::Finder;
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    if let Some(folder) = std::env::var_os("CHANCERY_TABLES") {
        chancery_tables::lay_over(Path::new(&folder)).map_err(io::Error::other)?;
    }
    let finder = Finder::load();
    let (mut documents, mut spent) = (0_u32, Duration::ZERO);
    for line in io::stdin().lock().lines() {
        let Ok(record) = serde_json::from_str::<Value>(&line?) else { continue };
        let word = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
        let text = Text::new(&word("text").unwrap_or_default());
        let document = Document {
            name: word("id").unwrap_or_default(),
            blocks: vec![Block { kind: BlockKind::Paragraph, span: text.whole() }],
            metadata: Metadata {
                language: word("lang"),
                published: word("date").and_then(|day| day.parse().ok()),
                ..Metadata::default()
            },
            text,
        };
        let begun = Instant::now();
        let found = finder.find_times(&document, &Analysis::default()).value;
        spent += begun.elapsed();
        documents += 1;
        let points =
            |byte: usize| document.text.as_str().get(..byte).map_or(0, |before| before.chars().count());
        let times: Vec<_> = found
            .iter()
            .map(|time| {
                json!({
                    "start": points(time.span.start()), "end": points(time.span.end()),
                    "text": document.text.slice(time.span), "type": time.kind, "value": time.value,
                    "how": time.how,
                })
            })
            .collect();
        println!("{}", json!({"id": document.name, "timexes": times}));
    }
    let seconds = spent.as_secs_f64().max(f64::EPSILON);
    eprintln!("{documents} documents, {:.0} a second", f64::from(documents) / seconds);
    Ok(())
}
