use std::collections::{HashMap, HashSet};

use chancery_core::{Relation, Sentence, Upos};

use super::NameForm;
use super::fold::{fold, is_apostrophe, is_hyphen};
use super::table::{Row, Table};

/// How a language writes names: `world/names/languages.tsv`.
#[derive(Clone, Debug, Default)]
pub(super) struct Writing {
    /// Endings that a name may bear: `s` in Swedish.
    endings: Vec<String>,
    /// Particles written together with the next word: `و`, `ב`.
    clitics: Vec<String>,
    /// Articles that a name may have or lack: `ال`.
    articles: Vec<String>,
    /// What stands before an apostrophe without belonging to the name: `l'`, `d'`.
    elisions: Vec<String>,
    /// Whether names stand inside words, as in Chinese.
    inside_words: bool,
    /// Whether what follows an apostrophe is an ending: `İran'ın`.
    apostrophe_endings: bool,
}

impl Writing {
    pub(super) fn read(row: Row<'_>) -> Self {
        let list = |column: &str| row.cell(column).split_whitespace().map(fold).collect::<Vec<_>>();
        let flags = list("flags");
        Self {
            endings: list("endings"),
            clitics: list("clitics"),
            articles: list("articles"),
            elisions: list("elisions"),
            inside_words: flags.iter().any(|flag| flag == "inside"),
            apostrophe_endings: flags.iter().any(|flag| flag == "apostrophe"),
        }
    }

    /// The ways to read an atom: as it stands, without clitics, article or ending; plainest first.
    fn readings(&self, folded: &str) -> Vec<String> {
        let mut readings = vec![folded.to_owned()];
        let mut push = |reading: &str| {
            if reading.chars().count() >= 2 && !readings.iter().any(|known| known == reading) {
                readings.push(reading.to_owned());
            }
        };
        let bare = |word: &str| -> Option<String> {
            self.articles.iter().find_map(|article| word.strip_prefix(article.as_str())).map(str::to_owned)
        };
        if let Some(word) = bare(folded) {
            push(&word);
            // Patterns stand without what looks like an article, as ألمانيا does: الألمانية has two.
            if let Some(word) = bare(&word) {
                push(&word);
            }
        }
        for ending in &self.endings {
            if let Some(word) = folded.strip_suffix(ending.as_str()) {
                push(word);
            }
        }
        for clitic in &self.clitics {
            if let Some(word) = folded.strip_prefix(clitic.as_str()).filter(|word| word.chars().count() >= 3)
            {
                push(word);
                if let Some(word) = bare(word) {
                    push(&word);
                    if let Some(word) = bare(&word) {
                        push(&word);
                    }
                }
            }
        }
        readings
    }

    /// A part of a name as patterns hold it: without its article.
    fn canonical(&self, folded: String) -> String {
        let bare = self.articles.iter().find_map(|article| folded.strip_prefix(article.as_str()));
        match bare {
            Some(word) if word.chars().count() >= 3 => word.to_owned(),
            _ => folded,
        }
    }
}

/// What the case of a pattern demands of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Any,
    Capital,
    AllCapitals,
}

impl Case {
    fn of(form: &str) -> Self {
        let cased = || form.chars().filter(|c| c.is_uppercase() || c.is_lowercase());
        if cased().count() >= 2 && cased().all(char::is_uppercase) {
            Self::AllCapitals
        } else if cased().next().is_some_and(char::is_uppercase) {
            Self::Capital
        } else {
            Self::Any
        }
    }

    fn allows(self, text: Self) -> bool {
        match self {
            Self::Any => true,
            Self::Capital => text != Self::Any,
            Self::AllCapitals => text == Self::AllCapitals,
        }
    }
}

/// A part of a text between spaces, hyphens and apostrophes.
struct Atom {
    word: usize,
    case: Case,
    folded: String,
}

/// A part of a name.
#[derive(Clone, Debug)]
struct Part {
    folded: String,
    /// Whether any ending may follow.
    open: bool,
    case: Case,
}

#[derive(Clone, Debug)]
struct Pattern {
    parts: Vec<Part>,
    form: NameForm,
    entity: usize,
}

/// How long an ending `*` stands for.
const LONGEST_ENDING: usize = 3;

