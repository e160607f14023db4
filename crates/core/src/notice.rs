use serde::Serialize;

use crate::{Span, codes::words};

/// What a stage made, and what it could not do. Stages never fail on content.
#[derive(Clone, Debug, Default)]
pub struct Staged<T> {
    pub value: T,
    pub notices: Vec<Notice>,
}

/// Something that could not be read, resolved or kept. Counted in the closing line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub code: NoticeCode,
    pub span: Option<Span>,
    pub text: String,
}

impl Notice {
    pub fn new(code: NoticeCode, span: impl Into<Option<Span>>, text: impl Into<String>) -> Self {
        Self { code, span: span.into(), text: text.into() }
    }
}

words! {
    /// What kind of thing was left undone.
    NoticeCode {
        DateUnresolved = "date-unresolved", DateImpossible = "date-impossible",
        MetadataImplausible = "metadata-implausible", EncodingGuessed = "encoding-guessed",
        EncodingLossy = "encoding-lossy", LanguageUnknown = "language-unknown",
        LanguageWithoutFrames = "language-without-frames", SentenceTooLong = "sentence-too-long",
        TooMuchText = "too-much-text", ActorUnresolved = "actor-unresolved",
        HolderUnknown = "holder-unknown", NoNewsText = "no-news-text", EventDropped = "event-dropped",
        PlaceUnresolved = "place-unresolved",
    }
}
