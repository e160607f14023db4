//! Words in quote marks: who says them, and which of them are nobody's words.

use chancery_core::{
    ActorKind, Analysis, BlockKind, Document, Quotation, QuotationForm, Span, Stance, Text, Upos,
};

use super::Draft;
use super::marks::{Marked, find_dash};
use super::speaker::{Scene, Speaker, is_nominal};
use super::speech::{Cue, Use};

/// Words that a clause of their own makes: fewer are a term or a title.
const CLAUSE: usize = 4;

/// Where a stretch in marks lies among the sentences.
struct Place {
    first: usize,
    last: usize,
    words: usize,
    verbal: bool,
    /// Whether no words of its first sentence stand before it.
    opens: bool,
}

/// Adds what stands in quote marks, and joins it with what its own cue already gave.
pub(super) fn add_direct(
    document: &Document,
    analysis: &Analysis,
    scenes: &[Scene<'_>],
    cues: &[Vec<Cue>],
    marked: &[Marked],
    drafts: &mut Vec<Draft>,
) {
    let text = &document.text;
    let mut all: Vec<Marked> = marked.to_vec();
    all.extend(find_dashes(document, analysis, marked));
    all.sort_by_key(|marked| marked.outer);
    let clauses = drafts.len();
    // The quotation that the last stretch became part of, for the next to go on from.
    let mut last: Option<usize> = None;
    for (number, one) in all.iter().enumerate() {
        let Some(place) = place(scenes, one.inner) else { continue };
        let whole = place.words >= CLAUSE && (place.verbal || place.words >= 8)
            || place.first != place.last
            || place.verbal && place.words >= 2 && place.opens;
        if let Some(holder) = holder(drafts, clauses, place.first, one.inner) {
            join(text, drafts, holder, one, whole);
            last = Some(holder);
            continue;
        }
        let cue = nearest_cue(scenes, cues, one, &place, whole);
        if let Some((sentence, cue)) = cue
            && let Some(scene) = scenes.get(sentence)
        {
            let speaker = speaker_beside(scene, cue, one);
            // A second part of the same words: "…," X said, "…".
            let before = last.filter(|&before| {
                drafts.get(before).is_some_and(|draft| {
                    draft.quotation.sentence == sentence
                        && draft.cue == Some(cue.head)
                        && draft.quotation.content.end() <= one.inner.start()
                })
            });
            if let Some(draft) = before.and_then(|before| drafts.get_mut(before)) {
                draft.quotation.content = draft.quotation.content.cover(one.inner);
                continue;
            }
            // What is accused, called or denied in marks beside the content is not said itself.
            let told = !whole
                && matches!(cue.usage, Use::Act | Use::Name)
                && drafts
                    .iter()
                    .rev()
                    .any(|draft| draft.quotation.sentence == sentence && draft.cue == Some(cue.head));
            if told {
                continue;
            }
            if let Some(draft) = direct(text, scene, cue, speaker, one, whole, drafts) {
                last = Some(draft);
                continue;
            }
        }
        if !whole {
            continue;
        }
        if let Some(draft) = continued(document, scenes, all.get(..number), one, &place, last, drafts) {
            last = Some(draft);
        }
    }
}

/// Lines that a dash opens, where the text has no quote marks in them.
fn find_dashes(document: &Document, analysis: &Analysis, marked: &[Marked]) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut last = None;
    for sentence in &analysis.sentences {
        if last == Some(sentence.block) {
            continue;
        }
        last = Some(sentence.block);
        let Some(block) = document.blocks.get(sentence.block) else { continue };
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        if let Some(dash) = find_dash(&document.text, block.span) {
            let at = marked.partition_point(|marked| marked.outer.end() <= dash.inner.start());
            if marked.get(at).is_none_or(|marked| !marked.outer.overlaps(dash.inner)) {
                found.push(dash);
            }
        }
    }
    found
}

