//! What is promised in `cases/parse`: sentences and words of `xx_sentences.txt`, trees of `trees.conllu`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use chancery_core::{Analysis, Block, BlockKind, Document, Metadata, Text};
use chancery_parse::{Parser, write_conllu};
use proptest::prelude::*;

static PARSER: LazyLock<Parser> = LazyLock::new(|| Parser::load().expect("the model is part of the program"));

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../cases/parse")
}

fn parse(text: &Text, language: &str) -> Analysis {
    PARSER.parse_text(text, text.whole(), language).value
}

/// A case is lines of text, then a line `> word word …` for each sentence; `#` begins a comment.
#[test]
fn sentences_and_words_are_as_promised() {
    let mut wrong = String::new();
    let mut files: Vec<_> =
        fs::read_dir(folder()).expect("cases").flatten().map(|entry| entry.path()).collect();
    files.sort();
    for path in files {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(language) = name.strip_suffix("_sentences.txt") else { continue };
        let content = fs::read_to_string(&path).expect("a case");
        for case in content.split("# ").skip(1) {
            let lines: Vec<_> = case.lines().skip(1).collect();
            let (expected, text): (Vec<&str>, Vec<&str>) =
                lines.into_iter().partition(|l| l.starts_with("> "));
            let text = Text::new(text.join("\n").trim());
            let mut found = Vec::new();
            for sentence in parse(&text, language).sentences {
                let words: Vec<_> = sentence.words.iter().map(|word| word.form.as_str()).collect();
                found.push(format!("> {}", words.join(" ")));
            }
            if found != expected {
                let _ = writeln!(wrong, "{name}: {}", case.lines().next().unwrap_or_default());
                let _ = writeln!(wrong, "expected\n{}\nfound\n{}\n", expected.join("\n"), found.join("\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// In `xx_fused.txt` a case is a line of text and a line `> form …` with the fused words taken apart.
#[test]
fn fused_words_are_taken_apart_as_promised() {
    let mut wrong = String::new();
    let mut count = 0;
    for entry in fs::read_dir(folder()).expect("cases").flatten() {
        let path = entry.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(language) = name.strip_suffix("_fused.txt") else { continue };
        let content = fs::read_to_string(&path).expect("a case");
        let lines: Vec<&str> =
            content.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        for case in lines.chunks_exact(2) {
            let [text, expected] = case else { continue };
            let analysis = PARSER.split_fused(&parse(&Text::new(text), language), language).expect("a table");
            let words = analysis.sentences.iter().flat_map(|sentence| &sentence.words);
            let found = words.map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ");
            count += 1;
            if expected.strip_prefix("> ") != Some(found.as_str()) {
                let _ = writeln!(wrong, "{name}\nexpected {expected}\nfound    > {found}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 6, "{count} cases");
}

#[test]
fn parts_of_a_fused_word_hang_where_they_belong() {
    let text = Text::new("Le ministre du Commerce a quitté Genève.");
    let analysis = PARSER.split_fused(&parse(&text, "fr"), "fr").expect("a table");
    let sentence = analysis.sentences.first().expect("a sentence");
    let find = |form: &str| sentence.words.iter().position(|word| word.form == form);
    let (of, the, trade) = (find("de"), find("le"), find("Commerce"));
    let word = |at: Option<usize>| at.and_then(|at| sentence.words.get(at)).expect("a word");
    assert_eq!(word(of).span, word(the).span);
    assert_eq!((word(of).head, word(the).head), (trade, trade));
    assert_eq!((word(of).relation.as_str(), word(the).relation.as_str()), ("case", "det"));
    assert_eq!(sentence.words.iter().filter(|word| word.head.is_none()).count(), 1);
}

/// Trees of our own sentences. `UPDATE=1` writes what is found.
#[test]
fn trees_are_as_promised() {
    let path = folder().join("trees.conllu");
    let content = fs::read_to_string(&path).expect("a case");
    let mut found = String::new();
    for case in content.split("\n\n").filter(|case| !case.trim().is_empty()) {
        let value = |key: &str| case.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        let (language, text) = (value("# language = "), Text::new(value("# text = ")));
        let span = text.whole();
        let blocks = vec![Block { kind: BlockKind::Paragraph, span }];
        let metadata = Metadata { language: Some(language.to_owned()), ..Metadata::default() };
        let document = Document { name: "case".to_owned(), text, metadata, blocks };
        let mut out = String::new();
        let analysis = PARSER.split_fused(&PARSER.parse(&document).value, language).expect("a table");
        write_conllu(&document, &analysis, &mut out).expect("a string takes all");
        let body = out.lines().filter(|line| !line.starts_with("# newdoc") && !line.starts_with("# sent_id"));
        let _ = writeln!(found, "# language = {language}");
        for line in body {
            let _ = writeln!(found, "{line}");
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, &found).expect("a case can be written");
    } else {
        assert_eq!(found.trim(), content.trim());
    }
}

/// A parser that has read nothing yet.
fn fresh(threads: usize) -> Parser {
    let threads = std::num::NonZeroUsize::new(threads).expect("at least one");
    Parser::load().expect("the model is part of the program").with_threads(threads)
}

/// Sentences of several lengths, no two of which are the same.
fn different_sentences() -> Vec<String> {
    let places = ["Ruritania", "Gaza", "Kharkiv", "the northern province of Elbonia", "Addis Ababa"];
    let acts = [
        "left after talks failed",
        "said on Tuesday that the army, which had shelled the port, would not withdraw",
        "was arrested by police",
        "refused",
    ];
    let mut sentences = Vec::new();
    for (count, place) in places.iter().cycle().take(40).enumerate() {
        for act in acts {
            sentences.push(format!("Envoy number {count} of {place} {act}."));
        }
    }
    sentences
}

/// What is read of words, whatever they stand in.
fn readings(sentence: &chancery_core::Sentence) -> Vec<String> {
    let word = |word: &chancery_core::Word| {
        format!(
            "{} {} {:?} {} {:?}",
            word.form,
            word.upos.as_str(),
            word.head,
            word.relation.as_str(),
            word.name
        )
    };
    sentence.words.iter().map(word).collect()
}

#[test]
fn threads_and_neighbours_do_not_change_what_is_read() {
    let sentences = different_sentences();
    let read = |parser: &Parser, text: &str| -> Vec<_> {
        let text = Text::new(text);
        parser.parse_text(&text, text.whole(), "en").value.sentences.iter().map(readings).collect()
    };
    let together = read(&fresh(1), &sentences.join("\n\n"));
    assert_eq!(together.len(), sentences.len());
    assert_eq!(read(&fresh(3), &sentences.join("\n\n")), together);
    let backwards: Vec<_> = sentences.iter().rev().cloned().collect();
    let mut turned = read(&fresh(2), &backwards.join("\n\n"));
    turned.reverse();
    assert_eq!(turned, together);
    let alone = fresh(1);
    for (sentence, together) in sentences.iter().zip(&together) {
        assert_eq!(read(&alone, sentence), std::slice::from_ref(together));
    }
}

#[test]
fn a_sentence_that_is_known_is_read_the_same() {
    let text = Text::new(&"The envoy of Ruritania left the capital after talks failed. ".repeat(3));
    let parser = fresh(1);
    let first = parser.parse_text(&text, text.whole(), "en").value;
    let second = parser.parse_text(&text, text.whole(), "en").value;
    assert_eq!(first.sentences.len(), 3);
    assert_eq!(format!("{first:?}"), format!("{second:?}"));
    let read: Vec<_> = first.sentences.iter().map(readings).collect();
    assert!(read.iter().all(|sentence| Some(sentence) == read.first()), "{read:?}");
}

#[test]
fn an_overlong_sentence_is_read_in_parts() {
    let text = Text::new(&"the old and the new, ".repeat(400));
    let staged = PARSER.parse_text(&text, text.whole(), "en");
    assert_eq!(staged.notices.len(), 1);
    let words: usize = staged.value.sentences.iter().map(|sentence| sentence.words.len()).sum();
    assert_eq!(words, 400 * 6);
    assert!(staged.value.sentences.iter().all(|sentence| sentence.words.len() <= 160));
}

#[test]
fn an_empty_document_has_no_sentences() {
    for text in ["", " \n ", "**", "\u{200b}"] {
        assert!(parse(&Text::new(text), "en").sentences.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Words are slices of the text, in order, apart from one another; trees have one root.
    #[test]
    fn words_lie_in_the_text(
        text in r#"([a-zA-Zäåøé'’.,!?:;"“”()\[\]*_#\-–0-9 \n]|Путина|г\.|说。|المدينة|צה"ל|\]\(http://a\.b\)|U\.S\.|\u{301}|😀){0,60}"#,
        language in prop::sample::select(vec!["en", "sv", "ru", "fr", "de", "zh", "he", "xx"]),
    ) {
        let text = Text::new(&text);
        let analysis = parse(&text, language);
        let mut at = 0;
        for sentence in &analysis.sentences {
            prop_assert!(!sentence.words.is_empty());
            prop_assert_eq!(sentence.words.iter().filter(|word| word.head.is_none()).count(), 1);
            for word in &sentence.words {
                prop_assert!(word.span.start() >= at);
                prop_assert!(sentence.span.contains(word.span));
                prop_assert_eq!(text.slice(word.span), &word.form);
                prop_assert!(!word.form.is_empty() && !word.form.contains(char::is_whitespace));
                let lost = text.as_str().get(at..word.span.start()).unwrap_or_default();
                prop_assert!(!lost.chars().any(char::is_alphabetic) || lost.contains("]("), "lost {lost:?}");
                at = word.span.end();
            }
        }
    }
}
