//! What goes into the record comes out of it, whole and once.

use std::path::PathBuf;

use chancery_core::{Date, DateRange, EventType, OwnName, Refinement, Status, Text};
use chancery_record::{Filter, Party, Put, Reading, Record, RecordError, fixture};
use proptest::prelude::*;

fn day(day: &str) -> DateRange {
    DateRange::day(day.parse::<Date>().expect("a day"))
}

fn visit(name: &str) -> Reading {
    visit_told_on(name, "2024-05-03")
}

fn visit_told_on(name: &str, day_of_report: &str) -> Reading {
    fixture::reading(name, "en", day_of_report, "Anna Berg met Ivo Kral.\nKral asked Berg for help.")
        .actor("Anna Berg", "person:anna-berg", "Anna Berg", "SWE", Some("minister"))
        .actor("Ivo Kral", "person:ivo-kral", "Ivo Kral", "FIN", None)
        .event(
            EventType::Consult,
            "visit",
            &["person:anna-berg", "person:ivo-kral"],
            &[],
            "met",
            day("2024-05-02"),
        )
        .actor("Berg for", "person:anna-berg", "Anna Berg", "SWE", None)
        .actor("Kral asked", "person:ivo-kral", "Ivo Kral", "FIN", None)
        .event(
            EventType::Request,
            "assist",
            &["person:ivo-kral"],
            &["person:anna-berg"],
            "asked",
            day("2024-05-03"),
        )
        .statement("person:ivo-kral", "help")
        .change("person:ivo-kral", "help", "no", "yes", "Kral asked Berg for help.")
        .done()
}

fn new() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.db");
    (folder, path)
}

#[test]
fn a_document_is_kept_once_whatever_its_path() {
    let (_folder, path) = new();
    let mut record = Record::create(&path).expect("a record");
    assert_eq!(record.put(&visit("a.txt"), "test").expect("it is put"), Put::New);
    assert_eq!(record.put(&visit("a.txt"), "test").expect("it is known"), Put::Known);
    assert_eq!(record.put(&visit("copy/a.txt"), "test").expect("it is known"), Put::Known);
    assert_eq!(record.len().expect("a number"), 1);
    assert!(record.knows(&visit("b.txt").document).expect("an answer"));
}

#[test]
fn every_value_comes_back_on_its_words() {
    let (_folder, path) = new();
    let reading = visit("a.txt");
    Record::create(&path).and_then(|mut record| record.put(&reading, "test")).expect("it is put");
    let record = Record::open(&path).expect("a record");
    let events = record.events(&Filter::default()).expect("events");
    assert_eq!(events.len(), 2);
    for (kept, put) in events.iter().zip(&reading.reports.events) {
        assert_eq!(format!("{:?}", kept.event), format!("{put:?}"));
        assert_eq!(kept.evidence, reading.document.text.slice(put.evidence));
    }
    let statements = record.statements(&Filter::default()).expect("statements");
    assert_eq!(format!("{:?}", statements[0].statement), format!("{:?}", reading.reports.statements[0]));
    let positions = record.positions(&Filter::default()).expect("positions");
    assert_eq!(format!("{:?}", positions[0].change), format!("{:?}", reading.reports.position_changes[0]));
    let document = record.document_named("a.txt").expect("an answer").expect("the document");
    assert_eq!(format!("{document:?}"), format!("{:?}", reading.document));
    assert_eq!(record.check().expect("an answer"), []);
}

#[test]
fn a_value_that_quotes_another_text_is_refused_and_leaves_nothing() {
    let (_folder, path) = new();
    let mut record = Record::create(&path).expect("a record");
    let mut reading = visit("a.txt");
    let longer = Text::new(&"x".repeat(500));
    reading.reports.events[1].evidence = longer.span(400, 450).expect("a span of the longer text");
    assert!(matches!(record.put(&reading, "test"), Err(RecordError::WordsNotInText { .. })));
    assert_eq!(record.len().expect("a number"), 0);
}

#[test]
fn a_filter_finds_mutual_acts_from_either_side() {
    let (_folder, path) = new();
    let mut record = Record::create(&path).expect("a record");
    record.put(&visit("a.txt"), "test").expect("it is put");
    let count = |filter: Filter| record.events(&filter).expect("events").len();
    let country = |code| Some(Party::Country(chancery_core::CountryCode::new(code).expect("a code")));
    assert_eq!(count(Filter { recipient: country("FIN"), ..Filter::default() }), 1);
    assert_eq!(count(Filter { source: country("FIN"), ..Filter::default() }), 2);
    assert_eq!(count(Filter { statuses: vec![Status::Requested], ..Filter::default() }), 1);
    let since = "2024-05-03".parse().ok();
    assert_eq!(count(Filter { since, ..Filter::default() }), 1);
}

#[test]
fn a_filter_leaves_out_what_is_not_sure_enough() {
    let (_folder, path) = new();
    let mut record = Record::create(&path).expect("a record");
    record.put(&visit("a.txt"), "test").expect("it is put");
    let count =
        |least_sure| record.events(&Filter { least_sure, ..Filter::default() }).expect("events").len();
    // Every event of the fixture is sure to the half.
    assert_eq!((count(None), count(Some(0.5)), count(Some(0.51))), (2, 2, 0));
}

