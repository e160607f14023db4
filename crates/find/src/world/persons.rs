use std::collections::{BTreeMap, BTreeSet, HashMap};

use chancery_core::{ActorKind, Sentence};

use super::Entity;
use super::fold::{fold, is_apostrophe, is_hyphen};
use super::spelling::{distance, skeleton, sound, stems};
use super::table::Table;
use super::tenures::Tenures;

/// The persons of the tables by every spelling of their names.
pub(super) struct Persons {
    all: Vec<Person>,
    /// Spelled out as in a table, folded, parts joined by a space: whole names and surnames.
    spelled: HashMap<String, Vec<usize>>,
    /// Surnames by the skeleton of their sound.
    skeletons: HashMap<String, Vec<usize>>,
    /// Surnames of seven letters and more, by what is left of their sound without one letter.
    shortened: HashMap<String, Vec<usize>>,
    /// Letters of the longest name that needs no spaces.
    longest_inside: usize,
}

struct Person {
    entity: usize,
    prominence: i32,
    /// The sounds of each Latin spelling: given names, then the surname.
    spellings: Vec<Spelling>,
}

struct Spelling {
    given: Vec<String>,
    surname: String,
}

/// Countries whose people put the family name first, so that the last word is no surname.
pub(crate) const FAMILY_NAME_FIRST: [&str; 6] = ["CHN", "PRK", "KOR", "TWN", "VNM", "KHM"];

/// Words that join names and are nobody's own, by their sound.
const PARTICLES: [&str; 24] = [
    "bin", "ibn", "bint", "bent", "ben", "al", "el", "ul", "ad", "as", "at", "de", "da", "di", "do", "du",
    "la", "le", "van", "von", "fon", "der", "den", "del",
];

/// Whether a word joins names and is nobody's own: `bin`, `al`, `van`.
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&sound(word).as_str())
}

/// Whether a word is the article of a family name: `al-Iryani`.
pub(crate) fn is_name_article(word: &str) -> bool {
    matches!(sound(word).as_str(), "al" | "el")
}

/// The most characters of a name that is looked up.
const LONGEST_NAME: usize = 120;

/// How well a name fits, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    WholeName,
    WholeSound,
    Surname,
    SurnameSound,
    Misspelt,
}

/// Columns of `persons.tsv` with names that are not in Latin letters.
const SCRIPTS: [&str; 6] = ["ru", "uk", "fa", "ar", "he", "zh"];

impl Persons {
    pub(super) fn read(entities: &[Entity], tenures: &Tenures) -> Self {
        let ids: HashMap<&str, usize> = entities
            .iter()
            .enumerate()
            .filter(|(_, entity)| entity.kind == ActorKind::Person)
            .map(|(index, entity)| (entity.id.as_str(), index))
            .collect();
        let mut read = Self {
            all: Vec::new(),
            spelled: HashMap::new(),
            skeletons: HashMap::new(),
            shortened: HashMap::new(),
            longest_inside: 0,
        };
        for (table, bonus) in [("persons", 100), ("officials", 1), ("persons_compiled", 0)] {
            for row in Table::read(table).rows() {
                let Some(&entity) = ids.get(row.cell("id")) else { continue };
                let Some(known) = entities.get(entity) else { continue };
                let index = read.all.len();
                let family_first =
                    known.country.is_some_and(|country| FAMILY_NAME_FIRST.contains(&country.as_str()));
                let prominence = bonus + prominence(&known.id, tenures);
                read.all.push(Person { entity, prominence, spellings: Vec::new() });
                read.add_latin(index, &known.name, family_first, bonus > 1);
                for name in row.parts("other") {
                    read.add_latin(index, name, family_first, bonus > 1);
                }
                for script in SCRIPTS {
                    for name in row.parts(script) {
                        read.add_spelled(index, name);
                        if script == "zh" {
                            read.longest_inside = read.longest_inside.max(name.chars().count());
                        }
                    }
                }
            }
        }
        for indices in
            read.spelled.values_mut().chain(read.skeletons.values_mut()).chain(read.shortened.values_mut())
        {
            indices.sort_unstable();
            indices.dedup();
        }
        read
    }

    fn add_spelled(&mut self, person: usize, name: &str) {
        self.spelled.entry(parts(name).join(" ")).or_default().push(person);
    }

