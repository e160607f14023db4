use std::ops::Range;

use chancery_core::TellingOdds;

use crate::model::ModelFile;
use crate::word_map::WordMap;
use crate::{ModelError, Tier};

/// Reads off a word's vector, and the mean of its sentence's, how what the word tells is told.
/// `models/telling.bin`, made by `training/telling.py`.
pub(crate) struct Telling(WordMap<2>);

impl Telling {
    /// What reads at the exit of a tier, whose vectors are `width` wide.
    pub(crate) fn read(model: &ModelFile<'_>, tier: Tier, width: usize) -> Result<Self, ModelError> {
        let wanted = ["happened", "attributed"].map(str::to_owned);
        WordMap::read(model, "labels.telling", &wanted, tier, width).map(Self)
    }

    /// The odds of each word, given the words' vectors and each sentence's range of them.
    pub(crate) fn apply(
        &self,
        vectors: &[f32],
        sentences: &[Range<usize>],
        width: usize,
    ) -> Vec<TellingOdds> {
        let odds = self.0.apply(vectors, sentences, width).into_iter();
        odds.map(|[happened, attributed]| TellingOdds { happened, attributed }).collect()
    }
}
