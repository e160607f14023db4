use chancery_core::{
    Actor, BlockKind, Document, Event, EventPlace, Metadata, Mode, Notice, Participant, PositionChange,
    Quantity, ResolvedBy, ResolvedDate, Say, Span, Statement, Status, Text, TimeKind,
};
use chancery_record::{Judged, Reading, RecordedActor, RecordedEvent, RecordedPosition, RecordedStatement};
use serde::Serialize;

/// Returns what was read in one document as one JSON object, in the form of `read --json`.
///
/// `judged` holds the happenings of its events and the clusters of its occurrences; empty where they were not
/// judged.
pub fn document_json(reading: &Reading, judged: &Judged) -> String {
    let text = &reading.document.text;
    let quantity = |index: &usize| reading.mentions.quantities.get(*index);
    let events: Vec<_> = reading
        .reports
        .events
        .iter()
        .enumerate()
        .map(|(index, event)| EventJson {
            quantities: event
                .quantities
                .iter()
                .filter_map(quantity)
                .map(|q| QuantityJson::new(text, q))
                .collect(),
            ..EventJson::new(
                event,
                text.slice(event.evidence),
                judged.happenings.get(index).map(String::as_str),
            )
        })
        .collect();
    let document = DocumentJson {
        doc: &reading.document.name,
        text: text.as_str(),
        metadata: MetadataJson::new(&reading.document.metadata, reading.mentions.published_inferred.as_ref()),
        body: reading.document.body(),
        boilerplate_lines: furniture(&reading.document),
        captions: captions(&reading.document),
        actors: actors(reading),
        times: times(reading),
        places: places(reading),
        events,
        predicates: reading
            .reports
            .predicates
            .iter()
            .enumerate()
            .map(|(index, predicate)| PredicateJson {
                text: text.slice(predicate.span),
                span: predicate.span,
                status: predicate.status,
                cluster: judged.occurrences.get(index).and_then(Option::as_deref),
            })
            .collect(),
        statements: reading
            .reports
            .statements
            .iter()
            .map(|statement| {
                let parts = statement.parts(text);
                StatementJson { parts, ..StatementJson::new(statement, text.slice(statement.content)) }
            })
            .collect(),
        position_changes: reading
            .reports
            .position_changes
            .iter()
            .map(|change| PositionJson::new(change, text.slice(change.evidence)))
            .collect(),
        notices: &reading.reports.notices,
    };
    line(&document)
}

/// Returns an event of the record in the form of `read --json`, with the name of its document.
pub fn event_json(recorded: &RecordedEvent, document: &str) -> String {
    let quantities = recorded.quantities.iter().map(|quantity| QuantityJson {
        text: &quantity.words,
        span: quantity.span,
        value: quantity.value,
        upper: None,
        approximation: None,
        unit: &quantity.unit,
    });
    line(&OfDocument {
        doc: document,
        value: EventJson {
            quantities: quantities.collect(),
            ..EventJson::new(&recorded.event, &recorded.evidence, recorded.happening.as_deref())
        },
    })
}

/// Returns a statement of the record in the form of `read --json`, with the name of its document.
pub fn statement_json(recorded: &RecordedStatement, document: &str) -> String {
    line(&OfDocument { doc: document, value: StatementJson::new(&recorded.statement, &recorded.content) })
}

/// Returns a change of position in the form of `read --json`, with the name of its document.
pub fn position_json(recorded: &RecordedPosition, document: &str) -> String {
    line(&OfDocument { doc: document, value: PositionJson::new(&recorded.change, &recorded.evidence) })
}

/// Returns an actor of the record, with the offices it held and the words that stand for it.
pub fn actor_json(recorded: &RecordedActor) -> String {
    let offices = recorded.offices.iter();
    line(&RecordedActorJson {
        actor: &recorded.actor,
        offices: offices
            .map(|office| OfficeJson { role: &office.role, day: office.day.map(|day| day.to_string()) })
            .collect(),
        documents: recorded.documents,
        mentions: recorded.mentions,
        called: &recorded.names,
    })
}

pub(crate) fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("every key is a string and no value fails to serialise")
}

#[derive(Serialize)]
struct OfDocument<'a, T> {
    doc: &'a str,
    #[serde(flatten)]
    value: T,
}

