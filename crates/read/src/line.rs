//! The lines of a clipping, with their Markdown marks and what their characters say.

use chancery_core::{FurnitureKind, Span, Text};

use crate::day::is_time_line;
use crate::furniture::TABLES;
use crate::words::{count, ends_sentence, fold, is_quote};

/// A line, or several that are one paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Without white space around.
    pub span: Span,
    /// Without the Markdown marks around.
    pub core: Span,
    pub mark: Mark,
    /// The words without marks and link targets.
    pub plain: String,
    pub folded: String,
    pub words: usize,
    /// Whether the words are one whole sentence or more.
    pub prose: bool,
    /// Share of the letters that are inside links.
    pub linked: f32,
    /// Whether a blank line stands before.
    pub apart: bool,
    /// What the line is by itself, if it is furniture.
    pub guess: Option<FurnitureKind>,
    /// How often the words stand in the text.
    pub times: usize,
    /// What page layout says, from nought (surely not news) to one.
    pub layout: Layout,
}

/// What the layout of a page says of a line; text forms have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Layout {
    #[default]
    None,
    /// Within the part of the page that holds the article.
    Article,
    Heading(u8),
    Caption,
    /// Within a part that is there for something else.
    Apart,
}

/// A Markdown mark that a line as a whole bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    None,
    Heading(u8),
    Bold,
    Italic,
    Bullet,
    Quote,
    /// A picture; text may follow it.
    Image,
    /// A link and nothing else.
    Link,
    Rule,
    Table,
}

impl Line {
    /// Reads the line at a span.
    pub(crate) fn new(text: &Text, span: Span, apart: bool) -> Self {
        let (mark, core) = mark(text, span);
        let (plain, linked) = plain(text.slice(core));
        let folded = fold(&plain);
        let words = count(&plain);
        let prose = words >= 3 && ends_sentence(&plain) || words >= 40;
        let mut line = Self {
            span,
            core,
            mark,
            plain,
            folded,
            words,
            prose,
            linked,
            apart,
            guess: None,
            times: 1,
            layout: Layout::None,
        };
        line.guess = line.kind(text);
        line
    }

    /// Whether the line is somebody speaking.
    pub(crate) fn is_speech(&self) -> bool {
        self.plain.trim_start().starts_with(|c: char| is_quote(c) || matches!(c, '—' | '–' | '-'))
            && !self.plain.starts_with(['\'', '’'])
    }

    pub(crate) fn is_heading(&self) -> bool {
        matches!(self.mark, Mark::Heading(_)) || matches!(self.layout, Layout::Heading(_))
    }

    /// Whether the line is prose that can carry news.
    pub(crate) fn is_news_like(&self) -> bool {
        self.guess.is_none() && self.prose && self.layout != Layout::Apart
    }

    /// The kind of furniture that the line is by its own words.
    fn kind(&self, text: &Text) -> Option<FurnitureKind> {
        use FurnitureKind::{Credit, Image, Link, Navigation, Newsletter, Other, Promotion, Share, Time};
        match self.mark {
            Mark::Rule => return Some(Other),
            Mark::Image if self.words < 3 => return Some(Image),
            _ => {}
        }
        if !self.plain.chars().any(char::is_alphabetic) {
            return Some(if is_time_line(&self.plain) { Time } else { Other });
        }
        if is_address(&self.plain) {
            let picture =
                [".jpg", ".jpeg", ".png", ".webp", ".gif"].iter().any(|end| self.plain.ends_with(end));
            return Some(if picture { Image } else { Link });
        }
        if is_time_line(&self.plain) {
            return Some(Time);
        }
        if let Some(kind) = TABLES.kind(&self.folded, self.words, self.is_speech()) {
            // `A spokesman for the port declined to comment.`
            let is_sentence = self.words >= 6 && self.plain.ends_with(['.', '。', '۔']);
            if kind != FurnitureKind::Comment || !is_sentence || TABLES.is_tail(&self.folded) {
                return Some(kind);
            }
        }
        let raw = text.slice(self.span);
        if is_code(raw) {
            return Some(Other);
        }
        if self.plain.split_whitespace().all(|word| word.starts_with(['#', '@'])) {
            return Some(Share);
        }
        if self.words <= 16 && (self.plain.contains("pic.twitter.com/") || self.plain.contains("(@")) {
            return Some(Share);
        }
        if self.words <= 12 && self.plain.contains('@') && self.plain.contains('.') && !self.prose {
            return Some(Newsletter);
        }
        let parts = |mark: &str| self.plain.split(mark).count() - 1;
        let crumbs = parts(" / ").max(parts(" > ")).max(parts(" » ")).max(parts(" › "));
        if crumbs >= 1
            && !self.plain.contains(':')
            && self.words <= 4 * (crumbs + 1)
            && !self.prose
            && parts(" / ") != 1
        {
            return Some(Navigation);
        }
        if parts(" | ").max(parts(" • ")).max(parts(" · ")) >= 2
            && self.words <= 20
            && !self.prose
            && !self.is_heading()
        {
            return Some(Navigation);
        }
        if self.linked > 0.85 && self.words <= 20 && !self.is_heading() && (!self.prose || self.words < 8) {
            return Some(if self.words <= 3 { Navigation } else { Promotion });
        }
        if self.plain.starts_with('©') {
            return Some(if self.words <= 8 { Credit } else { FurnitureKind::Legal });
        }
        None
    }
}

