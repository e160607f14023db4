use chancery_core::{Analysis, Document, Quantity};

use crate::times::numbers::Numbers;

/// Finds numbers with what they count, in the order of the text.
pub(crate) fn find_quantities(_document: &Document, _analysis: &Analysis) -> Vec<Quantity> {
    Vec::new()
}

/// The number words and separators of a `units.txt`.
pub(crate) fn read_numbers(table: &str) -> Numbers {
    let mut numbers = Numbers::default();
    let mut section = "";
    for line in table.lines() {
        let line = line.split_once(" #").map_or(line, |(line, _)| line).trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            continue;
        }
        let Some((key, words)) = line.split_once('=').filter(|_| !line.starts_with('#')) else { continue };
        match section {
            "numbers" => {
                let Ok(value) = key.trim().parse() else { continue };
                for word in words.split(',') {
                    numbers.add(word.trim(), value);
                }
            }
            "options" => {
                numbers.option(key.trim(), words);
            }
            _ => {}
        }
    }
    numbers
}
