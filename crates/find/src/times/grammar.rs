//! Reads `times.txt`, the words and patterns that name times in a language (`languages/README.md`).

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use super::calendar::Unit;
use super::numbers::Numbers;
use super::tokens::{Token, folded};
use crate::quantities::read_numbers;

/// A class of words that a slot of a pattern takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Class {
    Month,
    SolarMonth,
    HebrewMonth,
    OtherMonth,
    Weekday,
    Season,
    Unit,
    Part,
    Ordinal,
    Number,
    Day,
    Year,
    ShortYear,
    NumericDate,
    Clock,
    Hour,
    Time,
    DayTime,
    WeekTime,
    MonthTime,
    YearTime,
    ClockTime,
    Span,
}

const CLASSES: &[(&str, Class)] = &[
    ("month", Class::Month),
    ("solar-month", Class::SolarMonth),
    ("hebrew-month", Class::HebrewMonth),
    ("other-month", Class::OtherMonth),
    ("weekday", Class::Weekday),
    ("season", Class::Season),
    ("unit", Class::Unit),
    ("part", Class::Part),
    ("ordinal", Class::Ordinal),
    ("n", Class::Number),
    ("day", Class::Day),
    ("year", Class::Year),
    ("short-year", Class::ShortYear),
    ("date", Class::NumericDate),
    ("clock", Class::Clock),
    ("hour", Class::Hour),
    ("time", Class::Time),
    ("day-time", Class::DayTime),
    ("week-time", Class::WeekTime),
    ("month-time", Class::MonthTime),
    ("year-time", Class::YearTime),
    ("clock-time", Class::ClockTime),
    ("span", Class::Span),
];

impl Class {
    /// Whether it is filled by a time that a pattern has already found.
    pub(crate) fn is_time(self) -> bool {
        self >= Self::Time
    }
}

/// Words of a class, as tokens.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) words: Vec<String>,
    /// Whether the last word may have any ending.
    pub(crate) stem: bool,
    pub(crate) class: Class,
    pub(crate) value: i64,
    /// Also an ordinary word: only counts beside other words of a pattern.
    pub(crate) weak: bool,
}

/// One place of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element {
    pub(crate) kind: ElementKind,
    /// Whether it must follow without white space.
    pub(crate) glued: bool,
    /// Whether it must be there but is no part of the time.
    pub(crate) context: bool,
    /// What the first word of a slot must end in (`{weekday:dag}`); empty where anything will do.
    pub(crate) ending: String,
}

