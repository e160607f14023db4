use std::fmt;

use chancery_core::{Context, EventType, Mode, Refinement, Status, Upos};

use crate::ontology::TypeName;
use crate::words::WordPattern;

/// What a predicate means: an act, and where in the tree its parties stand.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    /// `sv.assault.anfall-noun`
    pub(crate) name: String,
    pub(crate) kind: EventType,
    pub(crate) modes: Vec<Mode>,
    pub(crate) contexts: Vec<Context>,
    /// What it calls its act beside PLOVER's names.
    pub(crate) own: Refinement,
    pub(crate) part: Part,
    pub(crate) predicates: Vec<PredicateWords>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) source: Vec<Slot>,
    pub(crate) recipient: Vec<Slot>,
    /// Everybody is source.
    pub(crate) mutual: bool,
    pub(crate) require: Require,
    /// The word alone is vague: both sides must be political actors.
    pub(crate) weak: bool,
    /// Of the sides that are named one can use force; politicians and companies clash with words.
    pub(crate) armed: bool,
    pub(crate) denial: bool,
    pub(crate) status: Option<Status>,
    pub(crate) future: Option<TypeName>,
    /// Where it stands, for messages.
    pub(crate) table: &'static str,
    pub(crate) line: usize,
}

impl Frame {
    /// What a word means by which others are told that they have to do something; no line of a table names it.
    pub(crate) fn of_demands(language: &str) -> Self {
        Self {
            name: format!("{language}.request.must"),
            kind: EventType::Request,
            modes: Vec::new(),
            contexts: Vec::new(),
            own: Refinement::default(),
            part: Part::Verb,
            predicates: Vec::new(),
            conditions: Vec::new(),
            source: vec![Slot::Speaker],
            recipient: vec![Slot::Subject],
            mutual: false,
            require: Require::Both,
            weak: false,
            armed: false,
            denial: false,
            status: Some(Status::Requested),
            future: None,
            table: "classes",
            line: 0,
        }
    }

    /// Where it stands: `line 78`, of the user's own `line 3 of frames.more.txt`.
    pub(crate) fn place(&self) -> String {
        if self.line == 0 {
            return format!("by a word of {}.txt", self.table);
        }
        let of = if self.table == "frames" { String::new() } else { format!(" of {}.txt", self.table) };
        format!("line {}{of}", self.line)
    }

    /// Whether it is idle behind another frame of the same words, slots and conditions: wherever it finds the sides that
    /// it asks for, the other one does too; or neither says which sides it asks for.
    pub(crate) fn never_fires_after(&self, first: &Self) -> bool {
        let says_nothing = |frame: &Self| frame.require == Require::of(frame.kind) && !frame.armed;
        let asks_no_less =
            self.require.implies(first.require) && (self.armed || !first.armed) && (self.weak || !first.weak);
        asks_no_less || says_nothing(self) && says_nothing(first)
    }

    /// The name of its type: the user's own where it names one, else PLOVER's.
    pub(crate) fn type_name(&self) -> &str {
        self.own.kind.as_ref().map_or(self.kind.as_str(), |kind| &kind.name)
    }
}

/// A predicate of one word, or a word with companions that must stand next to it in the tree.
#[derive(Clone, Debug)]
pub(crate) struct PredicateWords {
    pub(crate) first: WordPattern,
    pub(crate) companions: Vec<WordPattern>,
}

impl fmt::Display for PredicateWords {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.first)?;
        self.companions.iter().try_for_each(|word| write!(out, "_{word}"))
    }
}

/// The part of speech that a frame's predicate has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Verb,
    Noun,
    Adjective,
}

impl Part {
    pub(crate) fn fits(self, upos: Upos) -> bool {
        match self {
            Self::Verb => matches!(upos, Upos::Verb | Upos::Aux),
            Self::Noun => matches!(upos, Upos::Noun | Upos::Propn),
            // A participle is tagged either way, and the two differ less than taggers do.
            Self::Adjective => matches!(upos, Upos::Adj | Upos::Verb | Upos::Adv),
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Verb => "verb",
            Self::Noun => "noun",
            Self::Adjective => "adj",
        }
    }
}

/// Which sides must be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Require {
    Any,
    Source,
    Recipient,
    Both,
    /// The act is told even where nobody is named: `a general strike began`.
    Nobody,
}

impl Require {
    /// What frames of a type ask for that do not say it: whoever speaks or meets is named, of other acts one side.
    pub(crate) fn of(kind: EventType) -> Self {
        if kind.is_verbal() || kind == EventType::Consult { Self::Source } else { Self::Any }
    }

    /// Whether sides that are enough for this are enough for another.
    fn implies(self, other: Self) -> bool {
        match other {
            Self::Nobody => true,
            Self::Any => self != Self::Nobody,
            Self::Source | Self::Recipient => self == other || self == Self::Both,
            Self::Both => self == Self::Both,
        }
    }
}

/// What must, or must not, stand in a slot.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) slot: Slot,
    pub(crate) absent: bool,
    /// Empty: the slot must hold anything.
    pub(crate) words: Vec<WordOrClass>,
}

#[derive(Clone, Debug)]
pub(crate) enum WordOrClass {
    Word(WordPattern),
    Class(String),
}

/// A place in the tree around a predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    Subject,
    Object,
    IndirectObject,
    Agent,
    /// Any of these prepositions (or postpositions) marks it.
    Marked(Vec<WordPattern>),
    Bare,
    Possessor,
    Modifier,
    LightSubject,
    LightObject,
    Complement,
    /// The infinitives below: `told him to leave`, not `told him that …`.
    Infinitive,
    /// The subject of the clause below: `said it would …`.
    ComplementSubject,
    /// The adposition of the predicate itself: `in protest`.
    OwnMark,
    /// The particle of a verb: `pushed up costs`.
    Particle,
    Content,
    Head,
    /// The subject of the clause that a noun stands in: `said during a visit to Tehran`.
    ClauseSubject,
    /// Whoever is quoted as saying the words.
    Speaker,
    /// The predicate's own word, to tell it from others that a stem or the last part of a compound fits as well.
    Itself,
}
