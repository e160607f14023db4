use std::collections::{BTreeMap, BTreeSet, HashMap};

use chancery_core::{Actor, ActorKind, CountryCode, Date, ResolvedBy, Sector};

use super::key::{key, slug};
use super::known_name::{Gender, KnownName, base_form};
use super::lexicon::{Lexicon, TitleCode, english_office, title_code};
use crate::World;
use crate::world::{Entity, Holder, Tenure};

/// The actors of one document, each once.
pub(super) struct Roster<'w> {
    pub(super) world: &'w World,
    pub(super) language: &'w str,
    pub(super) lexicon: &'static Lexicon,
    pub(super) day: Option<Date>,
    pub(super) actors: Vec<Actor>,
    by_id: HashMap<String, usize>,
    pub(super) names: Vec<KnownName>,
    /// Entries of `names` by each of their parts.
    pub(super) by_part: HashMap<String, Vec<usize>>,
    /// Entries of `names` by first letter, for misspellings.
    pub(super) by_letter: HashMap<char, Vec<usize>>,
    /// Who the text itself says holds an office: by office code and owner.
    holders: HashMap<(&'static str, String), usize>,
    countries: BTreeSet<CountryCode>,
    /// What the honorific before the name at hand says.
    pub(super) addressed: Option<Gender>,
    pub(super) genders: BTreeMap<usize, Gender>,
}

/// Whose office, body or people it is.
#[derive(Clone, Debug)]
pub(super) struct OwnerFacts {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) country: Option<CountryCode>,
    pub(super) sector: Option<Sector>,
    pub(super) state: bool,
}

/// The office that a text gives a person.
#[derive(Clone, Debug)]
pub(super) struct Title {
    pub(super) code: String,
    pub(super) base: &'static TitleCode,
    pub(super) owner: Option<OwnerFacts>,
    pub(super) former: bool,
    pub(super) deputy: bool,
}

impl Title {
    /// The office in plain English: `Foreign Minister of Russia`.
    pub(super) fn role(&self) -> String {
        let of = self.owner.as_ref().map_or("", |owner| owner.id.as_str());
        let office = english_office(&self.code, of);
        let office = match &self.owner {
            Some(owner) => format!("{office} of {}", owner.name),
            None => office,
        };
        let office = if self.deputy && !office.to_lowercase().starts_with("deputy") {
            format!("deputy {}", lower_first(&office))
        } else {
            office
        };
        if self.former { format!("former {office}") } else { office }
    }

