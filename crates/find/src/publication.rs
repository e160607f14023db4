//! Works out the day that times count from: the one the document states, or what its own words fix.

use std::collections::BTreeSet;

use chancery_core::{Analysis, BlockKind, Date, DateRange, Document, Notice, ResolvedDate};

use crate::times::meaning::{Fields, Meaning};
use crate::times::resolve::{Context, resolve};
use crate::times::{self, Tense, Unresolved};
use crate::world::{KnownHappening, World};

/// Returns the day that times count from, and, where the document does not state when it was published,
/// what its own words fix of it.
///
/// The clock is never asked: a year comes from a date written in full, or from a happening of the
/// world's tables that the text names by its day and its parties.
pub(crate) fn find_reference(
    document: &Document,
    analysis: &Analysis,
    world: &World,
    _notices: &mut Vec<Notice>,
) -> (Option<ResolvedDate>, Option<ResolvedDate>) {
    if let Some(day) = document.metadata.published {
        let how = document.metadata.published_how.clone().unwrap_or_default();
        return (Some(ResolvedDate { range: DateRange::day(day), how }), None);
    }
    let inferred = infer(document, analysis, world);
    (inferred.clone(), inferred)
}

/// A day that anchors the year of a text, and why it is believed.
struct Anchor {
    day: Date,
    why: String,
}

fn infer(document: &Document, analysis: &Analysis, world: &World) -> Option<ResolvedDate> {
    let mut times = times::collect(document, analysis);
    times.retain(|time| time.is_news);
    let anchor = happening_anchor(document, analysis, world, &times)
        .into_iter()
        .chain(stated_anchor(document, &times))
        .max_by_key(|anchor| anchor.day)
        .or_else(|| year_anchor(document, analysis, world, &times))
        // A text that looks back on a later year was written after it.
        .filter(|anchor| latest_year(&times).is_none_or(|year| year <= anchor.day.year()))?;
    // A dateline gives the day itself.
    if let Some(line) = dateline(document, &times)
        && let Some(day) = nearest(line, anchor.day)
    {
        let how = format!("the dateline gives the day; {}", anchor.why);
        return Some(ResolvedDate { range: DateRange::day(day), how });
    }
    // The last act that the text dates without a year, counted from the anchor.
    let last = times
        .iter()
        .filter(|time| time.tense != Tense::Future)
        .filter_map(|time| Some((nearest(day_and_month(&time.meaning)?, anchor.day)?, time)))
        .max_by_key(|(day, _)| *day)
        .filter(|(day, _)| *day > anchor.day);
    let (day, why) = match last {
        Some((day, time)) => {
            (day, format!("the last dated act is '{}'; {}", document.text.slice(time.span), anchor.why))
        }
        None => (anchor.day, anchor.why),
    };
    Some(ResolvedDate { range: DateRange::month(day.year(), day.month())?, how: why })
}

/// The day and month of a date without a year.
fn day_and_month(meaning: &Meaning) -> Option<(i8, i8)> {
    let fields = match meaning {
        Meaning::Fields(fields) => fields,
        Meaning::Clock { day: Some(day), .. } => return day_and_month(day),
        Meaning::Interval { to, .. } => return day_and_month(to),
        _ => return None,
    };
    let Fields { year: None, month: Some(month), day: Some(day), calendar, .. } = fields else { return None };
    (*calendar == times::meaning::Calendar::Gregorian)
        .then_some((i8::try_from(*month).ok()?, i8::try_from(*day).ok()?))
}

/// The date of a day and month that lies nearest to an anchor, up to two months before it or ten after.
fn nearest((month, day): (i8, i8), anchor: Date) -> Option<Date> {
    let years = (anchor.year() - 1)..=(anchor.year() + 1);
    years
        .filter_map(|year| Date::new(year, month, day).ok())
        .find(|date| anchor.until(*date).is_ok_and(|span| (-60..=305).contains(&span.get_days())))
}