/// The names of one language, ready to match.
pub(super) struct NameTable {
    writing: Writing,
    /// Patterns by their first part; exact and open ones.
    exact: HashMap<String, Vec<Pattern>>,
    open: HashMap<String, Vec<Pattern>>,
    /// Names of a language without spaces, by their whole text.
    inside: HashMap<String, (NameForm, usize)>,
    /// What those begin with.
    begins_inside: HashSet<char>,
    longest_inside: usize,
    /// The letters that stand for a state each where they are words of their own: Chinese `中`, `菲`.
    signs: HashMap<char, usize>,
}

/// A name found: the words, the form, the entity.
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) form: NameForm,
    pub(super) entity: usize,
}

impl NameTable {
    /// Reads tables, the earlier ones before the later where both know a name.
    pub(super) fn read(
        tables: &[(Table, Vec<(String, NameForm)>)],
        writing: &Writing,
        ids: &HashMap<String, usize>,
        mut complain: impl FnMut(String),
    ) -> Self {
        let mut names = Self {
            writing: writing.clone(),
            exact: HashMap::new(),
            open: HashMap::new(),
            inside: HashMap::new(),
            begins_inside: HashSet::new(),
            longest_inside: 0,
            signs: HashMap::new(),
        };
        for (table, columns) in tables {
            for row in table.rows() {
                let Some(&entity) = ids.get(row.cell("id")) else {
                    complain(format!("{}: no entity {}", row.place(), row.cell("id")));
                    continue;
                };
                names.signs.extend(row.parts("sign").filter_map(|sign| Some((sign.chars().next()?, entity))));
                for (column, form) in columns {
                    for name in row.parts(column) {
                        if let Err(other) = names.add(name, *form, entity) {
                            let both =
                                ids.iter().find(|(_, index)| **index == other).map_or("", |(id, _)| id);
                            complain(format!("{}: {name} names {both} too", row.place()));
                        }
                    }
                }
            }
        }
        names
    }

