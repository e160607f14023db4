//! What is decided, promised or preferred not to be done: `decided not to supply weapons` refuses.

use chancery_core::{ActorKind, EventType, Relation};

use crate::events::SentenceCoder;
use crate::firing::{Firing, is_put_as};
use crate::frame::Part;

/// What one refuses by saying that one will not do it.
const HELP: [EventType; 4] = [EventType::Aid, EventType::Support, EventType::Cooperate, EventType::Consult];

impl SentenceCoder<'_> {
    /// `decided not to supply Chad with weapons`: whoever promises or decides not to do somebody a favour refuses it; not
    /// whoever promises not to help those who fight him (`pledged not to arm the rebels`).
    pub(crate) fn is_promise_not_to_help(&self, firing: &Firing<'_>) -> bool {
        let is_fighter = |actor: usize| {
            self.mentions.actors.get(actor).is_none_or(|actor| {
                matches!(actor.kind, ActorKind::ArmedGroup | ActorKind::Group | ActorKind::Population)
            })
        };
        firing.frame.kind == EventType::Agree
            && firing.frame.part == Part::Verb
            && !firing.frame.mutual
            && !firing.source.is_empty()
            && !firing.recipient.iter().any(|party| is_fighter(party.actor))
            && self.clause.negations(firing.at).is_empty()
            && self.clause.infinitives(firing.at).into_iter().any(|infinitive| {
                !self.clause.negations(infinitive).is_empty()
                    && (self.clause.is_a(infinitive, "help_act")
                        || HELP.iter().any(|&kind| is_put_as(self.language, self.clause, infinitive, kind)))
            })
    }

    /// `prefers not to supply weapons`: of what is wanted, intended or preferred not to be done.
    pub(crate) fn is_willed_not_to_be(&self, firing: &Firing<'_>) -> bool {
        self.clause.relation(firing.at) == Relation::Xcomp
            && !self.clause.negations(firing.at).is_empty()
            && self.clause.head(firing.at).is_some_and(|verb| {
                self.clause.negations(verb).is_empty()
                    && self
                        .clause
                        .keys
                        .get(verb)
                        .is_some_and(|keys| self.language.modality.holds("plan", keys))
            })
    }
}
