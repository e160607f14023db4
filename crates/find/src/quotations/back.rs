//! Sentences that say whose the sentence before is: `Das teilte das Ministerium mit`, `Об этом сообщил X`, `Det uppger X`.

use chancery_core::{Quotation, QuotationForm};

use super::scene::Scene;
use super::speaker::Speaker;
use super::speech::{Cue, Use};
use super::{Draft, cue_span};

/// The sentence before as the words of whoever is the speaker at a cue, where the cue's sentence opens with a word that
/// points back to it.
pub(super) fn of_sentence_before(scenes: &[Scene<'_>], scene: &Scene<'_>, cue: &Cue) -> Option<Draft> {
    let opening = (0..scene.sentence.words.len()).find(|&word| !scene.is_punctuation(word))?;
    let back = scene.speech.at(scene.sentence, opening).into_iter().find(|cue| cue.usage == Use::Back)?;
    let last = *back.words.last()?;
    let is_told = cue.usage == Use::Say
        && cue.head > last
        && scene.sentence.is_below(last, cue.head)
        && !scene.is_negated(cue.head);
    let before = scenes.get(scene.index.checked_sub(1)?)?;
    if !is_told || before.sentence.block != scene.sentence.block || before.marked.iter().all(Option::is_some)
    {
        return None;
    }
    let speaker = speaker(scene, cue, &back)?;
    let words = 0..before.sentence.words.len();
    let first = words.clone().find(|&word| !before.is_punctuation(word))?;
    let end = words.rev().find(|&word| !before.is_punctuation(word))?;
    Some(Draft {
        quotation: Quotation {
            content: before.span(first, end)?,
            speaker: Some(speaker.span),
            speaker_actors: speaker.actors,
            speaker_name: speaker.name,
            addressee: None,
            cue: Some(cue_span(scene, cue)?),
            stance: cue.stance,
            form: QuotationForm::Indirect,
            states: true,
            medium: None,
            sentence: scene.index,
        },
        usage: cue.usage,
        cue: Some(cue.head),
    })
}

/// Who speaks at the cue: the subject, or whoever is named behind the verb, where the tree takes the word that points
/// back for the subject.
fn speaker(scene: &Scene<'_>, cue: &Cue, back: &Cue) -> Option<Speaker> {
    let can_speak = |head: usize| !back.words.contains(&head) && scene.can_speak(head);
    scene.speaker_of(cue).filter(|speaker| can_speak(speaker.head)).or_else(|| {
        let behind = scene.nominal_after(cue.head).filter(|&noun| can_speak(noun))?;
        Some(scene.speaker(behind))
    })
}
