use std::collections::BTreeMap;

use chancery_core::{Actor, ActorKind, Date, Span};

use crate::documents::day;
use crate::events::{code, sector, word};
use crate::filter::Party;
use crate::{Record, RecordError};

/// An actor across all documents.
#[derive(Clone, Debug)]
pub struct RecordedActor {
    /// Its `role` is empty: roles are as of a day, and stand in [`RecordedActor::offices`].
    pub actor: Actor,
    /// What documents call it, with when and where, by day.
    pub offices: Vec<RecordedOffice>,
    pub documents: usize,
    pub mentions: usize,
    /// The words that stand for it, most frequent first.
    pub names: Vec<String>,
}

/// What an actor was as of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedOffice {
    pub role: String,
    /// The document's day, where it is known.
    pub day: Option<Date>,
    pub document: i64,
}

impl Record {
    /// How the words at a span led to an actor.
    pub fn mention_how(&self, document: i64, span: Span, actor: &str) -> Result<Option<String>, RecordError> {
        let how = self.rows(
            "SELECT how FROM mentions WHERE document = ?1 AND start = ?2 AND end = ?3 AND actor = ?4",
            (document, span.start(), span.end(), actor),
            |row| row.get::<_, String>(0),
        )?;
        Ok(how.into_iter().next().filter(|how| !how.is_empty()))
    }

    /// Whether words at a span of a document stand for a party.
    pub fn names(&self, document: i64, span: Span, party: &Party) -> Result<bool, RecordError> {
        let (test, value) = match party {
            Party::Country(code) => ("(a.country = ?4 OR a.id = ?4)", code.to_string()),
            Party::Actor(id) => ("a.id = ?4", id.clone()),
        };
        let sql = format!(
            "SELECT 1 FROM mentions m JOIN actors a ON a.id = m.actor \
             WHERE m.document = ?1 AND m.start >= ?2 AND m.end <= ?3 AND {test} LIMIT 1"
        );
        Ok(!self.rows(&sql, (document, span.start(), span.end(), value), |_| Ok(()))?.is_empty())
    }

    /// The actors that stand for a party, or all; most mentioned first.
    pub fn actors(&self, party: Option<&Party>) -> Result<Vec<RecordedActor>, RecordError> {
        let (condition, value) = match party {
            None => ("?1 = ''", String::new()),
            Some(Party::Country(code)) => ("(a.country = ?1 OR a.id = ?1)", code.to_string()),
            Some(Party::Actor(id)) => ("a.id = ?1", id.clone()),
        };
        let mut offices: BTreeMap<String, Vec<RecordedOffice>> = BTreeMap::new();
        let rows = self.rows(
            &format!(
                "SELECT a.id, o.role, o.document, coalesce(d.published, d.reference_to) AS day \
                 FROM actors a JOIN document_actors o ON o.actor = a.id JOIN documents d ON d.id = o.document \
                 WHERE o.role IS NOT NULL AND {condition} ORDER BY a.id, day, o.document, o.ordinal"
            ),
            [&value],
            |row| {
                let office = RecordedOffice { role: row.get(1)?, document: row.get(2)?, day: day(row, 3)? };
                Ok((row.get::<_, String>(0)?, office))
            },
        )?;
        for (actor, office) in rows {
            offices.entry(actor).or_default().push(office);
        }
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let rows = self.rows(
            &format!(
                "SELECT a.id, m.words FROM actors a JOIN mentions m ON m.actor = a.id \
                 WHERE m.found_by <> 'coreference' AND {condition} \
                 GROUP BY a.id, m.words ORDER BY a.id, count(*) DESC, m.words"
            ),
            [&value],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)),
        )?;
        for (actor, words) in rows {
            names.entry(actor).or_default().push(words);
        }
        self.rows(
            &format!(
                "SELECT a.id, a.name, a.kind, a.country, a.sector, a.wikidata, \
                 (SELECT count(DISTINCT document) FROM document_actors o WHERE o.actor = a.id), \
                 (SELECT count(*) FROM mentions m WHERE m.actor = a.id) AS mentions \
                 FROM actors a WHERE {condition} ORDER BY mentions DESC, a.id"
            ),
            [&value],
            |row| {
                let id: String = row.get(0)?;
                Ok(RecordedActor {
                    offices: offices.remove(&id).unwrap_or_default(),
                    names: names.remove(&id).unwrap_or_default(),
                    documents: row.get(6)?,
                    mentions: row.get(7)?,
                    actor: Actor {
                        id,
                        name: row.get(1)?,
                        kind: word(row, 2, ActorKind::Group)?,
                        country: code(row, 3)?,
                        sector: sector(row, 4)?,
                        wikidata: row.get(5)?,
                        role: None,
                    },
                })
            },
        )
    }
}
