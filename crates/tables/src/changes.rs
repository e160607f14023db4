use std::borrow::Cow;
use std::collections::HashMap;

use crate::OverlayError;

/// The ending of the name of a file that changes a table instead of taking its place.
pub(crate) const CHANGES: &str = ".changes";

/// A comment before an added row, followed by the file and line that it stands on.
pub const ORIGIN: &str = "# from ";

/// First columns that name a row, so that a row of the same name takes its place.
const NAMING: [&str; 4] = ["id", "code", "key", "name"];

/// Returns a table with the changes of a user's file: a row of a name that the table has takes its place, one
/// that begins with `-` takes away the rows that begin with its cells, any other is added.
///
/// An error where a row takes away what is not there, or the columns are not those of the table.
pub(crate) fn changed(table: &str, changes: &str, file: &str) -> Result<String, OverlayError> {
    let mut lines: Vec<Option<Cow<'_, str>>> = table.lines().map(|line| Some(Cow::Borrowed(line))).collect();
    let mut rows: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, row) in table.lines().enumerate().filter(|(_, line)| is_row(line)) {
        rows.entry(first_cell(row)).or_default().push(at);
    }
    let columns = table.lines().find_map(columns_of).unwrap_or_default();
    let is_naming = columns.split('\t').next().is_some_and(|first| NAMING.contains(&first));
    let is_sorted = table.lines().filter(|line| is_row(line)).map(first_cell).is_sorted();
    for (number, line) in (1..).zip(changes.lines()) {
        if columns_of(line).is_some_and(|own| own != columns) {
            return Err(OverlayError::OtherColumns {
                file: file.to_owned(),
                line: number,
                columns: columns.replace('\t', ", "),
            });
        }
        if !is_row(line) {
            continue;
        }
        let known = |row: &str| rows.get(first_cell(row)).map(Vec::as_slice).unwrap_or_default();
        if let Some(row) = line.strip_prefix('-') {
            let gone: Vec<usize> = known(row)
                .iter()
                .copied()
                .filter(|&at| {
                    lines.get(at).is_some_and(|line| line.as_ref().is_some_and(|line| begins_with(line, row)))
                })
                .collect();
            if gone.is_empty() {
                return Err(OverlayError::NothingToTakeAway {
                    file: file.to_owned(),
                    line: number,
                    row: row.trim_end().to_owned(),
                });
            }
            for at in gone {
                if let Some(line) = lines.get_mut(at) {
                    *line = None;
                }
            }
        } else {
            for &at in known(line).iter().filter(|_| is_naming) {
                if let Some(line) = lines.get_mut(at) {
                    *line = None;
                }
            }
            if !is_sorted {
                lines.push(Some(Cow::Owned(format!("{ORIGIN}{file}:{number}"))));
            }
            rows.entry(first_cell(line)).or_default().push(lines.len());
            lines.push(Some(Cow::Borrowed(line)));
        }
    }
    let mut left: Vec<Cow<'_, str>> = lines.into_iter().flatten().collect();
    if is_sorted {
        // Comments keep their place at the top.
        left.sort_by(|a, b| sort_key(a).cmp(sort_key(b)));
    }
    Ok(left.join("\n") + "\n")
}

fn is_row(line: &str) -> bool {
    !line.starts_with('#') && !line.trim().is_empty()
}

/// By what a sorted table is sorted: comments lie before all rows.
fn sort_key(line: &str) -> &str {
    if is_row(line) { first_cell(line) } else { "" }
}

fn columns_of(line: &str) -> Option<&str> {
    line.strip_prefix("# columns:").map(str::trim)
}

fn first_cell(row: &str) -> &str {
    row.split('\t').next().unwrap_or(row).trim()
}

/// Whether a row has the cells of another, as far as those are filled.
fn begins_with(row: &str, start: &str) -> bool {
    let mut cells = row.split('\t').map(str::trim);
    start.trim_end().split('\t').map(str::trim).all(|wanted| {
        let cell = cells.next().unwrap_or_default();
        wanted.is_empty() || cell == wanted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# Towns.\n# columns: id\tname\na\tAnkara\nb\tBerlin\n";
    const HOLDERS: &str = "# columns: person\toffice\tof\nx\tpresident\tAAA\nx\tmonarch\tBBB\n";

    #[test]
    fn rows_are_put_in_place_of_others_added_and_taken_away() {
        let all = changed(TABLE, "c\tCairo\na\tAthens\n-b\n", "towns.changes.tsv");
        assert_eq!(
            all.ok().as_deref(),
            Some("# Towns.\n# columns: id\tname\na\tAthens\nc\tCairo\n"),
            "sorted as before"
        );
        let left = changed(HOLDERS, "-x\tmonarch\n", "holders.changes.tsv");
        assert_eq!(left.ok().as_deref(), Some("# columns: person\toffice\tof\nx\tpresident\tAAA\n"));
        let more = changed("# columns: id\nb\na\n", "c\n", "own.tsv");
        assert_eq!(more.ok().as_deref(), Some("# columns: id\nb\na\n# from own.tsv:1\nc\n"));
    }

    #[test]
    fn what_is_not_there_cannot_be_taken_away() {
        let wrong = changed(HOLDERS, "# own\n-x\tpresident\tCCC\n", "holders.changes.tsv");
        let message = wrong.map_err(|error| error.to_string());
        assert_eq!(
            message,
            Err("holders.changes.tsv:2: no row begins with `x, president, CCC`, so that none can be taken away".to_owned())
        );
    }

    #[test]
    fn other_columns_are_refused() {
        let wrong = changed(TABLE, "# columns: id\tlabel\na\tA\n", "towns.changes.tsv");
        let message = wrong.map_err(|error| error.to_string());
        assert_eq!(message, Err("towns.changes.tsv:1: the columns of this table are id, name".to_owned()));
    }
}
