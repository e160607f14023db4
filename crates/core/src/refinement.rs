use serde::{Deserialize, Serialize};

use crate::{Event, Mode};

/// A type or mode of the user's own, with its conflict–cooperation score, −10 to 10, where the user gave one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnName {
    pub name: String,
    pub score: Option<f32>,
}

/// What an ontology of the user's own calls an event, beside PLOVER's names; empty where there is none.
///
/// The type refines the event's own, which goes on to decide all that is asked of a type: quad class, status, merging.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Refinement {
    pub kind: Option<OwnName>,
    pub modes: Vec<OwnName>,
    pub contexts: Vec<String>,
    /// What gave type and modes: a frame, or a line as `ontology.txt:7`.
    pub by: Option<String>,
}

impl Refinement {
    pub fn is_empty(&self) -> bool {
        self.kind.is_none() && self.modes.is_empty() && self.contexts.is_empty()
    }

    /// Adds what another coding of the same act is called; its type where this one has none.
    pub fn join(&mut self, other: Self) {
        if self.kind.is_none() {
            self.kind = other.kind;
        }
        for mode in other.modes {
            if !self.modes.contains(&mode) {
                self.modes.push(mode);
            }
        }
        self.contexts.extend(other.contexts);
        self.contexts.sort_unstable();
        self.contexts.dedup();
        if self.by.is_none() {
            self.by = other.by;
        }
    }

    /// Of several modes the one that weighs most, the first of equals.
    pub fn strongest_mode(&self) -> Option<&OwnName> {
        let weight = |mode: &OwnName| mode.score.unwrap_or_default().abs();
        self.modes.iter().reduce(|best, mode| if weight(mode) > weight(best) { mode } else { best })
    }
}

impl Event {
    /// The name of its type: the user's own where it has one, else PLOVER's.
    pub fn type_name(&self) -> &str {
        self.own.kind.as_ref().map_or(self.kind.as_str(), |kind| &kind.name)
    }

    /// The mode that speaks for the event: the user's own where it has one, else PLOVER's.
    pub fn mode_name(&self) -> Option<&str> {
        let own = self.own.strongest_mode().map(|mode| mode.name.as_str());
        own.or_else(|| self.strongest_mode().map(Mode::as_str))
    }

    /// Of several modes of PLOVER's the one that weighs most, the first of equals.
    pub fn strongest_mode(&self) -> Option<Mode> {
        let modes = self.modes.iter().copied();
        modes.reduce(|best, mode| if mode.score().abs() > best.score().abs() { mode } else { best })
    }

    /// The names of all modes, the user's own first.
    pub fn mode_names(&self) -> Vec<&str> {
        let own = self.own.modes.iter().map(|mode| mode.name.as_str());
        own.chain(self.modes.iter().map(|mode| mode.as_str())).collect()
    }

    /// The names of all contexts, PLOVER's first.
    pub fn context_names(&self) -> Vec<&str> {
        let own = self.own.contexts.iter().map(String::as_str);
        self.contexts.iter().map(|context| context.as_str()).chain(own).collect()
    }

    /// Conflict–cooperation score, −10 to 10: that of the user's own mode or type where one was given, else that of
    /// PLOVER's mode, else of its type.
    pub fn score(&self) -> f32 {
        let own_mode = self.own.strongest_mode().and_then(|mode| mode.score);
        let own_type = self.own.kind.as_ref().and_then(|kind| kind.score);
        let plover = || self.strongest_mode().map_or(self.kind.score(), Mode::score);
        own_mode.or(own_type).unwrap_or_else(plover)
    }
}
