//! Turns what words say of a time into days, counted from the reference day.

use chancery_core::{Date, DateRange, NoticeCode, TimeKind};

use super::calendar::{
    Unit, days_between, monday_of, months, moved, solar, solar_year_of, weekday_of, whole, years,
};
use super::hebrew::{hebrew, year_beginning_in};
use super::meaning::{Calendar, Fields, From, Meaning};
use super::numbers::integer;
use super::telling::returns;
use super::tense::Tense;

/// What times count from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// When the document was published, as far as it is known.
    pub(crate) reference: Option<DateRange>,
    /// The last time that the text named.
    pub(crate) previous: Option<DateRange>,
    /// The last day that this sentence or the one before it named: hours without a day are of it.
    pub(crate) near_day: Option<DateRange>,
    /// The year that a text about the past has last named; dates without a year are of it.
    pub(crate) story_year: Option<i32>,
    /// Whether `today` may mean nowadays.
    pub(crate) is_essay: bool,
    /// Whether months, weekdays and hours name what returns, and no days.
    pub(crate) is_guide: bool,
    pub(crate) tense: Tense,
}

impl Context {
    /// That of a text of which nothing is known.
    pub(crate) fn unknown() -> Self {
        Self {
            reference: None,
            previous: None,
            near_day: None,
            story_year: None,
            is_essay: false,
            is_guide: false,
            tense: Tense::Open,
        }
    }
}

/// A time with its days.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub(crate) kind: TimeKind,
    pub(crate) value: String,
    pub(crate) range: Option<DateRange>,
    /// Whether the reference was counted from.
    pub(crate) counted: Counted,
    pub(crate) problem: Option<NoticeCode>,
}

/// What a time was counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    Nothing,
    Reference,
    Previous(DateRange),
}

/// A value with its days, or why there are none.
struct Days {
    value: String,
    range: Option<DateRange>,
    counted: Counted,
    problem: Option<NoticeCode>,
}

impl Days {
    fn known(value: impl Into<String>, range: DateRange) -> Self {
        Self { value: value.into(), range: Some(range), counted: Counted::Nothing, problem: None }
    }

    /// A value that names no days.
    fn vague(value: impl Into<String>) -> Self {
        Self { value: value.into(), range: None, counted: Counted::Nothing, problem: None }
    }

    fn counted(self, counted: Counted) -> Self {
        Self { counted, ..self }
    }

    fn unresolved(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            range: None,
            counted: Counted::Nothing,
            problem: Some(NoticeCode::DateUnresolved),
        }
    }

    fn impossible(value: impl Into<String>) -> Self {
        Self { problem: Some(NoticeCode::DateImpossible), ..Self::unresolved(value) }
    }

    fn whole(day: Date, unit: Unit) -> Self {
        match whole(day, unit) {
            Some((value, range)) => Self::known(value, range),
            None => Self::unresolved("XXXX-XX-XX"),
        }
    }
}

/// The days that a meaning stands for in a context.
pub(crate) fn resolve(meaning: &Meaning, context: &Context) -> Resolved {
    let kind = meaning.kind();
    let days = match meaning {
        Meaning::Ahead { amount, unit } => {
            let (amount, unit) = (*amount, *unit);
            let meaning = if context.tense == Tense::Future {
                Meaning::Shift { amount, unit, from: From::Reference, rough: false }
            } else {
                Meaning::Duration { amount: amount.to_string(), unit, direction: 0 }
            };
            return resolve(&meaning, context);
        }
        Meaning::Duration { amount, unit, direction } => duration(amount, *unit, *direction, context),
        Meaning::Set { amount, unit } => Days::vague(unit.duration(amount)),
        Meaning::Vague(reference) => Days::vague(reference.clone()),
        Meaning::Today if context.is_essay && context.tense != Tense::Past => Days::vague("PRESENT_REF"),
        returning if context.is_guide && returns(returning) => {
            Days { problem: None, ..days(returning, &Context { reference: None, ..*context }) }
        }
        other => days(other, context),
    };
    Resolved { kind, value: days.value, range: days.range, counted: days.counted, problem: days.problem }
}

