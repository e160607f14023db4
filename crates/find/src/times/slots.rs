//! What the slots of a pattern say together.

use super::calendar::{UNITS, Unit};
use super::grammar::{Action, Amount, Class, Origin, PARTS, Rule, SEASONS};
use super::matcher::{Found, Matcher, NOTHING};
use super::meaning::{Calendar, Fields, From, Grain, Meaning};
use super::numbers::integer;

/// What a slot took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) class: Class,
    pub(super) value: i64,
    pub(super) number: f64,
    pub(super) weak: bool,
    /// Whether it must be there but is no part of the time: it only gives what the rest leaves open.
    pub(super) context: bool,
}

impl Matcher<'_> {
    pub(super) fn meaning(&self, rule: &Rule, slots: &[Slot], items: &[Found]) -> Option<Meaning> {
        let times: Vec<&Meaning> = slots
            .iter()
            .filter(|slot| slot.class.is_time() && slot.class != Class::Span && !slot.context)
            .filter_map(|slot| items.get(usize::try_from(slot.value).ok()?).map(|item| &item.meaning))
            .collect();
        let span = slots.iter().find(|slot| slot.class == Class::Span).and_then(|slot| {
            match items.get(usize::try_from(slot.value).ok()?).map(|item| &item.meaning) {
                Some(Meaning::Duration { amount, unit, .. }) => Some((amount.parse::<f64>().ok()?, *unit)),
                _ => None,
            }
        });
        let unit = || {
            let slot = slots.iter().find(|slot| slot.class == Class::Unit);
            let named =
                slot.and_then(|slot| UNITS.get(usize::try_from(slot.value).ok()?)).map(|(_, unit)| *unit);
            named.or(span.map(|(_, unit)| unit))
        };
        let amount = || {
            let slot = slots.iter().find(|slot| slot.class == Class::Number).map(|slot| slot.number);
            slot.or(span.map(|(amount, _)| amount))
        };
        let nth_slot = || {
            slots.iter().find(|slot| slot.class == Class::Ordinal).and_then(|s| i32::try_from(s.value).ok())
        };
        let (mut fields, clock) = gather(slots)?;
        let solar = |fields: &Fields| {
            fields.years.is_none() && fields.year.is_some_and(|year| (1250..=1470).contains(&year))
        };
        if fields.calendar == Calendar::Hebrew && fields.year.is_none() {
            fields.year = amount().and_then(|n| i32::try_from(integer(n)).ok()).filter(|year| *year >= 5000);
        }
        if self.grammar.solar_years && fields.month.is_none() && solar(&fields) {
            fields.calendar = Calendar::SolarHijri;
        }
        let within = |fields: Fields| match times.first() {
            Some(outer) => Meaning::Within { fields, outer: Box::new((*outer).clone()) },
            None => Meaning::Fields(fields),
        };
        let meaning = match &rule.action {
            Action::Date => {
                let date = match times.as_slice() {
                    [] if fields.is_empty() => None,
                    [] => Some(Meaning::Fields(fields)),
                    [time] if fields.is_empty() => Some((*time).clone()),
                    // `Sunday` + `8 March`: the weekday only checks the date.
                    [Meaning::Fields(time)] if fields.weekday.is_some() && time.day.is_some() => {
                        Some(Meaning::Fields(Fields { weekday: fields.weekday, ..time.clone() }))
                    }
                    [Meaning::Fields(time)] if fields.year.is_some() && time.year.is_none() => {
                        Some(Meaning::Fields(Fields { year: fields.year, ..time.clone() }))
                    }
                    [_] => Some(within(fields)),
                    [Meaning::Clock { part, minutes, .. }, day]
                    | [day, Meaning::Clock { part, minutes, .. }] => {
                        return Some(Meaning::Clock {
                            day: Some(Box::new((*day).clone())),
                            part: part.clone(),
                            minutes: *minutes,
                        });
                    }
                    [Meaning::Fields(inner) | Meaning::Toward { fields: inner, .. }, outer]
                        if inner.grain() != Grain::Year && inner.year.is_none() =>
                    {
                        Some(Meaning::Within { fields: inner.clone(), outer: Box::new((*outer).clone()) })
                    }
                    // `between May and June` + `in 1981`
                    [Meaning::Interval { from, to }, Meaning::Fields(year)]
                        if year.grain() == Grain::Year && year.year.is_some() =>
                    {
                        let (Meaning::Fields(from), Meaning::Fields(to)) = (&**from, &**to) else {
                            return None;
                        };
                        if from.year.or(to.year).is_some() {
                            return None;
                        }
                        let of = |fields: &Fields| {
                            Box::new(Meaning::Fields(Fields { year: year.year, ..fields.clone() }))
                        };
                        Some(Meaning::Interval { from: of(from), to: of(to) })
                    }
                    _ => return None,
                };
                match clock {
                    Some((part, minutes)) => match date {
                        Some(Meaning::Clock { day, part: old_part, minutes: old_minutes }) => {
                            Meaning::Clock { day, part: part.or(old_part), minutes: minutes.or(old_minutes) }
                        }
                        day => Meaning::Clock { day: day.map(Box::new), part, minutes },
                    },
                    None => date?,
                }
            }
            Action::Shift { amount: given, unit: named, from, rough } => {
                let unit = named.or_else(unit)?;
                let (amount, unit) = match given {
                    Amount::Given(amount) => (*amount, unit),
                    Amount::Slot(sign) => {
                        let number = amount()?;
                        let (number, unit) = finer(number, unit)?;
                        (sign * number, unit)
                    }
                };
                let from = match from {
                    Origin::Reference => From::Reference,
                    Origin::Previous => From::Previous,
                    Origin::Story => From::Story,
                    Origin::Slot => From::Time(Box::new((*times.first()?).clone())),
                };
                Meaning::Shift { amount, unit, from, rough: *rough }
            }
            Action::Today => Meaning::Today,
            Action::Toward(direction) => match times.first() {
                Some(Meaning::Fields(fields)) => {
                    Meaning::Toward { fields: fields.clone(), direction: *direction }
                }
                Some(_) => return None,
                None if fields.is_empty() => return None,
                None => Meaning::Toward { fields, direction: *direction },
            },
            Action::Week(amount) => Meaning::Within {
                fields,
                outer: Box::new(Meaning::Shift {
                    amount: *amount,
                    unit: Unit::Week,
                    from: From::Reference,
                    rough: false,
                }),
            },
            Action::Vague(reference) => Meaning::Vague(reference.clone()),
            Action::Duration { amount: given, unit: named, direction } => Meaning::Duration {
                amount: given
                    .clone()
                    .or_else(|| amount().map(|n| n.to_string()))
                    .unwrap_or_else(|| "X".to_owned()),
                unit: named.or_else(unit)?,
                direction: *direction,
            },
            Action::Set { amount: given, unit: named } => {
                let weekday = slots.iter().any(|slot| slot.class == Class::Weekday);
                Meaning::Set {
                    amount: given
                        .clone()
                        .or_else(|| amount().map(|n| n.to_string()))
                        .unwrap_or_else(|| "1".to_owned()),
                    unit: named.or_else(unit).or(weekday.then_some(Unit::Week))?,
                }
            }
            Action::Interval => {
                let (from, to) = interval(slots, &times)?;
                Meaning::Interval { from: Box::new(from), to: Box::new(to) }
            }
            Action::Portion(portion) => {
                let outer = match times.first() {
                    Some(outer) => (*outer).clone(),
                    None if fields.is_empty() => return None,
                    None => Meaning::Fields(fields),
                };
                Meaning::Portion { outer: Box::new(outer), portion: *portion }
            }
            Action::Quarter(given) => {
                let quarter = given.or_else(nth_slot).or_else(|| amount().and_then(small))?;
                within(Fields {
                    quarter: Some(quarter).filter(|q| (1..=4).contains(q)),
                    year: fields.year,
                    ..Fields::default()
                })
            }
            Action::Fiscal => Meaning::Vague(format!("FY{}", fields.year?)),
            Action::Ahead => {
                let (amount, unit) = finer(amount()?, unit()?)?;
                Meaning::Ahead { amount, unit }
            }
            Action::Half(given) => {
                let half = given.or_else(nth_slot)?;
                within(Fields {
                    half: Some(half).filter(|h| (1..=2).contains(h)),
                    year: fields.year,
                    ..Fields::default()
                })
            }
            Action::Weekend => within(Fields { weekend: true, ..fields }),
            Action::Fixed(month, day) => within(Fields { month: Some(*month), day: Some(*day), ..fields }),
            Action::Nth(given) => within(Fields { nth: given.or_else(nth_slot), ..fields }),
            Action::NthWeek(given) => {
                let week = given.or_else(nth_slot).or_else(|| amount().and_then(small));
                let outer = match times.first() {
                    Some(outer) => (*outer).clone(),
                    None if fields.is_empty() => return None,
                    None => Meaning::Fields(fields),
                };
                let week = Fields { week: week.filter(|week| *week != 0), ..Fields::default() };
                Meaning::Within { fields: week, outer: Box::new(outer) }
            }
            Action::Decade(given) => {
                let short_year = given.is_none() && fields.year.is_none();
                let year = given.or(fields.year).or_else(|| {
                    let number = amount().and_then(small)?;
                    Some(if number < 30 { 2000 + number } else { 1900 + number })
                })?;
                if year % 10 != 0 {
                    return None;
                }
                Meaning::Fields(Fields { year: Some(year), years: Some(10), short_year, ..Fields::default() })
            }
            Action::Century => {
                let number =
                    nth_slot().or_else(|| amount().and_then(small)).filter(|n| (1..=99).contains(n))?;
                Meaning::Fields(Fields {
                    year: Some((number - 1) * 100),
                    years: Some(100),
                    ..Fields::default()
                })
            }
            Action::Nothing => return Some(NOTHING),
        };
        Some(match (&rule.part, meaning) {
            // `3:30 p.m.`
            (Some(part), Meaning::Clock { day, minutes, .. }) if part == "PM" => {
                let minutes =
                    minutes.map(|minutes| if minutes < 12 * 60 { minutes + 12 * 60 } else { minutes });
                Meaning::Clock { day, part: None, minutes }
            }
            (Some(part), Meaning::Clock { day, minutes, .. }) => {
                Meaning::Clock { day, part: Some(part.clone()), minutes }
            }
            (Some(part), meaning) => {
                Meaning::Clock { day: Some(Box::new(meaning)), part: Some(part.clone()), minutes: None }
            }
            (None, meaning) => meaning,
        })
    }
}

