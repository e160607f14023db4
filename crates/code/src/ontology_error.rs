use chancery_core::EventType;

/// A line of `ontology.txt` that cannot be used as it stands.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum OntologyError {
    #[error(
        "ontology.txt:{line}: `{text}` says nothing that is known; write a type (`STATE-VISIT under CONSULT`), a mode (`STATE-VISIT mode ceremonial`), a context (`context fishery : trawler*`) or a rule (`STATE-VISIT is CONSULT visit`)"
    )]
    Unreadable { line: usize, text: String },
    #[error(
        "ontology.txt:{line}: `{base}` is none of PLOVER's types; write `{name} under` and one of {}",
        plover_types()
    )]
    UnknownBase { line: usize, name: String, base: String },
    #[error(
        "ontology.txt:{line}: {name} cannot stand under {base}, a type of your own; types are one level deep: write `{name} under {plover}`"
    )]
    OwnBase { line: usize, name: String, base: String, plover: String },
    #[error("ontology.txt:{line}: `{name}` is PLOVER's own name; choose another")]
    PloversName { line: usize, name: String },
    #[error(
        "ontology.txt:{line}: `{name}` is declared in line {before} already; take one away or choose another name"
    )]
    Twice { line: usize, name: String, before: usize },
    #[error(
        "ontology.txt:{line}: `{name}` is no name of a type; write capitals, digits and hyphens, as STATE-VISIT"
    )]
    NoTypeName { line: usize, name: String },
    #[error(
        "ontology.txt:{line}: `{name}` is no name of a mode or context; write small letters, digits and hyphens, as night-raid"
    )]
    NoSmallName { line: usize, name: String },
    #[error("ontology.txt:{line}: `{word}` is no score; write a number from -10 to 10, as 4.5")]
    NoScore { line: usize, word: String },
    #[error(
        "ontology.txt:{line}: there is no type `{name}`; declare it in a line such as `{name} under CONSULT`"
    )]
    UnknownType { line: usize, name: String },
    #[error("ontology.txt:{line}: {kind} has no mode `{mode}`; {}", remedy_for_mode(kind, mode, known))]
    UnknownMode { line: usize, kind: String, mode: String, known: String },
    #[error(
        "ontology.txt:{line}: a rule gives modes of your own, and {kind} has none called `{mode}`; declare it in a line such as `{kind} mode {mode}`"
    )]
    NoOwnMode { line: usize, kind: String, mode: String },
    #[error(
        "ontology.txt:{line}: {name} refines {base}, so that no rule can make it of {other}; write `{name} is {base}`, or declare another type under {other}"
    )]
    OtherBase { line: usize, name: String, base: EventType, other: EventType },
    #[error(
        "ontology.txt:{line}: a rule is about one of PLOVER's types; write `is {base}` instead of `is {name}`"
    )]
    RuleOfOwnType { line: usize, name: String, base: EventType },
    #[error(
        "ontology.txt:{line}: the rule gives no name of your own; write a type or mode that you declared before `is`"
    )]
    NothingGiven { line: usize },
    #[error(
        "ontology.txt:{line}: no condition is called `{word}`; write context, source, recipient, words or status, as `+ source=GOV`"
    )]
    UnknownCondition { line: usize, word: String },
    #[error("ontology.txt:{line}: `{word}` is no {what}; {remedy}")]
    UnknownValue { line: usize, word: String, what: &'static str, remedy: &'static str },
    #[error("ontology.txt:{line}: `{word}` wants values, as `+ {word}={example}`")]
    NoValues { line: usize, word: String, example: &'static str },
    #[error("ontology.txt:{line}: there is no language `{code}`; write one of {known}, or none for all")]
    UnknownLanguage { line: usize, code: String, known: String },
    #[error("ontology.txt:{line}: word class `@{class}` is in no language's classes.txt")]
    UnknownClass { line: usize, class: String },
    #[error(
        "ontology.txt:{line}: the rule never applies: line {before} takes all that it would; put it before that line or take it away"
    )]
    NeverApplies { line: usize, before: usize },
}

/// Names of PLOVER's types in a row.
pub(crate) fn plover_types() -> String {
    EventType::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ")
}

/// What to do about a mode that a type does not have.
pub(crate) fn remedy_for_mode(kind: &str, mode: &str, known: &str) -> String {
    let declare = format!("declare it in ontology.txt in a line such as `{kind} mode {mode}`");
    if known.is_empty() { declare } else { format!("its modes are {known}; or {declare}") }
}
