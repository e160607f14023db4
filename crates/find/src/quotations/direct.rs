//! Words in quote marks: who says them, and which of them are nobody's words.

use chancery_core::{Analysis, BlockKind, Document, Quotation, QuotationForm, Relation, Span, Text, Upos};

use super::Draft;
use super::given::{closes, nearest_cue, speaker_before, speaker_beside};
use super::labels;
use super::marks::{Marked, find_dash};
use super::parted;
use super::scene::Scene;
use super::speaker::Speaker;
use super::speech::{Cue, Use};
use super::uncued;

/// Words that a clause of their own makes: fewer are a term or a title.
const CLAUSE: usize = 4;

/// Where a stretch in marks lies among the sentences.
pub(super) struct Place {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) words: usize,
    pub(super) verbal: bool,
    /// Whether a verb in it has its subject in it too.
    pub(super) clausal: bool,
    /// Whether a colon stands straight before it.
    pub(super) colon: bool,
    /// Whether no words of its first sentence stand before it.
    pub(super) opens: bool,
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
            || place.verbal && place.words >= 2 && (place.opens || place.clausal || place.colon);
        if let Some(holder) = holder(drafts, clauses, place.first..=place.last, one.inner) {
            join(text, drafts, holder, &all, one, whole);
            if let Some(draft) = drafts.get_mut(holder)
                && draft.quotation.speaker.is_none()
                && let Some(speaker) = speaker_before(scenes, one, &place)
            {
                draft.quotation.speaker = Some(speaker.span);
                draft.quotation.speaker_actors = speaker.actors;
                draft.quotation.speaker_name = speaker.name;
            }
            last = Some(holder);
            continue;
        }
        let inserted = if whole { parted::inserted(scenes, cues, one, &place) } else { None };
        let cue = inserted.or_else(|| nearest_cue(scenes, cues, one, &place, whole));
        if let Some((sentence, cue)) = cue
            && let Some(scene) = scenes.get(sentence)
        {
            let speaker = if inserted.is_some() {
                scene.speaker_of(cue)
            } else {
                speaker_beside(scene, cue, one).or_else(|| speaker_before(scenes, one, &place))
            };
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
            let answer = place.opens && closes(scene, cue, one);
            if let Some(draft) = direct(text, scene, cue, speaker, one, whole || answer, drafts) {
                last = Some(draft);
                continue;
            }
        }
        if !whole {
            continue;
        }
        let labelled = scenes.get(place.first).and_then(|scene| labels::before_marks(scene, one));
        if let Some(quotation) = labelled.or_else(|| uncued::of_clause_beside(scenes, one, &place)) {
            last = Some(uncued::push(quotation, one, &place, drafts));
            continue;
        }
        if let Some(draft) = uncued::continued(document, scenes, all.get(..number), one, &place, last, drafts)
        {
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
    let (mut words, mut verbal, mut clausal) = (0, false, false);
    for scene in scenes.get(first..end)? {
        for word in scene.sentence.words_in(span) {
            words += usize::from(!scene.is_punctuation(word));
            verbal |= matches!(scene.upos(word), Upos::Verb | Upos::Aux);
            clausal |= matches!(scene.relation(word), Relation::Nsubj | Relation::NsubjPass)
                && scene
                    .head(word)
                    .and_then(|head| scene.sentence.words.get(head))
                    .is_some_and(|head| span.contains(head.span));
        }
    }
    let scene = scenes.get(first)?;
    let opens = !scene
        .sentence
        .words
        .iter()
        .take_while(|word| word.span.start() < span.start())
        .any(|word| word.form.chars().any(char::is_alphanumeric));
    let colon = scene
        .sentence
        .words
        .iter()
        .take_while(|word| word.span.start() < span.start())
        .filter(|word| !is_mark(&word.form))
        .last()
        .is_some_and(|word| matches!(word.form.as_str(), ":" | "："));
    Some(Place { first, last: end - 1, words, verbal, clausal, colon, opens })
}

fn is_mark(form: &str) -> bool {
    form.chars().all(|letter| !letter.is_alphanumeric() && !matches!(letter, ':' | '：' | ',' | '.'))
}

/// The quotation whose content holds the words in marks, or that is part of them where the words run over
/// several sentences; the innermost.
fn holder(
    drafts: &[Draft],
    clauses: usize,
    sentences: std::ops::RangeInclusive<usize>,
    inner: Span,
) -> Option<usize> {
    let start = drafts.get(..clauses)?.partition_point(|draft| draft.quotation.sentence < *sentences.start());
    drafts
        .iter()
        .enumerate()
        .take(clauses)
        .skip(start)
        .take_while(|(_, draft)| draft.quotation.sentence <= *sentences.end())
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
fn join(text: &Text, drafts: &mut [Draft], holder: usize, all: &[Marked], one: &Marked, whole: bool) {
    let Some(draft) = drafts.get_mut(holder) else { return };
    let content = draft.quotation.content;
    if one.dash && content.start() < one.inner.end() && content.end() < one.inner.end() && !runs_on(text, one)
    {
        // The line holds its cue behind a comma; what is said is read already.
        draft.quotation.content =
            text.span(one.inner.start().min(content.start()), content.end()).unwrap_or(content);
        draft.quotation.form = QuotationForm::Direct;
        draft.quotation.states = true;
        return;
    }
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
        let parted = whole && unmarked_letters(text, all, &draft.quotation) <= 3;
        draft.quotation.form = if parted { QuotationForm::Direct } else { QuotationForm::Mixed };
    }
    draft.quotation.states = true;
}

/// How many letters of a quotation stand neither in marks nor with its cue and speaker: few where the
/// speaker is put between two parts of the same words, `“…,” X said, “…”`.
fn unmarked_letters(text: &Text, all: &[Marked], quotation: &Quotation) -> usize {
    let content = quotation.content;
    let first = all.partition_point(|marked| marked.outer.end() <= content.start());
    let mut covered: Vec<Span> = all
        .iter()
        .skip(first)
        .take_while(|marked| marked.outer.start() < content.end())
        .map(|marked| marked.inner)
        .chain(quotation.cue)
        .chain(quotation.speaker)
        .collect();
    covered.sort_unstable();
    let mut from = content.start();
    let mut outside = 0;
    for span in covered {
        if let Some(gap) = text.span(from, span.start().clamp(from, content.end().max(from))) {
            outside += text.slice(gap).chars().filter(|letter| letter.is_alphanumeric()).count();
        }
        from = from.max(span.end());
    }
    let rest = text.span(from.min(content.end()), content.end());
    outside + rest.map_or(0, |gap| text.slice(gap).chars().filter(|letter| letter.is_alphanumeric()).count())
}

/// Whether a line of speech holds more than one sentence.
fn runs_on(text: &Text, one: &Marked) -> bool {
    text.slice(one.inner).trim_end_matches(['.', '!', '?', ' ', '…']).contains(['.', '!', '?'])
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
        let is_name = scene.sentence.words_in(one.inner).all(|word| {
            matches!(scene.upos(word), Upos::Propn | Upos::Punct | Upos::Adp | Upos::Det | Upos::Num)
        });
        if words < 2 && !matches!(cue.usage, Use::Name)
            || is_name && matches!(cue.usage, Use::Name)
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
            states: true,
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
