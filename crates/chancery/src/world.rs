use std::fs;
use std::path::Path;
use std::process::ExitCode;

use chancery_core::Date;
use chancery_find::World;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::arguments;
use crate::failure::Failure;
use crate::output;
use crate::query_result::rows;

pub(crate) fn run(call: &arguments::World) -> Result<ExitCode, Failure> {
    match call {
        arguments::World::Check { all } => check(*all),
        arguments::World::Import { file, into, as_of } => import(file, into, *as_of),
    }
}

/// Prints what is wrong in the tables; the exit status says whether anything is.
fn check(all: bool) -> Result<ExitCode, Failure> {
    let findings = World::check();
    output::print_lines(findings.errors.iter().cloned())?;
    if all {
        output::print_lines(findings.remarks.iter().map(|remark| format!("remark: {remark}")))?;
    }
    let (errors, remarks) = (findings.errors.len(), findings.remarks.len());
    eprintln!("The tables have {errors} errors; {remarks} rows overlap or leave gaps (--all names them).");
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Writes the rows of a query result to the tables of a folder; rows that say too little are named and left out.
fn import(file: &Path, folder: &Path, as_of: Option<Date>) -> Result<ExitCode, Failure> {
    let unread = |source| Failure::Unread { path: file.to_owned(), source };
    let text = fs::read_to_string(file).map_err(unread)?;
    let rows = rows(&text).map_err(|source| Failure::QueryResult { path: file.to_owned(), source })?;
    let as_of = match as_of {
        Some(day) => day,
        None => day_of(file).map_err(unread)?,
    };
    let imported = World::load().import(&rows, as_of);
    let heads = [
        ("holders", "person\toffice\tof\tstart\tend\tas_of", &imported.holders),
        (
            "persons",
            "id\tname\tkind\tcountry\tsector\twikidata\tas_of\tother\tru\tuk\tfa\tar\the\tzh",
            &imported.persons,
        ),
    ];
    for (table, columns, rows) in heads.into_iter().filter(|(_, _, rows)| !rows.is_empty()) {
        let path = folder.join(format!("world/{table}.changes.tsv"));
        let failed = |source| Failure::File { path: path.clone(), source };
        fs::create_dir_all(folder.join("world")).map_err(failed)?;
        let text = format!("# From {}, as of {as_of}.\n# columns: {columns}\n", file.display());
        fs::write(&path, text + &rows.join("\n") + "\n").map_err(failed)?;
    }
    for (row, why) in &imported.refused {
        eprintln!("refused: {} row {row}: {why}", file.display());
    }
    eprintln!(
        "{} rows of holders and {} of persons written, {} refused.",
        imported.holders.len(),
        imported.persons.len(),
        imported.refused.len()
    );
    Ok(if imported.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The day on which a file was written.
fn day_of(file: &Path) -> std::io::Result<Date> {
    let written = fs::metadata(file)?.modified()?;
    let written = Timestamp::try_from(written).map_err(std::io::Error::other)?;
    Ok(written.to_zoned(TimeZone::UTC).date())
}
