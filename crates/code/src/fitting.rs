use chancery_core::{EventType, Relation, Upos, Word};

use crate::clause::Clause;
use crate::firing::Missing;
use crate::frame::{Condition, Frame, Part, PredicateWords, Slot, WordOrClass};
use crate::words::{WordPattern, is_verb_by_its_place};

/// Ukrainian `Співпраця Кенії з Угандою триває`: the capital of the first word makes taggers take it for the name of a body.
fn is_capital_by_place(clause: &Clause<'_>, at: usize) -> bool {
    let opens = (0..at).all(|before| clause.upos(before) == Upos::Punct);
    let begins = clause.word(at).and_then(|word| word.name).is_some_and(|name| name.begins);
    let goes_on = clause
        .word(at + 1)
        .is_some_and(|next| next.upos == Upos::Noun && next.name.is_some_and(|name| !name.begins));
    opens && begins && !goes_on && clause.upos(at) == Upos::Noun
}

/// Checks a frame's words and conditions; returns how specific it is.
pub(crate) fn fits(clause: &Clause<'_>, frame: &Frame, at: usize) -> Result<usize, Missing> {
    // The first half of `bistånds- och handelsminister` is no noun of its own.
    let is_no_predicate = |word: &Word| {
        word.name.is_some() && !is_capital_by_place(clause, at) || word.form.ends_with(['-', '‑'])
    };
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
        if !holds(clause, condition, at) || is_ruled_out(clause, frame, condition, at) {
            return Err(Missing::Condition(unmet(clause, condition, at)));
        }
    }
    Ok(companions + frame.conditions.iter().filter(|condition| !condition.absent).count())
}

