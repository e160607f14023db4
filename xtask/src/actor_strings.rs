use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::Value;

/// Scores bare names of actors (`a US destroyer`), each read as a document of its own: prints how many of those
/// with a country are given it, and the rest.
///
/// The actor of a string is the one of its widest mention; where it names none, the place of its widest name
/// says the country.
pub(crate) fn score(gold: &str, read: &str) -> String {
    let records =
        |text: &str| text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect::<Vec<Value>>();
    let read: HashMap<String, Value> =
        records(read).into_iter().map(|record| (cell(&record, "doc").to_owned(), record)).collect();
    let (mut right, mut all, mut wrong) = (0_u32, 0_u32, String::new());
    for string in records(gold) {
        // Kosovo has no code of ISO 3166; ours is PLOVER's.
        let wanted = cell(&string, "country").replace("XKX", "KOS");
        if wanted.is_empty() {
            continue;
        }
        let found = read.get(cell(&string, "id")).and_then(country).unwrap_or_default();
        all += 1;
        if found == wanted {
            right += 1;
        } else {
            let _ = writeln!(wrong, "{wanted} {:3} {}", found, cell(&string, "text"));
        }
    }
    format!("{wrong}country right   {right} / {all}   {:.3}\n", f64::from(right) / f64::from(all.max(1)))
}

fn cell<'v>(record: &'v Value, name: &str) -> &'v str {
    record.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The country of the actor, or place, that a document of one name speaks of.
fn country(document: &Value) -> Option<String> {
    let list = |name: &str| document.get(name).and_then(Value::as_array).into_iter().flatten();
    let width = |mention: &Value| {
        let span = mention.get("span").and_then(Value::as_array)?;
        Some(span.get(1)?.as_u64()?.saturating_sub(span.first()?.as_u64()?))
    };
    let mentions = |actor: &Value| {
        let mentions = actor.get("mentions").and_then(Value::as_array);
        mentions.into_iter().flatten().filter_map(width).max().unwrap_or_default()
    };
    let widest = |found: Vec<(u64, Value)>| found.into_iter().rev().max_by_key(|(width, _)| *width);
    let actor = widest(list("actors").map(|actor| (mentions(actor), actor.clone())).collect());
    let place =
        || widest(list("places").map(|place| (width(place).unwrap_or_default(), place.clone())).collect());
    let (_, found) = actor.or_else(place)?;
    found.get("country").and_then(Value::as_str).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_mention_says_the_country() {
        let gold = r#"{"id": "1", "text": "a Norwegian ship", "country": "NOR"}
            {"id": "2", "text": "Bergen", "country": "NOR"}
            {"id": "3", "text": "sailors", "country": ""}
            {"id": "4", "text": "Oslo", "country": "NOR"}"#;
        let read = r#"{"doc": "1", "actors": [{"country": "SWE", "mentions": [{"span": [2, 4]}]}, {"country": "NOR", "mentions": [{"span": [0, 16]}]}]}
            {"doc": "2", "actors": [], "places": [{"span": [0, 6], "country": "NOR"}]}
            {"doc": "4", "actors": [{"country": null, "mentions": [{"span": [0, 4]}]}]}"#;
        assert_eq!(score(gold, read), "NOR     Oslo\ncountry right   2 / 3   0.667\n");
    }
}
