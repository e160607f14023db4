//! Runs `cases/find/xx_actors.txt`: `{words|id}` marks words with the ids of the actors that they name, joined by
//! `+` (`-` for nobody); `2024-05-01: ` before a text is the day on which it was published.

use std::fs;
use std::path::Path;

use chancery_core::{Block, BlockKind, Date, Document, Mentions, Metadata, Text};
use chancery_find::Finder;
use chancery_parse::Parser;

#[test]
fn actors_are_found_as_the_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/find");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the cases lie in the repository")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with("_actors.txt"))
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
            let case = Case::read(line);
            let text = Text::new(&case.plain);
            let block = Block { kind: BlockKind::Paragraph, span: text.whole() };
            let metadata = Metadata {
                language: Some(language.to_owned()),
                published: case.published,
                ..Metadata::default()
            };
            let document = Document { name: "case".to_owned(), text, metadata, blocks: vec![block] };
            let analysis = parser.parse(&document).value;
            let found = finder.find(&document, &analysis).value;
            for mark in &case.marks {
                let named = named(&found, mark.start, mark.start + mark.words.len());
                if named != mark.ids {
                    faults.push(format!("{language}: {line}\n    “{}” is {}", mark.words, named.join("+")));
                }
            }
        }
    }
    assert!(checked > 0, "no cases");
    assert!(faults.is_empty(), "{} of {checked} fail\n{}", faults.len(), faults.join("\n"));
}

/// The ids of the actors that exactly these bytes of a text name, sorted.
fn named(found: &Mentions, start: usize, end: usize) -> Vec<String> {
    let mentions = found.mentions.iter().filter(|m| m.span.start() == start && m.span.end() == end);
    let actors = mentions.flat_map(|mention| &mention.actors).filter_map(|&actor| found.actors.get(actor));
    let mut ids: Vec<_> = actors.map(|actor| actor.id.clone()).collect();
    ids.sort();
    ids
}

struct Case {
    plain: String,
    published: Option<Date>,
    marks: Vec<Mark>,
}

struct Mark {
    start: usize,
    words: String,
    ids: Vec<String>,
}

impl Case {
    fn read(line: &str) -> Self {
        let dated = line.split_once(": ").and_then(|(day, rest)| Some((day.parse().ok()?, rest)));
        let (published, text) = dated.map_or((None, line), |(day, rest)| (Some(day), rest));
        let (mut plain, mut marks) = (String::new(), Vec::new());
        for (number, part) in text.split('{').enumerate() {
            match part.split_once('}').filter(|_| number > 0) {
                Some((mark, rest)) => {
                    let (words, ids) = mark.split_once('|').unwrap_or((mark, "-"));
                    let mut ids: Vec<_> = ids.split('+').filter(|id| *id != "-").map(str::to_owned).collect();
                    ids.sort();
                    marks.push(Mark { start: plain.len(), words: words.to_owned(), ids });
                    plain.push_str(words);
                    plain.push_str(rest);
                }
                None => plain.push_str(part),
            }
        }
        Self { plain, published, marks }
    }
}
