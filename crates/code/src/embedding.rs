use chancery_core::{Event, EventType, Quotation, QuotationForm, Relation, Status, Upos};

use crate::attribution::quotations_over;
use crate::events::SentenceCoder;
use crate::firing::{Firing, is_listed, is_put_as};
use crate::frame::{Part, Slot};

impl SentenceCoder<'_> {
    /// `discussed strengthening ties`: what is talked about has not been done by talking.
    pub(crate) fn is_topic(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> bool {
        if self.is_aim_of_protest(firing, firings) {
            return true;
        }
        if self.is_state_of_affairs(firing) || self.is_only_mentioned(firing, firings) {
            return true;
        }
        let relation = self.clause.relation(firing.at);
        let is_argument = matches!(
            relation,
            Relation::Xcomp
                | Relation::Ccomp
                | Relation::Obj
                | Relation::Obl
                | Relation::Nmod
                | Relation::Conj
        );
        let is_topic = self.clause.mark_of(firing.at).is_some_and(|mark| self.clause.is_a(mark, "topic"));
        is_argument
            && (matches!(
                firing.frame.kind,
                EventType::Cooperate | EventType::Agree | EventType::Support | EventType::Aid
            ) || is_topic && matches!(firing.frame.kind, EventType::Retreat | EventType::Concede))
            && self.above(firing.at).any(|head| {
                firings.iter().any(|other| other.at == head && other.frame.kind == EventType::Consult)
                    || is_put_as(self.language, self.clause, head, EventType::Consult)
            })
    }

    /// `the cooperation between Oslo and Riga is vital`: what a thing is said to be like is no act.
    fn is_state_of_affairs(&self, firing: &Firing<'_>) -> bool {
        let mut noun = firing.at;
        while self.clause.relation(noun) == Relation::Conj
            && let Some(first) = self.clause.head(noun).filter(|&first| first < noun)
        {
            noun = first;
        }
        firing.frame.kind == EventType::Cooperate
            && firing.frame.part == Part::Noun
            && self.clause.relation(noun) == Relation::Nsubj
            && self
                .clause
                .head(noun)
                .is_some_and(|said| !self.clause.children_by(said, &[Relation::Cop]).is_empty())
    }

    /// `rejected the demand`, `lodged a protest`: where the frame of a verb asks for its object, the two are
    /// one act. Violence stays an act of its own (`halted the attack`) but where it is threatened or asked for.
    pub(crate) fn is_told_by_verb(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> bool {
        firing.frame.part == Part::Noun
            && firings.iter().filter(|other| other.frame.kind != firing.frame.kind).any(|other| {
                let is_open = matches!(other.frame.kind, EventType::Threaten | EventType::Request);
                self.is_put_by(firing, other)
                    || (is_open || firing.frame.kind != EventType::Assault)
                        && other.frame.conditions.iter().any(|condition| {
                            let is_told = matches!(condition.slot, Slot::Object)
                                || (is_open || is_announced_by(firing, other))
                                    && matches!(condition.slot, Slot::Marked(_));
                            let filled = self.clause.fill(&condition.slot, other.at).into_iter();
                            is_told
                                && !condition.absent
                                && filled
                                    .flat_map(|word| self.clause.coordinated(word))
                                    .any(|word| word == firing.at)
                        })
            })
    }

    /// `agreed to mediation`, `reneged on its commitment`: what is agreed, asked for or refused has not been
    /// done.
    fn is_put_by(&self, firing: &Firing<'_>, other: &Firing<'_>) -> bool {
        let puts = matches!(other.frame.kind, EventType::Agree | EventType::Reject | EventType::Request);
        let is_act = matches!(
            firing.frame.kind,
            EventType::Agree
                | EventType::Consult
                | EventType::Support
                | EventType::Cooperate
                | EventType::Aid
        );
        let is_marked =
            |class: &str| self.clause.mark_of(firing.at).is_some_and(|mark| self.clause.is_a(mark, class));
        let is_argument = match self.clause.relation(firing.at) {
            Relation::Obj => true,
            Relation::Obl => is_marked("topic"),
            _ => false,
        };
        puts && is_act && is_argument && self.clause.head(firing.at) == Some(other.at)
    }

    /// `demanded that Russia withdraw`, `refused to release them`: what is demanded, promised, refused or
    /// threatened is told by the demand, and has not been done.
    pub(crate) fn is_what_is_asked(
        &self,
        firing: &Firing<'_>,
        event: &Event,
        firings: &[Firing<'_>],
    ) -> bool {
        const ASKING: [EventType; 4] =
            [EventType::Request, EventType::Threaten, EventType::Agree, EventType::Reject];
        let is_open = event.kind.is_verbal() && event.status == Status::Asserted
            || matches!(event.status, Status::Requested | Status::Planned | Status::Negated);
        // `invited him to visit`: not done, even where whom is asked is not known.
        let is_asked_of_somebody = event.kind.is_verbal()
            && event.status == Status::Asserted
            && self.clause.relation(firing.at) == Relation::Xcomp
            && self.clause.head(firing.at).is_some_and(|verb| {
                ASKING.iter().any(|&kind| is_put_as(self.language, self.clause, verb, kind))
            });
        is_asked_of_somebody
            || self.is_yielded_below(firing, event, firings)
            || firings
                .iter()
                .filter(|other| other.at != firing.at)
                .filter(|other| ASKING.contains(&other.frame.kind) && !other.frame.denial)
                .any(|other| {
                    let said = self.clause.complement_heads(other.at);
                    // What is threatened has not been done, however the language puts it.
                    // `se niega a enviar`: nor has what is refused, though the verb also stands for a denial.
                    let is_open = is_open
                        || other.frame.kind == EventType::Threaten
                        || other.frame.kind == EventType::Reject && event.status == Status::Denied;
                    is_open && self.purposes_over(firing.at).any(|clause| said.contains(&clause))
                        || self.is_what_is_agreed(firing.at, other.at)
                        || self.is_asked_by_whoever_is_quoted(firing, other)
                })
    }

    /// Spanish `renunció a imponer aranceles`, `accedió a reabrir la frontera`: what somebody yields by doing or leaving it is
    /// told by the yielding, and is not done yet, or not at all.
    fn is_yielded_below(&self, firing: &Firing<'_>, event: &Event, firings: &[Firing<'_>]) -> bool {
        matches!(event.status, Status::Requested | Status::Planned | Status::Negated)
            && firings
                .iter()
                .filter(|other| other.at != firing.at && other.frame.kind == EventType::Concede)
                .any(|other| {
                    let said = self.clause.complement_heads(other.at);
                    self.purposes_over(firing.at).any(|clause| said.contains(&clause))
                })
    }

    /// `“We call on Norway to withdraw,” he said`: what a quotation asks for in its own words has not been done.
    fn is_asked_by_whoever_is_quoted(&self, firing: &Firing<'_>, request: &Firing<'_>) -> bool {
        let Some((act, verb)) = self.clause.word(firing.at).zip(self.clause.word(request.at)) else {
            return false;
        };
        request.frame.kind == EventType::Request
            && self.clause.upos(request.at) == Upos::Verb
            && self.clause.head(firing.at) == Some(request.at)
            && matches!(self.clause.relation(firing.at), Relation::Xcomp | Relation::Ccomp)
            && quotations_over(self.mentions, act.span).iter().any(|quotation| {
                quotation.form == QuotationForm::Direct && quotation.content.contains(verb.span)
            })
    }

    /// `reached a consensus to exchange data`, `insisted on its demand to be heard`: the infinitive or clause says
    /// what the agreement or demand is.
    fn is_what_is_agreed(&self, at: usize, agreement: usize) -> bool {
        let clause = self.clause.clause_head(at);
        let is_content = |noun: usize| {
            ["agreement", "demand", "threat"].iter().any(|class| self.clause.is_a(noun, class))
                && self.clause.sentence.is_below(noun, agreement)
        };
        self.clause.relation(clause) == Relation::Acl
            && !self.clause.children_by(clause, &[Relation::Mark]).is_empty()
            && self.clause.head(clause).is_some_and(is_content)
    }

    /// `denied arming the rebels who seized the town`, `asked for the return of the men captured in May`: what people and
    /// things are described by has been done, whatever is denied, asked for or promised of them.
    pub(crate) fn is_description(&self, at: usize, over: &[&Quotation]) -> bool {
        let clauses = std::iter::successors(Some(self.clause.clause_head(at)), |&clause| {
            let joined =
                matches!(self.clause.relation(clause), Relation::Conj | Relation::Ccomp | Relation::Xcomp);
            let head = self.clause.head(clause).filter(|_| joined)?;
            Some(self.clause.clause_head(head)).filter(|&above| above != clause)
        });
        clauses.take(self.clause.sentence.words.len()).any(|clause| {
            self.tells_what_was_done(clause)
                && self
                    .clause
                    .head(clause)
                    .and_then(|noun| self.clause.word(noun))
                    .is_some_and(|noun| over.iter().all(|quotation| quotation.content.contains(noun.span)))
        })
    }

    /// Whether a clause describes a noun by what was done, and not by what it is for.
    fn tells_what_was_done(&self, clause: usize) -> bool {
        let has = |name, value| self.clause.word(clause).is_some_and(|word| word.features.has(name, value));
        let is_past = has("Tense", "Past") || has("VerbForm", "Sup");
        let is_unmarked = self.clause.children_by(clause, &[Relation::Mark]).is_empty();
        match self.clause.relation(clause) {
            Relation::AclRelcl => is_past,
            Relation::Acl => is_past && is_unmarked,
            _ => false,
        }
    }

    /// The clause that a word stands in, and the clauses that it is the purpose or content of, without a doer of
    /// its own: `agreed that they should cooperate to encourage …`.
    fn purposes_over(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let next = |clause: usize| {
            // `urged Chad to unite and arm`: the second infinitive is asked for as the first is.
            let is_joined = self.clause.relation(clause) == Relation::Conj
                && self.clause.head(clause).is_some_and(|first| {
                    self.clause.relation(first) == Relation::Xcomp && !self.clause.is_finite(clause)
                });
            let is_below =
                matches!(self.clause.relation(clause), Relation::Xcomp | Relation::Advcl | Relation::Acl);
            let shares_doer = (is_below || is_joined)
                && !self.tells_what_was_done(clause)
                && self.clause.children_by(clause, &[Relation::Nsubj, Relation::NsubjPass]).is_empty();
            let head = self.clause.head(clause).filter(|_| shares_doer)?;
            Some(self.clause.clause_head(head)).filter(|&above| above != clause)
        };
        std::iter::successors(Some(self.clause.clause_head(at)), move |&clause| next(clause))
            .take(self.clause.sentence.words.len())
    }

    /// The words above a word up to the predicate of its clause, and the one that governs that.
    pub(crate) fn above(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let top = self.clause.clause_head(at);
        let last = if matches!(self.clause.relation(top), Relation::Xcomp | Relation::Ccomp) {
            self.clause.head(top)
        } else {
            Some(top)
        };
        let mut node = Some(at);
        let mut done = false;
        std::iter::from_fn(move || {
            if done {
                return None;
            }
            node = self.clause.head(node?);
            done = node == last || node.is_none();
            node
        })
        .take(self.clause.sentence.words.len())
    }

    /// Whether two predicates tell one thing: one governs the other, or they stand in one clause.
    pub(crate) fn hang_together(&self, a: usize, b: usize) -> bool {
        let top = |at: usize| {
            let top = self.clause.clause_head(at);
            match self.clause.relation(top) {
                Relation::Xcomp | Relation::Advcl | Relation::Acl | Relation::Conj | Relation::Ccomp => {
                    self.clause.head(top).map_or(top, |head| self.clause.clause_head(head))
                }
                _ => top,
            }
        };
        let (clause_a, clause_b) = (self.clause.clause_head(a), self.clause.clause_head(b));
        clause_a == clause_b || top(a) == clause_b || clause_a == top(b) || top(a) == top(b)
    }

    /// `will discuss the invasion`, `is to condemn the attack`: violence that one is to speak of has not to be done first.
    pub(crate) fn is_spoken_of(&self, firing: &Firing<'_>) -> bool {
        const SPEAKING: [EventType; 3] = [EventType::Consult, EventType::Accuse, EventType::Support];
        firing.frame.kind == EventType::Assault
            && firing.frame.part == Part::Noun
            && matches!(
                self.clause.relation(firing.at),
                Relation::Obj | Relation::Obl | Relation::Nmod | Relation::NsubjPass
            )
            && self
                .above(firing.at)
                .any(|verb| SPEAKING.iter().any(|&kind| is_put_as(self.language, self.clause, verb, kind)))
    }

    /// `travelled to Iran to meet its president`, `gave arms to support it`: the visit, gift or march that a meeting, support
    /// or protest is the purpose of.
    pub(crate) fn means_over(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> Option<usize> {
        let verb = if firing.frame.part == Part::Noun && self.clause.relation(firing.at) == Relation::Obj {
            self.clause.head(firing.at)?
        } else {
            firing.at
        };
        let head = self.clause.head(verb)?;
        let is_purpose = matches!(self.clause.relation(verb), Relation::Advcl | Relation::Xcomp);
        let is_visit = firings.iter().any(|other| other.at == head && other.frame.kind == EventType::Consult);
        let is_gift = || {
            firing.frame.kind == EventType::Support
                && is_listed(self.language, self.clause, head, EventType::Aid)
        };
        // Spanish `desfilaron para protestar`: what is said, or protested, is so by doing what it is the purpose of.
        let is_voiced = || {
            matches!(firing.frame.kind, EventType::Protest | EventType::Request | EventType::Accuse)
                && self.clause.is_purpose(verb)
                && !self.clause.has_infinitive_mark(verb)
        };
        let is_met = matches!(firing.frame.kind, EventType::Consult | EventType::Support);
        (is_purpose && (is_met && (is_visit || is_gift()) || is_voiced())).then_some(head)
    }
}

/// `announced the withdrawal`, `saw no point in talks`: the verb above tells what comes of what its noun tells of.
fn is_announced_by(firing: &Firing<'_>, other: &Firing<'_>) -> bool {
    match other.frame.kind {
        EventType::Concede => firing.frame.kind == EventType::Retreat,
        EventType::Reject => firing.frame.kind == EventType::Consult,
        _ => false,
    }
}
