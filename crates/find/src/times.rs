//! Finds the words that name times, and the days they stand for.
//!
//! First every time is collected as what its words say ([`collect`]); then, when it is known or inferred
//! what day the document is from, the days are counted ([`find_times`]).

mod anchor;
mod calendar;
#[cfg(test)]
mod cases;
mod classes;
mod days;
mod fields;
mod forms;
pub(crate) mod grammar;
mod hebrew;
mod letter_numerals;
mod matcher;
pub(crate) mod meaning;
pub(crate) mod numbers;
pub(crate) mod resolve;
mod slots;
mod telling;
mod tense;
pub(crate) mod tokens;

use chancery_core::{
    Analysis, BlockKind, DateRange, Document, FurnitureKind, NameKind, Notice, NoticeCode, ResolvedDate,
    Sentence, Span, TimeMention,
};

use days::Counted;
use grammar::grammar;
pub(crate) use matcher::times_in;
use meaning::Meaning;
use resolve::{Context, resolve};
use telling::Telling;
pub(crate) use tense::Tense;
use tense::{tense_by_words, tense_of_clause};
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
    /// Of a span (`from 3 to 5 May`), the words of its two ends.
    ends: Option<(Span, Span)>,
    /// Whether it follows close upon the time before it, as in a list: `in May, in June and in July`.
    pub(crate) is_listed: bool,
}

/// A report names its own day in its first words, in bytes; `today` means that day there.
const OPENING: usize = 400;

/// Finds the times that a document names, counted from the reference day, in the order of the text. Each end
/// of a span (`from 3 to 5 May`) is a time with a value of its own, whose range is the whole span.
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
    let mut meanings = Vec::new();
    let mut times = collect(document, analysis);
    times.retain(|time| !is_first_name(analysis, time));
    let telling = Telling::of(document, &times, reference.map(|day| day.range));
    let opening = document.news().next().map_or(0, |(_, block)| block.span.start()) + OPENING;
    // Who says `today` of the day at hand in the first words goes on to do so.
    let opens_today =
        times.iter().any(|time| time.is_news && time.span.start() <= opening && time.meaning.is_today());
    for time in times {
        if telling.is_story {
            story_year = time.meaning.year().or(story_year);
        }
        let is_near = |sentence: usize| {
            time.sentence == sentence || time.sentence == sentence + 1 && !is_entry(analysis, time.sentence)
        };
        let near_day = last_day.filter(|(sentence, _)| is_near(*sentence)).map(|(_, day)| day);
        let context = Context {
            reference: reference.map(|day| day.range),
            previous,
            near_day,
            story_year,
            is_essay: telling.is_essay && !opens_today,
            is_guide: telling.is_guide,
            tense: tense_in_list(&time, previous, reference),
        };
        let mut resolved = resolve(&time.meaning, &context);
        if let Meaning::Fields(given) = &time.meaning
            && given.year.is_none()
            && has_year_beyond(document, time.span)
        {
            resolved.value = fields::of_fields_value(given);
            resolved.range = None;
            resolved.problem = Some(NoticeCode::DateImpossible);
        }
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
        let mention = TimeMention {
            span: time.span,
            sentence: time.sentence,
            kind: resolved.kind,
            value: resolved.value,
            range: resolved.range,
            how,
        };
        meanings.push((out.len(), time.meaning.clone()));
        match time.ends.zip(mention.value.split_once('/')) {
            Some(((first, last), (from, to))) => {
                out.push(TimeMention { span: first, value: from.to_owned(), ..mention.clone() });
                out.push(TimeMention { span: last, value: to.to_owned(), ..mention });
            }
            None => out.push(mention),
        }
    }
    let grammar = grammar(document.metadata.language.as_deref());
    anchor::anchor(document, analysis, grammar, &meanings, &mut out, notices);
    out
}

