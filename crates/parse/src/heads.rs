use std::ops::Range;

use chancery_core::{NameKind, NameTag, Relation, Upos};
use chancery_kernels::{Processor, Quantised, Then, Weights, dot, highest};
use ndarray::Array2;

use crate::ModelError;
use crate::encoder::read_weights;
use crate::model::ModelFile;
use crate::tree::best_tree;

/// What is read off the vectors of words: parts of speech, names, arcs and their relations.
pub(crate) struct Heads {
    processor: Processor,
    upos: Weights,
    upos_labels: Vec<Upos>,
    name_inner: Weights,
    names: Weights,
    name_labels: Vec<Option<NameTag>>,
    /// Stands for the head of the root.
    root: Vec<f32>,
    arc_dependent: Weights,
    arc_head: Weights,
    arc: Weights,
    arc_bias: Vec<f32>,
    relation_dependent: Weights,
    relation_head: Weights,
    /// For each relation a matrix between the dependent's and the head's vector, one below another.
    relation: Weights,
    relation_linear: Weights,
    relation_labels: Vec<Relation>,
    root_relation: usize,
}

/// What the heads say of one word.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) upos: Upos,
    pub(crate) head: Option<usize>,
    pub(crate) relation: Relation,
    pub(crate) name: Option<NameTag>,
}

impl Heads {
    pub(crate) fn read(model: &ModelFile<'_>) -> Result<Self, ModelError> {
        let width: usize = model.setting("width")?;
        let arc_size: usize = model.setting("arc.size")?;
        let relation_size: usize = model.setting("relation.size")?;
        let name_size: usize = model.setting("name.size")?;
        let upos_labels: Vec<Upos> = model.labels("labels.upos")?;
        let relation_labels: Vec<Relation> = model.labels("labels.relations")?;
        let name_labels = model.text("labels.names")?.lines().map(name_tag).collect::<Vec<_>>();
        let count = relation_labels.len();
        let linear = |name: &str, outputs, inputs| read_weights(model, name, outputs, inputs);
        Ok(Self {
            processor: Processor::detect(),
            upos: linear("upos", upos_labels.len(), width)?,
            name_inner: linear("ner.0", name_size, width)?,
            names: linear("ner.3", name_labels.len(), name_size)?,
            root: model.numbers("root", &[width])?,
            arc_dependent: linear("ad.0", arc_size, width)?,
            arc_head: linear("ah.0", arc_size, width)?,
            arc: unbiased("U", &transposed(&model.numbers("U", &[arc_size, arc_size])?, arc_size), arc_size)?,
            arc_bias: model.numbers("ub", &[arc_size])?,
            relation_dependent: linear("rd.0", relation_size, width)?,
            relation_head: linear("rh.0", relation_size, width)?,
            relation: unbiased(
                "V",
                &model.numbers("V", &[count, relation_size, relation_size])?,
                relation_size,
            )?,
            relation_linear: linear("lin", count, 2 * relation_size)?,
            root_relation: relation_labels.iter().position(|r| *r == Relation::Root).unwrap_or(0),
            upos_labels,
            name_labels,
            relation_labels,
        })
    }

