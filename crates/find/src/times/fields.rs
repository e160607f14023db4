//! The days of a date that is named by its parts: day, month, weekday, season, year.

use chancery_core::{Date, DateRange};

use super::calendar::{Unit, days_between, months, moved, solar, solar_year_of, weekday_of, years};
use super::days::{Counted, Days, date, day_of, month_range, new_date, outer_value, year_of};
use super::hebrew::{hebrew, year_beginning_in};
use super::meaning::{Calendar, Fields};
use super::resolve::Context;
use super::tense::Tense;

pub(super) fn of_fields(fields: &Fields, context: &Context) -> Days {
    match fields.calendar {
        Calendar::SolarHijri => return of_solar(fields, context),
        Calendar::Hebrew => return of_hebrew(fields, context),
        Calendar::Other => return Days::unresolved(format!("AH{}", of_fields_value(fields))),
        Calendar::Gregorian => {}
    }
    if let (Some(year), Some(count)) = (fields.year, fields.years) {
        // `the 20s` of a text of 2003 are those of the century before.
        let ahead = year_of(context.reference).is_some_and(|now| year > now);
        let year = if fields.short_year && ahead { year - 100 } else { year };
        let value = if count == 10 { format!("{:03}X", year / 10) } else { format!("{:02}XX", year / 100) };
        return years(year, count)
            .map_or_else(|| Days::impossible(&value), |range| Days::known(&value, range));
    }
    if fields.weekend && fields.day.is_none() {
        return weekend(context);
    }
    match (fields.year.or(context.story_year.filter(|_| fields.month.is_some())), fields.month, fields.day) {
        (Some(year), Some(month), Some(day)) => date(year, month, day),
        (Some(year), Some(month), None) => match month_range(year, month) {
            Some(range) => match fields.weekday {
                Some(_) => {
                    within(&Fields { weekday: fields.weekday, nth: fields.nth, ..Fields::default() }, range)
                }
                None => Days::known(format!("{year:04}-{month:02}"), range),
            },
            None => Days::impossible(format!("{year:04}-{month:02}")),
        },
        (None, Some(month), Some(day)) => without_year(fields, month, day, context),
        (None, Some(month), None) => month_without_year(fields, month, context),
        (None, None, Some(day)) => day_alone(day, fields.weekday, context),
        (Some(year), None, _) => in_year(fields, year),
        (None, None, None) if fields.weekday.is_some() => weekday_alone(fields.weekday.unwrap_or(1), context),
        (None, None, None) => part_of_year_alone(fields, context),
    }
}

pub(super) fn of_fields_value(fields: &Fields) -> String {
    let year = fields.year.map_or("XXXX".to_owned(), |year| format!("{year:04}"));
    if let Some(season) = &fields.season {
        return format!("{year}-{season}");
    }
    if let Some(quarter) = fields.quarter {
        return format!("{year}-Q{quarter}");
    }
    if let Some(half) = fields.half {
        return format!("{year}-H{half}");
    }
    if fields.month.is_none() && fields.day.is_none() {
        return match fields.weekday {
            Some(weekday) => format!("{year}-WXX-{weekday}"),
            None => year,
        };
    }
    let two = |part: Option<i32>| part.map_or("XX".to_owned(), |part| format!("{part:02}"));
    match fields.day {
        Some(_) => format!("{year}-{}-{}", two(fields.month), two(fields.day)),
        None => format!("{year}-{}", two(fields.month)),
    }
}

