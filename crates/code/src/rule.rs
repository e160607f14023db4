use chancery_core::{Event, EventType, OwnName, Participant};

use crate::words::{Matter, WordClasses, WordKeys};

/// A line of `ontology.txt` that gives events of one of PLOVER's types a name of the user's own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub(crate) kind: Option<OwnName>,
    pub(crate) mode: Option<OwnName>,
    pub(crate) base: EventType,
    /// One of these modes must be set, PLOVER's or the user's own; empty: any or none.
    pub(crate) of_modes: Vec<String>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) line: usize,
    /// As the user wrote it.
    pub(crate) text: String,
}

/// What must hold of an event, or, where `absent`, must not.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) absent: bool,
    pub(crate) tested: Tested,
    /// Any of these; of a side, none: anybody.
    pub(crate) values: Vec<String>,
    /// The values of [`Tested::Words`].
    pub(crate) words: Matter,
}

/// What a condition looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tested {
    Context,
    Source,
    Recipient,
    /// Words of the clause.
    Words,
    Status,
}

impl Tested {
    pub(crate) const ALL: [(&str, Self); 5] = [
        ("context", Self::Context),
        ("source", Self::Source),
        ("recipient", Self::Recipient),
        ("words", Self::Words),
        ("status", Self::Status),
    ];

    /// What a user may write after its `=`.
    pub(crate) fn example(self) -> &'static str {
        match self {
            Self::Context => "military",
            Self::Source | Self::Recipient => "GOV",
            Self::Words => "trawler*",
            Self::Status => "asserted",
        }
    }

    fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, tested)| *tested == self).map_or("", |(name, _)| name)
    }
}

/// The words that rules look at: those of a sentence, and which of them tell an event.
pub(crate) struct Seen<'a> {
    pub(crate) keys: &'a [WordKeys],
    pub(crate) classes: &'a WordClasses,
    pub(crate) clause: std::ops::Range<usize>,
}

impl Seen<'_> {
    pub(crate) fn tell(&self, matter: &Matter) -> bool {
        matter.is_told(self.classes, self.keys, self.clause.clone())
    }
}

impl Rule {
    pub(crate) fn place(&self) -> String {
        format!("ontology.txt:{}", self.line)
    }

    /// The name that it gives: `STATE-VISIT`, `CONSULT sidelines`.
    pub(crate) fn gives(&self) -> String {
        let kind = self.kind.as_ref().map_or(self.base.as_str(), |kind| &kind.name);
        self.mode.as_ref().map_or_else(|| kind.to_owned(), |mode| format!("{kind} {}", mode.name))
    }

    /// What an event of the rule's type lacks for the rule to fit, in words; `None` where it fits.
    pub(crate) fn missing(&self, event: &Event, seen: &Seen<'_>) -> Option<String> {
        let modes = event.mode_names();
        if !self.of_modes.is_empty() && !self.of_modes.iter().any(|mode| modes.contains(&mode.as_str())) {
            return Some(format!("its mode is not {}", self.of_modes.join(" or ")));
        }
        let missing = self.conditions.iter().find(|condition| !condition.holds(event, seen));
        missing.map(Condition::to_string).or_else(|| {
            let sides = Sides::of(event);
            (!sides.has_two(&self.conditions)).then(|| "one party cannot stand for both sides".to_owned())
        })
    }

    /// Whether every event that another rule fits, this one fits too.
    fn covers(&self, mode: Option<&String>, conditions: &[Condition]) -> bool {
        let has_mode = self.of_modes.is_empty() || mode.is_some_and(|mode| self.of_modes.contains(mode));
        has_mode && self.conditions.iter().all(|own| conditions.iter().any(|other| own.follows_from(other)))
    }

    /// The first rule before this one after which nothing is left for it; of several that take all between them, the
    /// last.
    pub(crate) fn taken_by<'r>(&self, before: &'r [Self]) -> Option<&'r Self> {
        let modes: Vec<_> =
            if self.of_modes.is_empty() { vec![None] } else { self.of_modes.iter().map(Some).collect() };
        let takers = modes.into_iter().map(|mode| {
            before.iter().find(|rule| rule.base == self.base && rule.covers(mode, &self.conditions))
        });
        takers.collect::<Option<Vec<_>>>()?.into_iter().max_by_key(|rule| rule.line)
    }
}

/// Who stands on which side. Of an act in which everybody is source, each stands on both.
struct Sides<'e> {
    source: &'e [Participant],
    recipient: &'e [Participant],
    is_shared: bool,
}

