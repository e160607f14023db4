//! The words by which a language says that somebody says something: `languages/xx/speech.txt`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use chancery_core::{Relation, Sentence, Stance, Word, without_points};

/// What a word of speech does with its content and its speaker; the name of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Takes what is said as a clause or as quoted words.
    Say,
    /// As `Say`, of those who think, fear or expect: only for subjects that can.
    Think,
    /// As `Say`, of verbs that go with quoted words only: `went on`, `laughed`.
    Quote,
    /// Takes what is said as an infinitive, a gerund or an object: `accuse of`, `call for`, `deny`.
    Act,
    /// Says what something is: `describe X as Y`, `call X Y`.
    Name,
    /// A noun that holds a clause: `the claim that`.
    Noun,
    /// Stands before its speaker: `according to`.
    Source,
    /// Stands after its speaker: `zufolge`.
    SourceAfter,
    /// Nouns that a vague source must stand with: `nach Angaben`, not `nach Hause`.
    SourceNoun,
    /// Follows a speaker named by [`Use::Source`] and belongs to the phrase: `报道`.
    SourceTail,
    /// Puts the content into nobody's mouth: `reportedly`.
    Hearsay,
    /// Of [`Use::Hearsay`], what points back to whoever was named as the source: `demnach`.
    Echo,
    /// Opens a content clause: `that`.
    That,
    /// Opens a clause that attributes the clause around it: `as X reports`.
    As,
    /// Where things are said: `statement`, `Telegram`.
    Medium,
    /// Nouns that speak though they are no persons: `report`, `ministry`.
    Voice,
    /// A word that turns the verb beside it into its opposite.
    Negation,
    /// Tells whose a statement is: `of`, `by`, `from`.
    Of,
    /// Verb forms that by themselves report somebody's words: `habe`, `sei`.
    Reported,
    /// Pronouns that open what somebody calls something: `what he called`.
    What,
    /// The words by which whoever writes means themselves: `ich`.
    Own,
    /// Opens a sentence that says whose the sentence before it is: `Das teilte X mit`, `Об этом сообщил X`.
    Back,
    /// Marks between which the words that say who speaks are put into quoted words: `«…, — сказал X, — …»`.
    Inserted,
    /// Words that look like others of the table and are none.
    Nothing,
}

impl Use {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "say" => Self::Say,
            "quote" => Self::Quote,
            "think" => Self::Think,
            "act" => Self::Act,
            "name" => Self::Name,
            "noun" => Self::Noun,
            "source" => Self::Source,
            "source-after" => Self::SourceAfter,
            "source-noun" => Self::SourceNoun,
            "source-tail" => Self::SourceTail,
            "hearsay" => Self::Hearsay,
            "echo" => Self::Echo,
            "that" => Self::That,
            "as" => Self::As,
            "medium" => Self::Medium,
            "voice" => Self::Voice,
            "negation" => Self::Negation,
            "of" => Self::Of,
            "reported" => Self::Reported,
            "what" => Self::What,
            "self" => Self::Own,
            "back" => Self::Back,
            "inserted" => Self::Inserted,
            "nothing" => Self::Nothing,
            _ => return None,
        })
    }
}

/// Words of a sentence that are an entry of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cue {
    /// The word that governs: the verb, the noun, the first word of a phrase.
    pub(super) head: usize,
    /// All its words, in the order of the text.
    pub(super) words: Vec<usize>,
    pub(super) usage: Use,
    pub(super) stance: Stance,
    /// Whether the word alone is vague: whoever it names must be somebody who can speak.
    pub(super) weak: bool,
}

#[derive(Debug)]
struct Entry {
    first: Pattern,
    /// What follows the first word.
    rest: Vec<Pattern>,
    usage: Use,
    stance: Stance,
    weak: bool,
}

#[derive(Debug)]
enum Pattern {
    Word(String),
    Stem(String),
    Ending(String),
    /// A form that is its own lemma less this ending: German `gehe` of `gehen`, which reports.
    Lemma(String),
    /// A particle that belongs to the verb wherever it stands: `kündigt … an`.
    Particle(String),
}

