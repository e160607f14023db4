use chancery_core::{
    Actor, ActorKind, Mention, Mentions, Participant, PlaceMention, Relation, Sector, Sense, Sentence, Span,
    Upos,
};

use crate::attribution::quotations_over;
use crate::clause::Clause;
use crate::frame::Slot;

/// An actor in a slot, on the words it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// Index into the document's actors.
    pub(crate) actor: usize,
    pub(crate) span: Span,
    /// Read off a modifier (`Ukrainian cities`), not off the slot's own head.
    pub(crate) derived: bool,
    /// How the words led to the actor, for `explain`.
    pub(crate) how: String,
}

/// How the `how` of a party begins that no words name for it.
pub(crate) const GUESSED: &str = "a guess";

impl Party {
    /// Whether no words name it for what it does: the other state of two, the state where somebody was arrested.
    pub(crate) fn is_guessed(&self) -> bool {
        self.how.starts_with(GUESSED)
    }
}

/// The actors that words of a sentence stand for.
pub(crate) struct Parties<'a> {
    pub(crate) mentions: &'a Mentions,
    in_sentence: &'a [Mention],
    places: &'a [PlaceMention],
    /// Towns of the sentence by the word that governs the name; as parties they are numbered behind the actors.
    towns: Vec<(usize, Span, Actor)>,
}

/// How a state is found that a town in the slot lies in.
const LIES_THERE: &str = "lies there";

/// How many titles may stand before a name: `his deputy, Minister Anna Berg`.
const DEEPEST_TITLE: usize = 2;

/// How far below a noun a state may stand and still name the party: `cities in the east of Ukraine`.
const DEEPEST_MODIFIER: usize = 2;

impl<'a> Parties<'a> {
    pub(crate) fn new(mentions: &'a Mentions, sentence: usize, tree: &Sentence) -> Self {
        let in_sentence = mentions.in_sentence(sentence);
        let places = places_in(mentions, sentence);
        Self { mentions, in_sentence, places, towns: towns(mentions, sentence, tree) }
    }

    pub(crate) fn actor(&self, party: &Party) -> Option<&Actor> {
        let town = || self.towns.get(party.actor.checked_sub(self.mentions.actors.len())?);
        self.mentions.actors.get(party.actor).or_else(|| town().map(|(.., actor)| actor))
    }

    /// The towns that words in a slot name, or that stand below them: `the besieged town of Gorazde`.
    pub(crate) fn towns_at(&self, clause: &Clause<'_>, words: &[usize]) -> Vec<Party> {
        let stands_at = |head: usize, word: usize| {
            let above = clause.head(head).filter(|_| clause.relation(head) == Relation::Nmod);
            head == word || above == Some(word) && matches!(clause.upos(word), Upos::Noun | Upos::Propn)
        };
        let slots: Vec<usize> = words.iter().flat_map(|&word| clause.coordinated(word)).collect();
        let found = self
            .towns
            .iter()
            .enumerate()
            .filter(|(_, (head, ..))| slots.iter().any(|&word| stands_at(*head, word)));
        found
            .map(|(index, (_, span, actor))| Party {
                actor: self.mentions.actors.len() + index,
                span: *span,
                derived: true,
                how: format!("{} is a place there", actor.name),
            })
            .collect()
    }

    /// The actors that the words in a slot stand for, with those coordinated with them.
    pub(crate) fn at(&self, clause: &Clause<'_>, words: &[usize]) -> Vec<Party> {
        let mut found: Vec<Party> = Vec::new();
        for &word in words {
            for word in clause.coordinated(word) {
                for party in self.at_word(clause, word, DEEPEST_MODIFIER) {
                    if !found.iter().any(|known| known.actor == party.actor) {
                        found.push(party);
                    }
                }
            }
        }
        found
    }

