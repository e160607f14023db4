//! What every stage of Chancery speaks of.
//!
//! ```text
//! bytes → Document → Analysis → Mentions → Reports → record → dossier, pages, files
//!         read       parse      find       code      record   present
//! ```
//!
//! This crate holds the types between the arrows and nothing else: no input or output, no clock, no
//! network. A [`Span`] can only be made by the [`Text`] it points into, so that a value's evidence
//! cannot lie; what a stage could not do it says in a [`Notice`].

mod actor;
mod analysis;
mod cameo;
mod codes;
mod date;
mod document;
mod event;
mod features;
mod mentions;
mod notice;
mod ontology;
mod points;
mod refinement;
mod text;

pub use actor::{Actor, ActorKind, Mention, ResolvedBy, Sense};
pub use analysis::{ActOdds, Analysis, NameKind, NameTag, Relation, Sentence, TellingOdds, Upos, Word};
pub use cameo::Cameo;
pub use codes::{CountryCode, Sector};
pub use date::{Date, DateRange, Precision, ResolvedDate};
pub use document::{Block, BlockKind, Document, FurnitureKind, Metadata};
pub use event::{
    Certainty, Confidences, Event, EventPlace, Participant, Polarity, PositionChange, Predicate, Reports,
    Say, Stance, Statement, Status, TimeFrame,
};
pub use features::Features;
pub use mentions::{
    Approximation, Mentions, PlaceMention, Quantity, Quotation, QuotationForm, Region, TimeKind, TimeMention,
};
pub use notice::{Notice, NoticeCode, Staged};
pub use ontology::{Context, EventType, Mode};
pub use points::{is_point, without_points};
pub use refinement::{OwnName, Refinement};
pub use text::{Span, Text};
