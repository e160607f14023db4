use chancery_core::{Analysis, Document, Mentions, Reports};

/// Everything that the stages made of one document.
#[derive(Clone, Debug)]
pub struct Reading {
    pub document: Document,
    pub analysis: Analysis,
    pub mentions: Mentions,
    /// Its notices are those of all stages.
    pub reports: Reports,
}
