use std::collections::BTreeMap;

use chancery_core::{
    Block, BlockKind, Date, DateRange, Document, FurnitureKind, Metadata, ResolvedDate, Text,
};
use rusqlite::{OptionalExtension, Row};
use xxhash_rust::xxh3::Xxh3;

use crate::{Record, RecordError};

/// What the record knows of a document, without its text.
#[derive(Clone, Debug)]
pub struct DocumentHead {
    pub id: i64,
    pub name: String,
    pub metadata: Metadata,
    pub published_inferred: Option<ResolvedDate>,
    /// The day that its times were counted from.
    pub reference: Option<ResolvedDate>,
    /// The first words of its news.
    pub first_words: String,
    pub events: usize,
    pub statements: usize,
}

/// Returns the hash that tells one document from another: its text and what it states about itself, but
/// not the path it was read from.
pub(crate) fn identity(document: &Document) -> u128 {
    let metadata = &document.metadata;
    let published = metadata.published.map(|day| day.to_string());
    let mut hash = Xxh3::new();
    let mut add = |part: Option<&str>| {
        // The length keeps neighbouring parts apart.
        let part = part.unwrap_or_default();
        hash.update(&part.len().to_le_bytes());
        hash.update(part.as_bytes());
    };
    add(Some(document.text.as_str()));
    add(metadata.url.as_deref());
    add(metadata.title.as_deref());
    add(metadata.publisher.as_deref());
    add(published.as_deref());
    hash.digest128()
}

const COLUMNS: &str = "id, name, title, publisher, authors, url, language, published, published_how, \
     inferred_from, inferred_to, inferred_how, reference_from, reference_to, reference_how, \
     (SELECT count(*) FROM events WHERE document = documents.id), \
     (SELECT count(*) FROM statements WHERE document = documents.id), \
     substr(CAST(substr(CAST(text AS BLOB), 1 + coalesce((SELECT min(start) FROM blocks WHERE document = documents.id \
       AND kind IN ('title', 'standfirst', 'paragraph')), 0), 480) AS TEXT), 1, 120)";

impl Record {
    /// The documents, in the order in which they were recorded.
    pub fn documents(&self) -> Result<Vec<DocumentHead>, RecordError> {
        self.rows(&format!("SELECT {COLUMNS} FROM documents ORDER BY id"), [], head)
    }

    /// The number of documents.
    pub fn len(&self) -> Result<usize, RecordError> {
        let count: i64 = self
            .connection
            .query_row("SELECT count(*) FROM documents", [], |row| row.get(0))
            .map_err(|e| self.fail(e))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    pub fn is_empty(&self) -> Result<bool, RecordError> {
        Ok(self.len()? == 0)
    }

    /// The head of one document.
    pub fn head(&self, id: i64) -> Result<Option<DocumentHead>, RecordError> {
        Ok(self.rows(&format!("SELECT {COLUMNS} FROM documents WHERE id = ?1"), [id], head)?.pop())
    }

    /// The document that was recorded under a name (its path), or has that number.
    pub fn document_named(&self, name: &str) -> Result<Option<Document>, RecordError> {
        let id: Option<i64> = self
            .connection
            .query_row(
                "SELECT id FROM documents WHERE name = ?1 OR CAST(id AS TEXT) = ?1 OR name LIKE '%/' || ?1 \
                 ORDER BY name <> ?1, id LIMIT 1",
                [name],
                |row| row.get(0),
            )
            .optional()
            .map_err(|e| self.fail(e))?;
        id.map_or(Ok(None), |id| self.document(id))
    }

    /// A document as it was read.
    pub fn document(&self, id: i64) -> Result<Option<Document>, RecordError> {
        let Some(head) = self.head(id)? else { return Ok(None) };
        let text = self.text(id)?;
        let blocks = self.rows(
            "SELECT kind, start, end FROM blocks WHERE document = ?1 ORDER BY ordinal",
            [id],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, usize>(1)?, row.get::<_, usize>(2)?)),
        )?;
        let blocks = blocks
            .into_iter()
            .filter_map(|(kind, start, end)| {
                Some(Block { kind: block_kind(&kind)?, span: text.span(start, end)? })
            })
            .collect();
        Ok(Some(Document { name: head.name, text, metadata: head.metadata, blocks }))
    }

    pub(crate) fn text(&self, id: i64) -> Result<Text, RecordError> {
        self.connection
            .query_row("SELECT text FROM documents WHERE id = ?1", [id], |row| {
                Ok(Text::new(row.get_ref(0)?.as_str()?))
            })
            .map_err(|e| self.fail(e))
    }

    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        parameters: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, RecordError> {
        let ask = || -> rusqlite::Result<Vec<T>> {
            self.connection.prepare_cached(sql)?.query_map(parameters, read)?.collect()
        };
        ask().map_err(|e| self.fail(e))
    }
}

/// Texts of the documents that a query meets, each read once.
#[derive(Default)]
pub(crate) struct Texts(BTreeMap<i64, Text>);

impl Texts {
    pub(crate) fn of(&mut self, record: &Record, document: i64) -> Result<Text, RecordError> {
        if let Some(text) = self.0.get(&document) {
            return Ok(text.clone());
        }
        // Rows come sorted by document: the text before is not needed again.
        self.0.clear();
        let text = record.text(document)?;
        self.0.insert(document, text.clone());
        Ok(text)
    }
}

fn head(row: &Row<'_>) -> rusqlite::Result<DocumentHead> {
    let first_words: String = row.get(17)?;
    Ok(DocumentHead {
        id: row.get(0)?,
        name: row.get(1)?,
        metadata: Metadata {
            title: row.get(2)?,
            publisher: row.get(3)?,
            authors: serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or_default(),
            url: row.get(5)?,
            language: row.get(6)?,
            published: day(row, 7)?,
            published_how: row.get(8)?,
        },
        published_inferred: resolved(row, 9)?,
        reference: resolved(row, 12)?,
        first_words: first_words.lines().next().unwrap_or_default().trim().to_owned(),
        events: row.get(15)?,
        statements: row.get(16)?,
    })
}

/// The day in a column.
pub(crate) fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    Ok(row.get::<_, Option<String>>(column)?.and_then(|day| day.parse().ok()))
}

/// The date in three columns: from, to and how; `None` where the third is null.
pub(crate) fn resolved(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<ResolvedDate>> {
    let how: Option<String> = row.get(column + 2)?;
    let range = DateRange { from: day(row, column)?, to: day(row, column + 1)? };
    Ok(how.map(|how| ResolvedDate { range, how }))
}

pub(crate) fn block_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Standfirst => "standfirst",
        BlockKind::Subheading => "subheading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Caption => "caption",
        BlockKind::Furniture(kind) => kind.as_str(),
    }
}

fn block_kind(name: &str) -> Option<BlockKind> {
    let news = [
        BlockKind::Title,
        BlockKind::Standfirst,
        BlockKind::Subheading,
        BlockKind::Paragraph,
        BlockKind::Caption,
    ];
    let furniture = FurnitureKind::ALL.iter().map(|&kind| BlockKind::Furniture(kind));
    news.into_iter().chain(furniture).find(|&kind| block_name(kind) == name)
}
