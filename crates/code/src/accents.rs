//! Words written without their accents, as capitals and telegrams have them: Spanish `vehiculos`, `INVASION`.

use std::collections::BTreeMap;

use crate::words::WordPattern;

/// Words of fewer letters are not taken for others: Spanish `el` is not `él`.
const SHORTEST: usize = 5;

/// The words and beginnings of words in a language's tables that bear accents, by how they are written without.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accents {
    words: BTreeMap<String, Vec<String>>,
    stems: BTreeMap<String, Vec<String>>,
    letters: Vec<(char, char)>,
}

impl Accents {
    /// Reads the tables for words that bear letters of the class `accents` (`á>a`).
    pub(crate) fn read(letters: &[WordPattern], tables: &[&str]) -> Self {
        let pairs = letters.iter().filter_map(|pattern| match pattern {
            WordPattern::Exact(pair) => {
                let (with, without) = pair.split_once('>')?;
                Some((with.chars().next()?, without.chars().next()?))
            }
            _ => None,
        });
        let mut accents = Self { letters: pairs.collect(), ..Self::default() };
        if accents.letters.is_empty() {
            return accents;
        }
        let is_inside = |letter: char| letter.is_alphabetic() || letter == '*';
        for word in tables.iter().flat_map(|table| table.split(|letter: char| !is_inside(letter))) {
            accents.add(word);
        }
        accents
    }

    fn add(&mut self, word: &str) {
        let (stem, is_open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
        let stem = stem.to_lowercase();
        let bare = self.without(&stem);
        if bare == stem || stem.contains('*') || stem.chars().count() < SHORTEST {
            return;
        }
        let list = if is_open { &mut self.stems } else { &mut self.words };
        let known = list.entry(bare).or_default();
        if !known.contains(&stem) {
            known.push(stem);
        }
    }

    fn without(&self, word: &str) -> String {
        let bare = |letter: char| {
            self.letters.iter().find(|(with, _)| *with == letter).map_or(letter, |&(_, without)| without)
        };
        word.chars().map(bare).collect()
    }

    /// The spellings with accents that a word written without them may stand for.
    pub(crate) fn restored(&self, word: &str) -> Vec<String> {
        let bears_accents = word.chars().any(|letter| self.letters.iter().any(|(with, _)| *with == letter));
        if self.letters.is_empty() || bears_accents {
            return Vec::new();
        }
        let mut found = self.words.get(word).cloned().unwrap_or_default();
        for (end, _) in word.char_indices().chain([(word.len(), ' ')]) {
            let Some((stem, rest)) = word.split_at_checked(end) else { continue };
            let stems = self.stems.get(stem).into_iter().flatten();
            found.extend(stems.map(|stem| format!("{stem}{rest}")));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_that_a_table_writes_are_put_back() {
        let letters = ["á>a", "í>i", "é>e"].map(WordPattern::new);
        let accents = Accents::read(&letters, &["verb quemar + object=vehículo*|él|cárcel : subject > -"]);
        assert_eq!(accents.restored("vehiculos"), ["vehículos"]);
        assert_eq!(accents.restored("carcel"), ["cárcel"]);
        assert!(accents.restored("el").is_empty());
        assert!(accents.restored("vehículos").is_empty());
    }
}
