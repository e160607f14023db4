//! To whom words in quote marks are given: the cue near them, and the speaker at it.

use chancery_core::{Relation, Upos};

use super::direct::Place;
use super::marks::Marked;
use super::scene::{Scene, is_nominal};
use super::speaker::Speaker;
use super::speech::{Cue, Use};

/// The cue that gives words in marks to somebody: after them, before them, or above them in the tree.
pub(super) fn nearest_cue<'c>(
    scenes: &[Scene<'_>],
    cues: &'c [Vec<Cue>],
    one: &Marked,
    place: &Place,
    whole: bool,
) -> Option<(usize, &'c Cue)> {
    let mut best: Option<(usize, usize, &Cue)> = None;
    // A splitter may end the sentence at the closing mark: `"…?" asked X.`
    let next = scenes.get(place.last + 1).filter(|next| whole && goes_with(next, cues, one));
    let sentences =
        [Some(place.first), (place.last != place.first).then_some(place.last), next.map(|_| place.last + 1)];
    for sentence in sentences.into_iter().flatten() {
        let (Some(scene), Some(cues)) = (scenes.get(sentence), cues.get(sentence)) else { continue };
        for cue in cues {
            let speech = match cue.usage {
                Use::Say | Use::Source | Use::SourceAfter => true,
                Use::Quote => whole,
                Use::Think | Use::Act | Use::Name => !whole || cue.usage == Use::Act,
                _ => false,
            };
            let Some(span) = scene.sentence.words.get(cue.head).map(|word| word.span) else { continue };
            if !speech || one.inner.overlaps(span) && !one.dash {
                continue;
            }
            if !one.dash && scene.marked.get(cue.head).is_some_and(Option::is_some) {
                continue;
            }
            let between = |from: usize, to: usize| {
                scene
                    .sentence
                    .words
                    .iter()
                    .enumerate()
                    .filter(|(index, word)| {
                        word.span.start() >= from && word.span.end() <= to && !scene.is_punctuation(*index)
                    })
                    .count()
            };
            let mut distance = if one.dash {
                // The cue of a line of speech is inverted: `…, säger X.`
                let comma = cue.head.checked_sub(1).is_some_and(|before| scene.is_punctuation(before));
                if !comma {
                    continue;
                }
                1
            } else if span.start() >= one.inner.end() {
                between(one.inner.end(), span.start())
            } else {
                let distance = between(span.end(), one.inner.start());
                let colon = scene.text.span(span.end(), one.outer.start()).is_some_and(|gap| {
                    scene.text.slice(gap).trim_end().ends_with([':', '：', ',', '，', '،'])
                });
                if colon { distance / 2 } else { distance + 1 }
            };
            let mine = scene.sentence.words_in(one.inner);
            if !mine.is_empty() && scene.sentence.is_below(scene.sentence.head_of(mine), cue.head) {
                distance /= 2;
            }
            if distance <= 4 && closes(scene, cue, one) {
                distance = 0;
            }
            let limit = if whole { 16 } else { 10 };
            if distance <= limit && best.is_none_or(|(least, ..)| distance < least) {
                best = Some((distance, sentence, cue));
            }
        }
    }
    best.map(|(_, sentence, cue)| (sentence, cue))
}

/// Whether a sentence behind words in marks tells who says them: it goes on in lower case, or the words end
/// in a question or a cry and it begins with a speaker and a cue without content of its own.
pub(super) fn goes_with(next: &Scene<'_>, cues: &[Vec<Cue>], one: &Marked) -> bool {
    let starts_low = next
        .sentence
        .words
        .iter()
        .find_map(|word| word.form.chars().next().filter(|letter| letter.is_alphanumeric()))
        .is_some_and(|letter| letter.is_lowercase() || !letter.is_alphabetic());
    let cried = next.text.slice(one.inner).ends_with(['?', '!', '？', '！', '؟']);
    starts_low
        || cried
            && one.outer.end() + 2 >= next.sentence.span.start()
            && cues.get(next.index).is_some_and(|cues| {
                cues.first().is_some_and(|cue| {
                    matches!(cue.usage, Use::Say | Use::Quote)
                        && closes(next, cue, one)
                        && next
                            .kid(cue.head, &[Relation::Ccomp, Relation::Xcomp, Relation::Parataxis])
                            .is_none()
                })
            })
}

/// Whether nothing but its speaker stands between the words in marks and a cue behind them.
pub(super) fn closes(scene: &Scene<'_>, cue: &Cue, one: &Marked) -> bool {
    let Some(span) = scene.sentence.words.get(cue.head).map(|word| word.span) else { return false };
    let Some(gap) = scene.text.span(one.outer.end().min(span.start()), span.start()) else { return false };
    let words = scene.sentence.words_in(gap);
    let subject = scene.subject(cue.head);
    span.start() >= one.inner.end()
        && words
            .filter(|&word| !scene.is_punctuation(word))
            .all(|word| subject.is_some_and(|subject| scene.sentence.is_below(word, subject)))
}

/// The speaker at a cue, by the tree or by the nearest name beside the cue and outside the marks.
pub(super) fn speaker_beside(scene: &Scene<'_>, cue: &Cue, one: &Marked) -> Option<Speaker> {
    let outside = |word: usize| {
        one.dash || scene.sentence.words.get(word).is_some_and(|word| !one.inner.overlaps(word.span))
    };
    let by_tree = scene.speaker_of(cue).filter(|speaker| outside(speaker.head));
    if by_tree.is_some() || matches!(cue.usage, Use::Source | Use::SourceAfter) {
        return by_tree;
    }
    let candidate = |word: usize| {
        is_nominal(scene.upos(word))
            && outside(word)
            && !scene.is_punctuation(word)
            && (scene.can_speak(word) || matches!(scene.upos(word), Upos::Pron | Upos::Noun))
    };
    let after = scene.nominal_after(cue.head).filter(|&word| candidate(word) && word <= cue.head + 6);
    let before = scene.nominal_before(cue.head).filter(|&word| candidate(word));
    let span = scene.sentence.words.get(cue.head)?.span;
    // Only a verb that comes straight after the words is inverted: `"…," said X`, but `"…," X told Y`.
    let inverted = span.start() >= one.inner.end()
        && scene
            .text
            .span(one.inner.end(), span.start())
            .is_some_and(|gap| !scene.text.slice(gap).chars().any(char::is_alphanumeric));
    let head = if inverted { after.or(before) } else { before.or(after) }?;
    Some(scene.speaker(head))
}

/// The speaker of words over several sentences whose cue stands behind them and whose subject before
/// them, as in Turkish: `X, “… . …” dedi`.
pub(super) fn speaker_before(scenes: &[Scene<'_>], one: &Marked, place: &Place) -> Option<Speaker> {
    let scene = scenes.get(place.first).filter(|_| place.first != place.last)?;
    let mention = scene.found.in_sentence(scene.index).iter().rfind(|mention| {
        mention.span.end() <= one.outer.start()
            && scene
                .text
                .span(mention.span.end(), one.outer.start())
                .is_some_and(|gap| !scene.text.slice(gap).chars().any(char::is_alphanumeric))
    })?;
    Some(scene.speaker(mention.head))
}
