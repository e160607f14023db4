//! Runs `cases/find/xx_times.txt`: `@2024-08-06` sets the reference day, every line is a text in which
//! `{words|value}` marks each time and its value.

use chancery_cases::{Fault, Files, Mark, Marked};
use chancery_core::{Analysis, Date, DateRange, Document, ResolvedDate, TimeMention};

use super::{find_times, grammar::Grammar};

/// A document of one paragraph.
fn document(text: &str, language: &str) -> Document {
    chancery_cases::document(text, language, None)
}

/// A day as 2024-08-06, or a month as 2024-08.
fn reference(day: &str) -> Option<ResolvedDate> {
    let range = day.parse::<Date>().ok().map(DateRange::day).or_else(|| {
        let (year, month) = day.split_once('-')?;
        DateRange::month(year.parse().ok()?, month.parse().ok()?)
    })?;
    Some(ResolvedDate { range, how: String::new() })
}

#[test]
fn the_cases_of_every_language_hold() {
    let counts = Files::of("find", "_times.txt").check(|case| {
        let Marked { plain, marks } = Marked::read(case.text);
        let document = document(&plain, case.language);
        let reference = case.day.and_then(reference);
        let found = find_times(&document, &Analysis::default(), reference.as_ref(), &mut Vec::new());
        let is_marked = |(time, mark): (&TimeMention, &Mark)| {
            time.span.start() < mark.end && mark.start < time.span.end() && time.value == mark.value
        };
        if found.len() == marks.len() && found.iter().zip(&marks).all(is_marked) {
            return Ok(());
        }
        let shown = |words: &str, value: &str| format!("{{{words}|{value}}}");
        let wanted: Vec<_> = marks.iter().map(|mark| shown(&mark.words, &mark.value)).collect();
        let got: Vec<_> =
            found.iter().map(|time| shown(document.text.slice(time.span), &time.value)).collect();
        Err(Fault { wanted: wanted.join(" "), got: got.join(" ") })
    });
    for (language, count) in counts {
        assert!(count >= 40, "{language} has {count} cases, fewer than 40");
    }
}

#[test]
fn every_table_compiles() {
    let mut errors = Vec::new();
    for language in chancery_tables::languages() {
        let Some(table) = chancery_tables::language(language, "times") else { continue };
        errors.extend(Grammar::read(language, table, "").1.iter().map(ToString::to_string));
    }
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn a_line_that_cannot_be_used_is_named_with_its_file_and_line() {
    let table = "[months]\n14 = Smarch\n[patterns]\n{moth} = last\nsoon = later\n";
    let (_, errors) = Grammar::read("xx", table, "");
    let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        errors,
        [
            "languages/xx/times.txt:2: `14` is no value of `[months]`",
            "languages/xx/times.txt:4: no slot is called `{moth}`",
            "languages/xx/times.txt:5: no action is called `later`",
        ]
    );
}

#[test]
fn an_impossible_date_is_a_notice_and_has_no_days() {
    for text in ["It was signed on 31 February 2024.", "They met on 30 February."] {
        let mut notices = Vec::new();
        let document = document(text, "en");
        let reference = "2024-08-06"
            .parse()
            .ok()
            .map(|day| ResolvedDate { range: DateRange::day(day), how: String::new() });
        let found = find_times(&document, &Analysis::default(), reference.as_ref(), &mut notices);
        assert!(found.iter().all(|time| time.range.is_none()), "{text}");
        assert_eq!(
            notices.iter().map(|n| n.code.as_str()).collect::<Vec<_>>(),
            ["date-impossible"],
            "{text}"
        );
    }
}

#[test]
fn each_end_of_a_span_has_the_days_of_the_whole() {
    let document = document("The talks run from 3 to 5 May 2024 in Muscat.", "en");
    let found = find_times(&document, &Analysis::default(), None, &mut Vec::new());
    let day = |day| Date::new(2024, 5, day).ok();
    let whole = Some(DateRange { from: day(3), to: day(5) });
    let shown: Vec<_> = found.iter().map(|time| (time.value.as_str(), time.range)).collect();
    assert_eq!(shown, [("2024-05-03", whole), ("2024-05-05", whole)]);
}

#[test]
fn a_long_text_is_read_in_linear_time() {
    let text =
        "On Tuesday, 5 August 2024, and on the first Monday of last month, 7,200 men came. ".repeat(5_000);
    let found = find_times(&document(&text, "en"), &Analysis::default(), None, &mut Vec::new());
    assert!(found.len() >= 10_000);
    let digits = "1 2 3 to 4 - 5 . ".repeat(20_000);
    find_times(&document(&digits, "en"), &Analysis::default(), None, &mut Vec::new());
}

proptest::proptest! {
    #[test]
    fn times_are_ordered_and_disjoint_in_any_text(
        words in proptest::collection::vec("\\PC{0,12}|from|to|5|2024|May|last|week|den|8|mars|-|\\.|,|/|на|第|年|月|日|3", 0..60),
        language in proptest::sample::select(chancery_tables::languages()),
    ) {
        let document = document(&words.join(" "), language);
        let reference = "2024-02-29".parse().ok().map(|day| ResolvedDate { range: DateRange::day(day), how: String::new() });
        let found = find_times(&document, &Analysis::default(), reference.as_ref(), &mut Vec::new());
        for pair in found.windows(2) {
            if let [first, second] = pair {
                proptest::prop_assert!(first.span.end() <= second.span.start());
            }
        }
        for time in &found {
            proptest::prop_assert!(!time.span.is_empty());
            if let Some(range) = time.range {
                proptest::prop_assert!(range.from.is_none() || range.to.is_none() || range.from <= range.to);
            }
        }
    }
}
