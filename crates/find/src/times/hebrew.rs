//! Turns dates of the Hebrew calendar into Gregorian ones.

use chancery_core::{Date, DateRange};

use super::calendar::{Unit, moved};

/// Days from the epoch to the mean new moon of Tishrei, moved off the weekdays it may not fall on.
fn elapsed(year: i64) -> i64 {
    let months = (235 * year - 234).div_euclid(19);
    // 25,920 parts to a day; a month is 29 days and 13,753 parts.
    let day = 29 * months + (12_084 + 13_753 * months).div_euclid(25_920);
    if (3 * (day + 1)).rem_euclid(7) < 3 { day + 1 } else { day }
}

/// The day a year begins on, counted from the epoch.
fn new_year(year: i64) -> i64 {
    let (before, this, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let delay = if after - this == 356 { 2 } else { i64::from(this - before == 382) };
    this + delay
}

fn is_leap(year: i64) -> bool {
    (7 * year + 1).rem_euclid(19) < 7
}

/// Lengths of the months of a year from Tishrei on, with their numbers in the tables: 13 is the first Adar of
/// a leap year.
fn months_of(year: i64) -> Vec<(i32, i64)> {
    let length = new_year(year + 1) - new_year(year);
    let (cheshvan, kislev) = (29 + i64::from(length % 10 == 5), 30 - i64::from(length % 10 == 3));
    let mut months = vec![(1, 30), (2, cheshvan), (3, kislev), (4, 29), (5, 30)];
    if is_leap(year) {
        months.push((13, 30));
    }
    months.extend([(6, 29), (7, 30), (8, 29), (9, 30), (10, 29), (11, 30), (12, 29)]);
    months
}

/// The days of a Hebrew day or month, 1 Tishrei to 12 Elul; none where there is no such day, and outside the
/// years 5000 to 6000.
pub(super) fn hebrew(year: i32, month: i32, day: Option<i32>) -> Option<DateRange> {
    let year = Some(i64::from(year)).filter(|year| (5000..=6000).contains(year))?;
    // 1 Tishrei 5784 was 16 September 2023.
    let known = Date::new(2023, 9, 16).ok()?;
    let mut from = new_year(year) - new_year(5784);
    let mut length = 0;
    for (number, days) in months_of(year) {
        if number == month {
            length = days;
            break;
        }
        from += days;
    }
    let day = day.map(i64::from);
    if length == 0 || day.is_some_and(|day| !(1..=length).contains(&day)) {
        return None;
    }
    let on = |day: i64| moved(known, from + day - 1, Unit::Day);
    match day {
        Some(day) => on(day).map(DateRange::day),
        None => Some(DateRange { from: on(1), to: on(length) }),
    }
}

/// The Hebrew year that begins in the autumn of a Gregorian year.
pub(super) fn year_beginning_in(year: i16) -> i32 {
    i32::from(year) + 3761
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn hebrew_days_are_the_gregorian_days_that_calendars_print() {
        let day = |year, month, day| hebrew(year, month, Some(day));
        assert_eq!(day(5784, 1, 1), Some(DateRange::day(date(2023, 9, 16))));
        assert_eq!(day(5784, 7, 15), Some(DateRange::day(date(2024, 4, 23))), "Passover in a leap year");
        assert_eq!(day(5784, 8, 5), Some(DateRange::day(date(2024, 5, 13))));
        assert_eq!(day(5785, 1, 1), Some(DateRange::day(date(2024, 10, 3))));
        assert_eq!(day(5785, 3, 25), Some(DateRange::day(date(2024, 12, 26))), "Hanukkah");
        assert_eq!(day(5708, 8, 5), Some(DateRange::day(date(1948, 5, 14))));
        assert_eq!(day(5785, 13, 1), None, "no leap year");
        assert_eq!(day(5784, 12, 30), None, "Elul has 29 days");
        assert_eq!(hebrew(99_999, 1, Some(1)), None);
    }
}
