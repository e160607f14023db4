use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::actor_strings;
use crate::gold_set::{GOLD_SETS, GoldSet, Measure};
use crate::records;

/// Marks in README.md between which the table of scores stands.
const TABLE_BEGINS: &str = "<!-- scores: written by `cargo xtask score --write` -->";
const TABLE_ENDS: &str = "<!-- end of scores -->";

/// Runs the gold sets of the kinds named (all where none is), prints every figure beside the peer's, and
/// writes the table of README.md where asked to.
pub(crate) fn score(arguments: &[String]) -> Result<(), String> {
    let write = arguments.iter().any(|argument| argument == "--write");
    let kinds: Vec<_> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    if write && !kinds.is_empty() {
        return Err("--write wants a whole run: the table is of one state, and some kinds alone would drop the others".to_owned());
    }
    let root = workspace_root()?;
    let shared = root.join("../shared");
    if !shared.join("gold").is_dir() {
        println!("skipped: no gold sets beside the checkout (../shared/gold)");
        return Ok(());
    }
    for kind in &kinds {
        if !GOLD_SETS.iter().any(|set| set.kind == kind.as_str()) {
            return Err(format!("unknown kind `{kind}`: choose of {}", kinds_known().join(", ")));
        }
    }
    run(Command::new("cargo")
        .args(["build", "--release", "--quiet", "--package", "chancery"])
        .current_dir(&root))?;
    let mut table =
        String::from("| kind | set | measure | Chancery | peer | goal |\n|---|---|---|---|---|---|\n");
    for set in
        GOLD_SETS.iter().filter(|set| kinds.is_empty() || kinds.iter().any(|kind| set.kind == kind.as_str()))
    {
        let printed = match score_set(&root, &shared, set) {
            Ok(printed) => printed,
            Err(message) => {
                println!("{} {}: {message}", set.kind, set.name);
                continue;
            }
        };
        if !kinds.is_empty() {
            println!("== {} {}\n{printed}", set.kind, set.name);
        }
        for measure in set.measures {
            let figure = figure(&printed, measure).unwrap_or_else(|| "–".to_owned());
            println!(
                "{:8} {:18} {:30} {:>6}   peer {:32} goal {}",
                set.kind, set.name, measure.name, figure, measure.peer, measure.goal
            );
            let _ = writeln!(
                table,
                "| {} | {} | {} | {figure} | {} | {} |",
                set.kind, set.name, measure.name, measure.peer, measure.goal
            );
        }
    }
    if write {
        write_table(&root.join("README.md"), &table)?;
    }
    Ok(())
}

/// The kinds of gold sets, in their order.
fn kinds_known() -> Vec<&'static str> {
    let mut known: Vec<&str> = GOLD_SETS.iter().map(|set| set.kind).collect();
    known.dedup();
    known
}

/// The folder of the workspace.
pub(crate) fn workspace_root() -> Result<PathBuf, String> {
    let manifest =
        std::env::var("CARGO_MANIFEST_DIR").map_err(|_| "run this with `cargo xtask`".to_owned())?;
    Path::new(&manifest).parent().map(Path::to_path_buf).ok_or_else(|| "no workspace above xtask".to_owned())
}

/// Reads the documents with the program as a user runs it, and gives what the scorer prints.
fn score_set(root: &Path, shared: &Path, set: &GoldSet) -> Result<String, String> {
    let mut gold = shared.join(set.documents);
    if !gold.exists() {
        return Err(format!("skipped: no {}", set.documents));
    }
    let named = |what: &str| format!("chancery-score-{}-{}{what}.jsonl", std::process::id(), set.kind);
    let chosen = std::env::temp_dir().join(named("-gold"));
    if !set.records.is_empty() {
        let all = fs::read_to_string(&gold).map_err(|error| format!("{}: {error}", gold.display()))?;
        fs::write(&chosen, records::kept(&all, set.records))
            .map_err(|error| format!("{}: {error}", chosen.display()))?;
        gold.clone_from(&chosen);
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let mut command = Command::new(target.join("release/chancery"));
    command.args(["read", "--json"]);
    if gold.is_dir() {
        command.args(documents(&gold)?);
    } else {
        command.arg(&gold);
    }
    let read =
        command.stderr(Stdio::null()).output().map_err(|error| format!("cannot run chancery: {error}"))?;
    if set.kind == "actors" {
        let strings = fs::read_to_string(&gold).map_err(|error| format!("{}: {error}", gold.display()))?;
        return Ok(actor_strings::score(&strings, &String::from_utf8_lossy(&read.stdout)));
    }
    let kind = if set.scorer == "score_timex.py" { "timex" } else { set.kind };
    let mut adapt = Command::new("python3")
        .arg(shared.join("gold/adapt.py"))
        .arg(kind)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run python3, which the scorers need: {error}"))?;
    let mut stdin = adapt.stdin.take().ok_or("adapt.py takes no input")?;
    let feeder = std::thread::spawn(move || stdin.write_all(&read.stdout));
    let adapted = adapt.wait_with_output().map_err(|error| format!("adapt.py: {error}"))?;
    let _ = feeder.join();
    let scratch = std::env::temp_dir().join(named(""));
    fs::write(&scratch, &adapted.stdout).map_err(|error| format!("{}: {error}", scratch.display()))?;
    let arguments = set.arguments.iter().map(|argument| {
        argument
            .replace("{gold}", &gold.display().to_string())
            .replace("{pred}", &scratch.display().to_string())
            .replace("{shared}", &shared.display().to_string())
    });
    let scored = Command::new("python3")
        .arg(shared.join("gold").join(set.scorer))
        .args(arguments)
        .output()
        .map_err(|error| format!("{}: {error}", set.scorer))?;
    let _ = fs::remove_file(&scratch);
    let _ = fs::remove_file(&chosen);
    if !scored.status.success() {
        return Err(format!("{}: {}", set.scorer, String::from_utf8_lossy(&scored.stderr)));
    }
    Ok(String::from_utf8_lossy(&scored.stdout).into_owned())
}

/// The texts and pages of a folder, sorted; the keys beside them are not read.
fn documents(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| [".txt", ".html.gz"].iter().any(|ending| path.to_string_lossy().ends_with(ending)))
        .collect();
    files.sort();
    Ok(files)
}