impl Element {
    /// Whether it is a mark and no word.
    pub(crate) fn is_mark(&self) -> bool {
        matches!(&self.kind, ElementKind::Words(words)
            if words.iter().all(|word| word.chars().all(|character| !character.is_alphanumeric())))
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ElementKind {
    /// Any of these words; an asterisk at the end stands for any ending.
    Words(Vec<String>),
    Slot(Class),
}

/// A pattern and what it says.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) elements: Vec<Element>,
    /// Whether it is a pattern over times that other patterns have found.
    pub(crate) of_times: bool,
    pub(crate) action: Action,
    /// Part of the day that the words add (`tonight`).
    pub(crate) part: Option<String>,
}

/// What a pattern says with its slots.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Action {
    /// The slots are the date.
    Date,
    Shift {
        amount: Amount,
        unit: Option<Unit>,
        from: Origin,
        rough: bool,
    },
    /// The day of the text, or nowadays.
    Today,
    Toward(i64),
    /// The weekday of the week that many weeks from the reference's.
    Week(i64),
    Vague(String),
    Duration {
        amount: Option<String>,
        unit: Option<Unit>,
        direction: i64,
    },
    Set {
        amount: Option<String>,
        unit: Option<Unit>,
    },
    Interval,
    Portion(i64),
    Quarter(Option<i32>),
    Half(Option<i32>),
    /// A year of somebody's books, which begins when they choose.
    Fiscal,
    /// `in two weeks`
    Ahead,
    Weekend,
    Fixed(i32, i32),
    Nth(Option<i32>),
    /// The nth week of a month or year.
    NthWeek(Option<i32>),
    /// The decade that begins with this year, or with the slot's.
    Decade(Option<i32>),
    Century,
    /// What looks like a time and is none.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    Given(i64),
    /// The number of the slot, with this sign.
    Slot(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Reference,
    Previous,
    Story,
    Slot,
}

/// The words and patterns of a language.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    /// By first word.
    pub(crate) entries: HashMap<String, Vec<Entry>>,
    /// Entries whose first word may have any ending.
    pub(crate) stems: HashMap<String, Vec<Entry>>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) by_word: HashMap<String, Vec<usize>>,
    pub(crate) by_stem: HashMap<String, Vec<usize>>,
    pub(crate) by_class: BTreeMap<Class, Vec<usize>>,
    pub(crate) numbers: Numbers,
    /// Classes whose words are written with a capital.
    pub(crate) capital: Vec<Class>,
    /// Letters that are written together with the next word (Hebrew ב, Arabic و).
    pub(crate) prefixes: Vec<String>,
    pub(crate) ordinal_suffixes: Vec<String>,
    pub(crate) month_first: bool,
    /// Whether a year of the fourteenth century after the Hijra needs no calendar named.
    pub(crate) solar_years: bool,
    pub(crate) suffix_after_apostrophe: bool,
    /// Whether days and years of the Hebrew calendar are written in letters.
    pub(crate) letter_numerals: bool,
    /// Whether a day told of in the present lies ahead (`am Freitag fährt sie`).
    pub(crate) present_ahead: bool,
    /// Whether a weekday and a part of the day are written as one word (`Dienstagabend`).
    pub(crate) compounds: bool,
    /// Words before or after a number that make it no year.
    pub(crate) not_year_before: Vec<String>,
    pub(crate) not_year_after: Vec<String>,
    pub(crate) future: Vec<Phrase>,
    pub(crate) past: Vec<Phrase>,
    /// Words by which a time counts from what happened.
    pub(crate) after: Vec<Phrase>,
    pub(crate) before: Vec<Phrase>,
    /// Words between those and what happened (`después del ataque`), or behind a time that they open.
    pub(crate) after_of: Vec<Phrase>,
    /// Whether what happened is named before the time (`saldırıdan iki gün sonra`).
    pub(crate) happening_first: bool,
}

/// Words that follow one another; the last may have any ending.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    words: Vec<String>,
    stem: bool,
}

impl Phrase {
    pub(crate) fn read(text: &str) -> Self {
        let (text, stem) = text.strip_suffix('*').map_or((text, false), |text| (text, true));
        Self { words: folded(&text.replace('_', " ")), stem }
    }

    /// How many words it has.
    pub(crate) fn length(&self) -> usize {
        self.words.len()
    }

    /// Whether it is a single word that has this form, be it folded in several parts (`发生`).
    pub(crate) fn is_word(&self, form: &str) -> bool {
        let word = self.words.concat();
        word == form || self.stem && form.starts_with(&word)
    }

    /// How many tokens at the beginning of these are the phrase; none where they begin otherwise.
    pub(crate) fn length_in(&self, tokens: &[Token]) -> Option<usize> {
        let last = self.words.len().checked_sub(1)?;
        let fits = self.words.iter().enumerate().all(|(index, word)| {
            tokens.get(index).is_some_and(|token| {
                token.norm == *word || (self.stem && index == last && token.norm.starts_with(word.as_str()))
            })
        });
        fits.then_some(self.words.len())
    }
}

/// A line of a table that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("languages/{language}/times.txt:{line}: {message}")]
pub(crate) struct GrammarError {
    pub(crate) language: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

/// The grammar of a language, compiled on first use; that of no words where the language has no table.
pub(crate) fn grammar(language: Option<&str>) -> &'static Grammar {
    static GRAMMARS: LazyLock<BTreeMap<&'static str, OnceLock<Grammar>>> = LazyLock::new(|| {
        chancery_tables::languages().into_iter().map(|code| (code, OnceLock::new())).collect()
    });
    static NONE: LazyLock<Grammar> = LazyLock::new(Grammar::default);
    let known = language.and_then(|code| GRAMMARS.get_key_value(code));
    known.map_or(&NONE, |(code, cell)| {
        cell.get_or_init(|| {
            let table = chancery_tables::language(code, "times").unwrap_or_default();
            Grammar::read(code, table, chancery_tables::language(code, "units").unwrap_or_default()).0
        })
    })
}

