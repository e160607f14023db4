use std::collections::VecDeque;
use std::io::{BufRead, Cursor, Read};

use chancery_core::{Document, Staged};

use crate::form::{Form, form};
use crate::record::Stated;
use crate::unpack::{Stream, peek, reason, unpack};
use crate::warc::Pages;
use crate::{ReadError, Refusal, clipping, encoding, feed, page};

/// One document of an input, or why it was refused.
pub type Outcome = Result<Staged<Document>, Refusal>;

/// The most bytes that a single document may have.
const LONGEST_DOCUMENT: usize = 64 << 20;
/// The most bytes that one line of a container may have.
const LONGEST_LINE: usize = 32 << 20;
/// What is looked at to tell the form.
const HEAD: usize = 64 << 10;

/// Reads the documents of one input, one after the other; a container is never held whole.
///
/// Every input gives at least one item: a document or a refusal.
pub fn read_documents<'a>(name: &str, source: impl BufRead + 'a) -> Documents<'a> {
    Documents { name: name.to_owned(), state: State::Closed(Box::new(source)) }
}

/// The documents of one input, in its order.
pub struct Documents<'a> {
    name: String,
    state: State<'a>,
}

enum State<'a> {
    Closed(Stream<'a>),
    Lines { stream: Stream<'a>, line: usize, found: usize },
    Pages { pages: Pages<'a>, found: usize },
    Ready(VecDeque<Outcome>),
}

impl Iterator for Documents<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        loop {
            match std::mem::replace(&mut self.state, State::Ready(VecDeque::new())) {
                State::Closed(stream) => {
                    self.state = open(&self.name, stream).unwrap_or_else(|reason| {
                        State::Ready(VecDeque::from([Err(refusal(&self.name, None, reason))]))
                    });
                }
                State::Ready(mut documents) => {
                    let next = documents.pop_front();
                    self.state = State::Ready(documents);
                    return next;
                }
                State::Lines { mut stream, mut line, mut found } => {
                    let Some(read) = next_line(&mut stream) else {
                        if found == 0 {
                            return Some(Err(refusal(&self.name, None, ReadError::NoDocuments)));
                        }
                        return None;
                    };
                    line += 1;
                    let outcome = match read {
                        Err(error) => {
                            // A stream that breaks gives nothing more.
                            return Some(Err(refusal(&self.name, Some(line), reason(error))));
                        }
                        Ok(Line::Blank) => None,
                        Ok(Line::TooLong(length)) => {
                            Some(Err(ReadError::LineTooLong { length, limit: LONGEST_LINE }))
                        }
                        Ok(Line::Whole(bytes)) => Some(read_line(&self.name, line, &bytes)),
                    };
                    found += usize::from(outcome.is_some());
                    self.state = State::Lines { stream, line, found };
                    if let Some(outcome) = outcome {
                        return Some(outcome.map_err(|reason| refusal(&self.name, Some(line), reason)));
                    }
                }
                State::Pages { mut pages, mut found } => match pages.next_page(LONGEST_DOCUMENT) {
                    None if found == 0 => {
                        return Some(Err(refusal(&self.name, None, ReadError::NoDocuments)));
                    }
                    None => return None,
                    Some(Err(error)) => {
                        return Some(Err(refusal(&self.name, Some(found + 1), reason(error))));
                    }
                    Some(Ok(stored)) => {
                        found += 1;
                        self.state = State::Pages { pages, found };
                        let read = stored.and_then(|stored| stored.read(&format!("{}#{found}", self.name)));
                        return Some(read.map_err(|reason| refusal(&self.name, Some(found), reason)));
                    }
                },
            }
        }
    }
}

fn refusal(name: &str, line: Option<usize>, reason: ReadError) -> Refusal {
    Refusal { name: name.to_owned(), line, reason }
}

/// Tells the form and reads what is a single document.
fn open<'a>(name: &str, stream: Stream<'a>) -> Result<State<'a>, ReadError> {
    let (head, mut stream) = peek(unpack(stream)?, HEAD).map_err(reason)?;
    let one = |outcome: Staged<Document>| State::Ready(VecDeque::from([Ok(outcome)]));
    Ok(match form(&head, name) {
        Form::Empty => {
            // A file may start with a great deal of white space.
            let bytes = whole(&mut stream)?;
            if encoding::decode(&bytes, false).0.trim().is_empty() {
                return Err(ReadError::Empty);
            }
            one(read_clipping(name, &bytes))
        }
        Form::Binary(what) => return Err(ReadError::Binary(what)),
        Form::Clipping => {
            let bytes = whole(&mut stream)?;
            one(read_clipping(name, &bytes))
        }
        Form::Html => {
            let (text, notices) = encoding::decode(&whole(&mut stream)?, true);
            one(page::read(name, &text, notices, &Stated::default()))
        }
        Form::JsonLines => State::Lines { stream, line: 0, found: 0 },
        Form::Warc => State::Pages { pages: Pages::new(stream), found: 0 },
        Form::Feed => {
            let (text, notices) = encoding::decode(&whole(&mut stream)?, true);
            State::Ready(feed::read_xml(name, &text, &notices)?)
        }
        Form::Json => {
            let bytes = whole(&mut stream)?;
            let (text, notices) = encoding::decode(&bytes, false);
            match serde_json::from_str::<serde_json::Value>(&text) {
                Ok(value) => State::Ready(read_value(name, value, &notices)?),
                // Lines that only look like one value, each to be judged by itself.
                Err(_) if text.trim_start().starts_with("{\"") => {
                    State::Lines { stream: Box::new(Cursor::new(bytes)), line: 0, found: 0 }
                }
                Err(error) if name.to_ascii_lowercase().contains(".json") => {
                    return Err(ReadError::NotJson(error.to_string()));
                }
                Err(_) => one(read_clipping(name, &bytes)),
            }
        }
    })
}

