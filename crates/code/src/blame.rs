use chancery_core::{ActorKind, EventType, Mention, Participant, Relation, ResolvedBy, Sense};

use crate::clause::Clause;
use crate::events::SentenceCoder;
use crate::firing::Firing;
use crate::frame::{Part, Slot};
use crate::parties::{Parties, Party};

impl Clause<'_> {
    /// Whose an attack is held to be that is the subject of a verb or stands in a phrase of it: Spanish `murieron en un
    /// ataque atribuido a los rebeldes` (`attributed`).
    pub(crate) fn whose_attack(&self, verb: usize) -> Vec<usize> {
        let nouns =
            self.children_by(verb, &[Relation::Nsubj, Relation::Obj, Relation::Obl, Relation::OblAgent]);
        // `killed by a mine that rebels laid`: whoever laid it attacks with it.
        let tells_whose = |noun: usize| {
            if self.is_a(noun, "trap") {
                "laid"
            } else if self.is_a(noun, "attack") && self.relation(noun) != Relation::Obj {
                "attributed"
            } else {
                ""
            }
        };
        let participles = nouns.into_iter().flat_map(|noun| {
            let described = self.children_by(noun, &[Relation::Amod, Relation::Acl, Relation::AclRelcl]);
            described.into_iter().filter(move |&participle| self.is_a(participle, tells_whose(noun)))
        });
        let is_marked = |word: &usize| {
            self.mark_of(*word).is_some_and(|mark| self.is_a(mark, "blamed-mark") || self.is_a(mark, "by"))
        };
        let phrases = participles.flat_map(|participle| {
            self.children(participle).iter().copied().filter(is_marked).take(1).collect::<Vec<_>>()
        });
        phrases.collect()
    }
}

