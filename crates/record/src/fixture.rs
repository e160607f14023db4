//! Readings made by hand, for tests.

use chancery_core::{
    Actor, ActorKind, Analysis, Block, BlockKind, Certainty, CountryCode, Date, DateRange, Document, Event,
    EventType, Mention, Mentions, Metadata, Mode, Participant, Polarity, PositionChange, Predicate,
    QuotationForm, Reports, ResolvedBy, ResolvedDate, Say, Sense, Sentence, Span, Stance, Statement, Status,
    Text, TimeFrame, Upos, Word,
};

use crate::Reading;

/// A reading under construction: one paragraph and sentence a line, words cut at spaces.
#[derive(Clone, Debug)]
pub struct Fixture(Reading);

/// Makes a reading of a text that nothing is found in yet.
pub fn reading(name: &str, language: &str, published: &str, text: &str) -> Fixture {
    let text = Text::new(text);
    let published: Option<Date> = published.parse().ok();
    let lines: Vec<Span> = text.lines().filter(|span| !span.is_empty()).collect();
    let blocks = lines.iter().map(|&span| Block { kind: BlockKind::Paragraph, span }).collect();
    let sentences =
        lines.iter().enumerate().map(|(block, &span)| Sentence { span, block, words: words(&text, span) });
    Fixture(Reading {
        analysis: Analysis { sentences: sentences.collect() },
        document: Document {
            name: name.to_owned(),
            metadata: Metadata {
                language: Some(language.to_owned()),
                published,
                published_how: published.map(|_| "stated".to_owned()),
                ..Metadata::default()
            },
            text,
            blocks,
        },
        mentions: Mentions {
            reference: published
                .map(|day| ResolvedDate { range: DateRange::day(day), how: "stated".to_owned() }),
            ..Mentions::default()
        },
        reports: Reports::default(),
    })
}

fn words(text: &Text, span: Span) -> Vec<Word> {
    let mut at = span.start();
    let mut words = Vec::new();
    for form in text.slice(span).split(' ') {
        if let Some(span) = text.span(at, at + form.len()) {
            words.push(Word {
                acts: None,
                telling: None,
                span,
                form: form.to_owned(),
                lemma: form.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase(),
                upos: Upos::Noun,
                features: chancery_core::Features::default(),
                head: None,
                relation: chancery_core::Relation::Root,
                name: None,
            });
        }
        at += form.len() + 1;
    }
    words
}

impl Fixture {
    /// The reading as it was made.
    pub fn done(self) -> Reading {
        self.0
    }

    fn find(&self, words: &str) -> Span {
        let text = &self.0.document.text;
        let found = text.as_str().find(words).and_then(|start| text.span(start, start + words.len()));
        found.expect("a fixture quotes words of its text")
    }

    fn find_before_bar(&self, words: &str) -> Span {
        let (named, behind) = words.split_once('|').unwrap_or((words, ""));
        let start = self.find(&format!("{named}{behind}")).start();
        let span = self.0.document.text.span(start, start + named.len());
        span.expect("a fixture quotes words of its text")
    }

    fn sentence(&self, span: Span) -> usize {
        self.0.analysis.sentences.iter().position(|s| s.span.overlaps(span)).unwrap_or(0)
    }

    /// Adds a mention of an actor: `IRN` for a state, `person:…` with a country for the rest. What stands behind
    /// a bar, as in `Norland| has`, only tells which of several places is meant.
    #[must_use]
    pub fn actor(mut self, words: &str, id: &str, name: &str, country: &str, role: Option<&str>) -> Self {
        let span = self.find_before_bar(words);
        let actors = &mut self.0.mentions.actors;
        let index = actors.iter().position(|actor| actor.id == id).unwrap_or_else(|| {
            actors.push(Actor {
                id: id.to_owned(),
                name: name.to_owned(),
                kind: match id.split_once(':') {
                    Some(("person", _)) => ActorKind::Person,
                    Some(("weapon", _)) => ActorKind::Weapon,
                    Some(_) => ActorKind::Organisation,
                    None => ActorKind::State,
                },
                country: CountryCode::new(country),
                sector: None,
                wikidata: None,
                role: role.map(str::to_owned),
            });
            actors.len() - 1
        });
        let sentence = self.sentence(span);
        self.0.mentions.mentions.push(Mention {
            span,
            sentence,
            words: 0..1,
            head: 0,
            actors: vec![index],
            by: ResolvedBy::Name,
            sense: Sense::Agent,
            how: format!("`{}` is a name of {name}", self.0.document.text.slice(span)),
        });
        self.0.mentions.mentions.sort_by_key(|mention| mention.span);
        self
    }

