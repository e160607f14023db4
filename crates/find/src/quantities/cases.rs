//! Runs `cases/find/xx_quantities.txt`: every line is a text in which `{words|value unit}` marks each quantity.
//! A range is `10-15`; `>=`, `<=` and `~` before it stand for at least, at most and about.

use std::path::Path;

use chancery_core::{Analysis, Approximation, Block, BlockKind, Document, Metadata, Quantity, Text};

use super::find_quantities;
use super::units::read;

/// A document of one paragraph.
fn document(text: &str, language: &str) -> Document {
    let text = Text::new(text);
    Document {
        name: "case".to_owned(),
        blocks: vec![Block { kind: BlockKind::Paragraph, span: text.whole() }],
        metadata: Metadata { language: Some(language.to_owned()), ..Metadata::default() },
        text,
    }
}

/// The text of a case without its marks, and the marks as `(start, end, value with unit)`.
fn unmarked(case: &str) -> (String, Vec<(usize, usize, String)>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = case;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((inside, after)) = after.split_once('}') else { break };
        let (words, value) = inside.split_once('|').unwrap_or((inside, ""));
        marks.push((text.len(), text.len() + words.len(), value.to_owned()));
        text.push_str(words);
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

fn shown(quantity: &Quantity) -> String {
    let bound = match quantity.approximation {
        Some(Approximation::AtLeast) => ">=",
        Some(Approximation::AtMost) => "<=",
        Some(Approximation::About) => "~",
        None => "",
    };
    let upper = quantity.upper.map_or_else(String::new, |upper| format!("-{upper}"));
    format!("{bound}{}{upper} {}", quantity.value, quantity.unit)
}

#[test]
fn the_cases_of_every_language_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/find");
    let (mut count, mut failures) = (0, Vec::new());
    for language in chancery_tables::languages() {
        let name = format!("{language}_quantities.txt");
        let Ok(table) = std::fs::read_to_string(folder.join(&name)) else {
            failures.push(format!("no {name}"));
            continue;
        };
        for (index, line) in table.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            count += 1;
            let (text, marks) = unmarked(line);
            let document = document(&text, language);
            let found = find_quantities(&document, &Analysis::default());
            let same = found.len() == marks.len()
                && found.iter().zip(&marks).all(|(quantity, (start, end, value))| {
                    quantity.span.start() < *end && *start < quantity.span.end() && shown(quantity) == *value
                });
            if !same {
                let got = found.iter().map(|q| format!("{{{}|{}}}", document.text.slice(q.span), shown(q)));
                let got: Vec<_> = got.collect();
                failures.push(format!("{name}:{}: {line}\n    found {}", index + 1, got.join(" ")));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {count} fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_table_can_be_read() {
    for language in chancery_tables::languages() {
        if let Some(table) = chancery_tables::language(language, "units") {
            let errors = read(table).1;
            assert!(errors.is_empty(), "languages/{language}/units.txt:{}", errors.join("\n"));
        }
    }
}

#[test]
fn absurd_numbers_are_read_or_passed_over() {
    let long = "9".repeat(400) + " kilometres";
    let texts = [
        long.as_str(),
        "999999999999999 trillion trillion trillion trillion dollars were lost, 1,2,3,4,5 men killed.",
        "0.0000000001 percent; -5 to -3 degrees; 10 to 5 people were killed",
        "killed killed killed 7 7 7 7 to to 8",
    ];
    for text in texts {
        let found = find_quantities(&document(text, "en"), &Analysis::default());
        assert!(found.iter().all(|quantity| quantity.value.is_finite()), "{text}");
        assert!(found.iter().all(|quantity| quantity.upper.is_none_or(|upper| upper > quantity.value)));
    }
}
