//! Lines that are made of parts and say when a report came out, in what and by whom: `The Post, 7 Oct 2025, page 4`.

use chancery_core::{Date, FurnitureKind};

use crate::day::{find_days, says_when};
use crate::furniture::TABLES;
use crate::line::{Layout, Line};
use crate::masthead::byline_names;
use crate::sender::{is_media, is_sender};
use crate::words::{count, ends_sentence, fold, is_name};

/// What such a line says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct HeadLine {
    pub day: Option<Date>,
    pub publisher: Option<String>,
    pub authors: Vec<String>,
    /// The title, where the rest of the line is one: `07/10/2025 09:41 - AFP - Two envoys expelled`.
    pub title: Option<String>,
}

/// Longest line of the kind without a title, in words.
const LONGEST: usize = 24;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    Day(Date),
    /// Hours, weekdays, and words such as `published`; whether a later date is when the report was changed.
    When {
        updated: bool,
    },
    Sender(&'a str),
    By(&'a str),
    /// Words with capitals: somebody's name, or a medium that no table knows.
    Name(&'a str),
    /// A page, a section, how long the report is.
    Aside,
    Words(&'a str),
}

/// Lines from the top among which such lines are sought, as far as no news begins.
const HEAD: usize = 14;

/// The lines of the kind above the text of a clipping, by their places.
pub(crate) fn find_head_lines(lines: &[Line], own: [&str; 2]) -> Vec<(usize, HeadLine)> {
    use FurnitureKind::{Byline, Navigation, Other, Publisher, Sources, Time};
    let news = |line: &Line| line.is_news_like() && line.words >= 12;
    let fits = |line: &Line| {
        line.layout == Layout::None
            && !line.is_heading()
            && line
                .guess
                .is_none_or(|kind| matches!(kind, Byline | Navigation | Other | Publisher | Sources | Time))
    };
    // Above the title stands who publishes, below it more often who wrote.
    let title = lines.iter().position(Line::is_heading).unwrap_or(usize::from(
        lines.first().is_some_and(|line| read_head_line(&line.plain, own, true).is_none()),
    ));
    lines
        .iter()
        .enumerate()
        .take(HEAD)
        .take_while(|(_, line)| !news(line))
        .filter(|(_, line)| fits(line))
        .filter_map(|(index, line)| {
            let first = index < title || index == 0;
            Some((index, read_head_line(&line.plain, own, first)?))
        })
        .collect()
}

/// Reads a line, `first` of its document or not; `None` if it has a part that says something else, or no day and
/// no sender beside an author.
pub(crate) fn read_head_line(plain: &str, own: [&str; 2], first: bool) -> Option<HeadLine> {
    let words = count(plain);
    if !(2..=2 * LONGEST).contains(&words) {
        return None;
    }
    let parts = parts(plain, own);
    let mut head = HeadLine::default();
    let (mut names, mut updated, mut other) = (Vec::new(), false, None);
    for part in parts {
        if other.is_some() {
            return None;
        }
        match part {
            Part::Day(day) => {
                if !updated {
                    head.day.get_or_insert(day);
                }
            }
            Part::When { updated: next } => updated = next,
            Part::Sender(sender) => {
                // Agencies stand beside the medium that took their report over.
                let agency = |name: &str| TABLES.has("agencies", &fold(name));
                if head.publisher.as_deref().is_none_or(|known| agency(known) && !agency(sender)) {
                    head.publisher = Some(sender.to_owned());
                }
            }
            Part::By(words) => head.authors.extend(byline_names(words, own)),
            Part::Name(name) => names.push(name),
            Part::Aside => {}
            Part::Words(words) => other = Some(words),
        }
    }
    if let Some(title) = other {
        let opens = head.day.is_some() && head.authors.is_empty() && names.is_empty();
        let begins = !title.starts_with(char::is_lowercase);
        head.title = (opens && begins && count(title) >= 3).then(|| title.to_owned());
        return head.title.is_some().then_some(head);
    }
    if words > LONGEST || ends_sentence(plain) && names.len() > 1 {
        return None;
    }
    for name in names {
        let person = is_name(name) && count(name) <= 4 && !is_media(name);
        if head.publisher.is_none() && (first || !person || is_media(name)) {
            head.publisher = Some(name.to_owned());
        } else if head.authors.is_empty() && person {
            head.authors.push(name.to_owned());
        } else {
            return None;
        }
    }
    let told = head.day.is_some() || head.publisher.as_deref().is_some_and(|name| is_sender(&fold(name)));
    let says = head.publisher.is_some() || !head.authors.is_empty();
    (told && says).then_some(head)
}

/// The parts of a line, parted by marks and by its days.
fn parts<'a>(plain: &'a str, own: [&str; 2]) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    let mut at = 0;
    let days = find_days(plain, own[0] == "en");
    let ends = days.iter().map(|day| (day.bytes.clone(), Some(day.date)));
    for (bytes, date) in ends.chain([(plain.len()..plain.len(), None)]) {
        let between = plain.get(at..bytes.start).unwrap_or_default();
        parts.extend(split(between).filter_map(|words| part(words, own)));
        parts.extend(date.map(Part::Day));
        at = bytes.end;
    }
    parts
}

/// Splits at marks that stand between parts; a dash or slash within a word or a clock's colon does not part.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let parted = [" - ", " – ", " — ", " / ", ": "];
    let mut pieces = vec![text];
    for mark in parted {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(mark)).collect();
    }
    let marks = ['|', '·', '•', ',', '،', '，', '、', ';', '(', ')', '（', '）', '[', ']', '*', '_'];
    pieces.into_iter().flat_map(move |piece| piece.split(marks)).map(|piece| {
        piece.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/' | ':' | '：' | '.')
        })
    })
}

