use std::collections::HashMap;

use chancery_core::{Date, DateRange};

use super::table::{Row, Table};
use super::{KnownHappening, Tenure};

/// Who held which office when: `world/holders.tsv`.
#[derive(Default)]
pub(super) struct Tenures {
    all: Vec<Tenure>,
    places: Vec<String>,
    by_person: HashMap<String, Vec<usize>>,
    by_office: HashMap<(String, String), Vec<usize>>,
}

impl Tenures {
    pub(super) fn read(complain: &mut dyn FnMut(String)) -> Self {
        let mut read = Self::default();
        for table in ["holders", "holders_compiled"].map(Table::read) {
            for row in table.rows() {
                let Some((range, as_of)) = range(row).zip(days(row.cell("as_of"))) else {
                    complain(format!("{}: no such interval", row.place()));
                    continue;
                };
                let Some(as_of) = as_of.to else { continue };
                let tenure = Tenure {
                    person: row.cell("person").to_owned(),
                    office: row.cell("office").to_owned(),
                    of: row.cell("of").to_owned(),
                    range,
                    as_of,
                };
                let index = read.all.len();
                read.by_person.entry(tenure.person.clone()).or_default().push(index);
                read.by_office.entry((tenure.office.clone(), tenure.of.clone())).or_default().push(index);
                read.all.push(tenure);
                read.places.push(row.place());
            }
        }
        read
    }

    pub(super) fn of_person(&self, person: &str) -> Vec<&Tenure> {
        let indices = self.by_person.get(person).map(Vec::as_slice).unwrap_or_default();
        let mut tenures: Vec<_> = indices.iter().filter_map(|&index| self.all.get(index)).collect();
        tenures.sort_by_key(|tenure| std::cmp::Reverse(tenure.range.from));
        tenures
    }

    /// The tenure that holds a day; else the day after which the table knows nothing, where it ends before.
    pub(super) fn holder(&self, office: &str, of: &str, day: Date) -> Result<&Tenure, Option<Date>> {
        let indices = self.by_office.get(&(office.to_owned(), of.to_owned())).ok_or(None)?;
        let tenures = || indices.iter().filter_map(|&index| self.all.get(index));
        let holds = |tenure: &&Tenure| {
            tenure.range.contains(day) && (tenure.range.to.is_some() || day <= tenure.as_of)
        };
        // Where one hands over to another on the day, or stands in for another, the later one holds it.
        if let Some(tenure) = tenures().filter(holds).max_by_key(|tenure| tenure.range.from) {
            return Ok(tenure);
        }
        let last = tenures().map(|tenure| tenure.range.to.unwrap_or(tenure.as_of).max(tenure.as_of)).max();
        Err(last.filter(|&last| last < day))
    }

    pub(super) fn check(&self, ids: &HashMap<String, usize>, complaints: &mut Vec<String>) {
        for (tenure, place) in self.all.iter().zip(&self.places) {
            if !ids.contains_key(&tenure.person) {
                complaints.push(format!("{place}: no person {}", tenure.person));
            }
            if !ids.contains_key(&tenure.of) {
                complaints.push(format!("{place}: no state or organisation {}", tenure.of));
            }
            if !OFFICES.contains(&tenure.office.as_str()) {
                complaints.push(format!("{place}: no office {}", tenure.office));
            }
        }
    }
}

/// Codes of offices.
const OFFICES: [&str; 30] = [
    "monarch",
    "crown-prince",
    "supreme-leader",
    "president",
    "vice-president",
    "head-of-state",
    "prime-minister",
    "deputy-prime-minister",
    "foreign-minister",
    "defence-minister",
    "interior-minister",
    "finance-minister",
    "energy-minister",
    "security-council-secretary",
    "national-security-adviser",
    "chief-of-staff",
    "head-of-office",
    "intelligence-chief",
    "commander",
    "spokesperson-foreign-ministry",
    "spokesperson-defence-ministry",
    "spokesperson-president",
    "spokesperson-government",
    "speaker-of-parliament",
    "ambassador",
    "special-envoy",
    "secretary-general",
    "leader",
    "party-leader",
    "head",
];

/// Dated happenings: `world/happenings.tsv`, oldest first.
pub(super) fn read_happenings(complain: &mut dyn FnMut(String)) -> Vec<KnownHappening> {
    let table = Table::read("happenings");
    let mut happenings = Vec::new();
    for row in table.rows() {
        let Some(range) = range(row) else {
            complain(format!("{}: no such interval", row.place()));
            continue;
        };
        let codes = |column: &str| row.parts(column).map(str::to_owned).collect();
        happenings.push(KnownHappening {
            range,
            source: codes("source"),
            recipient: codes("recipient"),
            name: row.cell("name").to_owned(),
        });
    }
    happenings.sort_by(|a: &KnownHappening, b| (a.range.from, &a.name).cmp(&(b.range.from, &b.name)));
    happenings
}

/// The days from a row's start to its end; an empty cell is an open side.
fn range(row: Row<'_>) -> Option<DateRange> {
    let side = |column: &str| row.filled(column).map_or(Some(DateRange::default()), days);
    let range = DateRange { from: side("start")?.from, to: side("end")?.to };
    let reversed = matches!((range.from, range.to), (Some(from), Some(to)) if to < from);
    (!reversed).then_some(range)
}

/// The days of a year, a month or a day.
fn days(text: &str) -> Option<DateRange> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next().map(str::parse::<i8>);
    let day = parts.next().map(str::parse::<i8>);
    match (month, day) {
        (None, _) => DateRange::year(year),
        (Some(month), None) => DateRange::month(year, month.ok()?),
        (Some(month), Some(day)) => Date::new(year, month.ok()?, day.ok()?).ok().map(DateRange::day),
    }
}
