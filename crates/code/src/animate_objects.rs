//! Puts right who does what to whom where the form of a noun tells: who lives is no object in the form of the dictionary, and
//! no subject in that of the genitive.

use chancery_core::{Relation, Upos};

use crate::mending::Mender;

/// What a noun that counts others stands with.
const COUNTS: [Relation; 3] = [Relation::Nummod, Relation::Det, Relation::Conj];

impl Mender<'_> {
    /// Russian `Норвежца осудили`, `Короля встретил министр`, Ukrainian `Ірак окупував Кувейт`.
    pub(crate) fn mend_animate_object(&mut self, verb: usize) {
        let passive =
            [Relation::AuxPass, Relation::NsubjPass, Relation::OblAgent, Relation::Csubj, Relation::Cop];
        if self.classes.get("instrumental-form").is_none()
            || self.upos(verb) != Upos::Verb
            || !self.is(verb, "VerbForm", "Fin")
            || self.is(verb, "Voice", "Mid")
            || self.is(verb, "Voice", "Pass")
            || self.has(verb, &passive)
        {
            return;
        }
        let subjects: Vec<usize> =
            self.below(verb, &[Relation::Nsubj]).filter(|&at| self.is_bare_noun(at)).collect();
        let objects: Vec<usize> =
            self.below(verb, &[Relation::Obj]).filter(|&at| self.is_bare_noun(at)).collect();
        match (subjects.as_slice(), objects.as_slice()) {
            ([subject], []) => self.mend_lone_object(verb, *subject),
            ([subject], [object]) => self.mend_turned_round(verb, *subject, *object),
            ([], [first, _, ..]) => self.mend_first_of_two_objects(verb, *first),
            ([], _) => self.mend_name_before_verb(verb),
            _ => {}
        }
    }

    /// Russian `Норвежца осудили на восемь лет`: one alone in the form of an object is no subject of a plural verb.
    fn mend_lone_object(&mut self, verb: usize, subject: usize) {
        let is_plural = self.keys.get(verb).is_some_and(|keys| self.classes.holds("plural-verb", keys));
        if is_plural
            && self.is(verb, "Number", "Plur")
            && self.is(subject, "Number", "Sing")
            && self.has_form_of_object(subject)
        {
            self.tie(subject, verb, Relation::Obj);
        }
    }

    /// Russian `Короля в аэропорту встретил министр`; and where neither form tells, the first of two names does it: Ukrainian
    /// `Ірак окупував Кувейт`.
    fn mend_turned_round(&mut self, verb: usize, subject: usize, object: usize) {
        let gender = |at: usize| self.sentence.words.get(at).and_then(|word| word.features.get("Gender"));
        let agrees = gender(verb).is_none() || gender(verb) == gender(object);
        let is_told = self.has_form_of_object(subject) && !self.has_form_of_object(object) && agrees;
        let is_name = |at: usize| self.upos(at) == Upos::Propn && self.is_in_form_of_dictionary(at);
        let is_masculine = |at: usize| self.is(at, "Gender", "Masc");
        let is_untold = object < verb
            && verb < subject
            && is_name(subject)
            && is_name(object)
            && is_masculine(subject)
            && is_masculine(object);
        if is_told || is_untold {
            self.tie(subject, verb, Relation::Obj);
            self.tie(object, verb, Relation::Nsubj);
        }
    }

    /// Russian `Никарагуа освободила епископа`: of two objects of a singular verb without a subject, the name before it is that.
    fn mend_first_of_two_objects(&mut self, verb: usize, first: usize) {
        if first < verb
            && self.upos(first) == Upos::Propn
            && self.is(verb, "Number", "Sing")
            && !self.has_form_of_object(first)
        {
            self.tie(first, verb, Relation::Nsubj);
        }
    }

    /// Russian `В атаке Эфиопия обвинила Эритрею`: a feminine name in the form of the dictionary right before a feminine verb
    /// without a subject is no part of the phrase before it, which would have another form.
    fn mend_name_before_verb(&mut self, verb: usize) {
        let Some(name) = verb.checked_sub(1) else { return };
        let is_part = self.ties.get(name).is_some_and(|tie| {
            matches!(tie.relation, Relation::Nmod | Relation::Appos | Relation::Flat)
                && tie.head.is_some_and(|head| self.has(head, &[Relation::Case]))
        });
        if is_part
            && self.upos(name) == Upos::Propn
            && self.is_bare_noun(name)
            && self.case(name) == Some("Nom")
            && self.is_in_form_of_dictionary(name)
            && self.is_of_class("feminine-nominative", name)
            && self.is(verb, "Gender", "Fem")
            && !self.has(verb, &[Relation::Nsubj, Relation::NsubjPass])
        {
            self.tie(name, verb, Relation::Nsubj);
        }
    }

    /// A man in the genitive, which is his accusative: `короля`, `норвежца`; or several: `эфиопов`.
    fn has_form_of_object(&self, noun: usize) -> bool {
        if self.is_in_form_of_dictionary(noun) && self.case(noun) != Some("Acc") || self.has(noun, &COUNTS) {
            return false;
        }
        let is_plural = self.is(noun, "Number", "Plur");
        if is_plural {
            return self.is_of_class("animate-plural-object", noun) && !self.is_in_form_of_dictionary(noun);
        }
        self.is(noun, "Gender", "Masc")
            && self.is_of_class("animate-object", noun)
            && self.is(noun, "Animacy", "Anim")
    }

    fn is_in_form_of_dictionary(&self, noun: usize) -> bool {
        self.sentence
            .words
            .get(noun)
            .is_some_and(|word| word.form.to_lowercase() == word.lemma.to_lowercase())
    }
}
