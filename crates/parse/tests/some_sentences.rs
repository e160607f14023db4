//! Who reads some sentences of a document alone is told of them what who reads all is told.

use std::path::Path;

use chancery_core::{Block, BlockKind, Document, Metadata, Text};
use chancery_parse::{Parser, Tier};

/// A report of ours, each of its lines a paragraph.
fn document(path: &Path) -> Document {
    let content = std::fs::read_to_string(path).expect("a report of our own");
    let text = Text::new(&content);
    let mut start = 0;
    let blocks = content.split('\n').filter_map(|line| {
        let span = text.span(start, start + line.len())?;
        start += line.len() + 1;
        (!line.trim().is_empty()).then_some(Block { kind: BlockKind::Paragraph, span })
    });
    let blocks = blocks.collect();
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let language = stem.get(..2).map(str::to_owned);
    Document { name: stem.to_owned(), text, metadata: Metadata { language, ..Metadata::default() }, blocks }
}

#[test]
fn some_sentences_are_read_as_among_all() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/reports");
    let reports = std::fs::read_dir(folder).expect("our own reports").flatten().map(|entry| entry.path());
    let reports: Vec<_> = reports.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    assert!(reports.len() > 5, "{} reports", reports.len());
    for tier in [Tier::Balanced, Tier::Fast] {
        let mut parser = Parser::load().expect("the model is part of the program").with_tier(tier);
        for report in &reports {
            let document = document(report);
            let all = parser.parse(&document).value.sentences;
            assert!(all.len() > 3, "{} sentences in {}", all.len(), document.name);
            for part in 0..3 {
                // What was read before is not to help.
                parser.forget();
                let wanted: Vec<_> = all.iter().skip(part).step_by(3).cloned().collect();
                let sentences = parser.sentences(&document).value;
                let some = sentences.read_where(|span| wanted.iter().any(|sentence| sentence.span == span));
                assert_eq!(format!("{:?}", some.sentences), format!("{wanted:?}"), "{}", document.name);
            }
        }
    }
}
