//! Keeps the records of a JSON Lines file that a gold set asks for.

use serde_json::Value;

/// The lines that all parts of `wanted` hold of, as `lang=sv grain=day`: `lang` is a field of the record,
/// `grain` that of every time in it, `value=given` asks that every time has a value. A line that is no JSON is
/// left out.
pub(crate) fn kept(lines: &str, wanted: &str) -> String {
    let parts: Vec<_> = wanted.split_whitespace().filter_map(|part| part.split_once('=')).collect();
    let fits = |line: &&str| {
        serde_json::from_str::<Value>(line)
            .is_ok_and(|record| parts.iter().all(|(name, value)| holds(&record, name, value)))
    };
    lines.split_inclusive('\n').filter(fits).collect()
}

fn holds(record: &Value, name: &str, value: &str) -> bool {
    let times = record.get("timexes").and_then(Value::as_array);
    let part = |time: &Value, name: &str| time.get(name).and_then(Value::as_str).map(str::to_owned);
    match name {
        "value" => times.is_some_and(|times| times.iter().all(|time| part(time, name).is_some())),
        "grain" => times.is_some_and(|times| {
            !times.is_empty() && times.iter().all(|time| part(time, name).as_deref() == Some(value))
        }),
        _ => record.get(name).and_then(Value::as_str) == Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_kept_by_language_and_by_the_grain_of_their_times() {
        let day = r#"{"lang":"sv","timexes":[{"grain":"day"}]}"#;
        let hour = r#"{"lang":"sv","timexes":[{"grain":"day"},{"grain":"hour"}]}"#;
        let other = r#"{"lang":"da","timexes":[{"grain":"day"}]}"#;
        let lines = [day, hour, other, "no JSON"].join("\n");
        assert_eq!(kept(&lines, "lang=sv grain=day"), format!("{day}\n"));
        assert_eq!(kept(&lines, "lang=sv"), format!("{day}\n{hour}\n"));
        let valued = r#"{"lang":"sv","timexes":[{"value":"2024-05-01"}]}"#;
        let none = r#"{"lang":"sv","timexes":[]}"#;
        let lines = [valued, day, none].join("\n");
        assert_eq!(kept(&lines, "lang=sv value=given"), format!("{valued}\n{none}"));
    }
}
