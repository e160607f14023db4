use std::ops::Range;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array1, Array2, Axis, Zip, s};

use crate::ModelError;
use crate::arithmetic::{gelu, softmax, sum};
use crate::model::{BLOCK_BYTES, ModelFile, half};

/// The transformer under the heads: post-norm BERT layers over frozen 4-bit piece vectors, and a learned mix
/// of what the upper layers give.
pub(crate) struct Encoder<'a> {
    width: usize,
    attention_heads: usize,
    epsilon: f32,
    /// Piece vectors as packed 4-bit blocks; a row is unpacked when it is needed.
    table: &'a [u8],
    /// Position vectors, to which the one token type's vector has been added.
    positions: Array2<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// Each layer's share in the mix; 0 below `mix.first`.
    mix: Vec<f32>,
}

struct Layer {
    query_key_value: Linear,
    attention_out: Linear,
    attention_norm: Norm,
    inner: Linear,
    out: Linear,
    norm: Norm,
}

impl<'a> Encoder<'a> {
    pub(crate) fn read(model: &ModelFile<'a>) -> Result<Self, ModelError> {
        let width: usize = model.setting("width")?;
        let inner: usize = model.setting("inner")?;
        let count: usize = model.setting("layers")?;
        let attention_heads: usize = model.setting("attention.heads")?;
        if attention_heads == 0 || !width.is_multiple_of(attention_heads) {
            return Err(ModelError::Shape("attention.heads".to_owned()));
        }
        let (table, table_width) = model.blocks("word")?;
        if table_width != width {
            return Err(ModelError::Shape("word".to_owned()));
        }
        let layers = (0..count).map(|layer| {
            let linear = |name: &str, rows, columns| {
                Linear::read(model, &format!("layer.{layer}.{name}"), rows, columns)
            };
            let norm = |name: &str| Norm::read(model, &format!("layer.{layer}.{name}"), width);
            Ok(Layer {
                query_key_value: linear("qkv", 3 * width, width)?,
                attention_out: linear("ao", width, width)?,
                attention_norm: norm("aln")?,
                inner: linear("fi", inner, width)?,
                out: linear("fo", width, inner)?,
                norm: norm("oln")?,
            })
        });
        let mut mix = model.numbers("mix", &[count])?;
        softmax(&mut mix);
        let gamma = model.numbers("gamma", &[1])?.first().copied().unwrap_or(1.0);
        let first: usize = model.setting("mix.first")?;
        for (layer, share) in mix.iter_mut().enumerate() {
            *share *= if layer < first { 0.0 } else { gamma };
        }
        let positions = model.matrix("pos.weight", model.setting("positions")?, width)?
            + &model.vector("tok_type", width)?;
        Ok(Self {
            width,
            attention_heads,
            epsilon: model.setting("epsilon")?,
            table,
            positions,
            norm: Norm::read(model, "eln", width)?,
            layers: layers.collect::<Result<_, ModelError>>()?,
            mix,
        })
    }

    /// How many pieces, start and end included, a sequence may have.
    pub(crate) fn longest(&self) -> usize {
        self.positions.nrows()
    }

    /// The mixed vectors of the pieces of several sequences, one after another; `ranges` are the rows of each
    /// sequence. Only attention looks across rows, so that nothing needs padding.
    pub(crate) fn encode(&self, pieces: &[u32], ranges: &[Range<usize>]) -> Array2<f32> {
        let mut x = Array2::zeros((pieces.len(), self.width));
        for range in ranges {
            for (position, row) in range.clone().enumerate() {
                let mut vector = x.row_mut(row);
                if let (Some(piece), Some(numbers)) = (pieces.get(row), vector.as_slice_mut()) {
                    self.unpack(*piece, numbers);
                }
                if position < self.positions.nrows() {
                    vector += &self.positions.row(position);
                }
            }
        }
        self.norm.apply(&mut x, self.epsilon);
        let mut mixed = Array2::zeros(x.raw_dim());
        let mut context = Array2::zeros(x.raw_dim());
        for (layer, share) in self.layers.iter().zip(&self.mix) {
            let states = layer.query_key_value.apply(&x);
            for range in ranges {
                self.attend(&states, range.clone(), &mut context);
            }
            x += &layer.attention_out.apply(&context);
            layer.attention_norm.apply(&mut x, self.epsilon);
            let mut inner = layer.inner.apply(&x);
            inner.mapv_inplace(gelu);
            x += &layer.out.apply(&inner);
            layer.norm.apply(&mut x, self.epsilon);
            if *share != 0.0 {
                Zip::from(&mut mixed).and(&x).for_each(|sum, value| *sum += share * value);
            }
        }
        mixed
    }