/// The particle that makes another verb of the word, as `up` of `push`: one of the class `verb-particle` that the
/// frame does not ask for, neither as a companion nor as the beginning of its verb (`anordnen` of `ordnete … an`).
fn foreign_particle(clause: &Clause<'_>, frame: &Frame, at: usize) -> Option<String> {
    if frame.part != Part::Verb || frame.conditions.iter().any(|condition| condition.slot == Slot::Particle) {
        return None;
    }
    let particle = *clause
        .children_by(at, &[Relation::CompoundPrt])
        .iter()
        .find(|&&particle| clause.is_a(particle, "verb-particle") && !is_before_number(clause, particle))?;
    let form = clause.word(particle).map(|word| word.form.clone())?;
    let names_both = |words: &PredicateWords| {
        matches!(&words.first, WordPattern::Exact(verb) if verb.starts_with(&form.to_lowercase()))
            && words.companions.is_empty()
            && clause.fits(at, &words.first)
    };
    (!frame.predicates.iter().any(names_both)).then_some(form)
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
///
/// `violated the truce agreement`: not so what the frame itself lists by more than one word.
fn is_figurative(clause: &Clause<'_>, frame: &Frame, at: usize) -> bool {
    let lists_object = |condition: &Condition| {
        condition.slot == Slot::Object
            && !condition.absent
            && !condition.words.is_empty()
            && holds(clause, condition, at)
    };
    frame.kind == EventType::Assault
        && frame.part == Part::Verb
        && clause.fill(&Slot::Object, at).into_iter().any(|object| clause.is_a(object, "abstract"))
        && frame.conditions.iter().filter(|condition| lists_object(condition)).count() < 2
}

/// Whether a word is of the part of speech that a frame asks for. Where words are written onto the next one, a
/// verb with `and` before it is tagged as the conjunction that it begins with: `וקרא`.
pub(crate) fn has_part(clause: &Clause<'_>, frame: &Frame, at: usize) -> bool {
    let upos = clause.upos(at);
    frame.part.fits(upos) && !(frame.part == Part::Adjective && is_active_verb(clause, at))
        || frame.part == Part::Verb && is_verb_by_its_place(clause.sentence, at)
        || clause.classes.get("prefix").is_some()
            && matches!(upos, Upos::Cconj | Upos::Sconj | Upos::Adp)
            && !matches!(
                clause.relation(at),
                Relation::Cc | Relation::Case | Relation::Mark | Relation::Fixed
            )
}

/// French `la condamnation a choqué le pays`: what has an object or an auxiliary of the active alone is no adjective.
fn is_active_verb(clause: &Clause<'_>, at: usize) -> bool {
    let is_active = || {
        let auxiliaries = clause.children_by(at, &[Relation::Aux]);
        let has_auxiliary = auxiliaries.into_iter().any(|word| clause.is_a(word, "active-auxiliary"));
        has_auxiliary || clause.is_finite(at) && !clause.children_by(at, &[Relation::Obj]).is_empty()
    };
    clause.upos(at) == Upos::Verb
        && clause.children_by(at, &[Relation::AuxPass, Relation::NsubjPass]).is_empty()
        && is_active()
}

/// Whether a word is tagged as another part of speech than a frame asks for, but stands as one of that part would.
fn is_misread(clause: &Clause<'_>, frame: &Frame, at: usize) -> bool {
    match (frame.part, clause.upos(at)) {
        (Part::Verb, Upos::Noun) => {
            clause.may_be_opening_verb(at) || clause.governs_as_verb(at) || clause.has_person(at)
        }
        // French `l'Iran nie`: no adverb has a tense and a subject.
        (Part::Verb, Upos::Adv) => {
            clause.word(at).is_some_and(|word| word.features.get("Tense").is_some())
                && clause.governs_as_verb(at)
        }
        // `ist zurückgetreten`: a participle that is a predicate.
        // Ukrainian `запроваджені Євросоюзом санкції`: or one that says by whom.
        (Part::Verb, Upos::Adj) => {
            // German `die von Kenia geforderte Entschuldigung`: whether the tagger knows it for a participle or not.
            !clause.children_by(at, &[Relation::OblAgent]).is_empty()
                || clause.is_predicate(at)
                    && clause.word(at).is_some_and(|word| word.features.has("VerbForm", "Part"))
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

pub(crate) fn missing_companion(clause: &Clause<'_>, words: &PredicateWords, at: usize) -> Option<String> {
    let mut near: Vec<usize> = clause.head(at).into_iter().collect();
    // Persian `خبر ترور را تأیید کرد` (confirmed the news of a murder): a light verb that has its noun takes none from
    // the depths of its object.
    let carried = [Relation::Compound, Relation::Xcomp];
    let carried_words = clause.children_by(at, &[Relation::Compound]);
    let has_noun = clause.upos(at) == Upos::Verb
        && clause.classes.get("object-mark").is_some()
        && clause.is_a(at, "light")
        && !carried_words.is_empty();
    for &child in clause.children(at) {
        near.push(child);
        // `an attack on an air base` is no air attack: below a phrase, its preposition alone stands with a noun.
        let phrase_of_noun = clause.mark_of(child).filter(|_| clause.upos(at) == Upos::Noun);
        let below = clause.children(child).iter().copied();
        let is_too_deep = |word: usize| {
            has_noun
                && !carried.contains(&clause.relation(child))
                && !matches!(clause.relation(word), Relation::Amod | Relation::Advmod | Relation::Case)
                && !stands_right_before(clause, word, &carried_words)
        };
        let below = below.filter(|&word| !is_too_deep(word));
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

/// Persian `در بندر تجمع اعتراضی برگزار کردند` (held a protest rally in the port): what stands with its adjectives right
/// before the noun of a light verb, wherever the tagger hangs it.
fn stands_right_before(clause: &Clause<'_>, word: usize, carried: &[usize]) -> bool {
    let mut adjectives = clause.children(word).iter();
    let end = clause.children(word).iter().copied().max().unwrap_or(word).max(word);
    adjectives.all(|&child| clause.relation(child) == Relation::Amod) && carried.contains(&(end + 1))
}

/// The `zu` of `sagte, er habe nichts zu tun` makes no `zusagen` of `sagte`: a particle hangs on its own verb.
fn is_strange_particle(clause: &Clause<'_>, word: usize, at: usize) -> bool {
    clause.is_a(word, "particle")
        && clause.head(at) != Some(word)
        && (clause.head(word) != Some(at) || matches!(clause.relation(word), Relation::Mark | Relation::Case))
}

/// `said it would not support Kyiv`: what a frame of help, talks, threats or blame asks for in the clause below is negated
/// there, and the frame asks for no negation.
fn is_ruled_out(clause: &Clause<'_>, frame: &Frame, condition: &Condition, at: usize) -> bool {
    let is_asked_below = |condition: &Condition| {
        condition.slot == Slot::Complement && !condition.absent && !condition.words.is_empty()
    };
    let may_be_ruled_out =
        matches!(frame.kind.quad(), 1 | 2) || matches!(frame.kind, EventType::Threaten | EventType::Accuse);
    if !may_be_ruled_out || !is_asked_below(condition) {
        return false;
    }
    let asks_for = |negation: usize| {
        frame
            .conditions
            .iter()
            .any(|condition| is_asked_below(condition) && fits_any(clause, negation, &condition.words))
    };
    // `pledged not to use force` is a pledge.
    let is_infinitive = |below: usize| {
        clause.word(below).is_some_and(|word| word.features.has("VerbForm", "Inf"))
            && clause.children_by(below, &[Relation::Aux]).is_empty()
    };
    clause.complement_heads(at).into_iter().any(|below| {
        !is_infinitive(below)
            && fits_any(clause, below, &condition.words)
            && clause.negations(below).into_iter().any(|negation| !asks_for(negation))
    })
}

fn holds(clause: &Clause<'_>, condition: &Condition, at: usize) -> bool {
    let mut filled = clause.fill(&condition.slot, at);
    if matches!(condition.slot, Slot::Complement | Slot::Content) {
        filled.extend(clause.complement_heads(at));
    }
    // `decided not to send`: a negation below is asked for like a word of the clause.
    let is_negation =
        |word: usize| clause.negations(word).into_iter().any(|not| fits_any(clause, not, &condition.words));
    let is_clause = condition.slot == Slot::Complement && !condition.absent;
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
                    || title_of(clause, word).is_some_and(|title| fits_any(clause, title, &condition.words))
            })
        })
    };
    let found = found || is_clause && clause.complement_heads(at).into_iter().any(is_negation);
    found != condition.absent
}

/// Swedish `byn Lenna`: the common noun right before a name, which taggers take for its article or preposition.
fn title_of(clause: &Clause<'_>, name: usize) -> Option<usize> {
    let title = name.checked_sub(1).filter(|_| clause.upos(name) == Upos::Propn)?;
    let is_small = matches!(clause.relation(title), Relation::Det | Relation::Case);
    (is_small && clause.head(title) == Some(name) && clause.upos(title) == Upos::Noun).then_some(title)
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
