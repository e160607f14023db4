use chancery_core::{
    ActorKind, Certainty, Event, EventType, Participant, Polarity, Relation, ResolvedBy, Status, TimeFrame,
};

use crate::events::SentenceCoder;
use crate::firing::Firing;
use crate::parties::{Parties, Party};

/// Words of a sentence that is read less surely.
const LONG_SENTENCE: usize = 35;
/// Odds beyond these are as good as these.
const LEAST_ODDS: f32 = -6.0;
const MOST_ODDS: f32 = 2.0;
/// How far the encoder may agree or disagree with how an act is told.
const MOST_AGREEMENT: f32 = 4.0;

impl SentenceCoder<'_> {
    /// What the coding of an event rests on, by name: the keys of `confidence.txt`.
    pub(crate) fn grounds(&self, parties: &Parties<'_>, firing: &Firing<'_>, event: &Event) -> Vec<String> {
        let mut grounds = self.grounds_of_the_frame(firing);
        grounds.extend(self.ground_of_the_word(firing, event.kind));
        grounds.extend(self.grounds_of_the_telling(firing, event));
        grounds.extend(self.grounds_of_agreement(firing, event));
        grounds.push(format!("type.{}", event.kind));
        grounds.push(format!("document.political={:.1}", self.political));
        grounds.extend(grounds_of_both_sides(parties, firing, event.kind));
        grounds.extend(self.grounds_of_a_side("source", parties, firing.at, &firing.source));
        grounds.extend(self.grounds_of_a_side("recipient", parties, firing.at, &firing.recipient));
        let everyone =
            || firing.source.iter().chain(&firing.recipient).filter_map(|party| parties.actor(party));
        let states = everyone().filter(|actor| is_state_actor(actor.kind)).count();
        grounds
            .push(format!("states.{}", if states > 1 { "several".to_owned() } else { states.to_string() }));
        let country = |side: &[Participant]| side.first().and_then(|party| party.country);
        if let Some((a, b)) = country(&event.source).zip(country(&event.recipient)) {
            grounds.push(if a == b { "sides.at-home" } else { "sides.abroad" }.to_owned());
        }
        grounds
    }

    fn grounds_of_the_frame(&self, firing: &Firing<'_>) -> Vec<String> {
        let frame = firing.frame;
        let is_specific = frame.conditions.iter().any(|condition| !condition.absent)
            || frame
                .predicates
                .iter()
                .any(|words| !words.companions.is_empty() && self.clause.fits(firing.at, &words.first));
        let mut grounds = vec![format!("frame.{}", frame.part.as_str()), format!("rule.{}", frame.name)];
        let facts = [
            ("frame.weak", frame.weak),
            ("frame.specific", is_specific),
            ("frame.mode", !firing.modes.is_empty()),
            ("frame.nobody", frame.require == crate::frame::Require::Nobody),
            ("frame.mutual", frame.mutual),
        ];
        grounds.extend(facts.iter().filter(|(_, holds)| *holds).map(|(name, _)| (*name).to_owned()));
        grounds
    }

    /// How much the word looks to the encoder as if it told of such an act, in log odds: a ground with a value.
    fn ground_of_the_word(&self, firing: &Firing<'_>, kind: EventType) -> Option<String> {
        let odds = self.clause.word(firing.at)?.acts?;
        // What is announced or refused is coded as another type than the word's own.
        let odds = odds.of(kind).max(odds.of(firing.frame.kind));
        Some(format!("encoder={:.1}", odds.clamp(LEAST_ODDS, MOST_ODDS)))
    }

    /// Where in the sentence the act is told, and how.
    fn grounds_of_the_telling(&self, firing: &Firing<'_>, event: &Event) -> Vec<String> {
        let top = self.clause.clause_head(firing.at);
        let clause = match self.clause.relation(top) {
            Relation::Root => "main",
            Relation::Ccomp | Relation::Xcomp | Relation::Csubj => "content",
            Relation::Acl | Relation::AclRelcl => "description",
            Relation::Advcl => "adverbial",
            _ => "joined",
        };
        let told = if event.status == Status::Asserted { "asserted" } else { "open" };
        let mut grounds = vec![format!("clause.{clause}"), format!("told.{told}")];
        let facts = [
            ("told.quoted", !event.says.is_empty()),
            ("told.background", event.background),
            ("clause.long", self.clause.sentence.words.len() > LONG_SENTENCE),
            ("tree.mended", self.clause.is_mended_around(firing.at)),
            ("verbal", event.kind.is_verbal()),
        ];
        grounds.extend(facts.iter().filter(|(_, holds)| *holds).map(|(name, _)| (*name).to_owned()));
        grounds
    }

    /// How far the encoder agrees with what is read of the telling, in log odds: that the act is done or is not, and that
    /// somebody else tells it or the article does. Grounds with a value.
    fn grounds_of_agreement(&self, firing: &Firing<'_>, event: &Event) -> Vec<String> {
        let mut grounds = vec![format!("status.{}", event.status)];
        let Some(odds) = self.clause.word(firing.at).and_then(|word| word.telling) else { return grounds };
        let agreement = |holds: bool, odds: f32| {
            (if holds { odds } else { -odds }).clamp(-MOST_AGREEMENT, MOST_AGREEMENT)
        };
        grounds.push(format!("encoder.status={:.1}", agreement(is_done(event), odds.happened)));
        let is_attributed = !event.says.is_empty();
        grounds.push(format!("encoder.attribution={:.1}", agreement(is_attributed, odds.attributed)));
        grounds
    }

    /// How the parties of a side were found: by which words, where they stand, and what they are.
    fn grounds_of_a_side(
        &self,
        side: &str,
        parties: &Parties<'_>,
        at: usize,
        found: &[Party],
    ) -> Vec<String> {
        let Some(party) = found.first() else { return vec![format!("{side}.none")] };
        let mut grounds = vec![format!("{side}.{}", self.stands(party, at))];
        if let Some(actor) = parties.actor(party) {
            grounds.push(format!("{side}.is-{}", actor.kind.as_str().replace(' ', "-")));
            if actor.country.is_none() {
                grounds.push(format!("{side}.of-no-country"));
            }
        }
        let mention = self
            .mentions
            .in_sentence(self.sentence)
            .iter()
            .find(|mention| mention.span == party.span && mention.actors.contains(&party.actor));
        let by = mention.map(|mention| mention.by);
        let facts = [
            ("derived", found.iter().any(|party| party.derived)),
            ("guessed", found.iter().any(Party::is_guessed)),
            ("several", found.len() > 1),
            ("pronoun", by == Some(ResolvedBy::Coreference)),
            ("demonym", by == Some(ResolvedBy::Demonym)),
            ("told-before", mention.is_none()),
        ];
        let holding = facts.iter().filter(|(_, holds)| *holds);
        grounds.extend(holding.map(|(name, _)| format!("{side}.{name}")));
        grounds
    }

    /// Where a party's words stand, seen from the predicate.
    fn stands(&self, party: &Party, at: usize) -> &'static str {
        if !self.clause.sentence.span.contains(party.span) {
            return "in-another-sentence";
        }
        let word = self.clause.sentence.head_of(self.clause.sentence.words_in(party.span));
        if self.clause.head(word) == Some(at) {
            return match self.clause.relation(word) {
                Relation::Nsubj | Relation::NsubjPass => "subject",
                Relation::Obj | Relation::Iobj => "object",
                Relation::Obl | Relation::OblAgent => "oblique",
                _ => "modifier",
            };
        }
        if self.clause.clause_head(word) == self.clause.clause_head(at) {
            "in-clause"
        } else {
            "beyond-clause"
        }
    }
}

/// What kinds of actors the two sides are, and which kind does such an act.
fn grounds_of_both_sides(parties: &Parties<'_>, firing: &Firing<'_>, kind: EventType) -> [String; 2] {
    let kind_of = |side: &[Party]| {
        let actor = side.first().and_then(|party| parties.actor(party));
        actor.map_or_else(|| "nobody".to_owned(), |actor| actor.kind.as_str().replace(' ', "-"))
    };
    let (source, recipient) = (kind_of(&firing.source), kind_of(&firing.recipient));
    [format!("sides.{source}.{recipient}"), format!("type.{kind}.by.{source}")]
}

/// Whether an act is told as done. A verbal act that is `requested` or `denied` by what kind of act it is was done too.
fn is_done(event: &Event) -> bool {
    event.polarity == Polarity::Yes
        && event.certainty == Certainty::Certain
        && event.frame == TimeFrame::PastOrPresent
        && (event.kind.is_verbal() || matches!(event.status, Status::Asserted | Status::Alleged))
}

/// Whether an actor is one of those whom events between states are about.
fn is_state_actor(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::State | ActorKind::Government | ActorKind::ArmedGroup | ActorKind::Alliance)
}
