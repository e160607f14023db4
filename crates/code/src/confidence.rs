use std::collections::BTreeMap;
use std::sync::OnceLock;

use chancery_core::{Confidences, Event};

/// The weights of grounds, fitted by `cargo xtask calibrate`.
const TABLE: &str = include_str!("../confidence.txt");

/// What every ground adds to the log odds that a value is right, by value (`type`, `source`, `recipient`, `date`, `status`,
/// `attribution`). A ground
/// with a figure (`encoder=-2.4`) adds its weight times the figure.
pub(crate) struct ConfidenceTable(BTreeMap<String, BTreeMap<String, f32>>);

impl ConfidenceTable {
    pub(crate) fn get() -> &'static Self {
        static READ: OnceLock<ConfidenceTable> = OnceLock::new();
        READ.get_or_init(|| Self::read(TABLE))
    }

    fn read(text: &str) -> Self {
        let (mut values, mut value) = (BTreeMap::<_, BTreeMap<_, _>>::new(), String::new());
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                name.clone_into(&mut value);
            } else if let Some((ground, weight)) = line.split_once(char::is_whitespace)
                && let Ok(weight) = weight.trim().parse()
            {
                values.entry(value.clone()).or_default().insert(ground.to_owned(), weight);
            }
        }
        Self(values)
    }

    /// How sure a value is on these grounds, from 0 to 1; `None` for a value that the table does not know.
    fn of(&self, value: &str, grounds: &[String]) -> Option<f32> {
        let weights = self.0.get(value)?;
        let weight = |ground: &str| {
            let (name, figure) = ground.split_once('=').unwrap_or((ground, "1"));
            weights.get(name).copied().unwrap_or_default() * figure.parse::<f32>().unwrap_or_default()
        };
        let log_odds = weight("start") + grounds.iter().map(|ground| weight(ground)).sum::<f32>();
        Some(1.0 / (1.0 + (-log_odds).exp()))
    }

    /// Returns how sure the values of an event are, and the whole of its type and both sides.
    pub(crate) fn confidences(&self, mut grounds: Vec<String>, has: Values) -> (f32, Confidences) {
        grounds.sort();
        grounds.dedup();
        let kind = self.of("type", &grounds);
        let source = has.source.then(|| self.of("source", &grounds)).flatten();
        let recipient = has.recipient.then(|| self.of("recipient", &grounds)).flatten();
        let date = has.date.then(|| self.of("date", &grounds)).flatten();
        let (status, attribution) = (self.of("status", &grounds), self.of("attribution", &grounds));
        // The sides were measured where the type is right, so that the product is the share of whole codings.
        let whole = [kind, source, recipient].into_iter().flatten().product();
        (whole, Confidences { kind, source, recipient, date, status, attribution, grounds })
    }
}

/// Which values an event has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Values {
    pub(crate) source: bool,
    pub(crate) recipient: bool,
    pub(crate) date: bool,
}

impl Values {
    pub(crate) fn of(event: &Event) -> Self {
        Self {
            source: !event.source.is_empty(),
            recipient: !event.recipient.is_empty(),
            date: event.date.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with(['#', '[']) && !line.trim().is_empty());
        let table = ConfidenceTable::get();
        assert_eq!(table.0.values().map(BTreeMap::len).sum::<usize>(), lines.count());
        let values = ["type", "source", "recipient", "date", "status", "attribution"];
        assert!(values.iter().all(|value| table.0.contains_key(*value)));
    }

    #[test]
    fn a_figure_multiplies_the_weight() {
        let table = ConfidenceTable::read("[type]\nstart 0\nencoder 0.5\n");
        let sure = |figure: &str| table.of("type", &[format!("encoder={figure}")]);
        assert_eq!(sure("0.0"), Some(0.5));
        assert!(sure("-2.0") < Some(0.27) && sure("2.0") > Some(0.73));
    }

    #[test]
    fn grounds_add_up() {
        let table = ConfidenceTable::read("[type]\nstart 1.0\nframe.noun -1.0\n[source]\nstart 0\n");
        let has = Values { source: true, recipient: false, date: true };
        let (whole, confidences) = table.confidences(vec!["frame.noun".to_owned(), "new".to_owned()], has);
        assert_eq!(confidences.kind, Some(0.5));
        assert_eq!((confidences.source, confidences.recipient, confidences.date), (Some(0.5), None, None));
        assert!((whole - 0.25).abs() < 1e-6);
    }
}
