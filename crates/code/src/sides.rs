use chancery_core::{Actor, ActorKind, EventType, Relation, Sector};

use crate::acts_of_nouns::told_by_cases;
use crate::clause::Clause;
use crate::firing::{Firing, Missing};
use crate::frame::{Frame, Part, Require, Slot};
use crate::parties::{Parties, Party};
use crate::recipients::recipient_of;
use crate::slot_parties::{is_where_it_happened, parties_in};
use crate::tellers::told_by_its_doer;
use crate::withdrawals::{leave_out_own_places, leave_out_what_is_left};

/// How strictly a frame's sides are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// As the frame says.
    Strictly,
    /// Where it asks for both, a doer who speaks or acts for a state is enough.
    Leniently,
}

/// Finds who does what a frame tells of and to whom it is done, where they are such as the frame asks for.
pub(crate) fn with_sides<'l>(
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    frame: &'l Frame,
    at: usize,
    doer: &[Party],
    asked: Asked,
) -> Result<Firing<'l>, Missing> {
    let mut source = source_of(clause, parties, frame, at, doer);
    let mut recipient = recipient_of(clause, parties, frame, at, &source);
    leave_out_what_is_left(frame, &mut source, &recipient);
    leave_out_own_places(parties, frame, &source, &mut recipient);
    if source.is_empty() && !frame.mutual {
        source = told_by_its_doer(clause, parties, frame, at, &recipient);
    }
    if frame.modes.iter().any(|mode| mode.as_str() == "visit") && is_host(parties, &source, &recipient) {
        std::mem::swap(&mut source, &mut recipient);
    }
    if frame.mutual {
        join(frame, &mut source, &mut recipient)?;
    } else if frame.kind == EventType::Assault
        && recipient.is_empty()
        && source.iter().all(|party| parties.actor(party).is_some_and(is_anybody))
        && clause.children_by(at, &[Relation::Obj]).is_empty()
    {
        // `fue asesinado un hombre`: people whom nothing tells from others suffer force rather than use it.
        recipient = std::mem::take(&mut source);
    }
    let needs = |side: Require| frame.require == side || (frame.require == Require::Both && !frame.mutual);
    if needs(Require::Source) && source.is_empty() {
        return Err(Missing::Source);
    }
    if needs(Require::Recipient)
        && recipient.is_empty()
        && !(asked == Asked::Leniently && may_stand_alone(parties, frame, &source))
    {
        return Err(Missing::Recipient);
    }
    if !source.is_empty() || !recipient.is_empty() {
        check_sides(parties, frame, &source, &recipient)?;
    } else if frame.require != Require::Nobody || is_mentioned_by_the_way(clause, frame, at) {
        return Err(Missing::Source);
    }
    Ok(Firing { frame, at, source, recipient, modes: frame.modes.clone(), moded_by: None })
}

/// Whether what an official, a state or one of its bodies says or does is an act though the text names nobody to whom:
/// `Berlin spoke out against the ban`.
fn may_stand_alone(parties: &Parties<'_>, frame: &Frame, source: &[Party]) -> bool {
    let is_of_a_state = |party: &Party| {
        parties.actor(party).is_some_and(|actor| {
            actor.country.is_some()
                && match actor.kind {
                    ActorKind::State | ActorKind::Government | ActorKind::Alliance => true,
                    ActorKind::Person => Parties::is_political(actor),
                    _ => false,
                }
        })
    };
    let is_told_alone =
        matches!(frame.kind, EventType::Accuse | EventType::Reject | EventType::Consult | EventType::Coerce);
    is_told_alone
        && frame.part == Part::Verb
        && frame.require == Require::Both
        && !frame.mutual
        && !frame.weak
        && !source.is_empty()
        && source.iter().all(is_of_a_state)
}

