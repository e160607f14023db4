use chancery_core::{Certainty, Polarity, Relation, Span, TimeFrame, Upos};

use crate::clause::Clause;
use crate::governing::{
    Opened, climbs, governed_by, governs, is_complement, is_presumed, is_told_by_rank, is_unfulfilled,
    leave_open, mark_by_willing, open_by, opened_by_mark,
};
use crate::words::WordClasses;

/// How an act is put: done or not, how sure, when.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the words")]
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Modality {
    pub(crate) polarity: Polarity,
    pub(crate) certainty: Certainty,
    pub(crate) frame: TimeFrame,
    /// `alleged`, `påstådd`: the text itself does not vouch for it, and names nobody who does.
    pub(crate) hedged: bool,
    /// `must`, `bör`: the act is asked for.
    pub(crate) asked: bool,
    /// `stop supplying`: the act is taken for granted by whoever asks for its end.
    pub(crate) presupposed: bool,
    /// `onaylamadı`: the verb's own form negates it.
    pub(crate) negated_by_form: bool,
    /// What something is for, planned by nobody's word: `drones to fire on`.
    pub(crate) purpose: bool,
    /// The predicate's own auxiliary or form says that it is to come: `will`, `kommer att`.
    pub(crate) will: bool,
    /// `tried to hack`: begun, and no announcement.
    pub(crate) attempted: bool,
    /// `may not attack`: whether or not is left open, where `cannot attack` denies it.
    pub(crate) unsure: bool,
    /// `refused to leave`, `to prevent attacks`: not done by what the verb above does, where that is done.
    pub(crate) averted: bool,
    /// Told as known before: `since`, `previously`.
    pub(crate) background: bool,
    /// Says with which word, for `explain`.
    pub(crate) why: Vec<String>,
}

impl Default for Modality {
    fn default() -> Self {
        Self {
            polarity: Polarity::Yes,
            certainty: Certainty::Certain,
            frame: TimeFrame::PastOrPresent,
            hedged: false,
            asked: false,
            presupposed: false,
            negated_by_form: false,
            purpose: false,
            will: false,
            attempted: false,
            unsure: false,
            averted: false,
            background: false,
            why: Vec::new(),
        }
    }
}

/// Verbs above a predicate are looked at no higher than this.
const HIGHEST: usize = 4;

