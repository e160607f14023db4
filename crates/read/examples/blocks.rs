//! Prints what the reader makes of files, one JSON object a document, as the contract has it.

#![expect(clippy::print_stdout, reason = "printing is what an example is for")]

use std::io::BufReader;

use chancery_core::{BlockKind, Document};
use serde_json::json;

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let file = BufReader::new(std::fs::File::open(&path)?);
        for outcome in chancery_read::read_documents(&path, file) {
            match outcome {
                Ok(staged) => {
                    let notices = &staged.notices;
                    let mut object = describe(&staged.value);
                    object["notices"] = json!(notices);
                    println!("{object}");
                }
                Err(refusal) => eprintln!("{refusal}"),
            }
        }
    }
    Ok(())
}

fn describe(document: &Document) -> serde_json::Value {
    let metadata = &document.metadata;
    let line = |span| json!({"text": document.text.slice(span), "span": span});
    let of = |kind: BlockKind| -> Vec<_> {
        document.blocks.iter().filter(|block| block.kind == kind).map(|block| line(block.span)).collect()
    };
    let furniture: Vec<_> = document
        .blocks
        .iter()
        .filter(|block| !block.kind.is_news())
        .map(|block| json!({"text": document.text.slice(block.span), "span": block.span, "kind": block.kind}))
        .collect();
    json!({
        "doc": document.name,
        "text": document.text.as_str(),
        "metadata": {
            "title": metadata.title,
            "publisher": metadata.publisher,
            "author": match metadata.authors.as_slice() {
                [] => json!(null),
                [one] => json!(one),
                several => json!(several),
            },
            "url": metadata.url,
            "language": metadata.language,
            "published": metadata.published.map(|day| day.to_string()),
            "published_how": metadata.published_how,
        },
        "body": document.body(),
        "boilerplate_lines": furniture,
        "captions": of(BlockKind::Caption),
        "subheadings": of(BlockKind::Subheading),
        "standfirst": of(BlockKind::Standfirst),
        "title_lines": of(BlockKind::Title),
    })
}
