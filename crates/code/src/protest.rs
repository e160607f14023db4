use chancery_core::{Actor, ActorKind, EventType, Participant, Relation, Sector};

use crate::events::SentenceCoder;
use crate::firing::Firing;
use crate::frame::Part;
use crate::parties::{Parties, Party};

impl SentenceCoder<'_> {
    /// `marched to demand reforms`, `stopped work to protest`: what a protest is about is no act of its own.
    pub(crate) fn is_aim_of_protest(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> bool {
        self.is_named_again(firing, firings)
            || matches!(firing.frame.kind, EventType::Request | EventType::Accuse | EventType::Protest)
                && firings.iter().any(|other| {
                    other.frame.kind == EventType::Protest
                        && other.at != firing.at
                        && self.is_aim(firing.at, other.at)
                        && (firing.frame.kind != EventType::Protest || !self.is_aim(other.at, firing.at))
                })
    }

    /// `marched through Lagos in protest at the ban`: a noun in a phrase of the verb of a protest names it again, where it names
    /// nobody.
    fn is_named_again(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> bool {
        let names_nobody = firing.source.is_empty() && firing.recipient.is_empty();
        firing.frame.kind == EventType::Protest
            && firing.frame.part == Part::Noun
            && names_nobody
            && self.clause.relation(firing.at) == Relation::Obl
            && firings.iter().any(|other| {
                other.frame.kind == EventType::Protest
                    && other.at != firing.at
                    && !other.source.is_empty()
                    && [Some(other.at), self.clause.light(other.at)].contains(&self.clause.head(firing.at))
            })
    }

    /// Whether a word stands in what a protest is for: below its predicate, or below the verb that carries it.
    fn is_aim(&self, at: usize, protest: usize) -> bool {
        let sentence = self.clause.sentence;
        let clause = self.clause.clause_head(at);
        let is_clause = matches!(
            self.clause.relation(clause),
            Relation::Advcl | Relation::Acl | Relation::Xcomp | Relation::Ccomp
        );
        is_clause
            && clause != self.clause.clause_head(protest)
            && (sentence.is_below(at, protest)
                || self.clause.light(protest).is_some_and(|verb| verb != at && sentence.is_below(at, verb)))
    }

    /// `marched to demand the resignation of the president`: whom the demand is put to is whom the protest is
    /// against.
    pub(crate) fn hand_over_aims(&self, parties: &Parties<'_>, firings: &mut [Firing<'_>]) {
        let found = firings.to_vec();
        for protest in &mut *firings {
            if protest.frame.kind != EventType::Protest || !protest.recipient.is_empty() {
                continue;
            }
            let addressed = found
                .iter()
                .filter(|aim| aim.at != protest.at && self.is_aim(aim.at, protest.at))
                .filter(|aim| {
                    matches!(aim.frame.kind, EventType::Request | EventType::Accuse | EventType::Protest)
                })
                .find_map(|aim| Some(aim.recipient.clone()).filter(|recipient| !recipient.is_empty()));
            let addressed = addressed.or_else(|| self.government_in_aim(parties, protest.at));
            protest.recipient = addressed.unwrap_or_default();
            let source = &protest.source;
            protest.recipient.retain(|party| !source.iter().any(|known| known.actor == party.actor));
        }
    }

    /// The state, government or official that the clause of a protest's aim names.
    fn government_in_aim(&self, parties: &Parties<'_>, protest: usize) -> Option<Vec<Party>> {
        let governs = |party: &Party| {
            parties.actor(party).is_some_and(|actor| {
                actor.country.is_some()
                    && (matches!(actor.kind, ActorKind::State | ActorKind::Government)
                        || actor.sector == Some(Sector::Government))
            })
        };
        let verb = self.clause.light(protest).unwrap_or(protest);
        let words = self.clause.sentence.subtree(verb);
        words.into_iter().filter(|&word| word > protest && self.is_aim(word, protest)).find_map(|word| {
            let found = parties.at(self.clause, &[word]);
            (!found.is_empty() && found.iter().all(governs)).then_some(found)
        })
    }
}

/// `thousands in Georgia marched`, `protests in French cities`: where a state is read off a word beside those who
/// protest, it is its people who do.
pub(crate) fn protesters(parties: &Parties<'_>, kind: EventType, party: &Party) -> Option<Participant> {
    let of_people = |state: &Actor| Participant {
        id: format!("{}:people", state.id),
        name: format!("People of {}", state.name),
        country: state.country,
        sector: Some(Sector::Civilian),
        span: Some(party.span),
    };
    let state = parties.actor(party).filter(|actor| actor.kind == ActorKind::State && party.derived);
    match state {
        Some(state) if kind == EventType::Protest => Some(of_people(state)),
        _ => parties.participant(party),
    }
}