/// Reads off the words around a predicate how its act is put. The words of a `hearsay` cue (`ska ha`) put
/// it into others' mouths and not into the future.
pub(crate) fn assess(clause: &Clause<'_>, words: &WordClasses, at: usize, hearsay: &[Span]) -> Modality {
    let mut modality = Modality::default();
    mark_from_children(clause, words, at, hearsay, &mut modality);
    mark_from_form(clause, words, at, &mut modality);
    for verb in clause.children_by(at, &[Relation::Compound]) {
        mark_from_form(clause, words, verb, &mut modality);
    }
    if modality.certainty == Certainty::Certain && is_asked_as_question(clause, words, at) {
        modality.certainty = Certainty::Possible;
        modality.why.push("asked as a question".to_owned());
    }
    if is_taken_for_granted(clause, words, at) {
        modality.presupposed = true;
        modality.why.push("taken for granted: something else is told by it".to_owned());
    }
    let mut node = at;
    for _ in 0..HIGHEST {
        let Some(head) = clause.head(node) else { break };
        let relation = clause.relation(node);
        let is_noun = !clause.is_predicate(node);
        let climbs = climbs(clause, words, node, head);
        // `is suspected of having used gas`: whoever it is that suspects.
        let is_below =
            matches!(relation, Relation::Advcl | Relation::Xcomp | Relation::Ccomp | Relation::Acl);
        // `was not reported when it happened`: the clause of time is none of what is reported.
        let is_time = relation == Relation::Advcl
            && clause
                .children_by(node, &[Relation::Mark, Relation::Advmod])
                .into_iter()
                .any(|mark| ["time-of", "condition"].iter().any(|class| is_a(clause, words, class, mark)));
        if is_below && !is_time && is_a(clause, words, "hedge", head) && clause.is_passive(head) {
            modality.hedged = true;
            modality.why.push(format!("hedged by `{}`", form(clause, head)));
        }
        // `no evidence that they attacked`
        if is_below && is_a(clause, words, "evidence", head) && has_negation(clause, words, head) {
            modality.certainty = Certainty::Possible;
            modality.why.push(format!("possible: there is no `{}`", form(clause, head)));
            break;
        }
        // Spanish `se espera que el ministro visite …`: what nobody in particular expects has not been done.
        if relation == Relation::Ccomp && !climbs && clause.is_impersonal(head) {
            governed_by(clause, words, head, &mut modality);
        }
        // `hopes that the talks resume`: with a doer of its own too, what is hoped or forecast is open.
        if relation == Relation::Ccomp && !climbs && is_a(clause, words, "foreseeing", head) {
            open_by(clause, head, &mut modality);
        }
        // `filed for protection`, `warned of attacks`: the preposition says that it is sought, or may come.
        if let Some(open) = opened_by_mark(clause, words, node, head) {
            match open {
                Opened::Sought => modality.asked = true,
                Opened::Possible => modality.certainty = Certainty::Possible,
            }
            modality
                .why
                .push(format!("not done by `{}`, which asks for it or warns of it", form(clause, head)));
            break;
        }
        if is_presumed(clause, words, node, head) {
            modality.presupposed = true;
            modality.why.push(format!("taken for granted by `{}`", form(clause, head)));
        }
        if !climbs {
            break;
        }
        // `denied having sent`, `anklagas för att ha sålt`: what lies in the past is no purpose, plan or failure.
        let is_past = clause.children(node).iter().any(|&c| is_a(clause, words, "perfect-infinitive", c));
        // Swedish `genom att kränka`: how something was done has been done.
        let is_means = clause
            .children_by(node, &[Relation::Mark, Relation::Case])
            .into_iter()
            .any(|mark| is_a(clause, words, "means-mark", mark));
        if relation == Relation::Advcl && (is_past || is_means || is_told_by_rank(clause, words, node, head))
        {
            break;
        }
        // `used drones to attack`: what was done by other means was done.
        let is_served = relation == Relation::Advcl && is_a(clause, words, "means", head);
        // `rose to reach a record`: where a change came to.
        let is_outcome = relation == Relation::Advcl
            && is_a(clause, words, "outcome", node)
            && is_a(clause, words, "change", head);
        if relation == Relation::Advcl && !is_served && !is_outcome && !is_complement(clause, words, node) {
            // `hard to enforce`, but `glad to meet them`: no purpose.
            if clause.upos(head) == Upos::Adj {
                governed_by(clause, words, head, &mut modality);
                if is_unfulfilled(clause, words, node, head) {
                    leave_open(clause, words, node, head, &mut modality);
                }
                break;
            }
            // `met to discuss`, `drones to fire on`: what something is for has not happened yet.
            modality.frame = TimeFrame::Future;
            modality.purpose = true;
            modality.why.push("stands as a purpose".to_owned());
            break;
        }
        // `has to withdraw`, `said that they had to withdraw`; `they had to withdraw` is what happened.
        if relation == Relation::Xcomp
            && is_a(clause, words, "has-to", head)
            && clause.has_infinitive_mark(node)
            && (clause.relation(head) == Relation::Ccomp
                || clause.word(head).is_some_and(|word| word.features.has("Tense", "Pres")))
        {
            modality.asked = true;
            modality.why.push(format!("asked for by `{}`", form(clause, head)));
        }
        if relation == Relation::Xcomp {
            mark_by_willing(clause, words, node, head, &mut modality);
        }
        if relation == Relation::Nmod && is_a(clause, words, "absence", head) {
            modality.polarity = Polarity::No;
            modality.why.push(format!("negated by `{}`", form(clause, head)));
            break;
        }
        let negated_before = modality.polarity;
        // `does not need to leave`: whether it is done is open.
        let is_free = relation == Relation::Xcomp
            && is_a(clause, words, "necessity", head)
            && has_negation(clause, words, head);
        if is_free {
            open_by(clause, head, &mut modality);
            break;
        }
        // `blocking it is the only way to win`: what is said of an act is not what it is of.
        let is_subject = relation == Relation::Csubj && clause.upos(head) == Upos::Noun;
        if relation != Relation::Conj && !is_past && !is_subject {
            governed_by(clause, words, head, &mut modality);
            if is_unfulfilled(clause, words, node, head) {
                leave_open(clause, words, node, head, &mut modality);
            }
        } else if is_past && is_a(clause, words, "possible", head) && modality.certainty == Certainty::Certain
        {
            // `appears to have freed them`
            modality.certainty = Certainty::Possible;
            modality.why.push(format!("possible by `{}`", form(clause, head)));
        }
        mark_from_children(clause, words, head, hearsay, &mut modality);
        if !matches!(relation, Relation::Conj | Relation::Ccomp | Relation::Csubj) {
            mark_from_form(clause, words, head, &mut modality);
        }
        // `did not condemn the attack`: only a verb that says that something happens takes it away by its negation.
        let is_kept = is_noun
            && words.get("happens").is_some()
            && !clause.is_a(head, "light")
            && !is_a(clause, words, "happens", head)
            && !governs(clause, words, head);
        if is_kept && modality.polarity == Polarity::No && negated_before == Polarity::Yes {
            modality.polarity = negated_before;
            modality.why.push(format!("not negated by `{}`, which is about it", form(clause, head)));
        }
        // `no impuso ninguna sanción`: a noun that is negated stays so, whatever its verb has.
        if is_noun && negated_before == Polarity::No {
            modality.polarity = Polarity::No;
        }
        if relation == Relation::Conj && !is_under_negating_mark(clause, words, head) {
            // Negation binds its own verb only: `did not attack but fled`.
            modality.polarity = negated_before;
        }
        node = head;
    }
    modality
}

