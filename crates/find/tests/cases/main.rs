//! What is promised in `cases/find` of actors, times that count from happenings, places and quotations, with the model inside the program.

mod actors;
mod anchors;
mod places;
mod quotations;

use std::sync::LazyLock;

use chancery_cases::document;
use chancery_core::{Date, Document, Mentions};
use chancery_find::Finder;
use chancery_parse::Parser;

static PARSER: LazyLock<Parser> = LazyLock::new(|| {
    chancery_cases::root();
    Parser::load().expect("the model inside the binary is whole")
});
static FINDER: LazyLock<Finder> = LazyLock::new(Finder::load);

/// A text as a document, and what is found in it.
fn read(plain: &str, language: &str, published: Option<Date>) -> (Document, Mentions) {
    let document = document(plain, language, published);
    let analysis = PARSER.parse(&document).value;
    let found = FINDER.find(&document, &analysis).value;
    (document, found)
}
