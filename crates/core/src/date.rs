use std::fmt;

use serde::{Serialize, Serializer};

/// A day of the civil calendar.
pub use jiff::civil::Date;

/// Days from `from` to `to`, both included; an open side is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct DateRange {
    #[serde(serialize_with = "iso")]
    pub from: Option<Date>,
    #[serde(serialize_with = "iso")]
    pub to: Option<Date>,
}

impl DateRange {
    pub fn day(day: Date) -> Self {
        Self { from: Some(day), to: Some(day) }
    }

    /// The days of a month, or `None` where there is no such month.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { from: Some(first), to: Some(first.last_of_month()) })
    }

    pub fn year(year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self { from: Some(first), to: Some(first.last_of_year()) })
    }

    pub fn until(day: Date) -> Self {
        Self { from: None, to: Some(day) }
    }

    pub fn since(day: Date) -> Self {
        Self { from: Some(day), to: None }
    }

    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    pub fn overlaps(self, other: Self) -> bool {
        let before = |a: Option<Date>, b: Option<Date>| matches!((a, b), (Some(a), Some(b)) if a < b);
        !before(self.to, other.from) && !before(other.to, self.from)
    }

    /// The days that lie in both, or `None` where there are none.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        if !self.overlaps(other) {
            return None;
        }
        let later = |a: Option<Date>, b: Option<Date>| a.max(b);
        let earlier = |a: Option<Date>, b: Option<Date>| match (a, b) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Some(Self { from: later(self.from, other.from), to: earlier(self.to, other.to) })
    }

    /// How fine the range is: a day, a whole month, a whole year, or any other interval.
    pub fn precision(self) -> Precision {
        let (Some(from), Some(to)) = (self.from, self.to) else { return Precision::Interval };
        if from == to {
            Precision::Day
        } else if from.first_of_month() == from && from.last_of_month() == to {
            Precision::Month
        } else if from.first_of_year() == from && from.last_of_year() == to {
            Precision::Year
        } else {
            Precision::Interval
        }
    }

    /// The ISO day (`2024-08-05`), month (`2024-08`) or year (`2024`); `None` for any other interval.
    pub fn value(self) -> Option<String> {
        let from = self.from?;
        match self.precision() {
            Precision::Day => Some(from.to_string()),
            Precision::Month => Some(format!("{:04}-{:02}", from.year(), from.month())),
            Precision::Year => Some(format!("{:04}", from.year())),
            Precision::Interval => None,
        }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(value) = self.value() {
            return f.write_str(&value);
        }
        match (self.from, self.to) {
            (Some(from), Some(to)) => write!(f, "{from} to {to}"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(to)) => write!(f, "by {to}"),
            (None, None) => f.write_str("undated"),
        }
    }
}

/// How finely a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    Day,
    Month,
    Year,
    Interval,
}

/// A date with the words that say how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedDate {
    pub range: DateRange,
    pub how: String,
}

impl Serialize for ResolvedDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let value = self.range.value();
        let interval = value.is_none();
        let side = |day: Option<Date>| day.filter(|_| interval).map(|day| day.to_string());
        let mut map = serializer.serialize_struct("ResolvedDate", 5)?;
        map.serialize_field("value", &value)?;
        map.serialize_field("from", &side(self.range.from))?;
        map.serialize_field("to", &side(self.range.to))?;
        map.serialize_field("precision", &self.range.precision())?;
        map.serialize_field("how", &self.how)?;
        map.end()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "the shape serde asks for")]
fn iso<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ranges_know_their_grain() {
        assert_eq!(DateRange::month(2024, 2).and_then(DateRange::value).as_deref(), Some("2024-02"));
        assert_eq!(DateRange::year(2022).and_then(DateRange::value).as_deref(), Some("2022"));
        let week = DateRange { from: Some(date(2024, 10, 7)), to: Some(date(2024, 10, 13)) };
        assert_eq!(week.to_string(), "2024-10-07 to 2024-10-13");
        assert_eq!(DateRange::month(2024, 13), None);
    }

    #[test]
    fn open_ranges_overlap_what_they_reach() {
        let until = DateRange::until(date(2024, 8, 6));
        assert!(until.overlaps(DateRange::day(date(2022, 2, 24))));
        assert!(!until.overlaps(DateRange::since(date(2024, 8, 7))));
        assert_eq!(
            until.intersection(DateRange::since(date(2024, 8, 1))),
            Some(DateRange { from: Some(date(2024, 8, 1)), to: Some(date(2024, 8, 6)) })
        );
    }
}
