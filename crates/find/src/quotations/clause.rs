//! What is said: the clause, infinitive or phrase that a word of speech governs.

use chancery_core::{Relation, Upos};

use super::speaker::{Scene, Speaker, is_nominal};
use super::speech::{Cue, Use};

/// Words from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Scene<'_> {
    /// What is said at a cue; `None` where the sentence does not tell.
    pub(super) fn content_of(&self, cue: &Cue, speaker: Option<&Speaker>) -> Option<Content> {
        let content = match cue.usage {
            Use::Say | Use::Think => self
                .clause(cue, speaker)
                .or_else(|| self.clause_around(cue))
                .or_else(|| self.clause_beside(cue))
                .or_else(|| self.clause_by_order(cue, speaker)),
            Use::Act => self.clause(cue, speaker).or_else(|| self.act(cue)),
            Use::Name => self.name(cue),
            Use::Noun => self.clause_of_noun(cue),
            Use::Source | Use::SourceAfter => self.clause_of_source(cue, speaker?),
            Use::Hearsay => self.clause_of_hearsay(cue),
            _ => None,
        }?;
        self.trimmed(content)
    }

    /// The clause below a verb.
    fn clause(&self, cue: &Cue, speaker: Option<&Speaker>) -> Option<Content> {
        let verb = cue.head;
        let fits = |kid: usize| {
            !cue.words.contains(&kid) && !self.is_punctuation(kid) && speaker.is_none_or(|s| s.head != kid)
        };
        let relation = |wanted: Relation| {
            self.kids(verb).iter().copied().find(|&kid| self.relation(kid) == wanted && fits(kid))
        };
        let kid = relation(Relation::Ccomp)
            .or_else(|| relation(Relation::Xcomp))
            .or_else(|| relation(Relation::Csubj))
            .or_else(|| relation(Relation::CsubjPass))
            .or_else(|| {
                (cue.usage == Use::Say)
                    .then(|| {
                        self.kids(verb).iter().copied().find(|&kid| {
                            self.relation(kid) == Relation::Parataxis
                                && fits(kid)
                                && self.below(kid, &[]).len() > 3
                        })
                    })
                    .flatten()
            })?;
        let mut words = self.below(kid, &[]);
        // "which Kyiv says have played": the pronoun in front belongs to the clause around.
        let before = words.iter().filter(|&&word| word < verb && !self.is_punctuation(word)).count();
        let after = words.iter().filter(|&&word| word > verb && !self.is_punctuation(word)).count();
        if before <= 2 && after > 2 {
            words.retain(|&word| word > verb);
        } else if before > 2
            && words.iter().all(|&word| {
                word < verb
                    || !matches!(self.upos(word), Upos::Verb | Upos::Aux)
                    || self.relation(word) == Relation::Case
            })
        {
            words.retain(|&word| word < verb);
        }
        // "is said to have fled": the subject is part of what is said.
        if self.is_passive(verb)
            && self.relation(kid) == Relation::Xcomp
            && let Some(subject) = self.kid(verb, &[Relation::NsubjPass, Relation::Nsubj])
        {
            words.splice(0..0, self.below(subject, &[]));
            words.sort_unstable();
        }
        bounds(&words)
    }

    /// The clause into which a verb of speech is put: `…, Kyiv says, …`, `as Kyiv says, …`.
    fn clause_around(&self, cue: &Cue) -> Option<Content> {
        let verb = cue.head;
        let host = self.head(verb)?;
        let put_in = match self.relation(verb) {
            Relation::Parataxis => true,
            Relation::Advcl | Relation::Acl | Relation::AclRelcl | Relation::Obl => {
                let subjects = [Relation::Nsubj, Relation::NsubjPass, Relation::OblAgent, Relation::Expl];
                self.kids(verb).iter().any(|&kid| self.speech.is(Use::As, self.sentence, kid))
                    && self.kid(verb, &subjects).is_some()
                    && self.kid(verb, &[Relation::Obj]).is_none()
            }
            _ => false,
        };
        if !put_in {
            return None;
        }
        let host = self.clause_head(host);
        self.around(host, &self.below(verb, &[]), verb)
    }

    /// The clause that follows a participle of speech where the parser hangs both on the same verb:
    /// `…, stating at the meeting, X will answer`.
    fn clause_beside(&self, cue: &Cue) -> Option<Content> {
        if !matches!(self.relation(cue.head), Relation::Advcl | Relation::Conj | Relation::Acl) {
            return None;
        }
        let host = self.head(cue.head)?;
        let beside = self.kids(host).iter().copied().find(|&kid| {
            kid > cue.head
                && matches!(self.relation(kid), Relation::Parataxis | Relation::Ccomp)
                && self
                    .kid(kid, &[Relation::Nsubj, Relation::NsubjPass])
                    .is_some_and(|subject| subject > cue.head)
        })?;
        let words = self.below(beside, &[]);
        // An attribution put in between belongs to the clause around.
        let subject = self.kid(beside, &[Relation::Nsubj, Relation::NsubjPass])?;
        let from = self.below(subject, &[]).first().copied()?;
        bounds(&words).map(|content| Content { first: content.first.max(from), ..content })
    }

    /// A clause without the words put into it: what comes after or before them where they stand at its
    /// edge, all of it where they stand in the middle.
    fn around(&self, host: usize, without: &[usize], stop: usize) -> Option<Content> {
        let mut words = self.below(host, &[stop]);
        words.retain(|word| without.binary_search(word).is_err());
        let (first, last) = (*without.first()?, *without.last()?);
        let before = words
            .iter()
            .filter(|&&word| word < first && !self.is_punctuation(word) && self.upos(word) != Upos::Cconj)
            .count();
        let after = words.iter().filter(|&&word| word > last && !self.is_punctuation(word)).count();
        if after == 0 && before > 0 {
            words.retain(|&word| word < first);
        } else if before == 0 && after > 0 {
            words.retain(|&word| word > last);
        }
        bounds(&words)
    }

    /// Where the tree holds no content: what follows a colon or a `that`, or what a final `X said` closes.
    fn clause_by_order(&self, cue: &Cue, speaker: Option<&Speaker>) -> Option<Content> {
        let end = self.sentence.words.len().checked_sub(1)?;
        let start = *cue.words.last()?;
        let mut next = start + 1;
        if let Some(speaker) = speaker
            && let Some(last) = self.sentence.words.iter().rposition(|word| speaker.span.contains(word.span))
            && last > start
            && last < start + 12
        {
            next = last + 1;
        }
        let mut at = next;
        while at < end
            && at < next + 6
            && !self.speech.is(Use::That, self.sentence, at)
            && self.form(at) != ":"
        {
            if self.upos(at) == Upos::Verb || self.form(at) == "." {
                break;
            }
            at += 1;
        }
        if at < end
            && (self.form(at) == ":"
                || self.form(at) == "："
                || self.speech.is(Use::That, self.sentence, at)
                    && matches!(self.upos(at), Upos::Sconj | Upos::Part | Upos::Adp | Upos::Cconj | Upos::X))
        {
            return Some(Content { first: at + 1, last: end });
        }
        if cue.usage != Use::Say
            || !matches!(
                self.relation(cue.head),
                Relation::Root | Relation::Parataxis | Relation::Dep | Relation::Ccomp
            )
        {
            return None;
        }
        // "…, X said on Monday."
        let first = speaker
            .and_then(|speaker| self.sentence.words.iter().position(|word| speaker.span.contains(word.span)))
            .map_or(cue.head, |word| word.min(cue.head));
        let comma = (first.saturating_sub(3)..first)
            .rev()
            .find(|&word| matches!(self.form(word), "," | "，" | "،" | "—" | "–" | "-" | "”" | "\"" | "»"))?;
        let rest = end.saturating_sub(cue.head.max(first));
        let words = (0..comma).filter(|&word| !self.is_punctuation(word)).count();
        let verbal = (0..comma).any(|word| matches!(self.upos(word), Upos::Verb | Upos::Aux));
        (words >= 3 && verbal && rest <= 16 && self.no_clause_after(cue.head))
            .then_some(Content { first: 0, last: comma.saturating_sub(1) })
    }

    fn no_clause_after(&self, verb: usize) -> bool {
        !self.sentence.words.iter().enumerate().skip(verb + 1).any(|(index, word)| {
            matches!(word.relation, Relation::Ccomp | Relation::Xcomp) && self.head(index) == Some(verb)
        })
    }

    /// What is denied, asked for or alleged: an infinitive, a gerund, or the thing itself.
    fn act(&self, cue: &Cue) -> Option<Content> {
        let verb = cue.head;
        let kids = || self.kids(verb).iter().copied().filter(|&kid| kid > verb && !cue.words.contains(&kid));
        // "accuse X of trying", "anklaga X för att försöka"
        let clause = kids().find(|&kid| {
            matches!(
                self.relation(kid),
                Relation::Advcl | Relation::Obl | Relation::Acl | Relation::Parataxis
            ) && matches!(self.upos(kid), Upos::Verb | Upos::Aux)
                && self.is_near(verb, kid)
        });
        if let Some(kid) = clause {
            return self.without_case(kid);
        }
        // "accuse X of a crime", "call for a ceasefire": the noun behind the cue's own adposition.
        let phrase = kids().find(|&kid| {
            matches!(self.relation(kid), Relation::Obl | Relation::Nmod | Relation::Obj | Relation::Iobj)
                && self.kids(kid).iter().any(|grandkid| cue.words.contains(grandkid))
        });
        if let Some(kid) = phrase {
            return self.without_case(kid);
        }
        if cue.words.len() > 1 {
            let last = *cue.words.last()?;
            let behind = kids().find(|&kid| kid > last && is_nominal(self.upos(kid)));
            return behind.and_then(|kid| self.without_case(kid));
        }
        let object = kids().find(|&kid| self.relation(kid) == Relation::Obj)?;
        // "accused the officers": whom it is put to, not what is said.
        let noun = self.upos(object) == Upos::Noun
            && !(self.can_speak(object) && cue.stance != chancery_core::Stance::Denies);
        let words = self.below(object, &[]);
        (noun && words.len() > 1).then(|| bounds(&words)).flatten()
    }

    /// Whether no other clause stands between a verb and what may be its content.
    fn is_near(&self, verb: usize, kid: usize) -> bool {
        let first = self.below(kid, &[]).first().copied().unwrap_or(kid);
        first > verb
            && (verb + 1..first).all(|word| {
                !matches!(self.form(word), "," | ";" | ":" | "." | "،" | "，" | "；" | "：")
                    && self.upos(word) != Upos::Verb
            })
    }

    /// Words below a head without the adposition in front of them.
    fn without_case(&self, head: usize) -> Option<Content> {
        let cases: Vec<usize> = self
            .kids(head)
            .iter()
            .copied()
            .filter(|&kid| {
                self.relation(kid) == Relation::Case
                    || self.relation(kid) == Relation::Mark && self.upos(kid) == Upos::Adp
                    || self.relation(kid) == Relation::Mark && self.upos(kid) == Upos::Sconj
            })
            .filter(|&kid| kid < head)
            .collect();
        let words = self.below(head, &cases);
        bounds(&words)
    }

    /// What something is called: `as Y`, or the second object.
    fn name(&self, cue: &Cue) -> Option<Content> {
        let verb = cue.head;
        let kids: Vec<usize> = self
            .kids(verb)
            .iter()
            .copied()
            .filter(|kid| !cue.words.contains(kid) && !self.is_punctuation(*kid))
            .collect();
        let marked = |kid: usize| {
            self.kids(kid).iter().any(|&grandkid| {
                matches!(self.relation(grandkid), Relation::Case | Relation::Mark | Relation::Advmod)
                    && self.speech.is(Use::As, self.sentence, grandkid)
                    || cue.words.len() > 1 && cue.words.last() == Some(&grandkid)
            })
        };
        if let Some(kid) = kids.iter().copied().find(|&kid| {
            matches!(
                self.relation(kid),
                Relation::Obl | Relation::Advcl | Relation::Xcomp | Relation::Nmod | Relation::Ccomp
            ) && marked(kid)
        }) {
            return self.without_case(kid).map(|content| self.without_as(content));
        }
        // The phrase may hang on the object instead.
        for kid in kids.iter().copied().filter(|&kid| kid > verb) {
            if let Some(grandkid) = self.kids(kid).iter().copied().find(|&grandkid| {
                matches!(
                    self.relation(grandkid),
                    Relation::Nmod | Relation::Obl | Relation::Acl | Relation::Advcl
                ) && marked(grandkid)
            }) {
                return self.without_case(grandkid);
            }
        }
        if cue.words.len() > 1 {
            return None;
        }
        if let Some(kid) = kids.iter().copied().find(|&kid| self.relation(kid) == Relation::Xcomp) {
            return self.without_case(kid);
        }
        if let Some(kid) = kids.iter().copied().find(|&kid| self.relation(kid) == Relation::Ccomp) {
            return bounds(&self.below(kid, &[]));
        }
        let objects: Vec<usize> = kids
            .iter()
            .copied()
            .filter(|&kid| kid > verb && matches!(self.relation(kid), Relation::Obj | Relation::Iobj))
            .collect();
        match objects.as_slice() {
            [.., _, second] => bounds(&self.below(*second, &[])),
            _ => None,
        }
    }

    fn without_as(&self, content: Content) -> Content {
        let starts = content.first < content.last && self.speech.is(Use::As, self.sentence, content.first);
        Content { first: content.first + usize::from(starts), ..content }
    }

    /// `the claim that …`, `a pledge to …`
    fn clause_of_noun(&self, cue: &Cue) -> Option<Content> {
        let kid = self.kids(cue.head).iter().copied().find(|&kid| {
            kid > cue.head
                && matches!(
                    self.relation(kid),
                    Relation::Acl | Relation::Ccomp | Relation::AclRelcl | Relation::Advcl | Relation::Xcomp
                )
                && self.kids(kid).iter().any(|&mark| {
                    mark < kid
                        && matches!(self.relation(mark), Relation::Mark | Relation::Advmod | Relation::Nsubj | Relation::Obj)
                        && self.speech.is(Use::That, self.sentence, mark)
                        // "the statement that it made": a relative clause says nothing of the content.
                        && self.relation(mark) == Relation::Mark
                })
        })?;
        bounds(&self.below(kid, &[]))
    }

    /// The head of the clause that a word stands in.
    fn clause_head(&self, word: usize) -> usize {
        let mut at = word;
        for _ in 0..12 {
            let Some(head) = self.head(at) else { return at };
            let subject = self.kid(at, &[Relation::Nsubj, Relation::NsubjPass, Relation::Csubj]).is_some();
            match self.relation(at) {
                Relation::Ccomp | Relation::AclRelcl | Relation::Parataxis | Relation::Root => return at,
                Relation::Conj | Relation::Advcl | Relation::Acl if subject => return at,
                _ => at = head,
            }
        }
        at
    }

    /// The clause that `according to X` speaks of, without those words.
    fn clause_of_source(&self, cue: &Cue, speaker: &Speaker) -> Option<Content> {
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
        let host = self.head(top).map_or(top, |head| self.clause_head(head));
        let phrase: Vec<usize> = (first..=last).collect();
        let content = self.around(host, &phrase, top)?;
        if closes && content.last >= first {
            return Some(Content { first: content.first, last: first.checked_sub(1)? });
        }
        Some(content)
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
        infinitive && (cue.words.len() == 1 || passive) || self.relation(cue.head) == Relation::Aux
    }

    /// The clause that a `reportedly` colours; of `is said to`, the infinitive with its subject.
    fn clause_of_hearsay(&self, cue: &Cue) -> Option<Content> {
        let mut host = cue.head;
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
        bounds(&self.below(host, &[]))
    }

    /// Without what only introduces or closes it.
    pub(super) fn trimmed(&self, content: Content) -> Option<Content> {
        let Content { mut first, mut last } = content;
        while first < last
            && (self.is_punctuation(first)
                || self.speech.is(Use::That, self.sentence, first)
                    && (self.relation(first) == Relation::Mark
                        || matches!(self.upos(first), Upos::Sconj | Upos::Part | Upos::X)))
        {
            first += 1;
        }
        while last > first && self.is_punctuation(last) {
            last -= 1;
        }
        (last < self.sentence.words.len() && !self.is_punctuation(first)).then_some(Content { first, last })
    }
}

fn bounds(words: &[usize]) -> Option<Content> {
    Some(Content { first: *words.iter().min()?, last: *words.iter().max()? })
}
