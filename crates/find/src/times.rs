//! Finds the words that name times, and the days they stand for.
//!
//! First every time is collected as what its words say ([`collect`]); then, when it is known or inferred
//! what day the document is from, the days are counted ([`find_times`]).

mod calendar;
#[cfg(test)]
mod cases;
pub(crate) mod grammar;
mod matcher;
pub(crate) mod meaning;
pub(crate) mod numbers;
pub(crate) mod resolve;
pub(crate) mod tokens;

use chancery_core::{
    Analysis, BlockKind, DateRange, Document, FurnitureKind, Notice, NoticeCode, ResolvedDate, Sentence,
    Span, TimeMention,
};

use grammar::{Grammar, Phrase, grammar};
use matcher::Found;
pub(crate) use matcher::times_in;
use meaning::Meaning;
use resolve::{Context, Counted, Tense, resolve};
use tokens::Token;

/// Words that name a time, before its days are known.
#[derive(Clone, Debug)]
pub(crate) struct Unresolved {
    pub(crate) span: Span,
    pub(crate) sentence: usize,
    pub(crate) meaning: Meaning,
    pub(crate) tense: Tense,
    /// Whether it stands in the news, not in a line around it (`Published on 8 March`).
    pub(crate) is_news: bool,
}

/// Finds the times that a document names, counted from the reference day, in the order of the text.
pub(crate) fn find_times(
    document: &Document,
    analysis: &Analysis,
    reference: Option<&ResolvedDate>,
    notices: &mut Vec<Notice>,
) -> Vec<TimeMention> {
    let mut previous: Option<DateRange> = None;
    let mut last_day: Option<(usize, DateRange)> = None;
    let mut story_year = None;
    let mut out = Vec::new();
    let times = collect(document, analysis);
    let is_story = is_story(&times, reference.map(|day| day.range));
    for time in times {
        if is_story {
            story_year = time.meaning.year().or(story_year);
        }
        let near_day = last_day.filter(|(sentence, _)| time.sentence <= sentence + 1).map(|(_, day)| day);
        let context = Context {
            reference: reference.map(|day| day.range),
            previous,
            near_day,
            story_year,
            tense: time.tense,
        };
        let resolved = resolve(&time.meaning, &context);
        let words = document.text.slice(time.span);
        let how = match (resolved.counted, resolved.range) {
            (Counted::Reference, Some(_)) => match context.reference {
                Some(day) => format!("'{words}' counted from {day}"),
                None => format!("'{words}'"),
            },
            (Counted::Previous(day), Some(_)) => format!("'{words}' counted from {day}, named before it"),
            (Counted::Nothing, Some(_)) => format!("'{words}', stated in full"),
            (_, None) => format!("'{words}' names no days"),
        };
        match resolved.problem {
            Some(NoticeCode::DateImpossible) => {
                notices.push(Notice::new(
                    NoticeCode::DateImpossible,
                    time.span,
                    format!("There is no such date as '{words}'."),
                ));
            }
            Some(code) => {
                let why = match context.reference {
                    Some(day) => format!("'{words}' cannot be counted from {day}."),
                    None => {
                        format!("'{words}' cannot be dated: nothing says when the document was published.")
                    }
                };
                notices.push(Notice::new(code, time.span, why));
            }
            None => {}
        }
        if time.is_news && time.meaning.is_date() && resolved.range.is_some() {
            previous = resolved.range;
            if let Some(day) = resolved.range.filter(|range| range.from == range.to) {
                last_day = Some((time.sentence, day));
            }
        }
        out.push(TimeMention {
            span: time.span,
            sentence: time.sentence,
            kind: resolved.kind,
            value: resolved.value,
            range: resolved.range,
            how,
        });
    }
    out
}

/// Whether a text tells of years gone by: most of the years it names lie before the last two, and hardly
/// a time is counted from the day it was written.
fn is_story(times: &[Unresolved], reference: Option<DateRange>) -> bool {
    let Some(day) = reference.and_then(|range| range.to) else { return false };
    let years: Vec<i32> = times.iter().filter_map(|time| time.meaning.year()).collect();
    let past = years.iter().filter(|year| **year < i32::from(day.year()) - 2).count();
    let counted = times.iter().filter(|time| time.meaning.is_counted()).count();
    years.len() >= 3 && past * 10 >= years.len() * 6 && counted * 8 <= times.len()
}

