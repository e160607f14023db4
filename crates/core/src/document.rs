use serde::Serialize;

use crate::{Date, Span, Text, codes::words};

/// One report as it was read: its text, what it states about itself, and what each part of it is.
#[derive(Clone, Debug)]
pub struct Document {
    /// The path as given, `path#N` inside a container, or the record's own id.
    pub name: String,
    pub text: Text,
    pub metadata: Metadata,
    /// What each part of the text is, in the order of the text, without overlap. White space, and text
    /// that belongs to no block, lies between.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The blocks that are read as news, in the order of the text.
    pub fn news(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_news())
    }

    /// The news text alone, paragraphs separated by one newline: standfirst, paragraphs and subheadings.
    pub fn body(&self) -> String {
        let paragraphs: Vec<_> = self
            .blocks
            .iter()
            .filter(|block| {
                matches!(block.kind, BlockKind::Standfirst | BlockKind::Paragraph | BlockKind::Subheading)
            })
            .map(|block| self.text.slice(block.span))
            .collect();
        paragraphs.join("\n")
    }
}

/// What a document states about itself; `None` where it does not.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub authors: Vec<String>,
    pub url: Option<String>,
    /// ISO 639-1; `None` where too little text says which.
    pub language: Option<String>,
    /// The day of publication, as stated.
    pub published: Option<Date>,
    /// Words that say where the day was read.
    pub published_how: Option<String>,
}

/// A part of a text and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
}

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Title,
    Standfirst,
    Subheading,
    Paragraph,
    /// What is written under a picture; analysed, since it often holds the exact day, but apart from the news.
    Caption,
    Furniture(FurnitureKind),
}

impl BlockKind {
    /// Whether later stages analyse it: all but furniture.
    pub fn is_news(self) -> bool {
        !matches!(self, Self::Furniture(_))
    }
}

words! {
    /// What a line that is not news is there for.
    FurnitureKind {
        Publisher = "publisher", Time = "time", Link = "link", Image = "image", Credit = "credit",
        Byline = "byline", Sources = "sources", Promotion = "promotion", Newsletter = "newsletter",
        Paywall = "paywall", Navigation = "navigation", AuthorLife = "author", Legal = "legal",
        Share = "share", Comment = "comment", Other = "other",
    }
}

impl Serialize for BlockKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(match self {
            Self::Title => "title",
            Self::Standfirst => "standfirst",
            Self::Subheading => "subheading",
            Self::Paragraph => "paragraph",
            Self::Caption => "caption",
            Self::Furniture(kind) => kind.as_str(),
        })
    }
}