fn days(meaning: &Meaning, context: &Context) -> Days {
    match meaning {
        Meaning::Fields(fields) => of_fields(fields, context),
        Meaning::Today => shift(0, Unit::Day, &From::Reference, false, context),
        Meaning::Toward { fields, direction } => toward(fields, *direction, context),
        Meaning::Shift { amount, unit, from, rough } => shift(*amount, *unit, from, *rough, context),
        Meaning::Within { fields, outer } => {
            // The reference day bounds nothing here: the outer time does.
            let outer = days(outer, context);
            match outer.range {
                Some(range) => within(fields, range).counted(outer.counted),
                None => Days { value: of_fields_value(fields), ..outer },
            }
        }
        Meaning::Portion { outer, .. } => days(outer, context),
        Meaning::Clock { day, part, minutes } => clock(day.as_deref(), part.as_deref(), *minutes, context),
        Meaning::Interval { from, to } => interval(from, to, context),
        Meaning::Duration { .. } | Meaning::Ahead { .. } | Meaning::Set { .. } | Meaning::Vague(_) => {
            Days::unresolved("XXXX-XX-XX")
        }
    }
}

/// The reference day, where it is known to the day.
fn day_of(range: Option<DateRange>) -> Option<Date> {
    let range = range?;
    range.from.filter(|from| range.to == Some(*from))
}

/// The year that all days of a range lie in.
fn year_of(range: Option<DateRange>) -> Option<i32> {
    let range = range?;
    let (from, to) = (range.from?, range.to?);
    (from.year() == to.year()).then(|| i32::from(from.year()))
}

