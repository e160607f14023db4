use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use chancery_code::Coder;
use chancery_core::EventType;
use chancery_present::{
    Table, actor_json, actor_table, event_json, event_table, position_json, position_table, statement_json,
    statement_table,
};
use chancery_record::{DocumentHead, Filter, Record};

use crate::arguments::Ask;
use crate::failure::Failure;
use crate::names::Names;
use crate::output;

pub(crate) fn events(call: &Ask, record: &Path) -> Result<ExitCode, Failure> {
    let record = open(record)?;
    let events = record.events(&filter(call, &record)?)?;
    let documents = record.documents()?;
    let names = by_number(&documents);
    let json = events.iter().map(|event| event_json(event, name(&names, event.document)));
    show(call, json, || event_table(&events, &documents), "events")
}

pub(crate) fn actors(call: &Ask, record: &Path) -> Result<ExitCode, Failure> {
    let record = open(record)?;
    let party = filter(call, &record)?.source;
    let actors = record.actors(party.as_ref())?;
    show(call, actors.iter().map(actor_json), || actor_table(&actors), "actors")
}

pub(crate) fn statements(call: &Ask, record: &Path) -> Result<ExitCode, Failure> {
    let record = open(record)?;
    let statements = record.statements(&filter(call, &record)?)?;
    let documents = record.documents()?;
    let names = by_number(&documents);
    let json = statements.iter().map(|statement| statement_json(statement, name(&names, statement.document)));
    show(call, json, || statement_table(&statements, &documents), "statements")
}

pub(crate) fn positions(call: &Ask, record: &Path) -> Result<ExitCode, Failure> {
    let record = open(record)?;
    let positions = record.positions(&filter(call, &record)?)?;
    let documents = record.documents()?;
    let names = by_number(&documents);
    let json = positions.iter().map(|position| position_json(position, name(&names, position.document)));
    show(call, json, || position_table(&positions, &documents), "changes of position")
}

/// Prints the values that quote other words than the text has at their span; there should be none.
pub(crate) fn check(record: &Path) -> Result<ExitCode, Failure> {
    let record = Record::open(record)?;
    let mismatches = record.check()?;
    let lines = mismatches.iter().map(|found| {
        format!("{}: {} quotes `{}`, which is not there", found.document, found.table, found.words)
    });
    output::print_lines(lines)?;
    let documents = record.len()?;
    eprintln!("{documents} documents checked, {} values quote words that are not there.", mismatches.len());
    Ok(if mismatches.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Opens a record to be asked; judges first what a run that was cut short left unjudged.
pub(crate) fn open(path: &Path) -> Result<Record, Failure> {
    let mut record = Record::open(path)?;
    match record.settle() {
        // Without the right to write, the last judgement is shown.
        Ok(()) | Err(chancery_record::RecordError::ReadOnly(_)) => Ok(record),
        Err(error) => Err(error.into()),
    }
}

fn filter(call: &Ask, record: &Record) -> Result<Filter, Failure> {
    let (kinds, own_kinds) = types(call, record)?;
    let mut filter = Filter {
        kinds,
        own_kinds,
        statuses: call.statuses.clone(),
        least_sure: call.sure,
        since: call.since,
        until: call.until,
        ..Filter::default()
    };
    if call.source.is_some() || call.recipient.is_some() {
        let names = Names::load(record)?;
        filter.source = call.source.as_deref().map(|name| names.party(name)).transpose()?;
        filter.recipient = call.recipient.as_deref().map(|name| names.party(name)).transpose()?;
    }
    Ok(filter)
}

/// The types that are asked for, PLOVER's and the user's own: those of the record, and those of the tables at hand.
fn types(call: &Ask, record: &Record) -> Result<(Vec<EventType>, Vec<String>), Failure> {
    let (mut plover, mut own) = (Vec::new(), Vec::new());
    for word in call.kinds.iter().map(|word| word.to_uppercase()) {
        match word.parse() {
            Ok(kind) => plover.push(kind),
            Err(()) => own.push(word),
        }
    }
    if !own.is_empty() {
        let mut known = record.own_kinds()?;
        known.extend(Coder::load().own_types().into_iter().map(str::to_owned));
        if let Some(word) = own.iter().find(|word| !known.contains(word)) {
            let mut all: Vec<_> = EventType::ALL.iter().map(ToString::to_string).collect();
            known.retain(|kind| !all.contains(kind));
            all.append(&mut known);
            return Err(Failure::UnknownType { word: word.clone(), known: all.join(", ") });
        }
    }
    Ok((plover, own))
}

fn show(
    call: &Ask,
    json: impl Iterator<Item = String>,
    table: impl FnOnce() -> Table,
    what: &str,
) -> Result<ExitCode, Failure> {
    if call.json {
        output::print_lines(json)?;
        return Ok(ExitCode::SUCCESS);
    }
    let table = table();
    if let Some(path) = &call.parquet {
        let written = table.parquet().and_then(|bytes| fs::write(path, bytes));
        written.map_err(|source| Failure::File { path: path.clone(), source })?;
        eprintln!("Rows written to {}: {}.", path.display(), table.rows.len());
    } else if call.csv {
        output::print(&table.csv())?;
    } else if table.rows.is_empty() {
        eprintln!("The record holds no {what} of that kind.");
    } else {
        output::print(&table.aligned())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn by_number(documents: &[DocumentHead]) -> BTreeMap<i64, &str> {
    documents.iter().map(|head| (head.id, head.name.as_str())).collect()
}

fn name<'a>(names: &BTreeMap<i64, &'a str>, document: i64) -> &'a str {
    names.get(&document).copied().unwrap_or_default()
}
