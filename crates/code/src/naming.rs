use std::fmt::Write as _;

use chancery_core::{Analysis, Document, Event};

use crate::language::Language;
use crate::ontology::Ontology;
use crate::rule::Seen;
use crate::words::WordKeys;

/// Gives events the names that the rules of the user's own ontology have for them.
pub(crate) fn name_events(
    ontology: &Ontology,
    language: &Language,
    analysis: &Analysis,
    events: &mut [Event],
) {
    for event in events.iter_mut().filter(|event| ontology.has_rules_for(event.kind)) {
        let keys = keys_of(language, analysis, event);
        ontology.rename(event, &seen(language, analysis, event, &keys));
    }
}

/// Tells of each event which rules were asked, and what those lack that do not fit; nothing where none were.
pub(crate) fn explain_names<'e>(
    ontology: &Ontology,
    language: &Language,
    document: &Document,
    analysis: &Analysis,
    events: impl Iterator<Item = &'e Event>,
) -> String {
    let mut out = String::new();
    for event in events.filter(|event| ontology.has_rules_for(event.kind)) {
        let keys = keys_of(language, analysis, event);
        let words = document.text.slice(event.predicate);
        let _ = writeln!(out, "  `{words}` is coded {}, {}:", event.kind, event.status);
        for line in ontology.explain(event, &seen(language, analysis, event, &keys)) {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

fn keys_of(language: &Language, analysis: &Analysis, event: &Event) -> Vec<WordKeys> {
    let sentence = analysis.sentences.get(event.sentence);
    sentence.map(|sentence| WordKeys::of_sentence(sentence, language.spelling())).unwrap_or_default()
}

fn seen<'a>(language: &'a Language, analysis: &Analysis, event: &Event, keys: &'a [WordKeys]) -> Seen<'a> {
    let sentence = analysis.sentences.get(event.sentence);
    let clause = sentence.map_or(0..0, |sentence| sentence.words_in(event.evidence));
    Seen { keys, classes: &language.classes, clause }
}
