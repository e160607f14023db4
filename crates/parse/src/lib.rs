//! Documents to analyses: sentences, words, lemmas, heads, names.
//!
//! Rules cut the text into sentences and words (`markup`, `words`, `sentences`, with the tables of
//! `languages/`); one multilingual encoder (`pieces`, `encoder`) gives each word a vector, off which heads
//! read parts of speech, names and a tree (`heads`, `tree`); tables of endings give the lemmas (`lemmas`). Fused words
//! (French `du`) are read as one, and stay so for the stages after this one; [`Parser::split_fused`] takes them apart
//! for who wants universal dependencies (`fused`).
//! The weights stand in the binary, so that a [`Parser`] needs no file and no network.

mod acts;
mod capitals;
mod conllu;
mod datelines;
mod drafts;
mod encoder;
mod exit;
mod fused;
mod fused_table;
mod han;
mod heads;
mod known;
mod lemmas;
mod markup;
mod mend;
mod model;
mod opening_verbs;
mod parser;
mod pieces;
mod rules;
mod sentences;
mod state_participles;
mod tagger;
mod telling;
mod tier;
mod tree;
mod willing;
mod word_map;
mod words;

pub use conllu::write_conllu;
pub use drafts::Sentences;
pub use fused_table::FusedError;
pub use parser::Parser;
pub use tier::Tier;

/// A model that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    #[error("the model's header is not one of ours")]
    Header,
    #[error("the model's form is {0}, and this program reads form 2")]
    Version(u32),
    #[error("the model has no `{0}`")]
    Missing(String),
    #[error("the model's `{0}` has the wrong shape")]
    Shape(String),
}
