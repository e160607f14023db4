//! The text tables of `languages/` and `world/`, inside the binary.
//!
//! `languages/README.md` and `world/README.md` say what stands in each. A folder laid out in the same way can
//! stand in front of them ([`lay_over`]): a file in it takes the place of the one inside the binary, or, as
//! `NAME.changes.tsv`, changes some of its rows.

mod changes;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::{fs, io};

pub use changes::ORIGIN;
use changes::{CHANGES, changed};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// Name of the user's own ontology, without its ending.
const ONTOLOGY: &str = "ontology";

/// What a user laid over the tables inside the binary.
static OVERLAY: OnceLock<Overlay> = OnceLock::new();

/// Why a folder of tables cannot be laid over those inside the binary.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OverlayError {
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error(
        "no tables in it: they lie in its folders `languages/xx/` and `world/`, an ontology in it as `ontology.txt`"
    )]
    NoTables,
    #[error("`ontology.txt` lies in the folder itself, beside `languages/` and `world/`, not in `{folder}/`")]
    MisplacedOntology { folder: &'static str },
    #[error("tables have been laid over before")]
    LaidOverBefore,
    #[error("{file}:{line}: no row begins with `{}`, so that none can be taken away", row.replace('\t', ", "))]
    NothingToTakeAway { file: String, line: usize, row: String },
    #[error("{file}:{line}: the columns of this table are {columns}")]
    OtherColumns { file: String, line: usize, columns: String },
    #[error("{file} changes a table that does not exist")]
    NoSuchTable { file: String },
}

/// Path below `languages/` or `world/` without its ending, and text; sorted by path.
type Tables = Vec<(String, &'static str)>;

#[derive(Default)]
struct Overlay {
    languages: Tables,
    world: Tables,
    ontology: Option<&'static str>,
}

/// The text of `languages/LANGUAGE/NAME.txt`, or `None` where the language has no such table.
///
/// ```
/// assert!(chancery_tables::language("sv", "no-such-table").is_none());
/// ```
pub fn language(language: &str, name: &str) -> Option<&'static str> {
    let path = format!("{language}/{name}");
    OVERLAY.get().and_then(|over| laid_over(&over.languages, &path)).or_else(|| get(LANGUAGES, &path))
}

/// The text of `world/NAME.tsv` (or `.txt`); `NAME` may hold a folder, as in `names/sv`.
pub fn world(name: &str) -> Option<&'static str> {
    OVERLAY.get().and_then(|over| laid_over(&over.world, name)).or_else(|| get(WORLD, name))
}

/// The text of the user's own `ontology.txt`, or `None` where nobody laid one over.
pub fn ontology() -> Option<&'static str> {
    OVERLAY.get()?.ontology
}

/// ISO 639-1 codes of the languages that have a folder, sorted.
pub fn languages() -> Vec<&'static str> {
    let own = OVERLAY.get().into_iter().flat_map(|over| &over.languages).map(|(path, _)| path.as_str());
    let mut codes: Vec<_> = LANGUAGES
        .iter()
        .map(|(path, _)| *path)
        .chain(own)
        .filter_map(|path| Some(path.split_once('/')?.0))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Lays the tables of a folder (`languages/xx/NAME.txt`, `world/NAME.tsv`, `ontology.txt`) over those inside the binary,
/// for the rest of the program's life; `world/NAME.changes.tsv` changes rows of a table instead. To be called once,
/// before the first table is read; returns how many files the folder gave, and an error where it cannot be read,
/// holds none, or changes what is not there.
pub fn lay_over(folder: &Path) -> Result<usize, OverlayError> {
    let mut over = Overlay::default();
    for (part, tables) in [("languages", &mut over.languages), ("world", &mut over.world)] {
        let path = folder.join(part);
        if path.is_dir() {
            collect(&path, "", tables).map_err(|source| OverlayError::Unreadable { path, source })?;
        }
        if tables.iter().any(|(name, _)| name == ONTOLOGY || name.ends_with("/ontology")) {
            return Err(OverlayError::MisplacedOntology { folder: part });
        }
        tables.sort();
    }
    let path = folder.join(ONTOLOGY).with_extension("txt");
    if path.is_file() {
        over.ontology = Some(read(&path).map_err(|source| OverlayError::Unreadable { path, source })?);
    }
    let count = over.languages.len() + over.world.len() + usize::from(over.ontology.is_some());
    if count == 0 {
        return Err(OverlayError::NoTables);
    }
    apply_changes(&mut over.world)?;
    OVERLAY.set(over).map_err(|_| OverlayError::LaidOverBefore)?;
    Ok(count)
}

/// Puts tables with their changes in place of the files that change them.
fn apply_changes(world: &mut Tables) -> Result<(), OverlayError> {
    let (changes, mut tables): (Tables, Tables) =
        std::mem::take(world).into_iter().partition(|(path, _)| path.ends_with(CHANGES));
    for (path, text) in changes {
        let file = format!("world/{path}.tsv");
        let name = path.trim_end_matches(CHANGES);
        let own = tables.iter().position(|(known, _)| known == name);
        let base = own.and_then(|at| tables.get(at)).map(|(_, text)| *text).or_else(|| get(WORLD, name));
        let Some(base) = base else { return Err(OverlayError::NoSuchTable { file }) };
        let table: &'static str = changed(base, text, &file)?.leak();
        if let Some(at) = own {
            tables.remove(at);
        }
        tables.push((name.to_owned(), table));
    }
    tables.sort();
    *world = tables;
    Ok(())
}

fn collect(folder: &Path, prefix: &str, tables: &mut Tables) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if path.is_dir() {
            collect(&path, &format!("{prefix}{stem}/"), tables)?;
        } else if path.extension().is_some_and(|ending| ending == "txt" || ending == "tsv") {
            tables.push((format!("{prefix}{stem}"), read(&path)?));
        }
    }
    Ok(())
}

/// The text of a table, without the mark that some editors write before it. It lives as long as the program.
fn read(path: &Path) -> io::Result<&'static str> {
    let text: &'static str = fs::read_to_string(path)?.leak();
    Ok(text.trim_start_matches('\u{feff}'))
}

fn laid_over(tables: &Tables, path: &str) -> Option<&'static str> {
    let index = tables.binary_search_by(|(known, _)| known.as_str().cmp(path)).ok()?;
    tables.get(index).map(|(_, text)| *text)
}

fn get(tables: &'static [(&'static str, &'static str)], path: &str) -> Option<&'static str> {
    let index = tables.binary_search_by(|(known, _)| (*known).cmp(path)).ok()?;
    tables.get(index).map(|(_, text)| *text)
}
