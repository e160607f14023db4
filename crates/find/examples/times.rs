//! Prints the times that the finder finds in JSON Lines with `text`, `date` and `lang`, one object a line
//! with spans in code points, so that recognition can be measured without the parser:
//! `cargo run -p chancery-find --example times < set.jsonl > predictions.jsonl`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::io::{self, BufRead as _};

use chancery_core::{Analysis, Block, BlockKind, Document, Metadata, Text};
use chancery_find::Finder;
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let finder = Finder::load();
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
        let found = finder.find(&document, &Analysis::default()).value;
        let points =
            |byte: usize| document.text.as_str().get(..byte).map_or(0, |before| before.chars().count());
        let times: Vec<_> = found
            .times
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
    Ok(())
}