/// `8 March`: the latest such day that is not more than two months after the reference; where the
/// sentence points ahead, the next one.
fn without_year(fields: &Fields, month: i32, day: i32, context: &Context) -> Days {
    let value = format!("XXXX-{month:02}-{day:02}");
    // 29 February exists in some year; 31 February in none.
    if new_date(2024, month, day).is_none() {
        return Days::impossible(value);
    }
    let month_long = |range: DateRange| match (range.from, range.to) {
        (Some(from), Some(to)) if days_between(from, to) <= 31 => Some(to),
        _ => None,
    };
    let Some(reference) = context.reference.and_then(month_long) else {
        return match year_of(context.reference) {
            Some(year) => date(year, month, day).counted(Counted::Reference),
            None => Days::unresolved(value),
        };
    };
    let year = i32::from(reference.year());
    let candidates: Vec<Date> = (year - 4..=year + 4).filter_map(|year| new_date(year, month, day)).collect();
    let (earliest, latest) = window(context.tense);
    let inside = |date: &&Date| (earliest..=latest).contains(&days_between(reference, **date));
    // A weekday given with the day says which year is meant, where one near fits.
    let by_weekday = fields.weekday.and_then(|weekday| {
        let fitting = candidates.iter().filter(|date| weekday_of(**date) == weekday);
        fitting.min_by_key(|date| days_between(reference, **date).abs()).copied()
    });
    let near = candidates.iter().rev().find(inside).copied();
    let by_weekday = by_weekday.filter(|date| days_between(reference, *date).abs() <= 400 || near.is_none());
    match by_weekday.or(near) {
        Some(date) => Days::known(date.to_string(), DateRange::day(date)).counted(Counted::Reference),
        // 29 February, with no leap year near.
        None => match candidates.iter().rev().find(|date| **date <= reference) {
            Some(date) => Days::known(date.to_string(), DateRange::day(*date)).counted(Counted::Reference),
            None => Days::unresolved(value),
        },
    }
}

/// The days before and after the reference among which a date without a year is sought.
fn window(tense: Tense) -> (i64, i64) {
    match tense {
        Tense::Future => (-31, 334),
        Tense::Past | Tense::Open => (-305, 61),
    }
}

fn month_without_year(fields: &Fields, month: i32, context: &Context) -> Days {
    let value = format!("XXXX-{month:02}");
    let Some(reference) = context.reference.and_then(|range| range.to.or(range.from)) else {
        return Days::unresolved(value);
    };
    if year_of(context.reference).is_none() {
        return Days::unresolved(value);
    }
    let Some(first) = month_range(i32::from(reference.year()), month).and_then(|range| range.from) else {
        return Days::impossible(value);
    };
    let distance = i32::from(first.year() - reference.year()) * 12 + i32::from(first.month())
        - i32::from(reference.month());
    let distance = match context.tense {
        Tense::Future if distance < 0 => distance + 12,
        Tense::Past if distance > 0 => distance - 12,
        Tense::Open if distance > 2 => distance - 12,
        _ => distance,
    };
    let day_grain = day_of(context.reference).is_some();
    let year = i32::from(reference.year()) + (i32::from(reference.month()) - 1 + distance).div_euclid(12);
    let year = if day_grain { year } else { i32::from(reference.year()) };
    match month_range(year, month) {
        Some(range) if fields.weekday.is_some() => {
            within(&Fields { weekday: fields.weekday, nth: fields.nth, ..Fields::default() }, range)
        }
        Some(range) => Days::known(format!("{year:04}-{month:02}"), range),
        None => Days::unresolved(value),
    }
    .counted(Counted::Reference)
}

/// `the 15th`: of the month that the text speaks of.
fn day_alone(day: i32, weekday: Option<i64>, context: &Context) -> Days {
    let value = format!("XXXX-XX-{day:02}");
    let Some(reference) = day_of(context.reference) else { return Days::unresolved(value) };
    let near = (-2..=2).filter_map(|months| {
        let month = moved(reference.first_of_month(), months, Unit::Month)?;
        new_date(i32::from(month.year()), i32::from(month.month()), day)
    });
    let near: Vec<Date> =
        near.filter(|date| weekday.is_none_or(|weekday| weekday_of(*date) == weekday)).collect();
    let chosen = match context.tense {
        Tense::Future => near.iter().find(|date| **date >= reference),
        Tense::Past => near.iter().rev().find(|date| **date <= reference),
        Tense::Open => near.iter().min_by_key(|date| days_between(reference, **date).abs()),
    };
    match chosen {
        Some(date) => Days::known(date.to_string(), DateRange::day(*date)).counted(Counted::Reference),
        None => Days::unresolved(value),
    }
}

fn weekday_alone(weekday: i64, context: &Context) -> Days {
    let Some(reference) = day_of(context.reference) else {
        return Days::unresolved(format!("XXXX-WXX-{weekday}"));
    };
    let ahead = (weekday - weekday_of(reference)).rem_euclid(7);
    let amount = match context.tense {
        Tense::Future => ahead,
        Tense::Past | Tense::Open if ahead == 0 => 0,
        Tense::Past | Tense::Open => ahead - 7,
    };
    on(reference, amount)
}

