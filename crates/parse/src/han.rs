//! Where words end in a script that has no spaces: a linear model over the letters around each place, learned
//! by `training/segmenter.py`.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

static TABLE: &str = include_str!("../../../models/segmenter.txt");

/// Weight of each feature: a position letter and up to three letters of the text.
static WEIGHTS: LazyLock<HashMap<&'static str, i32>> = LazyLock::new(|| {
    let mut weights = HashMap::new();
    for line in TABLE.lines() {
        if let Some((weight, features)) = line.split_once('\t')
            && let Ok(weight) = weight.parse()
        {
            weights.extend(features.split(' ').map(|feature| (feature, weight)));
        }
    }
    weights
});

/// Stands for what lies outside the run.
const OUTSIDE: char = '#';

/// The features as a position letter and the offsets of their letters from the place; the same as in training.
const FEATURES: [(char, &[isize]); 13] = [
    ('A', &[-2]),
    ('B', &[-1]),
    ('C', &[0]),
    ('D', &[1]),
    ('E', &[-2, -1]),
    ('F', &[-1, 0]),
    ('G', &[0, 1]),
    ('H', &[-2, -1, 0]),
    ('I', &[-1, 0, 1]),
    ('J', &[-1, 1]),
    ('K', &[-2, 0]),
    ('L', &[-3, -2, -1]),
    ('M', &[0, 1, 2]),
];

/// A listed word has no more letters than this.
const LONGEST_WORD: usize = 8;

/// Where the words of a run of Han letters end, in bytes, without the end of the run. The listed words are cut
/// out whole: names of states and the like, which the model glues to their neighbours where it has not met them.
pub(crate) fn cuts(run: &str, listed: &BTreeSet<String>, glued: &Glued) -> Vec<usize> {
    let letters: Vec<(usize, char)> = run.char_indices().collect();
    let mut cuts = cuts_between(&letters);
    let known = known_words(run, &letters, listed);
    cuts.retain(|cut| !known.iter().any(|word| word.start < *cut && *cut < word.end));
    cuts.extend(known.iter().flat_map(|word| [word.start, word.end]));
    cuts.retain(|cut| (1..run.len()).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().copied().chain([run.len()]);
    let mut start = 0;
    let mut behind_names = Vec::new();
    for end in ends {
        let is_known = known.contains(&(start..end));
        behind_names.extend(glued.place(run, start..end).filter(|_| !is_known));
        if !is_known {
            behind_names.extend(glued.between_signs(run, start..end));
        }
        start = end;
    }
    cuts.extend(behind_names);
    cuts.sort_unstable();
    cuts
}

/// The letters that foreign names are written with, and those that begin what comes after a name: verbs of saying and
/// coverbs, which the model glues to a name that it has not met (`阿尔瓦雷斯说`).
#[derive(Clone, Debug, Default)]
pub(crate) struct Glued {
    pub(crate) name_letters: BTreeSet<char>,
    pub(crate) behind_names: BTreeSet<char>,
    /// The letters that stand for a state each: `中`, `越`.
    pub(crate) signs: BTreeSet<char>,
}

impl Glued {
    /// Where a word of a run is a name of several letters and one that belongs to what follows.
    fn place(&self, run: &str, word: Range<usize>) -> Option<usize> {
        const SHORTEST_NAME: usize = 2;
        let letters: Vec<char> = run.get(word.clone())?.chars().collect();
        let (last, name) = letters.split_last()?;
        let is_name =
            name.len() >= SHORTEST_NAME && name.iter().all(|letter| self.name_letters.contains(letter));
        (is_name && self.behind_names.contains(last)).then(|| word.end - last.len_utf8())
    }

    /// Where a word that is made of nothing but signs of states is several: `中越`, `美日韩`.
    fn between_signs(&self, run: &str, word: Range<usize>) -> Vec<usize> {
        let letters = run.get(word.clone()).unwrap_or_default();
        if letters.is_empty() || !letters.chars().all(|letter| self.signs.contains(&letter)) {
            return Vec::new();
        }
        letters.char_indices().skip(1).map(|(place, _)| word.start + place).collect()
    }
}

/// The listed words of a run, from its start on, the longest first.
fn known_words(run: &str, letters: &[(usize, char)], listed: &BTreeSet<String>) -> Vec<Range<usize>> {
    let end_of = |place: usize| letters.get(place).map_or(run.len(), |(byte, _)| *byte);
    let mut known = Vec::new();
    let mut place = 0;
    while place < letters.len() {
        let longest = LONGEST_WORD.min(letters.len() - place);
        let length = (2..=longest).rev().find(|length| {
            run.get(end_of(place)..end_of(place + length)).is_some_and(|word| listed.contains(word))
        });
        known.extend(length.map(|length| end_of(place)..end_of(place + length)));
        place += length.unwrap_or(1);
    }
    known
}

/// Where the model ends words.
fn cuts_between(letters: &[(usize, char)]) -> Vec<usize> {
    let at = |place: usize, offset: isize| {
        let letter = place.checked_add_signed(offset).and_then(|place| letters.get(place));
        letter.map_or(OUTSIDE, |(_, letter)| *letter)
    };
    let mut feature = String::new();
    let mut cuts = Vec::new();
    for (place, (byte, _)) in letters.iter().enumerate().skip(1) {
        let mut sum = 0;
        for (name, offsets) in FEATURES {
            feature.clear();
            feature.push(name);
            feature.extend(offsets.iter().map(|offset| at(place, *offset)));
            sum += WEIGHTS.get(feature.as_str()).unwrap_or(&0);
        }
        if sum > 0 {
            cuts.push(*byte);
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_readers_end_them() {
        let none = BTreeSet::new();
        assert_eq!(cuts("会议结束", &none, &Glued::default()), ["会议".len()]);
        assert_eq!(cuts("人", &none, &Glued::default()), []);
    }

    #[test]
    fn a_verb_is_cut_off_the_name_before_it() {
        let glued = Glued {
            name_letters: "阿尔瓦雷斯".chars().collect(),
            behind_names: "说称".chars().collect(),
            signs: "中越".chars().collect(),
        };
        assert_eq!(glued.between_signs("中越", 0.."中越".len()), ["中".len()]);
        assert_eq!(glued.between_signs("中国", 0.."中国".len()), []);
        assert_eq!(glued.place("雷斯说", 0.."雷斯说".len()), Some("雷斯".len()));
        assert_eq!(glued.place("学说", 0.."学说".len()), None);
    }

    #[test]
    fn listed_words_are_cut_out_whole() {
        let listed: BTreeSet<String> = ["伊朗", "谴责", "刚果民主共和国"].map(str::to_owned).into();
        assert_eq!(cuts("伊朗谴责", &listed, &Glued::default()), ["伊朗".len()]);
        assert_eq!(cuts("刚果民主共和国谴责", &listed, &Glued::default()), ["刚果民主共和国".len()]);
        assert_eq!(cuts("谴责", &listed, &Glued::default()), []);
    }
}
