//! What a page states in its head: JSON-LD, meta tags, links.

use chancery_core::Date;
use serde_json::Value;

use crate::dom::Dom;
use crate::furniture::TABLES;
use crate::page_day;
use crate::record::{Stated, language_code};
use crate::sender::is_sender;
use crate::words::{count, fold, is_name};

/// What the head of a page says.
#[derive(Default)]
pub(crate) struct Declared {
    pub stated: Stated,
    /// Whether the title is only that of the tab.
    pub title_is_weak: bool,
    /// Whether the day is that of a moment in universal time, which may be another where the page is read.
    pub published_in_utc: bool,
    /// What the page states as its day of publication though there is no such day.
    pub impossible_day: Option<String>,
    /// The day of publication as weaker signs have it, for want of a line that says it.
    pub likely_published: Option<(Date, String)>,
}

/// Reads the head of a page, best source first.
pub(crate) fn read(dom: &Dom) -> Declared {
    let mut declared = Declared::default();
    let stated = &mut declared.stated;
    let metas = metas(dom);
    let meta = |keys: &[&str]| {
        keys.iter().find_map(|key| {
            metas
                .iter()
                .find(|(name, value)| name == key && !value.is_empty())
                .map(|(_, value)| value.clone())
        })
    };
    let things = linked_data(dom);
    for object in things.iter().filter(|object| is_article(object)) {
        read_object(object, stated);
    }
    let site = meta(&["og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone"]);
    if stated.publisher.is_none() {
        stated.publisher =
            site.or_else(|| meta(&["article:publisher", "publisher"]).filter(|name| !name.contains("://")));
    }
    if stated.title.is_none() {
        stated.title = meta(&[
            "og:title",
            "twitter:title",
            "dc.title",
            "dcterms.title",
            "title",
            "headline",
            "sailthru.title",
        ]);
    }
    if stated.title.is_none() {
        stated.title = dom.elements("title").map(|node| dom.words(node)).find(|title| !title.is_empty());
        declared.title_is_weak = true;
    }
    if let Some(title) = &mut stated.title {
        *title = without_site(title, stated.publisher.as_deref());
    }
    if stated.published.is_none() {
        stated.published = page_day::meta_day(&metas).or_else(|| page_day::time_element(dom));
    }
    if stated.published.is_none() {
        // A recipe, a film or a page in general has a day too.
        let (linked, things) = (&things, things.iter().find_map(page_day::linked_day));
        declared.likely_published = page_day::dated_element(dom).or(things.clone());
        if things.is_none() {
            declared.impossible_day = page_day::impossible_day(&metas, linked);
        }
    }
    declared.published_in_utc =
        stated.published.as_ref().is_some_and(|(_, how)| how.ends_with(page_day::UTC));
    if stated.authors.is_empty() {
        stated.authors = meta(&[
            "author",
            "article:author",
            "dc.creator",
            "byl",
            "parsely-author",
            "sailthru.author",
            "cxenseparse:author",
        ])
        .map(|names| split_names(&names))
        .unwrap_or_default();
    }
    if stated.authors.is_empty() {
        stated.authors = dom
            .elements("a")
            .filter(|node| dom.attribute(*node, "rel") == Some("author"))
            .map(|node| dom.words(node))
            .filter(|name| is_name(name))
            .take(4)
            .collect();
    }
    let publisher = stated.publisher.clone();
    stated.authors.retain(|name| {
        publisher.as_deref().is_none_or(|publisher| fold(publisher) != fold(name)) && !is_sender(&fold(name))
    });
    dedup(&mut stated.authors);
    let canonical = dom
        .elements("link")
        .find(|node| dom.attribute(*node, "rel") == Some("canonical"))
        .and_then(|node| dom.attribute(node, "href").map(str::to_owned))
        .filter(|url| {
            url.starts_with("http") && url.splitn(4, '/').nth(3).is_some_and(|path| !path.is_empty())
        });
    stated.url = canonical
        .or_else(|| stated.url.take())
        .or_else(|| meta(&["og:url", "twitter:url"]).filter(|url| url.starts_with("http")));
    if stated.language.is_none() {
        stated.language = dom
            .elements("html")
            .find_map(|node| dom.attribute(node, "lang").and_then(language_code))
            .or_else(|| meta(&["og:locale"]).as_deref().and_then(language_code));
    }
    declared
}

/// Name (or property, or itemprop) and content of the meta tags, names in lower case.
fn metas(dom: &Dom) -> Vec<(String, String)> {
    let mut metas = Vec::new();
    for node in dom.elements("meta") {
        let content =
            dom.attribute(node, "content").or_else(|| dom.attribute(node, "datetime")).unwrap_or_default();
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = dom.attribute(node, key) {
                metas.push((name.trim().to_ascii_lowercase(), decode(content)));
            }
        }
    }
    metas
}

