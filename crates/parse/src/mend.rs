//! Sets right what trees often have wrong and word order tells: whose object a noun before a clause is.

use chancery_core::{Relation, Upos, Word};

/// Gives back to the verb above a noun that stands before the clause below it, and is taken for a part of that clause:
/// `accused Beijing | of hiding it`, `urged Israel | to open it`, `told the agency | the plan had failed`.
pub(crate) fn mend(words: &mut [Word]) {
    for clause in 0..words.len() {
        let Some((verb, noun, relation)) = misplaced(words, clause) else { continue };
        if let Some(word) = words.get_mut(noun) {
            word.head = Some(verb);
            word.relation = relation;
        }
    }
}

/// The verb above a clause, the noun between that is the verb's, and as what.
fn misplaced(words: &[Word], clause: usize) -> Option<(usize, usize, Relation)> {
    let below = words.get(clause)?;
    let verb = below.head.filter(|&verb| verb < clause)?;
    let is_clause = matches!(below.relation, Relation::Xcomp | Relation::Ccomp | Relation::Advcl);
    if !is_clause || words.get(verb)?.upos != Upos::Verb {
        return None;
    }
    let children = |of: usize| {
        words.iter().enumerate().filter(move |(_, word)| word.head == Some(of)).map(|(index, _)| index)
    };
    let is = |index: usize, relations: &[Relation]| {
        words.get(index).is_some_and(|word| relations.contains(&word.relation))
    };
    let is_noun = |index: usize| {
        words.get(index).is_some_and(|word| matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Pron))
    };
    if children(verb).any(|child| is(child, &[Relation::Obj, Relation::Iobj])) {
        return None;
    }
    let noun = children(clause).find(|&child| {
        verb < child && child < clause && is_noun(child) && is(child, &[Relation::Obj, Relation::Nsubj])
    })?;
    let (first, last) = (edge(words, noun, true), edge(words, noun, false));
    if first != verb + 1 {
        return None;
    }
    // Behind a mark that opens the clause stand its own words.
    let opens_after = children(clause).any(|child| is(child, &[Relation::Mark]) && child == last + 1);
    let own = words.get(noun)?.relation;
    let second = last < clause && children(clause).any(|child| child != noun && is(child, &[own]));
    let relation = if below.relation == Relation::Ccomp { Relation::Iobj } else { Relation::Obj };
    (opens_after || second).then_some((verb, noun, relation))
}

/// The first or last word at and below a word.
fn edge(words: &[Word], top: usize, first: bool) -> usize {
    let below = words.iter().enumerate().filter(|(index, _)| {
        let mut at = *index;
        for _ in 0..words.len() {
            if at == top {
                return true;
            }
            match words.get(at).and_then(|word| word.head) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    });
    let indices = below.map(|(index, _)| index);
    if first { indices.min() } else { indices.max() }.unwrap_or(top)
}
