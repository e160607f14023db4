use chancery_find::QueryRow;
use serde_json::Value;

/// Why a file is not the result of a query.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum QueryResultError {
    #[error("it is empty")]
    Empty,
    #[error("it is not JSON: {0}")]
    NotJson(#[from] serde_json::Error),
    #[error("it holds no rows: neither `results.bindings` nor a list of objects")]
    NoRows,
    #[error("line {line} has {found} cells, the first line {wanted}")]
    Cells { line: usize, found: usize, wanted: usize },
    #[error("the quotation mark of line {line} is never closed")]
    Unclosed { line: usize },
}

/// Returns the rows of a query result of Wikidata as its page saves it: JSON (verbose or plain), CSV or TSV.
pub(crate) fn rows(text: &str) -> Result<Vec<QueryRow>, QueryResultError> {
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().chars().next() {
        None => Err(QueryResultError::Empty),
        Some('{' | '[') => json_rows(&serde_json::from_str(text)?),
        Some(_) => table_rows(text),
    }
}

fn json_rows(value: &Value) -> Result<Vec<QueryRow>, QueryResultError> {
    let bindings = value.pointer("/results/bindings").unwrap_or(value);
    let rows = bindings.as_array().ok_or(QueryResultError::NoRows)?;
    let row = |row: &Value| {
        let cells = row.as_object()?.iter().filter_map(|(column, cell)| {
            let value = cell.get("value").unwrap_or(cell).as_str()?;
            Some((column.clone(), value.to_owned()))
        });
        Some(cells.collect())
    };
    rows.iter().map(|value| row(value).ok_or(QueryResultError::NoRows)).collect()
}

fn table_rows(text: &str) -> Result<Vec<QueryRow>, QueryResultError> {
    let separator = if text.lines().next().is_some_and(|line| line.contains('\t')) { '\t' } else { ',' };
    let mut records = records(text, separator)?.into_iter();
    let (_, columns) = records.next().ok_or(QueryResultError::Empty)?;
    // Variables of a TSV result are written `?person`.
    let columns: Vec<String> = columns.iter().map(|name| name.trim_start_matches('?').to_owned()).collect();
    records
        .map(|(line, cells)| {
            if cells.len() == columns.len() {
                Ok(columns.iter().cloned().zip(cells).collect())
            } else {
                Err(QueryResultError::Cells { line, found: cells.len(), wanted: columns.len() })
            }
        })
        .collect()
}

/// The records of a CSV text with the lines they begin on; quoted cells may hold separators and line ends.
fn records(text: &str, separator: char) -> Result<Vec<(usize, Vec<String>)>, QueryResultError> {
    let mut records = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut line, mut begins, mut quoted) = (1, 1, None);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\n' {
            line += 1;
        }
        if quoted.is_some() {
            match letter {
                '"' if letters.peek() == Some(&'"') => {
                    cell.push('"');
                    letters.next();
                }
                '"' => quoted = None,
                other => cell.push(other),
            }
        } else if letter == '"' && cell.is_empty() {
            quoted = Some(line);
        } else if letter == separator {
            cells.push(std::mem::take(&mut cell));
        } else if letter == '\n' {
            cells.push(std::mem::take(&mut cell).trim_end_matches('\r').to_owned());
            let record = std::mem::take(&mut cells);
            if record.iter().any(|cell| !cell.is_empty()) {
                records.push((begins, record));
            }
            begins = line;
        } else {
            cell.push(letter);
        }
    }
    if let Some(line) = quoted {
        return Err(QueryResultError::Unclosed { line });
    }
    cells.push(cell);
    if cells.iter().any(|cell| !cell.is_empty()) {
        records.push((begins, cells));
    }
    Ok(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_and_csv_give_the_same_rows() {
        let json = r#"{"head":{"vars":["personLabel","start"]},"results":{"bindings":[
            {"personLabel":{"type":"literal","value":"Ada \"A\" Berg"},"start":{"value":"2024-01-02T00:00:00Z"}}]}}"#;
        let csv = "personLabel,start\r\n\"Ada \"\"A\"\" Berg\",2024-01-02T00:00:00Z\r\n";
        let (json, csv) = (rows(json).ok(), rows(csv).ok());
        assert!(json.is_some());
        assert_eq!(json, csv);
    }

    #[test]
    fn what_is_no_result_is_named() {
        let message = |text: &str| rows(text).map_err(|error| error.to_string()).err().unwrap_or_default();
        assert_eq!(message(" "), "it is empty");
        assert_eq!(
            message("{\"results\": 3}"),
            "it holds no rows: neither `results.bindings` nor a list of objects"
        );
        assert_eq!(message("a,b\n1,2\n3\n"), "line 3 has 1 cells, the first line 2");
        assert_eq!(message("a,b\n1,\"2\n"), "the quotation mark of line 2 is never closed");
    }
}
