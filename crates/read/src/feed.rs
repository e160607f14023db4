//! RSS, Atom and JSON feeds.

use std::collections::VecDeque;

use chancery_core::{Document, Notice, NoticeCode, Staged};
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use crate::record::{Stated, iso_day, language_code};
use crate::{Outcome, ReadError, Refusal, page};

/// An entry as the feed gives it.
#[derive(Default)]
struct Entry {
    stated: Stated,
    /// What the feed gave as a date, to be judged.
    date: Option<String>,
    summary: String,
    content: String,
}

impl Entry {
    fn read(mut self, name: &str, number: usize, channel: &Stated, notices: &[Notice]) -> Outcome {
        let mut notices = notices.to_vec();
        if let Some(date) = self.date.filter(|date| !date.trim().is_empty()) {
            match iso_day(&date) {
                Some(day) => self.stated.published = Some((day, "stated by the feed".to_owned())),
                None => notices.push(Notice::new(
                    NoticeCode::MetadataImplausible,
                    None,
                    format!("stated date makes no sense and was left out: {date}"),
                )),
            }
        }
        let stated = Stated {
            publisher: self.stated.publisher.take().or_else(|| channel.publisher.clone()),
            language: self.stated.language.take().or_else(|| channel.language.clone()),
            ..self.stated
        };
        let html =
            if self.content.trim().len() >= self.summary.trim().len() { self.content } else { self.summary };
        // The title is part of what an entry says; where there is nothing else, it is all.
        if html.trim().is_empty() && stated.title.is_none() {
            return Err(Refusal { name: name.to_owned(), line: Some(number), reason: ReadError::NoText });
        }
        let name = stated.id.clone().unwrap_or_else(|| format!("{name}#{number}"));
        Ok(read_fragment(&name, &html, notices, &stated))
    }
}

/// Reads a piece of HTML that is all article.
fn read_fragment(name: &str, html: &str, notices: Vec<Notice>, stated: &Stated) -> Staged<Document> {
    let title = stated.title.as_deref().unwrap_or_default();
    let escaped = title.replace('&', "&amp;").replace('<', "&lt;");
    page::read(name, &format!("<article><h1>{escaped}</h1><div>{html}</div></article>"), notices, stated)
}

/// Reads the entries of an RSS or Atom feed.
pub(crate) fn read_xml(name: &str, text: &str, notices: &[Notice]) -> Result<VecDeque<Outcome>, ReadError> {
    let mut reader = quick_xml::Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut channel = Stated::default();
    let mut entries = Vec::new();
    let mut entry: Option<Entry> = None;
    // Elements that are open, and the words of the one whose words are wanted.
    let mut path: Vec<String> = Vec::new();
    let mut words = String::new();
    let mut inside: Option<usize> = None;
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            // A feed that breaks off gives what it gave.
            Err(error) if entries.is_empty() => return Err(ReadError::BadFeed(error.to_string())),
            Err(_) => break,
        };
        match event {
            Event::Start(start) => {
                let key = start.name().as_ref().to_lowercase();
                if inside.is_some() {
                    words.extend(["<", key.as_str(), ">"]);
                } else if matches!(key.as_str(), "item" | "entry") {
                    // One that is still open lost its end to an element that was not closed.
                    entries.extend(entry.replace(Entry::default()));
                } else if matches!(key.as_str(), "link" | "atom:link") && attribute(&start, "href").is_some()
                {
                    set_link(&start, entry.as_mut());
                } else if WANTED.contains(&key.as_str()) {
                    words.clear();
                    inside = Some(path.len());
                }
                path.push(key);
            }
            Event::Empty(start) => {
                let key = start.name().as_ref().to_lowercase();
                if inside.is_some() {
                    words.extend(["<", key.as_str(), ">"]);
                } else if matches!(key.as_str(), "link" | "atom:link") {
                    set_link(&start, entry.as_mut());
                }
            }
            Event::End(_) => {
                let Some(key) = path.pop() else { continue };
                if inside == Some(path.len()) {
                    inside = None;
                    let around = path.last().map(String::as_str).unwrap_or_default();
                    store(&key, around, std::mem::take(&mut words), entry.as_mut(), &mut channel);
                } else if inside.is_some() {
                    words.extend(["</", key.as_str(), ">"]);
                } else if matches!(key.as_str(), "item" | "entry") {
                    entries.extend(entry.take());
                }
            }
            Event::Text(text) => words.push_str(&text.xml10_content()),
            Event::CData(text) => words.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                Ok(Some(c)) => words.push(c),
                _ => match reference.xml10_content().as_ref() {
                    "lt" => words.push('<'),
                    "gt" => words.push('>'),
                    "amp" => words.push('&'),
                    "quot" => words.push('"'),
                    "apos" => words.push('\''),
                    name => words.extend(["&", name, ";"]),
                },
            },
            Event::Eof => break,
            _ => {}
        }
    }
    if entries.is_empty() {
        return Err(ReadError::NoDocuments);
    }
    Ok(entries
        .into_iter()
        .enumerate()
        .map(|(index, entry)| entry.read(name, index + 1, &channel, notices))
        .collect())
}