/// Whether a predicate is that of a question, which asserts nothing; what it describes things by is taken for granted.
fn is_asked_as_question(clause: &Clause<'_>, words: &WordClasses, at: usize) -> bool {
    let last =
        (0..clause.sentence.words.len()).rev().find(|&word| !is_a(clause, words, "closing-mark", word));
    let is_question = last.is_some_and(|word| is_a(clause, words, "question", word));
    is_question
        && clause.is_predicate(at)
        && matches!(
            clause.relation(clause.clause_head(at)),
            Relation::Root | Relation::Conj | Relation::Ccomp
        )
}

pub(crate) fn form(clause: &Clause<'_>, at: usize) -> String {
    clause.word(at).map(|word| word.form.clone()).unwrap_or_default()
}

pub(crate) fn is_a(clause: &Clause<'_>, words: &WordClasses, class: &str, at: usize) -> bool {
    clause.keys.get(at).is_some_and(|keys| words.holds(class, keys))
}

/// Auxiliaries, negations, particles, adverbs and conjunctions that stand directly with the predicate.
fn mark_from_children(
    clause: &Clause<'_>,
    words: &WordClasses,
    at: usize,
    hearsay: &[Span],
    modality: &mut Modality,
) {
    for &child in clause.children(at) {
        let relation = clause.relation(child);
        let close = matches!(
            relation,
            Relation::Aux
                | Relation::AuxPass
                | Relation::Advmod
                | Relation::Det
                | Relation::Mark
                | Relation::Amod
                | Relation::Cc
                | Relation::Discourse
                | Relation::Cop
                | Relation::Dep
                | Relation::Fixed
                | Relation::Expl
        );
        // `were due to meet`: taggers hang the adjective under the verb.
        let is_before = relation == Relation::Xcomp && child < at && clause.upos(child) == Upos::Adj;
        if !close && !is_before {
            continue;
        }
        let is = |class: &str| is_a(clause, words, class, child);
        let negates = match relation {
            Relation::Mark => is("negating-mark"),
            // `rather than attack`
            Relation::Cc => is("negation") || is("negating-mark"),
            _ => is("negation") || is("no-longer") && is_no_longer(clause, words, at, child),
        };
        if negates {
            modality.polarity = match modality.polarity {
                Polarity::Yes => Polarity::No,
                Polarity::No => Polarity::Yes,
            };
            modality.why.push(format!("negated by `{}`", form(clause, child)));
        }
        // Taggers hang some auxiliaries as marks, and tag them as conjunctions: Chinese `将`.
        let is_mark = relation == Relation::Mark && clause.upos(child) != Upos::Adp;
        if is_mark
            || matches!(
                relation,
                Relation::Aux
                    | Relation::Advmod
                    | Relation::Cop
                    | Relation::Dep
                    | Relation::Fixed
                    | Relation::Amod
            )
        {
            let reports =
                clause.word(child).is_some_and(|word| hearsay.iter().any(|cue| cue.contains(word.span)));
            // German `werden` makes futures and passives.
            if is("future") && !is("past") && !reports {
                modality.frame = TimeFrame::Future;
                modality.will = true;
                modality.why.push(format!("future by `{}`", form(clause, child)));
            }
            // Swedish `har kunnat underteckna`: what one has been able to do has been done.
            let is_supine = clause.word(child).is_some_and(|word| word.features.has("VerbForm", "Sup"));
            if is("possible") && !is_supine && modality.certainty == Certainty::Certain {
                modality.certainty = Certainty::Possible;
                modality.why.push(format!("possible by `{}`", form(clause, child)));
            }
            modality.unsure |= is("unsure");
            if is("obligation") {
                modality.asked = true;
                modality.why.push(format!("asked for by `{}`", form(clause, child)));
            }
        }
        // French `sera reçu`: an auxiliary of the passive that stands in the future.
        let is_future = clause.word(child).is_some_and(|word| word.features.has("Tense", "Fut"));
        if relation == Relation::AuxPass && is_future {
            modality.frame = TimeFrame::Future;
            modality.will = true;
            modality.why.push(format!("future by `{}`", form(clause, child)));
        }
        // `the planned summit`
        if (relation == Relation::Amod || is_before) && is("plan") {
            modality.frame = TimeFrame::Future;
            modality.why.push(format!("planned by `{}`", form(clause, child)));
        }
        // `no talks until they withdraw`: what has to come first where the clause above is not told as done.
        if relation == Relation::Mark && is("until") && is_open(clause, words, at) {
            modality.frame = TimeFrame::Condition;
            modality.why.push(format!("what has to come first, by `{}`", form(clause, child)));
        }
        // `will meet when they withdraw`, `would meet once they withdrew`: as far away as what it is the time of.
        if matches!(relation, Relation::Mark | Relation::Advmod)
            && is("time-of")
            && is_still_to_come(clause, words, at)
        {
            modality.frame = TimeFrame::Condition;
            modality.why.push(format!("the time of what is to come, by `{}`", form(clause, child)));
        }
        // `any attack`: of those that there may be.
        if relation == Relation::Det && is("whichever") {
            modality.frame = TimeFrame::Condition;
            modality.why.push(format!("whichever there may be, by `{}`", form(clause, child)));
        }
        if relation == Relation::Mark && is("condition") {
            modality.frame = TimeFrame::Condition;
            modality.why.push(format!("under the condition `{}`", form(clause, child)));
        }
        if is("hearsay-auxiliary") {
            // German `soll geliefert haben` is hearsay, `soll liefern` a plan.
            let is_perfect = clause.children_by(at, &[Relation::Aux]).len() > 1;
            if is_perfect {
                modality.hedged = true;
            } else {
                modality.frame = TimeFrame::Future;
            }
            modality.why.push(format!("by `{}`", form(clause, child)));
        }
        if is("hedge") {
            modality.hedged = true;
            modality.why.push(format!("hedged by `{}`", form(clause, child)));
        }
        if is("background") {
            modality.background = true;
        }
    }
    // `Kenya is to send troops`, and in headlines `Kenya to send troops`.
    let has_subject = !clause.children_by(at, &[Relation::Nsubj, Relation::NsubjPass]).is_empty();
    let has_verb = !clause.children_by(at, &[Relation::Cop, Relation::Aux]).is_empty();
    let is_main = matches!(clause.relation(at), Relation::Root | Relation::Parataxis)
        || clause.relation(at) == Relation::Ccomp && has_verb;
    if is_main && has_subject && clause.upos(at) == Upos::Verb && clause.has_infinitive_mark(at) {
        modality.frame = TimeFrame::Future;
        modality.will = true;
        modality.why.push("future by its infinitive".to_owned());
    }
    // `would have attacked`: but has not.
    let auxiliaries = clause.children_by(at, &[Relation::Aux]);
    let among = |class: &str| auxiliaries.iter().any(|&word| is_a(clause, words, class, word));
    if among("future-in-past") && among("perfect-infinitive") {
        // Swedish `att trupper skulle ha beskjutit`: in what is said, it is what is said to have been.
        let is_said = clause.relation(at) == Relation::Ccomp;
        modality.frame = if is_said { TimeFrame::PastOrPresent } else { TimeFrame::Condition };
        modality.will = false;
        modality.why.push("what would have been".to_owned());
    }
    // `no state has recognised it`, `imposed no sanctions`: what nobody does, or does to nothing, is not done.
    let is_verb = matches!(clause.upos(at), Upos::Verb | Upos::Aux);
    let negation_of = |party: usize, joins: &[Relation]| {
        clause.children_by(party, joins).into_iter().find(|&word| is_a(clause, words, "negation", word))
    };
    let subjects = clause.children_by(at, &[Relation::Nsubj, Relation::NsubjPass]);
    let of_subject = subjects
        .into_iter()
        .find_map(|subject| negation_of(subject, &[Relation::Det, Relation::Cc]).filter(|&word| word < at));
    let objects = clause.children_by(at, &[Relation::Obj]);
    let of_party =
        of_subject.or_else(|| objects.into_iter().find_map(|object| negation_of(object, &[Relation::Det])));
    if let Some(word) = of_party.filter(|_| is_verb && modality.polarity == Polarity::Yes) {
        modality.polarity = Polarity::No;
        modality.why.push(format!("negated by `{}` of a party", form(clause, word)));
    }
    // `the accused`; a verb of that stem is an act: `accused the minister`.
    if clause.upos(at) != Upos::Verb && is_a(clause, words, "hedge", at) {
        modality.hedged = true;
    }
}

