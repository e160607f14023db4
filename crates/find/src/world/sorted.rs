use std::cmp::Ordering;

/// A large text table whose lines are sorted by the bytes of their first cell: it is searched where it
/// lies, and costs nothing to load. Comments at its top sort before everything else.
#[derive(Clone, Copy)]
pub(super) struct SortedTable {
    text: &'static str,
}

impl SortedTable {
    /// The table `world/PATH.tsv`; one that does not exist has no lines.
    pub(super) fn read(path: &str) -> Self {
        Self { text: chancery_tables::world(path).unwrap_or_default() }
    }

    /// The cells of a line after its key; `None` where no line has the key.
    pub(super) fn get(self, key: &str) -> Option<&'static str> {
        let (mut low, mut high) = (0, self.text.len());
        while low < high {
            let middle = low + (high - low) / 2;
            // Bytes, since the middle may lie inside a letter; a line end never does.
            let before = self.text.as_bytes().get(low..middle)?;
            let start = before.iter().rposition(|&byte| byte == b'\n').map_or(low, |at| low + at + 1);
            let line = self.text.get(start..)?.split('\n').next().unwrap_or_default();
            let (found, cells) = line.split_once('\t').unwrap_or((line, ""));
            match found.as_bytes().cmp(key.as_bytes()) {
                Ordering::Equal => return Some(cells),
                Ordering::Less => low = (start + line.len() + 1).min(high),
                Ordering::Greater => high = start,
            }
        }
        None
    }

    /// The first cell and the rest of every line, comments left out.
    pub(super) fn lines(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
    }
}