impl<'e> Sides<'e> {
    fn of(event: &'e Event) -> Self {
        let is_shared = event.kind.is_mutual() && event.recipient.is_empty() && event.source.len() > 1;
        let recipient = if is_shared { &event.source } else { &event.recipient };
        Self { source: &event.source, recipient, is_shared }
    }

    /// Whether the sides are told of different parties: one that meets a rebel is not the government he meets, too.
    fn has_two(&self, conditions: &[Condition]) -> bool {
        let asks = |tested: Tested| {
            move |party: &Participant| {
                let mut asked = conditions.iter().filter(|c| c.tested == tested && !c.absent);
                asked.all(|condition| condition.is_of(party))
            }
        };
        let (is_source, is_recipient) = (asks(Tested::Source), asks(Tested::Recipient));
        !self.is_shared
            || self.source.iter().enumerate().any(|(at, one)| {
                let mut others = self.recipient.iter().enumerate().filter(|(other, _)| *other != at);
                is_source(one) && others.any(|(_, other)| is_recipient(other))
            })
    }
}

impl Condition {
    fn holds(&self, event: &Event, seen: &Seen<'_>) -> bool {
        let sides = Sides::of(event);
        let is_listed = |name: &str| self.values.iter().any(|value| value == name);
        let found = match self.tested {
            Tested::Context => event.context_names().into_iter().any(is_listed),
            Tested::Source => sides.source.iter().any(|party| self.is_of(party)),
            Tested::Recipient => sides.recipient.iter().any(|party| self.is_of(party)),
            Tested::Words => seen.tell(&self.words),
            Tested::Status => is_listed(event.status.as_str()),
        };
        found != self.absent
    }

    /// Whether a party is of one of the sectors or countries, or, for `state`, the state itself.
    fn is_of(&self, party: &Participant) -> bool {
        let country = party.country.as_ref().map(chancery_core::CountryCode::as_str);
        let is_state = country == Some(party.id.as_str());
        self.values.is_empty()
            || self.values.iter().any(|value| match value.as_str() {
                "state" => is_state,
                code => country == Some(code) || party.sector.is_some_and(|sector| sector.as_str() == code),
            })
    }

    /// Whether it holds wherever another does.
    fn follows_from(&self, other: &Self) -> bool {
        let within = |few: &[String], many: &[String]| {
            few.iter().all(|value| many.iter().any(|known| is_within(value, known)))
        };
        if self.tested != other.tested || self.absent != other.absent {
            return false;
        }
        // `words=gas|!tear_gas` leaves something to `words=gas`.
        if self.values.iter().chain(&other.values).any(|value| value.starts_with('!')) {
            return self.values == other.values;
        }
        let (wider, narrower) =
            if self.absent { (&other.values, &self.values) } else { (&self.values, &other.values) };
        // Anybody at all is wider than anybody of a sector.
        wider.is_empty() || !narrower.is_empty() && within(narrower, wider)
    }
}

impl std::fmt::Display for Condition {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let not = if self.absent { "!" } else { "" };
        write!(out, "{not}{}", self.tested.as_str())?;
        if self.values.is_empty() { Ok(()) } else { write!(out, "={}", self.values.join("|")) }
    }
}

