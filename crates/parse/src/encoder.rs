use std::ops::Range;

use chancery_kernels::{Attention, Norm, Processor, Quantised, Then, Weights, softmax};

use crate::ModelError;
use crate::model::{BLOCK_BYTES, ModelFile, half};

/// The transformer under the heads: post-norm BERT layers over frozen 4-bit piece vectors, and a learned mix
/// of what the upper layers give.
pub(crate) struct Encoder<'a> {
    processor: Processor,
    width: usize,
    /// The width inside a layer's two last products.
    inner: usize,
    attention: Attention,
    /// Piece vectors as packed 4-bit blocks; a row is unpacked when it is needed.
    table: &'a [u8],
    /// Position vectors, to which the one token type's vector has been added.
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// Each layer's share in the mix; 0 below `mix.first`.
    mix: Vec<f32>,
}

struct Layer {
    query_key_value: Weights,
    attention_out: Weights,
    attention_norm: Norm,
    inner: Weights,
    out: Weights,
    norm: Norm,
}

impl<'a> Encoder<'a> {
    pub(crate) fn read(model: &ModelFile<'a>) -> Result<Self, ModelError> {
        let width: usize = model.setting("width")?;
        let inner: usize = model.setting("inner")?;
        let count: usize = model.setting("layers")?;
        let attention_heads: usize = model.setting("attention.heads")?;
        let attention = Attention::new(width, attention_heads)
            .ok_or_else(|| ModelError::Shape("attention.heads".to_owned()))?;
        let epsilon = model.setting("epsilon")?;
        let (table, table_width) = model.blocks("word")?;
        if table_width != width {
            return Err(ModelError::Shape("word".to_owned()));
        }
        let layers = (0..count).map(|layer| {
            let linear = |name: &str, rows, columns| {
                read_weights(model, &format!("layer.{layer}.{name}"), rows, columns)
            };
            let norm = |name: &str| read_norm(model, &format!("layer.{layer}.{name}"), width, epsilon);
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
        let mut positions = model.numbers("pos.weight", &[model.setting("positions")?, width])?;
        let token_type = model.numbers("tok_type", &[width])?;
        for position in positions.chunks_exact_mut(width) {
            for (value, added) in position.iter_mut().zip(&token_type) {
                *value += added;
            }
        }
        Ok(Self {
            processor: Processor::detect(),
            width,
            inner,
            attention,
            table,
            positions,
            norm: read_norm(model, "eln", width, epsilon)?,
            layers: layers.collect::<Result<_, ModelError>>()?,
            mix,
        })
    }

    /// How many numbers a piece's vector has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How many pieces, start and end included, a sequence may have.
    pub(crate) fn longest(&self) -> usize {
        self.positions.len() / self.width.max(1)
    }

    /// The mixed vectors of the pieces of several sequences, one after another; `ranges` are the rows of each
    /// sequence. Only attention looks across rows, so that nothing needs padding.
    pub(crate) fn encode(&self, pieces: &[u32], ranges: &[Range<usize>]) -> Vec<f32> {
        let processor = self.processor;
        let count = pieces.len();
        let mut x = vec![0.0; count * self.width];
        for range in ranges {
            let rows = range.clone().zip(self.positions.chunks_exact(self.width));
            for (row, position) in rows {
                let place = row * self.width..(row + 1) * self.width;
                if let (Some(piece), Some(vector)) = (pieces.get(row), x.get_mut(place)) {
                    self.unpack(*piece, vector);
                    for (value, position) in vector.iter_mut().zip(position) {
                        *value += position;
                    }
                }
            }
        }
        self.norm.apply(processor, &mut x);
        let mut mixed = vec![0.0; x.len()];
        let mut context = vec![0.0; x.len()];
        let mut states = vec![0.0; 3 * x.len()];
        let mut inner = vec![0.0; count * self.inner];
        let mut rounded = Quantised::default();
        let mut attention = self.attention.clone();
        for (layer, share) in self.layers.iter().zip(&self.mix) {
            rounded.fill(processor, &x, self.width);
            layer.query_key_value.apply(processor, &rounded, Then::Put, &mut states);
            for range in ranges {
                attention.apply(processor, range.clone(), &states, &mut context);
            }
            rounded.fill(processor, &context, self.width);
            layer.attention_out.apply(processor, &rounded, Then::Add, &mut x);
            layer.attention_norm.apply(processor, &mut x);
            rounded.fill(processor, &x, self.width);
            layer.inner.apply(processor, &rounded, Then::Gelu, &mut inner);
            rounded.fill(processor, &inner, self.inner);
            layer.out.apply(processor, &rounded, Then::Add, &mut x);
            layer.norm.apply(processor, &mut x);
            if *share != 0.0 {
                for (sum, value) in mixed.iter_mut().zip(&x) {
                    *sum += share * value;
                }
            }
        }
        mixed
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

/// Reads a linear map and rounds its weights.
pub(crate) fn read_weights(
    model: &ModelFile<'_>,
    name: &str,
    outputs: usize,
    inputs: usize,
) -> Result<Weights, ModelError> {
    let weights = model.numbers(&format!("{name}.weight"), &[outputs, inputs])?;
    let bias = model.numbers(&format!("{name}.bias"), &[outputs])?;
    Weights::round(&weights, &bias, inputs).ok_or_else(|| ModelError::Shape(name.to_owned()))
}

fn read_norm(model: &ModelFile<'_>, name: &str, width: usize, epsilon: f32) -> Result<Norm, ModelError> {
    let weight = model.numbers(&format!("{name}.weight"), &[width])?;
    let bias = model.numbers(&format!("{name}.bias"), &[width])?;
    Norm::new(weight, bias, epsilon).ok_or_else(|| ModelError::Shape(name.to_owned()))
}
