//! Puts right what taggers hang one word too deep: what an adverb with `of` marks below the adverb, what is said of a noun
//! below its adjective or below the noun that only says what kind of act it is.

use chancery_core::{Relation, Upos};

use crate::mending::{Mender, Tie};

/// Nouns for acts that two parties have a part in, by their classes.
pub(crate) const ACTS: [&str; 7] =
    ["attack", "relation", "exercise", "talks", "agreement", "protest", "sanction"];

impl Mender<'_> {
    /// Mends the phrases of a sentence, before its verbs.
    pub(crate) fn mend_phrases(&mut self) {
        for at in 0..self.ties.len() {
            self.mend_adverb_preposition(at);
            self.mend_lower_name(at);
            if self.classes.get("party-mark").is_some() {
                self.mend_phrase_below_adjective(at);
            }
            self.mend_content_noun(at);
            if self.classes.get("genitive-name").is_some() {
                self.mend_genitive_name(at);
                self.mend_genitive_in_front(at);
            }
            if self.classes.get("goods").is_some() {
                self.mend_goods_behind_name(at);
            }
            if self.classes.get("verb-second").is_some() {
                self.mend_attribute(at);
            }
        }
    }

    /// French `a protesté auprès de la Bolivie`, Spanish `tropas cerca de Ruanda`: an adverb or noun that makes a preposition
    /// with `of` marks what taggers hang below it.
    fn mend_adverb_preposition(&mut self, at: usize) {
        let of = at + 1;
        if !self.is_a(at, "adverb-preposition") || !self.is_a(of, "of") {
            return;
        }
        // Spanish `en contra de`: the noun may be fixed below the preposition that opens the phrase.
        let opening = self
            .ties
            .get(at)
            .and_then(|tie| tie.head.filter(|&head| tie.relation == Relation::Fixed && head < at));
        let top = opening.unwrap_or(at);
        let Some(Tie { head: Some(above), relation: Relation::Advmod | Relation::Obl }) =
            self.ties.get(top).copied()
        else {
            return;
        };
        let is_marked = |noun: usize| {
            let is_fixed = self.ties.get(of).is_some_and(|tie| tie.relation == Relation::Fixed);
            is_fixed || self.below(noun, &[Relation::Case]).any(|mark| mark == of)
        };
        let noun = self
            .below(at, &[Relation::Obl, Relation::Nmod, Relation::Obj])
            .find(|&noun| of < noun && is_marked(noun));
        let Some(noun) = noun.filter(|&noun| !self.is_a(noun, "quantity")) else { return };
        if self.has(noun, &[Relation::Nummod]) {
            self.mend_counted_object(above, at, noun);
            return;
        }
        let is_noun = matches!(self.upos(above), Upos::Noun | Upos::Propn)
            && !self.has(above, &[Relation::Cop, Relation::Nsubj]);
        self.tie(noun, above, if is_noun { Relation::Nmod } else { Relation::Obl });
        self.tie(at, noun, Relation::Case);
        self.tie(of, at, Relation::Fixed);
        if let Some(opening) = opening {
            self.tie(opening, at, Relation::Fixed);
        }
    }

    /// French `a envoyé près de mille soldats`: behind an active verb without an object, who or what is counted so is that.
    fn mend_counted_object(&mut self, verb: usize, adverb: usize, noun: usize) {
        const OTHERS: [Relation; 4] =
            [Relation::Obj, Relation::AuxPass, Relation::NsubjPass, Relation::OblAgent];
        let is_next = (verb + 1..adverb).all(|at| self.upos(at) == Upos::Adv);
        let is_active =
            self.upos(verb) == Upos::Verb && self.has(verb, &[Relation::Nsubj]) && !self.has(verb, &OTHERS);
        if verb < adverb && is_next && is_active {
            self.tie(noun, verb, Relation::Obj);
            self.tie(adverb, noun, Relation::Advmod);
            self.tie(adverb + 1, adverb, Relation::Fixed);
        }
    }

    /// French `le retrait kényan de Somalie`, `la police kényane`: where names are written with capitals, a lower-case word
    /// right behind a noun is its adjective, and what follows is of the noun. Not so `la présidente von der Leyen`.
    fn mend_lower_name(&mut self, at: usize) {
        if self.classes.get("name-capitals").is_none() || self.upos(at) != Upos::Propn {
            return;
        }
        let is_lower =
            self.sentence.words.get(at).is_some_and(|word| word.form.chars().all(char::is_lowercase));
        let Some(Tie { head: Some(noun), relation: Relation::Appos | Relation::Nmod | Relation::Flat }) =
            self.ties.get(at).copied()
        else {
            return;
        };
        let opens_name = self.has(at, &[Relation::Flat, Relation::Case, Relation::Det])
            || self.upos(at + 1) == Upos::Propn;
        if !is_lower || noun + 1 != at || self.upos(noun) != Upos::Noun || opens_name {
            return;
        }
        let phrases: Vec<usize> =
            self.below(at, &[Relation::Nmod]).filter(|&phrase| self.has(phrase, &[Relation::Case])).collect();
        self.tie(at, noun, Relation::Amod);
        for phrase in phrases {
            self.tie(phrase, noun, Relation::Nmod);
        }
    }

    /// Spanish `el ataque ruandés con drones`, French `les liens étroits avec l'Islande`: with or against whom an act is, behind
    /// its adjective, is said of the act.
    fn mend_phrase_below_adjective(&mut self, noun: usize) {
        if self.upos(noun) != Upos::Noun || !ACTS.iter().any(|class| self.is_a(noun, class)) {
            return;
        }
        let phrases: Vec<usize> = self
            .below(noun, &[Relation::Amod])
            .filter(|&adjective| noun < adjective && !self.is_of_class("passive-participle", adjective))
            .flat_map(|adjective| {
                self.below(adjective, &[Relation::Obl, Relation::Nmod])
                    .filter(move |&phrase| adjective < phrase)
            })
            .filter(|&phrase| {
                self.below(phrase, &[Relation::Case]).min().is_some_and(|mark| self.is_a(mark, "party-mark"))
            })
            .collect();
        for phrase in phrases {
            self.tie(phrase, noun, Relation::Nmod);
        }
    }

    /// French `l'appel à l'aide du Malawi à la Norvège`, Spanish `el ataque con drones de Ruanda`: a noun that only says what
    /// kind of act the noun before it tells belongs to nobody, but the act does.
    fn mend_content_noun(&mut self, noun: usize) {
        let Some(Tie { head: Some(act), relation: Relation::Nmod }) = self.ties.get(noun).copied() else {
            return;
        };
        // `la retirada de las tropas kenianas de Somalia`: whose the troops are is told already.
        let is_withdrawn = self.is_a(act, "withdrawal")
            && (self.is_capital(noun) || self.is_a(noun, "troops") && self.has(noun, &[Relation::Amod]));
        let is_content = (self.is_a(noun, "content-noun") || is_withdrawn)
            && act < noun
            && self.upos(act) == Upos::Noun
            && self.has(noun, &[Relation::Case]);
        if !is_content {
            return;
        }
        let is_of = |phrase: usize| self.below(phrase, &[Relation::Case]).any(|mark| self.is_a(mark, "of"));
        let parties: Vec<usize> = self
            .below(noun, &[Relation::Nmod])
            .filter(|&party| {
                noun < party
                    && self.has(party, &[Relation::Case])
                    && (self.is_capital(party) || self.is_a(party, "office"))
            })
            .collect();
        let beside: Vec<usize> = parties
            .iter()
            .flat_map(|&party| self.below(party, &[Relation::Nmod]))
            .filter(|&phrase| {
                self.is_capital(phrase) && self.has(phrase, &[Relation::Case]) && !is_of(phrase)
            })
            .collect();
        for phrase in parties.into_iter().chain(beside) {
            self.tie(phrase, act, Relation::Nmod);
        }
    }

    /// German `das Embargo Kenias`, `Kenias Antrag`: a name in the genitive right beside a noun says whose it is, and is
    /// neither part of its name nor a second subject.
    fn mend_genitive_name(&mut self, name: usize) {
        const PARTS: [Relation; 5] =
            [Relation::Dep, Relation::Amod, Relation::Compound, Relation::Flat, Relation::Appos];
        if !self.is_genitive_name(name) {
            return;
        }
        let Some(Tie { head: Some(head), relation }) = self.ties.get(name).copied() else { return };
        let is_part = PARTS.contains(&relation);
        let is_before = || {
            let is_described =
                (name + 1..head).all(|at| self.upos(at) == Upos::Adj && self.is_below(at, head));
            name < head && is_described && !self.has(head, &[Relation::Det])
        };
        let has_article = self.has(head, &[Relation::Det]);
        let is_noun = self.upos(head) == Upos::Noun || has_article && self.upos(head) == Upos::Propn;
        if is_part && is_noun && (head + 1 == name || is_before()) {
            self.tie(name, head, Relation::Nmod);
            return;
        }
        // `die Bitte Malawis um Hilfe`
        let Some(noun) = name.checked_sub(1) else { return };
        let is_of_same_verb = self.ties.get(noun).is_some_and(|tie| {
            tie.head == Some(head)
                && matches!(tie.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Obj)
        });
        if matches!(relation, Relation::Nsubj | Relation::NsubjPass | Relation::Obj)
            && is_of_same_verb
            && self.upos(noun) == Upos::Noun
        {
            self.tie(name, noun, Relation::Nmod);
        }
    }

    /// German `Kenias Dementi`: a noun for an act behind a name in the genitive is no part of the name, but what the
    /// sentence tells of.
    fn mend_genitive_in_front(&mut self, noun: usize) {
        const WORDS: [&str; 6] = ["denial", "demand", "threat", "accusation", "visit", "aid"];
        let Some(Tie { head: Some(name), relation: Relation::Flat }) = self.ties.get(noun).copied() else {
            return;
        };
        let is_act = ACTS.iter().chain(&WORDS).any(|class| self.is_a(noun, class));
        let Some(tie) = self.ties.get(name).copied() else { return };
        if !is_act || name + 1 != noun || !self.is_genitive_name(name) {
            return;
        }
        let others: Vec<(usize, Relation)> = (0..self.ties.len())
            .filter(|&at| at != noun)
            .filter_map(|at| {
                self.ties.get(at).filter(|tie| tie.head == Some(name)).map(|tie| (at, tie.relation))
            })
            .collect();
        for (other, relation) in others {
            self.tie(other, noun, relation);
        }
        if let Some(own) = self.ties.get_mut(noun) {
            *own = tie;
        }
        self.tie(name, noun, Relation::Nmod);
    }

    /// Whether a name bears the ending of the genitive: its dictionary form has none, or the tagger says so.
    fn is_genitive_name(&self, name: usize) -> bool {
        let is_longer = self.sentence.words.get(name).is_some_and(|word| {
            word.form.strip_suffix('s').is_some_and(|stem| stem == word.lemma && stem.chars().count() > 3)
        });
        matches!(self.upos(name), Upos::Propn | Upos::Adj)
            && self.is_capital(name)
            && self.is_of_class("genitive-name", name)
            && (is_longer || self.case(name) == Some("Gen"))
            && !self.has(name, &[Relation::Case, Relation::Det])
    }

    /// German `hat Georgien Panzer geliefert`: what is given is no part of the name before it, but the object, and the name
    /// to whom it goes; `erhielt von Togo Lob`.
    fn mend_goods_behind_name(&mut self, goods: usize) {
        const PARTS: [Relation; 3] = [Relation::Flat, Relation::Compound, Relation::Appos];
        let is_goods =
            ["goods", "weapon", "aid", "money", "support"].iter().any(|class| self.is_a(goods, class));
        let Some(name) = goods.checked_sub(1).filter(|&name| is_goods && self.upos(name) == Upos::Propn)
        else {
            return;
        };
        let (Some(own), Some(other)) = (self.ties.get(goods).copied(), self.ties.get(name).copied()) else {
            return;
        };
        let (verb, relation) = if own.head == Some(name) && PARTS.contains(&own.relation) {
            (other.head, other.relation)
        } else if other.head == Some(goods) && PARTS.contains(&other.relation) {
            (own.head, own.relation)
        } else {
            return;
        };
        let Some(verb) = verb.filter(|&verb| self.upos(verb) == Upos::Verb) else { return };
        let is_other_object =
            self.below(verb, &[Relation::Obj]).any(|at| at != name && at != goods && self.is_bare_noun(at));
        let has_subject = self.below(verb, &[Relation::Nsubj]).any(|at| at != name && at != goods);
        let may_be = match relation {
            Relation::Obj | Relation::Iobj | Relation::Obl => true,
            Relation::Nsubj => has_subject,
            _ => false,
        };
        if is_other_object || !may_be || self.has(goods, &[Relation::Case, Relation::Det]) {
            return;
        }
        self.tie(goods, verb, Relation::Obj);
        let relation = if self.has(name, &[Relation::Case]) { Relation::Obl } else { Relation::Iobj };
        self.tie(name, verb, relation);
    }

    /// German `die von Norwegen geforderte Entschuldigung`: what stands between an article and the word right before its noun
    /// is said of that word, which may only be a participle or an adjective with phrases of its own.
    fn mend_attribute(&mut self, noun: usize) {
        let Some(attribute) = noun.checked_sub(1) else { return };
        let is_attribute = self.ties.get(attribute).is_some_and(|tie| {
            tie.head == Some(noun) && matches!(tie.relation, Relation::Amod | Relation::Acl)
        });
        if self.upos(noun) != Upos::Noun
            || !is_attribute
            || !matches!(self.upos(attribute), Upos::Adj | Upos::Verb)
        {
            return;
        }
        let first = (0..attribute)
            .rev()
            .find(|&at| matches!(self.upos(at), Upos::Verb | Upos::Aux | Upos::Punct | Upos::Sconj))
            .map_or(0, |before| before + 1);
        let article =
            (first..attribute).rev().find(|&at| self.upos(at) == Upos::Det && self.upos(at + 1) == Upos::Adp);
        let Some(article) = article else { return };
        let is_inside = |at: usize| article < at && at < attribute;
        // `die von Kenia an Togo gelieferten Panzer`: who does it has nothing below.
        let is_doer = |at: usize| self.below(at, &[Relation::Case]).any(|mark| self.is_a(mark, "by"));
        let phrases: Vec<(usize, usize)> = (article + 1..attribute)
            .filter(|&at| matches!(self.upos(at), Upos::Noun | Upos::Propn))
            .filter(|&at| {
                self.ties
                    .get(at)
                    .and_then(|tie| tie.head)
                    .is_some_and(|head| !is_inside(head) || is_doer(head))
            })
            .filter_map(|at| Some((at, self.below(at, &[Relation::Case]).find(|&mark| is_inside(mark))?)))
            .collect();
        if phrases.is_empty() {
            return;
        }
        for (phrase, mark) in phrases {
            let relation = if self.is_a(mark, "by") { Relation::OblAgent } else { Relation::Obl };
            self.tie(phrase, attribute, relation);
        }
        self.tie(attribute, noun, Relation::Amod);
        let Some(of_article) = self.ties.get(article).copied() else { return };
        if of_article.head == Some(noun) {
            return;
        }
        // The article was taken for a pronoun, and the noun for something beside it.
        let is_bare_phrase =
            self.ties.get(noun).is_some_and(|tie| tie.relation == Relation::Obl) && self.is_bare_noun(noun);
        if let Some(verb) = of_article.head.filter(|_| is_bare_phrase)
            && matches!(of_article.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Obj)
        {
            self.tie(noun, verb, of_article.relation);
        }
        self.tie(article, noun, Relation::Det);
    }

    fn is_capital(&self, at: usize) -> bool {
        self.sentence.words.get(at).is_some_and(|word| word.form.starts_with(char::is_uppercase))
    }
}
