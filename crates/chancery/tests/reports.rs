//! Reads the reports of `cases/reports` with the program and holds what it finds of each, a line a thing.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[test]
fn reports_are_read_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/reports");
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .expect("the cases lie in the repository")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| Path::new(name).extension().is_some_and(|ending| ending == "txt"))
        .collect();
    names.sort();
    let output = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["read", "--json"])
        .args(&names)
        .current_dir(&folder)
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let documents: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a line is a document")).collect();
    assert_eq!(documents.len(), names.len());
    let summary: Vec<_> = documents.iter().map(summary).collect();
    insta::assert_snapshot!(summary.join("\n"));
}

fn summary(document: &Value) -> String {
    let mut out = String::new();
    let metadata = &document["metadata"];
    let _ = writeln!(
        out,
        "== {} [{}] {} · {} · {}",
        text(&document["doc"]),
        text(&metadata["language"]),
        text(&metadata["published"]),
        text(&metadata["publisher"]),
        text(&metadata["title"])
    );
    for line in list(&document["boilerplate_lines"]) {
        let _ = writeln!(out, "furniture: {}", text(&line["text"]));
    }
    for event in list(&document["events"]) {
        let date = &event["date"];
        let day = [&date["value"], &date["to"]].into_iter().find(|day| !day.is_null());
        // Of an act to come only the day it cannot lie before is known.
        let day = match (day, &date["from"]) {
            (Some(day), _) => text(day).to_owned(),
            (None, Value::Null) => "–".to_owned(),
            (None, from) => format!("from {}", text(from)),
        };
        let _ = writeln!(
            out,
            "{} {} > {} · {} · {} · {}",
            text(&event["type"]),
            names(&event["source"]),
            names(&event["recipient"]),
            text(&event["status"]),
            day,
            text(&event["attribution"])
        );
    }
    for statement in list(&document["statements"]) {
        let _ = writeln!(out, "{}: {}", names(&statement["speaker"]), text(&statement["content"]));
    }
    out
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("–")
}

fn names(side: &Value) -> String {
    list(side).map(|party| text(&party["name"])).collect::<Vec<_>>().join(", ")
}
