//! `said it is prepared to attack`: who is prepared to do something is somebody, no word that stands for a clause, and is
//! prepared by nobody.

use std::collections::BTreeSet;

use chancery_core::{Relation, Upos, Word};

use crate::rules::fold;

/// Makes the subject of a listed adjective with an infinitive of what the tagger takes for a mere word of the grammar, and
/// a copula of what it takes for the auxiliary of a passive.
pub(crate) fn mend_willing(words: &mut [Word], listed: &BTreeSet<String>) {
    if listed.is_empty() {
        return;
    }
    let is_listed = |at: usize| {
        words.get(at).is_some_and(|word| word.upos == Upos::Adj && listed.contains(&fold(&word.form)))
    };
    let has_infinitive =
        |at: usize| words.iter().any(|word| word.head == Some(at) && word.relation == Relation::Xcomp);
    let mended: Vec<usize> = words
        .iter()
        .enumerate()
        .filter(|(at, word)| {
            let above = word.head.filter(|&head| *at < head && is_listed(head));
            matches!(word.relation, Relation::Expl | Relation::AuxPass) && above.is_some_and(has_infinitive)
        })
        .map(|(at, _)| at)
        .collect();
    for at in mended {
        if let Some(word) = words.get_mut(at) {
            word.relation = if word.relation == Relation::Expl { Relation::Nsubj } else { Relation::Cop };
        }
    }
}
