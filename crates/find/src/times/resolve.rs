//! Turns what words say of a time into days, counted from the reference day.

use chancery_core::{Date, DateRange, NoticeCode, TimeKind};

use super::calendar::{Unit, monday_of, moved, weekday_of, whole};
use super::days::{Counted, Days, day_of, month_range, new_date, outer_value};
use super::fields::{in_year, of_fields, of_fields_value, on, within};
use super::meaning::{Fields, From, Meaning};
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
