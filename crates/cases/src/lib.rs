//! Runs what is promised in `cases/`, for the tests of the other crates.
//!
//! A case is a line of a file `cases/STAGE/xx_….txt`, where `xx` is its language. `#` begins a comment; `@2024-08-06`
//! sets the day of the lines below (`@` alone: none); ` // ` parts paragraphs. `?` before a case marks one that is known
//! not to hold: it must not hold, so that the mark is taken away when it does.

mod files;
mod marked;

pub use files::{Case, Files, root};
pub use marked::{Mark, Marked, document};

/// How a case was read, where that is not as promised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub wanted: String,
    pub got: String,
}

/// A fault where two lists differ.
pub fn same(wanted: &[String], got: &[String]) -> Result<(), Fault> {
    let shown = |list: &[String]| if list.is_empty() { "nothing".to_owned() } else { list.join("; ") };
    if wanted == got { Ok(()) } else { Err(Fault { wanted: shown(wanted), got: shown(got) }) }
}
