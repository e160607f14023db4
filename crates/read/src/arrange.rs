//! What each line of a clipping or page is: news, caption, or a kind of furniture.

use chancery_core::{BlockKind, FurnitureKind, Text};

use crate::furniture::{TABLES, find_words};
use crate::language::language;
use crate::line::{Layout, Line, Mark};
use crate::masthead::{is_byline, leading_name};
use crate::words::{count, ends_quoted, fold, is_name, sentences};

/// The lines of a document with what each is.
pub(crate) struct Arranged {
    pub lines: Vec<Line>,
    /// One a line.
    pub kinds: Vec<BlockKind>,
    pub language: Option<&'static str>,
}

/// What is known of a document before its lines are judged.
#[derive(Default)]
pub(crate) struct Known<'a> {
    /// The title, where a record or page states it.
    pub title: Option<&'a str>,
    /// Whether the first line follows a date, as the title does or the first sentence.
    pub opens: bool,
}

/// Longest heading, in words.
const HEADING: usize = 14;
/// Longest caption, in words.
const CAPTION: usize = 70;

/// Judges every line.
pub(crate) fn arrange(text: &Text, mut lines: Vec<Line>, known: &Known<'_>) -> Arranged {
    let language = language_of(&lines);
    let own = [language.unwrap_or("en"), "en"];
    guess_more(&mut lines, own);
    for index in find_lives(&lines, own) {
        if let Some(line) = lines.get_mut(index) {
            line.guess = Some(FurnitureKind::AuthorLife);
        }
    }
    let news = extent(&lines);
    let title = find_title(&lines, &news, known);
    let mut kinds = vec![BlockKind::Furniture(FurnitureKind::Other); lines.len()];
    for index in 0..lines.len() {
        let kind = judge(text, &lines, &kinds, index, &news, title, own);
        if let Some(slot) = kinds.get_mut(index) {
            *slot = kind;
        }
    }
    mark_captions(text, &lines, &mut kinds, own);
    mark_pitches(&lines, &mut kinds, own);
    Arranged { lines, kinds, language }
}

/// The language of the lines that read like prose, or of all where none does.
fn language_of(lines: &[Line]) -> Option<&'static str> {
    let mut prose = String::new();
    let mut by_length: Vec<&Line> = lines.iter().filter(|line| line.is_news_like()).collect();
    by_length.sort_by_key(|line| std::cmp::Reverse(line.words));
    for line in by_length {
        prose.push_str(&line.plain);
        prose.push('\n');
        if prose.len() > 6000 {
            break;
        }
    }
    if prose.len() < 60 {
        prose = lines.iter().map(|line| line.plain.as_str()).collect::<Vec<_>>().join("\n");
    }
    language(&prose)
}

/// Guesses that need the language or the lines around.
fn guess_more(lines: &mut [Line], own: [&str; 2]) {
    let mut seen = std::collections::HashSet::new();
    for line in lines.iter_mut() {
        let again = !seen.insert(line.folded.clone());
        if line.guess == Some(FurnitureKind::Navigation) && is_byline(&line.plain, own) {
            line.guess = Some(FurnitureKind::Byline);
        }
        if line.guess.is_some() {
            continue;
        }
        if is_byline(&line.plain, own) {
            line.guess = Some(FurnitureKind::Byline);
        } else if is_credit(&line.plain, own) {
            line.guess = Some(FurnitureKind::Credit);
        } else if line.times > 1
            && !line.is_heading()
            && (again && line.words > 3 || !line.prose && line.times > 2)
        {
            line.guess = Some(FurnitureKind::Other);
        }
    }
    // A run of short list items without a sentence is a menu.
    let is_item = |line: &Line| {
        matches!(line.mark, Mark::Bullet | Mark::Link) && line.words <= 7 && !line.prose
            || line.guess == Some(FurnitureKind::Navigation)
    };
    let mut at = 0;
    while at < lines.len() {
        let length = lines.iter().skip(at).take_while(|line| is_item(line)).count();
        if length >= 4 {
            for line in lines.iter_mut().skip(at).take(length) {
                line.guess.get_or_insert(FurnitureKind::Navigation);
            }
        }
        at += length.max(1);
    }
}

