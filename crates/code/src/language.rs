use std::collections::HashMap;

use chancery_core::Context;

use crate::accents::Accents;
use crate::frame::Frame;
use crate::frame_error::{FrameError, class_errors, context_errors};
use crate::frame_reader::read_frames;
use crate::ontology::Ontology;
use crate::words::{Matter, Spelling, WordClass, WordClasses, WordKeys, WordPattern};

/// A table of the user's own frames, beside ours: of frames as specific, they go first.
const MORE: &str = "frames.more";

/// What the tables of one language say about events.
pub(crate) struct Language {
    pub(crate) frames: Vec<Frame>,
    /// What `must` and its like mean.
    pub(crate) demand: Frame,
    pub(crate) classes: WordClasses,
    pub(crate) modality: WordClasses,
    /// How a story is told: `perfect`, `habitual`, `since`, `earlier`, `later`, `reversal`.
    pub(crate) narrative: WordClasses,
    pub(crate) contexts: Vec<(Context, Matter)>,
    /// What tells contexts of the user's own.
    pub(crate) own_contexts: Vec<(String, Matter)>,
    pub(crate) errors: Vec<FrameError>,
    inflections: Vec<(String, String)>,
    accents: Accents,
    exact: HashMap<String, Vec<usize>>,
    prefixes: HashMap<String, Vec<usize>>,
}

impl Language {
    /// Reads the tables of a language, or returns `None` where it has no frames.
    pub(crate) fn read(language: &str, ontology: &Ontology) -> Option<Self> {
        let table = |name| chancery_tables::language(language, name).unwrap_or_default();
        let frames = chancery_tables::language(language, "frames");
        let more = chancery_tables::language(language, MORE);
        frames.or(more)?;
        Some(Self::new(
            language,
            [(MORE, more.unwrap_or_default()), ("frames", frames.unwrap_or_default())],
            table("classes"),
            table("modality"),
            table("contexts"),
            table("narrative"),
            ontology,
        ))
    }

    pub(crate) fn new(
        language: &str,
        tables: [(&'static str, &str); 2],
        classes: &str,
        modality: &str,
        contexts: &str,
        narrative: &str,
        ontology: &Ontology,
    ) -> Self {
        let mut errors = class_errors(language, classes);
        let [(_, more), (_, ours)] = tables;
        let texts = [classes, more, ours];
        let classes = WordClasses::read(classes);
        let accents = classes.get("accents").map_or(&[][..], WordClass::patterns);
        let accents = Accents::read(accents, &texts);
        let mut frames = Vec::new();
        for (table, text) in tables {
            let (mut read, of_frames) = read_frames(language, table, text, &classes, ontology);
            frames.append(&mut read);
            errors.extend(of_frames);
        }
        errors.extend(context_errors(language, contexts, ontology));
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
        let own_contexts = own_contexts(language, &contexts, ontology);
        let contexts = contexts
            .iter()
            .filter_map(|(name, class)| Some((name.parse::<Context>().ok()?, Matter::new(written(class)))))
            .collect();
        Self {
            frames,
            demand: Frame::of_demands(language),
            classes,
            modality: WordClasses::read(modality),
            narrative: WordClasses::read(narrative),
            contexts,
            own_contexts,
            errors,
            inflections,
            accents,
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
            particles: self.classes.get("particle").map_or(&[], WordClass::patterns),
            participle_prefixes: self.classes.get("participle-prefix").map_or(&[], WordClass::patterns),
            accents: self.classes.get("accents").map(|_| &self.accents),
        }
    }
}

/// What tells the contexts of the user's own in a language: the words of `ontology.txt`, and those of a table of contexts
/// that names one.
fn own_contexts(language: &str, table: &WordClasses, ontology: &Ontology) -> Vec<(String, Matter)> {
    let of_language = |code: &Option<String>| code.as_deref().is_none_or(|code| code == language);
    let contexts = ontology.contexts.iter().map(|context| {
        let declared =
            context.words.iter().filter(|(code, _)| of_language(code)).flat_map(|(_, words)| words);
        let listed = table.get(&context.name).map(written).unwrap_or_default();
        (context.name.clone(), Matter::new(declared.chain(&listed)))
    });
    contexts.collect()
}

/// The words of a class as its table writes them.
fn written(class: &WordClass) -> Vec<String> {
    class.patterns().iter().map(ToString::to_string).collect()
}
