use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// One thing to read.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// The path as given, a folder's files with the folder before them.
    pub(crate) name: String,
    path: Option<PathBuf>,
}

impl Input {
    pub(crate) fn open(&self) -> io::Result<Box<dyn BufRead>> {
        match &self.path {
            None => Ok(Box::new(BufReader::with_capacity(1 << 16, io::stdin()))),
            Some(path) => Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(path)?))),
        }
    }
}

/// What the paths of a call lead to.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) inputs: Vec<Input>,
    /// Paths that lead to nothing, each with why.
    pub(crate) refused: Vec<String>,
}

/// Lists the files of the paths: folders in sorted order, hidden files left out, the record itself as well.
pub(crate) fn list(paths: &[PathBuf], record: Option<&Path>) -> Inputs {
    let own = record.and_then(|path| path.canonicalize().ok());
    let mut listed = Inputs::default();
    for path in paths {
        if path.as_os_str() == "-" {
            listed.inputs.push(Input { name: "-".to_owned(), path: None });
        } else if path.is_dir() {
            let before = listed.inputs.len();
            let problems = listed.refused.len();
            walk(path, own.as_deref(), &mut listed);
            if listed.inputs.len() == before && listed.refused.len() == problems {
                listed.refused.push(format!(
                    "{} holds no files to read (hidden ones are left out): name a folder with reports",
                    path.display()
                ));
            }
        } else {
            listed.inputs.push(Input { name: path.display().to_string(), path: Some(path.clone()) });
        }
    }
    listed
}

fn walk(folder: &Path, own: Option<&Path>, listed: &mut Inputs) {
    let entries: io::Result<Vec<_>> = fs::read_dir(folder).and_then(Iterator::collect);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            listed.refused.push(format!("{} could not be read: {error}", folder.display()));
            return;
        }
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") || is_record(&path, own) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, own, listed),
            // A link to a folder could lead back up.
            Ok(kind) if kind.is_symlink() && path.is_dir() => {}
            _ => listed.inputs.push(Input { name: path.display().to_string(), path: Some(path) }),
        }
    }
}

/// Whether a path is the record, or one of the two files that stand beside it while it is open.
fn is_record(path: &Path, own: Option<&Path>) -> bool {
    let (Some(own), Ok(path)) = (own, path.canonicalize()) else { return false };
    let beside = |end: &str| {
        let mut name = own.as_os_str().to_owned();
        name.push(end);
        path.as_os_str() == name
    };
    path == own || beside("-wal") || beside("-shm")
}
