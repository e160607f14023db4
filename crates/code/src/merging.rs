use chancery_core::{Event, EventType, Mode, Participant};

/// Whether an event of the text tells what a headline tells: the same kind of act between the same parties. A headline that
/// names one party alone tells too little to be taken for an act of another type (`Minister attends a conference`), and
/// praise for a host is no visit.
pub(crate) fn tells_the_same(headline: &Event, event: &Event) -> bool {
    let everyone = |event: &Event| -> Vec<Participant> {
        event.source.iter().chain(&event.recipient).cloned().collect()
    };
    let told = everyone(event);
    let is_praise = headline.kind == EventType::Consult && event.kind == EventType::Support;
    let is_retold = headline.status == event.status && everyone(headline).len() > 1 && !is_praise;
    headline.kind.quad() == event.kind.quad()
        && (headline.kind == event.kind || is_retold)
        && everyone(headline).iter().all(|party| told.iter().any(|other| is_same_party(party, other)))
}

fn is_same_party(a: &Participant, b: &Participant) -> bool {
    a.id == b.id || (a.country.is_some() && a.country == b.country)
}

/// Whether two codings of one sentence are of one act: the same type, and parties that do not differ.
pub(crate) fn is_one_act(known: &Event, other: &Event) -> bool {
    // `agreed to cooperate`, `announced that he would resign`: what is agreed on or announced is no second act.
    let is_announced = matches!(known.kind, EventType::Agree | EventType::Concede);
    if known.kind != other.kind || (known.status != other.status && !is_announced) {
        return false;
    }
    let everyone = |event: &Event| -> Vec<Participant> {
        event.source.iter().chain(&event.recipient).cloned().collect()
    };
    if known.kind.is_mutual() {
        let (a, b) = (everyone(known), everyone(other));
        let within = |a: &[Participant], b: &[Participant]| {
            a.iter().all(|party| b.iter().any(|other| is_same_party(party, other)))
        };
        return within(&a, &b) || within(&b, &a);
    }
    let compatible = |a: &[Participant], b: &[Participant]| {
        a.is_empty()
            || b.is_empty()
            || a.iter().any(|party| b.iter().any(|other| is_same_party(party, other)))
    };
    compatible(&known.source, &other.source) && compatible(&known.recipient, &other.recipient)
}

pub(crate) fn merge(known: &mut Event, other: Event) {
    let richness = |event: &Event| {
        (
            usize::from(!event.source.is_empty()) + usize::from(!event.recipient.is_empty()),
            event.source.len() + event.recipient.len(),
        )
    };
    let mut own = known.own.clone();
    own.join(other.own.clone());
    let modes: Vec<Mode> = known.modes.iter().chain(&other.modes).copied().collect();
    let contexts: Vec<_> = known.contexts.iter().chain(&other.contexts).copied().collect();
    // `travelled to Iran to meet its president`: the president is who was visited.
    if known.kind == EventType::Consult && !known.recipient.is_empty() && other.recipient.is_empty() {
        for party in &other.source {
            let replaces = known.recipient.iter().position(|host| host.country == party.country);
            let is_visitor = known.source.iter().any(|visitor| visitor.id == party.id);
            if let Some(place) = replaces.filter(|_| !is_visitor)
                && let Some(host) = known.recipient.get_mut(place)
            {
                *host = party.clone();
            }
        }
    } else if richness(&other) > richness(known) {
        let why = known.why.clone();
        let evidence = known.evidence.cover(other.evidence);
        *known = other;
        known.evidence = evidence;
        known.why.extend(why);
    }
    known.own = own;
    known.modes = modes;
    known.modes.sort_unstable();
    known.modes.dedup();
    known.contexts = contexts;
    known.contexts.sort_unstable();
    known.contexts.dedup();
}
