use std::ops::Range;

use chancery_core::{Actor, ActorKind, CountryCode, Date, DateRange, Sector, Sentence};

/// Something that the tables of `world/` know: a state, a person, an organisation, a weapon.
#[derive(Clone, Debug)]
pub struct Entity {
    /// As [`Actor::id`].
    pub id: String,
    /// The English name.
    pub name: String,
    pub kind: ActorKind,
    pub country: Option<CountryCode>,
    pub sector: Option<Sector>,
    pub wikidata: Option<String>,
}

/// What kind of name led to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameForm {
    /// `Iran`, `Hamas`
    Name,
    /// `Islamic Republic`, `the Lebanese group`'s other names
    Alias,
    /// `Iranian`, `ryska`
    Adjective,
    /// `Iranians`, `ryssar`
    Demonym,
    /// `Tehran`, where it may stand for the state
    Capital,
    /// `the Kremlin`, `Downing Street`, `Zhongnanhai`
    Metonym,
}

/// Words of a sentence that are a name of an entity.
#[derive(Clone, Debug)]
pub struct NameMatch<'w> {
    pub words: Range<usize>,
    pub form: NameForm,
    pub entity: &'w Entity,
}

/// An office held by a person from one day to another.
#[derive(Clone, Debug)]
pub struct Tenure {
    /// Id of the person.
    pub person: String,
    /// Code of the office: `president`, `foreign-minister`, `spokesperson-foreign-ministry`.
    pub office: String,
    /// Code of the state, or id of the organisation.
    pub of: String,
    /// Day, month or year grain; an open end means still in office as of `as_of`.
    pub range: DateRange,
    pub as_of: Date,
}

/// Who held an office on a day.
#[derive(Clone, Debug)]
pub enum Holder<'w> {
    Known(&'w Tenure, &'w Entity),
    /// The table ends before that day.
    NotKnownAfter(Date),
    NotInTables,
}

/// A place of the gazetteer.
#[derive(Clone, Debug)]
pub struct Place {
    pub geonameid: u32,
    pub name: String,
    pub latitude: f64,
    pub longitude: f64,
    pub country: CountryCode,
    pub population: u32,
}

/// A dated happening that undated texts count from: `2022-02-24  RUS > UKR  invasion`.
#[derive(Clone, Debug)]
pub struct KnownHappening {
    pub range: DateRange,
    pub source: Vec<String>,
    pub recipient: Vec<String>,
    pub name: String,
}

/// The tables of `world/`, ready to look up. Built once; tables of a language on its first use.
pub struct World {}

impl World {
    /// Reads the tables inside the binary.
    pub fn load() -> Self {
        Self {}
    }

    /// The names of entities in a sentence, longest first at each word, without overlap, in the order of
    /// the text.
    pub fn names_in(&self, _language: &str, _sentence: &Sentence) -> Vec<NameMatch<'_>> {
        Vec::new()
    }

    pub fn entity(&self, _id: &str) -> Option<&Entity> {
        None
    }

    /// The persons that a name may mean, full or surname alone, in any script or common transliteration,
    /// with slight misspellings; best first.
    pub fn persons_named(&self, _language: &str, _name: &str) -> Vec<&Entity> {
        Vec::new()
    }

    /// Every office of a person.
    pub fn tenures_of(&self, _person: &str) -> Vec<&Tenure> {
        Vec::new()
    }

    /// Who held an office of a state or organisation on a day.
    pub fn holder(&self, _office: &str, _of: &str, _day: Date) -> Holder<'_> {
        Holder::NotInTables
    }

    /// The places of a name, in any language, most populous first.
    pub fn places_named(&self, _language: &str, _name: &str) -> Vec<&Place> {
        Vec::new()
    }

    /// Dated happenings between or against states, oldest first.
    pub fn happenings(&self) -> &[KnownHappening] {
        &[]
    }

    /// Resolves a name as a user types it; best first.
    pub fn resolve_name(&self, _name: &str) -> Vec<Actor> {
        Vec::new()
    }
}