    fn participants(&self, ids: &[&str], evidence: Span) -> Vec<Participant> {
        let of = |id: &&str| {
            let actor = self.0.mentions.actors.iter().find(|actor| actor.id == *id)?;
            let mut mentions = self.0.mentions.mentions.iter();
            let named = mentions.find(|mention| {
                evidence.contains(mention.span)
                    && mention
                        .actors
                        .iter()
                        .any(|&index| self.0.mentions.actors.get(index).is_some_and(|actor| actor.id == *id))
            });
            Some(Participant {
                id: actor.id.clone(),
                name: actor.name.clone(),
                country: actor.country,
                sector: actor.sector,
                span: named.map(|mention| mention.span),
            })
        };
        ids.iter().filter_map(of).collect()
    }

    /// Adds an event on the sentence that holds the words of its predicate.
    #[must_use]
    pub fn event(
        mut self,
        kind: EventType,
        mode: &str,
        source: &[&str],
        recipient: &[&str],
        predicate: &str,
        date: DateRange,
    ) -> Self {
        let predicate = self.find(predicate);
        let sentence = self.sentence(predicate);
        let evidence = self.0.analysis.sentences.get(sentence).map_or(predicate, |sentence| sentence.span);
        let event = Event {
            id: format!("{}-{}", self.0.document.name, predicate.start()),
            kind,
            modes: Mode::new(kind, mode).into_iter().collect(),
            contexts: vec![chancery_core::Context::Diplomatic],
            own: chancery_core::Refinement::default(),
            source: self.participants(source, evidence),
            recipient: self.participants(recipient, evidence),
            date: Some(ResolvedDate { range: date, how: "as the fixture says".to_owned() }),
            place: None,
            quantities: Vec::new(),
            polarity: Polarity::Yes,
            certainty: Certainty::Certain,
            frame: TimeFrame::PastOrPresent,
            status: Status::derive(
                kind,
                false,
                Polarity::Yes,
                Certainty::Certain,
                TimeFrame::PastOrPresent,
                &[],
            ),
            attribution: "article".to_owned(),
            says: Vec::new(),
            background: false,
            evidence,
            predicate,
            sentence,
            rule: "xx.fixture".to_owned(),
            confidence: 0.5,
            confidences: chancery_core::Confidences::default(),
            why: vec!["because the fixture says so".to_owned()],
        };
        self.0.reports.predicates.push(Predicate { span: predicate, status: event.status, family: None });
        self.0.reports.events.push(event);
        self
    }

    /// Makes the last event one that somebody alleges.
    #[must_use]
    pub fn alleged_by(mut self, who: &str) -> Self {
        if let Some(event) = self.0.reports.events.last_mut() {
            event.status = Status::Alleged;
            who.clone_into(&mut event.attribution);
            let say = Say { who: who.to_owned(), stance: Stance::Alleges, cue: String::new(), span: None };
            event.says.push(say);
        }
        self
    }

    /// Adds a statement.
    #[must_use]
    pub fn statement(mut self, speaker: &str, content: &str) -> Self {
        let content = self.find(content);
        let sentence = self.sentence(content);
        let evidence = self.0.analysis.sentences.get(sentence).map_or(content, |sentence| sentence.span);
        self.0.reports.statements.push(Statement {
            id: format!("{}-s{}", self.0.document.name, content.start()),
            speaker: self.participants(&[speaker], evidence),
            speaker_span: None,
            addressee: Vec::new(),
            cue: None,
            content,
            form: QuotationForm::Direct,
            stance: Stance::Says,
            medium: None,
            sentence,
        });
        self
    }

    /// Adds a change of position.
    #[must_use]
    pub fn change(mut self, actor: &str, topic: &str, before: &str, after: &str, evidence: &str) -> Self {
        let evidence = self.find(evidence);
        self.0.reports.position_changes.push(PositionChange {
            actor: self.participants(&[actor], evidence),
            topic: topic.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            evidence,
        });
        self
    }
}
