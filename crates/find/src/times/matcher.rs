//! Finds the patterns of a grammar in a text: longest first at each place, then patterns over what was
//! found (`the end of` + `last year`).

use super::classes::ClassMatch;
use super::forms::{forms, is_word, split_compounds, stems};
use super::grammar::{Action, Class, Element, ElementKind, Grammar, Rule};
use super::letter_numerals;
use super::meaning::{Grain, Meaning};
use super::slots::Slot;
use super::tokens::{Token, tokens};

/// A time that was found, as tokens of the text.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) first: usize,
    /// The token after the last.
    pub(crate) end: usize,
    pub(crate) meaning: Meaning,
    /// Of a span (`from 3 to 5 May`): the token after its first end, and the first token of its last end.
    pub(crate) ends: Option<(usize, usize)>,
}

/// What a pattern took: pieces of the text, and what they say.
struct Match {
    span: std::ops::Range<usize>,
    meaning: Meaning,
    /// As [`Found::ends`], in pieces.
    ends: Option<(usize, usize)>,
}

/// The times in a text with its tokens.
pub(crate) fn times_in(text: &str, grammar: &Grammar) -> (Vec<Token>, Vec<Found>) {
    let mut tokens = tokens(text, grammar.suffix_after_apostrophe);
    if grammar.compounds {
        tokens = split_compounds(text, tokens, grammar);
    }
    if grammar.letter_numerals {
        let is_month = |word: &str| {
            let entries = grammar.entries.get(word).into_iter().flatten();
            entries.into_iter().any(|entry| entry.class == Class::HebrewMonth)
        };
        tokens = letter_numerals::join(&tokens, &grammar.prefixes, is_month);
    }
    let forms = tokens.iter().map(|token| forms(token, grammar)).collect();
    let mut matcher = Matcher { grammar, tokens, forms, classes: Vec::new() };
    matcher.classes = matcher.classify();
    let mut pieces: Vec<Piece> = (0..matcher.tokens.len()).map(Piece::Token).collect();
    let mut items: Vec<Found> = Vec::new();
    // The first round finds times, the later ones what is said of times.
    for round in 0..4 {
        let before = items.len();
        if round > 0 && before == 0 {
            break;
        }
        pieces = matcher.round(&pieces, &mut items, round == 0);
        if round > 0 && items.len() == before {
            break;
        }
    }
    let found = pieces.iter().filter_map(|piece| match piece {
        Piece::Item(index) => items.get(*index).filter(|item| item.meaning != NOTHING).cloned(),
        Piece::Token(_) => None,
    });
    let found = found.collect();
    (matcher.tokens, found)
}

/// Marks what looks like a time and is none.
pub(super) const NOTHING: Meaning = Meaning::Vague(String::new());

#[derive(Clone, Copy, Debug)]
enum Piece {
    Token(usize),
    Item(usize),
}

pub(super) struct Matcher<'g> {
    pub(super) grammar: &'g Grammar,
    pub(super) tokens: Vec<Token>,
    /// The forms a token may be looked up by: itself, and itself without prefixes.
    pub(super) forms: Vec<Vec<String>>,
    pub(super) classes: Vec<Vec<ClassMatch>>,
}

