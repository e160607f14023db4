use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::Fault;

/// The files of one kind of case, in the order of their names.
#[derive(Clone, Debug)]
pub struct Files(Vec<PathBuf>);

/// One line of a file of cases.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// ISO 639-1.
    pub language: &'a str,
    /// What the last line `@…` above it says.
    pub day: Option<&'a str>,
    pub text: &'a str,
}

/// The folder whose cases and tables are tested: the repository's, or the one that `CHANCERY_ROOT` names. By it, tables that
/// were edited are tested with a test built before: its tables go over those inside the program.
///
/// # Panics
///
/// Where the tables of the folder that is named cannot be used.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let Some(named) = std::env::var_os("CHANCERY_ROOT").map(PathBuf::from) else {
            return Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        };
        chancery_tables::lay_over(&named).expect("CHANCERY_ROOT names a folder with tables that can be used");
        named
    });
    &ROOT
}

impl Files {
    /// The files below `cases/` that lie in the folder of a stage and whose names have this ending.
    ///
    /// # Panics
    ///
    /// Where the folder of the stage is not there.
    pub fn of(stage: &str, ending: &str) -> Self {
        let folder = root().join("cases").join(stage);
        let entries = fs::read_dir(&folder).expect("the cases lie in the repository");
        let mut files: Vec<_> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.to_string_lossy().ends_with(ending))
            .collect();
        files.sort();
        Self(files)
    }

    /// Runs every case and ends the test where one does not hold that should, or holds though it is marked with `?`.
    /// Returns how many cases each language has.
    ///
    /// # Panics
    ///
    /// Where a file cannot be read, or a case does not hold.
    pub fn check(&self, mut holds: impl FnMut(&Case<'_>) -> Result<(), Fault>) -> BTreeMap<String, usize> {
        let (mut counts, mut faults) = (BTreeMap::new(), Vec::new());
        for path in &self.0 {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let language = name.split('_').next().unwrap_or_default();
            let content = fs::read_to_string(path).expect("a case file is UTF-8");
            let mut checked = 0;
            faults.extend(faults_of(name, language, &content, &mut checked, &mut holds));
            *counts.entry(language.to_owned()).or_default() += checked;
        }
        let all: usize = counts.values().sum();
        assert!(all > 0, "no cases");
        assert!(faults.is_empty(), "{} of {all} cases\n{}", faults.len(), faults.join("\n"));
        counts
    }
}

/// What is wrong with the cases of one file, a paragraph each.
fn faults_of(
    name: &str,
    language: &str,
    content: &str,
    checked: &mut usize,
    holds: &mut impl FnMut(&Case<'_>) -> Result<(), Fault>,
) -> Vec<String> {
    let (mut faults, mut day) = (Vec::new(), None);
    for (index, line) in content.lines().map(str::trim).enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(set) = line.strip_prefix('@') {
            day = Some(set.trim()).filter(|day| !day.is_empty());
            continue;
        }
        *checked += 1;
        let (known_to_fail, text) =
            line.strip_prefix('?').map_or((false, line), |rest| (true, rest.trim_start()));
        let at = format!("{name}:{}", index + 1);
        match (holds(&Case { language, day, text }), known_to_fail) {
            (Err(Fault { wanted, got }), false) => {
                faults.push(format!("{at} does not hold: {text}\n    wanted {wanted}\n    got    {got}"));
            }
            (Ok(()), true) => faults.push(format!("{at} holds now, take away its `?`: {text}")),
            _ => {}
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Holds where the text is the day.
    fn run(content: &str) -> (usize, Vec<String>) {
        let mut checked = 0;
        let faults = faults_of("xx_a.txt", "xx", content, &mut checked, &mut |case| {
            let day = case.day.unwrap_or("never");
            if case.text == day {
                Ok(())
            } else {
                Err(Fault { wanted: case.text.to_owned(), got: day.to_owned() })
            }
        });
        (checked, faults)
    }

    #[test]
    fn what_holds_is_silent() {
        assert_eq!(run("# a comment\n\nnever\n@monday\nmonday\n? sunday\n@\nnever\n"), (4, Vec::new()));
    }

    #[test]
    fn what_does_not_hold_is_told_with_its_line() {
        let (checked, faults) = run("never\n@monday\nsunday\n?monday\n");
        assert_eq!(checked, 3);
        assert_eq!(
            faults,
            [
                "xx_a.txt:3 does not hold: sunday\n    wanted sunday\n    got    monday",
                "xx_a.txt:4 holds now, take away its `?`: monday",
            ]
        );
    }
}
