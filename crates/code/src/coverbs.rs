//! Puts right what stands between a subject and its verb where prepositions are verbs as well, as in Chinese.

use chancery_core::{Relation, Upos};

use crate::mending::{Mender, Tie};

impl Mender<'_> {
    /// `在巴黎同总统举行会谈`: where the first of several phrases is taken for a verb of its own, a noun behind it with a
    /// mark of its own is a phrase of the verb that they all stand before.
    pub(crate) fn mend_coverb(&mut self, coverb: usize) {
        if !self.is_a(coverb, "coverb") {
            return;
        }
        let Some(Tie { head: Some(verb), relation: Relation::Advcl | Relation::Xcomp | Relation::Nmod }) =
            self.ties.get(coverb).copied()
        else {
            return;
        };
        if verb < coverb || self.upos(verb) != Upos::Verb {
            return;
        }
        let is_marked =
            |noun: usize| self.below(noun, &[Relation::Case]).any(|mark| coverb + 1 < mark && mark < noun);
        let others = [Relation::Obj, Relation::Obl, Relation::Nmod, Relation::Dep];
        let marked: Vec<usize> = self
            .below(coverb, &others)
            .filter(|&noun| coverb < noun && noun < verb && is_marked(noun))
            .collect();
        for noun in marked {
            self.tie(noun, verb, Relation::Obl);
        }
    }

    /// `中越就加强合作达成一致`: the clause that such a mark opens says what the verb behind it is about; that verb has the
    /// subject of both.
    pub(crate) fn mend_fronted_clause(&mut self, fronted: usize) {
        let mark =
            self.below(fronted, &[Relation::Mark, Relation::Case]).find(|&mark| self.is_a(mark, "fronting"));
        let Some(mark) = mark.filter(|&mark| mark < fronted) else { return };
        let follows = [Relation::Ccomp, Relation::Xcomp, Relation::Conj, Relation::Parataxis];
        let main =
            self.below(fronted, &follows).find(|&main| fronted < main && self.upos(main) == Upos::Verb);
        let Some((main, tie)) = main.zip(self.ties.get(fronted).copied()) else { return };
        // A comma between the two ends what is fronted, and with it the case.
        if (fronted..main).any(|at| self.upos(at) == Upos::Punct) {
            return;
        }
        let shared: Vec<usize> =
            (0..mark).filter(|&at| self.ties.get(at).is_some_and(|tie| tie.head == Some(fronted))).collect();
        for at in shared {
            let relation = self.ties.get(at).map_or(Relation::Dep, |tie| tie.relation);
            self.tie(at, main, relation);
        }
        if let Some(place) = self.ties.get_mut(main) {
            *place = tie;
        }
        self.tie(fronted, main, Relation::Advcl);
    }

    /// `企业被美国商务部列入清单`: the noun between the mark of the passive and its verb is who does it, and no part of the
    /// noun before the mark.
    pub(crate) fn mend_agent_behind_mark(&mut self, verb: usize) {
        let mark = self.below(verb, &[Relation::AuxPass, Relation::Mark]).find(|&mark| self.is_a(mark, "by"));
        let Some(mark) = mark.filter(|&mark| mark < verb) else { return };
        let agent = (mark + 1..verb).rev().find(|&noun| {
            self.is_bare_noun(noun)
                && self.ties.get(noun).and_then(|tie| tie.head).is_some_and(|head| head < mark)
        });
        if let Some(agent) = agent {
            self.tie(agent, verb, Relation::OblAgent);
        }
    }

    /// `以军战机轰炸…`, `指控俄罗斯在…部署武器`: the name of armed forces is no preposition, and a preposition has no subject;
    /// both are of the noun that they are said to mark.
    pub(crate) fn mend_noun_of_mark(&mut self, at: usize) {
        let Some(Tie { head: Some(head), relation }) = self.ties.get(at).copied() else { return };
        if relation == Relation::Case && self.is_a(at, "force") && at < head {
            self.tie(at, head, Relation::Nmod);
            let verb =
                self.ties.get(head).filter(|tie| tie.relation == Relation::Obl).and_then(|tie| tie.head);
            if let Some(verb) = verb.filter(|&verb| head < verb && !self.has(verb, &[Relation::Nsubj])) {
                self.tie(head, verb, Relation::Nsubj);
            }
        } else if relation == Relation::Nsubj && self.upos(at) == Upos::Propn {
            let mark = self.ties.get(head).copied();
            if let Some(Tie { head: Some(noun), relation: Relation::Case }) = mark {
                self.tie(at, noun, Relation::Nmod);
            }
        }
    }

    /// `中菲举行会谈`: of neighbouring letters that stand for states the later are joined to the first.
    pub(crate) fn mend_joined_signs(&mut self) {
        for at in 1..self.ties.len() {
            let before = at - 1;
            if !self.is_sign(before) || !self.is_sign(at) {
                continue;
            }
            if let Some(tie) = self.ties.get(at).copied()
                && self.ties.get(before).is_some_and(|first| first.head == Some(at))
                && let Some(first) = self.ties.get_mut(before)
            {
                *first = tie;
            }
            self.tie(at, before, Relation::Conj);
        }
    }

    fn is_sign(&self, at: usize) -> bool {
        self.is_a(at, "sign") && matches!(self.upos(at), Upos::Propn | Upos::Part)
    }
}
