use chancery_core::{Relation, Upos};

use crate::mending::Mender;

/// What a relative pronoun may be of its verb.
const PLACES: [Relation; 4] = [Relation::Nsubj, Relation::NsubjPass, Relation::Obj, Relation::Mark];

impl Mender<'_> {
    /// Spanish `fue recibido`: a participle behind an auxiliary that makes nothing but passives (`passive-auxiliary`)
    /// is passive, whatever the tagger calls the auxiliary.
    pub(crate) fn mend_passive_auxiliary(&mut self, verb: usize) {
        if !self.is_participle(verb) || self.has(verb, &[Relation::AuxPass]) {
            return;
        }
        let auxiliary = self
            .below(verb, &[Relation::Aux, Relation::Cop])
            .find(|&at| at < verb && self.is_a(at, "passive-auxiliary"));
        if let Some(auxiliary) = auxiliary {
            self.tie(auxiliary, verb, Relation::AuxPass);
        }
    }

    /// `a firm, punished by Oslo in 2018, …`: what `by` marks below a participle that describes a noun is who did it, no
    /// object of its own.
    pub(crate) fn mend_agent_of_participle(&mut self, verb: usize) {
        let describes = self
            .ties
            .get(verb)
            .is_some_and(|tie| matches!(tie.relation, Relation::Acl | Relation::Amod | Relation::Advcl));
        if !describes || !self.is_participle(verb) || self.has(verb, &[Relation::Aux]) {
            return;
        }
        let agent = self
            .below(verb, &[Relation::Obj])
            .find(|&at| self.below(at, &[Relation::Case]).any(|mark| self.is_a(mark, "by")));
        if let Some(agent) = agent {
            self.tie(agent, verb, Relation::OblAgent);
        }
    }

    /// Spanish `Ecuador, que expulsó a la embajadora`: a clause whose pronoun stands for the noun before it is a relative
    /// one, and where it has an object of its own and no other subject, the pronoun is its subject.
    pub(crate) fn mend_relative_clause(&mut self, verb: usize) {
        let Some(noun) =
            self.ties.get(verb).filter(|tie| tie.relation == Relation::Acl).and_then(|tie| tie.head)
        else {
            return;
        };
        let pronoun = self.below(verb, &PLACES).find(|&at| {
            noun < at && at < verb && self.feature(at, "PronType").is_some_and(|kind| kind.contains("Rel"))
        });
        // What a resolution asks for whoever passed it asks for.
        let pronoun = pronoun.filter(|_| !self.is_a(noun, "law"));
        let Some(pronoun) = pronoun.filter(|_| !self.is_participle(verb) || self.has(verb, &[Relation::Aux]))
        else {
            return;
        };
        if let Some(tie) = self.ties.get_mut(verb) {
            tie.relation = Relation::AclRelcl;
        }
        let is_mark = self.ties.get(pronoun).is_some_and(|tie| tie.relation == Relation::Mark);
        let has_subject = self.has(verb, &[Relation::Nsubj, Relation::NsubjPass, Relation::Csubj]);
        if is_mark && !has_subject && self.has(verb, &[Relation::Obj]) {
            self.tie(pronoun, verb, Relation::Nsubj);
        }
    }

    fn is_participle(&self, at: usize) -> bool {
        self.feature(at, "VerbForm") == Some("Part") && self.upos(at) != Upos::Aux
    }

    fn feature(&self, at: usize, name: &str) -> Option<&str> {
        self.sentence.words.get(at)?.features.get(name)
    }

    pub(crate) fn is_a(&self, at: usize, class: &str) -> bool {
        self.keys.get(at).is_some_and(|keys| self.classes.holds(class, keys))
    }
}
