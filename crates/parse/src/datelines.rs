//! Where and when a report was written, before its first sentence: `NAIROBI, Kenya (Agency) —`, `WIEN, 3. März.`

/// How many words may stand in brackets, or between a comma and the next mark.
const LONGEST_PART: usize = 8;
/// What is left over must be a sentence and no second line of a headline.
const SHORTEST_REST: usize = 3;
/// Letters of a place: shorter words in capitals are abbreviations.
const SHORTEST_PLACE: usize = 3;

/// The words of a dateline at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// How many words the place has, which is written in capitals.
    pub(crate) place: usize,
    /// How many words stand before the first sentence.
    pub(crate) words: usize,
}

/// The dateline that the words begin with; nothing where there is none, or its place is not written in capitals.
pub(crate) fn dateline(forms: &[&str]) -> Option<Dateline> {
    let form = |index: usize| forms.get(index).copied().unwrap_or_default();
    let place = place(forms)?;
    let mut at = place;
    let mut bracketed = false;
    // `STOCKHOLM 6 maj 2024 (Agency) -`
    if form(at).starts_with(char::is_numeric) {
        at = dated(forms, at)?;
    }
    loop {
        match form(at) {
            "," => at = dated(forms, at + 1)?,
            "(" | "/" => {
                let close = if form(at) == "(" { ")" } else { "/" };
                let length = (1..=LONGEST_PART).find(|length| form(at + length) == close)?;
                at += length + 1;
                bracketed = true;
            }
            _ => break,
        }
    }
    let has_parts = at > place;
    let stops = form(at) == "." || (has_parts && form(at - 1).ends_with('.'));
    at += usize::from(form(at) == ".");
    let dashed = is_dash(form(at));
    at += usize::from(dashed);
    // One word and a full stop; several may be a headline.
    let ends =
        (dashed && has_parts) || (stops && (has_parts || place == 1)) || (bracketed && !is_mark(form(at)));
    let rest = forms.get(at..).filter(|rest| rest.len() >= SHORTEST_REST)?;
    let is_sentence = form(at).chars().any(char::is_alphanumeric) || is_opening(form(at));
    (ends && is_sentence && rest.iter().any(|form| form.chars().any(char::is_lowercase)))
        .then_some(Dateline { place, words: at })
}

/// How many words in capitals, joined by `/` and `-`, stand first.
fn place(forms: &[&str]) -> Option<usize> {
    let is_name = |form: &&str| is_capitals(form);
    let mut count = 0;
    while forms.get(count).is_some_and(is_name)
        || (count > 0
            && forms.get(count).is_some_and(|form| matches!(*form, "/" | "-"))
            && forms.get(count + 1).is_some_and(is_name))
    {
        count += 1;
    }
    let long = |form: &&str| form.chars().count() >= SHORTEST_PLACE;
    forms.get(..count)?.iter().any(long).then_some(count)
}

/// Where the name or day ends that stands behind a comma: words in capitals, and whatever stands beside a number.
fn dated(forms: &[&str], start: usize) -> Option<usize> {
    let form = |index: usize| forms.get(index).copied().unwrap_or_default();
    let is_number = |index: usize| form(index).starts_with(char::is_numeric);
    let belongs = |index: usize| {
        let beside = is_number(index + 1) || (index > start && is_number(index - 1));
        is_number(index)
            || form(index)
                .starts_with(|first: char| first.is_alphabetic() && (beside || first.is_uppercase()))
    };
    let length = (0..LONGEST_PART).take_while(|length| belongs(start + length)).count();
    // A sentence may follow the day without a mark.
    let day = (start..start + length)
        .find(|&index| form(index).ends_with('.') && !is_number(index) && !is_number(index + 1));
    let end = day.map_or(start + length, |day| day + 1);
    (length > 0).then_some(end)
}

/// Whether a word is written in capitals throughout.
pub(crate) fn is_capitals(form: &str) -> bool {
    form.chars().any(char::is_uppercase) && form.chars().all(char::is_uppercase)
}

fn is_dash(form: &str) -> bool {
    matches!(form, "-" | "--" | "–" | "—" | "―")
}

fn is_opening(form: &str) -> bool {
    matches!(form, "\"" | "“" | "„" | "«" | "»" | "”" | "'" | "‘")
}

fn is_mark(form: &str) -> bool {
    !form.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_told_from_sentences() {
        for (text, place, words) in [
            ("NAIROBI , Kenya ( Agency ) - Police arrested two men .", 1, 7),
            ("WIEN , 3. März . Der Kanzler reist .", 1, 5),
            ("WASHINGTON , Aug. 3 ( Agency ) — The Senate voted .", 1, 8),
            ("МИНСК , 5 авг. Парламент принял поправки .", 1, 4),
            ("LIMA , 4 mayo ( Agencia ) . - El Congreso votó .", 1, 9),
            ("KYIV / WARSAW ( Agency ) — Poland closed its border .", 3, 7),
            ("BRYSSEL ( TT ) Kommissionen stoppar stödet .", 1, 4),
            ("TEL AVIV , Israel — Police arrested two men .", 2, 5),
            ("RAMALLAH . Tusentals palestinier demonstrerade .", 1, 2),
            ("OSLO , May 6 , 2024 ( Agency ) - Police arrested two men .", 1, 10),
            ("STOCKHOLM 6 maj 2024 ( Agency ) - Polisen grep en man .", 1, 8),
        ] {
            let forms: Vec<_> = text.split(' ').collect();
            assert_eq!(dateline(&forms), Some(Dateline { place, words }), "{text}");
        }
        for text in [
            "NATO said that it would act .",
            "NATO , which met on Monday , will act .",
            "TALKS FAIL . Envoys leave Geneva today .",
            "Kyiv , Ukraine ( Agency ) - Police arrested two men .",
            "TALKS FAIL ( AGENCY ) - ENVOYS LEAVE",
            "",
            "OSLO",
        ] {
            let forms: Vec<_> = text.split(' ').collect();
            assert_eq!(dateline(&forms), None, "{text}");
        }
    }
}
