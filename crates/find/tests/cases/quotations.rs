//! `{content|speaker|stance form}` marks each quotation of a text, `-` where nobody is named; behind the form ` to X`
//! is the addressee and `; X` the medium.

use chancery_cases::{Files, Marked, same};
use chancery_core::{Document, Mentions, Quotation, Span};

#[test]
fn quotations_are_found_as_the_cases_say() {
    Files::of("find", "_quotations.txt").check(|case| {
        let Marked { plain, marks } = Marked::read(case.text);
        let (document, found) = super::read(&plain, case.language, None);
        let mut wanted: Vec<_> =
            marks.iter().map(|mark| format!("{}|{}", bare(&mark.words), mark.value)).collect();
        let mut got: Vec<_> =
            found.quotations.iter().map(|quotation| told(&document, &found, quotation)).collect();
        wanted.sort();
        got.sort();
        same(&wanted, &got)
    });
}

/// A quotation in the form of the marks.
fn told(document: &Document, found: &Mentions, quotation: &Quotation) -> String {
    let names: Vec<_> = quotation
        .speaker_actors
        .iter()
        .filter_map(|&actor| Some(found.actors.get(actor)?.name.clone()))
        .collect();
    let speaker = if names.is_empty() {
        quotation.speaker_name.clone().unwrap_or_else(|| "-".to_owned())
    } else {
        names.join(" & ")
    };
    let words = |span: Span| document.text.slice(span).to_owned();
    let mut told =
        format!("{}|{speaker}|{} {}", bare(&words(quotation.content)), quotation.stance, quotation.form);
    if let Some(addressee) = quotation.addressee {
        told = format!("{told} to {}", words(addressee));
    }
    if let Some(medium) = quotation.medium {
        told = format!("{told}; {}", words(medium));
    }
    told
}

/// Content without what only encloses it: marks and the points at its end.
fn bare(content: &str) -> String {
    content
        .trim_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '(' | ')' | '%'))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
