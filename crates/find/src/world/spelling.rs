//! Names by their sound, so that spellings of one name in several alphabets and conventions meet.

/// How a word sounds, roughly, in small Latin letters: `Лавров`, `Lawrow` and `Lavrov` are `lavrov`.
/// Sibilants are one capital letter each: `S` for sh, `C` for ch, `Z` for zh.
pub(super) fn sound(word: &str) -> String {
    let mut spelled = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match letter(c) {
            Some(latin) => spelled.push_str(latin),
            None if c.is_alphabetic() => spelled.push(c),
            None => {}
        }
    }
    for (from, to) in CLUSTERS {
        if spelled.contains(from) {
            spelled = spelled.replace(from, to);
        }
    }
    let mut sound: Vec<char> = Vec::with_capacity(spelled.len());
    for c in spelled.chars() {
        // A glide before a vowel or after one is heard in some conventions and not written in others.
        if sound.last() != Some(&c) {
            sound.push(c);
        }
    }
    sound.into_iter().filter(|&c| c != 'y').collect()
}

/// The consonants of a sound in broad classes, with a mark for a vowel at the start.
pub(super) fn skeleton(sound: &str) -> String {
    let mut skeleton = String::new();
    for (at, c) in sound.char_indices() {
        let class = match c {
            'a' | 'e' | 'i' | 'o' | 'u' => {
                if at == 0 {
                    'a'
                } else {
                    continue;
                }
            }
            'S' | 'C' | 'Z' | 'J' | 's' | 'z' | 'c' => 's',
            'h' | 'g' => 'h',
            'v' | 'f' | 'w' => 'v',
            'q' => 'k',
            other => other,
        };
        if !skeleton.ends_with(class) {
            skeleton.push(class);
        }
    }
    // `Haniyeh`, `Haniya`
    if skeleton.ends_with('h') && sound.ends_with('h') {
        skeleton.pop();
    }
    skeleton
}

/// Clusters of letters, in the order in which they are replaced.
const CLUSTERS: [(&str, &str); 34] = [
    ("dsch", "J"),
    ("tsch", "C"),
    ("sch", "S"),
    ("tch", "C"),
    ("dzh", "J"),
    ("dj", "J"),
    ("sjt", "Sh"),
    ("zh", "Z"),
    ("zj", "Z"),
    ("sj", "S"),
    ("tj", "C"),
    ("sh", "S"),
    ("ch", "C"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ts", "c"),
    ("tz", "c"),
    ("w", "v"),
    ("x", "ks"),
    ("iy", "i"),
    ("ij", "i"),
    ("ej", "ei"),
    ("aj", "ai"),
    ("oj", "oi"),
    ("ja", "ya"),
    ("je", "ye"),
    ("yj", "y"),
    ("ff", "f"),
];

/// A letter of another alphabet, or one with a mark, in Latin letters.
fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "e",
        'ç' | 'č' | 'ć' => "ch",
        'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ə' => "e",
        'ğ' => "g",
        'ì'..='ï' | 'ı' | 'ī' | 'į' | 'і' | 'и' | 'ї' | 'ы' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'š' | 'ş' | 'ș' | 'ш' | 'щ' => "sh",
        'ś' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' | 'й' => "y",
        'ž' | 'ż' | 'ж' => "zh",
        'ź' => "z",
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ё' => "o",
        'з' => "z",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ю' => "yu",
        'я' => "ya",
        'ъ' | 'ь' => "",
        _ => return None,
    })
}

/// Endings that names take in Russian and Ukrainian and that hold a consonant or more than one letter.
const CYRILLIC_ENDINGS: [&str; 22] = [
    "ого", "ому", "его", "ему", "ым", "им", "ом", "ем", "єм", "ою", "ею", "єю", "ой", "ей", "ові", "еві",
    "єві", "а", "у", "е", "і", "я",
];

/// A word as it stands and without the endings that its alphabet's languages put on names.
pub(super) fn stems(word: &str) -> Vec<String> {
    let lower = word.to_lowercase();
    let mut stems = vec![lower.clone()];
    let is_cyrillic = lower.chars().any(|c| ('а'..='я').contains(&c) || matches!(c, 'і' | 'ї' | 'є'));
    if is_cyrillic {
        for ending in CYRILLIC_ENDINGS {
            if let Some(stem) = lower.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3) {
                stems.push(stem.to_owned());
            }
        }
    } else if let Some(stem) = lower.strip_suffix('s').filter(|stem| stem.chars().count() >= 3) {
        stems.push(stem.to_owned());
    }
    stems
}

/// The least number of letters to change, add, leave out or swap; `None` where it is above `limit`.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost =
                (at(&last, j) + usize::from(x != y)).min(at(&last, j + 1) + 1).min(at(&row, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(&y) && b.get(j - 1) == Some(&x);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            row.push(cost);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&cost| cost <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conventions_of_spelling_sound_alike() {
        for (a, b) in
            [("Lawrow", "Лавров"), ("Poutine", "Putin"), ("Schoigu", "Шойгу"), ("Peseschkian", "Pezeshkian")]
        {
            assert_eq!(skeleton(&sound(a)), skeleton(&sound(b)), "{a} {b}");
        }
    }

    #[test]
    fn a_swap_is_one_step() {
        assert_eq!(distance("pezekshkian", "pezeshkian", 2), Some(1));
        assert_eq!(distance("puitn", "putin", 2), Some(1));
        assert_eq!(distance("putin", "lavrov", 2), None);
    }
}
