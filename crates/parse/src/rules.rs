use std::collections::{BTreeMap, BTreeSet};

use crate::han::Glued;

/// What follows an abbreviation, and so whether a capital letter after it begins a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A name follows `Mr.`
    Followed,
    /// Anything may follow `U.S.`
    Free,
    /// A capital after `osv.` begins a sentence.
    Closing,
    /// So does one after `г.` where a number stands before.
    ClosingAfterNumber,
}

/// How a language's text is cut into words and sentences, from `languages/xx/tokens.txt` and
/// `abbreviations.txt`. A line is a keyword, a colon, and words; `languages/README.md` says what each means.
#[expect(clippy::struct_excessive_bools, reason = "each is a yes or no of the table")]
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    /// Lower-cased with their periods.
    pub(crate) abbreviations: BTreeMap<String, Abbreviation>,
    /// Words that a sentence often starts with, lower-cased: they show that an abbreviation ended one.
    pub(crate) starters: BTreeSet<String>,
    /// Words in front that end in an apostrophe and are words of their own (`l'`).
    pub(crate) before: Vec<String>,
    /// Endings that are words of their own (`'s`, `n't`, `-t-il`), longest first.
    pub(crate) after: Vec<String>,
    /// Words written as one that are several, with the lengths of their parts in characters.
    pub(crate) parts: BTreeMap<String, Vec<usize>>,
    /// Words that none of this cuts.
    pub(crate) whole: BTreeSet<String>,
    /// Whether a hyphen between letters is a word of its own.
    pub(crate) splits_hyphen: bool,
    /// What a hyphen is not split off from even so (`anti`).
    pub(crate) hyphen_prefixes: BTreeSet<String>,
    /// Whether a number with a period is an ordinal, one word.
    pub(crate) ordinals: bool,
    /// Whether initials without a space between them (`В.В.`) are words of their own.
    pub(crate) splits_initials: bool,
    /// Words of a script without spaces that are cut out whole.
    pub(crate) words: BTreeSet<String>,
    /// Verbs that may open a sentence and are read as nouns or names.
    pub(crate) opening_verbs: BTreeSet<String>,
    /// Adjectives of those who want or are able to do something.
    pub(crate) willing: BTreeSet<String>,
    /// Participles of state that have an object, and those that a phrase follows.
    pub(crate) participles: BTreeSet<String>,
    pub(crate) phrase_participles: BTreeSet<String>,
    /// Words between which a space gets lost where a link ends (`прошлавстреча`), the first and the second ones.
    pub(crate) link_fronts: BTreeSet<String>,
    pub(crate) link_backs: BTreeSet<String>,
    /// Names in capitals that are told from a word written onto them: `СШАДжо`.
    pub(crate) acronyms: BTreeSet<String>,
    /// The letters of foreign names in such a script, and those cut off behind them.
    pub(crate) glued: Glued,
    /// Whether words stand without spaces between them.
    pub(crate) unspaced: bool,
}

impl Rules {
    /// The rules of a language; of one without tables, those that hold everywhere.
    pub(crate) fn of(language: &str) -> Self {
        let mut rules = Self::default();
        for table in ["tokens", "abbreviations"] {
            rules.read(chancery_tables::language(language, table).unwrap_or_default());
        }
        rules.after.sort_by_key(|ending| std::cmp::Reverse(ending.chars().count()));
        rules.before.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        rules
    }

    /// Where a space was lost between two listed words, or between a listed name in capitals and another name; `None`
    /// where the letters may be one word.
    pub(crate) fn lost_space(&self, form: &str) -> Option<usize> {
        let cuts = form.char_indices().map(|(cut, _)| cut).skip(1);
        cuts.filter_map(|cut| form.split_at_checked(cut).map(|(front, back)| (cut, front, back)))
            .find(|(_, front, back)| self.are_two(front, back))
            .map(|(cut, ..)| cut)
    }

