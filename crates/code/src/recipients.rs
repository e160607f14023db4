//! To whom what a frame tells is done.

use chancery_core::{Actor, ActorKind, EventType, Relation, Sector, Upos};

use crate::acts_of_nouns::told_by_cases;
use crate::clause::Clause;
use crate::frame::{Frame, Part, Slot};
use crate::parties::{Parties, Party};
use crate::slot_parties::{parties_in, towns_in};

/// To whom it is done.
pub(crate) fn recipient_of(
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    frame: &Frame,
    at: usize,
    source: &[Party],
) -> Vec<Party> {
    let mut recipient = Vec::new();
    // `urged its citizens to leave Chad`: who is asked is named, though no actor.
    let is_asked_of_others =
        frame.kind == EventType::Request && frame.part == Part::Verb && is_put_to_people(clause, at);
    let slots = frame.recipient.iter().filter(|slot| !is_asked_of_others || **slot != Slot::Complement);
    for slot in slots {
        recipient = if frame.kind == EventType::Threaten && *slot == Slot::Complement {
            warned_on_condition(clause, parties, at, source)
        } else {
            Vec::new()
        };
        if recipient.is_empty() {
            recipient = parties_in(clause, parties, slot, at, source);
        }
        let is_visit = frame.modes.iter().any(|mode| mode.as_str() == "visit");
        let says_where = frame.kind == EventType::Consult && *slot != Slot::Object && !is_visit;
        // A vague word is of an act only where somebody does it.
        let is_vague = frame.weak && source.is_empty();
        if recipient.is_empty() && !says_where && !is_vague {
            recipient = towns_in(clause, parties, slot, at, source);
            // `returned to Kyiv` is no visit to the minister's own state; whose minister visits a town must be known.
            let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
            let is_abroad = |town: &Party| {
                source.iter().any(|known| country(known).is_some())
                    && source.iter().all(|known| country(known) != country(town))
            };
            recipient.retain(|town| !is_visit || is_abroad(town));
        }
        // `takes part in a meeting in Rabat`: the state around a town is no party to talks in it.
        if says_where {
            recipient.retain(|party| !Parties::lies_there(party));
        }
        // Where one party alone is named, the capital may stand for the other.
        if says_where && frame.mutual && source.len() > 1 {
            recipient.retain(|party| !parties.is_where(party));
        }
        if is_visit {
            recipient.retain(|host| !is_own_site(parties, host, source));
        }
        if !recipient.is_empty() {
            break;
        }
    }
    if recipient.is_empty()
        && !frame.recipient.is_empty()
        && let Some(told) = told_by_cases(clause, parties, frame, at)
    {
        recipient = told.done_to;
        recipient.retain(|party| !source.iter().any(|doer| doer.actor == party.actor));
    }
    recipient.retain(|party| !is_own_force(parties, frame, party, source));
    // `accused the neighbours of failing to support Mali`: the accused are named, though no actor.
    let has_other_object = frame.recipient.contains(&Slot::Object)
        && clause.children_by(at, &[Relation::Obj]).into_iter().any(|word| clause.upos(word) == Upos::Noun);
    let has_recipient = !frame.recipient.is_empty() && !is_asked_of_others && !has_other_object;
    if recipient.is_empty() && has_recipient && is_put_to_somebody(frame) {
        recipient = addressee_below(clause, parties, at, source);
    }
    // `urged them not to travel to Chad`: where something is to be done is not who is asked; nor is it seized where a ship is.
    let is_seizure =
        frame.kind == EventType::Coerce && frame.modes.iter().any(|mode| mode.as_str() == "seize");
    let is_request = frame.kind == EventType::Request && frame.part == Part::Verb;
    recipient.retain(|party| {
        let is_told_below = is_request && is_in_clause_below(clause, party, at);
        !(is_told_below || is_seizure && party.derived) || !parties.is_where(party)
    });
    // `condemned the violation of Iraq's airspace`: whose it is suffers what is condemned.
    if frame.kind == EventType::Accuse {
        recipient.retain(|party| !(party.derived && is_violated(clause, party, at)));
    }
    // `called for the refugees to be given visas`: those to whom it shall be done are not who is asked.
    if frame.kind == EventType::Request && frame.part == Part::Verb {
        recipient.retain(|party| !is_done_to_below(clause, party, at));
    }
    if frame.kind.quad() != 4 && !frame.mutual {
        let doers: Vec<_> = source.iter().filter_map(|party| parties.actor(party)).collect();
        // `accused Britain of failing its people`, said by one of its own: who is named as accused or asked is.
        let is_put_to = |party: &Party| {
            matches!(frame.kind, EventType::Accuse | EventType::Request)
                && !party.derived
                && clause
                    .fill(&Slot::Object, at)
                    .contains(&clause.sentence.head_of(clause.sentence.words_in(party.span)))
        };
        recipient.retain(|party| {
            is_put_to(party)
                || !parties.actor(party).is_some_and(|actor| doers.iter().any(|doer| is_at_home(doer, actor)))
        });
    }
    recipient
}

