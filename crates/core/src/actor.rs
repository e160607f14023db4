use serde::Serialize;

use crate::{CountryCode, Sector, Span, codes::words};

/// Somebody or something that acts or is acted on, as of the document's date.
#[derive(Clone, Debug)]
pub struct Actor {
    /// `RUS` for a state; `person:maria-zakharova`, `organisation:…` for the rest. The same in every
    /// document and language.
    pub id: String,
    /// The English name where the world's tables know one, else the fullest form in the text.
    pub name: String,
    pub kind: ActorKind,
    pub country: Option<CountryCode>,
    pub sector: Option<Sector>,
    /// Wikidata id.
    pub wikidata: Option<String>,
    /// The office held on the document's date, or what the text calls the actor.
    pub role: Option<String>,
}

words! {
    /// What an actor is.
    ActorKind {
        State = "state", Government = "government", Person = "person", Organisation = "organisation",
        ArmedGroup = "armed group", Alliance = "alliance", Media = "media", Population = "population",
        Group = "group", Place = "place", Company = "company", Weapon = "weapon",
        Infrastructure = "infrastructure",
    }
}

/// Words of a text that stand for one actor, or, as `the two countries`, for several.
#[derive(Clone, Debug)]
pub struct Mention {
    pub span: Span,
    pub sentence: usize,
    /// The words of the sentence that the mention covers.
    pub words: std::ops::Range<usize>,
    /// The word that governs the others.
    pub head: usize,
    /// Indices into [`crate::Mentions::actors`]; never empty.
    pub actors: Vec<usize>,
    pub by: ResolvedBy,
    pub sense: Sense,
    /// For `explain`: how the words led to the actor.
    pub how: String,
}

words! {
    /// What led from the words to the actor.
    ResolvedBy {
        Name = "name", Alias = "alias", Office = "office", Demonym = "demonym",
        Coreference = "coreference", Spelling = "spelling",
    }
}

words! {
    /// In what sense a name is used: `Tehran said`, `in Tehran`, `the Tehran suburb`.
    Sense { Agent = "agent", Place = "place", Modifier = "modifier" }
}

impl Serialize for Actor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut map = serializer.serialize_struct("Actor", 7)?;
        map.serialize_field("id", &self.id)?;
        map.serialize_field("name", &self.name)?;
        map.serialize_field("type", &self.kind)?;
        map.serialize_field("country", &self.country)?;
        map.serialize_field("sector", &self.sector)?;
        map.serialize_field("wikidata", &self.wikidata)?;
        map.serialize_field("role", &self.role)?;
        map.end()
    }
}
