//! Finds numbers with what they count: distances, sums of money, people killed, drones.

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use chancery_core::{Analysis, Document, Quantity, Relation, Sentence, Span, Upos};

use crate::times::grammar::{Grammar, grammar};
use crate::times::numbers::Numbers;
use crate::times::tokens::{Token, TokenKind, folded};
use crate::times::{self};

/// The unit words of a language.
#[derive(Debug, Default)]
struct Units {
    /// By first word: the words, and the unit they stand for.
    words: HashMap<String, Vec<(Vec<String>, String)>>,
    stems: HashMap<String, String>,
    /// Words that say what became of those counted: `killed`, `wounded`, `arrested`.
    counted: HashMap<String, String>,
    counted_stems: HashMap<String, String>,
    /// Units that are money: they may stand before the number.
    money: Vec<String>,
    /// Words between two ends of a range: `to`.
    range: Vec<String>,
    /// Words before the lower end of a range whose ends `and` joins: `between`.
    between: Vec<String>,
    /// Words that end what a number may count: `of`, `in`, `and`.
    skip: Vec<String>,
}

/// Finds numbers with what they count, in the order of the text.
pub(crate) fn find_quantities(document: &Document, analysis: &Analysis) -> Vec<Quantity> {
    let language = document.metadata.language.as_deref();
    let grammar = grammar(language);
    let units = units(language);
    let mut out = Vec::new();
    let mut read = 0;
    for (_, block) in document.news() {
        if block.span.start() < read {
            continue;
        }
        read = block.span.end();
        let text = document.text.slice(block.span);
        let (tokens, times) = times::times_in(text, grammar);
        let mut dated = times.iter().peekable();
        let mut at = 0;
        while at < tokens.len() {
            while dated.next_if(|time| time.end <= at).is_some() {}
            if let Some(time) = dated.peek().filter(|time| time.first <= at) {
                at = time.end;
                continue;
            }
            let Some(found) = quantity(&tokens, at, grammar, units) else {
                at += 1;
                continue;
            };
            let start = block.span.start();
            let edge = |index: usize| tokens.get(index).map(|token| (start + token.start, start + token.end));
            let (Some((from, _)), Some((_, to))) = (edge(found.first), edge(found.end - 1)) else { break };
            let sentence = analysis
                .sentences
                .partition_point(|sentence| sentence.span.start() <= from)
                .saturating_sub(1);
            if let Some(span) = document.text.span(from, to) {
                let number = edge(found.number).and_then(|(from, to)| document.text.span(from, to));
                let named = match found.unit {
                    Some(unit) => Some((span, unit)),
                    None => analysis
                        .sentences
                        .get(sentence)
                        .and_then(|words| counted_thing(words, number?))
                        .map(|(thing, lemma)| (span.cover(thing), lemma)),
                };
                if let Some((span, unit)) = named {
                    // A thing counted before its number may have been taken by the one before.
                    let free = out.last().is_none_or(|last: &Quantity| last.span.end() <= span.start());
                    let span = if free { Some(span) } else { document.text.span(from, to) };
                    if let Some(span) = span.filter(|span| {
                        out.last().is_none_or(|last: &Quantity| last.span.end() <= span.start())
                    }) {
                        out.push(Quantity { span, sentence, value: found.value, unit });
                    }
                }
            }
            at = found.end.max(at + 1);
        }
    }
    out
}

/// A number with its unit, as tokens.
struct Found {
    first: usize,
    end: usize,
    /// The token that the number starts with.
    number: usize,
    value: f64,
    /// `None` where only the tree can say what is counted.
    unit: Option<String>,
}

