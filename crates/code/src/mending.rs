//! Puts right what taggers hang with a relation next to the one that is meant, where word classes or cases leave no
//! doubt: what an object's mark marks, a dative under the subject before it, a subject right behind a verb that opens
//! its sentence. What word order alone tells `parse` has put right.

use chancery_core::{Relation, Sentence, Upos};

use crate::words::{WordClass, WordClasses, WordKeys, WordPattern};

/// Where a word hangs and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tie {
    pub(crate) head: Option<usize>,
    pub(crate) relation: Relation,
}

/// The ties of a sentence's words, mended.
pub(crate) fn mended(sentence: &Sentence, keys: &[WordKeys], classes: &WordClasses) -> Vec<Tie> {
    let ties = sentence.words.iter().map(|word| Tie { head: word.head, relation: word.relation }).collect();
    let mut mender = Mender { sentence, keys, classes, ties };
    if classes.get("sign").is_some() {
        mender.mend_joined_signs();
    }
    mender.mend_phrases();
    if classes.get("possessor-subject").is_some() {
        mender.mend_parted_names();
        for at in 0..sentence.words.len() {
            mender.mend_demonym(at);
        }
    }
    for at in 0..sentence.words.len() {
        if classes.get("coverb").is_some() {
            mender.mend_noun_of_mark(at);
        }
        if classes.get("controlling").is_some() {
            mender.mend_objects_before(at);
        }
        match mender.upos(at) {
            Upos::Verb => mender.mend_verb(at),
            Upos::Noun => {
                if classes.get("possessor-subject").is_some() {
                    mender.mend_subjects_of_compound(at + 1);
                }
                mender.mend_compound(at);
                mender.mend_name_behind_mark(at);
                mender.mend_doer_of_noun(at);
                mender.mend_noun_of_adjective(at);
                if classes.get("possessed").is_some() {
                    mender.mend_owner(at);
                }
            }
            Upos::Adj => {
                mender.mend_passive(at);
                mender.mend_compound(at);
                mender.mend_subject_clause(at);
                mender.mend_instrumental_agent(at);
                mender.mend_noun_of_adjective(at);
            }
            Upos::Propn => {
                mender.mend_instrumental(at);
                mender.mend_doer_of_noun(at);
            }
            Upos::Adp if classes.get("possessor-subject").is_some() => mender.mend_postposition(at),
            _ => {}
        }
    }
    if classes.get("and-prefix").is_some() {
        mender.mend_joined_names();
    }
    if classes.get("verb-first").is_some() {
        mender.mend_opening_verb();
    }
    mender.ties
}

pub(crate) struct Mender<'a> {
    pub(crate) sentence: &'a Sentence,
    pub(crate) keys: &'a [WordKeys],
    pub(crate) classes: &'a WordClasses,
    pub(crate) ties: Vec<Tie>,
}

