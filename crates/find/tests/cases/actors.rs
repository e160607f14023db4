//! `{words|id}` marks words with the ids of the actors that they name, joined by `+` (`-` for nobody);
//! `2024-05-01: ` before a text is the day on which it was published.

use chancery_cases::{Files, Mark, Marked, same};
use chancery_core::Mentions;

#[test]
fn actors_are_found_as_the_cases_say() {
    Files::of("find", "_actors.txt").check(|case| {
        let dated = case.text.split_once(": ").and_then(|(day, rest)| Some((day.parse().ok()?, rest)));
        let (published, text) = dated.map_or((None, case.text), |(day, rest)| (Some(day), rest));
        let Marked { plain, marks } = Marked::read(text);
        let (_, found) = super::read(&plain, case.language, published);
        let wanted: Vec<_> = marks.iter().map(|mark| shown(mark, mark.value.split('+').collect())).collect();
        let got: Vec<_> = marks.iter().map(|mark| shown(mark, named(&found, mark))).collect();
        same(&wanted, &got)
    });
}

fn shown(mark: &Mark, mut ids: Vec<&str>) -> String {
    ids.sort_unstable();
    format!("{}|{}", mark.words, ids.join("+"))
}

/// The ids of the actors that exactly the marked words name.
fn named<'a>(found: &'a Mentions, mark: &Mark) -> Vec<&'a str> {
    let mentions = found.mentions.iter().filter(|m| m.span.start() == mark.start && m.span.end() == mark.end);
    let actors = mentions.flat_map(|mention| &mention.actors).filter_map(|&actor| found.actors.get(actor));
    let ids: Vec<_> = actors.map(|actor| actor.id.as_str()).collect();
    if ids.is_empty() { vec!["-"] } else { ids }
}