/// The figure of a measure in what a scorer printed, or `None` where it is not there.
fn figure(printed: &str, measure: &Measure) -> Option<String> {
    let mut lines = printed.lines();
    // The extraction table: set, pages | n, body F1 ± spread … | … | … | n, same day, near, wrong …
    if let Some((cell, word)) = [("body", (1, 1)), ("day", (4, 1)), ("wrong day", (4, 3))]
        .into_iter()
        .find_map(|(field, place)| (field == measure.field).then_some(place))
    {
        let row = lines.find(|line| line.starts_with(measure.line))?;
        let figure = row.split('|').nth(cell)?.split_whitespace().nth(word)?;
        return figure.split('±').next().map(str::to_owned);
    }
    let line = lines.find(|line| line.starts_with(measure.line) && line.contains(measure.field))?;
    if measure.field.is_empty() {
        return line.split_whitespace().last().map(str::to_owned);
    }
    let rest = if measure.field == "interval" { line.split("interval").nth(1)? } else { line };
    let field = if measure.field == "interval" { "F1" } else { measure.field };
    let mut words = rest.split_whitespace();
    if words.clone().any(|word| word == field) {
        words.find(|word| *word == field)?;
        return words.next().map(|word| word.trim_end_matches(',').to_owned());
    }
    // `interval .91/.90/.905`: precision, recall, F1
    words.next()?.rsplit('/').next().map(str::to_owned)
}

fn write_table(readme: &Path, table: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", readme.display());
    let text = fs::read_to_string(readme).map_err(failed)?;
    let (before, rest) = text.split_once(TABLE_BEGINS).ok_or("README.md has no place for the scores")?;
    let (_, after) = rest.split_once(TABLE_ENDS).ok_or("README.md has no end of the scores")?;
    fs::write(readme, format!("{before}{TABLE_BEGINS}\n\n{table}\n{TABLE_ENDS}{after}")).map_err(failed)
}

fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{command:?}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} failed")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_off_what_the_scorers_print() {
        let printed = "event type   P 0.812  R 0.700  F1 0.752   macro-F1 0.7\nactors R   27 / 30    0.900\n";
        let clusters = "system    MUC 3.1  B3 49.7  CEAFe 40.2  CoNLL 31.0   (9 mentions)\n";
        let pages =
            "fundus  163 |  159 0.956±0.005 0.958 | - - | 163 81.6 | 162  98.1  98.5   0.6   1.2 | 213\n";
        let named = |line, field| Measure { name: "", line, field, peer: "", goal: "" };
        assert_eq!(figure(printed, &named("event type", "F1")).as_deref(), Some("0.752"));
        assert_eq!(figure(printed, &named("actors R", "")).as_deref(), Some("0.900"));
        assert_eq!(figure(printed, &named("nothing", "F1")), None);
        assert_eq!(figure(pages, &named("fundus", "body")).as_deref(), Some("0.956"));
        assert_eq!(figure(pages, &named("fundus", "day")).as_deref(), Some("98.1"));
        assert_eq!(figure(pages, &named("fundus", "wrong day")).as_deref(), Some("0.6"));
        assert_eq!(figure(clusters, &named("system", "CoNLL")).as_deref(), Some("31.0"));
    }
}
