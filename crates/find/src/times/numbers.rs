//! Reads numbers in digits and in words.

use std::collections::HashMap;

use super::tokens::{Token, TokenKind, folded, is_han};

/// The number words and separators of a language.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    words: HashMap<String, Vec<(Vec<String>, f64)>>,
    stems: HashMap<String, f64>,
    /// Words that may stand inside a number: `and`.
    joins: Vec<String>,
    decimal: Vec<String>,
    thousands: Vec<String>,
    space_groups: bool,
    /// Words between the two ends of a range: `to`.
    range: Vec<String>,
}

/// A number in a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    pub(crate) value: f64,
    /// How many tokens it takes.
    pub(crate) length: usize,
    pub(crate) in_words: bool,
}

impl Numbers {
    pub(crate) fn add(&mut self, word: &str, value: f64) {
        let (word, stem) = word.strip_suffix('*').map_or((word, false), |word| (word, true));
        let tokens = folded(word);
        let Some(first) = tokens.first().cloned() else { return };
        if stem && tokens.len() == 1 {
            self.stems.insert(first, value);
        } else {
            let known = self.words.entry(first).or_default();
            known.push((tokens, value));
            known.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len()));
        }
    }

    /// Whether a word or mark stands between the two ends of a range.
    pub(crate) fn is_range(&self, word: &str) -> bool {
        word == "-" || self.range.iter().any(|known| known == word)
    }

    /// Sets one of the options `decimal`, `thousands`, `joins`, `range`; whether there is such an option.
    pub(crate) fn option(&mut self, name: &str, values: &str) -> bool {
        let list: Vec<String> =
            values.split_whitespace().filter(|word| *word != "space").flat_map(folded).collect();
        match name {
            "decimal" => self.decimal = list,
            "thousands" => {
                self.space_groups = values.split_whitespace().any(|word| word == "space");
                self.thousands = list;
            }
            "joins" => self.joins = list,
            "range" => self.range = list,
            _ => return false,
        }
        true
    }

    /// The number that starts at a token.
    pub(crate) fn at(&self, tokens: &[Token], at: usize) -> Option<Number> {
        let first = tokens.get(at)?;
        let mut number = if first.kind == TokenKind::Digits {
            self.digits(tokens, at)?
        } else {
            self.spelled(tokens, at)?
        };
        if !number.in_words {
            self.magnitudes(tokens, at, &mut number);
        }
        Some(number)
    }

    /// The number in digits that starts at a token, with its groups and decimals, without magnitude words.
    pub(crate) fn digits(&self, tokens: &[Token], at: usize) -> Option<Number> {
        let first =
            tokens.get(at).filter(|token| token.kind == TokenKind::Digits && token.norm.len() <= 15)?;
        let mut plain = first.norm.clone();
        let mut length = 1;
        // Groups of three after a separator, or after a space where the language writes so.
        if first.norm.len() <= 3 {
            loop {
                let next = tokens.get(at + length);
                let after = tokens.get(at + length + 1);
                let is_group = |token: Option<&Token>| {
                    token.is_some_and(|t| t.kind == TokenKind::Digits && t.norm.len() == 3)
                };
                let mark = next.is_some_and(|t| t.glued && self.thousands.contains(&t.norm));
                if mark && is_group(after) && after.is_some_and(|t| t.glued) && plain.len() < 15 {
                    plain.push_str(after.map_or("", |t| &t.norm));
                    length += 2;
                } else if self.space_groups
                    && is_group(next)
                    && next.is_some_and(|t| !t.glued && !t.after_break)
                    && plain.len() < 15
                {
                    plain.push_str(next.map_or("", |t| &t.norm));
                    length += 1;
                } else {
                    break;
                }
            }
        }
        let mut value: f64 = plain.parse().ok()?;
        let mark = tokens.get(at + length).filter(|t| t.glued && self.decimal.contains(&t.norm));
        let decimals = tokens
            .get(at + length + 1)
            .filter(|t| t.glued && t.kind == TokenKind::Digits && t.norm.len() <= 15);
        if let (Some(_), Some(decimals)) = (mark, decimals) {
            value = format!("{plain}.{}", decimals.norm).parse().ok()?;
            length += 2;
        }
        Some(Number { value, length, in_words: false })
    }

    /// Multiplies by magnitude words (`2.5 million`), adding lower ones (`2 million 300 thousand`).
    fn magnitudes(&self, tokens: &[Token], at: usize, number: &mut Number) {
        while let Some((value, length)) = self.word(tokens, at + number.length) {
            if value < 1000.0 || tokens.get(at + number.length).is_some_and(|token| token.after_break) {
                break;
            }
            number.value *= value;
            number.length += length;
        }
    }

    fn word(&self, tokens: &[Token], at: usize) -> Option<(f64, usize)> {
        let token = tokens.get(at).filter(|token| token.kind != TokenKind::Mark)?;
        for (words, value) in self.words.get(&token.norm).into_iter().flatten() {
            let rest = tokens.get(at..at + words.len());
            if rest.is_some_and(|rest| rest.iter().zip(words).all(|(token, word)| token.norm == *word)) {
                return Some((*value, words.len()));
            }
        }
        if self.stems.is_empty() || token.kind != TokenKind::Letters || token.norm.len() > 60 {
            return None;
        }
        let ends = token.norm.char_indices().map(|(index, _)| index).skip(2).chain([token.norm.len()]);
        let mut found = None;
        for end in ends {
            found = token.norm.get(..end).and_then(|stem| self.stems.get(stem)).copied().or(found);
        }
        found.map(|value| (value, 1))
    }

    fn spelled(&self, tokens: &[Token], at: usize) -> Option<Number> {
        let (first, mut length) = self.word(tokens, at)?;
        let han = tokens.get(at).is_some_and(|token| token.norm.chars().next().is_some_and(is_han));
        // What magnitudes have closed, the group below them, its last part, and the lowest magnitude.
        let (mut total, mut group, mut last, mut lowest) =
            if first >= 1000.0 { (first, 0.0, 0.0, first) } else { (0.0, first, first, f64::INFINITY) };
        loop {
            let next = tokens.get(at + length);
            let hyphen = next.is_some_and(|t| t.glued && t.norm == "-");
            let skip = usize::from(hyphen || next.is_some_and(|t| self.joins.contains(&t.norm)));
            let Some((value, taken)) = self.word(tokens, at + length + skip) else { break };
            if value >= 1000.0 && skip == 0 && group + total > 0.0 {
                if value < lowest && group > 0.0 {
                    total += group * value;
                } else if value > lowest {
                    total = (total + group) * value;
                } else {
                    break;
                }
                (group, last, lowest) = (0.0, 0.0, value);
            } else if (is(value, 100.0) || is(value, 10.0) && han) && skip == 0 && last > 0.0 && last < value
            {
                group += last * value - last;
                last *= value;
            } else if value > 0.0
                && value < 1000.0
                && (total > 0.0 || group > 0.0)
                && (group == 0.0 || fits(group, value))
            {
                group += value;
                last = value;
            } else {
                break;
            }
            length += skip + taken;
        }
        Some(Number { value: total + group, length, in_words: true })
    }
}