/// The parts of a date that slots give, and the part of the day or the minute.
#[expect(clippy::type_complexity, reason = "a pair used once")]
fn gather(slots: &[Slot]) -> Option<(Fields, Option<(Option<String>, Option<i64>)>)> {
    let mut fields = Fields::default();
    let mut clock: Option<(Option<String>, Option<i64>)> = None;
    let (context, own): (Vec<&Slot>, Vec<&Slot>) = slots.iter().partition(|slot| slot.context);
    for slot in own.into_iter().chain(context) {
        let value = i32::try_from(slot.value).ok();
        match slot.class {
            Class::Month => fields.month = fields.month.or(value),
            Class::SolarMonth => {
                fields.month = fields.month.or(value);
                fields.calendar = Calendar::SolarHijri;
            }
            Class::HebrewMonth => {
                fields.month = fields.month.or(value);
                fields.calendar = Calendar::Hebrew;
            }
            Class::OtherMonth => {
                fields.month = fields.month.or(value);
                fields.calendar = Calendar::Other;
            }
            Class::Weekday => fields.weekday = fields.weekday.or(Some(slot.value)),
            Class::Season => {
                fields.season =
                    usize::try_from(slot.value).ok().and_then(|at| SEASONS.get(at)).map(|s| (*s).to_owned());
            }
            Class::Day => fields.day = fields.day.or(value),
            Class::Year => fields.year = fields.year.or(value),
            Class::ShortYear => {
                fields.year = value.map(|year| if year < 30 { 2000 + year } else { 1900 + year });
                fields.short_year = true;
            }
            Class::NumericDate => {
                let value = value?;
                fields.year = Some(value / 10_000).filter(|year| *year > 0);
                fields.month = Some(value / 100 % 100);
                fields.day = Some(value % 100);
                if fields.year.is_some_and(|year| (1300..=1450).contains(&year)) {
                    fields.calendar = Calendar::SolarHijri;
                }
            }
            Class::Part => {
                let part = usize::try_from(slot.value)
                    .ok()
                    .and_then(|at| PARTS.get(at))
                    .map(|part| (*part).to_owned());
                let minutes = clock.take().and_then(|(_, minutes)| minutes);
                clock = Some((part, minutes));
            }
            Class::Clock | Class::Hour => {
                let minutes = if slot.class == Class::Hour { slot.value * 60 } else { slot.value };
                // A second hour is only context: `14` of `14 to 18 o'clock`.
                let (part, known) = clock.take().unwrap_or_default();
                clock = Some((part, known.or(Some(minutes))));
            }
            _ => {}
        }
    }
    Some((fields, clock))
}

