use std::collections::HashMap;

use chancery_core::{Context, EventType, Mode, Status};

use crate::frame::{Condition, Frame, Part, PredicateWords, Require, Slot, WordOrClass};
use crate::words::{WordClasses, WordPattern};

/// A frame file that cannot be used as it stands.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    #[error("{file}:{line}: unknown event type `{word}`; write one of PLOVER's types, as ACCUSE")]
    UnknownType { file: String, line: usize, word: String },
    #[error("{file}:{line}: {kind} has no mode `{word}`")]
    UnknownMode { file: String, line: usize, kind: EventType, word: String },
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
    #[error("{file}:{line}: a {part} has no slot `{slot}`; only nouns have")]
    ImpossibleSlot { file: String, line: usize, part: &'static str, slot: String },
    #[error(
        "{file}:{line}: `{words}` is {kind} here and {other} in line {before}, under the same conditions; take one away or give it a condition"
    )]
    Contradiction {
        file: String,
        line: usize,
        words: String,
        kind: EventType,
        other: EventType,
        before: usize,
    },
    #[error("{file}:{line}: `{word}`: a class holds words, not other classes; write the words of that class")]
    ClassInClass { file: String, line: usize, word: String },
}

/// Reads a language's frames; a line that cannot be read is an error and costs no other line.
pub(crate) fn read_frames(
    language: &str,
    text: &str,
    classes: &WordClasses,
) -> (Vec<Frame>, Vec<FrameError>) {
    let mut reader = FrameReader {
        language,
        file: format!("languages/{language}/frames.txt"),
        line: 0,
        section: None,
        classes,
        errors: Vec::new(),
    };
    let mut frames = Vec::new();
    for (index, line) in text.lines().enumerate() {
        reader.line = index + 1;
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let read = match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(section) => reader.section(section).map(|()| None),
            None => reader.frame(line).map(Some),
        };
        match read {
            Ok(Some(frame)) => frames.push(frame),
            Ok(None) => {}
            Err(error) => reader.errors.push(error),
        }
    }
    reader.contradictions(&frames);
    (frames, reader.errors)
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

struct FrameReader<'t> {
    language: &'t str,
    file: String,
    line: usize,
    section: Option<(EventType, Vec<Mode>)>,
    classes: &'t WordClasses,
    errors: Vec<FrameError>,
}