impl Pattern {
    fn new(text: &str) -> Self {
        if let Some(particle) = text.strip_prefix('+') {
            return Self::Particle(particle.to_owned());
        }
        if let Some(ending) = text.strip_prefix("lemma-") {
            return Self::Lemma(ending.to_owned());
        }
        match (text.strip_suffix('*'), text.strip_prefix('*')) {
            (Some(stem), _) => Self::Stem(stem.to_owned()),
            (None, Some(ending)) => Self::Ending(ending.to_owned()),
            (None, None) => Self::Word(text.to_owned()),
        }
    }

    fn fits(&self, word: &Word) -> bool {
        let (form, lemma) = (lower(&word.form), lower(&word.lemma));
        match self {
            Self::Word(wanted) | Self::Particle(wanted) => form == *wanted || lemma == *wanted,
            Self::Stem(stem) => form.starts_with(stem) || lemma.starts_with(stem),
            Self::Ending(ending) => form.ends_with(ending) || lemma.ends_with(ending),
            Self::Lemma(ending) => lemma.strip_suffix(ending.as_str()).is_some_and(|stem| stem == form),
        }
    }
}

/// A word in lower case, without points; the dot that a capital `İ` leaves behind is no letter.
fn lower(word: &str) -> String {
    let mut word = without_points(word).to_lowercase();
    word.retain(|letter| letter != '\u{307}');
    word
}

/// One language's table.
#[derive(Debug, Default)]
pub(super) struct SpeechWords {
    entries: Vec<Entry>,
    by_word: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    /// Entries whose first word is known by its end.
    by_ending: Vec<usize>,
    /// Whether a verb needs no subject of its own, so that who spoke last goes on speaking.
    pub(super) drops_subjects: bool,
    /// Whether a past participle without an auxiliary tells what was done to somebody: `asked to leave`.
    pub(super) bare_participles_passive: bool,
    /// Whether the table lists the nouns that a vague source must stand with.
    pub(super) has_source_nouns: bool,
}

static TABLES: LazyLock<BTreeMap<&'static str, SpeechWords>> = LazyLock::new(|| {
    let mut tables = BTreeMap::new();
    for language in chancery_tables::languages() {
        if let Some(text) = chancery_tables::language(language, "speech") {
            tables.insert(language, SpeechWords::read(text));
        }
    }
    tables
});

static NONE: LazyLock<SpeechWords> = LazyLock::new(SpeechWords::default);

impl SpeechWords {
    /// The table of a language; an empty one where it has none.
    pub(super) fn of(language: &str) -> &'static Self {
        TABLES.get(language).unwrap_or(&NONE)
    }

    /// Reads a table. Lines that stand in no section known here are left out.
    fn read(text: &str) -> Self {
        let mut table = Self::default();
        let mut section = None;
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                let mut parts = head.split_whitespace();
                let name = parts.next().unwrap_or_default();
                table.drops_subjects |= name == "subjects-dropped";
                table.bare_participles_passive |= name == "participles-passive";
                let usage = Use::named(name);
                table.has_source_nouns |= usage == Some(Use::SourceNoun);
                let stance = match parts.next() {
                    Some("denies") => Stance::Denies,
                    Some("alleges") => Stance::Alleges,
                    Some("doubts") => Stance::Doubts,
                    Some("asks") => Stance::Asks,
                    Some("plans") => Stance::Plans,
                    _ => Stance::Says,
                };
                section = usage.map(|usage| (usage, stance, head.ends_with("weak")));
                continue;
            }
            let Some((usage, stance, weak)) = section else { continue };
            for entry in line.split_whitespace().filter(|entry| *entry != "|") {
                table.add(&lower(entry), usage, stance, weak);
            }
        }
        table
    }

    fn add(&mut self, entry: &str, usage: Use, stance: Stance, weak: bool) {
        let entry = entry.replace('+', "_+");
        let mut parts = entry.split('_').filter(|part| !part.is_empty());
        let Some(first) = parts.next() else { return };
        let index = self.entries.len();
        let first = Pattern::new(first);
        match &first {
            Pattern::Word(word) | Pattern::Particle(word) => {
                self.by_word.entry(word.clone()).or_default().push(index);
            }
            Pattern::Stem(stem) => self.by_stem.entry(stem.clone()).or_default().push(index),
            Pattern::Ending(_) | Pattern::Lemma(_) => self.by_ending.push(index),
        }
        self.entries.push(Entry { first, rest: parts.map(Pattern::new).collect(), usage, stance, weak });
    }

    /// Every entry that starts at a word, the longest first, and of those as long, the table's first.
    pub(super) fn at(&self, sentence: &Sentence, index: usize) -> Vec<Cue> {
        let Some(word) = sentence.words.get(index) else { return Vec::new() };
        let mut found = Vec::new();
        let (form, lemma) = (lower(&word.form), lower(&word.lemma));
        let keys = if lemma == form { vec![form] } else { vec![form, lemma] };
        let mut candidates: Vec<(usize, usize)> = Vec::new();
        for &entry in &self.by_ending {
            if self.entries.get(entry).is_some_and(|entry| entry.first.fits(word)) {
                candidates.push((entry, 1));
            }
        }
        for (rank, key) in keys.iter().enumerate() {
            // The form itself is listed for what it means: `uppges` of `uppge`.
            let sure = usize::MAX - rank;
            candidates.extend(self.by_word.get(key.as_str()).into_iter().flatten().map(|&e| (e, sure)));
            // Longer words than any verb are a web address or a broken text.
            for (length, (at, letter)) in key.char_indices().take(24).enumerate() {
                let stem = key.get(..at + letter.len_utf8()).unwrap_or_default();
                candidates.extend(self.by_stem.get(stem).into_iter().flatten().map(|&e| (e, length)));
            }
        }
        candidates.sort_unstable_by_key(|&(entry, sure)| (entry, std::cmp::Reverse(sure)));
        candidates.dedup_by_key(|(entry, _)| *entry);
        for (entry, sure) in candidates {
            let Some(known) = self.entries.get(entry) else { continue };
            if let Some(words) = follow(sentence, index, known) {
                let cue =
                    Cue { head: index, words, usage: known.usage, stance: known.stance, weak: known.weak };
                found.push((cue, sure, entry));
            }
        }
        found.sort_by_key(|(cue, sure, entry)| {
            (std::cmp::Reverse(cue.words.len()), std::cmp::Reverse(*sure), *entry)
        });
        found.into_iter().map(|(cue, ..)| cue).collect()
    }

    /// Whether one word alone is in a section.
    pub(super) fn is(&self, usage: Use, sentence: &Sentence, index: usize) -> bool {
        self.at(sentence, index).iter().any(|cue| cue.usage == usage && cue.words.len() == 1)
    }
}

