//! Lists every text table under `languages/` and `world/` as an `include_str!`, so that a new table or a
//! new language is a new file and nothing else.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root =
        PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../..").canonicalize()?;
    let mut source = String::new();
    for (constant, folder) in [("LANGUAGES", "languages"), ("WORLD", "world")] {
        let mut files = Vec::new();
        collect(&root.join(folder), "", &mut files)?;
        files.sort();
        let _ = writeln!(source, "/// Path below `{folder}/` without its ending, and text; sorted by path.");
        let _ = writeln!(source, "pub(crate) const {constant}: &[(&str, &str)] = &[");
        for (name, path) in files {
            println!("cargo::rerun-if-changed={}", path.display());
            let _ = writeln!(source, "    ({name:?}, include_str!({:?})),", path.display().to_string());
        }
        let _ = writeln!(source, "];");
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
    }
    fs::write(PathBuf::from(env::var("OUT_DIR").unwrap_or_default()).join("tables.rs"), source)
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, &format!("{prefix}{stem}/"), files)?;
        } else if path.extension().is_some_and(|ending| ending == "txt" || ending == "tsv") {
            files.push((format!("{prefix}{stem}"), path));
        }
    }
    Ok(())
}