    /// Adds a name; `Err` with the other entity where it is known as the same form of another.
    fn add(&mut self, name: &str, form: NameForm, entity: usize) -> Result<(), usize> {
        if self.writing.inside_words && !name.is_ascii() {
            let key: String = fold(name).chars().filter(|&c| !c.is_whitespace() && !is_hyphen(c)).collect();
            self.longest_inside = self.longest_inside.max(key.chars().count());
            self.begins_inside.extend(key.chars().next());
            let known = self.inside.entry(key).or_insert((form, entity));
            return if known.1 == entity { Ok(()) } else { Err(known.1) };
        }
        let mut parts = Vec::new();
        for word in name.split_whitespace() {
            let (stem, open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
            atoms_of(stem, &self.writing, true, |folded, case| {
                parts.push(Part { folded: self.writing.canonical(folded), open: false, case });
            });
            if let Some(last) = parts.last_mut() {
                last.open = open;
            }
        }
        let Some(first) = parts.first() else { return Ok(()) };
        let index = if first.open { &mut self.open } else { &mut self.exact };
        let known = index.entry(first.folded.clone()).or_default();
        let same = known.iter().find(|pattern| {
            pattern.parts.len() == parts.len()
                && pattern
                    .parts
                    .iter()
                    .zip(&parts)
                    .all(|(a, b)| a.folded == b.folded && a.open == b.open && a.case == b.case)
        });
        if let Some(same) = same {
            return if same.entity == entity { Ok(()) } else { Err(same.entity) };
        }
        known.push(Pattern { parts, form, entity });
        Ok(())
    }

    /// The names in a sentence, longest first at each word, without overlap.
    pub(super) fn find(&self, sentence: &Sentence) -> Vec<Found> {
        let atoms = atoms_in(sentence, &self.writing);
        let mut found = Vec::new();
        let mut at = 0;
        while at < atoms.len() {
            if let Some((length, pattern)) = self.longest_at(&atoms, at)
                && !self.is_article_of_longer(&atoms, at, length, pattern)
            {
                let words = atoms.get(at).zip(atoms.get(at + length - 1));
                if let Some((first, last)) = words {
                    found.push(Found {
                        first: first.word,
                        last: last.word,
                        form: pattern.form,
                        entity: pattern.entity,
                    });
                }
                at += length;
            } else {
                at += 1;
            }
        }
        if self.writing.inside_words {
            self.find_inside(sentence, &mut found);
        }
        found
    }

    /// Whether a name begins with a small word behind which a name begins that goes on further: `the West Bank`
    /// is not the West.
    fn is_article_of_longer(&self, atoms: &[Atom], at: usize, length: usize, pattern: &Pattern) -> bool {
        let begins_small = length > 1 && pattern.parts.first().is_some_and(|part| part.case == Case::Any);
        begins_small && self.longest_at(atoms, at + 1).is_some_and(|(further, _)| further + 1 > length)
    }

    /// The best name that starts at an atom: the most parts, then one that demands a capital, then the one
    /// that spells out the most letters, then the plainest reading.
    fn longest_at(&self, atoms: &[Atom], at: usize) -> Option<(usize, &Pattern)> {
        let (first, rest) = atoms.get(at..)?.split_first()?;
        let mut best: Option<((usize, bool, usize), &Pattern)> = None;
        for reading in self.writing.readings(&first.folded) {
            let letters = reading.chars().count();
            let exact = self.exact.get(&reading).into_iter().flatten().map(|pattern| (letters, pattern));
            let ends = reading.char_indices().map(|(at, _)| at).rev().map(|at| reading.get(..at));
            let ends =
                std::iter::once(Some(reading.as_str())).chain(ends).take(LONGEST_ENDING + 1).enumerate();
            let open = ends.filter_map(|(cut, stem)| Some((cut, self.open.get(stem?)?)));
            let open =
                open.flat_map(|(cut, patterns)| patterns.iter().map(move |pattern| (letters - cut, pattern)));
            for (letters, pattern) in exact.chain(open) {
                let Some((start, others)) = pattern.parts.split_first() else { continue };
                let fits = start.case.allows(first.case)
                    && others.len() <= rest.len()
                    && others.iter().zip(rest).all(|(part, atom)| self.part_fits(part, atom));
                let score = (pattern.parts.len(), start.case != Case::Any, letters);
                if fits && best.is_none_or(|(known, _)| known < score) {
                    best = Some((score, pattern));
                }
            }
        }
        best.map(|((length, ..), pattern)| (length, pattern))
    }

    /// The entity that a whole text names, whatever its case.
    pub(super) fn whole(&self, name: &str) -> Option<(NameForm, usize)> {
        if self.writing.inside_words {
            let key: String = fold(name).chars().filter(|&c| !c.is_whitespace() && !is_hyphen(c)).collect();
            if let Some(&found) = self.inside.get(&key) {
                return Some(found);
            }
        }
        let mut atoms = Vec::new();
        for word in name.split_whitespace() {
            atoms_of(word, &self.writing, false, |folded, _| {
                atoms.push(Atom { word: 0, case: Case::AllCapitals, folded });
            });
        }
        let (length, pattern) = self.longest_at(&atoms, 0)?;
        (length == atoms.len()).then_some((pattern.form, pattern.entity))
    }

    fn part_fits(&self, part: &Part, atom: &Atom) -> bool {
        part.case.allows(atom.case)
            && self.writing.readings(&atom.folded).iter().any(|reading| {
                if part.open {
                    reading
                        .strip_prefix(part.folded.as_str())
                        .is_some_and(|ending| ending.chars().count() <= LONGEST_ENDING)
                } else {
                    *reading == part.folded
                }
            })
    }

    /// The state that a word of one letter stands for: a name to the tagger, or beside another such name (`中菲举行会谈`).
    /// Those that only describe what stands behind them (`英美公司`, `中印战争`) are nobody.
    fn sign_at(&self, sentence: &Sentence, word: usize) -> Option<usize> {
        let sign = |at: usize| {
            let word = sentence.words.get(at)?;
            let mut letters = word.form.chars();
            let letter = letters.next().filter(|_| letters.next().is_none())?;
            Some((word.upos, *self.signs.get(&letter)?))
        };
        let (upos, entity) = sign(word)?;
        let is_name = |at: usize| sign(at).is_some_and(|(upos, _)| upos == Upos::Propn);
        let is_part = upos == Upos::Part && (is_name(word + 1) || word.checked_sub(1).is_some_and(is_name));
        if upos != Upos::Propn && !is_part {
            return None;
        }
        let first = (0..=word).rev().take_while(|&at| sign(at).is_some()).last()?;
        let last = (word..sentence.words.len()).take_while(|&at| sign(at).is_some()).last()?;
        let before = first.checked_sub(1).and_then(|at| sentence.words.get(at));
        let is_marked = before.is_some_and(|mark| {
            mark.upos == Upos::Adp && mark.head.is_some_and(|head| (first..=last).contains(&head))
        });
        let describes = sentence.words.get(last).is_some_and(|word| {
            matches!(word.relation, Relation::Nmod | Relation::Compound | Relation::Amod)
                && word.head.is_some_and(|head| last < head)
        });
        (!describes || is_marked).then_some(entity)
    }

    /// Finds names that need no space around them, and keeps them in order with the others.
    fn find_inside(&self, sentence: &Sentence, found: &mut Vec<Found>) {
        let mut letters = Vec::new();
        for (word, form) in sentence.words.iter().enumerate().map(|(index, word)| (index, &word.form)) {
            letters.extend(form.chars().flat_map(char::to_lowercase).map(|c| (c, word)));
        }
        let covered: HashSet<usize> = found.iter().flat_map(|name| name.first..=name.last).collect();
        let mut at = 0;
        while at < letters.len() {
            let sign = letters.get(at).and_then(|&(_, word)| self.sign_at(sentence, word));
            let begins = letters.get(at).is_some_and(|(first, _)| self.begins_inside.contains(first));
            if sign.is_none() && !begins {
                at += 1;
                continue;
            }
            let longest = self.longest_inside.min(letters.len() - at);
            let hit = (1..=longest).rev().find_map(|length| {
                let part = letters.get(at..at + length)?;
                let key: String = part.iter().map(|(c, _)| *c).collect();
                self.inside.get(&key).map(|&(form, entity)| (length, form, entity))
            });
            let hit = hit.or_else(|| sign.map(|entity| (1, NameForm::Alias, entity)));
            let Some((length, form, entity)) = hit else {
                at += 1;
                continue;
            };
            let words = letters.get(at).zip(letters.get(at + length - 1));
            if let Some((&(_, first), &(_, last))) = words
                && !(first..=last).any(|word| covered.contains(&word))
            {
                found.push(Found { first, last, form, entity });
            }
            at += length;
        }
        found.sort_by_key(|name| (name.first, name.last));
    }
}

/// The columns of a table of names.
pub(super) const FORMS: [(&str, NameForm); 6] = [
    ("name", NameForm::Name),
    ("alias", NameForm::Alias),
    ("adjective", NameForm::Adjective),
    ("demonym", NameForm::Demonym),
    ("capital", NameForm::Capital),
    ("metonym", NameForm::Metonym),
];

fn atoms_in(sentence: &Sentence, writing: &Writing) -> Vec<Atom> {
    let mut atoms = Vec::new();
    for (index, word) in sentence.words.iter().enumerate() {
        atoms_of(&word.form, writing, false, |folded, case| atoms.push(Atom { word: index, case, folded }));
    }
    atoms
}

/// Cuts a word at hyphens, and at apostrophes where what is before or after is not part of the name.
fn atoms_of(word: &str, writing: &Writing, is_pattern: bool, mut push: impl FnMut(String, Case)) {
    for piece in word.split(is_hyphen) {
        // Initials: `U.S.` is `US`.
        let piece: String = piece.chars().filter(|&c| c != '.' && c != '…').collect();
        let mut whole = String::new();
        for (index, bit) in piece.split(is_apostrophe).enumerate() {
            let folded = fold(bit);
            let ends = index > 0
                && bit.chars().all(char::is_lowercase)
                && !whole.is_empty()
                && (writing.apostrophe_endings && !is_pattern
                    || folded == "s"
                    || writing.endings.contains(&folded));
            if ends {
                break;
            }
            if index == 1 && writing.elisions.contains(&fold(&whole)) {
                whole.clear();
            }
            whole.push_str(bit);
        }
        if whole.chars().any(char::is_alphanumeric) {
            push(fold(&whole), Case::of(&whole));
        }
    }
}
