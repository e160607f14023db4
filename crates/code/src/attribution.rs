use chancery_core::{Document, Mentions, Quotation, Say, Span, Stance};

/// The name that a reader sees for who speaks in a quotation; empty where nobody is named.
pub(crate) fn speaker_name(document: &Document, mentions: &Mentions, quotation: &Quotation) -> String {
    let names: Vec<_> = quotation
        .speaker_actors
        .iter()
        .filter_map(|&actor| mentions.actors.get(actor))
        .map(|actor| actor.name.clone())
        .collect();
    if !names.is_empty() {
        return names.join(" and ");
    }
    quotation
        .speaker_name
        .clone()
        .or_else(|| quotation.speaker.map(|span| document.text.slice(span).to_owned()))
        .unwrap_or_default()
}

/// The quotations whose content holds a predicate, outermost first; its own cue does not count.
pub(crate) fn quotations_over(mentions: &Mentions, predicate: Span) -> Vec<&Quotation> {
    // Quotations are in the order of the text, and none is longer than its document: look back over
    // those that start before the predicate.
    let end = mentions.quotations.partition_point(|quotation| quotation.content.start() <= predicate.start());
    let mut over: Vec<_> = mentions
        .quotations
        .get(end.saturating_sub(LOOK_BACK)..end)
        .unwrap_or_default()
        .iter()
        .filter(|quotation| quotation.content.contains(predicate))
        .filter(|quotation| quotation.cue.is_none_or(|cue| !cue.overlaps(predicate)))
        .collect();
    over.sort_by_key(|quotation| (std::cmp::Reverse(quotation.content.len()), quotation.content));
    over
}

/// The cues that put an act into nobody's mouth or into a doubtful one: `ska ha`, `reportedly`.
pub(crate) fn hearsay_cues(over: &[&Quotation]) -> Vec<Span> {
    over.iter()
        .filter(|quotation| quotation.stance == Stance::Alleges && quotation.speaker.is_none())
        .filter_map(|quotation| quotation.cue)
        .collect()
}

/// Quotations looked back over; a document nests no deeper and repeats no denser.
const LOOK_BACK: usize = 64;

/// The chain of who says so, outermost first.
pub(crate) fn chain(document: &Document, mentions: &Mentions, over: &[&Quotation]) -> Vec<Say> {
    let mut says: Vec<Say> = Vec::new();
    for quotation in over {
        let who = speaker_name(document, mentions, quotation);
        let cue = quotation.cue.map(|cue| document.text.slice(cue).to_owned()).unwrap_or_default();
        if says.last().is_some_and(|last| last.who == who && last.stance == quotation.stance) {
            continue;
        }
        says.push(Say { who, stance: quotation.stance, cue, span: quotation.speaker });
    }
    says
}
