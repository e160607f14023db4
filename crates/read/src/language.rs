//! The language that a text is written in.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use whatlang::{Detector, Lang};

/// The small words of languages, and which languages have each.
static SMALL_WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut languages: HashMap<_, Vec<_>> = HashMap::new();
    let lines = include_str!("small_words.txt").lines().filter(|line| !line.starts_with('#'));
    for (code, words) in lines.filter_map(|line| line.split_once(':')) {
        for word in words.split_whitespace() {
            let codes = languages.entry(word).or_default();
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
    }
    languages
});

/// What is looked at at most; more would not change the answer.
const ENOUGH: usize = 6000;

/// Fewer letters than this are told by their small words first: letters in threes need more.
const FEW: usize = 150;
/// So few letters tell a language only where it is one that we read.
const VERY_FEW: usize = 40;

/// Returns the ISO 639-1 code of the language, or `None` where there is too little text to tell.
pub(crate) fn language(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end)?;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    // Scripts tell some languages apart better than statistics do, and a line of them is enough.
    if letters >= 4
        && let Some(code) = of_script(text, letters)
    {
        return Some(code);
    }
    if letters < 12 {
        return None;
    }
    // Of a few words, only languages that we read are believed.
    let is_believed = |code: &&str| letters >= VERY_FEW || chancery_tables::languages().contains(code);
    let least = if letters < VERY_FEW { 0.75 } else { 0.0 };
    let told = if letters < FEW { of_small_words(text, least).filter(is_believed) } else { None };
    if told.is_some() {
        return told;
    }
    let info = Detector::new().detect(text)?;
    let code = match info.lang() {
        Lang::Dan | Lang::Nob | Lang::Swe => Some(scandinavian(text)),
        lang => code(lang),
    };
    code.filter(|code| letters >= VERY_FEW || (info.confidence() >= 0.5 && is_believed(code)))
}

/// The language of a script, or of letters, that no other language has.
fn of_script(text: &str, letters: usize) -> Option<&'static str> {
    let count = |set: &str| text.chars().flat_map(char::to_lowercase).filter(|c| set.contains(*c)).count();
    let share = |test: fn(char) -> bool| text.chars().filter(|c| test(*c)).count() * 100 / letters;
    if share(|c| matches!(c, '\u{3040}'..='\u{30ff}')) > 5 {
        return Some("ja");
    }
    if share(|c| matches!(c, '\u{4e00}'..='\u{9fff}')) > 30 {
        return Some("zh");
    }
    if share(|c| matches!(c, '\u{ac00}'..='\u{d7af}')) > 30 {
        return Some("ko");
    }
    if share(|c| matches!(c, '\u{590}'..='\u{5ff}')) > 40 {
        return Some("he");
    }
    if letters < 12 {
        return None;
    }
    if share(|c| matches!(c, '\u{600}'..='\u{6ff}')) > 40 {
        let persian = count("پچژگکی\u{6cc}\u{200c}");
        let arabic = count("ةىيكأإؤ");
        let urdu = count("ٹڈڑںےھہ");
        return Some(if urdu * 12 > letters {
            "ur"
        } else if persian > arabic {
            "fa"
        } else {
            "ar"
        });
    }
    if share(|c| matches!(c, '\u{400}'..='\u{4ff}')) > 40 {
        let ukrainian = count("іїєґ");
        let russian = count("ыэъё");
        if ukrainian > 0 && ukrainian > russian * 2 && count("ў") == 0 && count("ы") * 8 < ukrainian {
            return Some("uk");
        }
        if russian > 0 && ukrainian * 4 < russian && count("ўјљњћђѓќѕџ") == 0 && count("ы") > 0 {
            return Some("ru");
        }
    }
    None
}

/// The language whose small words a text has most of, if it is one alone and they count for more than `least`. A word that
/// few languages have counts for more, an ending for half.
fn of_small_words(text: &str, least: f64) -> Option<&'static str> {
    let mut scores: BTreeMap<&str, f64> = BTreeMap::new();
    let mut count = |key: &str, weight: f64| {
        let codes = SMALL_WORDS.get(key).map(Vec::as_slice).unwrap_or_default();
        for code in codes {
            *scores.entry(*code).or_default() += weight / codes.len() as f64;
        }
        !codes.is_empty()
    };
    for word in text.to_lowercase().split(|c: char| !c.is_alphabetic()) {
        if count(word, 1.0) {
            continue;
        }
        // The longest ending that tells something.
        let ends = word.char_indices().skip(2).filter_map(|(at, _)| word.get(at..));
        let _ = ends.into_iter().any(|end| count(&format!("-{end}"), 0.5));
    }
    let best = scores.iter().max_by(|one, other| one.1.total_cmp(other.1))?;
    let next = scores.iter().filter(|(code, _)| *code != best.0).map(|(_, score)| *score).fold(0.0, f64::max);
    (*best.1 > next.max(least)).then_some(*best.0)
}

