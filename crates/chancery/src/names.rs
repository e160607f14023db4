use chancery_core::Actor;
use chancery_find::Finder;
use chancery_record::{Party, Record, RecordedActor};

use crate::failure::Failure;

/// Names less alike than this are not suggested.
const NEAR: f64 = 0.8;

/// As [`NEAR`], of names of the tables, which are many.
const NEAR_IN_TABLES: f64 = 0.9;

/// How much less alike than the likest a name may be to be suggested beside it.
const MARGIN: f64 = 0.05;

/// The most characters of a name that is looked for among those that look like it.
const LONGEST_NAME: usize = 120;

/// Turns names as people write them into actors: with the world's tables, then with what the record knows.
pub(crate) struct Names {
    finder: Finder,
    known: Vec<RecordedActor>,
}

impl Names {
    pub(crate) fn load(record: &Record) -> Result<Self, Failure> {
        Ok(Self { finder: Finder::load(), known: record.actors(None)? })
    }

    /// The actor that a name stands for; of several, one that the record knows.
    pub(crate) fn resolve(&self, name: &str) -> Result<Actor, Failure> {
        let candidates = self.finder.resolve_name(name);
        let is_known = |actor: &&Actor| self.known.iter().any(|known| known.actor.id == actor.id);
        if let Some(actor) = candidates.iter().find(is_known) {
            return Ok(actor.clone());
        }
        let wanted = name.trim().to_lowercase();
        let called = |known: &&RecordedActor| {
            known.actor.id.to_lowercase() == wanted
                || known.actor.name.to_lowercase() == wanted
                || known.names.iter().any(|words| words.to_lowercase() == wanted)
        };
        if let Some(known) = self.known.iter().find(called) {
            return Ok(known.actor.clone());
        }
        candidates
            .into_iter()
            .next()
            .ok_or_else(|| Failure::UnknownName { name: name.to_owned(), near: self.near(&wanted) })
    }

    /// The party that a name of the call stands for.
    pub(crate) fn party(&self, name: &str) -> Result<Party, Failure> {
        Ok(party(&self.resolve(name)?))
    }

    /// The names of the record and of the tables that look most like one that nobody bears.
    fn near(&self, wanted: &str) -> Vec<String> {
        // What is as long as a page is no slip of a name.
        if wanted.chars().nth(LONGEST_NAME).is_some() {
            return Vec::new();
        }
        let recorded = self.known.iter().flat_map(|known| {
            let names = std::iter::once(&known.actor.name).chain(&known.names);
            names.map(move |words| (words.as_str(), known.actor.name.as_str(), NEAR))
        });
        let tabled = self.finder.world().plain_names();
        let tabled = tabled.into_iter().map(|(words, entity)| (words, entity.name.as_str(), NEAR_IN_TABLES));
        let mut near: Vec<(f64, &str)> = recorded
            .chain(tabled)
            .map(|(words, name, least)| (strsim::jaro_winkler(&words.to_lowercase(), wanted), name, least))
            .filter(|(likeness, _, least)| likeness >= least)
            .map(|(likeness, name, _)| (likeness, name))
            .collect();
        let likest = near.iter().map(|(likeness, _)| *likeness).fold(0.0, f64::max);
        near.retain(|(likeness, _)| likest - likeness <= MARGIN);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        let mut names: Vec<String> = Vec::new();
        for (_, name) in near {
            if names.len() < 3 && !names.iter().any(|seen| seen == name) {
                names.push(name.to_owned());
            }
        }
        names
    }
}

/// A state stands for everybody of its country; anybody else for themselves.
pub(crate) fn party(actor: &Actor) -> Party {
    match actor.country {
        Some(code) if actor.id == code.as_str() => Party::Country(code),
        _ => Party::Actor(actor.id.clone()),
    }
}
