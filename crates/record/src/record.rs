use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::RecordError;
use crate::schema;

/// How long to wait for another program that holds the record.
const PATIENCE: Duration = Duration::from_secs(5);

/// A record: one `SQLite` file.
#[derive(Debug)]
pub struct Record {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl Record {
    /// Opens the record at `path`, making it where there is none.
    pub fn create(path: &Path) -> Result<Self, RecordError> {
        Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a record that exists, to be read.
    pub fn open(path: &Path) -> Result<Self, RecordError> {
        if !path.exists() {
            return Err(RecordError::Missing(path.to_owned()));
        }
        match Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE) {
            Err(RecordError::Unreadable(_) | RecordError::ReadOnly(_)) => {
                Self::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
            }
            other => other,
        }
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, RecordError> {
        let fail = |error| RecordError::new(path, error);
        if path.is_dir() {
            return Err(RecordError::NotARecord(path.to_owned()));
        }
        let mut connection =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(fail)?;
        connection.busy_timeout(PATIENCE).map_err(fail)?;
        let number =
            |pragma: &str| connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0));
        let application = number("application_id").map_err(fail)?;
        let found = schema::version(&connection).map_err(fail)?;
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0)).map_err(fail)?;
        let is_new = application == 0 && found == 0 && tables == 0;
        if !is_new && application != schema::APPLICATION {
            return Err(RecordError::NotARecord(path.to_owned()));
        }
        if found > schema::VERSION {
            return Err(RecordError::Newer { path: path.to_owned(), found, known: schema::VERSION });
        }
        if connection.is_readonly("main").map_err(fail)? {
            if !is_new && found < schema::VERSION {
                return Err(RecordError::Older(path.to_owned()));
            }
        } else {
            connection.pragma_update(None, "journal_mode", "WAL").map_err(fail)?;
            connection.pragma_update(None, "synchronous", "NORMAL").map_err(fail)?;
            connection.pragma_update(None, "foreign_keys", true).map_err(fail)?;
            schema::migrate(&mut connection).map_err(fail)?;
        }
        Ok(Self { connection, path: path.to_owned() })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn fail(&self, error: rusqlite::Error) -> RecordError {
        RecordError::new(&self.path, error)
    }
}
