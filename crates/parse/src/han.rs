//! Where words end in a script that has no spaces: a linear model over the letters around each place, learned
//! by `training/segmenter.py`.

use std::collections::HashMap;
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

/// Where the words of a run of Han letters end, in bytes, without the end of the run.
pub(crate) fn cuts(run: &str) -> Vec<usize> {
    let letters: Vec<(usize, char)> = run.char_indices().collect();
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
        assert_eq!(cuts("会议结束"), ["会议".len()]);
        assert_eq!(cuts("人"), []);
    }
}
