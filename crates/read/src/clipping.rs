//! Text clippings.

use chancery_core::{Block, BlockKind, Document, Metadata, Notice, Staged, Text};

use crate::record::Stated;

/// Reads a clipping, plain or Markdown.
pub(crate) fn read(name: &str, text: &str, notices: Vec<Notice>, stated: &Stated) -> Staged<Document> {
    let text = Text::new(text);
    let blocks = text
        .lines()
        .map(|line| text.trim(line))
        .filter(|line| !line.is_empty())
        .map(|span| Block { kind: BlockKind::Paragraph, span })
        .collect();
    let mut document = Document { name: name.to_owned(), text, metadata: Metadata::default(), blocks };
    stated.apply(&mut document);
    Staged { value: document, notices }
}
