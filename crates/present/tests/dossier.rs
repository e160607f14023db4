//! The dossier as its readers see it, on reports of our own writing.

use chancery_core::{Date, DateRange, EventType};
use chancery_present::Dossier;
use chancery_record::{Party, Reading, Record, fixture};

fn day(day: &str) -> DateRange {
    DateRange::day(day.parse::<Date>().expect("a day"))
}

fn english() -> Reading {
    fixture::reading(
        "reports/visit.txt",
        "en",
        "2024-05-03",
        "Foreign Minister Anna Berg of Norland flew to Sudmark on Thursday to meet President Ivo Kral.\n\
         Norland has delivered six Falcon helicopters to Sudmark since the spring.\n\
         \"Sudmark can count on us,\" Berg said.\n\
         Westria accused Norland of arming its neighbour <in secret>.\n\
         Sudmark at first denied the deliveries but later confirmed them.",
    )
    .actor("Anna Berg", "person:anna-berg", "Anna Berg", "NRL", Some("Foreign Minister of Norland"))
    .actor("Norland| flew", "NRL", "Norland", "NRL", None)
    .actor("Norland| has", "NRL", "Norland", "NRL", None)
    .actor("Norland| of arming", "NRL", "Norland", "NRL", None)
    .actor("Ivo Kral", "person:ivo-kral", "Ivo Kral", "SDM", Some("President of Sudmark"))
    .actor("Sudmark| since", "SDM", "Sudmark", "SDM", None)
    .actor("Sudmark| can", "SDM", "Sudmark", "SDM", None)
    .actor("Sudmark| at first", "SDM", "Sudmark", "SDM", None)
    .actor("Falcon", "weapon:falcon", "Falcon", "NRL", None)
    .actor("Westria", "WST", "Westria", "WST", None)
    .actor("Berg| said", "person:anna-berg", "Anna Berg", "NRL", None)
    .event(
        EventType::Consult,
        "visit",
        &["person:anna-berg", "person:ivo-kral"],
        &[],
        "flew",
        day("2024-05-02"),
    )
    .event(
        EventType::Aid,
        "",
        &["NRL"],
        &["SDM"],
        "delivered",
        DateRange::until("2024-05-03".parse().expect("a day")),
    )
    .statement("person:anna-berg", "Sudmark can count on us,")
    .event(EventType::Accuse, "allege", &["WST"], &["NRL"], "accused", day("2024-05-02"))
    .change(
        "SDM",
        "deliveries",
        "denied",
        "confirmed",
        "Sudmark at first denied the deliveries but later confirmed them.",
    )
    .done()
}

fn swedish() -> Reading {
    fixture::reading(
        "reports/besok.txt",
        "sv",
        "2024-05-04",
        "Norlands utrikesminister Anna Berg besökte Sudmark i torsdags.\n\
         Enligt Westria har Norland lovat Sudmark fler Falcon.",
    )
    .actor("Anna Berg", "person:anna-berg", "Anna Berg", "NRL", Some("Foreign Minister of Norland"))
    .actor("Sudmark| i", "SDM", "Sudmark", "SDM", None)
    .actor("Norland| lovat", "NRL", "Norland", "NRL", None)
    .actor("Sudmark| fler", "SDM", "Sudmark", "SDM", None)
    .event(EventType::Consult, "visit", &["person:anna-berg", "SDM"], &[], "besökte", day("2024-05-02"))
    .event(EventType::Aid, "", &["NRL"], &["SDM"], "lovat", day("2024-05-04"))
    .alleged_by("Westria")
    .done()
}

fn gather(readings: &[Reading]) -> Dossier {
    let folder = tempfile::tempdir().expect("a folder");
    let mut record = Record::create(&folder.path().join("record.db")).expect("a record");
    for reading in readings {
        record.put(reading, "test").expect("it is put");
    }
    record.settle().expect("it is judged");
    let actor = |id: &str, name: &str| {
        let known = record.actors(Some(&Party::Actor(id.to_owned()))).expect("the actors").into_iter().next();
        let actor = known.map_or_else(
            || chancery_core::Actor {
                id: id.to_owned(),
                name: name.to_owned(),
                kind: chancery_core::ActorKind::State,
                country: chancery_core::CountryCode::new(id),
                sector: None,
                wikidata: None,
                role: None,
            },
            |known| known.actor,
        );
        (actor, Party::Country(chancery_core::CountryCode::new(id).expect("a code")))
    };
    Dossier::gather(&record, [actor("NRL", "Norland"), actor("SDM", "Sudmark")]).expect("it is gathered")
}

#[test]
fn markdown_tells_what_happened_and_where_each_word_stands() {
    insta::assert_snapshot!(gather(&[english(), swedish()]).markdown());
}

#[test]
fn an_empty_record_says_so_in_every_section() {
    insta::assert_snapshot!(gather(&[]).markdown());
}

#[test]
fn the_page_is_whole_escaped_and_needs_nothing_else() {
    let page = gather(&[english(), swedish()]).html();
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"));
    assert!(page.contains("&lt;in secret&gt;"), "words of a report never become markup");
    assert!(!page.contains("src=") && !page.contains("url("), "nothing is fetched");
    assert!(page.contains("<mark>flew</mark>") && page.contains("<b>Anna Berg</b>"));
    for id in page.split("href=\"#").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id) {
        assert!(page.contains(&format!("id=\"{id}\"")), "the link to {id} leads somewhere");
    }
    insta::assert_snapshot!(page.split_once("<body>").map_or("", |(_, body)| body));
}

#[test]
fn json_holds_the_same_happenings() {
    let json: serde_json::Value =
        serde_json::from_str(&gather(&[english(), swedish()]).json()).expect("it is JSON");
    assert_eq!(json["timeline"].as_array().map(Vec::len), Some(2));
    assert_eq!(json["timeline"][0]["reports"].as_array().map(Vec::len), Some(2), "two tongues, one visit");
    assert_eq!(json["third_parties"][0]["name"], "Westria");
    assert_eq!(json["position_changes"][0]["after"], "confirmed");
}