/// The two ends of `from 3 to 5 May` or of `from Monday to Friday`.
fn interval(slots: &[Slot], times: &[&Meaning]) -> Option<(Meaning, Meaning)> {
    if let [from, to] = times {
        let (from, to) = match (from, to) {
            // Two times that each stand on their own stay two: the text names both ends.
            (Meaning::Fields(a), Meaning::Fields(b)) if a.year.is_some() && b.year.is_some() => return None,
            (Meaning::Fields(a), Meaning::Fields(b)) => {
                (Meaning::Fields(a.completed(b)), Meaning::Fields(b.completed(a)))
            }
            _ => ((*from).clone(), (*to).clone()),
        };
        return Some((from, to));
    }
    let days: Vec<_> = slots.iter().filter(|slot| slot.class == Class::Day).collect();
    let months: Vec<_> =
        slots.iter().filter(|s| matches!(s.class, Class::Month | Class::SolarMonth)).collect();
    let years: Vec<_> =
        slots.iter().filter(|slot| matches!(slot.class, Class::Year | Class::ShortYear)).collect();
    let at = |list: &[&Slot], last: bool| {
        let slot = if last { list.last() } else { list.first() };
        slot.and_then(|slot| i32::try_from(slot.value).ok())
    };
    let calendar = gather(slots)?.0.calendar;
    let mut to = Fields {
        calendar,
        year: at(&years, true),
        month: at(&months, true),
        day: at(&days, true),
        ..Fields::default()
    };
    let mut from = Fields {
        calendar,
        year: at(&years, false),
        month: at(&months, false),
        day: at(&days, false),
        ..Fields::default()
    };
    let numeric = slots.iter().any(|slot| slot.class == Class::NumericDate);
    match times {
        // `14.–15.10.`
        [] if numeric => {
            to = gather(slots.get(1..)?)?.0;
            from = from.completed(&to);
        }
        [] => {}
        // `3 to` + `5 May`
        [Meaning::Fields(time)] => {
            to = time.clone();
            from = from.completed(time);
            from.calendar = time.calendar;
        }
        _ => return None,
    }
    if years.len() == 2 {
        // `1939–45`
        if let (Some(first), Some(last)) = (from.year, to.year) {
            if years.last().is_some_and(|slot| slot.class == Class::ShortYear) {
                to.year = Some(first / 100 * 100 + last % 100);
            }
            if to.year.is_none_or(|last| last < first || last - first > 400) {
                return None;
            }
        }
    }
    (!from.is_empty() && !to.is_empty()).then_some((Meaning::Fields(from), Meaning::Fields(to)))
}

/// A whole amount: `2.5 hours` are 150 minutes, `half a year` six months.
fn finer(amount: f64, unit: Unit) -> Option<(i64, Unit)> {
    if !amount.is_finite() || amount.abs() > 1e9 {
        return None;
    }
    if amount.fract() == 0.0 {
        return Some((integer(amount), unit));
    }
    let (factor, unit) = match unit {
        Unit::Hour => (60.0, Unit::Minute),
        Unit::Day => (24.0, Unit::Hour),
        Unit::Week => (7.0, Unit::Day),
        Unit::Month => (30.0, Unit::Day),
        Unit::Year => (12.0, Unit::Month),
        Unit::Decade => (10.0, Unit::Year),
        other => (1.0, other),
    };
    Some((integer((amount * factor).round()), unit))
}

fn small(number: f64) -> Option<i32> {
    (number.fract() == 0.0 && (0.0..=3000.0).contains(&number))
        .then(|| i32::try_from(integer(number)).ok())?
}
