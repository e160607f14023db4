//! Puts right who does what to whom where an article or a number tells that the noun before the verb is its object, and
//! where a relative pronoun is one of two subjects.

use chancery_core::{Relation, Upos};

use crate::mending::{Mender, Tie};

const PASSIVE: [Relation; 4] = [Relation::AuxPass, Relation::NsubjPass, Relation::OblAgent, Relation::Cop];

impl Mender<'_> {
    /// German `den Vorschlag wies die Regierung zurück`, `zwei Norweger nahm die Polizei fest`: a noun with the article of the
    /// accusative, or several before a verb in the singular, is no subject, but the noun behind the verb is.
    pub(crate) fn mend_object_in_front(&mut self, verb: usize) {
        if self.classes.get("accusative-article").is_none() || self.has(verb, &PASSIVE) {
            return;
        }
        let finite = self.below(verb, &[Relation::Aux]).min().map_or(verb, |auxiliary| auxiliary.min(verb));
        let front = self.below(verb, &[Relation::Nsubj]).find(|&at| {
            at < finite && self.is_bare_noun(at) && (self.is_accusative(at) || self.are_too_many(at, finite))
        });
        let Some(front) = front else { return };
        let doer = self.below(verb, &[Relation::Obj, Relation::Nsubj]).find(|&at| {
            finite < at && self.is_bare_noun(at) && !self.is_accusative(at) && !self.are_many(at)
        });
        if let Some(doer) = doer {
            self.tie(front, verb, Relation::Obj);
            self.tie(doer, verb, Relation::Nsubj);
        }
    }

    /// Whether a noun stands with an article that is of the accusative alone: `den Plan`, and not the dative `den Plänen`.
    fn is_accusative(&self, noun: usize) -> bool {
        let is_form = |article: usize| {
            let classes = self.classes.get("accusative-article").map_or(&[][..], |class| class.patterns());
            self.sentence.words.get(article).is_some_and(|word| {
                let form = word.form.to_lowercase();
                classes.iter().any(|pattern| pattern.fits(&form))
            })
        };
        let may_be_plural = self
            .sentence
            .words
            .get(noun)
            .is_some_and(|word| word.features.has("Number", "Plur") && word.form.ends_with('n'));
        self.below(noun, &[Relation::Det]).any(is_form) && !may_be_plural
    }

    /// Whether a noun is of several: by its number, or by the tagger where something stands with it that is not of one
    /// alone. Names that it does not know it takes for plurals (`Äthiopien`).
    fn are_many(&self, noun: usize) -> bool {
        let has = |at: usize, number: &str| {
            self.sentence.words.get(at).is_some_and(|word| word.features.has("Number", number))
        };
        let described = [Relation::Det, Relation::Amod, Relation::Nmod];
        self.has(noun, &[Relation::Nummod])
            || self.upos(noun) == Upos::Noun
                && has(noun, "Plur")
                && self.has(noun, &described)
                && !self.below(noun, &[Relation::Det]).any(|article| has(article, "Sing"))
    }

    fn are_too_many(&self, noun: usize, finite: usize) -> bool {
        let is_one =
            self.sentence.words.get(finite).is_some_and(|word| {
                word.features.has("Number", "Sing") && word.features.has("VerbForm", "Fin")
            });
        is_one && self.are_many(noun)
    }

    /// German `Kenia, das den Plan ablehnt`, `die Polizei, die zwei Norweger verhaftet hat`: beside a relative pronoun that is
    /// its subject, the noun before the verb of the clause is its object; of two objects the pronoun is the subject.
    pub(crate) fn mend_relative_roles(&mut self, verb: usize) {
        const CLAUSES: [Relation; 3] = [Relation::Acl, Relation::AclRelcl, Relation::Ccomp];
        let is_clause = self.ties.get(verb).is_some_and(|tie| CLAUSES.contains(&tie.relation));
        if !is_clause || self.has(verb, &PASSIVE) {
            return;
        }
        let subjects: Vec<usize> = self.below(verb, &[Relation::Nsubj]).collect();
        let objects: Vec<usize> = self.below(verb, &[Relation::Obj]).collect();
        let (pronoun, other) = match (subjects.as_slice(), objects.as_slice()) {
            ([pronoun, other], []) | ([], [pronoun, other]) => (*pronoun, *other),
            _ => return,
        };
        if !self.is_relative(pronoun) || pronoun > other || other > verb || !self.is_bare_noun(other) {
            return;
        }
        self.tie(pronoun, verb, Relation::Nsubj);
        self.tie(other, verb, Relation::Obj);
        self.mend_described_subject(verb, pronoun);
    }

    /// `Norwegen, das Sanktionen verhängt hat, wartet`: a clause with a relative pronoun right behind the subject of the
    /// sentence and a comma describes that subject, though taggers take it for what the verb behind it says.
    fn mend_described_subject(&mut self, clause: usize, pronoun: usize) {
        let Some(Tie { head: Some(main), relation: Relation::Ccomp }) = self.ties.get(clause).copied() else {
            return;
        };
        let noun = pronoun.checked_sub(2).filter(|_| clause < main);
        let is_subject = noun
            .and_then(|noun| self.ties.get(noun))
            .is_some_and(|tie| tie.head == Some(main) && tie.relation == Relation::Nsubj);
        if let Some(noun) = noun.filter(|_| is_subject && self.upos(pronoun - 1) == Upos::Punct) {
            self.tie(clause, noun, Relation::AclRelcl);
        }
    }

    fn is_relative(&self, at: usize) -> bool {
        matches!(self.upos(at), Upos::Pron | Upos::Det)
            && self
                .sentence
                .words
                .get(at)
                .is_some_and(|word| word.features.get("PronType").is_some_and(|kind| kind.contains("Rel")))
    }
}