/// Single spaces, and entities that were written twice.
pub(crate) fn decode(text: &str) -> String {
    let text = text
        .replace("&amp;", "&")
        .replace("&quot;", "\"")
        .replace("&#039;", "'")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The things that the page's JSON-LD describes.
fn linked_data(dom: &Dom) -> Vec<Value> {
    let mut found = Vec::new();
    for node in dom.elements("script") {
        if !dom.attribute(node, "type").is_some_and(|kind| kind.contains("ld+json")) {
            continue;
        }
        let raw = dom.raw(node);
        let raw = raw.trim().trim_start_matches("<!--").trim_end_matches("-->").trim_end_matches(';');
        let value = serde_json::from_str::<Value>(raw).or_else(|_| {
            // Line ends inside strings are a common fault.
            serde_json::from_str::<Value>(&raw.replace(['\n', '\r', '\t'], " "))
        });
        if let Ok(value) = value {
            collect(&value, &mut found, 0);
        }
    }
    found
}

fn collect(value: &Value, found: &mut Vec<Value>, depth: usize) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, found, depth + 1)),
        Value::Object(fields) => {
            found.push(value.clone());
            for key in ["@graph", "mainEntity", "itemListElement", "mainEntityOfPage"] {
                if let Some(inner) = fields.get(key) {
                    collect(inner, found, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn is_article(object: &Value) -> bool {
    let is_kind = |kind: &Value| {
        kind.as_str().is_some_and(|kind| {
            ["Article", "BlogPosting", "Report", "Review"].iter().any(|name| kind.contains(name))
        })
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is_kind),
        Some(kind) => is_kind(kind),
        None => false,
    }
}

fn read_object(object: &Value, stated: &mut Stated) {
    let words =
        |key: &str| object.get(key).and_then(Value::as_str).map(decode).filter(|words| !words.is_empty());
    if stated.title.is_none() {
        stated.title = words("headline").or_else(|| words("name"));
    }
    if stated.published.is_none() {
        stated.published = page_day::linked_day(object);
    }
    if stated.authors.is_empty()
        && let Some(authors) = object.get("author").or_else(|| object.get("creator"))
    {
        stated.authors = people(authors);
    }
    if stated.publisher.is_none() {
        stated.publisher = object
            .get("publisher")
            .and_then(|publisher| match publisher {
                Value::String(name) => Some(decode(name)),
                Value::Array(list) => list.first()?.get("name")?.as_str().map(decode),
                publisher => publisher.get("name")?.as_str().map(decode),
            })
            .filter(|name| !name.is_empty() && !name.contains("://"));
    }
    if stated.url.is_none() {
        let page = object
            .get("mainEntityOfPage")
            .and_then(|page| page.as_str().or_else(|| page.get("@id")?.as_str()));
        stated.url = words("url").or_else(|| page.map(str::to_owned)).filter(|url| url.starts_with("http"));
    }
    if stated.language.is_none() {
        stated.language = words("inLanguage").as_deref().and_then(language_code);
    }
}

fn people(value: &Value) -> Vec<String> {
    match value {
        Value::String(names) => split_names(names),
        Value::Array(list) => list.iter().flat_map(people).collect(),
        Value::Object(fields) => {
            let is_body =
                fields.get("@type").and_then(Value::as_str).is_some_and(|kind| kind.contains("Organization"));
            match fields.get("name") {
                Some(Value::String(name)) if !is_body || is_name(name) && !name.contains("News") => {
                    split_names(name)
                }
                Some(Value::Array(names)) => {
                    names.iter().filter_map(Value::as_str).flat_map(split_names).collect()
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Several names that stand in one field.
fn split_names(names: &str) -> Vec<String> {
    let names = decode(names);
    if names.contains("://") || names.contains('@') && !names.contains(' ') {
        return Vec::new();
    }
    let mut rest = names.as_str();
    for (_, by) in TABLES.list("by") {
        if let Some(after) = rest.get(by.len()..)
            && after.starts_with(' ')
            && rest.get(..by.len()).is_some_and(|start| start.eq_ignore_ascii_case(by))
        {
            rest = after.trim_start();
        }
    }
    let mut parts = vec![rest];
    for and in [" and ", " und ", " et ", " og ", " och ", " y ", " & ", ";", " | ", ", ", "、"] {
        // A comma parts names only where each side is one.
        let split: Vec<&str> = parts
            .iter()
            .flat_map(|part| part.split(and))
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        if split.iter().all(|part| count(part) >= 2 && is_name(part)) {
            parts = split;
        }
    }
    parts
        .into_iter()
        .map(str::trim)
        .filter(|name| !name.is_empty() && name.chars().count() < 80)
        .map(str::to_owned)
        .collect()
}

fn dedup(names: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(fold(name)));
}

/// Takes the site's name off a title.
fn without_site(title: &str, publisher: Option<&str>) -> String {
    for mark in [" | ", " – ", " — ", " - ", " • ", " :: ", " · ", " » ", "_"] {
        if let Some((head, tail)) = title.rsplit_once(mark) {
            let tail_folded = fold(tail);
            let known = publisher.is_some_and(|publisher| {
                let publisher = fold(publisher);
                tail_folded == publisher
                    || tail_folded.starts_with(&publisher)
                    || publisher.starts_with(&tail_folded)
            }) || is_sender(&tail_folded);
            if known && count(head) >= 2 {
                return without_site(head.trim(), publisher);
            }
        }
    }
    title.trim().to_owned()
}
