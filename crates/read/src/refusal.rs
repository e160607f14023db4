use std::{fmt, io};

/// An input, or one record of a container, that was not read; the message names it and says what to do.
#[derive(Debug)]
pub struct Refusal {
    /// The path as given.
    pub name: String,
    /// Where the input is a container: the line, or the number of the record, from 1.
    pub line: Option<usize>,
    pub reason: ReadError,
}

/// Why an input was refused; reads on from the name of the input.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    #[error("is empty: there is nothing to read")]
    Empty,
    #[error("is a binary file ({0}), not a report: save its text as .txt or .html and read that")]
    Binary(&'static str),
    #[error("is longer than {} MB: split it, or store one document a line as JSON Lines", .limit >> 20)]
    TooLong { limit: usize },
    #[error("is {} long; a record may hold {} MB: store its documents as one line each", size(*.length), .limit >> 20)]
    LineTooLong { length: u64, limit: usize },
    #[error("is not JSON: {0}")]
    NotJson(String),
    #[error("is not a record: a record is a JSON object with `text` or `html`")]
    NotRecord,
    #[error("has neither `text` nor `html`, so that there is nothing to read in it")]
    NoText,
    #[error("holds no documents")]
    NoDocuments,
    #[error("is not a feed that can be read: {0}")]
    BadFeed(String),
    #[error("is damaged {form} data ({why}): fetch or pack it again")]
    Damaged { form: &'static str, why: String },
    #[error("unpacks to more than {times} times its size, as no report does: unpack it by hand and look")]
    Bomb { times: u64 },
    #[error("could not be read: {0}")]
    Io(#[from] io::Error),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{} line {line} {}", self.name, self.reason),
            None => write!(f, "{} {}", self.name, self.reason),
        }
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.reason)
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
