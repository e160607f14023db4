//! Counts days, weeks, months and years, and turns Solar Hijri dates into Gregorian ones.

use chancery_core::{Date, DateRange};
use jiff::{Span, civil::ISOWeekDate};

/// A unit that times are counted in, fine to coarse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

pub(crate) const UNITS: &[(&str, Unit)] = &[
    ("second", Unit::Second),
    ("minute", Unit::Minute),
    ("hour", Unit::Hour),
    ("day", Unit::Day),
    ("weekend", Unit::Weekend),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("quarter", Unit::Quarter),
    ("half", Unit::Half),
    ("year", Unit::Year),
    ("decade", Unit::Decade),
    ("century", Unit::Century),
];

impl Unit {
    pub(crate) fn named(name: &str) -> Option<Self> {
        UNITS.iter().find(|(known, _)| *known == name).map(|(_, unit)| *unit)
    }

    /// The TIMEX3 value of a duration; `amount` is `X` where the text gives none.
    pub(crate) fn duration(self, amount: &str) -> String {
        let times =
            |factor: f64| amount.parse::<f64>().map_or(amount.to_owned(), |n| (n * factor).to_string());
        match self {
            Self::Second => format!("PT{amount}S"),
            Self::Minute => format!("PT{amount}M"),
            Self::Hour => format!("PT{amount}H"),
            Self::Day => format!("P{amount}D"),
            Self::Weekend => format!("P{amount}WE"),
            Self::Week => format!("P{amount}W"),
            Self::Month => format!("P{amount}M"),
            Self::Quarter => format!("P{}M", times(3.0)),
            Self::Half => format!("P{}M", times(6.0)),
            Self::Year => format!("P{amount}Y"),
            Self::Decade => format!("P{}Y", if amount == "X" { "X0".to_owned() } else { times(10.0) }),
            Self::Century => format!("P{}Y", if amount == "X" { "X00".to_owned() } else { times(100.0) }),
        }
    }
}

/// Moves a day by an amount of a unit; `None` outside the years 1 to 9999.
pub(crate) fn moved(day: Date, amount: i64, unit: Unit) -> Option<Date> {
    if amount.abs() > 4_000_000 {
        return None;
    }
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return Some(day),
        Unit::Day => Span::new().try_days(amount).ok()?,
        Unit::Week | Unit::Weekend => Span::new().try_weeks(amount).ok()?,
        Unit::Month => Span::new().try_months(amount).ok()?,
        Unit::Quarter => Span::new().try_months(amount * 3).ok()?,
        Unit::Half => Span::new().try_months(amount * 6).ok()?,
        Unit::Year => Span::new().try_years(amount).ok()?,
        Unit::Decade => Span::new().try_years(amount * 10).ok()?,
        Unit::Century => Span::new().try_years(amount * 100).ok()?,
    };
    day.checked_add(span).ok().filter(|day| day.year() > 0)
}

/// The whole unit that holds a day, with its TIMEX3 value.
pub(crate) fn whole(day: Date, unit: Unit) -> Option<(String, DateRange)> {
    let year = i32::from(day.year());
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => (day.to_string(), DateRange::day(day)),
        Unit::Week => {
            let week = day.iso_week_date();
            let monday = monday_of(day)?;
            (
                format!("{:04}-W{:02}", week.year(), week.week()),
                DateRange { from: Some(monday), to: moved(monday, 6, Unit::Day) },
            )
        }
        Unit::Weekend => {
            let week = day.iso_week_date();
            let monday = monday_of(day)?;
            (
                format!("{:04}-W{:02}-WE", week.year(), week.week()),
                DateRange { from: moved(monday, 5, Unit::Day), to: moved(monday, 6, Unit::Day) },
            )
        }
        Unit::Month => (format!("{year:04}-{:02}", day.month()), DateRange::month(day.year(), day.month())?),
        Unit::Quarter => {
            let quarter = (day.month() - 1) / 3 + 1;
            (format!("{year:04}-Q{quarter}"), months(year, quarter * 3 - 2, 3)?)
        }
        Unit::Half => {
            let half = (day.month() - 1) / 6 + 1;
            (format!("{year:04}-H{half}"), months(year, half * 6 - 5, 6)?)
        }
        Unit::Year => (format!("{year:04}"), DateRange::year(day.year())?),
        Unit::Decade => (format!("{:03}X", year / 10), years(year / 10 * 10, 10)?),
        Unit::Century => (format!("{:02}XX", year / 100), years(year / 100 * 100, 100)?),
    })
}

