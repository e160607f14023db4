use chancery_core::{Analysis, Document, Mentions, Quotation};

/// Finds what the text gives as somebody's words, in the order of the text.
pub(crate) fn find_quotations(
    _document: &Document,
    _analysis: &Analysis,
    _found: &Mentions,
) -> Vec<Quotation> {
    Vec::new()
}
