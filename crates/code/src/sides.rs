use chancery_core::{Actor, ActorKind, EventType, Relation, Sector, Upos};

use crate::clause::Clause;
use crate::firing::{Firing, Missing};
use crate::frame::{Frame, Part, Require, Slot};
use crate::parties::{Parties, Party};
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
    Ok(Firing { frame, at, source, recipient, modes: frame.modes.clone() })
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

/// To whom it is done.
fn recipient_of(
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

/// Whether those of a sector act for their state.
fn is_of_the_state(sector: Sector) -> bool {
    matches!(sector, Sector::Government | Sector::Legislature | Sector::Military | Sector::Judiciary)
}

/// Whether people are told apart by nothing: `the woman`, `residents` of a place that is not told.
fn is_anybody(actor: &Actor) -> bool {
    actor.kind == ActorKind::Population && actor.country.is_none() && actor.id.starts_with("group:")
}

/// Whether a verb has an object that an infinitive tells to do something: `urged its citizens to leave`.
fn is_put_to_people(clause: &Clause<'_>, at: usize) -> bool {
    let is_noun = |word: usize| matches!(clause.upos(word), Upos::Noun | Upos::Propn);
    clause.children_by(at, &[Relation::Obj, Relation::Iobj]).into_iter().any(is_noun)
        && clause.infinitives(at).into_iter().any(|verb| clause.upos(verb) == Upos::Verb)
}

/// Whoever stands in a slot, but for those who are known to act.
fn parties_in(
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
        slot => others(parties.at(clause, &clause.fill(slot, at))),
    }
}

/// `killed in an attack in northern Togo`: below the attack stands where or on whom it was made, unless it is said by
/// whom.
fn is_where_it_happened(clause: &Clause<'_>, party: &Party) -> bool {
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

/// Spanish `visitó Paraguay el ministro`: a state visits no person, but is visited, whatever the tree says.
fn is_host(parties: &Parties<'_>, visitors: &[Party], visited: &[Party]) -> bool {
    let all = |found: &[Party], kinds: &[ActorKind]| {
        !found.is_empty()
            && found.iter().all(|party| parties.actor(party).is_some_and(|actor| kinds.contains(&actor.kind)))
    };
    all(visitors, &[ActorKind::State, ActorKind::Place]) && all(visited, &[ActorKind::Person])
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

/// Whether a party is the state of those who act: what `we` do is not done to them.
fn is_own_state(parties: &Parties<'_>, party: &Party, besides: &[Party]) -> bool {
    let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
    parties.actor(party).is_some_and(|actor| actor.kind == ActorKind::State)
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
fn towns_in(
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
