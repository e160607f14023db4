use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// An immutable text; the only maker of [`Span`]s into it. Cloning is cheap.
#[derive(Clone, PartialEq, Eq)]
pub struct Text(Arc<str>);

impl Text {
    /// Wraps a text. Offsets are 32-bit: a text of 4 GiB or more is cut at the last character that fits,
    /// which readers refuse long before.
    pub fn new(text: &str) -> Self {
        let mut end = text.len().min(u32::MAX as usize);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        Self(text.get(..end).unwrap_or_default().into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the span `start..end` in bytes, or `None` where it is out of range or splits a character.
    ///
    /// ```
    /// use chancery_core::Text;
    /// let text = Text::new("Kreml säger nej");
    /// assert_eq!(text.slice(text.span(0, 5).unwrap()), "Kreml");
    /// assert!(text.span(6, 8).is_none(), "byte 8 is inside the ä");
    /// ```
    pub fn span(&self, start: usize, end: usize) -> Option<Span> {
        self.0.get(start..end)?;
        Some(Span { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
    }

    /// The words at a span; empty where the span was made by another, longer text.
    pub fn slice(&self, span: Span) -> &str {
        self.0.get(span.start()..span.end()).unwrap_or_default()
    }

    /// The span of the whole text.
    pub fn whole(&self) -> Span {
        Span { start: 0, end: u32::try_from(self.0.len()).unwrap_or(u32::MAX) }
    }

    /// Shrinks a span so that it neither starts nor ends with white space.
    pub fn trim(&self, span: Span) -> Span {
        let words = self.slice(span);
        let start = span.start() + (words.len() - words.trim_start().len());
        let end = start + words.trim().len();
        self.span(start, end).unwrap_or(span)
    }

    /// Spans of the lines, without their line ends.
    pub fn lines(&self) -> impl Iterator<Item = Span> + '_ {
        let mut at = 0;
        self.0.split('\n').filter_map(move |line| {
            let start = at;
            at += line.len() + 1;
            self.span(start, start + line.strip_suffix('\r').unwrap_or(line).len())
        })
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

/// `start..end` in UTF-8 bytes of one [`Text`]. Ordered by start, then end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    pub fn start(self) -> usize {
        self.start as usize
    }

    pub fn end(self) -> usize {
        self.end as usize
    }

    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both; both must come from one text.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_splits_a_character() {
        let text = Text::new("Мо");
        assert!(text.span(0, 1).is_none());
        assert!(text.span(0, 5).is_none());
        assert_eq!(text.span(0, 2).map(|s| text.slice(s)), Some("М"));
    }

    #[test]
    fn lines_leave_out_both_kinds_of_line_end() {
        let text = Text::new("a\r\nbc\n\nd");
        let lines: Vec<_> = text.lines().map(|s| text.slice(s)).collect();
        assert_eq!(lines, ["a", "bc", "", "d"]);
    }
}
