use chancery_core::{Actor, ActorKind, EventType, Mode, Relation, Upos, Word};

use crate::clause::Clause;
use crate::frame::{Condition, Frame, Part, PredicateWords, Require, Slot, WordOrClass};
use crate::language::Language;
use crate::parties::{Parties, Party};
use crate::words::is_verb_by_its_place;

/// A frame that found its words and its parties in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Firing<'l> {
    pub(crate) frame: &'l Frame,
    /// The predicate's word.
    pub(crate) at: usize,
    pub(crate) source: Vec<Party>,
    pub(crate) recipient: Vec<Party>,
    /// The frame's modes, or, where it has none, those of another frame of its type that fires too.
    pub(crate) modes: Vec<Mode>,
}

/// Why a frame whose word is there did not fire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// The word is another part of speech here.
    Part,
    Companion(String),
    Condition(String),
    Source,
    Recipient,
    /// With this particle it is another verb.
    Particle(String),
    /// The word is vague, and a side is no state, government, official or armed group.
    Political,
    /// Neither side can use force.
    Armed,
    /// What it would be done to is no thing that force is used on.
    Figurative,
}

impl Missing {
    pub(crate) fn in_words(&self) -> String {
        match self {
            Self::Part => "the word is another part of speech here".to_owned(),
            Self::Companion(word) => format!("`{word}` does not stand with it"),
            Self::Particle(word) => format!("with `{word}` it is another verb"),
            Self::Condition(condition) => format!("the condition {condition}"),
            Self::Source => "nobody was found who does it".to_owned(),
            Self::Recipient => "nobody was found to whom it is done".to_owned(),
            Self::Political => {
                "the word is vague, and a side is no state, official or armed group".to_owned()
            }
            Self::Armed => "neither side can use force: a fight of words".to_owned(),
            Self::Figurative => "what it is done to cannot be hurt: a figure of speech".to_owned(),
        }
    }
}

/// Fires, for a word, the frame that fits it best: the one with most conditions whose parties are found. The doer
/// is who does it where its own clause does not say so.
pub(crate) fn fire<'l>(
    language: &'l Language,
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    at: usize,
    doer: &[Party],
) -> Option<Firing<'l>> {
    let keys = clause.keys.get(at)?;
    if clause.upos(at) == Upos::Noun && parties.names_somebody(at) {
        return None;
    }
    let mut fitting: Vec<_> = language
        .candidates(keys)
        .into_iter()
        .filter_map(|frame| fits(clause, frame, at).ok().map(|weight| (weight, frame)))
        .collect();
    // A stable sort: among equals, the order of the file decides. Of frames as
    // specific, the tagger's part of speech goes first.
    fitting.sort_by_key(|(weight, frame)| std::cmp::Reverse((*weight, has_part(clause, frame, at))));
    let mut firing = fitting.iter().find_map(|(_, frame)| {
        let fired = parties_of(clause, parties, frame, at, doer).ok()?;
        let other = other_protest(parties, &fired);
        (!fitting.iter().any(|(_, frame)| Some(frame.kind) == other)).then_some(fired)
    })?;
    if firing.modes.is_empty() {
        // `refused to meet`: what both a frame of the type and one of a mode list is of the mode.
        let moded = fitting.iter().map(|(_, frame)| frame).find(|frame| {
            frame.kind == firing.frame.kind
                && !frame.modes.is_empty()
                && parties_of(clause, parties, frame, at, doer).is_ok()
        });
        firing.modes = moded.map(|frame| frame.modes.clone()).unwrap_or_default();
    }
    Some(firing)
}

