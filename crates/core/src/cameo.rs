use serde::Serialize;

use crate::{EventType, Mode};

/// An event as CAMEO, PLOVER's predecessor, counts it: for those who compare with GDELT, ICEWS or older series.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Cameo {
    /// Two digits, `03` to `20`.
    pub root: &'static str,
    /// Goldstein score, −10 to 10.
    pub goldstein: f32,
}

/// Modes whose code is another than their type's.
type Modes = &'static [(&'static str, Cameo)];

/// Root and score of each type, then of the modes that have others: those of the CAMEO codes that PLOVER's table of
/// conversion (2021) makes of them. Of `resign`, `arrest` (threatened) and the modes that CAMEO has no code for, the type's.
/// CAMEO tells appeals (02) from demands (10); PLOVER has both as REQUEST, which stands under 10 here.
const CODES: &[(EventType, Cameo, Modes)] = &[
    (EventType::Agree, code("03", 4.0), &[]),
    (EventType::Consult, code("04", 1.0), &[("visit", code("04", 1.9)), ("third-party", code("04", 2.5))]),
    (EventType::Support, code("05", 3.5), &[]),
    (EventType::Concede, code("08", 5.0), &[]),
    (EventType::Cooperate, code("06", 6.0), &[]),
    (EventType::Aid, code("07", 7.0), &[]),
    (
        EventType::Retreat,
        code("08", 7.0),
        &[
            ("access", code("08", 9.0)),
            ("ceasefire", code("08", 9.0)),
            ("withdraw", code("08", 9.0)),
            ("disarm", code("08", 9.0)),
            ("resign", code("08", 5.0)),
        ],
    ),
    (EventType::Request, code("10", -5.0), &[]),
    (EventType::Accuse, code("11", -2.0), &[("investigate", code("09", -2.0))]),
    (EventType::Reject, code("12", -4.0), &[("meet", code("12", -5.0)), ("yield", code("12", -5.0))]),
    (
        EventType::Threaten,
        code("13", -4.4),
        &[
            ("restrict", code("13", -5.8)),
            ("relations", code("13", -5.8)),
            ("expel", code("13", -7.0)),
            ("territory", code("13", -7.0)),
            ("violence", code("13", -7.0)),
        ],
    ),
    (EventType::Protest, code("14", -6.5), &[("riot", code("14", -7.5)), ("obstruct", code("14", -7.5))]),
    (
        EventType::Sanction,
        code("16", -4.0),
        &[("discontinue", code("16", -5.6)), ("expel", code("16", -7.0))],
    ),
    (EventType::Mobilize, code("15", -7.2), &[]),
    (
        EventType::Coerce,
        code("17", -7.0),
        &[
            ("seize", code("17", -9.2)),
            ("restrict", code("17", -5.0)),
            ("censor", code("17", -5.0)),
            ("curfew", code("17", -5.0)),
            ("martial-law", code("17", -5.0)),
            ("arrest", code("17", -5.0)),
            ("deport", code("17", -5.0)),
        ],
    ),
    (
        EventType::Assault,
        code("19", -10.0),
        &[
            ("abduct", code("18", -9.0)),
            ("beat", code("18", -9.5)),
            ("torture", code("18", -9.0)),
            ("sexual", code("18", -9.0)),
            ("targeted", code("18", -10.0)),
            ("explosives", code("18", -10.0)),
            ("suicide-attack", code("18", -10.0)),
            ("destroy", code("17", -9.2)),
            ("crowd-control", code("17", -9.0)),
            ("unconventional", code("20", -10.0)),
        ],
    ),
];

const fn code(root: &'static str, goldstein: f32) -> Cameo {
    Cameo { root, goldstein }
}

impl Cameo {
    /// ```
    /// use chancery_core::{Cameo, EventType, Mode};
    /// assert_eq!(Cameo::of(EventType::Accuse, Mode::new(EventType::Accuse, "investigate")).root, "09");
    /// assert_eq!(Cameo::of(EventType::Accuse, None).goldstein, -2.0);
    /// ```
    pub fn of(kind: EventType, mode: Option<Mode>) -> Self {
        let of_kind = CODES.iter().find(|(known, ..)| *known == kind);
        let Some((_, of_kind, modes)) = of_kind else { return code("00", 0.0) };
        let of_mode = mode.and_then(|mode| modes.iter().find(|(name, _)| *name == mode.as_str()));
        of_mode.map_or(*of_kind, |(_, of_mode)| *of_mode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_and_every_mode_named_here_is_known() {
        for kind in EventType::ALL {
            let (_, _, modes) =
                CODES.iter().find(|(known, ..)| known == kind).expect("every type has a code");
            assert!(modes.iter().all(|(name, _)| Mode::new(*kind, name).is_some()), "{kind}");
        }
    }

    #[test]
    fn the_score_is_on_the_side_of_the_quad() {
        for kind in EventType::ALL {
            assert_eq!(Cameo::of(*kind, None).goldstein > 0.0, kind.quad() <= 2, "{kind}");
        }
    }
}
