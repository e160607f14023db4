//! To whom an act is put that names nobody: `rejected the accusations`, `recalled its ambassador in response`.

use std::collections::BTreeMap;

use chancery_core::{Actor, ActorKind, CountryCode, Event, EventType, Mentions, Span, Upos};

use crate::events::SentenceCoder;
use crate::firing::Firing;
use crate::frame::Slot;
use crate::parties::{GUESSED, Parties, Party};

/// How many sentences before it an act may stand that another one answers.
const REACH: usize = 3;
/// How far back a bare `it` or `the move` may point.
const NEAR: usize = 1;
/// How somebody comes to be whom an act is put to.
const HOW: &str = "did what this answers, told of before";

/// An act that may be answered.
struct Deed {
    kind: EventType,
    doers: Vec<Party>,
    /// The countries of those to whom it was done.
    sufferers: Vec<CountryCode>,
    /// How many sentences before.
    back: usize,
}

impl SentenceCoder<'_> {
    /// Puts an act that names nobody to whoever the text told of last as having done something to its doer: what is
    /// rejected is an accusation or a demand, and a threat or sanction answers what was done. `condemned the move` is of
    /// whoever made it.
    pub(crate) fn answer_the_other_side(&self, firings: &mut [Firing<'_>]) {
        for at in 0..firings.len() {
            let Some(firing) = firings.get(at).filter(|firing| firing.recipient.is_empty()) else { continue };
            let Some(country) = self.country_of(&firing.source) else {
                let recipient = self.condemned_by_all(firing, firings);
                if let Some(firing) = firings.get_mut(at) {
                    firing.recipient = recipient;
                }
                continue;
            };
            let kind = firing.frame.kind;
            let answered = match kind {
                EventType::Reject => self.rejected(firing, firings, country),
                EventType::Threaten | EventType::Sanction => {
                    let is_hostile = |deed: &Deed| matches!(deed.kind.quad(), 3 | 4);
                    self.deeds(firing, firings, country, REACH)
                        .find(|deed| deed.sufferers.contains(&country) && is_hostile(deed))
                }
                EventType::Accuse => self.condemned(firing, firings, country),
                _ => None,
            };
            let recipient = match answered {
                Some(deed) => deed.doers,
                None if kind == EventType::Accuse => self.both_of_two(firing, country),
                None => self.other_of_two(firing, country),
            };
            if let Some(firing) = firings.get_mut(at) {
                firing.recipient = recipient;
            }
        }
    }

    /// `Chad, Kenya and Togo condemned the raid`: of several states each may be asked whom it condemns.
    fn condemned_by_all(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> Vec<Party> {
        let homes: Vec<_> = firing.source.iter().filter_map(|party| self.home_of(party)).collect();
        if firing.frame.kind != EventType::Accuse || homes.len() < firing.source.len() {
            return Vec::new();
        }
        let Some(&one) = homes.first() else { return Vec::new() };
        let doers = self.condemned(firing, firings, one).map_or_else(Vec::new, |deed| deed.doers);
        let is_one_of_them = |doer: &Party| self.home_of(doer).is_some_and(|home| homes.contains(&home));
        if doers.iter().any(is_one_of_them) { Vec::new() } else { doers }
    }

    /// The other state of the two that a text is about, as a guess at whom one of them refuses, punishes or musters forces
    /// against, where the text has told of strife between the two, and at whom it agrees with, where it has told of
    /// dealings.
    fn other_of_two(&self, firing: &Firing<'_>, country: CountryCode) -> Vec<Party> {
        let is_put_to_the_other = matches!(
            firing.frame.kind,
            EventType::Reject | EventType::Mobilize | EventType::Sanction | EventType::Agree
        );
        let speaks_for_it = |party: &Party| {
            self.mentions.actors.get(party.actor).is_some_and(|actor| {
                matches!(actor.kind, ActorKind::State | ActorKind::Government)
                    || Parties::is_political(actor) && actor.kind == ActorKind::Person
            })
        };
        let Some(word) = self.clause.word(firing.at).filter(|_| is_put_to_the_other) else {
            return Vec::new();
        };
        let other = match self.dyad {
            Some((one, other)) if one == country => other,
            Some((other, one)) if one == country => other,
            _ => return Vec::new(),
        };
        let is_of_the_kind = |kind: EventType| (kind.quad() > 2) == (firing.frame.kind.quad() > 2);
        if !self.told.iter().any(|event| is_of_the_kind(event.kind) && is_between(event, country, other)) {
            return Vec::new();
        }
        let is_told = firing.source.iter().all(speaks_for_it);
        self.state_of(other, word.span).filter(|_| is_told).into_iter().collect()
    }

    /// `an alliance watched with worry by Oslo`: whom a third state complains of that finds fault with what two states have
    /// with each other, as a guess, where the text is about these two and has told of dealings between them.
    fn both_of_two(&self, firing: &Firing<'_>, country: CountryCode) -> Vec<Party> {
        let object = self.clause.fill(&Slot::Object, firing.at);
        let is_between_two =
            |&word: &usize| ["relation", "agreement"].iter().any(|class| self.clause.is_a(word, class));
        let Some(word) = self.clause.word(firing.at).filter(|_| object.iter().any(is_between_two)) else {
            return Vec::new();
        };
        let Some((one, other)) = self.dyad.filter(|&(one, other)| one != country && other != country) else {
            return Vec::new();
        };
        let is_dealing = |event: &Event| event.kind.quad() <= 2 && is_between(event, one, other);
        if !self.told.iter().any(is_dealing) {
            return Vec::new();
        }
        let both = [one, other].map(|state| self.state_of(state, word.span));
        both.into_iter().flatten().collect()
    }

    /// A state that the text names elsewhere, as a party that is guessed.
    fn state_of(&self, country: CountryCode, span: Span) -> Option<Party> {
        let is_it = |actor: &Actor| actor.kind == ActorKind::State && actor.country == Some(country);
        let actor = self.mentions.actors.iter().position(is_it)?;
        let how = format!("{GUESSED}: a state that the text is about");
        Some(Party { actor, span, derived: true, how })
    }

    /// `rejected the accusations`, `refused the demand`, `denied that …`: of whoever was told to have made them last.
    fn rejected(&self, firing: &Firing<'_>, firings: &[Firing<'_>], country: CountryCode) -> Option<Deed> {
        let object = self.clause.fill(&Slot::Object, firing.at);
        let is_a = |class: &str| object.iter().any(|&word| self.clause.is_a(word, class));
        let is_open = object.iter().all(|&word| self.clause.upos(word) == Upos::Pron);
        let is_answered = |kind: EventType| match kind {
            EventType::Accuse => is_a("accusation") || firing.frame.denial || is_open,
            EventType::Request => is_a("demand") || is_open && !firing.frame.denial,
            EventType::Threaten => is_a("threat"),
            _ => false,
        };
        // `the accusations` points back as far as there are any.
        let reach = if is_a("accusation") || is_a("demand") { usize::MAX } else { REACH };
        let mut deeds = self.deeds(firing, firings, country, reach);
        deeds.find(|deed| deed.sufferers.contains(&country) && is_answered(deed.kind))
    }

    /// `criticised it`, `called the move illegal`: what was told right before.
    fn condemned(&self, firing: &Firing<'_>, firings: &[Firing<'_>], country: CountryCode) -> Option<Deed> {
        let object = self.clause.fill(&Slot::Object, firing.at);
        let points_back = |&word: &usize| {
            let is_bare = self.clause.fill(&Slot::Possessor, word).is_empty();
            self.clause.upos(word) == Upos::Pron
                || is_bare && ["step", "law", "attack"].iter().any(|class| self.clause.is_a(word, class))
        };
        if object.is_empty() || !object.iter().all(points_back) {
            return None;
        }
        let is_hostile = |deed: &Deed| {
            deed.kind.quad() == 4 || matches!(deed.kind, EventType::Threaten | EventType::Reject)
        };
        let mut deeds: Vec<Deed> = self.deeds(firing, firings, country, NEAR).filter(is_hostile).collect();
        let done_to_it = deeds.iter().position(|deed| deed.sufferers.contains(&country));
        let doer = |deed: &Deed| self.country_of(&deed.doers);
        let is_one =
            deeds.first().map(doer).is_some_and(|first| deeds.iter().all(|deed| doer(deed) == first));
        let chosen = done_to_it.or_else(|| is_one.then_some(0))?;
        (chosen < deeds.len()).then(|| deeds.swap_remove(chosen))
    }

    /// What others than a country are told to have done before an act, the last first.
    fn deeds<'s>(
        &'s self,
        firing: &'s Firing<'_>,
        firings: &'s [Firing<'_>],
        country: CountryCode,
        reach: usize,
    ) -> impl Iterator<Item = Deed> + 's {
        let here = firings.iter().rev().filter(|other| other.at < firing.at).map(|other| Deed {
            kind: other.frame.kind,
            doers: other
                .source
                .iter()
                .map(|party| Party { derived: true, how: HOW.to_owned(), ..party.clone() })
                .collect(),
            sufferers: other.recipient.iter().filter_map(|party| self.home_of(party)).collect(),
            back: 0,
        });
        let told = self.told.iter().rev().map(|event| Deed {
            kind: event.kind,
            doers: self.again(firing, &event.source, HOW),
            sufferers: event.recipient.iter().filter_map(|party| party.country).collect(),
            back: self.sentence.saturating_sub(event.sentence),
        });
        here.chain(told).take_while(move |deed| deed.back <= reach).filter(move |deed| {
            let doers = &deed.doers;
            !doers.is_empty() && doers.iter().all(|party| self.home_of(party) != Some(country))
        })
    }

    /// The country of some parties, where it is one and the same.
    fn country_of(&self, parties: &[Party]) -> Option<CountryCode> {
        let first = parties.first().and_then(|party| self.home_of(party))?;
        parties.iter().all(|party| self.home_of(party) == Some(first)).then_some(first)
    }

    fn home_of(&self, party: &Party) -> Option<CountryCode> {
        self.mentions.actors.get(party.actor)?.country
    }
}

