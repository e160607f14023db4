//! Mentions to reports: events and statements, their roles, modes, contexts and status, and why.
//!
//! What an event is stands in `languages/xx/frames.txt`; this crate finds the frames' words in the trees
//! of a document, looks up who stands in their slots, and reads off the words around them how sure the
//! act is and who says so.

mod accents;
mod acts_of_nouns;
mod animate_objects;
mod answers;
mod arrests;
mod attachment;
mod attribution;
mod blame;
mod case_endings;
mod charges;
mod circumstances;
mod clause;
mod complements;
mod compound_verbs;
mod confidence;
mod counted;
mod coverbs;
mod dating;
mod demands;
mod dialogue;
mod doers;
mod doers_of_nouns;
mod doubt;
mod dropped_subject;
mod embedding;
mod events;
mod explain;
mod firing;
mod fitting;
mod frame;
mod frame_error;
mod frame_reader;
mod governing;
mod grounds;
mod language;
mod light_verbs;
mod mending;
mod mentioned;
mod merging;
mod modality;
mod naming;
mod nouns_of_adjectives;
mod number;
mod object_first;
mod objects;
mod occurrence_status;
mod ontology;
mod ontology_error;
mod ontology_line;
mod ontology_reader;
mod opening_verb;
mod owners;
mod parted_names;
mod participles;
mod particles;
mod parties;
mod passives;
mod phrases;
mod positions;
mod predicates;
mod protest;
mod receivers;
mod recipients;
mod reflexives;
mod refusals;
mod rule;
mod sides;
mod slot_parties;
mod statements;
mod status;
mod subjects;
mod tellers;
mod verb_place;
mod withdrawals;
mod words;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chancery_core::{Analysis, Document, Mentions, Notice, NoticeCode, Reports};
use xxhash_rust::xxh3::xxh3_64;

pub use frame_error::FrameError;
use language::Language;
use ontology::Ontology;
pub use ontology_error::OntologyError;

/// Codes documents with the frames of `languages/`. The tables of a language are read on its first use.
pub struct Coder {
    languages: BTreeMap<&'static str, OnceLock<Option<Language>>>,
    ontology: Ontology,
    keeps_doubtful: bool,
}

impl Coder {
    /// Makes a coder for every language inside the binary.
    pub fn load() -> Self {
        Self {
            languages: chancery_tables::languages().into_iter().map(|code| (code, OnceLock::new())).collect(),
            ontology: Ontology::load(),
            keeps_doubtful: false,
        }
    }

    /// Keeps events that are hardly sure among the others, which are left out with a notice each otherwise.
    #[must_use]
    pub fn keeping_doubtful(mut self, keeps: bool) -> Self {
        self.keeps_doubtful = keeps;
        self
    }

    /// Codes every event and statement of a document. A document in a language without frames gives
    /// statements only, and a notice.
    pub fn code(&self, document: &Document, analysis: &Analysis, mentions: &Mentions) -> Reports {
        let mut reports =
            Reports { statements: statements::find_statements(document, mentions), ..Reports::default() };
        for (index, statement) in reports.statements.iter_mut().enumerate() {
            let key = format!("{}\0{}\0{index}", document.name, statement.content.start());
            statement.id = format!("s{:011x}", xxh3_64(key.as_bytes()) & 0xfff_ffff_ffff);
        }
        let Some(language) = self.language(document) else {
            let name = document.metadata.language.as_deref().unwrap_or("unknown");
            let text = format!("no event frames for the language `{name}`: events are not coded");
            reports.notices.push(Notice::new(NoticeCode::LanguageWithoutFrames, None, text));
            return reports;
        };
        reports.events = events::find_events(document, analysis, mentions, language);
        reports.predicates = predicates::find_predicates(document, analysis, mentions, language);
        reports.position_changes = positions::find_position_changes(document, analysis, mentions, language);
        let admissions = positions::admissions(&reports.position_changes, mentions, &reports.events);
        if !self.keeps_doubtful {
            reports.notices.extend(doubt::leave_out(document, &mut reports.events));
        }
        events::insert(document, &mut reports.events, admissions);
        naming::name_events(&self.ontology, language, analysis, &mut reports.events);
        reports
    }

    /// Tells, for a sentence, which frames fired, and which nearly fired and what was missing.
    pub fn explain_sentence(
        &self,
        document: &Document,
        analysis: &Analysis,
        mentions: &Mentions,
        sentence: usize,
    ) -> String {
        let Some(language) = self.language(document) else {
            return "No event frames for this language.\n".to_owned();
        };
        let mut told = explain::explain_sentence(document, analysis, mentions, language, sentence);
        let events = events::find_events(document, analysis, mentions, language);
        told.push_str(&doubt::explain(document, events.iter().filter(|event| event.sentence == sentence)));
        if !self.ontology.rules.is_empty() {
            let events = self.code(document, analysis, mentions).events;
            let of_sentence = events.iter().filter(|event| event.sentence == sentence);
            told.push_str(&naming::explain_names(&self.ontology, language, document, analysis, of_sentence));
        }
        told
    }

    /// The names of the types that the user's own `ontology.txt` declares, in its order.
    pub fn own_types(&self) -> Vec<&str> {
        self.ontology.types.iter().map(|own| own.name.name.as_str()).collect()
    }

    /// What is wrong in the user's own `ontology.txt`: every error with line and remedy.
    pub fn check_ontology(&self) -> &[OntologyError] {
        &self.ontology.errors
    }

    /// What is wrong in the frame files: every error with file, line and remedy.
    pub fn check(&self) -> Vec<&FrameError> {
        self.languages
            .keys()
            .filter_map(|code| self.get(code))
            .flat_map(|language| &language.errors)
            .collect()
    }

    fn language(&self, document: &Document) -> Option<&Language> {
        self.get(document.metadata.language.as_deref()?)
    }

    fn get(&self, code: &str) -> Option<&Language> {
        self.languages.get(code)?.get_or_init(|| Language::read(code, &self.ontology)).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_every_frame_file_can_be_read() {
        let coder = Coder::load();
        let faults: Vec<_> = coder.check().iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