    fn sector(&self) -> Option<Sector> {
        let of_body =
            || self.code.split_once('-').and_then(|(_, body)| title_code(body)).and_then(|c| c.sector);
        let of_owner = || self.owner.as_ref().and_then(|owner| if owner.state { None } else { owner.sector });
        self.base
            .sector
            .filter(|_| self.owner.as_ref().is_none_or(|o| o.state))
            .or_else(of_owner)
            .or_else(of_body)
            .or(self.base.sector)
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// How a person was recognised.
pub(super) struct Recognised {
    pub(super) actor: usize,
    pub(super) by: ResolvedBy,
    pub(super) how: String,
}

impl<'w> Roster<'w> {
    pub(super) fn new(
        world: &'w World,
        language: &'w str,
        lexicon: &'static Lexicon,
        day: Option<Date>,
        countries: BTreeSet<CountryCode>,
    ) -> Self {
        Self {
            world,
            language,
            lexicon,
            day,
            actors: Vec::new(),
            by_id: HashMap::new(),
            names: Vec::new(),
            by_part: HashMap::new(),
            by_letter: HashMap::new(),
            holders: HashMap::new(),
            countries,
            addressed: None,
            genders: BTreeMap::new(),
        }
    }

    pub(super) fn actor(&self, index: usize) -> Option<&Actor> {
        self.actors.get(index)
    }

    pub(super) fn is_person(&self, index: usize) -> bool {
        self.actor(index).is_some_and(|actor| actor.kind == ActorKind::Person)
    }

    /// Adds an actor, or returns the one of that id.
    pub(super) fn add(&mut self, actor: Actor) -> usize {
        if let Some(&known) = self.by_id.get(&actor.id) {
            return known;
        }
        self.by_id.insert(actor.id.clone(), self.actors.len());
        self.actors.push(actor);
        self.actors.len() - 1
    }

    /// Adds what a title says by itself.
    pub(super) fn titled(
        &mut self,
        code: &TitleCode,
        id: String,
        name: String,
        country: Option<CountryCode>,
    ) -> usize {
        let (kind, sector) = (code.kind, code.sector);
        self.add(Actor { id, name, kind, country, sector, wikidata: None, role: None })
    }

    /// Adds the body or group of an owner, and gives its name: `Ministry of Defence of Russia`.
    pub(super) fn part_of(&mut self, code: &TitleCode, owner: &OwnerFacts) -> (usize, String) {
        let name = format!("{} of {}", code.english, owner.name);
        let id = format!("{}:{}", owner.id, code.code);
        (self.titled(code, id, name.clone(), owner.country), name)
    }

    /// Adds what the tables know, with the office held on the document's day.
    pub(super) fn entity(&mut self, entity: &Entity) -> usize {
        if let Some(&known) = self.by_id.get(&entity.id) {
            return known;
        }
        let tenure = (entity.kind == ActorKind::Person).then(|| self.office_of(&entity.id)).flatten();
        let role = tenure.map(|tenure| {
            format!("{} of {}", english_office(&tenure.office, &tenure.of), self.owner_name(&tenure.of))
        });
        let sector = tenure.and_then(|tenure| title_code(&tenure.office)).and_then(|code| code.sector);
        // Who heads an organisation speaks for it, whoever they were before.
        let serves = tenure.and_then(|tenure| self.world.entity(&tenure.of)).and_then(|owner| owner.country);
        self.add(Actor {
            id: entity.id.clone(),
            name: entity.name.clone(),
            kind: entity.kind,
            country: serves.or(entity.country),
            sector: sector.or(entity.sector),
            wikidata: entity.wikidata.clone(),
            role,
        })
    }

    fn owner_name(&self, id: &str) -> String {
        with_article(self.world.entity(id).map_or(id, |entity| entity.name.as_str()))
    }

    /// The weightiest office that a person held on the document's day; without a day, one still held.
    fn office_of(&self, person: &str) -> Option<&'w Tenure> {
        let tenures = self.world.tenures_of(person).into_iter().filter(|tenure| match self.day {
            // A row that has not been looked at for years says little of who is in office now.
            Some(day) => {
                let checked = years_after(tenure.as_of, 2);
                tenure.range.contains(day) && (tenure.range.to.is_some() || day <= checked)
            }
            None => tenure.range.to.is_none(),
        });
        let rank = |tenure: &Tenure| title_code(&tenure.office).map_or(usize::MAX, |code| code.rank);
        tenures.min_by_key(|tenure| (rank(tenure), std::cmp::Reverse(tenure.range.from)))
    }

    /// The facts of an actor as an owner: its state, where it is not a state or organisation itself.
    pub(super) fn owner_of_actor(&self, index: usize) -> Option<OwnerFacts> {
        let actor = self.actor(index)?;
        let itself = matches!(
            actor.kind,
            ActorKind::State
                | ActorKind::Alliance
                | ActorKind::ArmedGroup
                | ActorKind::Organisation
                | ActorKind::Company
        ) && !actor.id.contains(':')
            || actor.id.starts_with("organisation:");
        if itself {
            return Some(OwnerFacts {
                id: actor.id.clone(),
                name: with_article(&actor.name),
                country: actor.country,
                sector: actor.sector,
                state: actor.kind == ActorKind::State,
            });
        }
        self.owner_of_country(actor.country?)
    }

    pub(super) fn owner_of_country(&self, country: CountryCode) -> Option<OwnerFacts> {
        Some(owner_of_entity(self.world.entity(country.as_str())?))
    }

    /// Notes that the text gives a person an office.
    pub(super) fn entitle(&mut self, actor: usize, title: &Title) {
        let role = title.role();
        let counterpart = title.base.code == "counterpart";
        let (sector, country) = (title.sector(), title.owner.as_ref().and_then(|owner| owner.country));
        let fallback = title.base.code;
        let Some(person) = self.actors.get_mut(actor) else { return };
        if person.kind != ActorKind::Person {
            return;
        }
        // `EU commissioner Anna Holm` speaks for the Union, wherever she is from.
        let serves = title.owner.as_ref().is_some_and(|owner| !owner.state) && !title.former && !counterpart;
        if person.country.is_none() || serves && person.role.is_none() && country.is_some() {
            person.country = country;
        }
        if counterpart {
            return;
        }
        let weak = person.role.as_ref().is_none_or(|role| !role.contains(" of "));
        if person.role.is_none() || weak && title.owner.is_some() && !title.former {
            person.role = Some(role);
            if !title.former || person.sector.is_none() {
                person.sector = sector.or(person.sector);
            }
        }
        if let Some(owner) = title.owner.as_ref().filter(|_| !title.former && !title.deputy) {
            self.holders.entry((fallback, owner.id.clone())).or_insert(actor);
        }
    }

    /// Notes of which sector and country somebody is of whom nothing else is known.
    pub(super) fn describe(&mut self, actor: usize, sector: Option<Sector>, country: Option<CountryCode>) {
        let Some(person) = self.actors.get_mut(actor).filter(|actor| actor.kind == ActorKind::Person) else {
            return;
        };
        person.sector = person.sector.or(sector);
        person.country = person.country.or(country);
    }

    /// The person who the text says holds an office.
    pub(super) fn holder_in_text(&self, code: &TitleCode, owner: &str) -> Option<usize> {
        self.holders.get(&(code.code, owner.to_owned())).copied()
    }

    /// The person who, by the tables, held an office on the document's day.
    pub(super) fn holder_in_tables(&mut self, office: &str, owner: &str) -> Option<(usize, String)> {
        let day = self.day?;
        let Holder::Known(tenure, entity) = self.world.holder(office, owner, day) else { return None };
        let how = format!(
            "{} was {} of {} on {day}, by the tables of world/ (as of {})",
            entity.name,
            english_office(&tenure.office, &tenure.of),
            self.owner_name(owner),
            tenure.as_of
        );
        Some((self.entity(entity), how))
    }

    /// The day after which the tables no longer know who holds an office, where the document is later.
    pub(super) fn holder_known_until(&self, offices: &[&str], owner: &str) -> Option<Date> {
        let day = self.day?;
        let until = offices.iter().filter_map(|office| match self.world.holder(office, owner, day) {
            Holder::NotKnownAfter(last) => Some(last),
            Holder::Known(..) | Holder::NotInTables => None,
        });
        until.max()
    }

    /// Records a name by which the document calls a person.
    fn learn(&mut self, actor: usize, parts: &[String]) {
        if self.names.iter().rev().take(64).any(|known| known.actor == actor && known.parts == parts) {
            return;
        }
        let index = self.names.len();
        for part in parts.iter().filter(|part| part.chars().count() > 1) {
            self.by_part.entry(part.clone()).or_default().push(index);
        }
        if let Some(letter) = parts.last().and_then(|part| part.chars().next()) {
            self.by_letter.entry(letter).or_default().push(index);
        }
        self.names.push(KnownName { actor, parts: parts.to_vec() });
    }

    /// Recognises a person known to the tables by the very name in the text.
    pub(super) fn known_person(
        &mut self,
        entity: &Entity,
        text: &str,
        forms: &[&str],
        title: Option<&Title>,
    ) -> Recognised {
        let parts = self.parts_of(text, forms);
        // `Jill Biden … President Biden`: the title belongs to the one who holds an office.
        let holds_office = title.is_some_and(|title| !title.former) && self.is_in_office(entity);
        // `Ali`, where the text has told of Irfaan Ali: a namesake whom the text names in full goes first.
        let namesake = if parts.len() == 1 { self.named_before(&parts, None) } else { None };
        let untitled = |actor: usize| self.actor(actor).is_some_and(|actor| actor.role.is_none());
        if let Some((actor, true)) = namesake
            && !(holds_office && untitled(actor))
        {
            let name = self.actor(actor).map_or_else(String::new, |actor| actor.name.clone());
            let how = format!("“{text}” is {name}, named in full elsewhere in the document");
            return Recognised { actor, by: ResolvedBy::Name, how };
        }
        let actor = self.entity(entity);
        self.learn(actor, &parts);
        let how = format!("“{text}” is a name of {} in the tables of world/", entity.name);
        Recognised { actor, by: ResolvedBy::Name, how }
    }

    /// Recognises a person by a name: one named before in the document, one of the tables, or a new one.
    pub(super) fn person(
        &mut self,
        text: &str,
        forms: &[&str],
        base: &str,
        title: Option<&Title>,
    ) -> Option<Recognised> {
        let parts = self.parts_of(text, forms);
        let surname = parts.last()?.clone();
        let country = title.and_then(|title| title.owner.as_ref()).and_then(|owner| owner.country);
        let before = self.named_before(&parts, country);
        // `Jill Biden … President Biden`: the title belongs to the one who holds the office.
        if let Some(title) = title
            && before.is_none_or(|(actor, _)| self.actor(actor).is_some_and(|actor| actor.role.is_none()))
            && let Some(entity) = self.holder_of_name(text, &parts, title)
        {
            let actor = self.entity(entity);
            self.learn(actor, &parts);
            let how = format!("“{text}” is {}, who held the office, by the tables of world/", entity.name);
            return Some(Recognised { actor, by: ResolvedBy::Name, how });
        }
        if let Some((actor, exact)) = before {
            self.learn(actor, &parts);
            let name = self.actor(actor).map_or_else(String::new, |actor| actor.name.clone());
            let (by, how) = if exact {
                let known = self.actor(actor).is_some_and(|actor| actor.wikidata.is_some());
                let whole = key(&name) == key(text);
                let how = match (whole, known) {
                    (true, true) => format!("“{text}” is a name of {name} in the tables of world/"),
                    (true, false) => format!("“{text}” is named as a person; no table knows the name"),
                    _ => format!("“{text}” is {name}, named in full elsewhere in the document"),
                };
                (ResolvedBy::Name, how)
            } else {
                (
                    ResolvedBy::Spelling,
                    format!("“{text}” is another spelling of {name}, named elsewhere in the document"),
                )
            };
            return Some(Recognised { actor, by, how });
        }
        let known = self.in_tables(text, base, parts.len(), country);
        if let Some(entity) = known.or_else(|| title.and_then(|title| self.same_office(base, title))) {
            let actor = self.entity(entity);
            self.learn(actor, &parts);
            let how = format!("“{text}” is a name of {} in the tables of world/", entity.name);
            return Some(Recognised { actor, by: ResolvedBy::Name, how });
        }
        let name = base_form(base);
        let id = format!("person:{}", slug(&name));
        if surname.is_empty() || id == "person:" {
            return None;
        }
        let actor = self.add(Actor {
            id,
            name,
            kind: ActorKind::Person,
            country,
            sector: title.and_then(Title::sector),
            wikidata: None,
            role: None,
        });
        self.learn(actor, &parts);
        Some(Recognised {
            actor,
            by: ResolvedBy::Name,
            how: format!("“{text}” is named as a person; no table knows the name"),
        })
    }

    /// The person of the document that a name means, without making a new one.
    pub(super) fn find_person(&self, text: &str, forms: &[&str]) -> Option<usize> {
        self.named_before(&self.parts_of(text, forms), None).map(|(actor, _)| actor)
    }

    fn in_tables(
        &self,
        text: &str,
        base: &str,
        parts: usize,
        country: Option<CountryCode>,
    ) -> Option<&'w Entity> {
        let mut candidates = self.world.persons_named(self.language, text);
        if candidates.is_empty() && base != text {
            candidates = self.world.persons_named(self.language, base);
        }
        // In scripts without spaces the parser may take the next character for a part of the name.
        for (cut, _) in text.char_indices().rev().take(2).filter(|_| self.lexicon.unspaced) {
            if candidates.is_empty() && text.get(..cut).is_some_and(|rest| rest.chars().nth(2).is_some()) {
                candidates = self.world.persons_named(self.language, text.get(..cut).unwrap_or_default());
            }
        }
        let fits = |entity: &&Entity| entity.country.is_some_and(|own| country == Some(own));
        if let Some(country) = country {
            // A title with a country rules out namesakes from elsewhere.
            let candidate = candidates.iter().copied().find(fits);
            return candidate.or_else(|| {
                let first = candidates.first().copied()?;
                (parts > 1 && first.country.is_none_or(|own| own == country)).then_some(first)
            });
        }
        let first = candidates.first().copied()?;
        if parts > 1 {
            return Some(first);
        }
        let spoken_of = |entity: &&Entity| entity.country.is_some_and(|own| self.countries.contains(&own));
        candidates.iter().copied().find(|entity| spoken_of(entity) && self.is_in_office(entity)).or_else(
            || {
                // A short name is many people's: `Eyre`.
                let is_rare = text.chars().count() > SHORT_NAME;
                let is_theirs = spoken_of(&first) || is_rare && self.is_in_office(first);
                (candidates.len() == 1 && is_theirs).then_some(first)
            },
        )
    }

