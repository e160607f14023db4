use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::parser::Reading;

/// Sentences that are kept; more than that and all are forgotten.
const MOST: usize = 8192;

/// What was read of sentences, by the pieces of their words: what newspapers repeat is read once. The same
/// pieces are always read the same, so that nothing depends on what is known.
#[derive(Default)]
pub(crate) struct Known {
    readings: Mutex<HashMap<Vec<u32>, Arc<[Reading]>>>,
}

impl Known {
    /// What was read of each sentence, `None` for one that is not known.
    pub(crate) fn get(&self, sentences: &[Vec<u32>]) -> Vec<Option<Arc<[Reading]>>> {
        let readings = self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        sentences.iter().map(|sentence| readings.get(sentence).cloned()).collect()
    }

    pub(crate) fn add(&self, sentences: impl Iterator<Item = (Vec<u32>, Arc<[Reading]>)>) {
        let mut readings = self.readings.lock().unwrap_or_else(PoisonError::into_inner);
        for (sentence, reading) in sentences {
            if readings.len() >= MOST {
                readings.clear();
            }
            readings.insert(sentence, reading);
        }
    }
}