impl Grammar {
    /// Reads a table; lines that cannot be used are left out and named.
    pub(crate) fn read(language: &str, table: &str, units: &str) -> (Self, Vec<GrammarError>) {
        let mut grammar = Self { numbers: read_numbers(units), ..Self::default() };
        let mut errors = Vec::new();
        let mut section = String::new();
        for (index, line) in table.lines().enumerate() {
            let line = line.split_once(" #").map_or(line, |(line, _)| line).trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let result = if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                name.clone_into(&mut section);
                Ok(())
            } else {
                grammar.line(&section, line)
            };
            if let Err(message) = result {
                errors.push(GrammarError { language: language.to_owned(), line: index + 1, message });
            }
        }
        grammar.index();
        (grammar, errors)
    }

    fn line(&mut self, section: &str, line: &str) -> Result<(), String> {
        if section == "patterns" {
            return self.pattern(line);
        }
        let (key, words) = line.split_once('=').ok_or("expected `key = words`")?;
        let (key, words) = (key.trim(), words.trim());
        let class = match section {
            "options" => return self.option(key, words),
            "months" => Class::Month,
            "solar-months" => Class::SolarMonth,
            "hebrew-months" => Class::HebrewMonth,
            "other-months" => Class::OtherMonth,
            "weekdays" => Class::Weekday,
            "seasons" => Class::Season,
            "units" => Class::Unit,
            "parts" => Class::Part,
            "ordinals" => Class::Ordinal,
            "articles" => Class::Number,
            _ => return Err(format!("no section is called `[{section}]`")),
        };
        let value = match class {
            Class::Season => {
                SEASONS.iter().position(|known| *known == key).and_then(|at| i64::try_from(at).ok())
            }
            Class::Part => PARTS.iter().position(|known| *known == key).and_then(|at| i64::try_from(at).ok()),
            Class::Unit => super::calendar::UNITS
                .iter()
                .position(|(known, _)| *known == key)
                .and_then(|at| i64::try_from(at).ok()),
            Class::Weekday => key.parse().ok().filter(|day| (1..=7).contains(day)),
            Class::Month | Class::SolarMonth | Class::HebrewMonth | Class::OtherMonth => {
                key.parse().ok().filter(|month| (1..=13).contains(month))
            }
            _ => key.parse().ok(),
        };
        let value = value.ok_or_else(|| format!("`{key}` is no value of `[{section}]`"))?;
        for word in words.split(',') {
            let word = word.trim();
            let (word, weak) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
            let (word, stem) = word.strip_suffix('*').map_or((word, false), |word| (word, true));
            let words = folded(word);
            let Some(first) = words.first().cloned() else {
                return Err("a word is missing between two commas".to_owned());
            };
            let by_stem = stem && words.len() == 1;
            let entry = Entry { words, stem, class, value, weak };
            if by_stem { &mut self.stems } else { &mut self.entries }.entry(first).or_default().push(entry);
        }
        Ok(())
    }

    fn option(&mut self, name: &str, value: &str) -> Result<(), String> {
        // An asterisk at the end of a word stands for any ending.
        let list = || {
            let words = value.split_whitespace().map(|word| {
                let (word, star) = word.strip_suffix('*').map_or((word, ""), |word| (word, "*"));
                folded(word).concat() + star
            });
            words.collect::<Vec<_>>()
        };
        match name {
            "order" => self.month_first = value == "month-first",
            "capital" => {
                for name in value.split_whitespace() {
                    self.capital
                        .push(class_named(name).ok_or_else(|| format!("no class is called `{name}`"))?);
                }
            }
            "solar-years" => self.solar_years = value == "yes",
            "prefixes" => self.prefixes = list(),
            "ordinal-suffixes" => self.ordinal_suffixes = list(),
            "suffix-after-apostrophe" => self.suffix_after_apostrophe = value == "yes",
            "letter-numerals" => self.letter_numerals = value == "yes",
            "compounds" => self.compounds = value == "yes",
            "present-ahead" => self.present_ahead = value == "yes",
            "not-year-before" => self.not_year_before = list(),
            "not-year-after" => self.not_year_after = list(),
            "future" => self.future = value.split_whitespace().map(Phrase::read).collect(),
            "past" => self.past = value.split_whitespace().map(Phrase::read).collect(),
            "after" => self.after = value.split_whitespace().map(Phrase::read).collect(),
            "after-of" => self.after_of = value.split_whitespace().map(Phrase::read).collect(),
            "happening-first" => self.happening_first = value == "yes",
            "before" => self.before = value.split_whitespace().map(Phrase::read).collect(),
            _ => return Err(format!("no option is called `{name}`")),
        }
        Ok(())
    }

    fn pattern(&mut self, line: &str) -> Result<(), String> {
        let (pattern, action) = line.split_once(" = ").unwrap_or((line, ""));
        let (action, part) = read_action(action.trim())?;
        let mut variants: Vec<Vec<Element>> = vec![Vec::new()];
        for piece in pattern.split_whitespace() {
            let choices = read_piece(piece)?;
            let mut next = Vec::new();
            for variant in &variants {
                for choice in &choices {
                    let mut longer = variant.clone();
                    longer.extend(choice.iter().cloned());
                    next.push(longer);
                }
            }
            if next.len() > 512 {
                return Err("too many choices in one pattern".to_owned());
            }
            variants = next;
        }
        for elements in variants {
            if elements.iter().all(|element| element.context) {
                return Err("a pattern needs words outside `<…>`".to_owned());
            }
            let of_times = elements
                .iter()
                .any(|element| matches!(element.kind, ElementKind::Slot(class) if class.is_time()));
            self.rules.push(Rule { elements, of_times, action: action.clone(), part: part.clone() });
        }
        Ok(())
    }

    fn index(&mut self) {
        for (index, rule) in self.rules.iter().enumerate() {
            match rule.elements.first().map(|element| &element.kind) {
                Some(ElementKind::Slot(class)) => self.by_class.entry(*class).or_default().push(index),
                Some(ElementKind::Words(words)) => {
                    for word in words {
                        match word.strip_suffix('*') {
                            Some(stem) => self.by_stem.entry(stem.to_owned()).or_default().push(index),
                            None => self.by_word.entry(word.clone()).or_default().push(index),
                        }
                    }
                }
                None => {}
            }
        }
    }
}

