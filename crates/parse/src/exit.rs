use chancery_kernels::softmax;

use crate::heads::Heads;
use crate::model::ModelFile;
use crate::tagger::Tagger;
use crate::{ModelError, Tier};

/// A place in the encoder where words are read: what the layers below it count, and what reads their vectors.
pub(crate) struct Exit {
    pub(crate) tier: Tier,
    /// How many layers lie below it.
    pub(crate) layers: usize,
    /// What each of the uppermost of them counts in a word's vector.
    pub(crate) shares: Vec<f32>,
    pub(crate) tagger: Tagger,
    pub(crate) heads: Heads,
}

impl Exit {
    /// The exits of a model, the lowest first; at least one.
    pub(crate) fn read_all(model: &ModelFile<'_>) -> Result<Vec<Self>, ModelError> {
        let table = model.text("exits")?;
        let wrong = || ModelError::Shape("exits".to_owned());
        let all: Vec<Self> = table
            .lines()
            .enumerate()
            .map(|(number, line)| {
                let [tier, layers, mixed] =
                    line.split(' ').collect::<Vec<_>>().try_into().map_err(|_| wrong())?;
                let tier = tier.parse().map_err(|()| wrong())?;
                let layers = layers.parse().map_err(|_| wrong())?;
                let start = format!("exit.{number}.");
                let mut shares =
                    model.numbers(&format!("{start}mix"), &[mixed.parse().map_err(|_| wrong())?])?;
                softmax(&mut shares);
                let gamma = model.numbers(&format!("{start}gamma"), &[1])?;
                for (share, gamma) in shares.iter_mut().zip(gamma.iter().cycle()) {
                    *share *= gamma;
                }
                let (tagger, heads) = (Tagger::read(model, &start)?, Heads::read(model, &start)?);
                Ok(Self { tier, layers, shares, tagger, heads })
            })
            .collect::<Result<_, ModelError>>()?;
        let deepest: usize = model.setting("layers")?;
        let fits = |exit: &Self| {
            exit.layers <= deepest && exit.shares.len() <= exit.layers && !exit.shares.is_empty()
        };
        if all.is_empty() || !all.iter().all(fits) { Err(wrong()) } else { Ok(all) }
    }
}
