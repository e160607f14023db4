//! What the text gives as somebody's words: directly, in part, or as a clause.

mod act;
mod back;
mod clause;
mod direct;
mod given;
mod labels;
mod marks;
mod parted;
mod reported;
mod scene;
mod series;
mod source;
mod speaker;
mod speech;
mod uncued;

use chancery_core::{
    ActorKind, Analysis, Document, Mentions, NameKind, Quotation, QuotationForm, Relation, Span, Stance, Upos,
};

use clause::Content;
use marks::Marked;
use scene::{Scene, is_nominal};
use speaker::Speaker;
use speech::{Cue, SpeechWords, Use};

/// Finds what the text gives as somebody's words, in the order of the text.
pub(crate) fn find_quotations(document: &Document, analysis: &Analysis, found: &Mentions) -> Vec<Quotation> {
    let language = document.metadata.language.as_deref().unwrap_or("en");
    let speech = SpeechWords::of(language.get(..2).unwrap_or(language));
    let marked = find_marked(document, analysis);
    let scenes = scenes(document, analysis, found, speech, &marked);
    let mut drafts = Vec::new();
    let mut cues = Vec::with_capacity(scenes.len());
    for scene in &scenes {
        let of_sentence = find_cues(scene);
        let first = drafts.len();
        for cue in &of_sentence {
            if scene.marked.get(cue.head).is_some_and(Option::is_none)
                && let Some(mut draft) = read_cue(scene, cue)
                    .or_else(|| others_of(scene, cue).find_map(|cue| read_cue(scene, &cue)))
                    .or_else(|| back::of_sentence_before(&scenes, scene, cue))
            {
                if draft.quotation.speaker.is_none()
                    || draft.quotation.speaker_actors.is_empty() && scene.is_impersonal(cue)
                {
                    go_on_speaking(scene, cue, drafts.last(), &mut draft);
                }
                point_back(scene, cue, drafts.last(), &mut draft);
                drafts.push(draft);
            }
        }
        series::part(scene, &mut drafts, first);
        cues.push(of_sentence);
    }
    without_repeats(&mut drafts);
    direct::add_direct(document, analysis, &scenes, &cues, &marked, &mut drafts);
    parted::part(&scenes, &mut drafts);
    reported::add_reported(&scenes, &mut drafts);
    drafts.sort_by_key(|draft| (draft.quotation.sentence, draft.quotation.content));
    resolve_pronouns(&scenes, &mut drafts);
    labels::add_labels(document, &scenes, &mut drafts);
    let mut quotations: Vec<Quotation> = drafts.into_iter().map(|draft| draft.quotation).collect();
    quotations.sort_by_key(|quotation| (quotation.content, quotation.cue, quotation.speaker));
    quotations.dedup_by(|one, other| {
        one.content == other.content && one.speaker == other.speaker && one.cue == other.cue
    });
    quotations
}

/// A quotation with the words it was read from.
#[derive(Clone, Debug)]
struct Draft {
    quotation: Quotation,
    usage: Use,
    /// Index of the cue's head in its sentence.
    cue: Option<usize>,
}

/// What stands in quote marks in the blocks that were analysed.
fn find_marked(document: &Document, analysis: &Analysis) -> Vec<Marked> {
    let mut marked: Vec<Marked> = Vec::new();
    let mut last = None;
    for sentence in &analysis.sentences {
        if last == Some(sentence.block) {
            continue;
        }
        last = Some(sentence.block);
        let within = match document.blocks.get(sentence.block) {
            Some(block) if block.span.contains(sentence.span) => block.span,
            _ => sentence.span,
        };
        let found = marks::find_marked(&document.text, within);
        marked.extend(found);
    }
    marked.sort_by_key(|marked| marked.outer);
    // Blocks do not overlap; a broken document's might.
    let mut end = 0;
    marked.retain(|marked| {
        let keep = marked.outer.start() >= end;
        if keep {
            end = marked.outer.end();
        }
        keep
    });
    marked
}

fn scenes<'a>(
    document: &'a Document,
    analysis: &'a Analysis,
    found: &'a Mentions,
    speech: &'a SpeechWords,
    marked: &'a [Marked],
) -> Vec<Scene<'a>> {
    let mut scenes = Vec::with_capacity(analysis.sentences.len());
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let mut children = vec![Vec::new(); sentence.words.len()];
        for (word, head) in sentence.words.iter().enumerate().filter_map(|(i, w)| Some((i, w.head?))) {
            if let Some(children) = children.get_mut(head) {
                children.push(word);
            }
        }
        let inside = sentence
            .words
            .iter()
            .map(|word| {
                let at = marked.partition_point(|marked| marked.inner.end() <= word.span.start());
                // Two or three words in marks within a clause are a name or a term as often as speech;
                // cues inside them are rare either way.
                marked.get(at).is_some_and(|marked| marked.inner.overlaps(word.span)).then_some(at)
            })
            .collect();
        scenes.push(Scene {
            text: &document.text,
            index,
            sentence,
            found,
            speech,
            children,
            marks: marked,
            marked: inside,
        });
    }
    scenes
}

