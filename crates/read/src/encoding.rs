//! Bytes to characters.

use chancery_core::{Notice, NoticeCode};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// Where an HTML page may name its encoding.
const DECLARED_WITHIN: usize = 4096;

/// Decodes a document's bytes, without a byte-order mark. What was guessed or lost stands in the notices.
pub(crate) fn decode(bytes: &[u8], is_html: bool) -> (String, Vec<Notice>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let (text, lossy) = encoding.decode_without_bom_handling(rest);
        return (text.into_owned(), lossy.then(|| lost(encoding)).into_iter().collect());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Vec::new());
    }
    if mostly_utf8(bytes) {
        return (String::from_utf8_lossy(bytes).into_owned(), vec![lost(UTF_8)]);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), vec![guessed(encoding)]);
    }
    let declared = is_html.then(|| declared(bytes)).flatten();
    if let Some(encoding) = declared
        && let (text, lossy) = encoding.decode_without_bom_handling(bytes)
        && !is_mangled(&text)
    {
        return (text.into_owned(), lossy.then(|| lost(encoding)).into_iter().collect());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    let mut notices = vec![match declared {
        Some(named) => mistaken(named, encoding),
        None => guessed(encoding),
    }];
    notices.extend(lossy.then(|| lost(encoding)));
    (text.into_owned(), notices)
}

/// Returns the byte order of a text whose every other byte is nought, as UTF-16 of European words has it.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(2048) & !1)?;
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count() * 2;
    let (even, odd) = (zeros(0), zeros(1));
    if head.len() < 8 {
        None
    } else if odd * 10 > head.len() * 7 && even * 20 < head.len() {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 > head.len() * 7 && odd * 20 < head.len() {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// Whether far more characters are right than wrong, as where a download was cut or glued.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > 0 && right >= wrong * 4
}

/// Reads `charset=…` in the head of a page.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(DECLARED_WITHIN))?).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=").or_else(|| head.split_once("encoding="))?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// Whether most letters are Latin ones with marks, as where another script was read as Latin.
fn is_mangled(text: &str) -> bool {
    let (mut letters, mut marked) = (0usize, 0usize);
    // Tags and scripts are plain Latin whatever the script of the words.
    let mut depth = 0usize;
    for c in text.chars() {
        match c {
            '<' => depth = 1,
            '>' => depth = 0,
            c if depth == 0 && c.is_alphabetic() => {
                letters += 1;
                marked += usize::from(matches!(c, '\u{c0}'..='\u{ff}'));
            }
            _ => {}
        }
    }
    marked >= 20 && marked * 2 > letters
}

fn mistaken(named: &'static Encoding, encoding: &'static Encoding) -> Notice {
    let text = format!(
        "the page says that it is {}, which gives no words; read as {}",
        named.name(),
        encoding.name()
    );
    Notice::new(NoticeCode::EncodingGuessed, None, text)
}

fn guessed(encoding: &'static Encoding) -> Notice {
    Notice::new(
        NoticeCode::EncodingGuessed,
        None,
        format!("the text names no encoding; read as {}", encoding.name()),
    )
}

fn lost(encoding: &'static Encoding) -> Notice {
    let text = format!("some bytes are not {} and stand as \u{fffd}", encoding.name());
    Notice::new(NoticeCode::EncodingLossy, None, text)
}
