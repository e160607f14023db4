use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr;

use crate::model::ModelFile;
use crate::{ModelError, Tier};

/// A linear map over a word's vector and the mean of its sentence's vectors: the form of heads that give evidence.
#[derive(Debug)]
pub(crate) struct WordMap<const ROWS: usize> {
    /// A row an output: what each number of the word's vector counts, then of the mean.
    weights: Vec<f32>,
    bias: [f32; ROWS],
}

impl<const ROWS: usize> WordMap<ROWS> {
    /// What reads at the exit of a tier, whose vectors are `width` wide: the rows of these labels, in this order. `named` is
    /// the entry that lists the labels of the file.
    pub(crate) fn read<Label: FromStr + PartialEq + Display>(
        model: &ModelFile<'_>,
        named: &str,
        wanted: &[Label],
        tier: Tier,
        width: usize,
    ) -> Result<Self, ModelError> {
        let labels: Vec<Label> = model.labels(named)?;
        let part = |part: &str| format!("{}.{part}", tier.as_str());
        let rows = model.numbers(&part("weights"), &[labels.len(), 2 * width])?;
        let biases = model.numbers(&part("bias"), &[labels.len()])?;
        let (mut weights, mut bias) = (Vec::with_capacity(ROWS * 2 * width), [0.0; ROWS]);
        for (kept, label) in bias.iter_mut().zip(wanted) {
            let missing = || ModelError::Missing(format!("{named} {label}"));
            let place = labels.iter().position(|known| known == label).ok_or_else(missing)?;
            weights
                .extend_from_slice(rows.get(place * 2 * width..(place + 1) * 2 * width).ok_or_else(missing)?);
            *kept = *biases.get(place).ok_or_else(missing)?;
        }
        Ok(Self { weights, bias })
    }

    /// The outputs for each word, given the words' vectors and each sentence's range of them.
    pub(crate) fn apply(
        &self,
        vectors: &[f32],
        sentences: &[Range<usize>],
        width: usize,
    ) -> Vec<[f32; ROWS]> {
        let mut outputs = Vec::with_capacity(vectors.len() / width);
        for rows in sentences {
            let words = vectors.get(rows.start * width..rows.end * width).unwrap_or_default();
            let mut mean = vec![0.0; width];
            for word in words.chunks_exact(width) {
                for (sum, value) in mean.iter_mut().zip(word) {
                    *sum += value / rows.len() as f32;
                }
            }
            // What the sentence counts is the same for all its words.
            let mut of_sentence = self.bias;
            for (sum, row) in of_sentence.iter_mut().zip(self.weights.chunks_exact(2 * width)) {
                *sum += product(row.get(width..).unwrap_or_default(), &mean);
            }
            for word in words.chunks_exact(width) {
                let mut of_word = of_sentence;
                for (sum, row) in of_word.iter_mut().zip(self.weights.chunks_exact(2 * width)) {
                    *sum += product(row.get(..width).unwrap_or_default(), word);
                }
                outputs.push(of_word);
            }
        }
        outputs
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with a map over vectors of width 8 whose row `n` counts the first number of the word `n + 1` times.
    fn file(labels: &str, rows: usize) -> Vec<u8> {
        let mut weights = vec![0.0; rows * 16];
        for row in 0..rows {
            weights[row * 16] = row as f32 + 1.0;
        }
        let bytes =
            |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<_>>();
        let entries = [
            ("labels", 3, vec![labels.len()], labels.as_bytes().to_vec()),
            ("fast.weights", 0, vec![rows, 16], bytes(&weights)),
            ("fast.bias", 0, vec![rows], bytes(&vec![0.5; rows])),
        ];
        let number = |number: usize| u32::try_from(number).expect("it is small").to_le_bytes();
        let head: usize = entries.iter().map(|(name, _, shape, _)| name.len() + 19 + 4 * shape.len()).sum();
        let (mut out, mut data) = (b"CHANMODL\x02\0\0\0\x03\0\0\0".to_vec(), Vec::<u8>::new());
        for (name, kind, shape, part) in &entries {
            out.push(u8::try_from(name.len()).expect("it is short"));
            out.extend(name.bytes().chain([*kind, u8::try_from(shape.len()).expect("it is short")]));
            out.extend(shape.iter().flat_map(|side| number(*side)));
            for size in [16 + head + data.len(), part.len()] {
                out.extend(u64::try_from(size).expect("it is small").to_le_bytes());
            }
            data.extend(part);
        }
        out.extend(data);
        out
    }

    fn read(file: &[u8], wanted: [&str; 2]) -> Result<WordMap<2>, ModelError> {
        WordMap::read(&ModelFile::open(file)?, "labels", &wanted.map(str::to_owned), Tier::Fast, 8)
    }

    #[test]
    fn rows_are_found_by_their_labels() {
        let map = read(&file("a\nb\nc", 3), ["c", "a"]).expect("the file has both");
        let vectors = [[2.0; 8], [0.0; 8]].concat();
        assert_eq!(map.apply(&vectors, &[0..1, 1..2], 8), [[6.5, 2.5], [0.5, 0.5]]);
    }

    #[test]
    fn the_mean_of_the_sentence_counts() {
        let mut map = read(&file("a\nb", 2), ["a", "b"]).expect("the file has both");
        map.weights[8] = 1.0;
        let vectors = [[2.0; 8], [0.0; 8], [0.0; 8]].concat();
        assert_eq!(map.apply(&vectors, &[0..2, 2..3], 8), [[3.5, 4.5], [1.5, 0.5], [0.5, 0.5]]);
    }

    #[test]
    fn a_file_without_a_label_is_refused() {
        let error = read(&file("a\nb", 2), ["a", "d"]).expect_err("there is no d");
        assert_eq!(error.to_string(), "the model has no `labels d`");
        let error = read(&file("a\nb\nc", 2), ["a", "b"]).expect_err("three labels, two rows");
        assert_eq!(error.to_string(), "the model's `fast.weights` has the wrong shape");
        assert!(read(b"CHANMODL\x02\0\0\0\0\0\0\0", ["a", "b"]).is_err());
    }
}