#[derive(Serialize)]
struct DocumentJson<'a> {
    doc: &'a str,
    text: &'a str,
    metadata: MetadataJson<'a>,
    body: String,
    boilerplate_lines: Vec<LineJson<'a>>,
    captions: Vec<QuoteJson<'a>>,
    actors: Vec<ActorJson<'a>>,
    times: Vec<TimeJson<'a>>,
    places: Vec<PlaceJson<'a>>,
    events: Vec<EventJson<'a>>,
    predicates: Vec<PredicateJson<'a>>,
    statements: Vec<StatementJson<'a>>,
    position_changes: Vec<PositionJson<'a>>,
    notices: &'a [Notice],
}

#[derive(Serialize)]
struct MetadataJson<'a> {
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    author: Option<AuthorJson<'a>>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    published: Option<String>,
    published_inferred: Option<String>,
    published_how: Option<&'a str>,
}

/// One author as text, several as a list.
#[derive(Serialize)]
#[serde(untagged)]
enum AuthorJson<'a> {
    One(&'a str),
    Several(&'a [String]),
}

impl<'a> MetadataJson<'a> {
    fn new(metadata: &'a Metadata, inferred: Option<&'a ResolvedDate>) -> Self {
        let inferred = inferred.filter(|_| metadata.published.is_none());
        Self {
            title: metadata.title.as_deref(),
            publisher: metadata.publisher.as_deref(),
            author: match metadata.authors.as_slice() {
                [] => None,
                [one] => Some(AuthorJson::One(one)),
                several => Some(AuthorJson::Several(several)),
            },
            url: metadata.url.as_deref(),
            language: metadata.language.as_deref(),
            published: metadata.published.map(|day| day.to_string()),
            published_inferred: inferred
                .map(|date| date.range.value().unwrap_or_else(|| date.range.to_string())),
            published_how: metadata.published_how.as_deref().or(inferred.map(|date| date.how.as_str())),
        }
    }
}

#[derive(Serialize)]
struct LineJson<'a> {
    text: &'a str,
    span: Span,
    kind: BlockKind,
}

#[derive(Serialize)]
struct QuoteJson<'a> {
    text: &'a str,
    span: Span,
}

/// The lines of furniture: a block of several lines gives several.
fn furniture(document: &Document) -> Vec<LineJson<'_>> {
    let blocks = document.blocks.iter().filter(|block| !block.kind.is_news());
    blocks
        .flat_map(|block| {
            lines(&document.text, block.span).into_iter().map(|span| LineJson {
                text: document.text.slice(span),
                span,
                kind: block.kind,
            })
        })
        .collect()
}

/// Spans of the lines of a stretch of text that are not empty, without white space around them.
fn lines(text: &Text, stretch: Span) -> Vec<Span> {
    let mut at = stretch.start();
    let mut spans = Vec::new();
    for line in text.slice(stretch).split('\n') {
        if let Some(span) = text.span(at, at + line.len()).map(|span| text.trim(span))
            && !span.is_empty()
        {
            spans.push(span);
        }
        at += line.len() + 1;
    }
    spans
}

fn captions(document: &Document) -> Vec<QuoteJson<'_>> {
    let blocks = document.blocks.iter().filter(|block| block.kind == BlockKind::Caption);
    blocks.map(|block| QuoteJson { text: document.text.slice(block.span), span: block.span }).collect()
}

#[derive(Serialize)]
struct ActorJson<'a> {
    #[serde(flatten)]
    actor: &'a Actor,
    mentions: Vec<MentionJson<'a>>,
}

#[derive(Serialize)]
struct RecordedActorJson<'a> {
    #[serde(flatten)]
    actor: &'a Actor,
    offices: Vec<OfficeJson<'a>>,
    documents: usize,
    mentions: usize,
    called: &'a [String],
}

#[derive(Serialize)]
struct OfficeJson<'a> {
    role: &'a str,
    day: Option<String>,
}

#[derive(Serialize)]
struct MentionJson<'a> {
    text: &'a str,
    span: Span,
    by: ResolvedBy,
}