    fn at_word(&self, clause: &Clause<'_>, word: usize, depth: usize) -> Vec<Party> {
        let own: Vec<_> = self
            .in_sentence
            .iter()
            .filter(|mention| mention.head == word && mention.words.contains(&word))
            .filter(|mention| self.can_act(mention))
            .collect();
        let longest = own.iter().map(|mention| mention.words.len()).max();
        let best: Vec<_> = own.into_iter().filter(|mention| Some(mention.words.len()) == longest).collect();
        if let Some(mention) = best.first() {
            // `students throughout Indonesia`: whose they are may stand beside a group that has no name.
            let mut of_state =
                if self.is_nameless(clause, mention) { self.beside(clause, word, depth) } else { Vec::new() };
            // `Iran-allied militants`: what stands in the group's own words is not its state.
            of_state.retain(|party| !mention.span.contains(party.span));
            // An adjective alone names the state, or two (`russo-ukrainien`); so does a noun's own mention.
            let own = best.iter().take(clause.most_names(word)).flat_map(|own| parties_of(own, false));
            return if of_state.is_empty() { own.collect() } else { of_state };
        }
        let spoken = self.in_dialogue(clause, word);
        if !spoken.is_empty() {
            return spoken;
        }
        // `Foreign Minister Lavrov`: the name may hang under the title.
        if let Some(found) = self.named_behind(clause, word, DEEPEST_TITLE) {
            return found;
        }
        let mut beside = self.beside(clause, word, depth);
        if beside.is_empty() {
            beside.extend(self.state_around(clause, word));
        }
        if !beside.is_empty() || depth == 0 || matches!(clause.upos(word), Upos::Verb | Upos::Aux) {
            return beside;
        }
        // A mention that covers the word without being headed by it: the parser disagrees with the tables.
        let covering = self
            .in_sentence
            .iter()
            .filter(|mention| mention.words.contains(&word) && self.can_act(mention))
            .max_by_key(|mention| mention.words.len());
        covering.map_or_else(Vec::new, |mention| parties_of(mention, true))
    }

    /// Whoever is named in apposition to a title: `his deputy, Minister Anna Berg`.
    fn named_behind(&self, clause: &Clause<'_>, title: usize, depth: usize) -> Option<Vec<Party>> {
        let parts = clause.children_by(title, &[Relation::Appos, Relation::Flat]);
        let named = parts.iter().map(|&part| self.named_by(part)).find(|found| !found.is_empty());
        named.or_else(|| {
            let deeper = depth.checked_sub(1)?;
            parts.iter().find_map(|&part| self.named_behind(clause, part, deeper))
        })
    }

    /// Whoever stands right behind the subject as if part of its name: where verbs come first, taggers join
    /// `اتهم السودان الإمارات` (Sudan accused the Emirates) into one.
    pub(crate) fn glued_to(&self, clause: &Clause<'_>, at: usize, subjects: &[usize]) -> Vec<Party> {
        let joins: &[Relation] = if clause.classes.get("verb-first").is_some() {
            &[Relation::Flat, Relation::Nmod, Relation::Amod, Relation::Appos]
        } else {
            &[Relation::Flat, Relation::Nmod]
        };
        let names = subjects.iter().filter(|&&subject| at < subject).flat_map(|&subject| {
            let children = clause.children_by(subject, joins);
            let direct = children.into_iter().filter(move |&name| {
                subject < name && clause.mark_of(name).is_none() && !self.are_one_mention(subject, name)
            });
            direct.chain(self.behind_the_name(clause, subject))
        });
        names.flat_map(|name| self.longest_mention(name)).collect()
    }

    /// `besuchte Ministerin Anna Berg Kenia`: the name of another at the end of a chain of names below a title.
    fn behind_the_name(&self, clause: &Clause<'_>, title: usize) -> Option<usize> {
        let next = |&name: &usize| {
            let parts = clause.children_by(name, &[Relation::Appos, Relation::Flat]);
            parts.into_iter().rfind(|&part| name < part && clause.mark_of(part).is_none())
        };
        let chain: Vec<usize> = std::iter::successors(Some(title), next).take(clause.keys.len()).collect();
        let last = *chain.last().filter(|_| chain.len() > 2)?;
        (!chain.iter().any(|&part| part != last && self.are_one_mention(part, last))).then_some(last)
    }

    /// The longest mention that a word heads, as an actor or as a place.
    fn longest_mention(&self, word: usize) -> Vec<Party> {
        let headed = self.in_sentence.iter().filter(|mention| mention.head == word && self.can_act(mention));
        headed
            .max_by_key(|mention| mention.words.len())
            .map_or_else(Vec::new, |mention| parties_of(mention, false))
    }

    /// Whether two words stand in one mention: `the minister of Egypt`.
    fn are_one_mention(&self, a: usize, b: usize) -> bool {
        self.in_sentence.iter().any(|mention| mention.words.contains(&a) && mention.words.contains(&b))
    }

