use chancery_core::{Relation, Upos, Word};

use crate::clause::Clause;
use crate::mending::Mender;

impl Clause<'_> {
    /// Whether a word opens a sentence whose verb should come first, tagged as a noun that nothing stands before.
    pub(crate) fn may_be_opening_verb(&self, at: usize) -> bool {
        self.classes.get("verb-first").is_some()
            && self.upos(at) == Upos::Noun
            && self.relation(at) == Relation::Root
            && (0..at).all(|before| matches!(self.upos(before), Upos::Punct | Upos::Cconj))
            && self.mark_of(at).is_none()
    }

    /// German `und drohte mit Sanktionen`: where nouns are written with a capital, a small word with a person is a verb,
    /// whatever the tagger takes it for.
    pub(crate) fn has_person(&self, at: usize) -> bool {
        self.classes.get("noun-capitals").is_some() && self.word(at).is_some_and(is_finite_by_form)
    }

    /// Whether a word tagged as a noun has a subject of its own, and neither copula nor light verb.
    pub(crate) fn governs_as_verb(&self, at: usize) -> bool {
        let has = |relations: &[Relation]| !self.children_by(at, relations).is_empty();
        has(&[Relation::Nsubj])
            && !has(&[Relation::Cop, Relation::Case, Relation::Det])
            && !self.has_light_verb(at)
    }

    /// What stands behind an opening verb that was tagged as a noun: its subject, then its object.
    pub(crate) fn behind_opening_verb(&self, at: usize) -> Vec<usize> {
        if !self.may_be_opening_verb(at) {
            return Vec::new();
        }
        let arguments = [
            Relation::Nsubj,
            Relation::Obj,
            Relation::Nmod,
            Relation::Flat,
            Relation::Compound,
            Relation::Appos,
        ];
        let mut found = self.children_by(at, &arguments);
        found.retain(|&noun| at < noun && self.mark_of(noun).is_none());
        found
    }
}

/// Whether a word is written small and bears a person, which no noun does.
pub(crate) fn is_finite_by_form(word: &Word) -> bool {
    word.upos == Upos::Noun
        && word.features.get("Person").is_some()
        && word.form.starts_with(char::is_lowercase)
}

impl Mender<'_> {
    /// Arabic `قصفت طائرة سودانية بلدة` (a Sudanese plane shelled a town), `شنتها مقاتلات` (that jets carried out): where verbs
    /// come first, the noun right behind an active verb is its subject where another noun, or a pronoun written onto the
    /// verb, is the object.
    pub(crate) fn mend_parties_behind(&mut self, verb: usize) {
        const LOOSE: [Relation; 6] =
            [Relation::Obj, Relation::Nmod, Relation::Appos, Relation::Advmod, Relation::Obl, Relation::Dep];
        const PASSIVE: [Relation; 3] = [Relation::Nsubj, Relation::NsubjPass, Relation::AuxPass];
        let next = verb + 1;
        let is_passive = self.sentence.words.get(verb).is_some_and(|word| word.features.has("Voice", "Pass"));
        let is_loose = |at: usize| {
            self.ties.get(at).is_some_and(|tie| tie.head == Some(verb) && LOOSE.contains(&tie.relation))
                && self.is_bare_noun(at)
        };
        if is_passive || self.has(verb, &PASSIVE) || !is_loose(next) {
            return;
        }
        let has_object_suffix = self.is_of_class("object-suffix", verb);
        let other = (next + 1..self.ties.len()).find(|&at| {
            is_loose(at)
                && !self.is_a(at, "when")
                && self
                    .ties
                    .get(at)
                    .is_some_and(|tie| matches!(tie.relation, Relation::Obj | Relation::Advmod))
        });
        if !has_object_suffix && other.is_none() {
            return;
        }
        self.tie(next, verb, Relation::Nsubj);
        if let Some(other) = other.filter(|_| !has_object_suffix) {
            self.tie(other, verb, Relation::Obj);
        }
    }
}
