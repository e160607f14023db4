//! Times that count from what happened: `two days after the attack`, `am Tag nach der Wahl`.

use chancery_core::{
    Analysis, Date, DateRange, Document, Notice, NoticeCode, Relation, Sentence, Span, TimeKind, TimeMention,
    Upos, Word,
};

use super::calendar::{Unit, moved};
use super::days::{Days, day_of};
use super::grammar::{Grammar, Phrase};
use super::meaning::{From, Meaning};
use super::tokens::folded;

/// Letters that a noun and a verb of one happening share at least: `explosion`, `explode`.
const SHARED: usize = 5;

/// Counts times from the days that the text gives happenings: a duration, or a day counted from the time before,
/// that an `after` or `before` ties to a noun or clause. Where the text dates no such happening, or several on
/// different days, the time names no days and a notice says so.
pub(super) fn anchor(
    document: &Document,
    analysis: &Analysis,
    grammar: &Grammar,
    meanings: &[(usize, Meaning)],
    times: &mut [TimeMention],
    notices: &mut Vec<Notice>,
) {
    if grammar.after.is_empty() && grammar.before.is_empty() {
        return;
    }
    let ties: Vec<(usize, i64, Unit, Tie)> = meanings
        .iter()
        .filter_map(|(index, meaning)| {
            let (amount, unit) = counted(meaning)?;
            let time = times.get(*index)?;
            Some((
                *index,
                amount,
                unit,
                tie(analysis.sentences.get(time.sentence)?, time.span, meaning, grammar)?,
            ))
        })
        .collect();
    let own: Vec<(Span, Option<DateRange>)> = times
        .iter()
        .enumerate()
        .filter(|(index, _)| !ties.iter().any(|(tied, ..)| tied == index))
        .map(|(_, time)| (time.span, time.range))
        .collect();
    let dated = dated(analysis, times, &own);
    for (index, amount, unit, tie) in ties {
        let Some(time) = times.get_mut(index) else { continue };
        let Some(sentence) = analysis.sentences.get(time.sentence) else { continue };
        let Some(happening) = sentence.words.get(tie.happening) else { continue };
        let named = own.iter().find(|(span, _)| span.contains(happening.span));
        let day = match named {
            Some((_, range)) => day_of(*range),
            None => day_of_happening(&dated, sentence, time.sentence, tie.happening),
        };
        let bare = time.span;
        if happening.upos != Upos::Verb && named.is_none() {
            time.span = document.text.trim(time.span.cover(happening.span));
        }
        let words = document.text.slice(time.span).to_owned();
        let moved = day.and_then(|day| moved(day, amount.abs() * tie.sign, unit));
        let days = moved.map_or_else(|| Days::unresolved(OPEN), |day| Days::whole(day, unit));
        time.kind = TimeKind::Date;
        time.range = days.range;
        time.value = days.value;
        notices.retain(|notice| notice.span != Some(bare) || notice.code != NoticeCode::DateUnresolved);
        time.how = if let Some(day) = day.filter(|_| days.range.is_some()) {
            format!("'{words}' counted from {day}, the day that the text gives '{}'", happening.form)
        } else {
            notices.push(Notice::new(
                NoticeCode::DateUnresolved,
                time.span,
                format!("'{words}' counts from what the text gives no one day."),
            ));
            format!("'{words}' names no days")
        };
    }
}

/// The value of a time whose days are not known.
const OPEN: &str = "XXXX-XX-XX";

/// How much, and of what, lies between a time and what it counts from.
fn counted(meaning: &Meaning) -> Option<(i64, Unit)> {
    let (amount, unit) = match meaning {
        Meaning::Duration { amount, unit, direction: 0 } => (amount.parse().ok()?, *unit),
        Meaning::Ahead { amount, unit } => (*amount, *unit),
        Meaning::Shift { amount, unit, from: From::Previous, .. } => (*amount, *unit),
        // `через два дня после взрыва`
        Meaning::Shift { amount, unit, from: From::Reference, .. } if *amount > 0 => (*amount, *unit),
        _ => return None,
    };
    (amount != 0 && unit >= Unit::Day).then_some((amount, unit))
}

/// What a time is tied to.
struct Tie {
    sign: i64,
    /// The noun or verb of what happened.
    happening: usize,
}

