//! What is said: the clause, infinitive or phrase that a word of speech governs.

use chancery_core::{Relation, Stance, Upos};

use super::scene::Scene;
use super::source::without_cue;
use super::speaker::Speaker;
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
            // `spoke of X, he phoned`: the cue's own adposition tells what is meant.
            Use::Act if cue.words.len() > 1 => self.act(cue).or_else(|| self.clause(cue, speaker)),
            Use::Act => self.clause(cue, speaker).or_else(|| self.act(cue)),
            Use::Name => self.name(cue),
            Use::Noun => self.clause_of_noun(cue),
            Use::Source | Use::SourceAfter => self.clause_of_source(cue, speaker?),
            Use::Hearsay => self.clause_of_hearsay(cue).map(|content| without_cue(content, cue)),
            _ => None,
        }?;
        self.trimmed(content)
    }

    /// The clause below a verb.
    fn clause(&self, cue: &Cue, speaker: Option<&Speaker>) -> Option<Content> {
        let verb = cue.head;
        let fits = |kid: usize| {
            !cue.words.contains(&kid)
                && !self.is_punctuation(kid)
                && speaker.is_none_or(|s| s.head != kid)
                && (cue.usage != Use::Say || !self.is_circumstance(kid))
        };
        // `gave notice that`, `gab bekannt, dass`: the clause may hang on any word of the cue.
        let kids = || cue.words.iter().flat_map(|&word| self.kids(word)).copied();
        // Of two clauses one that is a verb of speech itself is no content but a second cue.
        let speaks = |kid: usize| {
            self.speech.at(self.sentence, kid).iter().any(|cue| matches!(cue.usage, Use::Say | Use::Act))
        };
        let relation = |wanted: Relation| {
            let fitting = || kids().filter(|&kid| self.relation(kid) == wanted && fits(kid));
            fitting().find(|&kid| !speaks(kid)).or_else(|| fitting().next())
        };
        let kid = relation(Relation::Ccomp)
            .or_else(|| relation(Relation::Xcomp))
            .or_else(|| relation(Relation::Csubj))
            .or_else(|| relation(Relation::CsubjPass))
            .or_else(|| {
                (cue.usage == Use::Say)
                    .then(|| {
                        kids().find(|&kid| {
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
        if cue.usage == Use::Say && self.relation(kid) == Relation::Ccomp {
            self.add_lost_words(verb, kid, &mut words);
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

    /// Whether a clause tells when or how something was said: `announced a strike after rejecting the offer`.
    pub(super) fn is_circumstance(&self, verb: usize) -> bool {
        let gerund = self.sentence.words.get(verb).is_some_and(|word| {
            word.features.has("VerbForm", "Ger")
                || word.features.has("VerbForm", "Part") && word.features.has("Tense", "Pres")
        });
        gerund
            && self.kids(verb).iter().any(|&mark| {
                mark < verb
                    && self.relation(mark) == Relation::Mark
                    && matches!(self.upos(mark), Upos::Adp | Upos::Sconj)
                    && !self.speech.is(Use::That, self.sentence, mark)
            })
    }

    /// Adds to a content clause what the tree hangs on the verb of speech beside it: a second clause with
    /// a subject of its own, or the subject of the clause itself, taken for an object.
    fn add_lost_words(&self, verb: usize, clause: usize, words: &mut Vec<usize>) {
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return };
        if first < verb {
            return;
        }
        let subjects = [Relation::Nsubj, Relation::NsubjPass, Relation::Csubj, Relation::Expl];
        let second = self.kids(verb).iter().copied().find(|&kid| {
            kid > last
                && self.relation(kid) == Relation::Conj
                && self.kid(kid, &[Relation::Cc]).is_some()
                && self.kid(kid, &subjects).is_some()
                && !self
                    .speech
                    .at(self.sentence, kid)
                    .iter()
                    .any(|cue| matches!(cue.usage, Use::Say | Use::Think | Use::Act))
        });
        if let Some(second) = second {
            words.extend(self.below(second, &[]));
        }
        let marked = self.kid(clause, &[Relation::Mark]).is_some_and(|mark| mark < clause);
        let finite = self.kid(clause, &[Relation::Aux, Relation::AuxPass, Relation::Cop]).is_some();
        if !marked && finite && !self.speech.drops_subjects && self.kid(clause, &subjects).is_none() {
            let object = self
                .kids(verb)
                .iter()
                .copied()
                .find(|&kid| (verb + 1..first).contains(&kid) && self.relation(kid) == Relation::Obj);
            if let Some(object) = object {
                words.extend(self.below(object, &[]));
            }
        }
        words.sort_unstable();
        words.dedup();
    }

    /// Whether what is said can be true or false: a clause, or what something is called. Not so an act
    /// that is asked for or promised without a subject, a thing that is demanded, or a mere name.
    pub(super) fn states(&self, cue: &Cue, content: Content) -> bool {
        let range = content.first..(content.last + 1).min(self.sentence.words.len());
        let head = self.sentence.head_of(range.clone());
        let subjects = [Relation::Nsubj, Relation::NsubjPass, Relation::Csubj, Relation::CsubjPass];
        if self.kid(head, &subjects).is_some_and(|subject| range.contains(&subject)) {
            return true;
        }
        let verbal = matches!(self.upos(head), Upos::Verb | Upos::Aux)
            || self.kid(head, &[Relation::Cop, Relation::Aux]).is_some();
        match cue.usage {
            Use::Source | Use::SourceAfter | Use::Hearsay | Use::Noun => true,
            Use::Name => !range.clone().all(|word| {
                matches!(self.upos(word), Upos::Propn | Upos::Punct | Upos::Adp | Upos::Det | Upos::Num)
            }),
            _ if matches!(cue.stance, Stance::Asks | Stance::Plans) => {
                verbal && self.relation(head) == Relation::Ccomp
            }
            Use::Act => verbal,
            // A clause may have a noun for its verb: `talebini kabul ettiğini`.
            _ => {
                self.relation(head) != Relation::Obj
                    || range.clone().any(|word| matches!(self.upos(word), Upos::Verb | Upos::Aux))
            }
        }
    }

    /// The clause into which a verb of speech is put: `…, Kyiv says, …`, `as Kyiv says, …`.
    fn clause_around(&self, cue: &Cue) -> Option<Content> {
        let verb = cue.head;
        let host = self.head(verb)?;
        let put_in = match self.relation(verb) {
            Relation::Parataxis => true,
            // Swedish `…, säger X`: taggers may take the verb for an auxiliary.
            Relation::Aux if self.upos(verb) == Upos::Verb => true,
            // `The deal, X said, had died`: the tree takes it for a relative clause.
            Relation::AclRelcl if self.is_between_commas(verb) => {
                self.kid(verb, &[Relation::Nsubj]).is_some() && self.kid(verb, &[Relation::Obj]).is_none()
            }
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
        let content = self.around(host, &self.below(verb, &[]), verb)?;
        Some(self.with_clause_behind(verb, content))
    }

    /// Whether what hangs on a word is enclosed in commas and opened by no pronoun or conjunction.
    fn is_between_commas(&self, verb: usize) -> bool {
        let words: Vec<usize> =
            self.below(verb, &[]).into_iter().filter(|&word| !self.is_punctuation(word)).collect();
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return false };
        let comma = |word: usize| matches!(self.form(word), "," | "，" | "،");
        first.checked_sub(1).is_some_and(comma)
            && comma(last + 1)
            && !matches!(self.upos(first), Upos::Pron | Upos::Sconj | Upos::Adp)
    }

    /// Content that stands before its cue, with the clause that goes on behind it: `…, X insists, because
    /// …`.
    fn with_clause_behind(&self, verb: usize, content: Content) -> Content {
        let behind = self.kids(verb).iter().copied().find(|&kid| {
            kid > verb
                && content.last < verb
                && self.relation(kid) == Relation::Advcl
                && self.kid(kid, &[Relation::Mark]).is_some_and(|mark| mark < kid)
                && self.kid(kid, &[Relation::Nsubj, Relation::NsubjPass]).is_some()
                && self
                    .below(kid, &[])
                    .first()
                    .is_some_and(|&first| first > verb + 1 && self.is_punctuation(first))
        });
        let last = behind.and_then(|kid| self.below(kid, &[]).last().copied());
        Content { last: last.unwrap_or(content.last), ..content }
    }

    /// The clause that follows a participle of speech where the parser hangs both on the same verb, or the participle
    /// on the clause: `…, stating at the meeting, X will answer`.
    fn clause_beside(&self, cue: &Cue) -> Option<Content> {
        if !matches!(self.relation(cue.head), Relation::Advcl | Relation::Conj | Relation::Acl) {
            return None;
        }
        let host = self.head(cue.head)?;
        if self.speech.at(self.sentence, host).iter().any(|cue| cue.usage == Use::Say) {
            return None;
        }
        let follows = |clause: usize| {
            clause > cue.head
                && matches!(self.relation(clause), Relation::Parataxis | Relation::Ccomp)
                && self
                    .kid(clause, &[Relation::Nsubj, Relation::NsubjPass])
                    .is_some_and(|subject| subject > cue.head)
        };
        let of_host = || self.kids(host).iter().copied().find(|&kid| follows(kid));
        let beside = follows(host).then_some(host).or_else(of_host)?;
        let words = self.below(beside, &[]);
        // An attribution put in between belongs to the clause around.
        let subject = self.kid(beside, &[Relation::Nsubj, Relation::NsubjPass])?;
        let from = self.below(subject, &[]).first().copied()?;
        bounds(&words).map(|content| Content { first: content.first.max(from), ..content })
    }

    /// A clause without the words put into it: what comes after or before them where they stand at its
    /// edge, all of it where they stand in the middle.
    pub(super) fn around(&self, host: usize, without: &[usize], stop: usize) -> Option<Content> {
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
        // `According to a report by X, Y claims …`: the phrase names a source and is no words of Y's.
        let is_source = self
            .speech
            .at(self.sentence, (0..comma).find(|&word| !self.is_punctuation(word))?)
            .iter()
            .any(|cue| cue.usage == Use::Source && !cue.weak);
        let clausal = (0..comma).any(|word| {
            matches!(self.relation(word), Relation::Nsubj | Relation::NsubjPass | Relation::Expl)
        });
        if is_source && !clausal {
            return None;
        }
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

    /// `the claim that …`; German also `die Ansicht, er habe …`. The tree may hang the clause on the verb above:
    /// `came to the conclusion that …`.
    fn clause_of_noun(&self, cue: &Cue) -> Option<Content> {
        let relations =
            [Relation::Acl, Relation::Ccomp, Relation::AclRelcl, Relation::Advcl, Relation::Xcomp];
        let clause = |above: usize, relations: &[Relation]| {
            self.kids(above).iter().copied().find(|&kid| {
                kid > cue.head
                    && relations.contains(&self.relation(kid))
                    && (self.is_that_clause(kid) || self.is_reported_clause(kid, cue.head))
            })
        };
        let is_argument = matches!(self.relation(cue.head), Relation::Obj | Relation::Obl);
        let kid = clause(cue.head, &relations).or_else(|| {
            let above = self.head(cue.head).filter(|_| is_argument)?;
            clause(above, &[Relation::Ccomp]).filter(|&kid| {
                let opening = self.below(kid, &[]).first().copied();
                opening.is_some_and(|first| first <= cue.head + 2)
            })
        })?;
        bounds(&self.below(kid, &[]))
    }

    /// `the statement that it made`: a relative clause says nothing of the content, a mark does.
    fn is_that_clause(&self, verb: usize) -> bool {
        self.kids(verb).iter().any(|&mark| {
            mark < verb
                && self.relation(mark) == Relation::Mark
                && self.speech.is(Use::That, self.sentence, mark)
        })
    }

    /// Whether a clause without a mark stands behind `noun` in a form that reports.
    fn is_reported_clause(&self, verb: usize, noun: usize) -> bool {
        let relations = [Relation::Aux, Relation::AuxPass, Relation::Cop];
        let mut verbs =
            self.kids(verb).iter().copied().filter(|&kid| relations.contains(&self.relation(kid)));
        let subject = self.kid(verb, &[Relation::Nsubj, Relation::NsubjPass]);
        subject.is_some_and(|subject| subject > noun && self.upos(subject) != Upos::Pron)
            && std::iter::once(verb)
                .chain(&mut verbs)
                .any(|word| self.speech.is(Use::Reported, self.sentence, word))
    }

    /// The head of the clause that a word stands in.
    pub(super) fn clause_head(&self, word: usize) -> usize {
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

    /// Without what only introduces or closes it: `that`, `de que`, the adposition of an infinitive.
    pub(super) fn trimmed(&self, content: Content) -> Option<Content> {
        let Content { mut first, mut last } = content;
        let head = self.sentence.head_of(first..(last + 1).min(self.sentence.words.len()));
        while first < last && (self.is_punctuation(first) || self.only_opens(first, head)) {
            first += 1;
        }
        while last > first && self.is_punctuation(last) {
            last -= 1;
        }
        (last < self.sentence.words.len() && !self.is_punctuation(first)).then_some(Content { first, last })
    }

    /// Whether a word opens a content clause and is not part of it; `head` governs the content.
    fn only_opens(&self, word: usize, head: usize) -> bool {
        let relation = self.relation(word);
        let opens = |word: usize| self.speech.is(Use::That, self.sentence, word);
        // `said that if it rained, …`: the `if` opens another clause inside.
        let deeper = relation == Relation::Mark
            && self.head(word).is_some_and(|above| {
                above != head && above > word && above < head && self.relation(above) == Relation::Advcl
            });
        if opens(word) && !deeper {
            return relation == Relation::Mark
                || matches!(self.upos(word), Upos::Sconj | Upos::Part | Upos::X);
        }
        let adposition = self.upos(word) == Upos::Adp || relation == Relation::CompoundPrt;
        adposition
            && (opens(word + 1) && self.upos(word + 1) != Upos::Verb
                || relation == Relation::Mark && self.head(word) == Some(head))
    }
}

pub(super) fn bounds(words: &[usize]) -> Option<Content> {
    Some(Content { first: *words.iter().min()?, last: *words.iter().max()? })
}