fn place(scenes: &[Scene<'_>], span: Span) -> Option<Place> {
    let first = scenes.partition_point(|scene| scene.sentence.span.end() <= span.start());
    let end = scenes.partition_point(|scene| scene.sentence.span.start() < span.end());
    if first >= end {
        return None;
    }
    let (mut words, mut verbal) = (0, false);
    for scene in scenes.get(first..end)? {
        for word in scene.sentence.words_in(span) {
            words += usize::from(!scene.is_punctuation(word));
            verbal |= matches!(scene.upos(word), Upos::Verb | Upos::Aux);
        }
    }
    let scene = scenes.get(first)?;
    let opens = !scene
        .sentence
        .words
        .iter()
        .take_while(|word| word.span.start() < span.start())
        .any(|word| word.form.chars().any(char::is_alphanumeric));
    Some(Place { first, last: end - 1, words, verbal, opens })
}

/// The quotation of the same sentence whose content holds the words in marks; the innermost.
fn holder(drafts: &[Draft], clauses: usize, sentence: usize, inner: Span) -> Option<usize> {
    let start = drafts.get(..clauses)?.partition_point(|draft| draft.quotation.sentence < sentence);
    drafts
        .iter()
        .enumerate()
        .take(clauses)
        .skip(start)
        .take_while(|(_, draft)| draft.quotation.sentence == sentence)
        .filter(|(_, draft)| {
            let content = draft.quotation.content;
            let shared = content.end().min(inner.end()).saturating_sub(content.start().max(inner.start()));
            draft.usage != Use::Hearsay
                && (content.contains(inner) || shared * 2 > inner.len() || shared * 2 > content.len())
        })
        .min_by_key(|(_, draft)| {
            // Whoever said the words before whoever reports that they were said.
            let reports = matches!(draft.usage, Use::Source | Use::SourceAfter);
            (reports, draft.quotation.content.len())
        })
        .map(|(index, _)| index)
}

/// Sets a quotation's form by the words in marks that it holds, and widens it to them.
fn join(text: &Text, drafts: &mut [Draft], holder: usize, one: &Marked, whole: bool) {
    let Some(draft) = drafts.get_mut(holder) else { return };
    let content = draft.quotation.content;
    let letters = |from: usize, to: usize| {
        text.span(from, to.max(from))
            .map_or(0, |span| text.slice(span).chars().filter(|c| c.is_alphanumeric()).count())
    };
    let outside = letters(content.start(), one.inner.start().max(content.start()).min(content.end()))
        + letters(one.inner.end().min(content.end()).max(content.start()), content.end());
    if outside <= 3 || whole && !content.contains(one.inner) && outside * 4 < one.inner.len() {
        draft.quotation.content = one.inner;
        draft.quotation.form = if whole { QuotationForm::Direct } else { QuotationForm::Mixed };
    } else {
        draft.quotation.content = content.cover(one.inner);
        draft.quotation.form = QuotationForm::Mixed;
    }
}

/// The cue that gives words in marks to somebody: after them, before them, or above them in the tree.
fn nearest_cue<'c>(
    scenes: &[Scene<'_>],
    cues: &'c [Vec<Cue>],
    one: &Marked,
    place: &Place,
    whole: bool,
) -> Option<(usize, &'c Cue)> {
    let mut best: Option<(usize, usize, &Cue)> = None;
    let next = scenes.get(place.last + 1).filter(|scene| {
        // A splitter may end the sentence at the closing mark: `"…?" asked X.`
        scene.sentence.words.iter().find(|word| word.form.chars().any(char::is_alphanumeric)).is_some_and(
            |word| {
                word.form
                    .chars()
                    .next()
                    .is_some_and(|letter| letter.is_lowercase() || !letter.is_alphabetic())
            },
        ) && whole
    });
    let sentences =
        [Some(place.first), (place.last != place.first).then_some(place.last), next.map(|_| place.last + 1)];
    for sentence in sentences.into_iter().flatten() {
        let (Some(scene), Some(cues)) = (scenes.get(sentence), cues.get(sentence)) else { continue };
        for cue in cues {
            let speech = match cue.usage {
                Use::Say | Use::Source | Use::SourceAfter => true,
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
            let limit = if whole { 16 } else { 10 };
            if distance <= limit && best.is_none_or(|(least, ..)| distance < least) {
                best = Some((distance, sentence, cue));
            }
        }
    }
    best.map(|(_, sentence, cue)| (sentence, cue))
}

/// The speaker at a cue, by the tree or by the nearest name beside the cue and outside the marks.
fn speaker_beside(scene: &Scene<'_>, cue: &Cue, one: &Marked) -> Option<Speaker> {
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

/// Adds words in marks with their cue and speaker; `None` where they are nobody's.
fn direct(
    text: &Text,
    scene: &Scene<'_>,
    cue: &Cue,
    speaker: Option<Speaker>,
    one: &Marked,
    whole: bool,
    drafts: &mut Vec<Draft>,
) -> Option<usize> {
    if !whole {
        // Two words in marks near a verb of speech are its content only where somebody says them.
        let speaker = speaker.as_ref()?;
        let words = text.slice(one.inner).split_whitespace().count();
        if words < 2 && !matches!(cue.usage, Use::Name)
            || !scene.can_speak(speaker.head) && scene.upos(speaker.head) != Upos::Pron
        {
            return None;
        }
    }
    let content = if one.dash { without_tail(text, scene, cue, speaker.as_ref(), one) } else { one.inner };
    let cue_span = super::cue_span(scene, cue)?;
    let index = drafts.len();
    let (speaker_span, speaker_actors, speaker_name) = match speaker {
        Some(speaker) => (Some(speaker.span), speaker.actors, speaker.name),
        None => (None, Vec::new(), None),
    };
    let here = super::Content { first: usize::MAX, last: usize::MAX };
    drafts.push(Draft {
        quotation: Quotation {
            content,
            speaker: speaker_span,
            speaker_actors,
            speaker_name,
            addressee: super::find_addressee(scene, cue, here).filter(|span| !span.overlaps(content)),
            cue: Some(cue_span),
            stance: cue.stance,
            form: if whole { QuotationForm::Direct } else { QuotationForm::Mixed },
            medium: super::find_medium(scene, cue, here).filter(|span| !span.overlaps(content)),
            sentence: scene.index,
        },
        usage: cue.usage,
        cue: Some(cue.head),
    });
    Some(index)
}

/// What a dash opens, up to the words that say who speaks.
fn without_tail(text: &Text, scene: &Scene<'_>, cue: &Cue, speaker: Option<&Speaker>, one: &Marked) -> Span {
    let cue_start = scene.sentence.words.get(cue.head).map_or(one.inner.end(), |word| word.span.start());
    let start = speaker.map_or(cue_start, |speaker| speaker.span.start().min(cue_start));
    let tail = text.span(start, one.inner.end()).map_or("", |tail| text.slice(tail));
    // "…, säger X. Mer kommer." goes on after the cue: then the whole line is the content.
    let goes_on = tail.trim_end_matches(['.', '!', '?', ' ']).contains(['.', '!', '?', '–', '—']);
    if goes_on || start <= one.inner.start() {
        return one.inner;
    }
    let content = text.span(one.inner.start(), start).map_or(one.inner, |span| text.trim(span));
    let words = text.slice(content).trim_end_matches([',', '–', '—', '-', ' ', '،']);
    text.span(content.start(), content.start() + words.len()).unwrap_or(content)
}

/// Words in marks without a cue of their own, that go on from the quotation before them, or stand after
/// a sentence that names their speaker.
fn continued(
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
            return Some(push_uncued(draft.quotation, one, place, drafts));
        }
    }
    // "X was blunt. “…”": the subject of the sentence before, where it can speak.
    let previous = previous.filter(|previous| previous.sentence.block + 1 >= scene.sentence.block)?;
    let root = previous.sentence.root();
    let subject = previous.subject(root).filter(|&subject| {
        previous.mention_at(subject).is_some()
            || previous.sentence.words.get(subject).is_some_and(|w| w.name.is_some())
    })?;
    let colon = text.slice(previous.sentence.span).trim_end().ends_with([':', '：']);
    if !colon && previous.sentence.block != scene.sentence.block {
        return None;
    }
    let speaker = previous.speaker(subject);
    let quotation = Quotation {
        content: one.inner,
        speaker: Some(speaker.span),
        speaker_actors: speaker.actors,
        speaker_name: speaker.name,
        addressee: None,
        cue: None,
        stance: Stance::Says,
        form: QuotationForm::Direct,
        medium: None,
        sentence: place.first,
    };
    Some(push_uncued(quotation, one, place, drafts))
}

fn push_uncued(quotation: Quotation, one: &Marked, place: &Place, drafts: &mut Vec<Draft>) -> usize {
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

/// Adds what a label gives to somebody: `Lavrov: talks to go on`, `Talks to go on - Kremlin`.
pub(super) fn add_labels(document: &Document, scenes: &[Scene<'_>], drafts: &mut Vec<Draft>) {
    for scene in scenes {
        let headline = document.blocks.get(scene.sentence.block).is_some_and(|block| {
            matches!(block.kind, BlockKind::Title | BlockKind::Subheading | BlockKind::Standfirst)
        });
        let person = scene.found.in_sentence(scene.index).first().is_some_and(|mention| {
            mention.words.start == 0
                && scene.form(mention.words.end) == ":"
                && mention.actors.iter().any(|&actor| {
                    scene.found.actors.get(actor).is_some_and(|actor| actor.kind == ActorKind::Person)
                })
        });
        if !headline && !person || drafts.iter().any(|draft| draft.quotation.sentence == scene.index) {
            continue;
        }
        if let Some(draft) = label_before(scene).or_else(|| headline.then(|| label_after(scene)).flatten()) {
            drafts.push(draft);
        }
    }
}

fn label_before(scene: &Scene<'_>) -> Option<Draft> {
    let words = &scene.sentence.words;
    let colon = (1..words.len().min(9)).find(|&word| matches!(scene.form(word), ":" | "："))?;
    let head = scene.sentence.head_of(0..colon);
    // A label begins with whom it names; `Attack on police: …` names nobody who speaks.
    let named = (0..colon.min(2)).find(|&word| scene.mention_at(word).is_some())?;
    if (0..colon).any(|word| matches!(scene.upos(word), Upos::Verb | Upos::Aux)) {
        return None;
    }
    let head = if scene.mention_at(head).is_some() { head } else { named };
    labelled(scene, head, colon + 1, words.len().checked_sub(1)?)
}

fn label_after(scene: &Scene<'_>) -> Option<Draft> {
    let words = &scene.sentence.words;
    let from = words.len().saturating_sub(8);
    let dash = (from..words.len()).rev().find(|&word| matches!(scene.form(word), "-" | "–" | "—" | "|"))?;
    let named = (dash + 1..words.len()).find(|&word| scene.mention_at(word).is_some())?;
    let verbal = |range: std::ops::Range<usize>| {
        range.into_iter().any(|w| matches!(scene.upos(w), Upos::Verb | Upos::Aux))
    };
    if verbal(dash + 1..words.len()) || !verbal(0..dash) {
        return None;
    }
    let mention = scene.mention_at(named)?;
    labelled(scene, mention.head, 0, dash.checked_sub(1)?)
}

fn labelled(scene: &Scene<'_>, speaker: usize, first: usize, last: usize) -> Option<Draft> {
    if last < first + 2 {
        return None;
    }
    let content = scene.trimmed(super::Content { first, last })?;
    let speaker = scene.speaker(speaker);
    Some(Draft {
        quotation: Quotation {
            content: scene.span(content.first, content.last)?,
            speaker: Some(speaker.span),
            speaker_actors: speaker.actors,
            speaker_name: speaker.name,
            addressee: None,
            cue: None,
            stance: Stance::Says,
            form: QuotationForm::Indirect,
            medium: None,
            sentence: scene.index,
        },
        usage: Use::Say,
        cue: None,
    })
}