/// Whether both states are among those whom an event names.
fn is_between(event: &Event, one: CountryCode, other: CountryCode) -> bool {
    let is_in = |state| event.source.iter().chain(&event.recipient).any(|party| party.country == Some(state));
    is_in(one) && is_in(other)
}

/// How often at least a text speaks of the second of the two states that it is about.
const OFTEN: usize = 3;
/// How many times as often at least as of any third one, in halves.
const MORE: usize = 3;

/// The two states that a text is about: it speaks of them far more often than of any other.
pub(crate) fn find_dyad(mentions: &Mentions) -> Option<(CountryCode, CountryCode)> {
    let mut times: BTreeMap<CountryCode, usize> = BTreeMap::new();
    for actor in mentions.mentions.iter().flat_map(|mention| &mention.actors) {
        if let Some(country) = mentions.actors.get(*actor).and_then(|actor| actor.country) {
            *times.entry(country).or_default() += 1;
        }
    }
    let mut ranked: Vec<_> = times.into_iter().map(|(country, times)| (times, country)).collect();
    ranked.sort_by_key(|&(times, country)| (std::cmp::Reverse(times), country));
    let [(_, one), (second, other), rest @ ..] = ranked.as_slice() else { return None };
    let third = rest.first().map_or(0, |(times, _)| *times);
    (*second >= OFTEN && second * 2 >= third * MORE).then_some((*one, *other))
}
