//! The text tables of `languages/` and `world/`, inside the binary.
//!
//! `languages/README.md` and `world/README.md` say what stands in each.

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The text of `languages/LANGUAGE/NAME.txt`, or `None` where the language has no such table.
///
/// ```
/// assert!(chancery_tables::language("sv", "no-such-table").is_none());
/// ```
pub fn language(language: &str, name: &str) -> Option<&'static str> {
    get(LANGUAGES, &format!("{language}/{name}"))
}

/// The text of `world/NAME.tsv` (or `.txt`); `NAME` may hold a folder, as in `names/sv`.
pub fn world(name: &str) -> Option<&'static str> {
    get(WORLD, name)
}

/// ISO 639-1 codes of the languages that have a folder, sorted.
pub fn languages() -> Vec<&'static str> {
    let mut codes: Vec<_> = LANGUAGES.iter().filter_map(|(path, _)| Some(path.split_once('/')?.0)).collect();
    codes.dedup();
    codes
}

fn get(tables: &'static [(&'static str, &'static str)], path: &str) -> Option<&'static str> {
    let index = tables.binary_search_by(|(known, _)| (*known).cmp(path)).ok()?;
    tables.get(index).map(|(_, text)| *text)
}
