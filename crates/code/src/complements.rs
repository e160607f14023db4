use chancery_core::{Relation, Upos};

use crate::clause::Clause;

impl Clause<'_> {
    pub(crate) fn complement(&self, at: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for clause in self.complement_heads(at) {
            // Its predicate is what conditions ask for; nobody acts there.
            found.push(clause);
            for relations in [
                &[Relation::Nsubj, Relation::NsubjPass][..],
                &[Relation::Obj, Relation::Iobj][..],
                &[Relation::Obl, Relation::Nmod][..],
            ] {
                found.extend(self.children_by(clause, relations));
            }
            // `refused to withdraw its troops from Chad`: where troops go or leave is of the verb, whatever it hangs under.
            let objects = self.children_by(clause, &[Relation::Obj]).into_iter();
            let places = objects
                .filter(|&object| self.is_a(object, "troops"))
                .flat_map(|object| self.children_by(object, &[Relation::Nmod]));
            found.extend(places.filter(|&place| self.mark_of(place).is_some()));
        }
        found
    }

    /// `spoke of its intention to help Chad`: what stands below the infinitive of what a verb is said to speak of.
    pub(crate) fn below_infinitives_of_topics(&self, verb: usize) -> Vec<usize> {
        let is_topic = |&phrase: &usize| self.mark_of(phrase).is_some_and(|mark| self.is_a(mark, "topic"));
        let is_infinitive = |&clause: &usize| {
            self.word(clause).is_some_and(|word| word.features.has("VerbForm", "Inf"))
                || self.has_infinitive_mark(clause)
        };
        let topics = self.children_by(verb, &[Relation::Obl]).into_iter().filter(is_topic);
        let told = topics.filter(|&noun| {
            self.upos(noun) == Upos::Noun
                && self.children_by(noun, &[Relation::Acl]).iter().any(is_infinitive)
        });
        told.flat_map(|noun| self.complement(noun)).collect()
    }

    /// The subjects of the clauses below a complement: `threatened to attack unless Baghdad gave in`.
    pub(crate) fn below_complement(&self, at: usize) -> Vec<usize> {
        let clauses = self.complement_heads(at);
        let inner = clauses.iter().flat_map(|&clause| self.complement_heads(clause));
        inner.flat_map(|clause| self.children_by(clause, &[Relation::Nsubj, Relation::NsubjPass])).collect()
    }

    /// The predicates of the clauses, infinitives and secondary predicates below: `vowed to retaliate`, `called it
    /// a crime`.
    pub(crate) fn complement_heads(&self, at: usize) -> Vec<usize> {
        let mut found =
            self.children_by(at, &[Relation::Ccomp, Relation::Xcomp, Relation::Advcl, Relation::Acl]);
        found.retain(|&clause| !self.is_circumstance(clause));
        // Turkish `bombalamakla suçladı`, Chinese `拒绝谈判`: a verb stands as a phrase or an object.
        found.extend(
            self.children_by(at, &[Relation::Obl, Relation::Nmod, Relation::Obj])
                .into_iter()
                .filter(|&phrase| self.upos(phrase) == Upos::Verb),
        );
        found
    }

    /// `ordered an inquiry while Ghana protested`: a clause of its own that says when or why, and is not what is ordered. Nor
    /// is an adverbial participle: Russian `осудив удары, призвал к миру` (having condemned the strikes, called for peace).
    fn is_circumstance(&self, at: usize) -> bool {
        if self.relation(at) != Relation::Advcl {
            return false;
        }
        let is_converb = self.word(at).is_some_and(|word| word.features.has("VerbForm", "Conv"));
        let has_subject = !self.children_by(at, &[Relation::Nsubj, Relation::NsubjPass]).is_empty();
        let marks = self.children_by(at, &[Relation::Mark, Relation::Advmod]);
        is_converb || has_subject && marks.iter().any(|&mark| self.is_a(mark, "circumstance"))
    }

    /// The infinitives that a predicate governs.
    pub(crate) fn infinitives(&self, at: usize) -> Vec<usize> {
        self.complement_heads(at)
            .into_iter()
            .filter(|&clause| self.relation(clause) == Relation::Xcomp || self.has_infinitive_mark(clause))
            .collect()
    }

    /// Whether a verb says what something is for: behind `to`, or French `pour livrer`, Spanish `para entregar`.
    pub(crate) fn is_purpose(&self, at: usize) -> bool {
        let is_infinitive = || self.word(at).is_some_and(|word| word.features.has("VerbForm", "Inf"));
        let mut marks = self.children_by(at, &[Relation::Mark]).into_iter();
        self.has_infinitive_mark(at) || marks.any(|mark| self.is_a(mark, "purpose")) && is_infinitive()
    }

    /// Whether a verb stands behind `to`, `att`, `zu`.
    pub(crate) fn has_infinitive_mark(&self, at: usize) -> bool {
        self.children(at)
            .iter()
            .any(|&child| self.relation(child) == Relation::Mark && self.upos(child) == Upos::Part)
    }
}
