use serde::Serialize;

use crate::{
    Context, CountryCode, EventType, Mode, Notice, QuotationForm, Refinement, ResolvedDate, Sector, Span,
    Text, codes::words,
};

/// What one document says: never changed once read.
#[derive(Clone, Debug, Default)]
pub struct Reports {
    pub events: Vec<Event>,
    /// Every stated occurrence, an event of the ontology or not.
    pub predicates: Vec<Predicate>,
    pub statements: Vec<Statement>,
    pub position_changes: Vec<PositionChange>,
    pub notices: Vec<Notice>,
}

/// One event as one sentence reports it.
#[derive(Clone, Debug)]
pub struct Event {
    /// The same at every reading of the same document.
    pub id: String,
    pub kind: EventType,
    pub modes: Vec<Mode>,
    pub contexts: Vec<Context>,
    /// What an ontology of the user's own calls it.
    pub own: Refinement,
    pub source: Vec<Participant>,
    pub recipient: Vec<Participant>,
    pub date: Option<ResolvedDate>,
    pub place: Option<EventPlace>,
    /// Indices into [`crate::Mentions::quantities`].
    pub quantities: Vec<usize>,
    pub polarity: Polarity,
    pub certainty: Certainty,
    pub frame: TimeFrame,
    pub status: Status,
    /// `article`, or the name of who says so.
    pub attribution: String,
    /// Who says so, outermost first; empty where the article does.
    pub says: Vec<Say>,
    /// Whether the sentence tells it as known before, not as news.
    pub background: bool,
    pub evidence: Span,
    pub predicate: Span,
    pub sentence: usize,
    /// Name of the frame, as `sv.assault.attack-noun`.
    pub rule: String,
    /// How often a coding on such grounds is right as a whole: its type with both sides, from 0 to 1.
    pub confidence: f32,
    pub confidences: Confidences,
    /// How each value was found, a line each; what `explain` prints.
    pub why: Vec<String>,
}

/// How often values found on the grounds of an event's are right, as measured on texts that people coded; from 0 to
/// 1. `None` where the event has no such value, or where it was read back from a record, which keeps the whole alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confidences {
    pub kind: Option<f32>,
    pub source: Option<f32>,
    pub recipient: Option<f32>,
    pub date: Option<f32>,
    pub status: Option<f32>,
    pub attribution: Option<f32>,
    /// What the figures are read off, as `frame.verb` or `source.subject`; sorted.
    pub grounds: Vec<String>,
}

impl std::fmt::Display for Confidences {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let values = [
            ("type", self.kind),
            ("source", self.source),
            ("recipient", self.recipient),
            ("date", self.date),
            ("status", self.status),
            ("attribution", self.attribution),
        ];
        write!(out, "confidence:")?;
        for (name, value) in values.iter().filter_map(|(name, value)| Some((name, (*value)?))) {
            write!(out, " {name} {value:.2},")?;
        }
        write!(out, " by {}", self.grounds.join(" "))
    }
}

/// An actor in an event, on the words it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Participant {
    /// Id of the actor.
    pub id: String,
    pub name: String,
    pub country: Option<CountryCode>,
    pub sector: Option<Sector>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// Where an event took place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventPlace {
    pub name: String,
    pub geonameid: Option<u32>,
    #[serde(rename = "lat")]
    pub latitude: Option<f64>,
    #[serde(rename = "lon")]
    pub longitude: Option<f64>,
    pub country: Option<CountryCode>,
}

/// One link of the chain of who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Say {
    pub who: String,
    pub stance: Stance,
    pub cue: String,
    pub span: Option<Span>,
}

words! {
    /// What a speaker does with the words: states, denies, alleges, doubts, asks for or plans what they say.
    Stance {
        Says = "says", Denies = "denies", Alleges = "alleges", Doubts = "doubts", Asks = "asks", Plans = "plans",
    }
}

words! {
    /// The one word that a reader sees; derived by [`Status::derive`].
    Status {
        Asserted = "asserted", Denied = "denied", Alleged = "alleged", Planned = "planned",
        Conditional = "conditional", Possible = "possible", Negated = "negated", Requested = "requested",
    }
}

words! {
    Polarity { Yes = "yes", No = "no" }
}

words! {
    Certainty { Certain = "certain", Likely = "likely", Possible = "possible", Unknown = "unknown" }
}

words! {
    /// When, seen from the report.
    TimeFrame { PastOrPresent = "past or present", Future = "future", Condition = "condition" }
}

