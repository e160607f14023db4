//! Bodies and groups that are named by what they are: `the Iranian foreign ministry`, `Polish police`.

use chancery_core::ResolvedBy;

use super::Finding;
use super::designation::{Article, Designation, Owner};
use super::key::slug;
use super::lexicon::TitleCode;
use super::roster::OwnerFacts;
use super::scene::Scene;
use crate::world::{NameForm, Place, PlaceKind};

impl Finding<'_, '_> {
    pub(super) fn fixed(&mut self, code: &'static TitleCode) -> (usize, ResolvedBy, String) {
        let actor = self.roster.titled(code, format!("group:{}", code.code), code.english.to_owned(), None);
        (actor, ResolvedBy::Name, format!("words for {}", code.english))
    }

    /// `police`, `gunmen` of whom the text does not say whose they are.
    pub(super) fn unowned(&mut self, code: &'static TitleCode) -> (usize, ResolvedBy, String) {
        let (actor, by, _) = self.fixed(code);
        (actor, by, format!("{} of no named country", code.english))
    }

    /// `the Russian side` is the state itself.
    pub(super) fn side(&mut self, owner: &OwnerFacts) -> Option<(usize, ResolvedBy, String)> {
        let entity = self.world.entity(&owner.id)?;
        let actor = self.roster.entity(entity);
        Some((actor, ResolvedBy::Alias, format!("a side stands for {}", entity.name)))
    }

    pub(super) fn body(
        &mut self,
        scene: &Scene<'_, '_>,
        sentence: usize,
        designation: &Designation,
        owner: Option<&OwnerFacts>,
    ) -> Option<(usize, ResolvedBy, String)> {
        let code = designation.code;
        if let Some(state) = code.state {
            let id = format!("{state}:{}", code.body);
            let actor = self.roster.titled(code, id, code.english.to_owned(), Some(state));
            return Some((actor, ResolvedBy::Name, format!("the words name the {}", code.english)));
        }
        let Some(owner) = owner else {
            let indefinite =
                designation.article == Article::Indefinite || matches!(designation.owner, Owner::Loose(_));
            let known = if indefinite { None } else { self.body_before(scene, sentence, designation) };
            return known.or_else(|| code.bare.then(|| self.unowned(code)));
        };
        let site = if code.site { self.site_of(scene, designation) } else { None };
        let (actor, name) = match &site {
            Some((city, _)) => {
                let id = format!("{}:{}:{}", owner.id, code.code, slug(city));
                let name = format!("{} of {} in {city}", code.english, owner.name);
                (self.roster.titled(code, id, name.clone(), owner.country), name)
            }
            None => self.roster.part_of(code, owner),
        };
        Some((actor, ResolvedBy::Office, format!("the words name the {name}")))
    }

    /// The city of an embassy or consulate, and the word after it.
    pub(super) fn site_of(
        &self,
        scene: &Scene<'_, '_>,
        designation: &Designation,
    ) -> Option<(String, usize)> {
        let mut at = designation.extent.end;
        if !self.lexicon.lists("in", scene.key(at)) && !self.lexicon.lists("place", scene.key(at)) {
            return None;
        }
        at += 1;
        for _ in 0..5 {
            let place = scene.places.iter().find(|words| words.start == at);
            if let Some(words) = place {
                let text = scene.forms(words).join(" ");
                let known = self.world.places_named(&text);
                return Some((city_of(&known).map_or(text, |place| place.name.clone()), words.end));
            }
            let capital =
                scene.names.iter().find(|name| name.words.start == at && name.form == NameForm::Capital);
            if let Some(name) = capital {
                let text = scene.forms(&name.words).join(" ");
                let known = self.world.places_named(&text);
                return Some((city_of(&known).map_or(text, |place| place.name.clone()), name.words.end));
            }
            at += 1;
        }
        None
    }

    pub(super) fn agent(
        &mut self,
        scene: &Scene<'_, '_>,
        designation: &Designation,
        owner: Option<&OwnerFacts>,
    ) -> Option<(usize, ResolvedBy, String)> {
        let code = designation.code;
        if let Owner::Loose(_) = designation.owner {
            let text = scene.text(&designation.extent);
            let actor = self.roster.titled(code, format!("group:{}", slug(&text)), text.clone(), None);
            return Some((actor, ResolvedBy::Name, format!("“{text}” are a group of no one state")));
        }
        // `supporters of the Chadian president`: the name is part of what another is called.
        let is_of_another = match designation.owner {
            Owner::Pronoun(_) => true,
            Owner::Name(name) => scene.names.get(name).is_some_and(|name| {
                name.form == NameForm::Adjective && designation.title.end <= name.words.start
            }),
            _ => false,
        };
        let Some(owner) = owner.filter(|_| !(code.apart && is_of_another)) else {
            return code.bare.then(|| self.unowned(code));
        };
        if code.apart {
            // Those of a leader are mostly of the leader's country; those of a state are of others.
            let country = owner.country.filter(|_| matches!(designation.owner, Owner::Person(_)));
            let text = scene.text(&designation.extent);
            let actor = self.roster.titled(code, format!("group:{}", slug(&text)), text.clone(), country);
            return Some((
                actor,
                ResolvedBy::Name,
                format!("“{text}” are a group told by whom they are for or against"),
            ));
        }
        let (actor, name) = self.roster.part_of(code, owner);
        Some((actor, ResolvedBy::Office, format!("the words name {name}")))
    }
}

/// The city among places of one name, else the first: an embassy stands in Stockholm, not in its county.
fn city_of(places: &[Place]) -> Option<&Place> {
    places.iter().find(|place| place.kind == PlaceKind::Town).or_else(|| places.first())
}
