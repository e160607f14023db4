//! Puts right who does it where objects stand behind their verb and nothing but the place of a name and the kind of a
//! noun tells.

use chancery_core::{Relation, Upos};

use crate::mending::Mender;

impl Mender<'_> {
    /// Swedish `norskt artilleri besköt Gambia`: armed forces of a kind in front of the verb, and a name behind it, are
    /// subject and object, and not the other way.
    pub(crate) fn mend_force_in_front(&mut self, verb: usize) {
        let passive = [Relation::AuxPass, Relation::NsubjPass, Relation::OblAgent, Relation::Iobj];
        let objects: Vec<usize> = self.below(verb, &[Relation::Obj]).collect();
        let subjects: Vec<usize> = self.below(verb, &[Relation::Nsubj]).collect();
        let ([force], [name]) = (objects.as_slice(), subjects.as_slice()) else { return };
        let is_force = self.keys.get(*force).is_some_and(|keys| self.classes.holds("force", keys))
            && self.has(*force, &[Relation::Amod])
            && self.sentence.words.get(*force).is_some_and(|word| word.features.has("Definite", "Ind"));
        let opens = (0..*force).all(|at| self.is_below(at, *force) || self.upos(at) == Upos::Punct);
        if is_force
            && opens
            && *force + 1 == verb
            && *name == verb + 1
            && self.upos(*name) == Upos::Propn
            && self.is_bare_noun(*force)
            && self.is_bare_noun(*name)
            && !self.has(verb, &passive)
        {
            self.tie(*force, verb, Relation::Nsubj);
            self.tie(*name, verb, Relation::Obj);
        }
    }

    /// Swedish `gästades Nairobi av ministern`: by whom something is done is said of the verb in the passive, not of the
    /// name that stands between them.
    pub(crate) fn mend_agent(&mut self, verb: usize) {
        if self.has(verb, &[Relation::OblAgent]) {
            return;
        }
        let agent = self
            .below(verb, &[Relation::NsubjPass])
            .filter(|&name| verb < name && self.upos(name) == Upos::Propn)
            .flat_map(|name| self.below(name, &[Relation::Nmod]).filter(move |&at| name < at))
            .find(|&at| {
                let mut marks = self.below(at, &[Relation::Case]);
                marks.any(|mark| self.keys.get(mark).is_some_and(|keys| self.classes.holds("by", keys)))
            });
        if let Some(agent) = agent {
            self.tie(agent, verb, Relation::OblAgent);
        }
    }

    /// Swedish `är villigt att medla`: beside a subject of its own, an infinitive behind an adjective is no subject.
    pub(crate) fn mend_subject_clause(&mut self, adjective: usize) {
        if !self.has(adjective, &[Relation::Nsubj]) || !self.has(adjective, &[Relation::Cop]) {
            return;
        }
        let infinitive = self.below(adjective, &[Relation::Csubj]).find(|&at| {
            adjective < at
                && self.has(at, &[Relation::Mark])
                && self.sentence.words.get(at).is_some_and(|word| word.features.has("VerbForm", "Inf"))
        });
        let is_expletive = self.below(adjective, &[Relation::Nsubj]).any(|at| self.upos(at) == Upos::Pron);
        if let Some(infinitive) = infinitive.filter(|_| !is_expletive) {
            self.tie(infinitive, adjective, Relation::Xcomp);
        }
    }
}
