//! Reports to happenings and positions, kept in one `SQLite` file.
//!
//! A report is what one text says and never changes; a happening is the judgement that several reports
//! speak of one thing, and is recomputed from all reports whenever some are added. Every value keeps its
//! span and the words at it, so that each can be checked against the text ([`Record::check`]).

mod actors;
mod check;
mod documents;
mod error;
mod events;
mod filter;
#[cfg(any(test, feature = "fixture"))]
pub mod fixture;
mod happening;
mod occurrence;
mod put;
mod reading;
mod record;
mod schema;
mod sighting;
mod statements;
mod story;

pub use actors::{RecordedActor, RecordedOffice};
pub use check::Mismatch;
pub use documents::DocumentHead;
pub use error::RecordError;
pub use events::{RecordedEvent, RecordedQuantity};
pub use filter::{Filter, Party};
pub use happening::{Happenings, happenings};
pub use occurrence::{Account, Judged, judge};
pub use put::Put;
pub use reading::Reading;
pub use record::Record;
pub use sighting::{Clues, Sighting, sightings};
pub use statements::{RecordedPosition, RecordedStatement};
pub use story::{Gist, stories};
