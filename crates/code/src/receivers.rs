//! Puts right who gives and who is given to, where German writes neither with an ending: the name in front of the verb,
//! the name between subject and object.

use chancery_core::{Relation, Upos};

use crate::mending::Mender;

impl Mender<'_> {
    /// German `Norwegen hat Kenia Zelte geliefert`: of two subjects before an object inside the bracket of auxiliary and
    /// verb, the second is to whom it is done.
    pub(crate) fn mend_bracketed_receiver(&mut self, verb: usize) {
        if self.has(verb, &[Relation::Iobj, Relation::AuxPass, Relation::NsubjPass]) {
            return;
        }
        let Some(auxiliary) = self.below(verb, &[Relation::Aux]).find(|&at| at < verb) else { return };
        let Some(object) = self.below(verb, &[Relation::Obj]).find(|&at| at < verb) else { return };
        let subjects: Vec<usize> =
            self.below(verb, &[Relation::Nsubj]).filter(|&at| self.is_bare_noun(at)).collect();
        if let [first, second] = subjects.as_slice()
            && auxiliary < *second
            && *second < object
            && (self.begins_name(*second) || self.has(*second, &[Relation::Det]))
            && (*first..*second).all(|at| self.upos(at) != Upos::Punct)
        {
            self.tie(*second, verb, Relation::Iobj);
        }
    }

    /// German `Norwegen sprach Kenia Mut zu`: a name that alone stands in front of the verb of an active clause is its
    /// subject, and what is taken for that behind the verb is to whom it is done, or its object where it has none.
    pub(crate) fn mend_name_in_front(&mut self, verb: usize) {
        let passive =
            [Relation::AuxPass, Relation::NsubjPass, Relation::Csubj, Relation::Expl, Relation::Cop];
        let Some(name) = (0..self.ties.len()).find(|&at| self.upos(at) != Upos::Punct) else { return };
        if self.has(verb, &passive) || !self.is_finite_clause(verb) {
            return;
        }
        let finite = self.below(verb, &[Relation::Aux]).min().map_or(verb, |aux| aux.min(verb));
        let hangs = self.ties.get(name).copied();
        let subjects: Vec<usize> = self.below(verb, &[Relation::Nsubj]).collect();
        let is_of_verb = hangs.is_some_and(|tie| {
            tie.head == Some(verb) && matches!(tie.relation, Relation::Obl | Relation::Advmod | Relation::Dep)
        });
        // `Gabun kehrte Kenia den Rücken`: nothing before the verb is part of a name behind it.
        let is_of_subject = hangs.is_some_and(|tie| {
            matches!(tie.relation, Relation::Compound | Relation::Nmod | Relation::Flat | Relation::Dep)
                && tie.head.is_some_and(|head| finite < head && subjects.contains(&head))
        });
        let last = (name..finite).filter(|&at| self.is_below(at, name)).max();
        if !(is_of_verb || is_of_subject)
            || !self.begins_name(name)
            || !self.is_bare_noun(name)
            || last.is_none_or(|last| last + 1 != finite)
        {
            return;
        }
        let objects: Vec<usize> = self.below(verb, &[Relation::Obj]).collect();
        match subjects.as_slice() {
            [] if !objects.is_empty() => self.tie(name, verb, Relation::Nsubj),
            [other] if finite < *other && self.is_bare_noun(*other) && !self.is_nominative(*other) => {
                // `Kenia erschütterten Proteste`: many, as the verb tells of many.
                let tells_of_many = self.has_number(finite, "Plur") && !self.has_number(name, "Plur");
                if tells_of_many && !self.has(name, &[Relation::Conj]) {
                    return;
                }
                match objects.as_slice() {
                    [] if self.upos(*other) == Upos::Propn => self.tie(*other, verb, Relation::Obj),
                    [object] if other < object && !self.has(verb, &[Relation::Iobj]) => {
                        self.tie(*other, verb, Relation::Iobj);
                    }
                    _ => return,
                }
                self.tie(name, verb, Relation::Nsubj);
            }
            _ => {}
        }
    }

    /// German `Norwegen gab Kenia Geld`, `gewährte dem Gegner Schutz`: of two objects a name, or what has an article in
    /// the dative, before a common noun is to whom it is done.
    pub(crate) fn mend_first_object(&mut self, verb: usize) {
        if self.has(verb, &[Relation::Iobj, Relation::AuxPass, Relation::NsubjPass]) {
            return;
        }
        let objects: Vec<usize> =
            self.below(verb, &[Relation::Obj]).filter(|&at| self.is_bare_noun(at)).collect();
        let [first, second] = objects.as_slice() else { return };
        let article = self.below(*first, &[Relation::Det]).find_map(|article| self.case(article));
        let is_receiver = if article.is_some() { article == Some("Dat") } else { self.begins_name(*first) };
        let is_parted = (*first..*second).any(|at| at == verb || self.upos(at) == Upos::Punct);
        // `hat Kenia scharf kritisiert`: what has no case is no noun.
        let is_thing = self.upos(*second) == Upos::Noun && self.case(*second).is_some();
        if is_receiver && !is_parted && is_thing {
            self.tie(*first, verb, Relation::Iobj);
        }
    }

    /// German `wird der Mongolei Zelte liefern`: an article in the singular is not that of a plural object, but of the
    /// name between them, to whom it is done.
    pub(crate) fn mend_foreign_article(&mut self, verb: usize) {
        if self.has(verb, &[Relation::Iobj]) {
            return;
        }
        let found = self.below(verb, &[Relation::Obj]).find_map(|object| {
            let article = self.below(object, &[Relation::Det]).min()?;
            let name = article + 1;
            let is_part = self.ties.get(name).is_some_and(|tie| {
                tie.head == Some(object)
                    && matches!(tie.relation, Relation::Compound | Relation::Nmod | Relation::Amod)
            });
            let differs = self.has_number(article, "Sing") && self.has_number(object, "Plur");
            (differs && is_part && name < object && self.begins_name(name) && self.is_bare_noun(object))
                .then_some((article, name))
        });
        if let Some((article, name)) = found {
            self.tie(article, name, Relation::Det);
            self.tie(name, verb, Relation::Iobj);
        }
    }

    fn begins_name(&self, at: usize) -> bool {
        self.upos(at) == Upos::Propn
            && self.sentence.words.get(at).is_some_and(|word| word.name.is_some_and(|name| name.begins))
    }

    /// Whether an article that is of the nominative alone (`der Minister`) stands with a noun.
    fn is_nominative(&self, noun: usize) -> bool {
        self.below(noun, &[Relation::Det]).any(|article| {
            self.sentence.words.get(article).is_some_and(|word| {
                word.features.has("Case", "Nom")
                    && word.features.has("Gender", "Masc")
                    && word.features.has("Number", "Sing")
            })
        })
    }

    fn has_number(&self, at: usize, number: &str) -> bool {
        self.sentence.words.get(at).is_some_and(|word| word.features.has("Number", number))
    }

    fn is_finite_clause(&self, verb: usize) -> bool {
        self.has(verb, &[Relation::Aux])
            || self.sentence.words.get(verb).is_some_and(|word| {
                word.features.has("VerbForm", "Fin") || word.features.get("Tense").is_some()
            })
    }
}