/// What a verb says by its own form: Spanish `enviará`, Turkish `saldırmadı`, Persian `نکرد`.
fn mark_from_form(clause: &Clause<'_>, words: &WordClasses, at: usize, modality: &mut Modality) {
    if !matches!(clause.upos(at), Upos::Verb | Upos::Aux) {
        return;
    }
    let is = |class: &str| is_a(clause, words, class, at);
    if is_future_by_form(clause, words, at) && modality.frame == TimeFrame::PastOrPresent {
        modality.frame = TimeFrame::Future;
        modality.will = true;
        modality.why.push(format!("future by its form `{}`", form(clause, at)));
    }
    // Turkish `bombalamış`: told as heard; a participle before a noun is none.
    let is_described = matches!(clause.relation(at), Relation::Amod | Relation::Acl | Relation::AclRelcl);
    if is("hearsay-form") && !is_described {
        modality.hedged = true;
        modality.why.push(format!("hearsay by its form `{}`", form(clause, at)));
    }
    if is("possible-form") && modality.certainty == Certainty::Certain {
        modality.certainty = Certainty::Possible;
        modality.why.push(format!("possible by its form `{}`", form(clause, at)));
    }
    // Turkish `umuyor` (hopes): a stem may end as the negation does.
    if is("negative-form") && !is("affirmative-form") && modality.polarity == Polarity::Yes {
        modality.polarity = Polarity::No;
        modality.negated_by_form = true;
        modality.why.push(format!("negated by its form `{}`", form(clause, at)));
    }
}

