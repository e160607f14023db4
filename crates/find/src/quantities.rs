//! Finds numbers with what they count: distances, sums of money, people killed, drones.

#[cfg(test)]
mod cases;
mod units;

use chancery_core::{Analysis, Approximation, Document, Quantity, Relation, Sentence, Span, Upos};

use crate::times::grammar::{Grammar, grammar};
use crate::times::times_in;
use crate::times::tokens::{Token, TokenKind};
pub(crate) use units::read_numbers;
use units::{Units, units};

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
        let (tokens, times) = times_in(text, grammar);
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
                        out.push(Quantity {
                            span,
                            sentence,
                            value: found.value,
                            upper: found.upper,
                            approximation: found.approximation,
                            unit,
                        });
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
    upper: Option<f64>,
    approximation: Option<Approximation>,
    /// `None` where only the tree can say what is counted.
    unit: Option<String>,
}

fn quantity(tokens: &[Token], at: usize, grammar: &Grammar, units: &Units) -> Option<Found> {
    // Money may stand before: `$40 billion`, `USD 3,000`; Turkish `yüzde 30`.
    let before = units.unit_at(tokens, at).filter(|(unit, _)| units.before.contains(unit));
    let (money, number_at) = match before {
        Some((unit, length)) => (Some(unit), at + length),
        None => (None, at),
    };
    let first = tokens.get(number_at)?;
    // `A320`, `T-72`, `2-1`: part of a name or a score.
    // A prefix of one letter is written before digits in Hebrew, mostly with a hyphen (`כ-30`).
    let has_prefix = number_at > 1
        && tokens.get(number_at - 1).is_some_and(|t| t.norm == "-")
        && tokens.get(number_at - 2).is_some_and(|t| grammar.prefixes.contains(&t.norm))
        || number_at > 0 && tokens.get(number_at - 1).is_some_and(|t| grammar.prefixes.contains(&t.norm));
    let inside_name = !has_prefix
        && number_at > 0
        && first.glued
        && money.is_none()
        && tokens.get(number_at - 1).is_some_and(|t| {
            let before = || number_at.checked_sub(2).and_then(|at| tokens.get(at)).filter(|_| t.glued);
            match t.norm.as_str() {
                "-" | "/" | "#" | "№" => before().is_some_and(|t| t.kind != TokenKind::Mark),
                "." | "," | ":" => before().is_some_and(|t| t.kind == TokenKind::Digits),
                _ => t.kind != TokenKind::Mark && !t.norm.chars().any(crate::times::tokens::is_han),
            }
        });
    if inside_name {
        return None;
    }
    let number = grammar.numbers.at(tokens, number_at)?;
    let mut end = number_at + number.length;
    // `30多人`: more than 30.
    let more = units.more.iter().find_map(|phrase| phrase.length_in(tokens.get(end..)?));
    end += more.unwrap_or(0);
    // `10 to 15 people`: the lower end is what is sure.
    let between = at > 0 && tokens.get(at - 1).is_some_and(|t| units.between.contains(&t.norm));
    let joins = tokens.get(end).is_some_and(|t| {
        t.norm == "-" || units.range.contains(&t.norm) || between && units.skip.contains(&t.norm)
    });
    let mut value = number.value;
    let upper = grammar
        .numbers
        .at(tokens, end + 1)
        .filter(|upper| joins && upper.value > number.value)
        .map(|upper| (upper.value, upper.length));
    if let Some((highest, length)) = upper {
        end = end + 1 + length;
        // `two to three thousand`: what multiplies the upper end multiplies the lower.
        value *= shared_magnitude(value, highest, number.in_words || length > 1);
    }
    let approximation =
        if more.is_some() { Some(Approximation::AtLeast) } else { units.approximation(tokens, at) };
    let found = |end: usize, unit: Option<String>| {
        let upper = upper.map(|(highest, _)| highest);
        Some(Found { first: at, end, number: number_at, value, upper, approximation, unit })
    };
    if money.is_some() {
        return found(end, money);
    }
    let hyphen = usize::from(tokens.get(end).is_some_and(|t| t.norm == "-" && t.glued));
    if let Some((unit, length)) = units.unit_at(tokens, end + hyphen) {
        return found(end + hyphen + length, Some(unit));
    }
    if let Some((unit, length)) = units.fate(tokens, number_at, end, &grammar.prefixes) {
        return found(end + length, Some(unit));
    }
    // `one` of `one of them` counts nothing; a number in words above it may.
    if number.in_words && number.value < 2.0 {
        return None;
    }
    found(end, None)
}

/// The magnitude of the upper end of a range that its lower end shares; 1 where it shares none.
fn shared_magnitude(lower: f64, upper: f64, may_share: bool) -> f64 {
    let magnitudes = [1e12, 1e9, 1e6, 1e3];
    let of_upper = magnitudes.into_iter().find(|magnitude| upper >= *magnitude);
    match of_upper {
        Some(magnitude) if may_share && lower < 1e3 && lower * magnitude < upper => magnitude,
        _ => 1.0,
    }
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
