//! HTML pages.

use chancery_core::{Document, Notice, Staged};

use crate::clipping;
use crate::record::Stated;

/// Reads a page: its visible text, a block a line.
pub(crate) fn read(name: &str, html: &str, notices: Vec<Notice>, stated: &Stated) -> Staged<Document> {
    clipping::read(name, html, notices, stated)
}
