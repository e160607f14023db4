//! Text clippings: plain, or Markdown.

use chancery_core::{
    Block, BlockKind, Date, Document, FurnitureKind, Notice, NoticeCode, Span, Staged, Text,
};

use crate::arrange::{Arranged, Known, arrange};
use crate::day::names_impossible_day;
use crate::line::{Mark, lines};
use crate::masthead;
use crate::record::{Stated, iso_day};

/// Reads a clipping. The text is taken as it stands; what is `stated` is believed.
pub(crate) fn read(name: &str, text: &str, mut notices: Vec<Notice>, stated: &Stated) -> Staged<Document> {
    let text = Text::new(text);
    let prefix = date_prefix(&text);
    let mut from = prefix.as_ref().map_or(0, |prefix| prefix.end);
    let front = front_matter(&text, from);
    if let Some(front) = &front {
        from = front.end;
    }
    let known = Known { title: stated.title.as_deref(), opens: prefix.is_some() };
    let arranged = arrange(&text, lines(&text, from), &known);
    let mut metadata = masthead::read(&arranged);
    let mut blocks = Vec::new();
    if let Some(front) = front {
        front.stated.apply_to(&mut metadata);
        notices.extend(front.notices);
        blocks.extend(
            front
                .lines
                .into_iter()
                .map(|span| Block { kind: BlockKind::Furniture(FurnitureKind::Other), span }),
        );
    }
    if let Some(prefix) = prefix {
        match prefix.day {
            Some(day) => {
                metadata.published = Some(day);
                metadata.published_how = Some("date prefix of line 1".to_owned());
            }
            None => notices.push(Notice::new(
                NoticeCode::MetadataImplausible,
                prefix.span,
                "there is no such day as the date before the text",
            )),
        }
    }
    blocks.extend(blocks_of(&arranged));
    stated.apply_to(&mut metadata);
    finish(Document { name: name.to_owned(), text, metadata, blocks }, notices)
}

/// Reads the text of a record as [`read`] does. A text of one line is news, whatever it looks like: the record
/// says that this is its text, be it a name alone.
pub(crate) fn read_record(name: &str, text: &str, notices: Vec<Notice>, stated: &Stated) -> Staged<Document> {
    let mut read = read(name, text, notices, stated);
    if let [block] = read.value.blocks.as_mut_slice()
        && block.kind != BlockKind::Paragraph
    {
        block.kind = BlockKind::Paragraph;
        read.value.metadata.title.clone_from(&stated.title);
        read.notices.retain(|notice| notice.code != NoticeCode::NoNewsText);
    }
    read
}

/// Adds the notices that only the whole document can give.
pub(crate) fn finish(document: Document, mut notices: Vec<Notice>) -> Staged<Document> {
    let told = notices.iter().any(|notice| notice.code == NoticeCode::MetadataImplausible);
    if document.metadata.published.is_none() && !told {
        notices.extend(impossible_day(&document));
    }
    if document.metadata.language.is_none() {
        notices.push(Notice::new(
            NoticeCode::LanguageUnknown,
            None,
            "there is too little text to tell its language",
        ));
    }
    if document.news().next().is_none() {
        notices.push(Notice::new(NoticeCode::NoNewsText, None, "no line reads like news"));
    }
    Staged { value: document, notices }
}

/// A notice of the first line around the news that states a day which does not exist.
fn impossible_day(document: &Document) -> Option<Notice> {
    let lines = document.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Furniture(FurnitureKind::Time | FurnitureKind::Publisher))
    });
    let line = lines.into_iter().find(|block| names_impossible_day(document.text.slice(block.span)))?;
    let words = document.text.slice(line.span).trim();
    let text = format!("stated date makes no sense and was left out: {words}");
    Some(Notice::new(NoticeCode::MetadataImplausible, line.span, text))
}

