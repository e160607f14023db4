use chancery_core::{Relation, Upos};

use crate::clause::{Clause, DEEPEST_SHARING};

impl Clause<'_> {
    /// The light verb that governs a noun: `launched` over `attack`.
    pub(crate) fn light(&self, noun: usize) -> Option<usize> {
        let mut at = noun;
        for _ in 0..DEEPEST_SHARING {
            match self.relation(at) {
                Relation::Conj => at = self.head(at)?,
                Relation::Obj
                | Relation::Obl
                | Relation::NsubjPass
                | Relation::Xcomp
                | Relation::Nsubj
                | Relation::CompoundPrt
                | Relation::Compound
                | Relation::Iobj => {
                    let verb = self.head(at)?;
                    // Persian `این حمله را محکوم کرد`: the verb is light for `محکوم` (condemned), not for the attack, also
                    // where `condemned` is said to complement it.
                    let is_taken = self
                        .children_by(verb, &[Relation::Compound, Relation::Xcomp])
                        .iter()
                        .any(|&other| other != at && self.upos(other) != Upos::Verb);
                    // `imposed a curfew after a demonstration`: what is carried is the curfew.
                    let carries_other = self.relation(at) == Relation::Obl
                        && self.mark_of(at).is_some()
                        && self.children_by(verb, &[Relation::Obj]).iter().any(|&object| object != at);
                    let carries = !carries_other && (!is_taken || self.relation(at) == Relation::Compound);
                    if self.is_a(verb, "light") && carries {
                        return Some(verb);
                    }
                    break;
                }
                Relation::Acl | Relation::AclRelcl => return None,
                _ => break,
            }
        }
        // Turkish `soruşturma yürütüyor`: where the light verb hangs under the noun that it makes a verb.
        if self.classes.get("possessor-subject").is_some() {
            let carries = |&verb: &usize| self.upos(verb) == Upos::Verb && self.is_a(verb, "light");
            let carrying = self.children_by(noun, &[Relation::Compound]).into_iter().find(carries);
            if carrying.is_some() {
                return carrying;
            }
        }
        // `attacks carried out by Israel`
        self.children_by(noun, &[Relation::Acl, Relation::AclRelcl])
            .into_iter()
            .find(|&verb| self.is_a(verb, "light"))
    }

    /// Who does what a noun tells: the subject of its light verb, or whoever stands with the noun above that says it was
    /// announced or begun: French `l'annonce par Oslo de sanctions contre le Tchad` (`light-noun`).
    pub(crate) fn light_subject(&self, noun: usize) -> Vec<usize> {
        if let Some(verb) = self.light(noun) {
            let from = self.those_it_comes_from(noun, verb);
            return if from.is_empty() { self.subject(verb, 0) } else { from };
        }
        let is_of = self.mark_of(noun).is_some_and(|mark| self.is_a(mark, "of"));
        let above = self.head(noun).filter(|_| is_of && self.relation(noun) == Relation::Nmod);
        let Some(above) = above.filter(|&above| self.is_a(above, "light-noun")) else { return Vec::new() };
        let phrases = self.children_by(above, &[Relation::Nmod, Relation::Obl, Relation::OblAgent]);
        let by: Vec<usize> = phrases
            .into_iter()
            .filter(|&phrase| self.mark_of(phrase).is_some_and(|mark| self.is_a(mark, "by")))
            .collect();
        if !by.is_empty() {
            return by;
        }
        let own = self.possessor(above);
        if own.is_empty() { self.children_by(above, &[Relation::Amod]) } else { own }
    }

    /// Turkish `Norveç'ten Belarus'a tepki geldi` (from Norway came a reaction to Belarus): from whom comes what a noun
    /// tells, with a verb of the class `coming`.
    fn those_it_comes_from(&self, noun: usize, verb: usize) -> Vec<usize> {
        if !self.is_a(verb, "coming") || !matches!(self.relation(noun), Relation::Nsubj | Relation::Root) {
            return Vec::new();
        }
        let mut found = self.children_by(verb, &[Relation::Obl, Relation::Nmod]);
        let below: Vec<usize> =
            found.iter().flat_map(|&phrase| self.children_by(phrase, &[Relation::Nmod])).collect();
        found.extend(below);
        found.retain(|&at| {
            at < noun
                && self.mark_of(at).is_none()
                && self.word(at).is_some_and(|word| word.features.has("Case", "Abl"))
        });
        found
    }

    /// To whom comes what a noun tells.
    pub(crate) fn those_it_comes_to(&self, noun: usize) -> Vec<usize> {
        let Some(verb) = self.light(noun).filter(|&verb| !self.those_it_comes_from(noun, verb).is_empty())
        else {
            return Vec::new();
        };
        let mut found = self.children_by(verb, &[Relation::Obl, Relation::Nmod, Relation::Iobj]);
        found.retain(|&at| self.is_dative(at) && self.mark_of(at).is_none());
        found
    }

    pub(crate) fn light_object(&self, noun: usize) -> Vec<usize> {
        let Some(verb) = self.light(noun) else { return Vec::new() };
        let mut found = self.children_by(verb, &[Relation::Iobj, Relation::Obj]);
        found.extend(self.obliques(verb));
        found.retain(|&child| child != noun);
        found
    }

    /// Whether a verb hangs under a noun or adjective as the light one of a compound.
    pub(crate) fn has_light_verb(&self, at: usize) -> bool {
        self.children_by(at, &[Relation::Compound]).iter().any(|&verb| self.upos(verb) == Upos::Verb)
    }
}
