use chancery_core::{Block, BlockKind, Date, Document, Metadata, Text};

/// A text without its marks, and the marks in the order of the text. `{words|value}` marks words; marks may stand in
/// one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    pub plain: String,
    pub marks: Vec<Mark>,
}

/// Words that a case marks, in bytes of its plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
    pub words: String,
    pub value: String,
}

impl Marked {
    pub fn read(text: &str) -> Self {
        let (mut plain, mut marks) = (String::new(), Vec::new());
        // For each open mark where its words begin, and its value once a `|` is met.
        let mut open: Vec<(usize, Option<String>)> = Vec::new();
        for letter in text.replace(" // ", "\n").chars() {
            match (letter, open.last_mut()) {
                ('{', _) => open.push((plain.len(), None)),
                ('}', Some((start, value))) => {
                    let words = plain.get(*start..).unwrap_or_default().to_owned();
                    let value = value.take().unwrap_or_default();
                    marks.push(Mark { start: *start, end: plain.len(), words, value });
                    open.pop();
                }
                ('|', Some((_, value @ None))) => *value = Some(String::new()),
                (_, Some((_, Some(value)))) => value.push(letter),
                _ => plain.push(letter),
            }
        }
        marks.sort_by_key(|mark| (mark.start, mark.end));
        Self { plain, marks }
    }
}

/// A document whose paragraphs are the lines of a text.
///
/// # Panics
///
/// Never: a line lies within its text.
pub fn document(plain: &str, language: &str, published: Option<Date>) -> Document {
    let text = Text::new(plain);
    let (mut start, mut blocks) = (0, Vec::new());
    for line in text.slice(text.whole()).split('\n') {
        let span = text.span(start, start + line.len()).expect("a line lies within its text");
        blocks.push(Block { kind: BlockKind::Paragraph, span });
        start += line.len() + 1;
    }
    let metadata = Metadata { language: Some(language.to_owned()), published, ..Metadata::default() };
    Document { name: "case".to_owned(), text, metadata, blocks }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_may_stand_in_one_another() {
        let marked = Marked::read("{Bo said {yes|1}|2} // é {no|3}.");
        assert_eq!(marked.plain, "Bo said yes\né no.");
        let marks: Vec<_> =
            marked.marks.iter().map(|mark| (mark.words.as_str(), mark.value.as_str())).collect();
        assert_eq!(marks, [("Bo said yes", "2"), ("yes", "1"), ("no", "3")]);
        for mark in &marked.marks {
            assert_eq!(marked.plain.get(mark.start..mark.end), Some(mark.words.as_str()));
        }
    }

    #[test]
    fn each_line_is_a_paragraph() {
        let document = document("One.\nTwo.", "en", None);
        let lines: Vec<_> = document.blocks.iter().map(|block| document.text.slice(block.span)).collect();
        assert_eq!(lines, ["One.", "Two."]);
    }
}
