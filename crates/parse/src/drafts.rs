use std::ops::Range;

use chancery_core::{Analysis, Span, Text};

use crate::Parser;
use crate::parser::Language;

/// Pieces that go through the encoder at a time: enough to keep the matrix products busy, few enough to stay
/// in the cache.
const BATCH: usize = 384;
/// Fewer pieces than this are not worth a thread of their own.
const LEAST_BATCH: usize = 64;

/// A sentence whose words are cut but not read.
pub(crate) struct Draft<'a> {
    pub(crate) block: usize,
    pub(crate) language: &'a Language,
    pub(crate) words: Vec<(Span, Vec<u32>)>,
    /// The pieces that names are read from, where they are others.
    pub(crate) names: Vec<Vec<u32>>,
}

impl Draft<'_> {
    /// Pieces, with the start and the end.
    pub(crate) fn size(&self) -> usize {
        self.words.iter().map(|(_, pieces)| pieces.len()).sum::<usize>() + 2
    }

    /// From the first word to the last.
    fn span(&self) -> Option<Span> {
        let ((first, _), (last, _)) = (self.words.first()?, self.words.last()?);
        Some(first.cover(*last))
    }

    /// The same words, as names are read.
    pub(crate) fn as_named(&self) -> Self {
        let words = self.words.iter().zip(&self.names).map(|((span, _), pieces)| (*span, pieces.clone()));
        Self { words: words.collect(), names: Vec::new(), ..*self }
    }

    /// What the reading depends on: the pieces, with a mark between words.
    pub(crate) fn key(&self) -> Vec<u32> {
        self.words.iter().flat_map(|(_, pieces)| pieces.iter().copied().chain([u32::MAX])).collect()
    }
}

/// The sentences of a document's news, cut into words but not read: no tags, names and trees yet.
pub struct Sentences<'a> {
    pub(crate) parser: &'a Parser,
    pub(crate) text: &'a Text,
    pub(crate) drafts: Vec<Draft<'a>>,
}

impl Sentences<'_> {
    /// Where each sentence stands in the text.
    pub fn spans(&self) -> impl Iterator<Item = Span> {
        self.drafts.iter().filter_map(Draft::span)
    }

    /// Reads all of them.
    pub fn read(&self) -> Analysis {
        self.parser.analyse(self.text, &self.drafts)
    }

    /// Reads those that stand where the caller wants them, just as they are read among all.
    pub fn read_where(mut self, wanted: impl Fn(Span) -> bool) -> Analysis {
        self.drafts.retain(|draft| draft.span().is_some_and(&wanted));
        self.read()
    }
}

/// Stretches of drafts that are read together: of at most [`BATCH`] pieces where a sentence is no longer, about alike in
/// size, and as many as keep all threads at work.
pub(crate) fn batches(drafts: &[&Draft<'_>], threads: usize) -> Vec<Range<usize>> {
    let all: usize = drafts.iter().map(|draft| draft.size()).sum();
    // Less than this for each thread, and the work is not worth its share of the products' weights.
    let threads = threads.min(all / LEAST_BATCH).max(1);
    let count = all.div_ceil(BATCH).next_multiple_of(threads);
    let most = all.div_ceil(count.max(1)).min(BATCH);
    let mut batches: Vec<Range<usize>> = Vec::new();
    let mut size = 0;
    for (index, draft) in drafts.iter().enumerate() {
        size += draft.size();
        match batches.last_mut() {
            // A sentence goes where most of it fits.
            Some(batch) if size <= most + draft.size() / 2 && size <= BATCH => batch.end = index + 1,
            _ => {
                batches.push(index..index + 1);
                size = draft.size();
            }
        }
    }
    batches
}
