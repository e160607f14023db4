//! Whole dates, in the words and figures of any of the languages.

use std::ops::Range;

use chancery_core::Date;

use crate::furniture::TABLES;
use crate::record::civil;
use crate::words::fold;

/// A day that a text names with its year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Day {
    pub date: Date,
    pub bytes: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Number { value: u32, digits: usize },
    Word(String),
    Mark(char),
}

/// Returns the days named in a text, in its order. In `10/11/2023` the month comes first where
/// `month_first` says so.
pub(crate) fn find_days(text: &str, month_first: bool) -> Vec<Day> {
    let tokens = tokens(text);
    let mut days = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = tokens.get(at..).unwrap_or_default();
        if let Some((date, used)) = day_at(rest, month_first)
            && let (Some(first), Some(last)) = (rest.first(), rest.get(used - 1))
        {
            days.push(Day { date, bytes: first.1.start..last.1.end });
            at += used;
        } else {
            at += 1;
        }
    }
    days
}

/// Whether a line says when and nothing else.
pub(crate) fn is_time_line(text: &str) -> bool {
    let tokens = tokens(text);
    if tokens.is_empty() || tokens.len() > 40 {
        return false;
    }
    let (mut time, mut other, mut label) = (false, 0, false);
    let mut at = 0;
    while at < tokens.len() {
        let rest = tokens.get(at..).unwrap_or_default();
        if let Some((_, used)) = day_at(rest, true).or_else(|| day_at(rest, false)) {
            time = true;
            at += used;
            continue;
        }
        match rest {
            [
                (Token::Number { value: 0..=24, .. }, _),
                (Token::Mark(':' | '.' | 'h'), _),
                (Token::Number { value: 0..=59, digits: 2 }, _),
                ..,
            ] => {
                time = true;
                at += 3;
                continue;
            }
            [(Token::Word(word), _), ..] => {
                let month = TABLES.month(word).is_some() || TABLES.solar_month(word).is_some();
                if month || TABLES.has("weekdays", word) {
                    time |= month && rest.len() + at > 1;
                } else if TABLES.has("published", word) || TABLES.has("updated", word) {
                    label = true;
                } else if !TABLES.has("clock", word) && word.chars().count() > 1 {
                    other += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    // A label may have words that no list knows (`Date of publication:`), a bare time hardly any.
    time && other == 0 || time && label && other <= 1 || label && other == 0 && tokens.len() > 1
}

/// Whether words hold nothing but hours, weekdays and words such as `published`; then whether they say that what
/// follows is a day of change rather than of publication.
pub(crate) fn says_when(words: &str) -> Option<bool> {
    let tokens = tokens(words);
    let fits = tokens.iter().all(|(token, _)| match token {
        Token::Word(word) => {
            word.chars().count() == 1
                || ["clock", "weekdays", "published", "updated"].iter().any(|list| TABLES.has(list, word))
        }
        Token::Number { value, .. } => *value < 100,
        Token::Mark(_) => true,
    });
    let whole = fold(words);
    let label = |list: &str| TABLES.has(list, &whole);
    let updated = label("updated")
        || tokens.iter().any(|(token, _)| matches!(token, Token::Word(word) if TABLES.has("updated", word)));
    (fits || updated || label("published")).then_some(updated)
}

/// Whether words are shaped like a day that no calendar has: `31 February 2025`, `2025-13-01`.
pub(crate) fn names_impossible_day(words: &str) -> bool {
    let tokens = tokens(words);
    let year = |token: Option<&(Token, Range<usize>)>| {
        matches!(token, Some((Token::Number { value: 1800..=2200, digits: 4 }, _)))
    };
    let small = |token: Option<&(Token, Range<usize>)>| {
        matches!(token, Some((Token::Number { value: 0..=99, digits: 1..=2 }, _)))
    };
    let mark =
        |token: Option<&(Token, Range<usize>)>| matches!(token, Some((Token::Mark('-' | '.' | '/'), _)));
    let month = |token: Option<&(Token, Range<usize>)>| matches!(token, Some((Token::Word(word), _)) if month_of(word).is_some());
    let shaped = (0..tokens.len()).any(|at| {
        let token = |ahead: usize| tokens.get(at + ahead);
        let digits = mark(token(1)) && small(token(2)) && mark(token(3));
        digits && (year(token(0)) && small(token(4)) || small(token(0)) && year(token(4)))
            || small(token(0)) && month(token(1)) && year(token(2))
            || month(token(0)) && small(token(1)) && year(token(2))
    });
    shaped && find_days(words, true).is_empty() && find_days(words, false).is_empty()
}

fn day_at(tokens: &[(Token, Range<usize>)], month_first: bool) -> Option<(Date, usize)> {
    use Token::{Mark, Number, Word};
    let token = |index: usize| tokens.get(index).map(|(token, _)| token);
    // Figures with a mark between: 24.10.2023, 2023-10-24, 10/24/2023.
    if let [
        (Number { value: a, digits: a_digits }, first),
        (Mark(mark @ ('-' | '/' | '.')), one),
        (Number { value: b, digits: 1..=2 }, second),
        (Mark(again), two),
        (Number { value: c, digits: c_digits }, third),
        ..,
    ] = tokens
        && mark == again
        && first.end == one.start
        && one.end == second.start
        && second.end == two.start
        && two.end == third.start
    {
        let date = if *a_digits == 4 && *c_digits <= 2 {
            year_first(*a, *b, *c)
        } else if *a_digits <= 2 && (*c_digits == 4 || *c_digits == 2 && *mark == '.') {
            let year = if *c_digits == 2 { 2000 + *c } else { *c };
            let (day, month) =
                if *b > 12 || month_first && *mark == '/' && *a <= 12 { (*b, *a) } else { (*a, *b) };
            year_first(year, month, day)
        } else {
            None
        };
        return date.map(|date| (date, 5));
    }
    // 2023年10月24日.
    if let [
        (Number { value: year, digits: 4 }, _),
        (Word(y), _),
        (Number { value: month, .. }, _),
        (Word(m), _),
        (Number { value: day, .. }, _),
        (Word(d), _),
        ..,
    ] = tokens
        && matches!(y.as_str(), "年" | "년")
        && matches!(m.as_str(), "月" | "월")
        && matches!(d.as_str(), "日" | "일" | "号")
    {
        return year_first(*year, *month, *day).map(|date| (date, 6));
    }
    match token(0)? {
        // 24 October 2023, 24. Oktober 2023, 24th of October, 2023, 24 de octubre de 2023.
        Number { value: day @ 1..=31, digits: 1..=2 } => {
            let mut at = 1;
            at = skip(tokens, at);
            let Word(word) = token(at)? else { return None };
            let (month, solar) = month_of(word)?;
            at = skip(tokens, at + 1);
            let Number { value: year, digits: 4 } = token(at)? else { return None };
            date_of(*year, month, *day, solar).map(|date| (date, at + 1))
        }
        // October 24, 2023.
        Word(word) => {
            let (month, solar) = month_of(word)?;
            let mut at = skip(tokens, 1);
            let Number { value: day @ 1..=31, digits: 1..=2 } = token(at)? else { return None };
            at = skip(tokens, at + 1);
            let Number { value: year, digits: 4 } = token(at)? else { return None };
            date_of(*year, month, *day, solar).map(|date| (date, at + 1))
        }
        // 2023 October 24.
        Number { value: year, digits: 4 } => {
            let at = skip(tokens, 1);
            let Word(word) = token(at)? else { return None };
            let (month, solar) = month_of(word)?;
            let Number { value: day @ 1..=31, digits: 1..=2 } = token(at + 1)? else { return None };
            date_of(*year, month, *day, solar).map(|date| (date, at + 2))
        }
        _ => None,
    }
}

/// Passes over what may stand between the parts of a date.
fn skip(tokens: &[(Token, Range<usize>)], mut at: usize) -> usize {
    let between = [
        "de", "del", "of", "the", "st", "nd", "rd", "th", "er", "re", "го", "г", "року", "года", "den", "в",
        "،",
    ];
    for _ in 0..2 {
        at += usize::from(match tokens.get(at).map(|(token, _)| token) {
            Some(Token::Mark(mark)) => matches!(mark, '.' | ',' | '،' | '-' | '/' | 'º' | '°'),
            Some(Token::Word(word)) => between.contains(&word.as_str()),
            _ => false,
        });
    }
    at
}

fn month_of(word: &str) -> Option<(i8, bool)> {
    let gregorian = |word: &str| TABLES.month(word).map(|month| (month, false));
    gregorian(word)
        .or_else(|| TABLES.solar_month(word).map(|month| (month, true)))
        // Hebrew and Arabic write their prepositions on the word.
        .or_else(|| word.strip_prefix(['ב', 'ל', 'و', 'ב']).and_then(gregorian))
}

fn date_of(year: u32, month: i8, day: u32, solar: bool) -> Option<Date> {
    if solar {
        return solar_hijri(year, month, day);
    }
    year_first(year, u32::try_from(month).ok()?, day)
}

fn year_first(year: u32, month: u32, day: u32) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    if (1300..1500).contains(&year) {
        return solar_hijri(year, month, u32::try_from(day).ok()?);
    }
    if !(1900..=2100).contains(&year) {
        return None;
    }
    civil(i16::try_from(year).ok()?, month, day)
}

/// The day of the Iranian calendar, by the 33-year cycle of its leap years, which holds from 1343 to 1502.
fn solar_hijri(year: u32, month: i8, day: u32) -> Option<Date> {
    let month = i64::from(month);
    let days_of_month = if month <= 6 { 31 } else { 30 };
    if !(1343..=1502).contains(&year) || !(1..=12).contains(&month) || day == 0 || day > days_of_month {
        return None;
    }
    let leap = |year: u32| matches!(year % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30);
    let before: i64 = (1343..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let of_year = if month <= 6 { (month - 1) * 31 } else { 186 + (month - 7) * 30 } + i64::from(day) - 1;
    // 1 Farvardin 1343.
    let epoch = Date::new(1964, 3, 21).ok()?;
    epoch.checked_add(jiff::Span::new().try_days(before + of_year).ok()?).ok()
}

fn tokens(text: &str) -> Vec<(Token, Range<usize>)> {
    let mut tokens: Vec<(Token, Range<usize>)> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        if let Some(digit) = digit(c) {
            let (mut value, mut digits) = (digit, 1);
            while let Some((at, next)) =
                chars.peek().and_then(|(at, c)| Some((*at + c.len_utf8(), crate::day::digit(*c)?)))
            {
                value = value.saturating_mul(10).saturating_add(next);
                digits += 1;
                end = at;
                chars.next();
            }
            tokens.push((Token::Number { value, digits }, start..end));
        } else if matches!(c, '年' | '月' | '日' | '号' | '년' | '월' | '일') {
            tokens.push((Token::Word(c.to_string()), start..end));
        } else if c.is_alphabetic() {
            let inside = |c: char| {
                c.is_alphabetic() && !matches!(c, '年' | '月' | '日' | '号')
                    || matches!(c, '\u{200c}' | '\u{301}' | '\u{307}' | '\u{640}')
            };
            while let Some((at, next)) = chars.peek().copied() {
                if !inside(next) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            tokens.push((Token::Word(fold(text.get(start..end).unwrap_or_default())), start..end));
        } else if !c.is_whitespace() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{feff}') {
            tokens.push((Token::Mark(c), start..end));
        }
    }
    join_months(tokens)
}

/// Makes one word of months that are written as two.
fn join_months(tokens: Vec<(Token, Range<usize>)>) -> Vec<(Token, Range<usize>)> {
    let mut joined: Vec<(Token, Range<usize>)> = Vec::with_capacity(tokens.len());
    for (token, bytes) in tokens {
        if let (Token::Word(second), Some((Token::Word(first), before))) = (&token, joined.last_mut()) {
            let both = format!("{first} {second}");
            if TABLES.month(&both).is_some() {
                *first = both;
                before.end = bytes.end;
                continue;
            }
        }
        joined.push((token, bytes));
    }
    joined
}

/// The value of a digit: European, Arabic, Persian or full-width.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        '\u{ff10}'..='\u{ff19}' => Some(c as u32 - 0xff10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_every_language() {
        for words in [
            "2023-10-24 01:49",
            "Published: Oct 24, 2023 10:05 GMT",
            "October 24th, 2023",
            "24th of October 2023",
            "24 октября 2023, 01:49",
            "24 жовтня 2023 року",
            "Publié le 24 octobre 2023 à 10h12",
            "24 de octubre de 2023",
            "Veröffentlicht am 24.10.2023",
            "24. Oktober 2023",
            "den 24 oktober 2023",
            "2023年10月24日 星期二",
            "الثلاثاء 24 أكتوبر 2023",
            "٢٤ تشرين الأول ٢٠٢٣",
            "۲ آبان ۱۴۰۲",
            "۱۴۰۲/۰۸/۰۲",
            "24 Ekim 2023 Salı",
            "24 באוקטובר 2023",
            "10/24/2023",
        ] {
            let days: Vec<_> = find_days(words, true).iter().map(|day| day.date.to_string()).collect();
            assert_eq!(days, ["2023-10-24"], "{words}");
        }
        assert_eq!(
            find_days("1/2/2023", false).first().map(|day| day.date.to_string()).as_deref(),
            Some("2023-02-01")
        );
        assert!(find_days("in October, 14 people of 2,023", true).is_empty());
        assert!(find_days("99.99.2023 and 31 April 2023", true).is_empty());
    }

    #[test]
    fn days_that_do_not_exist_are_told_from_none() {
        assert!(names_impossible_day("Reuters, 31 February 2025"));
        assert!(names_impossible_day("Publicerad 2025-13-01"));
        assert!(names_impossible_day("31.02.2025"));
        assert!(!names_impossible_day("Reuters, 28 February 2025"));
        assert!(!names_impossible_day("Reuters 2025"));
    }

    #[test]
    fn lines_of_time_say_nothing_else() {
        for line in [
            "2023-10-24 01:49",
            "Uppdaterad 24 oktober 2023 kl 10.12",
            "Oct 24, 2023 10:05 GMT",
            "Publié le 24 octobre 2023 à 10h12",
            "24 октября 2023, 01:49",
        ] {
            assert!(is_time_line(line), "{line}");
        }
        for line in ["On 24 October 2023 the ministers met in Moscow", "Latest", "24"] {
            assert!(!is_time_line(line), "{line}");
        }
    }

    #[test]
    fn iranian_years_turn_in_march() {
        assert_eq!(solar_hijri(1402, 1, 1).map(|d| d.to_string()).as_deref(), Some("2023-03-21"));
        assert_eq!(solar_hijri(1403, 12, 30).map(|d| d.to_string()).as_deref(), Some("2025-03-20"));
        assert_eq!(solar_hijri(1404, 1, 1).map(|d| d.to_string()).as_deref(), Some("2025-03-21"));
    }
}
