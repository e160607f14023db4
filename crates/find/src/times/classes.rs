//! The classes that the words and digits of a text belong to: a month, a day, a year, a clock.

use super::forms::stems;
use super::grammar::Class;
use super::matcher::Matcher;
use super::numbers::integer;
use super::tokens::{TokenKind, is_han};

/// Tokens that belong to a class.
#[derive(Clone, Debug)]
pub(super) struct ClassMatch {
    pub(super) class: Class,
    pub(super) value: i64,
    pub(super) number: f64,
    pub(super) length: usize,
    pub(super) weak: bool,
}

impl Matcher<'_> {
    /// Every class that the tokens from each token on belong to.
    pub(super) fn classify(&self) -> Vec<Vec<ClassMatch>> {
        let informal = !self.tokens.iter().any(|token| token.capital);
        (0..self.tokens.len()).map(|at| self.classes_at(at, informal)).collect()
    }

    fn classes_at(&self, at: usize, informal: bool) -> Vec<ClassMatch> {
        let mut out = Vec::new();
        let Some(token) = self.tokens.get(at) else { return out };
        let grammar = self.grammar;
        let plain =
            |class, value, length| ClassMatch { class, value, number: value as f64, length, weak: false };
        for form in self.forms.get(at).into_iter().flatten() {
            let by_word = grammar.entries.get(form).into_iter().flatten();
            let by_stem = stems(form).filter_map(|stem| grammar.stems.get(stem)).flatten();
            for entry in by_word.chain(by_stem) {
                let rest = self.tokens.get(at + 1..at + entry.words.len());
                let last = entry.words.len().saturating_sub(2);
                let fits = rest.is_some_and(|rest| {
                    rest.iter().zip(entry.words.iter().skip(1)).enumerate().all(|(index, (token, word))| {
                        token.norm == *word
                            || (entry.stem && index == last && token.norm.starts_with(word.as_str()))
                    })
                });
                if fits && (informal || token.capital || !grammar.capital.contains(&entry.class)) {
                    out.push(ClassMatch {
                        weak: entry.weak,
                        ..plain(entry.class, entry.value, entry.words.len())
                    });
                    if entry.class == Class::Ordinal && (1..=31).contains(&entry.value) {
                        out.push(plain(Class::Day, entry.value, entry.words.len()));
                    }
                }
            }
        }
        if token.kind == TokenKind::Digits {
            self.digit_classes(at, &mut out);
        }
        if let Some(number) = self.number(at) {
            out.push(ClassMatch {
                class: Class::Number,
                value: integer(number.0),
                number: number.0,
                length: number.1,
                weak: false,
            });
            // `nine` of `nine o'clock`; patterns name the word that makes it an hour.
            if number.2 && number.0.fract() == 0.0 && (1.0..=24.0).contains(&number.0) {
                out.push(plain(Class::Hour, integer(number.0), number.1));
            }
            self.compound_ordinal(at, number, &mut out);
            // Scripts that write the day of the month in characters (二十四日).
            if number.2
                && token.norm.chars().next().is_some_and(is_han)
                && number.0.fract() == 0.0
                && (1.0..=31.0).contains(&number.0)
            {
                out.push(plain(Class::Day, integer(number.0), number.1));
            }
        }
        out
    }

    pub(super) fn number(&self, at: usize) -> Option<(f64, usize, bool)> {
        let number = self.grammar.numbers.at(&self.tokens, at).or_else(|| {
            // `ושלושה`: a number word behind a prefix.
            let form = self.forms.get(at)?.get(1)?;
            let mut token = self.tokens.get(at)?.clone();
            token.norm.clone_from(form);
            self.grammar.numbers.at(&[token], 0)
        })?;
        Some((number.value, number.length, number.in_words))
    }

    /// `twenty` `fourth`: tens before an ordinal.
    fn compound_ordinal(
        &self,
        at: usize,
        (value, length, in_words): (f64, usize, bool),
        out: &mut Vec<ClassMatch>,
    ) {
        if !in_words || value % 10.0 != 0.0 || !(20.0..=90.0).contains(&value) {
            return;
        }
        let mut next = at + length;
        if self.tokens.get(next).is_some_and(|token| token.norm == "-" && token.glued) {
            next += 1;
        }
        let Some(form) = self.forms.get(next).and_then(|forms| forms.first()) else { return };
        let ones = self
            .grammar
            .entries
            .get(form)
            .into_iter()
            .flatten()
            .chain(stems(form).filter_map(|stem| self.grammar.stems.get(stem)).flatten());
        for entry in
            ones.filter(|e| e.class == Class::Ordinal && (1..=9).contains(&e.value) && e.words.len() == 1)
        {
            let value = integer(value) + entry.value;
            let length = next + 1 - at;
            out.push(ClassMatch { class: Class::Ordinal, value, number: value as f64, length, weak: false });
            if value <= 31 {
                out.push(ClassMatch { class: Class::Day, value, number: value as f64, length, weak: false });
            }
        }
    }

    fn digit_classes(&self, at: usize, out: &mut Vec<ClassMatch>) {
        let Some(token) = self.tokens.get(at) else { return };
        let plain = |class, value: i64, length| ClassMatch {
            class,
            value,
            number: value as f64,
            length,
            weak: false,
        };
        let Some(value) =
            Some(&token.norm).filter(|norm| norm.len() <= 8).and_then(|norm| norm.parse::<i64>().ok())
        else {
            return;
        };
        let mark = |at: usize, marks: &str| {
            self.tokens
                .get(at)
                .is_some_and(|t| t.glued && t.norm.len() == 1 && marks.contains(t.norm.as_str()))
        };
        let digits_at = |at: usize| {
            self.tokens
                .get(at)
                .filter(|t| t.glued && t.kind == TokenKind::Digits && t.norm.len() <= 4)
                .and_then(|t| Some((t.norm.parse::<i64>().ok()?, t.norm.len())))
        };
        // Part of a longer number (`7,200`, `1-800-555`), a price or a score.
        let after_mark = at > 0
            && token.glued
            && self.tokens.get(at - 1).is_some_and(|t| ".,:/$€£¥#₽₴%+".contains(t.norm.as_str()))
            && (self.tokens.get(at - 1).is_some_and(|t| "$€£¥#₽₴".contains(t.norm.as_str()))
                || at > 1
                    && self.tokens.get(at - 1).is_some_and(|t| t.glued)
                    && self.tokens.get(at - 2).is_some_and(|t| t.kind == TokenKind::Digits));
        // `555-2024-1999`: a chain of three is a number to call, or a date, which is read below.
        let hyphen = |at: usize| self.tokens.get(at).is_some_and(|t| t.norm == "-" && t.glued);
        let digits = |at: usize| self.tokens.get(at).is_some_and(|t| t.kind == TokenKind::Digits && t.glued);
        let chained = token.glued
            && at >= 2
            && hyphen(at - 1)
            && self.tokens.get(at - 2).is_some_and(|t| t.kind == TokenKind::Digits)
            && (hyphen(at + 1) && digits(at + 2) || at >= 4 && hyphen(at - 3) && digits(at - 2));
        let after_mark = after_mark || chained;
        let before_mark =
            |next: usize| mark(next, ".,:/%") && digits_at(next + 1).is_some() || mark(next, "%");
        let length = token.norm.len();
        if length <= 2 && (1..=31).contains(&value) && !after_mark && !before_mark(at + 1) {
            out.push(plain(Class::Day, value, 1));
        }
        if length <= 2 && (0..=24).contains(&value) && !after_mark && !before_mark(at + 1) {
            out.push(plain(Class::Hour, value, 1));
        }
        if length <= 3
            && !after_mark
            && let Some(length) = self.ordinal_suffix(at)
        {
            out.push(plain(Class::Ordinal, value, length));
            if (1..=31).contains(&value) {
                out.push(plain(Class::Day, value, length));
            }
        }
        if length == 4 && (1000..=2999).contains(&value) && !after_mark && !before_mark(at + 1) {
            let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
            let after = self.tokens.get(at + 1);
            // `1450 to 1850 marks`
            let of_range = self.tokens.get(at + 1).is_some_and(|t| self.grammar.numbers.is_range(&t.norm))
                && self.tokens.get(at + 2).is_some_and(|t| t.kind == TokenKind::Digits)
                && self.tokens.get(at + 3).is_some_and(|t| self.grammar.not_year_after.contains(&t.norm));
            // `2005-981` is a number of a file.
            let of_file = hyphen(at + 1)
                && self.tokens.get(at + 2).is_some_and(|t| {
                    t.glued && t.kind == TokenKind::Digits && (t.norm.len() == 3 || t.norm.len() > 4)
                });
            let price = of_range
                || of_file
                || before.is_some_and(|t| {
                    "$€£¥₽₴".contains(t.norm.as_str()) || self.grammar.not_year_before.contains(&t.norm)
                })
                || after.is_some_and(|t| {
                    "$€£¥₽₴%".contains(t.norm.as_str()) || self.grammar.not_year_after.contains(&t.norm)
                });
            if !price {
                // Bare, it is a year only where years of the news lie.
                let weak =
                    !(1900..=2099).contains(&value) || value % 100 == 0 && value != 1900 && value != 2000;
                out.push(ClassMatch { weak, ..plain(Class::Year, value, 1) });
            }
        }
        if length == 2 && !after_mark && !before_mark(at + 1) {
            out.push(plain(Class::ShortYear, value, 1));
        }
        if after_mark {
            return;
        }
        self.numeric_date(at, value, length, out, &mark, &digits_at);
        // `15:20`, `15.20`
        if length <= 2
            && value <= 24
            && mark(at + 1, ":.")
            && let Some((minutes, 2)) = digits_at(at + 2).filter(|(minutes, _)| *minutes < 60)
        {
            let more = mark(at + 3, ":.,/-") && digits_at(at + 4).is_some();
            let seconds = mark(at + 3, ":") && digits_at(at + 4).is_some_and(|(_, length)| length == 2);
            if mark(at + 1, ":") && (!more || seconds) {
                out.push(plain(Class::Clock, value * 60 + minutes, if seconds { 5 } else { 3 }));
            } else if !more {
                // With a dot it may be a number: patterns must ask for it by another word.
                out.push(ClassMatch { weak: true, ..plain(Class::Clock, value * 60 + minutes, 3) });
            }
        }
    }

    /// `2024-08-05`, `05.08.2024`, `8/5/24`, `15/02`; value as year · 10000 + month · 100 + day.
    fn numeric_date(
        &self,
        at: usize,
        first: i64,
        length: usize,
        out: &mut Vec<ClassMatch>,
        mark: &dyn Fn(usize, &str) -> bool,
        digits_at: &dyn Fn(usize) -> Option<(i64, usize)>,
    ) {
        let mut push = |year: i64, month: i64, day: i64, length: usize, weak: bool| {
            if (1..=12).contains(&month) && (1..=31).contains(&day) {
                let value = year * 10_000 + month * 100 + day;
                out.push(ClassMatch { class: Class::NumericDate, value, number: 0.0, length, weak });
            }
        };
        for separator in ["-", "/", "."] {
            if !mark(at + 1, separator) {
                continue;
            }
            let Some((second, second_length)) = digits_at(at + 2) else { continue };
            let third = if mark(at + 3, separator) { digits_at(at + 4) } else { None };
            match third {
                Some((day, day_length)) if length == 4 && second_length <= 2 && day_length <= 2 => {
                    // `2024-08-05T01:49` ends at the day.
                    push(first, second, day, 5, false);
                }
                Some((year, year_length))
                    if length <= 2 && second_length <= 2 && matches!(year_length, 2 | 4) =>
                {
                    if mark(at + 5, separator) && digits_at(at + 6).is_some() {
                        continue;
                    }
                    let year = if year_length == 4 {
                        year
                    } else if year < 50 {
                        2000 + year
                    } else {
                        1900 + year
                    };
                    let (day, month) =
                        if (self.grammar.month_first && separator == "/" || first > 31 || second > 12)
                            && first <= 12
                        {
                            (second, first)
                        } else {
                            (first, second)
                        };
                    push(year, month, day, 5, false);
                }
                None if length <= 2 && second_length <= 2 && !mark(at + 3, "-/.:,") => {
                    let (day, month) = if self.grammar.month_first && separator == "/" || second > 12 {
                        (second, first)
                    } else {
                        (first, second)
                    };
                    push(0, month, day, 3, true);
                }
                None if length <= 2
                    && second_length == 2
                    && separator == "."
                    && mark(at + 3, ".")
                    && digits_at(at + 4).is_none() =>
                {
                    push(0, second, first, 4, true);
                }
                _ => {}
            }
        }
    }

    /// Lengths in tokens of a number with a suffix that makes it an ordinal: `1st`, `3:e`, `18-го`.
    fn ordinal_suffix(&self, at: usize) -> Option<usize> {
        let is_suffix = |at: usize| {
            self.tokens.get(at).is_some_and(|t| t.glued && self.grammar.ordinal_suffixes.contains(&t.norm))
        };
        if is_suffix(at + 1) {
            return Some(2);
        }
        let joined =
            self.tokens.get(at + 1).is_some_and(|t| t.glued && matches!(t.norm.as_str(), ":" | "-" | "'"));
        (joined && is_suffix(at + 2)).then_some(3)
    }
}
