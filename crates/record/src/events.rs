use std::collections::BTreeMap;
use std::str::FromStr;

use chancery_core::{
    Certainty, Context, CountryCode, Event, EventPlace, EventType, Mode, Participant, Polarity, Refinement,
    Say, Sector, Span, Stance, Status, Text, TimeFrame,
};
use rusqlite::{Row, types::Value};

use crate::documents::{Texts, resolved};
use crate::filter::{Filter, Party};
use crate::sighting::{Clues, Side, Sighting};
use crate::{Record, RecordError};

/// An event as one document reports it, with the words it rests on.
#[derive(Clone, Debug)]
pub struct RecordedEvent {
    /// Number of the document.
    pub document: i64,
    pub event: Event,
    pub evidence: String,
    pub predicate: String,
    pub quantities: Vec<RecordedQuantity>,
    /// The happening that it was merged into.
    pub happening: Option<String>,
    /// Ids of actors that the evidence names beside the participants.
    pub themes: Vec<String>,
}

/// A quantity of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedQuantity {
    pub words: String,
    pub value: f64,
    pub unit: String,
    pub span: Option<Span>,
}

const COLUMNS: &str = "document, ordinal, id, kind, modes, contexts, date_from, date_to, date_how, \
     place_name, place_geonameid, place_latitude, place_longitude, place_country, polarity, certainty, frame, \
     status, attribution, background, start, end, words, predicate_start, predicate_end, predicate_words, \
     sentence, rule, confidence, why, happening, sighting, own";

/// SQL for "a row of `table` on one of the sides stands for the party".
pub(crate) fn party_condition(
    table: &str,
    key: &str,
    side: Option<&str>,
    party: &Party,
) -> (String, Vec<Value>) {
    let (test, value) = match party {
        Party::Country(code) => ("(p.country = ? OR p.actor = ?)", vec![code.to_string(); 2]),
        Party::Actor(id) => ("p.actor = ?", vec![id.clone()]),
    };
    let side = side.map(|side| format!("AND p.side = '{side}'")).unwrap_or_default();
    let sql = format!(
        "EXISTS (SELECT 1 FROM {table} p WHERE p.document = t.document AND p.{key} = t.ordinal {side} AND {test})"
    );
    (sql, value.into_iter().map(Value::Text).collect())
}

impl Filter {
    fn conditions(&self) -> (String, Vec<Value>) {
        let mut sql = vec!["1".to_owned()];
        let mut values = Vec::new();
        let mutual = "t.kind IN ('AGREE', 'CONSULT', 'COOPERATE')";
        // All parties of a mutual act stand in `source`, so a recipient is looked for there as well.
        for (party, side) in [(&self.source, "source"), (&self.recipient, "recipient")] {
            let Some(party) = party else { continue };
            let (on_side, mut side_values) = party_condition("participants", "event", Some(side), party);
            let (anywhere, all_values) = party_condition("participants", "event", None, party);
            sql.push(format!("({on_side} OR ({mutual} AND {anywhere}))"));
            values.append(&mut side_values);
            values.extend(all_values);
        }
        if !self.kinds.is_empty() || !self.own_kinds.is_empty() {
            let kinds: Vec<_> = self.kinds.iter().map(|kind| format!("'{kind}'")).collect();
            let own = vec!["?"; self.own_kinds.len()].join(", ");
            sql.push(format!("(t.kind IN ({}) OR t.own_kind IN ({own}))", kinds.join(", ")));
            values.extend(self.own_kinds.iter().cloned().map(Value::Text));
        }
        if !self.statuses.is_empty() {
            let statuses: Vec<_> = self.statuses.iter().map(|status| format!("'{status}'")).collect();
            sql.push(format!("t.status IN ({})", statuses.join(", ")));
        }
        if let Some(sure) = self.least_sure {
            sql.push("t.confidence >= ?".to_owned());
            values.push(Value::Real(sure.into()));
        }
        if let Some(since) = self.since {
            sql.push("(t.dated AND (t.date_to IS NULL OR t.date_to >= ?))".to_owned());
            values.push(Value::Text(since.to_string()));
        }
        if let Some(until) = self.until {
            sql.push("(t.dated AND (t.date_from IS NULL OR t.date_from <= ?))".to_owned());
            values.push(Value::Text(until.to_string()));
        }
        (sql.join(" AND "), values)
    }
}