fn scandinavian(text: &str) -> &'static str {
    let count = |set: &str| text.chars().flat_map(char::to_lowercase).filter(|c| set.contains(*c)).count();
    if count("äö") > count("æø") {
        return "sv";
    }
    match of_small_words(text, 0.0) {
        Some("da") => "da",
        _ => "no",
    }
}

fn code(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Ara => "ar",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Pol => "pl",
        Lang::Kor => "ko",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Pes => "fa",
        Lang::Urd => "ur",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Mar => "mr",
        Lang::Guj => "gu",
        Lang::Pan => "pa",
        Lang::Kan => "kn",
        Lang::Mal => "ml",
        Lang::Tha => "th",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Jav => "jv",
        Lang::Tgl => "tl",
        Lang::Aze => "az",
        Lang::Uzb => "uz",
        Lang::Tuk => "tk",
        Lang::Kat => "ka",
        Lang::Hye => "hy",
        Lang::Afr => "af",
        Lang::Zul => "zu",
        Lang::Yid => "yi",
        Lang::Epo => "eo",
        Lang::Lat => "la",
        Lang::Amh => "am",
        Lang::Mya => "my",
        Lang::Khm => "km",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Sna => "sn",
        Lang::Cym => "cy",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twelve_and_their_neighbours_are_told_apart() {
        for (code, text) in [
            ("en", "The two ministers met on Monday and said that they would meet again."),
            ("sv", "De två ministrarna möttes på måndagen och sade att de skulle ses igen."),
            ("no", "De to ministrene møttes mandag og sa at de ville møtes igjen etter sommeren."),
            (
                "da",
                "De to ministre mødtes mandag og sagde, at de ville mødes igen efter sommeren. De blev budt på te af værten.",
            ),
            ("ru", "Министры встретились в понедельник и заявили, что переговоры были полезны."),
            ("uk", "Міністри зустрілися в понеділок і заявили, що переговори були корисними."),
            ("fr", "Les deux ministres se sont rencontrés lundi et ont dit qu'ils se reverraient."),
            ("es", "Los dos ministros se reunieron el lunes y dijeron que volverían a verse."),
            ("de", "Die beiden Minister trafen sich am Montag und sagten, sie wollten sich wiedersehen."),
            ("fa", "دو وزیر روز دوشنبه دیدار کردند و گفتند که دوباره با هم گفت‌وگو خواهند کرد."),
            ("ar", "التقى الوزيران يوم الاثنين وقالا إنهما سيجتمعان مرة أخرى في الأسبوع المقبل."),
            ("tr", "İki bakan pazartesi günü bir araya geldi ve yeniden görüşeceklerini söyledi."),
            ("he", "שני השרים נפגשו ביום שני ואמרו שייפגשו שוב בשבוע הבא."),
            ("zh", "两位部长星期一会面，并表示下周将再次举行会谈。"),
        ] {
            assert_eq!(language(text), Some(code), "{text}");
        }
        assert_eq!(language("12:30"), None);
    }

    #[test]
    fn a_few_words_are_told_by_the_small_ones() {
        for (code, text) in [
            ("en", "Iran bombed Iraq on Monday."),
            ("sv", "Finland utvisade två diplomater."),
            ("fr", "Le Niger a expulsé un ambassadeur."),
            ("es", "Chile condenó el ataque en Bolivia."),
            ("de", "Ghana wies die Vorwürfe zurück."),
            ("tr", "Katar, Mısır ile anlaşma imzaladı."),
            ("ru", "Эстония осудила запуск ракеты."),
            ("pt", "O Brasil não assinou a declaração sobre o acordo do clima."),
            ("zh", "伊朗谴责袭击。"),
        ] {
            assert_eq!(language(text), Some(code), "{text}");
        }
    }
}
