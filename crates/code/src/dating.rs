use chancery_core::{
    Date, DateRange, Document, Mentions, Relation, ResolvedDate, TimeKind, TimeMention, Upos,
};

use crate::clause::Clause;
use crate::words::WordClasses;

/// The day that a document's news happened on: its first dated act near the day of publication.
#[derive(Clone, Debug)]
pub(crate) struct Focus {
    pub(crate) range: DateRange,
    pub(crate) how: String,
}

/// How an act is told, which says when it lies where the text gives it no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// As the news of the day.
    News,
    /// As known before.
    Known,
    /// As to come.
    Ahead,
}

/// News is rarely older than this when it is printed.
const NEWS_DAYS: i64 = 14;

/// Finds the day that the news of a document happened on: of the times within two weeks before the
/// publication, the most exact one of a caption, else the first of the text.
pub(crate) fn find_focus(document: &Document, mentions: &Mentions) -> Option<Focus> {
    let reference = mentions.reference.as_ref()?;
    let published = reference.range.to?;
    let in_news = |time: &TimeMention| document.news().any(|(_, block)| block.span.contains(time.span));
    let near = |time: &&TimeMention| {
        in_news(time)
            && time.kind != TimeKind::Duration
            && time.kind != TimeKind::Set
            && time.range.and_then(|range| Some((range.from?, range.to?))).is_some_and(|(from, to)| {
                from <= published && days(to, published) <= NEWS_DAYS && days(from, to) <= 8
            })
    };
    let in_caption = |time: &TimeMention| {
        document
            .blocks
            .iter()
            .any(|block| block.kind == chancery_core::BlockKind::Caption && block.span.contains(time.span))
    };
    let caption = mentions
        .times
        .iter()
        .filter(near)
        .find(|time| in_caption(time) && time.range.is_some_and(|range| range.from == range.to));
    let time = caption.or_else(|| mentions.times.iter().find(near))?;
    let words = document.text.slice(time.span);
    Some(Focus { range: time.range?, how: format!("the news of the report is of `{words}`; {}", time.how) })
}

fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(i64::MAX, |span| i64::from(span.get_days()))
}

/// Finds when an act took place, and what says so: a time of its own clause, else the day of the news, else the
/// time up to the publication; of an act to come, the time after it.
#[expect(clippy::too_many_arguments, reason = "a date hangs on all of them")]
pub(crate) fn date_of(
    document: &Document,
    mentions: &Mentions,
    clause: &Clause<'_>,
    words: &WordClasses,
    sentence: usize,
    at: usize,
    focus: Option<&Focus>,
    told: Told,
) -> Option<(ResolvedDate, &'static str)> {
    let start = mentions.times.partition_point(|time| time.sentence < sentence);
    let end = mentions.times.partition_point(|time| time.sentence <= sentence);
    let times: Vec<_> = mentions
        .times
        .get(start..end)
        .unwrap_or_default()
        .iter()
        .filter(|time| time.range.is_some() && matches!(time.kind, TimeKind::Date | TimeKind::Time))
        .filter(|time| clause.sentence.span.contains(time.span))
        .collect();
    let own_clause = clause.clause_head(at);
    let mut best: Option<(usize, &TimeMention, usize)> = None;
    for time in times {
        let range = clause.sentence.words_in(time.span);
        let head = clause.sentence.head_of(range.clone());
        if is_of_a_clause_below(clause, head, at) {
            continue;
        }
        let distance = if clause.sentence.is_below(head, at) {
            0
        } else if clause.clause_head(head) == own_clause {
            1
        } else if told != Told::Ahead
            && clause.sentence.is_below(at, clause.clause_head(head))
            && (!own_voice(clause, own_clause)
                || tells_what_happened_then(clause, words, range.end, own_clause))
            && !dates_speech(mentions, clause, head)
        {
            2
        } else {
            continue;
        };
        // What is over when the report is published dates what announced the act, not the act to come.
        if told == Told::Ahead && distance == 2 && is_over(mentions, time) {
            continue;
        }
        if best.is_none_or(|(known, ..)| distance < known) {
            best = Some((distance, time, head));
        }
    }
    let reference = mentions.reference.as_ref();
    if let Some((distance, time, head)) = best {
        let range = time.range?;
        let shown = document.text.slice(time.span);
        // `since February 2022`: from then on.
        let since = clause
            .children(head)
            .iter()
            .chain(clause.head(head).map(|h| clause.children(h)).unwrap_or_default())
            .any(|&child| {
                matches!(clause.relation(child), Relation::Case | Relation::Mark)
                    && clause.keys.get(child).is_some_and(|keys| words.holds("since", keys))
            });
        if since && !clause.sentence.is_below(head, at) {
            let range = DateRange { from: range.from, to: reference.and_then(|r| r.range.to) };
            return Some((ResolvedDate { range, how: format!("since `{shown}`; {}", time.how) }, "since"));
        }
        let ground = ["below", "in-clause", "around"].get(distance).copied().unwrap_or_default();
        return Some((ResolvedDate { range, how: format!("`{shown}`; {}", time.how) }, ground));
    }
    if told == Told::Ahead {
        let date = ResolvedDate {
            range: DateRange::since(reference?.range.from?),
            how: "no date of its own in the text; to come when the report was published".to_owned(),
        };
        return Some((date, "ahead"));
    }
    if let Some(focus) = focus.filter(|_| told == Told::News) {
        return Some((ResolvedDate { range: focus.range, how: focus.how.clone() }, "of-the-news"));
    }
    let reference = reference?;
    let date = ResolvedDate {
        range: DateRange { from: None, to: reference.range.to },
        how: "no date in the text; before the report was published".to_owned(),
    };
    Some((date, "before-publication"))
}

