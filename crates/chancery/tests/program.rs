//! What users see of the program: what it prints, what it refuses, and with which status it ends.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const REPORT: &str = " date 2024-05-03 Ministers meet in Helsinki\n\n\
    The foreign minister of Sweden met her Finnish colleague in Helsinki on Thursday, the ministry said.\n\n\
    The two discussed trade across the Baltic Sea and the repair of a broken cable.\n";

fn chancery(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.current_dir(folder).args(arguments).env_remove("CHANCERY_RECORD");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    chancery(folder, arguments).output().expect("the program starts")
}

/// Status and both outputs, as text.
fn show(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let status = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    format!("status {status}\n--- output\n{}--- messages\n{}", text(&output.stdout), text(&output.stderr))
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

#[test]
fn help_tells_what_there_is() {
    insta::assert_snapshot!(show(&run(folder().path(), &["--help"])));
}

#[test]
fn reading_twice_changes_nothing() {
    let folder = folder();
    write(folder.path(), "reports/a.txt", REPORT);
    let first = run(folder.path(), &["read", "reports"]);
    assert_eq!(first.status.code(), Some(0), "{}", show(&first));
    let again = run(folder.path(), &["read", "reports/a.txt"]);
    let told = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(told.contains("0 documents read") && told.contains("1 already known"), "{told}");
    assert_eq!(again.status.code(), Some(0));
}

#[test]
fn json_goes_by_the_names_and_order_of_the_input_and_touches_no_record() {
    let folder = folder();
    write(folder.path(), "in/b.txt", REPORT);
    write(folder.path(), "in/a/c.txt", REPORT.replace("Thursday", "Wednesday"));
    write(folder.path(), "in/.hidden.txt", REPORT);
    let output = run(folder.path(), &["read", "--json", "in"]);
    assert_eq!(output.status.code(), Some(0), "{}", show(&output));
    let lines: Vec<serde_json::Value> = String::from_utf8(output.stdout)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let names: Vec<_> = lines.iter().map(|line| line["doc"].as_str().expect("a name")).collect();
    assert_eq!(names, ["in/a/c.txt", "in/b.txt"]);
    let mut keys: Vec<_> = lines[0].as_object().expect("an object").keys().cloned().collect();
    keys.sort();
    let wanted = [
        "actors",
        "body",
        "boilerplate_lines",
        "captions",
        "doc",
        "events",
        "metadata",
        "notices",
        "places",
        "position_changes",
        "predicates",
        "statements",
        "text",
        "times",
    ];
    assert_eq!(keys, wanted);
    assert_eq!(lines[0]["metadata"]["published"], "2024-05-03");
    assert!(lines[0]["metadata"]["url"].is_null());
    assert!(!folder.path().join("chancery.db").exists());
}

#[test]
fn standard_input_is_a_path_too() {
    let folder = folder();
    let mut child = chancery(folder.path(), &["read", "--json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(REPORT.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("{\"doc\":\"-\","), "{}", show(&output));
}

#[test]
fn what_cannot_be_read_is_refused_by_name_and_the_rest_is_read() {
    let folder = folder();
    let at = folder.path();
    write(at, "in/1-empty.txt", "");
    write(at, "in/2-picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01");
    write(at, "in/3-report.txt", REPORT);
    write(at, "in/4-broken.jsonl", "{\"text\": \"Ministers met.\"}\n{\"text\": \n{\"title\": \"no text\"}\n");
    fs::create_dir_all(at.join("nothing")).expect("a folder");
    let output = run(at, &["read", "in", "nothing", "absent.txt"]);
    insta::assert_snapshot!(show(&output));
}

#[test]
fn invalid_utf8_is_read_with_a_notice() {
    let folder = folder();
    write(
        folder.path(),
        "latin.txt",
        b"Utrikesministern reste till \xc5bo p\xe5 m\xe5ndagen f\xf6r att tala om handel.\n",
    );
    let output = run(folder.path(), &["read", "--json", "latin.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", show(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("encoding-"), "{}", show(&output));
}

#[test]
fn a_line_of_two_hundred_megabytes_is_refused() {
    let folder = folder();
    let mut file = fs::File::create(folder.path().join("long.jsonl")).expect("a file");
    file.write_all(b"{\"text\": \"first\"}\n{\"text\": \"").expect("written");
    let megabyte = vec![b'a'; 1 << 20];
    for _ in 0..200 {
        file.write_all(&megabyte).expect("written");
    }
    file.write_all(b"\"}\n{\"text\": \"last\"}\n").expect("written");
    drop(file);
    let output = run(folder.path(), &["read", "long.jsonl"]);
    insta::assert_snapshot!(show(&output));
}

#[test]
fn a_slip_in_a_name_gets_a_suggestion() {
    let folder = folder();
    write(folder.path(), "a.txt", REPORT);
    run(folder.path(), &["read", "a.txt"]);
    let output = run(folder.path(), &["dossier", "Irann", "Sweden"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("did you mean Iran?"), "{}", show(&output));
    assert_eq!(output.status.code(), Some(2));
}

const COLUMNS: &str = "# columns: person\toffice\tof\tstart\tend\tas_of\n";

#[test]
fn tables_that_make_no_sense_are_named_with_file_and_line() {
    let folder = folder();
    let rows = "person:vladimir-putin\tpresident\tXYZ\t2020\t2019\t2026-01-01\n\
        person:vladimir-putin\tpresident\tXYZ\t2020\t\t2026-01-01\n\
        person:dmitry-medvedev\tprime-minister\tRUS\t2024-02-31\t\t2026-01-01\n\
        person:dmitry-medvedev\tprime-minister\tRUS\t99999\t\t2026-01-01\n\
        person:dmitry-medvedev\tprime-minister\tRUS\t2021\t\t2026-01-01\n";
    write(folder.path(), "own/world/holders.changes.tsv", format!("{COLUMNS}{rows}"));
    let long = format!("person:long\t{}\tperson\tQQQ\tGOV\n", "A".repeat(10_000));
    write(folder.path(), "own/world/persons.changes.tsv", long);
    let output = run(folder.path(), &["--tables", "own", "world", "check"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    for wrong in [
        "holders.changes.tsv:2: it ends (2019) before it starts (2020)",
        "holders.changes.tsv:3: no state or organisation XYZ",
        "holders.changes.tsv:4: no such date 2024-02-31",
        "holders.changes.tsv:5: no such date 99999",
        "holders.changes.tsv:6: two holders of one chair, prime-minister of RUS",
        "persons.changes.tsv:1: no state QQQ",
        "persons.changes.tsv:1: a name of 10000 characters",
    ] {
        assert!(told.contains(wrong), "{wrong} is not in\n{told}");
    }
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn frames_that_make_no_sense_are_named_with_file_and_line() {
    let folder = folder();
    let frames = "[ASSAULT]\nverb bomb : subject > object\nverb hit : subjekt > object\n[BEATING]\n[AID]\nverb bomb : subject > object\n";
    write(folder.path(), "own/languages/en/frames.txt", frames);
    write(folder.path(), "report.txt", "Iran bombed Iraq on Monday.\n");
    let output = run(folder.path(), &["--tables", "own", "read", "--json", "report.txt"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for wrong in [
        "languages/en/frames.txt:3: no slot is called `subjekt`; write `subject`",
        "languages/en/frames.txt:4: unknown event type `BEATING`",
        "languages/en/frames.txt:6: `bomb` is AID here and ASSAULT in line 2",
    ] {
        assert!(told.contains(wrong), "{wrong} is not in\n{told}");
    }
    assert_eq!(output.status.code(), Some(2));
    let output = run(folder.path(), &["read", "--json", "report.txt"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains(r#""type":"ASSAULT""#), "{}", show(&output));
}

#[test]
fn what_is_not_in_a_table_cannot_be_taken_out_of_it() {
    let folder = folder();
    write(folder.path(), "own/world/holders.changes.tsv", format!("{COLUMNS}-person:nobody\tpresident\n"));
    let output = run(folder.path(), &["--tables", "own", "world", "check"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("world/holders.changes.tsv:2: no row begins with `person:nobody, president`"),
        "{told}"
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_query_result_becomes_rows_of_the_tables() {
    let folder = folder();
    let result = "person,personLabel,positionLabel,countryLabel,start,end\n\
        http://www.wikidata.org/entity/Q999999991,Vera Holm,Minister of Foreign Affairs,Aruba,2031-01-02T00:00:00Z,\n\
        ,Vladimir Putin,President of Russia,,2012-05-07T00:00:00Z,\n\
        ,Per Berg,court painter,Norway,,\n\
        ,Kari Moe,Minister of Defence,Norway,2024-02-20,2023-01-01\n";
    write(folder.path(), "result.csv", result);
    let import = ["world", "import", "result.csv", "--into", "own", "--as-of", "2031-02-01"];
    let output = run(folder.path(), &import);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("row 3: no office of ours is called “court painter”"), "{told}");
    assert!(told.contains("row 4: it ends (2023-01-01) before it starts (2024-02-20)"), "{told}");
    assert_eq!(output.status.code(), Some(1));
    let holders = fs::read_to_string(folder.path().join("own/world/holders.changes.tsv")).expect("rows");
    assert!(
        holders.contains("person:vera-holm\tforeign-minister\tABW\t2031-01-02\t\t2031-02-01\n"),
        "{holders}"
    );
    assert!(
        holders.contains("person:vladimir-putin\tpresident\tRUS\t2012-05-07\t\t2031-02-01\n"),
        "{holders}"
    );
    let output = run(folder.path(), &["--tables", "own", "world", "check"]);
    assert_eq!(output.status.code(), Some(0), "{}", show(&output));
}

#[test]
fn a_name_that_nobody_bears_ends_the_call() {
    let folder = folder();
    write(folder.path(), "a.txt", REPORT);
    run(folder.path(), &["read", "a.txt"]);
    insta::assert_snapshot!(show(&run(folder.path(), &["dossier", "Qwxyzzy", "Sweden"])));
}

#[test]
fn a_call_that_makes_no_sense_ends_with_two() {
    let folder = folder();
    for call in [
        &["read"][..],
        &["events", "--type", "HUG"],
        &["events", "--since", "spring"],
        &["events", "--sure", "80"],
        &["dossier", "A"],
    ] {
        assert_eq!(run(folder.path(), call).status.code(), Some(2), "{call:?}");
    }
}

#[test]
fn a_record_that_is_missing_or_no_record_is_told() {
    let folder = folder();
    let at = folder.path();
    write(
        at,
        "notes.txt",
        "Not a record, only some notes that are long enough to look like one. ".repeat(30),
    );
    write(at, "a.txt", REPORT);
    let mut told = String::new();
    for call in [
        &["events"][..],
        &["--record", "notes.txt", "events"],
        &["--record", "notes.txt", "read", "a.txt"],
        &["--record", "absent/x.db", "read", "a.txt"],
    ] {
        told.push_str(&show(&run(at, call)));
        told.push('\n');
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_locked_record_is_told_after_some_patience() {
    let folder = folder();
    write(folder.path(), "a.txt", REPORT);
    run(folder.path(), &["read", "a.txt"]);
    let holder = rusqlite::Connection::open(folder.path().join("chancery.db")).expect("the record");
    holder.execute_batch("BEGIN EXCLUSIVE").expect("a lock");
    write(folder.path(), "b.txt", REPORT.replace("cable", "pipe"));
    insta::assert_snapshot!(show(&run(folder.path(), &["read", "b.txt"])));
}

#[test]
fn output_that_cannot_be_written_is_told() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        eprintln!("skipped: there is no /dev/full here");
        return;
    };
    let folder = folder();
    write(folder.path(), "a.txt", REPORT);
    let mut command = chancery(folder.path(), &["read", "--json", "a.txt"]);
    let output = command.stdout(full).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("could not be written"), "{}", show(&output));
}

#[test]
fn a_parquet_file_is_written_or_its_path_is_told() {
    let folder = folder();
    let at = folder.path();
    write(at, "a.txt", REPORT);
    run(at, &["read", "a.txt"]);
    for what in ["events", "actors", "statements", "positions"] {
        let output = run(at, &[what, "--parquet", "out.parquet"]);
        assert_eq!(output.status.code(), Some(0), "{}", show(&output));
        let bytes = fs::read(at.join("out.parquet")).expect("a file");
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{what}");
    }
    for (target, why) in
        [("absent/out.parquet", "absent/out.parquet could not be written"), (".", ". could not be written")]
    {
        let output = run(at, &["events", "--parquet", target]);
        assert_eq!(output.status.code(), Some(2), "{}", show(&output));
        assert!(String::from_utf8_lossy(&output.stderr).contains(why), "{}", show(&output));
    }
    if !Path::new("/dev/full").exists() {
        eprintln!("the full disk was skipped: there is no /dev/full here");
        return;
    }
    let output = run(at, &["events", "--parquet", "/dev/full"]);
    assert_eq!(output.status.code(), Some(2), "{}", show(&output));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("/dev/full could not be written"),
        "{}",
        show(&output)
    );
}

/// A disk of a few hundred kilobytes, where the system lets us mount one.
#[test]
fn a_full_disk_keeps_what_was_recorded() {
    let folder = folder();
    let at = folder.path();
    fs::create_dir(at.join("disk")).expect("a folder");
    for number in 0..30 {
        let text = REPORT.replace("cable", &format!("cable {number}")).repeat(2);
        write(at, &format!("in/{number:03}.txt"), text);
    }
    let script = format!(
        "mount -t tmpfs -o size=400k tmpfs disk || exit 77; '{0}' --record disk/x.db read in; echo \"status $?\"; \
         umount disk",
        env!("CARGO_BIN_EXE_chancery")
    );
    let output = Command::new("unshare").args(["-rm", "sh", "-c", &script]).current_dir(at).output();
    let Ok(output) = output else {
        eprintln!("skipped: there is no unshare here");
        return;
    };
    if !String::from_utf8_lossy(&output.stdout).contains("status") {
        eprintln!("skipped: no file system can be mounted here");
        return;
    }
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("is full: make room"), "{}", show(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("status 2"), "{}", show(&output));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder();
    for number in 0..12 {
        write(folder.path(), &format!("in/{number}.txt"), REPORT.repeat(8));
    }
    let mut child = chancery(folder.path(), &["read", "--json", "in"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    out.read_line(&mut line).expect("a line");
    drop(out);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0), "{}", show(&output));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}

/// Killed in mid-run, no document is half there: reading on gives the same record as reading in peace.
#[test]
fn a_killed_run_leaves_whole_documents() {
    let folder = folder();
    let at = folder.path();
    let mut lines = String::new();
    for number in 0..40 {
        let text = REPORT.replace('\n', " ").replace("cable", &format!("cable number {number}"));
        lines.push_str(&serde_json::json!({"id": number.to_string(), "text": text}).to_string());
        lines.push('\n');
    }
    write(at, "many.jsonl", lines);
    assert_eq!(run(at, &["--record", "peace.db", "read", "many.jsonl"]).status.code(), Some(0));

    let mut kills = 0;
    for _ in 0..3 {
        let mut child = chancery(at, &["--record", "killed.db", "read", "many.jsonl"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let before = count(at);
        // Killed as soon as it has recorded something new.
        while child.try_wait().expect("a status").is_none() && count(at) <= before {
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        child.kill().expect("it is killed");
        let status = child.wait().expect("it ends");
        kills += usize::from(status.code().is_none());
        let checked = run(at, &["--record", "killed.db", "check"]);
        assert_eq!(checked.status.code(), Some(0), "{}", show(&checked));
    }
    assert!(kills > 0, "at least one run was cut short");
    assert_eq!(run(at, &["--record", "killed.db", "read", "many.jsonl"]).status.code(), Some(0));
    for what in ["events", "statements", "actors", "positions"] {
        let lines = |record: &str| {
            let output = run(at, &["--record", record, what, "--json"]).stdout;
            let mut lines: Vec<_> = String::from_utf8_lossy(&output).lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(lines("killed.db"), lines("peace.db"), "{what}");
    }
    assert_eq!(count(at), 40);
}

/// How many documents `killed.db` holds.
fn count(folder: &Path) -> i64 {
    let path = folder.join("killed.db");
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    rusqlite::Connection::open_with_flags(path, flags)
        .and_then(|record| record.query_row("SELECT count(*) FROM documents", [], |row| row.get(0)))
        .unwrap_or(0)
}

/// Reads our sample reports and another folder, and returns their events, without dates and places, and how many notices name
/// an event that was left out.
fn events_of_samples(other: &Path, arguments: &[&str]) -> (Vec<(String, String, f64)>, usize) {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let output = run(&samples, &[arguments, &[".", other.to_str().expect("UTF-8")]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", show(&output));
    let (mut events, mut left_out) = (Vec::new(), 0);
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let document: serde_json::Value = serde_json::from_str(line).expect("JSON");
        for event in document["events"].as_array().expect("events") {
            let at = format!("{} {}", document["doc"], event["predicate"]);
            let sure = event["confidences"]["type"].as_f64().unwrap_or(1.0);
            events.push((at, event["status"].as_str().unwrap_or_default().to_owned(), sure));
        }
        let notices = document["notices"].as_array().expect("notices");
        left_out += notices.iter().filter(|notice| notice["code"] == "event-dropped").count();
    }
    (events, left_out)
}

#[test]
fn what_is_hardly_sure_is_left_out_and_named() {
    let hints = folder();
    let text = "---\nlanguage: en\n---\n\nNurses are still expected to announce strike dates in Kenya.\n";
    write(hints.path(), "hints.md", text);
    let (kept, left_out) = events_of_samples(hints.path(), &["read", "--json"]);
    let (all, none) = events_of_samples(hints.path(), &["read", "--json", "--doubtful"]);
    assert_eq!(none, 0);
    let doubtful: Vec<_> = all.iter().filter(|event| !kept.contains(event)).collect();
    assert!(!doubtful.is_empty(), "the texts hold something doubtful, or this test shows nothing");
    assert_eq!(doubtful.len(), left_out);
    let most_doubtful = doubtful.iter().map(|(.., sure)| *sure).fold(0.0, f64::max);
    let least_sure = kept.iter().filter(|(_, status, _)| status != "denied").map(|(.., sure)| *sure);
    assert!(
        most_doubtful <= least_sure.fold(1.0, f64::min),
        "what is less sure than what is kept is left out"
    );
}
