//! Reads `units.txt`: how a language writes numbers, its units and currencies, and the words that say what
//! became of those counted (`languages/README.md`).

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use chancery_core::Approximation;

use crate::times::grammar::Phrase;
use crate::times::numbers::Numbers;
use crate::times::tokens::{Token, TokenKind, folded};

/// The unit words of a language.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// By first word: the words, and the unit they stand for.
    words: HashMap<String, Vec<(Vec<String>, String)>>,
    stems: HashMap<String, String>,
    /// Words that say what became of those counted: `killed`, `wounded`, `arrested`.
    counted: Vec<(Phrase, String)>,
    /// Units that may stand before the number, as money.
    pub(super) before: Vec<String>,
    /// Words between two ends of a range: `to`.
    pub(super) range: Vec<String>,
    /// Words before the lower end of a range whose ends `and` joins: `between`.
    pub(super) between: Vec<String>,
    /// Words that end what a number may count: `of`, `in`, `and`.
    pub(super) skip: Vec<String>,
    /// Words before a number that make it a lower or an upper bound, or about right.
    approximations: Vec<(Phrase, Approximation)>,
    /// Words behind a number that make it a lower bound.
    pub(super) more: Vec<Phrase>,
}

impl Units {
    fn approximate(&mut self, words: &str, approximation: Approximation) {
        self.approximations.extend(words.split_whitespace().map(|word| (Phrase::read(word), approximation)));
    }

    /// The unit that starts at a token, and how many tokens it takes.
    pub(super) fn unit_at(&self, tokens: &[Token], at: usize) -> Option<(String, usize)> {
        let token = tokens.get(at).filter(|token| !token.after_break)?;
        for (words, unit) in self.words.get(&token.norm).into_iter().flatten() {
            let rest = tokens.get(at..at + words.len());
            if rest.is_some_and(|rest| rest.iter().zip(words).all(|(token, word)| token.norm == *word)) {
                return Some((unit.clone(), words.len()));
            }
        }
        stem(&self.stems, token).map(|unit| (unit.clone(), 1))
    }

    /// What the words just before a token say of the number that begins there.
    pub(super) fn approximation(&self, tokens: &[Token], at: usize) -> Option<Approximation> {
        let fits = |(phrase, _): &&(Phrase, Approximation)| {
            let first = at.checked_sub(phrase.length());
            first.and_then(|first| tokens.get(first..at)).is_some_and(|rest| phrase.length_in(rest).is_some())
        };
        let longest = self.approximations.iter().filter(fits).max_by_key(|(phrase, _)| phrase.length());
        longest.map(|(_, approximation)| *approximation)
    }

    /// The word for what became of those counted that stands first here, and how many tokens it takes; behind
    /// a prefix as well (Arabic `و`).
    fn counted_at(&self, tokens: &[Token], prefixes: &[String]) -> Option<(&str, usize)> {
        let known = |tokens: &[Token]| {
            let lengths = self
                .counted
                .iter()
                .filter_map(|(phrase, unit)| Some((unit.as_str(), phrase.length_in(tokens)?)));
            lengths.max_by_key(|(_, length)| *length)
        };
        known(tokens).or_else(|| {
            let first = tokens.first()?;
            let bare = prefixes.iter().find_map(|prefix| first.norm.strip_prefix(prefix.as_str()))?;
            known(&[Token { norm: bare.to_owned(), ..first.clone() }])
        })
    }

    /// What became of those counted, by a word close after the number or before it; and how many tokens
    /// after the number belong to it.
    pub(super) fn fate(
        &self,
        tokens: &[Token],
        number: usize,
        end: usize,
        prefixes: &[String],
    ) -> Option<(String, usize)> {
        let of = |at: usize| self.counted_at(tokens.get(at..)?, prefixes);
        let stops = |token: &Token| {
            token.kind == TokenKind::Digits
                || token.kind == TokenKind::Mark && token.norm != "-" && token.norm != "\""
                || token.after_break
        };
        let after = tokens.get(end..).unwrap_or_default().iter().take(REACH);
        for (distance, token) in after.take_while(|token| !stops(token)).enumerate() {
            if self.skip.contains(&token.norm) {
                break;
            }
            if let Some((unit, length)) = of(end + distance) {
                // `و` + `أصيب`: the next thing is told.
                let joined = self.skip.iter().any(|word| {
                    prefixes.contains(word)
                        && token.norm.len() > word.len()
                        && token.norm.starts_with(word.as_str())
                });
                if joined {
                    break;
                }
                return Some((unit.to_owned(), distance + length));
            }
        }
        let before = tokens.get(..number).unwrap_or_default().iter().rev().take(REACH);
        let noun = tokens.get(end).is_some_and(|token| token.kind == TokenKind::Letters);
        for (distance, _) in before.take_while(|token| !stops(token)).enumerate() {
            if let Some((unit, _)) = of(number - 1 - distance) {
                return Some((
                    unit.to_owned(),
                    usize::from(noun && !tokens.get(end).is_some_and(|t| self.skip.contains(&t.norm))),
                ));
            }
        }
        None
    }
}

