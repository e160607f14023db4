//! Acts that a sentence only mentions: an agreement that somebody oversees, what one has a right to do, the deal after
//! which something else was done, the harm an attack did.

use chancery_core::{Event, EventType, Participant, Relation, Status};

use crate::events::SentenceCoder;
use crate::firing::Firing;
use crate::frame::Part;

impl SentenceCoder<'_> {
    pub(crate) fn is_only_mentioned(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> bool {
        self.is_overseen(firing)
            || self.is_entitled_to(firing)
            || self.is_known_agreement(firing)
            || self.is_laid_before(firing, firings)
            || self.is_state_after_attack(firing)
    }

    /// `sent officers to monitor the ceasefire between Chad and Mali`: whoever sees to it that an agreement is kept does
    /// not conclude it, nor do the sides then.
    fn is_overseen(&self, firing: &Firing<'_>) -> bool {
        let is_pact = matches!(firing.frame.kind, EventType::Agree | EventType::Concede | EventType::Retreat);
        let is_below = matches!(
            self.clause.relation(firing.at),
            Relation::Obj | Relation::NsubjPass | Relation::Nmod | Relation::Compound
        );
        firing.frame.part == Part::Noun
            && is_pact
            && is_below
            && self.clause.head(firing.at).is_some_and(|head| self.clause.is_a(head, "overseeing"))
    }

    /// `defended the right of Togo to strike rebels`: what one may do has not been done.
    fn is_entitled_to(&self, firing: &Firing<'_>) -> bool {
        let clause = self.clause.clause_head(firing.at);
        matches!(firing.frame.kind.quad(), 2 | 4)
            && self.clause.relation(clause) == Relation::Acl
            && !self.clause.children_by(clause, &[Relation::Mark]).is_empty()
            && self.clause.head(clause).is_some_and(|noun| self.clause.is_a(noun, "entitlement"))
    }

    /// `following the peace deal, Togo freed …`: the deal that something is told to have come after is known, and told of
    /// only where more is said of it.
    fn is_known_agreement(&self, firing: &Firing<'_>) -> bool {
        let noun = firing.at;
        let is_definite = |at: usize| {
            self.clause.is_a(at, "definite")
                || self.clause.word(at).is_some_and(|word| word.features.has("Definite", "Def"))
        };
        let articles = self.clause.children_by(noun, &[Relation::Det]);
        let before = articles.iter().min().and_then(|article| article.checked_sub(1));
        firing.frame.kind == EventType::Agree
            && firing.frame.part == Part::Noun
            && self.clause.relation(noun) == Relation::Obl
            && articles.into_iter().any(is_definite)
            && self.clause.children_by(noun, &[Relation::Acl, Relation::AclRelcl]).is_empty()
            && before.is_some_and(|mark| self.clause.is_a(mark, "time-mark"))
    }

    /// `was killed by a mine laid by rebels`: what was made ready for an attack that is told of is a part of it.
    fn is_laid_before(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> bool {
        let weapon = self.clause.head(firing.at).filter(|_| self.clause.relation(firing.at) == Relation::Acl);
        firing.frame.kind == EventType::Mobilize
            && weapon.is_some_and(|weapon| {
                firings.iter().any(|other| {
                    other.frame.kind == EventType::Assault
                        && (other.at == weapon || self.clause.head(weapon) == Some(other.at))
                })
            })
    }

    /// `will pull out its troops unless Chad pays`: what somebody announces that he will yield or leave unless another does
    /// something is a threat.
    pub(crate) fn is_put_unless(&self, firing: &Firing<'_>, is_planned: bool) -> bool {
        let opens = |at: usize| {
            self.clause.keys.get(at).is_some_and(|keys| self.language.modality.holds("unless", keys))
        };
        let is_unless =
            |condition: usize| self.clause.children_by(condition, &[Relation::Mark]).into_iter().any(opens);
        firing.frame.part == Part::Verb
            && (is_planned || firing.frame.status == Some(Status::Planned))
            && self.clause.conditions_below(firing.at).into_iter().any(is_unless)
    }

    /// `the camp was shelled by Togo, killing ten people`: the harm that an attack did to people of no country is no second
    /// attack.
    pub(crate) fn is_harm_done(&self, firing: &Firing<'_>, known: &Event, event: &Event) -> bool {
        let is_by_known = |party: &Participant| known.source.iter().any(|doer| doer.id == party.id);
        event.kind == EventType::Assault
            && known.kind == event.kind
            && self.clause.is_a(firing.at, "harming")
            && self.clause.relation(firing.at) == Relation::Advcl
            && self
                .clause
                .head(firing.at)
                .and_then(|verb| self.clause.word(verb))
                .is_some_and(|word| word.span == known.predicate)
            && !known.recipient.is_empty()
            && event.recipient.len() <= known.recipient.len()
            && event.recipient.iter().all(|party| party.country.is_none())
            && event.source.iter().all(is_by_known)
    }

    /// `evacuated people from the besieged town`: a participle between an article and its noun tells a state of things, where
    /// nobody is named for it.
    fn is_state_after_attack(&self, firing: &Firing<'_>) -> bool {
        let is_between = |noun: usize| {
            self.clause.children_by(noun, &[Relation::Det]).into_iter().any(|article| article < firing.at)
        };
        firing.frame.kind == EventType::Assault
            && firing.frame.part == Part::Verb
            && firing.source.is_empty()
            && self.clause.relation(firing.at) == Relation::Amod
            && self.clause.head(firing.at).is_some_and(is_between)
    }
}
