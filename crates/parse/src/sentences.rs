use std::ops::Range;

use crate::datelines::dateline;
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
    let together = together(&forms, tokens);
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut has_word = false;
    for (index, token) in tokens.iter().enumerate() {
        let together = together.get(index).copied().unwrap_or(false);
        let ends = index > start
            && (token.gap
                || (has_word
                    && !together
                    && (opens_item(&forms, tokens, start, index)
                        || ends_before(&forms, tokens, start, index, rules))));
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

/// Whether a sentence that begins at `start` ends before the word at `index`.
fn ends_before(forms: &[&str], tokens: &[Token], start: usize, index: usize, rules: &Rules) -> bool {
    let (Some(token), Some(form)) = (tokens.get(index), forms.get(index)) else { return false };
    let form_at = |index: usize| forms.get(index).copied().unwrap_or_default();
    if (!token.space && is_closing(form)) || closes(forms, start, index) || is_trailing(forms, index) {
        return false;
    }
    // The mark that ends the sentence, before the quotes and brackets that it closes.
    let mut end = index - 1;
    while end > 0 && index - end <= MARKS && !is_final(form_at(end)) {
        if let Some(open) = reference(forms, end) {
            end = open.saturating_sub(1);
        } else if is_closing(form_at(end)) {
            end -= 1;
        } else {
            break;
        }
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
        let closed = (end + 1..index).all(|mark| matches!(form_at(mark), "”" | "»" | "\"" | ")" | "」"));
        let missing = first.is_alphabetic() && next == index && closed;
        if !missing || last.abbreviation.is_some() {
            return false;
        }
    }
    let starter = || rules.starters.contains(&fold(next_form));
    match last.abbreviation {
        None => true,
        Some(Abbreviation::Followed) => first.is_alphabetic() && starter(),
        // `10 a.m. (local time)` goes on.
        Some(Abbreviation::Free) => first.is_alphabetic() && (starter() || (next > index && *form != "(")),
        Some(Abbreviation::Closing) => first.is_alphabetic(),
        Some(Abbreviation::ClosingAfterNumber) => {
            let number = end.checked_sub(1).map(form_at);
            let number = number.is_some_and(|form| form.chars().any(char::is_numeric));
            first.is_alphabetic() && (number || starter())
        }
    }
}

/// Whether the word at `index` opens a reference, which stands behind the full stop of the sentence that it is for: `. [17]`
fn is_trailing(forms: &[&str], index: usize) -> bool {
    reference(forms, index + 2).is_some_and(|open| open == index)
}

/// Where the reference begins that ends with the word at `index`.
fn reference(forms: &[&str], index: usize) -> Option<usize> {
    let open = index.checked_sub(2)?;
    let [opening, number, closing] = forms.get(open..=index)? else { return None };
    let is_number = number.len() <= 3 && number.chars().all(char::is_numeric);
    (*opening == "[" && is_number && *closing == "]").then_some(open)
}

/// Whether a quotation mark closes what another has opened in the sentence, with a space between: `« C'est fini. »`
fn closes(forms: &[&str], start: usize, index: usize) -> bool {
    let opening = match forms.get(index).copied() {
        Some("»") => "«",
        Some("”") => "“",
        Some("“") => "„",
        Some("’") => "‘",
        _ => return false,
    };
    let count =
        |mark: &str| forms.get(start..index).unwrap_or_default().iter().filter(|form| **form == mark).count();
    count(opening) > count(forms.get(index).copied().unwrap_or_default())
}

/// Whether the word at `index` is the mark or number of an item of a list, in the sentence that begins at `start`.
fn opens_item(forms: &[&str], tokens: &[Token], start: usize, index: usize) -> bool {
    let form = |index: usize| forms.get(index).copied().unwrap_or_default();
    let Some(token) = tokens.get(index).filter(|token| token.space) else { return false };
    if !tokens
        .get(index + 1)
        .is_some_and(|next| next.space || form(index + 1) == "." || form(index + 1) == ")")
    {
        return false;
    }
    if is_bullet(form(index)) {
        return true;
    }
    // Dashes and numbers stand in sentences too; here the line before leads to them or has one of its own.
    let led = index.checked_sub(1).map_or("", form);
    let led = led.ends_with([':', ';', '：', '；']) || is_final(led);
    let is_dash = |form: &str| matches!(form, "-" | "–" | "—" | "―" | "*" | "·" | "+");
    let is_number = |index: usize| {
        let digits = form(index).trim_end_matches('.');
        let short = digits.len() <= 2 && !digits.is_empty();
        short
            && (digits.chars().all(char::is_numeric) || digits.chars().all(char::is_alphabetic))
            && (form(index).ends_with('.') || matches!(form(index + 1), "." | ")"))
    };
    token.line
        && ((is_dash(form(index)) && (led || form(start) == form(index)))
            || (is_number(index) && (led || is_number(start))))
}

/// A mark that stands before the items of lists and nowhere else.
fn is_bullet(form: &str) -> bool {
    matches!(
        form,
        "•" | "‣"
            | "▪"
            | "●"
            | "■"
            | "◦"
            | "►"
            | "▶"
            | "◆"
            | "➤"
            | "✓"
            | "✔"
            | "⁃"
            | "❖"
            | "➢"
    )
}

/// Which words stand in one sentence with the word before: inside a bracket that is closed soon after it was opened,
/// and in and behind a dateline.
fn together(forms: &[&str], tokens: &[Token]) -> Vec<bool> {
    let mut inside = bracketed(forms);
    for (start, _) in tokens.iter().enumerate().filter(|(index, token)| *index == 0 || token.gap) {
        let found = forms.get(start..).and_then(dateline);
        let words = found.and_then(|found| inside.get_mut(start + 1..=start + found.words));
        words.into_iter().flatten().for_each(|word| *word = true);
    }
    inside
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
