use chancery_core::{Relation, Upos};

use crate::mending::Mender;

/// What a noun or an adverb of quantity may be of a verb.
const PARTS: [Relation; 5] =
    [Relation::Nsubj, Relation::NsubjPass, Relation::Obj, Relation::Obl, Relation::OblAgent];

impl Mender<'_> {
    /// French `a tué plus de 100 djihadistes`: of a word that only says how many (`quantity`), what it counts is who is
    /// meant.
    pub(crate) fn mend_counted(&mut self, verb: usize) {
        let quantities: Vec<usize> = self
            .below(verb, &PARTS)
            .filter(|&at| self.upos(at) == Upos::Adv && self.is_a(at, "quantity"))
            .collect();
        for quantity in quantities {
            let Some(relation) = self.ties.get(quantity).map(|tie| tie.relation) else { continue };
            let counted = self.below(quantity, &[Relation::Obl, Relation::Nmod]).find(|&noun| {
                noun > quantity && matches!(self.upos(noun), Upos::Noun | Upos::Propn | Upos::Adj)
            });
            let Some(noun) = counted.filter(|&noun| self.has(noun, &[Relation::Case])) else { continue };
            self.tie(noun, verb, relation);
            self.tie(quantity, noun, Relation::Advmod);
            // `plus de`: the mark is the quantity's, and says nothing of what is counted.
            let marks: Vec<usize> =
                self.below(noun, &[Relation::Case]).filter(|&mark| mark == quantity + 1).collect();
            for mark in marks {
                self.tie(mark, quantity, Relation::Fixed);
            }
        }
    }

    /// French `a qualifié d'« inacceptable » l'attaque`: an adjective with a preposition of its own before the article of
    /// the object is no part of the object.
    pub(crate) fn mend_marked_adjective(&mut self, verb: usize) {
        let objects: Vec<usize> = self.below(verb, &[Relation::Obj]).collect();
        for object in objects {
            let article = self.below(object, &[Relation::Det]).next();
            let marked = self.below(object, &[Relation::Amod]).find(|&at| {
                verb < at && article.is_some_and(|article| at < article) && self.has(at, &[Relation::Case])
            });
            if let Some(marked) = marked {
                self.tie(marked, verb, Relation::Obl);
            }
        }
    }
}
