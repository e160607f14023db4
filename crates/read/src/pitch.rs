//! What furniture gives away of the lines around it: sentences that sell something, scraps between buttons.

use chancery_core::{BlockKind, FurnitureKind};

use crate::furniture::{TABLES, find_words};
use crate::line::{Layout, Line, Mark};

/// The longest line that sells something, in words.
const PITCH: usize = 35;
/// The longest line that can be a button, a label or a teaser's tag, in words.
const SCRAP: usize = 8;

/// Marks lines that sell something, beside lines that do: they address the reader, offer or name a price.
pub(crate) fn mark_pitches(lines: &[Line], kinds: &mut [BlockKind], own: [&str; 2]) {
    // Downwards and upwards, since a pitch makes the next line one too.
    for index in 0..kinds.len() {
        mark_pitch(lines, kinds, index, own);
    }
    for index in (0..kinds.len()).rev() {
        mark_pitch(lines, kinds, index, own);
    }
}

fn mark_pitch(lines: &[Line], kinds: &mut [BlockKind], index: usize, own: [&str; 2]) {
    let (Some(line), Some(BlockKind::Paragraph | BlockKind::Subheading | BlockKind::Standfirst)) =
        (lines.get(index), kinds.get(index))
    else {
        return;
    };
    if line.words > PITCH || line.is_speech() || line.is_heading() {
        return;
    }
    let furniture = |at: Option<usize>| match at.and_then(|at| kinds.get(at)) {
        Some(BlockKind::Furniture(kind)) => Some(*kind),
        _ => None,
    };
    let sells = |kind: &FurnitureKind| matches!(kind, FurnitureKind::Newsletter | FurnitureKind::Paywall);
    let (before, after) = (furniture(index.checked_sub(1)), furniture(Some(index + 1)));
    let addressed = TABLES.count_in("reader", own, &line.folded);
    let offered = TABLES.count_in("offer", own, &line.folded);
    // A sentence of the news may name a sum too.
    let priced = has_price(&line.folded) && (!line.prose || addressed + offered >= 1);
    let offers = offered + 2 * usize::from(priced);
    let kind = match (before.filter(sells), after.filter(sells)) {
        (Some(kind), _) if addressed + offers >= 1 => kind,
        (_, Some(kind)) if addressed + offers >= 1 && !line.prose || addressed + offers >= 3 => kind,
        (Some(kind), Some(_)) if line.words <= 16 => kind,
        _ if offers >= 2 && line.words <= 20 && [before, after].into_iter().flatten().any(is_button) => {
            FurnitureKind::Paywall
        }
        _ => return,
    };
    if let Some(slot) = kinds.get_mut(index) {
        *slot = BlockKind::Furniture(kind);
    }
}

/// Furniture that is pressed or passed over; what belongs to the report's own head and pictures is none.
fn is_button(kind: FurnitureKind) -> bool {
    use FurnitureKind::{Comment, Legal, Navigation, Newsletter, Paywall, Promotion, Share};
    matches!(kind, Comment | Legal | Navigation | Newsletter | Paywall | Promotion | Share)
}

/// Whether a folded line names a sum of money.
fn has_price(folded: &str) -> bool {
    let digit_ends = |text: &str| text.trim_end().ends_with(|c: char| c.is_ascii_digit());
    let digit_starts = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let sign = |c: char| matches!(c, '€' | '$' | '£' | '₽' | '¥' | '₪' | '₺' | '₴');
    let signed = folded.match_indices(sign).any(|(at, mark)| {
        folded.get(..at).is_some_and(digit_ends) || folded.get(at + mark.len()..).is_some_and(digit_starts)
    });
    signed
        || TABLES
            .folded_list("price")
            .any(|unit| find_words(folded, unit).is_some_and(|at| folded.get(..at).is_some_and(digit_ends)))
}

/// Marks the short lines of a clipping that stand among buttons: labels, tags and calls in words that no table
/// has. A run of them is furniture where furniture stands on both sides of it, or on one and nothing of the
/// report on the other; the last line before a sentence stays, since it may be its heading.
pub(crate) fn mark_scraps(lines: &[Line], kinds: &mut [BlockKind]) {
    let mut at = 0;
    while at < kinds.len() {
        let end = (at..kinds.len()).find(|index| !is_scrap(lines, kinds, *index)).unwrap_or(kinds.len());
        if end == at {
            at += 1;
            continue;
        }
        let before = neighbour(kinds, at.checked_sub(1));
        let after = neighbour(kinds, Some(end));
        // A run of several cannot all be headings.
        let (from, to) = match (before, after) {
            (Beside::Button(_), Beside::Button(_) | Beside::Other | Beside::Nothing)
            | (Beside::Other | Beside::Nothing, Beside::Button(_)) => (at, end),
            (Beside::Button(_), Beside::News) => (at, end - 1),
            (Beside::News, Beside::Button(_)) if end - at >= 2 || ends_news(kinds, end) => (at, end),
            _ => (at, at),
        };
        let kind = match (before, after) {
            (Beside::Button(kind), _) | (_, Beside::Button(kind)) => kind,
            _ => FurnitureKind::Other,
        };
        for slot in kinds.get_mut(from..to).into_iter().flatten() {
            *slot = BlockKind::Furniture(kind);
        }
        at = end;
    }
}

/// What stands beside a run of scraps.
#[derive(Clone, Copy)]
enum Beside {
    Nothing,
    News,
    Button(FurnitureKind),
    /// Furniture of the report itself: its time, its picture, its author.
    Other,
}

fn neighbour(kinds: &[BlockKind], at: Option<usize>) -> Beside {
    match at.and_then(|at| kinds.get(at)) {
        None => Beside::Nothing,
        Some(BlockKind::Furniture(kind)) if is_button(*kind) => Beside::Button(*kind),
        Some(BlockKind::Furniture(_)) => Beside::Other,
        Some(_) => Beside::News,
    }
}

/// Whether no news follows a line.
fn ends_news(kinds: &[BlockKind], index: usize) -> bool {
    !kinds.iter().skip(index).any(|kind| *kind == BlockKind::Paragraph)
}

fn is_scrap(lines: &[Line], kinds: &[BlockKind], index: usize) -> bool {
    let Some(line) = lines.get(index) else { return false };
    matches!(kinds.get(index), Some(BlockKind::Paragraph | BlockKind::Subheading))
        && line.layout == Layout::None
        && !line.is_heading()
        && !matches!(line.mark, Mark::Quote | Mark::Table | Mark::Bullet)
        && line.words <= SCRAP
        && !line.is_speech()
        && (!line.prose || line.plain.ends_with(['!', '！']))
        && !line.plain.ends_with([',', '،', '，'])
}

#[cfg(test)]
mod tests {
    use crate::words::fold;

    use super::*;

    #[test]
    fn a_price_is_a_number_with_its_money() {
        for line in ["Bara 9 kr i månaden", "Only $1 a week", "за 99 ₽", "1 € im Monat", "Then 4.99 €"]
        {
            assert!(has_price(&fold(line)), "{line}");
        }
        for line in ["The 5 kilometres", "Karl den 12", "24 October", "The dollar fell"] {
            assert!(!has_price(&fold(line)), "{line}");
        }
    }
}
