use std::collections::{BTreeMap, HashSet};

use chancery_core::{ActorKind, Date};

use super::tenures::{OFFICES, days};
use super::{Entity, World};
use crate::actors::{office_in, slug};

/// Rows of our tables, made of the result of a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows of `holders.tsv`.
    pub holders: Vec<String>,
    /// Rows of `persons.tsv`, of persons whom no table knows.
    pub persons: Vec<String>,
    /// Rows that say too little, by their number from 1, and why.
    pub refused: Vec<(usize, String)>,
}

/// Columns that say the same, as queries commonly call them.
const PERSON: [&str; 4] = ["personLabel", "person_label", "holderLabel", "person"];
const PERSON_ITEM: [&str; 4] = ["person", "person_qid", "holder", "item"];
const OFFICE: [&str; 5] = ["positionLabel", "position_label", "officeLabel", "position", "office"];
const STATE: [&str; 6] = ["countryLabel", "country_label", "stateLabel", "country", "state", "of"];
const STATE_ITEM: [&str; 4] = ["country", "state", "state_qid", "of"];
const START: [&str; 3] = ["start", "startDate", "start_time"];
const END: [&str; 3] = ["end", "endDate", "end_time"];

/// A row of the result of a query: its cells by column.
pub type QueryRow = BTreeMap<String, String>;

impl World {
    /// Makes rows of our tables of who held which office; a row that does not say who, what or of what is refused.
    pub fn import(&self, rows: &[QueryRow], as_of: Date) -> Imported {
        let mut imported = Imported::default();
        let (mut known, mut fresh) = (HashSet::new(), HashSet::new());
        for (number, row) in (1..).zip(rows) {
            match self.import_row(row, as_of) {
                Ok((holder, person)) => {
                    if known.insert(holder.clone()) {
                        imported.holders.push(holder);
                    }
                    if let Some(person) = person.filter(|person| fresh.insert(person.clone())) {
                        imported.persons.push(person);
                    }
                }
                Err(why) => imported.refused.push((number, why)),
            }
        }
        imported
    }

    fn import_row(&self, row: &QueryRow, as_of: Date) -> Result<(String, Option<String>), String> {
        let label = plain(row, &PERSON).ok_or("no name of a person")?;
        let title = plain(row, &OFFICE).ok_or("no name of an office")?;
        let office = office_in(&title)
            .filter(|office| OFFICES.contains(&office.as_str()))
            .ok_or_else(|| format!("no office of ours is called “{title}”"))?;
        let state = self.state_of(row, &title).ok_or("no state that we know")?;
        let (start, end) = (date(row, &START)?, date(row, &END)?);
        if let (Some(first), Some(last)) = (days(&start), days(&end))
            && last.to < first.from
        {
            return Err(format!("it ends ({end}) before it starts ({start})"));
        }
        let item = item(row, &PERSON_ITEM);
        let person = self.person_of(&label, item.as_deref(), state);
        let (id, fresh) = if let Some(person) = person {
            (person.id.clone(), None)
        } else {
            let id = format!("person:{}", slug(&label));
            let wikidata = item.unwrap_or_default();
            let row = format!("{id}\t{label}\tperson\t{}\tGOV\t{wikidata}\t{as_of}", state.id);
            (id, Some(row))
        };
        Ok((format!("{id}\t{office}\t{}\t{start}\t{end}\t{as_of}", state.id), fresh))
    }

    /// The person of the tables: by the item, else by the whole name and the state.
    fn person_of(&self, label: &str, item: Option<&str>, state: &Entity) -> Option<&Entity> {
        let persons = || self.entities.iter().filter(|entity| entity.kind == ActorKind::Person);
        let by_item = item.and_then(|item| persons().find(|person| person.wikidata.as_deref() == Some(item)));
        by_item.or_else(|| {
            let named = self.persons_named("en", label).into_iter();
            named.filter(|person| label.contains(' ') && person.country == state.country).find(|person| {
                person.wikidata.is_none() || item.is_none() || person.wikidata.as_deref() == item
            })
        })
    }

    fn state_of(&self, row: &QueryRow, title: &str) -> Option<&Entity> {
        let states = || self.entities.iter().filter(|entity| entity.kind == ActorKind::State);
        let named = |name: &str| {
            let found = self.resolve_name(name).into_iter().find(|actor| actor.kind == ActorKind::State)?;
            self.entity(&found.id)
        };
        let item = item(row, &STATE_ITEM);
        item.and_then(|item| states().find(|state| state.wikidata.as_deref() == Some(&item)))
            .or_else(|| named(&plain(row, &STATE)?))
            .or_else(|| named(title.rsplit_once(" of ")?.1.trim_start_matches("the ")))
    }
}

fn cell<'r>(row: &'r QueryRow, columns: &[&str]) -> impl Iterator<Item = &'r str> {
    let cells: Vec<_> = columns.iter().filter_map(|column| row.get(*column)).collect();
    cells.into_iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// The first cell that is a name, on one line.
fn plain(row: &QueryRow, columns: &[&str]) -> Option<String> {
    let mut cells = cell(row, columns).filter(|cell| !is_item(cell));
    Some(cells.next()?.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first cell that is an item of Wikidata: `Q42`, alone or at the end of an address.
fn item(row: &QueryRow, columns: &[&str]) -> Option<String> {
    let found = cell(row, columns).find(|cell| is_item(cell))?;
    found.rsplit('/').next().map(str::to_owned)
}

fn is_item(cell: &str) -> bool {
    let last = cell.rsplit('/').next().unwrap_or(cell);
    last.strip_prefix('Q')
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The day of a cell, without its time; empty where there is none.
fn date(row: &QueryRow, columns: &[&str]) -> Result<String, String> {
    let Some(found) = cell(row, columns).next() else { return Ok(String::new()) };
    let day = found.split('T').next().unwrap_or(found);
    // Wikidata has unknown values as addresses of their own.
    if day.starts_with("http") || day.starts_with('t') {
        return Ok(String::new());
    }
    days(day).map(|_| day.to_owned()).ok_or_else(|| format!("no such date {day}"))
}
