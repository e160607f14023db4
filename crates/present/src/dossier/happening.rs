use std::collections::BTreeSet;

use chancery_core::{Date, DateRange, Event, EventType, Precision, Status};
use chancery_record::RecordedEvent;

/// A value and the documents that give it.
pub(crate) type Given = (String, BTreeSet<i64>);

/// A happening as the dossier shows it: all reports of it, the most telling first.
#[derive(Debug)]
pub(crate) struct DossierHappening {
    pub(crate) id: String,
    /// Never empty.
    pub(crate) reports: Vec<RecordedEvent>,
}

impl DossierHappening {
    pub(crate) fn new(id: String, mut reports: Vec<RecordedEvent>) -> Self {
        reports.sort_by_key(|report| {
            let event = &report.event;
            let parties = usize::from(!event.source.is_empty()) + usize::from(!event.recipient.is_empty());
            (
                !took_place(event),
                event.background,
                std::cmp::Reverse((grain(event), parties)),
                report.document,
                event.evidence,
            )
        });
        Self { id, reports }
    }

    /// The report that tells most: it took place, has its parties and the finest date.
    pub(crate) fn lead(&self) -> &RecordedEvent {
        self.reports.first().expect("a happening is made of reports")
    }

    /// Whether at least one report asserts it.
    pub(crate) fn took_place(&self) -> bool {
        self.reports.iter().any(|report| took_place(&report.event))
    }

    /// The days that all dated reports agree on, or those of the report that tells most.
    pub(crate) fn range(&self) -> Option<DateRange> {
        let ranges =
            self.reports.iter().filter_map(|report| report.event.date.as_ref().map(|date| date.range));
        let lead = self.lead().event.date.as_ref().map(|date| date.range);
        ranges.fold(lead, |agreed, range| match agreed {
            None => Some(range),
            Some(agreed) => Some(agreed.intersection(range).unwrap_or(agreed)),
        })
    }

    pub(crate) fn order(&self) -> (bool, Option<Date>, Option<Date>, String) {
        let range = self.range();
        let first = range.and_then(|range| range.from.or(range.to));
        (first.is_none(), first, range.and_then(|range| range.to), self.id.clone())
    }

    /// In how many languages and documents it is reported.
    pub(crate) fn documents(&self) -> BTreeSet<i64> {
        self.reports.iter().map(|report| report.document).collect()
    }

    /// What reports disagree on: each distinct value with the documents that give it.
    pub(crate) fn disagreements(&self) -> Vec<(&'static str, Vec<Given>)> {
        let mut found = Vec::new();
        let statuses = self.values(|event| Some(event.status.to_string()));
        if statuses.len() > 1 {
            found.push(("status", statuses));
        }
        let dated: Vec<DateRange> =
            self.reports.iter().filter_map(|report| report.event.date.as_ref().map(|d| d.range)).collect();
        let apart = dated.iter().any(|one| dated.iter().any(|other| !one.overlaps(*other)));
        if apart {
            found.push(("date", self.values(|event| event.date.as_ref().map(|date| in_words(date.range)))));
        }
        let sources = self.values(|event| Some(event.attribution.clone()));
        if sources.len() > 1 {
            found.push(("according to", sources));
        }
        found
    }

    fn values(&self, value: impl Fn(&Event) -> Option<String>) -> Vec<Given> {
        let mut values: Vec<Given> = Vec::new();
        for report in &self.reports {
            let Some(given) = value(&report.event) else { continue };
            match values.iter_mut().find(|(known, _)| *known == given) {
                Some((_, documents)) => {
                    documents.insert(report.document);
                }
                None => values.push((given, BTreeSet::from([report.document]))),
            }
        }
        values
    }
}

/// Whether the report gives the act as one that took place. A request, a threat or a denial did, whatever
/// becomes of what was asked, threatened or denied.
pub(crate) fn took_place(event: &Event) -> bool {
    matches!(
        (event.kind, event.status),
        (_, Status::Asserted)
            | (EventType::Request, Status::Requested)
            | (EventType::Threaten, Status::Planned)
            | (EventType::Reject, Status::Denied)
    )
}

fn grain(event: &Event) -> u8 {
    match event.date.as_ref().map(|date| date.range.precision()) {
        Some(Precision::Day) => 4,
        Some(Precision::Month) => 3,
        Some(Precision::Interval) => 2,
        Some(Precision::Year) => 1,
        None => 0,
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day in words: `5 August 2024`.
pub(crate) fn day_in_words(day: Date) -> String {
    format!("{} {} {}", day.day(), month(day), day.year())
}

fn month(day: Date) -> &'static str {
    usize::try_from(day.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default()
}

/// A date in words: `5 August 2024`, `August 2024`, `by 6 August 2024`.
pub(crate) fn in_words(range: DateRange) -> String {
    match (range.precision(), range.from, range.to) {
        (Precision::Day, Some(day), _) => day_in_words(day),
        (Precision::Month, Some(day), _) => format!("{} {}", month(day), day.year()),
        (Precision::Year, Some(day), _) => format!("{}", day.year()),
        (_, Some(from), Some(to)) if from.first_of_month() == to.first_of_month() => {
            format!("{}–{}", from.day(), day_in_words(to))
        }
        (_, Some(from), Some(to)) => format!("{} to {}", day_in_words(from), day_in_words(to)),
        (_, Some(from), None) => format!("from {}", day_in_words(from)),
        (_, None, Some(to)) => format!("by {}", day_in_words(to)),
        (_, None, None) => "undated".to_owned(),
    }
}
