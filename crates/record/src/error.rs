use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A record that cannot be opened, read or written. Each message says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    #[error(
        "there is no record at {}: run `chancery read PATH` first, or name another with --record", .0.display()
    )]
    Missing(PathBuf),
    #[error(
        "the record {} cannot be opened: check that its folder exists and that you may read and write there",
        .0.display()
    )]
    Unreadable(PathBuf),
    #[error("the record {} is in use by another program: wait until it is done and try again", .0.display())]
    Locked(PathBuf),
    #[error("{} is not a Chancery record: name another file with --record", .0.display())]
    NotARecord(PathBuf),
    #[error(
        "the record {} was written by a newer version (its schema is {found}, this program knows {known}): \
         use that version",
        path.display()
    )]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error(
        "the record {} was written by an older version and must be brought up to date: give yourself the right to write it once",
        .0.display()
    )]
    Older(PathBuf),
    #[error(
        "the disk of the record {} is full: make room and run the same command again; what was recorded is kept",
        .0.display()
    )]
    DiskFull(PathBuf),
    #[error(
        "the record {} cannot be written: give yourself the right to write it, or name another with --record",
        .0.display()
    )]
    ReadOnly(PathBuf),
    #[error(
        "the disk of the record {} does not answer as it should: check it and its free room, then run the same \
         command again; what was recorded is kept", .0.display()
    )]
    Disk(PathBuf),
    #[error("the record {} is damaged: restore a copy, or read the documents again into a new one", .0.display())]
    Damaged(PathBuf),
    #[error("{document}: {value} quotes words that are not in its text, so the document is not recorded")]
    WordsNotInText { document: String, value: String },
    #[error("the record {}: {source}", path.display())]
    Sqlite { path: PathBuf, source: rusqlite::Error },
}

impl RecordError {
    pub(crate) fn new(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        let rusqlite::Error::SqliteFailure(failure, _) = &source else {
            return Self::Sqlite { path, source };
        };
        match failure.code {
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::Unreadable(path),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
                Self::Locked(path)
            }
            ErrorCode::NotADatabase => Self::NotARecord(path),
            ErrorCode::DiskFull => Self::DiskFull(path),
            ErrorCode::ReadOnly => Self::ReadOnly(path),
            ErrorCode::SystemIoFailure => Self::Disk(path),
            ErrorCode::DatabaseCorrupt => Self::Damaged(path),
            _ => Self::Sqlite { path, source },
        }
    }

    /// Whether nothing more can be written after it, so that a run should stop.
    pub fn is_fatal(&self) -> bool {
        !matches!(self, Self::WordsNotInText { .. })
    }
}
