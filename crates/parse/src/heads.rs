use std::ops::Range;

use chancery_core::{NameKind, NameTag, Relation, Upos};
use chancery_kernels::{Processor, gelu, highest};
use ndarray::{Array1, Array2, Axis, concatenate, s};

use crate::ModelError;
use crate::encoder::Linear;
use crate::model::ModelFile;
use crate::tree::best_tree;

/// What is read off the vectors of words: parts of speech, names, arcs and their relations.
pub(crate) struct Heads {
    upos: Linear,
    upos_labels: Vec<Upos>,
    name_inner: Linear,
    names: Linear,
    name_labels: Vec<Option<NameTag>>,
    /// Stands for the head of the root.
    root: Array1<f32>,
    arc_dependent: Linear,
    arc_head: Linear,
    arc: Array2<f32>,
    arc_bias: Array1<f32>,
    relation_dependent: Linear,
    relation_head: Linear,
    /// For each relation a matrix between the dependent's and the head's vector, one below another.
    relation: Array2<f32>,
    relation_linear: Linear,
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
        let relation = model.numbers("V", &[count, relation_size, relation_size])?;
        let relation = Array2::from_shape_vec((count * relation_size, relation_size), relation);
        let linear = |name: &str, rows, columns| Linear::read(model, name, rows, columns);
        Ok(Self {
            upos: linear("upos", upos_labels.len(), width)?,
            name_inner: linear("ner.0", name_size, width)?,
            names: linear("ner.3", name_labels.len(), name_size)?,
            root: model.vector("root", width)?,
            arc_dependent: linear("ad.0", arc_size, width)?,
            arc_head: linear("ah.0", arc_size, width)?,
            arc: model.matrix("U", arc_size, arc_size)?,
            arc_bias: model.vector("ub", arc_size)?,
            relation_dependent: linear("rd.0", relation_size, width)?,
            relation_head: linear("rh.0", relation_size, width)?,
            relation: relation.map_err(|_| ModelError::Shape("V".to_owned()))?,
            relation_linear: linear("lin", count, 2 * relation_size)?,
            root_relation: relation_labels.iter().position(|r| *r == Relation::Root).unwrap_or(0),
            upos_labels,
            name_labels,
            relation_labels,
        })
    }

    /// Reads the words of several sentences, given their vectors one after another and each sentence's rows.
    pub(crate) fn apply(&self, words: &Array2<f32>, sentences: &[Range<usize>]) -> Vec<Reading> {
        let upos = self.upos.apply(words);
        let mut inner = self.name_inner.apply(words);
        active(&mut inner);
        let names = self.names.apply(&inner);
        // Row 0 is the root's, word i has row i + 1.
        let with_root = concatenate![Axis(0), self.root.view().insert_axis(Axis(0)), words.view()];
        let applied = |linear: &Linear, rows: &Array2<f32>| {
            let mut out = linear.apply(rows);
            active(&mut out);
            out
        };
        let arc_dependents = applied(&self.arc_dependent, words).dot(&self.arc);
        let arc_heads = applied(&self.arc_head, &with_root);
        let head_bias = arc_heads.dot(&self.arc_bias);
        let relation_dependents = applied(&self.relation_dependent, words);
        let relation_heads = applied(&self.relation_head, &with_root);

        // For each word the row of its head in `with_root`.
        let mut head_rows = vec![0; words.nrows()];
        let mut heads = vec![None; words.nrows()];
        for rows in sentences {
            let size = rows.len();
            let mut scores = Array2::zeros((size, size + 1));
            let dependents = arc_dependents.slice(s![rows.clone(), ..]);
            let candidates = arc_heads.slice(s![rows.start + 1..=rows.end, ..]);
            scores.slice_mut(s![.., 1..]).assign(&dependents.dot(&candidates.t()));
            scores.slice_mut(s![.., 0]).assign(&dependents.dot(&arc_heads.row(0)));
            scores.slice_mut(s![.., 1..]).zip_mut_with(
                &head_bias
                    .slice(s![rows.start + 1..=rows.end])
                    .broadcast((size, size))
                    .map_or_else(|| Array2::zeros((size, size)), |bias| bias.to_owned()),
                |score, bias| *score += bias,
            );
            let root_bias = head_bias.first().copied().unwrap_or(0.0);
            scores.slice_mut(s![.., 0]).mapv_inplace(|score| score + root_bias);
            for (word, head) in best_tree(&scores).into_iter().enumerate() {
                let row = rows.start + word;
                if let (Some(place), Some(known)) = (head_rows.get_mut(row), heads.get_mut(row)) {
                    *known = head;
                    *place = head.map_or(0, |head| rows.start + head + 1);
                }
            }
        }
        let chosen_heads = relation_heads.select(Axis(0), &head_rows);
        let linear = self.relation_linear.apply(&concatenate![
            Axis(1),
            relation_dependents.view(),
            chosen_heads.view()
        ]);
        let products = chosen_heads.dot(&self.relation.t());
        let size = relation_dependents.ncols();

        let mut readings: Vec<Reading> = Vec::with_capacity(words.nrows());
        for (row, head) in heads.into_iter().enumerate() {
            let dependent = relation_dependents.row(row);
            let scores = linear.row(row).into_iter().enumerate().map(|(relation, score)| {
                if relation == self.root_relation {
                    return f32::NEG_INFINITY;
                }
                let start = relation * size;
                score + products.slice(s![row, start..start + size]).dot(&dependent)
            });
            let relation = if head.is_none() { self.root_relation } else { highest(scores) };
            let label = highest(names.row(row).iter().copied());
            readings.push(Reading {
                upos: self
                    .upos_labels
                    .get(highest(upos.row(row).iter().copied()))
                    .copied()
                    .unwrap_or(Upos::X),
                head,
                relation: self.relation_labels.get(relation).copied().unwrap_or(Relation::Dep),
                name: self.name_labels.get(label).copied().flatten(),
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
}

/// Reads `B-PER`, `I-LOC`, `O`.
fn name_tag(label: &str) -> Option<NameTag> {
    let (place, kind) = label.split_once('-')?;
    Some(NameTag { kind: kind.parse::<NameKind>().ok()?, begins: place == "B" })
}

fn active(rows: &mut Array2<f32>) {
    if let Some(numbers) = rows.as_slice_mut() {
        gelu(Processor::detect(), numbers);
    }
}
