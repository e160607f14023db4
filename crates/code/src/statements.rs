use chancery_core::{Document, Mentions, Quotation, QuotationForm, Statement};

use crate::attribution::speaker_name;
use crate::parties::participant;

/// Turns quotations into statements: every quotation that somebody named or described says, and that says
/// something. A demand, a promise or a condemnation in no words of its own is an event.
pub(crate) fn find_statements(document: &Document, mentions: &Mentions) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for quotation in &mentions.quotations {
        if document.text.slice(quotation.content).trim().is_empty() {
            continue;
        }
        let speaker = speakers(document, mentions, quotation);
        let unsaid = speaker.is_empty() || !quotation.states;
        if quotation.form == QuotationForm::Indirect && unsaid || is_only_passed_on(mentions, quotation) {
            continue;
        }
        let addressee = quotation.addressee.map_or_else(Vec::new, |span| {
            mentions
                .mentions
                .iter()
                .filter(|mention| span.contains(mention.span))
                .max_by_key(|mention| mention.span.len())
                .into_iter()
                .flat_map(|mention| mention.actors.iter().map(|&actor| (actor, mention.span)))
                .filter_map(|(actor, span)| Some(participant(mentions.actors.get(actor)?, Some(span))))
                .collect()
        });
        statements.push(Statement {
            id: String::new(),
            speaker,
            speaker_span: quotation.speaker,
            addressee,
            cue: quotation.cue,
            content: quotation.content,
            form: quotation.form,
            stance: quotation.stance,
            medium: quotation.medium,
            sentence: quotation.sentence,
        });
    }
    statements
}

/// Whether somebody whom no actor stands for, as `according to a report`, only passes on what an actor says
/// inside: whoever says it then has made the statement.
fn is_only_passed_on(mentions: &Mentions, quotation: &Quotation) -> bool {
    let first =
        mentions.quotations.partition_point(|other| other.content.start() < quotation.content.start());
    quotation.speaker_actors.is_empty()
        && mentions
            .quotations
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(|other| other.content.start() < quotation.content.end())
            .any(|other| {
                // Whoever is quoted word for word may quote in turn.
                let nearly_all = other.content.len() * 5 >= quotation.content.len() * 4;
                !other.speaker_actors.is_empty()
                    && other.states
                    && other.speaker != quotation.speaker
                    && quotation.content.contains(other.content)
                    && (quotation.form != QuotationForm::Direct || nearly_all)
            })
}

fn speakers(
    document: &Document,
    mentions: &Mentions,
    quotation: &Quotation,
) -> Vec<chancery_core::Participant> {
    let known: Vec<_> = quotation
        .speaker_actors
        .iter()
        .filter_map(|&actor| Some(participant(mentions.actors.get(actor)?, quotation.speaker)))
        .collect();
    if !known.is_empty() {
        return known;
    }
    let name = speaker_name(document, mentions, quotation);
    if name.is_empty() {
        return Vec::new();
    }
    // Somebody that no table knows and the text only describes: `some in Tehran`.
    vec![chancery_core::Participant {
        id: String::new(),
        name,
        country: None,
        sector: None,
        span: quotation.speaker,
    }]
}