fn quantity(tokens: &[Token], at: usize, grammar: &Grammar, units: &Units) -> Option<Found> {
    // Money may stand before: `$40 billion`, `USD 3,000`.
    let before = units.unit_at(tokens, at).filter(|(unit, _)| units.money.contains(unit));
    let (money, number_at) = match before {
        Some((unit, length)) => (Some(unit), at + length),
        None => (None, at),
    };
    let first = tokens.get(number_at)?;
    // `A320`, `T-72`, `2-1`: part of a name or a score.
    let inside_name = number_at > 0
        && first.glued
        && money.is_none()
        && tokens.get(number_at - 1).is_some_and(|t| {
            t.kind != TokenKind::Mark && !t.norm.chars().any(crate::times::tokens::is_han)
                || matches!(t.norm.as_str(), "-" | "/" | "." | "," | ":" | "#" | "№")
                    && number_at > 1
                    && t.glued
                    && tokens.get(number_at - 2).is_some_and(|t| t.kind != TokenKind::Mark)
        });
    if inside_name {
        return None;
    }
    let number = grammar.numbers.at(tokens, number_at)?;
    let mut end = number_at + number.length;
    // `10 to 15 people`: the lower end is what is sure.
    let between = at > 0 && tokens.get(at - 1).is_some_and(|t| units.between.contains(&t.norm));
    let joins = tokens.get(end).is_some_and(|t| {
        t.norm == "-" || units.range.contains(&t.norm) || between && units.skip.contains(&t.norm)
    });
    if let Some(upper) =
        grammar.numbers.at(tokens, end + 1).filter(|upper| joins && upper.value > number.value)
    {
        end = end + 1 + upper.length;
    }
    let found = |end: usize, unit: Option<String>| {
        Some(Found { first: at, end, number: number_at, value: number.value, unit })
    };
    if money.is_some() {
        return found(end, money);
    }
    let hyphen = usize::from(tokens.get(end).is_some_and(|t| t.norm == "-" && t.glued));
    if let Some((unit, length)) = units.unit_at(tokens, end + hyphen) {
        return found(end + hyphen + length, Some(unit));
    }
    if let Some((unit, length)) = units.fate(tokens, number_at, end) {
        return found(end + length, Some(unit));
    }
    // `one` of `one of them` counts nothing; a number in words above it may.
    if number.in_words && number.value < 2.0 {
        return None;
    }
    found(end, None)
}

/// The noun that a number counts, by the tree.
fn counted_thing(sentence: &Sentence, number: Span) -> Option<(Span, String)> {
    let index = sentence.words_in(number).start;
    let word = sentence.words.get(index)?;
    let counts =
        matches!(word.relation, Relation::Nummod | Relation::Clf | Relation::Compound | Relation::Flat);
    let mut head = word.head.filter(|_| counts)?;
    // `200 thousand men`: the number hangs on another number.
    for _ in 0..2 {
        let above = sentence.words.get(head)?;
        if above.upos == Upos::Num || above.relation == Relation::Clf {
            head = above.head?;
        }
    }
    let thing = sentence.words.get(head)?;
    if !matches!(thing.upos, Upos::Noun | Upos::Propn) {
        return None;
    }
    let between = head.abs_diff(index);
    let span = if between <= 4 && thing.span.start() > number.start() { thing.span } else { number };
    Some((span, thing.lemma.to_lowercase()))
}

impl Units {
    /// The unit that starts at a token, and how many tokens it takes.
    fn unit_at(&self, tokens: &[Token], at: usize) -> Option<(String, usize)> {
        let token = tokens.get(at).filter(|token| !token.after_break)?;
        for (words, unit) in self.words.get(&token.norm).into_iter().flatten() {
            let rest = tokens.get(at..at + words.len());
            if rest.is_some_and(|rest| rest.iter().zip(words).all(|(token, word)| token.norm == *word)) {
                return Some((unit.clone(), words.len()));
            }
        }
        stem(&self.stems, token).map(|unit| (unit.clone(), 1))
    }

    /// What became of those counted, by a word close after the number or before it; and how many tokens
    /// after the number belong to it.
    fn fate(&self, tokens: &[Token], number: usize, end: usize) -> Option<(String, usize)> {
        let of = |token: &Token| {
            let exact = self.counted.get(&token.norm);
            exact.or_else(|| stem(&self.counted_stems, token)).cloned()
        };
        let stops = |token: &Token| {
            token.kind == TokenKind::Digits
                || token.kind == TokenKind::Mark && token.norm != "-" && token.norm != "\""
                || token.after_break
        };
        let after = tokens.get(end..).unwrap_or_default().iter().take(5);
        for (distance, token) in after.take_while(|token| !stops(token)).enumerate() {
            if self.skip.contains(&token.norm) {
                break;
            }
            if let Some(unit) = of(token) {
                return Some((unit, distance + 1));
            }
        }
        let before = tokens.get(..number).unwrap_or_default().iter().rev().take(5);
        let noun = tokens.get(end).is_some_and(|token| token.kind == TokenKind::Letters);
        for token in before.take_while(|token| !stops(token)) {
            if let Some(unit) = of(token) {
                return Some((
                    unit,
                    usize::from(noun && !tokens.get(end).is_some_and(|t| self.skip.contains(&t.norm))),
                ));
            }
        }
        None
    }
}

