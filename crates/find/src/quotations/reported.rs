//! Sentences whose verb form alone says that they report: the German subjunctive.

use chancery_core::{Quotation, QuotationForm, Relation, Upos};

use super::Draft;
use super::clause::Content;
use super::scene::Scene;
use super::speech::Use;

/// Adds sentences whose verb form says that they go on reporting what the sentence before them reports.
/// Several in a row are one quotation.
pub(super) fn add_reported(scenes: &[Scene<'_>], drafts: &mut Vec<Draft>) {
    let mut before = last_of_each(scenes.len(), drafts);
    let taken = taken(scenes, drafts);
    for (index, scene) in scenes.iter().enumerate().skip(1) {
        let Some(last) = before.get(index - 1).copied().flatten() else { continue };
        let near = scenes.get(index - 1).is_some_and(|last| last.sentence.block + 1 >= scene.sentence.block);
        if before.get(index).is_some_and(Option::is_some)
            || taken.get(index).copied().unwrap_or(true)
            || !near
            || !is_reported(scene)
        {
            continue;
        }
        let end = scene.sentence.words.len().saturating_sub(1);
        let Some(content) = scene.trimmed(Content { first: 0, last: end }) else { continue };
        let Some(span) = scene.span(content.first, content.last) else { continue };
        let same_block =
            scenes.get(index - 1).is_some_and(|last| last.sentence.block == scene.sentence.block);
        let Some(speaking) = drafts.get_mut(last) else { continue };
        let mut place = last;
        if speaking.usage == Use::Reported && same_block {
            speaking.quotation.content = speaking.quotation.content.cover(span);
        } else {
            let quotation = Quotation {
                content: span,
                cue: None,
                medium: None,
                addressee: None,
                form: QuotationForm::Indirect,
                states: true,
                sentence: index,
                ..speaking.quotation.clone()
            };
            place = drafts.len();
            drafts.push(Draft { quotation, usage: Use::Reported, cue: None });
        }
        if let Some(before) = before.get_mut(index) {
            *before = Some(place);
        }
    }
}

/// For each sentence the quotation that a next sentence would go on with: of those with a speaker the
/// longest, which holds the others.
fn last_of_each(sentences: usize, drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut last: Vec<Option<usize>> = vec![None; sentences];
    for (index, draft) in drafts.iter().enumerate() {
        let Some(place) = last.get_mut(draft.quotation.sentence) else { continue };
        let longer = place
            .and_then(|other| drafts.get(other))
            .is_none_or(|other| draft.quotation.content.len() >= other.quotation.content.len());
        if draft.quotation.speaker.is_some() && longer {
            *place = Some(index);
        }
    }
    last
}

/// For each sentence whether words of it are somebody's already.
fn taken(scenes: &[Scene<'_>], drafts: &[Draft]) -> Vec<bool> {
    let mut taken = vec![false; scenes.len()];
    for draft in drafts {
        let content = draft.quotation.content;
        let first = scenes.partition_point(|scene| scene.sentence.span.end() <= content.start());
        let end = scenes.partition_point(|scene| scene.sentence.span.start() < content.end());
        for place in taken.iter_mut().take(end).skip(first) {
            *place = true;
        }
    }
    taken
}

/// Whether the finite verb of the main clause is a form that reports.
fn is_reported(scene: &Scene<'_>) -> bool {
    let root = scene.sentence.root();
    let with =
        |word: &usize| matches!(scene.relation(*word), Relation::Aux | Relation::AuxPass | Relation::Cop);
    std::iter::once(root)
        .chain(scene.kids(root).iter().copied().filter(with))
        .filter(|&word| matches!(scene.upos(word), Upos::Aux | Upos::Verb))
        .any(|word| scene.speech.is(Use::Reported, scene.sentence, word))
        && !scene.kids(root).iter().any(|&kid| {
            scene.relation(kid) == Relation::Nsubj && scene.speech.is(Use::Own, scene.sentence, kid)
        })
}
