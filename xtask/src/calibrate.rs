//! Fits how sure the coding is, and measures whether it is as sure as it should be.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::judged::{
    Judged, VALUES, judge_draw, judge_factuality, judge_quotations, judge_report, judge_sentence,
};
use crate::logistic::{Example, Weights, is_of_set};
use crate::score::workspace_root;

/// Sets of sentences whose events are all listed. Their sentences were chosen because they tell of events; what that
/// is worth is fitted apart, and is no part of the table. Sets that list some events only, or that count an act only
/// where it is the sentence's news, cannot say what is wrong.
const SENTENCES: [(&str, &str); 4] = [
    ("plover_gsr", "gold/events/plover_gsr.jsonl"),
    ("cameo_conflibert", "gold/events/cameo_conflibert.jsonl"),
    ("es_fight", "gold/events/es_fight.jsonl"),
    ("es_protest_actors", "gold/events/es_protest_actors.jsonl"),
];

/// News whose predicates' factuality is known: they judge the status of the events among them.
const FACTUALITY: (&str, &str) = ("meantime", "gold/factuality/factuality.meantime.jsonl");

/// Documents whose quotations are marked, and of how many one is read: they judge who says so.
const QUOTATIONS: [(&str, &str, usize); 2] =
    [("polnear", "gold/quotes/quotes.polnear.jsonl", 3), ("gum", "gold/quotes/quotes.gum.jsonl", 1)];

/// Where the judged values are kept, so that weights can be fitted anew without reading again.
const KEPT: &str = "target/judged.jsonl";

/// Parts into which documents are dealt: each is measured by weights fitted on the others.
const FOLDS: u64 = 5;

/// The upper ends of the bins of the curve.
const BINS: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

const TABLE: &str = "crates/code/confidence.txt";
const CURVE: &str = "measurements/calibration/README.md";
const DRAWS: &str = "measurements/precision";
const JUDGED: &str = "measurements/judged";

/// News that was judged after the last mending. What was judged before had its faults mended, so that it is right more often
/// than news that nobody has read: what that is worth is fitted apart, as for sentences, and is no part of the table.
const UNREAD: [&str; 20] = [
    "en.8",
    "en.9",
    "en.fresh",
    "en.unread",
    "sv.5",
    "sv.6",
    "sv.fresh",
    "sv.unread",
    "ru.5",
    "ru.6",
    "ru.fresh",
    "ru.unread",
    "de.1",
    "de.unread",
    "fr.1",
    "fr.unread",
    "en.nouns",
    "sv.nouns",
    "de.nouns",
    "fr.nouns",
];

const ABOUT_TABLE: &str = "\
# What every ground adds to the log odds that a value of an event is right. Written by `cargo xtask calibrate` from gold
# sets, reports with keys and judged news; measured in measurements/calibration. A ground that does not stand here
# counts for nothing. `start` is where the odds begin.
";

/// Fits the table of confidence and writes it with its measurement; with `--refit`, to values judged before.
pub(crate) fn calibrate(arguments: &[String]) -> Result<(), String> {
    let root = workspace_root()?;
    let kept = root.join(KEPT);
    if arguments.iter().any(|argument| argument == "--refit") {
        let lines = fs::read_to_string(&kept).map_err(|error| format!("{}: {error}", kept.display()))?;
        return publish(&root, &lines.lines().filter_map(Judged::from_line).collect::<Vec<_>>());
    }
    let shared = root.join("../shared");
    if !shared.join("gold").is_dir() {
        println!("skipped: no gold sets beside the checkout (../shared/gold)");
        return Ok(());
    }
    let build = ["build", "--release", "--quiet", "--package", "chancery"];
    let built = Command::new("cargo").args(build).current_dir(&root).status();
    if !built.is_ok_and(|status| status.success()) {
        return Err("chancery cannot be built".to_owned());
    }
    let judged = judge_all(&root, &shared)?;
    write(&kept, &judged.iter().map(|one| one.to_line() + "\n").collect::<String>())?;
    publish(&root, &judged)
}

fn publish(root: &Path, judged: &[Judged]) -> Result<(), String> {
    let mut table = ABOUT_TABLE.to_owned();
    for value in VALUES {
        let weights = Weights::fit(&examples(judged, value, |_| true));
        let _ = writeln!(table, "\n[{value}]");
        for (ground, weight) in weights.0.iter().filter(|(ground, _)| !is_of_set(ground)) {
            let _ = writeln!(table, "{ground} {weight:.2}");
        }
    }
    write(&root.join(TABLE), &table)?;
    let curve = curve(judged);
    println!("{curve}");
    let page = root.join(CURVE);
    let text = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
    let (before, rest) = text.split_once(BEGINS).ok_or("the page of the curve has no place for it")?;
    let (_, after) = rest.split_once(ENDS).ok_or("the page of the curve has no end of it")?;
    write(&page, &format!("{before}{BEGINS}\n\n{curve}\n{ENDS}{after}"))
}

