use std::collections::{BTreeMap, BTreeSet};

use chancery_core::{CountryCode, DateRange, EventType};
use rusqlite::TransactionBehavior;
use xxhash_rust::xxh3::xxh3_64;

use crate::sighting::Sighting;
use crate::{Record, RecordError};

/// The happening of each report, in the order of the reports.
pub type Happenings = Vec<String>;

/// Two reports join at this score or above.
const JOIN: i32 = 5;
/// How many reports each is compared with inside a block, at most: keeps a flood of like reports linear.
const NEIGHBOURS: usize = 200;
/// A group is held against another by so many of its reports, at most: one that is told a thousand times stays linear too.
const KNOWN_BY: usize = 50;
/// A range of more days than this tells little about when.
const NARROW: i64 = 31;
/// Words of undated sayings are taken for one only when published this close, in days.
const SAME_NEWS: i64 = 3;

/// Judges which reports speak of one happening, and returns the happening of each.
///
/// Order of arrival does not matter: the reports are judged in the order of their ids. Two reports are
/// joined only when nothing in their groups speaks against it (in fifty reports of each), so that a chain of
/// likenesses cannot tie two visits together.
pub fn happenings(sightings: &[Sighting]) -> Happenings {
    let mut order: Vec<usize> = (0..sightings.len()).collect();
    order.sort_by_key(|&index| sightings.get(index).map(|s| (&s.id, &s.document, s.clues.sentence)));
    let sorted: Vec<&Sighting> = order.iter().filter_map(|&index| sightings.get(index)).collect();

    let mut pairs: Vec<(i32, usize, usize)> = candidates(&sorted)
        .into_iter()
        .filter_map(|(a, b)| {
            let score = likeness(sorted.get(a)?, sorted.get(b)?)?;
            (score >= JOIN).then_some((score, a, b))
        })
        .collect();
    pairs.sort_by_key(|&(score, a, b)| (-score, a, b));

    let mut group: Vec<usize> = (0..sorted.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..sorted.len()).map(|index| vec![index]).collect();
    // What two groups were told apart by stands in all that they grow to, so that they need not be compared again.
    let mut apart: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); sorted.len()];
    for (_, a, b) in pairs {
        let (Some(&left), Some(&right)) = (group.get(a), group.get(b)) else { continue };
        let (keep, give) = (left.min(right), left.max(right));
        if left == right || apart.get(keep).is_some_and(|apart| apart.contains(&give)) {
            continue;
        }
        let fits = members.get(keep).zip(members.get(give)).is_some_and(|(kept, given)| {
            kept.iter().take(KNOWN_BY).all(|&one| {
                given.iter().take(KNOWN_BY).all(|&other| {
                    sorted.get(one).zip(sorted.get(other)).is_some_and(|(a, b)| likeness(a, b).is_some())
                })
            })
        });
        if !fits {
            for (one, other) in [(keep, give), (give, keep)] {
                if let Some(apart) = apart.get_mut(one) {
                    apart.insert(other);
                }
            }
            continue;
        }
        let inherited = apart.get_mut(give).map(std::mem::take).unwrap_or_default();
        for &other in &inherited {
            if let Some(apart) = apart.get_mut(other) {
                apart.remove(&give);
                apart.insert(keep);
            }
        }
        if let Some(apart) = apart.get_mut(keep) {
            apart.extend(inherited);
        }
        let moved = members.get_mut(give).map(std::mem::take).unwrap_or_default();
        for &index in &moved {
            if let Some(of) = group.get_mut(index) {
                *of = keep;
            }
        }
        if let Some(kept) = members.get_mut(keep) {
            kept.extend(moved);
        }
    }

    let mut named = vec![String::new(); sightings.len()];
    for (place, &index) in order.iter().enumerate() {
        // A group keeps the place of its smallest member, so its first id names the happening.
        let first = group.get(place).and_then(|&of| sorted.get(of));
        if let (Some(name), Some(first)) = (named.get_mut(index), first) {
            *name = format!("h-{:012x}", xxh3_64(first.id.as_bytes()) >> 16);
        }
    }
    named
}

