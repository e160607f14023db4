//! Rebels of no named country, by the army that they are told to fight: `Chadian troops seized a rebel base`.

use chancery_core::{Actor, ActorKind, Mention, Mentions, Sector, Sentence};

use super::sense::{clause_head, is_subject_relation};

/// The armed forces of a state that are the subject of the clause in which somebody is named who is no part of them.
pub(super) fn army_fought<'m>(
    sentence: &Sentence,
    found: &'m Mentions,
    rebels: &Mention,
) -> Option<&'m Actor> {
    let clause = clause_head(sentence, rebels.head);
    let subject = sentence
        .children(clause)
        .find(|&child| sentence.words.get(child).is_some_and(|word| is_subject_relation(word.relation)))?;
    if sentence.is_below(rebels.head, subject) {
        return None;
    }
    let in_sentence = found.in_sentence(rebels.sentence);
    let forces = in_sentence.iter().find(|mention| mention.head == subject)?;
    let [army] = forces.actors.as_slice() else { return None };
    let army = found.actors.get(*army)?;
    let is_army = matches!(army.sector, Some(Sector::Military | Sector::Police | Sector::Paramilitary))
        && army.kind != ActorKind::Person;
    army.country.filter(|_| is_army)?;
    Some(army)
}
