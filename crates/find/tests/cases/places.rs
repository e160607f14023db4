//! `{words|name CODE}` marks each place of a text with the name and country that the gazetteer has for it (`-` for none).

use chancery_cases::{Files, Marked, same};

#[test]
fn places_are_found_as_the_cases_say() {
    Files::of("find", "_places.txt").check(|case| {
        let Marked { plain, marks } = Marked::read(case.text);
        let (document, found) = super::read(&plain, case.language, None);
        let wanted: Vec<_> = marks.iter().map(|mark| format!("{}|{}", mark.words, mark.value)).collect();
        let got: Vec<_> = found
            .places
            .iter()
            .map(|place| {
                let country = place.country.map_or_else(|| "-".to_owned(), |country| country.to_string());
                format!("{}|{} {country}", document.text.slice(place.span), place.name)
            })
            .collect();
        same(&wanted, &got)
    });
}
