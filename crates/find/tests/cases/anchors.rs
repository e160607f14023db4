//! `{words|value}` marks times that count from what happened, with their values; `2024-05-01: ` before a text
//! is the day on which it was published.

use chancery_cases::{Files, Marked, same};

#[test]
fn times_count_from_happenings_as_the_cases_say() {
    Files::of("find", "_anchors.txt").check(|case| {
        let dated = case.text.split_once(": ").and_then(|(day, rest)| Some((day.parse().ok()?, rest)));
        let (published, text) = dated.map_or((None, case.text), |(day, rest)| (Some(day), rest));
        let Marked { plain, marks } = Marked::read(text);
        let (_, found) = super::read(&plain, case.language, published);
        let wanted: Vec<_> = marks.iter().map(|mark| format!("{}|{}", mark.words, mark.value)).collect();
        let value = |start: usize, end: usize| {
            let time = found.times.iter().find(|time| time.span.start() == start && time.span.end() == end);
            time.map_or("-", |time| time.value.as_str())
        };
        let got: Vec<_> =
            marks.iter().map(|mark| format!("{}|{}", mark.words, value(mark.start, mark.end))).collect();
        same(&wanted, &got)
    });
}
