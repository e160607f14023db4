//! The lines of `languages/xx/fused.txt`, as `languages/README.md` describes them.

use chancery_core::{Relation, Sentence, Upos};

use crate::fused::Fused;
use crate::rules::fold;

/// A table of fused words that cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FusedError {
    #[error("{file}:{line}: no ` = ` between the words and their parts, as in `du : ADP = de le/DET/det^`")]
    NoParts { file: String, line: usize },
    #[error("{file}:{line}: a line stands before the first section; begin with a line such as `[articles]`")]
    NoSection { file: String, line: usize },
    #[error("{file}:{line}: just one part must be without `/UPOS/RELATION`: it keeps the word's own")]
    NoHeir { file: String, line: usize },
    #[error("{file}:{line}: `{word}` and its parts are not as many")]
    Count { file: String, line: usize, word: String },
    #[error("{file}:{line}: a word is cut at `|` and has `*` in just one part: `{word}`")]
    Shape { file: String, line: usize, word: String },
    #[error("{file}:{line}: unknown part of speech, relation or condition `{word}`")]
    Unknown { file: String, line: usize, word: String },
}

/// What is left of a word that is taken apart has at least so many characters.
const SHORTEST: usize = 2;

pub(crate) struct Line {
    shapes: Vec<Shape>,
    conditions: Vec<Condition>,
    pub(crate) parts: Vec<Part>,
}

/// The segments of a word, folded.
pub(crate) struct Shape {
    segments: Vec<String>,
    /// The segment that holds any letters, and what it must begin and end in; past the segments in a whole word.
    pub(crate) rest: usize,
    around: (String, String),
}

enum Condition {
    Upos(Vec<Upos>),
    Relation(Vec<Relation>),
    /// No word with the relation stands under it.
    Without(Relation),
    /// The model gives the feature, or, where it is false, does not.
    Feature(String, String, bool),
    /// What is left is likelier than the whole, as a word, by so much (logarithms of their frequencies).
    Likelier(f64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hangs {
    /// Under the part that keeps the word's head.
    OnHeir,
    /// Under that head.
    OnHead,
}

pub(crate) struct Part {
    /// None for what stands in the text.
    pub(crate) form: Option<String>,
    pub(crate) lemma: Option<String>,
    /// None for the heir, which keeps the word's own.
    pub(crate) own: Option<(Upos, Relation, Hangs)>,
}

impl Shape {
    pub(crate) fn is_whole(&self) -> bool {
        self.rest == self.segments.len()
    }

    fn read(word: &str) -> Option<Self> {
        let segments: Vec<String> = word.split('|').map(fold).collect();
        if segments.len() == 1 && !word.contains('*') {
            return Some(Self { segments, rest: 1, around: Default::default() });
        }
        let mut open = segments.iter().enumerate().filter(|(_, segment)| segment.contains('*'));
        let (rest, around) = (open.next()?, open.next());
        if around.is_some() || segments.len() < 2 {
            return None;
        }
        let (place, segment) = rest;
        let (start, end) = segment.split_once('*')?;
        Some(Self { rest: place, around: (start.to_owned(), end.to_owned()), segments })
    }

    /// The parts of `form`, as it is written, where it has this shape.
    fn slices<'a>(&self, form: &'a str) -> Option<Vec<&'a str>> {
        let folded = fold(form);
        if self.is_whole() {
            return (self.segments.first() == Some(&folded)).then(|| vec![form]);
        }
        let offsets: Vec<usize> = form.char_indices().map(|(offset, _)| offset).chain([form.len()]).collect();
        let count = folded.chars().count();
        if count + 1 != offsets.len() {
            return None;
        }
        let (front, back) = self.segments.split_at_checked(self.rest)?;
        let mut middle = folded.as_str();
        let mut lengths = Vec::new();
        for segment in front {
            middle = middle.strip_prefix(segment.as_str())?;
            lengths.push(segment.chars().count());
        }
        let back = back.get(1..)?;
        for segment in back.iter().rev() {
            middle = middle.strip_suffix(segment.as_str())?;
        }
        let (start, end) = (self.around.0.as_str(), self.around.1.as_str());
        let left = middle.chars().count();
        let fits = left >= SHORTEST
            && left >= start.chars().count() + end.chars().count()
            && middle.starts_with(start)
            && middle.ends_with(end)
            && !middle.chars().any(char::is_whitespace);
        if !fits {
            return None;
        }
        lengths.push(left);
        lengths.extend(back.iter().map(|segment| segment.chars().count()));
        let mut at = 0;
        lengths
            .into_iter()
            .map(|length| {
                let slice = form.get(*offsets.get(at)?..*offsets.get(at + length)?);
                at += length;
                slice
            })
            .collect()
    }
}

