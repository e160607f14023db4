use std::collections::{BTreeMap, BTreeSet};

use chancery_core::Span;
use xxhash_rust::xxh3::xxh3_64;

use crate::happening::{happenings, may_be_one};
use crate::story::{Gist, stories};
use crate::{Reading, Sighting, sightings};

/// What the judgement on occurrences looks at of one document.
#[derive(Clone, Debug)]
pub struct Account {
    gist: Gist,
    sightings: Vec<Sighting>,
    occurrences: Vec<Occurrence>,
}

/// One occurrence that a document states.
#[derive(Clone, Debug)]
struct Occurrence {
    span: Span,
    /// Words of one family tell one thing, within a story.
    family: Option<String>,
    /// Index of the event that the words were coded as.
    event: Option<usize>,
}

/// The happening of each event of a document, and the cluster of each occurrence that has one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    pub happenings: Vec<String>,
    pub occurrences: Vec<Option<String>>,
}

/// A family that more stories than this, and more than two thirds of them, speak of tells no story apart.
const FEW_STORIES: usize = 3;
/// So many events of a cluster each further one is compared with.
const COMPARED: usize = 8;

impl Account {
    /// Returns what the judgement on occurrences looks at of a reading.
    pub fn of(reading: &Reading) -> Self {
        let events: BTreeMap<Span, usize> =
            reading.reports.events.iter().enumerate().rev().map(|(index, e)| (e.predicate, index)).collect();
        let occurrences = reading.reports.predicates.iter().map(|predicate| Occurrence {
            span: predicate.span,
            family: predicate.family.clone(),
            event: events.get(&predicate.span).copied(),
        });
        Self { gist: Gist::of(reading), sightings: sightings(reading), occurrences: occurrences.collect() }
    }
}

/// Occurrences that are told as one.
#[derive(Default)]
struct Cluster<'a> {
    /// Document and occurrence, as indices.
    members: Vec<(usize, usize)>,
    sightings: Vec<&'a Sighting>,
    happenings: BTreeSet<&'a str>,
}

/// Judges which events are reports of one happening, and which occurrences, coded or not, are told as one.
///
/// Within a story, words of one family tell one thing, unless they were coded as events that exclude each
/// other; reports of one happening are told as one in whatever words and language.
pub fn judge(accounts: &[Account]) -> Vec<Judged> {
    let flat: Vec<Sighting> = accounts.iter().flat_map(|account| account.sightings.iter().cloned()).collect();
    let mut named = happenings(&flat).into_iter();
    let mut judged: Vec<Judged> = accounts
        .iter()
        .map(|account| Judged {
            happenings: named.by_ref().take(account.sightings.len()).collect(),
            occurrences: vec![None; account.occurrences.len()],
        })
        .collect();
    let names = names(accounts, &judged);
    for ((document, occurrence), name) in names {
        if let Some(slot) = judged.get_mut(document).and_then(|of| of.occurrences.get_mut(occurrence)) {
            *slot = Some(name);
        }
    }
    judged
}

/// The name of the cluster of each occurrence that has one.
fn names(accounts: &[Account], judged: &[Judged]) -> Vec<((usize, usize), String)> {
    let gists: Vec<Gist> = accounts.iter().map(|account| account.gist.clone()).collect();
    let story = stories(&gists);
    let common = common_families(accounts, &story);
    let mut clusters: Vec<Cluster<'_>> = Vec::new();
    let mut of_happening: BTreeMap<&str, usize> = BTreeMap::new();
    let mut of_family: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    // The order of the documents' ids, so that the order of the input does not matter.
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by_key(|&index| accounts.get(index).map(|account| &account.gist.document));
    for document in order {
        let (Some(account), Some(of)) = (accounts.get(document), judged.get(document)) else { continue };
        for (index, occurrence) in account.occurrences.iter().enumerate() {
            let sighting = occurrence.event.and_then(|event| account.sightings.get(event));
            let happening = occurrence.event.and_then(|event| of.happenings.get(event)).map(String::as_str);
            let family = occurrence.family.as_deref().filter(|family| !common.contains(family));
            let place = story.get(document).copied().unwrap_or(document);
            let told = family.and_then(|family| of_family.get(&(place, family)));
            let fitting = told.and_then(|told| {
                told.iter()
                    .copied()
                    .find(|&at| clusters.get(at).is_some_and(|cluster| cluster.fits(sighting)))
            });
            let at =
                happening.and_then(|name| of_happening.get(name).copied()).or(fitting).unwrap_or_else(|| {
                    clusters.push(Cluster::default());
                    clusters.len() - 1
                });
            if let Some(cluster) = clusters.get_mut(at) {
                cluster.members.push((document, index));
                cluster.sightings.extend(sighting);
                cluster.happenings.extend(happening);
            }
            if let Some(name) = happening {
                of_happening.entry(name).or_insert(at);
            }
            if let Some(family) = family {
                let told = of_family.entry((place, family)).or_default();
                if !told.contains(&at) {
                    told.push(at);
                }
            }
        }
    }
    let named = |cluster: &Cluster<'_>| {
        let mut happenings = cluster.happenings.iter();
        match (happenings.next(), happenings.next()) {
            // The events of the cluster bear the same name.
            (Some(one), None) => Some((*one).to_owned()),
            _ if cluster.members.len() < 2 => None,
            _ => {
                let (document, index) = *cluster.members.first()?;
                let account = accounts.get(document)?;
                let span = account.occurrences.get(index)?.span;
                let key = format!("{}\0{}\0{}", account.gist.document, span.start(), span.end());
                Some(format!("o-{:012x}", xxh3_64(key.as_bytes()) >> 16))
            }
        }
    };
    clusters
        .iter()
        .filter_map(|cluster| Some((cluster, named(cluster)?)))
        .flat_map(|(cluster, name)| cluster.members.iter().map(move |&member| (member, name.clone())))
        .collect()
}

