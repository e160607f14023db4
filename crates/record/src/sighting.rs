use std::collections::{BTreeMap, BTreeSet};

use chancery_core::{CountryCode, DateRange, EventType, Participant, Span, Upos};
use serde::{Deserialize, Serialize};

use crate::Reading;

/// What the judgement on happenings looks at: one report of one event.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// The event's own id.
    pub id: String,
    /// Tells documents apart; the same for all events of one.
    pub document: String,
    pub kind: EventType,
    pub modes: BTreeSet<String>,
    pub source: Side,
    pub recipient: Side,
    pub range: Option<DateRange>,
    /// When the document was published, as far as it is known.
    pub published: Option<DateRange>,
    pub place: Option<(String, Option<u32>, Option<CountryCode>)>,
    pub clues: Clues,
}

/// Ids and countries of the participants on one side.
pub(crate) type Side = Vec<(String, Option<CountryCode>)>;

/// What the evidence of an event says beside its values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clues {
    pub language: Option<String>,
    pub sentence: usize,
    /// Lemmas of the words that carry the event.
    pub predicate: BTreeSet<String>,
    /// Lemmas of the other content words of the evidence.
    pub words: BTreeSet<String>,
    /// Ids of actors that the evidence names beside the participants: a weapon, a project, a third state.
    pub themes: BTreeSet<String>,
}

/// Returns what the judgement on happenings looks at, an entry an event of the reading.
pub fn sightings(reading: &Reading) -> Vec<Sighting> {
    let document = format!("{:x}", crate::documents::identity(&reading.document));
    let published = match reading.document.metadata.published {
        Some(day) => Some(DateRange::day(day)),
        None => reading.mentions.reference.as_ref().map(|date| date.range),
    };
    let clues = clues(reading);
    let events = reading.reports.events.iter().zip(clues);
    let parties = |side: &[Participant]| side.iter().map(|p| (p.id.clone(), p.country)).collect();
    events
        .map(|(event, clues)| Sighting {
            id: event.id.clone(),
            document: document.clone(),
            kind: event.kind,
            modes: event.modes.iter().map(|mode| mode.as_str().to_owned()).collect(),
            source: parties(&event.source),
            recipient: parties(&event.recipient),
            range: event.date.as_ref().map(|date| date.range),
            published,
            place: event.place.as_ref().map(|place| (place.name.clone(), place.geonameid, place.country)),
            clues,
        })
        .collect()
}

/// Returns the clues of each event of a reading.
pub(crate) fn clues(reading: &Reading) -> Vec<Clues> {
    // Sorted by start, as the mentions are, so that each event looks only at what it covers.
    let mentions = &reading.mentions.mentions;
    let widest = mentions.iter().map(|mention| mention.span.len()).max().unwrap_or(0);
    let inside = |span: Span| {
        let from = mentions.partition_point(|m| m.span.start() + widest < span.start());
        mentions
            .iter()
            .skip(from)
            .take_while(move |m| m.span.start() < span.end())
            .filter(move |m| span.contains(m.span))
    };
    let mut cache: BTreeMap<(Span, Span), (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    let events = reading.reports.events.iter();
    events
        .map(|event| {
            let (predicate, words) = cache
                .entry((event.evidence, event.predicate))
                .or_insert_with(|| {
                    let names: Vec<Span> = inside(event.evidence).map(|mention| mention.span).collect();
                    lemmas(reading, event.evidence, event.predicate, &names)
                })
                .clone();
            let participants: BTreeSet<&str> =
                event.source.iter().chain(&event.recipient).map(|p| p.id.as_str()).collect();
            let themes = inside(event.evidence)
                .flat_map(|mention| &mention.actors)
                .filter_map(|&index| reading.mentions.actors.get(index))
                .filter(|actor| !participants.contains(actor.id.as_str()))
                .map(|actor| actor.id.clone())
                .collect();
            Clues {
                language: reading.document.metadata.language.clone(),
                sentence: event.sentence,
                predicate,
                words,
                themes,
            }
        })
        .collect()
}

fn lemmas(
    reading: &Reading,
    evidence: Span,
    predicate: Span,
    names: &[Span],
) -> (BTreeSet<String>, BTreeSet<String>) {
    let sentences = &reading.analysis.sentences;
    let first = sentences.partition_point(|sentence| sentence.span.end() <= evidence.start());
    let covered = sentences.iter().skip(first).take_while(|sentence| sentence.span.start() < evidence.end());
    let mut of_predicate = BTreeSet::new();
    let mut of_evidence = BTreeSet::new();
    for word in
        covered.flat_map(|sentence| sentence.words.get(sentence.words_in(evidence)).unwrap_or_default())
    {
        let is_content =
            matches!(word.upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Propn | Upos::Num);
        if !is_content {
            continue;
        }
        let lemma = word.lemma.to_lowercase();
        if predicate.overlaps(word.span) {
            of_predicate.insert(lemma);
        } else if !names.iter().any(|name| name.overlaps(word.span)) {
            of_evidence.insert(lemma);
        }
    }
    (of_predicate, of_evidence)
}
