//! Puts right small words of German that taggers take for others: the article for a particle, the preposition for an
//! adverb.

use chancery_core::{Relation, Upos};

use crate::mending::Mender;

impl Mender<'_> {
    /// German `kaperten ein unter Flagge fahrendes Schiff`: no particle stands before the object of its verb without an
    /// article, but that is its article.
    pub(crate) fn mend_article(&mut self, verb: usize) {
        let particle = self.below(verb, &[Relation::CompoundPrt]).find(|&at| {
            at == verb + 1 && self.keys.get(at).is_some_and(|keys| self.classes.holds("article", keys))
        });
        let Some(article) = particle else { return };
        let is_thing = |at: &usize| {
            article < *at
                && self.upos(*at) == Upos::Noun
                && self.is_bare_noun(*at)
                && !self.has(*at, &[Relation::Det])
        };
        let Some(noun) = self
            .below(verb, &[Relation::Obj])
            .find(is_thing)
            .or_else(|| self.below(verb, &[Relation::Obl]).find(is_thing))
        else {
            return;
        };
        let is_parted = (article..noun).any(|at| self.upos(at) == Upos::Punct);
        if is_parted || self.sentence.words.get(noun).is_some_and(|word| word.features.has("Number", "Plur"))
        {
            return;
        }
        self.tie(article, noun, Relation::Det);
        if !self.has(verb, &[Relation::Obj]) {
            self.tie(noun, verb, Relation::Obj);
        }
    }

    /// German `schoss vom Libanon aus Raketen auf …`: what closes the phrase before it opens none, and the noun behind it is
    /// the object.
    pub(crate) fn mend_closed_phrase(&mut self, verb: usize) {
        let is_a =
            |class: &str, at: usize| self.keys.get(at).is_some_and(|keys| self.classes.holds(class, keys));
        let phrases: Vec<usize> = self.below(verb, &[Relation::Obl, Relation::Obj]).collect();
        let found = phrases.iter().find_map(|&noun| {
            let close = self.below(noun, &[Relation::Case]).find(|&at| is_a("phrase-close", at))?;
            let before = close.checked_sub(1)?;
            let start = phrases.iter().copied().find(|&start| {
                start != noun
                    && self.is_below(before, start)
                    && self.below(start, &[Relation::Case]).any(|mark| is_a("phrase-open", mark))
            })?;
            Some((noun, close, start))
        });
        if let Some((noun, close, start)) = found {
            self.tie(close, start, Relation::Dep);
            if !self.has(verb, &[Relation::Obj]) && self.is_bare_noun(noun) {
                self.tie(noun, verb, Relation::Obj);
            }
        }
    }

    /// German `kam es zu schweren Kämpfen`: before an adjective in the dative plural stands the preposition, and not the
    /// adverb (`too`).
    pub(crate) fn mend_preposition(&mut self, verb: usize) {
        let phrase = self.below(verb, &[Relation::Obj, Relation::Obl]).find_map(|noun| {
            let adjective = self.below(noun, &[Relation::Amod]).min()?;
            let mark = self.below(adjective, &[Relation::Advmod]).find(|&at| {
                at + 1 == adjective
                    && self.keys.get(at).is_some_and(|keys| self.classes.holds("mark-or-adverb", keys))
            })?;
            let word = self.sentence.words.get(noun)?;
            let is_dative = word.features.has("Number", "Plur")
                && word.form.ends_with('n')
                && self.sentence.words.get(adjective).is_some_and(|word| word.form.ends_with("en"));
            (is_dative && adjective < noun && self.is_bare_noun(noun) && !self.has(noun, &[Relation::Det]))
                .then_some((noun, mark))
        });
        if let Some((noun, mark)) = phrase {
            self.tie(mark, noun, Relation::Case);
            self.tie(noun, verb, Relation::Obl);
        }
    }
}
