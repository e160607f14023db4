//! Who a text speaks of: states, bodies, persons, groups, by name, office, and words that refer back.

mod designation;
mod focus;
mod key;
mod lexicon;
mod naming;
mod reference;
mod roster;
mod scene;
mod sense;

use std::collections::BTreeSet;

use chancery_core::{Actor, ActorKind, Analysis, CountryCode, Document, Mention, Notice, ResolvedDate};

use crate::World;
use focus::Focus;
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
    _notices: &mut Vec<Notice>,
) -> (Vec<Actor>, Vec<Mention>) {
    let language = document.metadata.language.as_deref().unwrap_or("en");
    let lexicon = Lexicon::of(language);
    let scenes: Vec<Scene<'_, '_>> =
        analysis.sentences.iter().map(|sentence| Scene::read(sentence, world, language, lexicon)).collect();
    let day = reference.and_then(|reference| reference.range.to.or(reference.range.from));
    let roster = Roster::new(world, language, lexicon, day, countries_in(&scenes));
    let mut finding =
        Finding { document, world, lexicon, roster, focus: Focus::default(), mentions: Vec::new() };
    for scene in &scenes {
        finding.introduce(scene);
    }
    for (index, scene) in scenes.iter().enumerate() {
        finding.find_in(index, scene);
    }
    finding.finish()
}

/// What is being found in one document.
struct Finding<'d, 'w> {
    document: &'d Document,
    world: &'w World,
    lexicon: &'static Lexicon,
    roster: Roster<'w>,
    focus: Focus,
    mentions: Vec<Mention>,
}

impl Finding<'_, '_> {
    /// Returns the actors that are mentioned, in the order of their first mention.
    fn finish(mut self) -> (Vec<Actor>, Vec<Mention>) {
        self.mentions.sort_by(|a, b| {
            (a.sentence, a.words.start, b.words.end).cmp(&(b.sentence, b.words.start, a.words.end))
        });
        self.mentions.dedup_by(|b, a| a.sentence == b.sentence && a.words == b.words);
        let mut order: Vec<Option<usize>> = vec![None; self.roster.actors.len()];
        let mut count = 0;
        for mention in &mut self.mentions {
            for actor in &mut mention.actors {
                if let Some(place) = order.get_mut(*actor) {
                    *actor = *place.get_or_insert_with(|| {
                        count += 1;
                        count - 1
                    });
                }
            }
        }
        let mut actors: Vec<(usize, Actor)> =
            self.roster.actors.into_iter().zip(order).filter_map(|(actor, at)| Some((at?, actor))).collect();
        actors.sort_by_key(|(at, _)| *at);
        (actors.into_iter().map(|(_, actor)| actor).collect(), self.mentions)
    }
}

/// The countries that a document names, which tell its persons from their namesakes elsewhere.
fn countries_in(scenes: &[Scene<'_, '_>]) -> BTreeSet<CountryCode> {
    let names = scenes.iter().flat_map(|scene| &scene.names);
    names.filter(|name| name.entity.kind == ActorKind::State).filter_map(|name| name.entity.country).collect()
}
