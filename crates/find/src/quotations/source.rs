//! What is said where a phrase tells who says it, or a word that somebody does: `according to X`, `reportedly`.

use chancery_core::{Relation, Upos};

use super::clause::{Content, bounds};
use super::scene::{Scene, is_nominal};
use super::speaker::Speaker;
use super::speech::{Cue, Use};

impl Scene<'_> {
    /// The clause that `according to X` speaks of, without those words.
    pub(super) fn clause_of_source(&self, cue: &Cue, speaker: &Speaker) -> Option<Content> {
        let end = self.sentence.words.len();
        let first_of_speaker =
            self.sentence.words.iter().position(|word| speaker.span.contains(word.span))?;
        let last_of_speaker =
            self.sentence.words.iter().rposition(|word| speaker.span.contains(word.span))?;
        let mut first = (*cue.words.first()?).min(first_of_speaker);
        let mut last = (*cue.words.last()?).max(last_of_speaker);
        // The phrase's own words: all that hangs on the speaker or on the noun of the cue.
        let mut top = speaker.head;
        for _ in 0..6 {
            match self.head(top) {
                Some(head) if (first..=last).contains(&head) => top = head,
                _ => break,
            }
        }
        for word in self.below(top, &[]) {
            let relation = self.relation(word);
            if word > last && word < end && relation != Relation::Conj {
                let near = (last + 1..word).all(|between| !self.is_punctuation(between));
                if near {
                    last = word;
                }
            } else if word < first && word + 1 == first && cue.usage == Use::SourceAfter {
                first = word;
            }
        }
        while last + 1 < end && self.speech.is(Use::SourceTail, self.sentence, last + 1) {
            last += 1;
        }
        let opens = (0..first).all(|word| self.is_punctuation(word) || self.upos(word) == Upos::Cconj);
        let closes = (last + 1..end).all(|word| self.is_punctuation(word));
        if opens {
            // "According to X, …": to the end, with the rest of the phrase up to a near comma left out.
            let mut from = last + 1;
            if let Some(comma) =
                (last + 1..end.min(last + 15)).find(|&word| matches!(self.form(word), "," | "，" | "،"))
                && (last + 1..comma).all(|word| !matches!(self.upos(word), Upos::Aux))
                && (last + 1..comma).all(|word| self.sentence.is_below(word, top))
            {
                from = comma + 1;
            }
            return (from < end).then(|| Content { first: from, last: end - 1 });
        }
        if let Some(content) = self.head(top).and_then(|verb| self.said_at(verb, first..last + 1)) {
            return Some(content);
        }
        let host = self.head(top).map_or(top, |head| self.clause_head(head));
        let phrase: Vec<usize> = (first..=last).collect();
        let content = self.around(host, &phrase, top)?;
        if closes && content.last >= first {
            return Some(Content { first: content.first, last: first.checked_sub(1)? });
        }
        Some(content)
    }

    /// What is said at the verb of speech that a source stands with: of `X reported, citing Y, that …` the
    /// clause is what Y says too.
    fn said_at(&self, verb: usize, phrase: std::ops::Range<usize>) -> Option<Content> {
        let cue = self.speech.at(self.sentence, verb).into_iter().find(|cue| cue.usage == Use::Say)?;
        let content = self.content_of(&cue, self.speaker_of(&cue).as_ref())?;
        let apart = content.last < phrase.start || content.first >= phrase.end;
        (apart && !(content.first..=content.last).contains(&verb)).then_some(content)
    }

    /// Whether a word such as `reportedly` or `is said to` colours a clause here: a verb that does so
    /// governs another.
    pub(super) fn is_hearsay(&self, cue: &Cue) -> bool {
        if self.upos(cue.head) != Upos::Verb {
            return true;
        }
        let infinitive = self.kid(cue.head, &[Relation::Xcomp, Relation::Ccomp]).is_some();
        let passive =
            self.is_passive(cue.head) || matches!(self.relation(cue.head), Relation::Acl | Relation::Amod);
        // گفته می‌شود: a passive of two words.
        let whole = self.head(cue.head).is_some_and(|head| cue.words.contains(&head));
        let put_in = matches!(self.relation(cue.head), Relation::Advcl | Relation::Parataxis)
            && self.stands_alone(cue.head, cue);
        put_in
            || infinitive && (cue.words.len() == 1 || passive || whole)
            || self.relation(cue.head) == Relation::Aux
    }

    /// Whether nothing but the words of its cue stands below a verb.
    pub(super) fn stands_alone(&self, verb: usize, cue: &Cue) -> bool {
        self.below(verb, &[])
            .iter()
            .all(|&word| word == verb || cue.words.contains(&word) || self.is_punctuation(word))
    }

    /// The clause that a `reportedly` colours; of `is said to`, the infinitive with its subject.
    pub(super) fn clause_of_hearsay(&self, cue: &Cue) -> Option<Content> {
        // `it is claimed that`: what hangs on the cue as its clause.
        let clauses = [Relation::Ccomp, Relation::Csubj, Relation::CsubjPass];
        let below = cue.words.iter().find_map(|&word| {
            let noun = self.upos(word) == Upos::Noun;
            self.kids(word).iter().copied().find(|&kid| {
                !cue.words.contains(&kid)
                    && (clauses.contains(&self.relation(kid))
                        || noun && cue.words.len() > 1 && self.relation(kid) == Relation::Acl)
            })
        });
        if let Some(clause) = below {
            return bounds(&self.below(clause, &[]));
        }
        let mut host = cue.head;
        // `как утверждается`, 据称: the cue is a clause put into another.
        let put_in = self.head(host).filter(|verb| cue.words.contains(verb)).unwrap_or(host);
        if self.upos(put_in) == Upos::Verb
            && matches!(self.relation(put_in), Relation::Advcl | Relation::Parataxis | Relation::Acl)
            && self.stands_alone(put_in, cue)
            && let Some(around) = self.head(put_in)
        {
            let verb = put_in;
            let words = self.below(around, &[verb]);
            return bounds(&words);
        }
        if !matches!(self.upos(host), Upos::Verb) || self.relation(host) == Relation::Aux {
            host = self.head(host)?;
        }
        if matches!(self.relation(host), Relation::Aux | Relation::Cop) {
            host = self.head(host)?;
        }
        if is_nominal(self.upos(host)) && self.kid(host, &[Relation::Cop, Relation::Nsubj]).is_none() {
            return None;
        }
        let host = match self.relation(host) {
            Relation::Xcomp => self.head(host).unwrap_or(host),
            _ => host,
        };
        // `a document in which X is said to …`, `in a document, X is said to …`: where it stands is not said.
        let place = self.place_of_words(cue.head).filter(|&place| self.head(place) == Some(cue.head));
        let opening = self
            .kids(host)
            .iter()
            .copied()
            .find(|&kid| matches!(self.relation(kid), Relation::Obl | Relation::Advmod))
            .filter(|&kid| self.relation(host) == Relation::AclRelcl && kid < host)
            .filter(|&kid| {
                let first =
                    |word: usize| self.below(word, &[]).into_iter().find(|&word| !self.is_punctuation(word));
                first(host) == first(kid)
            });
        let without: Vec<usize> = place.into_iter().chain(opening).collect();
        let mut words = self.below(host, &without);
        words.retain(|word| !without.contains(word));
        if let Some(end) = opening.and_then(|opening| self.below(opening, &[]).last().copied()) {
            words.retain(|&word| word > end);
        }
        bounds(&words)
    }
}

/// Content without the words of a cue that stand at its edge.
pub(super) fn without_cue(content: Content, cue: &Cue) -> Content {
    let Content { mut first, mut last } = content;
    while first < last && cue.words.contains(&first) {
        first += 1;
    }
    while last > first && cue.words.contains(&last) {
        last -= 1;
    }
    Content { first, last }
}
