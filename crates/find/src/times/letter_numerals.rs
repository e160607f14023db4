//! Numbers written in letters, as Hebrew days and years are: `כ"ב בתשרי תשפ"ד`.

use super::tokens::{Token, TokenKind};

/// Tokens behind a month among which its year may begin: `אדר ב' תשפ"ד`.
const YEAR_WITHIN: usize = 3;

/// Turns letters that number the day before a month, or the year behind it, into digits. Only there are they
/// numbers; elsewhere they are abbreviations.
pub(super) fn join(tokens: &[Token], prefixes: &[String], is_month: impl Fn(&str) -> bool) -> Vec<Token> {
    let bare = |word: &str| -> Vec<String> {
        let stripped = prefixes.iter().filter_map(|prefix| word.strip_prefix(prefix.as_str()));
        std::iter::once(word).chain(stripped).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let month_at =
        |at: usize| tokens.get(at).is_some_and(|token| bare(&token.norm).iter().any(|word| is_month(word)));
    let mut joined = Vec::with_capacity(tokens.len());
    let mut month: Option<usize> = None;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let numeral = letters_at(tokens, at).and_then(|(letters, length)| {
            let values = bare(&letters).into_iter().filter_map(|letters| value(&letters));
            let near_month = month.is_some_and(|month| at <= month + YEAR_WITHIN);
            let mut fitting = values.filter_map(|value| match value {
                1..=30 if month_at(at + length) => Some(value),
                600..=999 if near_month => Some(5000 + value),
                _ => None,
            });
            fitting.next().map(|value| (value, length))
        });
        if let Some((value, length)) = numeral
            && let Some(last) = tokens.get(at + length - 1)
        {
            let (norm, end) = (value.to_string(), last.end);
            joined.push(Token { norm, end, kind: TokenKind::Digits, ..token.clone() });
            at += length;
            continue;
        }
        if month_at(at) {
            month = Some(at);
        }
        joined.push(token.clone());
        at += 1;
    }
    joined
}

/// The letters of what may be a numeral, and how many tokens it takes: a mark stands before the last letter,
/// or behind the only one. The letter of the thousands is left out: `ה'תשפ"ד`.
fn letters_at(tokens: &[Token], at: usize) -> Option<(String, usize)> {
    let token = |ahead: usize| tokens.get(at + ahead);
    let glued = |ahead: usize, norm: &str| token(ahead).is_some_and(|t| t.glued && t.norm == norm);
    let first = token(0).filter(|token| token.kind == TokenKind::Letters)?;
    if glued(1, "\"") {
        let last = token(2).filter(|last| last.glued && last.norm.chars().count() == 1)?;
        return Some((format!("{}{}", first.norm, last.norm), 3));
    }
    if !glued(1, "'") {
        return None;
    }
    if first.norm.ends_with('ה') && token(2).is_some_and(|next| next.glued && next.kind == TokenKind::Letters)
    {
        return letters_at(tokens, at + 2).map(|(letters, length)| (letters, length + 2));
    }
    Some((first.norm.clone(), 2))
}

/// What letters are worth, none where they are no numeral: each is worth no more than the one before it.
fn value(letters: &str) -> Option<u32> {
    let mut last = u32::MAX;
    let mut sum = 0;
    for letter in letters.chars() {
        let worth = worth(letter)?;
        if worth > last {
            return None;
        }
        (last, sum) = (worth, sum + worth);
    }
    Some(sum)
}

fn worth(letter: char) -> Option<u32> {
    const LETTERS: &str = "אבגדהוזחטיכלמנסעפצקרשת";
    let place = u32::try_from(LETTERS.chars().position(|known| known == letter)?).ok()?;
    Some(match place {
        0..=8 => place + 1,
        9..=17 => (place - 8) * 10,
        _ => (place - 17) * 100,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn norms(text: &str) -> Vec<String> {
        let prefixes = ["ב".to_owned(), "ל".to_owned()];
        let joined = join(&tokens(text, false), &prefixes, |word| word == "תשרי" || word == "אדר");
        joined.into_iter().map(|token| token.norm).collect()
    }

    #[test]
    fn letters_are_numbers_beside_a_month_alone() {
        assert_eq!(norms("בכ\"ב בתשרי תשפ\"ד"), ["22", "בתשרי", "5784"]);
        assert_eq!(norms("ט' תשרי ה'תשפ\"ה"), ["9", "תשרי", "5785"]);
        assert_eq!(norms("ט\"ו אדר ב' תשפ\"ד"), ["15", "אדר", "ב", "'", "5784"]);
        assert_eq!(norms("מפקד צה\"ל בא"), ["מפקד", "צה", "\"", "ל", "בא"]);
    }
}
