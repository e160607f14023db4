//! How a text as a whole tells of time: as news, as a story of years gone by, as an essay, or as a guide.

use chancery_core::{DateRange, Document};

use super::calendar::{Unit, days_between};
use super::meaning::{From, Grain, Meaning};
use super::{Tense, Unresolved};

/// How a text as a whole tells of time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Telling {
    /// It tells of years gone by: dates without a year are of the year it named last.
    pub(super) is_story: bool,
    /// It hardly counts a day from its own: `today` may mean nowadays.
    pub(super) is_essay: bool,
    /// It says what holds every year and every day: months, weekdays and hours name no days.
    pub(super) is_guide: bool,
}

/// A text shorter than this, in bytes, is news until it shows otherwise.
const SHORT: usize = 1_500;

/// So many years ago is history, of whatever day a text is.
const AGES: i64 = 100;

/// An essay counts no more than one day from its own in so many bytes.
const ESSAY: usize = 3_000;

impl Telling {
    pub(super) fn of(document: &Document, times: &[Unresolved], reference: Option<DateRange>) -> Self {
        let length = document.text.as_str().len();
        let days = times.iter().filter(|time| counts_a_day(&time.meaning)).count();
        Self {
            is_story: is_story(times, reference),
            is_essay: length >= SHORT && days * ESSAY <= length,
            is_guide: length >= SHORT && is_guide(times, reference),
        }
    }
}

/// Whether most of the years a text names lie before the last two, and hardly a time is counted from the
/// day it was written.
fn is_story(times: &[Unresolved], reference: Option<DateRange>) -> bool {
    let Some(day) = reference.and_then(|range| range.to) else { return false };
    let years: Vec<i32> = times.iter().filter_map(|time| time.meaning.year()).collect();
    let past = years.iter().filter(|year| **year < i32::from(day.year()) - 2).count();
    let counted = times.iter().filter(|time| time.meaning.is_counted()).count();
    years.len() >= 3 && past * 10 >= years.len() * 6 && counted * 8 <= times.len()
}

/// Whether a time is a day or hour counted from the day of the text: `yesterday`, `on Tuesday`, `at 15:20`, but
/// not `today`.
fn counts_a_day(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Clock { day, .. } => day.as_deref().is_none_or(counts_a_day),
        Meaning::Shift { amount, unit: Unit::Day, from: From::Reference, .. } => *amount != 0,
        Meaning::Fields(_) | Meaning::Toward { .. } | Meaning::Within { .. } => {
            meaning.is_counted() && meaning.grain() == Grain::Day
        }
        _ => false,
    }
}

/// Whether a text names months, weekdays and hours only as what returns: hardly one with a verb that
/// looks back, no time counted from its own day, no date near it.
fn is_guide(times: &[Unresolved], reference: Option<DateRange>) -> bool {
    let Some(day) = reference.and_then(|range| range.to) else { return false };
    let (mut returning, mut past) = (0, 0);
    for time in times {
        if returns(&time.meaning) {
            returning += 1;
            past += usize::from(time.tense == Tense::Past);
        } else if is_anchored(&time.meaning) || time.meaning.near(day, |a, b| days_between(a, b).abs()) {
            return false;
        }
    }
    returning >= 3 && past * 5 <= returning
}

/// Whether words name a time that comes again every day, week or year.
pub(super) fn returns(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Fields(fields) => fields.year.is_none(),
        Meaning::Clock { day, .. } => day.as_deref().is_none_or(returns),
        Meaning::Interval { from, to } => returns(from) && returns(to),
        Meaning::Portion { outer, .. } => returns(outer),
        Meaning::Today => true,
        _ => false,
    }
}

/// Whether a time can only be counted from the day of the text: `yesterday`, `next month`; not ages ago.
fn is_anchored(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Shift { amount, unit: Unit::Year, .. } if amount.abs() >= AGES => false,
        Meaning::Shift { from: From::Reference, .. } | Meaning::Toward { .. } => true,
        Meaning::Clock { day: Some(outer), .. }
        | Meaning::Within { outer, .. }
        | Meaning::Portion { outer, .. } => is_anchored(outer),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use chancery_core::{Analysis, Block, BlockKind, Metadata, ResolvedDate, Text};

    use super::super::find_times;
    use super::*;

    /// Values of the times of a text of a Tuesday, 6 August 2024.
    fn values(text: &str) -> Vec<String> {
        let text = Text::new(text);
        let document = Document {
            name: "case".to_owned(),
            blocks: vec![Block { kind: BlockKind::Paragraph, span: text.whole() }],
            metadata: Metadata { language: Some("en".to_owned()), ..Metadata::default() },
            text,
        };
        let day = "2024-08-06".parse().ok().map(DateRange::day);
        let reference = day.map(|range| ResolvedDate { range, how: String::new() });
        let found = find_times(&document, &Analysis::default(), reference.as_ref(), &mut Vec::new());
        found.into_iter().map(|time| time.value).collect()
    }

    fn long(sentence: &str) -> String {
        format!("{sentence} ").repeat(SHORT / sentence.len() + 1)
    }

    #[test]
    fn today_is_nowadays_in_an_essay_and_a_day_in_the_news() {
        let essay = long("Liberty asks more of the citizen than of the state.") + "Parties avoid it today.";
        assert_eq!(values(&essay), ["PRESENT_REF"]);
        let told = long("Liberty asks more of the citizen than of the state.") + "The court ruled today.";
        assert_eq!(values(&told), ["PRESENT_REF"], "`ruled` is no word of the list");
        let news = essay + " The court ruled yesterday.";
        assert_eq!(values(&news), ["2024-08-06", "2024-08-05"]);
        assert_eq!(values("Parties avoid it today."), ["2024-08-06"]);
    }

    #[test]
    fn months_and_hours_of_a_guide_name_no_days() {
        let guide = long("The bay is calm and the sand is white.")
            + "Rain falls between June and September. The ferry leaves at 14:30. Winds turn in May.";
        assert_eq!(values(&guide), ["XXXX-06", "XXXX-09", "XXXX-XX-XXT14:30", "XXXX-05"]);
        let news = guide + " Last week the ferry sank.";
        assert_eq!(values(&news), ["2024-06", "2024-09", "2024-08-06T14:30", "2024-05", "2024-W31"]);
    }

    #[test]
    fn a_story_counts_from_what_it_told_last() {
        let story = "The revolt of 1791 failed. By 1804 the island was free. In 1825 France took note. \
                     It was rebuilt at the end of the year.";
        assert_eq!(values(story), ["1791", "1804", "1825", "1825"]);
    }
}
