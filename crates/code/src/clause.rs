use chancery_core::{Mentions, Relation, Sentence, TimeKind, Upos, Word};

use crate::frame::Slot;
use crate::language::Language;
use crate::mending::{Tie, mended};
use crate::words::{WordClasses, WordKeys, WordPattern};

/// A sentence with the keys of its words: what slots are looked up in.
pub(crate) struct Clause<'a> {
    pub(crate) sentence: &'a Sentence,
    pub(crate) keys: &'a [WordKeys],
    pub(crate) classes: &'a WordClasses,
    /// The words that negate, hedge and put off.
    modality: &'a WordClasses,
    /// Where each word hangs, mended.
    ties: Vec<Tie>,
    /// Indices of the children of each word.
    children: Vec<Vec<usize>>,
    /// The words that head times (`on Thursday`): what else `on` marks goes before them.
    times: Vec<usize>,
}

/// A chain of shared subjects longer than this is a broken tree.
pub(crate) const DEEPEST_SHARING: usize = 6;

impl<'a> Clause<'a> {
    pub(crate) fn new(sentence: &'a Sentence, keys: &'a [WordKeys], language: &'a Language) -> Self {
        let Language { classes, modality, .. } = language;
        let ties = mended(sentence, keys, classes);
        let mut children = vec![Vec::new(); sentence.words.len()];
        for (index, tie) in ties.iter().enumerate() {
            if let Some(of) = tie.head.and_then(|head| children.get_mut(head)) {
                of.push(index);
            }
        }
        // `talep etti`: what hangs under the light verb of a compound hangs under the compound, and the other way.
        for (index, word) in sentence.words.iter().enumerate() {
            let is_light = word.relation == Relation::Compound && word.upos == Upos::Verb;
            let is_mended = ties.get(index).is_some_and(|tie| tie.head != word.head);
            let Some(noun) = word.head.filter(|_| is_light && !is_mended) else { continue };
            let lent = children.get_mut(index).map(std::mem::take).unwrap_or_default();
            let mut shared = Vec::new();
            if let Some(of) = children.get_mut(noun) {
                of.extend(&lent);
                shared.extend(of.iter().copied().filter(|&child| child != index));
            }
            if let Some(own) = children.get_mut(index) {
                *own = shared;
            }
        }
        Self { sentence, keys, classes, modality, ties, children, times: Vec::new() }
    }

