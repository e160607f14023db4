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

impl Cameo {
    /// Root and score of the CAMEO codes that PLOVER's table of conversion (2021) makes of a type and mode; of a mode that
    /// it does not name, those of its type. `resign` stands with changes of leadership (083), `censor` with restrictions
    /// (172), `crowd-control` with violent repression (175). CAMEO tells appeals (02) from demands (10); PLOVER has both
    /// as REQUEST, which stands under 10 here.
    ///
    /// ```
    /// use chancery_core::{Cameo, EventType, Mode};
    /// assert_eq!(Cameo::of(EventType::Accuse, Mode::new(EventType::Accuse, "investigate")).root, "09");
    /// assert_eq!(Cameo::of(EventType::Accuse, None).goldstein, -2.0);
    /// ```
    pub fn of(kind: EventType, mode: Option<Mode>) -> Self {
        let (root, goldstein) = match (kind, mode.map(Mode::as_str).unwrap_or_default()) {
            (EventType::Agree, _) => ("03", 4.0),
            (EventType::Consult, "visit") => ("04", 1.9),
            (EventType::Consult, "third-party") => ("04", 2.5),
            (EventType::Consult, _) => ("04", 1.0),
            (EventType::Support, _) => ("05", 3.5),
            (EventType::Cooperate, _) => ("06", 6.0),
            (EventType::Aid, _) => ("07", 7.0),
            (EventType::Concede, _) | (EventType::Retreat, "resign") => ("08", 5.0),
            (EventType::Retreat, "access" | "ceasefire" | "withdraw" | "disarm") => ("08", 9.0),
            (EventType::Retreat, _) => ("08", 7.0),
            (EventType::Request, _) => ("10", -5.0),
            (EventType::Accuse, "investigate") => ("09", -2.0),
            (EventType::Accuse, _) => ("11", -2.0),
            (EventType::Reject, "meet" | "yield") => ("12", -5.0),
            (EventType::Reject, _) => ("12", -4.0),
            (EventType::Threaten, "restrict" | "relations") => ("13", -5.8),
            (EventType::Threaten, "expel" | "territory" | "violence") => ("13", -7.0),
            (EventType::Threaten, _) => ("13", -4.4),
            (EventType::Protest, "riot" | "obstruct") => ("14", -7.5),
            (EventType::Protest, _) => ("14", -6.5),
            (EventType::Sanction, "discontinue") => ("16", -5.6),
            (EventType::Sanction, "expel") => ("16", -7.0),
            (EventType::Sanction, _) => ("16", -4.0),
            (EventType::Mobilize, _) => ("15", -7.2),
            (EventType::Coerce, "seize") | (EventType::Assault, "destroy") => ("17", -9.2),
            (EventType::Coerce, "restrict" | "censor" | "curfew" | "martial-law" | "arrest" | "deport") => {
                ("17", -5.0)
            }
            (EventType::Coerce, _) => ("17", -7.0),
            (EventType::Assault, "crowd-control") => ("17", -9.0),
            (EventType::Assault, "abduct" | "torture" | "sexual") => ("18", -9.0),
            (EventType::Assault, "beat") => ("18", -9.5),
            (EventType::Assault, "targeted" | "explosives" | "suicide-attack") => ("18", -10.0),
            (EventType::Assault, "unconventional") => ("20", -10.0),
            (EventType::Assault, _) => ("19", -10.0),
        };
        Self { root, goldstein }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_on_the_side_of_the_quad() {
        for kind in EventType::ALL {
            assert_eq!(Cameo::of(*kind, None).goldstein > 0.0, kind.quad() <= 2, "{kind}");
        }
    }

    #[test]
    fn a_mode_has_a_code_of_its_own() {
        for (kind, mode, root, goldstein) in [
            (EventType::Consult, "visit", "04", 1.9),
            (EventType::Protest, "riot", "14", -7.5),
            (EventType::Assault, "torture", "18", -9.0),
            (EventType::Assault, "drone", "19", -10.0),
        ] {
            let of_mode = Mode::new(kind, mode).expect("a mode of PLOVER's");
            assert_eq!(Cameo::of(kind, Some(of_mode)), Cameo { root, goldstein }, "{kind} {mode}");
        }
    }
}
