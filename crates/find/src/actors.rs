use chancery_core::{Actor, Analysis, Document, Mention, Notice, ResolvedDate};

use crate::World;

/// Finds the actors of a document and every mention of them, in the order of the text.
pub(crate) fn find_actors(
    _document: &Document,
    _analysis: &Analysis,
    _world: &World,
    _reference: Option<&ResolvedDate>,
    _notices: &mut Vec<Notice>,
) -> (Vec<Actor>, Vec<Mention>) {
    (Vec::new(), Vec::new())
}
