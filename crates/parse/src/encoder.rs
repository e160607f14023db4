use std::ops::Range;

use chancery_kernels::{Attention, Norm, Processor, Quantised, Then, Weights, add_share};

use crate::ModelError;
use crate::model::{BLOCK_BYTES, ModelFile, half};

/// The transformer under the heads: post-norm BERT layers over frozen 4-bit piece vectors.
pub(crate) struct Encoder<'a> {
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
}

/// Rows that go through a part of a layer together: few enough to stay near the processor with its weights.
const NEAR: usize = 128;

/// The memory that an encoder works in, kept from batch to batch.
#[derive(Default)]
pub(crate) struct Workspace {
    attention: Option<Attention>,
    rounded: Quantised,
    x: Vec<f32>,
    mixed: Vec<f32>,
    context: Vec<f32>,
    states: Vec<f32>,
    inner: Vec<f32>,
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
            let linear =
                |name: &str, rows, columns| model.linear(&format!("layer.{layer}.{name}"), rows, columns);
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
        let mut positions = model.numbers("pos.weight", &[model.setting("positions")?, width])?;
        let token_type = model.numbers("tok_type", &[width])?;
        for position in positions.chunks_exact_mut(width) {
            for (value, added) in position.iter_mut().zip(&token_type) {
                *value += added;
            }
        }
        Ok(Self {
            width,
            inner,
            attention,
            table,
            positions,
            norm: read_norm(model, "eln", width, epsilon)?,
            layers: layers.collect::<Result<_, ModelError>>()?,
        })
    }

    /// How many numbers a piece's vector has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How many multiply-adds a piece takes in the matrix products of the first `layers`.
    pub(crate) fn products_of_piece(&self, layers: usize) -> u64 {
        (layers * self.width * (4 * self.width + 2 * self.inner)) as u64
    }

    /// How many pieces, start and end included, a sequence may have.
    pub(crate) fn longest(&self) -> usize {
        self.positions.len() / self.width.max(1)
    }

    /// The vectors of the pieces of several sequences, one after another: a mix of what the first `layers` give, of
    /// which each of the last counts its share. `ranges` are the rows of each sequence. Only attention looks across
    /// rows, so that nothing needs padding.
    pub(crate) fn encode<'b>(
        &self,
        processor: Processor,
        pieces: &[u32],
        ranges: &[Range<usize>],
        (layers, shares): (usize, &[f32]),
        space: &'b mut Workspace,
    ) -> &'b [f32] {
        let Workspace { attention, rounded, x, mixed, context, states, inner } = space;
        let groups = groups(ranges);
        let most = groups.iter().map(|group| rows_of(group).len()).fold(NEAR, usize::max);
        let [x, mixed] = [x, mixed].map(|numbers| room(numbers, pieces.len() * self.width));
        let [context, states] =
            [(context, 1), (states, 3)].map(|(numbers, times)| room(numbers, times * most * self.width));
        let inner = room(inner, NEAR * self.inner);
        mixed.fill(0.0);
        self.embed(pieces, ranges, x);
        self.norm.apply(processor, x);
        let attention = attention.get_or_insert_with(|| self.attention.clone());
        for (number, layer) in self.layers.iter().take(layers).enumerate() {
            for group in &groups {
                let rows = rows_of(group);
                let x = &mut x[rows.start * self.width..rows.end * self.width];
                let (states, context) = (&mut states[..3 * x.len()], &mut context[..x.len()]);
                rounded.fill(processor, x, self.width);
                layer.query_key_value.apply(processor, rounded, Then::Put, states);
                for range in *group {
                    let range = range.start - rows.start..range.end - rows.start;
                    attention.apply(processor, range, states, context);
                }
                rounded.fill(processor, context, self.width);
                layer.attention_out.apply(processor, rounded, Then::Add, x);
                layer.attention_norm.apply(processor, x);
            }
            for x in x.chunks_mut(NEAR * self.width) {
                let inner = &mut inner[..x.len() / self.width * self.inner];
                rounded.fill(processor, x, self.width);
                layer.inner.apply(processor, rounded, Then::Gelu, inner);
                rounded.fill(processor, inner, self.inner);
                layer.out.apply(processor, rounded, Then::Add, x);
                layer.norm.apply(processor, x);
            }
            let share = (number + shares.len()).checked_sub(layers).and_then(|place| shares.get(place));
            if let Some(share) = share {
                add_share(processor, *share, x, mixed);
            }
        }
        mixed
    }

    /// Puts the sum of each piece's vector and its position's into its row.
    fn embed(&self, pieces: &[u32], ranges: &[Range<usize>], x: &mut [f32]) {
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

/// Whole sequences that are taken together, of at most [`NEAR`] rows where a sequence has no more.
fn groups(ranges: &[Range<usize>]) -> Vec<&[Range<usize>]> {
    let mut start = 0;
    let joined = |_: &Range<usize>, next: &Range<usize>| {
        let joined = next.end - start <= NEAR;
        start = if joined { start } else { next.start };
        joined
    };
    ranges.chunk_by(joined).collect()
}

/// The rows of sequences that follow each other.
fn rows_of(group: &[Range<usize>]) -> Range<usize> {
    group.first().map_or(0, |first| first.start)..group.last().map_or(0, |last| last.end)
}

/// The first numbers of a buffer that only grows, so that what is written over anyhow is not cleared before.
fn room(buffer: &mut Vec<f32>, size: usize) -> &mut [f32] {
    if buffer.len() < size {
        buffer.resize(size, 0.0);
    }
    &mut buffer[..size]
}

fn read_norm(model: &ModelFile<'_>, name: &str, width: usize, epsilon: f32) -> Result<Norm, ModelError> {
    let weight = model.numbers(&format!("{name}.weight"), &[width])?;
    let bias = model.numbers(&format!("{name}.bias"), &[width])?;
    Norm::new(weight, bias, epsilon).ok_or_else(|| ModelError::Shape(name.to_owned()))
}
