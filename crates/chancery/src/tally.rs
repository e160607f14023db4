use std::collections::BTreeMap;
use std::fmt;

use chancery_core::{Notice, NoticeCode};
use chancery_present::notices_in_words;

/// What became of the documents of a call; its text is the closing line.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) read: usize,
    pub(crate) known: usize,
    pub(crate) refused: usize,
    pub(crate) events: usize,
    pub(crate) statements: usize,
    notices: BTreeMap<NoticeCode, usize>,
}

impl Tally {
    pub(crate) fn add_notices(&mut self, notices: &[Notice]) {
        for notice in notices {
            *self.notices.entry(notice.code).or_default() += 1;
        }
    }

    /// Says on standard error that an input was refused, and why.
    pub(crate) fn refuse(&mut self, why: impl fmt::Display) {
        self.refused += 1;
        eprintln!("refused: {why}");
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let documents = count(self.read, "document", "documents");
        write!(
            f,
            "{documents} read ({}, {})",
            count(self.events, "event", "events"),
            count(self.statements, "statement", "statements")
        )?;
        if self.known > 0 {
            write!(f, ", {} already known", self.known)?;
        }
        write!(f, ", {} refused", self.refused)?;
        let notices = notices_in_words(&self.notices);
        if !notices.is_empty() {
            write!(f, "; {}", notices.join(", "))?;
        }
        f.write_str(".")
    }
}

fn count(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
