use std::collections::{HashMap, VecDeque};

use chancery_core::{Actor, ActorKind, CountryCode};

/// What the text has spoken of lately; what pronouns and phrases look back into.
#[derive(Default)]
pub(super) struct Focus {
    recent: VecDeque<Glance>,
    counts: HashMap<usize, usize>,
}

/// Whose clause a subject is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// A clause below another, or none.
    Below,
    Main,
    /// Told in between: `“…,” said Marsh`.
    Inserted,
}

/// One mention as the look back sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glance {
    pub(super) actor: usize,
    pub(super) sentence: usize,
    pub(super) head: usize,
    pub(super) subject: bool,
    /// How near to the top of its sentence the clause stands whose subject it is.
    pub(super) standing: Standing,
    pub(super) modifier: bool,
    pub(super) place: bool,
}

/// How many mentions are looked back over: a bound that keeps long documents linear.
const WINDOW: usize = 80;

impl Focus {
    pub(super) fn push(&mut self, glance: Glance) {
        *self.counts.entry(glance.actor).or_default() += 1;
        self.recent.push_back(glance);
        if self.recent.len() > WINDOW {
            self.recent.pop_front();
        }
    }

    pub(super) fn count(&self, actor: usize) -> usize {
        self.counts.get(&actor).copied().unwrap_or_default()
    }

    /// The mentions of the last `back` sentences before a word, latest first.
    pub(super) fn before(&self, sentence: usize, word: usize, back: usize) -> impl Iterator<Item = &Glance> {
        self.recent
            .iter()
            .rev()
            .filter(move |glance| {
                glance.sentence < sentence || glance.sentence == sentence && glance.head < word
            })
            .take_while(move |glance| glance.sentence + back >= sentence)
    }

    /// The distinct actors of the last sentences that pass a test, latest first.
    pub(super) fn distinct(
        &self,
        sentence: usize,
        word: usize,
        back: usize,
        mut fits: impl FnMut(usize) -> bool,
    ) -> Vec<usize> {
        let mut actors = Vec::new();
        for glance in self.before(sentence, word, back) {
            if !actors.contains(&glance.actor) && fits(glance.actor) {
                actors.push(glance.actor);
            }
        }
        actors
    }
}

/// Whether an actor is a body of many that a text may call `it`.
pub(super) fn is_body(actor: &Actor) -> bool {
    !matches!(actor.kind, ActorKind::Person | ActorKind::Population | ActorKind::Weapon | ActorKind::Place)
}

/// Whether an actor is a state.
pub(super) fn is_state(actor: &Actor) -> bool {
    actor.kind == ActorKind::State
}

/// Whether an actor is of many people that a text calls `they`.
pub(super) fn is_many(actor: &Actor) -> bool {
    matches!(actor.kind, ActorKind::Population | ActorKind::Group | ActorKind::ArmedGroup)
}

/// Whether an actor belongs to a country.
pub(super) fn is_of(actor: &Actor, country: CountryCode) -> bool {
    actor.country == Some(country)
}
