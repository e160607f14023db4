//! What a label gives to somebody: `Lavrov: talks to go on`, `Talks to go on - Kremlin`.

use chancery_core::{
    ActorKind, BlockKind, Document, Mention, NameKind, Quotation, QuotationForm, Relation, ResolvedBy, Upos,
};

use super::Draft;
use super::clause::Content;
use super::marks::Marked;
use super::scene::Scene;
use super::speech::Use;

/// Who may stand behind a title as its source.
const SPEAKERS: &[ActorKind] = &[
    ActorKind::Person,
    ActorKind::Government,
    ActorKind::State,
    ActorKind::Organisation,
    ActorKind::Alliance,
    ActorKind::Media,
    ActorKind::ArmedGroup,
];

/// Words that a label has at most.
const LABEL: usize = 12;

/// Adds what labels give to somebody, in titles and at the start of a line.
pub(super) fn add_labels(document: &Document, scenes: &[Scene<'_>], drafts: &mut Vec<Draft>) {
    let mut spoken = vec![false; scenes.len()];
    for draft in drafts.iter() {
        if let Some(spoken) = spoken.get_mut(draft.quotation.sentence) {
            *spoken = true;
        }
    }
    for scene in scenes {
        if spoken.get(scene.index).copied().unwrap_or(true) {
            continue;
        }
        let headline = document.blocks.get(scene.sentence.block).is_some_and(|block| {
            matches!(block.kind, BlockKind::Title | BlockKind::Subheading | BlockKind::Standfirst)
        });
        if let Some(draft) =
            label_before(scene, headline).or_else(|| headline.then(|| label_after(scene)).flatten())
        {
            drafts.push(draft);
        }
    }
}

/// `Lavrov: …`, `Foreign minister Lavrov: …`, `Lavrov to the West: …`. Outside titles only a person's name
/// or somebody that governs is a label, and only before a clause.
fn label_before(scene: &Scene<'_>, headline: bool) -> Option<Draft> {
    let words = &scene.sentence.words;
    let colon = (1..words.len().min(LABEL)).find(|&word| matches!(scene.form(word), ":" | "："))?;
    let verbal = |mut range: std::ops::Range<usize>| {
        range.any(|word| matches!(scene.upos(word), Upos::Verb | Upos::Aux))
    };
    if verbal(0..colon) {
        return None;
    }
    // A label begins with whom it names; `Attack on police: …` names nobody who speaks.
    let head = scene.sentence.head_of(0..colon);
    let named = (0..colon.min(2)).find(|&word| is_named(scene, word))?;
    let head = if is_named(scene, head) { head } else { named };
    if !headline {
        let speaks = scene.mention_at(head).is_some_and(|mention| {
            mention.words.start == 0 && is_kind(scene, mention, &[ActorKind::Person, ActorKind::Government])
        });
        if !speaks || !verbal(colon + 1..words.len()) {
            return None;
        }
    }
    labelled(scene, head, colon + 1, words.len().checked_sub(1)?)
}

/// Who a name with a colon straight before words in marks says that they are of: `From Lavrov: “…”`.
pub(super) fn before_marks(scene: &Scene<'_>, one: &Marked) -> Option<Quotation> {
    let colon = scene.sentence.words.iter().rposition(|word| word.span.end() <= one.outer.start())?;
    let named = colon.checked_sub(1)?;
    if !matches!(scene.form(colon), ":" | "：") {
        return None;
    }
    let is_name = scene
        .sentence
        .words
        .get(named)
        .is_some_and(|word| word.name.is_some_and(|name| name.kind == NameKind::Person));
    let mention = scene.mention_at(named);
    let speaks = mention.is_some_and(|mention| is_kind(scene, mention, SPEAKERS));
    if !is_name && !speaks {
        return None;
    }
    let speaker = scene.speaker(mention.map_or(named, |mention| mention.head));
    Some(speaker.says(one.inner, QuotationForm::Direct, scene.index))
}

/// `…: Kremlin`, `… - Russian foreign ministry`.
fn label_after(scene: &Scene<'_>) -> Option<Draft> {
    let words = &scene.sentence.words;
    let from = words.len().saturating_sub(8);
    let dash =
        (from..words.len()).rev().find(|&word| scene.form(word).starts_with(['-', '–', '—', '|', ':']))?;
    // The dash may be written onto the name.
    let after = if scene.is_punctuation(dash) { dash + 1 } else { dash };
    let verbal = |mut range: std::ops::Range<usize>| {
        range.any(|word| matches!(scene.upos(word), Upos::Verb | Upos::Aux))
    };
    let phrase = (after..words.len())
        .any(|word| matches!(scene.relation(word), Relation::Case | Relation::Mark) && word == after);
    if phrase || verbal(after..words.len()) || !verbal(0..dash) {
        return None;
    }
    let mention = scene
        .found
        .in_sentence(scene.index)
        .iter()
        .filter(|mention| mention.words.start >= after && mention.by != ResolvedBy::Coreference)
        .filter(|mention| is_kind(scene, mention, SPEAKERS))
        .max_by_key(|mention| mention.words.len())?;
    labelled(scene, mention.head, 0, dash.checked_sub(1)?)
}

fn is_named(scene: &Scene<'_>, word: usize) -> bool {
    scene.mention_at(word).is_some_and(|mention| mention.by != ResolvedBy::Coreference)
}

fn is_kind(scene: &Scene<'_>, mention: &Mention, kinds: &[ActorKind]) -> bool {
    mention
        .actors
        .iter()
        .filter_map(|&actor| scene.found.actors.get(actor))
        .any(|actor| kinds.contains(&actor.kind))
}

fn labelled(scene: &Scene<'_>, speaker: usize, first: usize, last: usize) -> Option<Draft> {
    if last < first + 2 {
        return None;
    }
    let content = scene.trimmed(Content { first, last })?;
    let content = scene.span(content.first, content.last)?;
    let quotation = scene.speaker(speaker).says(content, QuotationForm::Indirect, scene.index);
    Some(Draft { quotation, usage: Use::Say, cue: None })
}
