//! Sentences whose verb form alone says that they report: the German subjunctive.

use chancery_core::{Quotation, QuotationForm, Relation, Span, Upos};

use super::Draft;
use super::clause::Content;
use super::scene::Scene;
use super::speaker::Speaker;
use super::speech::Use;

/// How many sentences back within a paragraph a speaker may stand whom a sentence goes on reporting.
const FARTHEST: usize = 2;

/// Adds sentences whose verb form says that they go on reporting what a sentence before them reports.
/// Several in a row are one quotation.
pub(super) fn add_reported(scenes: &[Scene<'_>], drafts: &mut Vec<Draft>) {
    let mut before = last_of_each(scenes.len(), drafts);
    let taken = taken(scenes, drafts);
    for (index, scene) in scenes.iter().enumerate().skip(1) {
        let is_free = before.get(index).is_some_and(Option::is_none) && taken.get(index) == Some(&false);
        let Some(verb) = reporting_verb(scene).filter(|_| is_free) else { continue };
        let end = scene.sentence.words.len().saturating_sub(1);
        let Some(content) = scene.trimmed(Content { first: 0, last: end }) else { continue };
        let Some(span) = scene.span(content.first, content.last) else { continue };
        let next_to = index - 1;
        let last = (index.saturating_sub(FARTHEST)..index)
            .rev()
            .filter(|&other| follows(scenes, other, index))
            .find_map(|other| before.get(other).copied().flatten());
        let place = if let Some(last) = last {
            let Some(speaking) = drafts.get_mut(last) else { continue };
            let same_block = scenes.get(next_to).is_some_and(|last| last.block() == scene.block());
            if speaking.usage == Use::Reported && same_block && before.get(next_to) == Some(&Some(last)) {
                speaking.quotation.content = speaking.quotation.content.cover(span);
                last
            } else {
                let speaking = speaking.quotation.clone();
                drafts.push(reported(speaking, span, index));
                drafts.len() - 1
            }
        } else {
            // Nobody is said to speak, but the verb says that somebody does: who acted just before.
            let Some(speaker) = scenes
                .get(next_to)
                .filter(|other| other.block() == scene.block() && scene.is_plainly_reported(verb))
                .and_then(Scene::doer)
            else {
                continue;
            };
            let speaking = speaker.says(span, QuotationForm::Indirect, index);
            drafts.push(reported(speaking, span, index));
            drafts.len() - 1
        };
        if let Some(before) = before.get_mut(index) {
            *before = Some(place);
        }
    }
}

/// Whether a sentence may go on with what another says: the one right before it, or one of its paragraph.
fn follows(scenes: &[Scene<'_>], other: usize, index: usize) -> bool {
    let block = |at: usize| scenes.get(at).map_or(0, Scene::block);
    if other + 1 == index { block(other) + 1 >= block(index) } else { block(other) == block(index) }
}

/// A sentence of its own in the mouth of whoever speaks in `speaking`.
fn reported(speaking: Quotation, content: Span, sentence: usize) -> Draft {
    let form = QuotationForm::Indirect;
    let quotation = Quotation {
        content,
        cue: None,
        medium: None,
        addressee: None,
        form,
        states: true,
        sentence,
        ..speaking
    };
    Draft { quotation, usage: Use::Reported, cue: None }
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

/// The finite verb of the main clause, where its form reports.
fn reporting_verb(scene: &Scene<'_>) -> Option<usize> {
    let root = scene.sentence.root();
    let with =
        |word: &usize| matches!(scene.relation(*word), Relation::Aux | Relation::AuxPass | Relation::Cop);
    let is_own = scene
        .kids(root)
        .iter()
        .any(|&kid| scene.relation(kid) == Relation::Nsubj && scene.speech.is(Use::Own, scene.sentence, kid));
    std::iter::once(root)
        .chain(scene.kids(root).iter().copied().filter(with))
        .filter(|&word| matches!(scene.upos(word), Upos::Aux | Upos::Verb))
        .find(|&word| scene.speech.is(Use::Reported, scene.sentence, word))
        .filter(|_| !is_own)
}

impl Scene<'_> {
    /// The paragraph that the sentence stands in.
    fn block(&self) -> usize {
        self.sentence.block
    }

    /// Whether a reporting form can be nothing else: German `sei`, not `wären`, which conditions have too.
    fn is_plainly_reported(&self, verb: usize) -> bool {
        let mut cues = self.speech.at(self.sentence, verb).into_iter();
        cues.any(|cue| cue.usage == Use::Reported && !cue.weak)
    }

    /// Who does what the sentence tells, where it is somebody who can speak.
    fn doer(&self) -> Option<Speaker> {
        let root = self.sentence.root();
        let subject = self.subject(root)?;
        (matches!(self.upos(root), Upos::Verb) && !self.is_passive(root) && self.can_speak(subject))
            .then(|| self.speaker(subject))
    }
}