fn stem<'s>(stems: &'s HashMap<String, String>, token: &Token) -> Option<&'s String> {
    if token.kind != TokenKind::Letters || token.norm.len() > 60 || stems.is_empty() {
        return None;
    }
    let ends = token.norm.char_indices().map(|(index, _)| index).skip(2).chain([token.norm.len()]);
    ends.filter_map(|end| stems.get(token.norm.get(..end)?)).last()
}

/// The units of a language, read on first use; none where the language has no table.
fn units(language: Option<&str>) -> &'static Units {
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
fn read(table: &str) -> (Units, Vec<String>) {
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
                    units.money.push(key.to_owned());
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
            "counted" => {
                for word in list() {
                    match word.strip_suffix('*') {
                        Some(stem) => units.counted_stems.insert(folded(stem).concat(), key.to_owned()),
                        None => units.counted.insert(folded(word).concat(), key.to_owned()),
                    };
                }
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A language, a text, and each quantity's words, value and unit.
    type Case = (&'static str, &'static str, &'static [(&'static str, f64, &'static str)]);
    use chancery_core::{Block, BlockKind, Metadata, Text};

    fn found(language: &str, text: &str) -> Vec<(String, f64, String)> {
        let text = Text::new(text);
        let document = Document {
            name: "case".to_owned(),
            blocks: vec![Block { kind: BlockKind::Paragraph, span: text.whole() }],
            metadata: Metadata { language: Some(language.to_owned()), ..Metadata::default() },
            text,
        };
        find_quantities(&document, &Analysis::default())
            .into_iter()
            .map(|quantity| (document.text.slice(quantity.span).to_owned(), quantity.value, quantity.unit))
            .collect()
    }

    #[test]
    fn every_table_can_be_read() {
        for language in chancery_tables::languages() {
            if let Some(table) = chancery_tables::language(language, "units") {
                let errors = read(table).1;
                assert!(errors.is_empty(), "languages/{language}/units.txt:{}", errors.join("\n"));
            }
        }
    }

    #[test]
    fn numbers_are_found_with_their_units() {
        let cases: &[Case] = &[
            ("en", "a 7,200-kilometre road", &[("7,200-kilometre", 7200.0, "km")]),
            (
                "en",
                "It cost $2.5 billion, or 40 percent more.",
                &[("$2.5 billion", 2.5e9, "USD"), ("40 percent", 40.0, "percent")],
            ),
            (
                "en",
                "The strike killed 12 people and wounded at least 30.",
                &[("12 people", 12.0, "killed"), ("30", 30.0, "wounded")],
            ),
            (
                "en",
                "Between 10 and 15 men were arrested on 5 May 2024.",
                &[("10 and 15 men were arrested", 10.0, "arrested")],
            ),
            ("en", "On Tuesday the A320 left at 15:20; call 555-1234.", &[]),
            (
                "sv",
                "Vägen är 7 200 kilometer lång och kostade 3,5 miljarder kronor.",
                &[("7 200 kilometer", 7200.0, "km"), ("3,5 miljarder kronor", 3.5e9, "SEK")],
            ),
            ("sv", "Minst tolv personer dödades.", &[("tolv personer dödades", 12.0, "killed")]),
            (
                "ru",
                "Погибли 25 человек, ещё 40 ранены.",
                &[("25 человек", 25.0, "killed"), ("40 ранены", 40.0, "wounded")],
            ),
            ("ru", "Ущерб превысил 300 тысяч долларов.", &[("300 тысяч долларов", 300_000.0, "USD")]),
            ("fa", "این جاده ۷۲۰۰ کیلومتر است.", &[("۷۲۰۰ کیلومتر", 7200.0, "km")]),
            (
                "zh",
                "这条公路长7200公里，耗资5亿美元。",
                &[("7200公里", 7200.0, "km"), ("5亿美元", 5e8, "USD")],
            ),
            ("de", "Die Straße ist 7.200 Kilometer lang.", &[("7.200 Kilometer", 7200.0, "km")]),
        ];
        for (language, text, expected) in cases {
            let expected: Vec<_> = expected
                .iter()
                .map(|(text, value, unit)| ((*text).to_owned(), *value, (*unit).to_owned()))
                .collect();
            assert_eq!(found(language, text), expected, "{text}");
        }
    }
}
