//! Whose an office, a body or a group is.

use std::ops::Range;

use chancery_core::{ActorKind, Relation, Upos, Word};

use super::Finding;
use super::designation::{Designation, Owner};
use super::key::slug;
use super::lexicon::{Keys, Lexicon, TitleClass};
use super::locality::state_within;
use super::roster::OwnerFacts;
use super::scene::Scene;
use super::sense::head_of;
use crate::world::NameForm;

impl Finding<'_, '_> {
    /// Whose an office or body is: by its own name (`Bundeskanzler`), else by the words around it.
    pub(super) fn owner_of(&self, scene: &Scene<'_, '_>, designation: &Designation) -> Option<OwnerFacts> {
        match designation.code.state {
            Some(state) => self.roster.owner_of_country(state),
            None => {
                self.owner_facts(scene, designation.owner).or_else(|| self.owner_by_place(scene, designation))
            }
        }
    }

    /// The state or organisation that owns an office or body.
    pub(super) fn owner_facts(&self, scene: &Scene<'_, '_>, owner: Owner) -> Option<OwnerFacts> {
        match owner {
            Owner::Name(name) => {
                let entity = scene.names.get(name)?.entity;
                // An office of a weapon is one of its country; that of a region is the region's.
                match entity.kind {
                    ActorKind::Place => entity.country.map(|_| super::roster::owner_of_entity(entity)),
                    ActorKind::Population | ActorKind::Weapon | ActorKind::Infrastructure => {
                        self.roster.owner_of_country(entity.country?)
                    }
                    _ => Some(super::roster::owner_of_entity(entity)),
                }
            }
            Owner::Body(body) => {
                let body = scene.designations.get(body)?;
                match body.code.state {
                    Some(state) => self.roster.owner_of_country(state),
                    None if matches!(body.owner, Owner::Body(_)) => None,
                    None => self.owner_facts(scene, body.owner),
                }
            }
            Owner::Person(person) => {
                let known = scene.persons.get(person)?.known.and_then(|known| scene.known.get(known));
                if let Some(known) = known {
                    self.roster.owner_of_country(known.entity.country?)
                } else {
                    let words = &scene.persons.get(person)?.words;
                    let actor = self.roster.find_person(&scene.text(words), &scene.forms(words))?;
                    self.roster.owner_of_actor(actor)
                }
            }
            Owner::Organisation(organisation) => {
                let words = scene.organisations.get(organisation)?;
                let name = scene.text(words);
                let id = format!("organisation:{}", slug(&name));
                let within = || state_within(scene, words).map(|(country, _)| country);
                let country = self.region_named(scene, words).or_else(within);
                Some(OwnerFacts { id, name, country, sector: None, state: false })
            }
            Owner::None | Owner::Pronoun(_) | Owner::Loose(_) => None,
        }
    }
}

/// The other states that a group belongs to as well: `the leaders of Norway and Poland`, `German and
/// French troops`. A body is one of each only where adjectives say whose it is or the word is in the plural: `the armies
/// of Norway and Poland`. An office of two states is that of two people: German `die Außenminister Norwegens und Polens`.
pub(super) fn co_owners(scene: &Scene<'_, '_>, designation: &Designation, lexicon: &Lexicon) -> Vec<usize> {
    let Owner::Name(name) = designation.owner else { return Vec::new() };
    let mut others = listed_owners(scene, designation, name);
    others.retain(|&other| !is_parted_by_comma(scene, other, name, lexicon));
    others
}

/// The other states in a row with the one that a group belongs to.
fn listed_owners(scene: &Scene<'_, '_>, designation: &Designation, name: usize) -> Vec<usize> {
    let adjective = scene.names.get(name).is_some_and(|found| found.form == NameForm::Adjective);
    let is_plural = || {
        let words = scene.sentence.words.get(designation.title.clone()).unwrap_or_default();
        words.iter().any(|word| {
            word.upos == Upos::Noun && (word.features.has("Number", "Plur") || is_of_plural_verb(scene, word))
        })
    };
    match designation.code.class {
        TitleClass::Agent => {}
        TitleClass::Body if (adjective || is_plural()) && designation.code.state.is_none() => {}
        TitleClass::Office if !adjective && designation.name.is_none() => {
            let is_state = |&other: &usize| {
                scene.names.get(other).is_some_and(|found| {
                    found.entity.kind == ActorKind::State && found.form != NameForm::Adjective
                })
            };
            return scene.coordinated(name).into_iter().filter(is_state).collect();
        }
        _ => return Vec::new(),
    }
    let mut others = scene.coordinated(name);
    let listed = listed_before(scene, designation, name).filter(|other| !others.contains(other));
    others.extend(listed);
    others
}

/// Turkish `Danimarka, Ukraynalı askerlere eğitim veriyor` (Denmark trains Ukrainian soldiers): where lists end in `and`, a
/// comma alone parts the subject from whose the group behind it is.
fn is_parted_by_comma(scene: &Scene<'_, '_>, first: usize, second: usize, lexicon: &Lexicon) -> bool {
    let (Some(first), Some(second)) = (scene.names.get(first), scene.names.get(second)) else { return false };
    let between = scene.sentence.words.get(first.words.end..second.words.start).unwrap_or_default();
    lexicon.lists("lists end in and", "yes")
        && !between.is_empty()
        && between.iter().any(|word| word.form == ",")
        && !between.iter().any(|word| word.upos == Upos::Cconj)
}

/// Russian `армии Индии и Пакистана обменялись ударами`: a noun that may as well be a genitive is in the plural where
/// its verb is.
fn is_of_plural_verb(scene: &Scene<'_, '_>, noun: &Word) -> bool {
    let is_subject = matches!(noun.relation, Relation::Nsubj | Relation::NsubjPass);
    let verb = noun.head.filter(|_| is_subject).and_then(|verb| scene.sentence.words.get(verb));
    verb.is_some_and(|verb| verb.upos == Upos::Verb && verb.features.has("Number", "Plur"))
}

/// The state named before another that a group is of as well, where the tree hangs both under the group:
/// `U.S. and Russian negotiators`.
fn listed_before(scene: &Scene<'_, '_>, designation: &Designation, name: usize) -> Option<usize> {
    let joint = scene.names.get(name)?.words.start.checked_sub(1)?;
    scene.sentence.words.get(joint).filter(|word| word.upos == Upos::Cconj)?;
    scene.names.iter().position(|other| {
        let head = head_of(scene.sentence, &other.words, &other.words);
        let above = scene.sentence.words.get(head).and_then(|word| word.head);
        other.words.end == joint
            && other.entity.kind == ActorKind::State
            && above.is_some_and(|above| designation.title.contains(&above))
    })
}

/// Turkish `Umman Sultanı` (the sultan of Oman): whether a tagged person's name is that of a state and, behind it, an
/// office that bears the ending of what belongs to somebody.
pub(super) fn is_state_of_office(
    keys: &[String],
    state: &Range<usize>,
    person: &Range<usize>,
    lexicon: &Lexicon,
) -> bool {
    let adjectives = vec![false; keys.len()];
    let patterns = Keys { keys, state_adjective: &adjectives };
    let Some(title) = lexicon.titles.at(&patterns, state.end, lexicon) else { return false };
    let end = state.end + title.length;
    let last = end.checked_sub(1).and_then(|last| keys.get(last)?.split('\'').next());
    state.start == person.start
        && end == person.end
        && title.value.class == TitleClass::Office
        && last.is_some_and(|word| lexicon.ends_in("owned endings", word))
}