/// How many words before or after a number are looked at for what became of those counted.
const REACH: usize = 5;

fn stem<'s>(stems: &'s HashMap<String, String>, token: &Token) -> Option<&'s String> {
    if token.kind != TokenKind::Letters || token.norm.len() > 60 || stems.is_empty() {
        return None;
    }
    let ends = token.norm.char_indices().map(|(index, _)| index).skip(2).chain([token.norm.len()]);
    ends.filter_map(|end| stems.get(token.norm.get(..end)?)).last()
}

/// The units of a language, read on first use; none where the language has no table.
pub(super) fn units(language: Option<&str>) -> &'static Units {
    static UNITS: LazyLock<BTreeMap<&'static str, OnceLock<Units>>> = LazyLock::new(|| {
        chancery_tables::languages().into_iter().map(|code| (code, OnceLock::new())).collect()
    });
    static NONE: LazyLock<Units> = LazyLock::new(Units::default);
    language.and_then(|code| UNITS.get_key_value(code)).map_or(&NONE, |(code, cell)| {
        cell.get_or_init(|| read(chancery_tables::language(code, "units").unwrap_or_default()).0)
    })
}

/// The lines of a table as `(line, section, key, words)`.
fn lines(table: &str) -> impl Iterator<Item = (usize, &str, &str, &str)> {
    let mut section = "";
    table.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.split_once(" # ").map_or(line, |(line, _)| line).trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        if line.is_empty() || line.starts_with("# ") {
            return None;
        }
        let (key, words) = line.split_once('=').unwrap_or(("", line));
        Some((index + 1, section, key.trim(), words.trim()))
    })
}

/// Reads the units of a `units.txt`; lines that cannot be used are named.
pub(super) fn read(table: &str) -> (Units, Vec<String>) {
    let mut units = Units::default();
    let mut errors = Vec::new();
    for (line, section, key, words) in lines(table) {
        let list = || words.split(',').map(str::trim).filter(|word| !word.is_empty());
        match section {
            _ if key.is_empty() => errors.push(format!("{line}: expected `key = words`")),
            "options" => {
                let folded: Vec<String> = words.split_whitespace().flat_map(folded).collect();
                match key {
                    "range" => units.range = folded,
                    "between" => units.between = folded,
                    "skip" => units.skip = folded,
                    "at-least" => units.approximate(words, Approximation::AtLeast),
                    "at-most" => units.approximate(words, Approximation::AtMost),
                    "about" => units.approximate(words, Approximation::About),
                    "more" => units.more = words.split_whitespace().map(Phrase::read).collect(),
                    "before" => units.before.extend(words.split_whitespace().map(str::to_owned)),
                    _ if Numbers::default().option(key, words) => {}
                    _ => errors.push(format!("{line}: no option is called `{key}`")),
                }
            }
            "numbers" => {
                if key.parse::<f64>().is_err() {
                    errors.push(format!("{line}: `{key}` is no number"));
                }
            }
            "units" | "currencies" => {
                if section == "currencies" {
                    units.before.push(key.to_owned());
                }
                for word in list() {
                    let (word, is_stem) = word.strip_suffix('*').map_or((word, false), |word| (word, true));
                    let tokens = folded(word);
                    let Some(first) = tokens.first().cloned() else { continue };
                    if is_stem && tokens.len() == 1 {
                        units.stems.insert(first, key.to_owned());
                    } else {
                        let known = units.words.entry(first).or_default();
                        known.push((tokens, key.to_owned()));
                        known.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len()));
                    }
                }
            }
            "counted" => units.counted.extend(list().map(|word| (Phrase::read(word), key.to_owned()))),
            _ => errors.push(format!("{line}: no section is called `[{section}]`")),
        }
    }
    (units, errors)
}

/// The number words and separators of a `units.txt`.
pub(crate) fn read_numbers(table: &str) -> Numbers {
    let mut numbers = Numbers::default();
    for (_, section, key, words) in lines(table) {
        match section {
            "numbers" => {
                let Ok(value) = key.parse() else { continue };
                for word in words.split(',') {
                    numbers.add(word.trim(), value);
                }
            }
            "options" => {
                numbers.option(key, words);
            }
            _ => {}
        }
    }
    numbers
}
