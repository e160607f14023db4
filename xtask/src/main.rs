//! Tasks of the project: `cargo xtask score [KIND…]`, `cargo xtask calibrate`, `cargo xtask frames`, `cargo xtask tidy`.
#![expect(clippy::print_stdout, reason = "a task tells the person at the terminal what it found")]

mod actor_strings;
mod calibrate;
mod frames;
mod gold_set;
mod judged;
mod logistic;
mod records;
mod score;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask score [KIND…] [--write]   run the gold sets below ../shared/gold (kinds: dossier, events, extract,
                                      timex, quotes, geo, factuality, clusters, actors,
                                      links); --write puts the table into README.md
cargo xtask calibrate [--refit]       fit how sure the coding of events is to gold and judged news, and measure it
cargo xtask frames                    count the event frames and their predicates by language
cargo xtask tidy                      check tables, sources and prose for what no compiler checks";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.split_first() {
        Some((task, rest)) if task == "score" => score::score(rest),
        Some((task, rest)) if task == "calibrate" => calibrate::calibrate(rest),
        Some((task, _)) if task == "frames" => {
            score::workspace_root().and_then(|root| frames::count_frames(&root))
        }
        Some((task, _)) if task == "tidy" => tidy::tidy(),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