impl Cluster<'_> {
    /// Whether nothing in an event speaks against its being told by the cluster.
    fn fits(&self, sighting: Option<&Sighting>) -> bool {
        sighting.is_none_or(|one| self.sightings.iter().take(COMPARED).all(|other| may_be_one(one, other)))
    }
}

/// Families that many stories speak of, as `say` and `year`.
fn common_families<'a>(accounts: &'a [Account], story: &[usize]) -> BTreeSet<&'a str> {
    let mut of: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (account, place) in accounts.iter().zip(story) {
        for family in account.occurrences.iter().filter_map(|occurrence| occurrence.family.as_deref()) {
            of.entry(family).or_default().insert(*place);
        }
    }
    let stories = story.iter().collect::<BTreeSet<_>>().len();
    of.into_iter()
        .filter(|(_, told)| told.len() > FEW_STORIES && told.len() * 3 > stories * 2)
        .map(|(family, _)| family)
        .collect()
}

#[cfg(test)]
mod tests {
    use chancery_core::{DateRange, EventType, Predicate, Status};

    use super::*;
    use crate::fixture::{Fixture, reading};

    const FERRY: &str = "The ferry sailed from the harbour of Strelsau across the strait with passengers";

    /// An account in which each word is an occurrence of its family.
    fn account(fixture: Fixture, families: &[(&str, &str)]) -> Account {
        let mut reading = fixture.done();
        for (word, family) in families {
            let text = &reading.document.text;
            let at = text.as_str().find(word).expect("a word of the text");
            let span = text.span(at, at + word.len()).expect("a word of the text");
            reading.reports.predicates.retain(|predicate| predicate.span != span);
            let family = Some((*family).to_owned());
            reading.reports.predicates.push(Predicate { span, status: Status::Asserted, family });
        }
        Account::of(&reading)
    }

    fn clusters(accounts: &[Account]) -> Vec<Option<String>> {
        judge(accounts).into_iter().flat_map(|judged| judged.occurrences).collect()
    }

    #[test]
    fn words_of_one_family_tell_one_thing_within_a_story() {
        let one = account(reading("a", "en", "2024-05-01", FERRY), &[("sailed", "sail")]);
        let again = FERRY.replace("sailed", "set sail");
        let other = account(reading("b", "en", "2024-05-02", &again), &[("sail", "sail")]);
        let mine = "Crews sailed home after two courts closed every mine in Karst";
        let elsewhere = account(reading("c", "en", "2024-05-02", mine), &[("sailed", "sail")]);
        let named = clusters(&[one, other, elsewhere]);
        assert!(named[0].is_some());
        assert_eq!(named[0], named[1]);
        assert_eq!(named[2], None);
    }

    #[test]
    fn events_that_exclude_each_other_are_not_told_as_one() {
        let day = |day| DateRange::day(chancery_core::Date::new(2024, 5, day).expect("a day of May"));
        let told = |name: &str, when: i8| {
            let fixture = reading(name, "en", "2024-05-20", &format!("Norland {FERRY}"))
                .actor("Norland", "NOR", "Norland", "NOR", None)
                .event(EventType::Assault, "", &["NOR"], &[], "sailed", day(when));
            account(fixture, &[("sailed", "sail")])
        };
        let named = clusters(&[told("a", 1), told("b", 12)]);
        assert!(named.iter().all(Option::is_some));
        assert_ne!(named[0], named[1]);
    }

    #[test]
    fn the_order_of_the_documents_does_not_matter() {
        let told = |name: &str| account(reading(name, "en", "2024-05-01", FERRY), &[("sailed", "sail")]);
        let (one, other) = (told("a"), told("b"));
        assert_eq!(clusters(&[one.clone(), other.clone()]), clusters(&[other, one]));
    }
}