/// Whether a word that may be a month or `soon` is part of somebody's name: `Jan Kowalski`.
fn is_first_name(analysis: &Analysis, time: &Unresolved) -> bool {
    let Some(sentence) = analysis.sentences.get(time.sentence) else { return false };
    // Weekdays are no names; where one stands inside a name, the tagger has glued it on.
    let is_month = match &time.meaning {
        Meaning::Fields(fields) => fields.month.is_some(),
        // `Park Won-soon`
        Meaning::Vague(_) => true,
        _ => false,
    };
    let words = sentence.words_in(time.span);
    let tag = |at: usize| {
        let tag = sentence.words.get(at).and_then(|word| word.name)?;
        (tag.kind == NameKind::Person).then_some(tag)
    };
    is_month
        && words.len() == 1
        && tag(words.start).is_some()
        && (tag(words.end).is_some_and(|next| !next.begins)
            || tag(words.start).is_some_and(|own| !own.begins))
}

/// Whether a year that no calendar reaches ends the phrase behind a time: `12 March 99999.`
fn has_year_beyond(document: &Document, time: Span) -> bool {
    let Some(behind) = document.text.as_str().get(time.end()..) else { return false };
    let behind = behind.trim_start_matches([' ', ',']);
    let digits = behind.chars().take_while(char::is_ascii_digit).count();
    let mut rest = behind.chars().skip(digits);
    let ends = match (rest.next(), rest.next()) {
        (None, _) => true,
        (Some(mark), next) => {
            !mark.is_alphanumeric() && mark != ' ' && next.is_none_or(|next| !next.is_ascii_digit())
        }
    };
    digits > 4 && ends
}

/// Whether a sentence is an entry of a list, under a label of its own: `Gothenburg: the choir sings at 7 pm`.
fn is_entry(analysis: &Analysis, sentence: usize) -> bool {
    let words = analysis.sentences.get(sentence).map_or(&[][..], |sentence| &sentence.words);
    words.iter().take(LABEL).any(|word| word.form == ":")
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
        let mut ended: Option<usize> = None;
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
                analysis
                    .sentences
                    .get(sentence)
                    .filter(|sentence| sentence.span.contains(span))
                    .and_then(|sentence| tense_of_clause(sentence, span, grammar))
                    .unwrap_or_else(|| tense_by_words(&tokens, time, bounds, grammar))
            };
            let is_news = block.kind.is_news();
            let is_listed = ended.is_some_and(|end| is_list(tokens.get(end..time.first).unwrap_or_default()));
            ended = Some(time.end);
            let meaning = time.meaning.clone();
            let ends = time.ends.and_then(|(first_end, last_first)| {
                let byte = |at: usize, last: bool| {
                    let token = tokens.get(at)?;
                    Some(block.span.start() + if last { token.end } else { token.start })
                };
                let first = document.text.span(span.start(), byte(first_end.checked_sub(1)?, true)?)?;
                Some((first, document.text.span(byte(last_first, false)?, span.end())?))
            });
            out.push(Unresolved { span, sentence, meaning, tense, is_news, ends, is_listed });
        }
    }
    out
}

/// How many words a label has at most, with its colon.
const LABEL: usize = 4;

/// How many words may stand between two times of a list.
const LIST_GAP: usize = 12;

/// Whether the words between two times are those of a list: few, within a sentence.
fn is_list(between: &[Token]) -> bool {
    between.len() <= LIST_GAP
        && !between.iter().any(|token| matches!(token.norm.as_str(), "." | "!" | "?" | "。" | ";" | "؟"))
}

/// Where a time points; one that follows a time ahead in a list lies ahead as well.
fn tense_in_list(time: &Unresolved, previous: Option<DateRange>, reference: Option<&ResolvedDate>) -> Tense {
    let published = reference.and_then(|day| day.range.to);
    let is_ahead = previous.and_then(|range| range.from).zip(published).is_some_and(|(from, day)| from > day);
    if time.is_listed && time.tense == Tense::Open && is_ahead { Tense::Future } else { time.tense }
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