    /// `held talks in Oslo`: whether a party is only the state that a place lies in, or a place.
    pub(crate) fn is_where(&self, party: &Party) -> bool {
        self.places.iter().any(|place| place.sense == Sense::Place && place.span == party.span)
            && !self
                .in_sentence
                .iter()
                .any(|mention| mention.span == party.span && mention.sense != Sense::Place)
    }

    /// Whether a party is the state that a town or region in the slot lies in.
    pub(crate) fn lies_there(party: &Party) -> bool {
        party.how == LIES_THERE
    }

    /// The state that a town or region lies in, where the text names the state as well: `shelled Vovchansk`.
    fn state_around(&self, clause: &Clause<'_>, word: usize) -> Option<Party> {
        let place = self.places.iter().find(|place| {
            let words = clause.sentence.words_in(place.span);
            words.contains(&word) && clause.sentence.head_of(words) == word
        })?;
        let country = place.country?;
        let actor = self
            .mentions
            .actors
            .iter()
            .position(|actor| actor.kind == ActorKind::State && actor.country == Some(country))?;
        Some(Party { actor, span: place.span, derived: true, how: LIES_THERE.to_owned() })
    }

    /// Whether a noun is part of what somebody is called: `riot police` tells of no riot.
    pub(crate) fn names_somebody(&self, word: usize) -> bool {
        self.in_sentence
            .iter()
            .any(|mention| mention.words.contains(&word) && mention.head != word && self.can_act(mention))
    }

    /// Whether a mention is of a group told by what it is, of no known country: `gunmen`, `police`; or of a
    /// body that a common noun names: `website`.
    fn is_nameless(&self, clause: &Clause<'_>, mention: &Mention) -> bool {
        let is_common = mention.words.len() == 1 && clause.upos(mention.head) == Upos::Noun;
        mention.actors.iter().all(|&actor| {
            self.mentions.actors.get(actor).is_some_and(|actor| {
                let is_body = is_common && actor.kind == ActorKind::Organisation && actor.wikidata.is_none();
                actor.country.is_none() && (is_body || actor.id.starts_with("group:"))
            })
        })
    }

    /// The actors that stand as modifiers of a word: `Ukrainian cities`, `cities in Ukraine`.
    fn beside(&self, clause: &Clause<'_>, word: usize, depth: usize) -> Vec<Party> {
        if depth == 0 || matches!(clause.upos(word), Upos::Verb | Upos::Aux) {
            return Vec::new();
        }
        // `an Iranian actress`: who plays and sings acts for no state; `critics of the president` are not the president.
        // `the Russian language` is spoken elsewhere too.
        if ["performer", "apart", "culture"].iter().any(|class| clause.is_a(word, class)) {
            return Vec::new();
        }
        let modifiers: Vec<_> = clause
            .children(word)
            .iter()
            .copied()
            .filter(|&child| {
                matches!(
                    clause.relation(child),
                    Relation::Amod | Relation::Compound | Relation::Nmod | Relation::Det | Relation::Flat
                ) && !is_joined_to_another_word(clause, child)
            })
            .collect();
        // Words nearer to the noun first: adjectives and genitives before prepositional phrases.
        let (plain, marked): (Vec<_>, Vec<_>) =
            modifiers.into_iter().partition(|&child| clause.mark_of(child).is_none());
        // `a boy in the city`: where private people live does not make them their state.
        // `an explosion near the town killed …`: where an attack took place does not say whose it was.
        let is_doing = clause.is_a(word, "attack") && clause.relation(word) == Relation::Nsubj;
        let is_no_place = |child: &usize| {
            self.in_sentence.iter().any(|mention| mention.head == *child && mention.sense != Sense::Place)
        };
        // `diplomats in Nairobi said`: where those are who tell it does not say for whom they speak.
        let marked = if clause.is_a(word, "private") {
            Vec::new()
        } else if is_doing || clause.is_a(word, "informant") {
            marked.into_iter().filter(is_no_place).collect()
        } else {
            marked
        };
        // `the recognition of the island by Norway`: whose act it is, before what it is done to.
        let (doers, marked): (Vec<_>, Vec<_>) = marked
            .into_iter()
            .partition(|&child| clause.mark_of(child).is_some_and(|mark| clause.is_a(mark, "by")));
        // `the minister's husband` is somebody else.
        let is_private = clause.is_a(word, "private");
        for group in [plain, leaders(clause, word), doers, owners(clause, word), marked] {
            let mut found: Vec<Party> = Vec::new();
            for child in group {
                for other in clause.coordinated(child) {
                    for mut party in self.at_word(clause, other, depth - 1) {
                        let is_person =
                            self.actor(&party).is_some_and(|actor| actor.kind == ActorKind::Person);
                        if is_private && is_person {
                            continue;
                        }
                        party.derived = true;
                        if !found.iter().any(|known| known.actor == party.actor) {
                            found.push(party);
                        }
                    }
                }
            }
            if !found.is_empty() {
                return self.without_their_states(found);
            }
        }
        Vec::new()
    }