/// Splits a text into its lines, or into paragraphs where lines were broken to a width.
pub(crate) fn lines(text: &Text, from: usize) -> Vec<Line> {
    let mut spans: Vec<(Span, bool)> = Vec::new();
    let mut at = from;
    let mut blank = false;
    let rest = text.as_str().get(from..).unwrap_or_default();
    for raw in rest.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}']) {
        let span = text.span(at, at + raw.len()).map(|span| text.trim(span));
        at += raw.len();
        match span {
            Some(span) if !span.is_empty() => {
                spans.push((span, blank));
                blank = false;
            }
            // The second half of a line end is no blank line.
            _ => {
                blank |= raw != "\n"
                    || !text.as_str().get(..at - raw.len()).is_some_and(|before| before.ends_with('\r'));
            }
        }
    }
    let spans = join_wrapped(text, spans);
    let mut lines: Vec<Line> = spans
        .into_iter()
        .map(|(span, apart)| Line::new(text, span, apart))
        .filter(|line| !line.plain.is_empty() || line.mark != Mark::None || line.guess.is_some())
        .collect();
    count_repeats(&mut lines);
    lines
}

/// Notes how often each line's words stand in the text.
pub(crate) fn count_repeats(lines: &mut [Line]) {
    let mut times = std::collections::HashMap::new();
    for line in lines.iter() {
        *times.entry(line.folded.clone()).or_insert(0) += 1;
    }
    for line in lines {
        line.times = times.get(&line.folded).copied().unwrap_or(1);
    }
}

/// Joins the lines of paragraphs that were broken to a width.
fn join_wrapped(text: &Text, spans: Vec<(Span, bool)>) -> Vec<(Span, bool)> {
    let width = |span: Span| text.slice(span).chars().count();
    let longest = spans.iter().map(|(span, _)| width(*span)).max().unwrap_or(0);
    let pairs = || {
        spans.windows(2).filter_map(|pair| match pair {
            [a, b] if !b.1 => Some((a.0, b.0)),
            _ => None,
        })
    };
    let full = |span: Span| width(span) + 18 >= longest;
    let goes_on = |a: Span, b: Span| {
        full(a) && !ends_sentence(text.slice(a)) && !text.slice(b).starts_with(['#', '*', '-', '>', '|', '!'])
    };
    let broken = pairs().filter(|(a, b)| goes_on(*a, *b)).count();
    if !(50..=110).contains(&longest) || broken < 4 || broken * 3 < pairs().count() {
        return spans;
    }
    let mut joined: Vec<(Span, bool)> = Vec::new();
    let mut open = false;
    for (span, apart) in spans {
        let starts_new = text.slice(span).starts_with(['#', '*', '-', '>', '|', '!']);
        match joined.last_mut() {
            Some(last) if open && !apart && !starts_new => last.0 = last.0.cover(span),
            _ => joined.push((span, apart)),
        }
        // A short line ends a paragraph; so does a blank one.
        open = full(span);
    }
    joined
}

/// Reads the mark that a line as a whole bears, and the span inside it.
fn mark(text: &Text, span: Span) -> (Mark, Span) {
    let line = text.slice(span);
    let inside = |mark: Mark, start: usize, end: usize| {
        (mark, text.span(span.start() + start, span.end() - end).map_or(span, |core| text.trim(core)))
    };
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&hashes) && line.get(hashes..).is_some_and(|rest| rest.starts_with([' ', '\t'])) {
        let closing = line.len() - line.trim_end_matches('#').len();
        return inside(Mark::Heading(u8::try_from(hashes).unwrap_or(6)), hashes, closing);
    }
    let dashes = line.chars().filter(|c| !c.is_whitespace()).count();
    if dashes >= 3
        && ["-", "*", "_", "=", "–", "—", "~"]
            .iter()
            .any(|c| line.replace(' ', "").trim_matches(|d| c.starts_with(d)).is_empty())
    {
        return (Mark::Rule, span);
    }
    if line.starts_with("![")
        && let Some(end) = link_end(line, 1)
    {
        return inside(Mark::Image, end, 0);
    }
    if line.starts_with('|') && line.ends_with('|') && line.len() > 2 {
        return inside(Mark::Table, 1, 1);
    }
    for (sign, mark) in [("**", Mark::Bold), ("__", Mark::Bold), ("*", Mark::Italic), ("_", Mark::Italic)] {
        if let Some(core) = line.strip_prefix(sign).and_then(|rest| rest.strip_suffix(sign))
            && core.len() > 1
            && !core.contains(sign)
            && !core.starts_with([' ', '*'])
        {
            return inside(mark, sign.len(), sign.len());
        }
    }
    if let Some(rest) = line.strip_prefix('>') {
        let spaces = rest.len() - rest.trim_start_matches(['>', ' ']).len();
        return inside(Mark::Quote, 1 + spaces, 0);
    }
    for bullet in ["* ", "- ", "+ ", "• ", "· ", "▪ ", "– ", "◦ ", "●"] {
        // A dash may also open somebody's words.
        if line.starts_with(bullet) && (bullet != "– " && bullet != "- " || !ends_sentence(line)) {
            return inside(Mark::Bullet, bullet.len(), 0);
        }
    }
    if line.starts_with('[') && link_end(line, 0) == Some(line.len()) {
        return (Mark::Link, span);
    }
    (Mark::None, span)
}

