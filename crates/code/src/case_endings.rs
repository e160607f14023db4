//! Puts right what hangs where its case ending says that it cannot, in languages whose nominal clauses have their
//! subject in the genitive.

use chancery_core::{Relation, Upos, without_points};

use crate::mending::{Mender, Tie};
use crate::words::WordClass;

impl Mender<'_> {
    /// Whether a word is written with one of the endings of a class. A lemma shows another one.
    pub(crate) fn is_of_class(&self, class: &str, at: usize) -> bool {
        let endings = self.classes.get(class).map_or(&[][..], WordClass::patterns);
        let form = self.sentence.words.get(at);
        let form = form.map(|word| without_points(&word.form).to_lowercase().replace('’', "'"));
        form.is_some_and(|form| endings.iter().any(|ending| ending.fits(&form)))
    }

    /// Turkish `Norveç'in Moldova'ya araç verdiği` (that Norway gave Moldova vehicles): the genitive belongs to the
    /// clause and not to the noun behind it, which bears no possessive ending; and the nominative right before the
    /// verb is what was given.
    pub(crate) fn mend_genitive_subject(&mut self, verb: usize) {
        let is_nominal = self.sentence.words.get(verb).is_some_and(|word| {
            word.features.has("VerbForm", "Part") || word.features.has("VerbForm", "Vnoun")
        });
        if !is_nominal || !self.is_of_class("possessed-verb", verb) {
            return;
        }
        let predicate = self.carried_noun(verb).unwrap_or(verb);
        let is_carrier = |at: usize| at == verb || at == predicate;
        let is_clause_part = |at: usize| self.ties.get(at).and_then(|tie| tie.head).is_some_and(is_carrier);
        let found = (0..verb).find(|&at| {
            self.is_genitive(at)
                && self.is_bare_noun(at)
                && match self.ties.get(at) {
                    Some(&Tie { head: Some(head), relation }) => {
                        let may_be_subject = matches!(relation, Relation::Nmod | Relation::Obl);
                        is_carrier(head) && (may_be_subject || relation == Relation::Nsubj)
                            || may_be_subject
                                && at < head
                                && head < predicate
                                && is_clause_part(head)
                                && !self.is_possessed(head)
                    }
                    _ => false,
                }
        });
        let Some(subject) = found else { return };
        let nominatives: Vec<usize> = self
            .below(predicate, &[Relation::Nsubj])
            .chain(self.below(verb, &[Relation::Nsubj]))
            .filter(|&at| at != subject && at + 1 == predicate && self.case(at) == Some("Nom"))
            .collect();
        self.tie(subject, predicate, Relation::Nsubj);
        if !self.has(predicate, &[Relation::Obj]) && !self.has(verb, &[Relation::Obj]) {
            for object in nominatives {
                self.tie(object, predicate, Relation::Obj);
            }
        }
    }

    /// Turkish `Peru'nun Bolivya'ya desteği` (Peru's support for Bolivia): a genitive is no part of the name behind it,
    /// which nobody owns, but of the noun behind both that bears the ending of what belongs to somebody; and so is
    /// what stands between the two.
    pub(crate) fn mend_owner(&mut self, noun: usize) {
        let nothing_else =
            |name: usize| (name + 1..noun).all(|at| self.is_below(at, name)) && !self.is_possessed(name);
        let between = |owner: usize| {
            let tie = self.ties.get(owner).filter(|tie| tie.relation == Relation::Nmod)?;
            let name = tie.head.filter(|&head| owner < head && head < noun)?;
            (self.upos(name) == Upos::Propn && nothing_else(name)).then_some(name)
        };
        if !self.is_of_class("possessed", noun) {
            return;
        }
        let found = (0..noun).rev().find_map(|owner| {
            let is_owner = self.is_genitive(owner) && self.is_bare_noun(owner);
            Some((owner, between(owner).filter(|_| is_owner)?))
        });
        let Some((owner, name)) = found else { return };
        self.tie(owner, noun, Relation::Nmod);
        self.tie(name, noun, Relation::Nmod);
    }

    /// The noun that a light verb makes a verb: `tedarik etti`.
    fn carried_noun(&self, verb: usize) -> Option<usize> {
        let tie = self.ties.get(verb).filter(|tie| tie.relation == Relation::Compound)?;
        tie.head.filter(|&noun| noun < verb)
    }

    /// Of several that `and` joins, the last alone may bear the ending.
    fn is_genitive(&self, at: usize) -> bool {
        self.case(at) == Some("Gen")
            || self.last_of_name(at).is_some_and(|last| self.case(last) == Some("Gen"))
            || self.below(at, &[Relation::Conj]).any(|other| self.case(other) == Some("Gen"))
    }

    /// Whether a noun bears the ending of what belongs to somebody.
    pub(crate) fn is_possessed(&self, noun: usize) -> bool {
        match self.case(noun) {
            Some("Acc") => self.upos(noun) != Upos::Propn || self.is_of_class("possessed", noun),
            Some("Nom" | "Dat" | "Loc" | "Abl" | "Ins") => self.is_of_class("possessed", noun),
            _ => true,
        }
    }

    /// Turkish `Portekiz, Norveç ve İsveç, Filistin'i tanıdı`: a name in the accusative behind a list in the nominative
    /// that `and` has closed is no part of the list, but the object.
    pub(crate) fn mend_accusative_behind_list(&mut self, verb: usize) {
        if self.has(verb, &[Relation::Obj]) {
            return;
        }
        let is_closed = |list: usize, at: usize| {
            self.below(list, &[Relation::Conj])
                .any(|other| other < at && self.below(other, &[Relation::Cc]).any(|and| and < other))
        };
        let follows_comma =
            |at: usize| at.checked_sub(1).is_some_and(|before| self.upos(before) == Upos::Punct);
        let object = self
            .below(verb, &[Relation::Nsubj])
            .filter(|&list| self.case(list) == Some("Nom"))
            .flat_map(|list| self.below(list, &[Relation::Conj]).map(move |at| (list, at)))
            .find(|&(list, at)| {
                self.case(at) == Some("Acc")
                    && at < verb
                    && follows_comma(at)
                    && is_closed(list, at)
                    && !self.has(at, &[Relation::Cc, Relation::Case])
            });
        let object = object.map(|(_, object)| object).or_else(|| self.accusative_below_noun(verb));
        if let Some(object) = object {
            self.tie(object, verb, Relation::Obj);
        }
    }

    /// `Filistin'i devlet olarak tanıdı` (recognised Palestine as a state): no noun has an object, unless a light verb
    /// makes a verb of it.
    fn accusative_below_noun(&self, verb: usize) -> Option<usize> {
        let is_verbal = |noun: usize| {
            self.below(noun, &[Relation::Compound]).any(|at| matches!(self.upos(at), Upos::Verb | Upos::Aux))
                || self.has(noun, &[Relation::Cop, Relation::Aux])
        };
        self.below(verb, &[Relation::Obl, Relation::Xcomp, Relation::Advcl])
            .filter(|&noun| noun < verb && self.upos(noun) == Upos::Noun && !is_verbal(noun))
            .flat_map(|noun| self.below(noun, &[Relation::Obj]).map(move |at| (noun, at)))
            .find(|&(noun, at)| {
                at < noun
                    && self.upos(at) == Upos::Propn
                    && self.case(at) == Some("Acc")
                    && self.is_bare_noun(at)
            })
            .map(|(_, at)| at)
    }
}
