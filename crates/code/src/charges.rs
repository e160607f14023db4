use chancery_core::{EventType, Relation, Say, Stance};

use crate::events::SentenceCoder;
use crate::firing::{Firing, fire};
use crate::frame::Slot;
use crate::parties::{Parties, Party};

impl SentenceCoder<'_> {
    /// The accusation that an act is the content of: `accused Congo of the bombing`. What stands before the accused
    /// is no content: `after the raid, Kurti accused Belgrade`.
    pub(crate) fn charge_over<'f, 'l>(&self, at: usize, firings: &'f [Firing<'l>]) -> Option<&'f Firing<'l>> {
        let head = self.clause.head(at)?;
        let act = self.clause.word(at)?.span;
        firings.iter().find(|other| {
            other.at == head
                && other.frame.kind == EventType::Accuse
                && other.frame.modes.iter().any(|mode| mode.as_str() == "allege")
                && other.recipient.iter().any(|accused| accused.span < act)
        })
    }

    /// `rejected claims that it had sent arms`: whoever rejects the accusation denies what it is about.
    pub(crate) fn denial_over(&self, at: usize, firings: &[Firing<'_>]) -> Option<Say> {
        let denies = |other: &&Firing<'_>| {
            other.frame.denial
                && self.clause.fill(&Slot::Object, other.at).into_iter().any(|said| {
                    said != at
                        && self.clause.is_a(said, "accusation")
                        && self.clause.sentence.is_below(at, said)
                })
        };
        let denial = firings.iter().filter(|other| other.at != at).find(denies)?;
        let denier = denial.source.first()?;
        Some(Say {
            who: self.mentions.actors.get(denier.actor)?.name.clone(),
            stance: Stance::Denies,
            cue: self.clause.word(denial.at)?.form.clone(),
            span: Some(denier.span),
        })
    }

    /// The acts that somebody is accused of in words that do not say again who did them: `accused of a raid`.
    pub(crate) fn charges(&self, parties: &Parties<'_>, firings: &[Firing<'_>]) -> Vec<Firing<'_>> {
        firings
            .iter()
            .flat_map(|charge| self.clause.children(charge.at).iter().map(move |&at| (charge, at)))
            .filter(|(_, at)| !firings.iter().any(|known| known.at == *at))
            .filter_map(|(charge, at)| {
                self.charge_over(at, firings)?;
                fire(self.language, self.clause, parties, at, &charge.recipient)
            })
            .filter(|firing| firing.frame.kind.quad() % 2 == 0)
            .collect()
    }

    /// `accused Congo of the bombing of a camp`: who is accused is who did it, not who says so.
    pub(crate) fn charge_the_accused(&self, firings: &mut [Firing<'_>]) {
        let charged: Vec<_> = firings
            .iter()
            .map(|firing| {
                let charge = self.charge_over(firing.at, firings)?;
                let is_open = firing.source.is_empty()
                    || firing
                        .source
                        .iter()
                        .all(|party| charge.source.iter().any(|by| by.actor == party.actor));
                (is_open && firing.frame.kind.quad() % 2 == 0).then(|| charge.recipient.clone())
            })
            .collect();
        for (firing, accused) in firings.iter_mut().zip(charged) {
            let Some(accused) = accused else { continue };
            firing.recipient.retain(|party| !accused.iter().any(|doer| doer.actor == party.actor));
            firing.source = accused
                .into_iter()
                .map(|doer| Party { how: "is accused of it".to_owned(), ..doer })
                .collect();
        }
    }

    /// `drones supplied to Russia, used in attacks on Ukraine`: they are used by whom they were supplied to.
    pub(crate) fn arm_the_user(&self, parties: &Parties<'_>, firings: &mut [Firing<'_>]) {
        let deliveries: Vec<(usize, Vec<Party>)> = firings
            .iter()
            .filter(|firing| firing.frame.kind == EventType::Aid && !firing.recipient.is_empty())
            .map(|firing| (firing.at, firing.recipient.clone()))
            .collect();
        for firing in firings
            .iter_mut()
            .filter(|firing| firing.frame.kind == EventType::Assault && firing.source.is_empty())
        {
            let tells_of_weapon = self.tells_of(firing.at, "weapon");
            let user = deliveries.iter().find(|(delivery, recipient)| {
                tells_of_weapon
                    && self.clause.sentence.is_below(firing.at, *delivery)
                    && recipient
                        .iter()
                        .all(|party| !firing.recipient.iter().any(|target| target.actor == party.actor))
            });
            let Some((_, recipient)) = user else { continue };
            firing.source = recipient
                .iter()
                .filter(|party| parties.actor(party).is_some_and(Parties::is_political))
                .map(|party| Party {
                    derived: true,
                    how: "the weapons were supplied to them".to_owned(),
                    ..party.clone()
                })
                .collect();
        }
    }

    /// Whether a clause describes a noun of a class: `drones that are used …`.
    fn tells_of(&self, at: usize, class: &str) -> bool {
        let clause = self.clause.clause_head(at);
        matches!(self.clause.relation(clause), Relation::Acl | Relation::AclRelcl)
            && self.clause.head(clause).is_some_and(|noun| self.clause.is_a(noun, class))
    }
}