/// Lines about the life of whoever wrote the report: at its end, or under the author's name.
fn find_lives(lines: &[Line], own: [&str; 2]) -> Vec<usize> {
    let mut found = Vec::new();
    let cues = |line: &Line| TABLES.count_in("life", own, &line.folded);
    for (index, line) in
        lines.iter().enumerate().rev().filter(|(_, line)| line.is_news_like() && line.words >= 6)
    {
        let named = leading_name(&line.plain).is_some();
        let under_name = index
            .checked_sub(1)
            .and_then(|before| lines.get(before))
            .is_some_and(|before| names_start(before, line));
        let about = index
            .checked_sub(1)
            .and_then(|before| lines.get(before))
            .is_some_and(|before| before.guess == Some(FurnitureKind::AuthorLife));
        let cues = cues(line);
        // The first line of a text is not about its author.
        let is_life = index > 2
            && (cues >= 3
                || cues >= 2 && (named || line.words < 40)
                || cues >= 1 && (under_name || about)
                || cues >= 1 && named && line.words <= 35 && index + 6 >= lines.len());
        if !is_life {
            break;
        }
        found.push(index);
    }
    for (index, pair) in lines.windows(2).enumerate() {
        if let [name, line] = pair
            && line.is_news_like()
            && names_start(name, line)
            && cues(line) >= 1
            && !found.contains(&(index + 1))
        {
            found.push(index + 1);
        }
    }
    let names: Vec<usize> = found
        .iter()
        .filter_map(|index| {
            let before = index.checked_sub(1)?;
            names_start(lines.get(before)?, lines.get(*index)?).then_some(before)
        })
        .collect();
    found.extend(names);
    found
}

/// Whether a short line is the name with which the next begins.
fn names_start(name: &Line, line: &Line) -> bool {
    let first = name.plain.split([',', '|', '–', '—', '(']).next().unwrap_or_default().trim();
    name.words <= 10 && is_name(first) && line.words > name.words && line.folded.starts_with(&fold(first))
}

/// What a line adds to the belief that the news runs through it.
fn value(line: &Line, is_short: bool) -> f32 {
    use FurnitureKind::{Byline, Credit, Image, Link, Other, Promotion, Publisher, Sources, Time};
    if line.layout == Layout::Apart {
        return -3.0;
    }
    if line.layout == Layout::None && TABLES.is_tail(&line.folded) {
        // In a clipping of some lines the same words may announce a link in the midst of the news.
        return if is_short { -10.0 } else { -30.0 };
    }
    match line.guess {
        Some(Byline | Credit | Image | Link | Publisher | Sources | Time) => -1.0,
        Some(Other | Promotion) => -3.0,
        Some(_) => -4.0,
        None if line.prose => line.words.min(60) as f32,
        None if line.is_heading() => 0.0,
        None if line.words >= 12 => 2.0,
        None if line.layout == Layout::Article => -0.5,
        None => -2.5,
    }
}

/// Where the news stands, as a range of lines, and the line at which what follows the news begins.
struct Extent {
    news: std::ops::Range<usize>,
    tail: usize,
}

/// Finds the run of lines with the greatest sum of values.
fn extent(lines: &[Line]) -> Extent {
    let is_short = lines.len() < 80;
    let (mut best, mut sum, mut start) = (0.0, 0.0, 0);
    let mut news = 0..0;
    for (index, line) in lines.iter().enumerate() {
        if sum <= 0.0 {
            sum = 0.0;
            start = index;
        }
        sum += value(line, is_short);
        if sum > best {
            best = sum;
            news = start..index + 1;
        }
    }
    let tail = (news.end..lines.len())
        .find(|index| lines.get(*index).is_some_and(|line| TABLES.is_tail(&line.folded)))
        .unwrap_or(lines.len());
    Extent { news, tail }
}