/// Whether the clause that a clause hangs under is negated, or told as possible or to come.
fn is_open(clause: &Clause<'_>, words: &WordClasses, at: usize) -> bool {
    let Some(above) = clause.head(at) else { return false };
    let opens = |word: usize| {
        ["negation", "future", "possible", "obligation"].iter().any(|class| is_a(clause, words, class, word))
    };
    let below = clause.children(above).iter().copied().filter(|&child| child != at);
    below.clone().any(opens)
        || below
            .flat_map(|child| clause.children_by(child, &[Relation::Det]))
            .any(|word| is_a(clause, words, "negation", word))
}

/// `no longer supplies`, French `ne livre plus`.
fn is_no_longer(clause: &Clause<'_>, words: &WordClasses, verb: usize, adverb: usize) -> bool {
    has_negation(clause, words, adverb)
        || clause.children(verb).iter().any(|&word| is_a(clause, words, "negation-partner", word))
}

pub(crate) fn has_negation(clause: &Clause<'_>, words: &WordClasses, at: usize) -> bool {
    clause
        .children_by(at, &[Relation::Det, Relation::Advmod])
        .iter()
        .any(|&word| is_a(clause, words, "negation", word))
}

/// Whether a clause of time tells what has not happened yet: in the present under a future, or under a future told
/// of the past.
fn is_still_to_come(clause: &Clause<'_>, words: &WordClasses, at: usize) -> bool {
    let Some(above) = clause.head(at).filter(|_| clause.relation(at) == Relation::Advcl) else {
        return false;
    };
    let among = |class: &str| clause.children(above).iter().any(|&word| is_a(clause, words, class, word));
    let finite = clause.children_by(at, &[Relation::Aux, Relation::AuxPass, Relation::Cop]);
    let finite = finite.first().copied().unwrap_or(at);
    let is_present = clause
        .word(finite)
        .is_some_and(|word| word.features.has("Tense", "Pres") && !word.features.has("VerbForm", "Part"));
    let is_open = || {
        ["future", "possible", "obligation"].iter().any(|class| among(class))
            || is_future_by_form(clause, words, above)
    };
    among("future-in-past") || is_present && is_open()
}

/// Spanish `enviará`.
fn is_future_by_form(clause: &Clause<'_>, words: &WordClasses, verb: usize) -> bool {
    is_a(clause, words, "future-form", verb)
        || words.get("future-feature").is_some()
            && clause.word(verb).is_some_and(|word| {
                // Russian `ведутся`: imperfective verbs form their future with `быть`, which says so.
                word.features.has("Tense", "Fut")
                    && !word.features.has("Aspect", "Imp")
                    && !is_a(clause, words, "present-form", verb)
            })
}

/// `called for calm after the protests`: what only says when or why something is asked for has happened.
fn is_taken_for_granted(clause: &Clause<'_>, words: &WordClasses, at: usize) -> bool {
    clause.upos(at) == Upos::Noun
        && clause.mark_of(at).is_some_and(|mark| is_a(clause, words, "presupposing", mark))
}

/// `without confirming or denying`: the mark negates every verb behind it.
fn is_under_negating_mark(clause: &Clause<'_>, words: &WordClasses, verb: usize) -> bool {
    clause.children_by(verb, &[Relation::Mark]).iter().any(|&mark| is_a(clause, words, "negating-mark", mark))
}
