//! Who stands in a slot of a frame.

use chancery_core::{ActorKind, Relation, Sector};

use crate::clause::Clause;
use crate::frame::Slot;
use crate::parties::{Parties, Party};
use crate::sides::is_anybody;

/// Whoever stands in a slot, but for those who are known to act.
pub(crate) fn parties_in(
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    slot: &Slot,
    at: usize,
    besides: &[Party],
) -> Vec<Party> {
    let others = |mut found: Vec<Party>| {
        found.retain(|party| !besides.iter().any(|known| known.actor == party.actor));
        found
    };
    let foreign = |mut found: Vec<Party>| {
        found.retain(|party| !is_own_state(parties, party, besides));
        found
    };
    match slot {
        Slot::Speaker => others(parties.speakers(clause, at)),
        Slot::Complement | Slot::Content => {
            let mut words = clause.fill(slot, at);
            words.extend(clause.below_complement(at));
            // `ruled out sending troops to Haiti`: those who are sent are no side.
            words.retain(|&word| {
                let is_sent = clause.relation(word) == Relation::Obj && clause.is_a(word, "troops");
                !is_sent || !clause.head(word).is_some_and(|verb| clause.is_a(verb, "tasking"))
            });
            // `pledged to put people first`: people whom nothing tells from others are no side of what somebody says.
            let told_apart = |mut found: Vec<Party>| {
                found.retain(|party| !parties.actor(party).is_some_and(is_anybody));
                found
            };
            let named =
                words.into_iter().map(|word| told_apart(foreign(others(parties.at(clause, &[word])))));
            let mut named: Vec<_> = named.filter(|found| !found.is_empty()).collect();
            // `said that in Moldova Russia pays for votes`: those who do something, before where they do it.
            let is_place = |found: &Vec<Party>| found.iter().all(|party| parties.is_where(party));
            if !named.iter().all(is_place) {
                named.retain(|found| !is_place(found));
            }
            nearest_other(parties, &named, besides)
        }
        Slot::Object => {
            let objects = clause.fill(slot, at);
            let mut found = others(parties.at(clause, &objects));
            if found.is_empty() {
                found = others(parties.glued_to(clause, at, &clause.fill(&Slot::Subject, at)));
            }
            // `Israel killed militants in its own capital`: those who are named there are not the state beside them.
            if found.is_empty() {
                found = others(objects.iter().flat_map(|&object| parties.named_by(object)).collect());
            }
            found
        }
        // `began the invasion on Khan's order`: on whose word something is done is no party to it.
        Slot::Marked(_) => {
            let mut words = clause.fill(slot, at);
            words.retain(|&word| !clause.is_a(word, "ground"));
            others(parties.at(clause, &words))
        }
        // `strikes on Kyiv continue`: the noun itself is nobody who does it.
        Slot::LightSubject => {
            let mut words = clause.fill(slot, at);
            words.retain(|&word| word != at);
            others(parties.at(clause, &words))
        }
        Slot::Modifier => {
            let found = others(parties.at(clause, &adjectives_before(clause, at)));
            if found.is_empty() { others(parties.at(clause, &clause.fill(slot, at))) } else { found }
        }
        slot => others(parties.at(clause, &clause.fill(slot, at))),
    }
}

/// Ukrainian `чадська підтримка Нігеру`: where an adjective before a noun names a state, the genitive behind it is none of
/// those who do it.
fn adjectives_before(clause: &Clause<'_>, noun: usize) -> Vec<usize> {
    let is_behind = |&other: &usize| noun < other && clause.mark_of(other).is_none();
    if !clause.children_by(noun, &[Relation::Nmod]).iter().any(is_behind) {
        return Vec::new();
    }
    let mut adjectives = clause.children_by(noun, &[Relation::Amod]);
    adjectives.retain(|&adjective| adjective < noun);
    adjectives
}

/// Whether a party is the state of those who act, or its forces: what `we` do is not done to them.
fn is_own_state(parties: &Parties<'_>, party: &Party, besides: &[Party]) -> bool {
    let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
    parties
        .actor(party)
        .filter(|actor| actor.country.is_some())
        .is_some_and(|actor| actor.kind == ActorKind::State || actor.sector == Some(Sector::Military))
        && besides.iter().any(|known| country(known) == country(party))
}

/// Of the parties that a clause names, its subject before its objects: the first of another country than
/// those who act, then the first of any country, then the first.
fn nearest_other(parties: &Parties<'_>, named: &[Vec<Party>], besides: &[Party]) -> Vec<Party> {
    let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
    let is_abroad = |party: &Party| {
        country(party).is_some_and(|own| !besides.iter().any(|known| country(known) == Some(own)))
    };
    let chosen = named
        .iter()
        .find(|found| found.iter().any(is_abroad))
        .or_else(|| named.iter().find(|found| found.iter().any(|party| country(party).is_some())))
        .or_else(|| named.first());
    chosen.cloned().unwrap_or_default()
}

/// The towns that an act is done to, or, where it is told who acts, in: `shelled Kharkiv`, `lifted the curfew
/// in Kirkuk`.
pub(crate) fn towns_in(
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    slot: &Slot,
    at: usize,
    source: &[Party],
) -> Vec<Party> {
    let words = match slot {
        Slot::Object => clause.fill(slot, at),
        Slot::Marked(_) | Slot::Possessor if !source.is_empty() => clause.fill(slot, at),
        _ => return Vec::new(),
    };
    parties.towns_at(clause, &words)
}

/// `killed in an attack in northern Togo`: below the attack stands where or on whom it was made, unless it is said by
/// whom.
pub(crate) fn is_where_it_happened(clause: &Clause<'_>, party: &Party) -> bool {
    let words = clause.sentence.words_in(party.span);
    let mut noun = clause.sentence.head_of(words);
    while clause.relation(noun) == Relation::Conj
        && clause.mark_of(noun).is_none()
        && let Some(first) = clause.head(noun).filter(|&first| first < noun)
    {
        noun = first;
    }
    party.derived && clause.mark_of(noun).is_some_and(|mark| !clause.is_a(mark, "by"))
}