impl FrameReader<'_> {
    /// Names frames that make another type of the same words, in the same slots and under the same conditions: which of
    /// them fires would be chance.
    fn contradictions(&mut self, frames: &[Frame]) {
        let mut known: HashMap<String, &Frame> = HashMap::new();
        for frame in frames {
            for words in &frame.predicates {
                let mut conditions: Vec<_> =
                    frame.conditions.iter().map(|condition| format!("{condition:?}")).collect();
                conditions.sort_unstable();
                let key = format!(
                    "{:?} {words:?} {conditions:?} {:?} {:?} {:?} {:?}",
                    frame.part, frame.source, frame.recipient, frame.require, frame.armed
                );
                let first = *known.entry(key).or_insert(frame);
                if first.kind != frame.kind {
                    self.errors.push(FrameError::Contradiction {
                        file: self.file.clone(),
                        line: frame.line,
                        words: words.to_string(),
                        kind: frame.kind,
                        other: first.kind,
                        before: first.line,
                    });
                }
            }
        }
    }

    /// The slots of one side, each of which the frame's part of speech must have.
    fn slots(&self, part: Part, slots: &str) -> Result<Vec<Slot>, FrameError> {
        let names = slots.split('|').map(str::trim).filter(|slot| !slot.is_empty() && *slot != "-");
        names.map(|name| self.slot(part, name)).collect()
    }

    /// A slot or a preposition. No preposition of ours is nearly the name of a slot; a slip is.
    fn named(&self, name: &str) -> Result<Slot, FrameError> {
        let meant = SLOTS.iter().find(|slot| **slot != name && slot.len() > 4 && is_slip(name, slot));
        match (slot_named(name), meant) {
            (Slot::Marked(_), Some(meant)) => {
                let (file, word) = (self.file.clone(), name.to_owned());
                Err(FrameError::UnknownSlot { file, line: self.line, word, meant })
            }
            (slot, _) => Ok(slot),
        }
    }

    fn slot(&self, part: Part, name: &str) -> Result<Slot, FrameError> {
        let (file, line) = (self.file.clone(), self.line);
        let slot = self.named(name)?;
        if part == Part::Verb && matches!(slot, Slot::LightSubject | Slot::ClauseSubject) {
            let (part, slot) = (part.as_str(), name.to_owned());
            return Err(FrameError::ImpossibleSlot { file, line, part, slot });
        }
        Ok(slot)
    }

    fn section(&mut self, section: &str) -> Result<(), FrameError> {
        let mut words = section.split([' ', ',', '.']).filter(|word| !word.is_empty());
        let kind = words.next().unwrap_or_default();
        let kind: EventType = kind.parse().map_err(|()| FrameError::UnknownType {
            file: self.file.clone(),
            line: self.line,
            word: kind.to_owned(),
        })?;
        let mut modes = Vec::new();
        for word in words {
            modes.push(self.mode(kind, word)?);
        }
        self.section = Some((kind, modes));
        Ok(())
    }

    fn mode(&self, kind: EventType, word: &str) -> Result<Mode, FrameError> {
        Mode::new(kind, word).ok_or_else(|| FrameError::UnknownMode {
            file: self.file.clone(),
            line: self.line,
            kind,
            word: word.to_owned(),
        })
    }

    fn frame(&mut self, line: &str) -> Result<Frame, FrameError> {
        let (file, at) = (self.file.clone(), self.line);
        let Some((kind, modes)) = self.section.clone() else {
            return Err(FrameError::NoSection { file, line: at });
        };
        let (left, right) =
            line.split_once(" : ").ok_or_else(|| FrameError::NoSlots { file: file.clone(), line: at })?;
        let mut pieces = left.split(" + ");
        let (part, words) = pieces.next().unwrap_or_default().trim().split_once(' ').unwrap_or_default();
        let part = match part {
            "verb" => Part::Verb,
            "noun" => Part::Noun,
            "adj" => Part::Adjective,
            word => {
                return Err(FrameError::UnknownPart { file, line: at, word: word.to_owned() });
            }
        };
        let predicates: Vec<_> =
            words.split(',').map(str::trim).filter(|word| !word.is_empty()).map(predicate_words).collect();
        if predicates.is_empty() {
            return Err(FrameError::NoWords { file, line: at });
        }
        let mut conditions = Vec::new();
        for piece in pieces {
            conditions.push(self.condition(piece.trim())?);
        }
        let (slots, options) = right.split_once(';').unwrap_or((right, ""));
        let mutual = slots.contains('&');
        let (source, recipient) = slots.split_once(['>', '&']).unwrap_or((slots, "-"));
        let first = words.split(',').next().unwrap_or_default().trim().replace('*', "");
        let mut frame = Frame {
            name: format!("{}.{}.{first}-{}", self.language, kind.as_str().to_lowercase(), part.as_str()),
            kind,
            modes,
            contexts: Vec::new(),
            part,
            predicates,
            conditions,
            source: self.slots(part, source)?,
            recipient: self.slots(part, recipient)?,
            mutual,
            require: if kind.is_verbal() || kind == EventType::Consult {
                Require::Source
            } else {
                Require::Any
            },
            weak: false,
            armed: false,
            denial: false,
            status: None,
            future: None,
            line: at,
        };
        for option in options.split([',', ';']).map(str::trim).filter(|option| !option.is_empty()) {
            for option in option.split_whitespace() {
                self.option(&mut frame, option)?;
            }
        }
        Ok(frame)
    }

    fn option(&mut self, frame: &mut Frame, option: &str) -> Result<(), FrameError> {
        let unknown = || FrameError::UnknownOption {
            file: self.file.clone(),
            line: self.line,
            word: option.to_owned(),
        };
        match option.split_once('=') {
            Some(("mode", mode)) => frame.modes.push(self.mode(frame.kind, mode)?),
            Some(("context", context)) => {
                frame.contexts.push(context.parse::<Context>().map_err(|()| unknown())?);
            }
            Some(("require", side)) => {
                frame.require = match side {
                    "both" => Require::Both,
                    "source" => Require::Source,
                    "recipient" => Require::Recipient,
                    "any" => Require::Any,
                    "nobody" => Require::Nobody,
                    _ => return Err(unknown()),
                };
            }
            Some(("future", kind)) => frame.future = Some(kind.parse().map_err(|()| unknown())?),
            // Where an act takes place is read off the place mentions of its clause.
            Some(("place", _)) => {}
            None if option == "weak" => {
                frame.weak = true;
                frame.require = Require::Both;
            }
            None if option == "armed" => frame.armed = true,
            None if option == "denial" => frame.denial = true,
            None => frame.status = Some(option.parse::<Status>().map_err(|()| unknown())?),
            Some(_) => return Err(unknown()),
        }
        Ok(())
    }

    fn condition(&mut self, piece: &str) -> Result<Condition, FrameError> {
        let (absent, piece) = piece.strip_prefix('!').map_or((false, piece), |rest| (true, rest.trim()));
        let (slot, words) = piece.split_once('=').unwrap_or((piece, ""));
        let mut list = Vec::new();
        for word in words.split('|').map(str::trim).filter(|word| !word.is_empty()) {
            match word.strip_prefix('@') {
                Some(class) if self.classes.get(class).is_some() => {
                    list.push(WordOrClass::Class(class.to_owned()));
                }
                Some(class) => {
                    return Err(FrameError::UnknownClass {
                        file: self.file.clone(),
                        line: self.line,
                        word: class.to_owned(),
                    });
                }
                None => list.push(WordOrClass::Word(WordPattern::new(word))),
            }
        }
        Ok(Condition { slot: self.named(slot.trim())?, absent, words: list })
    }
}

