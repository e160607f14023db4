//! Words that are parted by those that say whose they are, within the same marks: `«…, — сказал X, — …»`,
//! `– …, säger X. …`. Each part is a quotation of its own, so that no cue stands in what is said.
//! `“…,” X said, “…”` stays one quotation, as annotators read it.

use chancery_core::{QuotationForm, Relation, Span, Upos};

use super::Draft;
use super::direct::Place;
use super::marks::Marked;
use super::scene::Scene;
use super::speech::{Cue, Use};

/// Words that stand at most between the mark that opens an insertion and its verb: `a-t-il dit`.
const LEAD: usize = 4;

/// Where the words that say who speaks begin and end, in bytes of the text.
struct Insertion {
    start: usize,
    end: usize,
}

/// The cue that is put into words in marks and says whose they are: `«…, — сказал X, — …»`.
pub(super) fn inserted<'c>(
    scenes: &[Scene<'_>],
    cues: &'c [Vec<Cue>],
    one: &Marked,
    place: &Place,
) -> Option<(usize, &'c Cue)> {
    (place.first..=place.last).find_map(|sentence| {
        let scene = scenes.get(sentence)?;
        let cue = cues.get(sentence)?.iter().find(|cue| {
            matches!(cue.usage, Use::Say | Use::Quote)
                && scene.sentence.words.get(cue.head).is_some_and(|word| one.inner.contains(word.span))
                && opener(scene, cue.head).is_some_and(|opener| {
                    scene.speech.is(Use::Inserted, scene.sentence, opener) && has_subject(scene, cue, opener)
                })
        })?;
        Some((sentence, cue))
    })
}

/// The punctuation before a verb, a few words before it at most.
fn opener(scene: &Scene<'_>, verb: usize) -> Option<usize> {
    (verb.saturating_sub(LEAD)..verb).rev().find(|&word| scene.is_punctuation(word))
}

/// Whether the subject of a cue stands between the mark that opens the insertion and the next.
fn has_subject(scene: &Scene<'_>, cue: &Cue, opener: usize) -> bool {
    let closer = (cue.head + 1..scene.sentence.words.len())
        .find(|&word| scene.is_punctuation(word))
        .unwrap_or(scene.sentence.words.len());
    scene
        .kid(cue.head, &[Relation::Nsubj, Relation::NsubjPass])
        .is_some_and(|subject| opener < subject && subject < closer)
}

/// Parts the quotations that hold their own cue.
pub(super) fn part(scenes: &[Scene<'_>], drafts: &mut Vec<Draft>) {
    let mut parts = Vec::new();
    for draft in drafts.iter_mut() {
        let Some(scene) = scenes.get(draft.quotation.sentence) else { continue };
        let Some(insertion) = insertion(scene, draft) else { continue };
        let content = draft.quotation.content;
        let before = words_of(scene, content.start(), insertion.start);
        let after = words_of(scene, insertion.end, content.end());
        match (before, after) {
            (Some(before), Some(after)) => {
                let mut second = draft.clone();
                second.quotation.content = after;
                parts.push(second);
                draft.quotation.content = before;
            }
            (Some(only), None) | (None, Some(only)) => draft.quotation.content = only,
            (None, None) => {}
        }
    }
    drafts.append(&mut parts);
}

/// The words between two places, without the commas and dashes that part them; `None` where there are none.
fn words_of(scene: &Scene<'_>, start: usize, end: usize) -> Option<Span> {
    let span = scene.text.span(start, end)?;
    let parting =
        |letter: char| letter.is_whitespace() || matches!(letter, ',' | '،' | '—' | '–' | '-' | '.');
    let words = scene.text.slice(span);
    let from = words.len() - words.trim_start_matches(parting).len();
    let to = words.trim_end_matches(|letter| parting(letter) && letter != '.').len();
    let span = scene.text.span(start + from.min(to), start + to)?;
    scene.text.slice(span).chars().any(char::is_alphanumeric).then_some(span)
}

/// Where a quotation tells in its own midst who speaks; `None` where it does not.
fn insertion(scene: &Scene<'_>, draft: &Draft) -> Option<Insertion> {
    let cue = draft.cue?;
    let content = draft.quotation.content;
    let verb = scene.sentence.words.get(cue)?.span;
    if draft.quotation.form == QuotationForm::Indirect
        || !matches!(draft.usage, Use::Say | Use::Quote)
        || !content.contains(verb)
    {
        return None;
    }
    let first = scene.marks.partition_point(|marked| marked.outer.end() <= content.start());
    let marks_between = scene.marks.get(first).is_some_and(|one| one.outer.start() < content.end());
    let inside = scene.marked.get(cue).is_some_and(Option::is_some);
    if inside || !marks_between { within_words(scene, draft, cue) } else { None }
}

/// The insertion in words that no marks part: from the comma or dash before the cue to the one behind its
/// speaker, or to the end of the sentence.
fn within_words(scene: &Scene<'_>, draft: &Draft, cue: usize) -> Option<Insertion> {
    let opener = opener(scene, cue)?;
    let start = scene.sentence.words.get(opener)?.span.start();
    let told = draft.quotation.speaker.into_iter().chain(draft.quotation.cue);
    let last = told
        .filter(|&span| scene.sentence.span.contains(span))
        .map(|span| scene.sentence.words_in(span).end.saturating_sub(1))
        .fold(cue, usize::max);
    let end = (last + 1..scene.sentence.words.len())
        .find(|&word| scene.is_punctuation(word) && closes(scene, word, cue))
        .unwrap_or(scene.sentence.words.len().saturating_sub(1));
    let end = scene.sentence.words.get(end)?.span;
    Some(Insertion { start, end: end.end().min(draft.quotation.content.end()) })
}

/// Whether what is said goes on behind a comma or dash: the dash says so, a comma where another clause
/// than the cue's follows.
fn closes(scene: &Scene<'_>, mark: usize, cue: usize) -> bool {
    match scene.form(mark) {
        "—" | "–" | "-" | "―" => true,
        "," | "،" => (mark + 1..scene.sentence.words.len()).any(|word| {
            matches!(scene.upos(word), Upos::Verb | Upos::Aux | Upos::Adj)
                && scene.relation(word) != Relation::Amod
                && !belongs(scene, word, cue)
        }),
        _ => false,
    }
}

/// Whether a word is told of the speaker or of the speaking, not said.
fn belongs(scene: &Scene<'_>, word: usize, cue: usize) -> bool {
    let mut at = word;
    for _ in 0..12 {
        let Some(head) = scene.head(at) else { return false };
        if head == cue {
            return matches!(
                scene.relation(at),
                Relation::Nsubj
                    | Relation::NsubjPass
                    | Relation::Obl
                    | Relation::Advcl
                    | Relation::Aux
                    | Relation::Iobj
                    | Relation::Advmod
            ) || at > cue && matches!(scene.relation(at), Relation::Obj | Relation::Xcomp);
        }
        at = head;
    }
    false
}