/// Collects the times that a document names, in the order of the text, without resolving them.
pub(crate) fn collect(document: &Document, analysis: &Analysis) -> Vec<Unresolved> {
    let grammar = grammar(document.metadata.language.as_deref());
    let mut out = Vec::new();
    let mut read = 0;
    for block in document.blocks.iter().filter(|block| is_about_report(block.kind)) {
        if block.span.start() < read {
            continue;
        }
        read = block.span.end();
        let text = document.text.slice(block.span);
        let (tokens, found) = times_in(text, grammar);
        let starts_ends = sentence_bounds(analysis, block.span);
        for time in &found {
            let (Some(first), Some(last)) = (tokens.get(time.first), tokens.get(time.end - 1)) else {
                continue;
            };
            let Some(span) =
                document.text.span(block.span.start() + first.start, block.span.start() + last.end)
            else {
                continue;
            };
            let sentence = analysis
                .sentences
                .partition_point(|sentence| sentence.span.start() <= span.start())
                .saturating_sub(1);
            if analysis.sentences.get(sentence).is_some_and(|sentence| is_in_address(sentence, span)) {
                continue;
            }
            // A text that is nothing but a time is an entry of a calendar: it looks ahead.
            let alone = tokens.len() == time.end - time.first
                && block.span.len() == document.text.as_str().trim().len();
            let tense = if alone {
                Tense::Future
            } else {
                let after = starts_ends.partition_point(|(start, _)| *start <= span.start());
                let bounds = after.checked_sub(1).and_then(|at| starts_ends.get(at)).map(|(start, end)| {
                    (start.saturating_sub(block.span.start()), end.saturating_sub(block.span.start()))
                });
                tense(&tokens, time, bounds, grammar)
            };
            let is_news = block.kind.is_news();
            out.push(Unresolved { span, sentence, meaning: time.meaning.clone(), tense, is_news });
        }
    }
    out
}

/// Whether a stretch of a sentence belongs to the address of a link: to none of its words, as what Markdown
/// hides behind a link, or to a word that is an address.
fn is_in_address(sentence: &Sentence, span: Span) -> bool {
    let mut words = sentence.words.iter().filter(|word| word.span.overlaps(span)).peekable();
    (sentence.span.contains(span) && words.peek().is_none())
        || words.any(|word| {
            word.span.contains(span) && ["://", "www.", "@"].iter().any(|mark| word.form.contains(mark))
        })
}

/// Whether a block is of the report or says something of it, and not of other pages.
fn is_about_report(kind: BlockKind) -> bool {
    match kind {
        BlockKind::Furniture(kind) => matches!(
            kind,
            FurnitureKind::Time
                | FurnitureKind::Byline
                | FurnitureKind::AuthorLife
                | FurnitureKind::Credit
                | FurnitureKind::Sources
                | FurnitureKind::Other
        ),
        _ => true,
    }
}

/// Starts and ends of the sentences that lie in a block.
fn sentence_bounds(analysis: &Analysis, block: Span) -> Vec<(usize, usize)> {
    let first = analysis.sentences.partition_point(|sentence| sentence.span.end() <= block.start());
    let inside = analysis.sentences.iter().skip(first);
    inside
        .take_while(|sentence| sentence.span.start() < block.end())
        .map(|sentence| (sentence.span.start(), sentence.span.end()))
        .collect()
}

/// How many words on each side of a time are looked at for where it points.
const REACH: usize = 14;

/// Where the sentence points at a time, by the nearest word that says so; a word before counts as nearer
/// than one after.
fn tense(tokens: &[Token], time: &Found, bounds: Option<(usize, usize)>, grammar: &Grammar) -> Tense {
    let inside = |token: &Token| bounds.is_none_or(|(start, end)| (start..end).contains(&token.start));
    let stops = |token: &Token| matches!(token.norm.as_str(), "." | "!" | "?" | "。" | ";" | "؟");
    let mut nearest: Option<(usize, Tense)> = None;
    let mut look = |at: usize, distance: usize| {
        let Some(rest) = tokens.get(at..) else { return };
        let longest = |phrases: &[Phrase]| phrases.iter().filter_map(|phrase| phrase.length_in(rest)).max();
        let (future, past) = (longest(&grammar.future), longest(&grammar.past));
        if future.max(past).is_none() || nearest.is_some_and(|(known, _)| distance >= known) {
            return;
        }
        nearest = Some((distance, if future >= past { Tense::Future } else { Tense::Past }));
    };
    let reached = |token: &&Token| inside(token) && !stops(token);
    let before = tokens.get(..time.first).unwrap_or_default().iter().rev();
    for (distance, _) in before.take(REACH).take_while(reached).enumerate() {
        look(time.first - 1 - distance, distance * 2);
    }
    let after = tokens.get(time.end..).unwrap_or_default().iter();
    for (distance, _) in after.take(REACH).take_while(reached).enumerate() {
        look(time.end + distance, distance * 2 + 3);
    }
    nearest.map_or(Tense::Open, |(_, tense)| tense)
}
