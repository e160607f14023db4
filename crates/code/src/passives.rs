//! Puts right what is taken for an active clause though its auxiliary is the passive's, and the other way.

use chancery_core::{Relation, Upos, is_point};

use crate::mending::Mender;
use crate::words::WordClass;

impl Mender<'_> {
    /// German `wurde von der Ministerin empfangen`, `wird in Wien erwartet`: an auxiliary that makes nothing but passives
    /// makes one of what looks like an infinitive, and the subject of a participle with a passive's auxiliary is done to.
    pub(crate) fn mend_passive(&mut self, verb: usize) {
        if self.classes.get("passive-auxiliary").is_none() || self.has(verb, &[Relation::Obj]) {
            return;
        }
        let is_passive =
            |at: usize| self.keys.get(at).is_some_and(|keys| self.classes.holds("passive-auxiliary", keys));
        let is_participle =
            self.sentence.words.get(verb).is_some_and(|word| word.features.has("VerbForm", "Part"));
        // `die Grenze würde geöffnet`: what makes futures of infinitives makes passives of participles.
        let is_no_infinitive = is_participle
            && self
                .sentence
                .words
                .get(verb)
                .is_some_and(|word| word.upos == Upos::Adj || word.form.to_lowercase() != word.lemma)
            && self.below(verb, &[Relation::Aux]).count() == 1;
        let is_future =
            |at: usize| self.keys.get(at).is_some_and(|keys| self.classes.holds("future-auxiliary", keys));
        let misread = self
            .below(verb, &[Relation::Aux])
            .find(|&at| is_passive(at) || is_no_infinitive && is_future(at));
        if let Some(auxiliary) = misread {
            self.tie(auxiliary, verb, Relation::AuxPass);
            let is_by = |phrase: usize| {
                let mut marks = self.below(phrase, &[Relation::Case]);
                marks.any(|at| self.keys.get(at).is_some_and(|keys| self.classes.holds("by", keys)))
            };
            let doer = self.below(verb, &[Relation::Obl]).find(|&at| is_by(at));
            if let Some(doer) = doer.filter(|_| !self.has(verb, &[Relation::OblAgent])) {
                self.tie(doer, verb, Relation::OblAgent);
            }
        } else if !is_participle || !self.has(verb, &[Relation::AuxPass]) || self.has_perfect(verb) {
            return;
        }
        let mut subjects = self.below(verb, &[Relation::Nsubj]);
        let only = subjects.next().filter(|_| subjects.next().is_none());
        drop(subjects);
        if let Some(subject) = only.filter(|_| !self.has(verb, &[Relation::NsubjPass])) {
            self.tie(subject, verb, Relation::NsubjPass);
        }
    }

    /// Arabic `قُتل ستة جنود`, `اعتُقل ناشطان`: where a past verb is written with the vowel of the passive, whoever stands
    /// with it as its only party is done to.
    pub(crate) fn mend_passive_vowel(&mut self, verb: usize) {
        const PARTIES: [Relation; 2] = [Relation::Nsubj, Relation::Obj];
        let Some(form) = self.sentence.words.get(verb).map(|word| word.form.as_str()) else { return };
        if !self.has_passive_vowel(form) || self.has(verb, &[Relation::NsubjPass]) {
            return;
        }
        let first = self.below(verb, &PARTIES).find(|&at| verb < at && self.is_bare_noun(at));
        if let Some(first) = first {
            self.tie(first, verb, Relation::NsubjPass);
        }
    }

    /// Whether the first point of a form is the vowel of past passives, behind one of its first letters, and the form is
    /// none of the present, which begins with one of the class `present-letter`.
    fn has_passive_vowel(&self, form: &str) -> bool {
        const PASSIVE_VOWEL: char = '\u{64f}';
        const FURTHEST: usize = 3;
        let vowel = form.chars().enumerate().find(|(_, letter)| is_point(*letter));
        let letters = self.classes.get("present-letter").map_or(&[][..], WordClass::patterns);
        let first = form.chars().next().map(String::from).unwrap_or_default();
        let is_present = letters.iter().any(|letter| letter.fits(&first));
        !is_present && vowel.is_some_and(|(place, vowel)| place <= FURTHEST && vowel == PASSIVE_VOWEL)
    }

    /// German `wird Kenia Zelte verkaufen`: what has an object and the form of an infinitive is no passive.
    pub(crate) fn mend_future(&mut self, verb: usize) {
        let is_a =
            |at: usize, class: &str| self.keys.get(at).is_some_and(|keys| self.classes.holds(class, keys));
        let is_future = |at: usize| is_a(at, "future-auxiliary") && !is_a(at, "passive-auxiliary");
        let is_infinitive =
            self.sentence.words.get(verb).is_some_and(|word| word.form.to_lowercase() == word.lemma);
        let auxiliary = self.below(verb, &[Relation::Aux, Relation::AuxPass]).find(|&at| is_future(at));
        let Some(auxiliary) = auxiliary.filter(|_| is_infinitive && self.has(verb, &[Relation::Obj])) else {
            return;
        };
        self.tie(auxiliary, verb, Relation::Aux);
        let subjects: Vec<usize> = self.below(verb, &[Relation::NsubjPass]).collect();
        for subject in subjects {
            self.tie(subject, verb, Relation::Nsubj);
        }
    }

    /// Russian `Россией поставлены ракеты` (missiles were supplied by Russia): a bare name in the instrumental beside a
    /// passive says by whom, though taggers take it for a dative.
    pub(crate) fn mend_instrumental_agent(&mut self, verb: usize) {
        if self.classes.get("instrumental-form").is_none() || self.has(verb, &[Relation::OblAgent]) {
            return;
        }
        let has_voice = self.sentence.words.get(verb).is_some_and(|word| word.features.has("Voice", "Pass"));
        if !has_voice && !self.has(verb, &[Relation::AuxPass, Relation::NsubjPass]) {
            return;
        }
        let agent = self.below(verb, &[Relation::Iobj, Relation::Obl, Relation::Xcomp]).find(|&at| {
            self.upos(at) == Upos::Propn && self.is_bare_noun(at) && self.is_of_class("instrumental-form", at)
        });
        if let Some(agent) = agent {
            self.tie(agent, verb, Relation::OblAgent);
        }
    }

    fn has_perfect(&self, verb: usize) -> bool {
        self.below(verb, &[Relation::AuxPass])
            .any(|at| self.keys.get(at).is_some_and(|keys| self.classes.holds("perfect-auxiliary", keys)))
    }
}