    fn add_latin(&mut self, person: usize, name: &str, family_first: bool, is_known: bool) {
        self.add_spelled(person, name);
        let words = parts(name);
        let Some((surname, given)) = words.split_last() else { return };
        // `Willem-Alexander` is one given name, of which the last part is not a surname.
        if words.len() > 1 && name.contains('-') && !name.contains([' ', '.', '·']) {
            return;
        }
        if family_first && words.len() > 1 {
            if let Some(surname) = words.first().filter(|_| is_known) {
                self.spelled.entry(surname.clone()).or_default().push(person);
            }
            return;
        }
        // `Frederik X`, `Leo XIV`
        if words.len() > 1 && surname.chars().all(|c| matches!(c, 'i' | 'v' | 'x')) {
            return;
        }
        if words.len() > 1 {
            self.spelled.entry(surname.clone()).or_default().push(person);
        }
        let heard = sound(surname);
        self.skeletons.entry(skeleton(&heard)).or_default().push(person);
        if heard.chars().count() >= 7 {
            for shortened in without_one(&heard).into_iter().chain([heard.clone()]) {
                self.shortened.entry(shortened).or_default().push(person);
            }
        }
        let given = given.iter().map(|word| sound(word)).collect();
        if let Some(person) = self.all.get_mut(person) {
            person.spellings.push(Spelling { given, surname: heard });
        }
    }

    /// Indices of the entities that a name may mean, best first.
    pub(super) fn named(&self, language: &str, name: &str) -> Vec<usize> {
        // Nobody is called so; and every letter of it would be tried out.
        if name.chars().nth(LONGEST_NAME).is_some() {
            return Vec::new();
        }
        let words = parts(name);
        let Some((surname, given)) = words.split_last() else { return Vec::new() };
        let mut fits: BTreeMap<usize, Fit> = BTreeMap::new();
        let offer = |fits: &mut BTreeMap<usize, Fit>, person: usize, fit: Fit| {
            let known = fits.entry(person).or_insert(fit);
            *known = (*known).min(fit);
        };
        for reading in readings(&words) {
            for &person in self.spelled.get(&reading).into_iter().flatten() {
                offer(&mut fits, person, if words.len() > 1 { Fit::WholeName } else { Fit::Surname });
            }
        }
        if fits.is_empty() || words.len() == 1 {
            let given: Vec<String> = given.iter().map(|word| sound(word)).collect();
            for stem in stems(surname) {
                let heard = sound(&stem);
                if heard.is_empty() {
                    continue;
                }
                let alike = self.skeletons.get(&skeleton(&heard)).into_iter().flatten();
                let near = without_one(&heard).into_iter().chain([heard.clone()]);
                let near: BTreeSet<usize> = if heard.chars().count() >= 6 {
                    near.flat_map(|key| self.shortened.get(&key).into_iter().flatten().copied()).collect()
                } else {
                    BTreeSet::new()
                };
                let alike: BTreeSet<usize> = alike.copied().collect();
                for &person in alike.union(&near) {
                    let spellings = self.all.get(person).map(|person| person.spellings.as_slice());
                    let fit = spellings
                        .unwrap_or_default()
                        .iter()
                        .filter_map(|spelling| {
                            fit(spelling, &given, &heard, alike.contains(&person), stem.is_ascii())
                        })
                        .min();
                    if let Some(fit) = fit {
                        offer(&mut fits, person, fit);
                    }
                }
            }
            // A surname spelled as in a table, after a given name that fits.
            if !given.is_empty() {
                for reading in stems(surname) {
                    for &person in self.spelled.get(&fold(&reading)).into_iter().flatten() {
                        let is_theirs = self.all.get(person).is_some_and(|person| {
                            person.spellings.iter().any(|spelling| given_fits(&spelling.given, &given))
                        });
                        if is_theirs {
                            offer(&mut fits, person, Fit::WholeSound);
                        }
                    }
                }
            }
        }
        let _ = language;
        let best = fits.values().min().copied();
        let mut ranked: Vec<_> = fits
            .into_iter()
            // A misspelling is a guess for want of anything better.
            .filter(|(_, fit)| *fit != Fit::Misspelt || best == Some(Fit::Misspelt))
            .filter_map(|(index, fit)| {
                self.all.get(index).map(|person| (fit, -person.prominence, person.entity))
            })
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, _, entity)| entity).collect()
    }

    /// Names in a sentence as a table spells them, bar an ending: first and last word, and the entity.
    pub(super) fn in_sentence(&self, sentence: &Sentence) -> Vec<(usize, usize, usize)> {
        let mut atoms: Vec<(usize, bool, String)> = Vec::new();
        let mut letters: Vec<(char, usize)> = Vec::new();
        for (index, word) in sentence.words.iter().enumerate() {
            let cased = word.form.chars().next().is_some_and(char::is_lowercase);
            atoms.extend(parts(&word.form).into_iter().map(|part| (index, !cased, part)));
            if word.form.chars().any(is_han) {
                letters.extend(word.form.chars().map(|c| (c, index)));
            }
        }
        let mut found = Vec::new();
        let mut at = 0;
        while at < atoms.len() {
            let name = (1..=5.min(atoms.len() - at)).rev().find_map(|length| {
                let part = atoms.get(at..at + length)?;
                let (first, last) = (part.first()?, part.last()?);
                if !first.1 || !last.1 {
                    return None;
                }
                let words: Vec<String> = part.iter().map(|(_, _, folded)| folded.clone()).collect();
                let persons = readings(&words).into_iter().find_map(|reading| self.spelled.get(&reading))?;
                let best = self.most_prominent(persons)?;
                // A surname alone must be somebody's whom one need not introduce.
                let known = length > 1 || self.all.get(best).is_some_and(|person| person.prominence >= 100);
                known.then_some((length, first.0, last.0, best))
            });
            if let Some((length, first, last, person)) = name {
                found.extend(self.all.get(person).map(|person| (first, last, person.entity)));
                at += length;
            } else {
                at += 1;
            }
        }
        let mut at = 0;
        while at < letters.len() {
            let longest = self.longest_inside.min(letters.len() - at);
            let name = (2..=longest).rev().find_map(|length| {
                let part = letters.get(at..at + length)?;
                let name: String = part.iter().map(|(c, _)| *c).collect();
                let person = self.most_prominent(self.spelled.get(&parts(&name).join(" "))?)?;
                Some((length, part.first()?.1, part.last()?.1, person))
            });
            if let Some((length, first, last, person)) = name {
                found.extend(self.all.get(person).map(|person| (first, last, person.entity)));
                at += length;
            } else {
                at += 1;
            }
        }
        found.sort_unstable();
        found.dedup_by(|later, kept| later.0 <= kept.1);
        found
    }

    fn most_prominent(&self, persons: &[usize]) -> Option<usize> {
        let rank = |&index: &usize| self.all.get(index).map(|person| person.prominence);
        persons.iter().copied().max_by_key(rank)
    }
}