/// Whether whatever a word stands for, another does too: `trawler` of `trawl*`.
fn is_within(word: &str, of: &str) -> bool {
    word == of || of.strip_suffix('*').is_some_and(|stem| word.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use chancery_core::{
        Certainty, Confidences, CountryCode, Polarity, Refinement, Sector, Status, Text, TimeFrame,
    };

    use super::*;
    use crate::ontology_reader::read_ontology;

    fn party(code: &str, sector: Option<Sector>) -> Participant {
        let country = CountryCode::new(code);
        let id = if sector.is_some() { format!("group:{code}") } else { code.to_owned() };
        Participant { id, name: code.to_owned(), country, sector, span: None }
    }

    fn event(modes: &[&str], source: &[Participant], recipient: &[Participant], status: Status) -> Event {
        let span = Text::new("x").span(0, 1).expect("a letter");
        Event {
            id: String::new(),
            kind: EventType::Consult,
            modes: modes
                .iter()
                .filter_map(|mode| chancery_core::Mode::new(EventType::Consult, mode))
                .collect(),
            contexts: Vec::new(),
            own: Refinement::default(),
            source: source.to_vec(),
            recipient: recipient.to_vec(),
            date: None,
            place: None,
            quantities: Vec::new(),
            polarity: Polarity::Yes,
            certainty: Certainty::Certain,
            frame: TimeFrame::PastOrPresent,
            status,
            attribution: String::new(),
            says: Vec::new(),
            background: false,
            evidence: span,
            predicate: span,
            sentence: 0,
            rule: String::new(),
            confidence: 0.0,
            confidences: Confidences::default(),
            why: Vec::new(),
        }
    }

    fn fits(rule: &Rule, event: &Event) -> bool {
        rule.missing(event, &Seen { keys: &[], classes: &WordClasses::default(), clause: 0..0 }).is_none()
    }

    fn rule(text: &str) -> Rule {
        let ontology = read_ontology(&format!("TALKS under CONSULT\nTALKS is CONSULT {text}\n"));
        assert_eq!(ontology.errors, [], "{text}");
        ontology.rules.into_iter().next().expect("a rule")
    }

    #[test]
    fn where_everybody_is_source_two_must_be_told_of() {
        let (state, rebels) = (party("NOR", None), party("SDN", Some(Sector::Rebel)));
        let talks = rule("+ source=state + recipient=REB");
        let met = |who: &[Participant]| event(&[], who, &[], Status::Asserted);
        assert!(fits(&talks, &met(&[state.clone(), rebels.clone()])));
        assert!(fits(&talks, &met(&[rebels.clone(), state.clone()])));
        assert!(!fits(&talks, &met(&[state.clone(), party("SWE", None)])));
        let among_states = rule("+ source=state + recipient=state");
        assert!(!fits(&among_states, &met(&[state.clone(), rebels.clone()])), "one state is not two");
        assert!(!fits(&rule("+ !recipient=REB"), &met(&[state.clone(), rebels.clone()])));
        assert!(fits(&rule("+ source=NOR"), &event(&[], &[state], &[rebels], Status::Asserted)));
        assert!(!fits(&rule("+ recipient"), &met(&[party("NOR", None)])));
    }

    /// Holds the promise of `NeverApplies` against every event of a small world.
    #[test]
    fn a_rule_that_is_taken_fits_nothing_that_those_before_it_leave() {
        let modes = ["", "visit", "visit|phone"];
        let sources = ["", "+ source", "+ source=GOV", "+ source=GOV|MIL", "+ !source=MIL", "+ !source"];
        let rest =
            ["", "+ recipient=REB", "+ !recipient=REB|GOV", "+ status=asserted", "+ status=asserted|denied"];
        let all = modes.iter().flat_map(|mode| sources.iter().map(move |source| format!("{mode} {source}")));
        let rules: Vec<Rule> =
            all.flat_map(|start| rest.iter().map(move |rest| rule(&format!("{start} {rest}")))).collect();
        let sides = [
            vec![],
            vec![party("NOR", Some(Sector::Government))],
            vec![party("NOR", Some(Sector::Military)), party("SDN", Some(Sector::Rebel))],
        ];
        let told = [&[][..], &["visit"], &["phone"], &["visit", "phone"]].into_iter().flat_map(|modes| {
            let sides = &sides;
            sides.iter().flat_map(move |source| {
                sides.iter().flat_map(move |recipient| {
                    [Status::Asserted, Status::Denied, Status::Planned]
                        .map(|status| event(modes, source, recipient, status))
                })
            })
        });
        let told: Vec<Event> = told.collect();
        let fitting: Vec<Vec<bool>> =
            rules.iter().map(|rule| told.iter().map(|event| fits(rule, event)).collect()).collect();
        let mut taken = 0;
        for (before, takes) in rules.iter().zip(&fitting) {
            for (rule, wanted) in rules.iter().zip(&fitting) {
                if rule.taken_by(std::slice::from_ref(before)).is_some() {
                    taken += 1;
                    let left = wanted.iter().zip(takes).any(|(wanted, taken)| *wanted && !taken);
                    assert!(!left, "`{}` leaves something for `{}`", before.text, rule.text);
                }
            }
        }
        assert!(taken > rules.len(), "each takes at least itself: {taken}");
    }

    #[test]
    fn rules_that_share_out_the_modes_take_all_between_them() {
        let text = "TALKS under CONSULT\nTALKS is CONSULT visit\nTALKS is CONSULT phone\nTALKS is CONSULT phone|visit\n";
        let messages: Vec<String> = read_ontology(text).errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "ontology.txt:4: the rule never applies: line 3 takes all that it would; put it before that line or take it away"
            ]
        );
    }
}