/// The words of speech of a sentence. A word belongs to one cue: the longest that begins first.
fn find_cues(scene: &Scene<'_>) -> Vec<Cue> {
    let mut found: Vec<Cue> = Vec::new();
    for word in 0..scene.sentence.words.len() {
        if found.iter().rev().take(4).any(|cue| cue.words.contains(&word)) {
            continue;
        }
        let cue =
            scene.speech.at(scene.sentence, word).into_iter().map(|cue| scene.with_verb(cue)).find(|cue| {
                match cue.usage {
                    // `pledged delegates`: a participle before its noun says nothing.
                    Use::Say | Use::Quote | Use::Think | Use::Act | Use::Name
                        if scene.relation(cue.head) == Relation::Amod
                            && scene.head(cue.head) == Some(cue.head + 1) =>
                    {
                        false
                    }
                    Use::Say | Use::Quote | Use::Think | Use::Act | Use::Name => {
                        let word = cue.head;
                        cue.words.iter().any(|&word| matches!(scene.upos(word), Upos::Verb | Upos::Aux))
                    && scene.upos(word) == Upos::Noun
                    || matches!(scene.upos(word), Upos::Verb | Upos::Aux | Upos::X)
                    || cue.words.len() > 1 && scene.upos(word) == Upos::Adj
                    // The tagger may take a participle for an adjective; its clause tells.
                    || matches!(scene.upos(word), Upos::Adj | Upos::Noun)
                        && scene.kid(word, &[Relation::Ccomp]).is_some()
                        && scene.kid(word, &[Relation::Aux, Relation::Nsubj]).is_some()
                    }
                    Use::Noun => scene.upos(word) == Upos::Noun,
                    Use::Source | Use::SourceAfter => true,
                    Use::Hearsay => scene.is_hearsay(cue),
                    Use::Nothing => true,
                    _ => false,
                }
            });
        found.extend(cue);
    }
    found
}

/// Other entries of the table that begin with the same word: `accuse` takes a clause or `of`.
fn others_of(scene: &Scene<'_>, cue: &Cue) -> impl Iterator<Item = Cue> {
    let (usage, words) = (cue.usage, cue.words.clone());
    let first = cue.words.first().copied().unwrap_or(cue.head);
    scene.speech.at(scene.sentence, first).into_iter().map(|other| scene.with_verb(other)).filter(
        move |other| {
            matches!(usage, Use::Say | Use::Think | Use::Act)
                && matches!(other.usage, Use::Say | Use::Think | Use::Act | Use::Name | Use::Hearsay)
                && (other.usage != usage || other.words != words)
                && (other.usage != Use::Hearsay || scene.is_hearsay(other))
        },
    )
}

/// Reads what is said at a cue, and by whom; `None` where it is no report of speech.
fn read_cue(scene: &Scene<'_>, cue: &Cue) -> Option<Draft> {
    let speaker = scene.speaker_of(cue);
    let content = scene.content_of(cue, speaker.as_ref())?;
    let words = (content.first..=content.last).filter(|&word| !scene.is_punctuation(word)).count();
    let named = speaker.as_ref().is_some_and(|speaker| {
        !speaker.actors.is_empty() || scene.can_speak(speaker.head) || scene.upos(speaker.head) == Upos::Pron
    });
    // A verb without a subject is an infinitive or an order; in some languages whoever spoke last.
    if speaker.is_none() && matches!(cue.usage, Use::Say | Use::Act | Use::Name) {
        let passive = scene.is_passive(cue.head);
        if passive
            && (scene.is_described(cue.head)
                || cue.usage == Use::Name
                || scene.kid(cue.head, &[Relation::Ccomp]).is_none())
        {
            return None;
        }
        if !passive && !scene.speech.drops_subjects && !scene.is_impersonal(cue) {
            return None;
        }
    }
    let enough = match cue.usage {
        Use::Say | Use::Act | Use::Hearsay => words >= 2,
        Use::Noun | Use::Think | Use::Name => words >= 2 && named,
        Use::Source | Use::SourceAfter => {
            words >= 3
                && speaker.is_some()
                && (!cue.weak || speaker.as_ref().is_some_and(|speaker| is_source(scene, speaker)))
        }
        _ => false,
    };
    if !enough || words == 0 {
        return None;
    }
    draft(scene, cue, speaker, content)
}

