//! Cuts a text into runs of letters, runs of digits and single marks, folded for comparison.

/// A run of letters, a run of digits, one Han character, or one mark.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Bytes of the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Folded: lower case, digits as ASCII, variant letters of a script as one.
    pub(crate) norm: String,
    pub(crate) kind: TokenKind,
    /// Whether no white space stands before it.
    pub(crate) glued: bool,
    /// Whether an empty line stands before it.
    pub(crate) after_break: bool,
    pub(crate) capital: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    Letters,
    Digits,
    Mark,
}

/// Cuts a text into tokens.
///
/// With `suffix_after_apostrophe`, letters after an apostrophe belong to the word before it but not to
/// its folded form (`2024'te`, `Mayıs'ta`).
pub(crate) fn tokens(text: &str, suffix_after_apostrophe: bool) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut glued = false;
    let mut line_ends = 0;
    // Set while the letters of a suffix after an apostrophe are passed over.
    let mut in_suffix = false;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        if in_suffix && character.is_alphabetic() {
            if let Some(last) = out.last_mut() {
                last.end = end;
            }
            continue;
        }
        in_suffix = false;
        if is_ignorable(character) {
            if let Some(last) = out.last_mut().filter(|last| glued && last.end == at) {
                last.end = end;
            }
            continue;
        }
        if character.is_whitespace() || matches!(character, '\u{200b}' | '\u{200c}' | '\u{feff}') {
            glued = false;
            line_ends += usize::from(character == '\n');
            continue;
        }
        let kind = kind_of(character);
        let joins = glued
            && kind != TokenKind::Mark
            && !is_han(character)
            && out.last().is_some_and(|last| last.kind == kind && !ends_in_han(&last.norm));
        if joins {
            if let Some(last) = out.last_mut() {
                fold(character, &mut last.norm);
                last.end = end;
            }
        } else {
            let is_apostrophe = matches!(character, '\'' | '’' | 'ʼ' | '′');
            let follows_word = glued && out.last().is_some_and(|last| last.kind != TokenKind::Mark);
            let next_is_letter =
                text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic);
            if suffix_after_apostrophe && is_apostrophe && follows_word && next_is_letter {
                in_suffix = true;
                continue;
            }
            let mut norm = String::new();
            fold(character, &mut norm);
            out.push(Token {
                start: at,
                end,
                norm,
                kind,
                glued,
                after_break: line_ends > 1,
                capital: character.is_uppercase(),
            });
        }
        glued = true;
        line_ends = 0;
    }
    out
}

/// The folded forms of the tokens of a few words.
pub(crate) fn folded(words: &str) -> Vec<String> {
    tokens(words, false).into_iter().map(|token| token.norm).collect()
}

pub(crate) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '〇')
}

fn ends_in_han(norm: &str) -> bool {
    norm.chars().next_back().is_some_and(is_han)
}

fn kind_of(character: char) -> TokenKind {
    if digit(character).is_some() {
        TokenKind::Digits
    } else if character.is_alphabetic() {
        TokenKind::Letters
    } else {
        TokenKind::Mark
    }
}

/// Vowel points and other marks that writers leave out at will.
fn is_ignorable(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036f}' | '\u{0591}'..='\u{05bd}' | '\u{05bf}' | '\u{05c1}' | '\u{05c2}'
        | '\u{0610}'..='\u{061a}' | '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}'
        | '\u{00ad}' | '\u{200d}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn digit(character: char) -> Option<char> {
    let base = match character {
        '0'..='9' => return Some(character),
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '０'..='９' => '０',
        _ => return None,
    };
    char::from_digit(u32::from(character) - u32::from(base), 10)
}

fn fold(character: char, into: &mut String) {
    if let Some(digit) = digit(character) {
        into.push(digit);
        return;
    }
    match character {
        '’' | 'ʼ' | '′' | '‘' | '`' | '׳' => into.push('\''),
        '“' | '”' | '״' => into.push('"'),
        '–' | '—' | '‑' | '‒' | '−' | '־' | '～' => into.push('-'),
        '，' | '،' => into.push(','),
        '：' => into.push(':'),
        '٫' => into.push('.'),
        '٬' => into.push(','),
        '％' | '٪' => into.push('%'),
        'ё' | 'Ё' => into.push('е'),
        'ı' | 'İ' | 'I' => into.push('i'),
        'أ' | 'إ' | 'آ' | 'ٱ' => into.push('ا'),
        'ى' | 'ي' => into.push('ی'),
        'ك' => into.push('ک'),
        'ة' => into.push('ه'),
        _ => into.extend(character.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norms(text: &str) -> Vec<String> {
        tokens(text, false).into_iter().map(|token| token.norm).collect()
    }

    #[test]
    fn runs_marks_and_han_characters_are_cut_apart() {
        assert_eq!(norms("Aug. 5,2024"), ["aug", ".", "5", ",", "2024"]);
        assert_eq!(norms("2023年10月"), ["2023", "年", "10", "月"]);
        assert_eq!(norms("上个月"), ["上", "个", "月"]);
        assert_eq!(norms("۲ آبان ۱۴۰۲"), ["2", "ابان", "1402"]);
    }

    #[test]
    fn a_suffix_after_an_apostrophe_is_part_of_the_word() {
        let cut = tokens("2024'te bitti", true);
        assert_eq!(cut.first().map(|t| (t.norm.as_str(), t.end)), Some(("2024", 7)));
        assert_eq!(cut.len(), 2);
    }
}
