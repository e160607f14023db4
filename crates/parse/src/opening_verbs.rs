//! Where verbs open their sentences, a verb that is read as a noun or as a name, with what stands behind it: Arabic
//! `رفعت غامبيا دعوى` (the Gambia brought a suit), of which the tagger makes a person called Rifaat.

use std::collections::BTreeSet;

use chancery_core::{NameTag, Relation, Upos, Word, without_points};

/// Makes a verb of the word that opens a sentence where it is a listed one, a noun stands right behind it and the
/// sentence has no other verb as its root.
pub(crate) fn mend_opening_verb(words: &mut [Word], listed: &BTreeSet<String>) {
    let Some((verb, root)) = misread(words, listed) else { return };
    let subject = subject_of(words, verb);
    if let Some(word) = words.get_mut(verb) {
        (word.upos, word.name) = (Upos::Verb, None);
        (word.head, word.relation) = (None, Relation::Root);
    }
    if let Some(word) = words.get_mut(verb + 1) {
        word.name = word.name.map(|name| NameTag { begins: true, ..name });
    }
    if root != verb {
        let relation = match words.get(root) {
            Some(word) if word.upos == Upos::Adj => Relation::Advmod,
            _ if has_case(words, root) => Relation::Obl,
            _ => Relation::Obj,
        };
        tie(words, root, verb, relation);
    }
    tie(words, subject, verb, Relation::Nsubj);
    for at in subject + 1..words.len() {
        let Some(word) = words.get(at).filter(|word| word.head == Some(verb)) else { continue };
        let is_noun = matches!(word.upos, Upos::Noun | Upos::Propn);
        let is_loose = matches!(
            word.relation,
            Relation::Nmod | Relation::Flat | Relation::Compound | Relation::Appos | Relation::Amod
        );
        if !is_loose {
            continue;
        }
        let has_object = words.iter().any(|word| word.head == Some(verb) && word.relation == Relation::Obj);
        if word.upos == Upos::Adj && at == subject + 1 {
            tie(words, at, subject, Relation::Amod);
        } else if is_noun && (has_object || has_case(words, at)) {
            tie(words, at, verb, Relation::Obl);
        } else if is_noun {
            tie(words, at, verb, Relation::Obj);
        }
    }
}

/// The word that is a verb, and the root of its sentence.
fn misread(words: &[Word], listed: &BTreeSet<String>) -> Option<(usize, usize)> {
    let verb = words.iter().position(|word| word.upos != Upos::Punct)?;
    let word = words.get(verb)?;
    let next = words.get(verb + 1)?;
    let is_nominal = |word: &Word| matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Adj);
    if !listed.contains(&*without_points(&word.form))
        || !is_nominal(word)
        || !is_nominal(next)
        || has_case(words, verb)
    {
        return None;
    }
    let root = words.iter().position(|word| word.head.is_none())?;
    let is_subject = word.head == Some(root) && word.relation == Relation::Nsubj;
    let is_verbless = words.get(root).is_some_and(is_nominal) && !has(words, root, Relation::Cop);
    (root == verb || is_subject && is_verbless).then_some((verb, root))
}

/// The noun right behind a verb, or what it hangs on below the verb.
fn subject_of(words: &[Word], verb: usize) -> usize {
    let next = verb + 1;
    let head = |at: usize| words.get(at).and_then(|word| word.head);
    let mut at = next;
    for _ in 0..words.len() {
        match head(at) {
            Some(above) if above == verb => return at,
            Some(above) if above > next => at = above,
            _ => break,
        }
    }
    next
}

fn has(words: &[Word], at: usize, relation: Relation) -> bool {
    words.iter().any(|word| word.head == Some(at) && word.relation == relation)
}

fn has_case(words: &[Word], at: usize) -> bool {
    has(words, at, Relation::Case)
}

fn tie(words: &mut [Word], at: usize, head: usize, relation: Relation) {
    if let Some(word) = words.get_mut(at) {
        (word.head, word.relation) = (Some(head), relation);
    }
}
