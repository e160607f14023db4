use std::ops::Range;

use chancery_core::CountryCode;

use super::Finding;
use super::designation::{Designation, Owner};
use super::lexicon::TitleClass;
use super::roster::OwnerFacts;
use super::scene::Scene;
use crate::world::{Place, PlaceKind};

/// A town in the name of an institution must be as large as this to say where that is.
const KNOWN_TOWN: u32 = 30_000;
/// How many words the name of a place has at most.
const LONGEST_PLACE: usize = 3;

impl Finding<'_, '_> {
    /// The country of an institution, and the place in its name that lies there: `University of Bergen`.
    /// `None` where the name says no kind of institution, or holds no region or known town.
    pub(super) fn seat(&self, scene: &Scene<'_, '_>, words: &Range<usize>) -> Option<(CountryCode, String)> {
        let institution = words.clone().any(|at| self.lexicon.lists("institution words", scene.key(at)));
        if !institution {
            return None;
        }
        for length in (1..=LONGEST_PLACE.min(words.len())).rev() {
            for start in words.start..=words.end - length {
                let part = start..start + length;
                let says_kind = |at: usize| {
                    ["name words", "institution words"]
                        .iter()
                        .any(|list| self.lexicon.lists(list, scene.key(at)))
                };
                let name = scene.text(&part);
                if part.clone().all(says_kind) || !name.starts_with(|first: char| !first.is_lowercase()) {
                    continue;
                }
                let places = self.world.places_named(&name);
                if let Some(place) = places.iter().find(|place| is_known(place)) {
                    return Some((place.country?, place.name.clone()));
                }
            }
        }
        None
    }

    /// The state of the place right before a body or group: `Bergen police`.
    pub(super) fn owner_by_place(
        &self,
        scene: &Scene<'_, '_>,
        designation: &Designation,
    ) -> Option<OwnerFacts> {
        if designation.owner != Owner::None || designation.code.class == TitleClass::Office {
            return None;
        }
        let title = &designation.title;
        let place = scene.places.iter().find(|words| words.end == title.start).cloned();
        // The parser may take both words for one name.
        let whole =
            scene.organisations.iter().find(|name| name.start < title.start && title.start < name.end);
        let place = place.or_else(|| Some(whole?.start..title.start))?;
        let places = self.world.places_named(&scene.text(&place));
        self.roster.owner_of_country(places.iter().find(|place| is_known(place))?.country?)
    }
}

fn is_known(place: &Place) -> bool {
    place.kind == PlaceKind::Region || place.population >= KNOWN_TOWN
}
