use std::ops::Range;

use crate::rules::{Abbreviation, Rules, fold};
use crate::words::Token;

/// How many marks may stand between the end of a sentence and the first word of the next.
const MARKS: usize = 6;
/// How many words a bracket may hold and still keep its sentences together.
const BRACKET: usize = 40;

/// Groups words into sentences, as ranges of `tokens`, without a gap between them.
pub(crate) fn sentences(text: &str, tokens: &[Token], rules: &Rules) -> Vec<Range<usize>> {
    let form = |token: &Token| text.get(token.range.clone()).unwrap_or_default();
    let forms: Vec<&str> = tokens.iter().map(form).collect();
    let bracketed = bracketed(&forms);
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut has_word = false;
    for (index, token) in tokens.iter().enumerate() {
        let in_bracket = bracketed.get(index).copied().unwrap_or(false);
        let ends = index > start
            && (token.gap || (has_word && !in_bracket && ends_before(&forms, tokens, index, rules)));
        if ends {
            sentences.push(start..index);
            start = index;
            has_word = false;
        }
        has_word |= forms.get(index).is_some_and(|form| form.chars().any(char::is_alphabetic));
    }
    if start < tokens.len() {
        // Marks at the very end belong to what they follow.
        match sentences.last_mut() {
            Some(last) if !has_word && !tokens.get(start).is_some_and(|token| token.gap) => {
                last.end = tokens.len();
            }
            _ => sentences.push(start..tokens.len()),
        }
    }
    sentences
}

/// Whether a sentence ends before the word at `index`.
fn ends_before(forms: &[&str], tokens: &[Token], index: usize, rules: &Rules) -> bool {
    let (Some(token), Some(form)) = (tokens.get(index), forms.get(index)) else { return false };
    let form_at = |index: usize| forms.get(index).copied().unwrap_or_default();
    if !token.space && is_closing(form) {
        return false;
    }
    // The mark that ends the sentence, before the quotes and brackets that it closes.
    let mut end = index - 1;
    while end > 0 && index - end <= MARKS && is_closing(form_at(end)) && !is_final(form_at(end)) {
        end -= 1;
    }
    let (Some(last), last_form) = (tokens.get(end), form_at(end)) else { return false };
    if last.abbreviation.is_none() && !is_final(last_form) {
        return false;
    }
    let wide = last_form.ends_with(['。', '！', '？', '｡']);
    // The first word of what may be the next sentence.
    let next =
        (index..(index + MARKS).min(forms.len())).find(|&at| form_at(at).chars().any(char::is_alphanumeric));
    let Some(next) = next else { return wide };
    let next_form = form_at(next);
    let Some(first) = next_form.chars().find(|character| character.is_alphanumeric()) else { return false };
    if first.is_lowercase() {
        return false;
    }
    if !token.space && !wide {
        // A space is missing; `3.5` and `U.S.` never come here, they are one word.
        let missing = first.is_alphabetic() && next == index && end + 1 == index;
        if !missing || last.abbreviation.is_some() {
            return false;
        }
    }
    let starter = || rules.starters.contains(&fold(next_form));
    match last.abbreviation {
        None => true,
        Some(Abbreviation::Followed) => first.is_alphabetic() && starter(),
        Some(Abbreviation::Free) => first.is_alphabetic() && (starter() || next > index),
        Some(Abbreviation::Closing) => first.is_alphabetic(),
        Some(Abbreviation::ClosingAfterNumber) => {
            let number = end.checked_sub(1).map(form_at);
            let number = number.is_some_and(|form| form.chars().any(char::is_numeric));
            first.is_alphabetic() && (number || starter())
        }
    }
}

/// Which words stand inside a bracket that is closed soon after it was opened.
fn bracketed(forms: &[&str]) -> Vec<bool> {
    let mut inside = vec![false; forms.len()];
    let mut open: Option<usize> = None;
    for (index, form) in forms.iter().enumerate() {
        match *form {
            "(" | "（" => open = Some(index),
            ")" | "）" => {
                if let Some(start) = open.take()
                    && index - start <= BRACKET
                {
                    for place in inside.get_mut(start + 1..=index).into_iter().flatten() {
                        *place = true;
                    }
                }
            }
            _ => {}
        }
    }
    inside
}

fn is_final(form: &str) -> bool {
    let marks = ['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '｡', '‽', '⁈', '⁉'];
    form.ends_with(marks) && form.chars().all(|character| marks.contains(&character))
}

fn is_closing(form: &str) -> bool {
    matches!(
        form,
        "\"" | "”" | "“" | "»" | "«" | "'" | "’" | ")" | "]" | "）" | "」" | "』" | "》" | "】" | "''"
    ) || is_final(form)
}
