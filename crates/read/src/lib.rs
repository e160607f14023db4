//! Bytes to documents.
//!
//! [`read_documents`] takes a name and bytes and gives [`Document`](chancery_core::Document)s: the text,
//! what it states about itself, and what each part of it is. The form is told by content first, by name
//! second. What cannot be read is a [`Refusal`] that names the file, the line and what to do; the rest is
//! read.
//!
//! ```
//! let report = b" date 2024-08-06 Talks in Tehran\n\nThe two ministers met for the first time this year.";
//! let document = chancery_read::read_documents("talks.txt", &report[..]).next().unwrap().unwrap().value;
//! assert_eq!(document.metadata.published.unwrap().to_string(), "2024-08-06");
//! assert_eq!(document.metadata.title.as_deref(), Some("Talks in Tehran"));
//! ```

mod arrange;
mod caption;
mod clipping;
mod comment;
mod day;
mod documents;
mod dom;
mod encoding;
mod feed;
mod form;
mod furniture;
mod head_line;
mod language;
mod line;
mod masthead;
mod page;
mod page_day;
mod page_metadata;
mod pitch;
mod record;
mod refusal;
mod sender;
mod title;
mod unpack;
mod warc;
mod words;

pub use documents::{Documents, Outcome, read_documents};
pub use refusal::{ReadError, Refusal};