impl SentenceCoder<'_> {
    /// `condemned the attacks on Iran`: blamed is who attacked, not who was attacked. Where the sentence does
    /// not say who that was, whoever the text has told of before; else nobody is named.
    pub(crate) fn blame_the_doer(&self, parties: &Parties<'_>, firings: &mut [Firing<'_>]) {
        let acts: Vec<_> = firings.iter().filter(|firing| firing.frame.kind.quad() == 4).cloned().collect();
        for firing in firings.iter_mut().filter(|firing| firing.frame.kind == EventType::Accuse) {
            let blamed = self.clause.fill(&Slot::Object, firing.at);
            let Some(&word) = blamed.iter().find(|&&word| self.clause.is_a(word, "attack")) else { continue };
            // `blamed the attack on Oslo`, German `warf Norwegen Angriffe vor`: it is said who is blamed.
            let marked = firing
                .frame
                .recipient
                .iter()
                .filter(|slot| matches!(slot, Slot::Marked(_) | Slot::IndirectObject));
            let blamed: Vec<usize> = marked.flat_map(|slot| self.clause.fill(slot, firing.at)).collect();
            let is_blamed = |party: &Party| {
                let sentence = self.clause.sentence;
                let noun = sentence.head_of(sentence.words_in(party.span));
                blamed.contains(&noun) && self.clause.head(noun) == Some(firing.at)
            };
            if firing.recipient.iter().any(is_blamed) {
                continue;
            }
            let act = acts.iter().find(|act| act.at == word);
            firing.recipient = match act {
                Some(act) if !act.source.is_empty() => act.source.clone(),
                Some(act) if !act.recipient.is_empty() => self.doer_told(firing, &act.recipient),
                _ => {
                    let named = self.doer_beside(parties, word);
                    // Of an act with particulars of its own nothing was told before.
                    let is_bare = self.clause.children_by(word, &[Relation::Nmod]).is_empty();
                    if named.is_empty() && is_bare { self.doer_told(firing, &[]) } else { named }
                }
            };
        }
    }

    /// `criticised the recognition of Kosovo by Norway`: criticised, refused or praised is who did it, not whom it was
    /// done to.
    pub(crate) fn judge_the_doer(&self, firings: &mut [Firing<'_>]) {
        let acts: Vec<_> = firings
            .iter()
            .filter(|act| act.frame.part == Part::Noun && !act.frame.mutual && !act.source.is_empty())
            .cloned()
            .collect();
        for firing in firings.iter_mut() {
            let judges =
                matches!(firing.frame.kind, EventType::Accuse | EventType::Reject | EventType::Support)
                    && firing.frame.part == Part::Verb
                    && !firing.frame.denial;
            if !judges {
                continue;
            }
            let judged = self.clause.fill(&Slot::Object, firing.at);
            let among =
                |party: &Party, others: &[Party]| others.iter().any(|other| other.actor == party.actor);
            let act = acts.iter().find(|act| {
                judged.contains(&act.at)
                    && firing
                        .recipient
                        .iter()
                        .all(|party| among(party, &act.recipient) || among(party, &act.source))
                    && !act.source.iter().any(|doer| self.is_at_one(doer, &firing.source))
            });
            if let Some(act) = act {
                firing.recipient.clone_from(&act.source);
            }
        }
    }

    /// `said the army had killed its commander`: nobody kills a commander of their own, so that it is one of whoever says
    /// so. A people may well be struck by its own state.
    pub(crate) fn strike_the_speaker(&self, parties: &Parties<'_>, firings: &mut [Firing<'_>]) {
        let owners = || {
            let is_owner = |mention: &&Mention| {
                mention.by == ResolvedBy::Coreference && mention.sense == Sense::Modifier
            };
            self.mentions.in_sentence(self.sentence).iter().filter(is_owner)
        };
        for firing in firings.iter_mut().filter(|firing| firing.frame.kind == EventType::Assault) {
            let is_own = |party: &Party| {
                let is_theirs = owners().any(|owner| {
                    let owned = self.clause.head(owner.head).and_then(|noun| self.clause.word(noun));
                    owned.is_some_and(|noun| party.span.overlaps(noun.span)) || owner.span == party.span
                });
                let kind = parties.actor(party).map(|actor| actor.kind);
                is_theirs && kind != Some(ActorKind::Population) && self.is_at_one(party, &firing.source)
            };
            if firing.recipient.is_empty() || !firing.recipient.iter().all(is_own) {
                continue;
            }
            let speakers = parties.speakers(self.clause, firing.at);
            if !speakers.is_empty() && !speakers.iter().any(|speaker| self.is_at_one(speaker, &firing.source))
            {
                firing.recipient = speakers;
            }
        }
    }

    /// Whether a party is among others, or of the country of one of them.
    fn is_at_one(&self, party: &Party, others: &[Party]) -> bool {
        let country = |party: &Party| self.mentions.actors.get(party.actor).and_then(|actor| actor.country);
        others.iter().any(|other| {
            other.actor == party.actor || country(party).is_some() && country(party) == country(other)
        })
    }

    /// The state or armed group that stands first with the noun of an act, as whose it is: `Israel's attacks`.
    fn doer_beside(&self, parties: &Parties<'_>, act: usize) -> Vec<Party> {
        let acts = |party: &Party| {
            parties.actor(party).is_some_and(|actor| {
                matches!(actor.kind, ActorKind::State | ActorKind::Government | ActorKind::ArmedGroup)
            })
        };
        let modifiers = self.clause.children_by(act, &[Relation::Nmod, Relation::Amod, Relation::Compound]);
        // A particle behind the name (`中国的行动`) is no preposition.
        let is_plain = |word: usize| self.clause.mark_of(word).is_none_or(|mark| mark > word);
        let first = modifiers.into_iter().filter(|&word| is_plain(word)).find_map(|word| {
            let found = parties.at(self.clause, &[word]);
            (!found.is_empty()).then_some(found)
        });
        first.filter(|found| found.iter().all(acts)).unwrap_or_default()
    }

    /// Who did the violence that the text told of last, if it was done to these victims; not who blames for it.
    fn doer_told(&self, firing: &Firing<'_>, victims: &[Party]) -> Vec<Party> {
        let is_of = |party: &Party, other: &Participant| {
            self.mentions.actors.get(party.actor).is_some_and(|actor| {
                actor.id == other.id || actor.country.is_some() && actor.country == other.country
            })
        };
        let last = self.told.iter().rev().find(|event| {
            event.kind == EventType::Assault
                && !event.source.is_empty()
                && !event.source.iter().any(|doer| firing.source.iter().any(|party| is_of(party, doer)))
                && (victims.is_empty()
                    || event.recipient.iter().any(|victim| victims.iter().any(|party| is_of(party, victim))))
        });
        self.again(firing, last.map_or(&[], |event| event.source.as_slice()), "did the violence last told of")
    }

    /// Participants of an event told before as parties of this one.
    pub(crate) fn again(&self, firing: &Firing<'_>, known: &[Participant], how: &str) -> Vec<Party> {
        let Some(word) = self.clause.word(firing.at) else { return Vec::new() };
        let party = |participant: &Participant| {
            let actor = self.mentions.actors.iter().position(|actor| actor.id == participant.id)?;
            Some(Party {
                actor,
                span: participant.span.unwrap_or(word.span),
                derived: true,
                how: how.to_owned(),
            })
        };
        known.iter().filter_map(party).collect()
    }
}
