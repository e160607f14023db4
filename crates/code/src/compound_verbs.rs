//! Puts right whose object a noun is where a verb is a noun and a light verb, and where verbal nouns stand before it, as in
//! Turkish.

use chancery_core::{NameKind, Relation, Upos};

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
                self.mend_object_of_undergoing(at);
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
        // `büyükelçi Nijer'den sınır dışı edildi` (the ambassador was expelled from Niger): a place is nobody's name.
        let is_place = |at: usize| {
            let word = self.sentence.words.get(at);
            word.is_some_and(|word| word.name.is_some_and(|name| name.kind == NameKind::Location))
        };
        let is_name = self.upos(title) == Upos::Propn;
        let name = self
            .below(title, &parts)
            .find(|&at| title < at && self.upos(at) == Upos::Propn && (is_name || !is_place(at)))?;
        self.below(name, &[Relation::Flat]).filter(|&at| self.upos(at) == Upos::Propn).max().or(Some(name))
    }

    /// `İsrail'i misillemeyle tehdit etti`: no noun and no adverb has an object; it is that of the verb above them. Nor is
    /// an accusative a part of the noun behind it: `Cumhurbaşkanı'nı ülkesine davet etti`.
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
        let part = self
            .below(noun, &[Relation::Nmod, Relation::Conj])
            .find(|&at| at < noun && self.is_bare_noun(at) && self.is_accusative_before(at, noun));
        if let Some(object) = object.or(part) {
            self.tie(object, verb, Relation::Obj);
        }
    }

    /// Whether a noun shows that it is an accusative, or has the form of one in the plural and stands before a noun that
    /// belongs to nobody: `aktivistleri gözaltında tutuyor`.
    fn is_accusative_before(&self, at: usize, noun: usize) -> bool {
        let shows = self.sentence.words.get(at).is_some_and(|word| word.form != word.lemma);
        match self.case(at) {
            Some("Acc") => shows && self.classes.get("possessor-subject").is_some(),
            Some("Nom") => {
                at + 1 == noun
                    && self.upos(at) == Upos::Noun
                    && self.is_of_class("plural-accusative", at)
                    && !self.is_of_class("possessed", noun)
            }
            _ => false,
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

    /// Turkish `Kosova, Sırp diplomatı sınır dışı etti` (Kosovo expelled a Serb diplomat): of two subjects of an active verb
    /// and what stands right before it, the second, which may as well be an accusative, is the object; so is the only
    /// one where a name before a comma opens the clause.
    pub(crate) fn mend_subjects_of_compound(&mut self, verb: usize) {
        let Some(noun) = verb.checked_sub(1).filter(|&noun| self.is_said_with(noun, verb)) else { return };
        let is_passive = self.sentence.words.get(verb).is_some_and(|word| word.features.has("Voice", "Pass"));
        let is_compound = self.light_verb(noun) == Some(verb);
        let predicate = if is_compound { noun } else { verb };
        let own = |relations: &[Relation]| {
            let mut found: Vec<usize> = self.below(noun, relations).collect();
            found.extend(self.below(verb, relations).filter(|&at| at != noun));
            found.retain(|&at| at < noun && self.is_bare_noun(at));
            found.sort_unstable();
            found
        };
        if is_passive || !own(&[Relation::Obj, Relation::NsubjPass, Relation::OblAgent]).is_empty() {
            return;
        }
        let is_comma = |at: usize| self.sentence.words.get(at).is_some_and(|word| word.form == ",");
        let opening = own(&[Relation::Nmod, Relation::Obl]).into_iter().find(|&at| {
            at == 0 && self.upos(at) == Upos::Propn && self.case(at) == Some("Nom") && is_comma(1)
        });
        let subjects = own(&[Relation::Nsubj]);
        let (subject, object) = match (subjects.as_slice(), opening) {
            (&[first, second], None) => (first, second),
            (&[only], Some(name)) => (name, only),
            _ => return,
        };
        // `Yunanistan, İsrail ve Kıbrıs'ın donanmaları`: what ends a list is no object.
        let is_list = (subject + 1..object).any(|at| self.upos(at) == Upos::Cconj);
        if is_list || self.case(object) == Some("Gen") {
            return;
        }
        self.tie(subject, predicate, Relation::Nsubj);
        self.tie(object, predicate, Relation::Obj);
    }

    /// Turkish `bakan hakkında soruşturma açıldı` (an investigation of the minister was opened): what is opened or given is
    /// the subject of a passive that has no other, unless the verb only makes a verb of it, as `edildi` does.
    pub(crate) fn mend_subject_of_passive(&mut self, verb: usize) {
        let Some(noun) = self.carried_noun(verb).filter(|&noun| noun + 1 == verb) else { return };
        let is_passive = self.sentence.words.get(verb).is_some_and(|word| word.features.has("Voice", "Pass"));
        let has_patient = self.has(noun, &[Relation::Nsubj]) || self.has(verb, &[Relation::Nsubj]);
        let is_subject = self.upos(noun) == Upos::Noun && self.case(noun) == Some("Nom") && !has_patient;
        if !is_passive || !is_subject || self.is_a(verb, "verb-maker") {
            return;
        }
        let Some(tie) = self.ties.get(noun).copied() else { return };
        if let Some(own) = self.ties.get_mut(verb) {
            *own = tie;
        }
        self.tie(noun, verb, Relation::Nsubj);
    }

    /// Whether a noun right before a verb is one with it: carried by it as a light verb, or said to complement it.
    fn is_said_with(&self, noun: usize, verb: usize) -> bool {
        let tie = self.ties.get(noun).filter(|tie| tie.head == Some(verb));
        let complements = tie
            .is_some_and(|tie| matches!(tie.relation, Relation::Obl | Relation::Xcomp | Relation::Compound));
        self.upos(noun) == Upos::Noun && (self.light_verb(noun) == Some(verb) || complements)
    }

    /// Turkish `Peru, diplomatı istenmeyen kişi ilan etti` (Peru declared the diplomat persona non grata): what is unwanted
    /// wants nobody; the object before such a participle is that of the verb, and the noun behind it what the object is
    /// declared to be.
    pub(crate) fn mend_object_of_undergoing(&mut self, participle: usize) {
        if !self.is_a(participle, "undergoing") {
            return;
        }
        let above = |at: usize| self.ties.get(at).and_then(|tie| tie.head);
        let Some(noun) = above(participle).filter(|&noun| participle < noun) else { return };
        let Some(predicate) = above(noun).filter(|&predicate| noun < predicate) else { return };
        let object = self.below(participle, &[Relation::Obj]).find(|&at| self.is_bare_noun(at));
        let Some(object) = object.filter(|_| !self.has(predicate, &[Relation::Obj])) else { return };
        self.tie(object, predicate, Relation::Obj);
        self.tie(noun, predicate, Relation::Xcomp);
    }

    /// Whether a verbal noun, or its light verb, has the form of what an object does: `etmekle`, `bırakmaya`.
    fn is_controlled_form(&self, at: usize) -> bool {
        self.is_a(at, "controlled-form")
            || self.light_verb(at).is_some_and(|light| self.is_a(light, "controlled-form"))
    }
}