/// The elements whose words are read.
const WANTED: &[&str] = &[
    "title",
    "link",
    "guid",
    "id",
    "pubdate",
    "published",
    "updated",
    "dc:date",
    "date",
    "author",
    "name",
    "dc:creator",
    "creator",
    "description",
    "summary",
    "content",
    "content:encoded",
    "language",
    "dc:language",
    "dc:publisher",
];

fn attribute(start: &BytesStart<'_>, key: &str) -> Option<String> {
    start.attributes().flatten().find(|attribute| attribute.key.as_ref() == key).map(|attribute| {
        quick_xml::escape::unescape(&attribute.value)
            .map_or_else(|_| attribute.value.to_string(), |value| value.to_string())
    })
}

fn set_link(start: &BytesStart<'_>, entry: Option<&mut Entry>) {
    let relation = attribute(start, "rel").unwrap_or_else(|| "alternate".to_owned());
    if relation == "alternate"
        && let Some(entry) = entry
    {
        entry.stated.url = attribute(start, "href").filter(|url| url.starts_with("http"));
    }
}

fn store(key: &str, around: &str, words: String, entry: Option<&mut Entry>, channel: &mut Stated) {
    let tidy = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(entry) = entry else {
        match key {
            "title" if around != "image" => channel.publisher = channel.publisher.take().or(Some(tidy)),
            "language" | "dc:language" => channel.language = language_code(&tidy),
            _ => {}
        }
        return;
    };
    match key {
        "title" => {
            let title = crate::dom::Dom::parse(&tidy).words(0);
            entry.stated.title = Some(title).filter(|title| !title.is_empty());
        }
        "link" if tidy.starts_with("http") => entry.stated.url = Some(tidy),
        "guid" | "id" => entry.stated.id = Some(tidy),
        "pubdate" | "published" | "dc:date" | "date" => entry.date = Some(tidy),
        "updated" => entry.date = entry.date.take().or(Some(tidy)),
        // `<author><name>X</name> …</author>`, or the name alone.
        "author" if words.contains("<name>") => {
            let name =
                words.split("<name>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
            entry.stated.authors.push(name.trim().to_owned());
        }
        "author" | "dc:creator" | "creator" if !tidy.is_empty() => {
            // `mail@example.org (Name)`.
            let name = tidy
                .split_once('(')
                .and_then(|(_, rest)| rest.split_once(')'))
                .map_or(tidy.as_str(), |(name, _)| name);
            if !name.contains('@') {
                entry.stated.authors.push(name.trim().to_owned());
            }
        }
        "dc:publisher" => entry.stated.publisher = Some(tidy),
        "description" | "summary" => entry.summary = words,
        "content" | "content:encoded" => entry.content = words,
        _ => {}
    }
}

/// Reads the items of a JSON feed.
pub(crate) fn read_json(
    name: &str,
    feed: &Value,
    notices: &[Notice],
) -> Result<VecDeque<Outcome>, ReadError> {
    let words = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let items = feed
        .get("items")
        .and_then(Value::as_array)
        .ok_or_else(|| ReadError::BadFeed("it has no `items`".to_owned()))?;
    if items.is_empty() {
        return Err(ReadError::NoDocuments);
    }
    let channel = Stated {
        publisher: words(feed, "title"),
        language: words(feed, "language").as_deref().and_then(language_code),
        ..Stated::default()
    };
    let authors = |value: &Value| -> Vec<String> {
        let list = value.get("authors").and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().chain(value.get("author")).filter_map(|author| words(author, "name")).collect()
    };
    let entry = |item: &Value| Entry {
        stated: Stated {
            id: words(item, "id"),
            url: words(item, "url").or_else(|| words(item, "external_url")),
            title: words(item, "title"),
            authors: authors(item),
            language: words(item, "language").as_deref().and_then(language_code),
            ..Stated::default()
        },
        date: words(item, "date_published"),
        summary: words(item, "summary").unwrap_or_default(),
        content: words(item, "content_html")
            .or_else(|| {
                Some(
                    words(item, "content_text")?
                        .replace('&', "&amp;")
                        .replace('<', "&lt;")
                        .replace('\n', "<br>"),
                )
            })
            .unwrap_or_default(),
    };
    Ok(items
        .iter()
        .enumerate()
        .map(|(index, item)| entry(item).read(name, index + 1, &channel, notices))
        .collect())
}
