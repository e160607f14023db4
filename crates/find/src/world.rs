mod addresses;
mod fold;
mod import;
mod names;
mod persons;
mod places;
mod sorted;
mod spelling;
mod table;
mod tenures;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use chancery_core::{Actor, ActorKind, CountryCode, Date, DateRange, Sector, Sentence, Upos};

use addresses::Addresses;
pub use import::{Imported, QueryRow};
use names::{NameTable, Writing};
use persons::Persons;
pub(crate) use persons::{FAMILY_NAME_FIRST, is_name_article, is_particle};
use places::Places;
use table::Table;
use tenures::Tenures;

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
    /// Zero where `GeoNames` has no entry that we know of.
    pub geonameid: u32,
    pub name: String,
    pub latitude: f64,
    pub longitude: f64,
    /// `None` for a sea, or a region of several countries.
    pub country: Option<CountryCode>,
    pub population: u32,
    pub kind: PlaceKind,
    /// Code of the first-level region that it lies in, or is: `US.TX`.
    pub region: Option<&'static str>,
}

/// What a place of the gazetteer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    State,
    /// A sea, a site, a disputed or breakaway territory, a region of several countries.
    Territory,
    /// A first-level region of a country.
    Region,
    County,
    Town,
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
pub struct World {
    entities: Vec<Entity>,
    ids: HashMap<String, usize>,
    writings: BTreeMap<&'static str, (Writing, OnceLock<NameTable>)>,
    persons: OnceLock<Persons>,
    tenures: Tenures,
    places: OnceLock<Places>,
    happenings: Vec<KnownHappening>,
    /// Whose an address of the web is.
    addresses: Addresses,
}

/// What a look through the tables found, each with file and line.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// What must not be: unknown codes, reversed intervals, two holders of one chair.
    pub errors: Vec<String>,
    /// What may be: chairs that stand empty, sources that contradict one another.
    pub remarks: Vec<String>,
}

/// The most characters that a name may have.
const LONGEST_NAME: usize = 200;
/// A town as large as this is known by its whole name, even where a part of that is a state's.
pub(crate) const LARGE: u32 = 20_000;
/// A town as large as this is what its name means, where nobody of that name is known.
const CITY: u32 = 500_000;

/// Tables that list entities.
const ENTITY_TABLES: [&str; 8] = [
    "states",
    "organisations",
    "weapons",
    "infrastructure",
    "territories",
    "persons",
    "officials",
    "persons_compiled",
];

impl World {
    /// Reads the tables inside the binary.
    pub fn load() -> Self {
        Self::read(&mut |_| {})
    }

    /// What is wrong in the tables, and what is worth a look; nothing where they are sound.
    pub fn check() -> Findings {
        let mut errors = Vec::new();
        let world = Self::read(&mut |complaint| errors.push(complaint));
        for language in world.writings.keys() {
            let writing = Table::read("names/languages");
            let writing = writing.rows().find(|row| row.cell("language") == *language).map(Writing::read);
            let tables = name_tables(language);
            NameTable::read(&tables, &writing.unwrap_or_default(), &world.ids, |complaint| {
                errors.push(complaint);
            });
        }
        world.places().check(&mut errors);
        for row in Table::read("happenings").rows() {
            for code in row.parts("source").chain(row.parts("recipient")) {
                if !world.ids.contains_key(code) {
                    errors.push(format!("{}: no entity {code}", row.place()));
                }
            }
        }
        for row in ENTITY_TABLES.map(Table::read).iter().flat_map(Table::rows) {
            let code = row.cell("country");
            let exists = world.ids.contains_key(code)
                || CountryCode::new(code).is_some_and(|code| code.is_international());
            if !code.is_empty() && !exists {
                errors.push(format!("{}: no state {code}", row.place()));
            }
            errors.extend(
                row.longest()
                    .filter(|cell| cell.chars().count() > LONGEST_NAME)
                    .map(|cell| format!("{}: a name of {} characters", row.place(), cell.chars().count())),
            );
        }
        let mut findings = Findings { errors, remarks: Vec::new() };
        world.tenures.check(&world.ids, &mut findings);
        findings
    }

