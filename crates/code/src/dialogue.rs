//! Who `we` and `you` are in what somebody is quoted as saying.

use chancery_core::{ActorKind, Mention, Quotation, QuotationForm, Relation, Sense, Span, Upos};

use crate::attribution::quotations_over;
use crate::clause::Clause;
use crate::parties::{Parties, Party};

impl Parties<'_> {
    /// The words that a word is spoken in: those in quote marks before those that are only reported, for `he said they
    /// had attacked us` is told with the words of whoever tells it.
    fn spoken_in(&self, span: Span) -> Option<&Quotation> {
        let over = quotations_over(self.mentions, span);
        let is_marked = |quotation: &&&Quotation| quotation.form != QuotationForm::Indirect;
        over.iter().rev().find(is_marked).or_else(|| over.last()).copied()
    }

    /// Whoever is quoted where a word stands, if they speak as part of politics.
    pub(crate) fn speaking(&self, clause: &Clause<'_>, at: usize) -> Vec<Party> {
        let Some(word) = clause.word(at) else { return Vec::new() };
        let Some(quotation) = self.spoken_in(word.span) else { return Vec::new() };
        let actors = quotation.speaker_actors.iter().filter_map(|&actor| {
            let is_political = self.mentions.actors.get(actor).is_some_and(Parties::is_political);
            is_political.then_some(actor)
        });
        let party = |actor| Party {
            actor,
            span: quotation.speaker.unwrap_or(word.span),
            derived: false,
            how: "says it".to_owned(),
        };
        actors.map(party).collect()
    }

    /// Whom a word of the first or second person stands for: `we` and `our` for who is quoted, `you` for who is spoken to.
    pub(crate) fn in_dialogue(&self, clause: &Clause<'_>, at: usize) -> Vec<Party> {
        if !matches!(clause.upos(at), Upos::Pron | Upos::Det | Upos::Adj | Upos::X) {
            Vec::new()
        } else if clause.is_a(at, "first-person") {
            let is_whose = matches!(clause.relation(at), Relation::Det | Relation::Nmod | Relation::Amod);
            let speakers = self.speaking(clause, at);
            if is_whose { self.states_of(speakers) } else { speakers }
        } else if clause.is_a(at, "second-person") {
            self.spoken_to(clause, at)
        } else {
            Vec::new()
        }
    }

    /// `our ships`: what those have who speak for a state is that state's.
    fn states_of(&self, speakers: Vec<Party>) -> Vec<Party> {
        let state_of = |party: &Party| {
            let country = self.actor(party)?.country?;
            self.mentions
                .actors
                .iter()
                .position(|actor| actor.kind == ActorKind::State && actor.country == Some(country))
        };
        let mut owners: Vec<Party> = Vec::new();
        for mut party in speakers {
            party.actor = state_of(&party).unwrap_or(party.actor);
            if !owners.iter().any(|known| known.actor == party.actor) {
                owners.push(party);
            }
        }
        owners
    }

    /// Whoever is spoken to where a word stands: who is told to be, else the only other side that the sentence with the
    /// quotation, and the one before, name.
    pub(crate) fn spoken_to(&self, clause: &Clause<'_>, at: usize) -> Vec<Party> {
        let Some(word) = clause.word(at) else { return Vec::new() };
        let Some(quotation) = self.spoken_in(word.span) else { return Vec::new() };
        let speakers = self.speaking(clause, at);
        let Some(own) = speakers.first() else { return Vec::new() };
        let is_other = |actor: usize| {
            let side = self.mentions.actors.get(actor);
            side.is_some_and(|side| {
                let is_at_one = side.country.is_some()
                    && side.country == self.actor(own).and_then(|speaker| speaker.country);
                Parties::is_political(side) && !is_at_one && actor != own.actor
            })
        };
        let party =
            |actor: usize, how: &str| Party { actor, span: word.span, derived: true, how: how.to_owned() };
        if let Some(addressee) = quotation.addressee {
            let told = self.mentions.in_sentence(quotation.sentence).iter();
            let told = told.filter(|mention| mention.span.overlaps(addressee)).flat_map(|m| &m.actors);
            let found: Vec<_> =
                told.filter(|&&actor| is_other(actor)).map(|&actor| party(actor, "is spoken to")).collect();
            if !found.is_empty() {
                return found;
            }
        }
        let around = quotation.sentence.saturating_sub(1)..=quotation.sentence;
        let is_side =
            |mention: &&Mention| mention.sense == Sense::Agent && !quotation.content.contains(mention.span);
        let mut others: Vec<usize> = around
            .flat_map(|sentence| self.mentions.in_sentence(sentence))
            .filter(is_side)
            .flat_map(|mention| mention.actors.iter().copied())
            .filter(|&actor| is_other(actor))
            .collect();
        others.sort_unstable();
        others.dedup();
        let home = |actor: usize| self.mentions.actors.get(actor).and_then(|actor| actor.country);
        let first = others.first().copied();
        let is_one = first.is_some_and(|first| {
            others.iter().all(|&other| other == first || home(first).is_some() && home(other) == home(first))
        });
        let found = first.filter(|_| is_one).map(|actor| party(actor, "the only other side spoken of there"));
        self.states_of(found.into_iter().collect())
    }
}
