use chancery_core::Actor;
use serde::Serialize;
use serde_json::value::RawValue;

use super::happening::DossierHappening;
use super::{Dossier, Side};
use crate::json::{actor_json, event_json, line, position_json, statement_json};

#[derive(Serialize)]
struct DossierJson {
    actors: Vec<SideJson>,
    timeline: Vec<HappeningJson>,
    not_asserted: Vec<HappeningJson>,
    statements: Vec<Box<RawValue>>,
    position_changes: Vec<Box<RawValue>>,
    third_parties: Vec<ThirdJson>,
    documents: Vec<DocumentJson>,
}

#[derive(Serialize)]
struct SideJson {
    actor: Actor,
    persons: Vec<Box<RawValue>>,
    others: Vec<Box<RawValue>>,
}

#[derive(Serialize)]
struct ThirdJson {
    name: String,
    happenings: Vec<HappeningJson>,
}

#[derive(Serialize)]
struct HappeningJson {
    happening: String,
    reports: Vec<Box<RawValue>>,
}

#[derive(Serialize)]
struct DocumentJson {
    doc: String,
    title: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    language: Option<String>,
    published: Option<String>,
    published_inferred: Option<String>,
    events: usize,
    statements: usize,
}

impl Dossier {
    /// The dossier as one JSON object; events, statements and positions in the form of `read --json`.
    pub fn json(&self) -> String {
        let name = |document: i64| {
            self.documents.iter().find(|head| head.id == document).map_or("", |head| head.name.as_str())
        };
        let happening = |happening: &DossierHappening| HappeningJson {
            happening: happening.id.clone(),
            reports: happening
                .reports
                .iter()
                .map(|report| raw(event_json(report, name(report.document))))
                .collect(),
        };
        let side = |side: &Side| SideJson {
            actor: side.actor.clone(),
            persons: side.persons.iter().map(|person| raw(actor_json(person))).collect(),
            others: side.others.iter().map(|other| raw(actor_json(other))).collect(),
        };
        let dossier = DossierJson {
            actors: self.sides.iter().map(side).collect(),
            timeline: self.timeline.iter().map(happening).collect(),
            not_asserted: self.apart.iter().map(happening).collect(),
            statements: self.statements.iter().map(|s| raw(statement_json(s, name(s.document)))).collect(),
            position_changes: self
                .positions
                .iter()
                .map(|p| raw(position_json(p, name(p.document))))
                .collect(),
            third_parties: self
                .third_parties
                .iter()
                .map(|(name, all)| ThirdJson {
                    name: name.clone(),
                    happenings: all.iter().map(happening).collect(),
                })
                .collect(),
            documents: self
                .documents
                .iter()
                .map(|head| DocumentJson {
                    doc: head.name.clone(),
                    title: head.metadata.title.clone(),
                    publisher: head.metadata.publisher.clone(),
                    url: head.metadata.url.clone(),
                    language: head.metadata.language.clone(),
                    published: head.metadata.published.map(|day| day.to_string()),
                    published_inferred: head.published_inferred.as_ref().map(|date| date.range.to_string()),
                    events: head.events,
                    statements: head.statements,
                })
                .collect(),
        };
        line(&dossier)
    }
}

fn raw(json: String) -> Box<RawValue> {
    RawValue::from_string(json).expect("it was written as JSON a moment ago")
}
