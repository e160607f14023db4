//! Codes the sentences of `cases/code/xx_*.txt` and compares the events with what stands behind the arrow:
//!
//! ```text
//! # A comment. `@2024-08-06` sets the day of publication for the lines below.
//! Iran's president condemned the United States. => ACCUSE.disapprove IRN > USA asserted
//! Nobody was seen at the port. => -
//! ```
//!
//! Behind the status may stand when it happened: `@2024-08-05`, `@2024-08-06..` (from then on), `@..2024-08-06`; and
//! contexts that it has, `+military`, or has not, `!crime`.
//! Several events are separated by `;`. An event that is coded beyond those listed is a fault where the
//! line ends in `; only`. `?` before a sentence marks one that is known to fail and says so when it passes.
//! `Norway {condemned|denounced} Russia` stands for a sentence with each of the words.

use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, iter, thread};

use chancery_code::Coder;
use chancery_core::{Block, BlockKind, Date, Document, Event, Metadata, Participant, Text};
use chancery_find::Finder;
use chancery_parse::Parser;

#[test]
fn sentences_are_coded_as_the_cases_say() {
    let folder = chancery_cases::root().join("cases/code");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    files.retain(|path: &PathBuf| path.extension().is_some_and(|ending| ending == "txt"));
    let program = Program {
        parser: Parser::load().expect("the model inside the binary is whole"),
        finder: Finder::load(),
        // What a frame is for is told by its cases, however sure a coding is.
        coder: Coder::load().keeping_doubtful(true),
    };
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    let file = || files.get(next.fetch_add(1, Ordering::Relaxed));
    let read: Vec<Checked> = thread::scope(|scope| {
        let running: Vec<_> = (0..workers)
            .map(|_| scope.spawn(|| iter::from_fn(file).map(|file| program.check(file)).collect::<Vec<_>>()))
            .collect();
        running
            .into_iter()
            .flat_map(|worker| worker.join().expect("no case makes the program fail"))
            .collect()
    });
    let mut fired = BTreeSet::new();
    let (mut checked, mut faults) = (0, Vec::new());
    for file in read {
        checked += file.sentences;
        faults.extend(file.faults);
        fired.extend(file.fired);
    }
    faults.sort();
    eprintln!("{checked} sentences checked");
    let lists = chancery_cases::root().join("target/tmp");
    fs::create_dir_all(&lists).expect("the folder of the lists can be made");
    for language in fired.iter().map(|fired| fired.language.clone()).collect::<BTreeSet<_>>() {
        let fired: Vec<_> = fired.iter().filter(|fired| fired.language == language).collect();
        let frames: BTreeSet<_> = fired.iter().map(|fired| fired.frame).collect();
        let without = frames_without_a_case(&language, &frames);
        eprintln!("{language}: {} frames fired by a case, {} by none", frames.len(), without.len());
        let write = |name: &str, list: Vec<String>| {
            let list = list.join("\n") + "\n";
            fs::write(lists.join(format!("{language}.{name}.txt")), list).expect("the list can be written");
        };
        write("frames-without-a-case", without);
        write(
            "frames-with-a-case",
            fired.iter().map(|fired| format!("{}\t{}", fired.frame, fired.case)).collect(),
        );
    }
    eprintln!("which are fired by which case, and by none, is listed in target/tmp");
    assert!(faults.is_empty(), "{} of {checked} fail\n{}", faults.len(), faults.join("\n"));
}

/// What came of the cases of one file.
#[derive(Default)]
struct Checked {
    sentences: usize,
    faults: Vec<String>,
    fired: Vec<Fired>,
}

/// That a case got one of the events it asks for from a frame.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Fired {
    language: String,
    /// The line of the frame in its file.
    frame: usize,
    case: String,
}

/// The frames of a language that no case fires, as its file has them, each behind the number of its line.
fn frames_without_a_case(language: &str, fired: &BTreeSet<usize>) -> Vec<String> {
    let path = chancery_cases::root().join("languages").join(language).join("frames.txt");
    let text = fs::read_to_string(path).expect("a file of frames is UTF-8");
    let is_frame = |line: &str| ["verb ", "noun ", "adj "].iter().any(|part| line.starts_with(part));
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines
        .filter(|(number, line)| is_frame(line) && !fired.contains(number))
        .map(|(number, line)| format!("{number}\t{line}"))
        .collect()
}

/// The sentences that alternatives in braces stand for.
fn with_each(sentence: &str) -> Vec<String> {
    let Some((before, (words, after))) =
        sentence.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    else {
        return vec![sentence.to_owned()];
    };
    words.split('|').flat_map(|word| with_each(&format!("{before}{word}{after}"))).collect()
}

/// The lines of the frames that an event, or its mode, was coded by, as its `why` tells them.
fn frames_of(event: &Event) -> impl Iterator<Item = usize> {
    event.why.iter().filter_map(|why| {
        let (_, line) = why.split_once("(line ")?;
        line.strip_suffix(')')?.parse().ok()
    })
}

struct Program {
    parser: Parser,
    finder: Finder,
    coder: Coder,
}

