use std::borrow::Cow;

use chancery_core::{Event, Participant};
use chancery_record::{DocumentHead, RecordedActor, RecordedEvent, RecordedPosition, RecordedStatement};
use unicode_width::UnicodeWidthStr;

/// Rows under column names, to be read on a terminal, by a spreadsheet or by a data frame.
#[derive(Clone, Debug, Default)]
pub struct Table {
    pub columns: Vec<Column>,
    /// A cell for each column; empty where nothing is known.
    pub rows: Vec<Vec<String>>,
}

/// What stands above the cells of a column, and what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub holds: Cells,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cells {
    Words,
    /// Whole numbers.
    Counts,
    /// Numbers with a decimal point.
    Figures,
}

impl Column {
    fn words(name: &'static str) -> Self {
        Self { name, holds: Cells::Words }
    }

    fn count(name: &'static str) -> Self {
        Self { name, holds: Cells::Counts }
    }

    fn figure(name: &'static str) -> Self {
        Self { name, holds: Cells::Figures }
    }
}

/// A cell of a terminal's table is cut at this width.
const CELL: usize = 60;

impl Table {
    /// The table in columns, for a terminal.
    pub fn aligned(&self) -> String {
        let header: Vec<String> = self.columns.iter().map(|column| column.name.to_uppercase()).collect();
        let rows: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(|cell| cut(cell, CELL)).collect()).collect();
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|column| {
                let cells = std::iter::once(&header).chain(&rows);
                cells.filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
            })
            .collect();
        let mut text = String::new();
        for row in std::iter::once(&header).chain(&rows) {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.push_str(&" ".repeat(width + 2 - cell.width().min(*width)));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// The table as CSV (RFC 4180), with a line of column names.
    pub fn csv(&self) -> String {
        let header: Vec<String> = self.columns.iter().map(|column| column.name.to_owned()).collect();
        let mut text = String::new();
        for row in std::iter::once(&header).chain(&self.rows) {
            let cells: Vec<_> = row.iter().map(|cell| quoted(cell)).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        text
    }
}

fn quoted(cell: &str) -> Cow<'_, str> {
    if cell.contains(['"', ',', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Shortens to a width in columns, at a character, with an ellipsis; line ends become spaces.
fn cut(cell: &str, width: usize) -> String {
    let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if cell.width() <= width {
        return cell;
    }
    let mut short = String::new();
    for letter in cell.chars() {
        if short.width() + unicode_width::UnicodeWidthChar::width(letter).unwrap_or(0) >= width {
            break;
        }
        short.push(letter);
    }
    short.push('…');
    short
}

/// The place of the column that says how sure an event is: behind who says so.
const SURE_AT: usize = 8;

/// Events, a row each; with a column for the type of PLOVER's where some have one of the user's own.
pub fn event_table(events: &[RecordedEvent], documents: &[DocumentHead]) -> Table {
    let columns = [
        "id",
        "date",
        "type",
        "mode",
        "source",
        "recipient",
        "status",
        "attribution",
        "place",
        "happening",
        "document",
        "evidence",
    ];
    let mut columns = columns.map(Column::words).to_vec();
    columns.insert(SURE_AT, Column::figure("confidence"));
    let rows = events.iter().map(|recorded| {
        let event = &recorded.event;
        vec![
            event.id.clone(),
            date(event),
            event.type_name().to_owned(),
            event.mode_names().join("; "),
            names(&event.source),
            names(&event.recipient),
            event.status.to_string(),
            event.attribution.clone(),
            format!("{:.2}", event.confidence),
            event.place.as_ref().map(|place| place.name.clone()).unwrap_or_default(),
            recorded.happening.clone().unwrap_or_default(),
            name_of(documents, recorded.document).to_owned(),
            recorded.evidence.clone(),
        ]
    });
    let mut table = Table { rows: rows.collect(), columns };
    if events.iter().any(|recorded| recorded.event.own.kind.is_some()) {
        let base =
            |event: &Event| event.own.kind.as_ref().map(|_| event.kind.to_string()).unwrap_or_default();
        let after = 1 + table.columns.iter().position(|column| column.name == "type").unwrap_or_default();
        table.columns.insert(after, Column::words("refines"));
        for (row, recorded) in table.rows.iter_mut().zip(events) {
            row.insert(after, base(&recorded.event));
        }
    }
    table
}

/// Actors, a row each.
pub fn actor_table(actors: &[RecordedActor]) -> Table {
    let mut columns = ["id", "name", "type", "country", "sector", "role"].map(Column::words).to_vec();
    columns.extend(["documents", "mentions"].map(Column::count));
    columns.push(Column::words("called"));
    let rows = actors.iter().map(|recorded| {
        let actor = &recorded.actor;
        let mut roles: Vec<&str> = recorded.offices.iter().map(|office| office.role.as_str()).collect();
        roles.dedup();
        vec![
            actor.id.clone(),
            actor.name.clone(),
            actor.kind.to_string(),
            actor.country.map(|code| code.to_string()).unwrap_or_default(),
            actor.sector.map(|sector| sector.to_string()).unwrap_or_default(),
            roles.join("; "),
            recorded.documents.to_string(),
            recorded.mentions.to_string(),
            recorded.names.join("; "),
        ]
    });
    Table { rows: rows.collect(), columns }
}

/// Statements, a row each.
pub fn statement_table(statements: &[RecordedStatement], documents: &[DocumentHead]) -> Table {
    let columns = ["id", "speaker", "addressee", "stance", "form", "document", "content"];
    let columns = columns.map(Column::words).to_vec();
    let rows = statements.iter().map(|recorded| {
        let statement = &recorded.statement;
        let speaker = names(&statement.speaker);
        vec![
            statement.id.clone(),
            if speaker.is_empty() { recorded.speaker_words.clone() } else { speaker },
            names(&statement.addressee),
            statement.stance.to_string(),
            statement.form.to_string(),
            name_of(documents, recorded.document).to_owned(),
            recorded.content.clone(),
        ]
    });
    Table { rows: rows.collect(), columns }
}

/// Changes of position, a row each.
pub fn position_table(positions: &[RecordedPosition], documents: &[DocumentHead]) -> Table {
    let columns = ["actor", "topic", "before", "after", "document", "evidence"].map(Column::words).to_vec();
    let rows = positions.iter().map(|recorded| {
        let change = &recorded.change;
        vec![
            names(&change.actor),
            change.topic.clone(),
            change.before.clone(),
            change.after.clone(),
            name_of(documents, recorded.document).to_owned(),
            recorded.evidence.clone(),
        ]
    });
    Table { rows: rows.collect(), columns }
}

fn names(participants: &[Participant]) -> String {
    participants.iter().map(|participant| participant.name.as_str()).collect::<Vec<_>>().join("; ")
}

fn date(event: &Event) -> String {
    event.date.as_ref().map(|date| date.range.to_string()).unwrap_or_default()
}

fn name_of(documents: &[DocumentHead], id: i64) -> &str {
    documents.iter().find(|head| head.id == id).map_or("", |head| head.name.as_str())
}
