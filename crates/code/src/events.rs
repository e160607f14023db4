use chancery_core::{
    Analysis, BlockKind, Date, DateRange, Document, Event, EventPlace, EventType, Mentions, Mode,
    Participant, Polarity, Relation, ResolvedDate, Say, Sense, Span, Stance, Status, TimeFrame, TimeKind,
    Upos,
};
use xxhash_rust::xxh3::xxh3_64;

use crate::attribution::{chain, hearsay_cues, quotations_over, speaker_name};
use crate::clause::Clause;
use crate::dating::{Focus, Told, date_of, find_focus};
use crate::firing::{Firing, fire, is_listed, is_put_as};
use crate::frame::{Part, Slot};
use crate::language::Language;
use crate::modality::{Modality, assess};
use crate::parties::{Parties, Party};
use crate::words::WordKeys;

/// Codes every event of a document, in the order of the text.
pub(crate) fn find_events(
    document: &Document,
    analysis: &Analysis,
    mentions: &Mentions,
    language: &Language,
) -> Vec<Event> {
    let focus = find_focus(document, mentions);
    let mut events = Vec::new();
    let mut from_title = Vec::new();
    let mut conflict_since = None;
    let mut told: Vec<Event> = Vec::new();
    let of_pastimes = tells_of_pastimes(analysis, language);
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let kind = document.blocks.get(sentence.block).map(|block| block.kind);
        let keys = WordKeys::of_sentence(sentence, language.spelling());
        if of_pastimes && keys.iter().any(|keys| language.classes.holds("pastime", keys)) {
            continue;
        }
        let clause = Clause::new(sentence, &keys, &language.classes);
        let coded = SentenceCoder {
            document,
            mentions,
            language,
            clause: &clause,
            sentence: index,
            focus: focus.as_ref(),
            conflict_since,
            told: &told,
        }
        .code();
        told.extend(coded.iter().cloned());
        if let Some(began) = coded.iter().filter_map(conflict_began).min() {
            conflict_since = Some(conflict_since.map_or(began, |known| known.min(began)));
        }
        if matches!(kind, Some(BlockKind::Title | BlockKind::Subheading | BlockKind::Caption)) {
            from_title.extend(coded);
        } else {
            events.extend(coded);
        }
    }
    // A headline, and what stands under a picture, repeat what the text tells with more words; what only
    // they tell is kept.
    from_title.retain(|headline| !events.iter().any(|event| tells_the_same(headline, event)));
    from_title.extend(events);
    from_title.sort_by_key(|event| event.predicate);
    for (index, event) in from_title.iter_mut().enumerate() {
        let key = format!("{}\0{}\0{index}\0{}", document.name, event.predicate.start(), event.rule);
        event.id = format!("{:012x}", xxh3_64(key.as_bytes()) & 0xffff_ffff_ffff);
    }
    from_title
}

/// Whether a document is about sport or shows, where `attack`, `defeat` and `visit` are no acts of politics: at
/// least three of its words, and one in fifty, are of the class `pastime`.
fn tells_of_pastimes(analysis: &Analysis, language: &Language) -> bool {
    const FEWEST: usize = 3;
    const ONE_IN: usize = 50;
    let words =
        analysis.sentences.iter().flat_map(|sentence| WordKeys::of_sentence(sentence, language.spelling()));
    let (mut all, mut of_pastimes) = (0, 0);
    for keys in words {
        all += 1;
        of_pastimes += usize::from(language.classes.holds("pastime", &keys));
    }
    of_pastimes >= FEWEST && of_pastimes * ONE_IN >= all
}

/// The day on which an act of material conflict is told to have begun, where the text dates it by the day.
fn conflict_began(event: &Event) -> Option<Date> {
    let range = event.date.as_ref()?.range;
    let is_dated = range.from.is_some() && range.from == range.to && event.status == Status::Asserted;
    (event.kind == EventType::Assault && is_dated).then_some(range.from).flatten()
}

