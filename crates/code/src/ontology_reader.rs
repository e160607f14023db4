use chancery_core::{Context, CountryCode, EventType, Mode, OwnName, Sector, Status};

use crate::ontology::{Ontology, OwnContext, OwnMode, OwnType, TypeName};
use crate::ontology_error::OntologyError;
use crate::ontology_line::{Line, lines};
use crate::rule::{Condition, Rule, Tested};
use crate::words::{Matter, WordClasses};

/// Reads an `ontology.txt`; a line that cannot be used is an error and costs no other line but those that build on it.
pub(crate) fn read_ontology(text: &str) -> Ontology {
    let mut reader = OntologyReader::default();
    let mut read: Vec<(usize, Line)> = Vec::new();
    for (number, text) in lines(text) {
        match Line::of(&text) {
            Some(line) => read.push((number, line)),
            None => reader.errors.push((number, OntologyError::Unreadable { line: number, text })),
        }
    }
    // Types before their modes and contexts, and those before the rules that speak of them, wherever they stand.
    let passes: [fn(&Line) -> bool; 3] = [
        |line| matches!(line, Line::Type { .. }),
        |line| matches!(line, Line::Mode { .. } | Line::Context { .. }),
        |line| matches!(line, Line::Rule { .. }),
    ];
    reader.bases = read.iter().filter_map(|(_, line)| line.name_and_base()).collect();
    for is_due in passes {
        for (number, line) in read.iter().filter(|(_, line)| is_due(line)) {
            if let Err(error) = reader.line(*number, line) {
                reader.errors.push((*number, error));
            }
        }
    }
    reader.errors.sort_by_key(|(line, _)| *line);
    Ontology { errors: reader.errors.into_iter().map(|(_, error)| error).collect(), ..reader.ontology }
}

#[derive(Default)]
struct OntologyReader {
    ontology: Ontology,
    errors: Vec<(usize, OntologyError)>,
    /// Every type of the file and the type that it stands under, rightly or not.
    bases: Vec<(String, String)>,
}

impl OntologyReader {
    fn line(&mut self, line: usize, text: &Line) -> Result<(), OntologyError> {
        match text {
            Line::Type { name, base, score, description } => {
                let base = self.base(line, name, base)?;
                self.is_new_type(line, name)?;
                let name = OwnName { name: name.clone(), score: score_of(line, score.as_deref())? };
                self.ontology.types.push(OwnType { name, base, description: description.clone(), line });
            }
            Line::Mode { kind, name, score } => {
                let of = self.type_named(line, kind)?;
                self.is_new_mode(line, &of, name)?;
                let name = OwnName { name: name.clone(), score: score_of(line, score.as_deref())? };
                self.ontology.modes.push(OwnMode { of, name, line });
            }
            Line::Context { name, language, words } => {
                check_context(line, name, language.as_deref(), words)?;
                let words = (language.clone(), words.clone());
                let contexts = &mut self.ontology.contexts;
                match contexts.iter_mut().find(|known| known.name == *name) {
                    Some(known) => known.words.push(words),
                    None => contexts.push(OwnContext { name: name.clone(), words: vec![words] }),
                }
            }
            Line::Rule { .. } => {
                let rule = self.rule(line, text)?;
                if let Some(before) = rule.taken_by(&self.ontology.rules) {
                    return Err(OntologyError::NeverApplies { line, before: before.line });
                }
                self.ontology.rules.push(rule);
            }
        }
        Ok(())
    }

    fn base(&self, line: usize, name: &str, base: &str) -> Result<EventType, OntologyError> {
        let under = |base: &str| self.bases.iter().find(|(own, _)| own == base).map(|(_, under)| under);
        base.parse().map_err(|()| {
            let (name, base) = (name.to_owned(), base.to_owned());
            match under(&base).filter(|above| above.parse::<EventType>().is_ok()) {
                Some(plover) => OntologyError::OwnBase { line, plover: plover.clone(), name, base },
                None => OntologyError::UnknownBase { line, name, base },
            }
        })
    }

