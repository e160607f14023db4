use chancery_core::{ActorKind, EventType, Sector};

use crate::clause::Clause;
use crate::frame::{Frame, Part, Slot};
use crate::parties::{Parties, Party};

/// `three Greeks had been arrested, the police said`: those who tell of an arrest by nobody named made it, where arresting
/// is what they are for; `the border would be opened, the government said`: so does a government of what is its own.
pub(crate) fn told_by_its_doer(
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    frame: &Frame,
    at: usize,
    recipient: &[Party],
) -> Vec<Party> {
    let is_own = || {
        let objects = clause.fill(&Slot::Object, at);
        recipient.is_empty() || objects.into_iter().any(|object| clause.is_a(object, "territory"))
    };
    let sectors: &[Sector] = match frame.kind {
        EventType::Coerce if frame.modes.iter().any(|mode| mode.as_str() == "arrest") => {
            &[Sector::Police, Sector::Intelligence, Sector::Judiciary]
        }
        EventType::Concede | EventType::Retreat | EventType::Sanction if is_own() => &[Sector::Government],
        _ => return Vec::new(),
    };
    if frame.part != Part::Verb || !clause.is_passive(at) || !clause.fill(&Slot::Subject, at).is_empty() {
        return Vec::new();
    }
    let mut found = parties.speakers(clause, at);
    found.retain(|party| {
        parties.actor(party).is_some_and(|actor| {
            actor.kind != ActorKind::Person && actor.sector.is_some_and(|sector| sectors.contains(&sector))
        })
    });
    for party in &mut found {
        party.derived = true;
        "tells of it".clone_into(&mut party.how);
    }
    found
}
