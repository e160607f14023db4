use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{LazyLock, OnceLock};

use chancery_core::{ActorKind, CountryCode, Sector};

use super::key::{key, stub};

/// What one code of `titles.txt` stands for, in every language (`world/titles.tsv`).
#[derive(Clone, Debug)]
pub(super) struct TitleCode {
    pub(super) code: &'static str,
    pub(super) class: TitleClass,
    pub(super) sector: Option<Sector>,
    pub(super) kind: ActorKind,
    pub(super) english: &'static str,
    /// The body whose head holds the office.
    pub(super) body: &'static str,
    /// An office that says no more than that somebody speaks or acts for a state.
    pub(super) loose: bool,
    /// An agent that is an actor even where no country is named.
    pub(super) bare: bool,
    /// An agent that is for or against whom it stands beside, and no part of it: `critics of the president`.
    pub(super) apart: bool,
    /// An agent of no one country.
    pub(super) fixed: bool,
    /// Words that stand for the state itself.
    pub(super) side: bool,
    /// A body that is also a building.
    pub(super) site: bool,
    /// Belongs, where no word says otherwise, to the country it is told to be in.
    pub(super) home: bool,
    /// Whose body it is, where the body has a name of its own.
    pub(super) state: Option<CountryCode>,
    /// The line of the table: weightier offices come first.
    pub(super) rank: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleClass {
    Office,
    Body,
    Agent,
}

static CODES: LazyLock<BTreeMap<&'static str, TitleCode>> = LazyLock::new(|| {
    let table = chancery_tables::world("titles").unwrap_or_default();
    let codes = table.lines().enumerate().filter_map(|(rank, line)| read_code(line, rank));
    codes.map(|code| (code.code, code)).collect()
});

fn read_code(line: &'static str, rank: usize) -> Option<TitleCode> {
    if line.starts_with('#') {
        return None;
    }
    let mut cells = line.split('\t');
    let code = cells.next().filter(|code| !code.is_empty())?;
    let class = match cells.next()? {
        "office" => TitleClass::Office,
        "body" => TitleClass::Body,
        "agent" => TitleClass::Agent,
        _ => return None,
    };
    let sector = cells.next()?.parse().ok();
    let kind = cells.next()?.parse().ok()?;
    let english = cells.next()?;
    let body = cells.next().unwrap_or_default();
    let flags = cells.next().unwrap_or_default();
    let has = |flag: &str| flags.split(' ').any(|word| word == flag);
    Some(TitleCode {
        code,
        class,
        sector,
        kind,
        english,
        body,
        loose: has("loose"),
        bare: has("bare"),
        apart: has("apart"),
        fixed: has("fixed"),
        side: has("side"),
        site: has("site"),
        home: has("home"),
        state: cells.next().and_then(CountryCode::new),
        rank,
    })
}

static OFFICE_NAMES: LazyLock<BTreeMap<(&'static str, &'static str), &'static str>> = LazyLock::new(|| {
    let table = chancery_tables::world("office-names").unwrap_or_default();
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        Some(((cells.next()?, cells.next()?), cells.next()?))
    })
    .collect()
});

/// Returns what a code stands for.
pub(super) fn title_code(code: &str) -> Option<&'static TitleCode> {
    CODES.get(code)
}

/// Returns the code under which the tables list the office that an English title names, with the body it belongs
/// to: `spokesperson-foreign-ministry`; `None` where no title is found.
pub(super) fn office_in(title: &str) -> Option<String> {
    let lexicon = Lexicon::of("en");
    let keys: Vec<String> = title.split_whitespace().map(key).collect();
    let none = vec![false; keys.len()];
    let words = Keys { keys: &keys, state_adjective: &none };
    let mut found =
        (0..keys.len()).filter_map(|at| lexicon.titles.at(&words, at, lexicon)).map(|found| *found.value);
    let office = found.clone().find(|code| code.class == TitleClass::Office)?;
    let code = match office.code {
        "chancellor" | "federal-chancellor" => "prime-minister",
        "secretary-of-state" => "foreign-minister",
        "emir" => "monarch",
        other => other,
    };
    let body = found.find(|code| code.class == TitleClass::Body).map(|body| body.code);
    Some(match (code, body) {
        ("secretary", Some("security-council")) => "security-council-secretary".to_owned(),
        ("spokesperson", Some("presidency")) => "spokesperson-president".to_owned(),
        ("spokesperson", Some(body)) => format!("{code}-{body}"),
        _ => code.to_owned(),
    })
}