/// Who does it: whoever stands in the first slot of the frame that names somebody, else the doer.
fn source_of(
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    frame: &Frame,
    at: usize,
    doer: &[Party],
) -> Vec<Party> {
    if let Some(told) = told_by_cases(clause, parties, frame, at) {
        return told.doer;
    }
    let mut source = Vec::new();
    for slot in &frame.source {
        source = if frame.part == Part::Adjective && *slot == Slot::Subject {
            parties.at(clause, &clause.subject_as_written(at))
        } else {
            parties_in(clause, parties, slot, at, &[])
        };
        let is_of_attack = match slot {
            Slot::Marked(_) => true,
            Slot::Subject => clause.fill(slot, at).into_iter().any(|word| clause.is_a(word, "attack")),
            _ => false,
        };
        if frame.kind.is_verbal() && frame.part == Part::Verb && matches!(slot, Slot::Marked(_)) {
            keep_first_phrase(clause, &clause.fill(slot, at), &mut source);
        }
        if frame.kind == EventType::Assault && frame.part == Part::Verb && !frame.mutual && is_of_attack {
            source.retain(|party| !is_where_it_happened(clause, party));
        }
        // `a mine in northern Togo killed ten`
        if frame.kind == EventType::Assault && *slot == Slot::Subject {
            source.retain(|party| !(party.derived && parties.is_where(party)));
        }
        if !source.is_empty() {
            break;
        }
    }
    if source.is_empty() {
        source.extend_from_slice(doer);
    }
    let is_somebody = |party: &Party| !parties.actor(party).is_some_and(is_anybody);
    if frame.kind != EventType::Protest && source.iter().any(is_somebody) {
        source.retain(is_somebody);
    }
    let is_violence = frame.kind == EventType::Assault && frame.part == Part::Verb && !frame.mutual;
    if source.is_empty() && is_violence {
        source = parties.at(clause, &clause.whose_attack(at));
    }
    if source.is_empty() && frame.kind.is_verbal() && frame.source.contains(&Slot::Subject) {
        source = parties.at(clause, &clause.subject_above_description(at));
    }
    if source.is_empty() && matches!(frame.kind, EventType::Coerce | EventType::Sanction) {
        source = parties.at(clause, &clause.lawgiver(at));
    }
    source
}

/// Russian `в МИД вызвали поверенного в делах Чада` (at the ministry they summoned the envoy of Chad): of several phrases the
/// first says in whose name somebody speaks.
fn keep_first_phrase(clause: &Clause<'_>, phrases: &[usize], source: &mut Vec<Party>) {
    for &phrase in phrases {
        let below = clause.sentence.subtree(phrase);
        let is_below =
            |party: &Party| below.contains(&clause.sentence.head_of(clause.sentence.words_in(party.span)));
        if source.iter().any(is_below) {
            source.retain(is_below);
            return;
        }
    }
}

/// Makes everybody a source of a mutual act.
fn join(frame: &Frame, source: &mut Vec<Party>, recipient: &mut Vec<Party>) -> Result<(), Missing> {
    // `his talks with France and Italy`: those with whom somebody unknown talks do not talk to each other.
    if source.is_empty() && recipient.len() > 1 && !frame.source.is_empty() {
        return Err(Missing::Source);
    }
    source.append(recipient);
    let misses_everybody = source.is_empty() && frame.require != Require::Nobody;
    if misses_everybody || (frame.require == Require::Both && source.len() < 2) {
        return Err(Missing::Source);
    }
    // `Lavrov held talks` is an event; `talks continued` is none.
    if source.len() < 2 && frame.kind == EventType::Cooperate {
        return Err(Missing::Recipient);
    }
    Ok(())
}

/// Whether those who are found are such as politics is about, and as the frame asks for.
fn check_sides(
    parties: &Parties<'_>,
    frame: &Frame,
    source: &[Party],
    recipient: &[Party],
) -> Result<(), Missing> {
    let political = |party: &Party| parties.actor(party).is_some_and(Parties::is_political);
    let of_state = |party: &Party| parties.actor(party).is_some_and(|actor| actor.country.is_some());
    if frame.weak && !source.iter().chain(recipient).any(of_state) {
        return Err(Missing::Political);
    }
    let both_political = if frame.mutual {
        source.iter().filter(|party| political(party)).count() > 1
    } else {
        source.iter().any(political) && recipient.iter().any(political)
    };
    if frame.weak && !both_political {
        return Err(Missing::Political);
    }
    let can_use_force = |party: &Party| parties.actor(party).is_some_and(Parties::can_use_force);
    if frame.armed && !source.is_empty() && !source.iter().chain(recipient).any(can_use_force) {
        return Err(Missing::Armed);
    }
    // `Afghans came to Britain`: peoples and crowds meet nobody in anybody's name.
    let speaks_for_itself = |party: &Party| {
        parties.actor(party).is_some_and(|actor| match actor.kind {
            ActorKind::Population => false,
            // Lawmakers, diplomats and officers of a state do.
            ActorKind::Group => actor.country.is_some() && actor.sector.is_some_and(is_of_the_state),
            _ => true,
        })
    };
    if frame.kind == EventType::Consult && !frame.mutual && !source.iter().any(speaks_for_itself) {
        return Err(Missing::Political);
    }
    // `a priest jailed for collaborating with Chad`: nor do private people cooperate in anybody's name.
    if frame.kind == EventType::Cooperate
        && frame.mutual
        && source.iter().filter(|party| speaks_for_itself(party)).count() < 2
    {
        return Err(Missing::Political);
    }
    // `some people were furious`, `a man stabbed a tourist`: of people whom nothing tells from others, only protests are news
    // of politics, and what they do to those who are somebody.
    let is_anybody = |party: &Party| parties.actor(party).is_some_and(is_anybody);
    let doers = if source.is_empty() { recipient } else { source };
    let is_private = !doers.is_empty() && doers.iter().all(is_anybody);
    let is_done_to_somebody = recipient.iter().any(|party| political(party) && !is_anybody(party));
    let may_be_private = match frame.kind.quad() {
        4 => frame.kind == EventType::Protest || source.is_empty() || is_done_to_somebody,
        _ => false,
    };
    if is_private && !may_be_private {
        return Err(Missing::Political);
    }
    // `the students thanked their teachers`: what crowds of no country say and give to each other is none either.
    let is_crowd = |party: &Party| {
        parties.actor(party).is_some_and(|actor| {
            matches!(actor.kind, ActorKind::Group | ActorKind::Population)
                && actor.country.is_none()
                && actor.id.starts_with("group:")
        })
    };
    let is_between_crowds = !recipient.is_empty() && source.iter().chain(recipient).all(is_crowd);
    if matches!(frame.kind.quad(), 1 | 2) && is_between_crowds {
        return Err(Missing::Political);
    }
    // `a man shot a bear`: of private persons, only what the frame vouches for by itself is news of politics.
    if frame.require != Require::Nobody && !source.iter().chain(recipient).any(political) {
        return Err(Missing::Political);
    }
    Ok(())
}