    fn is_new_type(&self, line: usize, name: &str) -> Result<(), OntologyError> {
        if name.parse::<EventType>().is_ok() {
            return Err(OntologyError::PloversName { line, name: name.to_owned() });
        }
        if !is_name(name, char::is_lowercase) {
            return Err(OntologyError::NoTypeName { line, name: name.to_owned() });
        }
        match self.ontology.own_type(name) {
            Some(known) => Err(OntologyError::Twice { line, name: name.to_owned(), before: known.line }),
            None => Ok(()),
        }
    }

    fn is_new_mode(&self, line: usize, of: &TypeName, name: &str) -> Result<(), OntologyError> {
        if Mode::new(of.base, name).is_some() {
            return Err(OntologyError::PloversName { line, name: name.to_owned() });
        }
        if !is_name(name, char::is_uppercase) {
            return Err(OntologyError::NoSmallName { line, name: name.to_owned() });
        }
        // One of PLOVER's type is one of all types under it, too.
        let is_same = |mode: &&OwnMode| {
            let overlap = mode.of.own.is_none() || of.own.is_none() || mode.of.own == of.own;
            mode.name.name == name && mode.of.base == of.base && overlap
        };
        match self.ontology.modes.iter().find(is_same) {
            Some(known) => Err(OntologyError::Twice { line, name: name.to_owned(), before: known.line }),
            None => Ok(()),
        }
    }

    fn type_named(&self, line: usize, name: &str) -> Result<TypeName, OntologyError> {
        let found = self.ontology.type_named(name);
        found.ok_or_else(|| OntologyError::UnknownType { line, name: name.to_owned() })
    }

    fn rule(&self, line: usize, text: &Line) -> Result<Rule, OntologyError> {
        let Line::Rule { kind, mode, base, modes, conditions, text } = text else {
            return Err(OntologyError::NothingGiven { line });
        };
        let gives = self.type_named(line, kind)?;
        let of = self.type_named(line, base)?;
        if of.own.is_some() {
            let name = of.as_str().to_owned();
            return Err(OntologyError::RuleOfOwnType { line, name, base: of.base });
        }
        if of.base != gives.base {
            let name = gives.as_str().to_owned();
            return Err(OntologyError::OtherBase { line, name, base: gives.base, other: of.base });
        }
        let mode = mode.as_deref().map(|mode| self.own_mode(line, &gives, mode)).transpose()?;
        if gives.own.is_none() && mode.is_none() {
            return Err(OntologyError::NothingGiven { line });
        }
        for name in modes {
            self.is_mode_of(line, &of, name)?;
        }
        let conditions = conditions.iter().map(|condition| self.condition(line, condition));
        Ok(Rule {
            kind: gives.own,
            mode,
            base: of.base,
            of_modes: modes.clone(),
            conditions: conditions.collect::<Result<_, _>>()?,
            line,
            text: text.clone(),
        })
    }

    fn own_mode(&self, line: usize, of: &TypeName, mode: &str) -> Result<OwnName, OntologyError> {
        self.ontology.mode_named(of, mode).cloned().ok_or_else(|| {
            let (kind, mode) = (of.as_str().to_owned(), mode.to_owned());
            OntologyError::NoOwnMode { line, kind, mode }
        })
    }

    fn is_mode_of(&self, line: usize, of: &TypeName, mode: &str) -> Result<(), OntologyError> {
        if Mode::new(of.base, mode).is_some() || self.ontology.mode_named(of, mode).is_some() {
            return Ok(());
        }
        let (kind, known) = (of.as_str().to_owned(), self.ontology.modes_in_words(of));
        Err(OntologyError::UnknownMode { line, kind, mode: mode.to_owned(), known })
    }

