use std::fmt::Write as _;

use chancery_core::{Document, Event, Notice, NoticeCode, Participant, Status};

/// How sure at least the type of an event is that is kept. Of what is less sure one in three is right in news of five languages
/// that nobody had read before (measurements/judged).
const LEAST_SURE: f32 = 0.30;

/// Takes out events that are hardly sure, each with a notice.
pub(crate) fn leave_out(document: &Document, events: &mut Vec<Event>) -> Vec<Notice> {
    let mut notices = Vec::new();
    events.retain(|event| {
        let doubtful = is_doubtful(event);
        if doubtful {
            let text = format!("left out as hardly sure: {}", in_words(document, event));
            notices.push(Notice::new(NoticeCode::EventDropped, event.predicate, text));
        }
        !doubtful
    });
    notices
}

/// Says what is coded of a sentence in the end, and how its parties were found, whatever the frames found by themselves
/// (a subject that goes on from the sentence before); and which events are left out, and how sure they are.
pub(crate) fn explain<'a>(document: &Document, events: impl Iterator<Item = &'a Event>) -> String {
    let mut told = String::new();
    for event in events {
        let outcome = if is_doubtful(event) { "left out as hardly sure" } else { "coded" };
        let _ = writeln!(told, "  {outcome}: {}", in_words(document, event));
        let is_of_a_side = |why: &&String| why.starts_with("source:") || why.starts_with("recipient:");
        for why in event.why.iter().filter(is_of_a_side) {
            let _ = writeln!(told, "    {why}");
        }
        if is_doubtful(event) {
            let _ = writeln!(told, "    {}", event.confidences);
        }
    }
    told
}

/// What is denied is kept: the denial beside it says that it is spoken of.
fn is_doubtful(event: &Event) -> bool {
    event.status != Status::Denied && event.confidences.kind.is_some_and(|sure| sure < LEAST_SURE)
}

fn in_words(document: &Document, event: &Event) -> String {
    let names = |side: &[Participant]| {
        let names: Vec<_> = side.iter().map(|party| party.name.as_str()).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
    };
    format!(
        "{} (`{}`) by {} to {}, {:.2} sure, by {}",
        event.kind,
        document.text.slice(event.predicate),
        names(&event.source),
        names(&event.recipient),
        event.confidences.kind.unwrap_or_default(),
        event.rule
    )
}