    /// With the times of the sentence, which fill a slot only where nothing else does.
    pub(crate) fn with_times(mut self, mentions: &Mentions, sentence: usize) -> Self {
        let start = mentions.times.partition_point(|time| time.sentence < sentence);
        let end = mentions.times.partition_point(|time| time.sentence <= sentence);
        let times = mentions.times.get(start..end).unwrap_or_default().iter();
        let days = times.filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time));
        self.times = days.map(|time| self.sentence.head_of(self.sentence.words_in(time.span))).collect();
        self
    }

    pub(crate) fn is_time(&self, index: usize) -> bool {
        self.times.contains(&index)
    }

    /// The words that negate a predicate: `would not support`.
    pub(crate) fn negations(&self, at: usize) -> Vec<usize> {
        let mut found = self.children_by(at, &[Relation::Advmod, Relation::Aux, Relation::Dep]);
        found.retain(|&word| self.keys.get(word).is_some_and(|keys| self.modality.holds("negation", keys)));
        found
    }

    /// The predicates of the conditions below a predicate: `will act if the talks fail`.
    pub(crate) fn conditions_below(&self, at: usize) -> Vec<usize> {
        let opens =
            |word: usize| self.keys.get(word).is_some_and(|keys| self.modality.holds("condition", keys));
        let is_below = |word: usize| {
            std::iter::successors(Some(word), |&above| self.head(above))
                .take(self.keys.len())
                .any(|above| above == at)
        };
        (0..self.keys.len())
            .filter(|&word| self.relation(word) == Relation::Mark && opens(word))
            .filter_map(|word| self.head(word))
            .filter(|&predicate| predicate != at && is_below(predicate))
            .collect()
    }

    pub(crate) fn word(&self, index: usize) -> Option<&'a Word> {
        self.sentence.words.get(index)
    }

    pub(crate) fn head(&self, index: usize) -> Option<usize> {
        self.ties.get(index)?.head
    }

    pub(crate) fn relation(&self, index: usize) -> Relation {
        self.ties.get(index).map_or(Relation::Dep, |tie| tie.relation)
    }

    /// Whether the tie of a word, or of a word that hangs on it, is another than the parser's.
    pub(crate) fn is_mended_around(&self, index: usize) -> bool {
        std::iter::once(index).chain(self.children(index).iter().copied()).any(|at| {
            self.word(at).is_some_and(|word| word.head != self.head(at) || word.relation != self.relation(at))
        })
    }

    pub(crate) fn upos(&self, index: usize) -> Upos {
        self.word(index).map_or(Upos::X, |word| word.upos)
    }

    pub(crate) fn is_a(&self, index: usize, class: &str) -> bool {
        self.keys.get(index).is_some_and(|keys| self.classes.holds(class, keys))
    }

    pub(crate) fn fits(&self, index: usize, pattern: &WordPattern) -> bool {
        self.keys.get(index).is_some_and(|keys| keys.fit(pattern))
    }

    pub(crate) fn children(&self, index: usize) -> &[usize] {
        self.children.get(index).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn children_by(&self, index: usize, relations: &[Relation]) -> Vec<usize> {
        self.children(index)
            .iter()
            .copied()
            .filter(|&child| relations.contains(&self.relation(child)))
            .collect()
    }

    /// The words that fill a slot of the predicate; empty where nothing does. Coordinated words are
    /// given by their first.
    pub(crate) fn fill(&self, slot: &Slot, at: usize) -> Vec<usize> {
        match slot {
            Slot::Subject => {
                let found = self.subject(at, 0);
                if found.is_empty() {
                    self.behind_opening_verb(at).into_iter().take(1).collect()
                } else {
                    found
                }
            }
            Slot::Object => {
                let found = self.object(at, 0);
                if found.is_empty() {
                    self.behind_opening_verb(at).into_iter().skip(1).collect()
                } else {
                    found
                }
            }
            Slot::IndirectObject => {
                let mut found = self.children_by(at, &[Relation::Iobj]);
                if let Some((receivers, _)) = self.receivers_and_given(at) {
                    found = receivers;
                }
                if found.is_empty() {
                    found = self.bare(at);
                }
                if found.is_empty() {
                    found = self.name_before_object(at);
                }
                if found.is_empty() { self.first_of_two_objects(at) } else { found }
            }
            Slot::Agent => self.children_by(at, &[Relation::OblAgent]),
            Slot::Marked(marks) => self.marked(at, marks),
            Slot::Bare => self.bare(at),
            Slot::Possessor if self.upos(at) == Upos::Verb => self.possessors_of_object(at),
            Slot::Possessor => self.possessor(at),
            Slot::Modifier => {
                let mut found = self.children_by(at, &[Relation::Amod, Relation::Compound, Relation::Nmod]);
                found.retain(|&child| self.mark_of(child).is_none());
                self.unmarked_of(found)
            }
            Slot::LightSubject => self.light_subject(at),
            Slot::LightObject => self.light_object(at),
            Slot::Complement => self.complement(at),
            Slot::Infinitive => self.infinitives(at),
            Slot::ComplementSubject => self
                .complement_heads(at)
                .into_iter()
                .flat_map(|clause| self.children_by(clause, &[Relation::Nsubj, Relation::NsubjPass]))
                .collect(),
            Slot::OwnMark => self.children_by(at, &[Relation::Case]),
            Slot::Particle => self.children_by(at, &[Relation::CompoundPrt, Relation::Advmod]),
            Slot::Content => {
                let mut found = self.complement(at);
                found.extend(self.object(at, 0));
                found.extend(self.below_infinitives_of_topics(at));
                found
            }
            Slot::Head => match self.relation(at) {
                Relation::Amod | Relation::Acl | Relation::AclRelcl => self.head(at).into_iter().collect(),
                _ => self.subject(at, 0),
            },
            Slot::ClauseSubject => self.clause_subject(at),
            // Speakers may stand in another sentence: the parties know them.
            Slot::Speaker => Vec::new(),
            Slot::Itself => vec![at],
        }
    }

    /// The preposition, postposition or case particle of a noun phrase.
    pub(crate) fn mark_of(&self, index: usize) -> Option<usize> {
        self.children(index).iter().copied().find(|&child| {
            self.relation(child) == Relation::Case
                && !matches!(self.word(child).map(|w| w.form.as_str()), Some("'s" | "’s" | "'" | "’"))
        })
    }

    /// Whether the word stands in a passive clause as its predicate.
    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        self.is_bare_participle(verb)
            || self.is_free_passive(verb)
            || self.shares_passive(verb)
            || self.children(verb).iter().any(|&child| match self.relation(child) {
                // `ist eingetroffen` looks like a passive to taggers, and is a perfect.
                Relation::AuxPass => !self.is_a(child, "perfect-auxiliary"),
                Relation::NsubjPass | Relation::CsubjPass => true,
                Relation::OblAgent => self.is_marked_as_agent(child),
                _ => false,
            })
    }

    /// `was beaten and detained`: a second participle shares the auxiliary of the first.
    fn shares_passive(&self, verb: usize) -> bool {
        // French `inculpé et écroué`: where the tagger does not say which voice it is, a participle without an auxiliary.
        let is_participle = self.word(verb).is_some_and(|word| {
            let is_past = word.features.get("Voice").is_none() && !word.features.has("Tense", "Pres");
            word.features.has("VerbForm", "Part") && (word.features.has("Voice", "Pass") || is_past)
        });
        is_participle
            && self.relation(verb) == Relation::Conj
            && self.children_by(verb, &[Relation::Nsubj, Relation::Obj, Relation::Aux]).is_empty()
            && self.head(verb).is_some_and(|first| {
                !self.children_by(first, &[Relation::AuxPass, Relation::NsubjPass]).is_empty()
            })
    }

    /// `Detenido en Polonia un espía`: a participle that is the predicate by itself tells what was done.
    pub(crate) fn is_bare_participle(&self, verb: usize) -> bool {
        self.relation(verb) == Relation::Root
            && self.upos(verb) == Upos::Verb
            && self.is_a(verb, "passive-participle")
            && self.children_by(verb, &[Relation::Aux, Relation::Cop, Relation::Obj]).is_empty()
    }

    /// Whether the preposition of an agent is one of agents: `against the government` is none.
    fn is_marked_as_agent(&self, phrase: usize) -> bool {
        self.classes.get("by").is_none() || self.mark_of(phrase).is_none_or(|mark| self.is_a(mark, "by"))
    }

    pub(crate) fn is_relative_pronoun(&self, index: usize) -> bool {
        matches!(self.upos(index), Upos::Pron | Upos::Det | Upos::Sconj | Upos::Adv)
    }

    pub(crate) fn is_predicate(&self, index: usize) -> bool {
        matches!(self.upos(index), Upos::Verb | Upos::Aux)
            || self.children(index).iter().any(|&child| {
                matches!(
                    self.relation(child),
                    Relation::Cop | Relation::Nsubj | Relation::NsubjPass | Relation::Aux
                )
            })
    }

    /// A participle that tells what was done to the noun it stands with. Where nothing in the clause
    /// decides, the ending may: the class `active-participle`.
    pub(crate) fn is_passive_participle(&self, verb: usize) -> bool {
        if self.is_passive(verb) {
            return true;
        }
        self.children_by(verb, &[Relation::Obj]).is_empty()
            && matches!(self.upos(verb), Upos::Verb | Upos::Adj)
            && !self.is_a(verb, "active-participle")
            && !self.is_finite(verb)
            && !self
                .children(verb)
                .iter()
                .any(|&c| matches!(self.relation(c), Relation::Mark | Relation::Nsubj))
    }

    /// `Accused by Mali, Oslo denied it`: a participle before its clause tells what was done to the subject.
    pub(crate) fn is_free_passive(&self, verb: usize) -> bool {
        let is_done_to = self.word(verb).is_some_and(|word| {
            word.features.has("VerbForm", "Part")
                && (word.features.has("Voice", "Pass")
                    || !self.children_by(verb, &[Relation::OblAgent]).is_empty())
        });
        is_done_to
            && self.relation(verb) == Relation::Advcl
            && !self.is_a(verb, "active-participle")
            && self
                .children_by(
                    verb,
                    &[
                        Relation::Mark,
                        Relation::Aux,
                        Relation::AuxPass,
                        Relation::Nsubj,
                        Relation::NsubjPass,
                        Relation::Obj,
                    ],
                )
                .is_empty()
    }

    /// Whether the features of a word are those of a verb with its own person.
    pub(crate) fn is_finite(&self, verb: usize) -> bool {
        self.word(verb).is_some_and(|word| {
            word.features.has("VerbForm", "Fin")
                || word.features.get("Person").is_some() && !word.features.has("Voice", "Pass")
        })
    }

    /// The words coordinated with a word, itself first. What is joined to a title may hang under its name:
    /// `the leader A and President B`.
    pub(crate) fn coordinated(&self, index: usize) -> Vec<usize> {
        let mut all = vec![index];
        let mut at = 0;
        while let Some(&word) = all.get(at) {
            let mut names = self.children_by(word, &[Relation::Appos, Relation::Flat]);
            names.retain(|&name| self.upos(name) == Upos::Propn);
            for joined in std::iter::once(word).chain(names) {
                for child in self.children_by(joined, &[Relation::Conj]) {
                    // Nouns only: `Iran denied it and said …` is no list of actors.
                    if !all.contains(&child) && !matches!(self.upos(child), Upos::Verb | Upos::Aux) {
                        all.push(child);
                    }
                }
            }
            at += 1;
        }
        all
    }

    /// The predicate of the clause that holds a word.
    pub(crate) fn clause_head(&self, index: usize) -> usize {
        let mut at = index;
        for _ in 0..self.sentence.words.len() {
            let starts_clause = matches!(
                self.relation(at),
                Relation::Root
                    | Relation::Ccomp
                    | Relation::Advcl
                    | Relation::AclRelcl
                    | Relation::Parataxis
                    | Relation::Xcomp
                    | Relation::Csubj
                    | Relation::Acl
            ) || (self.relation(at) == Relation::Conj
                && self.is_predicate(at)
                && self.upos(at) != Upos::Noun);
            match self.head(at) {
                Some(head) if !starts_clause => at = head,
                _ => return at,
            }
        }
        at
    }
}
