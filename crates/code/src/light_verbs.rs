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
        // `attacks carried out by Israel`
        self.children_by(noun, &[Relation::Acl, Relation::AclRelcl])
            .into_iter()
            .find(|&verb| self.is_a(verb, "light"))
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
