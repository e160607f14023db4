//! Words in quote marks without a verb of speech beside them: who says them is told by the clause or sentence around.

use chancery_core::{Document, Quotation, QuotationForm, Relation, Upos};

use super::Draft;
use super::direct::Place;
use super::marks::Marked;
use super::scene::Scene;
use super::speaker::Speaker;
use super::speech::Use;

/// `She paid tribute to the king: “He was …”`, `“He was …”, recalls the minister`: whole sentences in marks are the words of
/// whoever is the subject of the clause before their colon, or of the verb that stands straight behind them.
pub(super) fn of_clause_beside(scenes: &[Scene<'_>], one: &Marked, place: &Place) -> Option<Quotation> {
    if !place.clausal {
        return None;
    }
    let subject = |scene: &Scene<'_>, verb: usize| {
        let subject = scene.subject(verb)?;
        let inside = scene.sentence.words.get(subject).is_some_and(|word| one.outer.contains(word.span));
        (!inside && (scene.can_speak(subject) || scene.upos(subject) == Upos::Pron)).then_some(subject)
    };
    if place.colon {
        let scene = scenes.get(place.first)?;
        let before = scene.sentence.words.iter().take_while(|word| word.span.end() <= one.outer.start());
        let verbs = (0..before.count()).rev().filter(|&word| scene.upos(word) == Upos::Verb);
        let speaker = verbs.into_iter().find_map(|verb| subject(scene, verb))?;
        return Some(said_by(scene.speaker(speaker), one, place));
    }
    let scene = scenes.get(place.last).filter(|_| place.opens)?;
    let behind = scene.sentence.words.iter().position(|word| word.span.start() >= one.outer.end())?;
    let verb = (behind..behind + 2).find(|&word| scene.upos(word) == Upos::Verb)?;
    let only_marks = (behind..verb).all(|word| scene.is_punctuation(word));
    let speaker = subject(scene, verb).filter(|&speaker| only_marks && verb < speaker)?;
    Some(said_by(scene.speaker(speaker), one, place))
}

fn said_by(speaker: Speaker, one: &Marked, place: &Place) -> Quotation {
    speaker.says(one.inner, QuotationForm::Direct, place.first)
}

/// Words in marks without a cue of their own, that go on from the quotation before them, or stand after
/// a sentence that names their speaker.
pub(super) fn continued(
    document: &Document,
    scenes: &[Scene<'_>],
    before: Option<&[Marked]>,
    one: &Marked,
    place: &Place,
    last: Option<usize>,
    drafts: &mut Vec<Draft>,
) -> Option<usize> {
    let text = &document.text;
    let scene = scenes.get(place.first)?;
    let lead = text.span(scene.sentence.span.start(), one.outer.start().max(scene.sentence.span.start()))?;
    if text.slice(lead).chars().any(char::is_alphanumeric) {
        return None;
    }
    let previous = place.first.checked_sub(1).and_then(|index| scenes.get(index));
    let previous_marked = before.and_then(<[Marked]>::last);
    if let (Some(index), Some(previous), Some(marked)) = (last, previous, previous_marked) {
        let draft = drafts.get(index)?;
        let near = draft.quotation.sentence + 1 >= previous.index
            && marked.outer.end() >= previous.sentence.span.start()
            || draft.quotation.content.end() + 3 >= one.outer.start();
        if near && previous.sentence.block == scene.sentence.block {
            let draft = drafts.get_mut(index)?;
            draft.quotation.content = draft.quotation.content.cover(one.inner);
            return Some(index);
        }
        if near && previous.sentence.block + 2 > scene.sentence.block {
            let draft = drafts.get(index)?.clone();
            return Some(push(draft.quotation, one, place, drafts));
        }
    }
    // "X was blunt. “…”": the subject of the sentence before, where it can speak.
    let previous = previous.filter(|previous| previous.sentence.block + 1 >= scene.sentence.block)?;
    let root = previous.sentence.root();
    let subject = previous.subject(root).filter(|&subject| {
        let is_named = |word: usize| {
            previous.mention_at(word).is_some()
                || previous.sentence.words.get(word).is_some_and(|word| word.name.is_some())
        };
        is_named(subject) || previous.kid(subject, &[Relation::Appos, Relation::Flat]).is_some_and(is_named)
    })?;
    let colon = text.slice(previous.sentence.span).trim_end().ends_with([':', '：']);
    if !colon && previous.sentence.block != scene.sentence.block {
        return None;
    }
    Some(push(said_by(previous.speaker(subject), one, place), one, place, drafts))
}

pub(super) fn push(quotation: Quotation, one: &Marked, place: &Place, drafts: &mut Vec<Draft>) -> usize {
    drafts.push(Draft {
        quotation: Quotation {
            content: one.inner,
            cue: None,
            form: QuotationForm::Direct,
            sentence: place.first,
            ..quotation
        },
        usage: Use::Say,
        cue: None,
    });
    drafts.len() - 1
}