/// Where one verb tells of both, what it tells instead: states protest in words, and of people in the street they
/// do not complain.
pub(crate) fn other_protest(parties: &Parties<'_>, fired: &Firing<'_>) -> Option<EventType> {
    let is_of = |party: &Party, kinds: &[ActorKind]| {
        parties.actor(party).is_some_and(|actor| kinds.contains(&actor.kind))
    };
    let are = |test: &dyn Fn(&Party) -> bool| !fired.source.is_empty() && fired.source.iter().all(test);
    // Turkish `protesto etti`: a noun with its light verb is a verb.
    let is_verb = fired.frame.part == Part::Verb || fired.frame.source.contains(&Slot::Subject);
    match fired.frame.kind {
        EventType::Accuse
            if is_verb
                && are(&|party| {
                    // `thousands of Georgians`: who is counted is no state.
                    party.derived || is_of(party, &[ActorKind::Population, ActorKind::Group])
                }) =>
        {
            Some(EventType::Protest)
        }
        EventType::Protest
            if is_verb
                && are(&|party| {
                    !party.derived
                        && is_of(party, &[ActorKind::State, ActorKind::Government, ActorKind::Alliance])
                }) =>
        {
            Some(EventType::Accuse)
        }
        _ => None,
    }
}

/// `arrested during the protests`: a protest that nobody is named for is told where its noun is what its clause is
/// about, or new to the text; not where it is known and only says when something else took place.
fn is_mentioned_by_the_way(clause: &Clause<'_>, frame: &Frame, at: usize) -> bool {
    let mut noun = at;
    while clause.relation(noun) == Relation::Conj
        && let Some(first) = clause.head(noun).filter(|&first| first < noun)
    {
        noun = first;
    }
    let is_definite = |at: usize| {
        clause.is_a(at, "definite")
            || clause.word(at).is_some_and(|word| word.features.has("Definite", "Def"))
    };
    frame.kind == EventType::Protest
        && frame.part == Part::Noun
        && matches!(
            clause.relation(noun),
            Relation::Obl | Relation::Nmod | Relation::Compound | Relation::Appos
        )
        && (is_definite(at) || clause.children_by(at, &[Relation::Det]).into_iter().any(is_definite))
}

/// Whether those of a sector act for their state.
fn is_of_the_state(sector: Sector) -> bool {
    matches!(sector, Sector::Government | Sector::Legislature | Sector::Military | Sector::Judiciary)
}

/// Whether people are told apart by nothing: `the woman`, `residents` of a place that is not told.
pub(crate) fn is_anybody(actor: &Actor) -> bool {
    actor.kind == ActorKind::Population && actor.country.is_none() && actor.id.starts_with("group:")
}

/// Spanish `visitó Paraguay el ministro`: a state visits no person, but is visited, whatever the tree says.
fn is_host(parties: &Parties<'_>, visitors: &[Party], visited: &[Party]) -> bool {
    let all = |found: &[Party], kinds: &[ActorKind]| {
        !found.is_empty()
            && found.iter().all(|party| parties.actor(party).is_some_and(|actor| kinds.contains(&actor.kind)))
    };
    all(visitors, &[ActorKind::State, ActorKind::Place]) && all(visited, &[ActorKind::Person])
}
