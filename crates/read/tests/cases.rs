//! Reads the marked reports of `cases/read` and compares what each line was taken for.

#![expect(clippy::panic, reason = "a test says what is wrong")]

use std::path::{Path, PathBuf};

use chancery_core::{BlockKind, Document};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/read");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases lie in the repository")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

/// A line with what it must be taken for.
struct Expected {
    mark: String,
    words: String,
    start: usize,
    end: usize,
}

#[test]
fn every_line_is_what_its_mark_says() {
    let mut wrong = Vec::new();
    for path in files() {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let case = std::fs::read_to_string(&path).expect("a case is UTF-8");
        let mut report = String::new();
        let (mut lines, mut metadata) = (Vec::new(), Vec::new());
        for line in case.lines() {
            if let Some(rule) = line.strip_prefix("@ ") {
                metadata.push(rule.split_once(": ").expect("a rule is `@ key: value`"));
                continue;
            }
            if !line.is_empty() {
                let (mark, words) =
                    line.split_once("| ").unwrap_or_else(|| panic!("{name}: no mark: {line}"));
                let start = report.len();
                report.push_str(words);
                lines.push(Expected {
                    mark: mark.to_owned(),
                    words: words.to_owned(),
                    start,
                    end: report.len(),
                });
            }
            report.push('\n');
        }
        let document = chancery_read::read_documents(&name, report.as_bytes())
            .next()
            .expect("one item at least")
            .unwrap_or_else(|refusal| panic!("{refusal}"))
            .value;
        for line in lines {
            let got = kind_of(&document, &line);
            if !fits(&line.mark, got) {
                wrong.push(format!("{name}: {} is {got:?}: {}", line.mark, line.words));
            }
        }
        for (key, value) in metadata {
            let got = stated(&document, key);
            if got != value {
                wrong.push(format!("{name}: {key} is {got}, not {value}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn kind_of(document: &Document, line: &Expected) -> Option<BlockKind> {
    let within =
        |block: &&chancery_core::Block| block.span.start() < line.end && block.span.end() > line.start;
    document.blocks.iter().find(within).map(|block| block.kind)
}

fn fits(mark: &str, kind: Option<BlockKind>) -> bool {
    match (mark, kind) {
        ("T", Some(BlockKind::Title))
        | ("S", Some(BlockKind::Standfirst))
        | ("P", Some(BlockKind::Paragraph))
        | ("H", Some(BlockKind::Subheading))
        | ("C", Some(BlockKind::Caption))
        | ("F", Some(BlockKind::Furniture(_))) => true,
        ("N", Some(kind)) => kind.is_news(),
        (mark, Some(BlockKind::Furniture(kind))) => mark.strip_prefix("F:") == Some(kind.as_str()),
        _ => false,
    }
}

fn stated(document: &Document, key: &str) -> String {
    let metadata = &document.metadata;
    let value = match key {
        "title" => metadata.title.clone(),
        "publisher" => metadata.publisher.clone(),
        "author" => Some(metadata.authors.join("; ")).filter(|names| !names.is_empty()),
        "url" => metadata.url.clone(),
        "language" => metadata.language.clone(),
        "published" => metadata.published.map(|day| day.to_string()),
        key => panic!("no such key: {key}"),
    };
    value.unwrap_or_else(|| "none".to_owned())
}
