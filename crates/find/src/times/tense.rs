//! Where the sentence around a time points: back, ahead, or neither.

use chancery_core::{Relation, Sentence, Span, Upos, Word};

use super::grammar::{Grammar, Phrase};
use super::matcher::Found;
use super::tokens::{Token, folded};

/// Where the sentence around a time points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Open,
    Future,
}

/// Where the clause of a time points, by the features of its verbs; none where the model gives none, or
/// where they say neither.
pub(super) fn tense_of_clause(sentence: &Sentence, time: Span, grammar: &Grammar) -> Option<Tense> {
    let words = sentence.words_in(time);
    // `seit dem 20. Juni kegle ich wieder`
    let before = words.start.checked_sub(1).and_then(|before| sentence.words.get(before));
    if before.is_some_and(|word| word.upos == Upos::Adp && is_past_word(word, grammar)) {
        return Some(Tense::Past);
    }
    let head = sentence.head_of(words);
    let predicate = predicate_above(sentence, head)?;
    let verb = sentence.words.get(predicate)?;
    let helpers: Vec<&Word> = sentence
        .children(predicate)
        .filter_map(|child| sentence.words.get(child))
        .filter(|word| matches!(word.relation, Relation::Aux | Relation::AuxPass | Relation::Cop))
        .collect();
    let is_future_word = |word: &&Word| {
        let known = folded(&word.form);
        known.first().is_some_and(|form| {
            grammar.future.iter().any(|phrase| phrase.is_word(form)) && word.upos == Upos::Aux
        })
    };
    // A participle says nothing of when: `is due to be published`, `has been put off until Saturday`.
    let is_finite = |word: &&Word| !word.features.has("VerbForm", "Part");
    let has = |tense: &str| {
        helpers.iter().copied().chain([verb]).filter(is_finite).any(|word| word.features.has("Tense", tense))
    };
    if helpers.iter().any(is_future_word) || has("Fut") {
        Some(Tense::Future)
    } else if has("Past") || has("Imp") || has("Pqp") {
        Some(Tense::Past)
    } else if grammar.present_ahead && is_told_now(verb, &helpers, grammar) {
        Some(Tense::Future)
    } else {
        None
    }
}

/// Whether a word is one that points back.
fn is_past_word(word: &Word, grammar: &Grammar) -> bool {
    folded(&word.form).first().is_some_and(|form| grammar.past.iter().any(|past| past.is_word(form)))
}

/// Whether a clause is in the present, and not in a perfect made with one or in reported speech.
fn is_told_now(verb: &Word, helpers: &[&Word], grammar: &Grammar) -> bool {
    let mut finite =
        helpers.iter().copied().chain([verb]).filter(|word| word.features.has("VerbForm", "Fin"));
    let is_perfect =
        verb.features.has("VerbForm", "Part") && helpers.iter().any(|word| is_past_word(word, grammar));
    !is_perfect
        && finite.clone().any(|word| word.features.has("Tense", "Pres"))
        && !finite.any(|word| word.features.has("Mood", "Sub"))
}

/// The nearest verb, or word with a copula, that a word hangs on.
fn predicate_above(sentence: &Sentence, word: usize) -> Option<usize> {
    let mut at = word;
    // A tree cannot be deeper than it has words.
    for _ in 0..=sentence.words.len() {
        let here = sentence.words.get(at)?;
        if here.upos == Upos::Verb || sentence.child(at, &[Relation::Cop]).is_some() {
            return Some(at);
        }
        at = here.head?;
    }
    None
}

/// How many words on each side of a time are looked at for where it points.
const REACH: usize = 14;

