//! Who does what a verb without a subject tells, in languages that leave out the pronoun: `Pidió pruebas a Quito.`

use chancery_core::{ActorKind, EventType, Relation, ResolvedBy, Sense, Upos};

use crate::clause::DEEPEST_SHARING;
use crate::events::SentenceCoder;
use crate::firing::{Firing, fire};
use crate::parties::{Parties, Party};

impl SentenceCoder<'_> {
    /// Who does what a verb tells that has no subject, where the language lets it have none (`drops-subject` in
    /// `classes.txt`): whoever did something right before in the sentence, else whoever the sentence before spoke of
    /// first.
    fn dropped_subject(&self, parties: &Parties<'_>, at: usize, firings: &[Firing<'_>]) -> Vec<Party> {
        if !self.lacks_subject(at) {
            return Vec::new();
        }
        let is_one = |found: &[Party]| match found {
            [only] => self.agrees(at, only),
            _ => false,
        };
        let here = firings.iter().rev().filter(|other| other.at < at && !other.source.is_empty());
        let mut before = here.filter(|other| self.clause.upos(other.at) == Upos::Verb);
        if let Some(last) = before.next() {
            // Somebody else may have been named since, and be the one who goes on.
            return if is_one(&last.source) { last.source.clone() } else { Vec::new() };
        }
        let named_here = parties.mentions.in_sentence(self.sentence).iter().any(|mention| {
            mention.sense == Sense::Agent && mention.head < at && self.is_subject(mention.head)
        });
        if named_here {
            return Vec::new();
        }
        let told = self.spoken_of_first();
        if is_one(&told) { told } else { Vec::new() }
    }

    /// Fires the verbs without a subject, of what is said or of visits and talks, with whoever goes on.
    pub(crate) fn go_on_without_subject<'l>(&'l self, parties: &Parties<'_>, firings: &mut Vec<Firing<'l>>) {
        for at in 0..self.clause.sentence.words.len() {
            let known = firings.iter().position(|firing| firing.at == at);
            if known.is_some_and(|known| firings.get(known).is_some_and(|firing| !firing.source.is_empty())) {
                continue;
            }
            let mut doer = self.who_says_they_do(parties, at);
            let is_spoken = !doer.is_empty();
            if doer.is_empty() {
                doer = self.dropped_subject(parties, at, firings);
            }
            if doer.is_empty() {
                doer = self.capital_that_speaks(parties, at);
            }
            if doer.is_empty() {
                continue;
            }
            let fired = fire(self.language, self.clause, parties, at, &doer)
                .filter(|fired| !fired.source.is_empty() && (is_spoken || is_gone_on_with(fired.frame.kind)));
            let Some(fired) = fired else { continue };
            if let Some(firing) = known.and_then(|known| firings.get_mut(known)) {
                *firing = fired;
            } else {
                firings.push(fired);
                firings.sort_by_key(|firing| firing.at);
            }
        }
    }

    /// Spanish `Exigimos pruebas`: a verb in the first person without a subject is of whoever is quoted.
    fn who_says_they_do(&self, parties: &Parties<'_>, at: usize) -> Vec<Party> {
        let is_verb = self.clause.upos(at) == Upos::Verb;
        if !is_verb || !self.clause.subject(at, 0).is_empty() || self.clause.is_passive(at) {
            return Vec::new();
        }
        let above =
            |&verb: &usize| self.clause.head(verb).filter(|_| self.clause.relation(verb) == Relation::Xcomp);
        let mut chain = std::iter::successors(Some(at), above).take(DEEPEST_SHARING);
        let is_first = |verb: usize| {
            let auxiliaries = self.clause.children_by(verb, &[Relation::Aux]);
            std::iter::once(verb).chain(auxiliaries).any(|word| {
                self.clause.is_a(word, "first-person-verb")
                    || self.clause.word(word).is_some_and(|word| word.features.has("Person", "1"))
            })
        };
        if chain.any(is_first) { parties.speaking(self.clause, at) } else { Vec::new() }
    }

    /// Russian `В Киеве осудили заявление`: where nobody is said to do what a verb tells, the capital that `find` takes for
    /// whoever governs there does.
    fn capital_that_speaks(&self, parties: &Parties<'_>, at: usize) -> Vec<Party> {
        if !self.clause.subject(at, 0).is_empty() || self.clause.is_passive(at) {
            return Vec::new();
        }
        let is_state =
            |party: &Party| parties.actor(party).is_some_and(|actor| actor.kind == ActorKind::State);
        let speaks = |place: &usize| {
            let mentions = self.mentions.in_sentence(self.sentence).iter();
            *place < at
                && mentions.into_iter().any(|mention| {
                    mention.head == *place && mention.sense == Sense::Agent && mention.by == ResolvedBy::Alias
                })
        };
        // `Киеву пригрозили санкциями`: a dative is whom it is put to.
        let is_dative =
            |&place: &usize| self.clause.word(place).is_some_and(|word| word.features.has("Case", "Dat"));
        let phrases = self.clause.children_by(at, &[Relation::Obl]).into_iter();
        let place = phrases.filter(|place| !is_dative(place)).find(speaks);
        let found = place.map(|place| parties.at(self.clause, &[place])).unwrap_or_default();
        found.into_iter().filter(is_state).collect()
    }

    /// Whether a verb stands finite, active and in the third person, with nobody and nothing who could do it.
    fn lacks_subject(&self, at: usize) -> bool {
        let Some(word) = self.clause.word(at) else { return false };
        let features = &word.features;
        let is_finite = features.get("VerbForm").is_none_or(|form| form == "Fin");
        let is_third = features.get("Person").is_none_or(|person| person == "3");
        let is_own_clause = matches!(
            word.relation,
            Relation::Root | Relation::Parataxis | Relation::Conj | Relation::Ccomp | Relation::Advcl
        );
        self.clause.classes.get("drops-subject").is_some()
            && word.upos == Upos::Verb
            && is_finite
            && is_third
            && is_own_clause
            && !self.clause.is_passive(at)
            && !self.clause.is_impersonal(at)
            && self.clause.subject(at, 0).is_empty()
            && self
                .clause
                .children_by(at, &[Relation::Nsubj, Relation::NsubjPass, Relation::Csubj])
                .is_empty()
    }

    fn is_subject(&self, at: usize) -> bool {
        matches!(self.clause.relation(at), Relation::Nsubj | Relation::NsubjPass)
    }

    /// Whether a verb may have somebody for its subject by its number.
    fn agrees(&self, verb: usize, party: &Party) -> bool {
        let kind = self.mentions.actors.get(party.actor).map(|actor| actor.kind);
        let is_plural = self.clause.word(verb).is_some_and(|word| word.features.has("Number", "Plur"));
        match kind {
            Some(ActorKind::Person | ActorKind::State | ActorKind::Government) => !is_plural,
            Some(ActorKind::Place | ActorKind::Infrastructure | ActorKind::Weapon) | None => false,
            _ => true,
        }
    }

    /// Whom the sentence before names first as somebody who acts.
    fn spoken_of_first(&self) -> Vec<Party> {
        let Some(before) = self.sentence.checked_sub(1) else { return Vec::new() };
        let mentions = self.mentions.in_sentence(before);
        let first = mentions.iter().find(|mention| mention.sense == Sense::Agent);
        let Some(first) = first.filter(|mention| mention.by != ResolvedBy::Demonym) else {
            return Vec::new();
        };
        let party = |&actor: &usize| Party {
            actor,
            span: first.span,
            derived: true,
            how: "goes on without being named again".to_owned(),
        };
        first.actors.iter().map(party).collect()
    }
}

/// Whether an act is such as a text goes on to tell of its subject without naming it again: something said.
fn is_gone_on_with(kind: EventType) -> bool {
    kind.is_verbal() || kind == EventType::Consult
}
