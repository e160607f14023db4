use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chancery_core::{Document, Participant, Span, Staged, Text};
use chancery_parse::Tier;
use chancery_record::{Record, RecordedEvent};

use crate::arguments::Explain;
use crate::ask::open;
use crate::failure::Failure;
use crate::inputs;
use crate::output;
use crate::pipeline::{Pipeline, documents};

pub(crate) fn run(call: &Explain, record: &Path) -> Result<ExitCode, Failure> {
    match call.sentence {
        Some(sentence) => explain_sentence(&call.what, sentence, record),
        None => explain_event(&call.what, record),
    }
}

/// Prints how an event of the record was read.
fn explain_event(id: &str, record: &Path) -> Result<ExitCode, Failure> {
    let record = open(record)?;
    let events = record.event(id)?;
    if events.is_empty() {
        return Err(Failure::UnknownEvent(id.to_owned()));
    }
    let mut text = String::new();
    for event in &events {
        let document = record.document(event.document)?;
        let siblings = match &event.happening {
            Some(happening) => record.happening(happening)?,
            None => Vec::new(),
        };
        let Some(document) = document else { continue };
        describe(&mut text, &record, event, &document, &siblings).expect("writing to memory does not fail");
    }
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn describe(
    out: &mut String,
    record: &Record,
    recorded: &RecordedEvent,
    document: &Document,
    siblings: &[RecordedEvent],
) -> std::fmt::Result {
    let event = &recorded.event;
    let text = &document.text;
    writeln!(out, "event       {}", event.id)?;
    writeln!(out, "document    {}", document.name)?;
    writeln!(out, "sentence    {} {}", event.sentence + 1, place(event.evidence))?;
    writeln!(out, "            {}", recorded.evidence.split_whitespace().collect::<Vec<_>>().join(" "))?;
    let modes = [vec![""], event.mode_names()].concat().join(", ");
    writeln!(out, "type        {}{modes}, from {}", event.type_name(), quote(text, event.predicate))?;
    if let Some(by) = &event.own.by {
        let refines =
            event.own.kind.as_ref().map(|_| format!("refines {}, ", event.kind)).unwrap_or_default();
        writeln!(out, "            {refines}named by {by}")?;
    }
    let contexts = event.context_names();
    if !contexts.is_empty() {
        writeln!(out, "contexts    {}", contexts.join(", "))?;
    }
    for (label, side) in [("source", &event.source), ("recipient", &event.recipient)] {
        if side.is_empty() {
            writeln!(out, "{label:<11} none: the text names none")?;
        }
        for participant in side {
            participant_line(out, record, recorded.document, label, participant, text)?;
        }
    }
    match &event.date {
        Some(date) => writeln!(out, "date        {}: {}", date.range, date.how)?,
        None => writeln!(out, "date        none")?,
    }
    if let Some(place) = &event.place {
        writeln!(out, "place       {}", place.name)?;
    }
    for quantity in &recorded.quantities {
        writeln!(out, "quantity    {} {}, from \"{}\"", quantity.value, quantity.unit, quantity.words)?;
    }
    writeln!(
        out,
        "status      {} (polarity {}, certainty {}, {})",
        event.status, event.polarity, event.certainty, event.frame
    )?;
    writeln!(out, "according   {}", event.attribution)?;
    for say in &event.says {
        let words = say.span.map(|span| format!(", from {}", quote(text, span))).unwrap_or_default();
        writeln!(out, "            {} {}{words}", say.who, say.stance)?;
    }
    writeln!(out, "rule        {} (confidence {:.2})", event.rule, event.confidence)?;
    for why in &event.why {
        writeln!(out, "            {why}")?;
    }
    if let Some(happening) = &recorded.happening {
        writeln!(out, "happening   {happening}, with {} other reports", siblings.len().saturating_sub(1))?;
        for sibling in siblings.iter().filter(|sibling| sibling.event.id != event.id) {
            writeln!(out, "            {} \"{}\"", sibling.event.id, sibling.evidence.trim())?;
        }
    }
    writeln!(out)
}

fn participant_line(
    out: &mut String,
    record: &Record,
    document: i64,
    label: &str,
    participant: &Participant,
    text: &Text,
) -> std::fmt::Result {
    let country = participant.country.map(|code| format!(" ({code})")).unwrap_or_default();
    let words = participant.span.map(|span| format!(", from {}", quote(text, span))).unwrap_or_default();
    writeln!(out, "{label:<11} {}{country}{words}", participant.name)?;
    let how =
        participant.span.and_then(|span| record.mention_how(document, span, &participant.id).ok().flatten());
    if let Some(how) = how {
        writeln!(out, "            {how}")?;
    }
    Ok(())
}

fn quote(text: &Text, span: Span) -> String {
    format!("\"{}\" {}", text.slice(span), place(span))
}

fn place(span: Span) -> String {
    format!("[{}..{}]", span.start(), span.end())
}

/// Prints which rules fired in a sentence, and which nearly fired and why they did not.
fn explain_sentence(what: &str, sentence: usize, record: &Path) -> Result<ExitCode, Failure> {
    let document = find_document(what, record)?;
    let name = document.value.name.clone();
    let pipeline = Pipeline::load(Tier::default())?;
    let reading = pipeline.analyse(document);
    let sentences = &reading.analysis.sentences;
    let Some((index, found)) = sentence.checked_sub(1).and_then(|index| Some((index, sentences.get(index)?)))
    else {
        return Err(Failure::NoSentence { document: name, count: sentences.len(), wanted: sentence });
    };
    let words = reading.document.text.slice(found.span).split_whitespace().collect::<Vec<_>>().join(" ");
    let told =
        pipeline.coder().explain_sentence(&reading.document, &reading.analysis, &reading.mentions, index);
    output::print(&format!(
        "{name}, sentence {sentence} {}\n{words}\n\n{}\n",
        place(found.span),
        told.trim_end()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// A document of the record, or else the first of a file.
fn find_document(what: &str, record: &Path) -> Result<Staged<Document>, Failure> {
    if record.exists()
        && let Some(value) = Record::open(record)?.document_named(what)?
    {
        return Ok(Staged { value, notices: Vec::new() });
    }
    let listed = inputs::list(&[PathBuf::from(what)], None);
    let mut found = listed.inputs.iter().flat_map(documents);
    found.find_map(Result::ok).ok_or_else(|| Failure::UnknownDocument(what.to_owned()))
}
