use std::fs;
use std::path::{Path, PathBuf};

/// Checks what no compiler checks: paths of a machine in files, `mod.rs`, tabs and trailing space in sources.
pub(crate) fn tidy() -> Result<(), String> {
    let manifest =
        std::env::var("CARGO_MANIFEST_DIR").map_err(|_| "run this with `cargo xtask`".to_owned())?;
    let root = Path::new(&manifest).parent().ok_or("no workspace above xtask")?.to_path_buf();
    let mut files = Vec::new();
    collect(&root, &mut files).map_err(|error| error.to_string())?;
    files.sort();
    let mut faults = Vec::new();
    for path in &files {
        check(&root, path, &mut faults);
    }
    println!("{} files looked at, {} faults", files.len(), faults.len());
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !matches!(name, "target" | ".git") {
                collect(&path, files)?;
            }
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn check(root: &Path, path: &Path, faults: &mut Vec<String>) {
    let shown = path.strip_prefix(root).unwrap_or(path).display();
    if path.file_name().is_some_and(|name| name == "mod.rs") {
        faults.push(format!("{shown}: name the file after the noun it holds, not mod.rs"));
    }
    let is_text = path
        .extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| matches!(ending, "rs" | "md" | "txt" | "tsv" | "toml" | "py" | "yml"));
    let Some(text) = is_text.then(|| fs::read_to_string(path).ok()).flatten() else { return };
    let is_source = path.extension().is_some_and(|ending| ending == "rs");
    // Put together here, so that this file does not name them.
    let machine_paths = [["/wo", "rk/"].concat(), ["/ro", "ot/"].concat(), ["/ho", "me/"].concat()];
    for (index, line) in text.lines().enumerate() {
        let at = index + 1;
        if machine_paths.iter().any(|machine| line.contains(machine.as_str())) {
            faults.push(format!("{shown}:{at}: names a path of a machine"));
        }
        if is_source && (line.contains('\t') || line.ends_with(' ')) {
            faults.push(format!("{shown}:{at}: tab or trailing space"));
        }
    }
}