    /// `Chinese coast guard ships`: beside a body of its own, a state only says whose that is.
    fn without_their_states(&self, mut found: Vec<Party>) -> Vec<Party> {
        let bodies: Vec<_> = found
            .iter()
            .filter_map(|party| self.actor(party))
            .filter(|actor| actor.kind != ActorKind::State)
            .filter_map(|actor| actor.country)
            .collect();
        found.retain(|party| {
            let state = self.actor(party).filter(|actor| actor.kind == ActorKind::State);
            state.and_then(|state| state.country).is_none_or(|country| !bodies.contains(&country))
        });
        found
    }

    /// The actors that are quoted as saying what a word stands in; the innermost speaker's.
    pub(crate) fn speakers(&self, clause: &Clause<'_>, at: usize) -> Vec<Party> {
        let Some(word) = clause.word(at) else { return Vec::new() };
        quotations_over(self.mentions, word.span)
            .into_iter()
            .rev()
            .find(|quotation| !quotation.speaker_actors.is_empty())
            .map(|quotation| {
                quotation
                    .speaker_actors
                    .iter()
                    .map(|&actor| Party {
                        actor,
                        span: quotation.speaker.unwrap_or(word.span),
                        derived: false,
                        how: "says it".to_owned(),
                    })
                    .collect()
            })
            .unwrap_or_default()
    }

    /// Whoever a word itself names, whatever stands beside it.
    pub(crate) fn named_by(&self, word: usize) -> Vec<Party> {
        let longest = self
            .in_sentence
            .iter()
            .filter(|mention| mention.head == word && self.can_act(mention) && mention.sense == Sense::Agent)
            .max_by_key(|mention| mention.words.len());
        longest.map_or_else(Vec::new, |mention| parties_of(mention, false))
    }

    /// Whether what is mentioned can be a party to an event. Weapons and news media are not: the first are
    /// what is used, the second who tells.
    fn can_act(&self, mention: &Mention) -> bool {
        mention.actors.iter().any(|&actor| {
            self.mentions.actors.get(actor).is_some_and(|actor| match actor.kind {
                ActorKind::Weapon | ActorKind::Media => false,
                ActorKind::Infrastructure | ActorKind::Place => actor.country.is_some(),
                _ => true,
            })
        })
    }

    /// Whether an actor is of the kind that events between states are about.
    pub(crate) fn is_political(actor: &Actor) -> bool {
        match actor.kind {
            ActorKind::State | ActorKind::Government | ActorKind::ArmedGroup | ActorKind::Alliance => true,
            // `Mayor King`, `Chief Minister Rao`: an office is one of politics, whatever country it is of; that of
            // a company is none.
            ActorKind::Person => {
                actor.country.is_some()
                    && (actor.role.is_some() || actor.sector.is_some())
                    && actor.sector != Some(Sector::Business)
                    || matches!(
                        actor.sector,
                        Some(Sector::Government | Sector::Legislature | Sector::Judiciary | Sector::Military)
                    )
            }
            ActorKind::Organisation | ActorKind::Population | ActorKind::Group => {
                actor.country.is_some() || actor.sector.is_some()
            }
            ActorKind::Infrastructure | ActorKind::Place => actor.country.is_some(),
            ActorKind::Media | ActorKind::Company | ActorKind::Weapon => false,
        }
    }