fn predicate_words(words: &str) -> PredicateWords {
    let mut patterns = words.split(['_', ' ']).filter(|word| !word.is_empty()).map(WordPattern::new);
    PredicateWords {
        first: patterns.next().unwrap_or_else(|| WordPattern::new("")),
        companions: patterns.collect(),
    }
}

/// The names of slots that are not prepositions.
const SLOTS: [&str; 18] = [
    "subject",
    "object",
    "iobj",
    "agent",
    "bare",
    "poss",
    "amod",
    "light",
    "lightobject",
    "comp",
    "infinitive",
    "particle",
    "compsubject",
    "mark",
    "content",
    "head",
    "clause",
    "speaker",
];

/// Whether a word is a name with one letter wrong, missing, added or exchanged with the next.
fn is_slip(word: &str, name: &str) -> bool {
    let common = word.chars().zip(name.chars()).take_while(|(one, other)| one == other).count();
    let ends = word.chars().rev().zip(name.chars().rev()).take_while(|(one, other)| one == other).count();
    let (length, whole) = (word.chars().count(), name.chars().count());
    common > 1 && length.abs_diff(whole) < 2 && common + ends + 1 >= length.max(whole)
}

fn slot_named(name: &str) -> Slot {
    match name {
        "subject" => Slot::Subject,
        "object" => Slot::Object,
        "iobj" => Slot::IndirectObject,
        "agent" => Slot::Agent,
        "bare" => Slot::Bare,
        "poss" => Slot::Possessor,
        "amod" => Slot::Modifier,
        "light" => Slot::LightSubject,
        "lightobject" => Slot::LightObject,
        "comp" => Slot::Complement,
        "infinitive" => Slot::Infinitive,
        "particle" => Slot::Particle,
        "compsubject" => Slot::ComplementSubject,
        "mark" => Slot::OwnMark,
        "content" => Slot::Content,
        "head" => Slot::Head,
        "clause" => Slot::ClauseSubject,
        "speaker" => Slot::Speaker,
        marks => Slot::Marked(marks.split('/').map(WordPattern::new).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_read_with_its_conditions_and_options() {
        let classes = WordClasses::read("bad: crime\nattack: strike\n");
        let text = "[ACCUSE disapprove]\nverb describe, call + object=@attack + as=@bad : subject > object | for ; weak\n";
        let (frames, errors) = read_frames("en", text, &classes);
        assert_eq!(errors, []);
        let frame = &frames[0];
        assert_eq!(frame.name, "en.accuse.describe-verb");
        assert_eq!((frame.predicates.len(), frame.conditions.len(), frame.weak), (2, 2, true));
        assert_eq!(frame.source, [Slot::Subject]);
        assert_eq!(frame.recipient.len(), 2);
    }

    #[test]
    fn slots_that_do_not_exist_and_frames_that_contradict_are_errors() {
        let text = "[ASSAULT]\nverb bomb : subject > object\nverb hit : subjekt > object\nverb raid : light > object\n[AID]\nverb bomb : subject > object\nverb bomb + object=food : subject > object\nverb give + objct=food : subject > object\n";
        let (_, errors) = read_frames("en", text, &WordClasses::default());
        let messages: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "languages/en/frames.txt:3: no slot is called `subjekt`; write `subject`, or another preposition",
                "languages/en/frames.txt:4: a verb has no slot `light`; only nouns have",
                "languages/en/frames.txt:8: no slot is called `objct`; write `object`, or another preposition",
                "languages/en/frames.txt:6: `bomb` is AID here and ASSAULT in line 2, under the same conditions; take one away or give it a condition",
            ]
        );
    }

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

    #[test]
    fn errors_name_file_line_and_remedy() {
        let text = "verb a : subject\n[ACCUSED]\n[AGREE aerial]\n[AID]\nverb give\nverb give + object=@nothing : subject\n";
        let (frames, errors) = read_frames("en", text, &WordClasses::default());
        assert!(frames.is_empty());
        let messages: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "languages/en/frames.txt:1: a frame stands before the first section; begin with a line such as `[ACCUSE]`",
                "languages/en/frames.txt:2: unknown event type `ACCUSED`; write one of PLOVER's types, as ACCUSE",
                "languages/en/frames.txt:3: AGREE has no mode `aerial`",
                "languages/en/frames.txt:5: no `:` between the words and the slots, as in `verb condemn : subject > object`",
                "languages/en/frames.txt:6: word class `@nothing` is not in classes.txt",
            ]
        );
    }
}
