use std::collections::BTreeSet;
use std::fmt::{self, Write};

use chancery_core::{BlockKind, Document, Span};
use chancery_record::RecordedEvent;

use super::Dossier;
use super::happening::DossierHappening;
use super::html::escape;

impl Dossier {
    /// The text of a document of the dossier.
    fn text(&self, document: i64) -> Option<&Document> {
        let index = self.documents.iter().position(|head| head.id == document)?;
        self.texts.get(index)
    }

    /// Whether the evidence of a report begins inside its sentence, so that words before it are left out.
    pub(crate) fn starts_inside(&self, report: &RecordedEvent) -> bool {
        let start = report.event.evidence.start();
        let Some(document) = self.text(report.document) else { return false };
        let before = document.text.as_str().get(..start).unwrap_or_default();
        let starts_block = document.blocks.iter().any(|block| block.span.start() == start);
        let ends_sentence = |letter: char| {
            matches!(letter, '.' | '!' | '?' | '…' | '。' | '؟' | '！' | '？' | '"' | '”' | '»' | '\n')
        };
        let is_space = |letter: char| letter == ' ' || letter == '\t' || letter == '\u{a0}';
        let before = before.trim_end_matches(is_space).trim_end_matches(['"', '“', '«', '„', '\'']);
        let last = before.trim_end_matches(is_space).chars().next_back();
        !starts_block && last.is_some_and(|letter| !ends_sentence(letter))
    }

    /// A link to the words of a document that an entry rests on.
    pub(crate) fn source_link(&self, document: i64, sentence: usize, words: Span) -> String {
        let number = self.number_of(document);
        format!(
            "<a href=\"#d{number}\">D{number}</a>, <a href=\"#{}\">sentence {}</a>",
            anchor(number, words.start()),
            sentence + 1
        )
    }

    /// Where the entries of the dossier begin in a document.
    fn beginnings(&self, document: i64) -> BTreeSet<usize> {
        let happenings =
            self.timeline.iter().chain(&self.apart).chain(self.third_parties.iter().flat_map(|(_, all)| all));
        let reports = happenings.flat_map(|happening: &DossierHappening| &happening.reports);
        let events = reports.filter(|report| report.document == document);
        let statements = self.statements.iter().filter(|said| said.document == document);
        events
            .map(|report| report.event.evidence.start())
            .chain(statements.map(|said| said.statement.content.start()))
            .collect()
    }

    /// The text of a document, folded, with a mark where the words of each entry begin.
    pub(crate) fn source_html(&self, out: &mut String, number: usize, document: i64) -> fmt::Result {
        let Some(source) = self.text(document) else { return Ok(()) };
        let beginnings = self.beginnings(document);
        write!(
            out,
            "<details><summary>Its text</summary>\n<div class=\"source\"{}>\n",
            self.language_attributes(document)
        )?;
        for block in &source.blocks {
            let class = match block.kind {
                BlockKind::Title | BlockKind::Subheading => " class=\"heading\"",
                BlockKind::Furniture(_) => " class=\"furniture\"",
                BlockKind::Caption => " class=\"caption\"",
                BlockKind::Standfirst | BlockKind::Paragraph => "",
            };
            write!(out, "<p{class}>")?;
            let (mut at, end) = (block.span.start(), block.span.end());
            for &begin in beginnings.range(at..end) {
                out.write_str(&escape(source.text.as_str().get(at..begin).unwrap_or_default()))?;
                write!(out, "<span id=\"{}\" class=\"begin\"></span>", anchor(number, begin))?;
                at = begin;
            }
            out.write_str(&escape(source.text.as_str().get(at..end).unwrap_or_default()))?;
            out.write_str("</p>\n")?;
        }
        out.write_str("</div>\n</details>\n")
    }
}

/// The name of the place in a document where an entry's words begin.
fn anchor(number: usize, start: usize) -> String {
    format!("d{number}-{start}")
}