impl Status {
    /// Derives the status of an event from what kind of act it is, who says so and how sure they are.
    ///
    /// A verbal act carries its own status: a REQUEST is `requested`, a THREATEN `planned`, a denial
    /// `denied`; any other that took place is `asserted`. A material act is what the innermost
    /// speaker makes of it.
    pub fn derive(
        kind: EventType,
        denial: bool,
        polarity: Polarity,
        certainty: Certainty,
        frame: TimeFrame,
        says: &[Say],
    ) -> Self {
        if polarity == Polarity::No {
            return Self::Negated;
        }
        if denial && kind == EventType::Reject {
            return Self::Denied;
        }
        match frame {
            TimeFrame::Condition => return Self::Conditional,
            TimeFrame::Future => return Self::Planned,
            TimeFrame::PastOrPresent => {}
        }
        match kind {
            EventType::Request => return Self::Requested,
            EventType::Threaten => return Self::Planned,
            _ => {}
        }
        // Whoever speaks last vouches for the act; who passes it on changes that only by denying or
        // doubting it. What is asked for or planned is the innermost speaker's alone.
        for (depth, say) in says.iter().rev().enumerate() {
            match say.stance {
                Stance::Denies => return Self::Denied,
                Stance::Alleges | Stance::Doubts if !kind.is_verbal() => return Self::Alleged,
                Stance::Asks if depth == 0 => return Self::Requested,
                Stance::Plans if depth == 0 => return Self::Planned,
                _ => {}
            }
        }
        if matches!(certainty, Certainty::Possible | Certainty::Unknown) {
            Self::Possible
        } else {
            Self::Asserted
        }
    }
}

/// An occurrence that the text states, whether or not the ontology has a place for it.
#[derive(Clone, Debug)]
pub struct Predicate {
    pub span: Span,
    pub status: Status,
    /// What the words for one occurrence share, as `arrest` and `arrested` do; `None` where the word alone says
    /// too little, as `made` does.
    pub family: Option<String>,
}

/// What somebody is reported to have said.
#[derive(Clone, Debug)]
pub struct Statement {
    pub id: String,
    pub speaker: Vec<Participant>,
    pub speaker_span: Option<Span>,
    pub addressee: Vec<Participant>,
    pub cue: Option<Span>,
    pub content: Span,
    pub form: QuotationForm,
    pub stance: Stance,
    /// Where it was said: `on Telegram`, `in a statement`.
    pub medium: Option<Span>,
    pub sentence: usize,
}

/// Bytes that may stand at most between a cue and its speaker, or between either and the nearest quote mark.
const BESIDE: usize = 48;

impl Statement {
    /// The two parts of the content around the words in its midst that say whose it is (`“…,” X said, “…”`);
    /// empty where no such words stand in it.
    pub fn parts(&self, text: &Text) -> Vec<Span> {
        let Some(cue) = self.cue.filter(|cue| self.content.contains(*cue)) else { return Vec::new() };
        let speaker = self.speaker_span.filter(|speaker| {
            let gap = cue.start().max(speaker.start()).saturating_sub(cue.end().min(speaker.end()));
            self.content.contains(*speaker) && gap <= BESIDE
        });
        let told = speaker.map_or(cue, |speaker| cue.cover(speaker));
        let is_mark = |letter: char| matches!(letter, '"' | '“' | '”' | '„' | '«' | '»' | '״' | '「' | '」');
        let outer =
            |letter: char| letter.is_whitespace() || matches!(letter, ',' | '،' | '，' | '—' | '–' | '-');
        let (Some(before), Some(after)) =
            (text.span(self.content.start(), told.start()), text.span(told.end(), self.content.end()))
        else {
            return Vec::new();
        };
        let words = text.slice(before);
        let mark = words.rfind(is_mark).filter(|at| words.len() - at <= BESIDE);
        let first = words.get(..mark.unwrap_or(words.len())).unwrap_or(words).trim_end_matches(outer);
        let rest = text.slice(after);
        let mark = rest.char_indices().find(|(at, letter)| is_mark(*letter) && *at <= BESIDE);
        let from = mark.map_or(0, |(at, letter)| at + letter.len_utf8());
        let second = rest.get(from..).unwrap_or_default().trim_start_matches(outer);
        let start = self.content.end() - second.len();
        let parts =
            [text.span(before.start(), before.start() + first.len()), text.span(start, self.content.end())];
        let spoken = |span: &Span| text.slice(*span).chars().any(char::is_alphanumeric);
        let parts: Vec<Span> = parts.into_iter().flatten().filter(spoken).collect();
        if parts.len() == 2 { parts } else { Vec::new() }
    }
}

/// An actor that says otherwise than before.
#[derive(Clone, Debug)]
pub struct PositionChange {
    pub actor: Vec<Participant>,
    pub topic: String,
    pub before: String,
    pub after: String,
    pub evidence: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(words: &str, cue: &str, speaker: &str) -> Vec<String> {
        let text = Text::new(words);
        let find = |part: &str| words.find(part).and_then(|at| text.span(at, at + part.len()));
        let statement = Statement {
            id: String::new(),
            speaker: Vec::new(),
            speaker_span: find(speaker),
            addressee: Vec::new(),
            cue: find(cue),
            content: text.whole(),
            form: QuotationForm::Direct,
            stance: Stance::Says,
            medium: None,
            sentence: 0,
        };
        statement.parts(&text).into_iter().map(|span| text.slice(span).to_owned()).collect()
    }

    #[test]
    fn who_says_it_is_no_part_of_what_is_said() {
        let wanted = ["The road is shut", "and we will not go."];
        assert_eq!(parts("The road is shut,\" Olga said, \"and we will not go.", "said", "Olga"), wanted);
        assert_eq!(
            parts("The grain deal, Olga Petrenko said, had died", "said", "Olga Petrenko"),
            ["The grain deal", "had died"]
        );
        assert_eq!(parts("The road is shut", "said", "Olga"), [] as [&str; 0]);
    }
}
