//! Puts right by whom something is done that a noun tells of, where the instrumental says so: `визнання Косова Португалією`.

use chancery_core::{Relation, Upos};

use crate::mending::{Mender, Tie};

/// Nouns that stand one below the other are looked at no further than this.
const DEEPEST: usize = 3;

impl Mender<'_> {
    /// Ukrainian `порушення миру Чадом`, `вбивство громадян Лівану армією Чаду`: who does it in the instrumental is of the
    /// noun that tells of the act, and not of the genitive before it, nor of a verb behind them.
    pub(crate) fn mend_doer_of_noun(&mut self, doer: usize) {
        if self.classes.get("instrumental-form").is_none() || !self.may_be_instrumental_doer(doer) {
            return;
        }
        let Some(Tie { head: Some(head), relation }) = self.ties.get(doer).copied() else { return };
        let act = match relation {
            Relation::Nmod | Relation::Appos | Relation::Flat | Relation::OblAgent | Relation::Amod
                if self.is_noun(head) && head < doer =>
            {
                self.act_above(head)
            }
            Relation::Obl | Relation::Iobj | Relation::Obj | Relation::Xcomp | Relation::OblAgent
                if doer < head =>
            {
                self.act_before(doer, head)
            }
            _ => None,
        };
        if let Some(act) = act {
            self.tie(doer, act, Relation::OblAgent);
        }
    }

    /// Names of states, and those who act for one; not what something is done with (`удар дронами`).
    fn may_be_instrumental_doer(&self, at: usize) -> bool {
        let is_a = |class: &str| self.keys.get(at).is_some_and(|keys| self.classes.holds(class, keys));
        let is_instrumental = self.case(at) == Some("Ins");
        self.is_bare_noun(at)
            && match self.upos(at) {
                Upos::Propn => {
                    self.is_of_class("instrumental-form", at)
                        && (is_instrumental || !matches!(self.case(at), Some("Nom")))
                }
                Upos::Noun => {
                    is_instrumental
                        && !is_a("weapon")
                        && ["troops", "body", "authority"].iter().any(|class| is_a(class))
                }
                _ => false,
            }
    }

    /// The noun that tells of an act: the genitives below it are to whom it is done. A genitive that tells of an act itself
    /// has its own doer: `засудження вбивства Чадом посла`.
    fn act_above(&self, noun: usize) -> Option<usize> {
        let mut at = noun;
        for _ in 0..DEEPEST {
            let is_act = self.upos(at) == Upos::Noun && self.tells_of_act(at);
            match self.ties.get(at) {
                Some(&Tie {
                    head: Some(head),
                    relation: Relation::Nmod | Relation::Appos | Relation::Flat,
                }) if !is_act && head < at && self.is_noun(head) => {
                    at = head;
                }
                _ => break,
            }
        }
        (self.upos(at) == Upos::Noun && (at != noun || self.tells_of_act(at))).then_some(at)
    }

    /// Ukrainian `звільнення заручників Чадом тривало`: the subject right before its doer, where it tells of an act.
    fn act_before(&self, doer: usize, verb: usize) -> Option<usize> {
        let subject = self.below(verb, &[Relation::Nsubj, Relation::NsubjPass]).find(|&at| at < doer)?;
        let reaches_doer = (subject + 1..doer).all(|at| self.is_below(at, subject));
        (reaches_doer && self.upos(subject) == Upos::Noun && self.tells_of_act(subject)).then_some(subject)
    }

    fn tells_of_act(&self, noun: usize) -> bool {
        let is_a = |class: &str| self.keys.get(noun).is_some_and(|keys| self.classes.holds(class, keys));
        ["verbal-noun", "attack"].iter().any(|class| is_a(class))
    }
}
