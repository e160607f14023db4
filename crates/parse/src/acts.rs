use std::ops::Range;

use chancery_core::{ActOdds, EventType};

use crate::model::ModelFile;
use crate::{ModelError, Tier};

/// Reads off a word's vector, and the mean of its sentence's, how much the word looks like an act of each type.
/// `models/acts.bin`, made by `training/acts.py`.
pub(crate) struct Acts {
    /// A row a type, in the order of [`EventType::ALL`]: what each number of the word's vector counts, then of the mean.
    weights: Vec<f32>,
    bias: Vec<f32>,
}

impl Acts {
    /// What reads at the exit of a tier, whose vectors are `width` wide.
    pub(crate) fn read(model: &ModelFile<'_>, tier: Tier, width: usize) -> Result<Self, ModelError> {
        let labels: Vec<EventType> = model.labels("labels.acts")?;
        let named = |part: &str| format!("{}.{part}", tier.as_str());
        let rows = model.numbers(&named("weights"), &[labels.len(), 2 * width])?;
        let biases = model.numbers(&named("bias"), &[labels.len()])?;
        let (mut weights, mut bias) = (Vec::with_capacity(rows.len()), Vec::with_capacity(biases.len()));
        for kind in EventType::ALL {
            let place = labels.iter().position(|label| label == kind);
            let missing = || ModelError::Missing(format!("labels.acts {kind}"));
            let place = place.ok_or_else(missing)?;
            weights
                .extend_from_slice(rows.get(place * 2 * width..(place + 1) * 2 * width).ok_or_else(missing)?);
            bias.push(*biases.get(place).ok_or_else(missing)?);
        }
        Ok(Self { weights, bias })
    }

    /// The odds of each word, given the words' vectors and each sentence's range of them.
    pub(crate) fn apply(&self, vectors: &[f32], sentences: &[Range<usize>], width: usize) -> Vec<ActOdds> {
        let mut odds = Vec::with_capacity(vectors.len() / width);
        for rows in sentences {
            let words = vectors.get(rows.start * width..rows.end * width).unwrap_or_default();
            let mut mean = vec![0.0; width];
            for word in words.chunks_exact(width) {
                for (sum, value) in mean.iter_mut().zip(word) {
                    *sum += value / rows.len() as f32;
                }
            }
            // What the sentence counts is the same for all its words.
            let mut of_sentence = [0.0; EventType::ALL.len()];
            for ((sum, row), bias) in
                of_sentence.iter_mut().zip(self.weights.chunks_exact(2 * width)).zip(&self.bias)
            {
                *sum = bias + product(row.get(width..).unwrap_or_default(), &mean);
            }
            for word in words.chunks_exact(width) {
                let mut of_word = of_sentence;
                for (sum, row) in of_word.iter_mut().zip(self.weights.chunks_exact(2 * width)) {
                    *sum += product(row.get(..width).unwrap_or_default(), word);
                }
                odds.push(ActOdds::new(of_word));
            }
        }
        odds
    }
}

/// Sums in eight strands, whose order is the same on every processor.
fn product(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0; 8];
    for (a, b) in a.as_chunks::<8>().0.iter().zip(b.as_chunks::<8>().0) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}