/// `count` months from a month on.
pub(crate) fn months(year: i32, month: i8, count: i64) -> Option<DateRange> {
    let first = Date::new(i16::try_from(year).ok()?, month, 1).ok()?;
    let last = moved(first, count - 1, Unit::Month)?.last_of_month();
    Some(DateRange { from: Some(first), to: Some(last) })
}

/// `count` years from a year on; a century that starts before the year 1 starts there.
pub(crate) fn years(year: i32, count: i32) -> Option<DateRange> {
    let first = Date::new(i16::try_from(year.max(1)).ok()?, 1, 1).ok()?;
    let last = Date::new(i16::try_from(year + count - 1).ok()?, 12, 31).ok()?;
    Some(DateRange { from: Some(first), to: Some(last) })
}

pub(crate) fn monday_of(day: Date) -> Option<Date> {
    let week = day.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), jiff::civil::Weekday::Monday).ok().map(ISOWeekDate::date)
}

/// 1 Monday to 7 Sunday.
pub(crate) fn weekday_of(day: Date) -> i64 {
    i64::from(day.weekday().to_monday_one_offset())
}

/// Days from `a` to `b`.
pub(crate) fn days_between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |span| i64::from(span.get_days()))
}

/// Whether a Solar Hijri year has 366 days, by the 33-year cycle that holds from 1244 to 1472.
fn is_solar_leap(year: i32) -> bool {
    matches!(year.rem_euclid(33), 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30)
}

fn solar_month_length(year: i32, month: i32) -> i32 {
    match month {
        1..=6 => 31,
        7..=11 => 30,
        _ => 29 + i32::from(is_solar_leap(year)),
    }
}

/// The first day of a Solar Hijri year.
fn solar_new_year(year: i32) -> Option<Date> {
    if !(1244..=1472).contains(&year) {
        return None;
    }
    // 1 Farvardin 1403 was 20 March 2024.
    let known = Date::new(2024, 3, 20).ok()?;
    let length = |year| 365 + i64::from(is_solar_leap(year));
    let days: i64 =
        if year >= 1403 { (1403..year).map(length).sum() } else { -(year..1403).map(length).sum::<i64>() };
    moved(known, days, Unit::Day)
}

/// The days of a Solar Hijri day, month or year.
pub(crate) fn solar(year: i32, month: Option<i32>, day: Option<i32>) -> Option<DateRange> {
    let first = solar_new_year(year)?;
    let Some(month) = month else {
        return Some(DateRange { from: Some(first), to: moved(solar_new_year(year + 1)?, -1, Unit::Day) });
    };
    if !(1..=12).contains(&month) {
        return None;
    }
    let before: i32 = (1..month).map(|month| solar_month_length(year, month)).sum();
    let first = moved(first, i64::from(before), Unit::Day)?;
    let length = solar_month_length(year, month);
    match day {
        Some(day) if (1..=length).contains(&day) => {
            moved(first, i64::from(day) - 1, Unit::Day).map(DateRange::day)
        }
        Some(_) => None,
        None => Some(DateRange { from: Some(first), to: moved(first, i64::from(length) - 1, Unit::Day) }),
    }
}

/// The Solar Hijri year that a day lies in.
pub(crate) fn solar_year_of(day: Date) -> i32 {
    let year = i32::from(day.year()) - 621;
    if solar_new_year(year).is_some_and(|first| day < first) { year - 1 } else { year }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn solar_hijri_days_are_the_gregorian_days_that_calendars_print() {
        assert_eq!(solar(1402, Some(8), Some(2)), Some(DateRange::day(date(2023, 10, 24))));
        assert_eq!(solar(1403, Some(12), Some(30)), Some(DateRange::day(date(2025, 3, 20))));
        assert_eq!(solar(1357, Some(11), Some(22)), Some(DateRange::day(date(1979, 2, 11))));
        assert_eq!(solar(1402, Some(12), Some(30)), None, "1402 was no leap year");
        assert_eq!(solar_year_of(date(2024, 3, 19)), 1402);
        assert_eq!(solar_year_of(date(2024, 3, 20)), 1403);
    }

    #[test]
    fn weeks_run_from_monday_to_sunday() {
        let (value, range) = whole(date(2024, 10, 8), Unit::Week).unwrap_or_default();
        assert_eq!(value, "2024-W41");
        assert_eq!(range.to_string(), "2024-10-07 to 2024-10-13");
    }
}
