//! What the verb or noun above an act makes of it.

use chancery_core::{Certainty, Polarity, Relation, TimeFrame, Upos};

use crate::clause::Clause;
use crate::modality::{Modality, form, is_a};
use crate::words::WordClasses;

/// Whether an act is put as what stands above it is: `plans an attack`, `refused to attack`.
pub(crate) fn climbs(clause: &Clause<'_>, words: &WordClasses, node: usize, head: usize) -> bool {
    let is_noun = !clause.is_predicate(node);
    match clause.relation(node) {
        Relation::Xcomp | Relation::Csubj => true,
        // `it is planned that …` where the plan is no verb; a clause without a subject is an infinitive.
        Relation::Ccomp => {
            !matches!(clause.upos(head), Upos::Verb | Upos::Aux)
                || is_a(clause, words, "negation", head)
                || clause.children_by(node, &[Relation::Nsubj, Relation::NsubjPass]).is_empty()
        }
        // A noun is put as its verb puts it: `plans an attack`, `no attack took place`.
        Relation::Obj | Relation::NsubjPass => is_noun && !is_presumed(clause, words, node, head),
        Relation::Nsubj => is_noun && !is_told_by_its_content(clause, words, node, head),
        Relation::Compound => is_noun,
        // `the risk of attacking`, `a means of stopping it`: a noun that says so leaves open whether what it is of
        // takes place.
        Relation::Acl => {
            clause.has_infinitive_mark(node)
                || !is_described_by(clause, node)
                    && ["possible", "plan-noun", "aim"].iter().any(|class| is_a(clause, words, class, head))
        }
        Relation::Advcl => clause.is_purpose(node) || is_complement(clause, words, node),
        // `the lack of a concession`
        // `the plan for an attack`, `hopes of peace`: no more than planned or possible.
        // Turkish `esirlerin serbest bırakılması çağrısı` (the call for the prisoners to be set free) is a clause.
        Relation::Nmod => {
            let mark = clause.mark_of(node);
            let is_marked = |class: &str| mark.is_some_and(|mark| is_a(clause, words, class, mark));
            is_noun && is_a(clause, words, "absence", head)
                || is_a(clause, words, "plan-noun", head) && !is_marked("presupposing")
                || is_noun
                    && clause.upos(head) == Upos::Noun
                    && is_a(clause, words, "possible", head)
                    && (mark.is_none() || is_marked("of-noun"))
        }
        // A second verb shares the auxiliaries of the first where it has none of its own.
        Relation::Conj => !clause.children(node).iter().any(|&child| {
            matches!(clause.relation(child), Relation::Aux | Relation::Nsubj | Relation::NsubjPass)
        }),
        _ => false,
    }
}

/// `vowed to avenge the murder`: what the verb needs to be there.
pub(crate) fn is_presumed(clause: &Clause<'_>, words: &WordClasses, noun: usize, verb: usize) -> bool {
    matches!(clause.relation(noun), Relation::Obj | Relation::NsubjPass)
        && !clause.is_predicate(noun)
        && is_a(clause, words, "presuming", verb)
}

/// `plans announced in May`: a past participle tells what was done to the noun, and not what it is of.
fn is_described_by(clause: &Clause<'_>, participle: usize) -> bool {
    let is_past = clause
        .word(participle)
        .is_some_and(|word| word.features.has("VerbForm", "Part") && word.features.has("Tense", "Past"));
    is_past && clause.children_by(participle, &[Relation::Mark]).is_empty()
}

/// `the plan is to end it`: only what the plan is of is to come, the plan is there.
fn is_told_by_its_content(clause: &Clause<'_>, words: &WordClasses, noun: usize, predicate: usize) -> bool {
    clause.has_infinitive_mark(predicate)
        && ["plan", "plan-noun", "aim", "attempt"].iter().any(|class| is_a(clause, words, class, noun))
}

/// What a preposition makes of its noun together with the verb.
pub(crate) enum Opened {
    /// `filed for protection`
    Sought,
    /// `warned of attacks`
    Possible,
}

/// What is sought or warned of with a preposition, `None` for other phrases.
pub(crate) fn opened_by_mark(
    clause: &Clause<'_>,
    words: &WordClasses,
    noun: usize,
    verb: usize,
) -> Option<Opened> {
    let is_phrase = clause.relation(noun) == Relation::Obl && clause.upos(noun) == Upos::Noun;
    let mark = clause.mark_of(noun).filter(|_| is_phrase)?;
    let both = |of_verb: &str, of_mark: &str| {
        is_a(clause, words, of_verb, verb) && is_a(clause, words, of_mark, mark)
    };
    if both("seeking", "seeking-mark") {
        Some(Opened::Sought)
    } else if both("warning", "warning-mark") {
        Some(Opened::Possible)
    } else {
        None
    }
}

/// `the first country to recognise it`: whoever is told by a rank has done it, or will where it has yet to get there.
pub(crate) fn is_told_by_rank(
    clause: &Clause<'_>,
    words: &WordClasses,
    infinitive: usize,
    head: usize,
) -> bool {
    let is_ranked = |noun: usize| {
        is_a(clause, words, "rank", noun)
            || clause
                .children_by(noun, &[Relation::Amod, Relation::Nummod])
                .iter()
                .any(|&word| is_a(clause, words, "rank", word))
    };
    is_ranked(head)
        || clause
            .children_by(head, &[Relation::Obj])
            .into_iter()
            .any(|noun| noun < infinitive && is_ranked(noun))
}

