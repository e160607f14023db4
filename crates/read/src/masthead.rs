//! What a clipping states about itself: title, publisher, authors, link and day.

use chancery_core::{BlockKind, FurnitureKind, Metadata};

use crate::arrange::Arranged;
use crate::day::{find_days, is_time_line};
use crate::furniture::{TABLES, find_words};
use crate::line::{Line, Mark, is_address};
use crate::sender::{find_publisher, is_media, is_sender, split_sender};
use crate::words::{count, fold, is_name};

/// Reads what the lines state.
pub(crate) fn read(arranged: &Arranged) -> Metadata {
    let own = [arranged.language.unwrap_or("en"), "en"];
    let each = || arranged.lines.iter().zip(arranged.kinds.iter().copied());
    let title = each().find(|(_, kind)| *kind == BlockKind::Title).map(|(line, _)| line.plain.clone());
    let place = arranged.kinds.iter().position(|kind| *kind == BlockKind::Title);
    let stated = place.and_then(|place| arranged.head(place)).and_then(|head| head.title.clone());
    let title = stated.or_else(|| title.map(|title| without_label(&title).to_owned()));
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

/// A title without the word that says it is one: `Headline: …`.
fn without_label(title: &str) -> &str {
    let label = title.split_once([':', '：']).filter(|(label, _)| TABLES.has("headline", &fold(label)));
    label.map_or(title, |(_, title)| title.trim())
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

/// The index of the first paragraph, or how many lines there are.
pub(crate) fn first_news(arranged: &Arranged) -> usize {
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
        TABLES.folded_list(list).any(|word| find_words(&line.folded, word).is_some_and(|at| at < 24))
    };
    let mut best: Option<(u8, chancery_core::Date, String)> = None;
    let title = arranged.kinds.iter().position(|kind| *kind == BlockKind::Title);
    for (index, (line, kind)) in arranged.lines.iter().zip(&arranged.kinds).enumerate() {
        if title.is_some_and(|title| index.abs_diff(title) <= BY_TITLE && index <= first_news + 1)
            && best.as_ref().is_none_or(|(known, ..)| *known > 3)
            && let Some(day) = leading_day(line, month_first)
        {
            best = Some((3, day, format!("line beside the title: {}", line.plain)));
        }
        if let Some(day) = arranged.head(index).and_then(|head| head.day)
            && best.as_ref().is_none_or(|(known, ..)| *known > 1)
        {
            best = Some((1, day, format!("line that says whose it is and of when: {}", line.plain)));
        }
        if index == first_news
            && best.is_none()
            && let Some(day) = dateline_day(&line.plain, month_first)
        {
            best = Some((3, day, format!("day before the first sentence: {}", head_of(&line.plain))));
        }
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

/// How many lines from the title a line may stand that begins with the day.
const BY_TITLE: usize = 6;

/// The day with which a line begins that is no sentence: `Fr 25.04.25 | Von …`, `Culture, 2.11.22`.
fn leading_day(line: &Line, month_first: bool) -> Option<chancery_core::Date> {
    if line.prose || line.words > 14 || line.linked > 0.5 || line.is_heading() {
        return None;
    }
    let day = find_days(&line.plain, month_first).into_iter().next()?;
    (count(line.plain.get(..day.bytes.start)?) <= 1).then_some(day.date)
}

/// The day in `KESSIN, Oct. 7, 2025 (Reuters) – …`.
fn dateline_day(plain: &str, month_first: bool) -> Option<chancery_core::Date> {
    let day = find_days(head_of(plain), month_first).into_iter().next()?;
    let before = plain.get(..day.bytes.start)?;
    let after = plain.get(day.bytes.end..)?.trim_start_matches([' ', ',', '.']);
    let opens = before.is_empty()
        || count(before) <= 4 && before.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    (opens && after.starts_with(['(', '（', '/', '–', '—', '-', '【'])).then_some(day.date)
}

/// The first characters of a paragraph, in which a dateline stands.
fn head_of(plain: &str) -> &str {
    plain.char_indices().nth(70).map_or(plain, |(end, _)| plain.get(..end).unwrap_or(plain))
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
pub(crate) fn byline_names(plain: &str, own: [&str; 2]) -> Vec<String> {
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
            if is_name(piece) && !is_sender(&fold(piece)) && find_days(piece, true).is_empty() {
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
    add(arranged
        .heads
        .iter()
        .flat_map(|(_, head)| head.authors.iter().map(|name| tidy_case(name)))
        .collect());
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
