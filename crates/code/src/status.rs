use chancery_core::{EventType, Mode, Polarity, Say, Status};

use crate::modality::Modality;

/// What an act becomes that is to come: material help a promise, violence that its doer announces a threat.
pub(crate) fn planned(kind: EventType, is_declared: bool) -> EventType {
    match kind {
        EventType::Consult | EventType::Support | EventType::Cooperate | EventType::Aid => EventType::Agree,
        EventType::Retreat => EventType::Concede,
        EventType::Assault | EventType::Sanction | EventType::Coerce | EventType::Protest if is_declared => {
            EventType::Threaten
        }
        other => other,
    }
}

/// What is threatened by announcing an act of material conflict.
pub(crate) fn threatened(kind: EventType, modes: &[Mode]) -> Vec<Mode> {
    let has = |name: &str| modes.iter().any(|mode| mode.as_str() == name);
    let threat = match kind {
        EventType::Assault => "violence",
        // Threats of protest stand with those of ending relations (CAMEO 133).
        EventType::Protest => "relations",
        _ if has("discontinue") => "relations",
        _ if has("expel") || has("deport") => "expel",
        _ if has("arrest") => "arrest",
        _ => "restrict",
    };
    Mode::new(EventType::Threaten, threat).into_iter().collect()
}

/// What is refused by saying that an act of cooperation will not be done.
pub(crate) fn refused(kind: EventType) -> Vec<Mode> {
    let refusal = match kind {
        EventType::Consult => "meet",
        EventType::Support | EventType::Aid => "assist",
        EventType::Concede | EventType::Retreat => "yield",
        _ => return Vec::new(),
    };
    Mode::new(EventType::Reject, refusal).into_iter().collect()
}

/// The status that a frame states, or that the words around the predicate and its speakers give it.
pub(crate) fn status_of(
    kind: EventType,
    denial: bool,
    stated: Option<Status>,
    modality: &Modality,
    says: &[Say],
) -> Status {
    if let Some(status) = stated.filter(|_| modality.polarity == Polarity::Yes) {
        return status;
    }
    let derived = Status::derive(kind, denial, modality.polarity, modality.certainty, modality.frame, says);
    // `must be condemned` condemns; `must support Kyiv` does not support it, nor has agreed who `must agree`.
    let is_done_by_saying =
        matches!(kind, EventType::Accuse | EventType::Request | EventType::Reject | EventType::Threaten);
    if modality.asked && derived == Status::Asserted && !is_done_by_saying {
        Status::Requested
    } else {
        derived
    }
}
