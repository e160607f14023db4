//! What makes no sense is not believed, and takes no longer than what does.

use chancery_core::{Block, BlockKind, Document, Metadata, NoticeCode, Text};
use chancery_find::Finder;
use chancery_parse::Parser;

#[test]
fn a_name_of_ten_thousand_letters_is_nobodys() {
    assert!(Finder::load().resolve_name(&"Ab".repeat(5_000)).is_empty());
}

#[test]
fn days_that_do_not_exist_have_no_date() {
    let text = Text::new("The court met on 31 February 2024 and will meet again on June 5, 99999, it said.");
    let block = Block { kind: BlockKind::Paragraph, span: text.whole() };
    let metadata = Metadata { language: Some("en".to_owned()), ..Metadata::default() };
    let document = Document { name: "case".to_owned(), text, metadata, blocks: vec![block] };
    let parser = Parser::load().expect("the model inside the binary is whole");
    let found = Finder::load().find(&document, &parser.parse(&document).value);
    let february = found.value.times.iter().find(|time| document.text.slice(time.span).contains("February"));
    assert!(february.is_some_and(|time| time.range.is_none()), "{february:?}");
    assert!(
        found.notices.iter().any(|notice| notice.code == NoticeCode::DateImpossible),
        "{:?}",
        found.notices
    );
    assert!(!found.value.times.iter().any(|time| time.value.contains("99999")), "{:?}", found.value.times);
}
