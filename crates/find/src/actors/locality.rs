use std::ops::Range;

use chancery_core::{ActorKind, CountryCode, Relation};

use super::Finding;
use super::designation::{Designation, Owner};
use super::lexicon::TitleClass;
use super::roster::OwnerFacts;
use super::scene::Scene;
use crate::world::{NameForm, Place, PlaceKind};

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

    /// The country of an organisation that no table knows, by the state whose adjective stands before its name
    /// (`the Mongolian People's Party`) or by the place that follows and hangs on it without a preposition.
    pub(super) fn seat_beside(
        &self,
        scene: &Scene<'_, '_>,
        words: &Range<usize>,
    ) -> Option<(CountryCode, String)> {
        let hangs_on = |at: usize, relations: &[Relation]| {
            scene.sentence.words.get(at).is_some_and(|word| {
                relations.contains(&word.relation) && word.head.is_some_and(|head| words.contains(&head))
            })
        };
        let adjective = scene.names.iter().find(|name| {
            name.words.end == words.start
                && name.form == NameForm::Adjective
                && name.entity.kind == ActorKind::State
                && hangs_on(name.words.end - 1, &[Relation::Amod])
        });
        if let Some(name) = adjective {
            return Some((name.entity.country?, name.entity.name.clone()));
        }
        let place = scene.places.iter().find(|place| place.start == words.end)?;
        let head = super::sense::head_of(scene.sentence, place, place);
        let joined = [Relation::Nmod, Relation::Compound, Relation::Flat, Relation::Appos];
        if !hangs_on(head, &joined) || scene.sentence.child(head, &[Relation::Case]).is_some() {
            return None;
        }
        let places = self.world.places_named(&scene.text(place));
        let place = places.iter().find(|place| is_known(place))?;
        Some((place.country?, place.name.clone()))
    }

    /// The country of a region that the parser takes for an organisation: `Kano State`.
    pub(super) fn region_named(&self, scene: &Scene<'_, '_>, words: &Range<usize>) -> Option<CountryCode> {
        let last = words.end.checked_sub(1).filter(|&last| last > words.start)?;
        let bare = if self.lexicon.lists("region words", scene.key(last)) {
            words.start..last
        } else {
            return None;
        };
        let places = self.world.places_named(&scene.text(words));
        let places = if places.is_empty() { self.world.places_named(&scene.text(&bare)) } else { places };
        places.iter().find(|place| place.kind == PlaceKind::Region)?.country
    }

    /// Whether a name of one word that the parser takes for a person is a large city's, and nobody's whom the
    /// text or the tables know.
    pub(super) fn is_only_city(&self, scene: &Scene<'_, '_>, person: usize) -> bool {
        let Some(person) = scene.persons.get(person) else { return false };
        let text = scene.text(&person.words);
        person.words.len() == 1
            && person.known.is_none()
            && self.world.is_city(&text)
            && !self.lexicon.lists("female names", scene.key(person.words.start))
            && self.roster.find_person(&text, &scene.forms(&person.words)).is_none()
            && self.world.persons_named(self.roster.language, &text).is_empty()
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

/// The country of the state or region that the name of an organisation holds, and its name: `Scottish Power`.
pub(super) fn state_within(scene: &Scene<'_, '_>, words: &Range<usize>) -> Option<(CountryCode, String)> {
    let name =
        scene.names.iter().find(|name| words.start <= name.words.start && name.words.end <= words.end)?;
    Some((name.entity.country?, name.entity.name.clone()))
}

fn is_known(place: &Place) -> bool {
    place.kind == PlaceKind::Region || place.population >= KNOWN_TOWN
}