    fn condition(&self, line: usize, text: &str) -> Result<Condition, OntologyError> {
        let (absent, text) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest.trim()));
        let (name, values) = text.split_once('=').unwrap_or((text, ""));
        let name = name.trim();
        let Some((_, tested)) = Tested::ALL.iter().find(|(known, _)| *known == name) else {
            return Err(OntologyError::UnknownCondition { line, word: name.to_owned() });
        };
        let values: Vec<String> = values
            .split('|')
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect();
        let is_side = matches!(tested, Tested::Source | Tested::Recipient);
        if values.is_empty() && (!is_side || text.contains('=')) {
            return Err(OntologyError::NoValues { line, word: name.to_owned(), example: tested.example() });
        }
        for value in &values {
            self.is_value(line, *tested, value)?;
        }
        let of_words = if *tested == Tested::Words { values.as_slice() } else { &[] };
        check_words(line, of_words)?;
        let words = Matter::new(of_words);
        Ok(Condition { absent, tested: *tested, values, words })
    }

    fn is_value(&self, line: usize, tested: Tested, value: &str) -> Result<(), OntologyError> {
        let (is_known, what, remedy) = match tested {
            Tested::Words => return Ok(()),
            Tested::Context => (
                value.parse::<Context>().is_ok() || self.ontology.has_context(value),
                "context",
                "write one of PLOVER's, as military, or declare it in a line such as `context fishery : trawler*`",
            ),
            Tested::Status => (
                value.parse::<Status>().is_ok(),
                "status",
                "write asserted, denied, alleged, planned, conditional, possible, negated or requested",
            ),
            Tested::Source | Tested::Recipient => (
                value == "state" || value.parse::<Sector>().is_ok() || is_country(value),
                "sector or country",
                "write a sector of PLOVER, as GOV, a country's code, as NOR, or `state` for a state named as such",
            ),
        };
        if is_known {
            Ok(())
        } else {
            Err(OntologyError::UnknownValue { line, word: value.to_owned(), what, remedy })
        }
    }
}

/// Letters and digits with hyphens between them, in none of which the case is wrong; scripts without case have no wrong one.
fn is_name(name: &str, wrong: impl Fn(char) -> bool) -> bool {
    let begins = name.chars().next().is_some_and(char::is_alphabetic);
    begins && name.chars().all(|letter| (letter.is_alphanumeric() && !wrong(letter)) || "-_".contains(letter))
}

fn score_of(line: usize, written: Option<&str>) -> Result<Option<f32>, OntologyError> {
    let Some(written) = written else { return Ok(None) };
    // A minus sign is as good as a hyphen.
    let score: Option<f32> = written.replace('−', "-").parse().ok();
    match score.filter(|score| (-10.0..=10.0).contains(score)) {
        Some(score) => Ok(Some(score)),
        None => Err(OntologyError::NoScore { line, word: written.to_owned() }),
    }
}

fn check_context(
    line: usize,
    name: &str,
    language: Option<&str>,
    words: &[String],
) -> Result<(), OntologyError> {
    if name.parse::<Context>().is_ok() {
        return Err(OntologyError::PloversName { line, name: name.to_owned() });
    }
    if !is_name(name, char::is_uppercase) {
        return Err(OntologyError::NoSmallName { line, name: name.to_owned() });
    }
    let known = chancery_tables::languages();
    if let Some(code) = language.filter(|code| !known.contains(code)) {
        return Err(OntologyError::UnknownLanguage { line, code: code.to_owned(), known: known.join(", ") });
    }
    check_words(line, words)
}

/// Classes of words must be of some language.
fn check_words(line: usize, words: &[String]) -> Result<(), OntologyError> {
    let classes = words.iter().filter_map(|word| word.trim_start_matches('!').strip_prefix('@'));
    match classes.into_iter().find(|class| !is_class(class)) {
        Some(class) => Err(OntologyError::UnknownClass { line, class: class.to_owned() }),
        None => Ok(()),
    }
}

/// Whether some language has a class of words of that name.
fn is_class(name: &str) -> bool {
    chancery_tables::languages().into_iter().any(|language| {
        let classes = chancery_tables::language(language, "classes").unwrap_or_default();
        WordClasses::read(classes).get(name).is_some()
    })
}

/// Whether states are of that code, or actors of no one country.
fn is_country(code: &str) -> bool {
    let states = chancery_tables::world("states").unwrap_or_default();
    let is_of = |row: &str| !row.starts_with('#') && row.split('\t').nth(3) == Some(code);
    CountryCode::new(code).is_some_and(|country| country.is_international() || states.lines().any(is_of))
}