/// Whether a smaller number can be said after a larger one: `twenty` `five`, `hundred` `ten`.
fn fits(current: f64, value: f64) -> bool {
    let step = if value >= 100.0 {
        1000.0
    } else if value >= 10.0 {
        100.0
    } else {
        10.0
    };
    current >= step && current % step == 0.0
}

/// A number that has no fraction, as an integer; the fraction of any other is cut off.
#[expect(
    clippy::cast_possible_truncation,
    reason = "number words reach trillions, far below what an i64 holds"
)]
pub(crate) fn integer(number: f64) -> i64 {
    number as i64
}

/// Whether two values of number words, which are exact, are the same.
fn is(value: f64, other: f64) -> bool {
    (value - other).abs() < f64::EPSILON
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::times::tokens::tokens;

    fn english() -> Numbers {
        let mut numbers = Numbers::default();
        for (word, value) in [
            ("two", 2.0),
            ("five", 5.0),
            ("twenty", 20.0),
            ("hundred", 100.0),
            ("thousand", 1e3),
            ("million", 1e6),
        ] {
            numbers.add(word, value);
        }
        numbers.option("decimal", ".");
        numbers.option("thousands", ",");
        numbers.option("joins", "and");
        numbers
    }

    fn read(text: &str) -> Option<(f64, usize)> {
        english().at(&tokens(text, false), 0).map(|number| (number.value, number.length))
    }

    #[test]
    fn digits_and_words_make_one_number() {
        assert_eq!(read("7,200 km"), Some((7200.0, 3)));
        assert_eq!(read("2.5 million"), Some((2_500_000.0, 4)));
        assert_eq!(read("twenty-five men"), Some((25.0, 3)));
        assert_eq!(read("two hundred and five"), Some((205.0, 4)));
        assert_eq!(read("five hundred thousand two hundred"), Some((500_200.0, 5)));
        assert_eq!(read("two and five"), Some((2.0, 1)));
    }
}
