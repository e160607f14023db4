//! Analyses to mentions: actors as of the document's date, times, places, quantities, quotations.
//!
//! The order matters: the reference day first (times count from it and offices are held on it), then
//! times, actors, places and quantities, then whose the actors are that no word gives a country, and last the
//! quotations, whose speakers are actors.

mod actors;
mod places;
mod publication;
mod quantities;
mod quotations;
mod times;
mod world;

use chancery_core::{Actor, Analysis, Document, Mentions, Staged, TimeMention};

pub use world::{
    Entity, Findings, Holder, Imported, KnownHappening, NameForm, NameMatch, Place, PlaceKind, QueryRow,
    Tenure, World,
};

/// Finds what documents speak of, with the tables of `languages/` and `world/`.
pub struct Finder {
    world: World,
}

impl Finder {
    /// Reads the tables inside the binary.
    pub fn load() -> Self {
        Self { world: World::load() }
    }

    /// The tables of the world that it finds with.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Finds everything that a document speaks of. What cannot be resolved is a notice.
    pub fn find(&self, document: &Document, analysis: &Analysis) -> Staged<Mentions> {
        let mut notices = Vec::new();
        let (reference, published_inferred) =
            publication::find_reference(document, analysis, &self.world, &mut notices);
        let times = times::find_times(document, analysis, reference.as_ref(), &mut notices);
        let (actors, mentions) =
            actors::find_actors(document, analysis, &self.world, reference.as_ref(), &times, &mut notices);
        let mut found =
            Mentions { actors, mentions, times, reference, published_inferred, ..Mentions::default() };
        found.places = places::find_places(document, analysis, &self.world, &found);
        actors::settle(document, analysis, &self.world, &mut found);
        found.quantities = quantities::find_quantities(document, analysis);
        found.quotations = quotations::find_quotations(document, analysis, &found);
        Staged { value: found, notices }
    }

    /// Finds the times alone, counted from the day the document states or its words fix.
    pub fn find_times(&self, document: &Document, analysis: &Analysis) -> Staged<Vec<TimeMention>> {
        let mut notices = Vec::new();
        let (reference, _) = publication::find_reference(document, analysis, &self.world, &mut notices);
        let value = times::find_times(document, analysis, reference.as_ref(), &mut notices);
        Staged { value, notices }
    }

    /// Resolves a name as a user types it, in any language: `Ryssland`, `RUS`, `Путин`. Best first;
    /// empty where no table knows it.
    pub fn resolve_name(&self, name: &str) -> Vec<Actor> {
        self.world.resolve_name(name)
    }
}