/// Names of seasons, in the order of their values.
pub(crate) const SEASONS: &[&str] = &["SP", "SU", "FA", "WI"];
/// Names of parts of the day, in the order of their values.
pub(crate) const PARTS: &[&str] = &["MO", "MI", "AF", "EV", "NI", "DT", "PM"];

fn class_named(name: &str) -> Option<Class> {
    CLASSES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class)
}

/// The sequences of elements that a piece of a pattern stands for.
fn read_piece(piece: &str) -> Result<Vec<Vec<Element>>, String> {
    let (piece, glued) =
        piece.strip_prefix('+').filter(|rest| !rest.is_empty()).map_or((piece, false), |rest| (rest, true));
    let (inner, optional, context) =
        if let Some(inner) = piece.strip_prefix('(').and_then(|p| p.strip_suffix(')')) {
            (inner, true, false)
        } else if let Some(inner) = piece.strip_prefix('<').and_then(|p| p.strip_suffix('>')) {
            (inner, false, true)
        } else {
            (piece, false, false)
        };
    let mut choices = Vec::new();
    let mut single = Vec::new();
    for choice in inner.split('|') {
        if let Some(name) = choice.strip_prefix('{').and_then(|c| c.strip_suffix('}')) {
            let (name, ending) = name.split_once(':').unwrap_or((name, ""));
            let ending = folded(ending).concat();
            let class = class_named(name).ok_or_else(|| format!("no slot is called `{{{name}}}`"))?;
            choices.push(vec![Element { kind: ElementKind::Slot(class), glued, context, ending }]);
            continue;
        }
        let (words, star) = choice.strip_suffix('*').map_or((choice, ""), |words| (words, "*"));
        let mut words = folded(&words.replace('_', " "));
        let Some(last) = words.last_mut() else { return Err(format!("`{piece}` holds no word")) };
        last.push_str(star);
        if words.len() == 1 {
            single.append(&mut words);
        } else {
            let elements = words.into_iter().enumerate().map(|(index, word)| Element {
                kind: ElementKind::Words(vec![word]),
                glued: glued && index == 0,
                context,
                ending: String::new(),
            });
            choices.push(elements.collect());
        }
    }
    if !single.is_empty() {
        let ending = String::new();
        choices.push(vec![Element { kind: ElementKind::Words(single), glued, context, ending }]);
    }
    if optional {
        choices.push(Vec::new());
    }
    Ok(choices)
}

