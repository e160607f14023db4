use std::ops::Range;

/// A link's address may hold this many characters before the bracket is taken for a plain one.
const LONGEST_ADDRESS: usize = 2000;

/// The parts of a text that are Markdown and not words, in order, without overlap: `**`, `_` around words, the
/// brackets and the address of a link, a whole image, `#` and `>` at the start of a line.
pub(crate) fn markup(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let at = |index: usize| bytes.get(index).copied().unwrap_or(b'\n');
    let before = |index: usize| index.checked_sub(1).map_or(b'\n', at);
    let mut found: Vec<Range<usize>> = Vec::new();
    // Link texts that are open: where their `[` stands in `found`.
    let mut link_ends: Vec<Range<usize>> = Vec::new();
    let mut index = 0;
    let mut line_start = true;
    // Whether a `_` has opened that none has closed.
    let mut underlined = false;
    while index < bytes.len() {
        let byte = at(index);
        if let Some(end) = link_ends.last().cloned()
            && end.start == index
        {
            link_ends.pop();
            index = end.end;
            found.push(end);
            line_start = false;
            continue;
        }
        let mut length = 0;
        match byte {
            b'!' if at(index + 1) == b'[' => {
                if let Some(end) = link_end(bytes, index + 1) {
                    length = end.end - index;
                }
            }
            b'[' => {
                // A link inside a link (an image as the text of a link) closes first.
                if let Some(end) = link_end(bytes, index)
                    && link_ends.last().is_none_or(|outer| end.end <= outer.start)
                {
                    length = 1;
                    link_ends.push(end);
                }
            }
            b'#' if line_start => {
                let run = run(bytes, index);
                if run <= 6 && at(index + run) == b' ' {
                    length = run;
                }
            }
            b'>' if line_start => length = 1,
            b'*' | b'_' => {
                let run = run(bytes, index);
                let opens = !is_word(before(index)) && !at(index + run).is_ascii_whitespace();
                let closes = !before(index).is_ascii_whitespace() && !is_word(at(index + run));
                let closes = closes && (byte == b'*' || underlined);
                let bullet = byte == b'*' && line_start && at(index + run) == b' ';
                if bullet || opens || closes || (byte == b'*' && run > 1) {
                    length = run;
                    underlined = if byte == b'_' { opens } else { underlined };
                } else {
                    index += run;
                    line_start = false;
                    continue;
                }
            }
            b'\\' if at(index + 1).is_ascii_punctuation() => length = 1,
            _ => {}
        }
        if length > 0 {
            found.push(index..index + length);
            index += length;
        } else {
            line_start = byte == b'\n' || (line_start && byte.is_ascii_whitespace());
            index += 1;
        }
    }
    found
}

/// For a `[` that opens a link, where `](address)` stands.
fn link_end(bytes: &[u8], open: usize) -> Option<Range<usize>> {
    let mut depth = 0usize;
    let mut close = open;
    for (offset, byte) in bytes.iter().enumerate().skip(open).take(LONGEST_ADDRESS) {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            close = offset;
            break;
        }
    }
    if close == open || bytes.get(close + 1) != Some(&b'(') {
        return None;
    }
    let mut depth = 0usize;
    for (offset, byte) in bytes.iter().enumerate().skip(close + 1).take(LONGEST_ADDRESS) {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'\n' if bytes.get(offset + 1) == Some(&b'\n') => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(close..offset + 1);
        }
    }
    None
}

fn run(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    rest.iter().take_while(|byte| Some(*byte) == rest.first()).count()
}

/// Whether the byte belongs to a letter or digit; every byte beyond ASCII counts as one.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for range in markup(text) {
            out.push_str(text.get(at..range.start).unwrap_or_default());
            at = range.end;
        }
        out + text.get(at..).unwrap_or_default()
    }

    #[test]
    fn markup_is_told_from_words() {
        for (text, plain) in [
            ("the [rising tensions](https://a.org/x_(y)) there", "the rising tensions there"),
            ("**Kyiv** said _no_ and *yes*.", "Kyiv said no and yes."),
            ("![A man](pic.jpg) walked", " walked"),
            ("[![A man](pic.jpg)](https://a.org) walked", " walked"),
            ("## A heading", " A heading"),
            ("a file_name and 3 * 4 [sic] (so)", "a file_name and 3 * 4 [sic] (so)"),
            ("* one\n* two", " one\n two"),
            ("[open", "[open"),
            (r"no\. 1", "no. 1"),
        ] {
            assert_eq!(without(text), plain, "{text}");
        }
    }
}
