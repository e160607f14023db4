use chancery_core::{Analysis, Document, Mentions, Predicate, Relation, Upos, Word};

use crate::clause::Clause;
use crate::frame::Part;
use crate::language::Language;
use crate::occurrence_status::Occurrence;
use crate::words::{WordKeys, WordPattern};

/// Finds every occurrence that a document states, an event of the ontology or not: finite verbs,
/// infinitives and participles that are predicates of a clause, what a copula says of its subject, and nouns
/// that name occurrences.
pub(crate) fn find_predicates(
    document: &Document,
    analysis: &Analysis,
    mentions: &Mentions,
    language: &Language,
) -> Vec<Predicate> {
    let mut predicates = Vec::new();
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        let keys = WordKeys::of_sentence(sentence, language.spelling());
        let clause = Clause::new(sentence, &keys, language);
        for (at, word) in sentence.words.iter().enumerate() {
            let is_verb = word.upos == Upos::Verb
                && !matches!(word.relation, Relation::Amod | Relation::Case | Relation::Mark);
            let is_said_of = is_said_of(&clause, at);
            let is_noun = word.upos == Upos::Noun && names_occurrence(&keys, at, language);
            if !is_verb && !is_said_of && !is_noun {
                continue;
            }
            let status =
                Occurrence { document, mentions, clause: &clause, language, sentence: number, at }.status();
            predicates.push(Predicate { span: word.span, status, family: family(word, &keys, at, language) });
        }
    }
    predicates
}

/// `was not sufficient`, `was long but no disaster`, `saw it as unfair`: an adjective or noun that a copula makes a
/// predicate, one joined to it, or an adjective that a verb makes one.
fn is_said_of(clause: &Clause<'_>, at: usize) -> bool {
    let has_copula = |word: usize| !clause.children_by(word, &[Relation::Cop]).is_empty();
    let is_nominal = matches!(clause.upos(at), Upos::Noun | Upos::Adj);
    match clause.relation(at) {
        _ if has_copula(at) => true,
        Relation::Conj => {
            let is_of_subject = |first: usize| has_copula(first) && clause.upos(first) != Upos::Verb;
            is_nominal && clause.head(at).is_some_and(is_of_subject)
        }
        Relation::Xcomp | Relation::Ccomp | Relation::Advcl => {
            clause.upos(at) == Upos::Adj
                && clause.head(at).is_some_and(|verb| clause.upos(verb) == Upos::Verb)
        }
        _ => false,
    }
}

/// Whether a noun is one for something that happens: by the tables of how stories are told, or of events.
fn names_occurrence(keys: &[WordKeys], at: usize, language: &Language) -> bool {
    let Some(keys) = keys.get(at) else { return false };
    !language.narrative.holds("thing", keys)
        && (language.narrative.holds("occurrence", keys)
            || language.candidates(keys).iter().any(|frame| frame.part == Part::Noun && !frame.weak))
}

/// The shortest part of a word that tells what it is about, in characters; in scripts without letters one less.
const SHORTEST_FAMILY: usize = 3;

/// The lemma of a word without the endings that derive one part of speech from another, or `None` for a word
/// that is common to all kinds of occurrence.
fn family(word: &Word, keys: &[WordKeys], at: usize, language: &Language) -> Option<String> {
    if keys.get(at).is_some_and(|keys| language.narrative.holds("common", keys)) {
        return None;
    }
    let lemma = word.lemma.to_lowercase();
    let long = |stem: &str| stem.chars().count() >= SHORTEST_FAMILY;
    let endings = language.narrative.get("derived").map_or(&[][..], |class| class.patterns());
    let stem = endings
        .iter()
        .filter_map(|ending| match ending {
            WordPattern::Suffix(ending) => lemma.strip_suffix(ending.as_str()),
            _ => None,
        })
        .filter(|stem| long(stem))
        .min_by_key(|stem| stem.len())
        .unwrap_or(&lemma);
    // `stopped` and `stop` differ by a letter written twice.
    let mut ends = stem.chars().rev();
    let twice = stem.len() < lemma.len()
        && matches!((ends.next(), ends.next()), (Some(a), Some(b)) if a == b && !"lsz".contains(a));
    let stem = if twice { stem.get(..stem.len() - 1).unwrap_or(stem) } else { stem };
    stem.chars().nth(1).is_some().then(|| stem.to_owned())
}