fn read_clipping(name: &str, bytes: &[u8]) -> Staged<Document> {
    let (text, notices) = encoding::decode(bytes, false);
    clipping::read(name, &text, notices, &Stated::default())
}

/// Reads a single document to its end.
fn whole(stream: &mut Stream<'_>) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    stream.take(LONGEST_DOCUMENT as u64 + 1).read_to_end(&mut bytes).map_err(reason)?;
    if bytes.len() > LONGEST_DOCUMENT {
        return Err(ReadError::TooLong { limit: LONGEST_DOCUMENT });
    }
    Ok(bytes)
}

enum Line {
    Blank,
    Whole(Vec<u8>),
    TooLong(u64),
}

/// Reads one line; of one that is too long only the length is kept.
fn next_line(stream: &mut Stream<'_>) -> Option<std::io::Result<Line>> {
    let mut bytes = Vec::new();
    if let Err(error) = stream.by_ref().take(LONGEST_LINE as u64 + 1).read_until(b'\n', &mut bytes) {
        return Some(Err(error));
    }
    if bytes.is_empty() {
        return None;
    }
    if bytes.len() > LONGEST_LINE && bytes.last() != Some(&b'\n') {
        let mut length = bytes.len() as u64;
        drop(bytes);
        loop {
            let (used, ended) = match stream.fill_buf() {
                Err(error) => return Some(Err(error)),
                Ok([]) => break,
                Ok(buffer) => match buffer.iter().position(|byte| *byte == b'\n') {
                    Some(at) => (at + 1, true),
                    None => (buffer.len(), false),
                },
            };
            stream.consume(used);
            length += used as u64;
            if ended {
                break;
            }
        }
        return Some(Ok(Line::TooLong(length)));
    }
    Some(Ok(if bytes.trim_ascii().is_empty() { Line::Blank } else { Line::Whole(bytes) }))
}

fn read_line(name: &str, line: usize, bytes: &[u8]) -> Result<Staged<Document>, ReadError> {
    let (text, notices) = encoding::decode(bytes, false);
    let value = serde_json::from_str(text.trim()).map_err(|error| ReadError::NotJson(json_error(&error)))?;
    read_record(&format!("{name}#{line}"), &value, notices)
}

/// What is wrong, without the line number within the line, which would mislead.
fn json_error(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.split_once(" at line ") {
        Some((what, _)) => format!("{what} at character {}", error.column()),
        None => text,
    }
}

fn read_record(
    name: &str,
    value: &serde_json::Value,
    mut notices: Vec<chancery_core::Notice>,
) -> Result<Staged<Document>, ReadError> {
    let Some(fields) = value.as_object() else { return Err(ReadError::NotRecord) };
    let stated = Stated::of_record(fields, &mut notices);
    let name = stated.id.as_deref().unwrap_or(name);
    let words = |key: &str| fields.get(key).and_then(|v| v.as_str()).filter(|text| !text.trim().is_empty());
    match (words("text"), words("html")) {
        (Some(text), _) => Ok(clipping::read_record(name, text, notices, &stated)),
        (None, Some(html)) => Ok(page::read(name, html, notices, &stated)),
        (None, None) => Err(ReadError::NoText),
    }
}

/// Reads a file that is one JSON value: a record, a list of records, or a feed.
fn read_value(
    name: &str,
    value: serde_json::Value,
    notices: &[chancery_core::Notice],
) -> Result<VecDeque<Outcome>, ReadError> {
    if value.get("version").and_then(|v| v.as_str()).is_some_and(|v| v.contains("jsonfeed")) {
        return feed::read_json(name, &value, notices);
    }
    match value {
        serde_json::Value::Array(records) if records.is_empty() => Err(ReadError::NoDocuments),
        serde_json::Value::Array(records) => Ok(records
            .iter()
            .enumerate()
            .map(|(index, record)| {
                read_record(&format!("{name}#{}", index + 1), record, notices.to_vec())
                    .map_err(|reason| refusal(name, Some(index + 1), reason))
            })
            .collect()),
        record => Ok(VecDeque::from([Ok(read_record(name, &record, notices.to_vec())?)])),
    }
}
