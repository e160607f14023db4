use chancery_core::{
    Certainty, Document, EventType, Mentions, Quotation, Relation, Say, Stance, Status, TimeFrame, Upos,
};

use crate::attribution::{chain, hearsay_cues, quotations_over};
use crate::clause::Clause;
use crate::dating::is_told_ahead;
use crate::language::Language;
use crate::modality::{Modality, assess, is_a};

/// An occurrence that a text states, an event of the ontology or not.
pub(crate) struct Occurrence<'a> {
    pub(crate) document: &'a Document,
    pub(crate) mentions: &'a Mentions,
    pub(crate) clause: &'a Clause<'a>,
    pub(crate) language: &'a Language,
    /// The number of its sentence.
    pub(crate) sentence: usize,
    /// Its word in the sentence.
    pub(crate) at: usize,
}

/// Whether what is said of an act is itself to come, asked for or merely possible.
fn is_open(modality: &Modality) -> bool {
    modality.frame != TimeFrame::PastOrPresent || modality.certainty != Certainty::Certain || modality.asked
}

impl Occurrence<'_> {
    /// What the text says of whether the occurrence took place, judged as a material act would be: it happened, or
    /// somebody says so.
    pub(crate) fn status(&self) -> Status {
        match self.status_by_itself() {
            Status::Asserted => self.status_of_main_clause().unwrap_or(Status::Asserted),
            other => other,
        }
    }

    /// The status that a clause has without the one that it stands beside.
    fn status_by_itself(&self) -> Status {
        let over =
            self.clause.word(self.at).map_or_else(Vec::new, |word| quotations_over(self.mentions, word.span));
        let modality = assess(self.clause, &self.language.modality, self.at, &hearsay_cues(&over));
        let says = self.says(&over, &modality);
        let status = Status::derive(
            EventType::Assault,
            false,
            modality.polarity,
            modality.certainty,
            modality.frame,
            &says,
        );
        match status {
            // `may not attack`: it may.
            Status::Negated if modality.unsure => Status::Possible,
            // `measures to prevent attacks`: they may come all the same.
            Status::Negated if modality.averted && is_open(&modality) => Status::Possible,
            // `measures to stop the losses`: what is to end is there.
            Status::Planned | Status::Requested | Status::Possible | Status::Conditional
                if modality.presupposed =>
            {
                Status::Asserted
            }
            // `would like to thank them`: it is done by saying so.
            Status::Planned if self.is_done_by_wishing() => Status::Asserted,
            Status::Asserted => self.status_of_asserted(&modality),
            other => other,
        }
    }

    /// What else may say that an occurrence has not taken place.
    fn status_of_asserted(&self, modality: &Modality) -> Status {
        if modality.asked || self.is_ordered() {
            Status::Requested
        } else if modality.hedged {
            Status::Alleged
        } else if self.is_future_by_itself()
            || self.clause.upos(self.at) == Upos::Verb
                && !self.is_perfect()
                && is_told_ahead(self.mentions, self.clause, self.sentence, self.at)
        {
            Status::Planned
        } else {
            Status::Asserted
        }
    }

    /// `has been moved to June`: a past participle behind an auxiliary that is no passive's alone.
    fn is_perfect(&self) -> bool {
        self.clause.word(self.at).is_some_and(|word| word.features.has("Tense", "Past"))
            && !self.clause.children_by(self.at, &[Relation::Aux]).is_empty()
    }

    /// `will end the war by sending troops`: what is done in doing something else is as far away as that.
    fn status_of_main_clause(&self) -> Option<Status> {
        let is_of = |class: &str| is_a(self.clause, &self.language.modality, class, self.at);
        let is_participle = self.clause.word(self.at).is_some_and(|word| {
            let has = |form: &str| word.features.has("VerbForm", form);
            let is_past = word.features.has("Tense", "Past");
            has("Part") && word.features.has("Tense", "Pres") || (has("Ger") || has("Conv")) && !is_past
        });
        // Swedish `genom att stänga gruvor`
        let marks = self.clause.children_by(self.at, &[Relation::Mark, Relation::Case]);
        let is_means =
            marks.into_iter().any(|mark| is_a(self.clause, &self.language.modality, "means-mark", mark));
        let of_its_own = [Relation::Nsubj, Relation::NsubjPass, Relation::Aux, Relation::Ccomp];
        let main = self.clause.head(self.at).filter(|_| {
            self.clause.relation(self.at) == Relation::Advcl
                && (is_participle || is_means)
                && !is_of("stating")
                && self.clause.children_by(self.at, &of_its_own).is_empty()
        })?;
        let status = Occurrence { at: main, ..*self }.status_by_itself();
        matches!(status, Status::Planned | Status::Possible | Status::Requested | Status::Conditional)
            .then_some(status)
    }

    /// `Send us the report`, `Let's leave`: an imperative, or what hangs under one without a doer of its own.
    fn is_ordered(&self) -> bool {
        let is_imperative = |verb: usize| {
            self.clause.word(verb).is_some_and(|word| word.features.has("Mood", "Imp"))
                && self.clause.children_by(verb, &[Relation::Nsubj, Relation::NsubjPass]).is_empty()
        };
        let is_below = matches!(self.clause.relation(self.at), Relation::Xcomp | Relation::Ccomp)
            && !self.clause.is_finite(self.at)
            && self.clause.children_by(self.at, &[Relation::Aux, Relation::AuxPass]).is_empty();
        self.clause.upos(self.at) == Upos::Verb
            && (is_imperative(self.at) || is_below && self.clause.head(self.at).is_some_and(is_imperative))
    }

    /// `would like to thank them`: a verb for what is done by words, or the verb above it that wishes to.
    fn is_done_by_wishing(&self) -> bool {
        let is_of = |class: &str, word: usize| is_a(self.clause, &self.language.modality, class, word);
        let is_wished = |verb: usize| {
            self.clause.relation(verb) == Relation::Xcomp
                && is_of("done-by-words", verb)
                && self.clause.head(verb).is_some_and(|wish| is_of("wishing", wish))
        };
        is_wished(self.at) || self.clause.children(self.at).iter().any(|&verb| is_wished(verb))
    }

    /// `are going to leave`: the verb that only says that another is to come.
    fn is_future_by_itself(&self) -> bool {
        is_a(self.clause, &self.language.modality, "future", self.at)
            && self
                .clause
                .children_by(self.at, &[Relation::Xcomp])
                .iter()
                .any(|&verb| self.clause.has_infinitive_mark(verb))
    }

    /// Who says so, outermost first. What is asked for, planned or denied is not what people and things are described by,
    /// nor is what nobody in particular is said to have said: `the engine that failed in May is said to be new`.
    fn says(&self, over: &[&Quotation], modality: &Modality) -> Vec<Say> {
        let mut says = chain(self.document, self.mentions, over);
        if modality.presupposed || self.is_description() {
            says.retain(|say| match say.stance {
                Stance::Asks | Stance::Plans | Stance::Denies => false,
                Stance::Alleges => !say.who.is_empty(),
                _ => true,
            });
        }
        says
    }

    /// Whether the clause describes a noun by what was done, or says when something else was.
    fn is_description(&self) -> bool {
        let clause = self.clause.clause_head(self.at);
        let is_past = self
            .clause
            .word(clause)
            .is_some_and(|word| word.features.has("Tense", "Past") || word.features.has("VerbForm", "Sup"));
        let marks = self.clause.children_by(clause, &[Relation::Mark, Relation::Advmod]);
        let is_participle = self.clause.word(clause).is_some_and(|word| {
            word.features.has("VerbForm", "Part") || word.features.has("VerbForm", "Ger")
        });
        (is_past || is_participle)
            && match self.clause.relation(clause) {
                Relation::AclRelcl => is_past,
                Relation::Acl => self.clause.children_by(clause, &[Relation::Mark]).is_empty(),
                Relation::Advcl => {
                    marks.into_iter().any(|mark| is_a(self.clause, &self.language.modality, "time-of", mark))
                }
                _ => false,
            }
    }
}
