use std::collections::HashMap;

use chancery_core::Context;

use crate::frame::Frame;
use crate::frame_reader::{FrameError, class_errors, read_frames};
use crate::words::{Spelling, WordClass, WordClasses, WordKeys, WordPattern};

/// What the tables of one language say about events.
pub(crate) struct Language {
    pub(crate) frames: Vec<Frame>,
    pub(crate) classes: WordClasses,
    pub(crate) modality: WordClasses,
    /// How a story is told: `perfect`, `habitual`, `since`, `earlier`, `later`, `reversal`.
    pub(crate) narrative: WordClasses,
    pub(crate) contexts: Vec<(Context, WordClass)>,
    pub(crate) errors: Vec<FrameError>,
    inflections: Vec<(String, String)>,
    exact: HashMap<String, Vec<usize>>,
    prefixes: HashMap<String, Vec<usize>>,
}

impl Language {
    /// Reads the tables of a language, or returns `None` where it has no frames.
    pub(crate) fn read(language: &str) -> Option<Self> {
        let table = |name| chancery_tables::language(language, name).unwrap_or_default();
        let frames = chancery_tables::language(language, "frames")?;
        Some(Self::new(
            language,
            frames,
            table("classes"),
            table("modality"),
            table("contexts"),
            table("narrative"),
        ))
    }

    pub(crate) fn new(
        language: &str,
        frames: &str,
        classes: &str,
        modality: &str,
        contexts: &str,
        narrative: &str,
    ) -> Self {
        let mut errors = class_errors(language, classes);
        let classes = WordClasses::read(classes);
        let (frames, of_frames) = read_frames(language, frames, &classes);
        errors.extend(of_frames);
        let (mut exact, mut prefixes) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for (index, frame) in frames.iter().enumerate() {
            for words in &frame.predicates {
                match &words.first {
                    WordPattern::Exact(word) => exact.entry(word.clone()).or_default().push(index),
                    WordPattern::Prefix(stem) => prefixes.entry(stem.clone()).or_default().push(index),
                    WordPattern::Suffix(_) => {}
                }
            }
        }
        let inflections = classes.get("inflection").map_or(&[][..], WordClass::patterns);
        let inflections = inflections
            .iter()
            .filter_map(|pattern| match pattern {
                WordPattern::Exact(rule) => rule.split_once('>'),
                _ => None,
            })
            .map(|(ending, instead)| (ending.to_owned(), instead.to_owned()))
            .collect();
        let contexts = WordClasses::read(contexts);
        let contexts = contexts
            .iter()
            .filter_map(|(name, class)| Some((name.parse::<Context>().ok()?, class.clone())))
            .collect();
        Self {
            frames,
            classes,
            modality: WordClasses::read(modality),
            narrative: WordClasses::read(narrative),
            contexts,
            errors,
            inflections,
            exact,
            prefixes,
        }
    }

    /// The frames that a word may fire, in the order of the file. The cost does not grow with the
    /// number of frames.
    pub(crate) fn candidates(&self, keys: &WordKeys) -> Vec<&Frame> {
        let mut found = Vec::new();
        for key in keys.iter() {
            found.extend(self.exact.get(key).into_iter().flatten());
            for (end, _) in key.char_indices().skip(1).chain([(key.len(), ' ')]) {
                if let Some(stem) = key.get(..end) {
                    found.extend(self.prefixes.get(stem).into_iter().flatten());
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|&index| self.frames.get(index)).collect()
    }

    pub(crate) fn spelling(&self) -> Spelling<'_> {
        Spelling {
            prefixes: self.classes.get("prefix").map_or(&[], WordClass::patterns),
            compounds: self.classes.get("compounds").is_some(),
            inflections: &self.inflections,
        }
    }
}
