use chancery_core::{
    Analysis, BlockKind, Document, Event, EventType, Mentions, PositionChange, Refinement, Relation, Span,
    Stance, Status, Upos,
};

use crate::clause::Clause;
use crate::frame::Slot;
use crate::language::Language;
use crate::parties::{Parties, participant};
use crate::words::WordKeys;

/// Finds where an actor says otherwise than before: `initially denied …, but later said …`, in either
/// order, in one sentence or two that follow each other; or `reversed its position on …`.
pub(crate) fn find_position_changes(
    document: &Document,
    analysis: &Analysis,
    mentions: &Mentions,
    language: &Language,
) -> Vec<PositionChange> {
    let mut changes: Vec<PositionChange> = Vec::new();
    let mut open: Option<Stand> = None;
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let kind = document.blocks.get(sentence.block).map(|block| block.kind);
        if matches!(kind, Some(BlockKind::Caption | BlockKind::Title)) {
            continue;
        }
        let keys = WordKeys::of_sentence(sentence, language.spelling());
        let clause = Clause::new(sentence, &keys, language);
        let parties = Parties::new(mentions, index, sentence);
        changes.extend(find_reversals(document, mentions, language, &clause, &parties));
        let stands = stands_of(mentions, language, &clause, &parties, index);
        for stand in &stands {
            let earlier = stands
                .iter()
                .filter(|other| other.when == When::Earlier && other.span != stand.span)
                .chain(
                    open.as_ref().filter(|other| other.when == When::Earlier && other.sentence + 1 == index),
                )
                .find(|other| shares(&other.actors, &stand.actors));
            let Some(earlier) = earlier.filter(|_| stand.when == When::Later) else { continue };
            changes.push(change(document, mentions, earlier, stand, sentence.span));
        }
        open = stands.into_iter().find(|stand| stand.when == When::Earlier);
    }
    changes.dedup_by(|a, b| a.evidence == b.evidence);
    changes
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Earlier,
    Later,
    Unsaid,
}

/// A clause in which actors take a stand, with whether it tells it as earlier or later.
struct Stand {
    actors: Vec<usize>,
    when: When,
    span: Span,
    verb_and_on: Span,
    /// Whether it says what about, in more than pronouns.
    names_topic: bool,
    /// Where the words that begin the clause begin: `but later`.
    clause_start: usize,
    sentence: usize,
}

fn stands_of(
    mentions: &Mentions,
    language: &Language,
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    index: usize,
) -> Vec<Stand> {
    let sentence = clause.sentence;
    let mut stands = Vec::new();
    for (at, word) in sentence.words.iter().enumerate() {
        let speaks = mentions.quotations.iter().any(|quotation| {
            quotation.sentence == index && quotation.cue.is_some_and(|cue| cue.contains(word.span))
        });
        if !clause.is_predicate(at) || !(speaks || is_stance_frame(language, clause, at)) {
            continue;
        }
        let actors: Vec<_> =
            parties.at(clause, &clause.subject(at, 0)).into_iter().map(|party| party.actor).collect();
        if actors.is_empty() {
            continue;
        }
        let told = |class: &str| {
            clause.children(at).iter().any(|&child| {
                matches!(
                    clause.relation(child),
                    Relation::Advmod
                        | Relation::Obl
                        | Relation::Mark
                        | Relation::Advcl
                        | Relation::Discourse
                        | Relation::Nmod
                ) && clause.keys.get(child).is_some_and(|keys| language.narrative.holds(class, keys))
            })
        };
        let when = if told("earlier") {
            When::Earlier
        } else if told("later") {
            When::Later
        } else {
            When::Unsaid
        };
        let below: Vec<_> = sentence
            .subtree(at)
            .into_iter()
            .filter(|&other| other == at || !is_other_clause(clause, other, at))
            .filter(|&other| clause.upos(other) != Upos::Punct)
            .filter_map(|other| sentence.words.get(other).map(|word| word.span))
            .collect();
        let span = below.iter().copied().fold(word.span, Span::cover);
        let verb_and_on = below
            .iter()
            .copied()
            .filter(|span| span.start() >= word.span.start())
            .fold(word.span, Span::cover);
        let names_topic = sentence.words.iter().enumerate().any(|(other, word)| {
            other != at && verb_and_on.contains(word.span) && matches!(word.upos, Upos::Noun | Upos::Propn)
        });
        let clause_start = clause
            .children(at)
            .iter()
            .filter(|&&child| {
                child < at
                    && matches!(
                        clause.relation(child),
                        Relation::Cc | Relation::Advmod | Relation::Mark | Relation::Punct
                    )
            })
            .filter_map(|&child| sentence.words.get(child).map(|word| word.span.start()))
            .min()
            .unwrap_or(word.span.start());
        stands.push(Stand { actors, when, span, verb_and_on, names_topic, clause_start, sentence: index });
    }
    // `initially denied … but said …`: the second of two needs no `later`.
    let has_earlier = stands.iter().position(|stand| stand.when == When::Earlier);
    if let Some(first) = has_earlier {
        for stand in stands.iter_mut().skip(first + 1) {
            if stand.when == When::Unsaid {
                stand.when = When::Later;
            }
        }
    }
    let has_later = stands.iter().position(|stand| stand.when == When::Later);
    if let (None, Some(later)) = (has_earlier, has_later) {
        // `denied … but later said …`: the first of two needs no `initially`.
        for stand in stands.iter_mut().take(later) {
            if stand.when == When::Unsaid {
                stand.when = When::Earlier;
            }
        }
    }
    stands
}

