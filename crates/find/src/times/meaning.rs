//! What words that name a time say, before it is known which days they are.

use chancery_core::{Date, TimeKind};

use super::calendar::Unit;

/// What words that name a time say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning {
    /// `8 March`, `Tuesday`, `2024-08-05`, `spring`
    Fields(Fields),
    /// `today`, which may also mean nowadays.
    Today,
    /// `last Tuesday`, `next May`: −1 the one before, 0 this one, 1 the next, −2 the latest that has begun.
    Toward { fields: Fields, direction: i64 },
    /// `yesterday`, `two weeks ago`, `a day earlier`, `three days after 5 May`
    Shift { amount: i64, unit: Unit, from: From, rough: bool },
    /// `Friday of last week`, `the first quarter of 2009`
    Within { fields: Fields, outer: Box<Meaning> },
    /// `the end of last year`; −1 its start, 0 its middle, 1 its end.
    Portion { outer: Box<Meaning>, portion: i64 },
    /// `on Tuesday evening`, `15:20`; the day is that of the reference where none is said.
    Clock { day: Option<Box<Meaning>>, part: Option<String>, minutes: Option<i64> },
    /// `from 3 to 5 May`
    Interval { from: Box<Meaning>, to: Box<Meaning> },
    /// `two weeks`; with a direction, those before (−1) or after (1) the reference.
    Duration { amount: String, unit: Unit, direction: i64 },
    /// `in two weeks`: a day ahead where the sentence points there, else how long something takes.
    Ahead { amount: i64, unit: Unit },
    /// `every year`
    Set { amount: String, unit: Unit },
    /// `recently`
    Vague(String),
}

/// What a shift counts from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum From {
    Reference,
    /// The last time that the text named.
    Previous,
    /// The year, month or day that the text tells of; where it tells of none, the reference.
    Story,
    Time(Box<Meaning>),
}

/// Parts of a date, as far as the words give them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fields {
    pub(crate) calendar: Calendar,
    pub(crate) year: Option<i32>,
    /// Whether the year was given with two digits, so that its century is open.
    pub(crate) short_year: bool,
    pub(crate) month: Option<i32>,
    pub(crate) day: Option<i32>,
    /// 1 Monday to 7 Sunday.
    pub(crate) weekday: Option<i64>,
    /// `SP`, `SU`, `FA`, `WI`
    pub(crate) season: Option<String>,
    pub(crate) quarter: Option<i32>,
    pub(crate) half: Option<i32>,
    /// `third` of `the third Tuesday in September`; −1 the last.
    pub(crate) nth: Option<i32>,
    /// The nth week of a month or year; −1 the last.
    pub(crate) week: Option<i32>,
    /// Whether the year means a span of `10` or `100` years from it on.
    pub(crate) years: Option<i32>,
    /// Whether day and month may stand in either order (`5/8/2024`).
    pub(crate) weekend: bool,
}

/// The calendar that months and years are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Calendar {
    #[default]
    Gregorian,
    SolarHijri,
    Hebrew,
    /// Lunar Hijri, whose months begin when the moon is seen.
    Other,
}

/// How fine a time is, for patterns that ask for one of a certain kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    Clock,
    Day,
    Week,
    Month,
    Year,
    Other,
}

impl Meaning {
    pub(crate) fn grain(&self) -> Grain {
        match self {
            Self::Fields(fields) | Self::Toward { fields, .. } => fields.grain(),
            Self::Within { fields, .. } => fields.grain(),
            Self::Shift { unit, .. } => match unit {
                Unit::Second | Unit::Minute | Unit::Hour => Grain::Clock,
                Unit::Day => Grain::Day,
                Unit::Week | Unit::Weekend => Grain::Week,
                Unit::Month => Grain::Month,
                Unit::Year => Grain::Year,
                _ => Grain::Other,
            },
            Self::Portion { outer, .. } => match outer.grain() {
                Grain::Day => Grain::Clock,
                grain => grain,
            },
            Self::Clock { .. } => Grain::Clock,
            Self::Today => Grain::Day,
            _ => Grain::Other,
        }
    }

    pub(crate) fn kind(&self) -> TimeKind {
        match self {
            Self::Clock { .. } => TimeKind::Time,
            Self::Interval { from, .. } => from.kind(),
            Self::Shift { unit: Unit::Second | Unit::Minute | Unit::Hour, .. } => TimeKind::Time,
            Self::Duration { .. } | Self::Ahead { .. } => TimeKind::Duration,
            Self::Set { .. } => TimeKind::Set,
            _ => TimeKind::Date,
        }
    }

    /// The Gregorian year that the words themselves give.
    pub(crate) fn year(&self) -> Option<i32> {
        match self {
            Self::Fields(fields) if fields.calendar == Calendar::Gregorian => {
                fields.year.filter(|_| fields.years.is_none())
            }
            Self::Interval { to, .. } => to.year(),
            Self::Clock { day: Some(day), .. } => day.year(),
            Self::Portion { outer, .. } | Self::Within { outer, .. } => outer.year(),
            _ => None,
        }
    }

    /// Whether it is the day of the text: `today`, `today's`.
    pub(crate) fn is_today(&self) -> bool {
        matches!(self, Self::Today | Self::Shift { amount: 0, unit: Unit::Day, from: From::Reference, .. })
    }

    /// Whether the days are counted from the day the text was written.
    pub(crate) fn is_counted(&self) -> bool {
        match self {
            Self::Today | Self::Toward { .. } | Self::Shift { from: From::Reference, .. } => true,
            Self::Fields(fields) => fields.weekday.is_some() && fields.day.is_none(),
            Self::Clock { day, .. } => day.as_ref().is_some_and(|day| day.is_counted()),
            Self::Within { outer, .. } | Self::Portion { outer, .. } => outer.is_counted(),
            _ => false,
        }
    }

    /// Whether a day stated in full, or its year, lies within a year of another day, by what counts the
    /// days between.
    pub(crate) fn near(&self, day: Date, days_between: impl Fn(Date, Date) -> i64) -> bool {
        let Some(year) = self.year().and_then(|year| i16::try_from(year).ok()) else { return false };
        let month = match self {
            Self::Fields(fields) => fields.month.and_then(|month| i8::try_from(month).ok()),
            _ => None,
        };
        Date::new(year, month.unwrap_or(day.month()), 1).is_ok_and(|first| days_between(first, day) <= 366)
    }

    /// Whether the words name days, as `two weeks` and `every year` do not.
    pub(crate) fn is_date(&self) -> bool {
        !matches!(self, Self::Duration { .. } | Self::Ahead { .. } | Self::Set { .. } | Self::Vague(_))
    }
}

impl Fields {
    pub(crate) fn grain(&self) -> Grain {
        if self.weekend || self.week.is_some() {
            Grain::Week
        } else if self.day.is_some() || self.weekday.is_some() {
            Grain::Day
        } else if self.month.is_some() {
            Grain::Month
        } else if self.season.is_some()
            || self.quarter.is_some()
            || self.half.is_some()
            || self.years.is_some()
        {
            Grain::Other
        } else if self.year.is_some() {
            Grain::Year
        } else {
            Grain::Other
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Takes from `other` what is missing here (`3` of `from 3 to 5 May 2024`).
    pub(crate) fn completed(&self, other: &Self) -> Self {
        let mut out = self.clone();
        out.calendar = if out.month.is_none() { other.calendar } else { out.calendar };
        out.year = out.year.or(other.year);
        if out.day.is_some() {
            out.month = out.month.or(other.month);
        }
        out
    }
}
