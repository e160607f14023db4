//! Finds the patterns of a grammar in a text: longest first at each place, then patterns over what was
//! found (`the end of` + `last year`).

use super::calendar::{UNITS, Unit};
use super::grammar::{Action, Amount, Class, Element, ElementKind, Grammar, Origin, PARTS, Rule, SEASONS};
use super::meaning::{Calendar, Fields, From, Grain, Meaning};
use super::numbers::integer;
use super::tokens::{Token, TokenKind, is_han, tokens};

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
    let forms = tokens.iter().map(|token| forms(token, grammar)).collect();
    let mut matcher = Matcher { grammar, tokens, forms, classes: Vec::new() };
    matcher.classes = matcher.classify();
    let mut pieces: Vec<Piece> = (0..matcher.tokens.len()).map(Piece::Token).collect();
    let mut items: Vec<Found> = Vec::new();
    // The first round finds times, the later ones what is said of times.
    for round in 0..4 {
        let before = items.len();
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
const NOTHING: Meaning = Meaning::Vague(String::new());

#[derive(Clone, Copy, Debug)]
enum Piece {
    Token(usize),
    Item(usize),
}

/// Tokens that belong to a class.
#[derive(Clone, Debug)]
struct ClassMatch {
    class: Class,
    value: i64,
    number: f64,
    length: usize,
    weak: bool,
}

/// What a slot took.
#[derive(Clone, Copy, Debug)]
struct Slot {
    class: Class,
    value: i64,
    number: f64,
    weak: bool,
    /// Whether it must be there but is no part of the time: it only gives what the rest leaves open.
    context: bool,
}

struct Matcher<'g> {
    grammar: &'g Grammar,
    tokens: Vec<Token>,
    /// The forms a token may be looked up by: itself, and itself without prefixes.
    forms: Vec<Vec<String>>,
    classes: Vec<Vec<ClassMatch>>,
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
        candidates.sort_unstable();
        candidates.dedup();
        let mut best: Option<(usize, usize, Match)> = None;
        for rule in candidates.into_iter().filter_map(|index| grammar.rules.get(index)) {
            let of_times = rule
                .elements
                .iter()
                .any(|element| matches!(element.kind, ElementKind::Slot(class) if class.is_time()));
            if of_times == first {
                continue;
            }
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
        if !is_place || !here.norm.ends_with(&element.ending) {
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

    fn meaning(&self, rule: &Rule, slots: &[Slot], items: &[Found]) -> Option<Meaning> {
        let times: Vec<&Meaning> = slots
            .iter()
            .filter(|slot| slot.class.is_time() && slot.class != Class::Span && !slot.context)
            .filter_map(|slot| items.get(usize::try_from(slot.value).ok()?).map(|item| &item.meaning))
            .collect();
        let span = slots.iter().find(|slot| slot.class == Class::Span).and_then(|slot| {
            match items.get(usize::try_from(slot.value).ok()?).map(|item| &item.meaning) {
                Some(Meaning::Duration { amount, unit, .. }) => Some((amount.parse::<f64>().ok()?, *unit)),
                _ => None,
            }
        });
        let unit = || {
            let slot = slots.iter().find(|slot| slot.class == Class::Unit);
            let named =
                slot.and_then(|slot| UNITS.get(usize::try_from(slot.value).ok()?)).map(|(_, unit)| *unit);
            named.or(span.map(|(_, unit)| unit))
        };
        let amount = || {
            let slot = slots.iter().find(|slot| slot.class == Class::Number).map(|slot| slot.number);
            slot.or(span.map(|(amount, _)| amount))
        };
        let nth_slot = || {
            slots.iter().find(|slot| slot.class == Class::Ordinal).and_then(|s| i32::try_from(s.value).ok())
        };
        let (mut fields, clock) = gather(slots)?;
        let solar = |fields: &Fields| {
            fields.years.is_none() && fields.year.is_some_and(|year| (1250..=1470).contains(&year))
        };
        if fields.calendar == Calendar::Hebrew && fields.year.is_none() {
            fields.year = amount().and_then(|n| i32::try_from(integer(n)).ok()).filter(|year| *year >= 5000);
        }
        if self.grammar.solar_years && fields.month.is_none() && solar(&fields) {
            fields.calendar = Calendar::SolarHijri;
        }
        let within = |fields: Fields| match times.first() {
            Some(outer) => Meaning::Within { fields, outer: Box::new((*outer).clone()) },
            None => Meaning::Fields(fields),
        };
        let meaning = match &rule.action {
            Action::Date => {
                let date = match times.as_slice() {
                    [] if fields.is_empty() => None,
                    [] => Some(Meaning::Fields(fields)),
                    [time] if fields.is_empty() => Some((*time).clone()),
                    // `Sunday` + `8 March`: the weekday only checks the date.
                    [Meaning::Fields(time)] if fields.weekday.is_some() && time.day.is_some() => {
                        Some(Meaning::Fields(Fields { weekday: fields.weekday, ..time.clone() }))
                    }
                    [Meaning::Fields(time)] if fields.year.is_some() && time.year.is_none() => {
                        Some(Meaning::Fields(Fields { year: fields.year, ..time.clone() }))
                    }
                    [_] => Some(within(fields)),
                    [Meaning::Clock { part, minutes, .. }, day]
                    | [day, Meaning::Clock { part, minutes, .. }] => {
                        return Some(Meaning::Clock {
                            day: Some(Box::new((*day).clone())),
                            part: part.clone(),
                            minutes: *minutes,
                        });
                    }
                    [Meaning::Fields(inner) | Meaning::Toward { fields: inner, .. }, outer]
                        if inner.grain() != Grain::Year && inner.year.is_none() =>
                    {
                        Some(Meaning::Within { fields: inner.clone(), outer: Box::new((*outer).clone()) })
                    }
                    // `between May and June` + `in 1981`
                    [Meaning::Interval { from, to }, Meaning::Fields(year)]
                        if year.grain() == Grain::Year && year.year.is_some() =>
                    {
                        let (Meaning::Fields(from), Meaning::Fields(to)) = (&**from, &**to) else {
                            return None;
                        };
                        if from.year.or(to.year).is_some() {
                            return None;
                        }
                        let of = |fields: &Fields| {
                            Box::new(Meaning::Fields(Fields { year: year.year, ..fields.clone() }))
                        };
                        Some(Meaning::Interval { from: of(from), to: of(to) })
                    }
                    _ => return None,
                };
                match clock {
                    Some((part, minutes)) => match date {
                        Some(Meaning::Clock { day, part: old_part, minutes: old_minutes }) => {
                            Meaning::Clock { day, part: part.or(old_part), minutes: minutes.or(old_minutes) }
                        }
                        day => Meaning::Clock { day: day.map(Box::new), part, minutes },
                    },
                    None => date?,
                }
            }
            Action::Shift { amount: given, unit: named, from, rough } => {
                let unit = named.or_else(unit)?;
                let (amount, unit) = match given {
                    Amount::Given(amount) => (*amount, unit),
                    Amount::Slot(sign) => {
                        let number = amount()?;
                        let (number, unit) = finer(number, unit)?;
                        (sign * number, unit)
                    }
                };
                let from = match from {
                    Origin::Reference => From::Reference,
                    Origin::Previous => From::Previous,
                    Origin::Story => From::Story,
                    Origin::Slot => From::Time(Box::new((*times.first()?).clone())),
                };
                Meaning::Shift { amount, unit, from, rough: *rough }
            }
            Action::Today => Meaning::Today,
            Action::Toward(direction) => match times.first() {
                Some(Meaning::Fields(fields)) => {
                    Meaning::Toward { fields: fields.clone(), direction: *direction }
                }
                Some(_) => return None,
                None if fields.is_empty() => return None,
                None => Meaning::Toward { fields, direction: *direction },
            },
            Action::Week(amount) => Meaning::Within {
                fields,
                outer: Box::new(Meaning::Shift {
                    amount: *amount,
                    unit: Unit::Week,
                    from: From::Reference,
                    rough: false,
                }),
            },
            Action::Vague(reference) => Meaning::Vague(reference.clone()),
            Action::Duration { amount: given, unit: named, direction } => Meaning::Duration {
                amount: given
                    .clone()
                    .or_else(|| amount().map(|n| n.to_string()))
                    .unwrap_or_else(|| "X".to_owned()),
                unit: named.or_else(unit)?,
                direction: *direction,
            },
            Action::Set { amount: given, unit: named } => {
                let weekday = slots.iter().any(|slot| slot.class == Class::Weekday);
                Meaning::Set {
                    amount: given
                        .clone()
                        .or_else(|| amount().map(|n| n.to_string()))
                        .unwrap_or_else(|| "1".to_owned()),
                    unit: named.or_else(unit).or(weekday.then_some(Unit::Week))?,
                }
            }
            Action::Interval => {
                let (from, to) = interval(slots, &times)?;
                Meaning::Interval { from: Box::new(from), to: Box::new(to) }
            }
            Action::Portion(portion) => {
                let outer = match times.first() {
                    Some(outer) => (*outer).clone(),
                    None if fields.is_empty() => return None,
                    None => Meaning::Fields(fields),
                };
                Meaning::Portion { outer: Box::new(outer), portion: *portion }
            }
            Action::Quarter(given) => {
                let quarter = given.or_else(nth_slot).or_else(|| amount().and_then(small))?;
                within(Fields {
                    quarter: Some(quarter).filter(|q| (1..=4).contains(q)),
                    year: fields.year,
                    ..Fields::default()
                })
            }
            Action::Fiscal => Meaning::Vague(format!("FY{}", fields.year?)),
            Action::Ahead => {
                let (amount, unit) = finer(amount()?, unit()?)?;
                Meaning::Ahead { amount, unit }
            }
            Action::Half(given) => {
                let half = given.or_else(nth_slot)?;
                within(Fields {
                    half: Some(half).filter(|h| (1..=2).contains(h)),
                    year: fields.year,
                    ..Fields::default()
                })
            }
            Action::Weekend => within(Fields { weekend: true, ..fields }),
            Action::Fixed(month, day) => within(Fields { month: Some(*month), day: Some(*day), ..fields }),
            Action::Nth(given) => within(Fields { nth: given.or_else(nth_slot), ..fields }),
            Action::NthWeek(given) => {
                let week = given.or_else(nth_slot).or_else(|| amount().and_then(small));
                let outer = match times.first() {
                    Some(outer) => (*outer).clone(),
                    None if fields.is_empty() => return None,
                    None => Meaning::Fields(fields),
                };
                let week = Fields { week: week.filter(|week| *week != 0), ..Fields::default() };
                Meaning::Within { fields: week, outer: Box::new(outer) }
            }
            Action::Decade(given) => {
                let short_year = given.is_none() && fields.year.is_none();
                let year = given.or(fields.year).or_else(|| {
                    let number = amount().and_then(small)?;
                    Some(if number < 30 { 2000 + number } else { 1900 + number })
                })?;
                if year % 10 != 0 {
                    return None;
                }
                Meaning::Fields(Fields { year: Some(year), years: Some(10), short_year, ..Fields::default() })
            }
            Action::Century => {
                let number =
                    nth_slot().or_else(|| amount().and_then(small)).filter(|n| (1..=99).contains(n))?;
                Meaning::Fields(Fields {
                    year: Some((number - 1) * 100),
                    years: Some(100),
                    ..Fields::default()
                })
            }
            Action::Nothing => return Some(NOTHING),
        };
        Some(match (&rule.part, meaning) {
            // `3:30 p.m.`
            (Some(part), Meaning::Clock { day, minutes, .. }) if part == "PM" => {
                let minutes =
                    minutes.map(|minutes| if minutes < 12 * 60 { minutes + 12 * 60 } else { minutes });
                Meaning::Clock { day, part: None, minutes }
            }
            (Some(part), Meaning::Clock { day, minutes, .. }) => {
                Meaning::Clock { day, part: Some(part.clone()), minutes }
            }
            (Some(part), meaning) => {
                Meaning::Clock { day: Some(Box::new(meaning)), part: Some(part.clone()), minutes: None }
            }
            (None, meaning) => meaning,
        })
    }

    /// Every class that the tokens from each token on belong to.
    fn classify(&self) -> Vec<Vec<ClassMatch>> {
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

    fn number(&self, at: usize) -> Option<(f64, usize, bool)> {
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

/// The parts of a date that slots give, and the part of the day or the minute.
#[expect(clippy::type_complexity, reason = "a pair used once")]
fn gather(slots: &[Slot]) -> Option<(Fields, Option<(Option<String>, Option<i64>)>)> {
    let mut fields = Fields::default();
    let mut clock: Option<(Option<String>, Option<i64>)> = None;
    let (context, own): (Vec<&Slot>, Vec<&Slot>) = slots.iter().partition(|slot| slot.context);
    for slot in own.into_iter().chain(context) {
        let value = i32::try_from(slot.value).ok();
        match slot.class {
            Class::Month => fields.month = fields.month.or(value),
            Class::SolarMonth => {
                fields.month = fields.month.or(value);
                fields.calendar = Calendar::SolarHijri;
            }
            Class::HebrewMonth => {
                fields.month = fields.month.or(value);
                fields.calendar = Calendar::Hebrew;
            }
            Class::OtherMonth => {
                fields.month = fields.month.or(value);
                fields.calendar = Calendar::Other;
            }
            Class::Weekday => fields.weekday = fields.weekday.or(Some(slot.value)),
            Class::Season => {
                fields.season =
                    usize::try_from(slot.value).ok().and_then(|at| SEASONS.get(at)).map(|s| (*s).to_owned());
            }
            Class::Day => fields.day = fields.day.or(value),
            Class::Year => fields.year = fields.year.or(value),
            Class::ShortYear => {
                fields.year = value.map(|year| if year < 30 { 2000 + year } else { 1900 + year });
                fields.short_year = true;
            }
            Class::NumericDate => {
                let value = value?;
                fields.year = Some(value / 10_000).filter(|year| *year > 0);
                fields.month = Some(value / 100 % 100);
                fields.day = Some(value % 100);
                if fields.year.is_some_and(|year| (1300..=1450).contains(&year)) {
                    fields.calendar = Calendar::SolarHijri;
                }
            }
            Class::Part => {
                let part = usize::try_from(slot.value)
                    .ok()
                    .and_then(|at| PARTS.get(at))
                    .map(|part| (*part).to_owned());
                let minutes = clock.take().and_then(|(_, minutes)| minutes);
                clock = Some((part, minutes));
            }
            Class::Clock | Class::Hour => {
                let minutes = if slot.class == Class::Hour { slot.value * 60 } else { slot.value };
                // A second hour is only context: `14` of `14 to 18 o'clock`.
                let (part, known) = clock.take().unwrap_or_default();
                clock = Some((part, known.or(Some(minutes))));
            }
            _ => {}
        }
    }
    Some((fields, clock))
}

/// The two ends of `from 3 to 5 May` or of `from Monday to Friday`.
fn interval(slots: &[Slot], times: &[&Meaning]) -> Option<(Meaning, Meaning)> {
    if let [from, to] = times {
        let (from, to) = match (from, to) {
            // Two times that each stand on their own stay two: the text names both ends.
            (Meaning::Fields(a), Meaning::Fields(b)) if a.year.is_some() && b.year.is_some() => return None,
            (Meaning::Fields(a), Meaning::Fields(b)) => {
                (Meaning::Fields(a.completed(b)), Meaning::Fields(b.completed(a)))
            }
            _ => ((*from).clone(), (*to).clone()),
        };
        return Some((from, to));
    }
    let days: Vec<_> = slots.iter().filter(|slot| slot.class == Class::Day).collect();
    let months: Vec<_> =
        slots.iter().filter(|s| matches!(s.class, Class::Month | Class::SolarMonth)).collect();
    let years: Vec<_> =
        slots.iter().filter(|slot| matches!(slot.class, Class::Year | Class::ShortYear)).collect();
    let at = |list: &[&Slot], last: bool| {
        let slot = if last { list.last() } else { list.first() };
        slot.and_then(|slot| i32::try_from(slot.value).ok())
    };
    let calendar = gather(slots)?.0.calendar;
    let mut to = Fields {
        calendar,
        year: at(&years, true),
        month: at(&months, true),
        day: at(&days, true),
        ..Fields::default()
    };
    let mut from = Fields {
        calendar,
        year: at(&years, false),
        month: at(&months, false),
        day: at(&days, false),
        ..Fields::default()
    };
    let numeric = slots.iter().any(|slot| slot.class == Class::NumericDate);
    match times {
        // `14.–15.10.`
        [] if numeric => {
            to = gather(slots.get(1..)?)?.0;
            from = from.completed(&to);
        }
        [] => {}
        // `3 to` + `5 May`
        [Meaning::Fields(time)] => {
            to = time.clone();
            from = from.completed(time);
            from.calendar = time.calendar;
        }
        _ => return None,
    }
    if years.len() == 2 {
        // `1939–45`
        if let (Some(first), Some(last)) = (from.year, to.year) {
            if years.last().is_some_and(|slot| slot.class == Class::ShortYear) {
                to.year = Some(first / 100 * 100 + last % 100);
            }
            if to.year.is_none_or(|last| last < first || last - first > 400) {
                return None;
            }
        }
    }
    (!from.is_empty() && !to.is_empty()).then_some((Meaning::Fields(from), Meaning::Fields(to)))
}

/// A whole amount: `2.5 hours` are 150 minutes, `half a year` six months.
fn finer(amount: f64, unit: Unit) -> Option<(i64, Unit)> {
    if !amount.is_finite() || amount.abs() > 1e9 {
        return None;
    }
    if amount.fract() == 0.0 {
        return Some((integer(amount), unit));
    }
    let (factor, unit) = match unit {
        Unit::Hour => (60.0, Unit::Minute),
        Unit::Day => (24.0, Unit::Hour),
        Unit::Week => (7.0, Unit::Day),
        Unit::Month => (30.0, Unit::Day),
        Unit::Year => (12.0, Unit::Month),
        Unit::Decade => (10.0, Unit::Year),
        other => (1.0, other),
    };
    Some((integer((amount * factor).round()), unit))
}

fn small(number: f64) -> Option<i32> {
    (number.fract() == 0.0 && (0.0..=3000.0).contains(&number))
        .then(|| i32::try_from(integer(number)).ok())?
}

fn is_word(word: &str, form: &str) -> bool {
    word.strip_suffix('*').map_or(word == form, |stem| form.starts_with(stem))
}

/// The beginnings of a word, of two characters or more, that leave no long ending.
fn stems(form: &str) -> impl Iterator<Item = &str> {
    let long = form.len() > 80;
    form.char_indices()
        .map(|(index, _)| index)
        .skip(2)
        .chain([form.len()])
        .take_while(move |_| !long)
        .filter_map(move |end| form.get(..end))
}

fn forms(token: &Token, grammar: &Grammar) -> Vec<String> {
    let mut out = vec![token.norm.clone()];
    if token.kind != TokenKind::Letters || token.norm.len() > 60 {
        return out;
    }
    // Two prefixes at the most: `ו` + `ה`.
    let mut from = 0;
    for _ in 0..2 {
        let known = out.len();
        for index in from..known {
            for prefix in &grammar.prefixes {
                let Some(rest) = out.get(index).and_then(|form| form.strip_prefix(prefix.as_str())) else {
                    continue;
                };
                if rest.chars().count() >= 2 && !out.iter().any(|form| form == rest) {
                    out.push(rest.to_owned());
                }
            }
        }
        from = known;
    }
    out
}

/// Cuts `Dienstagabend` into `Dienstag` and `abend`.
fn split_compounds(text: &str, tokens: Vec<Token>, grammar: &Grammar) -> Vec<Token> {
    let mut out = Vec::with_capacity(tokens.len());
    let is = |word: &str, class: Class| {
        grammar
            .entries
            .get(word)
            .is_some_and(|entries| entries.iter().any(|entry| entry.class == class && entry.words.len() == 1))
    };
    for token in tokens {
        let mut cut = None;
        if token.kind == TokenKind::Letters && token.norm.len() < 60 && token.norm.len() > 7 {
            for end in token.norm.char_indices().map(|(index, _)| index).skip(3) {
                let (Some(head), Some(tail)) = (token.norm.get(..end), token.norm.get(end..)) else {
                    continue;
                };
                let bare = tail.strip_prefix('s').unwrap_or(tail);
                if is(head, Class::Weekday) && (is(tail, Class::Part) || is(bare, Class::Part)) {
                    let bare = if is(tail, Class::Part) { tail } else { bare };
                    cut = Some((head.to_owned(), bare.to_owned(), head.chars().count()));
                }
            }
        }
        let split = cut.and_then(|(head, tail, characters)| {
            let (offset, _) = text.get(token.start..token.end)?.char_indices().nth(characters)?;
            Some((head, tail, token.start + offset))
        });
        match split {
            Some((head, tail, at)) => {
                out.push(Token { end: at, norm: head, ..token.clone() });
                out.push(Token { start: at, norm: tail, glued: true, after_break: false, ..token });
            }
            None => out.push(token),
        }
    }
    out
}
