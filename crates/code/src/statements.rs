use chancery_core::{Document, Mentions, Quotation, QuotationForm, Statement};

use crate::attribution::speaker_name;
use crate::parties::participant;

/// Turns quotations into statements: every quotation that somebody named or described says.
pub(crate) fn find_statements(document: &Document, mentions: &Mentions) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for quotation in &mentions.quotations {
        if document.text.slice(quotation.content).trim().is_empty() {
            continue;
        }
        let speaker = speakers(document, mentions, quotation);
        if speaker.is_empty() && quotation.form == QuotationForm::Indirect {
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
            sentence: quotation.sentence,
        });
    }
    statements
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
