use std::collections::HashMap;

use chancery_core::{Date, DateRange};

use super::table::{Row, Table};
use super::{Findings, KnownHappening, Tenure};

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
                let range = match range(row) {
                    Ok(range) => range,
                    Err(wrong) => {
                        complain(format!("{}: {wrong}", row.place()));
                        continue;
                    }
                };
                let Some(as_of) = days(row.cell("as_of")).and_then(|as_of| as_of.to) else {
                    complain(format!("{}: no such date {}", row.place(), row.cell("as_of")));
                    continue;
                };
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

    /// Complains of unknown persons, offices and owners, and of two holders of one chair; remarks on chairs that
    /// stand empty between two holders.
    pub(super) fn check(&self, ids: &HashMap<String, usize>, findings: &mut Findings) {
        let complaints = &mut findings.errors;
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
        let mut chairs: Vec<_> =
            self.by_office.iter().filter(|((office, _), _)| CHAIRS.contains(&office.as_str())).collect();
        chairs.sort();
        for ((office, of), indices) in chairs {
            self.check_chair(&format!("{office} of {of}"), indices, findings);
        }
    }

    fn check_chair(&self, chair: &str, indices: &[usize], findings: &mut Findings) {
        let mut rows: Vec<_> =
            indices.iter().filter_map(|&at| Some((self.all.get(at)?, self.places.get(at)?))).collect();
        rows.sort_by_key(|(tenure, place)| (tenure.range.from, place.as_str()));
        let mut latest: Option<(&Tenure, &String)> = None;
        for &(tenure, place) in &rows {
            if let Some((before, other)) = latest
                && let Some(from) = tenure.range.from
            {
                // Of a chair held on the last day that is known, a later holder is the successor.
                let end = before.range.to.or(Some(before.as_of).filter(|&as_of| as_of < from));
                if end.is_none_or(|end| days_between(from, end) > HAND_OVER) {
                    if before.person != tenure.person {
                        let both = format!("{} and {}", before.person, tenure.person);
                        let message = format!("{place}: two holders of one chair, {chair}: {both} ({other})");
                        // Sources that were compiled by others contradict one another.
                        let is_ours = [place, other].iter().all(|place| !place.contains(COMPILED));
                        if is_ours { findings.errors.push(message) } else { findings.remarks.push(message) }
                    }
                } else if end.is_some_and(|end| days_between(end, from) > VACANCY) {
                    findings.remarks.push(format!("{place}: no {chair} is known before ({other})"));
                }
            }
            let ends_later = latest.is_none_or(|(before, _)| {
                before.range.to.is_some_and(|end| tenure.range.to.is_none_or(|own| own > end))
            });
            if ends_later {
                latest = Some((tenure, place));
            }
        }
    }
}

/// How many days two holders of a chair may share, since years and months are known better than days.
const HAND_OVER: i32 = 31;
/// For how many days a chair may stand empty without a remark.
const VACANCY: i32 = 60;
/// A part of the names of tables that were compiled from elsewhere.
const COMPILED: &str = "_compiled";

/// Days from one to another; negative where the other comes first.
fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

/// Offices that one person holds at a time.
const CHAIRS: [&str; 15] = [
    "monarch",
    "supreme-leader",
    "president",
    "head-of-state",
    "prime-minister",
    "foreign-minister",
    "defence-minister",
    "interior-minister",
    "finance-minister",
    "security-council-secretary",
    "national-security-adviser",
    "chief-of-staff",
    "speaker-of-parliament",
    "secretary-general",
    "head",
];

/// Codes of offices.
pub(super) const OFFICES: [&str; 30] = [
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
        let range = match range(row) {
            Ok(range) => range,
            Err(wrong) => {
                complain(format!("{}: {wrong}", row.place()));
                continue;
            }
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

/// The days from a row's start to its end; an empty cell is an open side. An error says what is wrong.
fn range(row: Row<'_>) -> Result<DateRange, String> {
    let side = |column: &str| match row.filled(column) {
        None => Ok(DateRange::default()),
        Some(cell) => days(cell).ok_or_else(|| format!("no such date {cell}")),
    };
    let range = DateRange { from: side("start")?.from, to: side("end")?.to };
    match (range.from, range.to) {
        (Some(from), Some(to)) if to < from => {
            Err(format!("it ends ({}) before it starts ({})", row.cell("end"), row.cell("start")))
        }
        _ => Ok(range),
    }
}

/// The days of a year, a month or a day.
pub(super) fn days(text: &str) -> Option<DateRange> {
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