/// Whether a vague `after X` or `by X` names somebody whose words they can be.
fn is_source(scene: &Scene<'_>, speaker: &Speaker) -> bool {
    if scene.speech.has_source_nouns {
        return scene.speech.is(Use::SourceNoun, scene.sentence, speaker.noun);
    }
    let word = scene.sentence.words.get(speaker.head);
    let named = word.and_then(|word| word.name).is_some_and(|name| name.kind != NameKind::Location);
    let known =
        scene.mention_at(speaker.head).is_some_and(|mention| {
            mention.actors.iter().filter_map(|&actor| scene.found.actors.get(actor)).any(|actor| {
                matches!(actor.kind, ActorKind::Media | ActorKind::Person | ActorKind::Government)
            })
        });
    named
        || known
        || [Use::Voice, Use::Noun, Use::Medium]
            .into_iter()
            .any(|usage| scene.speech.is(usage, scene.sentence, speaker.head))
}

/// Gives a pronoun that stands for nobody yet to the person who spoke last.
fn resolve_pronouns(scenes: &[Scene<'_>], drafts: &mut [Draft]) {
    let mut last: Option<(usize, Vec<usize>)> = None;
    for Draft { quotation, .. } in drafts {
        let Some(scene) = scenes.get(quotation.sentence) else { continue };
        let is_person = |actor: &usize| {
            scene.found.actors.get(*actor).is_some_and(|actor| actor.kind == ActorKind::Person)
        };
        if quotation.speaker_actors.is_empty() {
            // A relative pronoun has been read already, whether an actor stands behind it or not.
            let unread = quotation.speaker_name.as_deref().is_none_or(|name| !name.contains(' '));
            let pronoun = quotation.speaker.filter(|_| unread).is_some_and(|span| {
                let words = scene.sentence.words_in(span);
                words.len() == 1
                    && scene.sentence.span.contains(span)
                    && scene.upos(words.start) == Upos::Pron
            });
            if let Some((sentence, actors)) = &last
                && pronoun
                && sentence + 3 >= quotation.sentence
            {
                quotation.speaker_actors.clone_from(actors);
                quotation.speaker_name = None;
            }
        }
        if !quotation.speaker_actors.is_empty() && quotation.speaker_actors.iter().all(is_person) {
            last = Some((quotation.sentence, quotation.speaker_actors.clone()));
        }
    }
}

/// Makes a quotation of what was read.
fn draft(scene: &Scene<'_>, cue: &Cue, speaker: Option<Speaker>, content: Content) -> Option<Draft> {
    let mut span = scene.span(content.first, content.last)?;
    // A mark that was opened inside is closed inside.
    if let Some(marked) = scene.marked.get(content.last).copied().flatten().and_then(|at| scene.marks.get(at))
        && marked.outer.start() >= span.start()
        && marked.outer.end() > span.end()
        && scene.sentence.span.contains(marked.outer)
    {
        span = span.cover(marked.outer);
    }
    let mut stance = cue.stance;
    if matches!(cue.usage, Use::Say | Use::Act | Use::Think) && scene.is_negated(cue.head) {
        stance = match stance {
            Stance::Denies => Stance::Says,
            Stance::Says | Stance::Alleges => Stance::Doubts,
            other => other,
        };
    }
    if speaker.is_none() && cue.usage == Use::Say && stance == Stance::Says && scene.is_passive(cue.head) {
        stance = Stance::Alleges;
    }
    let mut form = QuotationForm::Indirect;
    if (content.first..=content.last).any(|word| scene.marked.get(word).is_some_and(Option::is_some)) {
        form = QuotationForm::Mixed;
    }
    let cue_span = cue_span(scene, cue)?;
    let addressee = find_addressee(scene, cue, content)
        .filter(|addressee| speaker.as_ref().is_none_or(|speaker| !speaker.span.overlaps(*addressee)));
    let medium = find_medium(scene, cue, content);
    let (speaker_span, speaker_actors, speaker_name) = match speaker {
        Some(speaker) => (Some(speaker.span), speaker.actors, speaker.name),
        None => (None, Vec::new(), None),
    };
    let states = form == QuotationForm::Mixed || scene.states(cue, content);
    Some(Draft {
        quotation: Quotation {
            content: span,
            speaker: speaker_span,
            speaker_actors,
            speaker_name,
            addressee,
            cue: Some(cue_span),
            stance,
            form,
            states,
            medium,
            sentence: scene.index,
        },
        usage: cue.usage,
        cue: Some(cue.head),
    })
}

/// The words of a cue where they stand together, else the word that governs them.
fn cue_span(scene: &Scene<'_>, cue: &Cue) -> Option<Span> {
    let (first, last) = (*cue.words.first()?, *cue.words.last()?);
    if last - first < cue.words.len() { scene.span(first, last) } else { scene.span(cue.head, cue.head) }
}

/// To whom it is said: `told Reuters`, `urged Tehran`.
fn find_addressee(scene: &Scene<'_>, cue: &Cue, content: Content) -> Option<Span> {
    if matches!(cue.usage, Use::Source | Use::SourceAfter | Use::Hearsay | Use::Noun) {
        return None;
    }
    let kid = scene.kids(cue.head).iter().copied().find(|&kid| {
        matches!(scene.relation(kid), Relation::Iobj | Relation::Obj)
            && !(content.first..=content.last).contains(&kid)
            && !cue.words.contains(&kid)
            && is_nominal(scene.upos(kid))
            && (scene.can_speak(kid) || scene.upos(kid) == Upos::Pron)
    })?;
    Some(scene.speaker(kid).span)
}

/// Where it is said: `in a statement`, `on Telegram`.
fn find_medium(scene: &Scene<'_>, cue: &Cue, content: Content) -> Option<Span> {
    let kid = scene.kids(cue.head).iter().copied().find(|&kid| {
        matches!(scene.relation(kid), Relation::Obl | Relation::Nmod)
            && !(content.first..=content.last).contains(&kid)
            && scene.below(kid, &[]).iter().any(|&word| scene.speech.is(Use::Medium, scene.sentence, word))
            && !scene.below(kid, &[]).iter().any(|&word| {
                scene.speech.at(scene.sentence, word).iter().any(|cue| cue.usage == Use::Source && !cue.weak)
            })
    })?;
    let without: Vec<usize> = scene
        .kids(kid)
        .iter()
        .copied()
        .filter(|&below| {
            matches!(
                scene.relation(below),
                Relation::Acl | Relation::AclRelcl | Relation::Advcl | Relation::Punct
            )
        })
        .collect();
    let words = scene.below(kid, &without);
    scene.span(*words.first()?, *words.last()?)
}

/// Gives a verb without a subject to whoever spoke in the sentence before, where the language leaves
/// subjects out.
fn go_on_speaking(scene: &Scene<'_>, cue: &Cue, before: Option<&Draft>, draft: &mut Draft) {
    let finite = matches!(scene.relation(cue.head), Relation::Root | Relation::Conj | Relation::Parataxis);
    if !(scene.speech.drops_subjects || scene.is_impersonal(cue))
        || !finite
        || !matches!(cue.usage, Use::Say | Use::Act | Use::Think)
        || scene.is_passive(cue.head)
    {
        return;
    }
    let Some(before) = before.map(|before| &before.quotation) else { return };
    let named = !before.speaker_actors.is_empty() || draft.quotation.speaker.is_none();
    if before.sentence + 2 >= scene.index
        && before.sentence < scene.index
        && before.speaker.is_some()
        && named
    {
        draft.quotation.speaker = before.speaker;
        draft.quotation.speaker_actors.clone_from(&before.speaker_actors);
        draft.quotation.speaker_name.clone_from(&before.speaker_name);
    }
}

/// Gives what `demnach` colours to the source that was named before; the word itself stands for it.
fn point_back(scene: &Scene<'_>, cue: &Cue, before: Option<&Draft>, draft: &mut Draft) {
    let echoes = cue.usage == Use::Hearsay && scene.speech.is(Use::Echo, scene.sentence, cue.head);
    if !echoes || draft.quotation.speaker.is_some() {
        return;
    }
    let Some(before) = before.map(|before| &before.quotation) else { return };
    let named = !before.speaker_actors.is_empty() || before.speaker_name.is_some();
    if named && before.sentence + 2 >= scene.index {
        draft.quotation.speaker = draft.quotation.cue;
        draft.quotation.speaker_actors.clone_from(&before.speaker_actors);
        draft.quotation.speaker_name.clone_from(&before.speaker_name);
    }
}

/// Leaves one of several that say the same: the same content by the same speaker, the better cue first.
fn without_repeats(drafts: &mut Vec<Draft>) {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts.drain(..) {
        let twin = kept.iter_mut().rev().take(12).find(|other| {
            other.quotation.sentence == draft.quotation.sentence
                && other.quotation.content == draft.quotation.content
                && (other.quotation.speaker == draft.quotation.speaker
                    || other.quotation.speaker.is_none()
                    || draft.quotation.speaker.is_none())
        });
        match twin {
            Some(other) => {
                if other.quotation.speaker.is_none() && draft.quotation.speaker.is_some() {
                    let stance = other.quotation.stance;
                    *other = draft;
                    if other.quotation.stance == Stance::Says {
                        other.quotation.stance = stance;
                    }
                }
            }
            None => kept.push(draft),
        }
    }
    *drafts = kept;
}
