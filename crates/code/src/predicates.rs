use chancery_core::{Analysis, Document, Mentions, Polarity, Predicate, Relation, Status, Upos, Word};

use crate::attribution::{chain, hearsay_cues, quotations_over};
use crate::clause::Clause;
use crate::frame::Part;
use crate::language::Language;
use crate::modality::assess;
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
    for sentence in &analysis.sentences {
        let keys = WordKeys::of_sentence(sentence, language.spelling());
        let clause = Clause::new(sentence, &keys, language);
        for (at, word) in sentence.words.iter().enumerate() {
            let is_verb = word.upos == Upos::Verb
                && !matches!(word.relation, Relation::Amod | Relation::Case | Relation::Mark);
            // `was not sufficient`: an adjective or noun that a copula makes a predicate.
            let is_said_of = !clause.children_by(at, &[Relation::Cop]).is_empty();
            let is_noun = word.upos == Upos::Noun && names_occurrence(&keys, at, language);
            if !is_verb && !is_said_of && !is_noun {
                continue;
            }
            let over = quotations_over(mentions, word.span);
            let modality = assess(&clause, &language.modality, at, &hearsay_cues(&over));
            let says = chain(document, mentions, &over);
            // An occurrence is judged as a material act would be: it happened, or somebody says so.
            let kind = chancery_core::EventType::Assault;
            let status =
                Status::derive(kind, false, modality.polarity, modality.certainty, modality.frame, &says);
            let status = match status {
                Status::Asserted if modality.asked => Status::Requested,
                Status::Asserted if modality.hedged => Status::Alleged,
                other => other,
            };
            debug_assert!(modality.polarity == Polarity::Yes || status == Status::Negated);
            predicates.push(Predicate { span: word.span, status, family: family(word, &keys, at, language) });
        }
    }
    predicates
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
