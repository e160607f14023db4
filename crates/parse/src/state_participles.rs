//! Arabic participles of state: `…، متهما إسرائيل بخرق الهدنة` (…, accusing Israel of breaking the truce). Taggers call
//! them verbs, adjectives or nouns, and whom they address their subject or a part of them.

use std::collections::BTreeSet;

use chancery_core::{Relation, Upos, Word, without_points};

/// Makes verbs, beside the one before, of the listed words that stand behind a mark and before their object, or, of
/// those `with_phrase`, before anything.
pub(crate) fn mend_state_participles(
    words: &mut [Word],
    with_object: &BTreeSet<String>,
    with_phrase: &BTreeSet<String>,
) {
    for at in 1..words.len() {
        let Some(word) = words.get(at) else { continue };
        let form = without_points(&word.form);
        let takes_object = with_object.contains(&*form);
        if !takes_object && !with_phrase.contains(&*form) || word.head.is_none() {
            continue;
        }
        let stands_behind_mark = words.get(at - 1).is_some_and(|before| before.upos == Upos::Punct);
        let Some(verb) = verb_before(words, at).filter(|_| stands_behind_mark) else { continue };
        let object = object_behind(words, at);
        if takes_object && object.is_none() {
            continue;
        }
        for other in words.iter_mut().filter(|other| other.head == Some(at)) {
            if other.relation == Relation::Nsubj {
                other.relation = Relation::Obj;
            }
        }
        if let Some(word) = words.get_mut(at) {
            (word.upos, word.name) = (Upos::Verb, None);
            (word.head, word.relation) = (Some(verb), Relation::Parataxis);
        }
        if let Some(word) = object.filter(|_| takes_object).and_then(|object| words.get_mut(object)) {
            (word.head, word.relation) = (Some(at), Relation::Obj);
        }
    }
}

/// The finite verb of the clause before: the last that no noun above it describes.
fn verb_before(words: &[Word], at: usize) -> Option<usize> {
    (0..at).rev().find(|&verb| {
        words.get(verb).is_some_and(|word| {
            word.upos == Upos::Verb
                && matches!(word.relation, Relation::Root | Relation::Conj | Relation::Parataxis)
        })
    })
}

/// The bare noun right behind a participle, that it hangs on or that hangs on it or on its clause.
fn object_behind(words: &[Word], at: usize) -> Option<usize> {
    let next = at + 1;
    let word = words.get(next)?;
    let is_noun = matches!(word.upos, Upos::Noun | Upos::Propn);
    let has_case = words.iter().any(|other| other.head == Some(next) && other.relation == Relation::Case);
    (is_noun && !has_case).then_some(next)
}