impl Program {
    fn check(&self, path: &PathBuf) -> Checked {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let language = name.split('_').next().unwrap_or_default();
        let text = fs::read_to_string(path).expect("a case file is UTF-8");
        let mut published: Option<Date> = None;
        let mut result = Checked::default();
        for (index, line) in text.lines().enumerate() {
            if let Some(day) = line.strip_prefix('@') {
                published = day.trim().parse().ok();
                continue;
            }
            let Some((sentence, expected)) = line.split_once(" => ") else { continue };
            if line.starts_with('#') {
                continue;
            }
            let (known_to_fail, sentence) =
                sentence.strip_prefix('?').map_or((false, sentence), |rest| (true, rest.trim()));
            for sentence in with_each(sentence) {
                let coded = self.code(language, published, &sentence);
                result.sentences += 1;
                let expected_ones =
                    coded.iter().filter(|event| events_of(expected).any(|wanted| fits(wanted, event)));
                result.fired.extend(expected_ones.flat_map(frames_of).map(|frame| Fired {
                    language: language.to_owned(),
                    frame,
                    case: format!("{name}:{}", index + 1),
                }));
                match (compare(expected.trim(), &coded), known_to_fail) {
                    (Some(fault), false) => {
                        result.faults.push(format!("{name}:{}: {fault}\n    {sentence}", index + 1));
                    }
                    (None, true) => {
                        result.faults.push(format!("{name}:{}: passes now: take away the `?`", index + 1));
                    }
                    _ => {}
                }
            }
        }
        result
    }

    fn code(&self, language: &str, published: Option<Date>, sentence: &str) -> Vec<Event> {
        let text = Text::new(sentence);
        let block = Block { kind: BlockKind::Paragraph, span: text.whole() };
        let metadata = Metadata { language: Some(language.to_owned()), published, ..Metadata::default() };
        let document = Document { name: "case".to_owned(), text, metadata, blocks: vec![block] };
        let analysis = self.parser.parse(&document).value;
        let mentions = self.finder.find(&document, &analysis).value;
        self.coder.code(&document, &analysis, &mentions).events
    }
}

/// The events behind the arrow of a case.
fn events_of(expected: &str) -> impl Iterator<Item = &str> {
    expected.split(';').map(str::trim).filter(|event| !event.is_empty())
}

/// What is wrong with the events of a sentence; `None` where all is as the case says.
fn compare(expected: &str, coded: &[Event]) -> Option<String> {
    let shown = || coded.iter().map(show).collect::<Vec<_>>().join("; ");
    let mut wanted: Vec<_> = events_of(expected).collect();
    let only = wanted.last() == Some(&"only");
    if only {
        wanted.pop();
    }
    if wanted == ["-"] {
        return (!coded.is_empty()).then(|| format!("expected nothing, coded {}", shown()));
    }
    for event in &wanted {
        if !coded.iter().any(|known| fits(event, known)) {
            return Some(format!(
                "expected {event}, coded {}",
                if coded.is_empty() { "nothing".to_owned() } else { shown() }
            ));
        }
    }
    (only && coded.len() > wanted.len()).then(|| format!("expected only {expected}, coded {}", shown()))
}

fn show(event: &Event) -> String {
    let kind: Vec<_> =
        [event.kind.as_str()].into_iter().chain(event.modes.iter().map(|mode| mode.as_str())).collect();
    format!(
        "{} {} > {} {} {} {} ({})",
        kind.join("."),
        codes(&event.source),
        codes(&event.recipient),
        event.status,
        when(event),
        event.context_names().iter().map(|context| format!("+{context}")).collect::<Vec<_>>().join(" "),
        event.rule
    )
}

fn codes(side: &[Participant]) -> String {
    let mut codes: Vec<_> = side.iter().map(code).collect();
    codes.sort();
    codes.dedup();
    if codes.is_empty() { "-".to_owned() } else { codes.join(",") }
}

fn code(participant: &Participant) -> String {
    participant.country.map_or_else(|| participant.id.clone(), |country| country.to_string())
}

fn when(event: &Event) -> String {
    let Some(range) = event.date.as_ref().map(|date| date.range) else { return "@-".to_owned() };
    let side = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    format!("@{}", range.value().unwrap_or_else(|| format!("{}..{}", side(range.from), side(range.to))))
}

/// `TYPE[.mode] SOURCES > RECIPIENTS [status] [@date]`; `*` for a type or side that may be anything.
fn fits(expected: &str, event: &Event) -> bool {
    let (left, right) = expected.split_once('>').unwrap_or((expected, "-"));
    let mut left = left.split_whitespace();
    let (kind, source) = (left.next().unwrap_or_default(), left.next().unwrap_or("-"));
    let mut right = right.split_whitespace();
    let recipient = right.next().unwrap_or("-");
    let (contexts, right): (Vec<_>, Vec<_>) = right.partition(|word| word.starts_with(['+', '!']));
    let (dates, statuses): (Vec<_>, Vec<_>) = right.into_iter().partition(|word| word.starts_with('@'));
    let told = event.context_names();
    let mut kind = kind.split('.');
    let side = |wanted: &str, side: &[Participant]| {
        let mut wanted: Vec<_> = wanted.split(',').filter(|code| *code != "-").collect();
        wanted.sort_unstable();
        wanted == ["*"] || codes(side) == if wanted.is_empty() { "-".to_owned() } else { wanted.join(",") }
    };
    kind.next().is_some_and(|kind| kind == "*" || kind == event.kind.as_str())
        && kind.all(|mode| event.modes.iter().any(|known| known.as_str() == mode))
        && (side(source, &event.source) && side(recipient, &event.recipient)
            // A mutual act may be written either way.
            || event.recipient.is_empty() && side(&format!("{source},{recipient}"), &event.source))
        && statuses.iter().all(|status| event.status.as_str() == *status)
        && dates.iter().all(|date| when(event) == *date)
        && contexts.iter().all(|word| word.strip_prefix('+').is_none_or(|context| told.contains(&context)))
        && contexts.iter().all(|word| word.strip_prefix('!').is_none_or(|context| !told.contains(&context)))
}