    fn read(complain: &mut dyn FnMut(String)) -> Self {
        let mut entities = Vec::new();
        let mut ids = HashMap::new();
        for table in ENTITY_TABLES.map(Table::read) {
            for row in table.rows() {
                match entity(row) {
                    Ok(entity) => {
                        if ids.insert(entity.id.clone(), entities.len()).is_some() {
                            complain(format!("{}: {} stands twice", row.place(), entity.id));
                        }
                        entities.push(entity);
                    }
                    Err(wrong) => complain(format!("{}: {wrong}", row.place())),
                }
            }
        }
        let writings = Table::read("names/languages");
        let writings = writings
            .rows()
            .map(|row| (row.cell("language"), (Writing::read(row), OnceLock::new())))
            .collect();
        Self {
            writings,
            persons: OnceLock::new(),
            tenures: Tenures::read(complain),
            places: OnceLock::new(),
            happenings: tenures::read_happenings(complain),
            addresses: Addresses::read(&ids, complain),
            entities,
            ids,
        }
    }

    /// The state under whose domain an address stands: `www.regeringen.se/…` is Swedish.
    pub(crate) fn state_of_address(&self, address: &str) -> Option<CountryCode> {
        self.addresses.state(address)
    }

    /// The state whose government publishes under an address: its ministers are `the minister` there.
    pub(crate) fn government_of_address(&self, address: &str) -> Option<CountryCode> {
        self.addresses.government(address)
    }

    fn names(&self, language: &str) -> Option<&NameTable> {
        let known = self.writings.get_key_value(language).or_else(|| self.writings.get_key_value("en"));
        let (language, (writing, table)) = known?;
        Some(table.get_or_init(|| NameTable::read(&name_tables(language), writing, &self.ids, |_| {})))
    }

