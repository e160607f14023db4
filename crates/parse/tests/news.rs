//! What news is made of: `cases/parse/news_*.txt`, whose first lines say how a case is written.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use chancery_core::{Sentence, Text, Word};
use chancery_parse::Parser;

static PARSER: LazyLock<Parser> = LazyLock::new(|| Parser::load().expect("the model is part of the program"));

fn files() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../cases/parse");
    let entries = fs::read_dir(folder).expect("the cases lie in the repository").flatten();
    let is_news =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("news_"));
    let mut files: Vec<_> = entries.map(|entry| entry.path()).filter(is_news).collect();
    files.sort();
    files
}

/// A line of a case as it should stand in its file: with `?` before each promise that does not hold.
struct Checked {
    line: String,
    /// Promises that hold, and promises in all.
    held: (usize, usize),
    faults: Vec<String>,
}

/// What a mark behind a word promises.
fn holds(mark: &str, sentence: &Sentence, word: &Word) -> bool {
    if mark == "-" {
        return word.name.is_none();
    }
    if mark.chars().all(|letter| letter.is_ascii_uppercase()) {
        let name = word.name.map(|name| name.kind.to_string());
        return if matches!(mark, "PER" | "ORG" | "LOC") {
            name.as_deref() == Some(mark)
        } else {
            word.upos.as_str() == mark
        };
    }
    let (relation, head) =
        mark.split_once('<').map_or((mark, None), |(relation, head)| (relation, Some(head)));
    let found = word.relation.as_str();
    // A mark without a subtype takes any.
    let same = found == relation || found.split(':').next() == Some(relation);
    same && head.is_none_or(|head| word.head == place(sentence, head))
}

/// Where a word stands that is named by its form; `form#2` is the second such word.
fn place(sentence: &Sentence, name: &str) -> Option<usize> {
    let numbered =
        name.split_once('#').and_then(|(form, number)| Some((form, number.parse::<usize>().ok()?)));
    let (form, number) = numbered.unwrap_or((name, 1));
    let places = sentence.words.iter().enumerate().filter(|(_, word)| word.form == form);
    places.map(|(place, _)| place).nth(number - 1)
}

fn check_sentence(line: &str, sentence: &Sentence) -> Checked {
    let mut checked = Checked { line: ">".to_owned(), held: (0, 0), faults: Vec::new() };
    for (promised, word) in line.split(' ').zip(&sentence.words) {
        let mut marks = promised.split('|');
        let _ = write!(checked.line, " {}", marks.next().unwrap_or_default());
        for mark in marks {
            let (mark, known) = mark.strip_prefix('?').map_or((mark, false), |mark| (mark, true));
            let holds = holds(mark, sentence, word);
            checked.held.0 += usize::from(holds);
            checked.held.1 += 1;
            let _ = write!(checked.line, "|{}{mark}", if holds { "" } else { "?" });
            if holds == known {
                let head = word.head.and_then(|head| sentence.words.get(head)).map_or("", |head| &head.form);
                let name = word.name.map(|name| name.kind.to_string()).unwrap_or_default();
                let (upos, relation) = (word.upos, word.relation);
                let what = if holds { "holds now" } else { "does not hold" };
                checked.faults.push(format!("{} {mark} {what}: {upos} {relation}<{head} {name}", word.form));
            }
        }
    }
    checked
}

/// The lines `>` of a case, checked.
fn check(language: &str, text: &str, promised: &[&str]) -> Checked {
    let text = Text::new(text.trim());
    let analysis = PARSER.parse_text(&text, text.whole(), language).value;
    let known = promised.first().is_some_and(|line| line.starts_with('?'));
    let lines: Vec<&str> = promised.iter().map(|line| line.trim_start_matches(['?', '>', ' '])).collect();
    let form = |word: &str| word.split('|').next().unwrap_or_default().to_owned();
    let wanted: Vec<Vec<String>> = lines.iter().map(|line| line.split(' ').map(form).collect()).collect();
    let forms = |sentence: &Sentence| sentence.words.iter().map(|word| word.form.clone()).collect();
    let found: Vec<Vec<String>> = analysis.sentences.iter().map(forms).collect();
    let mut all =
        Checked { line: String::new(), held: (usize::from(wanted == found), 1), faults: Vec::new() };
    if wanted != found {
        for line in &lines {
            let _ = writeln!(all.line, "?> {line}");
        }
        if !known {
            let found: Vec<_> = found.iter().map(|words| words.join(" ")).collect();
            all.faults.push(format!("is cut otherwise:\n    {}", found.join("\n    ")));
        }
        return all;
    }
    if known {
        all.faults.push("is cut as promised now".to_owned());
    }
    for (line, sentence) in lines.iter().zip(&analysis.sentences) {
        let checked = check_sentence(line, sentence);
        let _ = writeln!(all.line, "{}", checked.line);
        all.held = (all.held.0 + checked.held.0, all.held.1 + checked.held.1);
        all.faults.extend(checked.faults);
    }
    all
}

/// `UPDATE=1` sets the marks `?` anew, and changes nothing else.
#[test]
fn news_is_read_as_promised() {
    let (mut faults, mut held, mut files_checked) = (String::new(), (0, 0), 0);
    for path in files() {
        let content = fs::read_to_string(&path).expect("a case file is UTF-8");
        let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (head, cases) = content.split_once("\n## ").expect("a file of cases holds one");
        let mut written = head.to_owned();
        for case in cases.split("\n## ") {
            let (language, title) =
                case.lines().next().and_then(|line| line.split_once(": ")).expect("xx: title");
            let is_promise = |line: &&str| line.starts_with("> ") || line.starts_with("?> ");
            let (promised, text): (Vec<&str>, Vec<&str>) = case.lines().skip(1).partition(is_promise);
            let text = text.join("\n");
            let checked = check(language, &text, &promised);
            let _ = write!(written, "\n## {language}: {title}\n{}\n{}", text.trim(), checked.line);
            held = (held.0 + checked.held.0, held.1 + checked.held.1);
            for fault in checked.faults {
                let _ = writeln!(faults, "{name}, {language}: {title}: {fault}");
            }
        }
        files_checked += 1;
        if std::env::var_os("UPDATE").is_some() {
            fs::write(path, written).expect("a case can be written");
        }
    }
    assert!(files_checked >= 8 && held.1 > 400, "{files_checked} files, {} promises", held.1);
    let held = format!("{} of {} promises hold", held.0, held.1);
    assert!(faults.is_empty() || std::env::var_os("UPDATE").is_some(), "{held}\n{faults}");
}
