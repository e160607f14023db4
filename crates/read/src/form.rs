//! In what form a report comes, told by its first bytes, then by its name.

/// The form of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Plain text or Markdown.
    Clipping,
    Html,
    /// A JSON object a line.
    JsonLines,
    /// One JSON value: a record, a list of records, or a feed.
    Json,
    /// RSS or Atom.
    Feed,
    Warc,
    Binary(&'static str),
    Empty,
}

/// The first bytes of files that are not text, and what to call them.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"%PDF", "PDF document"),
    (b"PK\x03\x04", "ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "old office document"),
    (b"{\\rtf", "RTF document"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
    (b"SQLite format 3", "SQLite database"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"PAR1", "Parquet table"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ", "xz archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"Rar!", "RAR archive"),
    (b"\x1a\x45\xdf\xa3", "film"),
];

/// Tells the form by the first bytes (some tens of thousands) and the name.
pub(crate) fn form(head: &[u8], name: &str) -> Form {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
        return Form::Binary(what);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Form::Binary("WebP image");
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Form::Binary("film or picture");
    }
    // An archive holds packed pages and pictures, and is none of them.
    if head.starts_with(b"WARC/") {
        return Form::Warc;
    }
    if is_binary(head) {
        return Form::Binary("no text form that is known here");
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let name = plain_name(name);
    let Some(first) = start.first() else { return Form::Empty };
    match first {
        b'{' => return json_object(start, &name),
        b'[' if start.get(1..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{")) => {
            return Form::Json;
        }
        b'<' => {
            let lower = start.get(..start.len().min(4096)).unwrap_or(start).to_ascii_lowercase();
            let has = |word: &[u8]| lower.windows(word.len()).any(|window| window == word);
            if has(b"<rss") || has(b"<feed") || has(b"<rdf:rdf") {
                return Form::Feed;
            }
            if has(b"<!doctype html") || has(b"<html") || has(b"<head") || has(b"<body") {
                return Form::Html;
            }
            if [&b"<p"[..], b"<div", b"<article", b"<main", b"<section", b"<h1", b"<meta", b"<title"]
                .iter()
                .any(|tag| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
            {
                return Form::Html;
            }
        }
        _ => {}
    }
    let ending = name.rsplit('.').next().unwrap_or_default();
    match ending {
        "html" | "htm" | "xhtml" => Form::Html,
        "jsonl" | "ndjson" => Form::JsonLines,
        _ => Form::Clipping,
    }
}

/// The name in lower case, without the endings of wrappings.
fn plain_name(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    name.to_owned()
}

fn json_object(start: &[u8], name: &str) -> Form {
    if matches!(name.rsplit('.').next(), Some("jsonl" | "ndjson")) {
        return Form::JsonLines;
    }
    let line_end = start.iter().position(|byte| *byte == b'\n');
    let line = start.get(..line_end.unwrap_or(start.len())).unwrap_or(start);
    let complete = serde_json::from_slice::<serde::de::IgnoredAny>(line);
    match (complete, line_end) {
        (Ok(_), _) if is_feed(line) => Form::Json,
        (Ok(_), _) => Form::JsonLines,
        // The line goes on beyond what was looked at.
        (Err(error), None) if error.is_eof() => Form::JsonLines,
        (Err(error), Some(_)) if error.is_eof() => Form::Json,
        // A damaged first record: the others may be whole.
        (Err(_), _) if line.starts_with(b"{\"") => Form::JsonLines,
        _ => Form::Clipping,
    }
}

/// Whether a JSON object says of itself that it is a JSON feed.
fn is_feed(object: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Head {
        version: Option<serde_json::Value>,
    }
    serde_json::from_slice::<Head>(object).is_ok_and(|head| {
        let version = head.version.as_ref().and_then(serde_json::Value::as_str);
        version.is_some_and(|version| version.contains("jsonfeed.org"))
    })
}

/// Whether bytes are neither text in an 8-bit encoding nor UTF-16.
fn is_binary(head: &[u8]) -> bool {
    let marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    if marked || crate::encoding::utf16_without_mark(head).is_some() {
        return false;
    }
    let control = head.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    head.contains(&0) && control * 200 > head.len() || control * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_believed_before_the_name() {
        assert_eq!(form(b"<!DOCTYPE html><html>", "a.txt"), Form::Html);
        assert_eq!(form(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n", "a.txt"), Form::JsonLines);
        assert_eq!(form(b"{\n  \"text\": \"a\"\n}", "a.json"), Form::Json);
        assert_eq!(form(b"[{\"text\": \"a\"}]", "a.json"), Form::Json);
        assert_eq!(
            form(b"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}", "a.json"),
            Form::Json
        );
        assert_eq!(form(b"[Skip to content](#main)\n", "a.md"), Form::Clipping);
        assert_eq!(form(b"<?xml version='1.0'?><rss>", "a"), Form::Feed);
        assert_eq!(form(b"WARC/1.0\r\n", "a.warc.gz"), Form::Warc);
        let mut packed = b"WARC/1.0\r\n\r\n".to_vec();
        packed.extend([0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xbd, 0xfd].repeat(500));
        assert_eq!(form(&packed, "a.warc"), Form::Warc);
        assert_eq!(form(b"\x89PNG\r\n\x1a\n", "a.txt"), Form::Binary("PNG image"));
        assert_eq!(form(b"\xef\xbb\xbf \n", "a.txt"), Form::Empty);
        assert_eq!(form(b"K\0r\0e\0m\0l\0 \0n\0e\0j\0", "a.txt"), Form::Clipping);
        assert_eq!(form("Kreml säger nej".as_bytes(), "a.txt"), Form::Clipping);
    }
}
