//! The furniture tables of `languages/`, and the search for their phrases in lines.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use chancery_core::FurnitureKind;
use memchr::memmem::Finder;

use crate::words::{fold, is_dense};

/// The tables of all languages, read once.
pub(crate) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut tables = Tables::default();
    for language in chancery_tables::languages() {
        if let Some(text) = chancery_tables::language(language, "furniture") {
            tables.add(language, text);
        }
    }
    tables
});

/// What the tables say, of all languages together.
#[derive(Default)]
pub(crate) struct Tables {
    whole: HashMap<String, FurnitureKind>,
    /// Phrases that open a line, by their first character.
    starts: HashMap<char, Vec<Phrase>>,
    parts: Vec<Phrase>,
    tail: HashSet<String>,
    tail_starts: HashMap<char, Vec<Phrase>>,
    /// Words of plain lists, by list; each with its language.
    lists: BTreeMap<&'static str, Vec<(&'static str, String)>>,
    /// The same words, as [`fold`] gives them.
    folded_lists: BTreeMap<&'static str, Vec<String>>,
    words: BTreeMap<&'static str, HashSet<String>>,
    /// Patterns that hold the publisher at a `{}`.
    pub senders: Vec<(String, String)>,
    months: HashMap<String, i8>,
    solar_months: HashMap<String, i8>,
}

struct Phrase {
    kind: FurnitureKind,
    at_start: bool,
    at_end: bool,
    parts: Vec<Part>,
}

/// Words of a phrase, as [`fold`] gives them.
struct Part {
    words: String,
    /// Finds the words; made once, since many phrases are looked for in every line.
    finder: Finder<'static>,
    /// Whether a word may go on behind them, as `…` without a space says.
    open: bool,
}

/// The lists that are not furniture themselves.
const LISTS: &[&str] = &[
    "by",
    "and",
    "reporting",
    "published",
    "updated",
    "clock",
    "weekdays",
    "agencies",
    "media",
    "life",
    "reader",
    "photo",
    "caption",
    "in",
    "media-words",
    "desk",
    "headline",
    "offer",
    "price",
    "commenter",
];

/// The longest line, in words, in which a phrase of a kind may be only a part.
fn longest(kind: FurnitureKind) -> usize {
    match kind {
        FurnitureKind::Newsletter | FurnitureKind::Paywall | FurnitureKind::Legal => 45,
        FurnitureKind::Promotion | FurnitureKind::Sources | FurnitureKind::Credit => 30,
        _ => 16,
    }
}