/// Happenings of the world's tables that a sentence names by day, month and parties on both sides.
fn happening_anchor(
    document: &Document,
    analysis: &Analysis,
    world: &World,
    times: &[Unresolved],
) -> Option<Anchor> {
    let language = document.metadata.language.as_deref()?;
    let mut best: Option<(&KnownHappening, Date, &Unresolved)> = None;
    for time in times {
        let Some((month, day)) = day_and_month(&time.meaning) else { continue };
        let on_the_day = |happening: &&KnownHappening| {
            happening.range.from.is_some_and(|from| (from.month(), from.day()) == (month, day))
        };
        let mut candidates = world.happenings().iter().filter(on_the_day).peekable();
        if candidates.peek().is_none() {
            continue;
        }
        let Some(sentence) = analysis.sentences.get(time.sentence) else { continue };
        let named: BTreeSet<String> = world
            .names_in(language, sentence)
            .into_iter()
            .flat_map(|name| {
                [Some(name.entity.id.clone()), name.entity.country.map(|code| code.as_str().to_owned())]
            })
            .flatten()
            .collect();
        let names = |parties: &[String]| parties.iter().any(|party| named.contains(party));
        for happening in candidates {
            let Some(from) = happening.range.from else { continue };
            // The latest of several on the same day of the year: news is about the newest.
            if names(&happening.source)
                && names(&happening.recipient)
                && best.as_ref().is_none_or(|(_, day, _)| *day < from)
            {
                best = Some((happening, from, time));
            }
        }
    }
    let (happening, day, time) = best?;
    let words = document.text.slice(time.span);
    Some(Anchor { day, why: format!("'{words}' is the day of the {} in {}", happening.name, day.year()) })
}

/// The latest day that the text states in full and does not look ahead to.
fn stated_anchor(document: &Document, times: &[Unresolved]) -> Option<Anchor> {
    let none = Context::unknown();
    let stated = times.iter().filter(|time| time.tense != Tense::Future).filter_map(|time| {
        let range = resolve(&time.meaning, &none).range?;
        let day = range.from.filter(|from| range.to == Some(*from))?;
        Some((day, time))
    });
    let (day, time) = stated.max_by_key(|(day, _)| *day)?;
    let caption =
        document.news().any(|(_, block)| block.kind == BlockKind::Caption && block.span.contains(time.span));
    let place = if caption { "a caption" } else { "the text" };
    let words = document.text.slice(time.span);
    Some(Anchor { day, why: format!("{place} names '{words}', the latest day in full") })
}

/// The year that weekdays with their day and month, years in the text, and tenures of the persons named
/// leave as the only one.
fn year_anchor(
    document: &Document,
    analysis: &Analysis,
    world: &World,
    times: &[Unresolved],
) -> Option<Anchor> {
    let dated: Vec<((i8, i8), Option<i64>)> = times
        .iter()
        .filter(|time| time.tense != Tense::Future)
        .filter_map(|time| {
            let weekday = match &time.meaning {
                Meaning::Fields(fields) => fields.weekday,
                _ => None,
            };
            Some((day_and_month(&time.meaning)?, weekday))
        })
        .collect();
    let (first, _) = *dated.first()?;
    let named_year = latest_year(times);
    let (lowest, highest) = tenure_years(document, analysis, world)?;
    let lowest = named_year.map_or(lowest, |year| year.max(lowest));
    let fits = |year: &i16| {
        dated.iter().all(|((month, day), weekday)| {
            Date::new(*year, *month, *day).is_ok_and(|date| {
                weekday.is_none_or(|weekday| i64::from(date.weekday().to_monday_one_offset()) == weekday)
            })
        })
    };
    let mut years = (lowest..=highest).filter(fits);
    let year = years.next()?;
    if years.next().is_some() {
        return None;
    }
    let day = Date::new(year, first.0, first.1).ok()?;
    Some(Anchor { day, why: format!("only {year} fits the offices of the persons named and the weekdays") })
}