/// Changes that a verb tells by itself: `reversed its position on …`, `backtracked on …`. What was held
/// before is not told, so it stays empty.
fn find_reversals(
    document: &Document,
    mentions: &Mentions,
    language: &Language,
    clause: &Clause<'_>,
    parties: &Parties<'_>,
) -> Vec<PositionChange> {
    let is = |class: &str, word: usize| {
        clause.keys.get(word).is_some_and(|keys| language.narrative.holds(class, keys))
    };
    let mut changes = Vec::new();
    for (at, word) in clause.sentence.words.iter().enumerate() {
        let alone = is("turnabout", at);
        if !alone && !is("reversal", at) || !clause.is_predicate(at) {
            continue;
        }
        let stance = clause
            .children_by(
                at,
                &[Relation::Obj, Relation::Nsubj, Relation::NsubjPass, Relation::Obl, Relation::Nmod],
            )
            .into_iter()
            .find(|&child| is("stance", child));
        if stance.is_none() && !alone {
            continue;
        }
        // `Its position has changed`: whose the stance is.
        let mut actors = parties.at(clause, &clause.subject(at, 0));
        if let (true, Some(stance)) = (actors.is_empty(), stance) {
            actors = parties.at(clause, &clause.fill(&Slot::Possessor, stance));
        }
        let Some(topic) =
            [stance, Some(at)].into_iter().flatten().find_map(|of| topic_of(clause, of, stance))
        else {
            continue;
        };
        let actor: Vec<_> = actors
            .iter()
            .filter_map(|party| Some(participant(mentions.actors.get(party.actor)?, None)))
            .collect();
        if actor.is_empty() {
            continue;
        }
        let after = clause
            .sentence
            .subtree(at)
            .into_iter()
            .filter_map(|word| clause.word(word))
            .filter(|other| other.span.start() >= word.span.start())
            .fold(word.span, |span, other| span.cover(other.span));
        let text = |span: Span| document.text.slice(span).trim_end_matches(['.', ',']).to_owned();
        changes.push(PositionChange {
            actor,
            topic: text(topic),
            before: String::new(),
            after: text(after),
            evidence: clause.sentence.span,
        });
    }
    changes
}

/// What a stance is about: the phrase with an adposition below it, other than the stance itself.
fn topic_of(clause: &Clause<'_>, of: usize, stance: Option<usize>) -> Option<Span> {
    let phrase = clause
        .children_by(of, &[Relation::Nmod, Relation::Obl])
        .into_iter()
        .find(|&child| child > of && Some(child) != stance && clause.mark_of(child).is_some())?;
    let mark = clause.mark_of(phrase);
    clause
        .sentence
        .subtree(phrase)
        .into_iter()
        .filter(|&word| Some(word) != mark)
        .filter_map(|word| clause.word(word).map(|word| word.span))
        .reduce(Span::cover)
}

