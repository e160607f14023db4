//! Where things are: names of places with their coordinates.

mod choice;
mod toponyms;

use chancery_core::{Analysis, Document, Mentions, PlaceMention};

use crate::World;
use crate::world::Place;
use choice::Choice;
use toponyms::toponyms;

/// Finds the places that a document names, with their coordinates, in the order of the text.
///
/// States and their adjectives count as well; [`PlaceMention::sense`] says whether a name says where. A name
/// that several places share stands for the same one throughout. Where no table knows a name that the parser
/// takes for a place, it stands without coordinates.
pub(crate) fn find_places(
    document: &Document,
    analysis: &Analysis,
    world: &World,
    found: &Mentions,
) -> Vec<PlaceMention> {
    let language = document.metadata.language.as_deref().unwrap_or("en");
    let mut named = Vec::new();
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        named.extend(toponyms(index, sentence, &document.text, world, language, found));
    }
    let choice = Choice::among(&named, found);
    let mentions = named.iter().map(|toponym| {
        // `Villa Serena, Casanare`: of a town that no table has where it is said to lie, only that is known.
        let holder = toponym.within.as_ref().filter(|holder| holder.country.is_some());
        let is_there = |place: &&Place| {
            holder.is_none_or(|holder| place.country.is_none() || place.country == holder.country)
        };
        let place = choice.of(toponym).filter(is_there);
        let around = place.or(holder);
        PlaceMention {
            span: toponym.span,
            sentence: toponym.sentence,
            name: place.map_or_else(|| toponym.name.clone(), |place| place.name.clone()),
            sense: toponym.sense,
            geonameid: place.map(|place| place.geonameid).filter(|id| *id != 0),
            latitude: place.map(|place| place.latitude),
            longitude: place.map(|place| place.longitude),
            country: around.and_then(|place| place.country),
            region: around.and_then(|place| place.region).and_then(|code| world.region(code)),
        }
    });
    mentions.collect()
}