impl Line {
    /// The first of its shapes that a word has, and the word's parts in the text.
    pub(crate) fn slices<'a>(&self, form: &'a str) -> Option<(&Shape, Vec<&'a str>)> {
        self.shapes.iter().find_map(|shape| Some((shape, shape.slices(form)?)))
    }

    /// Whether all that the line asks of a word holds.
    pub(crate) fn holds(&self, sentence: &Sentence, index: usize, likelier: impl Fn() -> f64) -> bool {
        let Some(word) = sentence.words.get(index) else { return false };
        self.conditions.iter().all(|condition| match condition {
            Condition::Upos(any) => any.contains(&word.upos),
            Condition::Relation(any) => any.contains(&word.relation),
            Condition::Without(relation) => sentence.child(index, &[*relation]).is_none(),
            Condition::Feature(name, value, there) => word.features.has(name, value) == *there,
            Condition::Likelier(least) => likelier() >= *least,
        })
    }
}

impl Fused {
    /// Reads a table; `file` is named in the error.
    pub(crate) fn read(table: &str, file: &str) -> Result<Self, FusedError> {
        let mut fused = Self::default();
        for (number, text) in table.lines().enumerate() {
            let text = text.trim();
            let at = Place { file, line: number + 1 };
            if text.is_empty() || text.starts_with('#') {
                continue;
            }
            if text.starts_with('[') {
                fused.sections.push(Vec::new());
            } else if let Some(words) = text.strip_prefix("whole:") {
                fused.whole.extend(words.split_whitespace().map(fold));
            } else if let Some(answer) = text.strip_prefix("again:") {
                fused.again = answer.trim() == "yes";
            } else if let Some(pairs) = text.strip_prefix("alone:") {
                fused.alone.extend(pairs.split_whitespace().filter_map(|pair| {
                    let mut letters = pair.chars();
                    letters.next().zip(letters.next())
                }));
            } else {
                let line = at.line(text)?;
                fused.sections.last_mut().ok_or_else(|| at.no_section())?.push(line);
            }
        }
        Ok(fused)
    }
}

/// Where a line stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a str,
    line: usize,
}