pub(super) fn on(reference: Date, days: i64) -> Days {
    match moved(reference, days, Unit::Day) {
        Some(day) => Days::known(day.to_string(), DateRange::day(day)).counted(Counted::Reference),
        None => Days::unresolved("XXXX-XX-XX"),
    }
}

pub(super) fn weekend(context: &Context) -> Days {
    let Some(reference) = day_of(context.reference) else { return Days::unresolved("XXXX-WXX-WE") };
    // From Monday to Wednesday `the weekend` is mostly the one that is over, later where the sentence looks back.
    let over = match context.tense {
        Tense::Past => weekday_of(reference) <= 5,
        Tense::Open => weekday_of(reference) <= 3,
        Tense::Future => false,
    };
    let day = moved(reference, if over { -7 } else { 0 }, Unit::Day).unwrap_or(reference);
    Days::whole(day, Unit::Weekend).counted(Counted::Reference)
}

/// Months of a season as `(first month, count)`; the winter of a year ends in the next.
fn season_months(season: &str) -> (i8, i64) {
    match season {
        "SP" => (3, 3),
        "SU" => (6, 3),
        "FA" => (9, 3),
        _ => (12, 3),
    }
}

pub(super) fn in_year(fields: &Fields, year: i32) -> Days {
    let value = of_fields_value(&Fields { year: Some(year), weekday: None, ..fields.clone() });
    let range = if let Some(season) = &fields.season {
        let (first, count) = season_months(season);
        months(year, first, count)
    } else if let Some(quarter) = fields.quarter {
        i8::try_from(quarter * 3 - 2).ok().and_then(|first| months(year, first, 3))
    } else if let Some(half) = fields.half {
        i8::try_from(half * 6 - 5).ok().and_then(|first| months(year, first, 6))
    } else {
        i16::try_from(year).ok().filter(|year| *year > 0).and_then(DateRange::year)
    };
    match range {
        Some(range) => Days::known(value, range),
        None => Days::impossible(value),
    }
}

/// `spring`, `the third quarter`: of the year of the reference, or of the year before where it has not
/// begun and the sentence looks back.
fn part_of_year_alone(fields: &Fields, context: &Context) -> Days {
    if let Some(year) = context.story_year {
        return in_year(fields, year);
    }
    let Some(year) = year_of(context.reference) else {
        return Days::unresolved(of_fields_value(fields));
    };
    let this = in_year(fields, year);
    let begins = this.range.and_then(|range| range.from);
    let late = begins.zip(day_of(context.reference)).is_some_and(|(from, day)| {
        let ahead = days_between(day, from);
        ahead > 0 && context.tense == Tense::Past || ahead > 200 && context.tense == Tense::Open
    });
    let days = if late { in_year(fields, year - 1) } else { this };
    days.counted(Counted::Reference)
}

/// The part of a known time that fields name: `Friday` of a week, `May` of a year.
pub(super) fn within(fields: &Fields, outer: DateRange) -> Days {
    let value = of_fields_value(fields);
    let (Some(from), Some(to)) = (outer.from, outer.to) else { return Days::unresolved(value) };
    let long = days_between(from, to);
    if fields.calendar != Calendar::Gregorian {
        return Days::unresolved(value);
    }
    if let Some(weekday) = fields.weekday.filter(|_| fields.day.is_none()) {
        let ahead = (weekday - weekday_of(from)).rem_euclid(7);
        let first = moved(from, ahead, Unit::Day);
        let day = match fields.nth {
            Some(-1) => {
                let back = (weekday_of(to) - weekday).rem_euclid(7);
                moved(to, -back, Unit::Day)
            }
            Some(nth) => first.and_then(|first| moved(first, i64::from(nth - 1), Unit::Week)),
            None if long < 7 => first,
            None => None,
        };
        return match day.filter(|day| outer.contains(*day)) {
            Some(day) => Days::known(day.to_string(), DateRange::day(day)),
            None => Days::unresolved(value),
        };
    }
    if let Some(week) = fields.week {
        return match week_of(week, from, to) {
            Some(thursday) => Days::whole(thursday, Unit::Week),
            None => Days::unresolved(value),
        };
    }
    if let (Some(day), None) = (fields.day, fields.month) {
        return match new_date(i32::from(from.year()), i32::from(from.month()), day)
            .filter(|day| outer.contains(*day))
        {
            Some(day) => Days::known(day.to_string(), DateRange::day(day)),
            None => Days::unresolved(value),
        };
    }
    if fields.weekend {
        return match fields.nth {
            Some(nth) if nth > 0 => {
                let ahead = (6 - weekday_of(from)).rem_euclid(7);
                let day =
                    moved(from, ahead, Unit::Day).and_then(|day| moved(day, i64::from(nth - 1), Unit::Week));
                day.map_or_else(|| Days::unresolved(value), |day| Days::whole(day, Unit::Weekend))
            }
            _ if long < 7 => Days::whole(from, Unit::Weekend),
            _ => Days::known(outer.value().unwrap_or_else(|| outer_value(outer)), outer),
        };
    }
    if let Some(month) = fields.month {
        // A month of a year, or of the months of it that are meant.
        for year in i32::from(from.year())..=i32::from(to.year()).min(i32::from(from.year()) + 1) {
            let Some(range) = month_range(year, month) else { return Days::impossible(value) };
            if range.intersection(outer) == Some(range) {
                return match fields.day {
                    Some(day) => date(year, month, day),
                    None => Days::known(format!("{year:04}-{month:02}"), range),
                };
            }
        }
        return Days::unresolved(value);
    }
    if fields.is_empty() {
        return Days::known(outer.value().unwrap_or_else(|| outer_value(outer)), outer);
    }
    match year_of(Some(outer)) {
        Some(year) => in_year(fields, year),
        None => Days::unresolved(value),
    }
}

