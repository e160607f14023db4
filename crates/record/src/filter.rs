use chancery_core::{CountryCode, Date, EventType, Participant, Status};

/// Whom a question is about: everybody of a country, or one actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    Country(CountryCode),
    Actor(String),
}

impl Party {
    /// Whether an actor of that id and country is meant.
    pub fn covers(&self, id: &str, country: Option<CountryCode>) -> bool {
        match self {
            Self::Country(code) => country == Some(*code) || id == code.as_str(),
            Self::Actor(actor) => id == actor,
        }
    }

    pub fn covers_any(&self, participants: &[Participant]) -> bool {
        participants.iter().any(|participant| self.covers(&participant.id, participant.country))
    }
}

/// Which events, statements or positions are asked for; an empty field asks for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub source: Option<Party>,
    pub recipient: Option<Party>,
    /// Types of PLOVER's, with all that refine them.
    pub kinds: Vec<EventType>,
    /// Types of the user's own, beside those.
    pub own_kinds: Vec<String>,
    pub statuses: Vec<Status>,
    /// How sure an event has to be, from 0 to 1.
    pub least_sure: Option<f32>,
    /// The first day of interest.
    pub since: Option<Date>,
    /// The last day of interest.
    pub until: Option<Date>,
}
