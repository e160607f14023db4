use std::collections::BTreeMap;

use chancery_core::{Event, EventType, NoticeCode, OwnName, Status};

/// Says in plain words how often each thing was left undone: `2 dates could not be resolved`.
pub fn notices_in_words(counts: &BTreeMap<NoticeCode, usize>) -> Vec<String> {
    counts
        .iter()
        .map(|(&code, &count)| {
            let (one, several) = match code {
                NoticeCode::DateUnresolved => ("date could not be resolved", "dates could not be resolved"),
                NoticeCode::DateImpossible => ("date is impossible", "dates are impossible"),
                NoticeCode::MetadataImplausible => {
                    ("stated value makes no sense", "stated values make no sense")
                }
                NoticeCode::EncodingGuessed => ("encoding was guessed", "encodings were guessed"),
                NoticeCode::EncodingLossy => (
                    "document has characters that could not be decoded",
                    "documents have characters that could not be decoded",
                ),
                NoticeCode::LanguageUnknown => (
                    "document is in a language that could not be told",
                    "documents are in a language that could not be told",
                ),
                NoticeCode::LanguageWithoutFrames => (
                    "document is in a language without event frames",
                    "documents are in a language without event frames",
                ),
                NoticeCode::SentenceTooLong => {
                    ("sentence was too long and was cut", "sentences were too long and were cut")
                }
                NoticeCode::TooMuchText => {
                    ("document is longer than is read", "documents are longer than is read")
                }
                NoticeCode::ActorUnresolved => {
                    ("actor could not be resolved", "actors could not be resolved")
                }
                NoticeCode::HolderUnknown => {
                    ("office has no known holder on its day", "offices have no known holder on their day")
                }
                NoticeCode::NoNewsText => ("document holds no news text", "documents hold no news text"),
                NoticeCode::EventDropped => {
                    ("event was left out as hardly sure", "events were left out as hardly sure")
                }
                NoticeCode::PlaceUnresolved => {
                    ("place could not be resolved", "places could not be resolved")
                }
            };
            format!("{count} {}", if count == 1 { one } else { several })
        })
        .collect()
}

/// Says in plain words what kind of act an event is: `visit`, `air strike`; of a type or mode of the user's own by its
/// name: `state visit (ceremonial)`.
pub(crate) fn act(event: &Event) -> String {
    let in_words = |own: &OwnName| own.name.to_lowercase().replace(['-', '_'], " ");
    let act = event.own.kind.as_ref().map_or_else(|| plover_act(event).to_owned(), in_words);
    match event.own.strongest_mode() {
        Some(mode) => format!("{act} ({})", in_words(mode)),
        None => act,
    }
}

