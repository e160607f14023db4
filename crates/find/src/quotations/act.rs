//! What is said as an infinitive, a gerund or a thing: `accuse of trying`, `call for calm`, `call it a failure`.

use chancery_core::{Relation, Stance, Upos};

use super::clause::{Content, bounds};
use super::scene::{Scene, is_nominal};
use super::speech::{Cue, Use};

impl Scene<'_> {
    /// What is denied, asked for or alleged: an infinitive, a gerund, or the thing itself.
    pub(super) fn act(&self, cue: &Cue) -> Option<Content> {
        let verb = cue.head;
        let kids = || self.kids(verb).iter().copied().filter(|&kid| kid > verb && !cue.words.contains(&kid));
        // "accuse X of trying", "anklaga X för att försöka"
        let clause = kids().find(|&kid| {
            matches!(
                self.relation(kid),
                Relation::Advcl | Relation::Obl | Relation::Acl | Relation::Parataxis
            ) && matches!(self.upos(kid), Upos::Verb | Upos::Aux)
                && self.is_near(verb, kid)
                && !self.is_told_beside(cue, kid)
                && !(cue.stance == Stance::Says && self.is_circumstance(kid))
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
        let noun =
            self.upos(object) == Upos::Noun && !(self.can_speak(object) && cue.stance != Stance::Denies);
        let words = self.below(object, &[]);
        (noun && words.len() > 1).then(|| bounds(&words)).flatten()
    }

    /// `ordered an inquiry as troops left`: a clause with a subject of its own that says when or why something was said.
    fn is_told_beside(&self, cue: &Cue, clause: usize) -> bool {
        self.relation(clause) == Relation::Advcl
            && self.kid(clause, &[Relation::Nsubj, Relation::NsubjPass]).is_some()
            && self.kids(clause).iter().any(|&mark| {
                self.relation(mark) == Relation::Mark
                    && !cue.words.contains(&mark)
                    && !self.speech.is(Use::That, self.sentence, mark)
            })
    }

    /// Whether no other clause stands between a verb and what may be its content.
    pub(super) fn is_near(&self, verb: usize, kid: usize) -> bool {
        let first = self.below(kid, &[]).first().copied().unwrap_or(kid);
        first > verb
            && (verb + 1..first).all(|word| {
                !matches!(self.form(word), "," | ";" | ":" | "." | "،" | "，" | "；" | "：")
                    && self.upos(word) != Upos::Verb
            })
    }

    /// Words below a head without the adposition in front of them.
    pub(super) fn without_case(&self, head: usize) -> Option<Content> {
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
    pub(super) fn name(&self, cue: &Cue) -> Option<Content> {
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

    pub(super) fn without_as(&self, content: Content) -> Content {
        let starts = content.first < content.last && self.speech.is(Use::As, self.sentence, content.first);
        Content { first: content.first + usize::from(starts), ..content }
    }
}
