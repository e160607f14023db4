use chancery_core::{PositionChange, QuotationForm, Stance, Statement};
use rusqlite::types::Value;

use crate::documents::Texts;
use crate::events::{Quote, party_condition, word};
use crate::filter::Filter;
use crate::{Record, RecordError};

/// A statement as one document gives it, with the words it rests on.
#[derive(Clone, Debug)]
pub struct RecordedStatement {
    /// Number of the document.
    pub document: i64,
    pub statement: Statement,
    pub content: String,
    pub speaker_words: String,
    pub cue_words: String,
}

/// A change of position as one document tells it.
#[derive(Clone, Debug)]
pub struct RecordedPosition {
    /// Number of the document.
    pub document: i64,
    pub change: PositionChange,
    pub evidence: String,
}

/// SQL and values for the days in which a document's words were said, as far as they are known.
fn days(filter: &Filter) -> (String, Vec<Value>) {
    let mut sql = String::from("1");
    let mut values = Vec::new();
    let day = "(SELECT coalesce(d.published, d.reference_to) FROM documents d WHERE d.id = t.document)";
    if let Some(since) = filter.since {
        sql.push_str(" AND ");
        sql.push_str(day);
        sql.push_str(" >= ?");
        values.push(Value::Text(since.to_string()));
    }
    if let Some(until) = filter.until {
        sql.push_str(" AND ");
        sql.push_str(day);
        sql.push_str(" <= ?");
        values.push(Value::Text(until.to_string()));
    }
    (sql, values)
}

fn conditions(filter: &Filter, sides: [&str; 2]) -> (String, Vec<Value>) {
    let (days, mut values) = days(filter);
    let mut sql = vec![days];
    for (party, side) in [(&filter.source, sides[0]), (&filter.recipient, sides[1])] {
        let Some(party) = party else { continue };
        let (condition, mut these) = party_condition("speakers", "item", Some(side), party);
        sql.push(condition);
        values.append(&mut these);
    }
    (sql.join(" AND "), values)
}

impl Record {
    /// The statements that a filter asks for (`source` speaks, `recipient` is spoken to), by document and
    /// place in its text.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<RecordedStatement>, RecordError> {
        let (conditions, values) = conditions(filter, ["speaker", "addressee"]);
        let sql = format!(
            "SELECT document, ordinal, id, speaker_start, speaker_end, speaker_words, cue_start, cue_end, \
             cue_words, start, end, words, form, stance, sentence FROM statements t WHERE {conditions} \
             ORDER BY document, ordinal"
        );
        let rows = self.rows(&sql, rusqlite::params_from_iter(values), |row| {
            Ok((
                [row.get::<_, i64>(0)?, row.get::<_, i64>(1)?],
                row.get::<_, String>(2)?,
                [Quote::read(row, 3)?, Quote::read(row, 6)?, Quote::read(row, 9)?],
                word(row, 12, QuotationForm::Indirect)?,
                word(row, 13, Stance::Says)?,
                row.get::<_, usize>(14)?,
            ))
        })?;
        let mut texts = Texts::default();
        let mut statements = Vec::new();
        for (key, id, [speaker, cue, content], form, stance, sentence) in rows {
            let text = texts.of(self, key[0])?;
            let Some(span) = content.on(&text) else { continue };
            let mut statement = Statement {
                id,
                speaker: Vec::new(),
                speaker_span: speaker.on(&text),
                addressee: Vec::new(),
                cue: cue.on(&text),
                content: span,
                form,
                stance,
                medium: None,
                sentence,
            };
            for (side, participant) in self.participants("speakers", "item", key, &text)? {
                match side.as_str() {
                    "speaker" => statement.speaker.push(participant),
                    "addressee" => statement.addressee.push(participant),
                    _ => {}
                }
            }
            statements.push(RecordedStatement {
                document: key[0],
                statement,
                content: content.words,
                speaker_words: speaker.words,
                cue_words: cue.words,
            });
        }
        Ok(statements)
    }

    /// The changes of position that a filter asks for (`source` changes its position).
    pub fn positions(&self, filter: &Filter) -> Result<Vec<RecordedPosition>, RecordError> {
        let (conditions, values) = conditions(filter, ["position", "position"]);
        let sql = format!(
            "SELECT document, ordinal, topic, before, after, start, end, words FROM position_changes t \
             WHERE {conditions} ORDER BY document, ordinal"
        );
        let rows = self.rows(&sql, rusqlite::params_from_iter(values), |row| {
            Ok((
                [row.get::<_, i64>(0)?, row.get::<_, i64>(1)?],
                [row.get::<_, String>(2)?, row.get::<_, String>(3)?, row.get::<_, String>(4)?],
                Quote::read(row, 5)?,
            ))
        })?;
        let mut texts = Texts::default();
        let mut positions = Vec::new();
        for (key, [topic, before, after], evidence) in rows {
            let text = texts.of(self, key[0])?;
            let Some(span) = evidence.on(&text) else { continue };
            let participants = self.participants("speakers", "item", key, &text)?;
            let actor =
                participants.into_iter().filter(|(side, _)| side == "position").map(|(_, p)| p).collect();
            positions.push(RecordedPosition {
                document: key[0],
                change: PositionChange { actor, topic, before, after, evidence: span },
                evidence: evidence.words,
            });
        }
        Ok(positions)
    }
}