const BEGINS: &str = "<!-- curve: written by `cargo xtask calibrate` -->";
const ENDS: &str = "<!-- end of curve -->";

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Whether a ground says how an act is told, which tells of its status and attribution; of the other values it does not.
fn is_of_telling(ground: &str) -> bool {
    ["status.", "encoder.status", "encoder.attribution"].iter().any(|name| ground.starts_with(name))
}

/// The judged values of a kind. Which set they are of tells how often an act is one, and nothing of its sides.
fn examples(judged: &[Judged], value: &str, keep: impl Fn(&Judged) -> bool) -> Vec<Example> {
    let of = judged.iter().filter(|one| one.value == value && keep(one));
    of.map(|one| {
        let mut example = one.example.clone();
        let is_told = matches!(value, "status" | "attribution");
        example
            .grounds
            .retain(|ground| (value == "type" || !is_of_set(ground)) && (is_told || !is_of_telling(ground)));
        example
    })
    .collect()
}

// ------------------------------------------------------------------------------------------ gold

fn judge_all(root: &Path, shared: &Path) -> Result<Vec<Judged>, String> {
    let mut judged = Vec::new();
    for (set, path) in SENTENCES {
        let gold = shared.join(path);
        if !gold.exists() {
            println!("left out: no {path}");
            continue;
        }
        let read = read(root, std::slice::from_ref(&gold))?;
        let from = judged.len();
        for record in records(&gold)? {
            let name = record.get("id").and_then(Value::as_str).unwrap_or_default();
            if let Some(document) = read.get(name) {
                judge_sentence(set, &record, document, &mut judged);
            }
        }
        for one in judged.iter_mut().skip(from) {
            one.example.grounds.push("set.sentences".to_owned());
        }
    }
    let (set, path) = FACTUALITY;
    judge_documents(root, &shared.join(path), 1, |gold, read| {
        judge_factuality(set, gold, read, &mut judged);
    })?;
    for (set, path, one_in) in QUOTATIONS {
        let gold = shared.join(path);
        judge_documents(root, &gold, one_in, |gold, read| judge_quotations(set, gold, read, &mut judged))?;
    }
    judge_reports(root, shared, &mut judged)?;
    judge_draws(root, shared, &mut judged)?;
    Ok(judged)
}

/// Reads one in so many documents of a set and hands each over beside its gold.
fn judge_documents(
    root: &Path,
    gold: &Path,
    one_in: usize,
    mut judge: impl FnMut(&Value, &Value),
) -> Result<(), String> {
    if !gold.exists() {
        println!("left out: no {}", gold.display());
        return Ok(());
    }
    let all = records(gold)?;
    let chosen: Vec<&Value> = all.iter().step_by(one_in).collect();
    let documents = std::env::temp_dir().join(format!("chancery-calibrate-{}.jsonl", std::process::id()));
    write(&documents, &chosen.iter().map(|record| record.to_string() + "\n").collect::<String>())?;
    let read = read(root, std::slice::from_ref(&documents));
    let _ = fs::remove_file(&documents);
    let read = read?;
    for record in chosen {
        let name = record.get("id").and_then(Value::as_str).unwrap_or_default();
        if let Some(document) = read.get(name) {
            judge(record, document);
        }
    }
    Ok(())
}

fn judge_reports(root: &Path, shared: &Path, judged: &mut Vec<Judged>) -> Result<(), String> {
    let reports = shared.join("reports");
    let Ok(entries) = fs::read_dir(reports.join("keys")) else { return Ok(()) };
    let mut keys: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    keys.sort();
    for path in keys {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let Ok(key) = serde_json::from_str::<Value>(&text) else { continue };
        let Some(name) = key.get("doc").and_then(Value::as_str) else { continue };
        for document in read(root, &[reports.join(name)])?.values() {
            judge_report(&key, document, judged);
        }
    }
    Ok(())
}