fn part<'a>(words: &'a str, own: [&str; 2]) -> Option<Part<'a>> {
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let folded = fold(words);
    if let Some(updated) = says_when(words) {
        return Some(Part::When { updated });
    }
    if is_sender(&folded) || are_agencies(words) {
        return Some(Part::Sender(words));
    }
    // `with AFP`: whose report it was made from, not who sends it out.
    if let Some((first, rest)) = words.split_once(' ')
        && first.chars().count() <= 4
        && first.chars().all(char::is_lowercase)
        && (is_sender(&fold(rest)) || are_agencies(rest))
    {
        return Some(Part::Aside);
    }
    if !byline_names(words, own).is_empty() {
        return Some(Part::By(words));
    }
    // `Ana Ruiz/AFP`
    if let Some((name, agency)) = words.rsplit_once('/')
        && is_name(name.trim())
        && is_sender(&fold(agency))
    {
        return Some(Part::Name(name.trim()));
    }
    let is_page = words.chars().any(|c| c.is_ascii_digit()) && words.split_whitespace().count() <= 3;
    if is_page || TABLES.kind(&folded, count(words), false).is_some() {
        return Some(Part::Aside);
    }
    let length = words.split_whitespace().count();
    let capital = |word: &str| word.starts_with(char::is_uppercase) || word.chars().count() <= 3;
    let opens = words.starts_with(|c: char| !c.is_lowercase());
    if length <= 5 && opens && (words.split_whitespace().all(capital) || length <= 3 && is_media(words)) {
        return Some(Part::Name(words));
    }
    Some(Part::Words(words))
}

/// Whether words are agencies' names joined by a dash or slash, as `TT-Reuters`.
fn are_agencies(words: &str) -> bool {
    words.contains(['-', '/']) && words.split(['-', '/']).all(|name| TABLES.has("agencies", &fold(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        let Some(head) = read_head_line(line, ["en", "sv"], true) else { return "none".to_owned() };
        let day = head.day.map(|day| day.to_string()).unwrap_or_default();
        [day, head.publisher.unwrap_or_default(), head.authors.join("; "), head.title.unwrap_or_default()]
            .join(" | ")
    }

    #[test]
    fn parts_may_stand_in_any_order() {
        for (line, told) in [
            ("2025-10-07 The Meridian Post", "2025-10-07 | The Meridian Post |  | "),
            ("Reuters, 7 October 2025, 09:41 GMT", "2025-10-07 | Reuters |  | "),
            ("BBC News - World - 7 Oct 2025", "2025-10-07 | BBC News |  | "),
            ("Kessin Observer · Tuesday 7 October 2025 · Page 4", "2025-10-07 | Kessin Observer |  | "),
            (
                "The Harbour Times, 7 October 2025, by Ana Ruiz",
                "2025-10-07 | The Harbour Times | Ana Ruiz | ",
            ),
            (
                "Publicerad 7 oktober 2025 kl. 06.12 – TT-Reuters – av Mikael Hägg",
                "2025-10-07 | TT-Reuters | Mikael Hägg | ",
            ),
            ("Kustposten 2025-10-07", "2025-10-07 | Kustposten |  | "),
            ("TT: tisdag 7 okt 2025, 14:05", "2025-10-07 | TT |  | "),
            (
                "07/10/2025 09:41 - AFP - Two envoys are expelled",
                "2025-07-10 | AFP |  | Two envoys are expelled",
            ),
        ] {
            assert_eq!(read(line), told, "{line}");
        }
    }

    #[test]
    fn a_sentence_or_headline_is_no_head_line() {
        for line in [
            "Ruritania expels two envoys",
            "On 7 October 2025 the ministers met in Kessin",
            "The treaty, signed on 7 October 2025, ends the quarrel over the harbour.",
            "7 October 2025",
            "Anna Bell",
        ] {
            assert_eq!(read(line), "none", "{line}");
        }
    }
}
