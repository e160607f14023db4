//! RSS, Atom and JSON feeds.

use std::collections::VecDeque;

use chancery_core::Notice;

use crate::{Outcome, ReadError};

/// Reads the entries of an RSS or Atom feed.
pub(crate) fn read_xml(_: &str, _: &str, _: &[Notice]) -> Result<VecDeque<Outcome>, ReadError> {
    Err(ReadError::BadFeed("feeds are not read yet".to_owned()))
}

/// Reads the items of a JSON feed.
pub(crate) fn read_json(
    _: &str,
    _: &serde_json::Value,
    _: &[Notice],
) -> Result<VecDeque<Outcome>, ReadError> {
    Err(ReadError::BadFeed("feeds are not read yet".to_owned()))
}
