//! Reads raw reports and keeps a record of who did or said what to whom, when, where and according to
//! whom.
//!
//! Exit status: 0 all done; 1 some input was refused; 2 the call itself was wrong.

mod arguments;
mod ask;
mod conllu;
mod dossier;
mod explain;
mod failure;
mod inputs;
mod names;
mod output;
mod pipeline;
mod query_result;
mod read;
mod tally;
mod world;

use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use chancery_code::Coder;
use failure::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(code) => code,
        // Whoever reads our output has seen enough, as `head` does.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("chancery: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    if let Some(folder) = &arguments.tables {
        chancery_tables::lay_over(folder)
            .map_err(|source| Failure::Tables { path: folder.clone(), source })?;
        let coder = Coder::load();
        // Frames may build on what the ontology declares, so that its own errors come first.
        let faults: Vec<_> = coder.check_ontology().iter().map(ToString::to_string).collect();
        if !faults.is_empty() {
            return Err(Failure::Ontology { path: folder.clone(), faults: listed(&faults) });
        }
        let faults: Vec<_> = coder.check().iter().map(ToString::to_string).collect();
        if !faults.is_empty() {
            return Err(Failure::Frames { path: folder.clone(), faults: listed(&faults) });
        }
    }
    let record = &arguments.record;
    match &arguments.command {
        Command::Read(call) => read::run(call, record),
        Command::Dossier(call) => dossier::run(call, record),
        Command::Events(call) => ask::events(call, record),
        Command::Actors(call) => ask::actors(call, record),
        Command::Statements(call) => ask::statements(call, record),
        Command::Positions(call) => ask::positions(call, record),
        Command::Explain(call) => explain::run(call, record),
        Command::Parse(call) => conllu::run(call),
        Command::Check => ask::check(record),
        Command::World(call) => world::run(call),
    }
}

/// The first faults, a line each, and how many more there are: a table of classes that leaves ours out has hundreds.
fn listed(faults: &[String]) -> String {
    const MOST: usize = 40;
    let mut lines: Vec<_> = faults.iter().take(MOST).map(String::as_str).collect();
    let more = faults.len().saturating_sub(MOST);
    let rest = format!("and {more} more: mend these first");
    if more > 0 {
        lines.push(&rest);
    }
    lines.join("\n")
}