impl Place<'_> {
    fn no_section(self) -> FusedError {
        FusedError::NoSection { file: self.file.to_owned(), line: self.line }
    }

    fn unknown(self, word: &str) -> FusedError {
        FusedError::Unknown { file: self.file.to_owned(), line: self.line, word: word.to_owned() }
    }

    fn line(self, text: &str) -> Result<Line, FusedError> {
        let (file, line) = (self.file.to_owned(), self.line);
        let Some((left, parts)) = text.split_once(" = ") else {
            return Err(FusedError::NoParts { file, line });
        };
        let (words, conditions) = left.split_once(" : ").unwrap_or((left, ""));
        let parts: Vec<Part> =
            parts.split_whitespace().map(|part| self.part(part)).collect::<Result<_, _>>()?;
        if parts.iter().filter(|part| part.own.is_none()).count() != 1 {
            return Err(FusedError::NoHeir { file, line });
        }
        let mut shapes = Vec::new();
        for word in words.split_whitespace() {
            let Some(shape) = Shape::read(word) else {
                return Err(FusedError::Shape { file, line, word: word.to_owned() });
            };
            let fits = if shape.is_whole() {
                parts.iter().all(|part| part.form.is_some())
            } else {
                shape.segments.len() == parts.len()
            };
            if !fits {
                return Err(FusedError::Count { file, line, word: word.to_owned() });
            }
            shapes.push(shape);
        }
        let conditions = conditions.split_whitespace().map(|word| self.condition(word));
        Ok(Line { shapes, conditions: conditions.collect::<Result<_, _>>()?, parts })
    }

    /// `le/DET/det^`, `.:i/AUX/cop`, `de`, `*`.
    fn part(self, text: &str) -> Result<Part, FusedError> {
        let unknown = || self.unknown(text);
        let mut fields = text.split('/');
        let name = fields.next().unwrap_or_default();
        let (form, lemma) = name.split_once(':').map_or((name, None), |(form, lemma)| (form, Some(lemma)));
        let own = match (fields.next(), fields.next(), fields.next()) {
            (None, None, None) => None,
            (Some(upos), Some(relation), None) => {
                let (relation, hangs) = match relation.strip_suffix('^') {
                    Some(relation) => (relation, Hangs::OnHead),
                    None => (relation, Hangs::OnHeir),
                };
                let upos = upos.parse().map_err(|()| unknown())?;
                Some((upos, relation.parse().map_err(|()| unknown())?, hangs))
            }
            _ => return Err(unknown()),
        };
        let form = (!matches!(form, "." | "*")).then(|| form.to_owned());
        Ok(Part { form, lemma: lemma.map(str::to_owned), own })
    }

    fn condition(self, text: &str) -> Result<Condition, FusedError> {
        let unknown = || self.unknown(text);
        if let Some(least) = text.strip_prefix('>') {
            return least.parse().map(Condition::Likelier).map_err(|_| unknown());
        }
        let (bare, there) = text.strip_prefix('!').map_or((text, true), |bare| (bare, false));
        if let Some((name, value)) = bare.split_once('=') {
            return Ok(Condition::Feature(name.to_owned(), value.to_owned(), there));
        }
        if !there {
            return bare.parse().map(Condition::Without).map_err(|()| unknown());
        }
        let upos: Result<Vec<Upos>, ()> = text.split('|').map(str::parse).collect();
        let relations = || text.split('|').map(str::parse).collect::<Result<Vec<Relation>, ()>>();
        upos.map(Condition::Upos).or_else(|()| relations().map(Condition::Relation)).map_err(|()| unknown())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_can_be_used() {
        for language in chancery_tables::languages() {
            assert_eq!(Fused::of(language).err(), None, "{language}");
        }
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (table, error) in [
            (
                "du = de le/DET/det^",
                "f:1: a line stands before the first section; begin with a line such as `[articles]`",
            ),
            (
                "[a]\ndu : ADP",
                "f:2: no ` = ` between the words and their parts, as in `du : ADP = de le/DET/det^`",
            ),
            (
                "[a]\n\ndu = de le",
                "f:3: just one part must be without `/UPOS/RELATION`: it keeps the word's own",
            ),
            ("[a]\n*ar|se = *", "f:2: `*ar|se` and its parts are not as many"),
            ("[a]\na*|*b = * ./X/dep", "f:2: a word is cut at `|` and has `*` in just one part: `a*|*b`"),
            ("[a]\ndu : ADX = de", "f:2: unknown part of speech, relation or condition `ADX`"),
        ] {
            let found = Fused::read(table, "f").err().map(|error| error.to_string());
            assert_eq!(found.as_deref(), Some(error), "{table:?}");
        }
    }

    #[test]
    fn a_shape_cuts_a_word() {
        let shape = Shape::read("*ár|se|lo").expect("a shape");
        assert_eq!(shape.slices("dárselo"), Some(vec!["dár", "se", "lo"]));
        assert_eq!(shape.slices("dárselos"), None);
        let shape = Shape::read("ل|ل*").expect("a shape");
        assert_eq!(shape.slices("للسلطة"), Some(vec!["ل", "لسلطة"]));
    }
}