/// The latest year that the text names and does not look ahead to.
fn latest_year(times: &[Unresolved]) -> Option<i16> {
    let none = Context::unknown();
    let past = times.iter().filter(|time| time.tense != Tense::Future);
    let years = past.filter_map(|time| resolve(&time.meaning, &none).range?.from.map(Date::year));
    years.filter(|year| (1900..=2100).contains(year)).max()
}

/// First and last year in which all persons that the text names held an office; none where an office is
/// still held, for then nothing bounds the year.
fn tenure_years(document: &Document, analysis: &Analysis, world: &World) -> Option<(i16, i16)> {
    let language = document.metadata.language.as_deref()?;
    let mut persons = BTreeSet::new();
    for sentence in analysis.sentences.iter().take(200) {
        for name in world.names_in(language, sentence) {
            if name.entity.kind == chancery_core::ActorKind::Person {
                persons.insert(name.entity.id.clone());
            }
        }
    }
    let mut window: Option<(i16, i16)> = None;
    for person in persons {
        let tenures = world.tenures_of(&person);
        let first = tenures.iter().filter_map(|tenure| tenure.range.from).min();
        let open = tenures.iter().any(|tenure| tenure.range.to.is_none());
        let last = tenures.iter().filter_map(|tenure| tenure.range.to).max().filter(|_| !open);
        let Some(first) = first else { continue };
        let (lowest, highest) = window.unwrap_or((i16::MIN, i16::MAX));
        window = Some((lowest.max(first.year()), last.map_or(highest, |last| highest.min(last.year()))));
    }
    window.filter(|(lowest, highest)| lowest <= highest && i32::from(*highest) - i32::from(*lowest) < 20)
}

/// Day and month of a dateline: a date without a year in the first line of the news, before a dash.
fn dateline(document: &Document, times: &[Unresolved]) -> Option<(i8, i8)> {
    let (_, block) = document.news().find(|(_, block)| block.kind == BlockKind::Paragraph)?;
    let time = times.iter().find(|time| block.span.contains(time.span))?;
    if time.span.end() > block.span.start() + 80 {
        return None;
    }
    let before = document.text.as_str().get(block.span.start()..time.span.start())?;
    let after = document.text.as_str().get(time.span.end()..block.span.end())?;
    let place = before.trim_end().trim_end_matches([',', '(']).chars().any(char::is_alphabetic);
    let dash = after
        .trim_start_matches(|c: char| c.is_whitespace() || c == '.')
        .starts_with(['—', '–', '-', '(', ':']);
    let capitals = before.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase());
    (place && dash && capitals && before.split_whitespace().count() <= 4)
        .then(|| day_and_month(&time.meaning))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_core::{Block, Metadata, Text};

    fn document(text: &str) -> Document {
        let text = Text::new(text);
        Document {
            name: "case".to_owned(),
            blocks: vec![Block { kind: BlockKind::Paragraph, span: text.whole() }],
            metadata: Metadata { language: Some("en".to_owned()), ..Metadata::default() },
            text,
        }
    }

    fn inferred(text: &str) -> Option<String> {
        let world = World::load();
        let (_, inferred) = find_reference(&document(text), &Analysis::default(), &world, &mut Vec::new());
        inferred.and_then(|date| date.range.value())
    }

    #[test]
    fn a_day_stated_in_full_fixes_the_month() {
        let text = "The envoys met on 4 June 2024. Shots were fired on 2 July.";
        assert_eq!(inferred(text).as_deref(), Some("2024-07"));
    }

    #[test]
    fn a_dateline_fixes_the_day_once_the_year_is_known() {
        let text = "MUSCAT, Oct. 24 — The envoys, who met on 4 October 2023, spoke again.";
        assert_eq!(inferred(text).as_deref(), Some("2023-10-24"));
    }

    #[test]
    fn nothing_is_inferred_where_nothing_fixes_the_year() {
        assert_eq!(inferred("Shots were fired on 2 July, years after the invasion of 2022."), None);
        assert_eq!(inferred("Shots were fired."), None);
    }
}