/// Judges random news by the rows of the draws that measure precision and of the documents judged for this, which `draw.py`
/// takes from the bulk anew.
fn judge_draws(root: &Path, shared: &Path, judged: &mut Vec<Judged>) -> Result<(), String> {
    let mut draws = Vec::new();
    for folder in [DRAWS, JUDGED].map(|folder| root.join(folder)) {
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        draws.extend(
            entries
                .filter_map(|entry| Some(entry.ok()?.path()))
                .filter(|path| path.extension().is_some_and(|ending| ending == "tsv")),
        );
    }
    draws.sort();
    for path in draws {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let (language, draw) = name.split_once('.').unwrap_or((name, ""));
        let is_drawn = draw.parse::<u32>().is_ok();
        let words = if is_drawn { vec!["documents", language, draw] } else { vec!["trained", language] };
        let drawn = Command::new("python3")
            .arg(root.join(DRAWS).join("draw.py"))
            .args(words)
            .arg(shared.join("bulk"))
            .output()
            .map_err(|error| format!("cannot run python3: {error}"))?;
        if !drawn.status.success() {
            println!("left out: {name} cannot be drawn from ../shared/bulk");
            continue;
        }
        let from = judged.len();
        let documents = std::env::temp_dir().join(format!("chancery-calibrate-{}.jsonl", std::process::id()));
        let rows = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        fs::write(&documents, with_rows(&String::from_utf8_lossy(&drawn.stdout), &rows))
            .map_err(|error| format!("{}: {error}", documents.display()))?;
        for document in read(root, std::slice::from_ref(&documents))?.values() {
            judge_draw(&format!("news {name}"), &rows, document, judged);
        }
        if !UNREAD.contains(&name) {
            for one in judged.iter_mut().skip(from) {
                one.example.grounds.push("set.mended".to_owned());
            }
        }
        let _ = fs::remove_file(&documents);
    }
    Ok(())
}

/// The drawn documents, a line each, of which something is judged.
fn with_rows(drawn: &str, rows: &str) -> String {
    let judged: BTreeSet<&str> = rows.lines().filter_map(|row| row.split('\t').next()).collect();
    let name = |line: &str| Some(serde_json::from_str::<Value>(line).ok()?.get("id")?.as_str()?.to_owned());
    drawn
        .split_inclusive('\n')
        .filter(|line| name(line).is_some_and(|name| judged.contains(name.as_str())))
        .collect()
}

fn records(path: &Path) -> Result<Vec<Value>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Reads files with the program as a user runs it; documents by name.
fn read(root: &Path, files: &[PathBuf]) -> Result<BTreeMap<String, Value>, String> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let read = Command::new(target.join("release/chancery"))
        .args(["read", "--json", "--doubtful"])
        .args(files)
        .stderr(Stdio::null())
        .output()
        .map_err(|error| format!("cannot run chancery: {error}"))?;
    let lines = String::from_utf8_lossy(&read.stdout).into_owned();
    let documents = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    Ok(documents.filter_map(|document| Some((document.get("doc")?.as_str()?.to_owned(), document))).collect())
}

// ------------------------------------------------------------------------------------------ curve

/// What was said of a value, and whether it was right.
struct Said {
    confidence: f64,
    right: bool,
}

/// The tables of the page: how sure, and how often right, by value and set.
fn curve(judged: &[Judged]) -> String {
    let said = cross_fitted(judged);
    let mut out = String::new();
    let names = VALUES.iter().copied().chain(["whole"]);
    for value in names {
        let _ = writeln!(out, "### {value}\n");
        for (name, keep) in [
            ("running text: news and the four reports", is_news as fn(&Judged) -> bool),
            ("sentences chosen for their events", |one: &Judged| !is_news(one)),
        ] {
            let of: Vec<&Said> = judged
                .iter()
                .zip(&said)
                .filter(|(one, _)| one.value == value && keep(one))
                .filter_map(|(_, said)| said.as_ref())
                .collect();
            if !of.is_empty() {
                bins(&mut out, name, &of);
            }
        }
        sets(&mut out, value, judged, &said);
    }
    out.push_str(&by_sureness(judged, &said));
    out
}