/// Whether an event of the text tells what a headline tells: the same kind of act between the same parties.
fn tells_the_same(headline: &Event, event: &Event) -> bool {
    let everyone = |event: &Event| -> Vec<Participant> {
        event.source.iter().chain(&event.recipient).cloned().collect()
    };
    let told = everyone(event);
    headline.kind.quad() == event.kind.quad()
        && everyone(headline).iter().all(|party| told.iter().any(|other| is_same_party(party, other)))
}

fn is_same_party(a: &Participant, b: &Participant) -> bool {
    a.id == b.id || (a.country.is_some() && a.country == b.country)
}

/// What it takes to code one sentence.
pub(crate) struct SentenceCoder<'a> {
    document: &'a Document,
    pub(crate) mentions: &'a Mentions,
    language: &'a Language,
    pub(crate) clause: &'a Clause<'a>,
    sentence: usize,
    focus: Option<&'a Focus>,
    /// When the conflict that the text has told of began.
    conflict_since: Option<Date>,
    /// What the text has told of before.
    pub(crate) told: &'a [Event],
}

/// Events coded per sentence at most; a list of 500 actors is still one sentence.
const MOST_EVENTS: usize = 24;

impl SentenceCoder<'_> {
    fn code(&self) -> Vec<Event> {
        let parties = Parties::new(self.mentions, self.sentence, self.clause.sentence);
        let mut firings: Vec<_> = (0..self.clause.sentence.words.len())
            .filter(|&at| !self.is_of_a_time(at))
            .filter_map(|at| fire(self.language, self.clause, &parties, at, &[]))
            .collect();
        firings.extend(self.charges(&parties, &firings));
        firings.sort_by_key(|firing| firing.at);
        firings.truncate(MOST_EVENTS);
        self.hand_over_aims(&parties, &mut firings);
        let topics: Vec<_> = firings
            .iter()
            .filter(|firing| self.is_topic(firing, &firings) || self.is_told_by_verb(firing, &firings))
            .map(|f| f.at)
            .collect();
        firings.retain(|firing| !topics.contains(&firing.at));
        self.blame_the_doer(&parties, &mut firings);
        self.answer_the_accuser(&mut firings);
        self.arm_the_user(&parties, &mut firings);
        self.charge_the_accused(&mut firings);
        let mut events: Vec<Event> = Vec::new();
        for firing in &firings {
            let Some(event) = self.event(&parties, firing, &firings) else { continue };
            if self.is_what_is_asked(firing, &event, &firings) {
                continue;
            }
            let near = |known: &Event| {
                firings.iter().any(|other| {
                    self.clause.word(other.at).is_some_and(|word| word.span == known.predicate)
                        && self.hang_together(other.at, firing.at)
                })
            };
            match events.iter_mut().find(|known| near(known) && is_one_act(known, &event)) {
                Some(known) => merge(known, event),
                None => events.push(event),
            }
        }
        events.retain(is_kept);
        events
    }

    fn event(&self, parties: &Parties<'_>, firing: &Firing<'_>, firings: &[Firing<'_>]) -> Option<Event> {
        let frame = firing.frame;
        let word = self.clause.word(firing.at)?;
        let over = quotations_over(self.mentions, word.span);
        let mut modality = assess(self.clause, &self.language.modality, firing.at, &hearsay_cues(&over));
        if frame.kind == EventType::Reject && modality.negated_by_form {
            // Turkish `onaylamadı` (did not approve): the frame is of the negated verb.
            modality.polarity = Polarity::Yes;
        }
        let mut kind = frame.kind;
        let mut modes = firing.modes.clone();
        if kind == EventType::Consult
            && let Some(visit) = self.visit_over(firing, firings)
        {
            // A meeting that a visit is for took place if the visit did.
            let visit = assess(self.clause, &self.language.modality, visit, &hearsay_cues(&over));
            modality = if visit.frame == TimeFrame::Future { visit } else { Modality::default() };
        }
        let mut says = chain(self.document, self.mentions, &over);
        if modality.presupposed {
            // Whoever asks for its end says that it goes on.
            for say in says.iter_mut().filter(|say| say.stance == Stance::Asks) {
                say.stance = Stance::Alleges;
            }
        }
        if says.is_empty()
            && let Some(charge) = self.charge_over(firing.at, firings)
        {
            says.push(Say {
                who: charge
                    .source
                    .first()
                    .and_then(|party| parties.actor(party))
                    .map(|a| a.name.clone())
                    .unwrap_or_default(),
                stance: Stance::Alleges,
                cue: self.clause.word(charge.at).map(|word| word.form.clone()).unwrap_or_default(),
                span: None,
            });
        }
        if modality.hedged {
            says.push(Say {
                who: String::new(),
                stance: Stance::Alleges,
                cue: word.form.clone(),
                span: None,
            });
        }
        let planned = modality.frame == TimeFrame::Future && modality.polarity == Polarity::Yes;
        // A noun may be put to the future by what is said of it: `the invasion will be discussed`.
        let is_declared = !firing.source.is_empty() && !modality.purpose && frame.part == Part::Verb;
        if planned {
            let becomes = frame.future.unwrap_or(match kind {
                EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => {
                    EventType::Agree
                }
                EventType::Retreat => EventType::Concede,
                EventType::Assault | EventType::Sanction | EventType::Coerce if is_declared => {
                    EventType::Threaten
                }
                other => other,
            });
            if becomes != kind {
                modes = if becomes == EventType::Threaten { threatened(kind, &modes) } else { Vec::new() };
                kind = becomes;
            }
        } else if is_declared && modality.will && modality.polarity == Polarity::No && kind.quad() <= 2 {
            // `will not lift the ban`: a refusal, which is an act, and done.
            modes = refused(kind);
            kind = EventType::Reject;
            modality.polarity = Polarity::Yes;
            modality.frame = TimeFrame::PastOrPresent;
            modality.why.push("what one will not do, one refuses".to_owned());
        }
        let status = status_of(kind, frame.denial, frame.status, &modality, &says);
        let source: Vec<_> = firing.source.iter().filter_map(|party| parties.participant(party)).collect();
        let recipient: Vec<_> =
            firing.recipient.iter().filter_map(|party| parties.participant(party)).collect();
        let attribution = self.attribution(kind, word.span, firing, &says);
        says.retain(|say| !say.who.is_empty());
        let is_known = modality.background || self.is_told_as_known(firing.at);
        // A threat is made when it is told; only what it threatens with is to come.
        let told = if planned && kind != EventType::Threaten {
            Told::Ahead
        } else if !is_known && (status == Status::Asserted || kind.is_verbal()) {
            Told::News
        } else {
            Told::Known
        };
        let date = date_of(
            self.document,
            self.mentions,
            self.clause,
            &self.language.narrative,
            self.sentence,
            firing.at,
            self.focus,
            told,
        );
        let evidence = self.evidence(firing);
        let date = date.map(|date| self.not_before_the_conflict(kind, evidence, date));
        let contexts = self.contexts(frame, evidence);
        let mut why =
            vec![format!("the word `{}` fires the frame {} (line {})", word.form, frame.name, frame.line)];
        why.extend(firing.source.iter().map(|party| self.why_party("source", parties, party)));
        why.extend(firing.recipient.iter().map(|party| self.why_party("recipient", parties, party)));
        why.extend(modality.why.iter().cloned());
        why.extend(says.iter().map(|say| format!("{} {} it (`{}`)", say.who, say.stance, say.cue)));
        why.extend(date.iter().map(|date| format!("dated {}: {}", date.range, date.how)));
        Some(Event {
            id: String::new(),
            kind,
            modes,
            contexts,
            source,
            recipient,
            date,
            place: self.place(firing.at),
            quantities: self.quantities(evidence),
            polarity: modality.polarity,
            certainty: modality.certainty,
            frame: modality.frame,
            status,
            attribution,
            says,
            background: modality.background,
            evidence,
            predicate: word.span,
            sentence: self.sentence,
            rule: frame.name.clone(),
            confidence: confidence(firing),
            why,
        })
    }

    /// `discussed strengthening ties`: what is talked about has not been done by talking.
    fn is_topic(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> bool {
        if self.is_aim_of_protest(firing, firings) {
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
                    || is_listed(self.language, self.clause, head, EventType::Consult)
            })
    }

    /// `rejected the demand`, `lodged a protest`: where the frame of a verb asks for its object, the two are
    /// one act. Violence stays an act of its own (`halted the attack`) but where it is threatened or asked for.
    fn is_told_by_verb(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> bool {
        firing.frame.part == Part::Noun
            && firings.iter().filter(|other| other.frame.kind != firing.frame.kind).any(|other| {
                let is_open = matches!(other.frame.kind, EventType::Threaten | EventType::Request);
                self.is_put_by(firing, other)
                    || (is_open || firing.frame.kind != EventType::Assault)
                        && other.frame.conditions.iter().any(|condition| {
                            let is_told = matches!(condition.slot, Slot::Object)
                                || is_open && matches!(condition.slot, Slot::Marked(_));
                            is_told
                                && !condition.absent
                                && self.clause.fill(&condition.slot, other.at).contains(&firing.at)
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
    fn is_what_is_asked(&self, firing: &Firing<'_>, event: &Event, firings: &[Firing<'_>]) -> bool {
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
            || firings
                .iter()
                .filter(|other| other.at != firing.at)
                .filter(|other| ASKING.contains(&other.frame.kind) && !other.frame.denial)
                .any(|other| {
                    let said = self.clause.complement_heads(other.at);
                    // What is threatened has not been done, however the language puts it.
                    let is_open = is_open || other.frame.kind == EventType::Threaten;
                    is_open && self.purposes_over(firing.at).any(|clause| said.contains(&clause))
                        || self.is_what_is_agreed(firing.at, other.at)
                })
    }

    /// `in March`: a word of a time is no predicate.
    fn is_of_a_time(&self, at: usize) -> bool {
        let start = self.mentions.times.partition_point(|time| time.sentence < self.sentence);
        self.clause.word(at).is_some_and(|word| {
            self.mentions
                .times
                .iter()
                .skip(start)
                .take_while(|time| time.sentence == self.sentence)
                .any(|time| time.kind != TimeKind::Duration && time.span.contains(word.span))
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

    /// The clause that a word stands in, and the clauses that it is the purpose or content of, without a doer of
    /// its own: `agreed that they should cooperate to encourage …`.
    fn purposes_over(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let next = |clause: usize| {
            let shares_doer =
                matches!(self.clause.relation(clause), Relation::Xcomp | Relation::Advcl | Relation::Acl)
                    && self.clause.children_by(clause, &[Relation::Nsubj, Relation::NsubjPass]).is_empty();
            let head = self.clause.head(clause).filter(|_| shares_doer)?;
            Some(self.clause.clause_head(head)).filter(|&above| above != clause)
        };
        std::iter::successors(Some(self.clause.clause_head(at)), move |&clause| next(clause))
            .take(self.clause.sentence.words.len())
    }

    /// The words above a word up to the predicate of its clause, and the one that governs that.
    fn above(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
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
    fn hang_together(&self, a: usize, b: usize) -> bool {
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

    /// The accusation that an act is the content of: `accused Congo of the bombing`. What stands before the accused
    /// is no content: `after the raid, Kurti accused Belgrade`.
    fn charge_over<'f, 'l>(&self, at: usize, firings: &'f [Firing<'l>]) -> Option<&'f Firing<'l>> {
        let head = self.clause.head(at)?;
        let act = self.clause.word(at)?.span;
        firings.iter().find(|other| {
            other.at == head
                && other.frame.kind == EventType::Accuse
                && other.frame.modes.iter().any(|mode| mode.as_str() == "allege")
                && other.recipient.iter().any(|accused| accused.span < act)
        })
    }

    /// The acts that somebody is accused of in words that do not say again who did them: `accused of a raid`.
    fn charges(&self, parties: &Parties<'_>, firings: &[Firing<'_>]) -> Vec<Firing<'_>> {
        firings
            .iter()
            .flat_map(|charge| self.clause.children(charge.at).iter().map(move |&at| (charge, at)))
            .filter(|(_, at)| !firings.iter().any(|known| known.at == *at))
            .filter_map(|(charge, at)| {
                self.charge_over(at, firings)?;
                fire(self.language, self.clause, parties, at, &charge.recipient)
            })
            .filter(|firing| firing.frame.kind.quad() % 2 == 0)
            .collect()
    }

    /// `accused Congo of the bombing of a camp`: who is accused is who did it, not who says so.
    fn charge_the_accused(&self, firings: &mut [Firing<'_>]) {
        let charged: Vec<_> = firings
            .iter()
            .map(|firing| {
                let charge = self.charge_over(firing.at, firings)?;
                let is_open = firing.source.is_empty()
                    || firing
                        .source
                        .iter()
                        .all(|party| charge.source.iter().any(|by| by.actor == party.actor));
                (is_open && firing.frame.kind.quad() % 2 == 0).then(|| charge.recipient.clone())
            })
            .collect();
        for (firing, accused) in firings.iter_mut().zip(charged) {
            let Some(accused) = accused else { continue };
            firing.recipient.retain(|party| !accused.iter().any(|doer| doer.actor == party.actor));
            firing.source = accused
                .into_iter()
                .map(|doer| Party { how: "is accused of it".to_owned(), ..doer })
                .collect();
        }
    }

    /// `drones supplied to Russia, used in attacks on Ukraine`: they are used by whom they were supplied to.
    fn arm_the_user(&self, parties: &Parties<'_>, firings: &mut [Firing<'_>]) {
        let deliveries: Vec<(usize, Vec<Party>)> = firings
            .iter()
            .filter(|firing| firing.frame.kind == EventType::Aid && !firing.recipient.is_empty())
            .map(|firing| (firing.at, firing.recipient.clone()))
            .collect();
        for firing in firings
            .iter_mut()
            .filter(|firing| firing.frame.kind == EventType::Assault && firing.source.is_empty())
        {
            let tells_of_weapon = self.tells_of(firing.at, "weapon");
            let user = deliveries.iter().find(|(delivery, recipient)| {
                tells_of_weapon
                    && self.clause.sentence.is_below(firing.at, *delivery)
                    && recipient
                        .iter()
                        .all(|party| !firing.recipient.iter().any(|target| target.actor == party.actor))
            });
            let Some((_, recipient)) = user else { continue };
            firing.source = recipient
                .iter()
                .filter(|party| parties.actor(party).is_some_and(Parties::is_political))
                .map(|party| Party {
                    derived: true,
                    how: "the weapons were supplied to them".to_owned(),
                    ..party.clone()
                })
                .collect();
        }
    }

    /// Whether a clause describes a noun of a class: `drones that are used …`.
    fn tells_of(&self, at: usize, class: &str) -> bool {
        let clause = self.clause.clause_head(at);
        matches!(self.clause.relation(clause), Relation::Acl | Relation::AclRelcl)
            && self.clause.head(clause).is_some_and(|noun| self.clause.is_a(noun, class))
    }

    /// `travelled to Iran to meet its president`: the visit that a meeting is the purpose of.
    fn visit_over(&self, firing: &Firing<'_>, firings: &[Firing<'_>]) -> Option<usize> {
        let head = self.clause.head(firing.at)?;
        let is_purpose = matches!(self.clause.relation(firing.at), Relation::Advcl | Relation::Xcomp);
        let is_visit = firings.iter().any(|other| other.at == head && other.frame.kind == EventType::Consult);
        (is_purpose && is_visit).then_some(head)
    }

    fn why_party(&self, side: &str, parties: &Parties<'_>, party: &Party) -> String {
        let name = parties.actor(party).map(|actor| actor.name.as_str()).unwrap_or_default();
        let words = self.document.text.slice(party.span);
        let derived = if party.derived { ", read off a word beside it" } else { "" };
        format!("{side}: `{words}` is {name}{derived} ({})", party.how)
    }

    /// A verbal act is its doer's own where the text gives the doer's words; otherwise it is whoever says so
    /// last, or the article.
    fn attribution(&self, kind: EventType, predicate: Span, firing: &Firing<'_>, says: &[Say]) -> String {
        let own = self.mentions.quotations.iter().find(|quotation| {
            quotation.sentence == self.sentence && quotation.cue.is_some_and(|cue| cue.overlaps(predicate))
        });
        if let Some(quotation) = own.filter(|_| kind.is_verbal()) {
            let name = speaker_name(self.document, self.mentions, quotation);
            if !name.is_empty() {
                return name;
            }
        }
        let innermost = says.iter().rev().find(|say| !say.who.is_empty());
        if let Some(say) = innermost {
            return say.who.clone();
        }
        if kind.is_verbal() && firing.source.len() == 1 && own.is_some() {
            let actor = firing.source.first().and_then(|party| self.mentions.actors.get(party.actor));
            if let Some(actor) = actor {
                return actor.name.clone();
            }
        }
        "article".to_owned()
    }

    /// Who takes a stand on a conflict does so after it began.
    fn not_before_the_conflict(&self, kind: EventType, evidence: Span, date: ResolvedDate) -> ResolvedDate {
        let Some(began) = self.conflict_since.filter(|began| {
            date.range.from.is_none() && date.range.to.is_some_and(|to| *began <= to) && kind.quad() % 2 == 1
        }) else {
            return date;
        };
        let of_conflict = self
            .clause
            .sentence
            .words_in(evidence)
            .any(|word| self.clause.is_a(word, "attack") || self.clause.is_a(word, "crisis"));
        if !of_conflict {
            return date;
        }
        ResolvedDate {
            range: DateRange { from: Some(began), to: date.range.to },
            how: format!("{}, and after the conflict it speaks of began on {began}", date.how),
        }
    }

    /// Perfect and habitual acts are told as known, not as the day's news.
    fn is_told_as_known(&self, at: usize) -> bool {
        let verb = self.clause.clause_head(at);
        // `is said to have met`: the perfect is the infinitive's, not the story's.
        if self.clause.relation(verb) == Relation::Xcomp {
            return false;
        }
        [at, verb].iter().any(|&word| {
            self.clause.children(word).iter().any(|&child| {
                matches!(self.clause.relation(child), Relation::Aux | Relation::Advmod)
                    && self.clause.keys.get(child).is_some_and(|keys| {
                        self.language.narrative.holds("perfect", keys)
                            || self.language.narrative.holds("habitual", keys)
                    })
            })
        })
    }

    /// The words of the clause: the predicate's own subtree with its parties and what governs a noun.
    fn evidence(&self, firing: &Firing<'_>) -> Span {
        let sentence = self.clause.sentence;
        let head = self.clause.clause_head(firing.at);
        let mut span = self.clause.word(firing.at).map_or(sentence.span, |word| word.span);
        for index in sentence.subtree(head) {
            if let Some(word) = sentence.words.get(index) {
                span = span.cover(word.span);
            }
        }
        for party in firing.source.iter().chain(&firing.recipient) {
            if sentence.span.contains(party.span) {
                span = span.cover(party.span);
            }
        }
        self.uncut(span)
    }

    /// A span with the rest of what is written together with its ends: of a script without spaces, up to the
    /// marks on both sides.
    fn uncut(&self, span: Span) -> Span {
        let words = &self.clause.sentence.words;
        let is_mark = |index: usize| self.clause.upos(index) == Upos::Punct;
        let mut range = self.clause.sentence.words_in(span);
        let adjoin = |left: usize, right: usize| {
            let pair = words.get(left).zip(words.get(right));
            !is_mark(left) && !is_mark(right) && pair.is_some_and(|(a, b)| a.span.end() == b.span.start())
        };
        while range.start.checked_sub(1).is_some_and(|before| adjoin(before, range.start)) {
            range.start -= 1;
        }
        while range.end.checked_sub(1).is_some_and(|last| adjoin(last, range.end)) {
            range.end += 1;
        }
        let ends = words.get(range.start).zip(range.end.checked_sub(1).and_then(|last| words.get(last)));
        ends.map_or(span, |(first, last)| span.cover(first.span).cover(last.span))
    }

    fn contexts(&self, frame: &crate::frame::Frame, evidence: Span) -> Vec<chancery_core::Context> {
        let mut contexts = frame.contexts.clone();
        for index in self.clause.sentence.words_in(evidence) {
            let Some(keys) = self.clause.keys.get(index) else { continue };
            for (context, class) in &self.language.contexts {
                if !contexts.contains(context) && class.holds(keys) {
                    contexts.push(*context);
                }
            }
        }
        contexts.sort_unstable();
        contexts
    }

    /// The place of the clause: one named below the predicate, else one of its clause.
    fn place(&self, at: usize) -> Option<EventPlace> {
        let start = self.mentions.places.partition_point(|place| place.sentence < self.sentence);
        let end = self.mentions.places.partition_point(|place| place.sentence <= self.sentence);
        let own_clause = self.clause.clause_head(at);
        // A name that acts (`Moscow said`) is no place.
        let candidates =
            self.mentions.places.get(start..end)?.iter().filter(|place| place.sense == Sense::Place);
        let ranked = candidates.filter_map(|place| {
            let words = self.clause.sentence.words_in(place.span);
            let head = self.clause.sentence.head_of(words);
            if self.clause.sentence.is_below(head, at) {
                Some((0, place))
            } else if self.clause.clause_head(head) == own_clause {
                Some((1, place))
            } else {
                None
            }
        });
        let (_, place) = ranked.min_by_key(|(rank, place)| (*rank, place.span))?;
        Some(EventPlace {
            name: place.name.clone(),
            geonameid: place.geonameid,
            latitude: place.latitude,
            longitude: place.longitude,
            country: place.country,
        })
    }

    fn quantities(&self, evidence: Span) -> Vec<usize> {
        self.mentions
            .quantities
            .iter()
            .enumerate()
            .filter(|(_, quantity)| quantity.sentence == self.sentence && evidence.contains(quantity.span))
            .map(|(index, _)| index)
            .collect()
    }
}

/// What is threatened by announcing an act of material conflict.
fn threatened(kind: EventType, modes: &[Mode]) -> Vec<Mode> {
    let has = |name: &str| modes.iter().any(|mode| mode.as_str() == name);
    let threat = match kind {
        EventType::Assault => "violence",
        _ if has("discontinue") => "relations",
        _ if has("expel") || has("deport") => "expel",
        _ if has("arrest") => "arrest",
        _ => "restrict",
    };
    Mode::new(EventType::Threaten, threat).into_iter().collect()
}

/// What is refused by saying that an act of cooperation will not be done.
fn refused(kind: EventType) -> Vec<Mode> {
    let refusal = match kind {
        EventType::Consult => "meet",
        EventType::Support | EventType::Aid => "assist",
        EventType::Concede | EventType::Retreat => "yield",
        _ => return Vec::new(),
    };
    Mode::new(EventType::Reject, refusal).into_iter().collect()
}

/// The status that a frame states, or that the words around the predicate and its speakers give it.
fn status_of(
    kind: EventType,
    denial: bool,
    stated: Option<Status>,
    modality: &Modality,
    says: &[Say],
) -> Status {
    if let Some(status) = stated.filter(|_| modality.polarity == Polarity::Yes) {
        return status;
    }
    let derived = Status::derive(kind, denial, modality.polarity, modality.certainty, modality.frame, says);
    if modality.asked && derived == Status::Asserted && !kind.is_verbal() {
        Status::Requested
    } else {
        derived
    }
}

/// How sure the coding is: parties read off their own words, and specific frames, are right more often.
/// Not yet calibrated against gold.
fn confidence(firing: &Firing<'_>) -> f32 {
    let mut confidence: f32 = 0.8;
    if firing.source.iter().chain(&firing.recipient).any(|party| party.derived) {
        confidence -= 0.15;
    }
    if firing.source.is_empty() || (firing.recipient.is_empty() && !firing.frame.mutual) {
        confidence -= 0.15;
    }
    if firing.frame.weak {
        confidence -= 0.1;
    }
    confidence.max(0.1)
}

/// Whether two codings of one sentence are of one act: the same type, and parties that do not differ.
fn is_one_act(known: &Event, other: &Event) -> bool {
    // `agreed to cooperate`: what is agreed on is no second agreement.
    if known.kind != other.kind || (known.status != other.status && known.kind != EventType::Agree) {
        return false;
    }
    let everyone = |event: &Event| -> Vec<Participant> {
        event.source.iter().chain(&event.recipient).cloned().collect()
    };
    if known.kind.is_mutual() {
        let (a, b) = (everyone(known), everyone(other));
        let within = |a: &[Participant], b: &[Participant]| {
            a.iter().all(|party| b.iter().any(|other| is_same_party(party, other)))
        };
        return within(&a, &b) || within(&b, &a);
    }
    let compatible = |a: &[Participant], b: &[Participant]| {
        a.is_empty()
            || b.is_empty()
            || a.iter().any(|party| b.iter().any(|other| is_same_party(party, other)))
    };
    compatible(&known.source, &other.source) && compatible(&known.recipient, &other.recipient)
}

fn merge(known: &mut Event, other: Event) {
    let richness = |event: &Event| {
        (
            usize::from(!event.source.is_empty()) + usize::from(!event.recipient.is_empty()),
            event.source.len() + event.recipient.len(),
        )
    };
    let modes: Vec<Mode> = known.modes.iter().chain(&other.modes).copied().collect();
    let contexts: Vec<_> = known.contexts.iter().chain(&other.contexts).copied().collect();
    // `travelled to Iran to meet its president`: the president is who was visited.
    if known.kind == EventType::Consult && !known.recipient.is_empty() && other.recipient.is_empty() {
        for party in &other.source {
            let replaces = known.recipient.iter().position(|host| host.country == party.country);
            let is_visitor = known.source.iter().any(|visitor| visitor.id == party.id);
            if let Some(place) = replaces.filter(|_| !is_visitor)
                && let Some(host) = known.recipient.get_mut(place)
            {
                *host = party.clone();
            }
        }
    } else if richness(&other) > richness(known) {
        let why = known.why.clone();
        let evidence = known.evidence.cover(other.evidence);
        *known = other;
        known.evidence = evidence;
        known.why.extend(why);
    }
    known.modes = modes;
    known.modes.sort_unstable();
    known.modes.dedup();
    known.contexts = contexts;
    known.contexts.sort_unstable();
    known.contexts.dedup();
}

/// Negated acts are no events unless somebody is said not to have done them to somebody.
fn is_kept(event: &Event) -> bool {
    let both = !event.source.is_empty() && !event.recipient.is_empty();
    match event.status {
        Status::Negated | Status::Conditional => both,
        _ => true,
    }
}

/// Adds events and keeps the order of the text.
pub(crate) fn insert(document: &Document, events: &mut Vec<Event>, added: Vec<Event>) {
    for mut event in added {
        let key = format!("{}\0{}\0{}", document.name, event.predicate.start(), event.rule);
        event.id = format!("{:012x}", xxh3_64(key.as_bytes()) & 0xffff_ffff_ffff);
        let at = events.partition_point(|known| known.predicate <= event.predicate);
        events.insert(at, event);
    }
}
