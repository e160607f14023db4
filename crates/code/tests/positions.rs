//! Runs `cases/positions/xx_*.txt`: a text, an arrow, and of each change of position that it tells `actor | topic`,
//! `-` where it tells none.

use std::fs;
use std::path::Path;

use chancery_code::Coder;
use chancery_core::{Block, BlockKind, Document, Metadata, Text};
use chancery_find::Finder;
use chancery_parse::Parser;

#[test]
fn changes_of_position_are_found_as_the_cases_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/positions");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the cases lie in the repository")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let (parser, finder, coder) =
        (Parser::load().expect("the model inside the binary is whole"), Finder::load(), Coder::load());
    let (mut checked, mut faults) = (0, Vec::new());
    for path in files {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let language = name.split('_').next().unwrap_or_default();
        for line in fs::read_to_string(&path).expect("a case file is UTF-8").lines() {
            let Some((words, wanted)) = line.split_once(" -> ") else { continue };
            checked += 1;
            let text = Text::new(words);
            let block = Block { kind: BlockKind::Paragraph, span: text.whole() };
            let metadata = Metadata { language: Some(language.to_owned()), ..Metadata::default() };
            let document = Document { name: "case".to_owned(), text, metadata, blocks: vec![block] };
            let analysis = parser.parse(&document).value;
            let mentions = finder.find(&document, &analysis).value;
            let changes = coder.code(&document, &analysis, &mentions).position_changes;
            let mut found: Vec<_> = changes
                .iter()
                .map(|change| {
                    let actors: Vec<_> = change.actor.iter().map(|actor| actor.name.as_str()).collect();
                    format!("{} | {}", actors.join(" & "), change.topic)
                })
                .collect();
            if found.is_empty() {
                found.push("-".to_owned());
            }
            if found.join("; ") != wanted {
                faults.push(format!("{name}: {words}\n    found {}", found.join("; ")));
            }
        }
    }
    assert!(checked > 0, "no cases");
    assert!(faults.is_empty(), "{} of {checked} fail\n{}", faults.len(), faults.join("\n"));
}