    /// Every piece of a sequence looks at every other.
    fn attend(&self, states: &Array2<f32>, rows: Range<usize>, context: &mut Array2<f32>) {
        let size = self.width / self.attention_heads;
        let scale = (size as f32).sqrt().recip();
        let mut scores = Array2::zeros((rows.len(), rows.len()));
        for head in 0..self.attention_heads {
            let part = |of: usize| {
                let start = of * self.width + head * size;
                states.slice(s![rows.clone(), start..start + size])
            };
            general_mat_mul(scale, &part(0), &part(1).t(), 0.0, &mut scores);
            for mut row in scores.rows_mut() {
                if let Some(row) = row.as_slice_mut() {
                    softmax(row);
                }
            }
            let mut out = context.slice_mut(s![rows.clone(), head * size..(head + 1) * size]);
            general_mat_mul(1.0, &scores, &part(2), 0.0, &mut out);
        }
    }

    fn unpack(&self, piece: u32, vector: &mut [f32]) {
        let row_bytes = self.table.len() / self.rows().max(1);
        let start = piece as usize * row_bytes;
        let row = self.table.get(start..start + row_bytes).unwrap_or_default();
        for (block, weights) in row.chunks_exact(BLOCK_BYTES).zip(vector.as_chunks_mut::<32>().0) {
            let [low, high, pairs @ ..] = block else { continue };
            let scale = half(u16::from_le_bytes([*low, *high]));
            let (first, second) = weights.split_at_mut(16);
            for ((pair, first), second) in pairs.iter().zip(first).zip(second) {
                *first = (f32::from(pair & 15) - 8.0) * scale;
                *second = (f32::from(pair >> 4) - 8.0) * scale;
            }
        }
    }

    /// How many pieces have a vector.
    pub(crate) fn rows(&self) -> usize {
        self.table.len() / (self.width / crate::model::BLOCK * BLOCK_BYTES).max(1)
    }
}

/// A matrix product and a bias.
pub(crate) struct Linear {
    /// A row an output.
    weight: Array2<f32>,
    bias: Array1<f32>,
}

impl Linear {
    pub(crate) fn read(
        model: &ModelFile<'_>,
        name: &str,
        outputs: usize,
        inputs: usize,
    ) -> Result<Self, ModelError> {
        Ok(Self {
            weight: model.matrix(&format!("{name}.weight"), outputs, inputs)?,
            bias: model.vector(&format!("{name}.bias"), outputs)?,
        })
    }

    pub(crate) fn apply(&self, x: &Array2<f32>) -> Array2<f32> {
        let mut out = Array2::zeros((x.nrows(), self.bias.len()));
        for mut row in out.axis_iter_mut(Axis(0)) {
            row.assign(&self.bias);
        }
        general_mat_mul(1.0, x, &self.weight.t(), 1.0, &mut out);
        out
    }
}

/// Layer normalisation.
struct Norm {
    weight: Array1<f32>,
    bias: Array1<f32>,
}

impl Norm {
    fn read(model: &ModelFile<'_>, name: &str, width: usize) -> Result<Self, ModelError> {
        Ok(Self {
            weight: model.vector(&format!("{name}.weight"), width)?,
            bias: model.vector(&format!("{name}.bias"), width)?,
        })
    }

    fn apply(&self, x: &mut Array2<f32>, epsilon: f32) {
        let (Some(weight), Some(bias)) = (self.weight.as_slice(), self.bias.as_slice()) else { return };
        for mut row in x.rows_mut() {
            let Some(row) = row.as_slice_mut() else { continue };
            let size = row.len() as f32;
            let mean = sum(row, |value| value) / size;
            let variance = sum(row, |value| (value - mean) * (value - mean)) / size;
            let scale = (variance + epsilon).sqrt().recip();
            for ((value, weight), bias) in row.iter_mut().zip(weight).zip(bias) {
                *value = (*value - mean) * scale * weight + bias;
            }
        }
    }
}
