use serde::{Serialize, Serializer};

use crate::codes::words;

words! {
    /// An event type of PLOVER 2.0.
    EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE",
        Cooperate = "COOPERATE", Aid = "AID", Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE",
        Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST", Sanction = "SANCTION",
        Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
    }
}

impl EventType {
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    ///
    /// The manual lists SANCTION under 4 in its section and under 3 in its table of quads; a sanction
    /// is an act, so it stands under 4 here.
    pub const fn quad(self) -> u8 {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => 1,
            Self::Cooperate | Self::Aid | Self::Retreat => 2,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => 3,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => 4,
        }
    }

    /// Conflict–cooperation score of the type, −10 to 10, as the PLOVER 2.0 manual prints it; for
    /// ACCUSE it prints 3, where only −3 agrees with its modes.
    pub const fn score(self) -> f32 {
        match self {
            Self::Agree | Self::Consult => 2.5,
            Self::Support => 5.0,
            Self::Concede => 4.5,
            Self::Cooperate => 9.5,
            Self::Aid => 10.0,
            Self::Retreat => 6.5,
            Self::Request => 0.0,
            Self::Accuse => -3.0,
            Self::Reject => -2.0,
            Self::Threaten => -3.5,
            Self::Protest => -5.0,
            Self::Sanction => -6.0,
            Self::Mobilize => -5.5,
            Self::Coerce => -7.0,
            Self::Assault => -9.0,
        }
    }

    /// Whether the act is done with words, so that reporting it is reporting a position.
    pub const fn is_verbal(self) -> bool {
        matches!(self.quad(), 1 | 3) && !matches!(self, Self::Consult)
    }

    /// Whether all parties of such an act may stand in `source`.
    pub const fn is_mutual(self) -> bool {
        matches!(self, Self::Agree | Self::Consult | Self::Cooperate)
    }
}

/// A mode of an event type: what the act consisted of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mode {
    kind: EventType,
    name: &'static str,
}

/// Every mode with its conflict–cooperation score (PLOVER 2.0 manual). `vandalize` has no score of its
/// own there and takes that of its type.
const MODES: &[(EventType, &[(&str, f32)])] = &[
    (EventType::Consult, &[("visit", 4.0), ("third-party", 1.0), ("multilateral", 4.0), ("phone", 1.5)]),
    (
        EventType::Retreat,
        &[
            ("withdraw", 8.0),
            ("release", 6.5),
            ("disarm", 10.0),
            ("ceasefire", 7.5),
            ("access", 6.5),
            ("resign", 4.5),
        ],
    ),
    (EventType::Request, &[("assist", 0.5), ("change", -1.0), ("yield", -1.0), ("meet", 0.0)]),
    (EventType::Accuse, &[("disapprove", -2.0), ("investigate", -3.5), ("allege", -3.5)]),
    (EventType::Reject, &[("assist", -1.5), ("change", -2.0), ("yield", -2.0), ("meet", -2.0)]),
    (
        EventType::Threaten,
        &[
            ("restrict", -3.0),
            ("arrest", -3.5),
            ("relations", -3.5),
            ("expel", -3.5),
            ("territory", -4.0),
            ("violence", -3.5),
        ],
    ),
    (
        EventType::Protest,
        &[
            ("demo", -5.0),
            ("riot", -7.0),
            ("strike", -5.0),
            ("hunger", -4.5),
            ("boycott", -4.5),
            ("obstruct", -4.5),
            ("vandalize", -5.0),
        ],
    ),
    (EventType::Sanction, &[("convict", -6.0), ("expel", -5.5), ("withdraw", -6.0), ("discontinue", -6.0)]),
    (EventType::Mobilize, &[("troops", -6.5), ("weapons", -6.5), ("police", -5.5), ("militia", -6.0)]),
    (
        EventType::Coerce,
        &[
            ("seize", -7.0),
            ("restrict", -7.0),
            ("censor", -6.5),
            ("curfew", -6.5),
            ("martial-law", -7.5),
            ("arrest", -7.0),
            ("deport", -7.0),
            ("withhold", -7.0),
            ("misinformation", -6.5),
            ("cyber", -7.0),
        ],
    ),
    (
        EventType::Assault,
        &[
            ("abduct", -8.5),
            ("beat", -7.5),
            ("torture", -8.5),
            ("sexual", -8.5),
            ("targeted", -9.5),
            ("destroy", -8.5),
            ("primitive", -8.0),
            ("firearms", -9.0),
            ("explosives", -9.0),
            ("suicide-attack", -9.5),
            ("aerial", -9.5),
            ("drone", -9.5),
            ("heavy-weapons", -9.5),
            ("crowd-control", -7.5),
            ("unconventional", -10.0),
        ],
    ),
];

impl Mode {
    /// Returns the mode of that name, or `None` where the type has no such mode.
    ///
    /// ```
    /// use chancery_core::{EventType, Mode};
    /// assert_eq!(Mode::new(EventType::Assault, "aerial").unwrap().score(), -9.5);
    /// assert!(Mode::new(EventType::Agree, "aerial").is_none());
    /// ```
    pub fn new(kind: EventType, name: &str) -> Option<Self> {
        let (name, _) = Self::table(kind).iter().find(|(known, _)| *known == name)?;
        Some(Self { kind, name })
    }

    /// The names of the modes that a type has.
    pub fn names(kind: EventType) -> impl Iterator<Item = &'static str> {
        Self::table(kind).iter().map(|(name, _)| *name)
    }

    pub fn as_str(self) -> &'static str {
        self.name
    }

    /// Conflict–cooperation score, −10 to 10.
    pub fn score(self) -> f32 {
        let known = Self::table(self.kind).iter().find(|(name, _)| *name == self.name);
        known.map_or(self.kind.score(), |(_, score)| *score)
    }

    fn table(kind: EventType) -> &'static [(&'static str, f32)] {
        MODES.iter().find(|(of, _)| *of == kind).map_or(&[], |(_, modes)| modes)
    }
}

impl Serialize for Mode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

words! {
    /// A context of PLOVER 2.0: what the matter was.
    Context {
        Military = "military", Intelligence = "intelligence", Executive = "executive",
        Legislative = "legislative", Election = "election", PoliticalInstitutions = "political_institutions",
        ProDemocracy = "pro_democracy", ProAutocracy = "pro_autocracy", Economic = "economic", Legal = "legal",
        Reparations = "reparations", HumanRights = "human_rights", RightsFreedoms = "rights_freedoms",
        Repression = "repression", HumanSecurity = "human_security", Gender = "gender", Lgbt = "lgbt",
        ReligionEthnicity = "religion_ethnicity", Inequality = "inequality", Diplomatic = "diplomatic",
        Territory = "territory", Peacekeeping = "peacekeeping", Health = "health", Asylum = "asylum",
        Migration = "migration", Disasters = "disasters", NaturalResource = "natural_resource",
        Environment = "environment", Technology = "technology", Terrorism = "terrorism", Cbrn = "cbrn",
        Cyber = "cyber", Misinformation = "misinformation", Crime = "crime", Corruption = "corruption",
        IllegalDrugs = "illegal_drugs", Trafficking = "trafficking",
    }
}