fn plover_act(event: &Event) -> &'static str {
    let mode = event.modes.first().map_or("", |mode| mode.as_str());
    match (event.kind, mode) {
        (EventType::Consult, "visit") => "visit",
        (EventType::Consult, "third-party") => "mediation",
        (EventType::Consult, "multilateral") => "multilateral talks",
        (EventType::Consult, "phone") => "phone call",
        (EventType::Consult, _) => "talks",
        (EventType::Agree, _) => "agreement",
        (EventType::Support, _) => "support",
        (EventType::Concede, _) => "concession",
        (EventType::Cooperate, _) => "cooperation",
        (EventType::Aid, _) => "aid or delivery",
        (EventType::Retreat, "withdraw") => "withdrawal",
        (EventType::Retreat, "release") => "release",
        (EventType::Retreat, "disarm") => "disarmament",
        (EventType::Retreat, "ceasefire") => "ceasefire",
        (EventType::Retreat, "access") => "granting of access",
        (EventType::Retreat, "resign") => "resignation",
        (EventType::Retreat, _) => "retreat",
        (EventType::Request, "assist") => "request for help",
        (EventType::Request, "change") => "demand for change",
        (EventType::Request, "yield") => "demand to yield",
        (EventType::Request, "meet") => "request to meet",
        (EventType::Request, _) => "request",
        (EventType::Accuse, "disapprove") => "criticism",
        (EventType::Accuse, "investigate") => "investigation",
        (EventType::Accuse, _) => "accusation",
        (EventType::Reject, "meet") => "refusal to meet",
        (EventType::Reject, "assist") => "refusal to help",
        (EventType::Reject, _) if event.status == Status::Denied => "denial",
        (EventType::Reject, _) => "rejection",
        (EventType::Threaten, "restrict") => "threat of restrictions",
        (EventType::Threaten, "arrest") => "threat of arrest",
        (EventType::Threaten, "relations") => "threat to cut relations",
        (EventType::Threaten, "expel") => "threat of expulsion",
        (EventType::Threaten, "territory") => "threat to occupy",
        (EventType::Threaten, "violence") => "threat of violence",
        (EventType::Threaten, _) => "threat",
        (EventType::Protest, "demo") => "demonstration",
        (EventType::Protest, "riot") => "riot",
        (EventType::Protest, "strike") => "strike",
        (EventType::Protest, "hunger") => "hunger strike",
        (EventType::Protest, "boycott") => "boycott",
        (EventType::Protest, "obstruct") => "blockade",
        (EventType::Protest, "vandalize") => "vandalism",
        (EventType::Protest, _) => "protest",
        (EventType::Sanction, "convict") => "conviction",
        (EventType::Sanction, "expel") => "expulsion",
        (EventType::Sanction, "withdraw") => "withdrawal from an agreement or body",
        (EventType::Sanction, "discontinue") => "suspension of relations or aid",
        (EventType::Sanction, _) => "sanctions",
        (EventType::Mobilize, "troops") => "movement of troops",
        (EventType::Mobilize, "weapons") => "deployment or test of weapons",
        (EventType::Mobilize, "police") => "mobilisation of police",
        (EventType::Mobilize, "militia") => "mobilisation of militia",
        (EventType::Mobilize, _) => "mobilisation",
        (EventType::Coerce, "seize") => "seizure",
        (EventType::Coerce, "restrict") => "restrictions",
        (EventType::Coerce, "censor") => "censorship",
        (EventType::Coerce, "curfew") => "curfew",
        (EventType::Coerce, "martial-law") => "martial law",
        (EventType::Coerce, "arrest") => "arrest",
        (EventType::Coerce, "deport") => "deportation",
        (EventType::Coerce, "withhold") => "withholding",
        (EventType::Coerce, "misinformation") => "disinformation",
        (EventType::Coerce, "cyber") => "cyber attack",
        (EventType::Coerce, _) => "coercion",
        (EventType::Assault, "abduct") => "abduction",
        (EventType::Assault, "beat") => "beating",
        (EventType::Assault, "torture") => "torture",
        (EventType::Assault, "sexual") => "sexual violence",
        (EventType::Assault, "targeted") => "targeted killing",
        (EventType::Assault, "destroy") => "destruction",
        (EventType::Assault, "firearms") => "shooting",
        (EventType::Assault, "explosives") => "bombing",
        (EventType::Assault, "suicide-attack") => "suicide attack",
        (EventType::Assault, "aerial") => "air strike",
        (EventType::Assault, "drone") => "drone attack",
        (EventType::Assault, "heavy-weapons") => "shelling or missile attack",
        (EventType::Assault, "crowd-control") => "force against a crowd",
        (EventType::Assault, "unconventional") => "attack with chemical, biological or nuclear means",
        (EventType::Assault, _) => "attack",
    }
}

/// The name of a language of ISO 639-1, for those that reports come in; else the code.
pub(crate) fn language(code: &str) -> &str {
    match code {
        "ar" => "Arabic",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fa" => "Persian",
        "fr" => "French",
        "he" => "Hebrew",
        "it" => "Italian",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "sv" => "Swedish",
        "tr" => "Turkish",
        "uk" => "Ukrainian",
        "zh" => "Chinese",
        other => other,
    }
}

/// Names in a row: `Iran, Russia and China`.
pub(crate) fn series(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
