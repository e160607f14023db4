//! What a clipping states about itself: title, publisher, authors, link and day.

use std::collections::BTreeMap;

use chancery_core::{BlockKind, FurnitureKind, Metadata};

use crate::arrange::Arranged;
use crate::day::{find_days, is_time_line};
use crate::furniture::{TABLES, find_words};
use crate::line::{Line, Mark, is_address};
use crate::words::{count, fold, is_name};

/// Reads what the lines state.
pub(crate) fn read(arranged: &Arranged) -> Metadata {
    let own = [arranged.language.unwrap_or("en"), "en"];
    let each = || arranged.lines.iter().zip(arranged.kinds.iter().copied());
    let title = each().find(|(_, kind)| *kind == BlockKind::Title).map(|(line, _)| line.plain.clone());
    let (title, site) = title.map_or((None, None), |title| split_sender(&title));
    let url = find_url(arranged);
    let (published, published_how) = find_day(arranged, own, url.as_deref());
    let sender = find_publisher(arranged, url.as_deref()).or(site);
    let authors = find_authors(arranged, own, sender.as_deref());
    Metadata {
        title,
        publisher: sender,
        authors,
        url,
        language: arranged.language.map(str::to_owned),
        published,
        published_how,
    }
}

/// Takes `| The Courier` off a title.
fn split_sender(title: &str) -> (Option<String>, Option<String>) {
    for mark in [" | ", " – ", " — ", " - ", " • ", " :: ", " _ "] {
        if let Some((head, sender)) = title.rsplit_once(mark)
            && (TABLES.has("media", &fold(sender))
                || TABLES.has("agencies", &fold(sender))
                || mark == " | " && count(sender) <= 4)
            && count(head) >= 2
        {
            return (Some(head.trim().to_owned()), Some(sender.trim().to_owned()));
        }
    }
    (Some(title.trim().to_owned()), None)
}

fn find_url(arranged: &Arranged) -> Option<String> {
    let first_news = first_news(arranged);
    let links = arranged.lines.iter().zip(&arranged.kinds).enumerate().filter(|(_, (line, kind))| {
        **kind == BlockKind::Furniture(FurnitureKind::Link) && is_address(&line.plain)
    });
    links
        .filter(|(index, (line, _))| {
            let path = line.plain.splitn(4, '/').nth(3).unwrap_or_default();
            (*index < first_news || index + 3 >= arranged.lines.len()) && path.len() > 3
        })
        .map(|(_, (line, _))| line.plain.trim_matches(['<', '>', '(', ')']).to_owned())
        .next()
}

fn first_news(arranged: &Arranged) -> usize {
    let is_body = |kind: &BlockKind| *kind == BlockKind::Paragraph;
    arranged.kinds.iter().position(is_body).unwrap_or(arranged.kinds.len())
}

/// The day of publication: labelled, else alone in the head, else in the link.
fn find_day(
    arranged: &Arranged,
    own: [&str; 2],
    url: Option<&str>,
) -> (Option<chancery_core::Date>, Option<String>) {
    let month_first = own[0] == "en";
    let first_news = first_news(arranged);
    let label = |line: &Line, list: &str| {
        TABLES.list(list).any(|(_, word)| find_words(&line.folded, &fold(word)).is_some_and(|at| at < 24))
    };
    let mut best: Option<(u8, chancery_core::Date, String)> = None;
    for (index, (line, kind)) in arranged.lines.iter().zip(&arranged.kinds).enumerate() {
        let BlockKind::Furniture(kind) = kind else { continue };
        if line.words > 30
            || !matches!(
                kind,
                FurnitureKind::Time
                    | FurnitureKind::Byline
                    | FurnitureKind::Other
                    | FurnitureKind::Publisher
                    | FurnitureKind::Navigation
                    | FurnitureKind::Sources
                    | FurnitureKind::Credit
            )
        {
            continue;
        }
        let Some(day) = find_days(&line.plain, month_first).into_iter().next() else { continue };
        let is_head = index <= first_news;
        let published = label(line, "published");
        let updated = label(line, "updated");
        let (rank, how) = match (published, updated) {
            (true, _) => (if is_head { 0 } else { 2 }, "line that says when it was published"),
            (false, false) if *kind == FurnitureKind::Time && is_head => {
                (1, "line with the time, before the text")
            }
            (false, false) if *kind == FurnitureKind::Byline && is_head => {
                (1, "line with the author and the time")
            }
            (false, false) if *kind == FurnitureKind::Publisher && is_head => {
                (1, "line with the publisher and the time")
            }
            (false, true) if is_head => (4, "line that says when it was updated"),
            (false, false) if *kind == FurnitureKind::Time && index + 4 >= arranged.lines.len() => {
                (5, "line with the time, after the text")
            }
            (false, true) => (6, "line that says when it was updated"),
            _ => continue,
        };
        if best.as_ref().is_none_or(|(known, ..)| rank < *known) {
            best = Some((rank, day.date, format!("{how}: {}", line.plain)));
        }
    }
    if best.as_ref().is_none_or(|(rank, ..)| *rank > 3)
        && let Some(day) = url.and_then(day_of_url)
    {
        return (Some(day), Some("day in the link".to_owned()));
    }
    best.map_or((None, None), |(_, day, how)| (Some(day), Some(how)))
}

