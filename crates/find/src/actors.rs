//! Who a text speaks of: states, bodies, persons, groups, by name, office, and words that refer back.

mod bearer;
mod body;
mod designation;
mod focus;
mod home;
mod key;
mod known_name;
mod lexicon;
mod locality;
mod naming;
mod office;
mod owner;
mod reference;
mod rising;
mod roster;
mod scene;
mod sense;

use std::collections::{BTreeMap, BTreeSet};

use chancery_core::{
    Actor, ActorKind, Analysis, BlockKind, CountryCode, Document, Mention, Notice, ResolvedDate, TimeMention,
};

use crate::World;
use crate::world::NameForm;
use focus::Focus;
pub(crate) use home::settle;
pub(crate) use key::slug;
use lexicon::Lexicon;
use roster::Roster;
use scene::Scene;

/// Finds the actors of a document and every mention of them, in the order of the text.
///
/// The text is gone through twice: once for the names in full and the offices that it gives them, so that
/// a surname in a headline finds the full name below it, and once for every mention in order.
pub(crate) fn find_actors(
    document: &Document,
    analysis: &Analysis,
    world: &World,
    reference: Option<&ResolvedDate>,
    times: &[TimeMention],
    notices: &mut Vec<Notice>,
) -> (Vec<Actor>, Vec<Mention>) {
    let language = document.metadata.language.as_deref().unwrap_or("en");
    let lexicon = Lexicon::of(language);
    let mut scenes: Vec<Scene<'_, '_>> = analysis
        .sentences
        .iter()
        .map(|sentence| Scene::read(sentence, world, language, lexicon, times))
        .collect();
    let day = reference.and_then(|reference| reference.range.to.or(reference.range.from));
    let roster = Roster::new(world, language, lexicon, day, countries_in(&scenes));
    let spoken_of = spoken_of(&scenes);
    let countries = countries_named(&scenes);
    let mut finding = Finding {
        document,
        world,
        lexicon,
        roster,
        spoken_of,
        countries,
        focus: Focus::default(),
        mentions: Vec::new(),
        notices,
    };
    // A headline calls by surname whom the text below introduces.
    let (titles, body): (Vec<_>, Vec<_>) = scenes.iter().partition(|scene| is_title(document, scene));
    for scene in body.into_iter().chain(titles) {
        finding.introduce(scene);
    }
    for scene in &mut scenes {
        finding.add_surnames(scene);
    }
    for (index, scene) in scenes.iter().enumerate() {
        finding.find_in(index, scene);
    }
    finding.finish()
}

pub(crate) use scene::is_day;

/// Whether a language's `reference.txt` has a word in one of its lists.
pub(crate) fn is_listed(language: &str, list: &str, word: &str) -> bool {
    Lexicon::of(language).lists(list, &key::key(word))
}

/// The code under which the tables list the office that an English title names.
pub(crate) fn office_in(title: &str) -> Option<String> {
    lexicon::office_in(title)
}

fn is_title(document: &Document, scene: &Scene<'_, '_>) -> bool {
    document.blocks.get(scene.sentence.block).is_some_and(|block| block.kind == BlockKind::Title)
}

/// What is being found in one document.
struct Finding<'d, 'w> {
    notices: &'d mut Vec<Notice>,
    document: &'d Document,
    world: &'w World,
    lexicon: &'static Lexicon,
    roster: Roster<'w>,
    /// Ids of what is named otherwise than by a capital, and how often.
    spoken_of: BTreeMap<String, usize>,
    /// How often each state is named, by whatever word.
    countries: BTreeMap<CountryCode, usize>,
    focus: Focus,
    mentions: Vec<Mention>,
}

impl Finding<'_, '_> {
    /// Takes `the Russian consulate` for the one in Isfahan where the text speaks of no other.
    fn merge_sites(&mut self) {
        let ids: Vec<&str> = self.roster.actors.iter().map(|actor| actor.id.as_str()).collect();
        let is_site = |id: &str| id.ends_with(":consulate") || id.ends_with(":embassy");
        let mut moved = Vec::new();
        for (index, id) in ids.iter().enumerate().filter(|(_, id)| is_site(id)) {
            let prefix = format!("{id}:");
            let mut sites = ids.iter().enumerate().filter(|(_, other)| other.starts_with(&prefix));
            if let (Some((site, _)), None) = (sites.next(), sites.next()) {
                moved.push((index, site));
            }
        }
        for actor in self.mentions.iter_mut().flat_map(|mention| &mut mention.actors) {
            if let Some((_, site)) = moved.iter().find(|(from, _)| from == actor) {
                *actor = *site;
            }
        }
    }

    /// Returns the actors that are mentioned, in the order of their first mention.
    fn finish(mut self) -> (Vec<Actor>, Vec<Mention>) {
        self.mentions.sort_by(|a, b| {
            (a.sentence, a.words.start, b.words.end).cmp(&(b.sentence, b.words.start, a.words.end))
        });
        self.mentions.dedup_by(|b, a| a.sentence == b.sentence && a.words == b.words && a.actors == b.actors);
        self.merge_sites();
        let actors = by_first_mention(self.roster.actors, &mut self.mentions);
        (actors, self.mentions)
    }
}

/// Returns the actors that are mentioned, in the order of their first mention, and makes the mentions point at them.
fn by_first_mention(actors: Vec<Actor>, mentions: &mut [Mention]) -> Vec<Actor> {
    let mut order: Vec<Option<usize>> = vec![None; actors.len()];
    let mut count = 0;
    for actor in mentions.iter_mut().flat_map(|mention| &mut mention.actors) {
        if let Some(place) = order.get_mut(*actor) {
            *actor = *place.get_or_insert_with(|| {
                count += 1;
                count - 1
            });
        }
    }
    let mut mentioned: Vec<(usize, Actor)> =
        actors.into_iter().zip(order).filter_map(|(actor, at)| Some((at?, actor))).collect();
    mentioned.sort_by_key(|(at, _)| *at);
    mentioned.into_iter().map(|(_, actor)| actor).collect()
}

/// The ids of what a document names otherwise than by a capital, and how often.
fn spoken_of(scenes: &[Scene<'_, '_>]) -> BTreeMap<String, usize> {
    let names = scenes.iter().flat_map(|scene| &scene.names);
    let mut counts = BTreeMap::new();
    for name in names.filter(|name| name.form != NameForm::Capital) {
        *counts.entry(name.entity.id.clone()).or_default() += 1;
    }
    counts
}

/// How often a document names each state: by its name, its adjective, its capital.
fn countries_named(scenes: &[Scene<'_, '_>]) -> BTreeMap<CountryCode, usize> {
    let names = scenes.iter().flat_map(|scene| &scene.names);
    let states = names.filter(|name| name.entity.kind == ActorKind::State);
    let mut counts = BTreeMap::new();
    for country in states.filter_map(|name| name.entity.country) {
        *counts.entry(country).or_default() += 1;
    }
    counts
}

/// The countries that a document names, which tell its persons from their namesakes elsewhere.
fn countries_in(scenes: &[Scene<'_, '_>]) -> BTreeSet<CountryCode> {
    let names = scenes.iter().flat_map(|scene| &scene.names);
    names.filter(|name| name.entity.kind == ActorKind::State).filter_map(|name| name.entity.country).collect()
}