impl Record {
    /// The events that a filter asks for, by document and place in its text.
    pub fn events(&self, filter: &Filter) -> Result<Vec<RecordedEvent>, RecordError> {
        let (conditions, values) = filter.conditions();
        self.events_where(&conditions, values)
    }

    /// The events in which one of the parties takes part.
    pub fn events_with(&self, parties: &[Party]) -> Result<Vec<RecordedEvent>, RecordError> {
        let mut sql = Vec::new();
        let mut values = Vec::new();
        for party in parties {
            let (condition, mut these) = party_condition("participants", "event", None, party);
            sql.push(condition);
            values.append(&mut these);
        }
        let conditions = if sql.is_empty() { "0".to_owned() } else { sql.join(" OR ") };
        self.events_where(&conditions, values)
    }

    /// The events of that id, or whose id starts with it.
    pub fn event(&self, id: &str) -> Result<Vec<RecordedEvent>, RecordError> {
        let id = id.replace(['%', '_'], "");
        self.events_where("t.id = ? OR t.id LIKE ? || '%'", vec![Value::Text(id.clone()), Value::Text(id)])
    }

    /// The types of users' own that events of the record have, sorted.
    pub fn own_kinds(&self) -> Result<Vec<String>, RecordError> {
        let sql = "SELECT DISTINCT own_kind FROM events WHERE own_kind IS NOT NULL ORDER BY own_kind";
        self.rows(sql, [], |row| row.get(0))
    }

    /// The events of one happening.
    pub fn happening(&self, id: &str) -> Result<Vec<RecordedEvent>, RecordError> {
        self.events_where("t.happening = ?", vec![Value::Text(id.to_owned())])
    }

    fn events_where(&self, conditions: &str, values: Vec<Value>) -> Result<Vec<RecordedEvent>, RecordError> {
        let sql = format!("SELECT {COLUMNS} FROM events t WHERE {conditions} ORDER BY document, ordinal");
        let rows = self.rows(&sql, rusqlite::params_from_iter(values), EventRow::read)?;
        let mut texts = Texts::default();
        rows.into_iter()
            .filter_map(|row| {
                let text = match texts.of(self, row.document) {
                    Ok(text) => text,
                    Err(error) => return Some(Err(error)),
                };
                // A row whose words do not stand at its span is not shown; `check` reports it.
                self.event_of(row, &text).transpose()
            })
            .collect()
    }

    fn event_of(&self, row: EventRow, text: &Text) -> Result<Option<RecordedEvent>, RecordError> {
        let (Some(evidence), Some(predicate)) = (row.evidence.on(text), row.predicate.on(text)) else {
            return Ok(None);
        };
        let key = [row.document, row.ordinal];
        let mut event = row.event(evidence, predicate);
        for (side, participant) in self.participants("participants", "event", key, text)? {
            match side.as_str() {
                "source" => event.source.push(participant),
                _ => event.recipient.push(participant),
            }
        }
        event.says = self.rows(
            "SELECT who, stance, cue, start, end, words FROM says WHERE document = ?1 AND event = ?2 ORDER BY ordinal",
            key,
            |row| {
                Ok(Say {
                    who: row.get(0)?,
                    stance: word(row, 1, Stance::Says)?,
                    cue: row.get(2)?,
                    span: Quote::read(row, 3)?.on(text),
                })
            },
        )?;
        let quantities = self.rows(
            "SELECT value, unit, start, end, words FROM quantities WHERE document = ?1 AND event = ?2 ORDER BY ordinal",
            key,
            |row| {
                let quote = Quote::read(row, 2)?;
                Ok(RecordedQuantity {
                    value: row.get(0)?,
                    unit: row.get(1)?,
                    span: quote.on(text),
                    words: quote.words,
                })
            },
        )?;
        event.quantities = (0..quantities.len()).collect();
        Ok(Some(RecordedEvent {
            document: row.document,
            evidence: row.evidence.words,
            predicate: row.predicate.words,
            happening: row.happening,
            themes: row.clues.themes.into_iter().collect(),
            quantities,
            event,
        }))
    }