/// The line that holds the title.
fn find_title(lines: &[Line], extent: &Extent, known: &Known<'_>) -> Option<usize> {
    let head = extent.news.start.min(lines.len());
    if let Some(title) = known.title {
        let title = fold(title);
        let near = |line: &Line| {
            !line.folded.is_empty()
                && line.words >= 2
                && (line.folded == title
                    || line.words > 4 && (title.starts_with(&line.folded) || line.folded.starts_with(&title)))
        };
        let before = (0..=head)
            .rev()
            .find(|index| lines.get(*index).is_some_and(|line| near(line) && line.is_heading()));
        return before.or_else(|| (0..=head).rev().find(|index| lines.get(*index).is_some_and(near)));
    }
    let heads: Vec<(usize, &Line)> = lines.iter().enumerate().take(head + 1).collect();
    let level = |line: &Line| match (line.mark, line.layout) {
        (Mark::Heading(level), _) | (_, Layout::Heading(level)) => level,
        _ => 7,
    };
    let heading = heads
        .iter()
        .filter(|(_, line)| line.is_heading() && line.words >= 2 && line.guess.is_none() && level(line) <= 2)
        .min_by_key(|(index, line)| (level(line), *index));
    if let Some((index, _)) = heading {
        return Some(*index);
    }
    let headline = |line: &Line| {
        line.guess.is_none()
            && (3..=32).contains(&line.words)
            && !matches!(line.mark, Mark::Bullet | Mark::Quote | Mark::Table | Mark::Image)
            && (!line.prose
                || line.words <= 18 && line.plain.trim_end().ends_with(['?', '!', '？', '！'])
                || line.words <= 18 && ends_quoted(&line.plain) && sentences(&line.plain) <= 1)
    };
    // The first line of a clipping, behind what names its sender and day.
    let opening = heads.iter().find(|(_, line)| {
        !matches!(
            line.guess,
            Some(
                FurnitureKind::Publisher
                    | FurnitureKind::Time
                    | FurnitureKind::Link
                    | FurnitureKind::Image
                    | FurnitureKind::Byline
            )
        )
    });
    if let Some((index, line)) = opening
        && headline(line)
        && (known.opens || *index == 0 || line.mark == Mark::Bold || line.words >= 4)
        && heads.len() < 12
        && lines.len() > 1
    {
        return Some(*index);
    }
    if heads.len() < 12 && opening.is_some_and(|(_, line)| line.prose) {
        return None;
    }
    let score = |index: usize, line: &Line| {
        let distance = heads.iter().skip(index).filter(|(_, line)| line.guess.is_none()).count();
        let caption = ends_with_credit(&line.plain, ["en", "en"], false);
        line.words.min(10) as f32 + if line.times > 1 { 6.0 } else { 0.0 }
            - distance as f32 * 0.5
            - if caption || line.words > 24 { 6.0 } else { 0.0 }
    };
    heads
        .iter()
        .filter(|(_, line)| headline(line) && line.words >= 4)
        .max_by(|a, b| score(a.0, a.1).total_cmp(&score(b.0, b.1)).then(b.0.cmp(&a.0)))
        .map(|(index, _)| *index)
}

fn judge(
    text: &Text,
    lines: &[Line],
    kinds: &[BlockKind],
    index: usize,
    extent: &Extent,
    title: Option<usize>,
    own: [&str; 2],
) -> BlockKind {
    use BlockKind::{Furniture, Paragraph, Standfirst, Subheading, Title};
    let Some(line) = lines.get(index) else { return Furniture(FurnitureKind::Other) };
    let next = lines.get(index + 1);
    if title == Some(index) {
        return Title;
    }
    if let Some(kind) = line.guess {
        return Furniture(kind);
    }
    if line.layout == Layout::Caption {
        return BlockKind::Caption;
    }
    let after_title = title.is_some_and(|title| index > title);
    let previous = index.checked_sub(1).and_then(|before| kinds.get(before)).copied();
    if line.layout == Layout::Article && line.prose {
        return Paragraph;
    }
    if index < extent.news.start {
        // The head of the document.
        if is_sender(line, text) {
            return Furniture(FurnitureKind::Publisher);
        }
        if after_title && is_name(line.plain.trim_end_matches(',')) {
            return Furniture(FurnitureKind::Byline);
        }
        if after_title && line.words >= 6 && line.layout != Layout::Apart && !matches!(line.mark, Mark::Link)
        {
            return Standfirst;
        }
        if line.prose && line.words >= 25 {
            return Paragraph;
        }
        return Furniture(if line.words <= 4 { FurnitureKind::Navigation } else { FurnitureKind::Other });
    }
    if index >= extent.news.end {
        if line.prose && line.words >= 25 && index < extent.tail && line.layout != Layout::Apart {
            return Paragraph;
        }
        if line.words >= 12
            && index < extent.tail
            && index == extent.news.end
            && line.linked < 0.5
            && line.layout != Layout::Apart
            && lines.len() - index <= 3
        {
            return Paragraph;
        }
        if is_sender(line, text) {
            return Furniture(FurnitureKind::Publisher);
        }
        return Furniture(if index > extent.tail || line.words >= 4 {
            FurnitureKind::Promotion
        } else {
            FurnitureKind::Other
        });
    }
    let opens = title.is_some_and(|title| title + 1 == index);
    if line.prose {
        let before_masthead = next.is_some_and(|next| {
            matches!(
                next.guess,
                Some(
                    FurnitureKind::Byline
                        | FurnitureKind::Time
                        | FurnitureKind::Image
                        | FurnitureKind::Credit
                )
            )
        });
        if opens && line.words <= 50 && before_masthead || index == 0 && title.is_none() && line.words <= 40 {
            return Standfirst;
        }
        return Paragraph;
    }
    if matches!(line.mark, Mark::Bullet | Mark::Quote | Mark::Table) {
        return Paragraph;
    }
    if opens && line.words >= 6 {
        return Standfirst;
    }
    if line.layout == Layout::Apart {
        return Furniture(FurnitureKind::Promotion);
    }
    if line.is_heading() {
        return Subheading;
    }
    // A teaser stands behind the words that announce it.
    let announced = matches!(
        previous,
        Some(Furniture(FurnitureKind::Promotion | FurnitureKind::Newsletter | FurnitureKind::Paywall))
    );
    if announced && (7..=25).contains(&line.words) {
        return Furniture(FurnitureKind::Promotion);
    }
    if index < extent.news.start + 3 && after_title && is_name(&line.plain) && !own.is_empty() {
        return Furniture(FurnitureKind::Byline);
    }
    let followed = next.is_some_and(|next| {
        next.guess.is_none()
            && (next.prose || next.words > HEADING || matches!(next.mark, Mark::Bullet | Mark::Quote))
    });
    if line.words <= HEADING && followed && !line.plain.ends_with(',') {
        return Subheading;
    }
    Paragraph
}

