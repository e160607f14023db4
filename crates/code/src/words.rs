use std::collections::BTreeMap;

use chancery_core::{Relation, Sentence, Upos, Word, without_points};

use crate::accents::Accents;
use crate::opening_verb::is_finite_by_form;

/// A word as tables write it: `attack`, `атак*` (any ending) or `*ing` (any beginning).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum WordPattern {
    Exact(String),
    Prefix(String),
    Suffix(String),
}

impl WordPattern {
    pub(crate) fn new(written: &str) -> Self {
        let written = folded(written.trim());
        if let Some(stem) = written.strip_suffix('*') {
            Self::Prefix(stem.to_owned())
        } else if let Some(ending) = written.strip_prefix('*') {
            Self::Suffix(ending.to_owned())
        } else {
            Self::Exact(written)
        }
    }

    /// The letters of a spelling that a pattern writes out, in bytes; `None` where it does not fit.
    fn letters(&self, key: &str) -> Option<std::ops::Range<usize>> {
        self.fits(key).then(|| match self {
            Self::Exact(_) => 0..key.len(),
            Self::Prefix(stem) => 0..stem.len(),
            Self::Suffix(ending) => key.len() - ending.len()..key.len(),
        })
    }

    fn has_hyphen(&self) -> bool {
        let (Self::Exact(letters) | Self::Prefix(letters) | Self::Suffix(letters)) = self;
        letters.contains('-')
    }

    pub(crate) fn fits(&self, key: &str) -> bool {
        match self {
            Self::Exact(word) => key == word,
            Self::Prefix(stem) => key.starts_with(stem.as_str()),
            Self::Suffix(ending) => key.ends_with(ending.as_str()),
        }
    }
}

impl std::fmt::Display for WordPattern {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exact(word) => write!(out, "{word}"),
            Self::Prefix(stem) => write!(out, "{stem}*"),
            Self::Suffix(ending) => write!(out, "*{ending}"),
        }
    }
}

/// In lower case, with one kind of apostrophe and without points: Ukrainian writes `зв’язки` and `звʼязки`, Arabic `ندد`
/// and `ندّد`.
fn folded(text: &str) -> String {
    let lower = without_points(text).to_lowercase();
    if lower.contains(['’', 'ʼ']) { lower.replace(['’', 'ʼ'], "'") } else { lower }
}

/// The spellings under which a word is looked up: its lemma and its form, in lower case, and both
/// without the prefixes that a script writes onto words (Arabic و, Hebrew ה).
#[derive(Clone, Debug, Default)]
pub(crate) struct WordKeys {
    own: Vec<String>,
    /// With the words that hyphens join to it, where the tagger reads each by itself: `cease-fire`. What is joined so is
    /// what its last word is, so that only a pattern that writes a hyphen is asked (`sanctions-busting` is no `sanction*`).
    joined: Vec<String>,
}

/// How a language writes words together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spelling<'a> {
    /// Words written onto the next one.
    pub(crate) prefixes: &'a [WordPattern],
    /// Whether a noun may be a compound, whose last part says what it is: `vedergällningsattack`.
    pub(crate) compounds: bool,
    /// Endings of verb forms and what the dictionary form has instead: `ied` for `y`.
    pub(crate) inflections: &'a [(String, String)],
    /// Particles that a verb may be parted from: `ordnete … an` is a form of `anordnen`.
    pub(crate) particles: &'a [WordPattern],
    /// What participles begin with, or have behind their particle: German `ge`.
    pub(crate) participle_prefixes: &'a [WordPattern],
    /// Words that may be written without their accents.
    pub(crate) accents: Option<&'a Accents>,
}

/// What an ending is taken off is no shorter than this, in characters.
const SHORTEST_STEM: usize = 2;

/// The parts of a compound are no shorter than this, in characters.
const SHORTEST_PART: usize = 5;