/// Where one verb tells of both, what it tells instead: states protest in words, and of people in the street they
/// do not complain.
fn other_protest(parties: &Parties<'_>, fired: &Firing<'_>) -> Option<EventType> {
    let is_of = |party: &Party, kinds: &[ActorKind]| {
        parties.actor(party).is_some_and(|actor| kinds.contains(&actor.kind))
    };
    let are = |test: &dyn Fn(&Party) -> bool| !fired.source.is_empty() && fired.source.iter().all(test);
    match fired.frame.kind {
        EventType::Accuse
            if fired.frame.part == Part::Verb
                && are(&|party| {
                    // `thousands of Georgians`: who is counted is no state.
                    party.derived || is_of(party, &[ActorKind::Population, ActorKind::Group])
                }) =>
        {
            Some(EventType::Protest)
        }
        EventType::Protest
            if fired.frame.part == Part::Verb
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

/// Tells for every frame of a word's own whether it fires or what it lacks.
pub(crate) fn try_all<'l>(
    language: &'l Language,
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    at: usize,
) -> Vec<(&'l Frame, Result<Firing<'l>, Missing>)> {
    let Some(keys) = clause.keys.get(at) else { return Vec::new() };
    language
        .candidates(keys)
        .into_iter()
        .map(|frame| {
            (frame, fits(clause, frame, at).and_then(|_| parties_of(clause, parties, frame, at, &[])))
        })
        .collect()
}

/// Whether a frame of a type fits a word, whoever its parties are.
pub(crate) fn is_put_as(language: &Language, clause: &Clause<'_>, at: usize, kind: EventType) -> bool {
    clause.keys.get(at).is_some_and(|keys| {
        language
            .candidates(keys)
            .into_iter()
            .any(|frame| frame.kind == kind && fits(clause, frame, at).is_ok())
    })
}

/// Whether a frame of a type is of a word and its companions, fired or not.
pub(crate) fn is_listed(language: &Language, clause: &Clause<'_>, at: usize, kind: EventType) -> bool {
    let is_of = |words: &PredicateWords| {
        clause.fits(at, &words.first) && missing_companion(clause, words, at).is_none()
    };
    clause.keys.get(at).is_some_and(|keys| {
        language.candidates(keys).into_iter().any(|frame| {
            frame.kind == kind && frame.part.fits(clause.upos(at)) && frame.predicates.iter().any(is_of)
        })
    })
}

/// Checks a frame's words and conditions; returns how specific it is.
fn fits(clause: &Clause<'_>, frame: &Frame, at: usize) -> Result<usize, Missing> {
    // The first half of `bistånds- och handelsminister` is no noun of its own.
    let is_no_predicate = |word: &Word| word.name.is_some() || word.form.ends_with(['-', '‑']);
    if !(has_part(clause, frame, at) || is_misread(clause, frame, at))
        || clause.word(at).is_some_and(is_no_predicate)
    {
        return Err(Missing::Part);
    }
    // `break, break_off`: of several that fit, the one with most companions.
    let mut best = Err(Missing::Part);
    for words in frame.predicates.iter().filter(|words| clause.fits(at, &words.first)) {
        match missing_companion(clause, words, at) {
            None => best = Ok(best.unwrap_or(0).max(words.companions.len())),
            Some(word) if best.is_err() => best = Err(Missing::Companion(word)),
            Some(_) => {}
        }
    }
    let companions = best?;
    if let Some(particle) = foreign_particle(clause, frame, at).filter(|_| companions == 0) {
        return Err(Missing::Particle(particle));
    }
    if is_done_by_misfortune(clause, frame, at) {
        return Err(Missing::Source);
    }
    if is_figurative(clause, frame, at) {
        return Err(Missing::Figurative);
    }
    for condition in &frame.conditions {
        if !holds(clause, condition, at) {
            return Err(Missing::Condition(unmet(clause, condition, at)));
        }
    }
    Ok(companions + frame.conditions.iter().filter(|condition| !condition.absent).count())
}

/// The particle that makes another verb of the word, as `up` of `push`: one of the class `verb-particle` that the
/// frame does not ask for.
fn foreign_particle(clause: &Clause<'_>, frame: &Frame, at: usize) -> Option<String> {
    if frame.part != Part::Verb || frame.conditions.iter().any(|condition| condition.slot == Slot::Particle) {
        return None;
    }
    let particle = *clause
        .children_by(at, &[Relation::CompoundPrt])
        .iter()
        .find(|&&particle| clause.is_a(particle, "verb-particle") && !is_before_number(clause, particle))?;
    clause.word(particle).map(|word| word.form.clone())
}

/// `kidnapped up to 16 advisers`: a particle before a number, or before `to` and a number, says how many.
fn is_before_number(clause: &Clause<'_>, particle: usize) -> bool {
    let is = |at: usize, upos: Upos| clause.upos(at) == upos;
    is(particle + 1, Upos::Num) || is(particle + 1, Upos::Adp) && is(particle + 2, Upos::Num)
}

/// `the pandemic hit schools`, `inflation devastated the region`: nobody's deed.
fn is_done_by_misfortune(clause: &Clause<'_>, frame: &Frame, at: usize) -> bool {
    frame.kind == EventType::Assault
        && frame.part == Part::Verb
        && [Slot::Subject, Slot::Agent]
            .iter()
            .any(|slot| clause.fill(slot, at).into_iter().any(|doer| clause.is_a(doer, "misfortune")))
}

/// `attacked the plan`, `hit the budget`, `a targeted review`: no force is used on what only is thought or said.
fn is_figurative(clause: &Clause<'_>, frame: &Frame, at: usize) -> bool {
    frame.kind == EventType::Assault
        && frame.part == Part::Verb
        && clause.fill(&Slot::Object, at).into_iter().any(|object| clause.is_a(object, "abstract"))
}

/// Whether a word is of the part of speech that a frame asks for. Where words are written onto the next one, a
/// verb with `and` before it is tagged as the conjunction that it begins with: `וקרא`.
fn has_part(clause: &Clause<'_>, frame: &Frame, at: usize) -> bool {
    let upos = clause.upos(at);
    frame.part.fits(upos)
        || frame.part == Part::Verb && is_verb_by_its_place(clause.sentence, at)
        || clause.classes.get("prefix").is_some()
            && matches!(upos, Upos::Cconj | Upos::Sconj | Upos::Adp)
            && !matches!(
                clause.relation(at),
                Relation::Cc | Relation::Case | Relation::Mark | Relation::Fixed
            )
}

/// Whether a word is tagged as another part of speech than a frame asks for, but stands as one of that part would.
fn is_misread(clause: &Clause<'_>, frame: &Frame, at: usize) -> bool {
    match (frame.part, clause.upos(at)) {
        (Part::Verb, Upos::Noun) => clause.may_be_opening_verb(at) || clause.governs_as_verb(at),
        // French `l'Iran nie`: no adverb has a tense and a subject.
        (Part::Verb, Upos::Adv) => {
            clause.word(at).is_some_and(|word| word.features.get("Tense").is_some())
                && clause.governs_as_verb(at)
        }
        // `ist zurückgetreten`: a participle that is a predicate.
        (Part::Verb, Upos::Adj) => {
            clause.word(at).is_some_and(|word| word.features.has("VerbForm", "Part"))
                && clause.is_predicate(at)
        }
        // `in the bombing`: a verbal noun under a preposition.
        (Part::Noun, Upos::Verb) => {
            matches!(clause.relation(at), Relation::Obl | Relation::Nmod)
                && clause.children_by(at, &[Relation::Nsubj, Relation::Mark, Relation::Aux]).is_empty()
        }
        // What a light verb makes a verb of is a noun to the tables.
        (Part::Noun, Upos::Adj) => clause.light(at).is_some() || clause.has_light_verb(at),
        _ => false,
    }
}

fn missing_companion(clause: &Clause<'_>, words: &PredicateWords, at: usize) -> Option<String> {
    let mut near: Vec<usize> = clause.head(at).into_iter().collect();
    for &child in clause.children(at) {
        near.push(child);
        // `an attack on an air base` is no air attack: below a phrase, its preposition alone stands with a noun.
        let phrase_of_noun = clause.mark_of(child).filter(|_| clause.upos(at) == Upos::Noun);
        let below = clause.children(child).iter().copied();
        near.extend(below.filter(|&word| phrase_of_noun.is_none_or(|mark| word == mark)));
    }
    words
        .companions
        .iter()
        .find(|companion| {
            !near.iter().any(|&word| clause.fits(word, companion) && !is_strange_particle(clause, word, at))
        })
        .map(ToString::to_string)
}

/// The `zu` of `sagte, er habe nichts zu tun` makes no `zusagen` of `sagte`: a particle hangs on its own verb.
fn is_strange_particle(clause: &Clause<'_>, word: usize, at: usize) -> bool {
    clause.is_a(word, "particle")
        && clause.head(at) != Some(word)
        && (clause.head(word) != Some(at) || matches!(clause.relation(word), Relation::Mark | Relation::Case))
}

fn holds(clause: &Clause<'_>, condition: &Condition, at: usize) -> bool {
    let mut filled = clause.fill(&condition.slot, at);
    if matches!(condition.slot, Slot::Complement | Slot::Content) {
        filled.extend(clause.complement_heads(at));
    }
    let found = if condition.words.is_empty() {
        !filled.is_empty()
    } else {
        filled.iter().any(|&word| {
            if condition.slot == Slot::Itself {
                return fits_any(clause, word, &condition.words);
            }
            clause.coordinated(word).into_iter().any(|word| {
                fits_any(clause, word, &condition.words)
                    // `a number of drones`, `all kinds of weapons`
                    || clause.children(word).iter().any(|&child| {
                        clause.relation(child) == Relation::Nmod
                            && fits_any(clause, child, &condition.words)
                    })
                    || clause.children(word).iter().any(|&child| {
                        matches!(
                            clause.relation(child),
                            Relation::Compound
                                | Relation::Amod
                                | Relation::Flat
                                // `said that Israel must leave`
                                | Relation::Aux
                        ) && fits_any(clause, child, &condition.words)
                    })
            })
        })
    };
    found != condition.absent
}

/// A condition as the frame files write it, at most a few of its words, and what stands in its slot instead.
fn unmet(clause: &Clause<'_>, condition: &Condition, at: usize) -> String {
    const SHOWN: usize = 4;
    let wanted = condition.words.iter().take(SHOWN).map(|word| match word {
        WordOrClass::Word(pattern) => pattern.to_string(),
        WordOrClass::Class(class) => format!("@{class}"),
    });
    let mut wanted = wanted.collect::<Vec<_>>().join("|");
    if condition.words.len() > SHOWN {
        wanted.push_str("|…");
    }
    let (not, is) = (if condition.absent { "!" } else { "" }, if wanted.is_empty() { "" } else { "=" });
    let filled = clause.fill(&condition.slot, at);
    let stands: Vec<_> =
        filled.iter().filter_map(|&word| clause.word(word)).map(|word| word.form.as_str()).collect();
    let there = if stands.is_empty() {
        "nothing stands".to_owned()
    } else {
        format!("`{}` stands", stands.join(", "))
    };
    format!("`{not}{}{is}{wanted}` does not hold: {there} there", slot_words(&condition.slot))
}

fn fits_any(clause: &Clause<'_>, at: usize, words: &[WordOrClass]) -> bool {
    words.iter().any(|word| match word {
        WordOrClass::Word(pattern) => clause.fits(at, pattern),
        WordOrClass::Class(class) => clause.is_a(at, class),
    })
}

fn parties_of<'l>(
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    frame: &'l Frame,
    at: usize,
    doer: &[Party],
) -> Result<Firing<'l>, Missing> {
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
        if frame.kind == EventType::Assault && frame.part == Part::Verb && !frame.mutual && is_of_attack {
            source.retain(|party| !is_where_it_happened(clause, party));
        }
        if !source.is_empty() {
            break;
        }
    }
    if source.is_empty() {
        source.extend_from_slice(doer);
    }
    if source.is_empty() && frame.kind.is_verbal() && frame.source.contains(&Slot::Subject) {
        source = parties.at(clause, &clause.subject_above_description(at));
    }
    let mut recipient = Vec::new();
    // `urged its citizens to leave Chad`: who is asked is named, though no actor.
    let is_asked_of_others =
        frame.kind == EventType::Request && frame.part == Part::Verb && is_put_to_people(clause, at);
    let slots = frame.recipient.iter().filter(|slot| !is_asked_of_others || **slot != Slot::Complement);
    for slot in slots {
        recipient = parties_in(clause, parties, slot, at, &source);
        let is_visit = frame.modes.iter().any(|mode| mode.as_str() == "visit");
        let says_where = frame.kind == EventType::Consult && *slot != Slot::Object && !is_visit;
        // A vague word is of an act only where somebody does it.
        let is_vague = frame.weak && source.is_empty();
        if recipient.is_empty() && !says_where && !is_vague {
            recipient = towns_in(clause, parties, slot, at, &source);
            // `returned to Kyiv` is no visit to the minister's own state; whose minister visits a town must be known.
            let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
            let is_abroad = |town: &Party| {
                source.iter().any(|known| country(known).is_some())
                    && source.iter().all(|known| country(known) != country(town))
            };
            recipient.retain(|town| !is_visit || is_abroad(town));
        }
        // Where one party alone is named, the capital may stand for the other.
        if says_where && frame.mutual && source.len() > 1 {
            recipient.retain(|party| !parties.is_where(party));
        }
        if is_visit {
            recipient.retain(|host| !is_own_site(parties, host, &source));
        }
        if !recipient.is_empty() {
            break;
        }
    }
    if frame.modes.iter().any(|mode| mode.as_str() == "visit") && is_host(parties, &source, &recipient) {
        std::mem::swap(&mut source, &mut recipient);
    }
    let has_recipient = !frame.recipient.is_empty() && !is_asked_of_others;
    if recipient.is_empty() && has_recipient && is_put_to_somebody(frame) {
        recipient = addressee_below(clause, parties, at, &source);
    }
    if frame.kind.quad() != 4 && !frame.mutual {
        let doers: Vec<_> = source.iter().filter_map(|party| parties.actor(party)).collect();
        recipient.retain(|party| {
            !parties.actor(party).is_some_and(|actor| doers.iter().any(|doer| is_at_home(doer, actor)))
        });
    }
    if frame.mutual {
        // `his talks with France and Italy`: those with whom somebody unknown talks do not talk to each other.
        if source.is_empty() && recipient.len() > 1 && !frame.source.is_empty() {
            return Err(Missing::Source);
        }
        source.append(&mut recipient);
        let misses_everybody = source.is_empty() && frame.require != Require::Nobody;
        if misses_everybody || (frame.require == Require::Both && source.len() < 2) {
            return Err(Missing::Source);
        }
        // `Lavrov held talks` is an event; `talks continued` is none.
        if source.len() < 2 && frame.kind == EventType::Cooperate {
            return Err(Missing::Recipient);
        }
    }
    let needs = |side: Require| frame.require == side || (frame.require == Require::Both && !frame.mutual);
    if needs(Require::Source) && source.is_empty() {
        return Err(Missing::Source);
    }
    if needs(Require::Recipient) && recipient.is_empty() {
        return Err(Missing::Recipient);
    }
    if source.is_empty() && recipient.is_empty() {
        if frame.require == Require::Nobody && !is_mentioned_by_the_way(clause, frame, at) {
            return Ok(Firing { frame, at, source, recipient, modes: frame.modes.clone() });
        }
        return Err(Missing::Source);
    }
    let political = |party: &Party| parties.actor(party).is_some_and(Parties::is_political);
    let of_state = |party: &Party| parties.actor(party).is_some_and(|actor| actor.country.is_some());
    if frame.weak && !source.iter().chain(&recipient).any(of_state) {
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
    if frame.armed && !source.is_empty() && !source.iter().chain(&recipient).any(can_use_force) {
        return Err(Missing::Armed);
    }
    // `Afghans came to Britain`: peoples and crowds meet nobody in anybody's name.
    let speaks_for_itself = |party: &Party| {
        parties
            .actor(party)
            .is_some_and(|actor| !matches!(actor.kind, ActorKind::Population | ActorKind::Group))
    };
    if frame.kind == EventType::Consult && !frame.mutual && !source.iter().any(speaks_for_itself) {
        return Err(Missing::Political);
    }
    // `a man shot a bear`: of private persons, only what the frame vouches for by itself is news of politics.
    if frame.require != Require::Nobody && !source.iter().chain(&recipient).any(political) {
        return Err(Missing::Political);
    }
    Ok(Firing { frame, at, source, recipient, modes: frame.modes.clone() })
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

/// Whether a verb has an object that an infinitive tells to do something: `urged its citizens to leave`.
fn is_put_to_people(clause: &Clause<'_>, at: usize) -> bool {
    let is_noun = |word: usize| clause.upos(word) == Upos::Noun;
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
            let named = words.into_iter().map(|word| foreign(others(parties.at(clause, &[word]))));
            let named: Vec<_> = named.filter(|found| !found.is_empty()).collect();
            nearest_other(parties, &named, besides)
        }
        Slot::Object => {
            let found = others(parties.at(clause, &clause.fill(slot, at)));
            if found.is_empty() {
                others(parties.glued_to(clause, at, &clause.fill(&Slot::Subject, at)))
            } else {
                found
            }
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
    let is_site = parties.actor(host).is_some_and(|actor| {
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

/// A slot as the frame files write it.
fn slot_words(slot: &Slot) -> String {
    match slot {
        Slot::Subject => "subject".to_owned(),
        Slot::Object => "object".to_owned(),
        Slot::IndirectObject => "iobj".to_owned(),
        Slot::Agent => "agent".to_owned(),
        Slot::Marked(marks) => marks.iter().map(ToString::to_string).collect::<Vec<_>>().join("/"),
        Slot::Bare => "bare".to_owned(),
        Slot::Possessor => "poss".to_owned(),
        Slot::Modifier => "amod".to_owned(),
        Slot::LightSubject => "light".to_owned(),
        Slot::LightObject => "lightobject".to_owned(),
        Slot::Complement => "comp".to_owned(),
        Slot::Infinitive => "infinitive".to_owned(),
        Slot::Particle => "particle".to_owned(),
        Slot::ComplementSubject => "compsubject".to_owned(),
        Slot::OwnMark => "mark".to_owned(),
        Slot::Content => "content".to_owned(),
        Slot::Head => "head".to_owned(),
        Slot::ClauseSubject => "clause".to_owned(),
        Slot::Speaker => "speaker".to_owned(),
        Slot::Itself => "itself".to_owned(),
    }
}
