//! Puts right what taggers take for an object, a subject or a part of another noun, where the place of the verb in the
//! clauses of a language tells: verbs first, second or last.

use chancery_core::{Relation, Upos};

use crate::mending::{Mender, Tie};
use crate::words::WordClass;

impl Mender<'_> {
    /// Swedish `sedan invasionen har Norge skickat …`: where objects stand behind their verb, the noun between it and
    /// its auxiliary is the subject, and what is taken for one before is of the conjunction that may be a preposition.
    pub(crate) fn mend_subject_before_verb(&mut self, verb: usize) {
        let Some(auxiliary) = self.below(verb, &[Relation::Aux]).find(|&at| at < verb) else { return };
        let is_between = |at: &usize| auxiliary < *at && *at < verb && self.is_bare_noun(*at);
        let is_name = |at: &usize| self.upos(*at) == Upos::Propn;
        let Some(subject) = self
            .below(verb, &[Relation::Obj, Relation::Iobj])
            .find(is_between)
            .or_else(|| self.below(verb, &[Relation::Obl]).find(|at| is_between(at) && is_name(at)))
        else {
            return;
        };
        let other = self.below(verb, &[Relation::Nsubj]).next();
        if let Some(other) = other {
            let mark = self.below(verb, &[Relation::Mark]).find(|&mark| mark < other && other < auxiliary);
            let Some(mark) = mark else { return };
            self.tie(mark, other, Relation::Case);
            self.tie(other, verb, Relation::Obl);
        }
        self.tie(subject, verb, Relation::Nsubj);
    }

    /// Swedish `i mars besökte ministern Gambia`: a name behind verb and subject without a preposition is an object.
    pub(crate) fn mend_bare_object(&mut self, verb: usize) {
        if self.has(verb, &[Relation::Obj, Relation::AuxPass, Relation::NsubjPass]) {
            return;
        }
        let Some(subject) = self.below(verb, &[Relation::Nsubj]).next() else { return };
        let object = self
            .below(verb, &[Relation::Obl])
            .find(|&at| verb.max(subject) < at && self.upos(at) == Upos::Propn && self.is_bare_noun(at));
        if let Some(object) = object {
            self.tie(object, verb, Relation::Obj);
        }
    }

    /// German `sagte der Ghanaerin finanzielle Hilfe zu`: no genitive with an article stands before its noun, but to whom
    /// the act is done.
    pub(crate) fn mend_dative_before_object(&mut self, verb: usize) {
        let datives: Vec<usize> = self
            .below(verb, &[Relation::Obj])
            .flat_map(|object| self.below(object, &[Relation::Nmod]).filter(move |&noun| noun < object))
            .filter(|&noun| {
                let article = self.below(noun, &[Relation::Det]).next();
                self.is_bare_noun(noun) && article.is_some_and(|article| self.case(article) != Some("Gen"))
            })
            .collect();
        if let [dative] = datives.as_slice()
            && !self.has(verb, &[Relation::Iobj])
        {
            self.tie(*dative, verb, Relation::Iobj);
        }
    }

    /// German `Togo wies dies zurück und warf Benin vor, …`: where the verb comes second, one right behind `and` has the
    /// subject that stands before the first verb, and what is taken for a subject behind it is an object.
    pub(crate) fn mend_shared_subject(&mut self, verb: usize) {
        let Some(Tie { head: Some(first), relation: Relation::Conj }) = self.ties.get(verb).copied() else {
            return;
        };
        let is_behind_and = self.below(verb, &[Relation::Cc]).any(|and| and + 1 == verb);
        let has_subject_before = self.below(first, &[Relation::Nsubj]).any(|subject| {
            let is_noun = matches!(self.upos(subject), Upos::Noun | Upos::Propn);
            let opens = (0..subject).all(|at| self.is_below(at, subject) || self.upos(at) == Upos::Punct);
            subject < first && is_noun && opens
        });
        if !is_behind_and
            || !has_subject_before
            || self.has(verb, &[Relation::Aux, Relation::AuxPass, Relation::NsubjPass, Relation::Obj])
        {
            return;
        }
        let subject =
            self.below(verb, &[Relation::Nsubj]).find(|&at| verb < at && self.upos(at) == Upos::Propn);
        if let Some(object) = subject {
            self.tie(object, verb, Relation::Obj);
        }
    }

    /// German `appellierte an Chile, den Streit beizulegen`: a phrase that stands between a verb and the comma before the
    /// clause below it is of the verb, and no part of that clause.
    pub(crate) fn mend_phrase_before_comma(&mut self, verb: usize) {
        const CLAUSES: [Relation; 3] = [Relation::Xcomp, Relation::Ccomp, Relation::Advcl];
        let is_comma = |at: usize| self.sentence.words.get(at).is_some_and(|word| word.form == ",");
        let stands_before_comma = |phrase: usize| {
            let words = self.sentence.subtree(phrase);
            let first = words.iter().copied().min().unwrap_or(phrase);
            let last = words.into_iter().max().unwrap_or(phrase);
            verb < first && is_comma(last + 1) && !(verb..first).any(|at| self.upos(at) == Upos::Punct)
        };
        let phrases: Vec<usize> = self
            .below(verb, &CLAUSES)
            .filter(|&clause| verb < clause)
            .flat_map(|clause| self.below(clause, &[Relation::Obl]).filter(move |&phrase| phrase < clause))
            .filter(|&phrase| self.has(phrase, &[Relation::Case]) && stands_before_comma(phrase))
            .collect();
        for phrase in phrases {
            self.tie(phrase, verb, Relation::Obl);
        }
    }

    /// German `Norwegen sagte Kenia Hilfe zu`: of two subjects around a verb that has an object, the one behind it is to
    /// whom it is done.
    pub(crate) fn mend_receiver(&mut self, verb: usize) {
        if !self.has(verb, &[Relation::Obj]) || self.has(verb, &[Relation::Iobj, Relation::AuxPass]) {
            return;
        }
        let subjects: Vec<usize> =
            self.below(verb, &[Relation::Nsubj]).filter(|&at| self.is_bare_noun(at)).collect();
        if let [first, second] = subjects.as_slice()
            && *first < verb
            && verb < *second
        {
            self.tie(*second, verb, Relation::Iobj);
        }
    }

    /// German `Berg warf er vor …`, `er forderte das Parlament auf`: beside a pronoun in the nominative, a second
    /// subject is the object.
    pub(crate) fn mend_pronoun_beside_subject(&mut self, verb: usize) {
        let subjects: Vec<usize> = self.below(verb, &[Relation::Nsubj]).collect();
        let [first, second] = subjects.as_slice() else { return };
        let is_pronoun = |at: usize| {
            self.upos(at) == Upos::Pron
                && self.sentence.words.get(at).is_some_and(|word| {
                    word.features.has("Case", "Nom") && word.features.has("PronType", "Prs")
                })
        };
        let other = match (is_pronoun(*first), is_pronoun(*second)) {
            (true, false) => *second,
            (false, true) => *first,
            _ => return,
        };
        if self.is_bare_noun(other)
            && !self.has(verb, &[Relation::AuxPass, Relation::NsubjPass, Relation::Obj])
        {
            self.tie(other, verb, Relation::Obj);
        }
    }

    /// Swedish `i Lima träffade ministern Berg kollegan Soto`: of several subjects behind a verb without an object the
    /// last is its object.
    pub(crate) fn mend_second_subject(&mut self, verb: usize) {
        if self.has(verb, &[Relation::Obj, Relation::AuxPass, Relation::NsubjPass]) {
            return;
        }
        let subjects: Vec<usize> =
            self.below(verb, &[Relation::Nsubj]).filter(|&at| self.is_bare_noun(at)).collect();
        if let [first, .., last] = subjects.as_slice()
            && verb < *first
        {
            self.tie(*last, verb, Relation::Obj);
        }
    }

    /// German `in Nairobi demonstrierten Tausende gegen …`: where the finite verb comes second, every clause of its own
    /// has a subject, and the only noun of an active verb is that and no object.
    pub(crate) fn mend_missing_subject(&mut self, verb: usize) {
        let is_clause = self
            .ties
            .get(verb)
            .is_some_and(|tie| matches!(tie.relation, Relation::Root | Relation::Parataxis));
        let opens = (0..verb).all(|at| matches!(self.upos(at), Upos::Punct | Upos::Cconj));
        let others = [
            Relation::Nsubj,
            Relation::NsubjPass,
            Relation::Csubj,
            Relation::Expl,
            Relation::AuxPass,
            Relation::Ccomp,
            Relation::Xcomp,
        ];
        let is_finite = self.has(verb, &[Relation::Aux])
            || self.sentence.words.get(verb).is_some_and(|word| word.features.has("VerbForm", "Fin"));
        if !is_clause || !is_finite || opens || self.has(verb, &others) {
            return;
        }
        let mut objects = self.below(verb, &[Relation::Obj]);
        let only = objects.next().filter(|&at| objects.next().is_none() && self.is_bare_noun(at));
        let is_accusative = |at: usize| {
            let article = self.below(at, &[Relation::Det]).find_map(|article| self.case(article));
            article.or_else(|| self.case(at)) == Some("Acc") && article.is_some()
        };
        drop(objects);
        // `Vienna – Minister Berg has …`: who stands before the verb, a title with a name, is nothing else either.
        let in_front = self.below(verb, &[Relation::Obl]).find(|&at| {
            at < verb
                && self.is_bare_noun(at)
                && self
                    .below(at, &[Relation::Appos, Relation::Flat])
                    .any(|name| at < name && self.upos(name) == Upos::Propn)
        });
        let subject = in_front.or(only.filter(|&at| !is_accusative(at)));
        if let Some(subject) = subject {
            self.tie(subject, verb, Relation::Nsubj);
        }
    }

    /// Swedish `har beslagtagit`, German `sind eingedrungen`: a perfect without the passive's form or auxiliary is active,
    /// and what is taken for a passive's subject is its own, or its object where it stands behind.
    pub(crate) fn mend_active_perfect(&mut self, verb: usize) {
        if self.has(verb, &[Relation::AuxPass, Relation::Nsubj, Relation::OblAgent]) {
            return;
        }
        let is_active_form = || {
            let endings = self.classes.get("passive-supine").map_or(&[][..], WordClass::patterns);
            !endings.is_empty()
                && !self.keys.get(verb).is_some_and(|keys| self.classes.holds("passive-supine", keys))
                && self.sentence.words.get(verb).is_some_and(|word| word.features.has("VerbForm", "Sup"))
        };
        let is_perfect =
            |at: usize| self.keys.get(at).is_some_and(|keys| self.classes.holds("perfect-auxiliary", keys));
        let by_auxiliary = self.below(verb, &[Relation::Aux]).any(is_perfect);
        if !by_auxiliary && !is_active_form() {
            return;
        }
        let subjects: Vec<usize> = self.below(verb, &[Relation::NsubjPass]).collect();
        for subject in subjects {
            let relation = if subject < verb { Relation::Nsubj } else { Relation::Obj };
            self.tie(subject, verb, relation);
        }
    }

    /// Turkish `Fransa askerlerini çekti`: the name in the nominative that opens a clause without a subject is that, not
    /// a part of the object behind it; nor of a noun that a number stands before (`Estonya iki diplomatı …`).
    pub(crate) fn mend_leading_name(&mut self, verb: usize) {
        if self.has(verb, &[Relation::AuxPass, Relation::NsubjPass, Relation::Csubj]) {
            return;
        }
        let Some(name) = (0..verb).find(|&at| self.upos(at) != Upos::Punct) else { return };
        let is_name =
            self.upos(name) == Upos::Propn && self.case(name) == Some("Nom") && self.is_bare_noun(name);
        let Some(Tie { head: Some(head), relation }) = self.ties.get(name).copied() else { return };
        if !is_name || !matches!(relation, Relation::Nmod | Relation::Obl) {
            return;
        }
        // `Ermenistan ve Azerbaycan barış anlaşması imzaladı`: an agreement that is signed signs nothing.
        let is_agreement = self.keys.get(head).is_some_and(|keys| self.classes.holds("agreement", keys));
        let is_counted = (name + 1..head).any(|at| {
            self.upos(at) == Upos::Num && self.ties.get(at).is_some_and(|tie| tie.head == Some(head))
        });
        if head == verb || self.below(verb, &[Relation::Obj, Relation::Obl]).any(|phrase| phrase == head) {
            // `Yunan işçileri`: before another nominative it describes the subject.
            let is_of_subject = head != verb && self.case(head) == Some("Nom");
            if !is_of_subject && !self.has(verb, &[Relation::Nsubj]) {
                self.tie(name, verb, Relation::Nsubj);
            }
        } else if (is_counted || is_agreement && head + 1 == verb)
            && self.below(verb, &[Relation::Nsubj]).any(|subject| subject == head)
        {
            self.tie(name, verb, Relation::Nsubj);
            if !self.has(verb, &[Relation::Obj]) {
                self.tie(head, verb, Relation::Obj);
            }
        }
    }

    /// Turkish `iki füze fırlattı`, `Libya'dan yardım istedi`: a counted nominative right before a verb that has a
    /// subject is its object, and a name in the ablative or dative is no part of the object behind it.
    pub(crate) fn mend_nominative(&mut self, verb: usize) {
        let is_object = |at: &usize| {
            self.upos(*at) == Upos::Noun
                && self.case(*at) == Some("Nom")
                && self.is_bare_noun(*at)
                && self.has(*at, &[Relation::Nummod])
        };
        let object = self.below(verb, &[Relation::Obl]).find(|at| at + 1 == verb && is_object(at));
        if let Some(object) =
            object.filter(|_| self.has(verb, &[Relation::Nsubj]) && !self.has(verb, &[Relation::Obj]))
        {
            self.tie(object, verb, Relation::Obj);
        }
        // A case that no ending shows is the tagger's guess.
        let shows = |at: usize| self.sentence.words.get(at).is_some_and(|word| word.form != word.lemma);
        let obliques: Vec<usize> = self
            .below(verb, &[Relation::Obj])
            .flat_map(|object| self.below(object, &[Relation::Nmod]))
            .filter(|&at| self.upos(at) == Upos::Propn && matches!(self.case(at), Some("Abl" | "Dat")))
            .filter(|&at| shows(at))
            .collect();
        for name in obliques {
            self.tie(name, verb, Relation::Obl);
        }
        if self.classes.get("possessor-subject").is_some() {
            self.mend_dative_of_object(verb);
        }
    }

    /// Persian `لولا هائیتی را متهم کرد` (Lula accused Haiti): where a clause without another subject begins with a name, or
    /// with a noun that is taken for the subject, the noun right before the object's mark is no part of it.
    pub(crate) fn mend_object_beside_subject(&mut self, verb: usize) {
        let is_a =
            |class: &str, at: usize| self.keys.get(at).is_some_and(|keys| self.classes.holds(class, keys));
        let goes_on = |at: usize| {
            self.sentence.words.get(at).is_some_and(|word| word.name.is_some_and(|name| !name.begins))
        };
        let Some(subject) = self.below(verb, &[Relation::Nsubj, Relation::Obj]).next() else { return };
        let Some(mark) = self.below(subject, &[Relation::Case]).find(|&at| is_a("object-mark", at)) else {
            return;
        };
        let is_subject = self.ties.get(subject).is_some_and(|tie| tie.relation == Relation::Nsubj);
        let is_other = |at: usize| at != subject;
        let has_other = self
            .below(verb, &[Relation::Nsubj, Relation::NsubjPass, Relation::Obj, Relation::AuxPass])
            .any(is_other);
        let is_alone = mark.checked_sub(subject) == Some(2);
        let object = self.below(subject, &[Relation::Nmod, Relation::Flat, Relation::Appos]).find(|&at| {
            let ends_at_mark =
                self.below(at, &[Relation::Flat, Relation::Nmod]).max().unwrap_or(at) + 1 == mark;
            let is_name = self.upos(at) == Upos::Propn && self.upos(subject) == Upos::Propn && is_alone;
            subject < at && ends_at_mark && !goes_on(at) && (is_subject || is_name)
        });
        let opens = (0..subject).all(|at| self.upos(at) == Upos::Punct);
        let Some(object) = object.filter(|_| opens && !has_other && !is_a("diplomat", subject)) else {
            return;
        };
        self.tie(subject, verb, Relation::Nsubj);
        self.tie(object, verb, Relation::Obj);
        self.tie(mark, object, Relation::Case);
    }

    /// `فرض الاتحاد عقوبات` (the Union imposed sanctions), read as a nominal sentence of two nouns: if the first is
    /// a verb, the second is its object. Only frames of verbs take it for one.
    pub(crate) fn mend_headed_verb(&mut self, verb: usize) {
        let Some(Tie { head: Some(object), relation: Relation::Nsubj }) = self.ties.get(verb).copied() else {
            return;
        };
        let is_root = self.ties.get(object).is_some_and(|tie| tie.head.is_none());
        let has_doer =
            self.below(verb, &[Relation::Nmod, Relation::Nsubj, Relation::Compound]).any(|at| verb < at);
        let has_article = self.sentence.words.get(verb).is_some_and(|word| word.form.starts_with("ال"));
        if is_root
            && has_doer
            && !has_article
            && verb < object
            && self.upos(verb) == Upos::Noun
            && self.is_bare_noun(object)
        {
            self.tie(object, verb, Relation::Obj);
            if let Some(tie) = self.ties.get_mut(verb) {
                *tie = Tie { head: None, relation: Relation::Root };
            }
        }
    }

    /// `أبلغ الرئيس الكيني المبعوث التركي …` (the Kenyan president informed the Turkish envoy …): behind a subject with an
    /// adjective of its own, another office with another adjective is whom the act is done to.
    fn mend_second_office(&mut self, verb: usize) {
        let is_a =
            |class: &str, at: usize| self.keys.get(at).is_some_and(|keys| self.classes.holds(class, keys));
        let is_office = |at: usize| {
            self.upos(at) == Upos::Noun
                && is_a("definite", at)
                && (is_a("office", at) || is_a("diplomat", at))
                && self.has(at, &[Relation::Amod])
        };
        let Some(subject) = self.below(verb, &[Relation::Nsubj]).find(|&at| verb < at && is_office(at))
        else {
            return;
        };
        let other = self
            .below(subject, &[Relation::Appos, Relation::Flat, Relation::Nmod])
            .find(|&at| subject + 1 < at && is_office(at) && self.is_bare_noun(at));
        if let Some(other) = other {
            let has_object = self.has(verb, &[Relation::Obj]);
            self.tie(other, verb, if has_object { Relation::Iobj } else { Relation::Obj });
        }
    }

    /// A name right behind the verb that opens a sentence is its subject, where verbs come first.
    pub(crate) fn mend_opening_verb(&mut self) {
        let Some(verb) = (0..self.ties.len()).find(|&at| !matches!(self.upos(at), Upos::Punct | Upos::Cconj))
        else {
            return;
        };
        self.mend_headed_verb(verb);
        self.mend_second_office(verb);
        let is_passive = self.sentence.words.get(verb).is_some_and(|word| word.features.has("Voice", "Pass"));
        if self.upos(verb) != Upos::Verb
            || is_passive
            || self.has(verb, &[Relation::Nsubj, Relation::NsubjPass])
        {
            return;
        }
        let next = verb + 1;
        let hangs = self.ties.get(next).is_some_and(|tie| tie.head == Some(verb));
        let is_name = self.upos(next) == Upos::Propn && !self.has(next, &[Relation::Case]);
        if hangs && is_name {
            self.tie(next, verb, Relation::Nsubj);
        }
    }
}
