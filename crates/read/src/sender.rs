//! Who sends a report out: media and agencies.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use chancery_core::{BlockKind, FurnitureKind};

use crate::arrange::Arranged;
use crate::furniture::{TABLES, find_words};
use crate::line::{Layout, Line, Mark};
use crate::masthead::first_news;
use crate::words::{count, fold, is_dense};

/// The names of the media in `world/organisations.tsv`, folded.
static MEDIA: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let table = chancery_tables::world("organisations").unwrap_or_default();
    let rows = table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t'));
    rows.filter(|cells| cells.clone().nth(2) == Some("media"))
        .flat_map(|cells| {
            let names = cells.clone().nth(1).into_iter().chain(cells.skip(7));
            names.flat_map(|names| names.split('|')).map(|name| name.trim_end_matches('*'))
        })
        // An inner `*` stands for endings of a phrase, which no masthead has.
        .filter(|name| !name.is_empty() && !name.contains('*'))
        .map(fold)
        .collect()
});

/// Whether folded words are the name of a medium or an agency.
pub(crate) fn is_sender(folded: &str) -> bool {
    TABLES.has("media", folded) || TABLES.has("agencies", folded) || MEDIA.contains(folded)
}

/// Whether a line holds nothing but the name of a medium, known or by its form: a few words of which one is
/// what media are called after, such as `Post` or `社`.
pub(crate) fn names_sender(line: &Line) -> bool {
    let folded = without_desk(&line.folded);
    if is_sender(folded) {
        return true;
    }
    let dense = line.plain.chars().any(is_dense);
    let short = if dense { line.plain.chars().count() <= 5 } else { (2..=4).contains(&line.words) };
    let of_name =
        |c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '-' | '\'' | '’' | '.' | '&' | '"');
    let capital =
        line.plain.split_whitespace().all(|word| !word.starts_with(char::is_lowercase) || word.len() < 4);
    short
        && capital
        && !line.prose
        && !TABLES.has("desk", &line.folded)
        && line.plain.chars().all(of_name)
        && TABLES.list("media-words").any(|(_, word)| {
            if word.chars().all(is_dense) {
                folded.ends_with(word)
            } else {
                find_words(folded, &fold(word)).is_some()
            }
        })
}

/// A folded line without the word for the newsroom before the medium's name.
fn without_desk(folded: &str) -> &str {
    let desks = TABLES.folded_list("desk").filter_map(|desk| folded.strip_prefix(desk)?.strip_prefix(' '));
    desks.min_by_key(|rest| rest.len()).unwrap_or(folded)
}

/// Finds the lines of a clipping's head that name its sender: a known one anywhere above the text, one by its
/// form only beside the time, the author or a picture, or over the headline.
pub(crate) fn find_senders(lines: &[Line]) -> Vec<usize> {
    let head = lines.iter().position(Line::is_news_like).unwrap_or(0);
    let is_mast = |line: &Line| {
        use FurnitureKind::{Byline, Image, Link, Publisher, Time};
        matches!(line.guess, Some(Byline | Image | Link | Publisher | Time))
    };
    let beside = |index: usize| {
        let near = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(is_mast);
        near(index.checked_sub(1)) || near(Some(index + 1))
    };
    // The name of the paper over the headline.
    let heads = |index: usize, line: &Line| {
        lines.get(index + 1).is_some_and(|next| {
            lines.iter().take(index).all(|before| before.guess.is_some())
                && !next.prose
                && next.guess.is_none()
                && next.words >= 4
                && next.words > line.words
        })
    };
    let found = lines.iter().enumerate().take(head).filter(|(index, line)| {
        line.layout == Layout::None
            && !line.is_heading()
            && line.guess.is_none_or(|kind| matches!(kind, FurnitureKind::Byline | FurnitureKind::Navigation))
            && (is_sender(without_desk(&line.folded))
                || (beside(*index) || heads(*index, line)) && names_sender(line))
    });
    found.map(|(index, _)| index).collect()
}

/// Whether a line names a sender: a known one, or words in bold that are no sentence.
pub(crate) fn is_sender_line(line: &Line) -> bool {
    is_sender(&line.folded) || line.mark == Mark::Bold && line.words <= 5 && !line.prose
}

/// Takes `| The Courier` off a title.
pub(crate) fn split_sender(title: &str) -> (Option<String>, Option<String>) {
    for mark in [" | ", " – ", " — ", " - ", " • ", " :: ", " _ "] {
        if let Some((head, sender)) = title.rsplit_once(mark)
            && (is_sender(&fold(sender)) || mark == " | " && count(sender) <= 4)
            && count(head) >= 2
        {
            return (Some(head.trim().to_owned()), Some(sender.trim().to_owned()));
        }
    }
    (Some(title.trim().to_owned()), None)
}