fn is_han(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// The folded parts of a name, cut at spaces, hyphens and dots; a possessive `'s` is left out.
pub(super) fn parts(name: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for word in name.split(|c: char| c.is_whitespace() || is_hyphen(c) || c == '.' || c == '·') {
        let mut whole = String::new();
        for (index, bit) in word.split(is_apostrophe).enumerate() {
            let is_ending =
                index > 0 && !whole.is_empty() && bit.chars().all(char::is_lowercase) && bit.is_ascii();
            // `Sa'ar` is one name; `Erdoğan'ın` and `Putin's` bear endings.
            if is_ending && (bit.len() != 2 || !bit.starts_with('a')) || (index > 0 && bit.contains('ı')) {
                break;
            }
            whole.push_str(bit);
        }
        let folded = fold(&whole);
        if !folded.is_empty() {
            parts.push(folded);
        }
    }
    parts
}

/// The ways to read a name: as it stands, its last word without an ending, its first without a particle.
pub(super) fn readings(words: &[String]) -> Vec<String> {
    let mut readings = vec![words.join(" ")];
    let Some((last, before)) = words.split_last() else { return readings };
    for stem in stems(last).into_iter().skip(1) {
        let mut name = before.join(" ");
        if !name.is_empty() {
            name.push(' ');
        }
        readings.push(name + &stem);
    }
    // Every part may be inflected: `Владимира Путина`.
    if let [first, middle @ .., last] = words
        && !first.is_ascii()
    {
        for first in stems(first).into_iter().skip(1) {
            for last in stems(last) {
                let mut name = vec![first.clone()];
                name.extend(middle.iter().cloned());
                name.push(last);
                readings.push(name.join(" "));
            }
        }
    }
    if let Some((first, rest)) = words.split_first() {
        let mut letters = first.chars();
        let particle = letters.next().is_some_and(|c| "وبلفكובלמהשכ".contains(c) || c == 'ک');
        if particle && letters.as_str().chars().count() >= 3 {
            let mut name = vec![letters.as_str().to_owned()];
            name.extend(rest.iter().cloned());
            readings.push(name.join(" "));
        }
    }
    readings
}

/// The sound without each of its letters in turn.
fn without_one(sound: &str) -> Vec<String> {
    let letters: Vec<char> = sound.chars().collect();
    (0..letters.len())
        .map(|out| letters.iter().enumerate().filter(|(at, _)| *at != out).map(|(_, c)| *c).collect())
        .collect()
}

/// How a spelling fits given names and a surname, by sound.
fn fit(spelling: &Spelling, given: &[String], heard: &str, alike: bool, is_latin: bool) -> Option<Fit> {
    let length = heard.chars().count().max(spelling.surname.chars().count());
    // Short names in the same letters are other names when they differ.
    let limit = if length >= 6 { 2 } else { usize::from(!is_latin || !given.is_empty()) };
    let apart = distance(&spelling.surname, heard, limit)?;
    if !given.is_empty() {
        // `Anna Lind` is not Ann Linde: of a short name one part may differ, not both.
        let may_differ = !is_latin || length >= 6 || apart == 0;
        let same = || given.iter().any(|heard| spelling.given.contains(heard));
        return (given_fits(&spelling.given, given) && (alike || apart <= 1) && (may_differ || same()))
            .then_some(Fit::WholeSound);
    }
    if apart == 0 || alike && apart <= limit {
        Some(Fit::SurnameSound)
    } else {
        (apart == 1 && length >= 7).then_some(Fit::Misspelt)
    }
}

/// Whether given names of a text may be those of a table: one sounds like one of them, or is its initial.
fn given_fits(known: &[String], given: &[String]) -> bool {
    let own = |names: &[String]| -> Vec<String> {
        names.iter().filter(|name| !PARTICLES.contains(&name.as_str())).cloned().collect()
    };
    // `Ben Wallace` has no other.
    let (known, given) = match (own(known), own(given)) {
        (known, given) if known.is_empty() || given.is_empty() => {
            return known.is_empty() && given.is_empty();
        }
        names => names,
    };
    let is_like = |heard: &String, known: &String| {
        let initial = heard.chars().count() == 1 && known.starts_with(heard.as_str());
        initial
            || distance(heard, known, 1).is_some()
            || (skeleton(heard) == skeleton(known) && distance(heard, known, 3).is_some())
            || stems(heard).iter().any(|stem| distance(stem, known, 1).is_some() && stem.chars().count() > 2)
    };
    // Of two who have several names each, it is the first of one that the other must have: `Erik Anton Berg` is not
    // `Jurgen Anton Berg`, nor `Tobias Ely Halim` Eli Noam Halim.
    let (first, first_known) = (given.first(), known.first());
    if given.len() > 1 && known.len() > 1 {
        return first.is_some_and(|heard| known.iter().any(|known| is_like(heard, known)))
            || first_known.is_some_and(|known| {
                known.chars().count() > 3 && given.iter().any(|heard| is_like(heard, known))
            });
    }
    given.iter().any(|heard| known.iter().any(|known| is_like(heard, known)))
}

/// How likely it is that a text means this person: by the offices held, and how lately.
fn prominence(person: &str, tenures: &Tenures) -> i32 {
    let weight = |office: &str| match office {
        "president" | "prime-minister" | "supreme-leader" | "monarch" | "head-of-state" => 40,
        "foreign-minister" | "secretary-general" | "leader" => 30,
        "defence-minister" | "security-council-secretary" | "head" => 20,
        _ => 10,
    };
    let of = |tenure: &&super::Tenure| {
        let last = tenure.range.to.unwrap_or(tenure.as_of).year();
        weight(&tenure.office) + i32::from(last) - 2026
    };
    tenures.of_person(person).iter().map(of).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(known: &[&str], given: &[&str]) -> bool {
        let own = |names: &[&str]| -> Vec<String> { names.iter().map(|name| (*name).to_owned()).collect() };
        given_fits(&own(known), &own(given))
    }

    #[test]
    fn of_several_given_names_the_first_of_one_is_the_others() {
        assert!(fits(&["vladimir", "vladimirovic"], &["vladimir"]));
        assert!(fits(&["mohamad", "javad"], &["javad"]));
        assert!(fits(&["george", "walker"], &["george", "w"]));
        assert!(!fits(&["eli", "noam"], &["tobias", "ely", "karl"]));
        assert!(!fits(&["jurgen", "anton"], &["erik", "anton"]));
    }
}
