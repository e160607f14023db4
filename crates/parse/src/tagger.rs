use std::collections::BTreeMap;
use std::ops::Range;

use chancery_core::{Features, NameKind, NameTag, Upos};
use chancery_kernels::{Processor, Quantised, Then, Weights, highest};

use crate::ModelError;
use crate::model::ModelFile;

/// Reads parts of speech, features and names off the vectors of words.
pub(crate) struct Tagger {
    upos: Weights,
    upos_labels: Vec<Upos>,
    features: FeatureHead,
    name_inner: Weights,
    names: Weights,
    name_labels: Vec<Option<NameTag>>,
}

/// What a tagger says of a word.
#[derive(Clone, Debug)]
pub(crate) struct Tags {
    pub(crate) upos: Upos,
    pub(crate) features: Features,
    pub(crate) name: Option<NameTag>,
}

impl Tagger {
    /// `start` is what the names of its weights begin with.
    pub(crate) fn read(model: &ModelFile<'_>, start: &str) -> Result<Self, ModelError> {
        let width: usize = model.setting("width")?;
        let name_size: usize = model.setting("name.size")?;
        let upos_labels: Vec<Upos> = model.labels("labels.upos")?;
        let name_labels = model.text("labels.names")?.lines().map(name_tag).collect::<Vec<_>>();
        let linear = |name: &str, outputs, inputs| model.linear(&format!("{start}{name}"), outputs, inputs);
        Ok(Self {
            upos: linear("upos", upos_labels.len(), width)?,
            features: FeatureHead::read(model, start, width)?,
            name_inner: linear("ner.0", name_size, width)?,
            names: linear("ner.3", name_labels.len(), name_size)?,
            upos_labels,
            name_labels,
        })
    }

    /// The tags of each of `words`, of which `sentences` are the ranges.
    pub(crate) fn apply(
        &self,
        processor: Processor,
        words: &Quantised,
        sentences: &[Range<usize>],
    ) -> Vec<Tags> {
        let upos = applied(&self.upos, processor, words, Then::Put);
        let name_inner = applied(&self.name_inner, processor, words, Then::Gelu);
        let mut rounded = Quantised::default();
        rounded.fill(processor, &name_inner, self.name_inner.outputs());
        let names = applied(&self.names, processor, &rounded, Then::Put);
        let mut features = self.features.apply(processor, words).into_iter();
        let rows = upos.chunks_exact(self.upos_labels.len()).zip(names.chunks_exact(self.name_labels.len()));
        let mut tags: Vec<Tags> = rows
            .map(|(upos, name)| Tags {
                upos: self.upos_labels.get(highest(upos.iter().copied())).copied().unwrap_or(Upos::X),
                features: features.next().unwrap_or_default(),
                name: self.name_labels.get(highest(name.iter().copied())).copied().flatten(),
            })
            .collect();
        for rows in sentences {
            let mut before = None;
            for tags in tags.get_mut(rows.clone()).into_iter().flatten() {
                // A name cannot go on where none, or another kind, stood.
                if let Some(name) = &mut tags.name {
                    name.begins |= before != Some(name.kind);
                }
                before = tags.name.map(|name| name.kind);
            }
        }
        tags
    }
}

/// The outputs of a linear map.
pub(crate) fn applied(weights: &Weights, processor: Processor, rows: &Quantised, then: Then) -> Vec<f32> {
    let mut out = vec![0.0; rows.rows() * weights.outputs()];
    weights.apply(processor, rows, then, &mut out);
    out
}

/// Reads `B-PER`, `I-LOC`, `O`.
fn name_tag(label: &str) -> Option<NameTag> {
    let (place, kind) = label.split_once('-')?;
    Some(NameTag { kind: kind.parse::<NameKind>().ok()?, begins: place == "B" })
}

/// Reads universal features: for each attribute one of its values, or that the word has it not.
struct FeatureHead {
    weights: Weights,
    /// In the order in which they are written.
    attributes: Vec<Attribute>,
}

struct Attribute {
    /// Its outputs: first that it is not there, then a value each.
    outputs: Range<usize>,
    /// As `Tense=Past`.
    values: Vec<String>,
}

impl FeatureHead {
    fn read(model: &ModelFile<'_>, start: &str, width: usize) -> Result<Self, ModelError> {
        let labels = model.text("labels.features")?;
        let mut attributes: Vec<Attribute> = Vec::new();
        let name = |feature: &str| feature.split('=').next().unwrap_or_default().to_lowercase();
        let mut outputs = 0;
        for label in labels.lines() {
            let same = attributes
                .last()
                .and_then(|last| last.values.first())
                .is_some_and(|f| name(f) == name(label));
            if !same {
                attributes.push(Attribute { outputs: outputs..outputs + 1, values: Vec::new() });
                outputs += 1;
            }
            if let Some(attribute) = attributes.last_mut() {
                attribute.values.push(label.to_owned());
                outputs += 1;
                attribute.outputs.end = outputs;
            }
        }
        attributes.sort_by_cached_key(|attribute| attribute.values.first().map(|feature| name(feature)));
        Ok(Self { weights: model.linear(&format!("{start}feats"), outputs, width)?, attributes })
    }

    fn apply(&self, processor: Processor, words: &Quantised) -> Vec<Features> {
        let scores = applied(&self.weights, processor, words, Then::Put);
        let mut seen: BTreeMap<String, Features> = BTreeMap::new();
        let mut text = String::new();
        let rows = scores.chunks_exact(self.weights.outputs());
        rows.map(|scores| {
            text.clear();
            for Attribute { outputs, values } in &self.attributes {
                let best = highest(scores.get(outputs.clone()).unwrap_or_default().iter().copied());
                if let Some(value) = best.checked_sub(1).and_then(|place| values.get(place)) {
                    text.push_str(if text.is_empty() { "" } else { "|" });
                    text.push_str(value);
                }
            }
            if let Some(known) = seen.get(&text) {
                return known.clone();
            }
            let features = Features::new(text.as_str().into());
            seen.insert(text.clone(), features.clone());
            features
        })
        .collect()
    }
}