/// The blocks of judged lines.
pub(crate) fn blocks_of(arranged: &Arranged) -> Vec<Block> {
    let each = arranged.lines.iter().zip(&arranged.kinds);
    each.map(|(line, kind)| {
        // Furniture is whole lines; the rest is words.
        let words = matches!(kind, BlockKind::Title | BlockKind::Subheading | BlockKind::Caption)
            || matches!(line.mark, Mark::Bullet | Mark::Quote | Mark::Heading(_)) && kind.is_news();
        let span = if words && !line.core.is_empty() { line.core } else { line.span };
        Block { kind: *kind, span }
    })
    .collect()
}

/// ` date 2024-08-06 ` before the text.
struct Prefix {
    day: Option<Date>,
    span: Option<Span>,
    end: usize,
}

fn date_prefix(text: &Text) -> Option<Prefix> {
    let all = text.as_str();
    let start = all.len() - all.trim_start().len();
    let rest = all.get(start..)?;
    let after = rest.get(..4).filter(|word| word.eq_ignore_ascii_case("date")).and_then(|_| rest.get(4..))?;
    let after = after.trim_start_matches([' ', '\t', ':']);
    let day = after.get(..10)?;
    let shape = day
        .bytes()
        .enumerate()
        .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    if !shape || after.get(10..).is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric())) {
        return None;
    }
    let end = all.len() - after.len() + 10;
    Some(Prefix { day: iso_day(day), span: text.span(end - 10, end), end })
}

/// Lines of `key: value` between dashes, before a Markdown text.
struct FrontMatter {
    stated: Stated,
    notices: Vec<Notice>,
    lines: Vec<Span>,
    end: usize,
}

fn front_matter(text: &Text, from: usize) -> Option<FrontMatter> {
    let mut spans = text
        .lines()
        .filter(|span| span.start() >= from)
        .map(|span| text.trim(span))
        .skip_while(|span| span.is_empty());
    let first = spans.next()?;
    if !matches!(text.slice(first), "---" | "+++") {
        return None;
    }
    let mut fields = serde_json::Map::new();
    let mut lines = vec![first];
    let mut list: Option<String> = None;
    for span in spans.take(60) {
        let line = text.slice(span);
        if span.is_empty() {
            continue;
        }
        lines.push(span);
        if matches!(line, "---" | "..." | "+++") {
            if fields.is_empty() {
                return None;
            }
            let mut notices = Vec::new();
            let stated = Stated::of_record(&fields, &mut notices);
            return Some(FrontMatter { stated, notices, lines, end: span.end() });
        }
        let unquote = |value: &str| value.trim().trim_matches(['"', '\'']).to_owned();
        if let Some(item) = line.strip_prefix("- ") {
            if let Some(serde_json::Value::Array(items)) = list.as_ref().and_then(|key| fields.get_mut(key)) {
                items.push(unquote(item).into());
            }
        } else if let Some((key, value)) =
            line.split_once(": ").or_else(|| line.strip_suffix(':').map(|key| (key, "")))
        {
            let key = match key.trim().to_ascii_lowercase().as_str() {
                "headline" => "title".to_owned(),
                "authors" | "byline" => "author".to_owned(),
                "source" | "site" | "publication" | "sitename" | "outlet" => "publisher".to_owned(),
                "link" | "canonical" | "source_url" | "permalink" => "url".to_owned(),
                "published" | "pubdate" | "published_at" | "publish_date" => "date".to_owned(),
                key => key.to_owned(),
            };
            let value = unquote(value);
            list = None;
            if value.is_empty() {
                list = Some(key.clone());
                fields.insert(key, serde_json::Value::Array(Vec::new()));
            } else if let Some(items) = value.strip_prefix('[').and_then(|value| value.strip_suffix(']')) {
                fields.insert(key, items.split(',').map(unquote).collect::<Vec<_>>().into());
            } else if key == "publisher" && value.starts_with("http") {
                fields.insert("url".to_owned(), value.into());
            } else if key != "id" {
                fields.insert(key, value.into());
            }
        } else {
            return None;
        }
    }
    None
}