/// The Thursday of the nth week of a month or year, −1 the last: a week is of the one its Thursday lies in.
fn week_of(nth: i32, from: Date, to: Date) -> Option<Date> {
    let thursday = if nth < 0 {
        moved(to, -(weekday_of(to) - 4).rem_euclid(7), Unit::Day)
    } else {
        let first = moved(from, (4 - weekday_of(from)).rem_euclid(7), Unit::Day)?;
        moved(first, i64::from(nth) - 1, Unit::Week)
    };
    thursday.filter(|day| (from..=to).contains(day))
}

fn of_hebrew(fields: &Fields, context: &Context) -> Days {
    let value = format!("AM{}", of_fields_value(fields));
    let Some(month) = fields.month else { return Days::unresolved(value) };
    let named = |range: DateRange| Days::known(range.value().unwrap_or_else(|| outer_value(range)), range);
    if let Some(year) = fields.year {
        return hebrew(year, month, fields.day).map_or_else(|| Days::impossible(value), named);
    }
    let Some(reference) = day_of(context.reference) else { return Days::unresolved(value) };
    let year = year_beginning_in(reference.year());
    let (earliest, latest) = window(context.tense);
    let near = (year - 2..=year).rev().filter_map(|year| hebrew(year, month, fields.day)).find(|range| {
        range.from.is_some_and(|from| (earliest..=latest).contains(&days_between(reference, from)))
    });
    near.map_or_else(|| Days::unresolved(value), |range| named(range).counted(Counted::Reference))
}

fn of_solar(fields: &Fields, context: &Context) -> Days {
    let value = of_fields_value(fields);
    let named = |range: DateRange| Days::known(range.value().unwrap_or_else(|| outer_value(range)), range);
    let year = match fields.year {
        Some(year) if (1..100).contains(&year) => {
            Some(1400 + year).filter(|_| year < 30).or(Some(1300 + year))
        }
        other => other,
    };
    if let Some(year) = year {
        return match solar(year, fields.month, fields.day) {
            Some(range) => named(range),
            None => Days::impossible(value),
        };
    }
    let Some(reference) = context.reference.and_then(|range| range.to.or(range.from)) else {
        return Days::unresolved(value);
    };
    let year = solar_year_of(reference);
    let (earliest, latest) = window(context.tense);
    let near = (year - 1..=year + 1).rev().filter_map(|year| solar(year, fields.month, fields.day));
    let near = near.filter(|range| {
        range.from.is_some_and(|from| (earliest..=latest).contains(&days_between(reference, from)))
    });
    match near.into_iter().next() {
        Some(range) => named(range).counted(Counted::Reference),
        None if fields.day.is_some_and(|day| solar(1403, fields.month, Some(day)).is_none()) => {
            Days::impossible(value)
        }
        None => Days::unresolved(value),
    }
}