/// How much of news that nobody had read is left where only events so sure are asked for (`chancery events --sure`, which
/// goes by the whole), and how much of that is right.
fn by_sureness(judged: &[Judged], said: &[Option<Said>]) -> String {
    const LEAST: [f64; 8] = [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85];
    // Codings that new words for people added are no draw of all.
    let is_drawn =
        |set: &str| UNREAD.iter().any(|name| set == format!("news {name}") && !name.contains("nouns"));
    // Of each coding its act and its whole are judged, in the same order.
    let of = |value: &'static str| {
        let drawn = judged.iter().zip(said).filter(move |(one, _)| one.value == value && is_drawn(&one.set));
        drawn.filter_map(|(_, said)| said.as_ref())
    };
    let codings: Vec<(&Said, &Said)> = of("type").zip(of("whole")).collect();
    let mut out = "### what `--sure` keeps of news that nobody had read\n\n| at least so sure | events | kept | act right | whole right |\n|---|---|---|---|---|\n".to_owned();
    for least in LEAST {
        let kept: Vec<_> = codings.iter().filter(|(_, whole)| whole.confidence >= least).collect();
        let share = |count: usize| count as f64 / kept.len().max(1) as f64;
        let _ = writeln!(
            out,
            "| {least:.2} | {} | {:.2} | {:.2} | {:.2} |",
            kept.len(),
            kept.len() as f64 / codings.len().max(1) as f64,
            share(kept.iter().filter(|(act, _)| act.right).count()),
            share(kept.iter().filter(|(_, whole)| whole.right).count()),
        );
    }
    out
}

fn is_news(one: &Judged) -> bool {
    let is_of_documents = |set: &str| set == FACTUALITY.0 || QUOTATIONS.iter().any(|(name, ..)| *name == set);
    one.set == "reports" || one.set.starts_with("news ") || is_of_documents(&one.set)
}

/// For each judged value the confidence that weights give which were fitted without its document.
fn cross_fitted(judged: &[Judged]) -> Vec<Option<Said>> {
    let fold = |one: &Judged| {
        one.document.bytes().fold(7_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte))) / 8
            % FOLDS
    };
    let weights: Vec<BTreeMap<&str, Weights>> = (0..FOLDS)
        .map(|held| {
            let fit = |value| Weights::fit(&examples(judged, value, |one| fold(one) != held));
            VALUES.iter().map(|&value| (value, fit(value))).collect()
        })
        .collect();
    judged
        .iter()
        .map(|one| {
            let own = weights.get(usize::try_from(fold(one)).ok()?)?;
            let sure = |value: &str| own.get(value).map(|weights| weights.confidence(&one.example.grounds));
            let confidence = if one.value == "whole" {
                one.has.iter().filter_map(|value| sure(value)).product()
            } else {
                sure(one.value)?
            };
            Some(Said { confidence, right: one.example.right })
        })
        .collect()
}

/// The shares of right values by how sure they were said to be, and by how much the two differ on the average.
fn bins(out: &mut String, name: &str, said: &[&Said]) {
    let share = |said: &[&&Said]| said.iter().filter(|one| one.right).count() as f64 / said.len() as f64;
    let mean = |said: &[&&Said]| said.iter().map(|one| one.confidence).sum::<f64>() / said.len() as f64;
    let all: Vec<&&Said> = said.iter().collect();
    let (mut error, mut low, mut rows) = (0.0, 0.0, String::new());
    for high in BINS {
        let of: Vec<&&Said> = said
            .iter()
            .filter(|one| low <= one.confidence && (one.confidence < high || high >= 1.0))
            .collect();
        if !of.is_empty() {
            error += (mean(&of) - share(&of)).abs() * of.len() as f64 / said.len() as f64;
            let _ = writeln!(
                rows,
                "| {low:.1}–{high:.1} | {} | {:.2} | {:.2} |",
                of.len(),
                mean(&of),
                share(&of)
            );
        }
        low = high;
    }
    let brier = said.iter().map(|one| (one.confidence - f64::from(u8::from(one.right))).powi(2)).sum::<f64>();
    let base = share(&all) * (1.0 - share(&all));
    let _ = writeln!(
        out,
        "{name}: {} values, {:.2} right, said to be {:.2}; expected calibration error {error:.3}; Brier score {:.3} ({base:.3} for one and the same figure)\n\n| sure | values | said | right |\n|---|---|---|---|\n{rows}",
        said.len(),
        share(&all),
        mean(&all),
        brier / said.len() as f64,
    );
}

/// How sure and how often right, a line a set.
fn sets(out: &mut String, value: &str, judged: &[Judged], said: &[Option<Said>]) {
    let mut by_set = BTreeMap::<&str, Vec<&Said>>::new();
    for (one, said) in judged.iter().zip(said) {
        if let Some(said) = said.as_ref().filter(|_| one.value == value) {
            by_set.entry(&one.set).or_default().push(said);
        }
    }
    let _ = writeln!(out, "| set | values | said | right |\n|---|---|---|---|");
    for (set, said) in by_set {
        let count = said.len() as f64;
        let mean = said.iter().map(|one| one.confidence).sum::<f64>() / count;
        let right = said.iter().filter(|one| one.right).count() as f64 / count;
        let _ = writeln!(out, "| {set} | {} | {mean:.2} | {right:.2} |", said.len());
    }
    out.push('\n');
}
