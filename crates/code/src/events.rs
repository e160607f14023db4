use chancery_core::{
    ActorKind, Analysis, BlockKind, Confidences, CountryCode, Date, Document, Event, EventType, Mention,
    Mentions, Mode, Participant, Polarity, Quotation, Refinement, Relation, ResolvedDate, Say, Sector, Span,
    Stance, Status, TimeFrame, Word,
};
use xxhash_rust::xxh3::xxh3_64;

use crate::answers::find_dyad;
use crate::attribution::{chain, hearsay_cues, quotations_over, speaker_name};
use crate::clause::Clause;
use crate::confidence::{ConfidenceTable, Values};
use crate::dating::{Focus, Told, date_of, find_focus, is_told_ahead};
use crate::firing::{Firing, fire};
use crate::frame::{Part, Slot};
use crate::language::Language;
use crate::merging::{is_one_act, merge, tells_the_same};
use crate::modality::{Modality, assess};
use crate::parties::{Parties, Party};
use crate::protest::protesters;
use crate::status::{planned, refused, status_of, threatened};
use crate::words::{WordClass, WordKeys};

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
    let political = share_of_politics(mentions);
    let dyad = find_dyad(mentions);
    for (index, sentence) in analysis.sentences.iter().enumerate() {
        let kind = document.blocks.get(sentence.block).map(|block| block.kind);
        let keys = WordKeys::of_sentence(sentence, language.spelling());
        if of_pastimes && keys.iter().any(|keys| language.classes.holds("pastime", keys)) {
            continue;
        }
        let clause = Clause::new(sentence, &keys, language).with_times(mentions, index);
        let coded = SentenceCoder {
            document,
            mentions,
            language,
            clause: &clause,
            sentence: index,
            focus: focus.as_ref(),
            conflict_since,
            told: &told,
            political,
            dyad,
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

/// The share of a document's mentions that are of states, officials, parties and those who bear arms.
fn share_of_politics(mentions: &Mentions) -> f32 {
    let is_political = |mention: &&Mention| {
        let mut actors = mention.actors.iter().filter_map(|&actor| mentions.actors.get(actor));
        actors.any(|actor| {
            matches!(
                actor.kind,
                ActorKind::State | ActorKind::Government | ActorKind::Alliance | ActorKind::ArmedGroup
            ) || actor.sector.is_some_and(Sector::is_political)
        })
    };
    let political = mentions.mentions.iter().filter(is_political).count();
    political as f32 / mentions.mentions.len().max(1) as f32
}

/// The day on which an act of material conflict is told to have begun, where the text dates it by the day.
fn conflict_began(event: &Event) -> Option<Date> {
    let range = event.date.as_ref()?.range;
    let is_dated = range.from.is_some() && range.from == range.to && event.status == Status::Asserted;
    (event.kind == EventType::Assault && is_dated).then_some(range.from).flatten()
}

/// What it takes to code one sentence.
pub(crate) struct SentenceCoder<'a> {
    pub(crate) document: &'a Document,
    pub(crate) mentions: &'a Mentions,
    pub(crate) language: &'a Language,
    pub(crate) clause: &'a Clause<'a>,
    pub(crate) sentence: usize,
    focus: Option<&'a Focus>,
    /// When the conflict that the text has told of began.
    pub(crate) conflict_since: Option<Date>,
    /// What the text has told of before.
    pub(crate) told: &'a [Event],
    /// The share of the document's mentions that are of states, officials, armed groups and the like.
    pub(crate) political: f32,
    /// The two states that the document is about, where there are two.
    pub(crate) dyad: Option<(CountryCode, CountryCode)>,
}

/// How an act is told.
struct Telling {
    kind: EventType,
    modes: Vec<Mode>,
    /// What the frame calls it beside PLOVER's names.
    own: Refinement,
    modality: Modality,
    says: Vec<Say>,
    is_planned: bool,
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
        self.go_on_without_subject(&parties, &mut firings);
        self.demand_of_others(&parties, &mut firings);
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
        self.judge_the_doer(&mut firings);
        self.blame_the_doer(&parties, &mut firings);
        self.answer_the_other_side(&mut firings);
        self.arm_the_user(&parties, &mut firings);
        self.charge_the_accused(&mut firings);
        self.strike_the_speaker(&parties, &mut firings);
        self.guess_who_arrests(&parties, &mut firings);
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
            let is_known = |known: &Event| near(known) && is_one_act(known, &event);
            match events.iter_mut().find(|known| {
                is_known(known)
                    || self.is_spelt_out(firing, &firings, known, &event)
                    || self.is_harm_done(firing, known, &event)
            }) {
                Some(known) => merge(known, event),
                None => events.push(event),
            }
        }
        events.retain(is_kept);
        self.count_casualties(&mut events);
        events
    }

    /// Whether a noun's act is what the frame of its verb was made for: Spanish `dio muerte a un juez` tells one
    /// death, whatever else the noun could take for its parties.
    fn is_spelt_out(
        &self,
        firing: &Firing<'_>,
        firings: &[Firing<'_>],
        known: &Event,
        event: &Event,
    ) -> bool {
        let asks_for_object = |verb: &&Firing<'_>| {
            verb.frame.conditions.iter().any(|condition| {
                condition.slot == Slot::Object && !condition.absent && !condition.words.is_empty()
            })
        };
        let is_object = self.clause.relation(firing.at) == Relation::Obj;
        let verb = firings.iter().find(|verb| is_object && self.clause.head(firing.at) == Some(verb.at));
        known.kind == event.kind
            && !known.kind.is_mutual()
            && !known.recipient.is_empty()
            && verb
                .filter(asks_for_object)
                .and_then(|verb| self.clause.word(verb.at))
                .is_some_and(|word| word.span == known.predicate)
            && (event.source.is_empty()
                || event.source.iter().any(|party| known.source.iter().any(|doer| doer.id == party.id)))
    }

    fn event(&self, parties: &Parties<'_>, firing: &Firing<'_>, firings: &[Firing<'_>]) -> Option<Event> {
        let frame = firing.frame;
        let word = self.clause.word(firing.at)?;
        let Telling { kind, modes, mut own, modality, mut says, is_planned } =
            self.telling(parties, firing, firings, word);
        let stated = frame.status.filter(|_| kind != EventType::Reject || kind == frame.kind);
        let status = status_of(kind, frame.denial, stated, &modality, &says);
        let attribution = self.attribution(kind, word.span, firing, &says);
        says.retain(|say| !say.who.is_empty());
        let is_known = modality.background || self.is_told_as_known(firing.at);
        // A threat is made when it is told; only what it threatens with is to come.
        let told = if is_planned && kind != EventType::Threaten {
            Told::Ahead
        } else if !is_known && (status == Status::Asserted || kind.is_verbal()) {
            Told::News
        } else {
            Told::Known
        };
        let evidence = self.evidence(firing);
        let (date, date_ground) = self.date(firing.at, told).unzip();
        let date = date.map(|date| self.not_before_the_conflict(firing.at, kind, evidence, date));
        let side = |found: &[Party]| found.iter().filter_map(|party| parties.participant(party)).collect();
        self.add_own_contexts(&mut own, evidence);
        let mut event = Event {
            id: String::new(),
            kind,
            modes,
            contexts: self.contexts(frame, evidence),
            own,
            source: firing.source.iter().filter_map(|party| protesters(parties, kind, party)).collect(),
            recipient: side(&firing.recipient),
            why: self.why(parties, firing, word, &modality, &says, date.as_ref()),
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
            confidence: 0.0,
            confidences: Confidences::default(),
        };
        let mut grounds = self.grounds(parties, firing, &event);
        grounds.extend(date_ground.map(|ground| format!("date.{ground}")));
        (event.confidence, event.confidences) =
            ConfidenceTable::get().confidences(grounds, Values::of(&event));
        event.why.push(event.confidences.to_string());
        Some(event)
    }

    /// Reads off the words around a predicate how its act is put and who says so, and which act that makes it:
    /// help that is to come is a promise, violence that is announced a threat.
    fn telling(
        &self,
        parties: &Parties<'_>,
        firing: &Firing<'_>,
        firings: &[Firing<'_>],
        word: &Word,
    ) -> Telling {
        let frame = firing.frame;
        let over = quotations_over(self.mentions, word.span);
        let mut modality = assess(self.clause, &self.language.modality, firing.at, &hearsay_cues(&over));
        // Turkish `onaylamadı`, Russian `не пустили`: the frame is of the negated verb; not so `reddetmedi`.
        let is_of_negated =
            modality.negated_by_form && self.is_of_negated_form(firing) || self.lists_negation(firing);
        if std::ptr::eq(frame, &raw const self.language.demand) {
            // That it has to be done, or not to be, is what is demanded.
            modality = Modality::default();
        }
        // `will not go unpunished` threatens: the frame lists the negation.
        if matches!(frame.kind, EventType::Reject | EventType::Threaten) && is_of_negated {
            modality.polarity = Polarity::Yes;
            // What one will not do, one refuses now.
            if modality.will && frame.kind == EventType::Reject {
                modality.frame = TimeFrame::PastOrPresent;
                modality.will = false;
            }
        }
        if let Some(means) = self.means_over(firing, firings) {
            // A meeting that a visit is for took place if the visit did; so was the support shown that it was to show.
            let means = assess(self.clause, &self.language.modality, means, &hearsay_cues(&over));
            modality = if means.frame == TimeFrame::Future { means } else { Modality::default() };
        }
        if modality.frame == TimeFrame::Future && self.is_spoken_of(firing) {
            modality.frame = TimeFrame::PastOrPresent;
            modality.will = false;
            modality.why.push("what one will speak of is there".to_owned());
        }
        if (frame.kind == EventType::Consult || !frame.kind.is_verbal())
            && modality == (Modality { why: modality.why.clone(), ..Modality::default() })
            && is_told_ahead(self.mentions, self.clause, self.sentence, firing.at)
            && !self.is_spoken_of(firing)
        {
            modality.frame = TimeFrame::Future;
            modality.will = true;
            modality.why.push("told in the present, and dated after the report".to_owned());
        }
        let mut says = chain(self.document, self.mentions, &over);
        if self.is_description(firing.at, &over) {
            says.retain(|say| !matches!(say.stance, Stance::Asks | Stance::Plans | Stance::Denies));
        }
        if modality.presupposed {
            // Whoever asks for its end says that it goes on.
            for say in says.iter_mut().filter(|say| say.stance == Stance::Asks) {
                say.stance = Stance::Alleges;
            }
        }
        let alleged_by =
            |who: String, cue: &Word| Say { who, stance: Stance::Alleges, cue: cue.form.clone(), span: None };
        if says.is_empty()
            && let Some(charge) = self.charge_over(firing.at, firings)
            && let Some(cue) = self.clause.word(charge.at)
        {
            let accuser = charge.source.first().and_then(|party| parties.actor(party));
            says.push(alleged_by(accuser.map(|actor| actor.name.clone()).unwrap_or_default(), cue));
        }
        if let Some(denial) = self.denial_over(firing.at, firings) {
            says.retain(|say| say.who != denial.who && say.stance != Stance::Denies);
            says.push(denial);
        }
        if modality.hedged {
            says.push(alleged_by(String::new(), word));
        }
        let is_planned = modality.frame == TimeFrame::Future && modality.polarity == Polarity::Yes;
        // A noun may be put to the future by what is said of it: `the invasion will be discussed`.
        // Nor does a noun announce anything by itself: `would impose sanctions` does.
        let is_announced = frame.part == Part::Verb && !firing.source.is_empty()
            || firings.iter().any(|verb| {
                verb.frame.kind == frame.kind
                    && verb.frame.part == Part::Verb
                    && !verb.source.is_empty()
                    && self.clause.head(firing.at) == Some(verb.at)
            });
        let is_declared = is_announced
            && !modality.purpose
            && !modality.attempted
            && !self.is_foretold_by_another(&over, firing);
        let (mut kind, mut modes, mut own) = (frame.kind, firing.modes.clone(), frame.own.clone());
        // What an act of another type is called is for the rules of the user's own ontology to say.
        let another =
            |kind| Refinement { kind, contexts: frame.own.contexts.clone(), ..Refinement::default() };
        if is_planned {
            let becomes =
                frame.future.as_ref().map_or_else(|| planned(kind, is_declared), |future| future.base);
            if let Some(future) = &frame.future {
                own = Refinement { by: Some(frame.name.clone()), ..another(future.own.clone()) };
            } else if becomes != kind {
                own = another(None);
            }
            if becomes != kind {
                modes = if becomes == EventType::Threaten { threatened(kind, &modes) } else { Vec::new() };
                kind = becomes;
            }
        }
        if kind == EventType::Concede && self.is_put_unless(firing, is_planned) {
            modes = Vec::new();
            own = another(None);
            kind = EventType::Threaten;
        } else if self.is_promise_not_to_help(firing)
            || !is_planned
                && is_declared
                && (modality.will || self.is_of_will(firing) || self.is_willed_not_to_be(firing))
                && modality.polarity == Polarity::No
                && kind.quad() <= 2
        {
            // `will not lift the ban`: a refusal, which is an act, and done.
            modes = refused(kind);
            own = another(None);
            kind = EventType::Reject;
            modality.polarity = Polarity::Yes;
            modality.frame = TimeFrame::PastOrPresent;
            modality.why.push("what one will not do, one refuses".to_owned());
        }
        Telling { kind, modes, own, modality, says, is_planned }
    }

    /// French `ne veut pas dialoguer`: whether the frame is of a verb of will, which negated refuses.
    fn is_of_will(&self, firing: &Firing<'_>) -> bool {
        firing.frame.kind == EventType::Agree
            && firing.frame.part == Part::Verb
            && self.clause.keys.get(firing.at).is_some_and(|keys| self.language.modality.holds("plan", keys))
    }

    /// `Chad feared that Kenya would attack`: what somebody else foretells is no threat of the doer's.
    fn is_foretold_by_another(&self, over: &[&Quotation], firing: &Firing<'_>) -> bool {
        let Some(last) = over.iter().rev().find(|quotation| !quotation.speaker_actors.is_empty()) else {
            return false;
        };
        let is_of_doer = |speaker: usize| {
            let Some(actor) = self.mentions.actors.get(speaker) else { return true };
            actor.kind == ActorKind::Media
                || actor.country.is_none()
                || firing.source.iter().any(|doer| {
                    doer.actor == speaker
                        || self
                            .mentions
                            .actors
                            .get(doer.actor)
                            .is_none_or(|doer| doer.country == actor.country)
                })
        };
        !last.speaker_actors.iter().any(|&speaker| is_of_doer(speaker))
    }

    /// Whether a negation is among the words that a frame lists: `пустить_не`.
    fn lists_negation(&self, firing: &Firing<'_>) -> bool {
        let negations = self.clause.children(firing.at).iter().copied().filter(|&child| {
            self.clause.keys.get(child).is_some_and(|keys| self.language.modality.holds("negation", keys))
        });
        let listed =
            || firing.frame.predicates.iter().filter(|listed| self.clause.fits(firing.at, &listed.first));
        negations.into_iter().any(|negation| {
            listed().any(|listed| listed.companions.iter().any(|word| self.clause.fits(negation, word)))
        })
    }

    /// Whether a frame lists the form that negates a verb: its words reach into the ending, or the beginning, that does.
    fn is_of_negated_form(&self, firing: &Firing<'_>) -> bool {
        let negatives = self.language.modality.get("negative-form").map_or(&[][..], WordClass::patterns);
        let words =
            std::iter::once(firing.at).chain(self.clause.children_by(firing.at, &[Relation::Compound]));
        words.filter_map(|at| self.clause.keys.get(at)).any(|keys| {
            firing.frame.predicates.iter().any(|listed| {
                std::iter::once(&listed.first)
                    .chain(&listed.companions)
                    .any(|word| negatives.iter().any(|negative| keys.overlap(word, negative)))
            })
        })
    }

    /// When the act took place, and what says so.
    fn date(&self, at: usize, told: Told) -> Option<(ResolvedDate, &'static str)> {
        date_of(
            self.document,
            self.mentions,
            self.clause,
            &self.language.narrative,
            self.sentence,
            at,
            self.focus,
            told,
        )
    }

    /// How each value was found, a line each.
    fn why(
        &self,
        parties: &Parties<'_>,
        firing: &Firing<'_>,
        word: &Word,
        modality: &Modality,
        says: &[Say],
        date: Option<&ResolvedDate>,
    ) -> Vec<String> {
        let frame = firing.frame;
        let mut why =
            vec![format!("the word `{}` fires the frame {} ({})", word.form, frame.name, frame.place())];
        why.extend(
            firing
                .moded_by
                .map(|other| format!("its mode is that of the frame {} ({})", other.name, other.place())),
        );
        why.extend(firing.source.iter().map(|party| self.why_party("source", parties, party)));
        why.extend(firing.recipient.iter().map(|party| self.why_party("recipient", parties, party)));
        why.extend(modality.why.iter().cloned());
        why.extend(says.iter().map(|say| format!("{} {} it (`{}`)", say.who, say.stance, say.cue)));
        why.extend(date.map(|date| format!("dated {}: {}", date.range, date.how)));
        why
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
}

/// The kinds of people whom a text calls nothing but people.
const ANYBODY: [&str; 4] = [":persons", ":people", ":suspects", ":residents"];

/// Negated acts are no events unless somebody is said not to have done them to somebody.
fn is_kept(event: &Event) -> bool {
    // `A man gets six years`: whom no name tells from others, charged or sentenced by nobody who is named, is no matter of
    // politics.
    let is_anybody =
        |party: &Participant| party.country.is_none() && ANYBODY.iter().any(|kind| party.id.ends_with(kind));
    if matches!(event.kind, EventType::Sanction | EventType::Accuse)
        && event.source.is_empty()
        && !event.recipient.is_empty()
        && event.recipient.iter().all(is_anybody)
    {
        return false;
    }
    let both = !event.source.is_empty() && !event.recipient.is_empty()
        || event.kind.is_mutual() && event.source.len() > 1;
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
