use chancery_core::{
    DateRange, Event, EventPlace, EventType, Refinement, Relation, ResolvedDate, Sense, Span, TimeKind, Upos,
};

use crate::events::SentenceCoder;
use crate::firing::Firing;
use crate::rule::Seen;

impl SentenceCoder<'_> {
    /// `in March`: a word of a time is no predicate.
    pub(crate) fn is_of_a_time(&self, at: usize) -> bool {
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

    /// `retaliatory strikes`, `vedergällningsattacker`
    fn is_retaliation(&self, at: usize) -> bool {
        let says = self.clause.children_by(at, &[Relation::Amod, Relation::Compound]);
        std::iter::once(at).chain(says).any(|word| self.clause.is_a(word, "retaliation"))
    }

    /// Who takes a stand on a conflict does so after it began, and so does who retaliates.
    pub(crate) fn not_before_the_conflict(
        &self,
        at: usize,
        kind: EventType,
        evidence: Span,
        date: ResolvedDate,
    ) -> ResolvedDate {
        let answers = kind.quad() % 2 == 1 || self.is_retaliation(at);
        let Some(began) = self.conflict_since.filter(|began| {
            date.range.from.is_none() && date.range.to.is_some_and(|to| *began <= to) && answers
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
    pub(crate) fn is_told_as_known(&self, at: usize) -> bool {
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
    pub(crate) fn evidence(&self, firing: &Firing<'_>) -> Span {
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

    pub(crate) fn contexts(
        &self,
        frame: &crate::frame::Frame,
        evidence: Span,
    ) -> Vec<chancery_core::Context> {
        let mut contexts = frame.contexts.clone();
        let seen = self.seen(evidence);
        for (context, matter) in &self.language.contexts {
            if !contexts.contains(context) && seen.tell(matter) {
                contexts.push(*context);
            }
        }
        contexts.sort_unstable();
        contexts
    }

    fn seen(&self, evidence: Span) -> Seen<'_> {
        let clause = self.clause.sentence.words_in(evidence);
        Seen { keys: self.clause.keys, classes: &self.language.classes, clause }
    }

    /// Adds the contexts of the user's own that the words of the evidence tell.
    pub(crate) fn add_own_contexts(&self, own: &mut Refinement, evidence: Span) {
        let seen = self.seen(evidence);
        for (context, matter) in &self.language.own_contexts {
            if seen.tell(matter) {
                own.contexts.push(context.clone());
            }
        }
        own.contexts.sort_unstable();
        own.contexts.dedup();
    }

    /// The place of the clause: one named below the predicate, else one of its clause.
    pub(crate) fn place(&self, at: usize) -> Option<EventPlace> {
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

    /// Gives the killed and wounded of a sentence that no attack has yet to its attack, and the arrested to its
    /// arrest: `three people were killed when …`. Where it tells of several, nobody can say whose they are.
    pub(crate) fn count_casualties(&self, events: &mut [Event]) {
        for (index, quantity) in self.mentions.quantities.iter().enumerate() {
            let kind = match quantity.unit.as_str() {
                "killed" | "wounded" => EventType::Assault,
                "arrested" => EventType::Coerce,
                _ => continue,
            };
            let is_told = |event: &Event| event.quantities.contains(&index);
            if quantity.sentence != self.sentence
                || events.iter().any(|event| event.kind == kind && is_told(event))
            {
                continue;
            }
            let mut acts = events.iter_mut().filter(|event| event.kind == kind);
            if let (Some(act), None) = (acts.next(), acts.next()) {
                act.quantities.push(index);
                act.quantities.sort_unstable();
            }
        }
    }

    pub(crate) fn quantities(&self, evidence: Span) -> Vec<usize> {
        self.mentions
            .quantities
            .iter()
            .enumerate()
            .filter(|(_, quantity)| quantity.sentence == self.sentence && evidence.contains(quantity.span))
            .map(|(index, _)| index)
            .collect()
    }
}
