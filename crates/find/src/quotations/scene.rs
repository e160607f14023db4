//! A sentence as quotations are read in it.

use chancery_core::{Mentions, Relation, Sentence, Span, Text, Upos};

use super::marks::Marked;
use super::speech::{SpeechWords, Use};

/// One sentence with all that is needed to read who says what in it.
pub(super) struct Scene<'a> {
    pub(super) text: &'a Text,
    pub(super) index: usize,
    pub(super) sentence: &'a Sentence,
    pub(super) found: &'a Mentions,
    pub(super) speech: &'a SpeechWords,
    /// Children of each word, so that no search runs over the whole sentence again.
    pub(super) children: Vec<Vec<usize>>,
    pub(super) marks: &'a [Marked],
    /// Which words stand in quote marks, by the place in `marks`.
    pub(super) marked: Vec<Option<usize>>,
}

pub(super) fn is_nominal(upos: Upos) -> bool {
    matches!(upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X | Upos::Sym)
}

impl Scene<'_> {
    pub(super) fn upos(&self, word: usize) -> Upos {
        self.sentence.words.get(word).map_or(Upos::X, |word| word.upos)
    }

    pub(super) fn relation(&self, word: usize) -> Relation {
        self.sentence.words.get(word).map_or(Relation::Dep, |word| word.relation)
    }

    pub(super) fn head(&self, word: usize) -> Option<usize> {
        self.sentence.words.get(word).and_then(|word| word.head)
    }

    pub(super) fn kids(&self, word: usize) -> &[usize] {
        self.children.get(word).map_or(&[], Vec::as_slice)
    }

    pub(super) fn kid(&self, word: usize, relations: &[Relation]) -> Option<usize> {
        self.kids(word).iter().copied().find(|&kid| relations.contains(&self.relation(kid)))
    }

    pub(super) fn form(&self, word: usize) -> &str {
        self.sentence.words.get(word).map_or("", |word| word.form.as_str())
    }

    pub(super) fn is_punctuation(&self, word: usize) -> bool {
        self.upos(word) == Upos::Punct || !self.form(word).chars().any(char::is_alphanumeric)
    }

    /// Words at and below `head`, without what lies below `without`, in the order of the text.
    pub(super) fn below(&self, head: usize, without: &[usize]) -> Vec<usize> {
        let mut seen = vec![false; self.sentence.words.len()];
        let mut stack = vec![head];
        let mut all = Vec::new();
        while let Some(word) = stack.pop() {
            match seen.get_mut(word) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            if word != head && without.contains(&word) {
                continue;
            }
            all.push(word);
            stack.extend(self.kids(word));
        }
        all.sort_unstable();
        all
    }

    /// The text from one word to another, both included.
    pub(super) fn span(&self, first: usize, last: usize) -> Option<Span> {
        let first = self.sentence.words.get(first)?.span;
        let last = self.sentence.words.get(last)?.span;
        (first.start() < last.end()).then(|| first.cover(last))
    }

    /// Whether a verb stands in the passive, as far as the tree shows.
    pub(super) fn is_passive(&self, verb: usize) -> bool {
        self.kid(verb, &[Relation::NsubjPass, Relation::AuxPass, Relation::OblAgent, Relation::CsubjPass])
            .is_some()
            || self.is_described(verb)
    }

    /// Whether a verb is a past participle that describes a noun or a clause: `a man asked to leave`, `when
    /// asked whether …`.
    pub(super) fn is_described(&self, verb: usize) -> bool {
        let word = self.sentence.words.get(verb).filter(|_| self.speech.bare_participles_passive);
        let Some(word) = word else { return false };
        matches!(word.relation, Relation::Acl | Relation::Advcl)
            // Without a subject of its own a finite verb is none, where verbs need one.
            && (word.features.has("VerbForm", "Part") || !self.speech.drops_subjects)
            && word.features.has("Tense", "Past")
            && self.kid(verb, &[Relation::Aux, Relation::Nsubj, Relation::Obj]).is_none()
    }

    pub(super) fn is_negated(&self, verb: usize) -> bool {
        // A clause below may be a negation itself, as Chinese 没有: it negates itself only.
        let clauses = [
            Relation::Ccomp,
            Relation::Xcomp,
            Relation::Parataxis,
            Relation::Conj,
            Relation::Advcl,
            Relation::Csubj,
        ];
        self.kids(verb).iter().any(|&kid| {
            !clauses.contains(&self.relation(kid)) && self.speech.is(Use::Negation, self.sentence, kid)
        })
    }

    /// The mention that a word governs or, failing that, the smallest that holds it.
    pub(super) fn mention_at(&self, word: usize) -> Option<&chancery_core::Mention> {
        let mentions = self.found.in_sentence(self.index);
        mentions
            .iter()
            .filter(|mention| mention.head == word)
            .max_by_key(|mention| mention.words.len())
            .or_else(|| {
                mentions
                    .iter()
                    .filter(|mention| mention.words.contains(&word))
                    .min_by_key(|mention| mention.words.len())
            })
    }

    /// Whether a word stands for somebody who can speak, as far as the text shows: a mention, a name, a
    /// pronoun, or a noun from the list.
    pub(super) fn can_speak(&self, word: usize) -> bool {
        self.mention_at(word).is_some()
            || self.upos(word) == Upos::Propn
            || self.sentence.words.get(word).is_some_and(|word| word.name.is_some())
            || self.speech.is(Use::Voice, self.sentence, word)
            || self.kids(word).iter().any(|&kid| {
                matches!(self.relation(kid), Relation::Appos | Relation::Flat)
                    && self.upos(kid) == Upos::Propn
            })
    }

    /// The nominal that begins after `word`, within a few words: where a phrase names its speaker.
    pub(super) fn nominal_after(&self, word: usize) -> Option<usize> {
        let mut at = (word + 1..(word + 8).min(self.sentence.words.len())).find(|&next| {
            is_nominal(self.upos(next)) && !self.is_punctuation(next)
                || matches!(self.upos(next), Upos::Verb | Upos::Aux | Upos::Sconj)
        })?;
        if !is_nominal(self.upos(at)) {
            return None;
        }
        for _ in 0..8 {
            match self.head(at) {
                Some(head)
                    if head > word
                        && is_nominal(self.upos(head))
                        && matches!(
                            self.relation(at),
                            Relation::Nmod
                                | Relation::Compound
                                | Relation::Flat
                                | Relation::Amod
                                | Relation::Det
                                | Relation::Appos
                                | Relation::Nummod
                        ) =>
                {
                    at = head;
                }
                _ => break,
            }
        }
        Some(at)
    }

    /// The nominal that ends before `word`.
    pub(super) fn nominal_before(&self, word: usize) -> Option<usize> {
        let mut at = (word.saturating_sub(4)..word).rev().find(|&before| is_nominal(self.upos(before)))?;
        for _ in 0..8 {
            match self.head(at) {
                Some(head)
                    if head < word
                        && is_nominal(self.upos(head))
                        && matches!(
                            self.relation(at),
                            Relation::Nmod
                                | Relation::Compound
                                | Relation::Flat
                                | Relation::Appos
                                | Relation::Conj
                        ) =>
                {
                    at = head;
                }
                _ => break,
            }
        }
        Some(at)
    }
}
