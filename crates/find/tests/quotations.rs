//! Runs `cases/find/xx_quotations.txt`: `{content|speaker|stance form}` marks each quotation of a text, `-` where
//! nobody is named; behind the form ` to X` is the addressee and `; X` the medium. Marks may stand in one
//! another. `//` parts paragraphs. `?` before a text marks one that is known to fail and says so when it
//! passes.

use std::fs;
use std::path::Path;

use chancery_core::{Block, BlockKind, Document, Mentions, Metadata, Quotation, Span, Text};
use chancery_find::Finder;
use chancery_parse::Parser;

#[test]
fn quotations_are_found_as_the_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/find");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the cases lie in the repository")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with("_quotations.txt"))
        .collect();
    files.sort();
    let (parser, finder) = (Parser::load().expect("the model inside the binary is whole"), Finder::load());
    let (mut checked, mut faults) = (0, Vec::new());
    for path in files {
        let language = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let language = language.split('_').next().unwrap_or_default();
        for line in fs::read_to_string(&path).expect("a case file is UTF-8").lines() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            checked += 1;
            let (known_to_fail, line) =
                line.strip_prefix('?').map_or((false, line), |rest| (true, rest.trim()));
            let (plain, mut wanted) = unmarked(line);
            let document = document(&plain, language);
            let analysis = parser.parse(&document).value;
            let found = finder.find(&document, &analysis).value;
            let mut told: Vec<_> =
                found.quotations.iter().map(|quotation| told(&document, &found, quotation)).collect();
            told.sort();
            wanted.sort();
            if known_to_fail && told == wanted {
                faults.push(format!("{language}: passes now, take away the `?`: {line}"));
            } else if !known_to_fail && told != wanted {
                faults.push(format!("{language}: {line}\n    found {}", told.join("\n          ")));
            }
        }
    }
    assert!(checked > 0, "no cases");
    assert!(faults.is_empty(), "{} of {checked} fail\n{}", faults.len(), faults.join("\n"));
}

fn document(plain: &str, language: &str) -> Document {
    let text = Text::new(&plain.replace(" // ", "\n"));
    let mut start = 0;
    let mut blocks = Vec::new();
    for line in text.slice(text.whole()).split('\n') {
        let span = text.span(start, start + line.len()).expect("a line lies within its text");
        blocks.push(Block { kind: BlockKind::Paragraph, span });
        start += line.len() + 1;
    }
    let metadata = Metadata { language: Some(language.to_owned()), ..Metadata::default() };
    Document { name: "case".to_owned(), text, metadata, blocks }
}

/// A quotation in the form of the marks.
fn told(document: &Document, found: &Mentions, quotation: &Quotation) -> String {
    let names: Vec<_> = quotation
        .speaker_actors
        .iter()
        .filter_map(|&actor| Some(found.actors.get(actor)?.name.clone()))
        .collect();
    let speaker = if names.is_empty() {
        quotation.speaker_name.clone().unwrap_or_else(|| "-".to_owned())
    } else {
        names.join(" & ")
    };
    let words = |span: Span| document.text.slice(span).to_owned();
    let mut told =
        format!("{}|{speaker}|{} {}", bare(&words(quotation.content)), quotation.stance, quotation.form);
    if let Some(addressee) = quotation.addressee {
        told = format!("{told} to {}", words(addressee));
    }
    if let Some(medium) = quotation.medium {
        told = format!("{told}; {}", words(medium));
    }
    told
}

/// Content without what only encloses it: marks and the points at its end.
fn bare(content: &str) -> String {
    content
        .trim_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '(' | ')' | '%'))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text without its marks, and what they say.
fn unmarked(line: &str) -> (String, Vec<String>) {
    let mut plain = String::new();
    let mut wanted = Vec::new();
    // For each open mark where its content begins, and what is read of its tail once a `|` is met.
    let mut open: Vec<(usize, Option<String>)> = Vec::new();
    for letter in line.chars() {
        match (letter, open.last_mut()) {
            ('{', _) => open.push((plain.len(), None)),
            ('}', Some((start, tail))) => {
                let content = bare(plain.get(*start..).unwrap_or_default());
                wanted.push(format!("{content}|{}", tail.take().unwrap_or_default()));
                open.pop();
            }
            ('|', Some((_, tail @ None))) => *tail = Some(String::new()),
            (_, Some((_, Some(tail)))) => tail.push(letter),
            _ => plain.push(letter),
        }
    }
    (plain, wanted)
}
