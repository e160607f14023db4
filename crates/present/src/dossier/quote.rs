use std::ops::Range;

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
    let links = link_marks(evidence);
    let mut stretches = Vec::new();
    let mut at = 0;
    for (span, mark) in marks {
        let (from, to) = (span.start() - start, span.end() - start);
        // Of two that overlap, the first wins.
        if from < at {
            continue;
        }
        let Some(words) = evidence.get(from..to) else { continue };
        stretches.extend(between(evidence, at..from, &links).map(|words| (words, Mark::Plain)));
        stretches.push((words, mark));
        at = to;
    }
    stretches.extend(between(evidence, at..evidence.len(), &links).map(|words| (words, Mark::Plain)));
    if let Some((words, Mark::Plain)) = stretches.first_mut() {
        *words = words.trim_start_matches(is_loose);
    }
    if let Some((words, Mark::Plain)) = stretches.last_mut() {
        *words = words.trim_end_matches(is_loose);
    }
    stretches.retain(|(words, _)| !words.is_empty());
    stretches
}

/// The words without the commas and spaces that tied them to the rest of their sentence, and without the marks of
/// links.
pub(crate) fn without_edges(words: &str) -> String {
    let words = words.trim_matches(is_loose);
    between(words, 0..words.len(), &link_marks(words)).collect()
}

/// Where the marks of Markdown's links stand. The target of a link is no part of what a sentence says, and who checks
/// the words finds it in the document.
fn link_marks(words: &str) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for (close, mark) in words.match_indices("](") {
        let target = words.get(close + mark.len()..).and_then(|rest| rest.split_once(')'));
        let Some((target, _)) = target else { continue };
        let before = marks.last().map_or(0, |mark| mark.end);
        let open = words.get(before..close).and_then(|words| words.rfind('['));
        if let Some(open) = open
            && target.contains("://")
            && !target.contains(char::is_whitespace)
        {
            marks.push(before + open..before + open + 1);
            marks.push(close..close + mark.len() + target.len() + 1);
        }
    }
    marks
}

/// What stands between the marks within a part of the words.
fn between<'a>(
    words: &'a str,
    part: Range<usize>,
    marks: &[Range<usize>],
) -> impl Iterator<Item = &'a str> + use<'a> {
    let inside = marks.iter().filter(|mark| part.start < mark.end && mark.start < part.end);
    let mut stretches = Vec::new();
    let mut at = part.start;
    for mark in inside {
        stretches.extend(words.get(at..mark.start));
        at = mark.end;
    }
    stretches.extend(words.get(at..part.end));
    stretches.into_iter()
}

/// Whether a letter ties words to what stands beside them and means nothing alone.
fn is_loose(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ',' | ';' | '،' | '，')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_shown_by_their_words() {
        let shown = |words: &str| without_edges(words);
        assert_eq!(
            shown("the [two ministers](https://paper.example/a?b=1) met [again](http://x.example/),"),
            "the two ministers met again"
        );
        for whole in [
            "he [sic] said (twice)",
            "a list [1](two)",
            "cut off [here](https://paper.example",
            "](",
            "[a](b c)",
        ] {
            assert_eq!(shown(whole), whole);
        }
    }
}
