use chancery_core::{Analysis, Document, Mentions, Polarity, Predicate, Relation, Status, Upos};

use crate::attribution::{chain, hearsay_cues, quotations_over};
use crate::clause::Clause;
use crate::language::Language;
use crate::modality::assess;
use crate::words::WordKeys;

/// Finds every occurrence that a document states, an event of the ontology or not: finite verbs,
/// infinitives and participles that are predicates of a clause, and what a copula says of its subject.
pub(crate) fn find_predicates(
    document: &Document,
    analysis: &Analysis,
    mentions: &Mentions,
    language: &Language,
) -> Vec<Predicate> {
    let mut predicates = Vec::new();
    for sentence in &analysis.sentences {
        let keys = WordKeys::of_sentence(sentence, language.spelling());
        let clause = Clause::new(sentence, &keys, &language.classes);
        for (at, word) in sentence.words.iter().enumerate() {
            let is_verb = word.upos == Upos::Verb
                && !matches!(word.relation, Relation::Amod | Relation::Case | Relation::Mark);
            // `was not sufficient`: an adjective or noun that a copula makes a predicate.
            let is_said_of = !clause.children_by(at, &[Relation::Cop]).is_empty();
            if !is_verb && !is_said_of {
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
            predicates.push(Predicate { span: word.span, status });
        }
    }
    predicates
}
