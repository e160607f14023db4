use chancery_core::Span;
use chancery_record::RecordedEvent;

/// What a stretch of evidence stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Plain,
    /// The words that carry the event.
    Predicate,
    /// Words that name who takes part.
    Participant,
}

/// Cuts the evidence of an event into stretches, each with what it stands for.
pub(crate) fn marked(report: &RecordedEvent) -> Vec<(&str, Mark)> {
    let event = &report.event;
    let participants = event.source.iter().chain(&event.recipient).filter_map(|participant| participant.span);
    let mut marks: Vec<(Span, Mark)> = participants.map(|span| (span, Mark::Participant)).collect();
    marks.push((event.predicate, Mark::Predicate));
    marks.retain(|(span, _)| event.evidence.contains(*span) && !span.is_empty());
    marks.sort_by_key(|(span, _)| *span);

    let start = event.evidence.start();
    let evidence = report.evidence.as_str();
    let mut stretches = Vec::new();
    let mut at = 0;
    for (span, mark) in marks {
        let (from, to) = (span.start() - start, span.end() - start);
        // Of two that overlap, the first wins.
        if from < at {
            continue;
        }
        let (Some(before), Some(words)) = (evidence.get(at..from), evidence.get(from..to)) else { continue };
        stretches.push((before, Mark::Plain));
        stretches.push((words, mark));
        at = to;
    }
    stretches.push((evidence.get(at..).unwrap_or_default(), Mark::Plain));
    if let Some((words, Mark::Plain)) = stretches.first_mut() {
        *words = words.trim_start_matches(is_loose);
    }
    if let Some((words, Mark::Plain)) = stretches.last_mut() {
        *words = words.trim_end_matches(is_loose);
    }
    stretches.retain(|(words, _)| !words.is_empty());
    stretches
}

/// The words without the commas and spaces that tied them to the rest of their sentence.
pub(crate) fn without_edges(words: &str) -> &str {
    words.trim_matches(is_loose)
}

/// Whether a letter ties words to what stands beside them and means nothing alone.
fn is_loose(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ',' | ';' | '،' | '，')
}