/// A visit that an ontology of the user's own calls a state visit.
fn state_visit(name: &str) -> Reading {
    let mut reading = visit_told_on(name, "2024-05-04");
    let own = |name: &str, score| OwnName { name: name.to_owned(), score };
    let event = reading.reports.events.first_mut().expect("a visit");
    event.own = Refinement {
        kind: Some(own("STATE-VISIT", Some(4.5))),
        modes: vec![own("regatta", None)],
        contexts: vec!["fishery".to_owned()],
        by: Some("ontology.txt:7".to_owned()),
    };
    reading
}

#[test]
fn own_types_come_back_and_are_found_by_their_own_name_and_that_of_the_type_they_refine() {
    let (_folder, path) = new();
    let mut record = Record::create(&path).expect("a record");
    let reading = state_visit("a.txt");
    record.put(&reading, "test").expect("it is put");
    assert_eq!(record.own_kinds().expect("types"), ["STATE-VISIT"]);
    let found = |kinds: &[EventType], own_kinds: &[&str]| {
        let own_kinds = own_kinds.iter().map(|&kind| kind.to_owned()).collect();
        record.events(&Filter { kinds: kinds.to_vec(), own_kinds, ..Filter::default() }).expect("events")
    };
    assert_eq!(found(&[EventType::Consult], &[])[0].event.own, reading.reports.events[0].own);
    assert_eq!(found(&[], &["STATE-VISIT"]).len(), 1);
    assert_eq!(found(&[EventType::Request], &["STATE-VISIT"]).len(), 2);
    assert_eq!(found(&[], &["AIR-STRIKE"]).len(), 0);
}

#[test]
fn a_record_of_the_first_schema_is_brought_up_to_date() {
    let (_folder, path) = new();
    Record::create(&path).and_then(|mut record| record.put(&visit("a.txt"), "test")).expect("it is put");
    rusqlite::Connection::open(&path)
        .and_then(|connection| {
            connection.execute_batch(
                "ALTER TABLE events DROP COLUMN own_kind; ALTER TABLE events DROP COLUMN own; \
                 PRAGMA user_version = 1",
            )
        })
        .expect("the first schema");
    let mut record = Record::open(&path).expect("a record");
    record.put(&state_visit("b.txt"), "test").expect("it is put");
    let events = record.events(&Filter::default()).expect("events");
    let names: Vec<_> = events.iter().map(|found| found.event.type_name()).collect();
    assert_eq!(names, ["CONSULT", "REQUEST", "STATE-VISIT", "REQUEST"]);
}

#[test]
fn what_is_not_a_record_is_told_apart() {
    let (folder, path) = new();
    assert!(matches!(Record::open(&path), Err(RecordError::Missing(_))));
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "not a database, but long enough to be looked at as one".repeat(40))
        .expect("written");
    assert!(matches!(Record::create(&text), Err(RecordError::NotARecord(_))));
    assert!(matches!(Record::create(folder.path()), Err(RecordError::NotARecord(_))));
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other)
        .and_then(|connection| connection.execute_batch("CREATE TABLE cats (name TEXT)"))
        .expect("another database");
    assert!(matches!(Record::create(&other), Err(RecordError::NotARecord(_))));
    drop(Record::create(&path).expect("a record"));
    rusqlite::Connection::open(&path)
        .and_then(|connection| connection.execute_batch("PRAGMA user_version = 999"))
        .expect("a newer schema");
    assert!(matches!(Record::create(&path), Err(RecordError::Newer { found: 999, .. })));
}

#[test]
fn a_record_that_may_not_be_written_can_be_asked() {
    let (_folder, path) = new();
    Record::create(&path).and_then(|mut record| record.put(&visit("a.txt"), "test")).expect("it is put");
    let mut permissions = std::fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("they are set");
    assert_eq!(Record::open(&path).and_then(|record| record.len()).expect("an answer"), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the words and the order of arrival, each document comes back whole and happenings are the same.
    #[test]
    fn records_of_the_same_documents_agree(
        texts in prop::collection::btree_set("[a-zåäöа-я ]{1,20}\n[^\r\n]{1,40}", 1..5),
        backwards in any::<bool>(),
    ) {
        let readings: Vec<Reading> = texts
            .iter()
            .enumerate()
            .map(|(number, text)| {
                fixture::reading(&format!("{number}.txt"), "en", "2024-05-03", &format!("Anna met Ivo.\n{text}"))
                    .actor("Anna", "person:anna", "Anna", "SWE", None)
                    .actor("Ivo", "person:ivo", "Ivo", "FIN", None)
                    .event(EventType::Consult, "visit", &["person:anna", "person:ivo"], &[], "met", day("2024-05-02"))
                    .done()
            })
            .collect();
        let (_folder, path) = new();
        let mut record = Record::create(&path).expect("a record");
        let mut order: Vec<_> = readings.iter().collect();
        if backwards {
            order.reverse();
        }
        for reading in order {
            record.put(reading, "test").expect("it is put");
        }
        record.settle().expect("it is judged");
        for reading in &readings {
            let kept = record.document_named(&reading.document.name).expect("an answer").expect("the document");
            prop_assert_eq!(kept.text.as_str(), reading.document.text.as_str());
        }
        let mut happenings: Vec<_> =
            record.events(&Filter::default()).expect("events").into_iter().map(|event| event.happening).collect();
        happenings.dedup();
        prop_assert_eq!(happenings.len(), 1, "all tell of one meeting");
        prop_assert_eq!(record.check().expect("an answer"), []);
    }
}
