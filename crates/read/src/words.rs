//! What can be said of a line by its characters alone.

/// Whether a script is written without spaces between words.
pub(crate) fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}' | '\u{20000}'..='\u{2fa1f}')
}

/// How many words a text has; two characters make a word in scripts without spaces.
pub(crate) fn count(text: &str) -> usize {
    let dense = text.chars().filter(|c| is_dense(*c)).count();
    let spaced = text
        .split_whitespace()
        .filter(|word| word.chars().any(|c| c.is_alphanumeric() && !is_dense(c)))
        .count();
    spaced + dense.div_ceil(2)
}

/// Quotation marks of every kind.
pub(crate) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '„'
            | '‟'
            | '‘'
            | '’'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

/// Whether a line ends as a sentence does.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || is_quote(c)
            || matches!(c, ')' | ']' | '）' | '】' | '*' | '_' | '\u{200e}' | '\u{200f}')
    });
    if end.ends_with("...") || end.ends_with("..") {
        return false;
    }
    end.ends_with(['.', '!', '?', '。', '！', '？', '؟', '۔', '।', '．', ':', '：', ';', '；', '…'])
}

/// Whether a line ends a quotation, as `… said," he "no"` does.
pub(crate) fn ends_quoted(text: &str) -> bool {
    text.trim_end().ends_with(['"', '”', '»', '」', '“', '’'])
}

/// How many sentences end in the text.
pub(crate) fn sentences(text: &str) -> usize {
    let mut count = 0;
    let mut chars = text.chars().peekable();
    let mut letters = 0;
    while let Some(c) = chars.next() {
        if c.is_alphabetic() {
            letters += 1;
        }
        let stop = matches!(c, '。' | '！' | '？')
            || matches!(c, '.' | '!' | '?' | '؟' | '۔' | '…')
                && letters > 1
                && chars.peek().is_none_or(|next| next.is_whitespace() || is_quote(*next));
        if stop {
            count += 1;
        }
        if !c.is_alphanumeric() {
            letters = 0;
        }
    }
    count
}

/// Lower case, straight quotes, single spaces; without bullets before and closing marks after.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = match c {
            '’' | '‘' | 'ʼ' | '`' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            'ي' | 'ى' => 'ی',
            'ك' => 'ک',
            // Capitals of Turkish are lowered without regard to the dot.
            'ı' => 'i',
            'أ' | 'إ' | 'آ' => 'ا',
            '\u{200c}' | '\u{a0}' => ' ',
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{307}' | '\u{640}' => continue,
            '：' => ':',
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '｜' => '|',
            '／' => '/',
            c => c,
        };
        if c.is_whitespace() {
            space = !folded.is_empty();
        } else {
            if space {
                folded.push(' ');
                space = false;
            }
            folded.push(c);
        }
    }
    let start =
        |c: char| !(c.is_alphanumeric() || matches!(c, '(' | '[' | '©' | '$' | '£' | '€' | '@' | '¥' | '₽'));
    let end = |c: char| {
        !(c.is_alphanumeric()
            || matches!(c, '&' | '%' | '*' | '+' | '\'' | '$' | '£' | '€' | '¥' | '₽' | '₪' | '₺' | '₴'))
    };
    folded.trim_start_matches(start).trim_end_matches(end).to_owned()
}

/// Whether words could be somebody's name: two to five words that begin with capitals, or, in scripts
/// without capitals, two to four short words.
pub(crate) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let wrong = |c: char| {
        c.is_ascii_digit()
            || matches!(c, '@' | ':' | '/' | '|' | '!' | '?' | '…' | '"' | '(' | ')' | '#' | ';' | '%')
    };
    if text.chars().any(wrong) || text.chars().count() > 48 {
        return false;
    }
    let dense = text.chars().filter(|c| is_dense(*c)).count();
    if dense > 0 {
        return (2..=6).contains(&dense) && text.chars().all(|c| is_dense(c) || c == '·' || c == ' ');
    }
    if !(2..=5).contains(&words.len()) {
        return false;
    }
    let cased = text.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    if !cased {
        return words.len() <= 4
            && words
                .iter()
                .all(|word| word.chars().all(|c| c.is_alphabetic() || c == '\u{200c}' || c == '-'));
    }
    let small = [
        "de", "da", "do", "dos", "del", "della", "di", "van", "von", "der", "den", "al", "el", "bin", "ibn",
        "la", "le", "af", "av", "ter", "ten", "e", "y", "zu", "du",
    ];
    let first = words.first().is_some_and(|word| word.starts_with(char::is_uppercase));
    let last = words.last().is_some_and(|word| word.chars().any(char::is_uppercase));
    let capital = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let right = words.iter().all(|word| {
        word.starts_with(char::is_uppercase)
            || small.contains(word)
            || word.contains('-')
            || word.contains('\'')
            || word.contains('’')
    });
    let letters = words
        .iter()
        .all(|word| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.' | '·')));
    first && last && right && letters && capital >= 2 && !text.ends_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_headings() {
        for name in [
            "Lidia Kelly",
            "Chas Newkey-Burden",
            "Ursula von der Leyen",
            "Мария Иванова",
            "نسرین احمدی",
            "王小明",
        ] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "Latest",
            "Talks in Tehran go on",
            "Read More…",
            "24 October",
            "Moskva stöder Teheran",
            "Svar direkt",
        ] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn folding_takes_off_what_adorns() {
        assert_eq!(fold("* View More ▸"), "view more");
        assert_eq!(fold("  Läs   också: "), "läs också");
        assert_eq!(fold("Don’t miss!"), "don't miss");
    }

    #[test]
    fn a_sentence_ends_behind_its_quotation_marks() {
        assert!(ends_sentence("He said \"no.\""));
        assert!(ends_sentence("他说：“不。”"));
        assert!(!ends_sentence("Read on..."));
        assert!(!ends_sentence("Iran and Russia 'up the ante'"));
    }
}