/// Whether an infinitive tells what a noun is for or an adjective is like (`the place to stop them`, `hard to stop`), and
/// not what was done: `glad to meet them`, `the first to leave`.
pub(crate) fn is_unfulfilled(
    clause: &Clause<'_>,
    words: &WordClasses,
    infinitive: usize,
    head: usize,
) -> bool {
    let is_of_kind = match clause.relation(infinitive) {
        // `caused a crater to form`: no purpose of the crater.
        Relation::Acl => {
            let is_caused = clause.relation(head) == Relation::Obj
                && clause.head(head).is_some_and(|verb| is_a(clause, words, "causing", verb));
            clause.upos(head) == Upos::Noun && !is_caused
        }
        Relation::Xcomp | Relation::Advcl => clause.upos(head) == Upos::Adj,
        // `is too early to see it`
        Relation::Csubj => {
            let adverbs = clause.children_by(head, &[Relation::Advmod]);
            adverbs.into_iter().any(|adverb| is_a(clause, words, "too", adverb))
        }
        _ => false,
    };
    is_of_kind
        && clause.has_infinitive_mark(infinitive)
        && !is_a(clause, words, "fulfilled", head)
        && !is_told_by_rank(clause, words, infinitive, head)
}

/// Says of an infinitive below a noun or adjective that it has not been done, where nothing else has.
pub(crate) fn leave_open(
    clause: &Clause<'_>,
    words: &WordClasses,
    infinitive: usize,
    head: usize,
    modality: &mut Modality,
) {
    let is_told = modality.frame != TimeFrame::PastOrPresent
        || modality.polarity == Polarity::No
        || modality.asked
        || modality.presupposed
        || governs(clause, words, head);
    if is_told {
        return;
    }
    if clause.relation(infinitive) == Relation::Acl {
        modality.frame = TimeFrame::Future;
        modality.purpose = true;
        modality.why.push(format!("what `{}` is for", form(clause, head)));
    } else {
        open_by(clause, head, modality);
    }
}

/// Leaves open whether an act was done.
pub(crate) fn open_by(clause: &Clause<'_>, verb: usize, modality: &mut Modality) {
    if modality.certainty == Certainty::Certain {
        modality.certainty = Certainty::Possible;
        modality.why.push(format!("left open by `{}`", form(clause, verb)));
    }
}

/// `refrained from attacking`: what the verb above says of it, and no clause of its own.
pub(crate) fn is_complement(clause: &Clause<'_>, words: &WordClasses, at: usize) -> bool {
    clause.relation(at) == Relation::Advcl
        && clause.children_by(at, &[Relation::Mark]).iter().any(|&mark| is_a(clause, words, "of-verb", mark))
        && clause.head(at).is_some_and(|verb| governs(clause, words, verb))
}

/// German `erklärte sich bereit, zu verhandeln`, `wies Malta an, die Häfen zu öffnen`: what somebody says to be willing to
/// do is to come, what a verb orders by its infinitive is asked for.
pub(crate) fn mark_by_willing(
    clause: &Clause<'_>,
    words: &WordClasses,
    infinitive: usize,
    verb: usize,
    modality: &mut Modality,
) {
    if !clause.has_infinitive_mark(infinitive) {
        return;
    }
    let says = [Relation::Advmod, Relation::Xcomp, Relation::CompoundPrt, Relation::Obj, Relation::Obl];
    let is_willing = clause
        .children_by(verb, &says)
        .into_iter()
        .any(|said| said < infinitive && is_a(clause, words, "willing", said));
    if is_willing {
        modality.frame = TimeFrame::Future;
        modality.why.push(format!("what `{}` is willing to do", form(clause, verb)));
    } else if is_a(clause, words, "ordering", verb) {
        modality.asked = true;
        modality.why.push(format!("asked for by `{}`", form(clause, verb)));
    }
}

/// Whether a verb says of what it governs that it is planned, ended, not done or asked for.
pub(crate) fn governs(clause: &Clause<'_>, words: &WordClasses, verb: usize) -> bool {
    let classes = ["plan", "attempt", "stop", "failure", "possible", "obligation", "future"];
    classes.iter().any(|class| is_a(clause, words, class, verb))
}

/// What the verb above makes of an act: a plan, an attempt, a failure, an end.
pub(crate) fn governed_by(clause: &Clause<'_>, words: &WordClasses, verb: usize, modality: &mut Modality) {
    let is = |class: &str| is_a(clause, words, class, verb);
    let is_noun = |class: &str| clause.upos(verb) == Upos::Noun && is(class);
    if is("plan") || is_noun("plan-noun") || is_noun("aim") || is("attempt") {
        modality.frame = TimeFrame::Future;
        modality.attempted |= is("attempt");
        modality.why.push(format!("planned by `{}`", form(clause, verb)));
    } else if is("stop") {
        modality.presupposed = true;
        modality.why.push(format!("taken for granted by `{}`", form(clause, verb)));
    } else if is("failure") {
        modality.polarity = Polarity::No;
        modality.averted |= modality.frame == TimeFrame::PastOrPresent;
        modality.why.push(format!("not done by `{}`", form(clause, verb)));
    } else if is("possible") && modality.certainty == Certainty::Certain {
        modality.certainty = Certainty::Possible;
        modality.why.push(format!("possible by `{}`", form(clause, verb)));
    } else if is("obligation") {
        // `asked him to stop supplying`: what is to end has been done.
        modality.asked |= !modality.presupposed;
        modality.why.push(format!("asked for by `{}`", form(clause, verb)));
    } else if is("future") {
        modality.frame = TimeFrame::Future;
        modality.why.push(format!("future by `{}`", form(clause, verb)));
    }
}