/// The name of whoever sends the report out, as far as its lines give one.
pub(crate) fn find_publisher(arranged: &Arranged, url: Option<&str>) -> Option<String> {
    if let Some(sender) = arranged.heads.iter().find_map(|(_, head)| head.publisher.clone()) {
        return Some(sender);
    }
    let each = || arranged.lines.iter().zip(arranged.kinds.iter().copied());
    let named = each()
        .find(|(_, kind)| *kind == BlockKind::Furniture(FurnitureKind::Publisher))
        .map(|(line, _)| sender_of(&line.plain));
    if named.is_some() {
        return named;
    }
    // The site's name, written out on a line.
    if let Some(host) = url.and_then(site) {
        let squeezed = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        if let Some((line, _)) = each().find(|(line, kind)| {
            matches!(kind, BlockKind::Furniture(_)) && line.words <= 5 && squeezed(&line.plain) == host
        }) {
            return Some(line.plain.clone());
        }
    }
    // An agency's name alone above the text, though below it the same line would be a source.
    let first = first_news(arranged);
    let above = each()
        .take(first)
        .find(|(line, kind)| matches!(kind, BlockKind::Furniture(_)) && is_sender(&line.folded));
    if let Some((line, _)) = above {
        return Some(line.plain.clone());
    }
    // `By X | The Courier | date`.
    for (line, kind) in each() {
        if kind == BlockKind::Furniture(FurnitureKind::Byline)
            && let Some(part) = line
                .plain
                .split(['|', '•', '·', ',', '–', '—'])
                .map(str::trim)
                .find(|part| is_sender(&fold(part)))
        {
            return Some(part.to_owned());
        }
    }
    // Whoever the page asks to subscribe to.
    let mut senders: BTreeMap<String, usize> = BTreeMap::new();
    for (line, kind) in each() {
        if matches!(kind, BlockKind::Furniture(_))
            && let Some(sender) = sender_in(&line.plain)
        {
            *senders.entry(sender).or_default() += 1;
        }
    }
    if let Some((sender, _)) =
        senders.into_iter().max_by_key(|(sender, times)| (*times, std::cmp::Reverse(sender.clone())))
    {
        return Some(sender);
    }
    // `TEHRAN, Oct 24 (Reuters) -`.
    let first = each().find(|(_, kind)| matches!(kind, BlockKind::Paragraph | BlockKind::Standfirst))?.0;
    dateline_sender(&first.plain)
}

/// The name at the `{}` of a sender phrase.
fn sender_in(plain: &str) -> Option<String> {
    let lower = plain.to_lowercase();
    if lower.len() != plain.len() || plain.len() > 300 {
        return None;
    }
    TABLES.senders.iter().find_map(|(before, after)| {
        let start = if before.is_empty() { 0 } else { find_words(&lower, before)? + before.len() };
        let end =
            if after.is_empty() { lower.len() } else { start + lower.get(start..)?.find(after.as_str())? };
        let name = plain.get(start..end)?;
        let name = name.split(['?', '.', '!', ',', '|', ':', ';', '(']).next()?.trim();
        let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '–').trim();
        let words: Vec<&str> = name.split_whitespace().collect();
        let capital = words.first().is_some_and(|word| word.starts_with(char::is_uppercase))
            && words.last().is_some_and(|word| word.chars().any(char::is_uppercase));
        let known = is_sender(&fold(name));
        (known
            || capital
                && (1..=4).contains(&words.len())
                && !TABLES.has("by", &fold(name))
                && TABLES.kind(&fold(name), 1, false).is_none())
        .then(|| name.to_owned())
    })
}

/// The host of a link without its ending: `https://www.thecourier.example/a` is `thecourier`.
pub(crate) fn site(url: &str) -> Option<String> {
    let host = url.split("//").nth(1)?.split(['/', '?', ':']).next()?;
    let labels: Vec<&str> = host.split('.').collect();
    let (_, rest) = labels.split_last()?;
    let ([.., name, "co" | "com" | "org" | "net" | "gov" | "ac"] | [.., name]) = rest else { return None };
    Some(name.chars().filter(|c| c.is_alphanumeric()).collect())
}

fn dateline_sender(plain: &str) -> Option<String> {
    let head: String = plain.chars().take(90).collect();
    for (open, close) in [('(', ')'), ('（', '）'), ('«', '»'), ('/', '/'), ('【', '】')] {
        if let Some((_, after)) = head.split_once(open)
            && let Some((name, _)) = after.split_once(close)
            && is_sender(&fold(name))
        {
            return Some(name.trim().to_owned());
        }
    }
    // 新华社北京10月24日电, ТАСС, 24 октября, МОСКВА, 24 окт — РИА Новости.
    let start = fold(&head);
    TABLES
        .list("agencies")
        .filter(|(_, agency)| agency.chars().count() > 2)
        .find(|(_, agency)| {
            start.strip_prefix(&fold(agency)).is_some_and(|rest| {
                head.contains('电')
                    || rest.starts_with(", ") && rest.chars().nth(2).is_some_and(char::is_numeric)
            }) || head.contains(&format!("— {agency}."))
                || head.contains(&format!("/{agency}/"))
        })
        .map(|(_, agency)| agency.to_owned())
}

/// The medium's name in a line that names it.
fn sender_of(plain: &str) -> String {
    let name = plain.trim_matches(['(', ')', '（', '）', '【', '】', '[', ']', ':', '：', '.', '*', ' ']);
    let desks = TABLES.list("desk").filter_map(|(_, desk)| name.strip_prefix(desk)?.strip_prefix(' '));
    desks.min_by_key(|rest| rest.len()).unwrap_or(name).to_owned()
}

/// Whether a name is that of a medium rather than of somebody.
pub(crate) fn is_media(name: &str) -> bool {
    let folded = fold(name);
    is_sender(&folded) || TABLES.list("media-words").any(|(_, word)| find_words(&folded, word).is_some())
}
