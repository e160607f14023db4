//! Who arrests where nobody is said to: `was arrested in Oslo`.

use chancery_core::{ActorKind, EventType, Sense};

use crate::events::SentenceCoder;
use crate::firing::Firing;
use crate::parties::{GUESSED, Parties, Party};

impl SentenceCoder<'_> {
    /// Takes the state in which somebody is arrested for who arrests, as a guess, where the text says where and not by
    /// whom.
    pub(crate) fn guess_who_arrests(&self, parties: &Parties<'_>, firings: &mut [Firing<'_>]) {
        for firing in firings {
            let is_arrest = firing.frame.kind == EventType::Coerce
                && firing.modes.iter().any(|mode| mode.as_str() == "arrest");
            if is_arrest && firing.source.is_empty() && !firing.recipient.is_empty() {
                firing.source = self.state_at(parties, firing).into_iter().collect();
            }
        }
    }

    /// The state in which what a predicate tells took place; `a priest from Oslo` says nothing of it.
    fn state_at(&self, parties: &Parties<'_>, firing: &Firing<'_>) -> Option<Party> {
        let own_clause = self.clause.clause_head(firing.at);
        let sentence = self.clause.sentence;
        let is_of_the_arrested = |head: usize| {
            firing.recipient.iter().any(|party| {
                sentence.span.contains(party.span)
                    && sentence.is_below(head, sentence.head_of(sentence.words_in(party.span)))
            })
        };
        let start = self.mentions.places.partition_point(|place| place.sentence < self.sentence);
        let places = self.mentions.places.iter().skip(start);
        let mut heads = places
            .take_while(|place| place.sentence == self.sentence)
            .filter(|place| place.sense == Sense::Place && place.country.is_some())
            .map(|place| sentence.head_of(sentence.words_in(place.span)))
            .filter(|&head| self.clause.clause_head(head) == own_clause && !is_of_the_arrested(head));
        let head = heads.next()?;
        let named = parties.at(self.clause, &[head]);
        let found = if named.is_empty() { parties.towns_at(self.clause, &[head]) } else { named };
        let is_state = |party: &Party| {
            parties.actor(party).is_some_and(|actor| {
                matches!(actor.kind, ActorKind::State | ActorKind::Place) && actor.country.is_some()
            })
        };
        let place = found.into_iter().find(is_state)?;
        Some(Party { derived: true, how: format!("{GUESSED}: the state where it took place"), ..place })
    }
}
