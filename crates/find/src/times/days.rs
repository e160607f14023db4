//! A value with its days.

use chancery_core::{Date, DateRange, NoticeCode};

use super::calendar::{Unit, whole};

/// What a time was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    Nothing,
    Reference,
    Previous(DateRange),
}

/// A value with its days, or why there are none.
pub(super) struct Days {
    pub(super) value: String,
    pub(super) range: Option<DateRange>,
    pub(super) counted: Counted,
    pub(super) problem: Option<NoticeCode>,
}

impl Days {
    pub(super) fn known(value: impl Into<String>, range: DateRange) -> Self {
        Self { value: value.into(), range: Some(range), counted: Counted::Nothing, problem: None }
    }

    /// A value that names no days.
    pub(super) fn vague(value: impl Into<String>) -> Self {
        Self { value: value.into(), range: None, counted: Counted::Nothing, problem: None }
    }

    pub(super) fn counted(self, counted: Counted) -> Self {
        Self { counted, ..self }
    }

    pub(super) fn unresolved(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            range: None,
            counted: Counted::Nothing,
            problem: Some(NoticeCode::DateUnresolved),
        }
    }

    pub(super) fn impossible(value: impl Into<String>) -> Self {
        Self { problem: Some(NoticeCode::DateImpossible), ..Self::unresolved(value) }
    }

    pub(super) fn whole(day: Date, unit: Unit) -> Self {
        match whole(day, unit) {
            Some((value, range)) => Self::known(value, range),
            None => Self::unresolved("XXXX-XX-XX"),
        }
    }
}

/// The reference day, where it is known to the day.
pub(super) fn day_of(range: Option<DateRange>) -> Option<Date> {
    let range = range?;
    range.from.filter(|from| range.to == Some(*from))
}

/// The year that all days of a range lie in.
pub(super) fn year_of(range: Option<DateRange>) -> Option<i32> {
    let range = range?;
    let (from, to) = (range.from?, range.to?);
    (from.year() == to.year()).then(|| i32::from(from.year()))
}

pub(super) fn new_date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|date| date.year() > 0)
}

pub(super) fn month_range(year: i32, month: i32) -> Option<DateRange> {
    DateRange::month(i16::try_from(year).ok().filter(|year| *year > 0)?, i8::try_from(month).ok()?)
}

pub(super) fn date(year: i32, month: i32, day: i32) -> Days {
    match new_date(year, month, day) {
        Some(day) => Days::known(day.to_string(), DateRange::day(day)),
        None => Days::impossible(format!("{year:04}-{month:02}-{day:02}")),
    }
}

pub(super) fn outer_value(range: DateRange) -> String {
    let side = |day: Option<Date>| day.map_or("..".to_owned(), |day| day.to_string());
    format!("{}/{}", side(range.from), side(range.to))
}