    /// Whether an actor can fight with more than words.
    pub(crate) fn can_use_force(actor: &Actor) -> bool {
        match actor.kind {
            ActorKind::State
            | ActorKind::Government
            | ActorKind::ArmedGroup
            | ActorKind::Alliance
            | ActorKind::Population
            | ActorKind::Group
            | ActorKind::Place
            | ActorKind::Infrastructure => true,
            ActorKind::Person | ActorKind::Organisation => matches!(
                actor.sector,
                Some(
                    Sector::Military
                        | Sector::Police
                        | Sector::Paramilitary
                        | Sector::Rebel
                        | Sector::UnidentifiedArmed
                        | Sector::Criminal
                        | Sector::Separatist
                )
            ),
            ActorKind::Media | ActorKind::Company | ActorKind::Weapon => false,
        }
    }

    pub(crate) fn participant(&self, party: &Party) -> Option<Participant> {
        let actor = self.actor(party)?;
        Some(participant(actor, Some(party.span)))
    }
}

/// Who is said to lead those whom a word names: `a coalition led by Chad`.
fn leaders(clause: &Clause<'_>, word: usize) -> Vec<usize> {
    let described =
        clause.children_by(word, &[Relation::Acl, Relation::AclRelcl, Relation::Amod]).into_iter();
    let leads = described.filter(|&verb| clause.is_a(verb, "leading") && clause.is_passive_participle(verb));
    leads.flat_map(|verb| clause.fill(&Slot::Subject, verb)).filter(|&leader| leader != word).collect()
}

/// `depots belonging to Chad`, `a ship owned by Kenya`, Swedish `en byggnad som tillhörde Kenya`: whoever a description says
/// that a thing belongs to.
fn owners(clause: &Clause<'_>, thing: usize) -> Vec<usize> {
    let descriptions = [Relation::Acl, Relation::AclRelcl, Relation::Amod];
    let parts = [Relation::Obl, Relation::OblAgent, Relation::Obj, Relation::Iobj];
    let owners_by = |verb: usize| {
        let mut owners = clause.children_by(verb, &parts);
        owners.retain(|&owner| clause.mark_of(owner).is_none_or(|mark| clause.is_a(mark, "owner-mark")));
        // Taggers take an owner behind the verb for a second subject.
        owners.extend(clause.children_by(verb, &[Relation::Nsubj]).into_iter().filter(|&owner| verb < owner));
        owners
    };
    let described = clause.children_by(thing, &descriptions).into_iter();
    described.filter(|&verb| clause.is_a(verb, "owned")).flat_map(owners_by).collect()
}

/// `Obama-era sanctions`: a name that is half of a compound says when or how, not whose.
fn is_joined_to_another_word(clause: &Clause<'_>, name: usize) -> bool {
    let is_hyphen = clause.word(name + 1).is_some_and(|word| matches!(word.form.as_str(), "-" | "‑"));
    is_hyphen && clause.is_a(name + 2, "name-tail")
}

fn places_in(mentions: &Mentions, sentence: usize) -> &[PlaceMention] {
    let start = mentions.places.partition_point(|place| place.sentence < sentence);
    let end = mentions.places.partition_point(|place| place.sentence <= sentence);
    mentions.places.get(start..end).unwrap_or_default()
}

/// The towns of a sentence that no actor is named after, each as its country where it is done to.
fn towns(mentions: &Mentions, sentence: usize, tree: &Sentence) -> Vec<(usize, Span, Actor)> {
    let places = places_in(mentions, sentence).iter();
    let named = |span: Span| mentions.in_sentence(sentence).iter().any(|mention| mention.span.overlaps(span));
    places
        .filter(|place| place.sense == Sense::Place && place.geonameid.is_some() && !named(place.span))
        .filter_map(|place| {
            let country = place.country?;
            let state =
                mentions.actors.iter().find(|a| a.kind == ActorKind::State && a.country == Some(country));
            let actor = state.cloned().unwrap_or_else(|| Actor {
                id: country.as_str().to_owned(),
                name: place.name.clone(),
                kind: ActorKind::Place,
                country: Some(country),
                sector: None,
                wikidata: None,
                role: None,
            });
            Some((tree.head_of(tree.words_in(place.span)), place.span, actor))
        })
        .collect()
}

pub(crate) fn participant(actor: &Actor, span: Option<Span>) -> Participant {
    Participant {
        id: actor.id.clone(),
        name: actor.name.clone(),
        country: actor.country,
        sector: actor.sector,
        span,
    }
}

fn parties_of(mention: &Mention, derived: bool) -> Vec<Party> {
    mention
        .actors
        .iter()
        .map(|&actor| Party { actor, span: mention.span, derived, how: mention.how.clone() })
        .collect()
}