impl WordKeys {
    pub(crate) fn of(word: &Word, spelling: Spelling<'_>) -> Self {
        let mut keys = vec![folded(&word.lemma), folded(&word.form)];
        if spelling.compounds && word.upos == Upos::Noun {
            let lemma = folded(&word.lemma);
            let length = lemma.chars().count();
            // The first part with its linking letter is itself a word of three letters or more.
            for (skipped, (start, _)) in lemma.char_indices().enumerate().skip(3) {
                if length - skipped >= SHORTEST_PART {
                    keys.extend(lemma.get(start..).map(str::to_owned));
                }
            }
        }
        if matches!(word.upos, Upos::Verb | Upos::Adj) || is_finite_by_form(word) {
            let form = folded(&word.form);
            // Lemmatisers do not know every verb: `deplored` may be of `deplore`, `fördömde` of `fördöma`.
            keys.extend(spelling.inflections.iter().filter_map(|(ending, instead)| {
                let stem = form.strip_suffix(ending.as_str())?;
                // A rule may also be about a whole form: `froze>freeze`.
                (stem.is_empty() || stem.chars().count() >= SHORTEST_STEM).then(|| format!("{stem}{instead}"))
            }));
        }
        if word.upos == Upos::Adj {
            let plain: Vec<_> =
                keys.iter().filter_map(|key| without_participle_prefix(key, spelling)).collect();
            keys.extend(plain);
        }
        for key in keys.clone() {
            for prefix in spelling.prefixes {
                let WordPattern::Exact(prefix) = prefix else { continue };
                match key.strip_prefix(prefix.as_str()) {
                    // What is left must still be a word, not a letter or two.
                    Some(rest) if rest.chars().count() >= 3 => keys.push(rest.to_owned()),
                    _ => {}
                }
            }
        }
        if let Some(accents) = spelling.accents {
            let restored: Vec<_> = keys.iter().flat_map(|key| accents.restored(key)).collect();
            keys.extend(restored);
        }
        keys.sort();
        keys.dedup();
        Self { own: keys, joined: Vec::new() }
    }

    pub(crate) fn of_sentence(sentence: &Sentence, spelling: Spelling<'_>) -> Vec<Self> {
        let of = |(index, word): (usize, &Word)| {
            let is_verb = word.upos == Upos::Noun && is_verb_by_its_place(sentence, index);
            let mut keys = if is_verb {
                Self::of(&Word { upos: Upos::Verb, ..word.clone() }, spelling)
            } else {
                Self::of(word, spelling)
            };
            if word.upos == Upos::Verb {
                keys.own.extend(parted(sentence, index, spelling.particles));
            }
            keys.joined = hyphened(sentence, index);
            keys
        };
        sentence.words.iter().enumerate().map(of).collect()
    }

    pub(crate) fn fit(&self, pattern: &WordPattern) -> bool {
        self.own.iter().any(|key| pattern.fits(key))
            || pattern.has_hyphen() && self.joined.iter().any(|key| pattern.fits(key))
    }

    /// Whether two patterns fit one spelling, and letters of it are in both: `onaylama*` and `*madı`.
    pub(crate) fn overlap(&self, a: &WordPattern, b: &WordPattern) -> bool {
        self.own.iter().any(|key| {
            let (a, b) = (a.letters(key), b.letters(key));
            a.zip(b).is_some_and(|(a, b)| a.start < b.end && b.start < a.end)
        })
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.own.iter().chain(&self.joined).map(String::as_str)
    }
}

/// The spellings of a word with those that hyphens join to it, in its form and its lemma; none where the word is not the
/// head of what is joined.
fn hyphened(sentence: &Sentence, at: usize) -> Vec<String> {
    let is_beside = |first: usize, second: usize| {
        let (first, second) = (sentence.words.get(first), sentence.words.get(second));
        first.zip(second).is_some_and(|(first, second)| first.span.end() == second.span.start())
    };
    let is_joined = |hyphen: usize| {
        sentence.words.get(hyphen).is_some_and(|word| word.form == "-")
            && is_beside(hyphen, hyphen + 1)
            && hyphen.checked_sub(1).is_some_and(|before| is_beside(before, hyphen))
    };
    let mut start = at;
    while let Some(hyphen) = start.checked_sub(1).filter(|&hyphen| is_joined(hyphen)) {
        start = hyphen - 1;
    }
    let mut end = at;
    while is_joined(end + 1) {
        end += 2;
    }
    let Some(last) = sentence.words.get(end).filter(|_| start < end) else { return Vec::new() };
    let is_within = |head: usize| start <= head && head <= end;
    if sentence.words.get(at).and_then(|word| word.head).is_some_and(is_within) {
        return Vec::new();
    }
    let before = sentence.words.get(start..end).unwrap_or_default();
    let before: String = before.iter().map(|word| folded(&word.form)).collect();
    [&last.form, &last.lemma].map(|word| format!("{before}{}", folded(word))).to_vec()
}

