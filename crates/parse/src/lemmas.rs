use std::collections::BTreeMap;

use chancery_core::Upos;

/// The forms of a language's words and what they are forms of, from `languages/xx/lemmas.txt`.
pub(crate) struct Lemmas {
    /// What to take off and put on, by part of speech and ending.
    endings: BTreeMap<(Upos, &'static str), (usize, &'static str)>,
    /// Words that no ending explains.
    words: BTreeMap<(Upos, &'static str), &'static str>,
    longest: usize,
}

impl Lemmas {
    pub(crate) fn of(language: &str) -> Self {
        let mut lemmas = Self { endings: BTreeMap::new(), words: BTreeMap::new(), longest: 0 };
        let table = chancery_tables::language(language, "lemmas").unwrap_or_default();
        let mut upos = None;
        for line in table.lines().filter(|line| !line.starts_with("# ")) {
            if let Some(label) = line.strip_prefix('=') {
                upos = label.parse().ok();
            } else if let (Some(upos), Some((from, to))) = (upos, line.split_once('\t')) {
                match from.strip_prefix('-') {
                    // `-ening	3 a`: take three characters off, put `a` on.
                    Some(ending) => {
                        let (off, on) = to.split_once(' ').unwrap_or((to, ""));
                        lemmas.longest = lemmas.longest.max(ending.chars().count());
                        lemmas.endings.insert((upos, ending), (off.parse().unwrap_or(0), on));
                    }
                    None => {
                        lemmas.words.insert((upos, from), to);
                    }
                }
            }
        }
        lemmas
    }

    /// The dictionary form; lower case except for proper names.
    pub(crate) fn lemma(&self, form: &str, upos: Upos) -> String {
        let lower = form.to_lowercase();
        if let Some(lemma) = self.words.get(&(upos, lower.as_str())) {
            return (*lemma).to_owned();
        }
        let base = if upos == Upos::Propn { form } else { lower.as_str() };
        let starts: Vec<usize> = lower.char_indices().map(|(offset, _)| offset).collect();
        for start in starts.iter().rev().take(self.longest).rev().chain([&lower.len()]) {
            let ending = lower.get(*start..).unwrap_or_default();
            if let Some((off, on)) = self.endings.get(&(upos, ending)) {
                let keep = base.chars().count().saturating_sub(*off);
                return base.chars().take(keep).chain(on.chars()).collect();
            }
        }
        base.to_owned()
    }
}
