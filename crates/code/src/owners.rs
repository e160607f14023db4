//! Ties to a noun what stands between it and its owner, in languages whose owners stand first, in the genitive, and whose
//! owned nouns bear an ending.

use chancery_core::{Relation, Upos};

use crate::mending::{Mender, Tie};

impl Mender<'_> {
    /// Turkish `Peru'nun Bolivya'ya desteği` (Peru's support for Bolivia): a genitive is no part of the name behind it,
    /// which nobody owns, but of the noun behind both that bears the ending of what belongs to somebody; and so is
    /// what stands between the two.
    pub(crate) fn mend_owner(&mut self, noun: usize) {
        if !self.is_of_class("possessed", noun) {
            return;
        }
        if let Some((owner, name)) =
            (0..noun).rev().find_map(|at| Some((at, self.between_owner_and(at, noun)?)))
        {
            // `Kenya'nın Uganda ile iş birliği sürüyor`: nor is the noun joined to that name.
            if let Some(Tie { head: Some(head), .. }) = self.ties.get(name).copied()
                && self.is_below(noun, name)
            {
                let is_subject = self.case(noun) == Some("Nom") && !self.has(head, &[Relation::Nsubj]);
                self.tie(noun, head, if is_subject { Relation::Nsubj } else { Relation::Obl });
            }
            self.tie(owner, noun, Relation::Nmod);
            let is_deeper = self.is_below(name, noun)
                && self.ties.get(name).and_then(|tie| tie.head).is_some_and(|head| head != owner);
            if !is_deeper {
                self.tie(name, noun, Relation::Nmod);
            }
        }
        self.mend_phrases_behind_owner(noun);
    }

    /// The name or noun that a genitive hangs on though nobody owns it, where nothing else stands before the noun that
    /// is owned.
    fn between_owner_and(&self, owner: usize, noun: usize) -> Option<usize> {
        if !self.is_genitive(owner) || !self.is_bare_noun(owner) {
            return None;
        }
        let tie = self.ties.get(owner).filter(|tie| tie.relation == Relation::Nmod)?;
        let name = tie.head.filter(|&head| owner < head && head < noun)?;
        let nothing_else = || {
            let is_of_noun = |at: usize| {
                self.upos(at) == Upos::Adp || self.ties.get(at).is_some_and(|tie| tie.head == Some(noun))
            };
            (name + 1..noun).all(|at| self.is_below(at, name) || is_of_noun(at)) && !self.is_possessed(name)
        };
        (self.upos(name) == Upos::Propn && nothing_else()).then_some(name)
    }

    /// Turkish `Tayland ordusunun Kamboçya'ya saldırısı sürüyor` (the attack of Thailand's army on Cambodia goes on):
    /// whom a subject is about stands between its owner and itself, and nothing that belongs to the verb does.
    fn mend_phrases_behind_owner(&mut self, noun: usize) {
        let owner = self.below(noun, &[Relation::Nmod]).find(|&at| at < noun && self.is_genitive(at));
        let tie =
            self.ties.get(noun).filter(|tie| matches!(tie.relation, Relation::Nsubj | Relation::NsubjPass));
        let (Some(owner), Some(verb)) = (owner, tie.and_then(|tie| tie.head)) else { return };
        let is_about = |at: usize| {
            matches!(self.upos(at), Upos::Noun | Upos::Propn)
                && (self.case(at) == Some("Dat") || self.has(at, &[Relation::Case]))
        };
        let phrases: Vec<usize> = self
            .below(verb, &[Relation::Obl, Relation::Nmod, Relation::Iobj])
            .filter(|&at| owner < at && at < noun && noun <= verb && is_about(at))
            .collect();
        for phrase in phrases {
            self.tie(phrase, noun, Relation::Nmod);
        }
    }

    /// Turkish `Kenya'nın Etiyopya'ya çağrısı` (Kenya's call to Ethiopia): whether a noun has an owner in the genitive, behind
    /// whom a dative is of the noun, and not of the verb whose subject that is.
    pub(crate) fn has_owner(&self, noun: usize) -> bool {
        self.classes.get("possessor-subject").is_some()
            && self.below(noun, &[Relation::Nmod]).any(|at| at < noun && self.is_genitive(at))
    }

    /// Turkish `Nepal hükümetine taziyelerini bildirdi` (told Nepal's government its condolences): a dative below an object
    /// that has no owner is to whom the verb is done, also where a noun is made a verb.
    pub(crate) fn mend_dative_of_object(&mut self, verb: usize) {
        let predicate = self.carried_noun(verb).unwrap_or(verb);
        let datives: Vec<usize> = self
            .below(verb, &[Relation::Obj])
            .chain(self.below(predicate, &[Relation::Obj]))
            .filter(|&object| object < verb && !self.has_owner(object))
            .flat_map(|object| self.below(object, &[Relation::Nmod]).filter(move |&at| at < object))
            .filter(|&at| self.is_bare_noun(at) && self.is_dative_phrase(at) && self.has_name_before(at))
            .collect();
        for dative in datives {
            self.tie(dative, predicate, Relation::Obl);
        }
    }

    /// Whether a noun is a name, or has one before it that says whose or where it is.
    fn has_name_before(&self, noun: usize) -> bool {
        let is_name = |at: usize| {
            let word = self.sentence.words.get(at);
            self.upos(at) == Upos::Propn
                || word.is_some_and(|word| word.form.starts_with(char::is_uppercase) || word.name.is_some())
        };
        is_name(noun)
            || self
                .below(noun, &[Relation::Nmod, Relation::Amod])
                .any(|at| is_name(at) || self.below(at, &[Relation::Nmod, Relation::Amod]).any(is_name))
    }

    /// Turkish `Ukrayna'ya top mermisi verdi` (gave Ukraine shells), `Norveçlilere giriş yasağı getirdi`: a bare noun
    /// before another, of which it says what kind that is, takes no dative; who stands there is whom the verb is done to.
    pub(crate) fn mend_dative_of_kind(&mut self, verb: usize) {
        let nouns = [Relation::Obj, Relation::Nsubj, Relation::NsubjPass, Relation::Nmod];
        let is_kind = |at: usize, noun: usize| {
            at + 1 == noun && self.case(at) == Some("Nom") && self.upos(at) != Upos::Propn
        };
        let carried = self.carried_noun(verb);
        let found: Vec<usize> = self
            .below(verb, &nouns)
            .chain(carried)
            .filter(|&noun| self.is_possessed(noun) && !self.has_owner(noun))
            .flat_map(|noun| {
                let kinds = self.below(noun, &[Relation::Nmod]).filter(move |&at| is_kind(at, noun));
                kinds.collect::<Vec<usize>>()
            })
            .flat_map(|kind| {
                let further = self.below(kind, &[Relation::Nmod]).filter(|&at| is_kind(at, kind));
                std::iter::once(kind).chain(further.collect::<Vec<usize>>())
            })
            .flat_map(|kind| self.below(kind, &[Relation::Obl, Relation::Nmod, Relation::Iobj]))
            .filter(|&at| self.is_bare_noun(at) && self.is_dative_phrase(at))
            .collect();
        for dative in found {
            self.tie(dative, carried.unwrap_or(verb), Relation::Obl);
        }
    }

    /// Turkish `üyeliğine karşı çıktı` (came out against the membership): a postposition that taggers take for the head of
    /// its phrase marks the noun right before it.
    pub(crate) fn mend_postposition(&mut self, mark: usize) {
        let Some(Tie { head: Some(head), relation }) = self.ties.get(mark).copied() else { return };
        let is_head = matches!(relation, Relation::Obl | Relation::Nmod | Relation::Advmod | Relation::Amod);
        let noun = self.below(mark, &[Relation::Obl, Relation::Nmod]).find(|&at| at + 1 == mark);
        let Some(noun) = noun.filter(|&noun| is_head && mark < head && self.is_bare_noun(noun)) else {
            return;
        };
        self.tie(noun, head, if self.upos(head) == Upos::Noun { Relation::Nmod } else { Relation::Obl });
        self.tie(mark, noun, Relation::Case);
    }

    /// Whether a noun or the last word of a name is in the dative and shows it.
    fn is_dative_phrase(&self, at: usize) -> bool {
        let shows = |at: usize| {
            self.case(at) == Some("Dat")
                && self.sentence.words.get(at).is_some_and(|word| word.form != word.lemma)
        };
        shows(at) || self.last_of_name(at).is_some_and(shows) || self.below(at, &[Relation::Conj]).any(shows)
    }
}
