//! Puts right what taggers take for adjectives of the name before them, or of a verb, and are nouns: those who are exchanged.

use chancery_core::{Relation, Upos};

use crate::mending::{Mender, Tie};

impl Mender<'_> {
    /// Ukrainian `обмін полоненими між Чадом і Нігером`, `обмінялася з Чадом ув'язненими`: prisoners in the instrumental behind
    /// what is taken for their noun are who is exchanged, and the phrases behind them say with whom.
    pub(crate) fn mend_noun_of_adjective(&mut self, at: usize) {
        if self.classes.get("instrumental-form").is_none() || !self.is_exchanged(at) {
            return;
        }
        let Some(Tie { head: Some(head), relation }) = self.ties.get(at).copied() else { return };
        let hangs = matches!(
            relation,
            Relation::Amod | Relation::Acl | Relation::Xcomp | Relation::Obl | Relation::Nmod
        );
        if !hangs || at < head {
            return;
        }
        let before = at.checked_sub(1).filter(|&noun| self.is_bare_noun(noun));
        let verb = || {
            let above = |&word: &usize| self.ties.get(word).and_then(|tie| tie.head);
            std::iter::successors(Some(head), above)
                .take(self.ties.len())
                .find(|&word| self.upos(word) == Upos::Verb)
        };
        let (of, relation) = match before {
            Some(noun) => (noun, Relation::Nmod),
            None => match verb() {
                Some(verb) => (verb, Relation::Obl),
                None => return,
            },
        };
        let phrases: Vec<usize> = self
            .below(at, &[Relation::Obl, Relation::OblAgent, Relation::Nmod])
            .filter(|&phrase| at < phrase && self.has(phrase, &[Relation::Case]))
            .collect();
        self.tie(at, of, relation);
        for phrase in phrases {
            self.tie(phrase, of, relation);
        }
    }

    /// Russian `обменялась с Чадом пленными`: a name between a mark and the noun that the mark is taken to be of is what the
    /// mark is of.
    pub(crate) fn mend_name_behind_mark(&mut self, noun: usize) {
        if self.classes.get("instrumental-form").is_none() || self.case(noun) != Some("Ins") {
            return;
        }
        let Some(Tie { head: Some(above), relation: Relation::Obl }) = self.ties.get(noun).copied() else {
            return;
        };
        let parts = [Relation::Nmod, Relation::Amod, Relation::Det, Relation::OblAgent];
        let name = self.below(noun, &parts).find(|&name| {
            name < noun && self.is_name_in_instrumental(name) && !self.has(name, &[Relation::Case])
        });
        let Some(name) = name else { return };
        let mark = self.below(noun, &[Relation::Case]).find(|&mark| mark + 1 == name);
        if let Some(mark) = mark {
            self.tie(mark, name, Relation::Case);
            self.tie(name, above, Relation::Obl);
        }
    }

    /// `Оманом`, which taggers take for an adjective now and then; none ends so in the instrumental (`новим`, `новым`).
    fn is_name_in_instrumental(&self, at: usize) -> bool {
        let form = self.sentence.words.get(at).map_or("", |word| word.form.as_str());
        let is_capital = form.chars().next().is_some_and(char::is_uppercase);
        match self.upos(at) {
            Upos::Propn => self.case(at) == Some("Ins"),
            Upos::Adj | Upos::Det => is_capital && self.is_of_class("instrumental-of-nouns", at),
            _ => false,
        }
    }

    fn is_exchanged(&self, at: usize) -> bool {
        let is_a = |class: &str| self.keys.get(at).is_some_and(|keys| self.classes.holds(class, keys));
        matches!(self.upos(at), Upos::Adj | Upos::Verb | Upos::Noun)
            && self.case(at) == Some("Ins")
            && ["prisoner", "intelligence"].iter().any(|class| is_a(class))
            && !self.has(at, &[Relation::Case])
    }

    /// Russian `назвала заявление Кении ложью`: what something is called, in the instrumental, is said of the object, and no
    /// part of it.
    pub(crate) fn mend_predicative(&mut self, verb: usize) {
        let is_naming = self.keys.get(verb).is_some_and(|keys| self.classes.holds("naming", keys));
        let Some(object) = self.below(verb, &[Relation::Obj]).next().filter(|_| is_naming) else { return };
        let is_said = |at: usize| {
            let is_part =
                self.ties.get(at).is_some_and(|tie| matches!(tie.relation, Relation::Nmod | Relation::Appos));
            is_part
                && self.upos(at) == Upos::Noun
                && self.is_bare_noun(at)
                // `обвинения властей`: the genitive of many ends as the instrumental of one does.
                && (self.case(at) == Some("Ins") || self.is(at, "Number", "Sing"))
                && self.is_of_class("instrumental-form", at)
                && self.is_below(at, object)
        };
        let first = verb.max(object) + 1;
        // `назвала торговлю оружием злом`: what stands right behind a noun may be of that.
        let said = (first..self.ties.len()).rev().find(|&at| is_said(at));
        if let Some(said) = said.filter(|_| self.case(object) != Some("Ins")) {
            self.tie(said, verb, Relation::Obl);
        }
    }
}