impl Mender<'_> {
    pub(crate) fn upos(&self, at: usize) -> Upos {
        self.sentence.words.get(at).map_or(Upos::X, |word| word.upos)
    }

    /// The case of a word. A name that is written as in the dictionary bears none of the endings that tell one, though
    /// its own letters may look so: Turkish `İzlanda` is no locative.
    pub(crate) fn case(&self, at: usize) -> Option<&str> {
        let word = self.sentence.words.get(at)?;
        let case = word.features.get("Case")?;
        let bears_none = word.upos == Upos::Propn
            && word.form == word.lemma
            && case == "Loc"
            && self.classes.get("possessor-subject").is_some();
        Some(if bears_none { "Nom" } else { case })
    }

    pub(crate) fn below<'s>(
        &'s self,
        at: usize,
        relations: &'s [Relation],
    ) -> impl Iterator<Item = usize> + 's {
        self.ties.iter().enumerate().filter_map(move |(index, tie)| {
            (tie.head == Some(at) && relations.contains(&tie.relation)).then_some(index)
        })
    }

    pub(crate) fn has(&self, at: usize, relations: &[Relation]) -> bool {
        self.below(at, relations).next().is_some()
    }

    pub(crate) fn is_noun(&self, at: usize) -> bool {
        matches!(self.upos(at), Upos::Noun | Upos::Propn)
    }

    pub(crate) fn is_bare_noun(&self, at: usize) -> bool {
        self.is_noun(at) && !self.has(at, &[Relation::Case])
    }

    pub(crate) fn tie(&mut self, at: usize, head: usize, relation: Relation) {
        if let Some(tie) = self.ties.get_mut(at) {
            *tie = Tie { head: Some(head), relation };
        }
    }

    /// Arabic `ندين الهجوم` (we condemn the attack): what is taken for the subject of a verb in the first person is its
    /// object.
    fn mend_first_person(&mut self, verb: usize) {
        let is_first = self.keys.get(verb).is_some_and(|keys| self.classes.holds("first-person-verb", keys));
        if !is_first || self.has(verb, &[Relation::Obj]) {
            return;
        }
        let object =
            self.below(verb, &[Relation::Nsubj]).find(|&noun| verb < noun && self.is_bare_noun(noun));
        if let Some(object) = object {
            self.tie(object, verb, Relation::Obj);
        }
    }

    fn mend_verb(&mut self, verb: usize) {
        self.mend_reflexive_perfect(verb);
        self.mend_partitive(verb);
        self.mend_said_of_object(verb);
        self.mend_object_in_front(verb);
        self.mend_noun_of_adjective(verb);
        self.mend_predicative(verb);
        if self.classes.get("coverb").is_some() {
            self.mend_coverb(verb);
            self.mend_fronted_clause(verb);
            self.mend_agent_behind_mark(verb);
        }
        if self.classes.get("asking").is_some() {
            self.mend_asked(verb);
        }
        if self.classes.get("verb-last").is_some() {
            self.mend_marked_names(verb);
            self.mend_leading_name(verb);
            self.mend_nominative(verb);
            self.mend_object_beside_subject(verb);
        }
        if self.classes.get("possessor-subject").is_some() {
            self.mend_genitive_subject(verb);
            self.mend_accusative_behind_list(verb);
            self.mend_subject_of_passive(verb);
            self.mend_subjects_of_compound(verb);
            self.mend_dative_of_kind(verb);
        }
        self.mend_first_person(verb);
        self.mend_passive(verb);
        if self.classes.get("object-suffix").is_some() {
            self.mend_parties_behind(verb);
        }
        if self.classes.get("present-letter").is_some() {
            self.mend_passive_vowel(verb);
        }
        self.mend_future(verb);
        self.mend_active_perfect(verb);
        self.mend_passive_auxiliary(verb);
        self.mend_agent_of_participle(verb);
        self.mend_instrumental_agent(verb);
        self.mend_relative_clause(verb);
        self.mend_counted(verb);
        self.mend_marked_adjective(verb);
        self.mend_joined_noun(verb);
        self.mend_receiver(verb);
        self.mend_bracketed_receiver(verb);
        self.mend_blamed(verb);
        self.mend_doer_of_object(verb);
        self.mend_number(verb);
        self.mend_singular(verb);
        self.mend_feminine_object(verb);
        self.mend_animate_object(verb);
        self.mend_agent(verb);
        if self.classes.get("article").is_some() {
            self.mend_article(verb);
            self.mend_closed_phrase(verb);
            self.mend_preposition(verb);
        }
        if self.classes.get("object-behind").is_some() {
            self.mend_force_in_front(verb);
            self.mend_subject_before_verb(verb);
            self.mend_bare_object(verb);
        }
        if self.classes.get("verb-second").is_some() {
            self.mend_relative_roles(verb);
            self.mend_name_in_front(verb);
            self.mend_phrase_before_comma(verb);
            self.mend_shared_subject(verb);
            self.mend_dative_before_object(verb);
            self.mend_first_object(verb);
            self.mend_foreign_article(verb);
            self.mend_missing_subject(verb);
            self.mend_pronoun_beside_subject(verb);
            self.mend_second_subject(verb);
        }
        if !self.has(verb, &[Relation::Obj])
            && let Some(object) = self
                .marked_object(verb)
                .or_else(|| self.complement(verb))
                .or_else(|| self.second_subject(verb))
        {
            self.tie(object, verb, Relation::Obj);
        }
        let names: Vec<usize> =
            self.below(verb, &[Relation::Advmod]).filter(|&at| self.upos(at) == Upos::Propn).collect();
        for name in names {
            self.tie(name, verb, Relation::Obl);
        }
        let datives: Vec<usize> = self
            .below(verb, &[Relation::Nsubj])
            .filter(|&subject| !self.has_owner(subject))
            .flat_map(|subject| self.below(subject, &[Relation::Nmod, Relation::Appos, Relation::Flat]))
            .filter(|&noun| self.is_dative(noun))
            .collect();
        for noun in datives {
            self.tie(noun, verb, Relation::Iobj);
        }
    }

    /// `tog ministern Berg och ministern Lind emot …`, `i mötet deltog Berg och Kenyas president Ruto`: a noun with an
    /// `and` of its own right behind the subject or object is joined to it, and neither object, subject nor second verb.
    fn mend_joined_noun(&mut self, verb: usize) {
        const PARTIES: [Relation; 3] = [Relation::Nsubj, Relation::NsubjPass, Relation::Obj];
        const SECOND: [Relation; 6] = [
            Relation::Obj,
            Relation::Obl,
            Relation::Iobj,
            Relation::Nsubj,
            Relation::NsubjPass,
            Relation::Conj,
        ];
        let is_clause =
            |noun: usize| self.has(noun, &[Relation::Nsubj, Relation::Cop, Relation::Aux, Relation::Obj]);
        let joined = self.below(verb, &SECOND).find_map(|noun| {
            let and = self.below(noun, &[Relation::Cc]).find(|&and| and < noun)?;
            let before = and.checked_sub(1).filter(|_| self.is_bare_noun(noun) && !is_clause(noun))?;
            let mut parties = self.below(verb, &PARTIES).filter(|&party| party < and);
            Some((noun, parties.find(|&party| self.is_below(before, party))?))
        });
        if let Some((noun, party)) = joined {
            self.tie(noun, party, Relation::Conj);
        }
    }

    pub(crate) fn is_below(&self, at: usize, top: usize) -> bool {
        let above = |&at: &usize| self.ties.get(at).and_then(|tie| tie.head);
        std::iter::successors(Some(at), above).take(self.ties.len()).any(|word| word == top)
    }

    /// German `kritisierte die Anerkennung des Kosovo durch Norwegen`: by whom something is done, behind the object of
    /// an active verb, is of that object.
    fn mend_doer_of_object(&mut self, verb: usize) {
        if self.has(verb, &[Relation::AuxPass, Relation::NsubjPass]) || !self.has(verb, &[Relation::Nsubj]) {
            return;
        }
        let is_by = |mark: usize| self.keys.get(mark).is_some_and(|keys| self.classes.holds("by", keys));
        let Some(object) = self
            .below(verb, &[Relation::Obj])
            .find(|&at| verb < at && self.upos(at) == Upos::Noun && self.has(at, &[Relation::Nmod]))
        else {
            return;
        };
        let doer = self.below(verb, &[Relation::Obl, Relation::OblAgent]).find(|&at| {
            let first = self.below(at, &[Relation::Case]).min();
            self.upos(at) == Upos::Propn
                && first.is_some_and(|mark| {
                    let before = mark.checked_sub(1).filter(|&before| object <= before);
                    is_by(mark) && before.is_some_and(|before| self.is_below(before, object))
                })
        });
        if let Some(doer) = doer {
            self.tie(doer, object, Relation::Nmod);
        }
    }

    /// `blamed the attack on Oslo`: on whom something is blamed is said of the verb, not of the object before it.
    fn mend_blamed(&mut self, verb: usize) {
        let is_a =
            |class: &str, at: usize| self.keys.get(at).is_some_and(|keys| self.classes.holds(class, keys));
        if !is_a("blaming", verb) {
            return;
        }
        let phrases =
            self.below(verb, &[Relation::Obj]).flat_map(|object| self.below(object, &[Relation::Nmod]));
        let is_blamed = |&at: &usize| self.below(at, &[Relation::Case]).any(|mark| is_a("blamed-mark", mark));
        let blamed: Vec<usize> = phrases.filter(is_blamed).collect();
        for noun in blamed {
            self.tie(noun, verb, Relation::Obl);
        }
    }

    /// Russian `признание Косово Норвегией`: a name in the instrumental is no part of the name before it, but says who
    /// did what the noun above them tells.
    fn mend_instrumental(&mut self, name: usize) {
        // `введение Норвегией санкций`: where the ending tells, nor is it whose the noun is.
        if let Some(Tie { head: Some(noun), relation: Relation::Nmod }) = self.ties.get(name).copied()
            && self.upos(noun) == Upos::Noun
            && self.upos(name) == Upos::Propn
            && self.is_bare_noun(name)
            && self.case(name) != Some("Nom")
            && self.is_of_class("instrumental-form", name)
        {
            self.tie(name, noun, Relation::OblAgent);
            return;
        }
        let Some(Tie { head: Some(other), relation: Relation::Nmod | Relation::Flat }) =
            self.ties.get(name).copied()
        else {
            return;
        };
        let Some(Tie { head: Some(noun), relation: Relation::Nmod }) = self.ties.get(other).copied() else {
            return;
        };
        let is_doer = self.case(name) == Some("Ins") && self.case(other) != Some("Ins");
        if is_doer
            && self.is_bare_noun(name)
            && self.upos(other) == Upos::Propn
            && self.upos(noun) == Upos::Noun
        {
            self.tie(name, noun, Relation::Nmod);
        }
    }

    /// Turkish `mevkidaşı Fuad Hüseyin ile`: what stands behind a name and its title marks the title too.
    fn mend_marked_names(&mut self, verb: usize) {
        let marked: Vec<(usize, usize, usize)> = self
            .below(verb, &[Relation::Nsubj, Relation::Obj])
            .filter(|&title| !self.has(title, &[Relation::Case]))
            .filter_map(|title| {
                let name = self
                    .below(title, &[Relation::Appos, Relation::Flat])
                    .find(|&name| self.below(name, &[Relation::Case]).any(|mark| title < mark))?;
                let mark = self.below(name, &[Relation::Case]).find(|&mark| title < mark)?;
                Some((title, name, mark))
            })
            .collect();
        for (title, name, mark) in marked {
            let begins =
                self.sentence.words.get(name).is_some_and(|word| word.name.is_some_and(|tag| tag.begins));
            if begins && self.upos(title) == Upos::Propn {
                // `Mali Ukrayna ile`: two names, of which the second alone is marked.
                self.tie(name, verb, Relation::Obl);
                continue;
            }
            self.tie(title, verb, Relation::Obl);
            self.tie(mark, title, Relation::Case);
        }
    }

    /// Hebrew `את`: what it marks is an object, and nothing else.
    fn marked_object(&self, verb: usize) -> Option<usize> {
        let is_mark =
            |at: usize| self.keys.get(at).is_some_and(|keys| self.classes.holds("object-mark", keys));
        self.classes.get("object-mark")?;
        let is_marked = |noun: &usize| self.below(*noun, &[Relation::Case]).any(is_mark);
        self.below(verb, &[Relation::Obl, Relation::Nmod, Relation::Nsubj]).find(is_marked).or_else(|| {
            // Persian `آلمان سفیر را احضار کرد`: what is marked is no part of the subject before it.
            self.below(verb, &[Relation::Nsubj])
                .flat_map(|subject| self.below(subject, &[Relation::Flat, Relation::Nmod, Relation::Appos]))
                .find(is_marked)
        })
    }

    /// A noun that is said to complement a verb without an object, and of which nothing is said, is whom the act is
    /// done to. In a tree it may stay a complement (`called it a crime`).
    fn complement(&self, verb: usize) -> Option<usize> {
        // Spanish `fue declarado persona no grata`: what somebody is declared in the passive is said of the subject.
        if self.has(verb, &[Relation::NsubjPass, Relation::AuxPass]) {
            return None;
        }
        let says = [Relation::Nsubj, Relation::Cop, Relation::Mark, Relation::Compound, Relation::Aux];
        self.below(verb, &[Relation::Ccomp, Relation::Xcomp])
            .find(|&noun| verb < noun && self.is_bare_noun(noun) && !self.has(noun, &says))
    }

    /// Where verbs come last, the second of two subjects of an active verb is its object.
    fn second_subject(&self, verb: usize) -> Option<usize> {
        self.classes.get("verb-last")?;
        if self.has(verb, &[Relation::AuxPass, Relation::NsubjPass, Relation::OblAgent]) {
            return None;
        }
        let subjects: Vec<usize> =
            self.below(verb, &[Relation::Nsubj]).filter(|&at| self.is_noun(at)).collect();
        let [_, .., second] = subjects.as_slice() else { return None };
        (*second < verb).then_some(*second)
    }

    /// No dative hangs under a subject: `hat die Ministerin der Regierung vorgeworfen`; nor any noun with an
    /// article of its own behind a name: `hatte Südkorea der Ukraine zugesagt`.
    fn is_dative(&self, noun: usize) -> bool {
        let article = self.below(noun, &[Relation::Det]).find_map(|article| self.case(article));
        let head = self.ties.get(noun).and_then(|tie| tie.head);
        let is_behind_name = head.is_some_and(|name| {
            self.upos(name) == Upos::Propn
                && name < noun
                && !(name..noun).any(|at| self.upos(at) == Upos::Punct)
        });
        self.is_bare_noun(noun)
            && (article.or_else(|| self.case(noun)) == Some("Dat") || article.is_some() && is_behind_name)
    }

    /// `Japonya yardım vaat etti`: what stands before a noun that a light verb makes a verb is no genitive of it.
    fn mend_compound(&mut self, noun: usize) {
        let is_verb = self.below(noun, &[Relation::Compound]).any(|verb| self.upos(verb) == Upos::Verb);
        if !is_verb {
            return;
        }
        self.mend_leading_name(noun);
        let before: Vec<usize> = self
            .below(noun, &[Relation::Nmod])
            .filter(|&at| {
                at < noun && self.is_bare_noun(at) && matches!(self.case(at), None | Some("Nom" | "Acc"))
            })
            .collect();
        let is_object = |at: usize| self.case(at) == Some("Acc");
        let has_subject = self.has(noun, &[Relation::Nsubj, Relation::NsubjPass]);
        let subject = before
            .first()
            .copied()
            .filter(|&at| !has_subject && !is_object(at) && (at + 1 < noun || self.upos(at) == Upos::Propn));
        if let Some(subject) = subject {
            self.tie(subject, noun, Relation::Nsubj);
        }
        let object = before.last().copied().filter(|&at| Some(at) != subject);
        if let Some(object) = object.filter(|_| !self.has(noun, &[Relation::Obj])) {
            self.tie(object, noun, Relation::Obj);
        }
    }

    /// Arabic `الهند وفرنسا`: a name that the word for `and` is written onto is joined to the one before, not part
    /// of it.
    fn mend_joined_names(&mut self) {
        for at in 1..self.ties.len() {
            let Some(tie) = self.ties.get(at).copied() else { continue };
            let is_part = matches!(tie.relation, Relation::Flat | Relation::Appos | Relation::Nmod);
            let goes_on =
                self.sentence.words.get(at).is_some_and(|word| word.name.is_some_and(|name| !name.begins));
            let both_names = self.upos(at) == Upos::Propn
                && tie.head.is_some_and(|head| head < at && self.upos(head) == Upos::Propn);
            if let Some(head) =
                tie.head.filter(|_| is_part && both_names && !goes_on && self.begins_with_and(at))
            {
                self.tie(at, head, Relation::Conj);
            }
        }
    }

    fn begins_with_and(&self, at: usize) -> bool {
        let prefixes = self.classes.get("and-prefix").map_or(&[][..], WordClass::patterns);
        self.sentence.words.get(at).is_some_and(|word| {
            prefixes.iter().any(|prefix| match prefix {
                // What is left must still be a name.
                WordPattern::Exact(and) => {
                    word.form.strip_prefix(and.as_str()).is_some_and(|rest| rest.chars().nth(3).is_some())
                }
                _ => false,
            })
        })
    }
}