impl Matcher<'_> {
    fn round(&self, pieces: &[Piece], items: &mut Vec<Found>, first: bool) -> Vec<Piece> {
        let mut out = Vec::with_capacity(pieces.len());
        let mut at = 0;
        while at < pieces.len() {
            let Some(mut found) = self.best(pieces, at, items, first) else {
                out.extend(pieces.get(at).copied());
                at += 1;
                continue;
            };
            // Behind its context a time may go on further: `in` + `May 2010`.
            if found.span.start > at
                && let Some(longer) = self.best(pieces, found.span.start, items, first)
                && longer.span.start == found.span.start
                && longer.span.end > found.span.end
            {
                found = longer;
            }
            let Match { span, meaning, ends } = found;
            out.extend(pieces.get(at..span.start).into_iter().flatten().copied());
            let edge = |index: usize, last: bool| match pieces.get(index) {
                Some(Piece::Token(token)) => token + usize::from(last),
                Some(Piece::Item(item)) => items.get(*item).map_or(0, |i| if last { i.end } else { i.first }),
                None => self.tokens.len(),
            };
            let ends = ends.map(|(first, last)| (edge(first - 1, true), edge(last, false)));
            let found =
                Found { first: edge(span.start, false), end: edge(span.end - 1, true), meaning, ends };
            items.push(found);
            out.push(Piece::Item(items.len() - 1));
            at = span.end;
        }
        out
    }

    /// The longest pattern that starts at a piece.
    fn best(&self, pieces: &[Piece], at: usize, items: &[Found], first: bool) -> Option<Match> {
        let mut candidates = Vec::new();
        let grammar = self.grammar;
        match *pieces.get(at)? {
            Piece::Token(token) => {
                for form in self.forms.get(token)? {
                    candidates.extend(grammar.by_word.get(form).into_iter().flatten().copied());
                    if !grammar.by_stem.is_empty() {
                        for stem in stems(form) {
                            candidates.extend(grammar.by_stem.get(stem).into_iter().flatten().copied());
                        }
                    }
                }
                for matched in self.classes.get(token)? {
                    candidates.extend(grammar.by_class.get(&matched.class).into_iter().flatten().copied());
                }
            }
            Piece::Item(_) => {
                let of_items = |class: Class| {
                    class.is_time() || matches!(class, Class::Weekday | Class::Month | Class::Year)
                };
                for (_, rules) in grammar.by_class.iter().filter(|(class, _)| of_items(**class)) {
                    candidates.extend(rules.iter().copied());
                }
            }
        }
        candidates.retain(|index| grammar.rules.get(*index).is_some_and(|rule| rule.of_times != first));
        candidates.sort_unstable();
        candidates.dedup();
        let mut best: Option<(usize, usize, Match)> = None;
        for rule in candidates.into_iter().filter_map(|index| grammar.rules.get(index)) {
            let mut slots = Vec::new();
            let mut ends = Vec::new();
            let Some(end) = self.elements(&rule.elements, pieces, at, items, &mut slots, &mut ends, at)
            else {
                continue;
            };
            // Of two equally long, the one with more words of its own.
            let own = rule.elements.iter().filter(|e| matches!(e.kind, ElementKind::Words(_))).count();
            if best.as_ref().is_some_and(|(longest, most, ..)| (*longest, *most) >= (end, own)) {
                continue;
            }
            // A mark keeps a word no company, unless the pattern asks for it as context.
            let alone =
                rule.elements.iter().filter(|element| element.context || !element.is_mark()).count() == 1;
            let whole = at == 0 && end == pieces.len();
            if alone && !whole && slots.iter().any(|slot| slot.weak) {
                continue;
            }
            let Some(meaning) = self.meaning(rule, &slots, items) else { continue };
            // Context at the edges must be there but is no part of the time.
            let leading = rule.elements.iter().take_while(|element| element.context).count();
            let trailing = rule.elements.iter().rev().take_while(|element| element.context).count();
            let start = if leading == 0 { at } else { ends.get(leading - 1).copied().unwrap_or(at) };
            let stop = ends.get(rule.elements.len() - trailing - 1).copied().unwrap_or(end);
            if start >= stop {
                continue;
            }
            let ends = last_end(rule).and_then(|(before, last)| {
                let begins = last.checked_sub(1).and_then(|at| ends.get(at)).copied();
                Some((ends.get(before).copied()?, begins?))
            });
            let ends = ends.filter(|(first, last)| start < *first && *first <= *last && *last < stop);
            best = Some((end, own, Match { span: start..stop, meaning, ends }));
        }
        best.map(|(_, _, found)| found)
    }

    #[expect(clippy::too_many_arguments, reason = "the state of one recursive match")]
    fn elements(
        &self,
        elements: &[Element],
        pieces: &[Piece],
        at: usize,
        items: &[Found],
        slots: &mut Vec<Slot>,
        ends: &mut Vec<usize>,
        start: usize,
    ) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else { return Some(at) };
        let piece = pieces.get(at)?;
        let token = match *piece {
            Piece::Token(token) => token,
            Piece::Item(item) => items.get(item)?.first,
        };
        let here = self.tokens.get(token)?;
        let is_place = !(at > start && here.after_break) && (!element.glued || here.glued);
        if !is_place || !(element.ending.is_empty() || here.norm.ends_with(&element.ending)) {
            return None;
        }
        match &element.kind {
            ElementKind::Words(words) => {
                let Piece::Token(token) = *piece else { return None };
                // A prefix may stand before the first word only.
                let forms = self.forms.get(token)?;
                if !forms.iter().any(|form| words.iter().any(|word| is_word(word, form))) {
                    return None;
                }
                ends.push(at + 1);
                let end = self.elements(rest, pieces, at + 1, items, slots, ends, start);
                if end.is_none() {
                    ends.pop();
                }
                end
            }
            ElementKind::Slot(class) => {
                let found = self.slot_matches(*class, *piece, pieces, at, items);
                for (slot, length) in found {
                    slots.push(Slot { context: element.context, ..slot });
                    ends.push(at + length);
                    if let Some(end) = self.elements(rest, pieces, at + length, items, slots, ends, start) {
                        return Some(end);
                    }
                    slots.pop();
                    ends.pop();
                }
                None
            }
        }
    }

    fn slot_matches(
        &self,
        class: Class,
        piece: Piece,
        pieces: &[Piece],
        at: usize,
        items: &[Found],
    ) -> Vec<(Slot, usize)> {
        match piece {
            Piece::Item(item) => {
                let Some(found) = items.get(item).filter(|found| found.meaning != NOTHING) else {
                    return Vec::new();
                };
                let grain = found.meaning.grain();
                let fits = match class {
                    Class::Time => found.meaning.is_date(),
                    Class::DayTime => grain == Grain::Day,
                    Class::WeekTime => grain == Grain::Week,
                    Class::MonthTime => grain == Grain::Month,
                    Class::YearTime => grain == Grain::Year,
                    Class::ClockTime => grain == Grain::Clock,
                    Class::Span => matches!(found.meaning, Meaning::Duration { .. }),
                    _ => false,
                };
                // A bare weekday, month or year is still one.
                if let Meaning::Fields(fields) = &found.meaning {
                    let mut rest = fields.clone();
                    let part = match class {
                        Class::Weekday => rest.weekday.take(),
                        Class::Month => rest.month.take().map(i64::from),
                        Class::Year => rest.year.take().map(i64::from),
                        _ => None,
                    };
                    if let Some(value) = part.filter(|_| rest.is_empty()) {
                        return vec![(
                            Slot { class, value, number: value as f64, weak: false, context: false },
                            1,
                        )];
                    }
                }
                let value = i64::try_from(item).unwrap_or_default();
                if !fits {
                    return Vec::new();
                }
                vec![(Slot { class, value, number: 0.0, weak: false, context: false }, 1)]
            }
            Piece::Token(token) => {
                let all = self.classes.get(token).map(Vec::as_slice).unwrap_or_default();
                let mut found: Vec<_> = all
                    .iter()
                    .filter(|matched| matched.class == class)
                    .filter(|matched| {
                        // All its tokens must still be free.
                        matches!(pieces.get(at + matched.length - 1), Some(Piece::Token(last)) if *last == token + matched.length - 1)
                    })
                    .map(|m| (Slot { class, value: m.value, number: m.number, weak: m.weak, context: false }, m.length))
                    .collect();
                found.sort_by_key(|(_, length)| std::cmp::Reverse(*length));
                found
            }
        }
    }
}

/// Of a pattern of a span: the last slot of its first end, and the first of its last end.
fn last_end(rule: &Rule) -> Option<(usize, usize)> {
    if rule.action != Action::Interval {
        return None;
    }
    let slots: Vec<(usize, Class)> = rule
        .elements
        .iter()
        .enumerate()
        .filter_map(|(at, element)| match element.kind {
            ElementKind::Slot(class) => Some((at, class)),
            ElementKind::Words(_) => None,
        })
        .collect();
    // It begins where a class comes again (`3` to `5`, `1939`–`45`), or with a time found before.
    let again = |(_, class): &(usize, Class), before: &[(usize, Class)]| {
        class.is_time()
            || before
                .iter()
                .any(|(_, known)| known == class || (*known, *class) == (Class::Year, Class::ShortYear))
    };
    let last = (1..slots.len())
        .find(|&at| slots.get(at).is_some_and(|slot| again(slot, slots.get(..at).unwrap_or_default())))?;
    Some((slots.get(last - 1)?.0, slots.get(last)?.0))
}
