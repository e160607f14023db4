use chancery_core::{Analysis, Document, Notice, ResolvedDate, TimeMention};

/// Finds the times that a document names, counted from the reference day, in the order of the text.
pub(crate) fn find_times(
    _document: &Document,
    _analysis: &Analysis,
    _reference: Option<&ResolvedDate>,
    _notices: &mut Vec<Notice>,
) -> Vec<TimeMention> {
    Vec::new()
}