    /// Participants of one event, or speakers of one statement, each with its side.
    pub(crate) fn participants(
        &self,
        table: &str,
        key: &str,
        of: [i64; 2],
        text: &Text,
    ) -> Result<Vec<(String, Participant)>, RecordError> {
        let sql = format!(
            "SELECT side, actor, name, country, sector, start, end, words FROM {table} \
             WHERE document = ?1 AND {key} = ?2 ORDER BY side, ordinal"
        );
        self.rows(&sql, of, |row| {
            let participant = Participant {
                id: row.get(1)?,
                name: row.get(2)?,
                country: code(row, 3)?,
                sector: maybe_word(row, 4)?,
                span: Quote::read(row, 5)?.on(text),
            };
            Ok((row.get(0)?, participant))
        })
    }

    /// Everything that the judgement on happenings looks at.
    pub(crate) fn all_sightings(&self) -> Result<Vec<(i64, i64, Sighting)>, RecordError> {
        let mut parties: BTreeMap<(i64, i64), [Side; 2]> = BTreeMap::new();
        let rows = self.rows(
            "SELECT document, event, side, actor, country FROM participants ORDER BY document, event, side, ordinal",
            [],
            |row| Ok(((row.get(0)?, row.get(1)?), row.get::<_, String>(2)?, row.get::<_, String>(3)?, code(row, 4)?)),
        )?;
        for (key, side, actor, country) in rows {
            let [source, recipient] = parties.entry(key).or_default();
            if side == "source" { source } else { recipient }.push((actor, country));
        }
        let sql = format!(
            "SELECT {COLUMNS}, dated, (SELECT identity FROM documents d WHERE d.id = t.document), \
             (SELECT coalesce(published, reference_from) FROM documents d WHERE d.id = t.document), \
             (SELECT coalesce(published, reference_to) FROM documents d WHERE d.id = t.document), '' \
             FROM events t ORDER BY document, ordinal"
        );
        self.rows(&sql, [], |row| {
            let event = EventRow::read(row)?;
            let document: String = row.get(34)?;
            let published = resolved(row, 35)?.map(|date| date.range);
            let [source, recipient] = parties.remove(&(event.document, event.ordinal)).unwrap_or_default();
            let sighting = Sighting {
                id: event.id,
                document,
                kind: event.kind,
                modes: event.modes.iter().map(|mode| mode.as_str().to_owned()).collect(),
                source,
                recipient,
                range: event.date.map(|date| date.range),
                published,
                place: event.place.map(|place| (place.name, place.geonameid, place.country)),
                clues: event.clues,
            };
            Ok((event.document, event.ordinal, sighting))
        })
    }
}

/// Words of a text, as a row keeps them.
pub(crate) struct Quote {
    start: Option<usize>,
    end: Option<usize>,
    pub(crate) words: String,
}

impl Quote {
    /// Reads the columns start, end and words.
    pub(crate) fn read(row: &Row<'_>, column: usize) -> rusqlite::Result<Self> {
        let words = row.get::<_, Option<String>>(column + 2)?.unwrap_or_default();
        Ok(Self { start: row.get(column)?, end: row.get(column + 1)?, words })
    }

    /// The span, or `None` where there is none or other words stand there.
    pub(crate) fn on(&self, text: &Text) -> Option<Span> {
        text.span(self.start?, self.end?).filter(|&span| text.slice(span) == self.words)
    }
}