/// The words of an entry that starts at `index`. The words of a verb may stand apart: the second within
/// three words, or hanging on the verb or on what hangs on it.
fn follow(sentence: &Sentence, index: usize, entry: &Entry) -> Option<Vec<usize>> {
    let mut words = vec![index];
    let mut at = index;
    let verbal = matches!(entry.usage, Use::Say | Use::Quote | Use::Think | Use::Act | Use::Name);
    let head = |word: usize| sentence.words.get(word).and_then(|word| word.head);
    let relation = |word: usize| sentence.words.get(word).map(|word| word.relation);
    for pattern in &entry.rest {
        let fits = |word: usize| sentence.words.get(word).is_some_and(|word| pattern.fits(word));
        let is_case = |word: usize| matches!(relation(word), Some(Relation::Case | Relation::Mark));
        let next = if matches!(pattern, Pattern::Particle(_)) {
            (index + 1..sentence.words.len().min(index + 60)).find(|&word| {
                fits(word)
                    && head(word) == Some(index)
                    && matches!(
                        relation(word),
                        Some(
                            Relation::CompoundPrt
                                | Relation::Advmod
                                | Relation::Compound
                                | Relation::Xcomp
                                | Relation::Nsubj
                        )
                    )
            })
        } else if fits(at + 1) {
            Some(at + 1)
        } else if verbal {
            (at + 2..at + 4).find(|&word| fits(word) && !is_case(word)).or_else(|| {
                (at + 2..sentence.words.len().min(at + 30)).find(|&word| {
                    fits(word)
                        && (head(word) == Some(index) && relation(word) != Some(Relation::Obl)
                            || (matches!(entry.usage, Use::Name | Use::Act)
                                || entry.stance == Stance::Alleges)
                                && is_case(word)
                                && [head(word).and_then(head), head(word).and_then(head).and_then(head)]
                                    .contains(&Some(index)))
                })
            })
        } else if entry.usage == Use::Hearsay {
            (at + 2..sentence.words.len().min(at + 40))
                .find(|&word| fits(word) && head(word).is_some() && head(word) == head(index))
        } else {
            None
        };
        at = next?;
        words.push(at);
    }
    words.sort_unstable();
    words.dedup();
    Some(words)
}