/// Whether a line names a sender: a known one, or words in bold that are no sentence.
fn is_sender(line: &Line, _: &Text) -> bool {
    TABLES.has("media", &line.folded)
        || TABLES.has("agencies", &line.folded)
        || line.mark == Mark::Bold && line.words <= 5 && !line.prose
}

/// Whether a line says whose a picture is.
fn is_credit(plain: &str, own: [&str; 2]) -> bool {
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
fn ends_with_credit(plain: &str, own: [&str; 2], is_head: bool) -> bool {
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
    !crate::day::find_days(plain, true).is_empty()
        || TABLES
            .list("caption")
            .filter(|(language, _)| own.contains(language))
            .any(|(_, cue)| find_words(&fold(plain), &fold(cue)).is_some())
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
fn mark_captions(text: &Text, lines: &[Line], kinds: &mut [BlockKind], own: [&str; 2]) {
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
                || credit_next && line.words <= 40 && (!line.prose || line.words <= 30)
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

/// Whether the words of an image line and of what follows are mostly the same.
fn alike(image: &str, folded: &str) -> bool {
    let image = fold(image);
    let words: Vec<&str> = folded.split(' ').filter(|word| word.chars().count() > 3).collect();
    let shared = words.iter().filter(|word| find_words(&image, word).is_some()).count();
    words.len() >= 3 && shared * 2 >= words.len()
}

/// Marks sentences that sell something, between lines that do.
fn mark_pitches(lines: &[Line], kinds: &mut [BlockKind], own: [&str; 2]) {
    let sells = |kind: Option<&BlockKind>| {
        matches!(kind, Some(BlockKind::Furniture(FurnitureKind::Newsletter | FurnitureKind::Paywall)))
    };
    for index in 0..kinds.len() {
        let Some(line) = lines.get(index) else { continue };
        if !matches!(kinds.get(index), Some(BlockKind::Paragraph | BlockKind::Subheading))
            || line.words > 35
            || line.is_speech()
        {
            continue;
        }
        let before = index.checked_sub(1).and_then(|before| kinds.get(before));
        let after = kinds.get(index + 1);
        let addressed = TABLES.count_in("reader", own, &line.folded);
        let kind = match (before, after) {
            (Some(BlockKind::Furniture(kind)), _) if sells(before) && addressed >= 1 => *kind,
            (_, Some(BlockKind::Furniture(kind))) if sells(after) && addressed >= 1 && !line.prose => *kind,
            (Some(BlockKind::Furniture(kind)), Some(_))
                if sells(before) && sells(after) && line.words <= 16 =>
            {
                *kind
            }
            _ => continue,
        };
        if let Some(slot) = kinds.get_mut(index) {
            *slot = BlockKind::Furniture(kind);
        }
    }
}
