//! What is written under pictures, and whose they are.

use chancery_core::{BlockKind, FurnitureKind, Text};

use crate::furniture::{TABLES, find_words};
use crate::line::{Layout, Line, Mark};
use crate::words::{count, fold};

/// Longest caption, in words.
const CAPTION: usize = 70;

/// Whether a line says whose a picture is.
pub(crate) fn is_credit(plain: &str, own: [&str; 2]) -> bool {
    let open = plain.trim_start_matches(['(', '[', '（', '【', '/', ' ']);
    count(plain) <= 18 && photo_cues(open, own).contains(&0)
}

/// Where words like `Photo: ` stand, that open a credit.
fn photo_cues(plain: &str, own: [&str; 2]) -> Vec<usize> {
    let lower = plain.to_lowercase();
    if lower.len() != plain.len() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (_, cue) in TABLES.list("photo").filter(|(language, _)| own.contains(language)) {
        let cue = cue.to_lowercase();
        for (at, _) in lower.match_indices(&cue) {
            let after = lower.get(at + cue.len()..).unwrap_or_default();
            let before = lower.get(..at).unwrap_or_default().trim_end_matches(' ');
            let edge = before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric());
            let telling = after.trim_start().starts_with([':', '：', '/'])
                || cue.contains(' ') && after.starts_with(' ');
            if edge && telling {
                found.push(at);
            }
        }
    }
    found
}

/// Whether a line ends with the name of whoever took the picture.
pub(crate) fn ends_with_credit(plain: &str, own: [&str; 2], is_head: bool) -> bool {
    let trimmed = plain.trim_end_matches([')', ']', '.', ' ', '）', '】']);
    if let Some(at) = photo_cues(trimmed, own).into_iter().max()
        && at > 0
        && trimmed.get(at..).is_some_and(|tail| count(tail) <= 10)
    {
        return true;
    }
    let marks = [". ", "! ", "? ", "(", "[", "（", "【", "©", "。", "| ", "/ ", "” ", "\" ", "… "];
    let Some((at, mark)) = marks
        .iter()
        .filter_map(|mark| trimmed.rfind(mark).map(|at| (at, *mark)))
        .max_by_key(|(at, mark)| at + mark.len())
    else {
        return false;
    };
    let tail = trimmed.get(at + mark.len()..).unwrap_or_default().trim();
    if tail.is_empty() || count(tail) > 9 {
        return false;
    }
    let agency =
        tail.split(['/', ',', '|', '–', '—', '·']).flat_map(|part| part.split(" via ")).map(fold).any(
            |part| TABLES.has("agencies", &part) || TABLES.has("agencies", part.trim_start_matches("via ")),
        );
    let single = agency && !tail.contains(['/', ',', '|']) && !tail.to_lowercase().contains("via ");
    match mark {
        "©" => agency || count(tail) <= 6,
        // `(Reuters)` may also close a report.
        "(" | "[" | "（" | "【" if single => is_head || has_picture_words(plain, own),
        _ => agency,
    }
}

/// Whether a line speaks of its picture: a day with its year, `left`, `file`.
fn has_picture_words(plain: &str, own: [&str; 2]) -> bool {
    !crate::day::find_days(plain, true).is_empty() || {
        let folded = fold(plain);
        TABLES
            .list("caption")
            .filter(|(language, _)| own.contains(language))
            .any(|(_, cue)| find_words(&folded, &fold(cue)).is_some())
    }
}

/// Whether a line begins as captions do: with `Archive photo:`, or with words that nothing else begins with.
fn opens_caption(folded: &str, own: [&str; 2]) -> bool {
    let mut cues = TABLES.list("caption").filter(|(language, _)| own.contains(language));
    cues.any(|(_, cue)| {
        let rest = folded.strip_prefix(&fold(cue));
        rest.is_some_and(|rest| cue.ends_with('…') || rest.starts_with([':', ')']))
    })
}

/// Marks what is written under pictures.
pub(crate) fn mark_captions(text: &Text, lines: &[Line], kinds: &mut [BlockKind], own: [&str; 2]) {
    let first_news = kinds.iter().position(|kind| *kind == BlockKind::Paragraph).unwrap_or(0);
    let is_picture = |index: Option<usize>| {
        index.and_then(|index| lines.get(index)).is_some_and(|line| line.guess == Some(FurnitureKind::Image))
    };
    for (index, line) in lines.iter().enumerate() {
        let Some(kind) = kinds.get(index).copied() else { continue };
        if kind == BlockKind::Title || line.words > CAPTION || line.layout == Layout::Apart {
            continue;
        }
        let is_furniture = matches!(kind, BlockKind::Furniture(_)) && line.guess.is_some();
        let before = index.checked_sub(1);
        let credit_next = kinds.get(index + 1) == Some(&BlockKind::Furniture(FurnitureKind::Credit))
            && lines.get(index + 1).is_some_and(|next| !next.apart);
        let opens_caption = line.words >= 5 && opens_caption(&line.folded, own);
        let is_caption = if is_furniture {
            // A credit that says more than whose the picture is.
            line.guess == Some(FurnitureKind::Credit) && opens_caption && line.words >= 8
        } else {
            let alike = before
                .and_then(|b| lines.get(b))
                .is_some_and(|image| line.mark == Mark::None && alike(text.slice(image.span), &line.folded));
            line.mark == Mark::Image
                || opens_caption
                || ends_with_credit(&line.plain, own, index < first_news)
                || is_picture(before)
                    && (!line.prose || !line.apart || alike)
                    && line.words <= 50
                    && !line.is_heading()
                || credit_next && shows(line, kinds.get(index + 2..))
        };
        if is_caption && let Some(slot) = kinds.get_mut(index) {
            *slot = BlockKind::Caption;
        }
    }
    // Two lines under one picture: what it shows, and what that means.
    for index in (1..kinds.len()).rev() {
        let (Some(line), Some(before)) = (lines.get(index), lines.get(index - 1)) else { continue };
        let pair = kinds.get(index) == Some(&BlockKind::Caption)
            && kinds.get(index + 1) == Some(&BlockKind::Furniture(FurnitureKind::Credit));
        if pair
            && !line.apart
            && before.apart
            && !before.prose
            && before.words <= 25
            && matches!(
                kinds.get(index - 1),
                Some(
                    BlockKind::Standfirst
                        | BlockKind::Subheading
                        | BlockKind::Paragraph
                        | BlockKind::Furniture(FurnitureKind::Other)
                )
            )
            && let Some(slot) = kinds.get_mut(index - 1)
        {
            *slot = BlockKind::Caption;
        }
    }
}

/// Whether a line before a credit is the picture's and not the report's last sentence.
fn shows(line: &Line, rest: Option<&[BlockKind]>) -> bool {
    let goes_on = || rest.is_some_and(|rest| rest.iter().any(|kind| kind.is_news()));
    if line.prose { line.words <= 30 && !line.is_speech() && goes_on() } else { line.words <= 40 }
}

/// Whether the words of an image line and of what follows are mostly the same.
fn alike(image: &str, folded: &str) -> bool {
    let image = fold(image);
    let words: Vec<&str> = folded.split(' ').filter(|word| word.chars().count() > 3).collect();
    let shared = words.iter().filter(|word| find_words(&image, word).is_some()).count();
    words.len() >= 3 && shared * 2 >= words.len()
}
