use crate::{Actor, CountryCode, DateRange, Mention, ResolvedDate, Sense, Span, Stance, codes::words};

/// What a document speaks of: actors as of its date, times, places, quantities, quotations.
#[derive(Clone, Debug, Default)]
pub struct Mentions {
    pub actors: Vec<Actor>,
    /// Mentions of actors, in the order of the text.
    pub mentions: Vec<Mention>,
    pub times: Vec<TimeMention>,
    pub places: Vec<PlaceMention>,
    pub quantities: Vec<Quantity>,
    pub quotations: Vec<Quotation>,
    /// The day the document was published, stated or inferred; what times are counted from.
    pub reference: Option<ResolvedDate>,
    /// When the document does not state it, as far as its own words fix it: a day, month or year.
    pub published_inferred: Option<ResolvedDate>,
}

impl Mentions {
    /// The mentions in one sentence.
    pub fn in_sentence(&self, sentence: usize) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.sentence < sentence);
        let end = self.mentions.partition_point(|mention| mention.sentence <= sentence);
        self.mentions.get(start..end).unwrap_or_default()
    }
}

/// Words that name a time.
#[derive(Clone, Debug)]
pub struct TimeMention {
    pub span: Span,
    pub sentence: usize,
    pub kind: TimeKind,
    /// A TIMEX3 value (`2026-03-08`, `2024-W41`, `P3D`, `PAST_REF`), or an ISO interval.
    pub value: String,
    /// The days meant; `None` for a duration, a set, or a time that cannot be resolved.
    pub range: Option<DateRange>,
    /// How the words led to the days.
    pub how: String,
}

words! {
    /// A TIMEX3 type.
    TimeKind { Date = "DATE", Time = "TIME", Duration = "DURATION", Set = "SET" }
}

/// Words that name a place on the map.
#[derive(Clone, Debug)]
pub struct PlaceMention {
    pub span: Span,
    pub sentence: usize,
    pub name: String,
    /// `Place` where it says where; `Agent` and `Modifier` where the name stands for who lives or rules there.
    pub sense: Sense,
    /// `None`, as the coordinates, where no table knows the name.
    pub geonameid: Option<u32>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub country: Option<CountryCode>,
    /// The first-level region it lies in, or is; `None` where no table knows it.
    pub region: Option<Region>,
}

/// A first-level region of a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The code of `GeoNames`: `IR.28`.
    pub code: String,
    pub name: String,
}

/// A number with what it counts.
#[derive(Clone, Debug)]
pub struct Quantity {
    pub span: Span,
    pub sentence: usize,
    /// The number; of a range, its lower end.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// Whether the text gives it as a bound or as about right.
    pub approximation: Option<Approximation>,
    /// `km`, `USD`, `killed`, or the lemma of the thing counted.
    pub unit: String,
}

words! {
    /// How a text says that a number is not exact.
    Approximation { AtLeast = "at least", AtMost = "at most", About = "about" }
}

/// Somebody's words, whole or in part, as the text gives them.
#[derive(Clone, Debug)]
pub struct Quotation {
    /// The content, without quote marks around it and without the cue.
    pub content: Span,
    pub speaker: Option<Span>,
    /// Indices into [`Mentions::actors`]; empty where the speaker is not resolved.
    pub speaker_actors: Vec<usize>,
    /// What to call the speaker where no actor resolves: the speaker's own words in the text.
    pub speaker_name: Option<String>,
    pub addressee: Option<Span>,
    /// The words that mark it: `said`, `enligt`.
    pub cue: Option<Span>,
    pub stance: Stance,
    pub form: QuotationForm,
    /// Whether the content says something that can be true or false, or is somebody's very words; not so
    /// what is only asked for, promised or condemned (`called for calm`, `vowed to answer`).
    pub states: bool,
    /// Where it was said: `on Telegram`, `in a statement`.
    pub medium: Option<Span>,
    /// Sentence that holds the cue, or the content where there is no cue.
    pub sentence: usize,
}

words! {
    /// How words are given.
    QuotationForm { Direct = "direct", Indirect = "indirect", Mixed = "mixed" }
}