impl Tables {
    fn add(&mut self, language: &'static str, text: &'static str) {
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let Some((key, values)) = line.split_once(':') else { continue };
            let values: Vec<&str> =
                values.split('|').map(str::trim).filter(|value| !value.is_empty()).collect();
            if let Some(list) = LISTS.iter().find(|list| **list == key) {
                let words = values.iter().flat_map(|value| {
                    if *list == "weekdays" { value.split(',').map(str::trim).collect() } else { vec![*value] }
                });
                for word in words {
                    self.lists.entry(list).or_default().push((language, word.to_owned()));
                    self.folded_lists.entry(list).or_default().push(fold(word));
                    self.words.entry(list).or_default().insert(fold(word));
                }
            } else if key == "months" || key == "solar-months" {
                let map = if key == "months" { &mut self.months } else { &mut self.solar_months };
                for (number, names) in (1..=12).zip(&values) {
                    for name in names.split(',') {
                        map.insert(fold(name), number);
                    }
                }
            } else if key == "sender" {
                self.senders.extend(
                    values
                        .iter()
                        .filter_map(|v| v.split_once("{}"))
                        .map(|(a, b)| (a.trim().to_lowercase(), b.trim().to_lowercase())),
                );
            } else if key == "tail" {
                for value in values {
                    match phrase(FurnitureKind::Promotion, value) {
                        (Some(whole), _) => {
                            self.tail.insert(whole);
                        }
                        (None, phrase) => file(&mut self.tail_starts, phrase),
                    }
                }
            } else if let Ok(kind) = key.parse::<FurnitureKind>() {
                for value in values {
                    match phrase(kind, value) {
                        (Some(whole), _) => {
                            self.whole.entry(whole).or_insert(kind);
                        }
                        (None, phrase) if phrase.at_start => file(&mut self.starts, phrase),
                        (None, phrase) => self.parts.push(phrase),
                    }
                }
            }
        }
    }

    /// The kind of furniture that a line is by its words; `folded` is the line as [`fold`] gives it.
    pub(crate) fn kind(&self, folded: &str, words: usize, is_speech: bool) -> Option<FurnitureKind> {
        let bare = folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '(' || c == ')');
        if let Some(kind) = self.whole.get(folded).or_else(|| self.whole.get(bare)) {
            return Some(*kind);
        }
        if is_speech || words > 45 {
            return None;
        }
        let open = folded.trim_start_matches(['(', '[']);
        if open != folded
            && let Some(kind) = self.kind(open, words, is_speech)
        {
            return Some(kind);
        }
        let first = folded.chars().next()?;
        let fits = |phrase: &&Phrase| words <= longest(phrase.kind) && phrase.fits(folded);
        let starts = self.starts.get(&first).into_iter().flatten();
        starts.chain(&self.parts).filter(fits).max_by_key(|phrase| phrase.weight()).map(|phrase| phrase.kind)
    }

    /// Whether a line heads what follows the news.
    pub(crate) fn is_tail(&self, folded: &str) -> bool {
        self.tail.contains(folded)
            || folded
                .chars()
                .next()
                .and_then(|first| self.tail_starts.get(&first))
                .is_some_and(|phrases| phrases.iter().any(|phrase| phrase.fits(folded)))
    }

    /// The entries of a list, as written, with their languages.
    pub(crate) fn list(&self, list: &str) -> impl Iterator<Item = (&'static str, &str)> {
        self.lists.get(list).into_iter().flatten().map(|(language, word)| (*language, word.as_str()))
    }

    /// The entries of a list, folded.
    pub(crate) fn folded_list(&self, list: &str) -> impl Iterator<Item = &str> {
        self.folded_lists.get(list).into_iter().flatten().map(String::as_str)
    }

    /// Whether a folded word or phrase stands in a list.
    pub(crate) fn has(&self, list: &str, folded: &str) -> bool {
        self.words.get(list).is_some_and(|words| words.contains(folded))
    }

    pub(crate) fn month(&self, folded: &str) -> Option<i8> {
        self.months.get(folded).copied()
    }

    pub(crate) fn solar_month(&self, folded: &str) -> Option<i8> {
        self.solar_months.get(folded).copied()
    }

    /// How many phrases of a list a folded line holds.
    pub(crate) fn count_in(&self, list: &str, languages: [&str; 2], folded: &str) -> usize {
        self.list(list)
            .filter(|(language, word)| {
                languages.contains(language) && find_words(folded, &fold_part(word)).is_some()
            })
            .count()
    }
}

fn file(map: &mut HashMap<char, Vec<Phrase>>, phrase: Phrase) {
    if let Some(first) = phrase.parts.first().and_then(|part| part.words.chars().next()) {
        map.entry(first).or_default().push(phrase);
    }
}

/// Reads a phrase; one without `…` is a whole line.
fn phrase(kind: FurnitureKind, value: &str) -> (Option<String>, Phrase) {
    let parts: Vec<Part> = value
        .split('…')
        .map(|part| (fold_part(part), !part.ends_with(' ')))
        .filter(|(words, _)| !words.is_empty())
        .map(|(words, open)| Part { finder: Finder::new(words.as_bytes()).into_owned(), words, open })
        .collect();
    let phrase = Phrase { kind, at_start: !value.starts_with('…'), at_end: !value.ends_with('…'), parts };
    let whole = phrase.at_start && phrase.at_end && !value.contains('…');
    (whole.then(|| fold(value)).filter(|whole| !whole.is_empty()), phrase)
}

