//! How words in capitals are read: as in running text, which is what the encoder knows.

use crate::datelines::{dateline, is_capitals};

/// Letters of the longest word of a sentence in capitals: what has only shorter ones is a row of abbreviations.
const LONGEST_WORD: usize = 5;

/// The words of a sentence as they are read in place of what stands in the text.
pub(crate) struct Spelled {
    /// For all but names.
    pub(crate) words: Vec<String>,
    /// For names, where small letters would hide them.
    pub(crate) names: Option<Vec<String>>,
}

/// How a sentence in capitals, or one behind a dateline, is read; nothing where it is read as it stands. `lower` gives
/// the small letters of its language.
pub(crate) fn spelled(forms: &[&str], lower: impl Fn(&str) -> String) -> Option<Spelled> {
    let titled = |form: &str| {
        let mut small = lower(form).chars().collect::<Vec<_>>().into_iter();
        let first = form.chars().next().filter(|_| small.next().is_some());
        first.into_iter().chain(small).collect::<String>()
    };
    if in_capitals(forms) {
        let words = forms.iter().map(|form| lower(form)).collect();
        return Some(Spelled { words, names: Some(forms.iter().map(|form| titled(form)).collect()) });
    }
    let place = dateline(forms)?.place;
    let words = forms.iter().enumerate();
    let words = words.map(|(index, form)| if index < place { titled(form) } else { (*form).to_owned() });
    Some(Spelled { words: words.collect(), names: None })
}

/// Whether a sentence of at least two words has capitals and no small letter.
fn in_capitals(forms: &[&str]) -> bool {
    let letters = |form: &str| form.chars().filter(|character| character.is_alphabetic()).count();
    let mut words = 0;
    let mut longest = 0;
    for form in forms.iter().filter(|form| form.chars().any(char::is_alphabetic)) {
        let capital = |character: char| !character.is_alphabetic() || character.is_uppercase();
        if !form.chars().all(capital) {
            return false;
        }
        words += usize::from(is_capitals(form) && letters(form) > 1);
        longest = longest.max(letters(form));
    }
    words > 1 && longest >= LONGEST_WORD
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Option<String> {
        let forms: Vec<_> = text.split(' ').collect();
        spelled(&forms, str::to_lowercase).map(|spelled| spelled.words.join(" "))
    }

    #[test]
    fn capitals_are_read_as_running_text() {
        assert_eq!(words("MINISTER RESIGNS IN DUBLIN").as_deref(), Some("minister resigns in dublin"));
        assert_eq!(
            words("OSLO ( Agency ) — The port closed .").as_deref(),
            Some("Oslo ( Agency ) — The port closed .")
        );
        for text in ["The DRC left .", "NATO , EU , UN", "NATO", "外交 部长", "— 3 —", ""] {
            assert_eq!(words(text), None, "{text}");
        }
        let forms = ["ÉTATS", "-", "UNIS", "D'ABORD"];
        let names = spelled(&forms, str::to_lowercase).and_then(|spelled| spelled.names);
        assert_eq!(names.expect("in capitals").join(" "), "États - Unis D'abord");
    }
}