/// `Russia, which invaded in 2022, condemned …`, `warrants for those who killed him in May`: whether a time stands in
/// what is said of a party; not where a noun is told by the clause that describes it, nor in an aside (`according to a
/// report detailing a meeting on Tuesday`).
fn is_of_a_clause_below(clause: &Clause<'_>, time: usize, at: usize) -> bool {
    let mut node = time;
    for _ in 0..clause.sentence.words.len() {
        let Some(head) = clause.head(node).filter(|_| node != at) else { return false };
        let is_party = matches!(
            clause.relation(head),
            Relation::Obj | Relation::Iobj | Relation::Nsubj | Relation::NsubjPass
        );
        let describes_another = head != at
            && (clause.relation(node) == Relation::AclRelcl
                || clause.relation(node) == Relation::Acl && is_party);
        if describes_another && clause.sentence.is_below(node, at) {
            return true;
        }
        node = head;
    }
    false
}

/// `meets him on Thursday`: whether an act told in the present has a time of its own clause that lies after the report.
pub(crate) fn is_told_ahead(mentions: &Mentions, clause: &Clause<'_>, sentence: usize, at: usize) -> bool {
    let verb = clause.clause_head(at);
    let finite = clause.children_by(verb, &[Relation::Aux, Relation::AuxPass, Relation::Cop]);
    let finite = finite.first().copied().unwrap_or(verb);
    // German `drang am Dienstag ein`: a past of strong verbs that the tagger takes for a present.
    let is_present = clause.word(finite).is_some_and(|word| word.features.has("Tense", "Pres"))
        && !clause.is_a(finite, "preterite");
    let Some(published) = mentions.reference.as_ref().and_then(|day| day.range.to).filter(|_| is_present)
    else {
        return false;
    };
    let start = mentions.times.partition_point(|time| time.sentence < sentence);
    let end = mentions.times.partition_point(|time| time.sentence <= sentence);
    mentions.times.get(start..end).unwrap_or_default().iter().any(|time| {
        let head = clause.sentence.head_of(clause.sentence.words_in(time.span));
        matches!(time.kind, TimeKind::Date | TimeKind::Time)
            && time.range.and_then(|range| range.from).is_some_and(|from| from > published)
            && clause.head(head).is_some_and(|above| above == at || above == verb)
    })
}

/// Whether a time lies before or on the day the report was published.
fn is_over(mentions: &Mentions, time: &TimeMention) -> bool {
    let published = mentions.reference.as_ref().and_then(|day| day.range.to);
    time.range.and_then(|range| range.to).zip(published).is_some_and(|(end, day)| end <= day)
}

/// Whether a time says when something was said, which does not date what was said.
fn dates_speech(mentions: &Mentions, clause: &Clause<'_>, time: usize) -> bool {
    let Some(verb) = clause.word(clause.clause_head(time)) else { return false };
    let end = mentions
        .quotations
        .partition_point(|quotation| quotation.content.start() <= clause.sentence.span.end());
    mentions
        .quotations
        .iter()
        .take(end)
        .rev()
        .take(SPEECHES)
        .any(|quotation| quotation.cue.is_some_and(|cue| cue.overlaps(verb.span)))
}

/// Quotations looked back over for one sentence.
const SPEECHES: usize = 32;

/// `on 28 February, when …`: the clause says what the time before it is known for.
fn tells_what_happened_then(
    clause: &Clause<'_>,
    words: &WordClasses,
    time_end: usize,
    predicate: usize,
) -> bool {
    let first = clause
        .children(predicate)
        .iter()
        .copied()
        .find(|&child| clause.keys.get(child).is_some_and(|keys| words.holds("when", keys)));
    first.is_some_and(|first| {
        time_end <= first && (time_end..first).all(|between| clause.upos(between) == Upos::Punct)
    })
}

/// Whether a clause is told as a world of its own, whose acts share no date with the clause around it.
fn own_voice(clause: &Clause<'_>, head: usize) -> bool {
    matches!(clause.relation(head), Relation::AclRelcl | Relation::Parataxis)
        || (clause.relation(head) == Relation::Advcl
            && clause.children(head).iter().any(|&child| clause.relation(child) == Relation::Mark))
}