/// Returns the office that a role in plain English names: `President`, `former Prime Minister`.
pub(super) fn office_named(role: &str) -> Option<&'static TitleCode> {
    let role = role.trim_start_matches("former ").trim_start_matches("deputy ");
    CODES.values().find(|code| code.class == TitleClass::Office && code.english.eq_ignore_ascii_case(role))
}

/// Returns the code of the office whose holder heads a body.
pub(super) fn head_of_body(body: &str) -> Option<&'static TitleCode> {
    CODES.values().find(|code| {
        code.class == TitleClass::Office && code.body == body && code.code != "secretary-of-state"
    })
}

/// Returns an office in English, as the state calls it: `Foreign Minister`, `Secretary of State`,
/// `spokesperson of the Ministry of Foreign Affairs`.
pub(super) fn english_office(office: &str, of: &str) -> String {
    let own = OFFICE_NAMES.get(&(office, of));
    if let Some(name) = own {
        return (*name).to_owned();
    }
    if let Some(code) = title_code(office) {
        return code.english.to_owned();
    }
    let parts = [("spokesperson-", "spokesperson"), ("head-", "head"), ("deputy-head-", "deputy head")];
    for (prefix, english) in parts {
        if let Some(body) = office.strip_prefix(prefix).and_then(title_code) {
            return format!("{english} of the {}", body.english);
        }
    }
    let mut words = office.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// One word of a pattern; an open one may have an ending.
#[derive(Clone, Debug)]
struct Piece {
    stem: String,
    open: bool,
}

/// Word patterns that lead to values, found longest first.
#[derive(Clone, Debug)]
pub(super) struct Patterns<T> {
    /// Whether the script puts no spaces between words.
    unspaced: bool,
    entries: Vec<(Vec<Piece>, T)>,
    by_stub: HashMap<String, Vec<usize>>,
}

impl<T> Default for Patterns<T> {
    fn default() -> Self {
        Self { unspaced: false, entries: Vec::new(), by_stub: HashMap::new() }
    }
}

/// The words of a sentence as patterns see them.
pub(super) struct Keys<'s> {
    pub(super) keys: &'s [String],
    /// Whether a word is an adjective of a state, which may stand inside a title: `ministre russe des
    /// Affaires étrangères`.
    pub(super) state_adjective: &'s [bool],
}

/// A pattern found in a sentence.
pub(super) struct Found<'p, T> {
    pub(super) length: usize,
    pub(super) value: &'p T,
    /// The word, within the pattern, that is the adjective of a state.
    pub(super) adjective: Option<usize>,
}

impl<T> Patterns<T> {
    fn add(&mut self, form: &str, value: T)
    where
        T: Clone,
    {
        // `secretary-general` may be three words.
        if form.contains('-') && !self.unspaced {
            self.add_pieces(&form.replace('-', " - "), value.clone());
        }
        self.add_pieces(form, value);
    }

    fn add_pieces(&mut self, form: &str, value: T) {
        let pieces: Vec<Piece> = form
            .split_whitespace()
            .map(|word| Piece { stem: key(word.trim_end_matches('*')), open: word.ends_with('*') })
            .collect();
        if let Some(first) = pieces.first() {
            self.by_stub
                .entry(stub(&first.stem, self.unspaced).to_owned())
                .or_default()
                .push(self.entries.len());
            self.entries.push((pieces, value));
        }
    }

    /// Returns the longest pattern that starts at a word.
    pub(super) fn at(&self, words: &Keys<'_>, start: usize, lexicon: &Lexicon) -> Option<Found<'_, T>> {
        let first = words.keys.get(start)?;
        let mut best: Option<Found<'_, T>> = None;
        for first in std::iter::once(first.as_str()).chain(lexicon.without_clitics(first)) {
            for &entry in self.by_stub.get(stub(first, self.unspaced)).into_iter().flatten() {
                let Some((pieces, value)) = self.entries.get(entry) else { continue };
                let Some((length, adjective)) = matched(pieces, first, words, start, lexicon) else {
                    continue;
                };
                if best.as_ref().is_none_or(|best| length > best.length) {
                    best = Some(Found { length, value, adjective });
                }
            }
        }
        best
    }
}

fn matched(
    pieces: &[Piece],
    first: &str,
    words: &Keys<'_>,
    start: usize,
    lexicon: &Lexicon,
) -> Option<(usize, Option<usize>)> {
    if lexicon.unspaced {
        return matched_unspaced(pieces, words, start);
    }
    let mut at = start;
    let mut adjective = None;
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 && adjective.is_none() && words.state_adjective.get(at) == Some(&true) {
            let next = words.keys.get(at + 1)?;
            if lexicon.fits(piece, next) {
                adjective = Some(at - start);
                at += 1;
            }
        }
        let word = if index == 0 { first } else { words.keys.get(at)?.as_str() };
        if !lexicon.fits(piece, word) {
            return None;
        }
        at += 1;
    }
    Some((at - start, adjective))
}