/// The end of `[text](target)` whose bracket stands at `at`.
fn link_end(line: &str, at: usize) -> Option<usize> {
    let (mut depth, mut middle) = (0usize, None);
    for (index, c) in line.get(at..)?.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    middle = Some(at + index);
                    break;
                }
            }
            _ => {}
        }
    }
    let rest = line.get(middle? + 1..)?;
    if !rest.starts_with('(') {
        return None;
    }
    let mut depth = 0usize;
    for (index, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(middle? + 1 + index + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Takes links, pictures and emphasis off; returns the words and the share of their letters inside links.
fn plain(line: &str) -> (String, f32) {
    if !line.contains(['[', '*', '_', '<', '`', '\\']) {
        return (line.trim().to_owned(), 0.0);
    }
    let mut words = String::with_capacity(line.len());
    let (mut linked, mut at) = (0, 0);
    while let Some(rest) = line.get(at..)
        && let Some(c) = rest.chars().next()
    {
        let picture = rest.starts_with("![");
        if (c == '[' || picture)
            && let Some(end) = link_end(line, at + usize::from(picture))
        {
            if !picture {
                let inner = rest.get(1..).and_then(|rest| rest.split("](").next()).unwrap_or_default();
                let inner = inner.trim_matches(['*', '_', '[', ']', '\\']);
                // A picture inside a link has its words in its own brackets.
                if !inner.starts_with('!') {
                    linked += inner.chars().filter(|c| c.is_alphanumeric()).count();
                    words.push_str(inner);
                }
            }
            at = end;
            continue;
        }
        if rest.starts_with("**") || rest.starts_with("__") {
            at += 2;
            continue;
        }
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        if matches!(c, '*' | '_' | '`' | '\\')
            && (edge(words.chars().next_back()) || edge(rest.chars().nth(1)))
        {
            at += 1;
            continue;
        }
        words.push(c);
        at += c.len_utf8();
    }
    let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
    let share = if letters == 0 { 0.0 } else { linked as f32 / letters as f32 };
    (words.trim().to_owned(), share)
}

/// Whether a line is a link and nothing else.
pub(crate) fn is_address(line: &str) -> bool {
    let line = line.trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '"'));
    if line.contains(char::is_whitespace) {
        return false;
    }
    let lower = line.to_ascii_lowercase();
    lower.starts_with("http://")
        || lower.starts_with("https://")
        || lower.starts_with("www.") && lower.len() > 6
}

/// Whether a line is what a page's machinery left in the text.
fn is_code(line: &str) -> bool {
    let signs = line.chars().filter(|c| matches!(c, '{' | '}' | ';' | '=' | '<' | '>' | '\\')).count();
    signs >= 3 && signs * 12 > line.chars().count()
        || ["function(", "var ", "window.", "document.", "{\"", "@media", "<!--", "</"]
            .iter()
            .any(|start| line.starts_with(start))
            && signs >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(words: &str) -> Line {
        let text = Text::new(words);
        Line::new(&text, text.trim(text.whole()), false)
    }

    #[test]
    fn marks_are_read_and_taken_off() {
        assert_eq!(line("## A heading ##").mark, Mark::Heading(2));
        assert_eq!(line("**The Courier**").plain, "The Courier");
        assert_eq!(line("![A man](https://a.example/b_(c).jpg)").guess, Some(FurnitureKind::Image));
        assert_eq!(
            line("They met amid [rising tensions](https://a.example/x) on Monday.").plain,
            "They met amid rising tensions on Monday."
        );
        assert_eq!(line("* * *").mark, Mark::Rule);
        assert_eq!(line("snake_case is no emphasis").plain, "snake_case is no emphasis");
        assert_eq!(line("[Read more](https://a.example)").guess, Some(FurnitureKind::Promotion));
    }
}