/// Folds a part of a phrase, whose closing marks (`foto:`) are telling.
fn fold_part(part: &str) -> String {
    let part = part.trim();
    let closing = part.chars().next_back().filter(|c| matches!(c, ':' | ')' | '：' | '/' | '｜' | '|' | ','));
    let mut folded = fold(part);
    if let Some(closing) = closing {
        folded.push(match closing {
            '：' => ':',
            '｜' => '|',
            closing => closing,
        });
    }
    folded
}

impl Phrase {
    fn fits(&self, line: &str) -> bool {
        let mut rest = line;
        for (index, part) in self.parts.iter().enumerate() {
            let last = index + 1 == self.parts.len();
            let words = part.words.as_str();
            let open = part.open && !(last && self.at_end);
            let found = if index == 0 && self.at_start {
                (rest.starts_with(words) && (open || bounded(rest, 0, words.len()))).then_some(0)
            } else if last && self.at_end {
                let at = rest.len().checked_sub(words.len());
                at.filter(|at| rest.ends_with(words) && bounded(rest, *at, rest.len()))
            } else {
                let found = part.finder.find_iter(rest.as_bytes());
                found.into_iter().find(|at| bounded(rest, *at, at + words.len()))
            };
            let Some(at) = found else { return false };
            rest = rest.get(at + words.len()..).unwrap_or_default();
        }
        !self.parts.is_empty()
    }

    fn weight(&self) -> usize {
        self.parts.iter().map(|part| part.words.len()).sum()
    }
}

/// Where `part` stands in `line` as whole words.
pub(crate) fn find_words(line: &str, part: &str) -> Option<usize> {
    if part.is_empty() {
        return None;
    }
    line.match_indices(part).map(|(at, _)| at).find(|at| bounded(line, *at, at + part.len()))
}

/// Whether a match neither starts nor ends within a word.
fn bounded(line: &str, start: usize, end: usize) -> bool {
    let inside = |a: Option<char>, b: Option<char>| matches!((a, b), (Some(a), Some(b)) if a.is_alphanumeric() && b.is_alphanumeric() && !is_dense(a) && !is_dense(b));
    let (before, rest) = line.split_at_checked(start).unwrap_or_default();
    let (part, after) = rest.split_at_checked(end - start).unwrap_or_default();
    !inside(before.chars().next_back(), part.chars().next())
        && !inside(part.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(line: &str) -> Option<&'static str> {
        let folded = fold(line);
        TABLES.kind(&folded, crate::words::count(line), false).map(FurnitureKind::as_str)
    }

    #[test]
    fn phrases_are_whole_lines_starts_ends_or_parts() {
        assert_eq!(kind("Läs också"), Some("promotion"));
        assert_eq!(kind("Läs också:"), Some("promotion"));
        assert_eq!(kind("Källor: Reuters och TT."), Some("sources"));
        assert_eq!(kind("12 comments"), Some("comment"));
        assert_eq!(kind("Get it every Friday, straight to your inbox."), Some("newsletter"));
        assert_eq!(kind("Moskva stöder Teheran"), None);
        assert_eq!(kind("The minister said that the talks would go on."), None);
    }

    #[test]
    fn every_line_of_the_tables_is_understood() {
        for language in chancery_tables::languages() {
            let text = chancery_tables::language(language, "furniture").unwrap_or_default();
            for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                let key = line.split(':').next().unwrap_or_default();
                let known = LISTS.contains(&key)
                    || ["months", "solar-months", "sender", "tail"].contains(&key)
                    || key.parse::<FurnitureKind>().is_ok();
                assert!(known, "{language}: {line}");
                if key == "months" || key == "solar-months" {
                    assert_eq!(line.split('|').count(), 12, "{language}: {line}");
                }
            }
        }
    }
}
