use std::collections::{BTreeMap, HashMap};

use chancery_core::{Upos, without_points};

use crate::rules::is_apostrophe;

/// The forms of a language's words and what they are forms of, from `languages/xx/lemmas.txt`, which
/// `training/lemmas.py` learns and describes, and `forms.txt`, which is written by hand in the same form.
#[derive(Default)]
pub(crate) struct Lemmas {
    /// What to take off and put on, by part of speech and ending.
    endings: HashMap<(Upos, &'static str), (usize, &'static str)>,
    /// Words that no ending explains.
    words: HashMap<(Upos, &'static str), &'static str>,
    /// Characters of the longest ending.
    longest: usize,
    /// Small forms that are the language's own, as Turkish `ı` of `I`.
    lower: BTreeMap<char, char>,
    /// Whether what stands after an apostrophe is an ending.
    apostrophe: bool,
    /// What is taken off the front first.
    prefixes: Vec<(Upos, &'static str)>,
    /// The auxiliaries of the perfect, and the endings of the supines that stand behind them.
    perfect: Vec<&'static str>,
    supine: Vec<&'static str>,
}

/// A word left with fewer characters than this was not a prefix and a word.
const SHORTEST: usize = 3;

impl Lemmas {
    pub(crate) fn of(language: &str) -> Self {
        let mut lemmas = Self::default();
        let mut upos = None;
        let tables = ["lemmas", "forms"].map(|name| chancery_tables::language(language, name));
        for line in tables.into_iter().flatten().flat_map(str::lines) {
            if let Some(head) = line.strip_prefix('@') {
                lemmas.read_head(head);
            } else if let Some(label) = line.strip_prefix('=') {
                upos = label.parse().ok();
            } else if let (Some(upos), Some((left, right))) = (upos, line.split_once('\t')) {
                lemmas.read_words(upos, left, right);
            }
        }
        lemmas
    }

    fn read_head(&mut self, head: &'static str) {
        let mut words = head.split_whitespace();
        match words.next() {
            Some("lower") => {
                let pairs = words.filter_map(|pair| {
                    let mut letters = pair.chars();
                    letters.next().zip(letters.next())
                });
                self.lower.extend(pairs);
            }
            Some("apostrophe") => self.apostrophe = true,
            Some("perfect") => self.perfect.extend(words),
            Some("supine") => self.supine.extend(words),
            Some("prefix") => {
                if let (Some(Ok(upos)), Some(prefix)) = (words.next().map(str::parse), words.next()) {
                    self.prefixes.push((upos, prefix));
                }
            }
            _ => {}
        }
    }

    fn read_words(&mut self, upos: Upos, left: &'static str, right: &'static str) {
        let change = left.strip_prefix('-').and_then(|change| {
            let (off, on) = change.split_once(' ').unwrap_or((change, ""));
            Some((off.parse::<usize>().ok()?, on))
        });
        for item in right.split(' ') {
            match change {
                Some(change) => {
                    let ending = if item == "*" { "" } else { item };
                    self.longest = self.longest.max(ending.chars().count());
                    self.endings.insert((upos, ending), change);
                }
                None => {
                    self.words.insert((upos, item), left);
                }
            }
        }
    }

    /// Whether a form is an auxiliary of the perfect that a supine stands behind.
    pub(crate) fn is_perfect(&self, form: &str) -> bool {
        self.perfect.contains(&form)
    }

    /// Whether a form has the ending of a supine.
    pub(crate) fn is_like_supine(&self, form: &str) -> bool {
        self.supine.iter().any(|ending| form.ends_with(ending))
    }

    /// The dictionary form; lower case except for proper names.
    pub(crate) fn lemma(&self, form: &str, upos: Upos) -> String {
        // A word of nothing but points keeps them: no lemma is empty.
        let bare = without_points(form);
        let form = self.prepare(if bare.is_empty() { form } else { &bare }, upos);
        let lower = self.lower(form);
        if let Some(lemma) = self.words.get(&(upos, lower.as_str())) {
            return (*lemma).to_owned();
        }
        let base = if upos == Upos::Propn { form } else { lower.as_str() };
        let mut starts: Vec<usize> = lower.char_indices().map(|(offset, _)| offset).collect();
        starts.push(lower.len());
        let longest_first = starts.len().saturating_sub(self.longest + 1);
        for start in starts.get(longest_first..).unwrap_or_default() {
            let ending = lower.get(*start..).unwrap_or_default();
            if let Some((off, on)) = self.endings.get(&(upos, ending)) {
                let count = base.chars().count();
                if *off >= count {
                    break;
                }
                return base.chars().take(count - off).chain(on.chars()).collect();
            }
        }
        base.to_owned()
    }

    /// The form without what its language always takes off.
    fn prepare<'a>(&self, form: &'a str, upos: Upos) -> &'a str {
        let mut form = form;
        if self.apostrophe
            && let Some((stem, _)) = form.split_once(is_apostrophe)
            && !stem.is_empty()
        {
            form = stem;
        }
        for (_, prefix) in self.prefixes.iter().filter(|(of, _)| *of == upos) {
            if let Some(rest) = form.strip_prefix(prefix)
                && rest.chars().nth(SHORTEST - 1).is_some()
            {
                form = rest;
            }
        }
        form
    }

    /// The small letters of a form.
    pub(crate) fn lower(&self, form: &str) -> String {
        let own = |character: char| self.lower.get(&character).copied().unwrap_or(character);
        form.chars().map(own).collect::<String>().to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_and_words_lead_to_lemmas() {
        for (language, form, upos, lemma) in [
            ("en", "condemned", Upos::Verb, "condemn"),
            ("en", "went", Upos::Verb, "go"),
            ("en", "Countries", Upos::Noun, "country"),
            ("sv", "uppgav", Upos::Verb, "uppge"),
            ("sv", "sanktionerna", Upos::Noun, "sanktion"),
            ("sv", "Rysslands", Upos::Propn, "Ryssland"),
            ("ru", "Ирана", Upos::Propn, "Иран"),
            ("ru", "Путина", Upos::Propn, "Путин"),
            ("ru", "заявил", Upos::Verb, "заявить"),
            ("uk", "України", Upos::Propn, "Україна"),
            ("tr", "Türkiye'nin", Upos::Propn, "Türkiye"),
            ("tr", "İRAN", Upos::Noun, "iran"),
            ("ar", "الرئيس", Upos::Noun, "رئيس"),
            ("de", "abgezogen", Upos::Verb, "abziehen"),
            ("fr", "dément", Upos::Verb, "démentir"),
            ("xx", "Words", Upos::Noun, "words"),
        ] {
            assert_eq!(Lemmas::of(language).lemma(form, upos), lemma, "{language} {form}");
        }
    }
}
