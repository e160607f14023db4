//! What each line of a clipping or page is: news, caption, or a kind of furniture.

use chancery_core::{BlockKind, FurnitureKind, Text};

use crate::caption::{is_credit, mark_captions};
use crate::comment::find_comments;
use crate::furniture::TABLES;
use crate::head_line::{HeadLine, find_head_lines};
use crate::language::language;
use crate::line::{Layout, Line, Mark};
use crate::masthead::{is_byline, leading_name, name_beside_time};
use crate::pitch::{mark_pitches, mark_scraps};
use crate::sender::{find_senders, is_sender_line};
use crate::title::find_title;
use crate::words::{ends_quoted, fold, is_name};

/// The lines of a document with what each is.
pub(crate) struct Arranged {
    pub lines: Vec<Line>,
    /// One a line.
    pub kinds: Vec<BlockKind>,
    pub language: Option<&'static str>,
    /// The lines above the text that say when, in what and by whom it came out, by their places.
    pub heads: Vec<(usize, HeadLine)>,
}

impl Arranged {
    /// What a line says of the report as a whole, if it is a line of the head.
    pub(crate) fn head(&self, index: usize) -> Option<&HeadLine> {
        self.heads.iter().find(|(place, _)| *place == index).map(|(_, head)| head)
    }
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
    for index in find_senders(&lines) {
        if let Some(line) = lines.get_mut(index) {
            line.guess = Some(FurnitureKind::Publisher);
        }
    }
    let heads = find_head_lines(&lines, own);
    for (index, head) in heads.iter().filter(|(_, head)| head.title.is_none()) {
        if let Some(line) = lines.get_mut(*index).filter(|line| line.guess != Some(FurnitureKind::Byline)) {
            let sender = head.publisher.is_some();
            line.guess = Some(if sender { FurnitureKind::Publisher } else { FurnitureKind::Byline });
        }
    }
    let comments = find_comments(lines.iter().map(|line| (line.plain.as_str(), line.is_news_like())));
    for index in comments {
        if let Some(line) = lines.get_mut(index) {
            line.guess.get_or_insert(FurnitureKind::Comment);
        }
    }
    let news = extent(&lines);
    let title = find_title(&lines, news.news.start, known);
    let mut kinds = vec![BlockKind::Furniture(FurnitureKind::Other); lines.len()];
    for index in 0..lines.len() {
        let kind = judge(&lines, &kinds, index, &news, title, own);
        if let Some(slot) = kinds.get_mut(index) {
            *slot = kind;
        }
    }
    mark_captions(text, &lines, &mut kinds, own);
    mark_pitches(&lines, &mut kinds, own);
    mark_scraps(&lines, &mut kinds);
    Arranged { lines, kinds, language, heads }
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
        if line.guess == Some(FurnitureKind::Navigation) && is_byline(&line.plain, own)
            || line.guess.is_none_or(|kind| kind == FurnitureKind::Navigation)
                && name_beside_time(&line.plain).is_some()
        {
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
///
/// A sentence that stands alone between lines that are none, as teasers do, is worth `alone` a word.
fn value(lines: &[Line], index: usize, is_short: bool, alone: f32) -> f32 {
    use FurnitureKind::{Byline, Credit, Image, Link, Other, Promotion, Publisher, Sources, Time};
    let Some(line) = lines.get(index) else { return 0.0 };
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
        None if line.prose && is_alone(lines, index) => line.words as f32 * alone,
        None if line.prose => line.words.min(60) as f32,
        None if line.is_heading() => 0.0,
        None if line.words >= 12 => 2.0,
        None if line.layout == Layout::Article => -0.5,
        None => -2.5,
    }
}

/// What a word is worth of a sentence that stands alone between lines that are none, as teasers do.
const ALONE: f32 = 0.4;

/// Whether a short paragraph of a clipping stands between lines that are no sentences.
fn is_alone(lines: &[Line], index: usize) -> bool {
    let is_prose = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(Line::is_news_like);
    let short = |line: &Line| line.layout == Layout::None && line.words <= 45;
    lines.get(index).is_some_and(short) && !is_prose(index.checked_sub(1)) && !is_prose(Some(index + 1))
}

/// Where the news stands, as a range of lines, and the line at which what follows the news begins.
struct Extent {
    news: std::ops::Range<usize>,
    tail: usize,
}

/// The most lines without a sentence, in a clipping, across which the news goes on.
const GAP: usize = 12;

/// Widens the news of a clipping by sentences that furniture parts from the rest.
fn take_in_strays(lines: &[Line], news: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let is_stray = |line: &Line| {
        line.is_news_like()
            && line.words >= 6
            && (line.plain.ends_with(['.', '。', '۔', '።']) || ends_quoted(&line.plain) || line.words >= 25)
    };
    let closes = |line: &Line| line.guess == Some(FurnitureKind::Comment) && TABLES.is_tail(&line.folded);
    let (mut start, mut end) = (news.start, news.end);
    for (index, line) in lines.iter().enumerate().skip(news.end) {
        if closes(line) || index > end + GAP {
            break;
        }
        if is_stray(line) {
            end = index + 1;
        }
    }
    for (index, line) in lines.iter().enumerate().take(news.start).rev() {
        if index + GAP < start {
            break;
        }
        if is_stray(line) {
            start = index;
        }
    }
    start..end
}

/// Finds the run of lines with the greatest sum of values.
fn extent(lines: &[Line]) -> Extent {
    let is_short = lines.len() < 80;
    let (mut best, mut sum, mut start) = (0.0, 0.0, 0);
    let mut news = 0..0;
    for index in 0..lines.len() {
        if sum <= 0.0 {
            sum = 0.0;
            start = index;
        }
        sum += value(lines, index, is_short, ALONE);
        if sum > best {
            best = sum;
            news = start..index + 1;
        }
    }
    news.start = start_with_lead(lines, news.start, is_short);
    if is_short && lines.iter().all(|line| line.layout == Layout::None) {
        news = take_in_strays(lines, news);
    }
    news.end = end_of_article(lines, news.end);
    let tail = (news.end..lines.len())
        .find(|index| lines.get(*index).is_some_and(|line| TABLES.is_tail(&line.folded)))
        .unwrap_or(lines.len());
    Extent { news, tail }
}

/// Where the news starts, with the sentences above it that stand alone because they lead into it.
fn start_with_lead(lines: &[Line], start: usize, is_short: bool) -> usize {
    let (mut first, mut sum, mut best) = (start, 0.0, 0.0);
    for index in (start.saturating_sub(GAP)..start).rev() {
        sum += value(lines, index, is_short, 1.0);
        if sum > best {
            (first, best) = (index, sum);
        }
    }
    first
}

/// Where the article of a page ends: behind the lists and tables that close it, which have no sentences.
fn end_of_article(lines: &[Line], end: usize) -> usize {
    let goes_on = |line: &&Line| match line.layout {
        Layout::Article => line.linked < 0.3 && !TABLES.is_tail(&line.folded),
        Layout::Caption | Layout::Heading(2..) => !TABLES.is_tail(&line.folded),
        _ => false,
    };
    let more = lines.iter().skip(end).take_while(goes_on).count();
    let last = lines.get(end..end + more).and_then(|rest| {
        rest.iter().rposition(|line| line.guess.is_none() && line.layout == Layout::Article)
    });
    last.map_or(end, |last| end + last + 1)
}

fn judge(
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
    if line.layout == Layout::Article && line.prose {
        return Paragraph;
    }
    if index < extent.news.start {
        // The head of the document.
        if is_sender_line(line) {
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
        if is_sender_line(line) {
            return Furniture(FurnitureKind::Publisher);
        }
        return Furniture(if index > extent.tail || line.words >= 4 {
            FurnitureKind::Promotion
        } else {
            FurnitureKind::Other
        });
    }
    let opens = title.is_some_and(|title| title + 1 == index);
    if line.plain.ends_with(['?', '؟', '？']) && line.words <= HEADING && is_teaser(lines, kinds, index) {
        return Furniture(FurnitureKind::Promotion);
    }
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
    if is_teaser(lines, kinds, index) {
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

/// Whether a line that is no sentence promotes another report: behind the words that announce it, or
/// among furniture.
fn is_teaser(lines: &[Line], kinds: &[BlockKind], index: usize) -> bool {
    use FurnitureKind::{Byline, Credit, Image, Newsletter, Paywall, Promotion, Time};
    let (Some(line), Some(before)) = (lines.get(index), index.checked_sub(1)) else { return false };
    let Some(BlockKind::Furniture(previous)) = kinds.get(before).copied() else { return false };
    let next = lines.get(index + 1);
    let among = |kind: FurnitureKind| !matches!(kind, Byline | Credit | Image | Time);
    if line.words <= HEADING && among(previous) && next.is_some_and(|next| next.guess.is_some_and(among)) {
        return true;
    }
    if !matches!(previous, Promotion | Newsletter | Paywall) {
        return false;
    }
    // What ends without a blank line before the next sentence is a list, to its last line.
    let listed =
        next.is_some_and(|next| !next.prose && !next.apart && next.guess.is_none() && next.words >= 3);
    let goes_on = lines.get(before).is_some_and(|line| line.guess.is_none()) && !line.apart;
    (7..=25).contains(&line.words) || line.words >= 3 && (listed || goes_on && line.words >= 6)
}