/// A verb without what its participle alone has, where taggers take that for an adjective: German `fordern` for
/// `gefordern`, of `geforderte` by its ending, and `zusagen` for `zugesagen`.
fn without_participle_prefix(key: &str, spelling: Spelling<'_>) -> Option<String> {
    spelling.participle_prefixes.iter().find_map(|prefix| {
        let WordPattern::Exact(prefix) = prefix else { return None };
        let particles = spelling.particles.iter().filter_map(|particle| match particle {
            WordPattern::Exact(particle) => Some(particle.as_str()),
            _ => None,
        });
        std::iter::once("").chain(particles).find_map(|particle| {
            let rest = key.strip_prefix(particle)?.strip_prefix(prefix.as_str())?;
            (rest.chars().count() >= SHORTEST_PART).then(|| format!("{particle}{rest}"))
        })
    })
}

/// The dictionary forms of a verb with the particles that stand apart from it: `anordnen` for `ordnete … an`.
fn parted(sentence: &Sentence, verb: usize, particles: &[WordPattern]) -> Vec<String> {
    if particles.is_empty() {
        return Vec::new();
    }
    let parts = sentence.children(verb).filter_map(|child| sentence.words.get(child));
    parts
        .filter(|part| part.relation == Relation::CompoundPrt)
        .map(|part| folded(&part.form))
        .filter(|part| particles.iter().any(|particle| particle.fits(part)))
        .filter_map(|part| Some(format!("{part}{}", folded(&sentence.words.get(verb)?.lemma))))
        .collect()
}

/// Whether a word that the tagger does not know for a verb stands between a subject and an object.
pub(crate) fn is_verb_by_its_place(sentence: &Sentence, at: usize) -> bool {
    let has = |relation: Relation, is_placed: fn(usize, usize) -> bool| {
        let mut children = sentence.children(at);
        children.any(|child| {
            is_placed(child, at) && sentence.words.get(child).is_some_and(|word| word.relation == relation)
        })
    };
    let is_noun =
        [Relation::Cop, Relation::Case, Relation::Det].into_iter().any(|mark| has(mark, |_, _| true));
    has(Relation::Nsubj, |child, at| child < at) && has(Relation::Obj, |child, at| child > at) && !is_noun
}

/// Words with one meaning for the frames: `@weapon`, `@talks`.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordClass(Vec<WordPattern>);

impl WordClass {
    pub(crate) fn holds(&self, keys: &WordKeys) -> bool {
        self.0.iter().any(|pattern| keys.fit(pattern))
    }
    pub(crate) fn patterns(&self) -> &[WordPattern] {
        &self.0
    }

    fn add(&mut self, words: &str) {
        self.0.extend(words.split([',', '|']).map(str::trim).filter(|w| !w.is_empty()).map(WordPattern::new));
    }
}

/// What tells a matter: words that follow one another (`fishing_boat`), or a class of words (`@weapon`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Phrase(Vec<WordPattern>),
    Class(String),
}

impl Topic {
    pub(crate) fn new(written: &str) -> Self {
        match written.trim().strip_prefix('@') {
            Some(class) => Self::Class(class.to_owned()),
            None => Self::Phrase(
                written
                    .trim()
                    .split(['_', ' '])
                    .filter(|word| !word.is_empty())
                    .map(WordPattern::new)
                    .collect(),
            ),
        }
    }

    /// How many words it covers.
    fn length(&self) -> usize {
        match self {
            Self::Class(_) => 1,
            Self::Phrase(words) => words.len(),
        }
    }

