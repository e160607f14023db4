use std::ops::Range;

use chancery_core::{ActOdds, EventType};

use crate::model::ModelFile;
use crate::word_map::WordMap;
use crate::{ModelError, Tier};

/// Reads off a word's vector, and the mean of its sentence's, how much the word looks like an act of each type.
/// `models/acts.bin`, made by `training/acts.py`.
pub(crate) struct Acts(WordMap<{ EventType::ALL.len() }>);

impl Acts {
    /// What reads at the exit of a tier, whose vectors are `width` wide.
    pub(crate) fn read(model: &ModelFile<'_>, tier: Tier, width: usize) -> Result<Self, ModelError> {
        WordMap::read(model, "labels.acts", EventType::ALL, tier, width).map(Self)
    }

    /// The odds of each word, given the words' vectors and each sentence's range of them.
    pub(crate) fn apply(&self, vectors: &[f32], sentences: &[Range<usize>], width: usize) -> Vec<ActOdds> {
        self.0.apply(vectors, sentences, width).into_iter().map(ActOdds::new).collect()
    }
}
