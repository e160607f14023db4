/// Folds a word for comparison: lower case, without accents, vowel points and other variants of writing.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        for c in c.to_lowercase() {
            match c {
                // A breve belongs to its letter in Cyrillic; elsewhere accents fall away.
                '\u{306}' if folded.ends_with('и') => {
                    folded.pop();
                    folded.push('й');
                }
                '\u{300}'..='\u{36f}'
                | '\u{5b0}'..='\u{5c7}'
                | '\u{610}'..='\u{61a}'
                | '\u{64b}'..='\u{65f}' => {}
                '\u{640}'
                | '\u{670}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' => {}
                '\u{feff}' | '\u{ad}' => {}
                _ => match plain(c) {
                    Some(plain) => folded.push_str(plain),
                    None => folded.push(c),
                },
            }
        }
    }
    folded
}

/// The plain form of a letter with an accent or of a variant of writing.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ'..='ặ' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ'..='ệ' | 'ə' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' | 'ḥ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ọ'..='ợ' | 'ơ' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṭ' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ'..='ự' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' | 'ỳ'..='ỹ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' => "z",
        'ё' => "е",
        'ґ' => "г",
        'أ' | 'إ' | 'آ' | 'ٱ' => "ا",
        'ى' | 'ي' | 'ئ' => "ی",
        'ؤ' => "و",
        'ك' => "ک",
        'ة' => "ه",
        _ => return None,
    })
}

/// Whether a character joins the parts of a compound: `Russian-Iranian`, `Russia/Iran`.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '/' | '·' | '•' | '־' | '\u{ff0d}' | '‧')
}

/// Whether a character may stand for an apostrophe, a geresh or a colon before an ending (`USA:s`).
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | ':' | '׳' | '״' | '"' | '“' | '”' | '＇')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn variants_of_writing_fold_together() {
        assert_eq!(fold("İRAN"), fold("Iran"));
        assert_eq!(fold("États"), fold("ETATS"));
        assert_eq!(fold("إيران"), fold("ایران"));
        assert_eq!(fold("Китай"), fold("Кита\u{438}\u{306}"));
        assert_eq!(fold("می\u{200c}شود"), fold("میشود"));
    }
}
