use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use chancery_core::{
    Actor, ActorKind, CountryCode, Mention, Relation, ResolvedBy, Sector, Sense, Sentence, Upos,
};

use super::Finding;
use super::designation::Designation;
use super::focus::{Glance, is_body, is_many, is_of, is_state};
use super::key::key;
use super::known_name::Gender;
use super::lexicon::{Keys, Phrase, Pronoun, PronounClass, TitleClass, TitleCode};
use super::naming::{Draft, is_definite};
use super::roster::OwnerFacts;
use super::scene::{Scene, overlap};
use super::sense::{head_of, is_subject_relation};
use crate::world::Entity;

/// How many sentences back an office or body may have been named.
const LONG: usize = 12;
/// How many sentences back a pronoun's person may have been named.
const SHORT: usize = 3;

impl<'w> Finding<'_, 'w> {
    /// Finds what the pronouns and phrases of a sentence stand for.
    pub(super) fn refer_back(&mut self, sentence: usize, scene: &Scene<'_, '_>, first: usize) {
        let none = vec![false; scene.keys.len()];
        let patterns = Keys { keys: &scene.keys, state_adjective: &none };
        let mut at = 0;
        while at < scene.keys.len() {
            if let Some(found) = self.lexicon.phrases.at(&patterns, at, self.lexicon) {
                let (words, phrase) = (at..at + found.length, found.value.clone());
                if let Some((actors, how)) = self.phrase(sentence, scene, &words, &phrase, first) {
                    let possessive = self.lexicon.lists("possessive", scene.key(words.end));
                    let sense = if possessive { Sense::Modifier } else { Sense::Agent };
                    let draft = Draft {
                        core: words.clone(),
                        words: words.clone(),
                        actors,
                        by: ResolvedBy::Coreference,
                        sense,
                        how,
                    };
                    self.write(sentence, scene, draft);
                    at = words.end;
                    continue;
                }
            }
            if let Some(pronoun) = self.lexicon.pronouns.get(scene.key(at)).copied() {
                self.refer_pronoun(sentence, scene, at, pronoun, first);
            }
            at += 1;
        }
    }

    fn refer_pronoun(
        &mut self,
        sentence: usize,
        scene: &Scene<'_, '_>,
        at: usize,
        pronoun: Pronoun,
        first: usize,
    ) {
        let Some(word) = scene.sentence.words.get(at) else { return };
        if word.relation == Relation::Expl || scene.names.iter().any(|name| name.words.contains(&at)) {
            return;
        }
        let pronominal = match word.upos {
            Upos::Pron => pronoun.possessive || word.relation != Relation::Det,
            // Some treebanks call possessives determiners or adjectives.
            Upos::Det | Upos::Adj => pronoun.possessive,
            Upos::X => true,
            _ => false,
        };
        // `It is a sign`: what the sentence describes is seldom an actor.
        let described = word.head.is_some_and(|head| {
            pronoun.class == PronounClass::It
                && !pronoun.possessive
                && scene.sentence.child(head, &[Relation::Cop]).is_some()
                && scene.sentence.words.get(head).is_some_and(|word| word.upos != Upos::Verb)
                && !is_said_of_the_speaker(scene.sentence, head)
                && !self.is_said_of_the_willing(scene, head)
        });
        if !pronominal || described {
            return;
        }
        let Some((actors, how)) = self.antecedent(sentence, scene, at, pronoun, first) else { return };
        let sense = if pronoun.possessive { Sense::Modifier } else { Sense::Agent };
        let words = at..at + 1;
        let draft = Draft { core: words.clone(), words, actors, by: ResolvedBy::Coreference, sense, how };
        self.write(sentence, scene, draft);
    }

    /// `said that it was ready to strike`: who is ready or able to do something is somebody, and says so.
    fn is_said_of_the_willing(&self, scene: &Scene<'_, '_>, adjective: usize) -> bool {
        let is_said = scene.sentence.words.get(adjective).is_some_and(|word| {
            matches!(word.upos, Upos::Adj | Upos::Verb) && word.relation == Relation::Ccomp
        });
        is_said && self.lexicon.lists_open("willing", scene.key(adjective))
    }

    fn named(&self, actors: &[usize]) -> String {
        let names =
            actors.iter().filter_map(|&actor| self.roster.actor(actor)).map(|actor| actor.name.as_str());
        names.collect::<Vec<_>>().join(" and ")
    }

    fn antecedent(
        &self,
        sentence: usize,
        scene: &Scene<'_, '_>,
        at: usize,
        pronoun: Pronoun,
        first: usize,
    ) -> Option<(Vec<usize>, String)> {
        let tree = scene.sentence;
        let subject = tree.words.get(at).is_some_and(|word| is_subject_relation(word.relation));
        // An object pronoun does not mean the subject of its own clause; `himself` is not told apart.
        let skip_own = !subject && !pronoun.possessive && pronoun.class != PronounClass::Subject;
        if let Some(owner) = self.joined_owner(scene, at, pronoun, first) {
            let how = format!("refers to {}, named beside it", self.named(&[owner]));
            return Some((vec![owner], how));
        }
        for (step, subject) in governing_subjects(tree, at).into_iter().enumerate() {
            if step == 0 && skip_own {
                continue;
            }
            let actors = self.actors_at(tree, subject, first);
            // `وزیر خارجه او عباس عراقچی`: nobody is his own minister.
            let inside = self.mentions.get(first..).unwrap_or_default().iter().any(|mention| {
                mention.words.contains(&at) && mention.actors.iter().any(|actor| actors.contains(actor))
            });
            if inside {
                continue;
            }
            if !actors.is_empty() {
                // The gender of a body's noun is seldom known: `die Nato … ihre Truppe`.
                let may_own = pronoun.possessive
                    && step == 0
                    && pronoun.class == PronounClass::Feminine
                    && actors.iter().all(|&actor| self.roster.actor(actor).is_some_and(is_body));
                if may_own || self.fits(&actors, pronoun.class) {
                    let how = format!("refers to {}, the subject of the clause", self.named(&actors));
                    return Some((actors, how));
                }
                if pronoun.reflexive {
                    return None;
                }
            } else if matches!(pronoun.class, PronounClass::It | PronounClass::They | PronounClass::Subject) {
                // The clause has another subject, which is no actor: `it` may well mean that.
                return None;
            }
        }
        match pronoun.class {
            PronounClass::Subject => None,
            PronounClass::It => {
                let acts = |actor: &Actor| is_body(actor) && actor.kind != ActorKind::Media;
                self.last_subject(sentence, at, subject, pronoun, acts)
            }
            PronounClass::They => self.last_subject(sentence, at, subject, pronoun, is_many),
            class => self.last_person(sentence, tree, at, pronoun, class),
        }
    }

    /// Whoever is named with what is theirs: `Helen Marsh and her team`.
    fn joined_owner(
        &self,
        scene: &Scene<'_, '_>,
        at: usize,
        pronoun: Pronoun,
        first: usize,
    ) -> Option<usize> {
        let words = &scene.sentence.words;
        let owned = words.get(at).filter(|_| pronoun.possessive && !pronoun.reflexive)?.head?;
        let joined = words.get(owned).filter(|word| word.relation == Relation::Conj)?.head?;
        // Nothing but the joining word stands between them.
        let together = at.checked_sub(1).and_then(|before| words.get(before))?.upos == Upos::Cconj;
        let actors = self.actors_at(scene.sentence, joined, first);
        let ends = self
            .mentions
            .get(first..)
            .unwrap_or_default()
            .iter()
            .any(|mention| mention.actors == actors && mention.words.end + 1 == at);
        let owner = actors.first().copied().filter(|_| together && ends && actors.len() == 1)?;
        (self.roster.is_person(owner) && self.fits(&[owner], pronoun.class)).then_some(owner)
    }

    /// The subject of the sentence before, for a pronoun that is itself a subject or possessive.
    fn last_subject(
        &self,
        sentence: usize,
        at: usize,
        subject: bool,
        pronoun: Pronoun,
        fits: impl Fn(&Actor) -> bool,
    ) -> Option<(Vec<usize>, String)> {
        if !subject && !pronoun.possessive {
            return None;
        }
        // Where the sentence has named somebody in between, the pronoun may mean them.
        if self
            .focus
            .before(sentence, at, 0)
            .any(|g| self.roster.actor(g.actor).is_some_and(&fits) && !g.modifier)
        {
            let here =
                self.focus.distinct(sentence, at, 0, |actor| self.roster.actor(actor).is_some_and(&fits));
            return match here.as_slice() {
                [only] => Some((
                    vec![*only],
                    format!("refers to {}, named before in the sentence", self.named(&here)),
                )),
                _ => None,
            };
        }
        let subjects: Vec<usize> = self
            .focus
            .before(sentence, at, 1)
            .filter(|glance| glance.subject && glance.sentence + 1 == sentence)
            .map(|glance| glance.actor)
            .collect();
        let fitting = |actor: usize| self.roster.actor(actor).is_some_and(&fits);
        // The main subject comes first; else the only other one that fits.
        let main = subjects.last().copied().filter(|&actor| fitting(actor));
        let actor = main.or_else(|| {
            let mut fit: Vec<usize> = subjects.iter().copied().filter(|&actor| fitting(actor)).collect();
            fit.sort_unstable();
            fit.dedup();
            fit.first().copied().filter(|_| fit.len() == 1)
        })?;
        let how = format!("refers to {}, the subject of the sentence before", self.named(&[actor]));
        Some((vec![actor], how))
    }

    /// The person last spoken of, a subject before others.
    fn last_person(
        &self,
        sentence: usize,
        tree: &Sentence,
        at: usize,
        pronoun: Pronoun,
        class: PronounClass,
    ) -> Option<(Vec<usize>, String)> {
        // `Berg warf er vor …`: of one verb, a pronoun and a name are two.
        let verb = tree.words.get(at).and_then(|word| word.head);
        let is_beside = |glance: &Glance| {
            glance.sentence == sentence
                && !pronoun.possessive
                && !pronoun.reflexive
                && verb.is_some()
                && tree.words.get(glance.head).is_some_and(|word| word.head == verb)
        };
        for back in 0..=SHORT {
            let here: Vec<&Glance> = self
                .focus
                .before(sentence, at, back)
                .filter(|glance| {
                    glance.sentence + back == sentence
                        && !is_beside(glance)
                        && self.roster.is_person(glance.actor)
                        && self.fits(&[glance.actor], class)
                })
                .collect();
            // `Marsh said that Kagame had lied. She …`: the subject of the sentence before that of what is said in it.
            let subjects = || here.iter().filter(|glance| glance.subject);
            let highest = subjects().map(|glance| glance.standing).max();
            let main = subjects().find(|glance| back == 0 || Some(glance.standing) == highest);
            let chosen = main.or_else(|| {
                let distinct: HashSet<usize> = here.iter().map(|glance| glance.actor).collect();
                here.first().filter(|_| distinct.len() == 1 || back == 0)
            });
            if let Some(glance) = chosen {
                let how = format!("refers to {}, the person last spoken of", self.named(&[glance.actor]));
                return Some((vec![glance.actor], how));
            }
            if !here.is_empty() {
                return None;
            }
        }
        None
    }

    /// The actors of the mention that a word heads, with those coordinated with it.
    fn actors_at(&self, tree: &Sentence, word: usize, first: usize) -> Vec<usize> {
        let mentions = self.mentions.get(first..).unwrap_or_default();
        let mut actors: Vec<usize> = Vec::new();
        let mut heads = vec![word];
        heads.extend(
            tree.children(word)
                .filter(|&child| tree.words.get(child).is_some_and(|word| word.relation == Relation::Conj)),
        );
        for head in heads {
            let mention =
                mentions.iter().find(|mention| mention.head == head && mention.sense != Sense::Modifier);
            let mention = mention.or_else(|| mentions.iter().find(|mention| mention.head == head));
            if let Some(mention) = mention {
                actors.extend(
                    mention
                        .actors
                        .iter()
                        .filter(|actor| !actors.contains(actor))
                        .copied()
                        .collect::<Vec<_>>(),
                );
            }
        }
        actors
    }

    fn fits(&self, actors: &[usize], class: PronounClass) -> bool {
        let all = |test: &dyn Fn(&Actor, bool) -> bool| {
            actors.iter().all(|&index| {
                let woman = self.roster.gender_of(index) == Some(Gender::Woman);
                self.roster.actor(index).is_some_and(|actor| test(actor, woman))
            })
        };
        let one = actors.len() == 1;
        let person = |actor: &Actor| actor.kind == ActorKind::Person;
        match class {
            PronounClass::Subject => true,
            PronounClass::He => one && all(&|actor, woman| person(actor) && !woman),
            PronounClass::She => one && all(&|actor, woman| person(actor) && woman),
            PronounClass::Person => one && all(&|actor, _| person(actor)),
            PronounClass::Masculine => {
                one && all(&|actor, woman| {
                    person(actor) && !woman || is_body(actor) && !self.is_feminine(actor)
                })
            }
            PronounClass::Feminine => {
                one && all(&|actor, woman| {
                    person(actor) && woman || is_body(actor) && self.is_feminine(actor)
                })
            }
            PronounClass::It => one && all(&|actor, _| is_body(actor)),
            PronounClass::They => !one || all(&|actor, _| is_many(actor)),
        }
    }

    /// Whether the noun for an actor is feminine in the language: a list, else by the ending of the name.
    fn is_feminine(&self, actor: &Actor) -> bool {
        self.lexicon.lists("feminine", &key(&actor.id))
    }

    fn phrase(
        &mut self,
        sentence: usize,
        scene: &Scene<'_, '_>,
        words: &Range<usize>,
        phrase: &Phrase,
        first: usize,
    ) -> Option<(Vec<usize>, String)> {
        // The words may be the name of something: `the Gulf`, or a part of a title.
        if scene.names.iter().any(|name| overlap(&name.words, words) && name.words.len() >= words.len()) {
            return None;
        }
        let at = words.start;
        let is = |actor: usize, test: &dyn Fn(&Actor) -> bool| self.roster.actor(actor).is_some_and(test);
        match phrase {
            Phrase::TwoStates => {
                // Two who agree speak of their own.
                let mut speakers: Vec<CountryCode> = governing_subjects(scene.sentence, at)
                    .into_iter()
                    .flat_map(|subject| self.actors_at(scene.sentence, subject, first))
                    .filter_map(|actor| self.roster.actor(actor)?.country)
                    .collect();
                speakers.dedup();
                let is_theirs = |actor: &Actor| {
                    is_state(actor)
                        && (speakers.len() != 2 || actor.country.is_some_and(|own| speakers.contains(&own)))
                };
                let mut states: Vec<usize> = Vec::new();
                for glance in self.focus.before(sentence, at, 4) {
                    if !glance.place && !states.contains(&glance.actor) && is(glance.actor, &is_theirs) {
                        states.push(glance.actor);
                    }
                }
                states.sort_by_key(|&actor| std::cmp::Reverse(self.focus.count(actor)));
                states.truncate(2);
                states.sort_unstable();
                if states.len() == 2 {
                    let how =
                        format!("refers to {}, the two states most spoken of there", self.named(&states));
                    return Some((states, how));
                }
                self.two_sides(sentence, at)
            }
            Phrase::TwoPersons => {
                let mut persons =
                    self.focus.distinct(sentence, at, SHORT, |actor| self.roster.is_person(actor));
                persons.truncate(2);
                persons.sort_unstable();
                (persons.len() == 2).then(|| {
                    let how = format!("refers to {}, the two persons last spoken of", self.named(&persons));
                    (persons, how)
                })
            }
            Phrase::State => {
                let states = self.focus.distinct(sentence, at, 2, |actor| is(actor, &is_state));
                let of_subject = self.state_of_subject(sentence, scene, words, first, &states);
                if let Some(state) = of_subject {
                    let how = format!("refers to {}, whose was the subject before", self.named(&[state]));
                    return Some((vec![state], how));
                }
                let state = *states.first()?;
                Some((vec![state], format!("refers to {}, the state last spoken of", self.named(&[state]))))
            }
            Phrase::OwnState => {
                let entity = self.own_state(sentence, scene, words, first)?;
                let state = self.roster.entity(entity);
                let how = format!("refers to {}, whose was the subject", self.named(&[state]));
                Some((vec![state], how))
            }
            Phrase::StateOf(set) => {
                let fits =
                    |actor: &Actor| is_state(actor) && set.iter().any(|&country| is_of(actor, country));
                let states = self.focus.distinct(sentence, at, LONG, |actor| is(actor, &fits));
                // A state that is already in the clause is not called something else in it.
                let own = |actor: usize| {
                    self.focus
                        .before(sentence, usize::MAX, 0)
                        .any(|g| g.actor == actor && g.sentence == sentence && g.head > words.end)
                };
                let state =
                    states.iter().copied().find(|&state| !own(state)).or_else(|| states.first().copied())?;
                Some((
                    vec![state],
                    format!("refers to {}, the state of that kind last spoken of", self.named(&[state])),
                ))
            }
            Phrase::Group => {
                let fits = |actor: &Actor| {
                    use ActorKind::{Alliance, ArmedGroup, Company, Organisation};
                    matches!(actor.kind, ArmedGroup | Alliance | Organisation | Company)
                };
                let groups = self.focus.distinct(sentence, at, 2, |actor| is(actor, &fits));
                let group = *groups.first()?;
                Some((
                    vec![group],
                    format!("refers to {}, the organisation last spoken of", self.named(&[group])),
                ))
            }
            Phrase::Person => {
                let persons = self.focus.distinct(sentence, at, 2, |actor| self.roster.is_person(actor));
                let person = *persons.first()?;
                Some((
                    vec![person],
                    format!("refers to {}, the person last spoken of", self.named(&[person])),
                ))
            }
        }
    }

    /// `Chad's ministry summoned the Kenyan envoy, and the country's parliament …`: a subject after a subject is of the
    /// same state.
    fn state_of_subject(
        &self,
        sentence: usize,
        scene: &Scene<'_, '_>,
        words: &Range<usize>,
        first: usize,
        states: &[usize],
    ) -> Option<usize> {
        let tree = scene.sentence;
        let is_part = |mention: &Mention| {
            mention.words.len() > words.len() && words.clone().all(|word| mention.words.contains(&word))
        };
        let is_subject =
            |word: usize| tree.words.get(word).is_some_and(|word| is_subject_relation(word.relation));
        let head = words.clone().find(|&word| {
            tree.words.get(word).and_then(|word| word.head).is_none_or(|head| !words.contains(&head))
        })?;
        let owned = tree.words.get(head).and_then(|word| word.head);
        let is_in_name = self.mentions.get(first..).unwrap_or_default().iter().any(is_part);
        if is_in_name || !is_subject(head) && !owned.is_some_and(is_subject) {
            return None;
        }
        let subject =
            self.focus.before(sentence, words.start, 0).find(|glance| glance.subject && !glance.place)?;
        let country = self.roster.actor(subject.actor)?.country?;
        states
            .iter()
            .copied()
            .find(|&state| self.roster.actor(state).is_some_and(|state| state.country == Some(country)))
    }

    /// `the minister met her Kenyan counterpart and said that her country …`: the state of the subject above, or else of
    /// the subject before. `A Gulf country`, written alike where its own words mark whose a noun is, is nobody's own.
    fn own_state(
        &self,
        sentence: usize,
        scene: &Scene<'_, '_>,
        words: &Range<usize>,
        first: usize,
    ) -> Option<&'w Entity> {
        let tree = scene.sentence;
        let head = head_of(tree, words, words);
        let is_described = tree.children(head).any(|child| {
            !words.contains(&child)
                && child < head
                && tree.words.get(child).is_some_and(|word| {
                    matches!(word.relation, Relation::Nmod | Relation::Compound) && word.upos != Upos::Pron
                })
        });
        if is_described {
            return None;
        }
        let country =
            |actor: usize| self.roster.actor(actor)?.country.filter(|&country| self.is_a_state(country));
        let above = governing_subjects(tree, head)
            .into_iter()
            .find_map(|subject| self.actors_at(tree, subject, first).into_iter().find_map(country));
        let before = || {
            let mut subjects =
                self.focus.before(sentence, words.start, SHORT).filter(|glance| glance.subject);
            subjects.find_map(|glance| country(glance.actor))
        };
        let last = || {
            let states = self.focus.distinct(sentence, words.start, 2, |actor| country(actor).is_some());
            states.first().copied().and_then(country)
        };
        let country = above.or_else(before).or_else(last)?;
        self.world.entity(country.as_str())
    }

    /// Those last spoken of from the only two countries that the text speaks of lately: `both sides`, of two
    /// leaders.
    fn two_sides(&self, sentence: usize, at: usize) -> Option<(Vec<usize>, String)> {
        let mut sides: Vec<usize> = Vec::new();
        let country = |actor: usize| self.roster.actor(actor).and_then(|actor| actor.country);
        for glance in self.focus.before(sentence, at, 3).filter(|glance| !glance.place) {
            let Some(own) = country(glance.actor).filter(|own| self.is_a_state(*own)) else { continue };
            if sides.iter().all(|&side| country(side) != Some(own)) {
                sides.push(glance.actor);
            }
        }
        (sides.len() == 2).then(|| {
            let how = format!("refers to the sides of {}", self.named(&sides));
            (sides, how)
        })
    }

    fn is_a_state(&self, country: CountryCode) -> bool {
        self.world.entity(country.as_str()).is_some_and(|entity| entity.kind == ActorKind::State)
    }

    /// The person with an office, last spoken of: `the president`, `the minister`.
    pub(super) fn office_before(
        &self,
        sentence: usize,
        word: usize,
        code: &'static TitleCode,
    ) -> Option<(usize, ResolvedBy, String)> {
        let office = code.english.to_lowercase();
        let holds = |actor: &Actor| {
            actor.role.as_ref().is_some_and(|role| {
                let role = role.to_lowercase();
                let role = role.split(" of ").next().unwrap_or_default();
                role == office || code.loose && role.split(' ').any(|word| word == office)
            })
        };
        let politician = |actor: &Actor| actor.role.is_some();
        let back = if code.loose { SHORT } else { LONG };
        let loose_any = matches!(code.code, "leader" | "delegate" | "politician" | "official" | "diplomat");
        let persons = self.focus.distinct(sentence, word, back, |actor| {
            self.roster.is_person(actor)
                && self
                    .roster
                    .actor(actor)
                    .is_some_and(|actor| holds(actor) || loose_any && politician(actor))
        });
        let actor = *persons.first()?;
        if loose_any && persons.len() > 1 {
            return None;
        }
        Some((
            actor,
            ResolvedBy::Coreference,
            format!("refers to {}, the {office} last spoken of", self.named(&[actor])),
        ))
    }

    /// The only person whom the text introduces with an office, further on: a headline says `the foreign minister` of
    /// whom the report names.
    pub(super) fn office_to_come(&self, code: &'static TitleCode) -> Option<(usize, ResolvedBy, String)> {
        let office = code.english.to_lowercase();
        let holds = |actor: &Actor| {
            actor.kind == ActorKind::Person
                && actor.role.as_ref().is_some_and(|role| {
                    role.to_lowercase().split(" of ").next().is_some_and(|role| role == office)
                })
        };
        let mut holders =
            self.roster.actors.iter().enumerate().filter(|(_, actor)| !code.loose && holds(actor));
        let (holder, _) = holders.next().filter(|_| holders.next().is_none())?;
        let how = format!("refers to {}, the only {office} that the text names", self.named(&[holder]));
        Some((holder, ResolvedBy::Coreference, how))
    }

    /// The only person of a country spoken of lately whom the office may mean: `the Russian delegate`.
    pub(super) fn one_of(
        &self,
        sentence: usize,
        word: usize,
        owner: &OwnerFacts,
        code: &'static TitleCode,
    ) -> Option<usize> {
        let country = owner.country?;
        let office = code.english.to_lowercase();
        let persons = self.focus.distinct(sentence, word, 6, |actor| {
            self.roster.actor(actor).is_some_and(|actor| {
                actor.kind == ActorKind::Person && is_of(actor, country) && !actor.id.starts_with("office:")
            })
        });
        let [only] = persons.as_slice() else { return None };
        let role = self.roster.actor(*only)?.role.as_deref().unwrap_or_default().to_lowercase();
        let fits = match code.code {
            // `her Kenyan counterpart` is so to somebody who has been named.
            "counterpart" => {
                let mut others = self
                    .focus
                    .before(sentence, word, 0)
                    .filter_map(|glance| self.roster.actor(glance.actor))
                    .peekable();
                let is_of_state = |other: &Actor| {
                    matches!(other.kind, ActorKind::Person | ActorKind::State | ActorKind::Government)
                };
                others.peek().is_none() || others.any(is_of_state)
            }
            // Nobody calls a president so.
            "delegate" | "diplomat" | "negotiator" | "official" => {
                !["president", "prime minister", "king"].iter().any(|office| role.starts_with(office))
            }
            "politician" => true,
            "leader" => ["president", "prime minister", "leader", "chancellor", "king"]
                .iter()
                .any(|o| role.contains(o)),
            // A person whose office the text does not give may hold the one it speaks of.
            _ => role.contains(&office) || role.is_empty() && !code.loose,
        };
        fits.then_some(*only)
    }

    /// The body of that kind last spoken of: `the ministry`, `the government`; else that of the only state
    /// spoken of just before.
    pub(super) fn body_before(
        &mut self,
        scene: &Scene<'_, '_>,
        sentence: usize,
        designation: &Designation,
    ) -> Option<(usize, ResolvedBy, String)> {
        let code = designation.code;
        let word = designation.title.start;
        let generic = code.code == "ministry";
        // `the court`, of the International Criminal Court
        let is_court = |actor: &Actor| {
            code.code == "court"
                && actor.id.starts_with("organisation:")
                && actor.sector == Some(Sector::Judiciary)
        };
        let same = |actor: &Actor| {
            // `place:scotland:government`
            let own = usize::from(actor.id.starts_with("place:")) + 1;
            let kind = actor.id.split(':').nth(own).unwrap_or_default();
            kind == code.code || generic && kind.ends_with("-ministry") || is_court(actor)
        };
        let bodies =
            self.focus.distinct(sentence, word, LONG, |actor| self.roster.actor(actor).is_some_and(same));
        // `the government` is a region's where the text has spoken of no other.
        let of_region =
            |body: &usize| self.roster.actor(*body).is_some_and(|body| body.id.starts_with("place:"));
        let of_state = bodies.iter().find(|body| !of_region(body));
        let known = of_state.or_else(|| bodies.first()).copied();
        let definite = is_definite(self.lexicon, designation) && !code.site && !generic;
        let states = if definite && known.is_none() {
            self.focus.distinct(sentence, word, 2, |actor| self.roster.actor(actor).is_some_and(is_state))
        } else {
            Vec::new()
        };
        let state = match states.as_slice() {
            [state] => Some(*state),
            _ => None,
        };
        let last = designation.title.end.checked_sub(1).and_then(|last| scene.sentence.words.get(last));
        let by_form = last.is_some_and(|word| word.features.has("Definite", "Def"));
        let is_bare = (definite || by_form) && !code.site && !generic;
        // `Regeringen` of a text about Sweden is Sweden's, whichever state it has named last.
        let country =
            known.or(state).and_then(|actor| self.roster.actor(actor)).and_then(|actor| actor.country);
        let is_of_states =
            known.and_then(|known| self.roster.actor(known)).is_none_or(|known| !is_court(known));
        let bare = is_bare && code.class == TitleClass::Body && is_of_states;
        let home = self.home_owner(country).filter(|_| bare);
        let home =
            home.or_else(|| self.main_owner(sentence, word, state).filter(|_| bare && known.is_none()));
        if let Some(home) = home {
            let (actor, name) = self.roster.part_of(code, &home);
            let how = format!("taken for the {name}, of which the text speaks most; it names no other owner");
            return Some((actor, ResolvedBy::Office, how));
        }
        if let Some(body) = known {
            let how = format!("refers to the {} last spoken of", self.named(&[body]));
            return Some((body, ResolvedBy::Coreference, how));
        }
        let owner = self.roster.owner_of_actor(state?)?;
        let (actor, name) = self.roster.part_of(code, &owner);
        Some((actor, ResolvedBy::Office, format!("taken for the {name}, the only state spoken of there")))
    }

    /// The state that the text speaks of far more than of any other, where the one last spoken of is neither subject
    /// nor that one.
    fn main_owner(&self, sentence: usize, word: usize, last: Option<usize>) -> Option<OwnerFacts> {
        let is_told_of = |state: usize| {
            let mut glances = self.focus.before(sentence, word, 2);
            glances.any(|glance| glance.actor == state && glance.subject && !glance.place)
        };
        if last.is_some_and(is_told_of) {
            return None;
        }
        let times = if last.is_some() { MUCH_MORE } else { FAR_MORE };
        let main = foremost_country(&self.countries, times)?;
        self.roster.owner_of_country(main)
    }

    /// The state whose government published the document.
    pub(super) fn sender(&self) -> Option<CountryCode> {
        let address = self.document.metadata.url.as_deref()?;
        self.world.government_of_address(address)
    }

    /// The state that texts of the language mean where they name none, if the text names it often enough beside
    /// another country; as every other, where it has named none so far.
    pub(super) fn home_owner(&self, other: Option<CountryCode>) -> Option<OwnerFacts> {
        // Who publishes under a state's domain calls that state's government `the government`; a government itself
        // does so without naming its state.
        let address = self.document.metadata.url.as_deref();
        let published = address
            .and_then(|address| self.world.state_of_address(address))
            .filter(|home| self.countries.contains_key(home));
        if let Some(home) = self.sender().or(published).filter(|home| other != Some(*home)) {
            return self.roster.owner_of_country(home);
        }
        let home = self.lexicon.home_state()?;
        let times = |id: &str| self.spoken_of.get(id).copied().unwrap_or_default();
        let is_other = other.is_none_or(|other| other.as_str() != home);
        let states = self.spoken_of.iter().filter(|(id, _)| CountryCode::new(id).is_some());
        let most = || states.map(|(_, times)| *times).max().unwrap_or_default();
        let others = other.map_or_else(most, |other| times(other.as_str()));
        (is_other && times(&home) > 0 && times(&home) * self.lexicon.home_share() >= others)
            .then(|| self.roster.owner_of_country(CountryCode::new(&home)?))?
    }
}