fn actors(reading: &Reading) -> Vec<ActorJson<'_>> {
    let mut actors: Vec<_> =
        reading.mentions.actors.iter().map(|actor| ActorJson { actor, mentions: Vec::new() }).collect();
    for mention in &reading.mentions.mentions {
        for &index in &mention.actors {
            let Some(actor) = actors.get_mut(index) else { continue };
            let text = reading.document.text.slice(mention.span);
            actor.mentions.push(MentionJson { text, span: mention.span, by: mention.by });
        }
    }
    actors
}

#[derive(Serialize)]
struct TimeJson<'a> {
    text: &'a str,
    span: Span,
    #[serde(rename = "type")]
    kind: TimeKind,
    value: &'a str,
    from: Option<String>,
    to: Option<String>,
}

fn times(reading: &Reading) -> Vec<TimeJson<'_>> {
    let times = reading.mentions.times.iter();
    times
        .map(|time| TimeJson {
            text: reading.document.text.slice(time.span),
            span: time.span,
            kind: time.kind,
            value: &time.value,
            from: time.range.and_then(|range| range.from).map(|day| day.to_string()),
            to: time.range.and_then(|range| range.to).map(|day| day.to_string()),
        })
        .collect()
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    text: &'a str,
    span: Span,
    geonameid: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
    country: Option<chancery_core::CountryCode>,
    /// The first-level region: its code by `GeoNames` and its name.
    admin1: Option<RegionJson<'a>>,
    /// `place` where the name says where; else it stands for who lives or rules there.
    sense: chancery_core::Sense,
}

#[derive(Serialize)]
struct RegionJson<'a> {
    code: &'a str,
    name: &'a str,
}

fn places(reading: &Reading) -> Vec<PlaceJson<'_>> {
    let places = reading.mentions.places.iter();
    places
        .map(|place| PlaceJson {
            text: reading.document.text.slice(place.span),
            span: place.span,
            geonameid: place.geonameid,
            lat: place.latitude,
            lon: place.longitude,
            country: place.country,
            admin1: place.region.as_ref().map(|region| RegionJson { code: &region.code, name: &region.name }),
            sense: place.sense,
        })
        .collect()
}

#[derive(Serialize)]
struct QuantityJson<'a> {
    text: &'a str,
    span: Option<Span>,
    value: f64,
    /// Where the text gives a range, its upper end.
    #[serde(skip_serializing_if = "Option::is_none")]
    upper: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approximation: Option<chancery_core::Approximation>,
    unit: &'a str,
}

impl<'a> QuantityJson<'a> {
    fn new(text: &'a Text, quantity: &'a Quantity) -> Self {
        Self {
            text: text.slice(quantity.span),
            span: Some(quantity.span),
            value: quantity.value,
            upper: quantity.upper,
            approximation: quantity.approximation,
            unit: &quantity.unit,
        }
    }
}

#[derive(Serialize)]
struct EventJson<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    /// The type of PLOVER's, where `type` is one of the user's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    refines: Option<chancery_core::EventType>,
    mode: Option<&'a str>,
    /// The mode of PLOVER's, where `mode` is one of the user's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    refines_mode: Option<&'static str>,
    /// The line of `ontology.txt`, or the frame, that names the event so.
    #[serde(skip_serializing_if = "Option::is_none")]
    named_by: Option<&'a str>,
    contexts: Vec<&'a str>,
    quad: u8,
    score: f64,
    cameo: chancery_core::Cameo,
    source: &'a [Participant],
    recipient: &'a [Participant],
    date: Option<&'a ResolvedDate>,
    place: Option<&'a EventPlace>,
    quantities: Vec<QuantityJson<'a>>,
    status: Status,
    polarity: chancery_core::Polarity,
    certainty: chancery_core::Certainty,
    frame: chancery_core::TimeFrame,
    attribution: &'a str,
    says: &'a [Say],
    background: bool,
    evidence: &'a str,
    span: Span,
    predicate: Span,
    rule: &'a str,
    confidence: f64,
    confidences: ConfidencesJson<'a>,
    cluster: Option<&'a str>,
}

