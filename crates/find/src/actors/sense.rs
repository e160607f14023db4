use std::ops::Range;

use chancery_core::{Relation, Sense, Sentence, Upos};

use super::key::key;
use super::lexicon::Lexicon;
use crate::world::NameForm;

/// Returns the word that a word stands for in the sentence, past coordination and apposition.
pub(super) fn governing_word(sentence: &Sentence, word: usize) -> usize {
    let mut at = word;
    for _ in 0..sentence.words.len() {
        let Some(here) = sentence.words.get(at) else { return at };
        match (here.relation, here.head) {
            (Relation::Conj | Relation::Appos | Relation::Flat | Relation::Fixed, Some(head)) => at = head,
            _ => return at,
        }
    }
    at
}

/// Whether a word is, or is coordinated with, the subject of a clause.
pub(super) fn is_subject(sentence: &Sentence, word: usize) -> bool {
    sentence.words.get(governing_word(sentence, word)).is_some_and(|word| is_subject_relation(word.relation))
}

pub(super) fn is_subject_relation(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Nsubj | Relation::NsubjPass | Relation::Csubj | Relation::CsubjPass | Relation::OblAgent
    )
}

/// Returns the word of a range that governs the rest, taking nouns and names before others where the
/// tree gives several.
pub(super) fn head_of(sentence: &Sentence, words: &Range<usize>, core: &Range<usize>) -> usize {
    let outside = |at: &usize| {
        sentence.words.get(*at).is_some_and(|word| word.head.is_none_or(|head| !words.contains(&head)))
    };
    core.clone()
        .find(outside)
        .or_else(|| {
            let nominal = |at: &usize| {
                sentence
                    .words
                    .get(*at)
                    .is_some_and(|w| matches!(w.upos, Upos::Noun | Upos::Propn | Upos::Pron))
            };
            words.clone().filter(outside).find(nominal)
        })
        .unwrap_or_else(|| sentence.head_of(words.clone()))
}

/// Returns the sense in which the name of a state is used.
pub(super) fn sense_of(
    sentence: &Sentence,
    words: &Range<usize>,
    head: usize,
    form: NameForm,
    lexicon: &Lexicon,
    keys: &[String],
) -> Sense {
    if form == NameForm::Adjective {
        return Sense::Modifier;
    }
    let at_key = |at: usize| keys.get(at).map_or("", String::as_str);
    if words.end.checked_sub(1).is_some_and(|last| lexicon.ends_in("place endings", at_key(last))) {
        return Sense::Place;
    }
    let before_its_noun =
        sentence.words.get(head).and_then(|word| word.head).is_some_and(|noun| noun >= words.end);
    let genitive = words.end.checked_sub(1).is_some_and(|last| lexicon.ends_in("genitive", at_key(last)));
    if lexicon.lists("possessive", at_key(words.end)) || genitive && before_its_noun {
        return Sense::Modifier;
    }
    let top = governing_word(sentence, head);
    let Some(word) = sentence.words.get(top) else { return Sense::Agent };
    let adposition = adposition_of(sentence, top, keys).or_else(|| before(sentence, words.start, keys));
    match word.relation {
        Relation::Amod | Relation::Compound | Relation::Det | Relation::Nummod => return Sense::Modifier,
        Relation::Nsubj
        | Relation::NsubjPass
        | Relation::Csubj
        | Relation::CsubjPass
        | Relation::OblAgent
        | Relation::Iobj
        | Relation::Vocative => return Sense::Agent,
        // `visited Kyiv` says where; `condemned Kyiv` whom.
        Relation::Obj if form == NameForm::Capital && moves(sentence, word.head, lexicon) => {
            return Sense::Place;
        }
        Relation::Obj => return Sense::Agent,
        Relation::Nmod if adposition.is_none() => return Sense::Modifier,
        _ => {}
    }
    if form == NameForm::Capital
        && words.len() == 1
        && lexicon.starts_with("place prefixes", at_key(words.start))
    {
        return Sense::Place;
    }
    let Some(adposition) = adposition else { return Sense::Agent };
    if form == NameForm::Capital
        && lexicon.lists("where one speaks", &adposition)
        && word
            .head
            .is_some_and(|verb| is_impersonal(sentence, verb) && lexicon.lists_open("speaking", at_key(verb)))
    {
        return Sense::Agent;
    }
    if lexicon.lists("place", &adposition) {
        return Sense::Place;
    }
    if moves(sentence, word.head, lexicon)
        && (lexicon.lists("direction", &adposition) || lexicon.lists("place", &adposition))
    {
        return Sense::Place;
    }
    Sense::Agent
}

/// Russian `В Киеве осудили …`: whether a verb stands in the plural and nobody is said to do it, so that those do who
/// govern where it is done.
fn is_impersonal(sentence: &Sentence, verb: usize) -> bool {
    let is_plural = sentence.words.get(verb).is_some_and(|word| {
        word.upos == Upos::Verb
            && word.features.has("Number", "Plur")
            && word.features.get("Person").is_none_or(|person| person == "3")
            && matches!(word.relation, Relation::Root | Relation::Conj | Relation::Parataxis)
    });
    is_plural && sentence.child(verb, &[Relation::Nsubj, Relation::NsubjPass, Relation::AuxPass]).is_none()
}

/// Whether a word is a verb or noun of motion.
fn moves(sentence: &Sentence, word: Option<usize>, lexicon: &Lexicon) -> bool {
    word.and_then(|word| sentence.words.get(word)).is_some_and(|governor| {
        lexicon.lists_open("motion", &key(&governor.lemma))
            || lexicon.lists_open("motion", &key(&governor.form))
    })
}

/// The adposition that introduces a word in the tree.
fn adposition_of(sentence: &Sentence, word: usize, keys: &[String]) -> Option<String> {
    let case = sentence.children(word).find(|&child| {
        sentence.words.get(child).is_some_and(|w| w.relation == Relation::Case && w.upos != Upos::Part)
            && child < word
    })?;
    keys.get(case).cloned()
}

/// The adposition just before a word, past articles and adjectives; for where the tree gives none.
fn before(sentence: &Sentence, start: usize, keys: &[String]) -> Option<String> {
    let mut at = start;
    for _ in 0..3 {
        at = at.checked_sub(1)?;
        match sentence.words.get(at)?.upos {
            Upos::Adp => return keys.get(at).cloned(),
            Upos::Det | Upos::Adj => {}
            _ => return None,
        }
    }
    None
}

/// The predicate of the clause that holds a word.
pub(super) fn clause_head(sentence: &Sentence, word: usize) -> usize {
    let mut at = word;
    for _ in 0..sentence.words.len() {
        let Some(here) = sentence.words.get(at) else { return at };
        let starts_clause = matches!(
            here.relation,
            Relation::Root
                | Relation::Ccomp
                | Relation::Advcl
                | Relation::AclRelcl
                | Relation::Parataxis
                | Relation::Xcomp
                | Relation::Csubj
                | Relation::Acl
        ) || here.relation == Relation::Conj && here.upos == Upos::Verb;
        match here.head {
            Some(head) if !starts_clause => at = head,
            _ => return at,
        }
    }
    at
}
