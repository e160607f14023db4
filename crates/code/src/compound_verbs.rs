//! Puts right whose object a noun is where a verb is a noun and a light verb, and where verbal nouns stand before it, as in
//! Turkish.

use chancery_core::{Relation, Upos};

use crate::mending::{Mender, Tie};

impl Mender<'_> {
    /// Puts right the objects of a word in a language whose verbs stand last and have verbal nouns before them.
    pub(crate) fn mend_objects_before(&mut self, at: usize) {
        match self.upos(at) {
            Upos::Noun | Upos::Adv => {
                self.mend_case_of_name(at);
                self.mend_object_of_noun(at);
                self.mend_controlled_object(at);
            }
            Upos::Verb => {
                self.mend_noun_before_compound(at);
                self.mend_controlled_object(at);
            }
            _ => {}
        }
    }

    /// Persian `در دیدار با نخست‌وزیر از کابل خواست` (at a meeting with the prime minister asked Kabul): what such verbs ask
    /// somebody for is asked of whom the mark names, wherever before the verb the tagger hangs that one.
    pub(crate) fn mend_asked(&mut self, verb: usize) {
        if !self.is_a(verb, "asking") {
            return;
        }
        let is_marked = |at: usize| {
            self.upos(at) != Upos::Verb
                && self.below(at, &[Relation::Case]).any(|mark| mark < at && self.is_a(mark, "asked-mark"))
        };
        let own = [Relation::Obl, Relation::Obj, Relation::Iobj];
        if self.below(verb, &own).any(is_marked) {
            return;
        }
        let hangs_before = |at: usize| {
            let tie = self.ties.get(at).copied();
            tie.is_some_and(|tie| tie.relation == Relation::Nmod && tie.head.is_some_and(|head| head < at))
        };
        let asked = (0..verb)
            .rev()
            .take_while(|&at| self.upos(at) != Upos::Verb)
            .find(|&at| is_marked(at) && hangs_before(at) && self.is_below(at, verb));
        if let Some(asked) = asked {
            self.tie(asked, verb, Relation::Obl);
        }
    }

    /// The light verb that makes a verb of a noun: `ihlal etti`.
    fn light_verb(&self, noun: usize) -> Option<usize> {
        self.below(noun, &[Relation::Compound]).find(|&verb| self.upos(verb) == Upos::Verb)
    }

    /// `talebini geri çevirdi`: what stands before the noun of such a verb is no light verb of it, but its object.
    fn mend_noun_before_compound(&mut self, at: usize) {
        let Some(Tie { head: Some(noun), relation: Relation::Compound }) = self.ties.get(at).copied() else {
            return;
        };
        let is_nominal = self.case(at).is_some();
        if at < noun && is_nominal && self.light_verb(noun).is_some_and(|light| noun < light) {
            let relation = if self.has(noun, &[Relation::Obj]) { Relation::Obl } else { Relation::Obj };
            self.tie(at, noun, relation);
        }
    }

    /// `Bakan Ali Kaya'nın Atina ziyareti`, `Bakan Ali Kaya'yı kabul etti`: the case of a title with a name stands on the
    /// last word of the name.
    fn mend_case_of_name(&mut self, title: usize) {
        let Some(Tie { head: Some(verb), relation: Relation::Nsubj }) = self.ties.get(title).copied() else {
            return;
        };
        let Some(last) = self.last_of_name(title) else { return };
        let case = self.case(last).unwrap_or("Nom");
        match case {
            "Acc" if !self.has(verb, &[Relation::Obj]) => self.tie(title, verb, Relation::Obj),
            "Dat" | "Ins" | "Abl" | "Loc" => self.tie(title, verb, Relation::Obl),
            "Gen" => {
                let owned = (last + 1..verb).find(|&at| self.upos(at) == Upos::Noun && self.is_possessed(at));
                if let Some(owned) = owned {
                    self.tie(title, owned, Relation::Nmod);
                }
            }
            _ => {}
        }
    }

    /// The last word of the name behind a title that itself bears no ending of case.
    pub(crate) fn last_of_name(&self, title: usize) -> Option<usize> {
        if matches!(self.case(title), Some("Gen" | "Acc" | "Dat" | "Ins" | "Abl" | "Loc")) {
            return None;
        }
        let parts = [Relation::Appos, Relation::Flat];
        let name = self.below(title, &parts).find(|&at| title < at && self.upos(at) == Upos::Propn)?;
        self.below(name, &[Relation::Flat]).filter(|&at| self.upos(at) == Upos::Propn).max().or(Some(name))
    }

    /// `İsrail'i misillemeyle tehdit etti`: no noun and no adverb has an object; it is that of the verb above them.
    fn mend_object_of_noun(&mut self, noun: usize) {
        let is_verb = self.light_verb(noun).is_some()
            || self.sentence.words.get(noun).is_some_and(|word| word.features.get("VerbForm").is_some());
        let verb = self.ties.get(noun).and_then(|tie| tie.head).filter(|&verb| !is_verb && noun < verb);
        let Some(verb) = verb else { return };
        let takes_objects = self.upos(verb) == Upos::Verb || self.light_verb(verb).is_some();
        if !takes_objects || self.has(verb, &[Relation::Obj]) {
            return;
        }
        let object = self.below(noun, &[Relation::Obj]).find(|&at| at < noun && self.is_bare_noun(at));
        if let Some(object) = object {
            self.tie(object, verb, Relation::Obj);
        }
    }

    /// `Türkiye'yi hava sahasını ihlal etmekle suçladı`, `Rusya'yı silahları bırakmaya çağırdı`: of two objects of what
    /// somebody is accused of or asked to do, the first is whoever that is; so is the only one where it is a name.
    fn mend_controlled_object(&mut self, verb: usize) {
        if !self.is_a(verb, "controlling") || self.has(verb, &[Relation::Obj]) {
            return;
        }
        let clauses = [Relation::Ccomp, Relation::Xcomp, Relation::Advcl, Relation::Obl, Relation::Nmod];
        let is_controlled = |&at: &usize| at < verb && self.is_controlled_form(at);
        let Some(clause) = self.below(verb, &clauses).find(is_controlled) else { return };
        let light = self.light_verb(clause);
        let mut objects: Vec<usize> = self
            .below(clause, &[Relation::Obj])
            .chain(light.into_iter().flat_map(|light| self.below(light, &[Relation::Obj])))
            .filter(|&at| self.is_bare_noun(at))
            .collect();
        objects.sort_unstable();
        let is_name = |at: usize| self.upos(at) == Upos::Propn;
        let first = objects.first().copied().filter(|&first| objects.len() > 1 || is_name(first));
        if let Some(first) = first {
            self.tie(first, verb, Relation::Obj);
        }
    }

    /// Whether a verbal noun, or its light verb, has the form of what an object does: `etmekle`, `bırakmaya`.
    fn is_controlled_form(&self, at: usize) -> bool {
        self.is_a(at, "controlled-form")
            || self.light_verb(at).is_some_and(|light| self.is_a(light, "controlled-form"))
    }
}
