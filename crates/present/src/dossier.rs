//! What the record holds about two actors.

mod happening;
mod html;
mod json;
mod markdown;
mod quote;
mod source;

use std::collections::{BTreeMap, BTreeSet};

use chancery_core::{Actor, ActorKind, CountryCode, Document, EventType, Participant};
use chancery_record::{
    DocumentHead, Filter, Party, Record, RecordError, RecordedActor, RecordedEvent, RecordedPosition,
    RecordedStatement,
};

use happening::DossierHappening;

/// What the record holds about two actors, gathered and sorted into the sections of the page.
#[derive(Debug)]
pub struct Dossier {
    pub(crate) sides: [Side; 2],
    /// What took place between the two, by date: what at least one report asserts.
    pub(crate) timeline: Vec<DossierHappening>,
    /// What is only alleged, denied, planned, possible or conditional, by date.
    pub(crate) apart: Vec<DossierHappening>,
    /// What either says to or about the other.
    pub(crate) statements: Vec<RecordedStatement>,
    pub(crate) positions: Vec<RecordedPosition>,
    /// What either does with others, by the other's name.
    pub(crate) third_parties: Vec<(String, Vec<DossierHappening>)>,
    /// The documents that the page rests on, in the order of their numbers.
    pub(crate) documents: Vec<DocumentHead>,
    /// Their texts, in the same order.
    pub(crate) texts: Vec<Document>,
    /// Whether the record holds documents at all.
    pub(crate) record_is_empty: bool,
}

/// One of the two actors, and who stands for it.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) actor: Actor,
    /// Persons of the side in the documents of the dossier, most mentioned first.
    pub(crate) persons: Vec<RecordedActor>,
    /// Organisations, armed forces, weapons and other things of the side.
    pub(crate) others: Vec<RecordedActor>,
}

impl Dossier {
    /// Gathers what the record holds about two actors.
    pub fn gather(record: &Record, sides: [(Actor, Party); 2]) -> Result<Self, RecordError> {
        let parties = [sides[0].1.clone(), sides[1].1.clone()];
        let everybody = record.actors(None)?;
        let countries: BTreeMap<&str, Option<CountryCode>> =
            everybody.iter().map(|known| (known.actor.id.as_str(), known.actor.country)).collect();

        let mut groups: BTreeMap<String, Vec<RecordedEvent>> = BTreeMap::new();
        for event in record.events_with(&parties)? {
            let key =
                event.happening.clone().unwrap_or_else(|| format!("{}#{}", event.document, event.event.id));
            groups.entry(key).or_default().push(event);
        }
        let mut timeline = Vec::new();
        let mut apart = Vec::new();
        let mut third: BTreeMap<String, Vec<DossierHappening>> = BTreeMap::new();
        for (id, reports) in groups {
            let between = reports.iter().any(|report| is_between(report, &parties, &countries));
            let happening = DossierHappening::new(id, reports);
            if between {
                if happening.took_place() { &mut timeline } else { &mut apart }.push(happening);
            } else if let Some(name) = third_party(&happening, &parties) {
                third.entry(name).or_default().push(happening);
            }
        }
        timeline.sort_by_key(DossierHappening::order);
        apart.sort_by_key(DossierHappening::order);
        let mut third_parties: Vec<_> = third.into_iter().collect();
        for (_, happenings) in &mut third_parties {
            happenings.sort_by_key(DossierHappening::order);
        }

        let mut statements = statements(record, &parties)?;
        let mut positions = Vec::new();
        for party in &parties {
            positions.extend(record.positions(&Filter { source: Some(party.clone()), ..Filter::default() })?);
        }
        positions.sort_by_key(|position| (position.document, position.change.evidence));
        positions.dedup_by_key(|position| (position.document, position.change.evidence));

        let mut numbers: BTreeSet<i64> = BTreeSet::new();
        let happenings = timeline.iter().chain(&apart).chain(third_parties.iter().flat_map(|(_, all)| all));
        numbers.extend(happenings.flat_map(|happening| &happening.reports).map(|report| report.document));
        numbers.extend(statements.iter().map(|statement| statement.document));
        numbers.extend(positions.iter().map(|position| position.document));
        let mut documents: Vec<_> =
            record.documents()?.into_iter().filter(|head| numbers.contains(&head.id)).collect();
        documents.sort_by_key(|head| (day_of(head), head.id));
        let place_of = |document: i64| documents.iter().position(|head| head.id == document);
        statements.sort_by_key(|said| (place_of(said.document), said.statement.content));
        positions.sort_by_key(|position| (place_of(position.document), position.change.evidence));
        let mut texts = Vec::new();
        for head in &documents {
            texts.extend(record.document(head.id)?);
        }

        let sides = sides.map(|(actor, party)| side(actor, &party, &everybody, &numbers));
        Ok(Self {
            sides,
            timeline,
            apart,
            statements,
            positions,
            third_parties,
            documents,
            texts,
            record_is_empty: record.is_empty()?,
        })
    }