/// Matches in scripts that put no spaces between words: the pattern must end where a word ends.
fn matched_unspaced(pieces: &[Piece], words: &Keys<'_>, start: usize) -> Option<(usize, Option<usize>)> {
    let mut rest: &str = &pieces.first()?.stem;
    let mut at = start;
    while !rest.is_empty() {
        let word = words.keys.get(at)?;
        rest = rest.strip_prefix(word.as_str())?;
        at += 1;
    }
    Some((at - start, None))
}

/// On which side of a title its state may stand without a word between them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RightBinding {
    #[default]
    None,
    /// A name with a genitive ending: German `der Präsident Frankreichs`.
    Genitive,
    Adjective,
    Any,
}

/// Words of fewer letters are not taken for others that bear accents: Spanish `el` is not `él`.
const SHORTEST_WITHOUT_ACCENTS: usize = 5;

/// What `titles.txt` and `reference.txt` say of one language.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    pub(super) titles: Patterns<&'static TitleCode>,
    pub(super) phrases: Patterns<Phrase>,
    pub(super) pronouns: HashMap<String, Pronoun>,
    pub(super) right: RightBinding,
    pub(super) unspaced: bool,
    pub(super) left_titles: bool,
    /// Whether owners stand behind what they own, never before it.
    pub(super) owner_follows: bool,
    pub(super) definite_bare: bool,
    /// Whether a title may follow a name without a comma.
    pub(super) name_first: bool,
    lists: HashMap<&'static str, Vec<String>>,
    /// Words of the tables that bear accents, by how they are written without: `secretaría` by `secretaria`.
    accented: HashMap<String, String>,
    endings: Vec<String>,
    clitics: Vec<String>,
}

/// What a pronoun may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pronoun {
    pub(super) class: PronounClass,
    pub(super) possessive: bool,
    /// Refers to the subject of its own clause.
    pub(super) reflexive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PronounClass {
    He,
    She,
    /// A person of either gender.
    Person,
    /// A masculine or feminine noun, person or not.
    Masculine,
    Feminine,
    It,
    They,
    /// Whatever the subject is.
    Subject,
}

/// What a phrase such as `the two countries` stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Phrase {
    TwoStates,
    TwoPersons,
    /// The state last spoken of.
    State,
    /// The state of whoever the subject or speaker is: `his country`.
    OwnState,
    /// The last state of a set: a region or a form of state.
    StateOf(Vec<CountryCode>),
    /// The armed group or organisation last spoken of.
    Group,
    /// The person last spoken of.
    Person,
}

