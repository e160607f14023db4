/// Returns a word as tables compare it: lower case, without the marks that spellings differ in (Arabic
/// vowel signs and letter variants, Hebrew points, Turkish dots, curly apostrophes).
pub(super) fn key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    for letter in word.chars().flat_map(char::to_lowercase) {
        match letter {
            '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{640}' | '\u{591}'..='\u{5C7}' | '\u{307}' | '\u{AD}' => {}
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => {}
            'ي' | 'ى' | 'ئ' => key.push('ی'),
            'ك' => key.push('ک'),
            'أ' | 'إ' | 'آ' | 'ٱ' => key.push('ا'),
            'ة' | 'ۀ' => key.push('ه'),
            'ؤ' => key.push('و'),
            'ё' => key.push('е'),
            'ı' => key.push('i'),
            '’' | '‘' | 'ʼ' | '`' | '´' => key.push('\''),
            '‐' | '‑' | '–' => key.push('-'),
            other => key.push(other),
        }
    }
    key
}

/// Returns the first characters of a key, which patterns are filed under: one in scripts without spaces,
/// where a word may be as short, else two.
pub(super) fn stub(key: &str, unspaced: bool) -> &str {
    let end = key.char_indices().nth(if unspaced { 1 } else { 2 }).map_or(key.len(), |(at, _)| at);
    key.get(..end).unwrap_or(key)
}

/// Whether two spellings are one name: both long, the same first letter, and at most `most` letters apart.
pub(super) fn nearly_same(a: &str, b: &str, most: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.first() != b.first() || a.len().abs_diff(b.len()) > most || a.len().max(b.len()) > 40 {
        return false;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (j, other) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(usize::MAX);
            let best = (diagonal + usize::from(letter != other)).min(left + 1).min(above.saturating_add(1));
            diagonal = above;
            left = best;
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = best;
            }
        }
    }
    row.last().is_some_and(|distance| *distance <= most)
}

/// Returns a name as part of an id: lower case, letters and digits joined by hyphens, Latin letters
/// without accents and Cyrillic ones in Latin.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(letters) => slug.push_str(letters),
            None if letter.is_alphanumeric() => slug.push(letter),
            None if matches!(letter, '\'' | '’' | '.' | '\u{307}' | '\u{200C}') => {}
            None if slug.ends_with('-') || slug.is_empty() => {}
            None => slug.push('-'),
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'а' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'е' | 'ё' | 'э' | 'є' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'и' | 'і' | 'ї' => "i",
        'ñ' | 'ń' | 'ň' | 'н' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' | 'о' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ű' | 'у' => "u",
        'ý' | 'ÿ' | 'й' | 'ы' => "y",
        'ł' | 'л' => "l",
        'ś' | 'š' | 'ş' | 'ș' | 'с' => "s",
        'ź' | 'ż' | 'ž' | 'з' => "z",
        'ğ' | 'г' | 'ґ' => "g",
        'đ' | 'д' => "d",
        'ț' | 'ť' | 'т' => "t",
        'ß' => "ss",
        'б' => "b",
        'в' => "v",
        'ж' => "zh",
        'к' => "k",
        'м' => "m",
        'п' => "p",
        'р' | 'ř' => "r",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet_in_their_key() {
        assert_eq!(key("İran’ın"), key("iran'in"));
        assert_eq!(key("الإيرانيّة"), key("الایرانیه"));
        assert_eq!(key("Пётр"), "петр");
    }

    #[test]
    fn a_slip_of_the_pen_is_near() {
        assert!(nearly_same("pezekshkian", "pezeshkian", 2));
        assert!(!nearly_same("sharapova", "zakharova", 2));
        assert!(!nearly_same("petrov", "petrosyan", 2));
    }

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("Tobias Billström"), "tobias-billstrom");
        assert_eq!(slug("Мария Захарова"), "mariya-zakharova");
        assert_eq!(slug("Jean-Noël O’Neill"), "jean-noel-oneill");
    }
}