/// Pairs worth a comparison: of one type, with a party in common, near in time.
fn candidates(sorted: &[&Sighting]) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<(EventType, String), Vec<usize>> = BTreeMap::new();
    for (index, sighting) in sorted.iter().enumerate() {
        let parties = sighting.source.iter().chain(&sighting.recipient);
        let keys: BTreeSet<String> = parties
            .map(|(id, country)| country.map_or_else(|| id.clone(), |code| code.to_string()))
            .collect();
        for key in keys {
            blocks.entry((sighting.kind, key)).or_default().push(index);
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.values_mut() {
        block.sort_by_key(|&index| {
            let when = sorted.get(index).and_then(|s| when(s));
            (when.and_then(|range| range.to.or(range.from)), index)
        });
        for (place, &a) in block.iter().enumerate() {
            for &b in block.iter().skip(place + 1).take(NEIGHBOURS) {
                pairs.insert((a.min(b), a.max(b)));
            }
        }
    }
    pairs
}

/// When a report's event took place, or else when the report was published.
fn when(sighting: &Sighting) -> Option<DateRange> {
    sighting.range.or(sighting.published)
}

/// How alike two reports are; `None` where they cannot be of one happening.
fn likeness(a: &Sighting, b: &Sighting) -> Option<i32> {
    if a.kind != b.kind {
        return None;
    }
    let parties = likeness_of_parties(a, b)?;
    let dates = likeness_of_dates(a, b)?;
    let places = likeness_of_places(a, b)?;
    let modes = likeness_of_modes(a, b)?;
    let words = likeness_of_words(a, b)?;
    Some(parties + dates + places + modes + words)
}

/// Whether nothing in two reports excludes that they speak of one thing; reports of two types may.
pub(crate) fn may_be_one(a: &Sighting, b: &Sighting) -> bool {
    let at_odds =
        |one: &crate::sighting::Side, other: &crate::sighting::Side| likeness_of_sides(one, other).is_none();
    let dates = likeness_of_dates(a, b).is_some() && likeness_of_places(a, b).is_some();
    dates && (a.kind != b.kind || !at_odds(&a.source, &b.source) && !at_odds(&a.recipient, &b.recipient))
}

fn likeness_of_parties(a: &Sighting, b: &Sighting) -> Option<i32> {
    if a.kind.is_mutual() {
        let everybody = |s: &Sighting| -> Vec<_> { s.source.iter().chain(&s.recipient).cloned().collect() };
        let (left, right) = (everybody(a), everybody(b));
        let both = likeness_of_sides(&left, &right)?;
        // Two on each side in common say more than one.
        let shared = countries(&left).intersection(&countries(&right)).count();
        return (both > 0).then_some(both + i32::from(shared > 1));
    }
    let source = likeness_of_sides(&a.source, &b.source)?;
    let recipient = likeness_of_sides(&a.recipient, &b.recipient)?;
    (source + recipient > 0).then_some(source + recipient)
}

/// 0 where one is empty, 1 for one country, 2 for one actor; `None` where the two sides exclude each other.
fn likeness_of_sides(
    a: &[(String, Option<CountryCode>)],
    b: &[(String, Option<CountryCode>)],
) -> Option<i32> {
    if a.is_empty() || b.is_empty() {
        return Some(0);
    }
    let (left, right) = (countries(a), countries(b));
    if !left.is_subset(&right) && !right.is_subset(&left) {
        return None;
    }
    // Of one country, one report may name the state and the other a person; but not two different persons.
    for country in left.intersection(&right) {
        let persons = |side: &[(String, Option<CountryCode>)]| -> BTreeSet<String> {
            let of_country = side.iter().filter(|party| name_of(party) == *country);
            of_country.filter(|(id, _)| id.starts_with("person:")).map(|(id, _)| id.clone()).collect()
        };
        let (left, right) = (persons(a), persons(b));
        if !left.is_empty() && !right.is_empty() && left.is_disjoint(&right) {
            return None;
        }
    }
    let same = a.iter().any(|(id, _)| b.iter().any(|(other, _)| id == other));
    Some(if same { 2 } else { 1 })
}

fn name_of(party: &(String, Option<CountryCode>)) -> String {
    party.1.map_or_else(|| party.0.clone(), |code| code.to_string())
}

fn countries(side: &[(String, Option<CountryCode>)]) -> BTreeSet<String> {
    side.iter().map(name_of).collect()
}

fn likeness_of_dates(a: &Sighting, b: &Sighting) -> Option<i32> {
    let is_narrow = |range: &DateRange| length(*range).is_some_and(|days| days <= NARROW);
    let same_document = a.document == b.document;
    match (a.range.filter(is_narrow), b.range.filter(is_narrow)) {
        (Some(left), Some(right)) => {
            let days = length(left).max(length(right)).unwrap_or(NARROW);
            match gap(left, right) {
                0 if days <= 1 => Some(3),
                0 if days <= 8 => Some(2),
                // Reports of one night, or told from another time zone, may differ by a day.
                0 | 1 => Some(1),
                _ => None,
            }
        }
        (left, right) => {
            if let (Some(left), Some(right)) = (a.range, b.range)
                && gap(left, right) > 1
            {
                return None;
            }
            if same_document {
                return Some(if left.is_none() && right.is_none() { 2 } else { 0 });
            }
            let days = a.published.zip(b.published).map(|(left, right)| gap(left, right));
            if a.kind.is_verbal() || a.kind == EventType::Consult {
                // What somebody said or whom they met is news for a few days.
                return days.filter(|&days| days <= SAME_NEWS).map(|_| 1);
            }
            Some(0)
        }
    }
}

/// Days between the ends of two ranges that do not meet; 0 where they do.
fn gap(a: DateRange, b: DateRange) -> i64 {
    let between = |to: Option<chancery_core::Date>, from: Option<chancery_core::Date>| match (to, from) {
        (Some(to), Some(from)) if to < from => days(to, from),
        _ => 0,
    };
    between(a.to, b.from).max(between(b.to, a.from))
}

fn days(from: chancery_core::Date, to: chancery_core::Date) -> i64 {
    i64::from(from.until(to).map_or(i32::MAX, |span| span.get_days()))
}

fn length(range: DateRange) -> Option<i64> {
    Some(days(range.from?, range.to?) + 1)
}

fn likeness_of_places(a: &Sighting, b: &Sighting) -> Option<i32> {
    let (Some((left, left_id, left_country)), Some((right, right_id, right_country))) = (&a.place, &b.place)
    else {
        return Some(0);
    };
    if left == right || left_id.is_some() && left_id == right_id {
        return Some(1);
    }
    match (left_country, right_country) {
        (Some(left), Some(right)) if left != right => None,
        // Two towns of one country, or a town and its country.
        _ => Some(-1),
    }
}

/// Modes that reports of one attack mix.
const ATTACKS: &[&str] = &["aerial", "drone", "explosives", "heavy-weapons", "destroy", "unconventional"];

fn likeness_of_modes(a: &Sighting, b: &Sighting) -> Option<i32> {
    if a.modes.is_empty() || b.modes.is_empty() {
        return Some(0);
    }
    if !a.modes.is_disjoint(&b.modes) {
        return Some(1);
    }
    let are_attacks = |modes: &BTreeSet<String>| {
        modes.iter().all(|mode| ATTACKS.contains(&mode.as_str()) || mode == "targeted")
    };
    let may_mix = are_attacks(&a.modes) && are_attacks(&b.modes)
        || a.modes.contains("visit") && b.modes.contains("multilateral")
        || a.modes.contains("multilateral") && b.modes.contains("visit");
    may_mix.then_some(0)
}

fn likeness_of_words(a: &Sighting, b: &Sighting) -> Option<i32> {
    let (one, other) = (&a.clues, &b.clues);
    let themes = i32::from(!one.themes.is_disjoint(&other.themes));
    let same_language = one.language.is_some() && one.language == other.language;
    if !same_language {
        return Some(themes);
    }
    let predicate = !one.predicate.is_disjoint(&other.predicate);
    let shared = one.words.intersection(&other.words).count();
    let least = one.words.len().min(other.words.len()).max(1);
    let like = shared * 3 >= least && shared > 0;
    if a.document == b.document && a.kind.is_verbal() && !predicate && !like {
        // A text that reports two sayings of one speaker reports two.
        return None;
    }
    Some(themes + i32::from(predicate) + i32::from(like))
}

impl Record {
    /// Judges anew which reports speak of one happening, where some were added since the last time.
    pub fn settle(&mut self) -> Result<(), RecordError> {
        let settled: bool = self
            .connection
            .query_row("SELECT settled FROM state", [], |row| row.get(0))
            .map_err(|e| self.fail(e))?;
        if settled {
            return Ok(());
        }
        let (keys, sightings): (Vec<_>, Vec<_>) =
            self.all_sightings()?.into_iter().map(|(document, event, s)| ((document, event), s)).unzip();
        let named = happenings(&sightings);
        let path = self.path.clone();
        let mut write = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            {
                let mut update = transaction.prepare(
                    "UPDATE events SET happening = ?3 WHERE document = ?1 AND ordinal = ?2 AND happening IS NOT ?3",
                )?;
                for ((document, event), happening) in keys.iter().zip(&named) {
                    update.execute((document, event, happening))?;
                }
            }
            transaction.execute("UPDATE state SET settled = 1", [])?;
            transaction.commit()
        };
        write().map_err(|error| RecordError::new(&path, error))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sighting::Clues;

    /// A report: document, type, source, recipient, day of May 2024, or the whole month for 0.
    fn report(
        id: &str,
        document: &str,
        kind: EventType,
        source: &[&str],
        recipient: &[&str],
        day: i8,
    ) -> Sighting {
        let side = |names: &[&str]| {
            let party = |name: &&str| {
                let (id, country) = name.rsplit_once('@').unwrap_or((name, name));
                (id.to_owned(), CountryCode::new(country))
            };
            names.iter().map(party).collect()
        };
        let may = |day| chancery_core::Date::new(2024, 5, day).ok().map(DateRange::day);
        Sighting {
            id: id.to_owned(),
            document: document.to_owned(),
            kind,
            modes: BTreeSet::new(),
            source: side(source),
            recipient: side(recipient),
            range: if day == 0 { DateRange::month(2024, 5) } else { may(day) },
            published: may(28),
            place: None,
            clues: Clues::default(),
        }
    }

    fn joins(a: &Sighting, b: &Sighting) -> bool {
        let named = happenings(&[a.clone(), b.clone()]);
        named.first() == named.last()
    }

    const MEETING: EventType = EventType::Consult;

    #[test]
    fn two_documents_may_name_the_state_or_the_person() {
        let one = report("a", "1", MEETING, &["person:shoigu@RUS", "person:pezeshkian@IRN"], &[], 5);
        let other = report("b", "2", MEETING, &["RUS", "IRN"], &[], 5);
        assert!(joins(&one, &other));
    }

    #[test]
    fn two_guests_on_one_day_are_two_visits() {
        let one = report("a", "1", MEETING, &["person:lavrov@RUS", "person:raisi@IRN"], &[], 23);
        let other = report("b", "1", MEETING, &["person:lavrov@RUS", "person:amirabdollahian@IRN"], &[], 23);
        assert!(!joins(&one, &other));
    }

    #[test]
    fn a_visit_weeks_later_is_another() {
        let one = report("a", "1", MEETING, &["RUS", "IRN"], &[], 1);
        let other = report("b", "2", MEETING, &["RUS", "IRN"], &[], 20);
        assert!(!joins(&one, &other));
    }

    #[test]
    fn who_does_it_to_whom_matters() {
        let one = report("a", "1", EventType::Assault, &["RUS"], &["UKR"], 3);
        let other = report("b", "2", EventType::Assault, &["UKR"], &["RUS"], 3);
        assert!(!joins(&one, &other));
    }

    #[test]
    fn a_chain_of_likenesses_does_not_tie_two_visits() {
        let state = report("b", "2", MEETING, &["RUS", "IRN"], &[], 5);
        let shoigu = report("a", "1", MEETING, &["person:shoigu@RUS", "IRN"], &[], 5);
        let lavrov = report("c", "3", MEETING, &["person:lavrov@RUS", "IRN"], &[], 5);
        let named = happenings(&[shoigu, state, lavrov]);
        assert_ne!(named.first(), named.last());
    }

    prop_compose! {
        fn any_report()(
            document in 0..4u8,
            kind in prop::sample::select(vec![EventType::Consult, EventType::Aid, EventType::Accuse]),
            source in prop::sample::subsequence(vec!["RUS", "IRN", "person:lavrov@RUS", "person:shoigu@RUS"], 0..3),
            recipient in prop::sample::subsequence(vec!["UKR", "IRN", "person:raisi@IRN"], 0..3),
            day in 0..5i8,
            words in prop::collection::btree_set(0..4u8, 0..3),
        ) -> Sighting {
            let mut sighting = report("", &document.to_string(), kind, &source, &recipient, day);
            sighting.clues.language = Some(if document < 2 { "en" } else { "sv" }.to_owned());
            sighting.clues.words = words.iter().map(u8::to_string).collect();
            sighting
        }
    }

    proptest! {
        #[test]
        fn order_of_arrival_does_not_matter(
            reports in prop::collection::vec(any_report(), 0..24),
            keys in prop::collection::vec(any::<u32>(), 24),
        ) {
            let mut reports = reports;
            for (number, report) in reports.iter_mut().enumerate() {
                report.id = format!("e{number:02}");
            }
            let judged = |reports: &[Sighting]| -> BTreeMap<String, String> {
                reports.iter().map(|report| report.id.clone()).zip(happenings(reports)).collect()
            };
            let before = judged(&reports);
            let mut shuffled: Vec<_> = reports.into_iter().zip(keys).collect();
            shuffled.sort_by_key(|(_, key)| *key);
            let shuffled: Vec<_> = shuffled.into_iter().map(|(report, _)| report).collect();
            prop_assert_eq!(before, judged(&shuffled));
        }
    }
}
