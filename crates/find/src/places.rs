use chancery_core::{Analysis, Document, Mentions, Notice, PlaceMention};

use crate::World;

/// Finds the places that a document names, with their coordinates, in the order of the text.
pub(crate) fn find_places(
    _document: &Document,
    _analysis: &Analysis,
    _world: &World,
    _found: &Mentions,
    _notices: &mut Vec<Notice>,
) -> Vec<PlaceMention> {
    Vec::new()
}
