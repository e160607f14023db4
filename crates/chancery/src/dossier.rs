use std::fs;
use std::path::Path;
use std::process::ExitCode;

use chancery_present::Dossier;

use crate::arguments;
use crate::ask::open;
use crate::failure::Failure;
use crate::names::{Names, party};
use crate::output;

pub(crate) fn run(call: &arguments::Dossier, record: &Path) -> Result<ExitCode, Failure> {
    let record = open(record)?;
    let names = Names::load(&record)?;
    let (one, other) = (names.resolve(&call.one)?, names.resolve(&call.other)?);
    if one.id == other.id {
        return Err(Failure::OneActor(call.one.clone(), call.other.clone()));
    }
    let parties = (party(&one), party(&other));
    let dossier = Dossier::gather(&record, [(one, parties.0), (other, parties.1)])?;
    if let Some(path) = &call.html {
        fs::write(path, dossier.html()).map_err(|source| Failure::File { path: path.clone(), source })?;
    } else if call.json {
        output::print_lines([dossier.json()])?;
    } else {
        output::print(&dossier.markdown())?;
    }
    Ok(ExitCode::SUCCESS)
}
