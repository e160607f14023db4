use crate::{Record, RecordError};

/// A value of the record whose quoted words are not those of the text at its span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Name of the document.
    pub document: String,
    /// The table that holds the value.
    pub table: &'static str,
    /// The words that it quotes.
    pub words: String,
}

/// Tables that quote, with their columns start, end and words.
const QUOTES: &[(&str, &str, &str, &str)] = &[
    ("mentions", "start", "end", "words"),
    ("times", "start", "end", "words"),
    ("places", "start", "end", "words"),
    ("events", "start", "end", "words"),
    ("events", "predicate_start", "predicate_end", "predicate_words"),
    ("participants", "start", "end", "words"),
    ("says", "start", "end", "words"),
    ("quantities", "start", "end", "words"),
    ("statements", "start", "end", "words"),
    ("statements", "speaker_start", "speaker_end", "speaker_words"),
    ("statements", "cue_start", "cue_end", "cue_words"),
    ("speakers", "start", "end", "words"),
    ("position_changes", "start", "end", "words"),
];

impl Record {
    /// Compares every quoted word with the text at its span, and returns those that differ.
    pub fn check(&self) -> Result<Vec<Mismatch>, RecordError> {
        let mut mismatches = Vec::new();
        for &(table, start, end, words) in QUOTES {
            let sql = format!(
                "SELECT d.name, q.{words} FROM {table} q JOIN documents d ON d.id = q.document \
                 WHERE q.{start} IS NOT NULL AND \
                 substr(CAST(d.text AS BLOB), q.{start} + 1, q.{end} - q.{start}) <> CAST(q.{words} AS BLOB) \
                 ORDER BY q.document"
            );
            let mut found =
                self.rows(&sql, [], |row| Ok(Mismatch { document: row.get(0)?, table, words: row.get(1)? }))?;
            mismatches.append(&mut found);
        }
        Ok(mismatches)
    }
}
