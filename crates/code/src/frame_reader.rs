use std::collections::HashMap;

use chancery_core::{Context, Mode, OwnName, Refinement, Status};

use crate::frame::{Condition, Frame, Part, PredicateWords, Require, Slot, WordOrClass};
use crate::frame_error::FrameError;
use crate::ontology::{Ontology, TypeName};
use crate::words::{WordClasses, WordPattern};

/// Reads a table of a language's frames, `frames` or the user's own `frames.more`; a line that cannot be read is an error and costs no other line.
pub(crate) fn read_frames(
    language: &str,
    table: &'static str,
    text: &str,
    classes: &WordClasses,
    ontology: &Ontology,
) -> (Vec<Frame>, Vec<FrameError>) {
    let mut reader = FrameReader {
        language,
        table,
        file: format!("languages/{language}/{table}.txt"),
        line: 0,
        section: None,
        classes,
        ontology,
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

/// What the frames below a section make.
#[derive(Clone)]
struct Section {
    kind: TypeName,
    modes: Vec<Mode>,
    own_modes: Vec<OwnName>,
}

struct FrameReader<'t> {
    language: &'t str,
    table: &'static str,
    file: String,
    line: usize,
    section: Option<Section>,
    classes: &'t WordClasses,
    ontology: &'t Ontology,
    errors: Vec<FrameError>,
}

impl FrameReader<'_> {
    /// Names frames that make another type of the same words, in the same slots and under the same conditions: which of
    /// them fires would be chance. A second frame that asks for less is for where the first one finds too few sides.
    fn contradictions(&mut self, frames: &[Frame]) {
        let mut known: HashMap<String, Vec<&Frame>> = HashMap::new();
        for frame in frames {
            for words in &frame.predicates {
                let mut conditions: Vec<_> =
                    frame.conditions.iter().map(|condition| format!("{condition:?}")).collect();
                conditions.sort_unstable();
                let key = format!(
                    "{:?} {words:?} {conditions:?} {:?} {:?}",
                    frame.part, frame.source, frame.recipient
                );
                let alike = known.entry(key).or_default();
                let contradicts = |first: &&&Frame| {
                    first.type_name() != frame.type_name() && frame.never_fires_after(first)
                };
                if let Some(first) = alike.iter().find(contradicts) {
                    self.errors.push(FrameError::Contradiction {
                        file: self.file.clone(),
                        line: frame.line,
                        words: words.to_string(),
                        kind: frame.type_name().to_owned(),
                        other: first.type_name().to_owned(),
                        before: first.line,
                    });
                }
                alike.push(frame);
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
            (Slot::Marked(_), None) => match name.split('/').find(|part| SLOTS.contains(part)) {
                Some(slot) => {
                    let (file, slot) = (self.file.clone(), slot.to_owned());
                    Err(FrameError::MixedSlots { file, line: self.line, words: name.to_owned(), slot })
                }
                None => Ok(slot_named(name)),
            },
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
        let kind = self.ontology.type_named(kind).ok_or_else(|| FrameError::UnknownType {
            file: self.file.clone(),
            line: self.line,
            word: kind.to_owned(),
        })?;
        let (mut modes, mut own_modes) = (Vec::new(), Vec::new());
        for word in words {
            self.mode(&kind, word, &mut modes, &mut own_modes)?;
        }
        self.section = Some(Section { kind, modes, own_modes });
        Ok(())
    }

    /// Adds a mode to those of PLOVER or to those of the user's own.
    fn mode(
        &self,
        kind: &TypeName,
        word: &str,
        modes: &mut Vec<Mode>,
        own_modes: &mut Vec<OwnName>,
    ) -> Result<(), FrameError> {
        if let Some(mode) = Mode::new(kind.base, word) {
            modes.push(mode);
        } else if let Some(mode) = self.ontology.mode_named(kind, word) {
            own_modes.push(mode.clone());
        } else {
            return Err(FrameError::UnknownMode {
                file: self.file.clone(),
                line: self.line,
                kind: kind.as_str().to_owned(),
                word: word.to_owned(),
                known: self.ontology.modes_in_words(kind),
            });
        }
        Ok(())
    }

    fn frame(&mut self, line: &str) -> Result<Frame, FrameError> {
        let (file, at) = (self.file.clone(), self.line);
        let Some(Section { kind: named, modes, own_modes }) = self.section.clone() else {
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
        let kind = named.base;
        let mut frame = Frame {
            name: format!("{}.{}.{first}-{}", self.language, named.as_str().to_lowercase(), part.as_str()),
            kind,
            modes,
            contexts: Vec::new(),
            own: Refinement { kind: named.own, modes: own_modes, ..Refinement::default() },
            part,
            predicates,
            conditions,
            source: self.slots(part, source)?,
            recipient: self.slots(part, recipient)?,
            mutual,
            require: Require::of(kind),
            weak: false,
            armed: false,
            denial: false,
            status: None,
            future: None,
            table: self.table,
            line: at,
        };
        for option in options.split([',', ';']).map(str::trim).filter(|option| !option.is_empty()) {
            for option in option.split_whitespace() {
                self.option(&mut frame, option)?;
            }
        }
        if frame.own.kind.is_some() || !frame.own.modes.is_empty() {
            frame.own.by = Some(frame.name.clone());
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
            Some(("mode", mode)) => {
                let kind = TypeName { base: frame.kind, own: frame.own.kind.clone() };
                self.mode(&kind, mode, &mut frame.modes, &mut frame.own.modes)?;
            }
            Some(("context", context)) => match context.parse::<Context>() {
                Ok(context) => frame.contexts.push(context),
                Err(()) if self.ontology.has_context(context) => frame.own.contexts.push(context.to_owned()),
                Err(()) => {
                    let (file, word) = (self.file.clone(), context.to_owned());
                    return Err(FrameError::UnknownContext { file, line: self.line, word });
                }
            },
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
            Some(("future", kind)) => {
                frame.future = Some(self.ontology.type_named(kind).ok_or_else(unknown)?);
            }
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
        let slot = self.named(slot.trim())?;
        if slot == Slot::Speaker {
            return Err(FrameError::SpeakerAsCondition { file: self.file.clone(), line: self.line });
        }
        Ok(Condition { slot, absent, words: list })
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
const SLOTS: [&str; 19] = [
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
    "itself",
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
        "itself" => Slot::Itself,
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
        let (frames, errors) = read_frames("en", "frames", text, &classes, &Ontology::default());
        assert_eq!(errors, []);
        let frame = &frames[0];
        assert_eq!(frame.name, "en.accuse.describe-verb");
        assert_eq!((frame.predicates.len(), frame.conditions.len(), frame.weak), (2, 2, true));
        assert_eq!(frame.source, [Slot::Subject]);
        assert_eq!(frame.recipient.len(), 2);
    }

    #[test]
    fn slots_that_do_not_exist_and_frames_that_contradict_are_errors() {
        let text = "[ASSAULT]\nverb bomb : subject > object\nverb hit : subjekt > object\nverb raid : light > object\n[AID]\nverb bomb : subject > object\nverb bomb + object=food : subject > object\nverb give + objct=food : subject > object\nverb say + speaker : subject > object\nverb fly + in/object=street : subject > to/comp\n[ACCUSE]\nverb scold : subject > object ; require=both\n[REJECT]\nverb scold : subject > object\nverb bomb : subject > object\n";
        let (_, errors) = read_frames("en", "frames", text, &WordClasses::default(), &Ontology::default());
        let messages: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "languages/en/frames.txt:3: no slot is called `subjekt`; write `subject`, or another preposition",
                "languages/en/frames.txt:4: a verb has no slot `light`; only nouns have",
                "languages/en/frames.txt:8: no slot is called `objct`; write `object`, or another preposition",
                "languages/en/frames.txt:9: `speaker` is a side and no condition; write `speaker > …`, and `require=source` where somebody must be quoted",
                "languages/en/frames.txt:10: in `in/object`, `object` is no preposition; only prepositions stand side by side with `/`: write a frame for each",
                "languages/en/frames.txt:6: `bomb` is AID here and ASSAULT in line 2, under the same conditions; take one away or give it a condition",
                "languages/en/frames.txt:15: `bomb` is REJECT here and ASSAULT in line 2, under the same conditions; take one away or give it a condition",
            ]
        );
    }

    #[test]
    fn errors_name_file_line_and_remedy() {
        let text = "verb a : subject\n[ACCUSED]\n[AGREE aerial]\n[AID]\nverb give\nverb give + object=@nothing : subject\n";
        let (frames, errors) =
            read_frames("en", "frames", text, &WordClasses::default(), &Ontology::default());
        assert!(frames.is_empty());
        let messages: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "languages/en/frames.txt:1: a frame stands before the first section; begin with a line such as `[ACCUSE]`",
                "languages/en/frames.txt:2: unknown event type `ACCUSED`; write one of PLOVER's types, as ACCUSE, or declare it in ontology.txt in a line such as `ACCUSED under ACCUSE`",
                "languages/en/frames.txt:3: AGREE has no mode `aerial`; declare it in ontology.txt in a line such as `AGREE mode aerial`",
                "languages/en/frames.txt:5: no `:` between the words and the slots, as in `verb condemn : subject > object`",
                "languages/en/frames.txt:6: word class `@nothing` is not in classes.txt",
            ]
        );
    }
}
