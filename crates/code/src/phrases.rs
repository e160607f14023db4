use chancery_core::{Relation, Upos};

use crate::clause::{Clause, DEEPEST_SHARING};
use crate::words::{WordClass, WordPattern};

/// Relations by which a marked phrase hangs under a predicate.
pub(crate) const PHRASES: &[Relation] = &[
    Relation::Obl,
    Relation::OblAgent,
    Relation::Nmod,
    Relation::Iobj,
    Relation::Obj,
    Relation::Advcl,
    Relation::Acl,
    Relation::Advmod,
    Relation::Dep,
    Relation::Xcomp,
    Relation::Ccomp,
];

impl Clause<'_> {
    pub(crate) fn marked(&self, at: usize, marks: &[WordPattern]) -> Vec<usize> {
        let has_mark = |index: usize| {
            self.children(index).iter().any(|&child| {
                matches!(self.relation(child), Relation::Case | Relation::Mark | Relation::Fixed)
                    && marks.iter().any(|mark| self.fits(child, mark))
            }) || self.mark_beside(index, marks)
        };
        let is_marked =
            |index: usize| !self.is_time(index) && (has_mark(index) || self.is_marking_noun(index, marks));
        let carries =
            |index: usize| is_marked(index) || marks.iter().any(|mark| self.is_written_onto(mark, index));
        let mut found: Vec<_> = self.children_by(at, PHRASES).into_iter().filter(|&i| carries(i)).collect();
        if found.is_empty() {
            let names = self.children(at).iter().copied().filter(|&name| self.is_name_in_line(name));
            found.extend(names.filter(|&name| carries(name)));
        }
        if found.is_empty() {
            // Taggers hang `on Ukraine` under the object in `launched strikes on Ukraine` as often as not,
            // and a further noun phrase under the first one.
            for between in self.children_by(
                at,
                &[Relation::Obj, Relation::Obl, Relation::NsubjPass, Relation::Xcomp, Relation::Nmod],
            ) {
                // `attacks near the town of Lomé`: that is of the town.
                let is_of_between = |phrase: usize| {
                    self.relation(between) == Relation::Nmod
                        && self.mark_of(phrase).is_some_and(|mark| self.is_a(mark, "of"))
                };
                let phrases = self.children_by(between, PHRASES).into_iter();
                found.extend(phrases.filter(|&phrase| is_marked(phrase) && !is_of_between(phrase)));
            }
        }
        if found.is_empty() && matches!(self.upos(at), Upos::Verb | Upos::Aux) {
            // A long object draws the phrase to its end: `describing the deaths … in Gaza as a violation`.
            found.extend(
                self.sentence
                    .subtree(at)
                    .into_iter()
                    .filter(|&index| {
                        index > at && is_marked(index) && self.clause_head(index) == self.clause_head(at)
                    })
                    .take(1),
            );
        }
        if found.is_empty() {
            // `donated and delivered goods to Kyiv`: the phrase stands with the verb that has the object.
            let with_object = self
                .children_by(at, &[Relation::Conj])
                .into_iter()
                .filter(|&other| self.shared_object(at) == self.children_by(other, &[Relation::Obj]))
                .filter(|&other| !self.children_by(other, &[Relation::Obj]).is_empty());
            found.extend(
                with_object.flat_map(|other| self.children_by(other, PHRASES)).filter(|&i| carries(i)),
            );
        }
        if found.is_empty() && self.upos(at) == Upos::Noun {
            found.extend(self.phrase_behind(at).filter(|&phrase| is_marked(phrase)));
        }
        if found.is_empty() && self.upos(at) == Upos::Noun {
            // `launched an attack yesterday on Ukraine`: the phrase hangs under the light verb.
            if let Some(verb) = self.light(at) {
                found
                    .extend(self.children_by(verb, PHRASES).into_iter().filter(|&i| i != at && is_marked(i)));
            }
        }
        if found.is_empty() && matches!(self.relation(at), Relation::Advcl | Relation::Xcomp) {
            // `retaliated by striking a depot in Ghana`: the phrase hangs under the verb above.
            let next = self.sentence.subtree(at).into_iter().max().map(|last| last + 1);
            let above = self.head(at).map(|above| self.children_by(above, PHRASES)).unwrap_or_default();
            found.extend(above.into_iter().filter(|&phrase| {
                is_marked(phrase) && self.sentence.subtree(phrase).into_iter().min() == next
            }));
        }
        if found.is_empty() {
            found.extend(self.phrases_of_described(at).into_iter().filter(|&phrase| is_marked(phrase)));
        }
        if found.is_empty() {
            // `gave them until Friday`: a time, where nothing else stands there.
            found.extend(self.children_by(at, PHRASES).into_iter().filter(|&i| has_mark(i)));
        }
        self.described_by_relatives(at, found)
    }

    /// German `die von Norwegen gelieferten Panzer für Georgien`: what stands behind the noun that a participle with phrases of
    /// its own is set before is of the participle too.
    fn phrases_of_described(&self, participle: usize) -> Vec<usize> {
        let noun = self
            .head(participle)
            .filter(|&noun| participle < noun && self.relation(participle) == Relation::Amod);
        let Some(noun) = noun.filter(|_| !self.obliques(participle).is_empty()) else { return Vec::new() };
        let mut found = self.children_by(noun, &[Relation::Nmod]);
        found.retain(|&phrase| noun < phrase);
        found.extend(self.phrase_behind(noun));
        found
    }

    /// French `le ministre, à qui il demande …`, `la ministre, à laquelle …`: a relative pronoun stands for the noun that its
    /// clause describes.
    fn described_by_relatives(&self, verb: usize, mut found: Vec<usize>) -> Vec<usize> {
        let Some(described) = self.head(verb).filter(|_| self.relation(verb) == Relation::AclRelcl) else {
            return found;
        };
        for word in &mut found {
            let is_relative = self.is_a(*word, "relative")
                || self
                    .word(*word)
                    .and_then(|word| word.features.get("PronType"))
                    .is_some_and(|kind| kind.contains("Rel"));
            if is_relative && described < *word && *word < verb {
                *word = described;
            }
        }
        found
    }

    /// Turkish `Norveç tarafından` (by Norway), `Peru hakkında` (about Peru): nouns that mark what hangs under them as
    /// postpositions do, which taggers take for the head of the phrase.
    fn is_marking_noun(&self, at: usize, marks: &[WordPattern]) -> bool {
        self.upos(at) == Upos::Noun
            && self.is_a(at, "marking-noun")
            && marks.iter().any(|mark| self.fits(at, mark))
    }

    /// Whether one of the marks stands right beside a noun phrase and hangs with it under the same word, as
    /// Turkish `yönelik` behind `Ukrayna'ya`.
    fn mark_beside(&self, noun: usize, marks: &[WordPattern]) -> bool {
        let is_beside = |at: usize| {
            self.upos(at) == Upos::Adp
                && self.head(at) == self.head(noun)
                && marks.iter().any(|mark| self.fits(at, mark))
        };
        // Chinese `对乌克兰的袭击`: the particle behind the noun is none of the marks.
        let is_unmarked = self.mark_of(noun).is_none_or(|mark| self.upos(mark) == Upos::Part);
        is_unmarked && (is_beside(noun + 1) || noun.checked_sub(1).is_some_and(is_beside))
    }

    /// Whether a preposition is written onto a noun, as Arabic `ب` in `بموقف`.
    fn is_written_onto(&self, mark: &WordPattern, noun: usize) -> bool {
        let WordPattern::Exact(letters) = mark else { return false };
        self.classes.get("prefix").is_some_and(|prefix| prefix.patterns().contains(mark))
            && self.mark_of(noun).is_none()
            && (matches!(
                self.relation(noun),
                Relation::Obl | Relation::Nmod | Relation::Iobj | Relation::Obj | Relation::Xcomp
            ) || self.is_name_in_line(noun))
            && self.word(noun).is_some_and(|word| {
                let rest = word.form.strip_prefix(letters.as_str());
                // What is left must still be a word, not a letter or two.
                rest.is_some_and(|rest| rest.chars().nth(2).is_some()) && !self.is_whole(&word.form)
            })
    }

    /// Words that describe a noun, without those that a preposition is written onto where others are left: of `اتهامات تركية
    /// لليونان` (Turkish accusations against Greece) the adjective alone says whose they are.
    pub(crate) fn unmarked_of(&self, mut found: Vec<usize>) -> Vec<usize> {
        let prepositions = self.classes.get("written-preposition").map_or(&[][..], WordClass::patterns);
        let is_marked = |&at: &usize| {
            self.upos(at) == Upos::Propn && prepositions.iter().any(|mark| self.is_written_onto(mark, at))
        };
        let has_adjective = || {
            let head = found.first().and_then(|&at| self.head(at));
            head.is_some_and(|head| !self.children_by(head, &[Relation::Amod]).is_empty())
        };
        if !prepositions.is_empty() && (has_adjective() || !found.iter().all(is_marked)) {
            found.retain(|at| !is_marked(at));
        }
        found
    }

    /// `قرض كندي لمولدوفا` (a Canadian loan to Moldova): a name behind a noun and its adjective, to taggers a part of them.
    fn is_name_in_line(&self, at: usize) -> bool {
        matches!(self.relation(at), Relation::Flat | Relation::Compound | Relation::Amod | Relation::Appos)
            && self.upos(at) == Upos::Propn
            && self.head(at).is_some_and(|head| head < at && self.upos(head) == Upos::Noun)
    }

    /// Whether the first letter of a name is its own, as in `لبنان` (Lebanon), and no preposition.
    fn is_whole(&self, form: &str) -> bool {
        let whole = self.classes.get("whole-name").map_or(&[][..], WordClass::patterns);
        whole.iter().any(|name| matches!(name, WordPattern::Exact(name) if name == form))
    }

    /// `condemned Rwanda's attacks on Congo`: taggers hang the phrase that stands behind a noun under the verb
    /// as often as under the noun, or under the participle that a light verb carries.
    fn phrase_behind(&self, noun: usize) -> Option<usize> {
        let next = self.sentence.subtree(noun).into_iter().max()? + 1;
        let mut top = noun;
        for _ in 0..DEEPEST_SHARING {
            let head = self.head(top)?;
            match self.relation(top) {
                Relation::Nmod | Relation::Compound => top = head,
                Relation::Obj | Relation::Obl | Relation::Nsubj | Relation::NsubjPass | Relation::Xcomp => {
                    let carried = self.children_by(head, &[Relation::Xcomp, Relation::Compound]);
                    return std::iter::once(head)
                        .chain(carried)
                        .filter(|&verb| verb != top)
                        .flat_map(|verb| self.children_by(verb, &[Relation::Obl, Relation::Nmod]))
                        .find(|&phrase| self.sentence.subtree(phrase).into_iter().min() == Some(next));
                }
                _ => return None,
            }
        }
        None
    }

    /// How many actors a word may name: an adjective of two parts two states, as French `russo-ukrainien`, any other one.
    pub(crate) fn most_names(&self, word: usize) -> usize {
        let is_joined =
            self.upos(word) == Upos::Adj && self.word(word).is_some_and(|word| word.form.contains('-'));
        if is_joined { 2 } else { 1 }
    }

    pub(crate) fn bare(&self, at: usize) -> Vec<usize> {
        let mut found = self.children_by(at, &[Relation::Obl, Relation::Nmod, Relation::Iobj]);
        found.retain(|&child| self.mark_of(child).is_none());
        // `Peru'nun Bolivya'ya desteği`: whose it is is not to whom it goes.
        if self.upos(at) == Upos::Noun && !found.iter().all(|&child| self.is_genitive(child)) {
            found.retain(|&child| !self.is_genitive(child));
        }
        let comes_to = self.those_it_comes_to(at);
        if !comes_to.is_empty() {
            return comes_to;
        }
        if found.is_empty() {
            found = self.imposed_on(at);
        }
        // `Letonya'ya Norveç tarafından verildi`: by whom it is done is not to whom.
        let is_marking = |child: &usize| self.is_a(*child, "marking-noun");
        if !found.iter().all(is_marking) {
            found.retain(|child| !is_marking(child));
        }
        found
    }

    /// Turkish `Kenya'ya uyguladığı yasakları kaldırdı` (lifted the bans that it had imposed on Kenya): of a verb, those on
    /// whom its object or subject is said to have been imposed.
    fn imposed_on(&self, verb: usize) -> Vec<usize> {
        if self.classes.get("imposing").is_none() {
            return Vec::new();
        }
        let things =
            self.children_by(verb, &[Relation::Obj, Relation::Nsubj, Relation::NsubjPass]).into_iter();
        let described = things.flat_map(|thing| self.children_by(thing, &[Relation::Acl]));
        let imposed = described.filter(|&participle| self.is_a(participle, "imposing"));
        let mut found: Vec<usize> =
            imposed.flat_map(|participle| self.children_by(participle, PHRASES)).collect();
        found.retain(|&at| self.is_dative(at) && self.mark_of(at).is_none());
        found
    }

    fn is_genitive(&self, at: usize) -> bool {
        self.classes.get("possessor-subject").is_some()
            && self.word(at).is_some_and(|word| word.features.has("Case", "Gen"))
    }

    pub(crate) fn obliques(&self, at: usize) -> Vec<usize> {
        self.children_by(at, &[Relation::Obl, Relation::OblAgent, Relation::Iobj])
    }

    pub(crate) fn possessor(&self, noun: usize) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .children(noun)
            .iter()
            .copied()
            .filter(|&child| match self.relation(child) {
                Relation::Nmod => self.mark_of(child).is_none(),
                // French `son retrait`: there possessives are articles to taggers.
                Relation::Det => {
                    self.upos(child) == Upos::Pron
                        || self.word(child).is_some_and(|word| word.features.has("Poss", "Yes"))
                }
                _ => false,
            })
            .collect();
        // `Rusya'nın Ukrayna'ya saldırısı`: where one of them is a genitive, the others are none.
        let is_genitive =
            |child: &usize| self.word(*child).is_some_and(|word| word.features.has("Case", "Gen"));
        if found.iter().any(is_genitive) {
            found.retain(is_genitive);
        }
        self.unmarked_of(found)
    }

    /// Of a verb, whose the object is, or to whom it goes: `praised Haiti's efforts`.
    pub(crate) fn possessors_of_object(&self, verb: usize) -> Vec<usize> {
        let objects = self.object(verb, 0);
        let mut found: Vec<usize> = objects.iter().flat_map(|&object| self.possessor(object)).collect();
        if found.is_empty() {
            found.extend(objects.iter().flat_map(|&object| self.bare(object)));
        }
        found
    }
}