struct EventRow {
    document: i64,
    ordinal: i64,
    id: String,
    kind: EventType,
    modes: Vec<Mode>,
    contexts: Vec<Context>,
    own: Refinement,
    date: Option<chancery_core::ResolvedDate>,
    place: Option<EventPlace>,
    polarity: Polarity,
    certainty: Certainty,
    frame: TimeFrame,
    status: Status,
    attribution: String,
    background: bool,
    evidence: Quote,
    predicate: Quote,
    sentence: usize,
    rule: String,
    confidence: f64,
    why: Vec<String>,
    happening: Option<String>,
    clues: Clues,
}

impl EventRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind = word(row, 3, EventType::Consult)?;
        let place_name: Option<String> = row.get(9)?;
        let place = place_name.map(|name| -> rusqlite::Result<_> {
            Ok(EventPlace {
                name,
                geonameid: row.get(10)?,
                latitude: row.get(11)?,
                longitude: row.get(12)?,
                country: code(row, 13)?,
            })
        });
        Ok(Self {
            document: row.get(0)?,
            ordinal: row.get(1)?,
            id: row.get(2)?,
            kind,
            modes: list(row, 4)?.iter().filter_map(|name| Mode::new(kind, name)).collect(),
            contexts: list(row, 5)?.iter().filter_map(|name| name.parse().ok()).collect(),
            date: resolved(row, 6)?,
            place: place.transpose()?,
            polarity: word(row, 14, Polarity::Yes)?,
            certainty: word(row, 15, Certainty::Unknown)?,
            frame: word(row, 16, TimeFrame::PastOrPresent)?,
            status: word(row, 17, Status::Possible)?,
            attribution: row.get(18)?,
            background: row.get(19)?,
            evidence: Quote::read(row, 20)?,
            predicate: Quote::read(row, 23)?,
            sentence: row.get(26)?,
            rule: row.get(27)?,
            confidence: row.get(28)?,
            why: list(row, 29)?,
            happening: row.get(30)?,
            clues: serde_json::from_str(&row.get::<_, String>(31)?).unwrap_or_default(),
            own: row
                .get::<_, Option<String>>(32)?
                .and_then(|own| serde_json::from_str(&own).ok())
                .unwrap_or_default(),
        })
    }

    fn event(&self, evidence: Span, predicate: Span) -> Event {
        Event {
            id: self.id.clone(),
            kind: self.kind,
            modes: self.modes.clone(),
            contexts: self.contexts.clone(),
            own: self.own.clone(),
            source: Vec::new(),
            recipient: Vec::new(),
            date: self.date.clone(),
            place: self.place.clone(),
            quantities: Vec::new(),
            polarity: self.polarity,
            certainty: self.certainty,
            frame: self.frame,
            status: self.status,
            attribution: self.attribution.clone(),
            says: Vec::new(),
            background: self.background,
            evidence,
            predicate,
            sentence: self.sentence,
            rule: self.rule.clone(),
            #[expect(clippy::cast_possible_truncation, reason = "it was an f32 when it was put")]
            confidence: self.confidence as f32,
            confidences: chancery_core::Confidences::default(),
            why: self.why.clone(),
        }
    }
}

/// A word of a closed set; `otherwise` where a damaged record holds another.
pub(crate) fn word<T: FromStr>(row: &Row<'_>, column: usize, otherwise: T) -> rusqlite::Result<T> {
    Ok(maybe_word(row, column)?.unwrap_or(otherwise))
}

fn maybe_word<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|word| word.parse().ok()))
}

pub(crate) fn code(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<CountryCode>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|code| CountryCode::new(&code)))
}

pub(crate) fn sector(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Sector>> {
    maybe_word(row, column)
}

fn list(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    Ok(serde_json::from_str(&row.get::<_, String>(column)?).unwrap_or_default())
}