    /// The names of entities other than persons in a sentence, longest first at each word, without overlap,
    /// in the order of the text. A word that joins two names (`Russian-Iranian`) bears a match for each.
    pub fn names_in(&self, language: &str, sentence: &Sentence) -> Vec<NameMatch<'_>> {
        let found = self.names(language).map(|names| names.find(sentence)).unwrap_or_default();
        let matches = found.into_iter().filter_map(|name| {
            let entity = self.entities.get(name.entity)?;
            Some(NameMatch { words: name.first..name.last + 1, form: name.form, entity })
        });
        matches.filter(|name| !is_other_word(sentence, name) && !is_cut_short(sentence, name)).collect()
    }

    /// The plain names of everything but persons, in every language, and the English names of all.
    pub fn plain_names(&self) -> Vec<(&str, &Entity)> {
        let mut names: Vec<_> = self.entities.iter().map(|entity| (entity.name.as_str(), entity)).collect();
        for (table, columns) in self.writings.keys().flat_map(|language| name_tables(language)) {
            for row in table.rows() {
                let Some(entity) = self.entity(row.cell("id")) else { continue };
                let plain = columns.iter().filter(|(_, form)| *form <= NameForm::Alias);
                let cells = plain.flat_map(|(column, _)| row.parts(column));
                names.extend(cells.filter(|name| !name.contains('*')).map(|name| (name, entity)));
            }
        }
        names
    }

    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.get(*self.ids.get(id)?)
    }

    fn persons(&self) -> &Persons {
        self.persons.get_or_init(|| Persons::read(&self.entities, &self.tenures))
    }

    /// The persons that a name may mean, full or surname alone, in any script or common transliteration,
    /// with slight misspellings; best first.
    pub fn persons_named(&self, language: &str, name: &str) -> Vec<&Entity> {
        let found = self.persons().named(language, name);
        found.into_iter().filter_map(|index| self.entities.get(index)).collect()
    }

    /// Names of known persons in a sentence, spelled as the tables spell them, bar endings: whole names, and
    /// surnames of those whom a text need not introduce. In the order of the text, without overlap.
    pub fn persons_in(&self, sentence: &Sentence) -> Vec<NameMatch<'_>> {
        let found = self.persons().in_sentence(sentence);
        if found.is_empty() {
            return Vec::new();
        }
        // Where words are not spaced, a person's name may lie inside another name: 马斯 in 哈马斯.
        let longer: Vec<_> = self.names("zh").map(|names| names.find(sentence)).unwrap_or_default();
        let found = found.into_iter().filter(|&(first, last, _)| {
            !longer
                .iter()
                .any(|name| name.first <= first && last <= name.last && name.last - name.first > last - first)
        });
        let matches = found.filter_map(|(first, last, entity)| {
            let entity = self.entities.get(entity)?;
            Some(NameMatch { words: first..last + 1, form: NameForm::Name, entity })
        });
        matches.collect()
    }

    /// Every office of a person, the latest first.
    pub fn tenures_of(&self, person: &str) -> Vec<&Tenure> {
        self.tenures.of_person(person)
    }

    /// Who held an office of a state or organisation on a day.
    pub fn holder(&self, office: &str, of: &str, day: Date) -> Holder<'_> {
        match self.tenures.holder(office, of, day) {
            Ok(tenure) => match self.entity(&tenure.person) {
                Some(person) => Holder::Known(tenure, person),
                None => Holder::NotInTables,
            },
            Err(Some(last)) => Holder::NotKnownAfter(last),
            Err(None) => Holder::NotInTables,
        }
    }

    fn places(&self) -> &Places {
        self.places.get_or_init(Places::read)
    }

    /// The regions, counties and towns of a name, in any language, the most populous first.
    pub fn places_named(&self, name: &str) -> Vec<Place> {
        self.places().named(name)
    }

    /// The first-level region of a code of the gazetteer.
    pub(crate) fn region(&self, code: &'static str) -> Option<chancery_core::Region> {
        self.places().region(code)
    }

    /// The longer name of a region, or of a town of so many, that a name of one word ends, as words of the
    /// sentence: `New Jersey` is not Jersey, `Mbanza Congo` not Congo.
    pub(crate) fn longer_place(
        &self,
        sentence: &Sentence,
        words: &Range<usize>,
        least: u32,
    ) -> Option<Range<usize>> {
        if words.len() != 1 {
            return None;
        }
        let word = |at: usize| sentence.words.get(at);
        let is_name = |at: usize| {
            word(at).is_some_and(|word| {
                matches!(word.upos, Upos::Propn | Upos::Adj)
                    && word.form.chars().next().is_some_and(char::is_uppercase)
            })
        };
        let start = words.start.checked_sub(1).filter(|&before| is_name(before))?;
        let (first, last) = (word(start)?, word(words.start)?);
        let places = self.places_named(&format!("{} {}", first.form, last.form));
        let is_known = |place: &Place| place.kind == PlaceKind::Region || place.population >= least;
        places.iter().any(is_known).then_some(start..words.end)
    }

    /// Whether a name is a large city's.
    pub(crate) fn is_city(&self, name: &str) -> bool {
        self.places_named(name).iter().any(|place| match place.kind {
            PlaceKind::Town => place.population >= CITY,
            PlaceKind::Region => place.population >= 3 * CITY,
            _ => false,
        })
    }

    /// The region that a short form behind the name of a town stands for: `Calif.`
    pub fn region_abbreviated(&self, name: &str) -> Option<Place> {
        self.places().abbreviated(name)
    }

    /// Where a state or territory lies on the map.
    pub fn place_of(&self, entity: &Entity) -> Option<&Place> {
        self.places().territory(&entity.id).or_else(|| self.places().state(&entity.id))
    }

    /// Dated happenings between or against states, oldest first.
    pub fn happenings(&self) -> &[KnownHappening] {
        &self.happenings
    }

    /// Resolves a name as a user types it; best first.
    pub fn resolve_name(&self, name: &str) -> Vec<Actor> {
        let mut indices: Vec<usize> = Vec::new();
        let upper = name.trim().to_uppercase();
        indices.extend(self.ids.get(&upper).or_else(|| self.ids.get(name.trim())));
        let mut named: Vec<_> =
            self.writings.keys().filter_map(|language| self.names(language)?.whole(name)).collect();
        named.sort_unstable();
        indices.extend(named.into_iter().map(|(_, entity)| entity));
        for language in ["", "ru", "uk", "fa", "ar", "he"] {
            indices.extend(self.persons().named(language, name));
        }
        let mut actors: Vec<Actor> = Vec::new();
        for entity in indices.into_iter().filter_map(|index| self.entities.get(index)) {
            if actors.iter().all(|actor| actor.id != entity.id) {
                actors.push(entity.actor());
            }
        }
        actors
    }
}

