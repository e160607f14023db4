//! Times that count from what happened: `two days after the attack`, `am Tag nach der Wahl`.

use std::ops::Range;

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
    if grammar.after.is_empty() && grammar.before.is_empty() && !grammar.happening_first {
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
            None => day_of_happening(&dated, sentence, time.sentence, &tie),
        };
        if tie.loose && day.is_none() {
            continue;
        }
        let bare = time.span;
        if (happening.upos != Upos::Verb || tie.loose) && named.is_none() {
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
        // `через два дня после взрыва`, `قبل يومين من الهجوم`
        Meaning::Shift { amount, unit, from: From::Previous | From::Reference, .. } => (*amount, *unit),
        _ => return None,
    };
    (amount != 0 && unit >= Unit::Day).then_some((amount, unit))
}

/// What a time is tied to.
struct Tie {
    sign: i64,
    /// The noun or verb of what happened.
    happening: usize,
    /// Whether the words may be read otherwise, so that the tie holds only where the text dates what happened.
    loose: bool,
}

/// What ties a time to a noun or clause: an `after` or `before` at its end or right behind it, one that opens it
/// (`بعد يومين من الهجوم`), or, where what happened is named first, the noun before it.
fn tie(sentence: &Sentence, time: Span, meaning: &Meaning, grammar: &Grammar) -> Option<Tie> {
    let words = sentence.words_in(time);
    tie_behind(sentence, &words, meaning, grammar)
        .or_else(|| tie_of(sentence, &words, meaning, grammar))
        .or_else(|| tie_before(sentence, &words, meaning, grammar))
}

/// A time with its own `after` behind it: `two days after the attack`, `dos días después del ataque`.
fn tie_behind(
    sentence: &Sentence,
    words: &Range<usize>,
    meaning: &Meaning,
    grammar: &Grammar,
) -> Option<Tie> {
    // `for two days after the attack` is how long.
    let before = words.start.checked_sub(1).and_then(|at| sentence.words.get(at));
    let lasts =
        matches!(meaning, Meaning::Duration { .. }) && before.is_some_and(|word| word.upos == Upos::Adp);
    let last = words.end.checked_sub(1).filter(|last| words.contains(last));
    let (at, sign) = last
        .and_then(|at| Some((at, sign(sentence, at, grammar)?)))
        .or_else(|| Some((words.end, sign(sentence, words.end, grammar).filter(|_| !lasts)?)))?;
    // `two days ago, after the attack` is counted from the day of the text; not so `دو روز پیش از حمله`.
    let is_ago = matches!(meaning, Meaning::Shift { amount, from: From::Reference, .. } if *amount < 0);
    if is_ago && !lists(&grammar.after_of, sentence, at + 1) {
        return None;
    }
    let tie = sentence.words.get(at)?;
    let happening = match tie.head.filter(|&head| head > at) {
        Some(head) if matches!(tie.relation, Relation::Case | Relation::Mark) => head,
        _ => {
            return happening_of(sentence, at + 1, grammar).map(|happening| Tie {
                sign,
                happening,
                loose: false,
            });
        }
    };
    let fits = match sentence.words.get(happening)?.upos {
        Upos::Noun => tie.relation == Relation::Case,
        Upos::Verb => tie.relation == Relation::Mark,
        Upos::Propn | Upos::Num => tie.relation == Relation::Case && words.end <= happening,
        _ => false,
    };
    fits.then_some(Tie { sign, happening, loose: false })
}

/// A time that `after` or `before` opens, or that says which way it goes: `بعد يومين من الهجوم`, `al día
/// siguiente del ataque`.
fn tie_of(sentence: &Sentence, words: &Range<usize>, meaning: &Meaning, grammar: &Grammar) -> Option<Tie> {
    let opens = || {
        let before = words.start.checked_sub(1).and_then(|at| sign(sentence, at, grammar));
        sign(sentence, words.start, grammar).or(before)
    };
    let sign = match meaning {
        Meaning::Shift { amount, from: From::Previous, .. } => Some(amount.signum()),
        _ => opens(),
    }?;
    happening_of(sentence, words.end, grammar).map(|happening| Tie { sign, happening, loose: false })
}

/// A noun right before a time: `saldırıdan iki gün sonra`, `袭击发生两天后`, `选举前三天`.
fn tie_before(
    sentence: &Sentence,
    words: &Range<usize>,
    meaning: &Meaning,
    grammar: &Grammar,
) -> Option<Tie> {
    if !grammar.happening_first {
        return None;
    }
    let mut at = words.start.checked_sub(1)?;
    let sign = if let Meaning::Shift { amount, .. } = meaning {
        amount.signum()
    } else {
        let sign = sign(sentence, at, grammar)?;
        at = at.checked_sub(1)?;
        sign
    };
    if lists(&grammar.after_of, sentence, at) {
        at = at.checked_sub(1)?;
    }
    let named = sentence.words.get(at)?;
    let case = named.features.get("Case");
    let loose = case.is_none();
    // Without cases, nouns of what happens are taken for verbs.
    let fits =
        named.upos == Upos::Noun && (loose || case == Some("Abl")) || named.upos == Upos::Verb && loose;
    fits.then_some(Tie { sign, happening: at, loose })
}

/// The noun that a word between `after` and what happened leads to: `después` `del` ataque.
fn happening_of(sentence: &Sentence, at: usize, grammar: &Grammar) -> Option<usize> {
    let word = sentence.words.get(at).filter(|word| word.relation == Relation::Case)?;
    let head = word.head.filter(|&head| head > at && lists(&grammar.after_of, sentence, at))?;
    sentence.words.get(head).is_some_and(|word| word.upos == Upos::Noun).then_some(head)
}

/// Which way a word counts from what happened.
fn sign(sentence: &Sentence, at: usize, grammar: &Grammar) -> Option<i64> {
    if lists(&grammar.after, sentence, at) {
        Some(1)
    } else {
        lists(&grammar.before, sentence, at).then_some(-1)
    }
}

fn lists(phrases: &[Phrase], sentence: &Sentence, at: usize) -> bool {
    let Some(word) = sentence.words.get(at) else { return false };
    let form = folded(&word.form).concat();
    phrases.iter().any(|phrase| phrase.is_word(&form))
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
fn day_of_happening(dated: &[Dated], sentence: &Sentence, index: usize, tie: &Tie) -> Option<Date> {
    let word = tie.happening;
    let happening = sentence.words.get(word)?;
    let here = dated.iter().find(|other| other.itself && (other.sentence, other.word) == (index, word));
    if here.is_some() || happening.upos == Upos::Verb && !tie.loose {
        return here.map(|here| here.day);
    }
    let lemma = happening.lemma.to_lowercase();
    let same = |other: &&Dated| is_one(&other.lemma, &lemma);
    let mut days = dated.iter().filter(same).map(|other| other.day);
    let day = days.next()?;
    days.all(|other| other == day).then_some(day)
}

/// Whether two words may name one happening: the same, two of one stem, or one cut short by a wrong dictionary
/// form (`вибу`, `вибух`).
fn is_one(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let is_cut = long.strip_prefix(short).is_some_and(|rest| rest.chars().count() <= 2);
    a == b || shared(a, b) >= SHARED || is_cut && short.chars().count() + 1 >= SHARED
}

/// How many letters two words begin with alike, where neither goes on much longer.
fn shared(a: &str, b: &str) -> usize {
    let alike = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longest = a.chars().count().max(b.chars().count());
    if longest <= alike + SHARED { alike } else { 0 }
}