/// Where the sentence points at a time, by the nearest word that says so; a word before counts as nearer
/// than one after.
pub(super) fn tense_by_words(
    tokens: &[Token],
    time: &Found,
    bounds: Option<(usize, usize)>,
    grammar: &Grammar,
) -> Tense {
    let inside = |token: &Token| bounds.is_none_or(|(start, end)| (start..end).contains(&token.start));
    let stops = |token: &Token| matches!(token.norm.as_str(), "." | "!" | "?" | "。" | ";" | "؟");
    let mut nearest: Option<(usize, Tense)> = None;
    let mut look = |at: usize, distance: usize| {
        let Some(rest) = tokens.get(at..) else { return };
        let longest = |phrases: &[Phrase]| phrases.iter().filter_map(|phrase| phrase.length_in(rest)).max();
        let (future, past) = (longest(&grammar.future), longest(&grammar.past));
        if future.max(past).is_none() || nearest.is_some_and(|(known, _)| distance >= known) {
            return;
        }
        nearest = Some((distance, if future >= past { Tense::Future } else { Tense::Past }));
    };
    let reached = |token: &&Token| inside(token) && !stops(token);
    let before = tokens.get(..time.first).unwrap_or_default().iter().rev();
    for (distance, _) in before.take(REACH).take_while(reached).enumerate() {
        look(time.first - 1 - distance, distance * 2);
    }
    let after = tokens.get(time.end..).unwrap_or_default().iter();
    for (distance, _) in after.take(REACH).take_while(reached).enumerate() {
        look(time.end + distance, distance * 2 + 3);
    }
    nearest.map_or(Tense::Open, |(_, tense)| tense)
}

#[cfg(test)]
mod tests {
    use chancery_core::{Features, Text};

    use super::*;
    use crate::times::grammar::grammar;

    /// A sentence of words with their part of speech, features, head and relation.
    fn sentence(words: &[(&str, Upos, &str, Option<usize>, Relation)]) -> (Text, Sentence) {
        let forms: Vec<_> = words.iter().map(|(form, ..)| *form).collect();
        let text = Text::new(&forms.join(" "));
        let mut start = 0;
        let mut out = Vec::new();
        for (form, upos, features, head, relation) in words {
            let Some(span) = text.span(start, start + form.len()) else { continue };
            start += form.len() + 1;
            out.push(Word {
                acts: None,
                telling: None,
                span,
                form: (*form).to_owned(),
                lemma: (*form).to_owned(),
                upos: *upos,
                features: Features::new((*features).into()),
                head: *head,
                relation: *relation,
                name: None,
            });
        }
        let whole = text.whole();
        (text, Sentence { span: whole, block: 0, words: out })
    }

    fn tense(words: &[(&str, Upos, &str, Option<usize>, Relation)], time: &str) -> Option<Tense> {
        let (text, sentence) = sentence(words);
        let at = text.as_str().find(time)?;
        tense_of_clause(&sentence, text.span(at, at + time.len())?, grammar(Some("en")))
    }

    #[test]
    fn the_verb_of_a_times_own_clause_says_where_it_points() {
        use Relation::{Advcl, Aux, Nsubj, Obl, Root};
        use Upos::{Noun, Propn, Verb};
        let past = [
            ("Ministers", Noun, "Number=Plur", Some(1), Nsubj),
            ("convened", Verb, "Tense=Past|VerbForm=Fin", None, Root),
            ("Friday", Propn, "", Some(1), Obl),
        ];
        assert_eq!(tense(&past, "Friday"), Some(Tense::Past));
        let ahead = [
            ("Ministers", Noun, "Number=Plur", Some(2), Nsubj),
            ("will", Upos::Aux, "VerbForm=Fin", Some(2), Aux),
            ("convene", Verb, "VerbForm=Inf", None, Root),
            ("Friday", Propn, "", Some(2), Obl),
        ];
        assert_eq!(tense(&ahead, "Friday"), Some(Tense::Future));
        let two = [
            ("Talks", Noun, "", Some(1), Nsubj),
            ("resumed", Verb, "Tense=Past|VerbForm=Fin", None, Root),
            ("before", Upos::Sconj, "", Some(4), Relation::Mark),
            ("will", Upos::Aux, "", Some(4), Aux),
            ("end", Verb, "VerbForm=Inf", Some(1), Advcl),
            ("Friday", Propn, "", Some(4), Obl),
        ];
        assert_eq!(tense(&two, "Friday"), Some(Tense::Future), "of its own clause, not of the sentence");
        let none = [("Talks", Noun, "", None, Root), ("Friday", Propn, "", Some(0), Relation::Nmod)];
        assert_eq!(tense(&none, "Friday"), None);
    }
}