fn of_fields(fields: &Fields, context: &Context) -> Days {
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

fn of_fields_value(fields: &Fields) -> String {
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

fn new_date(year: i32, month: i32, day: i32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
        .ok()
        .filter(|date| date.year() > 0)
}

fn month_range(year: i32, month: i32) -> Option<DateRange> {
    DateRange::month(i16::try_from(year).ok().filter(|year| *year > 0)?, i8::try_from(month).ok()?)
}

fn date(year: i32, month: i32, day: i32) -> Days {
    match new_date(year, month, day) {
        Some(day) => Days::known(day.to_string(), DateRange::day(day)),
        None => Days::impossible(format!("{year:04}-{month:02}-{day:02}")),
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

fn on(reference: Date, days: i64) -> Days {
    match moved(reference, days, Unit::Day) {
        Some(day) => Days::known(day.to_string(), DateRange::day(day)).counted(Counted::Reference),
        None => Days::unresolved("XXXX-XX-XX"),
    }
}

fn weekend(context: &Context) -> Days {
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

fn in_year(fields: &Fields, year: i32) -> Days {
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

/// `last Tuesday`, `this spring`, `next May`.
fn toward(fields: &Fields, direction: i64, context: &Context) -> Days {
    // `the next spring` of a story follows what it told last.
    let told = context.previous.and_then(|range| range.from).filter(|_| context.story_year.is_some());
    let Some(reference) = told.or_else(|| day_of(context.reference)) else {
        return Days::unresolved(of_fields_value(fields));
    };
    let year = i32::from(reference.year());
    let days = if fields.weekend {
        let day = moved(reference, direction * 7, Unit::Day).unwrap_or(reference);
        Days::whole(day, Unit::Weekend)
    } else if let (Some(month), Some(day)) = (fields.month, fields.day) {
        let dates = (year - 8..=year + 8).filter_map(|year| new_date(year, month, day));
        let dates: Vec<Date> = dates.collect();
        let found = match direction {
            0 => dates.iter().find(|date| i32::from(date.year()) == year),
            1 => dates.iter().find(|date| **date > reference),
            _ => dates.iter().rev().find(|date| **date < reference),
        };
        match found {
            Some(date) => Days::known(date.to_string(), DateRange::day(*date)),
            None => Days::unresolved(of_fields_value(fields)),
        }
    } else if let Some(month) = fields.month {
        let this = i32::from(reference.month());
        let year = match direction {
            0 => year,
            1 => year + i32::from(month <= this),
            _ => year - i32::from(month >= this),
        };
        match month_range(year, month) {
            Some(range) => Days::known(format!("{year:04}-{month:02}"), range),
            None => Days::impossible(of_fields_value(fields)),
        }
    } else if let Some(weekday) = fields.weekday {
        let ahead = (weekday - weekday_of(reference)).rem_euclid(7);
        return match direction {
            0 => match monday_of(reference) {
                Some(monday) => on(monday, weekday - 1),
                None => Days::unresolved(of_fields_value(fields)),
            },
            1 => on(reference, if ahead == 0 { 7 } else { ahead }),
            _ => on(reference, ahead - 7),
        };
    } else {
        let this = in_year(fields, year);
        let (from, to) = this.range.map_or((None, None), |range| (range.from, range.to));
        match direction {
            // `this summer`, told in January of what was done.
            0 if context.tense == Tense::Past && from.is_some_and(|from| from > reference) => {
                in_year(fields, year - 1)
            }
            -2 if from.is_some_and(|from| from > reference) => in_year(fields, year - 1),
            0 | -2 => this,
            1 if from.is_some_and(|from| from > reference) => this,
            1 => in_year(fields, year + 1),
            _ if to.is_some_and(|to| to < reference) => this,
            _ => in_year(fields, year - 1),
        }
    };
    days.counted(Counted::Reference)
}

fn shift(amount: i64, unit: Unit, from: &From, rough: bool, context: &Context) -> Days {
    let (base, counted) = match from {
        // In a story, `in three days` is three days on from what it told last.
        From::Reference if amount > 0 && context.story_year.is_some() && context.previous.is_some() => {
            (context.previous, context.previous.map_or(Counted::Nothing, Counted::Previous))
        }
        From::Reference => (context.reference, Counted::Reference),
        From::Previous => match context.previous {
            // `later in the day`, where nothing finer than a week has been named.
            Some(previous) if amount == 0 && unit == Unit::Day && day_of(Some(previous)).is_none() => {
                (context.near_day, context.near_day.map_or(Counted::Nothing, Counted::Previous))
            }
            Some(previous) => (Some(previous), Counted::Previous(previous)),
            // `in the course of the day`, where no other has been named.
            None if amount == 0 => (context.reference, Counted::Reference),
            None => (None, Counted::Nothing),
        },
        From::Story => {
            let of_story = match unit {
                Unit::Year => context.story_year.and_then(|year| DateRange::year(i16::try_from(year).ok()?)),
                Unit::Day => context.near_day,
                _ => context.previous.filter(|_| context.story_year.is_some()),
            };
            match of_story {
                Some(range) => (Some(range), Counted::Previous(range)),
                None => (context.reference, Counted::Reference),
            }
        }
        From::Time(time) => {
            let base = days(time, context);
            (base.range, base.counted)
        }
    };
    let open = match unit {
        Unit::Month => "XXXX-XX",
        Unit::Week => "XXXX-WXX",
        Unit::Year => "XXXX",
        _ => "XXXX-XX-XX",
    };
    let day = match base {
        Some(range) => match day_of(Some(range)) {
            Some(day) => Some(day),
            // A month is enough to count months from, a year to count years from.
            None => range.from.zip(range.to).and_then(|(from, to)| {
                let holds = whole(from, unit).and_then(|(_, range)| range.to).is_some_and(|end| to <= end);
                holds.then_some(from)
            }),
        },
        None => None,
    };
    let Some(day) = day else { return Days::unresolved(open) };
    // 48 hours are two days; the clock time of a report is mostly not known.
    let (amount, unit) =
        if unit == Unit::Hour && amount % 24 == 0 { (amount / 24, Unit::Day) } else { (amount, unit) };
    let Some(day) = moved(day, amount, unit) else { return Days::impossible(open) };
    // Weeks from a named day end on a day; from the reference they are whole weeks.
    let grain = match (unit, from) {
        (Unit::Week, From::Time(_) | From::Previous) if !rough => Unit::Day,
        (unit, _) => unit,
    };
    Days::whole(day, grain).counted(counted)
}

/// The part of a known time that fields name: `Friday` of a week, `May` of a year.
fn within(fields: &Fields, outer: DateRange) -> Days {
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

fn outer_value(range: DateRange) -> String {
    let side = |day: Option<Date>| day.map_or("..".to_owned(), |day| day.to_string());
    format!("{}/{}", side(range.from), side(range.to))
}

fn clock(day: Option<&Meaning>, part: Option<&str>, minutes: Option<i64>, context: &Context) -> Days {
    let counted_day = match day {
        Some(day) => days(day, context),
        None => match (context.near_day, context.reference.filter(|range| day_of(Some(*range)).is_some())) {
            (Some(range), _) => {
                Days::known(range.value().unwrap_or_default(), range).counted(Counted::Previous(range))
            }
            (None, Some(range)) => {
                Days::known(range.value().unwrap_or_default(), range).counted(Counted::Reference)
            }
            (None, None) => Days::unresolved("XXXX-XX-XX"),
        },
    };
    let minutes = minutes.map(|minutes| match part {
        // `3 in the afternoon`
        Some("AF" | "EV") if minutes < 12 * 60 => minutes + 12 * 60,
        Some("MO" | "NI") if (12 * 60..13 * 60).contains(&minutes) => minutes - 12 * 60,
        _ => minutes,
    });
    let time = match minutes {
        Some(minutes) => format!("T{:02}:{:02}", minutes / 60, minutes % 60),
        None => part.map(|part| format!("T{part}")).unwrap_or_default(),
    };
    let is_day = counted_day.range.is_none_or(|range| day_of(Some(range)).is_some());
    let value = if is_day { format!("{}{time}", counted_day.value) } else { counted_day.value.clone() };
    Days { value, ..counted_day }
}

fn interval(from: &Meaning, to: &Meaning, context: &Context) -> Days {
    let last = days(to, context);
    let mut first = days(from, context);
    // `from Monday to Friday`: the first day is the one before the last.
    if let (Some(a), Some(b)) = (first.range.and_then(|r| r.from), last.range.and_then(|r| r.to))
        && a > b
    {
        let back = match from {
            Meaning::Fields(fields) if fields.year.is_none() && fields.month.is_some() => Some(Unit::Year),
            Meaning::Fields(fields) if fields.weekday.is_some() => Some(Unit::Week),
            Meaning::Fields(fields) if fields.year.is_none() && fields.day.is_some() => Some(Unit::Month),
            _ => None,
        };
        let earlier = back.and_then(|unit| {
            let range = first.range?;
            let (from, to) = (moved(range.from?, -1, unit)?, moved(range.to?, -1, unit)?);
            Some(DateRange { from: Some(from), to: Some(to) })
        });
        match earlier.filter(|range| range.from <= Some(b)) {
            Some(range) => {
                first.value = range.value().unwrap_or_else(|| outer_value(range));
                first.range = Some(range);
            }
            None => return Days::unresolved(format!("{}/{}", first.value, last.value)),
        }
    }
    let value = format!("{}/{}", first.value, last.value);
    let problem = first.problem.or(last.problem);
    let counted = if first.counted == Counted::Nothing { last.counted } else { first.counted };
    match (first.range, last.range) {
        (Some(a), Some(b)) if problem.is_none() => {
            Days { value, range: Some(DateRange { from: a.from, to: b.to }), counted, problem }
        }
        _ => Days { value, range: None, counted, problem: problem.or(Some(NoticeCode::DateUnresolved)) },
    }
}

/// `the past two weeks`: the days from then to the reference.
fn duration(amount: &str, unit: Unit, direction: i64, context: &Context) -> Days {
    let value = unit.duration(amount);
    let nothing = Days { value: value.clone(), range: None, counted: Counted::Nothing, problem: None };
    let (Some(day), Ok(number)) =
        (day_of(context.reference).filter(|_| direction != 0), amount.parse::<f64>())
    else {
        return nothing;
    };
    if unit < Unit::Day || number.fract() != 0.0 || number.abs() > 4_000_000.0 {
        return nothing;
    }
    let Some(other) = moved(day, direction * integer(number), unit) else { return nothing };
    let range = if direction < 0 {
        DateRange { from: Some(other), to: Some(day) }
    } else {
        DateRange { from: Some(day), to: Some(other) }
    };
    Days { range: Some(range), counted: Counted::Reference, ..nothing }
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