/// How sure each value is, from 0 to 1 in hundredths; null where there is none. `grounds` are what it rests on, by the
/// names of `crates/code/confidence.txt`: `{"type": 0.84, "source": 0.93, "recipient": null, "date": 0.8, "status": 0.97, "attribution": 0.9, "grounds": […]}`.
#[derive(Serialize)]
struct ConfidencesJson<'a> {
    #[serde(rename = "type")]
    kind: Option<f64>,
    source: Option<f64>,
    recipient: Option<f64>,
    date: Option<f64>,
    status: Option<f64>,
    attribution: Option<f64>,
    grounds: &'a [String],
}

impl<'a> ConfidencesJson<'a> {
    fn new(confidences: &'a chancery_core::Confidences) -> Self {
        Self {
            kind: confidences.kind.map(hundredths),
            source: confidences.source.map(hundredths),
            recipient: confidences.recipient.map(hundredths),
            date: confidences.date.map(hundredths),
            status: confidences.status.map(hundredths),
            attribution: confidences.attribution.map(hundredths),
            grounds: &confidences.grounds,
        }
    }
}

impl<'a> EventJson<'a> {
    fn new(event: &'a Event, evidence: &'a str, cluster: Option<&'a str>) -> Self {
        let own = &event.own;
        let has_own_mode = !own.modes.is_empty();
        Self {
            id: &event.id,
            kind: event.type_name(),
            refines: own.kind.as_ref().map(|_| event.kind),
            mode: event.mode_name(),
            refines_mode: event.strongest_mode().map(Mode::as_str).filter(|_| has_own_mode),
            named_by: own.by.as_deref(),
            contexts: event.context_names(),
            quad: event.kind.quad(),
            score: hundredths(event.score()),
            cameo: chancery_core::Cameo::of(event.kind, event.strongest_mode()),
            source: &event.source,
            recipient: &event.recipient,
            date: event.date.as_ref(),
            place: event.place.as_ref(),
            quantities: Vec::new(),
            status: event.status,
            polarity: event.polarity,
            certainty: event.certainty,
            frame: event.frame,
            attribution: &event.attribution,
            says: &event.says,
            background: event.background,
            evidence,
            span: event.evidence,
            predicate: event.predicate,
            rule: &event.rule,
            confidence: hundredths(event.confidence),
            confidences: ConfidencesJson::new(&event.confidences),
            cluster,
        }
    }
}

/// A number with two decimals, so that it prints alike everywhere.
fn hundredths(number: f32) -> f64 {
    (f64::from(number) * 100.0).round() / 100.0
}

#[derive(Serialize)]
struct PredicateJson<'a> {
    text: &'a str,
    span: Span,
    status: Status,
    cluster: Option<&'a str>,
}

#[derive(Serialize)]
struct StatementJson<'a> {
    id: &'a str,
    speaker: &'a [Participant],
    speaker_span: Option<Span>,
    addressee: Option<&'a [Participant]>,
    cue: Option<Span>,
    content: &'a str,
    span: Span,
    /// The content without its cue, where that stands in its midst; the record does not keep it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Span>,
    form: chancery_core::QuotationForm,
    stance: chancery_core::Stance,
    /// Where it was said: `on Telegram`; the record does not keep it.
    #[serde(skip_serializing_if = "Option::is_none")]
    medium: Option<Span>,
}

impl<'a> StatementJson<'a> {
    fn new(statement: &'a Statement, content: &'a str) -> Self {
        Self {
            id: &statement.id,
            speaker: &statement.speaker,
            speaker_span: statement.speaker_span,
            addressee: (!statement.addressee.is_empty()).then_some(&statement.addressee),
            cue: statement.cue,
            content,
            span: statement.content,
            parts: Vec::new(),
            form: statement.form,
            stance: statement.stance,
            medium: statement.medium,
        }
    }
}

#[derive(Serialize)]
struct PositionJson<'a> {
    actor: &'a [Participant],
    topic: &'a str,
    before: &'a str,
    after: &'a str,
    evidence: &'a str,
    span: Span,
}

impl<'a> PositionJson<'a> {
    fn new(change: &'a PositionChange, evidence: &'a str) -> Self {
        Self {
            actor: &change.actor,
            topic: &change.topic,
            before: &change.before,
            after: &change.after,
            evidence,
            span: change.evidence,
        }
    }
}
