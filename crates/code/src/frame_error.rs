use chancery_core::Context;

use crate::ontology::Ontology;
use crate::ontology_error::remedy_for_mode;

/// A frame file that cannot be used as it stands.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    #[error(
        "{file}:{line}: unknown event type `{word}`; write one of PLOVER's types, as ACCUSE, or declare it in ontology.txt in a line such as `{word} under ACCUSE`"
    )]
    UnknownType { file: String, line: usize, word: String },
    #[error("{file}:{line}: {kind} has no mode `{word}`; {}", remedy_for_mode(kind, word, known))]
    UnknownMode { file: String, line: usize, kind: String, word: String, known: String },
    #[error(
        "{file}:{line}: unknown context `{word}`; write one of PLOVER's, as military, or declare it in ontology.txt in a line such as `context {word} : trawler*`"
    )]
    UnknownContext { file: String, line: usize, word: String },
    #[error("{file}:{line}: a frame begins with `verb`, `noun` or `adj`, not `{word}`")]
    UnknownPart { file: String, line: usize, word: String },
    #[error("{file}:{line}: a frame stands before the first section; begin with a line such as `[ACCUSE]`")]
    NoSection { file: String, line: usize },
    #[error("{file}:{line}: no `:` between the words and the slots, as in `verb condemn : subject > object`")]
    NoSlots { file: String, line: usize },
    #[error("{file}:{line}: no words before the `:`")]
    NoWords { file: String, line: usize },
    #[error("{file}:{line}: word class `@{word}` is not in classes.txt")]
    UnknownClass { file: String, line: usize, word: String },
    #[error("{file}:{line}: unknown option `{word}`")]
    UnknownOption { file: String, line: usize, word: String },
    #[error("{file}:{line}: no slot is called `{word}`; write `{meant}`, or another preposition")]
    UnknownSlot { file: String, line: usize, word: String, meant: &'static str },
    #[error(
        "{file}:{line}: in `{words}`, `{slot}` is no preposition; only prepositions stand side by side with `/`: write a frame for each"
    )]
    MixedSlots { file: String, line: usize, words: String, slot: String },
    #[error("{file}:{line}: a {part} has no slot `{slot}`; only nouns have")]
    ImpossibleSlot { file: String, line: usize, part: &'static str, slot: String },
    #[error(
        "{file}:{line}: `speaker` is a side and no condition; write `speaker > …`, and `require=source` where somebody must be quoted"
    )]
    SpeakerAsCondition { file: String, line: usize },
    #[error(
        "{file}:{line}: `{words}` is {kind} here and {other} in line {before}, under the same conditions; take one away or give it a condition"
    )]
    Contradiction { file: String, line: usize, words: String, kind: String, other: String, before: usize },
    #[error("{file}:{line}: `{word}`: a class holds words, not other classes; write the words of that class")]
    ClassInClass { file: String, line: usize, word: String },
}

/// Lines of a language's contexts that are for no context of PLOVER's or the user's own.
pub(crate) fn context_errors(language: &str, text: &str, ontology: &Ontology) -> Vec<FrameError> {
    let names = (1..).zip(text.lines()).filter_map(|(number, line)| {
        let line = line.split('#').next().unwrap_or_default();
        let (name, _) = line.split_once(':').filter(|_| !line.starts_with(char::is_whitespace))?;
        Some((number, name.trim()))
    });
    let is_known = |name: &str| name.parse::<Context>().is_ok() || ontology.has_context(name);
    let unknown = names.filter(|(_, name)| !is_known(name));
    let file = || format!("languages/{language}/contexts.txt");
    unknown
        .map(|(line, word)| FrameError::UnknownContext { file: file(), line, word: word.to_owned() })
        .collect()
}

/// What is wrong in a language's word classes.
pub(crate) fn class_errors(language: &str, text: &str) -> Vec<FrameError> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let words = lines.zip(1..).flat_map(|(line, number)| {
        let words = line.split_once(':').map_or(line, |(_, words)| words);
        words.split(',').map(move |word| (word.trim(), number))
    });
    let classes = words.filter(|(word, _)| word.starts_with('@') && word.len() > 1);
    let file = || format!("languages/{language}/classes.txt");
    classes
        .map(|(word, line)| FrameError::ClassInClass { file: file(), line, word: word.to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_in_a_class_is_an_error() {
        let errors = class_errors("en", "weapon: drone, @missile # a class\n  tank\n");
        let messages: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "languages/en/classes.txt:1: `@missile`: a class holds words, not other classes; write the words of that class"
            ]
        );
    }
}