    /// Who of the tables bears a surname and held the office of the title on the document's day.
    fn holder_of_name(&self, text: &str, parts: &[String], title: &Title) -> Option<&'w Entity> {
        if parts.len() != 1 || title.former || title.deputy {
            return None;
        }
        let owner = title.owner.as_ref().map(|owner| owner.id.as_str());
        self.world.persons_named(self.language, text).into_iter().find(|entity| {
            self.office_of(&entity.id).is_some_and(|tenure| {
                tenure.office == title.code && owner.is_none_or(|owner| tenure.of == owner)
            })
        })
    }

    /// The holder of an office by surname alone, where the first name is spelt as no table has it.
    fn same_office(&self, base: &str, title: &Title) -> Option<&'w Entity> {
        let surname = base.rsplit([' ', '·']).next().filter(|surname| surname.chars().count() > 3)?;
        let owner = title.owner.as_ref()?;
        let candidates = self.world.persons_named(self.language, surname);
        candidates.into_iter().find(|entity| {
            let tenures = self.world.tenures_of(&entity.id);
            tenures.iter().any(|tenure| tenure.of == owner.id && tenure.office == title.code)
        })
    }

    pub(super) fn is_in_office(&self, entity: &Entity) -> bool {
        self.office_of(&entity.id).is_some()
    }
}

/// The most letters of a surname that says little without its country.
const SHORT_NAME: usize = 4;

/// A country's name as it stands within an English sentence.
pub(super) fn with_article(name: &str) -> String {
    let plural = [
        "United ",
        "Netherlands",
        "Philippines",
        "Maldives",
        "Bahamas",
        "Comoros",
        "Marshall ",
        "Solomon ",
        "Seychelles",
    ];
    let republic =
        name.ends_with("Republic") || name.starts_with("Democratic ") || name.starts_with("Republic ");
    let bodies = ["European ", "African ", "Arab League", "Islamic "];
    let article = plural.iter().chain(&bodies).any(|start| name.starts_with(start)) || republic;
    if article { format!("the {name}") } else { name.to_owned() }
}

/// The same day some years later.
fn years_after(day: Date, years: i16) -> Date {
    Date::new(day.year().saturating_add(years), day.month(), day.day().min(28)).unwrap_or(day)
}

/// The facts of a state or organisation as an owner.
pub(super) fn owner_of_entity(entity: &Entity) -> OwnerFacts {
    OwnerFacts {
        id: entity.id.clone(),
        name: with_article(&entity.name),
        country: entity.country,
        sector: entity.sector,
        state: entity.kind == ActorKind::State,
    }
}