/// The `after` or `before` at the end of a time or right behind it, with the noun or clause that it opens.
fn tie(sentence: &Sentence, time: Span, meaning: &Meaning, grammar: &Grammar) -> Option<Tie> {
    let words = sentence.words_in(time);
    let word = |at: usize| sentence.words.get(at);
    // `for two days after the attack` is how long.
    let before = words.start.checked_sub(1).and_then(word);
    let within = words.end.checked_sub(1).filter(|last| words.contains(last));
    let sign = |at: usize| {
        let form = folded(&word(at)?.form).concat();
        let lists = |phrases: &[Phrase]| phrases.iter().any(|phrase| phrase.is_word(&form));
        if lists(&grammar.after) { Some((at, 1)) } else { lists(&grammar.before).then_some((at, -1)) }
    };
    let (at, sign) = within.and_then(sign).or_else(|| {
        let lasts =
            matches!(meaning, Meaning::Duration { .. }) && before.is_some_and(|word| word.upos == Upos::Adp);
        sign(words.end).filter(|_| !lasts)
    })?;
    let tie = word(at)?;
    let happening = tie.head.filter(|&head| head > at)?;
    let fits = match word(happening)?.upos {
        Upos::Noun => tie.relation == Relation::Case,
        Upos::Verb => tie.relation == Relation::Mark,
        Upos::Propn | Upos::Num => tie.relation == Relation::Case && sentence.words_in(time).end <= happening,
        _ => false,
    };
    fits.then_some(Tie { sign, happening })
}

/// A word for a happening, and the day on which the text says that it was.
struct Dated {
    sentence: usize,
    word: usize,
    lemma: String,
    day: Date,
    /// Whether the day stands with the word itself: `the vote on 5 May`.
    itself: bool,
}

/// The happenings that a text dates: what its days hang on, with the subjects and objects of verbs.
fn dated(analysis: &Analysis, times: &[TimeMention], own: &[(Span, Option<DateRange>)]) -> Vec<Dated> {
    let mut out = Vec::new();
    for time in times.iter().filter(|time| own.iter().any(|(span, _)| *span == time.span)) {
        let Some(day) = day_of(time.range).filter(|_| matches!(time.kind, TimeKind::Date | TimeKind::Time))
        else {
            continue;
        };
        let Some(sentence) = analysis.sentences.get(time.sentence) else { continue };
        let Some(above) =
            sentence.words.get(sentence.head_of(sentence.words_in(time.span))).and_then(|word| word.head)
        else {
            continue;
        };
        let parties = [Relation::Nsubj, Relation::NsubjPass, Relation::Obj];
        let is_verb = sentence.words.get(above).is_some_and(|word| word.upos == Upos::Verb);
        let below = sentence.children(above).filter(|&child| {
            is_verb && sentence.words.get(child).is_some_and(|word| parties.contains(&word.relation))
        });
        for word in std::iter::once(above).chain(below) {
            let tells = |word: &&Word| matches!(word.upos, Upos::Noun | Upos::Verb);
            if let Some(here) = sentence.words.get(word).filter(tells) {
                let lemma = here.lemma.to_lowercase();
                out.push(Dated { sentence: time.sentence, word, lemma, day, itself: word == above });
            }
        }
    }
    out
}

/// The one day that the text gives a happening; none where it gives none, or several. A clause is not
/// known again by its verb.
fn day_of_happening(dated: &[Dated], sentence: &Sentence, index: usize, word: usize) -> Option<Date> {
    let happening = sentence.words.get(word)?;
    let here = dated.iter().find(|other| other.itself && (other.sentence, other.word) == (index, word));
    if here.is_some() || happening.upos == Upos::Verb {
        return here.map(|here| here.day);
    }
    let lemma = happening.lemma.to_lowercase();
    let same = |other: &&Dated| other.lemma == lemma || shared(&other.lemma, &lemma) >= SHARED;
    let mut days = dated.iter().filter(same).map(|other| other.day);
    let day = days.next()?;
    days.all(|other| other == day).then_some(day)
}

/// How many letters two words begin with alike, where neither goes on much longer.
fn shared(a: &str, b: &str) -> usize {
    let alike = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longest = a.chars().count().max(b.chars().count());
    if longest <= alike + SHARED { alike } else { 0 }
}
