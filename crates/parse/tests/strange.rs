//! Whatever a text holds, words come out that lie in it and in order, and whatever a model file holds, an error.

use std::sync::LazyLock;

use chancery_core::{Analysis, Block, BlockKind, Document, Metadata, Text};
use chancery_parse::{Parser, write_conllu};
use proptest::prelude::*;

static MODEL: &[u8] = include_bytes!("../../../models/encoder.bin");
static PARSER: LazyLock<Parser> = LazyLock::new(|| Parser::load().expect("the model is part of the program"));

const LANGUAGES: [&str; 13] = ["en", "sv", "de", "fr", "es", "ru", "uk", "tr", "ar", "fa", "he", "zh", "xx"];

/// What is wrong with an analysis of a text, if anything.
fn fault(text: &Text, analysis: &Analysis) -> Option<String> {
    let mut at = 0;
    for sentence in &analysis.sentences {
        let roots = sentence.words.iter().filter(|word| word.head.is_none()).count();
        if roots != 1 {
            return Some(format!("{roots} roots"));
        }
        for (place, word) in sentence.words.iter().enumerate() {
            if word.span.start() < at || !sentence.span.contains(word.span) {
                return Some(format!("{word:?} stands out of order"));
            }
            if text.slice(word.span) != word.form || word.form.is_empty() {
                return Some(format!("{word:?} is not in the text"));
            }
            if word.head.is_some_and(|head| head >= sentence.words.len() || head == place) {
                return Some(format!("{word:?} hangs nowhere"));
            }
            let lost = text.as_str().get(at..word.span.start())?;
            if lost.chars().any(char::is_alphanumeric) && !lost.contains("](") {
                return Some(format!("{lost:?} is lost"));
            }
            at = word.span.end();
        }
    }
    let rest = text.as_str().get(at..)?;
    (rest.chars().any(char::is_alphanumeric) && !rest.contains("](")).then(|| format!("{rest:?} is lost"))
}

/// What is wrong with the lines that are written of an analysis, if anything.
fn written_fault(text: &Text, analysis: &Analysis, language: &str) -> Option<String> {
    let split = PARSER.split_fused(analysis, language).expect("our tables can be used");
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: text.whole() }];
    let document =
        Document { name: "a\nb\tc".to_owned(), text: text.clone(), metadata: Metadata::default(), blocks };
    let mut out = String::new();
    write_conllu(&document, &split, &mut out).expect("a string takes all");
    for block in out.split("\n\n").filter(|block| !block.trim().is_empty()) {
        let mut number = 0;
        for line in block.lines().filter(|line| !line.starts_with("# ")) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, .., head, _, _, _] = columns.as_slice() else {
                return Some(format!("columns: {line:?}"));
            };
            if columns.len() != 10 || form.is_empty() || columns.iter().any(|column| column.is_empty()) {
                return Some(format!("columns: {line:?}"));
            }
            if id.contains('-') {
                continue;
            }
            number += 1;
            if id.parse() != Ok(number) || head.parse::<usize>().is_err() {
                return Some(format!("numbers: {line:?}"));
            }
        }
    }
    None
}

fn check(text: &str, language: &str) -> Option<String> {
    let text = Text::new(text);
    let analysis = PARSER.parse_text(&text, text.whole(), language).value;
    fault(&text, &analysis).or_else(|| written_fault(&text, &analysis, language))
}

#[test]
fn strange_texts_are_read() {
    let long = "ab ".repeat(2000);
    let glued = "aB".repeat(3000);
    let marks = "\u{301}".repeat(500);
    for text in [
        long.as_str(),
        glued.as_str(),
        marks.as_str(),
        "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}",
        "a\u{200b}b\u{200e}c\u{202e}d\u{202c} e",
        "&#xD800; &#55296;&#x110000; \\ud800",
        "\u{0}\u{1}a\u{7f}b\u{85}c\u{2028}d\u{2029}e",
        "İİİ ẞß ŉ ǰ ΐ ﬁ İstanbul'İ",
        "ОСЛО (А) — ".repeat(3).as_str(),
        "OSLO, ",
        "OSLO, 3. ",
        "OSLO (",
        "• • • •",
        "1.\n2.\n3.",
        "- \n- \n-",
        "# \n#\n## a\nb",
        "* a\n* b\n\n* c",
        "“”«»\"\"''‚‘ . ” ? »",
        "السلام\u{200f}عليكم\u{200e}2024\u{66c}5",
        "خانه\u{200c}\u{200c}اش \u{200c}اش",
        "ששששש בבבב ו ה ל",
        "\u{591}𫝀",
        "\u{64e}\u{651}",
        "中\u{200b}国。，！中2024a",
        "👩‍👩‍👧‍👦👍🏽 🇺🇦. A",
    ] {
        for language in LANGUAGES {
            assert_eq!(check(text, language), None, "{language} {text:?}");
        }
    }
}

#[test]
fn a_long_word_is_one_word() {
    let word = "x".repeat(100_000);
    let text = Text::new(&format!("The {word} fell."));
    let analysis = PARSER.parse_text(&text, text.whole(), "en").value;
    assert_eq!(fault(&text, &analysis), None);
    assert_eq!(analysis.sentences.iter().map(|sentence| sentence.words.len()).sum::<usize>(), 4);
}

#[test]
fn a_model_that_is_cut_short_is_refused() {
    for length in [0, 1, 8, 12, 15, 16, 17, 100, 1000, 4000, 100_000, 5_000_000, MODEL.len() - 1] {
        let part = MODEL.get(..length).expect("the model is longer");
        assert!(Parser::read(part).is_err(), "{length} bytes");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}", language in prop::sample::select(LANGUAGES.to_vec())) {
        prop_assert_eq!(check(&text, language), None);
    }

    #[test]
    fn any_lines_of_marks_are_read(
        text in r#"([A-ZÅЖ]{2,6}|[a-zåж]{1,4}|20[0-9]{2}|[-–—•*.,:;!?()/"“”„«»'’\[\]#>_ \n]|\u{200b}|\u{200f}|\u{202e}|ال|و|ב|中国|&#xD800;){0,50}"#,
        language in prop::sample::select(LANGUAGES.to_vec()),
    ) {
        prop_assert_eq!(check(&text, language), None);
    }

    /// The head of the file, with bytes changed: the data that it names is not there.
    #[test]
    fn a_changed_model_is_refused(changes in prop::collection::vec((0..6000usize, any::<u8>()), 1..40)) {
        let mut model = MODEL.get(..200_000).expect("the model is longer").to_vec();
        for (place, byte) in changes {
            if let Some(old) = model.get_mut(place) {
                *old = byte;
            }
        }
        prop_assert!(Parser::read(model.leak()).is_err());
    }
}
