//! Mentions to reports: events and statements, their roles, modes, contexts and status, and why.

use chancery_core::{Analysis, Document, Mentions, Reports};

/// Codes documents with the frames of `languages/`.
pub struct Coder {}

impl Coder {
    /// Reads the frames inside the binary.
    pub fn load() -> Self {
        Self {}
    }

    /// Codes every event and statement of a document.
    pub fn code(&self, _document: &Document, _analysis: &Analysis, _mentions: &Mentions) -> Reports {
        Reports::default()
    }

    /// Tells, for a sentence, which frames fired, and which nearly fired and what was missing.
    pub fn explain_sentence(
        &self,
        _document: &Document,
        _analysis: &Analysis,
        _mentions: &Mentions,
        _sentence: usize,
    ) -> String {
        String::new()
    }
}
