//! Stretches of a text between quote marks, of any language.

use chancery_core::{Span, Text};

/// Words in quote marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marked {
    /// Without the marks.
    pub(super) inner: Span,
    /// With the marks.
    pub(super) outer: Span,
    /// Opened by a dash at the start of a line, and closed by nothing but the line's end.
    pub(super) dash: bool,
}

/// The marks that close what `open` opens; empty where it opens nothing.
fn closers(open: char) -> &'static [char] {
    match open {
        '"' => &['"', '”'],
        '\u{201c}' => &['”', '\u{201d}', '"', '\u{201c}'],
        '”' => &['”'],
        '„' | '‚' => &['“', '”', '‘', '’', '"'],
        '«' => &['»'],
        '»' => &['«', '»'],
        '‘' => &['’'],
        '\'' | '`' => &['\''],
        '「' => &['」'],
        '『' => &['』'],
        '״' => &['״'],
        '＂' => &['＂'],
        '‹' => &['›'],
        _ => &[],
    }
}

/// Marks that serve as apostrophes too.
fn is_apostrophe(mark: char) -> bool {
    matches!(mark, '\'' | '’' | '‘' | '`')
}

/// The characters of a text with their places, two apostrophes or two backticks in a row as one `"`: so
/// typewriters and agencies write a double mark.
fn characters(text: &Text, within: Span) -> Vec<(usize, char, usize)> {
    let mut characters: Vec<(usize, char, usize)> = Vec::new();
    let mut letters =
        text.slice(within).char_indices().map(|(at, letter)| (at + within.start(), letter)).peekable();
    while let Some((at, letter)) = letters.next() {
        let doubled = matches!(letter, '\'' | '`' | '’' | '‘');
        match letters.peek() {
            Some(&(_, next)) if doubled && next == letter => {
                letters.next();
                let mark = match letter {
                    '‘' => '\u{201c}',
                    '’' => '”',
                    _ => '"',
                };
                characters.push((at, mark, letter.len_utf8() * 2));
            }
            _ => characters.push((at, letter, letter.len_utf8())),
        }
    }
    characters
}

/// What stands in quote marks within `within`, outermost marks only, in the order of the text.
pub(super) fn find_marked(text: &Text, within: Span) -> Vec<Marked> {
    let words = characters(text, within);
    let mut found = Vec::new();
    // A mark that was once not closed before the end is closed nowhere after it.
    let mut hopeless: Vec<char> = Vec::new();
    let mut at = 0;
    while let Some(&(start, mark, length)) = words.get(at) {
        let before = at.checked_sub(1).and_then(|i| words.get(i)).map(|w| w.1);
        let after = words.get(at + 1).map(|w| w.1);
        let closing = closers(mark);
        if closing.is_empty() || hopeless.contains(&mark) || !opens(mark, before, after) {
            at += 1;
            continue;
        }
        let Some(end) = close(&words, at, closing, is_apostrophe(mark)) else {
            // A paragraph that opens with a mark and never closes it goes on in the next.
            if at == 0
                && !is_apostrophe(mark)
                && let Some(inner) = text.span(start + length, within.end())
            {
                found.push(Marked { inner: text.trim(inner), outer: within, dash: false });
                return found;
            }
            hopeless.push(mark);
            at += 1;
            continue;
        };
        let (close_at, _, close_length) = words.get(end).copied().unwrap_or((start, mark, length));
        if let Some(inner) = text.span(start + length, close_at)
            && let Some(outer) = text.span(start, close_at + close_length)
            && !text.trim(inner).is_empty()
        {
            found.push(Marked { inner: text.trim(inner), outer, dash: false });
        }
        at = end + 1;
    }
    found
}

fn opens(mark: char, before: Option<char>, after: Option<char>) -> bool {
    let word_before = before.is_some_and(char::is_alphanumeric);
    let space_after = after.is_none_or(char::is_whitespace);
    match mark {
        '"' | '”' | '״' | '＂' | '»' | '‚' => !word_before && !space_after,
        '\'' | '‘' | '`' => !word_before && after.is_some_and(char::is_alphanumeric),
        _ => true,
    }
}

/// Index of the character that closes what stands open at `open`.
fn close(words: &[(usize, char, usize)], open: usize, closing: &[char], apostrophe: bool) -> Option<usize> {
    let mark = words.get(open)?.1;
    let mut depth = 0usize;
    for (at, (_, letter, _)) in words.iter().enumerate().skip(open + 1) {
        let before = words.get(at - 1).map(|w| w.1);
        let after = words.get(at + 1).map(|w| w.1);
        if closing.contains(letter) {
            let inside_word =
                before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
            if inside_word && !matches!(letter, '」' | '』') {
                continue;
            }
            if apostrophe
                && (before.is_some_and(char::is_whitespace) || after.is_some_and(char::is_alphanumeric))
            {
                continue;
            }
            if depth == 0 {
                return Some(at);
            }
            depth -= 1;
        } else if *letter == mark && mark != '"' {
            depth += 1;
        }
        if apostrophe && at > open + 400 {
            return None;
        }
    }
    None
}

/// A line that a dash opens as speech: what follows the dash, to the end of the line.
pub(super) fn find_dash(text: &Text, within: Span) -> Option<Marked> {
    let words = text.slice(within);
    let rest = words.strip_prefix(['–', '—', '―', '-'])?;
    if !rest.starts_with(char::is_whitespace) && !words.starts_with(['—', '―']) {
        return None;
    }
    let dash = words.len() - rest.len();
    let inner = text.trim(text.span(within.start() + dash, within.end())?);
    (!inner.is_empty()).then_some(Marked { inner, outer: within, dash: true })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(words: &str) -> Vec<String> {
        let text = Text::new(words);
        find_marked(&text, text.whole()).iter().map(|m| text.slice(m.inner).to_owned()).collect()
    }

    #[test]
    fn every_language_has_its_marks() {
        assert_eq!(marked("He said “no” and \"yes\"."), ["no", "yes"]);
        assert_eq!(marked("Han sade ”nej” igen."), ["nej"]);
        assert_eq!(marked("Er sagte: „Nein“, und »doch«."), ["Nein", "doch"]);
        assert_eq!(marked("Он сказал: «Нет, „никогда“ »."), ["Нет, „никогда“"]);
        assert_eq!(marked("他说：「不」。"), ["不"]);
        assert_eq!(marked("''We don't know,'' he said. ``No.''"), ["We don't know,", "No."]);
    }

    #[test]
    fn apostrophes_and_gershayim_are_no_marks() {
        assert_eq!(
            marked("the allies' plan, Iran's 'axis of resistance' and l'Iran"),
            ["axis of resistance"]
        );
        assert_eq!(marked("דובר צה\"ל אמר"), [] as [&str; 0]);
    }

    #[test]
    fn a_mark_that_nothing_closes_marks_nothing_but_a_whole_paragraph() {
        assert_eq!(marked("a 5\" pipe and \"no end"), [] as [&str; 0]);
        assert_eq!(marked("“It goes on"), ["It goes on"]);
    }

    proptest! {
        #[test]
        fn odd_marks_never_break_it(words in "[\"“”„«»‘’'`「」״a-c .\n]{0,60}") {
            let text = Text::new(&words);
            let mut end = 0;
            for found in find_marked(&text, text.whole()) {
                prop_assert!(found.outer.contains(found.inner));
                prop_assert!(found.outer.start() >= end);
                end = found.outer.end();
            }
        }
    }
}
