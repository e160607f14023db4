//! Who leaves what: whoever withdraws from a town at home leaves nobody, and forces that leave a state are not its own.

use chancery_core::{ActorKind, EventType};

use crate::frame::Frame;
use crate::parties::{Parties, Party};

/// `the Chadian army left the town of Faya`, `the rebels declared a truce in the north of Mali`: a place at home is where
/// something is yielded, and nobody to whom.
pub(crate) fn leave_out_own_places(
    parties: &Parties<'_>,
    frame: &Frame,
    source: &[Party],
    recipient: &mut Vec<Party>,
) {
    if frame.mutual || source.is_empty() || !matches!(frame.kind, EventType::Retreat | EventType::Concede) {
        return;
    }
    let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
    recipient.retain(|party| {
        // Where a curfew is lifted, there are those to whom it is conceded.
        let is_place = parties.actor(party).is_some_and(|actor| match actor.kind {
            ActorKind::State => !Parties::lies_there(party),
            ActorKind::Place => frame.kind == EventType::Retreat,
            _ => false,
        });
        let own = country(party);
        !(is_place && own.is_some() && source.iter().all(|doer| country(doer) == own))
    });
}

/// `the withdrawal of the forces from Chad`: the words that name what is left do not say whose they are who leave.
pub(crate) fn leave_out_what_is_left(frame: &Frame, source: &mut Vec<Party>, recipient: &[Party]) {
    if !frame.mutual && frame.kind == EventType::Retreat {
        source.retain(|doer| {
            !recipient.iter().any(|left| doer.span != left.span && doer.span.contains(left.span))
        });
    }
}