    /// Whether it stands at a word of a sentence, as that word or as the first of several.
    pub(crate) fn stands_at(&self, classes: &WordClasses, sentence: &[WordKeys], at: usize) -> bool {
        match self {
            Self::Class(class) => sentence.get(at).is_some_and(|keys| classes.holds(class, keys)),
            Self::Phrase(words) => {
                let found = sentence.get(at..at + words.len()).filter(|found| !found.is_empty());
                found.is_some_and(|found| found.iter().zip(words).all(|(keys, word)| keys.fit(word)))
            }
        }
    }
}

/// What tells a matter: any of its topics, but not within words that only look so (`gas`, `!tear_gas`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Matter {
    topics: Vec<Topic>,
    except: Vec<Topic>,
}

impl Matter {
    pub(crate) fn new(words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut matter = Self::default();
        for word in words {
            match word.as_ref().trim().strip_prefix('!') {
                Some(phrase) => matter.except.push(Topic::new(phrase)),
                None => matter.topics.push(Topic::new(word.as_ref())),
            }
        }
        matter
    }

    /// Whether some words of a stretch of a sentence tell it.
    pub(crate) fn is_told(
        &self,
        classes: &WordClasses,
        sentence: &[WordKeys],
        mut stretch: std::ops::Range<usize>,
    ) -> bool {
        let stands = |topic: &Topic, at: usize| topic.stands_at(classes, sentence, at);
        let is_within = |phrase: &Topic, at: usize| {
            let first = (at + 1).saturating_sub(phrase.length());
            (first..=at).any(|start| stands(phrase, start))
        };
        stretch.any(|at| {
            self.topics.iter().any(|topic| stands(topic, at))
                && !self.except.iter().any(|phrase| is_within(phrase, at))
        })
    }
}

/// Named word classes, read from lines `name: word, word …`, continued on lines that begin with white space.
/// Lines in the form of a section (`[name]`) open a class too, and its words follow one or more to a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordClasses(BTreeMap<String, WordClass>);

impl WordClasses {
    pub(crate) fn read(text: &str) -> Self {
        let mut classes = Self::default();
        let mut name = String::new();
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default();
            if line.trim().is_empty() {
                continue;
            }
            if let Some(section) = line.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section.trim().clone_into(&mut name);
                classes.0.entry(name.clone()).or_default();
                continue;
            }
            let starts_class = !line.starts_with(char::is_whitespace);
            match line.split_once(':') {
                Some((class, words)) if starts_class => {
                    class.trim().clone_into(&mut name);
                    classes.0.entry(name.clone()).or_default().add(words);
                }
                _ => classes.0.entry(name.clone()).or_default().add(line),
            }
        }
        classes
    }

    pub(crate) fn get(&self, name: &str) -> Option<&WordClass> {
        self.0.get(name)
    }

    pub(crate) fn holds(&self, name: &str, keys: &WordKeys) -> bool {
        self.get(name).is_some_and(|class| class.holds(keys))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &WordClass)> {
        self.0.iter().map(|(name, class)| (name.as_str(), class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_within_a_phrase_that_only_looks_so_tell_nothing() {
        let matter = Matter::new(["gas*", "drinking_water", "!tear_gas", "@fuel"]);
        let classes = WordClasses::read("fuel: diesel\n");
        let told = |sentence: &str| {
            let keys: Vec<_> = sentence
                .split(' ')
                .map(|word| WordKeys { own: vec![word.to_owned()], ..WordKeys::default() })
                .collect();
            matter.is_told(&classes, &keys, 0..keys.len())
        };
        assert!(told("they cut gas deliveries"));
        assert!(told("they sent diesel"));
        assert!(told("no drinking water"));
        assert!(!told("police fired tear gas"));
        assert!(told("gas and tear gas"));
        assert!(!told("drinking wine"));
    }

    #[test]
    fn classes_continue_on_indented_lines() {
        let classes = WordClasses::read("weapon: drone, missile*\n  tank # not a container\nlight: hold\n");
        let keys = |word: &str| WordKeys { own: vec![word.to_owned()], ..WordKeys::default() };
        assert!(classes.holds("weapon", &keys("tank")));
        assert!(classes.holds("weapon", &keys("missiles")));
        assert!(!classes.holds("weapon", &keys("hold")));
        assert!(classes.holds("light", &keys("hold")));
    }
}