/// How many times as often as any other a text names the state that it is about.
pub(super) const MUCH_MORE: usize = 2;
/// The same, where no state has been named of late.
const FAR_MORE: usize = 3;
/// How often it names it at least.
const OFTEN: usize = 3;

/// The country that is named so many times as often as each other, and often.
pub(super) fn foremost_country(named: &BTreeMap<CountryCode, usize>, times: usize) -> Option<CountryCode> {
    let (country, most) = named.iter().max_by_key(|(_, count)| **count)?;
    let next = named.iter().filter(|(other, _)| *other != country).map(|(_, count)| *count).max();
    (*most >= OFTEN && *most >= times * next.unwrap_or_default()).then_some(*country)
}

/// `said that it was concerned`: whoever says so is, unless a clause says what is (`it was likely that …`).
fn is_said_of_the_speaker(tree: &Sentence, adjective: usize) -> bool {
    tree.words.get(adjective).is_some_and(|word| word.upos == Upos::Adj && word.relation == Relation::Ccomp)
        && tree.child(adjective, &[Relation::Csubj, Relation::Ccomp, Relation::Xcomp]).is_none()
}

/// The subjects of the clause that a word stands in and of the clauses above it, nearest first; those that
/// the word is itself a part of are left out.
fn governing_subjects(tree: &Sentence, word: usize) -> Vec<usize> {
    let mut subjects = Vec::new();
    let is_subject = tree.words.get(word).is_some_and(|word| is_subject_relation(word.relation));
    let mut at = word;
    for _ in 0..tree.words.len() {
        let Some(head) = tree.words.get(at).and_then(|word| word.head) else { break };
        // `it was hit by a drone`: who does it is no subject beside the subject.
        let is_agent = |child: usize| {
            at == word && tree.words.get(child).is_some_and(|other| other.relation == Relation::OblAgent)
        };
        let subject = tree.children(head).find(|&child| {
            child != at
                && tree.words.get(child).is_some_and(|word| is_subject_relation(word.relation))
                && !(is_subject && is_agent(child))
        });
        // `ordered Chad to end its campaign`: it is Chad's.
        let told = tree.words.get(at).filter(|verb| at != word && verb.relation == Relation::Xcomp);
        let told = told.and_then(|_| tree.child(head, &[Relation::Obj, Relation::Iobj]));
        for subject in told.into_iter().chain(subject) {
            if subject != word && !tree.is_below(word, subject) {
                subjects.push(subject);
            }
        }
        at = head;
        if subjects.len() >= 4 {
            break;
        }
    }
    subjects
}
