//! What somebody says that others have to do: `“Chad must withdraw its troops,” the minister said`, `“Leave our waters.”`

use chancery_core::{ActorKind, EventType, Mode, QuotationForm, Relation, Upos};

use crate::attribution::quotations_over;
use crate::events::SentenceCoder;
use crate::firing::Firing;
use crate::parties::{Parties, Party};

impl SentenceCoder<'_> {
    /// Adds what is demanded by word of mouth; what is to be done is then no act of its own.
    pub(crate) fn demand_of_others<'l>(&'l self, parties: &Parties<'_>, firings: &mut Vec<Firing<'l>>) {
        for at in 0..self.clause.sentence.words.len() {
            let known = firings.iter().position(|firing| firing.at == at);
            let done = known.and_then(|known| firings.get(known)).map(|firing| firing.frame.kind);
            if matches!(done, Some(EventType::Request | EventType::Threaten)) {
                continue;
            }
            let Some((source, recipient)) = self.demand_at(parties, at) else { continue };
            let modes = done.and_then(asked_for).into_iter().collect();
            let firing =
                Firing { frame: &self.language.demand, at, source, recipient, modes, moded_by: None };
            match known.and_then(|known| firings.get_mut(known)) {
                Some(known) => *known = firing,
                None => firings.push(firing),
            }
        }
        firings.sort_by_key(|firing| firing.at);
    }

    /// Who demands what a verb tells, and of whom: one side of politics of another.
    fn demand_at(&self, parties: &Parties<'_>, at: usize) -> Option<(Vec<Party>, Vec<Party>)> {
        if self.clause.upos(at) != Upos::Verb || self.clause.is_a(at, "befalling") {
            return None;
        }
        let is_imperative = self.is_imperative(at);
        if !is_imperative && !self.has_to(at) {
            return None;
        }
        // `doctors say that patients must rest`: people of no country and no arms are no sides of politics.
        let is_side = |party: &Party| {
            parties.actor(party).is_some_and(|actor| {
                Parties::is_political(actor)
                    && (actor.country.is_some() || actor.kind == ActorKind::ArmedGroup)
            })
        };
        let mut speakers =
            if is_imperative { parties.speaking(self.clause, at) } else { parties.speakers(self.clause, at) };
        speakers.retain(is_side);
        let mut asked = if is_imperative {
            parties.spoken_to(self.clause, at)
        } else {
            parties.at(self.clause, &self.clause.subject(at, 0))
        };
        let country = |party: &Party| parties.actor(party).and_then(|actor| actor.country);
        asked.retain(is_side);
        let is_own = |party: &Party| {
            speakers
                .iter()
                .any(|by| by.actor == party.actor || country(by).is_some() && country(by) == country(party))
        };
        let is_put_to_others = !speakers.is_empty() && !asked.is_empty() && !asked.iter().any(is_own);
        is_put_to_others.then_some((speakers, asked))
    }

    /// `must withdraw`, Russian `должна вывести`: whether an active verb stands under a word that says it has to be done, and
    /// not with a negation that makes it needless.
    fn has_to(&self, at: usize) -> bool {
        let clause = self.clause;
        let mut modals = clause.children_by(at, &[Relation::Aux]);
        let mut top = at;
        if matches!(clause.relation(at), Relation::Xcomp | Relation::Csubj | Relation::Ccomp)
            && let Some(head) = clause.head(at)
            && (clause.is_a(head, "must") || clause.is_a(head, "must-not"))
        {
            modals.push(head);
            top = head;
        }
        let stands_alone = matches!(
            clause.relation(top),
            Relation::Root | Relation::Ccomp | Relation::Conj | Relation::Parataxis | Relation::Dep
        );
        // `should have withdrawn` blames.
        let is_past = clause.children_by(at, &[Relation::Aux]).into_iter().any(|word| {
            clause.keys.get(word).is_some_and(|keys| self.language.modality.holds("perfect-infinitive", keys))
        });
        let is_negated = !clause.negations(at).is_empty() || !clause.negations(top).is_empty();
        let class = if is_negated { "must-not" } else { "must" };
        stands_alone
            && !is_past
            && !clause.is_passive(at)
            && modals.into_iter().any(|modal| clause.is_a(modal, class))
    }

    /// Whether a verb tells somebody in a quotation to do something.
    fn is_imperative(&self, at: usize) -> bool {
        let Some(word) = self.clause.word(at) else { return false };
        let is_quoted = || {
            let over = quotations_over(self.mentions, word.span);
            over.last().is_some_and(|quotation| quotation.form == QuotationForm::Direct)
        };
        word.features.has("Mood", "Imp")
            && !self.clause.is_a(at, "aside")
            && matches!(
                self.clause.relation(at),
                Relation::Root | Relation::Ccomp | Relation::Conj | Relation::Parataxis
            )
            && self.clause.children_by(at, &[Relation::Nsubj, Relation::NsubjPass]).is_empty()
            && is_quoted()
    }
}

/// What kind of request it is to ask for an act.
fn asked_for(kind: EventType) -> Option<Mode> {
    let mode = match kind {
        EventType::Aid | EventType::Support | EventType::Cooperate => "assist",
        EventType::Retreat | EventType::Concede => "yield",
        EventType::Consult => "meet",
        _ => return None,
    };
    Mode::new(EventType::Request, mode)
}
