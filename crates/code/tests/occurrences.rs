//! Reads the sentences of `cases/occurrences/xx_*.txt` and compares the status of each marked word with its mark:
//!
//! ```text
//! Kenya {sent|asserted} troops to {protect|planned} the port.
//! ```

use chancery_cases::{Case, Files, Marked, document, same};
use chancery_code::Coder;
use chancery_find::Finder;
use chancery_parse::Parser;

#[test]
fn occurrences_have_the_status_that_the_cases_say() {
    let parser = Parser::load().expect("the model inside the binary is whole");
    let (finder, coder) = (Finder::load(), Coder::load());
    Files::of("occurrences", ".txt").check(|case: &Case<'_>| {
        let marked = Marked::read(case.text);
        let published = case.day.and_then(|day| day.parse().ok());
        let document = document(&marked.plain, case.language, published);
        let analysis = parser.parse(&document).value;
        let mentions = finder.find(&document, &analysis).value;
        let occurrences = coder.code(&document, &analysis, &mentions).predicates;
        let (mut wanted, mut got) = (Vec::new(), Vec::new());
        for mark in &marked.marks {
            let known = occurrences.iter().find(|occurrence| {
                (occurrence.span.start(), occurrence.span.end()) == (mark.start, mark.end)
            });
            let status = known.map_or("none", |occurrence| occurrence.status.as_str());
            wanted.push(format!("{} {}", mark.words, mark.value));
            got.push(format!("{} {status}", mark.words));
        }
        same(&wanted, &got)
    });
}