/// `warned that it would ask for sanctions if Chad cut the trade`: who must not do what a threat depends on is threatened,
/// whoever else its words name.
fn warned_on_condition(
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    at: usize,
    source: &[Party],
) -> Vec<Party> {
    let doers: Vec<_> = source.iter().filter_map(|party| parties.actor(party)).collect();
    let mut warned = Vec::new();
    for condition in clause.conditions_below(at) {
        let mut found = parties.at(clause, &clause.fill(&Slot::Subject, condition));
        found.retain(|party| {
            !parties.actor(party).is_some_and(|actor| doers.iter().any(|doer| is_at_home(doer, actor)))
        });
        warned.append(&mut found);
    }
    warned
}

/// `refused to withdraw its troops`: the forces of those who decide what these do are nobody to whom it is done; rebels do
/// not decide that.
fn is_own_force(parties: &Parties<'_>, frame: &Frame, party: &Party, source: &[Party]) -> bool {
    let is_of_forces = matches!(
        frame.kind,
        EventType::Agree
            | EventType::Concede
            | EventType::Retreat
            | EventType::Reject
            | EventType::Threaten
            | EventType::Mobilize
    );
    let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
    is_of_forces
        && parties.actor(party).is_some_and(|actor| actor.sector == Some(Sector::Military))
        && country(party).is_some()
        && source.iter().any(|doer| {
            let speaks_for_state = parties.actor(doer).is_some_and(|actor| {
                matches!(actor.kind, ActorKind::State | ActorKind::Government | ActorKind::Person)
            });
            speaks_for_state && country(doer) == country(party)
        })
}

/// Whether a party is named only as whose something is that may be violated (`sovereignty`, `airspace`). Who stands before
/// the verb that tells of the violation is who commits it, whatever taggers hang it under.
fn is_violated(clause: &Clause<'_>, party: &Party, at: usize) -> bool {
    let named = clause.sentence.head_of(clause.sentence.words_in(party.span));
    let are_parted = |thing: usize| {
        (named.min(thing) + 1..named.max(thing)).any(|between| clause.upos(between) == Upos::Verb)
    };
    std::iter::successors(clause.head(named), |&above| clause.head(above))
        .take(clause.keys.len())
        .take_while(|&above| above != at)
        .any(|above| clause.is_a(above, "violated") && !are_parted(above))
}

/// `the government will help Britain`: what a state does at home is done to nobody.
fn is_at_home(doer: &Actor, other: &Actor) -> bool {
    doer.country.is_some()
        && doer.country == other.country
        && matches!(other.kind, ActorKind::State | ActorKind::Place)
        && matches!(doer.kind, ActorKind::State | ActorKind::Government | ActorKind::Person)
}

/// Whether a party is the subject of another passive than a word, or of a verb that says as much: `called for the
/// families to receive aid`.
fn is_done_to_below(clause: &Clause<'_>, party: &Party, at: usize) -> bool {
    let noun = clause.sentence.head_of(clause.sentence.words_in(party.span));
    let Some(verb) = clause.head(noun).filter(|&verb| verb != at) else { return false };
    match clause.relation(noun) {
        Relation::NsubjPass => true,
        Relation::Nsubj => clause.is_a(verb, "receiving"),
        _ => false,
    }
}

/// Whether a party stands in a clause below a word's own.
fn is_in_clause_below(clause: &Clause<'_>, party: &Party, at: usize) -> bool {
    let noun = clause.sentence.head_of(clause.sentence.words_in(party.span));
    clause.clause_head(noun) != clause.clause_head(at)
}

/// Whether a verb has an object that an infinitive tells to do something: `urged its citizens to leave`.
fn is_put_to_people(clause: &Clause<'_>, at: usize) -> bool {
    let is_noun = |word: usize| matches!(clause.upos(word), Upos::Noun | Upos::Propn);
    clause.children_by(at, &[Relation::Obj, Relation::Iobj]).into_iter().any(is_noun)
        && clause.infinitives(at).into_iter().any(|verb| clause.upos(verb) == Upos::Verb)
}

/// Whether an act is put to somebody, whom the clause below it may name.
fn is_put_to_somebody(frame: &Frame) -> bool {
    matches!(frame.kind, EventType::Accuse | EventType::Request | EventType::Threaten)
        && frame.part == Part::Verb
        && !frame.mutual
        && !frame.denial
}

/// The state or body of another country that does, or is, what an act is about: `accused of violating its
/// airspace`, where the tree hangs the accused under what it did.
fn addressee_below(clause: &Clause<'_>, parties: &Parties<'_>, at: usize, source: &[Party]) -> Vec<Party> {
    let named = parties_in(clause, parties, &Slot::Complement, at, source);
    let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
    let is_abroad = |party: &Party| {
        country(party).is_some_and(|own| source.iter().all(|known| country(known) != Some(own)))
    };
    if source.is_empty() || !named.iter().all(is_abroad) { Vec::new() } else { named }
}

/// `spoke on a visit to an air base`: places and bodies of their own state are no hosts of those who govern it.
fn is_own_site(parties: &Parties<'_>, host: &Party, visitors: &[Party]) -> bool {
    let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
    let is_site = Parties::lies_there(host)
        || parties.actor(host).is_some_and(|actor| {
            matches!(actor.kind, ActorKind::Place | ActorKind::Infrastructure | ActorKind::Organisation)
        });
    is_site && country(host).is_some() && visitors.iter().any(|visitor| country(visitor) == country(host))
}
