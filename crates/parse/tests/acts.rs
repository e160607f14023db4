//! What the encoder takes words for: acts of which type. The sentences are our own.

use std::sync::LazyLock;

use chancery_core::{EventType, Text};
use chancery_parse::{Parser, Tier};

static PARSER: LazyLock<Parser> = LazyLock::new(|| Parser::load().expect("the shipped model"));

/// The odds of a type for the first word of that form.
fn odds(parser: &Parser, language: &str, sentence: &str, form: &str, kind: EventType) -> f32 {
    let text = Text::new(sentence);
    let analysis = parser.parse_text(&text, text.whole(), language).value;
    let mut words = analysis.sentences.iter().flat_map(|sentence| &sentence.words);
    let word = words.find(|word| word.form == form).expect("the word");
    word.acts.expect("what the model reads has odds").of(kind)
}

#[test]
fn an_act_looks_like_its_type() {
    for (language, sentence, act, other) in [
        ("en", "Rebels shelled the market and killed nine villagers.", "shelled", "villagers"),
        ("es", "Los rebeldes atacaron el puesto y mataron a nueve soldados.", "atacaron", "puesto"),
        ("ru", "Боевики обстреляли рынок и убили девять жителей.", "обстреляли", "рынок"),
        ("sv", "Rebeller angrep marknaden och dödade nio bybor.", "dödade", "marknaden"),
    ] {
        let of = |word| odds(&PARSER, language, sentence, word, EventType::Assault);
        assert!(of(act) > of(other), "{sentence}: {} {}", of(act), of(other));
        // The odds tell acts from other words, and war from talks; types that are alike they tell badly.
        for kind in [EventType::Agree, EventType::Consult, EventType::Request, EventType::Aid] {
            assert!(of(act) > odds(&PARSER, language, sentence, act, kind), "{sentence} {kind}");
        }
    }
}

#[test]
fn each_tier_has_odds_of_its_own() {
    let fast = Parser::load().expect("the shipped model").with_tier(Tier::Fast);
    let of = |parser| odds(parser, "en", "The two ministers signed an accord.", "signed", EventType::Agree);
    assert!((of(&fast) - of(&PARSER)).abs() > 0.0);
}