    fn are_two(&self, front: &str, back: &str) -> bool {
        /// Of two words, one has as many letters at least: `маяк` is no May.
        const LONG: usize = 4;
        let is_small = |part: &str| part.chars().all(char::is_lowercase);
        let is_long = |part: &str| part.chars().count() >= LONG;
        let is_name = || {
            let mut letters = back.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.clone().count() > 1
                && letters.all(char::is_lowercase)
        };
        if front.chars().all(char::is_uppercase) {
            return self.acronyms.contains(&fold(front)) && is_name();
        }
        self.link_fronts.contains(front)
            && self.link_backs.contains(back)
            && is_small(front)
            && is_small(back)
            && (is_long(front) || is_long(back))
    }

    fn read(&mut self, table: &str) {
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((key, words)) = line.split_once(':') else { continue };
            let mut words = words.split_whitespace().map(fold);
            match key.trim() {
                "followed" => self.abbreviate(words, Abbreviation::Followed),
                "abbreviations" => self.abbreviate(words, Abbreviation::Free),
                "closing" => self.abbreviate(words, Abbreviation::Closing),
                "closing-after-number" => self.abbreviate(words, Abbreviation::ClosingAfterNumber),
                "starters" => self.starters.extend(words),
                "before" => self.before.extend(words),
                "after" => self.after.extend(words),
                "whole" => self.whole.extend(words),
                "opening-verbs" => self.opening_verbs.extend(words),
                "willing" => self.willing.extend(words),
                "participles" => self.participles.extend(words),
                "phrase-participles" => self.phrase_participles.extend(words),
                "link-fronts" => self.link_fronts.extend(words),
                "link-backs" => self.link_backs.extend(words),
                "acronyms" => self.acronyms.extend(words),
                "name-letters" => {
                    self.glued.name_letters.extend(letters(words));
                }
                "behind-names" => {
                    self.glued.behind_names.extend(letters(words));
                }
                "signs" => {
                    self.glued.signs.extend(letters(words));
                }
                "words" => self.words.extend(words),
                "words-from" => self.words.extend(words.flat_map(|table| names_in(&table))),
                "parts" => self.parts.extend(words.map(|word| {
                    (word.replace('|', ""), word.split('|').map(|part| part.chars().count()).collect())
                })),
                "hyphen" => self.splits_hyphen = words.next_back().as_deref() == Some("split"),
                "hyphen-prefixes" => self.hyphen_prefixes.extend(words),
                "ordinals" => self.ordinals = words.next_back().as_deref() == Some("yes"),
                "initials" => self.splits_initials = words.next_back().as_deref() == Some("split"),
                "spaces" => self.unspaced = words.next_back().as_deref() == Some("no"),
                _ => {}
            }
        }
    }

    fn abbreviate(&mut self, words: impl Iterator<Item = String>, abbreviation: Abbreviation) {
        self.abbreviations.extend(words.map(|word| (word, abbreviation)));
    }
}

/// The letters of words.
fn letters(words: impl Iterator<Item = String>) -> impl Iterator<Item = char> {
    words.flat_map(|word| word.chars().collect::<Vec<_>>())
}

/// The names that a table of the world holds: its cells but for the first of a row.
fn names_in(table: &str) -> Vec<String> {
    let rows = chancery_tables::world(table).unwrap_or_default().lines();
    rows.filter(|row| !row.starts_with('#'))
        .flat_map(|row| row.split('\t').skip(1).flat_map(|cell| cell.split('|')))
        .map(|name| fold(name.trim_matches('*')))
        .filter(|name| !name.is_empty())
        .collect()
}

/// Lower case, with every apostrophe the same.
pub(crate) fn fold(word: &str) -> String {
    word.chars()
        .flat_map(
            |character| if is_apostrophe(character) { '\''.to_lowercase() } else { character.to_lowercase() },
        )
        .collect()
}

pub(crate) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{02bc}' | '\u{2018}' | '\u{02b9}' | '\u{ff07}')
}
