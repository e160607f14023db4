use chancery_code::Coder;
use chancery_core::{Document, Staged};
use chancery_find::Finder;
use chancery_parse::{ModelError, Parser, Tier};
use chancery_read::Outcome;
use chancery_record::Reading;
use rayon::prelude::*;

use crate::inputs::Input;

/// The stages from document to reports, loaded once.
pub(crate) struct Pipeline {
    parser: Parser,
    finder: Finder,
    coder: Coder,
}

/// How many documents are analysed side by side before their readings are handed on.
const BATCH: usize = 16;
/// How much text a batch may hold before it is handed on.
const BATCH_BYTES: usize = 1 << 22;

impl Pipeline {
    pub(crate) fn load(tier: Tier) -> Result<Self, ModelError> {
        Ok(Self { parser: Parser::load()?.with_tier(tier), finder: Finder::load(), coder: Coder::load() })
    }

    pub(crate) fn keeping_doubtful(mut self, keeps: bool) -> Self {
        self.coder = self.coder.keeping_doubtful(keeps);
        self
    }

    pub(crate) fn coder(&self) -> &Coder {
        &self.coder
    }

    /// The way through: document → analysis → mentions → reports.
    pub(crate) fn analyse(&self, document: Staged<Document>) -> Reading {
        let Staged { value: document, mut notices } = document;
        let mut parsed = self.parser.parse(&document);
        let mut found = self.finder.find(&document, &parsed.value);
        let mut reports = self.coder.code(&document, &parsed.value, &found.value);
        notices.append(&mut parsed.notices);
        notices.append(&mut found.notices);
        notices.append(&mut reports.notices);
        reports.notices = notices;
        Reading { document, analysis: parsed.value, mentions: found.value, reports }
    }

    /// Analyses documents side by side, in batches, and returns the readings in the same order.
    pub(crate) fn analyse_all(&self, documents: Vec<Staged<Document>>) -> Vec<Reading> {
        documents.into_par_iter().map(|document| self.analyse(document)).collect()
    }
}

/// Documents that wait to be analysed together.
#[derive(Default)]
pub(crate) struct Batch {
    documents: Vec<Staged<Document>>,
    bytes: usize,
}

impl Batch {
    /// Adds a document, and returns all when they are enough.
    pub(crate) fn add(&mut self, document: Staged<Document>) -> Option<Vec<Staged<Document>>> {
        self.bytes += document.value.text.as_str().len();
        self.documents.push(document);
        (self.documents.len() >= BATCH || self.bytes >= BATCH_BYTES).then(|| self.take())
    }

    pub(crate) fn take(&mut self) -> Vec<Staged<Document>> {
        self.bytes = 0;
        std::mem::take(&mut self.documents)
    }
}

/// Reads the documents of an input; an input that cannot be opened is one refusal.
pub(crate) fn documents(input: &Input) -> Box<dyn Iterator<Item = Outcome>> {
    match input.open() {
        Ok(source) => Box::new(chancery_read::read_documents(&input.name, source)),
        Err(error) => Box::new(std::iter::once(Err(chancery_read::Refusal {
            name: input.name.clone(),
            line: None,
            reason: error.into(),
        }))),
    }
}
