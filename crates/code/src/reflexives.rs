//! Puts right what taggers take for passives beside a reflexive pronoun or an auxiliary that verbs of motion have too, and
//! partitive articles that they take for prepositions.

use chancery_core::{Relation, Upos};

use crate::attachment::ACTS;
use crate::mending::Mender;

impl Mender<'_> {
    /// French `s'est désengagée`, `sont convenus`: beside a reflexive pronoun, and with verbs that have no other perfect, the
    /// auxiliary of the passive makes a perfect. Things do nothing to themselves: `les liens se sont renforcés`.
    pub(crate) fn mend_reflexive_perfect(&mut self, verb: usize) {
        if self.classes.get("reflexive").is_none() || self.has(verb, &[Relation::OblAgent]) {
            return;
        }
        let auxiliaries: Vec<usize> = self.below(verb, &[Relation::Aux, Relation::AuxPass]).collect();
        let is_thing = self
            .below(verb, &[Relation::NsubjPass])
            .any(|subject| ACTS.iter().any(|class| self.is_a(subject, class)));
        let is_reflexive = self.has_reflexive(verb) && !is_thing;
        let is_own = self.is_a(verb, "own-perfect") && auxiliaries.len() == 1;
        if auxiliaries.is_empty() || !(is_reflexive || is_own) {
            return;
        }
        for auxiliary in auxiliaries {
            self.tie(auxiliary, verb, Relation::Aux);
        }
        let subjects: Vec<usize> = self.below(verb, &[Relation::NsubjPass]).collect();
        for subject in subjects {
            self.tie(subject, verb, Relation::Nsubj);
        }
    }

    fn has_reflexive(&self, verb: usize) -> bool {
        self.below(verb, &[Relation::Expl, Relation::Obj, Relation::Iobj])
            .any(|at| at < verb && self.is_a(at, "reflexive"))
    }

    /// French `a expulsé des Boliviens`, `diffuse de la désinformation`: right behind an active verb without an object, the
    /// partitive article opens one. Not so behind verbs that go with `de`: `parle des Boliviens`.
    pub(crate) fn mend_partitive(&mut self, verb: usize) {
        const OTHERS: [Relation; 7] = [
            Relation::Obj,
            Relation::AuxPass,
            Relation::NsubjPass,
            Relation::OblAgent,
            Relation::Expl,
            Relation::Ccomp,
            Relation::Xcomp,
        ];
        if self.classes.get("partitive").is_none()
            || self.is_a(verb, "of-object")
            || self.is_a(verb, "own-perfect")
            || self.has(verb, &OTHERS)
            || !self.has(verb, &[Relation::Nsubj])
        {
            return;
        }
        let is_partitive = |noun: usize, mark: usize| {
            let is_article = self.below(noun, &[Relation::Det]).any(|article| {
                article == mark + 1
                    && self.is_a(article, "mass-article")
                    && self.upos(noun) == Upos::Noun
                    && self.is_a(mark, "of")
            });
            let is_written = self
                .sentence
                .words
                .get(mark)
                .is_some_and(|word| self.is_form_of("partitive", &word.form.to_lowercase()));
            is_written || is_article
        };
        let object = self.below(verb, &[Relation::Obl]).find_map(|noun| {
            let mark = self.below(noun, &[Relation::Case]).min()?;
            let is_next = verb < mark && (verb + 1..mark).all(|at| self.upos(at) == Upos::Adv);
            (is_next && is_partitive(noun, mark)).then_some((noun, mark))
        });
        if let Some((noun, mark)) = object {
            self.tie(noun, verb, Relation::Obj);
            self.tie(mark, noun, Relation::Det);
        }
    }

    /// Whether a class lists a form as it is written; a lemma may be of other forms too.
    fn is_form_of(&self, class: &str, form: &str) -> bool {
        self.classes.get(class).is_some_and(|class| class.patterns().iter().any(|pattern| pattern.fits(form)))
    }

    /// Spanish `se mostró dispuesta a dialogar`, `considera responsable a Laos`: an adjective is no object, but said of the
    /// subject of a reflexive verb, or of the person behind it, who is.
    pub(crate) fn mend_said_of_object(&mut self, verb: usize) {
        if self.classes.get("personal-mark").is_none() {
            return;
        }
        let objects: Vec<usize> = self.below(verb, &[Relation::Obj]).filter(|&at| verb < at).collect();
        let is_plain = |at: usize| !self.has(at, &[Relation::Det, Relation::Case]);
        let is_person = |at: usize| {
            self.below(at, &[Relation::Case]).min().is_some_and(|mark| self.is_a(mark, "personal-mark"))
        };
        match objects.as_slice() {
            [adjective]
                if self.upos(*adjective) == Upos::Adj && is_plain(*adjective) && self.has_reflexive(verb) =>
            {
                self.tie(*adjective, verb, Relation::Xcomp);
            }
            [] => {
                let person = self
                    .below(verb, &[Relation::Xcomp])
                    .filter(|&said| {
                        verb < said && is_plain(said) && matches!(self.upos(said), Upos::Noun | Upos::Adj)
                    })
                    .find_map(|said| {
                        self.below(said, &[Relation::Nmod, Relation::Obl])
                            .find(|&at| said < at && self.upos(at) == Upos::Propn && is_person(at))
                    });
                if let Some(person) = person.filter(|_| self.is_a(verb, "calling")) {
                    self.tie(person, verb, Relation::Obj);
                }
            }
            _ => {}
        }
    }
}
