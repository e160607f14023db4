//! The language that a text is written in.

use whatlang::{Detector, Lang};

/// What is looked at at most; more would not change the answer.
const ENOUGH: usize = 6000;

/// Returns the ISO 639-1 code of the language, or `None` where there is too little text to tell.
pub(crate) fn language(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end)?;
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 12 {
        return None;
    }
    let count = |set: &str| text.chars().flat_map(char::to_lowercase).filter(|c| set.contains(*c)).count();
    let share = |test: fn(char) -> bool| text.chars().filter(|c| test(*c)).count() * 100 / letters;
    // Scripts and letters tell some languages apart better than statistics do.
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
    let info = Detector::new().detect(text)?;
    let lang = match info.lang() {
        // The three are close: letters first, then small words.
        Lang::Dan | Lang::Nob | Lang::Swe => return Some(scandinavian(text)),
        lang => lang,
    };
    let code = code(lang);
    // Of a few words, only languages that we read are believed.
    let is_ours = code.is_some_and(|code| chancery_tables::languages().contains(&code));
    if letters < 40 && (info.confidence() < 0.5 || !is_ours) {
        return None;
    }
    code
}

fn scandinavian(text: &str) -> &'static str {
    let count = |set: &str| text.chars().flat_map(char::to_lowercase).filter(|c| set.contains(*c)).count();
    if count("äö") > count("æø") {
        return "sv";
    }
    let words =
        |list: &[&str]| text.split(|c: char| !c.is_alphabetic()).filter(|word| list.contains(word)).count();
    let danish = words(&[
        "af", "ikke", "blev", "også", "efter", "mod", "nu", "have", "været", "jeg", "ud", "sig", "mellem",
        "siger", "år", "hvad", "selv", "noget",
    ]);
    let norwegian = words(&[
        "av", "ikke", "ble", "også", "etter", "mot", "nå", "ha", "vært", "jeg", "ut", "seg", "mellom",
        "sier", "år", "hva", "selv", "noe",
    ]);
    if danish > norwegian { "da" } else { "no" }
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
}
