//! Who does what a noun tells of and to whom, where the cases around it say so: `визнання Косова Чадом`, `чадський обстріл Нігеру`.

use chancery_core::{EventType, Relation};

use crate::clause::Clause;
use crate::frame::{Frame, Part};
use crate::parties::{Parties, Party};

/// Who does an act and to whom it is done.
pub(crate) struct Told {
    pub(crate) doer: Vec<Party>,
    pub(crate) done_to: Vec<Party>,
}

/// Ukrainian `блокада Нігеру Чадом`: beside a doer in the instrumental the genitive is to whom it is done; so it is behind
/// an adjective of another state: `чадська підтримка Нігеру`, German `die russische Unterstützung Syriens`. `None` where
/// neither stands with the noun.
pub(crate) fn told_by_cases(
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    frame: &Frame,
    at: usize,
) -> Option<Told> {
    if frame.part != Part::Noun || frame.mutual || frame.source.is_empty() {
        return None;
    }
    let unmarked = |relation: Relation| {
        let mut found = clause.children_by(at, &[relation]);
        found.retain(|&child| clause.mark_of(child).is_none());
        found
    };
    let mut genitives = unmarked(Relation::Nmod);
    genitives.retain(|&noun| at < noun);
    let done_to = parties.at(clause, &genitives);
    let doer = parties.at(clause, &unmarked(Relation::OblAgent));
    if !doer.is_empty() {
        return Some(Told { doer, done_to });
    }
    let mut adjectives = clause.children_by(at, &[Relation::Amod]);
    adjectives.retain(|&adjective| adjective < at);
    let doer = parties.at(clause, &adjectives);
    let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
    let are_apart = !doer.is_empty()
        && doer.iter().all(|party| {
            country(party).is_some() && done_to.iter().all(|other| country(other) != country(party))
        });
    let are_both_told = is_done_to_whose_it_is(frame) && !done_to.is_empty() && are_apart;
    are_both_told.then_some(Told { doer, done_to })
}

/// Whether the act of a frame is done to somebody: `the French initiative of the Chadian king` is the king's.
fn is_done_to_whose_it_is(frame: &Frame) -> bool {
    let is_done_to_somebody = matches!(
        frame.kind,
        EventType::Support
            | EventType::Aid
            | EventType::Accuse
            | EventType::Threaten
            | EventType::Sanction
            | EventType::Coerce
            | EventType::Assault
    );
    is_done_to_somebody && !frame.recipient.is_empty()
}
