use std::ops::Range;

use chancery_core::Relation;
use chancery_kernels::{Processor, Quantised, Then, Weights, each_with_each, highest};
use ndarray::Array2;

use crate::ModelError;
use crate::model::ModelFile;
use crate::tagger::applied;
use crate::tree::best_tree;

/// Reads each word's head, and its relation to it, off the vectors of words.
pub(crate) struct Heads {
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

/// A word's place in the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attachment {
    /// `None` for the root.
    pub(crate) head: Option<usize>,
    pub(crate) relation: Relation,
}

/// Words whose relations are computed together: what they are multiplied to stays near the processor.
const WORDS_AT_ONCE: usize = 32;

impl Heads {
    /// `start` is what the names of its weights begin with.
    pub(crate) fn read(model: &ModelFile<'_>, start: &str) -> Result<Self, ModelError> {
        let width: usize = model.setting("width")?;
        let arc_size: usize = model.setting("arc.size")?;
        let size: usize = model.setting("relation.size")?;
        let labels: Vec<Relation> = model.labels("labels.relations")?;
        let named = |name: &str| format!("{start}{name}");
        let linear = |name: &str, outputs, inputs| model.linear(&named(name), outputs, inputs);
        Ok(Self {
            root: model.numbers(&named("root"), &[width])?,
            arc_dependent: linear("ad.0", arc_size, width)?,
            arc_head: linear("ah.0", arc_size, width)?,
            arc: model.weights(&named("U"), None, arc_size, arc_size)?,
            arc_bias: model.numbers(&named("ub"), &[arc_size])?,
            relation_dependent: linear("rd.0", size, width)?,
            relation_head: linear("rh.0", size, width)?,
            relation: model.weights(&named("V"), None, labels.len() * size, size)?,
            relation_linear: linear("lin", labels.len(), 2 * size)?,
            root_relation: labels.iter().position(|r| *r == Relation::Root).unwrap_or(0),
            relation_labels: labels,
        })
    }

    /// Reads the trees of several sentences, given the vectors of `words` and each sentence's range of them.
    pub(crate) fn apply(
        &self,
        processor: Processor,
        words: &Quantised,
        sentences: &[Range<usize>],
    ) -> Vec<Attachment> {
        let (head_rows, heads) = self.heads(processor, words, sentences);
        let relations = self.relations(processor, words, &head_rows);
        let places = heads.into_iter().zip(relations);
        places
            .map(|(head, relation)| {
                let relation = if head.is_none() { self.root_relation } else { relation };
                let relation = self.relation_labels.get(relation).copied().unwrap_or(Relation::Dep);
                Attachment { head, relation }
            })
            .collect()
    }

    /// For each word its head, and the row of it among the words, `None` for the root.
    fn heads(
        &self,
        processor: Processor,
        words: &Quantised,
        sentences: &[Range<usize>],
    ) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
        let size = self.arc_bias.len();
        let dependents = applied(&self.arc_dependent, processor, words, Then::Gelu);
        let mut rounded = Quantised::default();
        rounded.fill(processor, &dependents, size);
        let dependents = applied(&self.arc, processor, &rounded, Then::Put);
        let candidates = applied(&self.arc_head, processor, words, Then::Gelu);
        let root = applied(&self.arc_head, processor, &self.root(processor), Then::Gelu);
        let (mut head_rows, mut heads) = (Vec::new(), Vec::new());
        for rows in sentences {
            let candidates = [root.as_slice(), part(&candidates, rows.clone(), size)].concat();
            for head in
                best_tree(&self.arc_scores(processor, part(&dependents, rows.clone(), size), &candidates))
            {
                head_rows.push(head.map(|head| rows.start + head));
                heads.push(head);
            }
        }
        (head_rows, heads)
    }

    /// For each word the best relation to its head, that of a root aside.
    fn relations(&self, processor: Processor, words: &Quantised, head_rows: &[Option<usize>]) -> Vec<usize> {
        let size = self.relation_head.outputs();
        let dependents = applied(&self.relation_dependent, processor, words, Then::Gelu);
        let heads = applied(&self.relation_head, processor, words, Then::Gelu);
        let root = applied(&self.relation_head, processor, &self.root(processor), Then::Gelu);
        let mut chosen = Vec::with_capacity(dependents.len());
        let mut pairs = Vec::with_capacity(2 * dependents.len());
        for (dependent, row) in dependents.chunks_exact(size).zip(head_rows) {
            let head = row.map_or(root.as_slice(), |row| part(&heads, row..row + 1, size));
            chosen.extend_from_slice(head);
            pairs.extend_from_slice(dependent);
            pairs.extend_from_slice(head);
        }
        let mut rounded = Quantised::default();
        rounded.fill(processor, &pairs, 2 * size);
        let linear = applied(&self.relation_linear, processor, &rounded, Then::Put);
        let count = self.relation_labels.len();
        let mut products = vec![0.0; WORDS_AT_ONCE * count * size];
        let mut scores = vec![0.0; count];
        let mut best = Vec::with_capacity(head_rows.len());
        let at_once = dependents.chunks(WORDS_AT_ONCE * size).zip(chosen.chunks(WORDS_AT_ONCE * size));
        for ((dependents, chosen), linear) in at_once.zip(linear.chunks(WORDS_AT_ONCE * count)) {
            rounded.fill(processor, chosen, size);
            let products = &mut products[..linear.len() * size];
            self.relation.apply(processor, &rounded, Then::Put, products);
            let words = dependents.chunks_exact(size).zip(linear.chunks_exact(count));
            for ((dependent, linear), products) in words.zip(products.chunks_exact(count * size)) {
                each_with_each(processor, dependent, products, size, &mut scores);
                let scores = linear.iter().zip(&scores).enumerate();
                best.push(highest(scores.map(|(relation, (linear, score))| {
                    if relation == self.root_relation { f32::NEG_INFINITY } else { linear + score }
                })));
            }
        }
        best
    }

    fn root(&self, processor: Processor) -> Quantised {
        let mut root = Quantised::default();
        root.fill(processor, &self.root, self.root.len());
        root
    }

    /// How well each candidate (the root first) suits each dependent as its head.
    fn arc_scores(&self, processor: Processor, dependents: &[f32], candidates: &[f32]) -> Array2<f32> {
        let size = self.arc_bias.len();
        let mut bias = vec![0.0; candidates.len() / size];
        each_with_each(processor, candidates, &self.arc_bias, size, &mut bias);
        let mut scores = Array2::zeros((dependents.len() / size, bias.len()));
        if let Some(scores) = scores.as_slice_mut() {
            each_with_each(processor, dependents, candidates, size, scores);
        }
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