impl Lexicon {
    /// The tables of a language; empty where it has none.
    pub(super) fn of(language: &str) -> &'static Self {
        static LEXICONS: LazyLock<BTreeMap<&'static str, OnceLock<Lexicon>>> = LazyLock::new(|| {
            chancery_tables::languages().into_iter().map(|code| (code, OnceLock::new())).collect()
        });
        static EMPTY: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);
        let known = LEXICONS.get_key_value(language);
        known.map_or(&EMPTY, |(code, cell)| cell.get_or_init(|| Self::read(code)))
    }

    fn read(language: &str) -> Self {
        let mut lexicon = Self::default();
        for (section, line) in sections(chancery_tables::language(language, "titles").unwrap_or_default()) {
            lexicon.read_title(section, line);
        }
        for (section, line) in sections(chancery_tables::language(language, "reference").unwrap_or_default())
        {
            lexicon.read_reference(section, line);
        }
        lexicon.accented = lexicon.words_with_accents();
        lexicon
    }

    /// The longer words of the tables that bear one of the letters of the list `accents` (`á>a`), by how capitals and
    /// telegrams write them, where that is no word of the tables itself.
    fn words_with_accents(&self) -> HashMap<String, String> {
        let pairs = self.lists.get("accents").into_iter().flatten().filter_map(|pair| pair.split_once('>'));
        let letters: Vec<(&str, &str)> = pairs.collect();
        let titles = self.titles.entries.iter().flat_map(|(pieces, _)| pieces);
        let phrases = self.phrases.entries.iter().flat_map(|(pieces, _)| pieces);
        let listed = self.lists.values().flatten().map(String::as_str);
        // In order, so that of two words that differ in accents alone the same one is taken each time.
        let words: BTreeSet<&str> =
            titles.chain(phrases).map(|piece| piece.stem.as_str()).chain(listed).collect();
        let bare = |word: &str| {
            letters.iter().fold(word.to_owned(), |word, (accented, plain)| word.replace(accented, plain))
        };
        let is_long = |word: &str| word.chars().count() >= SHORTEST_WITHOUT_ACCENTS;
        let mut accented: HashMap<String, String> = words
            .iter()
            .filter(|word| is_long(word) && !word.contains(['*', '>']))
            .map(|word| (bare(word), (*word).to_owned()))
            .filter(|(bare, word)| bare != word)
            .collect();
        accented.retain(|bare, _| !words.contains(bare.as_str()));
        accented
    }

    /// A word as the tables spell it, where it is written without its accents.
    pub(super) fn spelt(&self, key: String) -> String {
        self.accented.get(&key).cloned().unwrap_or(key)
    }

    fn read_title(&mut self, section: &str, line: &'static str) {
        let Some((name, forms)) = line.split_once(':') else { return };
        let name = name.trim();
        if section == "grammar" {
            self.read_grammar(name, forms);
        } else if let Some(code) = title_code(name) {
            for form in items(forms) {
                self.titles.add(form, code);
            }
        }
    }

    fn read_grammar(&mut self, name: &'static str, forms: &'static str) {
        let yes = forms.trim() == "yes";
        match name {
            "endings" => self.endings = items(forms).map(key).collect(),
            "clitics" => self.clitics = items(forms).map(key).collect(),
            "right" => {
                self.right = match forms.trim() {
                    "genitive" => RightBinding::Genitive,
                    "adjective" => RightBinding::Adjective,
                    "any" => RightBinding::Any,
                    _ => RightBinding::None,
                }
            }
            "unspaced" => {
                self.unspaced = yes;
                self.titles.unspaced = yes;
                self.phrases.unspaced = yes;
            }
            "name first" => self.name_first = yes,
            "definite bare" => self.definite_bare = yes,
            "left titles" => self.left_titles = yes,
            "owner follows" => self.owner_follows = yes,
            list => self.lists.entry(list).or_default().extend(items(forms).map(key)),
        }
    }

    fn read_reference(&mut self, section: &str, line: &'static str) {
        let Some((name, forms)) = line.split_once(':') else { return };
        let name = name.trim();
        match section {
            "pronouns" => {
                let mut words = name.split(' ');
                let class = match words.next() {
                    Some("he") => PronounClass::He,
                    Some("she") => PronounClass::She,
                    Some("person") => PronounClass::Person,
                    Some("masculine") => PronounClass::Masculine,
                    Some("feminine") => PronounClass::Feminine,
                    Some("it") => PronounClass::It,
                    Some("they") => PronounClass::They,
                    Some("subject") => PronounClass::Subject,
                    _ => return,
                };
                let kind = words.next();
                let possessive = matches!(kind, Some("possessive" | "own"));
                let reflexive = matches!(kind, Some("own"));
                for form in items(forms) {
                    self.pronouns.insert(key(form), Pronoun { class, possessive, reflexive });
                }
            }
            "phrases" => {
                let phrase = match name {
                    "two states" => Phrase::TwoStates,
                    "two persons" => Phrase::TwoPersons,
                    "state" => Phrase::State,
                    "own state" => Phrase::OwnState,
                    "group" => Phrase::Group,
                    "person" => Phrase::Person,
                    set => match region(set) {
                        Some(states) => Phrase::StateOf(states),
                        None => return,
                    },
                };
                for form in items(forms) {
                    self.phrases.add(form, phrase.clone());
                }
            }
            "lists" => self.lists.entry(name).or_default().extend(items(forms).map(key)),
            _ => {}
        }
    }

    /// Whether a word is in a list of the language.
    pub(super) fn lists(&self, list: &str, key: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.iter().any(|word| word == key))
    }

    /// The code of the state that texts of the language mean where they name none: `regeringen`.
    pub(super) fn home_state(&self) -> Option<String> {
        Some(self.lists.get("home state")?.first()?.to_uppercase())
    }

    /// How many times as often as that state a text may name another, and still mean the first.
    pub(super) fn home_share(&self) -> usize {
        let share = self.lists.get("home share").and_then(|share| share.first()?.parse().ok());
        share.unwrap_or(1)
    }

    /// Whether a word is in a list, or starts with one of its open words (`besök*`).
    pub(super) fn lists_open(&self, list: &str, key: &str) -> bool {
        self.lists.get(list).is_some_and(|words| {
            words.iter().any(|word| match word.strip_suffix('*') {
                Some(stem) => key.starts_with(stem),
                None => word == key,
            })
        })
    }

    /// Whether a word starts with one of the prefixes of a list, before at least two letters.
    pub(super) fn starts_with(&self, list: &str, key: &str) -> bool {
        self.lists.get(list).is_some_and(|prefixes| {
            prefixes.iter().any(|prefix| {
                key.strip_prefix(prefix.as_str()).is_some_and(|rest| rest.chars().nth(1).is_some())
            })
        })
    }

    /// Whether a word ends in one of the endings of a list, after at least two letters.
    pub(super) fn ends_in(&self, list: &str, key: &str) -> bool {
        self.lists.get(list).is_some_and(|endings| {
            endings.iter().any(|ending| {
                key.strip_suffix(ending.as_str()).is_some_and(|stem| stem.chars().nth(1).is_some())
            })
        })
    }

    /// Whether names bear the endings of cases.
    pub(super) fn inflects_names(&self) -> bool {
        self.lists.get("name endings").is_some_and(|endings| endings.len() > 1)
    }

    /// The word without each of the endings that names may bear, where enough of it remains.
    pub(super) fn without_name_ending<'k>(&'k self, key: &'k str) -> impl Iterator<Item = &'k str> {
        let endings = self.lists.get("name endings").map(Vec::as_slice).unwrap_or_default();
        endings
            .iter()
            .filter_map(move |ending| key.strip_suffix(ending.as_str()))
            .filter(|stem| stem.chars().nth(2).is_some())
    }

    /// A surname as women bear it, where men bear another form: `Бутаев`, `Бутаева`.
    pub(super) fn womans_surname(&self, name: &str) -> Option<String> {
        let pairs = self.lists.get("women's surnames")?;
        pairs.iter().filter_map(|pair| pair.split_once('>')).find_map(|(his, hers)| {
            let stem = name.strip_suffix(his).filter(|stem| stem.chars().nth(1).is_some())?;
            Some(format!("{stem}{hers}"))
        })
    }

    fn fits(&self, piece: &Piece, word: &str) -> bool {
        match word.strip_prefix(piece.stem.as_str()) {
            Some("") => true,
            Some(rest) if piece.open => self.endings.iter().any(|ending| ending == rest),
            _ => false,
        }
    }

    /// The word without the clitics that may be written in front of it, one after another.
    pub(super) fn without_clitics<'k>(&'k self, word: &'k str) -> impl Iterator<Item = &'k str> {
        self.clitics
            .iter()
            .filter_map(move |clitic| word.strip_prefix(clitic.as_str()))
            .filter(|rest| rest.chars().nth(1).is_some())
    }
}