/// The day in a link such as `/2023/10/24/` or `-2023-10-24/`.
pub(crate) fn day_of_url(url: &str) -> Option<chancery_core::Date> {
    let path = url.splitn(4, '/').nth(3)?;
    let days = find_days(path, false);
    let year_first = |bytes: &std::ops::Range<usize>| {
        path.get(bytes.clone())
            .is_some_and(|words| words.get(..4).is_some_and(|year| year.chars().all(|c| c.is_ascii_digit())))
    };
    days.into_iter().find(|day| year_first(&day.bytes)).map(|day| day.date)
}

fn find_publisher(arranged: &Arranged, url: Option<&str>) -> Option<String> {
    let each = || arranged.lines.iter().zip(arranged.kinds.iter().copied());
    let named = each()
        .find(|(_, kind)| *kind == BlockKind::Furniture(FurnitureKind::Publisher))
        .map(|(line, _)| line.plain.trim_end_matches([':', '.']).to_owned());
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
    let above = each().take(first).find(|(line, kind)| {
        matches!(kind, BlockKind::Furniture(_))
            && (TABLES.has("media", &line.folded) || TABLES.has("agencies", &line.folded))
    });
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
                .find(|part| TABLES.has("media", &fold(part)) || TABLES.has("agencies", &fold(part)))
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
        let known = TABLES.has("media", &fold(name));
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
            && (TABLES.has("agencies", &fold(name)) || TABLES.has("media", &fold(name)))
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

/// Whether a line says who wrote the report.
pub(crate) fn is_byline(plain: &str, own: [&str; 2]) -> bool {
    !byline_names(plain, own).is_empty()
}

/// The name in a line that is somebody's name and the time: `Jo Hill — 18 March, 14:05`.
pub(crate) fn name_beside_time(plain: &str) -> Option<&str> {
    ["—", "–", "|", "•", "·", ",", "/", "-"].iter().find_map(|mark| {
        let (name, time) = plain.split_once(mark)?;
        (is_name(name.trim()) && !is_media(name) && is_time_line(time)).then_some(name.trim())
    })
}

/// The names behind `By`, as far as the line goes on with names.
fn byline_names(plain: &str, own: [&str; 2]) -> Vec<String> {
    if count(plain) > 24 {
        return Vec::new();
    }
    let lower = plain.to_lowercase();
    let by = TABLES.list("by").filter(|(language, _)| own.contains(language)).filter_map(|(_, word)| {
        let word = word.to_lowercase();
        let rest = lower.strip_prefix(&word)?;
        let rest_at = plain.len().checked_sub(rest.len())?;
        (lower.len() == plain.len() && rest.starts_with([' ', ':', '：', '\u{a0}', '/', '|']))
            .then_some(rest_at)
    });
    let Some(at) = by.max() else { return Vec::new() };
    let rest = plain.get(at..).unwrap_or_default().trim_start_matches([' ', ':', '：', '\u{a0}', '/', '|']);
    names_at_start(rest)
}

/// The names with which a text starts, parted by commas and `and`.
fn names_at_start(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let head = text.split(['|', '•', '·', '(', ';', '/', '–', '—', '-', '\t']).next().unwrap_or_default();
    // A hyphen may stand inside a name; only one with spaces parts.
    let head = if text.starts_with(head)
        && text.get(head.len()..).is_some_and(|rest| rest.starts_with('-'))
        && !head.ends_with(' ')
    {
        text.split(['|', '•', '·', '(', ';', '/', '–', '—', '\t'])
            .next()
            .unwrap_or_default()
            .split(" - ")
            .next()
            .unwrap_or_default()
    } else {
        head
    };
    for part in head.split([',', '،', '、', '，']) {
        let mut pieces = vec![part.trim()];
        for (_, and) in TABLES.list("and") {
            let and = format!(" {and} ");
            pieces =
                pieces.into_iter().flat_map(|piece| piece.split(and.as_str()).collect::<Vec<_>>()).collect();
        }
        for piece in pieces {
            let piece = TABLES.list("in").fold(piece.trim(), |piece, (_, word)| {
                piece.split_once(&format!(" {word} ")).map_or(piece, |(name, _)| name)
            });
            // `By X Oct 24, 2023 10:05`.
            let piece = find_days(piece, true)
                .first()
                .map_or(piece, |day| piece.get(..day.bytes.start).unwrap_or(piece));
            let piece = piece.trim().trim_end_matches(['.', ':']);
            if is_name(piece)
                && !TABLES.has("media", &fold(piece))
                && !TABLES.has("agencies", &fold(piece))
                && find_days(piece, true).is_empty()
            {
                names.push(tidy_case(piece));
            } else if names.is_empty() {
                return names;
            }
        }
    }
    names
}

/// Writes a name in capitals as names are written.
fn tidy_case(name: &str) -> String {
    if name.chars().any(char::is_lowercase) || !name.chars().any(char::is_uppercase) {
        return name.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut tidy = String::new();
    let mut start = true;
    for c in name.chars() {
        if start {
            tidy.push(c);
        } else {
            tidy.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic();
    }
    tidy
}

fn find_authors(arranged: &Arranged, own: [&str; 2], publisher: Option<&str>) -> Vec<String> {
    let each = || arranged.lines.iter().zip(arranged.kinds.iter().copied()).enumerate();
    let is_sender =
        |name: &String| publisher.is_some_and(|publisher| fold(publisher) == fold(name)) || is_media(name);
    let mut authors: Vec<String> = Vec::new();
    let mut add = |names: Vec<String>| {
        for name in names {
            if !is_sender(&name) && !authors.iter().any(|known| fold(known) == fold(&name)) {
                authors.push(name);
            }
        }
        !authors.is_empty()
    };
    let first = first_news(arranged);
    // `By X` before the text, or after it.
    for (index, (line, kind)) in each() {
        if kind == BlockKind::Furniture(FurnitureKind::Byline) {
            let mut names = byline_names(&line.plain, own);
            let next = arranged.lines.get(index + 1);
            if names.is_empty() {
                names.extend(name_beside_time(&line.plain).map(tidy_case));
            }
            if names.is_empty()
                && TABLES.has("by", &line.folded)
                && let Some(next) = next
            {
                names = names_at_start(&next.plain);
            }
            if !names.is_empty() && add(names) && index >= first {
                return authors;
            }
        }
    }
    if !add(Vec::new()) {
        // `Reporting by X in Y; editing by Z`.
        for (_, (line, kind)) in each() {
            if kind == BlockKind::Furniture(FurnitureKind::Byline)
                && let Some((_, cue)) =
                    TABLES.list("reporting").find(|(_, cue)| line.folded.starts_with(&fold(cue)))
            {
                let rest = line
                    .plain
                    .trim_start_matches(|c: char| !c.is_alphanumeric())
                    .get(cue.len()..)
                    .unwrap_or_default();
                add(names_at_start(rest.trim_start_matches([' ', ':'])));
                break;
            }
        }
    }
    if !add(Vec::new()) {
        // A name alone beside the time.
        for (index, (line, kind)) in each() {
            let time = |at: Option<usize>| {
                at.and_then(|at| arranged.kinds.get(at)) == Some(&BlockKind::Furniture(FurnitureKind::Time))
            };
            let beside = time(index.checked_sub(1))
                || time(Some(index + 1))
                || time(Some(index + 2))
                || line.mark == Mark::Italic
                || line.mark == Mark::Bold;
            if kind == BlockKind::Furniture(FurnitureKind::Byline)
                && is_name(&line.plain)
                && beside
                && index < first + 2
                && add(vec![tidy_case(&line.plain)])
            {
                break;
            }
        }
    }
    if !add(Vec::new()) {
        for (index, (line, kind)) in each() {
            if kind == BlockKind::Furniture(FurnitureKind::AuthorLife) && line.words >= 6 {
                let under =
                    index.checked_sub(1).and_then(|before| arranged.lines.get(before)).map(|before| {
                        before.plain.split([',', '|']).next().unwrap_or_default().trim().to_owned()
                    });
                let name = under
                    .filter(|name| is_name(name) && line.folded.starts_with(&fold(name)))
                    .or_else(|| leading_name(&line.plain));
                if add(name.into_iter().collect()) {
                    break;
                }
            }
        }
    }
    authors
}

/// Whether a name is that of a medium rather than of somebody.
fn is_media(name: &str) -> bool {
    let folded = fold(name);
    TABLES.has("media", &folded)
        || TABLES.has("agencies", &folded)
        || TABLES.list("media-words").any(|(_, word)| find_words(&folded, word).is_some())
}

/// The name with which a sentence starts: two to four words with capitals before one without.
pub(crate) fn leading_name(plain: &str) -> Option<String> {
    let words: Vec<&str> = plain.split_whitespace().take(6).collect();
    let is_part = |word: &&&str| {
        word.starts_with(char::is_uppercase)
            && !word.ends_with([',', '.', ':'])
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
    };
    let length = words.iter().take_while(|word| is_part(word)).count();
    let last = words.get(length).filter(|word| word.ends_with(',') && word.starts_with(char::is_uppercase));
    let name = words
        .iter()
        .take(length + usize::from(last.is_some()))
        .map(|word| word.trim_end_matches(','))
        .collect::<Vec<_>>()
        .join(" ");
    ((2..=4).contains(&name.split(' ').count()) && words.len() > length && is_name(&name)).then_some(name)
}
