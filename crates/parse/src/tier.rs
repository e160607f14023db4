use std::str::FromStr;

/// How much of the encoder is gone through before words are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tier {
    /// All of it.
    #[default]
    Balanced,
    /// Its lower layers alone: a few times as fast, and less exact.
    Fast,
}

impl Tier {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Fast => "fast",
        }
    }
}

impl FromStr for Tier {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        match word {
            "balanced" => Ok(Self::Balanced),
            "fast" => Ok(Self::Fast),
            _ => Err(()),
        }
    }
}