impl Entity {
    /// The entity as an actor without a role.
    pub fn actor(&self) -> Actor {
        Actor {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
            country: self.country,
            sector: self.sector,
            wikidata: self.wikidata.clone(),
            role: None,
        }
    }
}

/// Whether a name of one word is a small word of the language where it stands: Ukrainian `того` is no Togo.
fn is_other_word(sentence: &Sentence, name: &NameMatch<'_>) -> bool {
    let [word] = sentence.words.get(name.words.clone()).unwrap_or_default() else { return false };
    let small = matches!(
        word.upos,
        Upos::Pron | Upos::Det | Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Aux | Upos::Intj
    );
    // No small word looks like an adjective of a state, though taggers take Hebrew הרוסי for one.
    let small = small && name.form != NameForm::Adjective;
    // `Chile's` of a language that is not told apart is one word, and no small one.
    small && word.name.is_none() && word.form.chars().all(char::is_alphabetic)
}

/// Whether the one word for a group of states is but the beginning of another name: `Western Cape`.
fn is_cut_short(sentence: &Sentence, name: &NameMatch<'_>) -> bool {
    if name.entity.kind != ActorKind::Group || name.words.len() != 1 {
        return false;
    }
    let (Some(first), Some(next)) =
        (sentence.words.get(name.words.start), sentence.words.get(name.words.end))
    else {
        return false;
    };
    let goes_on = first.name.is_some() && next.name.is_some_and(|tag| !tag.begins);
    goes_on && next.upos == Upos::Propn
}

/// Tables of entities that hold their names in each language, besides the tables of names.
const TABLES_WITH_NAMES: [&str; 4] = ["organisations", "weapons", "infrastructure", "territories"];

/// The tables with names of a language, and their columns with names: our own first, then what is compiled.
fn name_tables(language: &str) -> Vec<(Table, Vec<(String, NameForm)>)> {
    let forms = || names::FORMS.map(|(column, form)| (column.to_owned(), form)).to_vec();
    let mut tables: Vec<_> = [format!("names/{language}"), format!("names/compiled/{language}")]
        .iter()
        .map(|path| (Table::read(path), forms()))
        .collect();
    for path in TABLES_WITH_NAMES {
        let mut columns = vec![(language.to_owned(), NameForm::Name), ("any".to_owned(), NameForm::Name)];
        if language == "en" {
            columns.push(("name".to_owned(), NameForm::Name));
        }
        tables.push((Table::read(path), columns));
    }
    tables
}

fn entity(row: table::Row<'_>) -> Result<Entity, String> {
    let parse_country = |code: &str| CountryCode::new(code).ok_or_else(|| format!("no country code {code}"));
    let parse_sector = |code: &str| code.parse::<Sector>().map_err(|()| format!("no sector {code}"));
    Ok(Entity {
        id: row.filled("id").ok_or("no id")?.to_owned(),
        name: row.filled("name").ok_or("no name")?.to_owned(),
        kind: row.cell("kind").parse().map_err(|()| format!("no kind {}", row.cell("kind")))?,
        country: row.filled("country").map(parse_country).transpose()?,
        sector: row.filled("sector").map(parse_sector).transpose()?,
        wikidata: row.filled("wikidata").map(str::to_owned),
    })
}

#[cfg(test)]
mod tests;
