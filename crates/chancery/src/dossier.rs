use std::path::Path;
use std::process::ExitCode;

use crate::arguments;
use crate::ask::open;
use crate::failure::Failure;
use crate::names::Names;

pub(crate) fn run(call: &arguments::Dossier, record: &Path) -> Result<ExitCode, Failure> {
    let record = open(record)?;
    let names = Names::load(&record)?;
    let (one, other) = (names.resolve(&call.one)?, names.resolve(&call.other)?);
    if one.id == other.id {
        return Err(Failure::OneActor(call.one.clone(), call.other.clone()));
    }
    Ok(ExitCode::SUCCESS)
}
