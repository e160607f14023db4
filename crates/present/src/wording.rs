use std::collections::BTreeMap;

use chancery_core::NoticeCode;

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
                NoticeCode::EventDropped => ("event was dropped", "events were dropped"),
                NoticeCode::PlaceUnresolved => {
                    ("place could not be resolved", "places could not be resolved")
                }
            };
            format!("{count} {}", if count == 1 { one } else { several })
        })
        .collect()
}