    /// Number of a document on the page, from 1; 0 where it is not listed.
    pub(crate) fn number_of(&self, document: i64) -> usize {
        self.documents.iter().position(|head| head.id == document).map_or(0, |index| index + 1)
    }

    /// Number of a happening on the page: the timeline's first, then those kept apart, then third parties'.
    pub(crate) fn numbered(&self) -> Vec<(usize, &DossierHappening)> {
        let third = self.third_parties.iter().flat_map(|(_, all)| all);
        self.timeline.iter().chain(&self.apart).chain(third).enumerate().map(|(i, h)| (i + 1, h)).collect()
    }

    /// Happenings of the timeline of some types, each with its number.
    pub(crate) fn of_types(&self, types: &[EventType]) -> Vec<(usize, &DossierHappening)> {
        let all = self.timeline.iter().enumerate().map(|(index, happening)| (index + 1, happening));
        all.filter(|(_, happening)| types.contains(&happening.lead().event.kind)).collect()
    }

    pub(crate) fn language_of(&self, document: i64) -> &str {
        let head = self.documents.iter().find(|head| head.id == document);
        head.and_then(|head| head.metadata.language.as_deref()).unwrap_or("")
    }

    /// How many statements of the dossier an actor made.
    pub(crate) fn statements_of(&self, actor: &str) -> usize {
        let speaks = |s: &&RecordedStatement| s.statement.speaker.iter().any(|speaker| speaker.id == actor);
        self.statements.iter().filter(speaks).count()
    }

    /// The title of the page.
    pub(crate) fn title(&self) -> String {
        format!("{} and {}", self.sides[0].actor.name, self.sides[1].actor.name)
    }
}

/// The day that a document stands at on the page.
fn day_of(head: &DocumentHead) -> Option<chancery_core::Date> {
    let inferred = head.published_inferred.as_ref().or(head.reference.as_ref());
    head.metadata.published.or(inferred.and_then(|date| date.range.from.or(date.range.to)))
}

/// Whether both take part in an event, or one does and its evidence names the other.
fn is_between(
    report: &RecordedEvent,
    parties: &[Party; 2],
    countries: &BTreeMap<&str, Option<CountryCode>>,
) -> bool {
    let event = &report.event;
    let takes_part = |party: &Party| party.covers_any(&event.source) || party.covers_any(&event.recipient);
    let is_named = |party: &Party| {
        report.themes.iter().any(|id| party.covers(id, countries.get(id.as_str()).copied().flatten()))
    };
    let [one, other] = parties;
    let opposite_side_is_open = event.source.is_empty() || event.recipient.is_empty();
    match (takes_part(one), takes_part(other)) {
        (true, true) => true,
        // Iran denies to have supplied Russia: Russia is no party to the denial, but it is about the two.
        (true, false) => opposite_side_is_open && is_named(other),
        (false, true) => opposite_side_is_open && is_named(one),
        (false, false) => false,
    }
}

/// Name of the party of a happening that is neither of the two: rather one that they deal with than one that
/// stands on their side.
fn third_party(happening: &DossierHappening, parties: &[Party; 2]) -> Option<String> {
    let event = &happening.lead().event;
    let is_third = |p: &&Participant| !parties.iter().any(|party| party.covers(&p.id, p.country));
    let (near, far) = if event.source.iter().all(|p| is_third(&p)) {
        (&event.recipient, &event.source)
    } else {
        (&event.source, &event.recipient)
    };
    far.iter().chain(near).find(is_third).map(|participant| participant.name.clone())
}

/// What either says to the other, or about it.
fn statements(record: &Record, parties: &[Party; 2]) -> Result<Vec<RecordedStatement>, RecordError> {
    let mut found = Vec::new();
    for (speaker, other) in [(&parties[0], &parties[1]), (&parties[1], &parties[0])] {
        let said = record.statements(&Filter { source: Some(speaker.clone()), ..Filter::default() })?;
        for statement in said {
            let to_other = other.covers_any(&statement.statement.addressee);
            if to_other || record.names(statement.document, statement.statement.content, other)? {
                found.push(statement);
            }
        }
    }
    found.sort_by_key(|statement| (statement.document, statement.statement.content));
    found.dedup_by_key(|statement| (statement.document, statement.statement.content));
    Ok(found)
}

fn side(actor: Actor, party: &Party, everybody: &[RecordedActor], documents: &BTreeSet<i64>) -> Side {
    let of_side = |known: &&RecordedActor| {
        known.actor.id != actor.id && party.covers(&known.actor.id, known.actor.country)
    };
    let (mut persons, others): (Vec<_>, Vec<_>) =
        everybody.iter().filter(of_side).cloned().partition(|known| known.actor.kind == ActorKind::Person);
    for person in &mut persons {
        person.offices.retain(|office| documents.contains(&office.document));
    }
    Side { actor, persons, others }
}
