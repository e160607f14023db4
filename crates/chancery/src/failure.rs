use std::io;
use std::path::PathBuf;

use chancery_parse::{FusedError, ModelError};
use chancery_record::RecordError;
use chancery_tables::OverlayError;

use crate::query_result::QueryResultError;

/// Why a call could not be answered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error("the model inside this program is damaged ({0}): install it again")]
    Model(#[from] ModelError),
    #[error(transparent)]
    Fused(#[from] FusedError),
    #[error("the output could not be written: {0}")]
    Output(#[from] io::Error),
    #[error("{} could not be written: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error("the tables in {} cannot be used: {source}", path.display())]
    Tables { path: PathBuf, source: OverlayError },
    #[error("the frames in {} cannot be used:\n{faults}", path.display())]
    Frames { path: PathBuf, faults: String },
    #[error("the ontology in {} cannot be used:\n{faults}", path.display())]
    Ontology { path: PathBuf, faults: String },
    #[error("no type of event is called `{word}`: the types are {known}")]
    UnknownType { word: String, known: String },
    #[error("{} could not be read: {source}", path.display())]
    Unread { path: PathBuf, source: io::Error },
    #[error("{}: {source}", path.display())]
    QueryResult { path: PathBuf, source: QueryResultError },
    #[error("nobody in the tables or in the record is called `{name}`{}", suggest(near))]
    UnknownName { name: String, near: Vec<String> },
    #[error("`{0}` and `{1}` are the same actor: a dossier is about two")]
    OneActor(String, String),
    #[error("the record has no event `{0}`: `chancery events` lists them with their ids")]
    UnknownEvent(String),
    #[error("`{0}` is neither a document of the record nor a file that can be read")]
    UnknownDocument(String),
    #[error("{document} has {count} sentences; there is no sentence {wanted}")]
    NoSentence { document: String, count: usize, wanted: usize },
}

fn suggest(near: &[String]) -> String {
    match near {
        [] => ": write the name as a report would, or a country's code such as IRN".to_owned(),
        near => format!(": did you mean {}?", near.join(", or ")),
    }
}