fn read_action(action: &str) -> Result<(Action, Option<String>), String> {
    let mut words: Vec<&str> = action.split_whitespace().collect();
    let mut part = None;
    if let Some(at) = words.iter().position(|word| *word == "part") {
        let name = words
            .get(at + 1)
            .filter(|name| PARTS.contains(name))
            .ok_or("`part` needs MO, MI, AF, EV, NI, DT or PM")?;
        part = Some((*name).to_owned());
        words.truncate(at);
    }
    let number = |at: usize| words.get(at).and_then(|word| word.trim_start_matches('+').parse::<i64>().ok());
    let unit = |at: usize| match words.get(at).copied() {
        None | Some("{unit}") => Ok(None),
        Some(name) => Unit::named(name).map(Some).ok_or_else(|| format!("no unit is called `{name}`")),
    };
    let action = match words.first().copied() {
        None | Some("date") => Action::Date,
        Some("shift") => {
            let mut at = 1;
            let from = match words.get(at).copied() {
                Some("previous") => Origin::Previous,
                Some("story") => Origin::Story,
                Some("time") => Origin::Slot,
                _ => Origin::Reference,
            };
            at += usize::from(from != Origin::Reference);
            let amount = match words.get(at).copied() {
                Some("-{n}") => Amount::Slot(-1),
                Some("+{n}") => Amount::Slot(1),
                _ => Amount::Given(number(at).ok_or("`shift` needs an amount such as -1 or +{n}")?),
            };
            let rough = words.last() == Some(&"whole");
            let named = if words.len() > at + 1 + usize::from(rough) { unit(at + 1)? } else { None };
            Action::Shift { amount, unit: named, from, rough }
        }
        Some("today") => Action::Today,
        Some("last") => Action::Toward(-1),
        Some("this") => Action::Toward(0),
        Some("next") => Action::Toward(1),
        Some("week") => Action::Week(number(1).ok_or("`week` needs a number of weeks")?),
        Some("vague") => Action::Vague(
            words
                .get(1)
                .filter(|name| matches!(**name, "PAST_REF" | "PRESENT_REF" | "FUTURE_REF"))
                .ok_or("`vague` needs PAST_REF, PRESENT_REF or FUTURE_REF")?
                .to_string(),
        ),
        Some("duration") => {
            let (direction, at) = match words.get(1).copied() {
                Some("past") => (-1, 2),
                Some("coming") => (1, 2),
                _ => (0, 1),
            };
            let amount = words.get(at).filter(|word| **word == "X" || word.parse::<f64>().is_ok());
            Action::Duration {
                amount: amount.map(|amount| (*amount).to_owned()),
                unit: unit(at + usize::from(amount.is_some()))?,
                direction,
            }
        }
        Some("set") => {
            let amount = words.get(1).filter(|word| word.parse::<f64>().is_ok());
            Action::Set {
                amount: amount.map(|amount| (*amount).to_owned()),
                unit: unit(1 + usize::from(amount.is_some()))?,
            }
        }
        Some("span") => Action::Interval,
        Some("start") => Action::Portion(-1),
        Some("middle") => Action::Portion(0),
        Some("end") => Action::Portion(1),
        Some("quarter") => Action::Quarter(number(1).and_then(|n| i32::try_from(n).ok())),
        Some("half") => Action::Half(number(1).and_then(|n| i32::try_from(n).ok())),
        Some("fiscal") => Action::Fiscal,
        Some("ahead") => Action::Ahead,
        Some("latest") => Action::Toward(-2),
        Some("weekend") => Action::Weekend,
        Some("fixed") => match (
            number(1).and_then(|n| i32::try_from(n).ok()),
            number(2).and_then(|n| i32::try_from(n).ok()),
        ) {
            (Some(month), Some(day)) => Action::Fixed(month, day),
            _ => return Err("`fixed` needs a month and a day".to_owned()),
        },
        Some("nth") if words.get(1) == Some(&"week") => {
            Action::NthWeek(number(2).and_then(|n| i32::try_from(n).ok()))
        }
        Some("nth") => Action::Nth(number(1).and_then(|n| i32::try_from(n).ok())),
        Some("decade") => Action::Decade(number(1).and_then(|n| i32::try_from(n).ok())),
        Some("century") => Action::Century,
        Some("nothing") => Action::Nothing,
        Some(other) => return Err(format!("no action is called `{other}`")),
    };
    Ok((action, part))
}
