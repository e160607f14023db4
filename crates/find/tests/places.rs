//! Runs `cases/find/xx_places.txt`: `{words|name CODE}` marks each place of a text with the name and country
//! that the gazetteer has for it (`-` for none).

use std::fs;
use std::path::Path;

use chancery_core::{Block, BlockKind, Document, Metadata, Text};
use chancery_find::Finder;
use chancery_parse::Parser;

#[test]
fn places_are_found_as_the_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/find");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the cases lie in the repository")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with("_places.txt"))
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
            let (plain, wanted) = unmarked(line);
            let text = Text::new(&plain);
            let block = Block { kind: BlockKind::Paragraph, span: text.whole() };
            let metadata = Metadata { language: Some(language.to_owned()), ..Metadata::default() };
            let document = Document { name: "case".to_owned(), text, metadata, blocks: vec![block] };
            let analysis = parser.parse(&document).value;
            let found = finder.find(&document, &analysis).value;
            let found: Vec<_> = found
                .places
                .iter()
                .map(|place| {
                    let country = place.country.map_or_else(|| "-".to_owned(), |country| country.to_string());
                    format!("{}|{} {country}", document.text.slice(place.span), place.name)
                })
                .collect();
            if found != wanted {
                faults.push(format!("{language}: {line}\n    found {found:?}"));
            }
        }
    }
    assert!(checked > 0, "no cases");
    assert!(faults.is_empty(), "{} of {checked} fail\n{}", faults.len(), faults.join("\n"));
}

/// The text without its marks, and what they say.
fn unmarked(line: &str) -> (String, Vec<String>) {
    let (mut plain, mut wanted) = (String::new(), Vec::new());
    for (number, part) in line.split('{').enumerate() {
        match part.split_once('}').filter(|_| number > 0) {
            Some((mark, rest)) => {
                plain.push_str(mark.split('|').next().unwrap_or_default());
                plain.push_str(rest);
                wanted.push(mark.to_owned());
            }
            None => plain.push_str(part),
        }
    }
    (plain, wanted)
}
