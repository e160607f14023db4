use chancery_core::{Event, EventType, Mode, OwnName, Refinement};

use crate::ontology_error::OntologyError;
use crate::ontology_reader::read_ontology;
use crate::rule::{Rule, Seen};

/// The user's own types, modes and contexts, and the rules that give them; empty where nobody wrote an `ontology.txt`.
#[derive(Debug, Default)]
pub(crate) struct Ontology {
    pub(crate) types: Vec<OwnType>,
    pub(crate) modes: Vec<OwnMode>,
    pub(crate) contexts: Vec<OwnContext>,
    /// In the order of the file: the first that fits an event names it.
    pub(crate) rules: Vec<Rule>,
    pub(crate) errors: Vec<OntologyError>,
}

/// A type of the user's own, which refines one of PLOVER's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OwnType {
    pub(crate) name: OwnName,
    pub(crate) base: EventType,
    /// In the user's words; may be empty.
    pub(crate) description: String,
    pub(crate) line: usize,
}

/// A mode of the user's own: of a type of PLOVER's and all that refine it, or of one type of the user's.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OwnMode {
    pub(crate) of: TypeName,
    pub(crate) name: OwnName,
    pub(crate) line: usize,
}

/// A context of the user's own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OwnContext {
    pub(crate) name: String,
    /// What tells it, for one language or, with `None`, for all.
    pub(crate) words: Vec<(Option<String>, Vec<String>)>,
}

/// A type as frames and rules name it: one of PLOVER's, or one of the user's own with the one it refines.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeName {
    pub(crate) base: EventType,
    pub(crate) own: Option<OwnName>,
}

impl TypeName {
    pub(crate) fn as_str(&self) -> &str {
        self.own.as_ref().map_or(self.base.as_str(), |own| &own.name)
    }
}

impl OwnMode {
    fn is_of(&self, kind: &TypeName) -> bool {
        self.of.base == kind.base && (self.of.own.is_none() || self.of.own == kind.own)
    }
}

impl Ontology {
    /// Reads the `ontology.txt` that was laid over our tables.
    pub(crate) fn load() -> Self {
        chancery_tables::ontology().map(read_ontology).unwrap_or_default()
    }

    /// The type of a name, PLOVER's or the user's own.
    pub(crate) fn type_named(&self, name: &str) -> Option<TypeName> {
        if let Ok(base) = name.parse() {
            return Some(TypeName { base, own: None });
        }
        let own = self.own_type(name)?;
        Some(TypeName { base: own.base, own: Some(own.name.clone()) })
    }

    pub(crate) fn own_type(&self, name: &str) -> Option<&OwnType> {
        self.types.iter().find(|own| own.name.name == name)
    }

    /// The user's own mode of that name that a type has: its own, or one of the type that it refines.
    pub(crate) fn mode_named(&self, of: &TypeName, name: &str) -> Option<&OwnName> {
        self.modes.iter().find(|mode| mode.name.name == name && mode.is_of(of)).map(|mode| &mode.name)
    }

    /// The modes that a type has, PLOVER's and the user's own, in a row.
    pub(crate) fn modes_in_words(&self, of: &TypeName) -> String {
        let mut names: Vec<&str> = Mode::names(of.base).collect();
        names.extend(self.modes.iter().filter(|mode| mode.is_of(of)).map(|mode| mode.name.name.as_str()));
        names.join(", ")
    }

    pub(crate) fn has_context(&self, name: &str) -> bool {
        self.contexts.iter().any(|context| context.name == name)
    }

    pub(crate) fn has_rules_for(&self, kind: EventType) -> bool {
        self.rules.iter().any(|rule| rule.base == kind)
    }

    /// Names an event by the first rule that fits it. What a frame has given a type of the user's own stays as it is.
    pub(crate) fn rename(&self, event: &mut Event, seen: &Seen<'_>) {
        if event.own.kind.is_some() {
            return;
        }
        let mut rules = self.rules.iter().filter(|rule| rule.base == event.kind);
        let Some(rule) = rules.find(|rule| rule.missing(event, seen).is_none()) else { return };
        event.why.push(format!("{} calls it {}: {}", rule.place(), self.in_words(rule), rule.text));
        let modes = rule.mode.iter().cloned().collect();
        let given =
            Refinement { kind: rule.kind.clone(), modes, by: Some(rule.place()), ..Refinement::default() };
        let known = std::mem::replace(&mut event.own, given);
        event.own.join(known);
    }

    fn in_words(&self, rule: &Rule) -> String {
        let description = rule.kind.as_ref().and_then(|kind| self.own_type(&kind.name));
        match description.map(|own| own.description.as_str()).filter(|words| !words.is_empty()) {
            Some(words) => format!("{} ({words})", rule.gives()),
            None => rule.gives(),
        }
    }

    /// Tells which rules were asked about an event, up to the first that fits, and what the others lack; a line each.
    pub(crate) fn explain(&self, event: &Event, seen: &Seen<'_>) -> Vec<String> {
        if let (Some(kind), Some(frame)) = (&event.own.kind, &event.own.by)
            && *frame == event.rule
        {
            return vec![format!("the frame names it {}, and rules leave that alone", kind.name)];
        }
        let mut lines = Vec::new();
        for rule in self.rules.iter().filter(|rule| rule.base == event.kind) {
            let missing = rule.missing(event, seen);
            let outcome = missing.as_ref().map_or("fits".to_owned(), |what| format!("does not fit: {what}"));
            lines.push(format!("{} ({}) {outcome}", rule.place(), rule.gives()));
            if missing.is_none() {
                break;
            }
        }
        lines
    }
}
