//! Parts two phrases that a comma stands between and that taggers take for a list, where lists end in `and`.

use chancery_core::{Relation, Upos};

use crate::mending::{Mender, Tie};

impl Mender<'_> {
    /// Turkish `Norveç, İzlanda ile görüştü` (Norway spoke with Iceland), `Togo, Malili askerlere eğitim verdi`: what
    /// opens a sentence before a comma is its subject, and what stands behind the comma no second part of it, unless
    /// `and` ends the list; nor is it a part of one name with it where it bears an ending.
    pub(crate) fn mend_parted_names(&mut self) {
        let is_comma = |at: usize| self.sentence.words.get(at).is_some_and(|word| word.form == ",");
        let Some(comma) = (1..self.ties.len()).find(|&at| is_comma(at)) else { return };
        let Some(second) = (comma + 1..self.ties.len()).find(|&at| self.is_parted(at, comma)) else { return };
        let Some(Tie { head: Some(first), .. }) = self.ties.get(second).copied() else { return };
        let Some(Tie { head: Some(above), relation }) = self.ties.get(first).copied() else { return };
        let Some(predicate) = self.predicate_over(above).filter(|&predicate| second < predicate) else {
            return;
        };
        if !matches!(relation, Relation::Nsubj | Relation::Obl | Relation::Nmod) {
            return;
        }
        if !self.has(predicate, &[Relation::Nsubj]) {
            self.tie(first, predicate, Relation::Nsubj);
        }
        let next = second + 1;
        let is_bare = self.is_bare_noun(second) && self.case(second) == Some("Nom");
        if is_bare && self.upos(next) == Upos::Noun && next < predicate && self.case(next) != Some("Nom") {
            self.tie(second, next, Relation::Nmod);
        } else if is_bare && self.is_of_class("possessed", second) || self.case(second) == Some("Acc") {
            self.tie(second, predicate, Relation::Obj);
        } else {
            self.tie(second, predicate, Relation::Obl);
        }
    }

    /// Turkish `Togolu aktivist hakkında`: a word that says where somebody is from stands before that one without a comma, and
    /// is nothing by itself.
    pub(crate) fn mend_demonym(&mut self, at: usize) {
        let next = at + 1;
        let Some(Tie { head: Some(head), relation }) = self.ties.get(at).copied() else { return };
        let is_capital =
            self.sentence.words.get(at).is_some_and(|word| word.form.starts_with(char::is_uppercase));
        let is_alone = matches!(relation, Relation::Nsubj | Relation::Conj | Relation::Obl | Relation::Nmod);
        let is_noun =
            self.upos(next) == Upos::Noun && self.ties.get(next).is_some_and(|tie| tie.head != Some(at));
        let is_demonym = is_capital && self.is_of_class("demonym", at);
        if is_alone
            && is_noun
            && is_demonym
            && head != next
            && !self.has(at, &[Relation::Case, Relation::Conj])
        {
            self.tie(at, next, Relation::Amod);
        }
    }

    /// Whether a noun right behind the first comma is taken for the second part of what opens the sentence, though no
    /// `and` follows.
    fn is_parted(&self, second: usize, comma: usize) -> bool {
        let Some(Tie { head: Some(first), relation }) = self.ties.get(second).copied() else { return false };
        let is_noun = |at: usize| matches!(self.upos(at), Upos::Noun | Upos::Propn);
        let bears_ending = || matches!(self.case(second), Some("Acc" | "Dat" | "Abl"));
        let is_part = match relation {
            Relation::Conj => true,
            Relation::Flat | Relation::Appos => bears_ending(),
            _ => false,
        };
        let opens = || (0..comma).all(|at| self.is_below(at, first));
        let follows = || (comma + 1..second).all(|at| self.is_below(at, second));
        let is_mark = |at: usize| self.ties.get(at).is_some_and(|tie| tie.relation == Relation::Case);
        let goes_on = || {
            let next = second + 1;
            self.upos(next) == Upos::Punct
                || self.upos(next) == Upos::Cconj && !is_mark(next)
                || self.below(first, &[Relation::Conj]).count() > 1
                || self.has(second, &[Relation::Conj, Relation::Cc])
        };
        is_part
            && first < comma
            && is_noun(first)
            && is_noun(second)
            && self.case(first).is_none_or(|case| case == "Nom")
            && opens()
            && follows()
            && !goes_on()
    }

    /// The verb, or the noun that a light verb makes a verb, over a word.
    fn predicate_over(&self, word: usize) -> Option<usize> {
        let is_predicate =
            |&at: &usize| self.upos(at) == Upos::Verb || self.has(at, &[Relation::Compound, Relation::Cop]);
        let above = |&at: &usize| self.ties.get(at).and_then(|tie| tie.head);
        std::iter::successors(Some(word), above).take(self.ties.len()).find(is_predicate)
    }
}