/// A clause coordinated with the first is a stand of its own.
fn is_other_clause(clause: &Clause<'_>, word: usize, of: usize) -> bool {
    let mut at = word;
    for _ in 0..clause.sentence.words.len() {
        if at == of {
            return false;
        }
        let is_beside = matches!(clause.relation(at), Relation::Conj | Relation::Parataxis);
        if is_beside && clause.is_predicate(at) && clause.head(at) == Some(of) {
            return true;
        }
        match clause.head(at) {
            Some(head) => at = head,
            None => return true,
        }
    }
    true
}

fn is_stance_frame(language: &Language, clause: &Clause<'_>, at: usize) -> bool {
    clause.keys.get(at).is_some_and(|keys| {
        language.candidates(keys).iter().any(|frame| {
            frame.part.fits(clause.upos(at))
                && matches!(
                    frame.kind,
                    EventType::Reject
                        | EventType::Agree
                        | EventType::Support
                        | EventType::Concede
                        | EventType::Accuse
                )
        })
    })
}

fn shares(a: &[usize], b: &[usize]) -> bool {
    a.iter().any(|actor| b.contains(actor))
}

fn change(
    document: &Document,
    mentions: &Mentions,
    before: &Stand,
    after: &Stand,
    sentence: Span,
) -> PositionChange {
    let actor = after
        .actors
        .iter()
        .filter(|actor| before.actors.contains(actor))
        .filter_map(|&actor| Some(participant(mentions.actors.get(actor)?, None)))
        .collect();
    let text = |span: Span| document.text.slice(span).trim().trim_end_matches(['.', ',']).to_owned();
    // Where the later clause hangs inside the earlier one, the earlier ends before it begins.
    let first = before.verb_and_on;
    let first = if first.contains(after.verb_and_on) {
        document.text.span(first.start(), after.clause_start).map_or(first, |span| document.text.trim(span))
    } else {
        first
    };
    // `earlier it had opposed them`: what they are, the other stand says.
    let about = if before.names_topic || !after.names_topic { first } else { after.verb_and_on };
    let topic = text(about).split_once(' ').map(|(_, rest)| rest.to_owned()).unwrap_or_default();
    PositionChange {
        actor,
        topic,
        before: text(first),
        after: text(after.verb_and_on),
        evidence: before.span.cover(sentence),
    }
}

/// Adds what a change of position tells: `said it had provided` after a denial is an admission, and the act
/// that was denied is now told by who denied it.
pub(crate) fn admissions(changes: &[PositionChange], mentions: &Mentions, events: &[Event]) -> Vec<Event> {
    let mut admitted = Vec::new();
    for change in changes {
        let inside = |event: &&Event| change.evidence.contains(event.predicate);
        let Some(denial) = events.iter().filter(inside).find(|event| event.kind == EventType::Reject) else {
            continue;
        };
        let Some((cue, content)) = mentions
            .quotations
            .iter()
            .filter(|quotation| {
                quotation.stance == Stance::Says
                    && change.evidence.contains(quotation.content)
                    && quotation.content.start() > denial.predicate.end()
            })
            .find_map(|quotation| Some((quotation.cue?, quotation.content)))
        else {
            continue;
        };
        let mut admission = denial.clone();
        admission.kind = EventType::Concede;
        admission.modes.clear();
        admission.own = Refinement { contexts: admission.own.contexts, ..Refinement::default() };
        admission.status = Status::Asserted;
        admission.predicate = cue;
        admission.evidence = cue.cover(content);
        "position.admission".clone_into(&mut admission.rule);
        admission.why = vec!["says later what was denied first: an admission".to_owned()];
        let denied = events
            .iter()
            .filter(inside)
            .find(|event| event.status == Status::Denied && !event.kind.is_verbal());
        let told_anyway = events.iter().any(|event| {
            content.contains(event.predicate) && denied.is_some_and(|denied| denied.kind == event.kind)
        });
        if let Some(denied) = denied.filter(|_| !told_anyway) {
            let mut act = denied.clone();
            act.status = Status::Asserted;
            act.predicate = content;
            act.evidence = content;
            for say in &mut act.says {
                say.stance = Stance::Says;
            }
            "position.admitted-act".clone_into(&mut act.rule);
            act.why = vec!["what was denied first is said later to have been done".to_owned()];
            admitted.push(act);
        }
        admitted.push(admission);
    }
    admitted
}
