//! What the encoder takes words to be told as: done or not, by the author or by somebody else. The sentences are our own.

use std::sync::LazyLock;

use chancery_core::{TellingOdds, Text};
use chancery_parse::{Parser, Tier};

static PARSER: LazyLock<Parser> = LazyLock::new(|| Parser::load().expect("the shipped model"));

/// The odds for the first word of that form.
fn odds(parser: &Parser, language: &str, sentence: &str, form: &str) -> TellingOdds {
    let text = Text::new(sentence);
    let analysis = parser.parse_text(&text, text.whole(), language).value;
    let mut words = analysis.sentences.iter().flat_map(|sentence| &sentence.words);
    let word = words.find(|word| word.form == form).expect("the word");
    word.telling.expect("what the model reads has odds")
}

#[test]
fn what_is_done_looks_done() {
    for (language, done, open, word) in [
        ("en", "Kenya attacked the port on Monday.", "Kenya has never attacked the port.", "attacked"),
        (
            "en",
            "Chad bombed the depot on Monday.",
            "Chad would have bombed the depot if it had planes.",
            "bombed",
        ),
        (
            "sv",
            "Sverige skickade vapen i mars.",
            "Om Sverige skickade vapen skulle kriget ta slut.",
            "skickade",
        ),
        (
            "de",
            "Die Truppen haben die Stadt angegriffen.",
            "Die Truppen haben die Stadt nicht angegriffen.",
            "angegriffen",
        ),
        ("ru", "Войска атаковали порт в понедельник.", "Войска не атаковали порт.", "атаковали"),
    ] {
        let of = |sentence| odds(&PARSER, language, sentence, word).happened;
        assert!(of(done) > of(open), "{done} {} {open} {}", of(done), of(open));
    }
}

#[test]
fn what_somebody_says_looks_attributed() {
    for (language, said, told, word) in [
        ("en", "The minister said that rebels shelled the market.", "Rebels shelled the market.", "shelled"),
        ("sv", "Ministern uppgav att rebeller angrep marknaden.", "Rebeller angrep marknaden.", "angrep"),
        (
            "es",
            "El ministro dijo que los rebeldes atacaron el puesto.",
            "Los rebeldes atacaron el puesto.",
            "atacaron",
        ),
        ("ru", "Министр заявил, что боевики обстреляли рынок.", "Боевики обстреляли рынок.", "обстреляли"),
    ] {
        let of = |sentence| odds(&PARSER, language, sentence, word).attributed;
        assert!(of(said) > of(told), "{said} {} {told} {}", of(said), of(told));
    }
}

#[test]
fn each_tier_has_odds_of_its_own() {
    let fast = Parser::load().expect("the shipped model").with_tier(Tier::Fast);
    let of = |parser| odds(parser, "en", "The two ministers signed an accord.", "signed").happened;
    assert!((of(&fast) - of(&PARSER)).abs() > 0.0);
}
