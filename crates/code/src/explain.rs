use std::fmt::Write as _;

use chancery_core::{Analysis, Document, Mentions};

use crate::clause::Clause;
use crate::firing::{Missing, try_all};
use crate::language::Language;
use crate::parties::Parties;
use crate::words::WordKeys;

/// Tells for every word of a sentence that any frame lists whether the frame fired or what was missing.
pub(crate) fn explain_sentence(
    document: &Document,
    analysis: &Analysis,
    mentions: &Mentions,
    language: &Language,
    index: usize,
) -> String {
    let Some(sentence) = analysis.sentences.get(index) else {
        return format!(
            "The document has {} sentences; there is no sentence {index}.\n",
            analysis.sentences.len()
        );
    };
    let keys = WordKeys::of_sentence(sentence, language.spelling());
    let clause = Clause::new(sentence, &keys, language).with_times(mentions, index);
    let parties = Parties::new(mentions, index, sentence);
    let mut out = format!("{}\n", document.text.slice(sentence.span));
    for (at, word) in sentence.words.iter().enumerate() {
        // A frame of another part of speech is of another word.
        let tried = try_all(language, &clause, &parties, at);
        for (frame, outcome) in tried.into_iter().filter(|(_, tried)| !matches!(tried, Err(Missing::Part))) {
            let _ = match outcome {
                Ok(firing) => {
                    let names = |side: &[crate::parties::Party]| {
                        let names: Vec<_> = side
                            .iter()
                            .filter_map(|p| parties.actor(p))
                            .map(|actor| actor.name.as_str())
                            .collect();
                        if names.is_empty() { "nobody".to_owned() } else { names.join(", ") }
                    };
                    let (source, recipient) = (names(&firing.source), names(&firing.recipient));
                    writeln!(
                        out,
                        "  `{}`: {} ({}) fires: {} by {source} to {recipient}",
                        word.form,
                        frame.name,
                        frame.place(),
                        frame.type_name()
                    )
                }
                Err(missing) => {
                    writeln!(
                        out,
                        "  `{}`: {} ({}) did not fire: {}",
                        word.form,
                        frame.name,
                        frame.place(),
                        missing.in_words()
                    )
                }
            };
        }
    }
    out
}
