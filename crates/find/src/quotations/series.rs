//! Several statements in one sentence: where what is said first ends and the next begins.

use chancery_core::Relation;

use super::Draft;
use super::scene::Scene;
use super::speech::Use;

/// Parts what a tree runs together: `said it had waited and suggested that …`, `insists that he won,
/// claiming that …`. The second verb of speech goes on speaking for the speaker of the first.
pub(super) fn part(scene: &Scene<'_>, drafts: &mut Vec<Draft>, first: usize) {
    join_double_cues(scene, drafts, first);
    let drafts = drafts.get_mut(first..).unwrap_or_default();
    for second in 1..drafts.len() {
        let (before, rest) = drafts.split_at_mut(second);
        let Some(next) = rest.first_mut() else { return };
        let Some(cue) = next.cue.filter(|_| matches!(next.usage, Use::Say | Use::Act)) else { continue };
        let usage = next.usage;
        let Some(word) = scene.sentence.words.get(cue) else { continue };
        let around = before.iter_mut().rev().find(|draft| {
            let content = draft.quotation.content;
            matches!(draft.usage, Use::Say | Use::Think)
                && content.start() < word.span.start()
                && content.contains(word.span)
                && draft.cue.is_some_and(|first| first < cue && goes_on(scene, first, cue, usage))
        });
        let Some(around) = around else { continue };
        let Some(end) = (0..cue)
            .rev()
            .find(|&word| !scene.is_punctuation(word) && !belongs(scene, word, cue))
            .and_then(|word| scene.sentence.words.get(word))
            .map(|word| word.span.end())
        else {
            continue;
        };
        let content = around.quotation.content;
        if let Some(shorter) = scene.text.span(content.start(), end).filter(|span| span.len() > 2) {
            around.quotation.content = shorter;
            next.quotation.speaker = around.quotation.speaker;
            next.quotation.speaker_actors.clone_from(&around.quotation.speaker_actors);
            next.quotation.speaker_name.clone_from(&around.quotation.speaker_name);
        }
    }
}

/// Leaves one of two where a cue is told by two verbs, as Chinese 警告说 or `warned, saying that`: the
/// content of the first would begin with the second.
fn join_double_cues(scene: &Scene<'_>, drafts: &mut Vec<Draft>, first: usize) {
    let mut second = first + 1;
    while second < drafts.len() {
        let double = drafts.get(second).and_then(|next| {
            let cue = next.quotation.cue?;
            let at = drafts.iter().enumerate().skip(first).take(second - first).position(|(_, draft)| {
                let content = draft.quotation.content;
                let starts = scene
                    .text
                    .span(content.start(), cue.start().max(content.start()))
                    .is_some_and(|gap| !scene.text.slice(gap).chars().any(char::is_alphanumeric));
                starts && content.contains(cue) && content.end() == next.quotation.content.end()
            })?;
            Some(first + at)
        });
        match double {
            Some(at) => {
                let next = drafts.remove(second);
                if let Some(draft) = drafts.get_mut(at) {
                    draft.quotation.content = next.quotation.content;
                    draft.quotation.form = next.quotation.form;
                    draft.quotation.states |= next.quotation.states;
                }
            }
            None => second += 1,
        }
    }
}

/// Whether a verb of speech inside the content of another is no part of that content: a participle behind
/// a comma, or a second verb with a `that` of its own.
fn goes_on(scene: &Scene<'_>, first: usize, cue: usize, usage: Use) -> bool {
    let own_subject = scene.kid(cue, &[Relation::Nsubj, Relation::NsubjPass]).is_some();
    if own_subject || !is_top(scene, first, cue) {
        return false;
    }
    match scene.relation(cue) {
        Relation::Advcl => {
            let marked = scene.kid(cue, &[Relation::Mark, Relation::Case]).is_some();
            let before = (0..cue).rev().find(|&word| !belongs(scene, word, cue));
            !marked && before.is_some_and(|word| scene.is_punctuation(word))
        }
        Relation::Conj => {
            let joined = scene.kid(cue, &[Relation::Cc]).is_some_and(|cc| cc < cue);
            let marked = scene.kid(cue, &[Relation::Ccomp]).is_some_and(|clause| {
                scene
                    .kid(clause, &[Relation::Mark])
                    .is_some_and(|mark| mark > cue && scene.speech.is(Use::That, scene.sentence, mark))
            });
            // `says the boat strayed and warns of …`: a demand or warning, where no auxiliary is shared.
            let shared = scene.head(cue).is_some_and(|above| scene.kid(above, &[Relation::Aux]).is_some());
            joined && (marked || usage == Use::Act && !shared)
        }
        _ => false,
    }
}

/// Whether a word hangs on the head of what is said at `first`, and not deeper.
fn is_top(scene: &Scene<'_>, first: usize, cue: usize) -> bool {
    let said = |word: usize| {
        scene.head(word) == Some(first)
            && matches!(scene.relation(word), Relation::Ccomp | Relation::Xcomp | Relation::Parataxis)
    };
    let Some(above) = scene.head(cue) else { return false };
    said(above) || scene.relation(above) == Relation::Conj && scene.head(above).is_some_and(said)
}

/// Whether a word stands with a verb of speech: its conjunction, its adverb.
fn belongs(scene: &Scene<'_>, word: usize, cue: usize) -> bool {
    scene.head(word) == Some(cue)
        && matches!(scene.relation(word), Relation::Cc | Relation::Advmod | Relation::Aux | Relation::Mark)
}
