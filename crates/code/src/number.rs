//! Puts right who does what to whom where the number of a verb tells: a plural verb has no singular subject.

use chancery_core::{Relation, Upos};

use crate::mending::Mender;

impl Mender<'_> {
    /// Russian `В МИД обвинили Китай`, `Хуситы атаковали Израиль`: what is taken for the subject of a plural verb and is one
    /// alone is its object, and a plural noun that is taken for the object its subject.
    pub(crate) fn mend_number(&mut self, verb: usize) {
        let passive =
            [Relation::AuxPass, Relation::NsubjPass, Relation::OblAgent, Relation::Csubj, Relation::Cop];
        // Taggers take `обучила` for a plural: the ending must be one, too.
        let is_plural = self.keys.get(verb).is_some_and(|keys| self.classes.holds("plural-verb", keys));
        if !is_plural
            || !self.is(verb, "Number", "Plur")
            || self.is(verb, "Voice", "Mid")
            || self.has(verb, &passive)
        {
            return;
        }
        let subjects: Vec<usize> = self.below(verb, &[Relation::Nsubj]).collect();
        let objects: Vec<usize> =
            self.below(verb, &[Relation::Obj]).filter(|&at| self.is_bare_noun(at)).collect();
        let plural = objects.iter().copied().find(|&at| self.is(at, "Number", "Plur"));
        match subjects.as_slice() {
            [subject] if self.is_one_alone(*subject) && (plural.is_some() || verb < *subject) => {
                self.tie(*subject, verb, Relation::Obj);
                if let Some(doer) = plural {
                    self.tie(doer, verb, Relation::Nsubj);
                }
            }
            // Of two objects without a subject the first, before the verb, is that.
            [] => {
                if let [first, _, ..] = objects.as_slice()
                    && *first < verb
                    && self.is(*first, "Number", "Plur")
                {
                    self.tie(*first, verb, Relation::Nsubj);
                }
            }
            _ => {}
        }
    }

    /// Russian `Анна Берг поблагодарила страны`: a singular verb has no plural subject behind it, but that which stands before.
    pub(crate) fn mend_singular(&mut self, verb: usize) {
        let is_singular = self.keys.get(verb).is_some_and(|keys| self.classes.holds("singular-verb", keys));
        if !is_singular
            || !self.is(verb, "Number", "Sing")
            || self.has(verb, &[Relation::AuxPass, Relation::Cop])
        {
            return;
        }
        let subjects: Vec<usize> = self.below(verb, &[Relation::Nsubj]).collect();
        let [subject] = subjects.as_slice() else { return };
        let gender = |at: usize| self.sentence.words.get(at).and_then(|word| word.features.get("Gender"));
        let before = self.below(verb, &[Relation::Obj, Relation::Iobj, Relation::Obl]).find(|&at| {
            at < verb
                && self.is_bare_noun(at)
                && self.is(at, "Number", "Sing")
                && (gender(verb).is_none() || gender(verb) == gender(at))
        });
        if let Some(before) = before.filter(|_| verb < *subject && self.is(*subject, "Number", "Plur")) {
            self.tie(before, verb, Relation::Nsubj);
            self.tie(*subject, verb, Relation::Obj);
        }
    }

    /// Russian `Каир посетила делегация` (a delegation visited Cairo): a feminine noun in the form of the dictionary is no
    /// object, but who does it; what stands before the verb and was taken for that is the object.
    pub(crate) fn mend_feminine_object(&mut self, verb: usize) {
        if self.classes.get("feminine-nominative").is_none()
            || self.has(verb, &[Relation::AuxPass, Relation::NsubjPass, Relation::Cop])
        {
            return;
        }
        let subjects: Vec<usize> = self.below(verb, &[Relation::Nsubj]).collect();
        let objects: Vec<usize> = self.below(verb, &[Relation::Obj]).collect();
        let ([subject], [object]) = (subjects.as_slice(), objects.as_slice()) else { return };
        // Not `поліція затримала водія`, where the tagger takes the object for feminine as well.
        let is_nominative = |at: usize| {
            self.is_of_class("feminine-nominative", at)
                && self.sentence.words.get(at).is_some_and(|noun| {
                    noun.upos == Upos::Noun
                        && noun.features.has("Gender", "Fem")
                        && noun.form.to_lowercase() == noun.lemma.to_lowercase()
                })
        };
        let has_feminine_verb = self.is(verb, "Gender", "Fem") && self.is(verb, "Number", "Sing");
        if is_nominative(*object)
            && !self.is_of_class("feminine-nominative", *subject)
            && has_feminine_verb
            && *subject < verb
            && verb < *object
            && self.is_bare_noun(*subject)
            && self.is_bare_noun(*object)
        {
            let (subject, object) = (*subject, *object);
            self.tie(object, verb, Relation::Nsubj);
            self.tie(subject, verb, Relation::Obj);
        }
    }

    /// Whether a noun is one, with nobody beside it: not `большинство депутатов`, `ряд стран`, nor a name in capitals, which
    /// may be of many (`ОАЭ`).
    fn is_one_alone(&self, noun: usize) -> bool {
        let counts = [Relation::Conj, Relation::Nummod];
        let is_short =
            self.sentence.words.get(noun).is_some_and(|word| {
                word.form.chars().count() <= 5 && word.form.chars().all(char::is_uppercase)
            });
        let is_many = self.upos(noun) != Upos::Propn
            && self.below(noun, &[Relation::Nmod]).any(|of| self.is(of, "Number", "Plur"));
        self.is_bare_noun(noun)
            && self.is(noun, "Number", "Sing")
            && !self.has(noun, &counts)
            && !is_short
            && !is_many
    }

    /// Whether a word has a feature as the tagger has it.
    pub(crate) fn is(&self, at: usize, feature: &str, value: &str) -> bool {
        self.sentence.words.get(at).is_some_and(|word| word.features.has(feature, value))
    }
}
