use chancery_core::{Analysis, DateRange, Document, Notice, ResolvedDate};

use crate::World;

/// Returns the day that times count from, and, where the document does not state when it was published,
/// what its own words fix of it.
pub(crate) fn find_reference(
    document: &Document,
    _analysis: &Analysis,
    _world: &World,
    _notices: &mut Vec<Notice>,
) -> (Option<ResolvedDate>, Option<ResolvedDate>) {
    let stated = document.metadata.published.map(|day| ResolvedDate {
        range: DateRange::day(day),
        how: document.metadata.published_how.clone().unwrap_or_default(),
    });
    (stated, None)
}
