//! The record to dossiers, tables and files.

mod dossier;
mod json;
mod parquet;
mod table;
mod wording;

pub use dossier::Dossier;
pub use json::{actor_json, document_json, event_json, position_json, statement_json};
pub use table::{Cells, Column, Table, actor_table, event_table, position_table, statement_table};
pub use wording::notices_in_words;
