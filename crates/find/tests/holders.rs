//! An office on a day that the tables do not reach.

use chancery_core::{Document, NoticeCode};
use chancery_find::Finder;
use chancery_parse::Parser;

fn notices(text: &str, day: &str) -> Vec<(NoticeCode, String)> {
    let document: Document = chancery_cases::document(text, "en", day.parse().ok());
    let analysis = Parser::load().expect("the model inside the binary is whole").parse(&document).value;
    let staged = Finder::load().find(&document, &analysis);
    staged.notices.into_iter().map(|notice| (notice.code, notice.text)).collect()
}

#[test]
fn who_holds_an_office_after_the_tables_end_is_not_guessed() {
    let text = "The Norwegian foreign minister called for calm. The foreign minister of Norway left.";
    let late = notices(text, "2031-03-10");
    let told: Vec<_> = late.iter().filter(|(code, _)| *code == NoticeCode::HolderUnknown).collect();
    assert_eq!(told.len(), 1, "once of an office: {late:?}");
    assert!(told.iter().all(|(_, text)| text.contains("holder not known after 2025-12-31")), "{told:?}");
    assert!(notices(text, "2024-03-10").is_empty());
}

#[test]
fn a_day_or_year_that_no_calendar_has_is_named() {
    let found =
        notices("The strike on 31 February killed nine. The plant opens on 12 March 99999.", "2025-09-10");
    let told: Vec<_> = found.iter().filter(|(code, _)| *code == NoticeCode::DateImpossible).collect();
    assert_eq!(told.len(), 2, "{found:?}");
}