fn sections(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    table.lines().filter_map(move |line| {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            return None;
        }
        (!line.is_empty()).then_some((section, line))
    })
}

fn items(forms: &str) -> impl Iterator<Item = &str> {
    forms.split([',', '،', '，', '、']).map(str::trim).filter(|form| !form.is_empty())
}

/// The states of a region or form of state (`world/regions.tsv`).
fn region(name: &str) -> Option<Vec<CountryCode>> {
    let table = chancery_tables::world("regions").unwrap_or_default();
    let (_, states) =
        table.lines().filter_map(|line| line.split_once('\t')).find(|(known, _)| *known == name)?;
    Some(states.split_whitespace().filter_map(CountryCode::new).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_a_language_is_in_the_table() {
        for language in chancery_tables::languages() {
            for (section, line) in sections(chancery_tables::language(language, "titles").unwrap_or_default())
            {
                let (name, _) = line.split_once(':').unwrap_or_default();
                assert!(section == "grammar" || title_code(name.trim()).is_some(), "{language}: {line}");
            }
        }
    }

    #[test]
    fn offices_of_bodies_have_english_names() {
        assert_eq!(english_office("foreign-minister", "RUS"), "Foreign Minister");
        assert_eq!(
            english_office("spokesperson-foreign-ministry", "RUS"),
            "spokesperson of the Ministry of Foreign Affairs"
        );
        assert_eq!(english_office("head-of-mission", "RUS"), "Head of mission");
    }
}
