//! Runs `cases/find/xx_quantities.txt`: every line is a text in which `{words|value unit}` marks each quantity.
//! A range is `10-15`; `>=`, `<=` and `~` before it stand for at least, at most and about.

use chancery_cases::{Fault, Files, Mark, Marked};
use chancery_core::{Analysis, Approximation, Document, Quantity};

use super::find_quantities;
use super::units::read;

/// A document of one paragraph.
fn document(text: &str, language: &str) -> Document {
    chancery_cases::document(text, language, None)
}

fn shown(quantity: &Quantity) -> String {
    let bound = match quantity.approximation {
        Some(Approximation::AtLeast) => ">=",
        Some(Approximation::AtMost) => "<=",
        Some(Approximation::About) => "~",
        None => "",
    };
    let upper = quantity.upper.map_or_else(String::new, |upper| format!("-{upper}"));
    format!("{bound}{}{upper} {}", quantity.value, quantity.unit)
}

#[test]
fn the_cases_of_every_language_hold() {
    let counts = Files::of("find", "_quantities.txt").check(|case| {
        let Marked { plain, marks } = Marked::read(case.text);
        let document = document(&plain, case.language);
        let found = find_quantities(&document, &Analysis::default());
        let is_marked = |(quantity, mark): (&Quantity, &Mark)| {
            let span = quantity.span;
            span.start() < mark.end && mark.start < span.end() && shown(quantity) == mark.value
        };
        if found.len() == marks.len() && found.iter().zip(&marks).all(is_marked) {
            return Ok(());
        }
        let wanted: Vec<_> = marks.iter().map(|mark| format!("{{{}|{}}}", mark.words, mark.value)).collect();
        let got = found.iter().map(|q| format!("{{{}|{}}}", document.text.slice(q.span), shown(q)));
        Err(Fault { wanted: wanted.join(" "), got: got.collect::<Vec<_>>().join(" ") })
    });
    for language in chancery_tables::languages() {
        assert!(counts.contains_key(language), "no {language}_quantities.txt");
    }
}

#[test]
fn every_table_can_be_read() {
    for language in chancery_tables::languages() {
        if let Some(table) = chancery_tables::language(language, "units") {
            let errors = read(table).1;
            assert!(errors.is_empty(), "languages/{language}/units.txt:{}", errors.join("\n"));
        }
    }
}

#[test]
fn absurd_numbers_are_read_or_passed_over() {
    let long = "9".repeat(400) + " kilometres";
    let texts = [
        long.as_str(),
        "999999999999999 trillion trillion trillion trillion dollars were lost, 1,2,3,4,5 men killed.",
        "0.0000000001 percent; -5 to -3 degrees; 10 to 5 people were killed",
        "killed killed killed 7 7 7 7 to to 8",
    ];
    for text in texts {
        let found = find_quantities(&document(text, "en"), &Analysis::default());
        assert!(found.iter().all(|quantity| quantity.value.is_finite()), "{text}");
        assert!(found.iter().all(|quantity| quantity.upper.is_none_or(|upper| upper > quantity.value)));
    }
}
