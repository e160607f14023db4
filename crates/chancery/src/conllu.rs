use std::process::ExitCode;

use chancery_parse::{Parser, write_conllu};

use crate::arguments::Paths;
use crate::failure::Failure;
use crate::inputs;
use crate::output;
use crate::pipeline::documents;
use crate::tally::Tally;

pub(crate) fn run(call: &Paths) -> Result<ExitCode, Failure> {
    let parser = Parser::load()?.with_tier(call.tier());
    let mut tally = Tally::default();
    let listed = inputs::list(&call.paths, None);
    for why in &listed.refused {
        tally.refuse(why);
    }
    for input in &listed.inputs {
        for outcome in documents(input) {
            match outcome {
                Err(refusal) => tally.refuse(refusal),
                Ok(document) => {
                    let analysis = parser.parse(&document.value).value;
                    let language = document.value.metadata.language.as_deref().unwrap_or_default();
                    let analysis = parser.split_fused(&analysis, language)?;
                    let mut text = String::new();
                    write_conllu(&document.value, &analysis, &mut text)
                        .expect("writing to memory does not fail");
                    output::print(&text)?;
                }
            }
        }
    }
    Ok(if tally.refused > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}
