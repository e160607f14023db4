use chancery_core::{EventType, Mode, Upos};

use crate::clause::Clause;
use crate::fitting::{fits, has_part, missing_companion};
use crate::frame::{Frame, PredicateWords};
use crate::language::Language;
use crate::parties::{Parties, Party};
use crate::sides::{Asked, other_protest, with_sides};

/// A frame that found its words and its parties in a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Firing<'l> {
    pub(crate) frame: &'l Frame,
    /// The predicate's word.
    pub(crate) at: usize,
    pub(crate) source: Vec<Party>,
    pub(crate) recipient: Vec<Party>,
    /// The frame's modes, or, where it has none, those of another frame of its type that fires too.
    pub(crate) modes: Vec<Mode>,
    /// That other frame.
    pub(crate) moded_by: Option<&'l Frame>,
}

/// Why a frame whose word is there did not fire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Missing {
    /// The word is another part of speech here.
    Part,
    Companion(String),
    Condition(String),
    Source,
    Recipient,
    /// With this particle it is another verb.
    Particle(String),
    /// The word is vague, and a side is no state, government, official or armed group.
    Political,
    /// Neither side can use force.
    Armed,
    /// What it would be done to is no thing that force is used on.
    Figurative,
}

impl Missing {
    pub(crate) fn in_words(&self) -> String {
        match self {
            Self::Part => "the word is another part of speech here".to_owned(),
            Self::Companion(word) => format!("`{word}` does not stand with it"),
            Self::Particle(word) => format!("with `{word}` it is another verb"),
            Self::Condition(condition) => format!("the condition {condition}"),
            Self::Source => "nobody was found who does it".to_owned(),
            Self::Recipient => "nobody was found to whom it is done".to_owned(),
            Self::Political => {
                "the word is vague, and a side is no state, official or armed group".to_owned()
            }
            Self::Armed => "neither side can use force: a fight of words".to_owned(),
            Self::Figurative => "what it is done to cannot be hurt: a figure of speech".to_owned(),
        }
    }
}

/// Fires, for a word, the frame that fits it best: the one with most conditions whose parties are found. The doer
/// is who does it where its own clause does not say so.
pub(crate) fn fire<'l>(
    language: &'l Language,
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    at: usize,
    doer: &[Party],
) -> Option<Firing<'l>> {
    let keys = clause.keys.get(at)?;
    if clause.upos(at) == Upos::Noun && parties.names_somebody(at) {
        return None;
    }
    let mut fitting: Vec<_> = language
        .candidates(keys)
        .into_iter()
        .filter_map(|frame| fits(clause, frame, at).ok().map(|weight| (weight, frame)))
        .collect();
    // A stable sort: among equals, the order of the file decides. Of frames as
    // specific, the tagger's part of speech goes first.
    fitting.sort_by_key(|(weight, frame)| std::cmp::Reverse((*weight, has_part(clause, frame, at))));
    // A frame that is told alone comes after every other one of the word.
    let mut firing = [Asked::Strictly, Asked::Leniently].into_iter().find_map(|asked| {
        fitting.iter().find_map(|(_, frame)| {
            let fired = with_sides(clause, parties, frame, at, doer, asked).ok()?;
            let other = other_protest(parties, &fired);
            (!fitting.iter().any(|(_, frame)| Some(frame.kind) == other)).then_some(fired)
        })
    })?;
    if firing.modes.is_empty() {
        // `refused to meet`: what both a frame of the type and one of a mode list is of the mode.
        let moded = fitting.iter().map(|(_, frame)| frame).find(|frame| {
            frame.kind == firing.frame.kind
                && !frame.modes.is_empty()
                && with_sides(clause, parties, frame, at, doer, Asked::Strictly).is_ok()
        });
        firing.modes = moded.map(|frame| frame.modes.clone()).unwrap_or_default();
        firing.moded_by = moded.copied();
    }
    Some(firing)
}

/// Tells for every frame of a word's own whether it fires or what it lacks.
pub(crate) fn try_all<'l>(
    language: &'l Language,
    clause: &Clause<'_>,
    parties: &Parties<'_>,
    at: usize,
) -> Vec<(&'l Frame, Result<Firing<'l>, Missing>)> {
    let Some(keys) = clause.keys.get(at) else { return Vec::new() };
    language
        .candidates(keys)
        .into_iter()
        .map(|frame| {
            let with = |asked| with_sides(clause, parties, frame, at, &[], asked);
            let fired = fits(clause, frame, at).and_then(|_| {
                with(Asked::Strictly).or_else(|missing| with(Asked::Leniently).map_err(|_| missing))
            });
            (frame, fired)
        })
        .collect()
}

/// Whether a frame of a type fits a word, whoever its parties are.
pub(crate) fn is_put_as(language: &Language, clause: &Clause<'_>, at: usize, kind: EventType) -> bool {
    clause.keys.get(at).is_some_and(|keys| {
        language
            .candidates(keys)
            .into_iter()
            .any(|frame| frame.kind == kind && fits(clause, frame, at).is_ok())
    })
}

/// Whether a frame of a type is of a word and its companions, fired or not.
pub(crate) fn is_listed(language: &Language, clause: &Clause<'_>, at: usize, kind: EventType) -> bool {
    let is_of = |words: &PredicateWords| {
        clause.fits(at, &words.first) && missing_companion(clause, words, at).is_none()
    };
    clause.keys.get(at).is_some_and(|keys| {
        language.candidates(keys).into_iter().any(|frame| {
            frame.kind == kind && frame.part.fits(clause.upos(at)) && frame.predicates.iter().any(is_of)
        })
    })
}