    /// Reads the words of several sentences, given their vectors one after another and each sentence's rows.
    pub(crate) fn apply(&self, words: &[f32], sentences: &[Range<usize>]) -> Vec<Reading> {
        let processor = self.processor;
        let width = self.root.len();
        let mut rounded = Quantised::default();
        let apply = |weights: &Weights, rows: &Quantised, then| {
            let mut out = vec![0.0; rows.rows() * weights.outputs()];
            weights.apply(processor, rows, then, &mut out);
            out
        };
        rounded.fill(processor, words, width);
        let upos = apply(&self.upos, &rounded, Then::Put);
        let name_inner = apply(&self.name_inner, &rounded, Then::Gelu);
        let arc_dependents = apply(&self.arc_dependent, &rounded, Then::Gelu);
        let relation_dependents = apply(&self.relation_dependent, &rounded, Then::Gelu);
        // Row 0 is the root's, word i has row i + 1.
        rounded.fill(processor, &[self.root.as_slice(), words].concat(), width);
        let arc_heads = apply(&self.arc_head, &rounded, Then::Gelu);
        let relation_heads = apply(&self.relation_head, &rounded, Then::Gelu);
        rounded.fill(processor, &name_inner, self.name_inner.outputs());
        let names = apply(&self.names, &rounded, Then::Put);
        let arc_size = self.arc_bias.len();
        rounded.fill(processor, &arc_dependents, arc_size);
        let arc_dependents = apply(&self.arc, &rounded, Then::Put);

        // For each word the row of its head among those with the root.
        let (mut head_rows, mut heads) = (Vec::new(), Vec::new());
        for rows in sentences {
            let dependents = part(&arc_dependents, rows.clone(), arc_size);
            let candidates = part(&arc_heads, rows.start + 1..rows.end + 1, arc_size);
            let candidates = [part(&arc_heads, 0..1, arc_size), candidates].concat();
            for head in best_tree(&self.arc_scores(dependents, candidates)) {
                head_rows.push(head.map_or(0, |head| rows.start + head + 1));
                heads.push(head);
            }
        }
        let size = self.relation_head.outputs();
        let chosen_heads: Vec<f32> =
            head_rows.iter().flat_map(|row| part(&relation_heads, *row..row + 1, size)).copied().collect();
        let pairs = relation_dependents.chunks_exact(size).zip(chosen_heads.chunks_exact(size));
        let pairs: Vec<f32> =
            pairs.flat_map(|(dependent, head)| dependent.iter().chain(head)).copied().collect();
        rounded.fill(processor, &pairs, 2 * size);
        let linear = apply(&self.relation_linear, &rounded, Then::Put);
        rounded.fill(processor, &chosen_heads, size);
        let products = apply(&self.relation, &rounded, Then::Put);

        let mut readings: Vec<Reading> = Vec::with_capacity(heads.len());
        let label =
            |numbers: &[f32], of: usize, row: usize| highest(part(numbers, row..row + 1, of).iter().copied());
        for (row, head) in heads.into_iter().enumerate() {
            let dependent = part(&relation_dependents, row..row + 1, size);
            let count = self.relation_labels.len();
            let products = part(&products, row..row + 1, count * size).chunks_exact(size);
            let scores = part(&linear, row..row + 1, count).iter().zip(products).enumerate();
            let scores = scores.map(|(relation, (score, product))| {
                if relation == self.root_relation {
                    return f32::NEG_INFINITY;
                }
                score + dot(product, dependent)
            });
            let relation = if head.is_none() { self.root_relation } else { highest(scores) };
            let upos = label(&upos, self.upos_labels.len(), row);
            let name = label(&names, self.name_labels.len(), row);
            readings.push(Reading {
                upos: self.upos_labels.get(upos).copied().unwrap_or(Upos::X),
                head,
                relation: self.relation_labels.get(relation).copied().unwrap_or(Relation::Dep),
                name: self.name_labels.get(name).copied().flatten(),
            });
        }
        for rows in sentences {
            let mut before = None;
            for reading in readings.get_mut(rows.clone()).into_iter().flatten() {
                // A name cannot go on where none, or another kind, stood.
                if let Some(name) = &mut reading.name {
                    name.begins |= before != Some(name.kind);
                }
                before = reading.name.map(|name| name.kind);
            }
        }
        readings
    }

    /// How well each candidate (the root first) suits each dependent as its head.
    fn arc_scores(&self, dependents: &[f32], candidates: Vec<f32>) -> Array2<f32> {
        let size = self.arc_bias.len();
        let matrix = |rows: Vec<f32>| {
            Array2::from_shape_vec((rows.len() / size, size), rows)
                .unwrap_or_else(|_| Array2::zeros((0, size)))
        };
        let bias: Vec<f32> = candidates.chunks_exact(size).map(|head| dot(head, &self.arc_bias)).collect();
        let mut scores = matrix(dependents.to_vec()).dot(&matrix(candidates).t());
        for mut row in scores.rows_mut() {
            for (score, bias) in row.iter_mut().zip(&bias) {
                *score += bias;
            }
        }
        scores
    }
}

/// Some rows, each `width` wide, of those in `numbers`.
fn part(numbers: &[f32], rows: Range<usize>, width: usize) -> &[f32] {
    numbers.get(rows.start * width..rows.end * width).unwrap_or_default()
}

fn transposed(matrix: &[f32], width: usize) -> Vec<f32> {
    (0..width).flat_map(|column| matrix.iter().skip(column).step_by(width)).copied().collect()
}

fn unbiased(name: &str, weights: &[f32], inputs: usize) -> Result<Weights, ModelError> {
    let bias = vec![0.0; weights.len() / inputs.max(1)];
    Weights::round(weights, &bias, inputs).ok_or_else(|| ModelError::Shape(name.to_owned()))
}

/// Reads `B-PER`, `I-LOC`, `O`.
fn name_tag(label: &str) -> Option<NameTag> {
    let (place, kind) = label.split_once('-')?;
    Some(NameTag { kind: kind.parse::<NameKind>().ok()?, begins: place == "B" })
}
