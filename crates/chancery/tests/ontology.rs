//! An ontology of the user's own: its types in everything that the program prints, and what is said of its slips.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const ONTOLOGY: &str = "\u{feff}# What we count.\r\n\
    STATE-VISIT under CONSULT 4.5 : leaders are received by another state\r\n\
    AIR-STRIKE under ASSAULT\r\n\
    FISHING-ROW under ACCUSE -4\r\n\
    ARMS-SALE under COOPERATE 7\r\n\
    TRUCE-TALKS under CONSULT\r\n\
    \r\n\
    STATE-VISIT mode regatta 3\r\n\
    ASSAULT mode harbour\r\n\
    \r\n\
    context fishery en : fishing, fish,\r\n  \
      trawler*\r\n\
    context fishery sv : fisk*, trål*\r\n\
    context arms-trade : @weapon, fighter_jet\r\n\
    \r\n\
    STATE-VISIT is CONSULT visit + source=GOV + recipient=GOV|state\r\n\
    AIR-STRIKE harbour is ASSAULT aerial|drone + words=port|harbour\r\n\
    AIR-STRIKE is ASSAULT aerial|drone\r\n\
    FISHING-ROW is ACCUSE + context=fishery\r\n\
    ARMS-SALE is COOPERATE\r\n  \
      + context=arms-trade + source + !source=REB\r\n\
    TRUCE-TALKS is CONSULT + source=GOV + recipient=REB\r\n";

const FRAMES: &str = "[STATE-VISIT regatta]\nverb sail : subject > to ; context=fishery\n";

const ENGLISH: &str = " date 2024-05-03 A week of visits\n\n\
    President Emmanuel Macron visited Berlin on Tuesday. Iran bombed the port of Basra on Monday. \
    Russian drones attacked Kharkiv on Thursday. Norway accused Russia of fishing illegally. \
    Sweden sold fighter jets to Hungary on Friday. Sweden will sell fighter jets to Hungary. \
    The German foreign minister met rebels in Sudan. President Emmanuel Macron sailed to Norway on Friday.\n";

const SWEDISH: &str = " date 2024-05-03 Möten i maj\n\n\
    Frankrikes president Emmanuel Macron besökte Oslo på tisdagen. \
    Norge anklagade Ryssland för olagligt fiske i Barents hav.\n";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.current_dir(folder).args(arguments).env_remove("CHANCERY_RECORD").env_remove("CHANCERY_TABLES");
    command.output().expect("the program starts")
}

fn told(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A folder with two reports and the tables of somebody who counts types of her own.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "own/ontology.txt", ONTOLOGY);
    write(folder.path(), "own/languages/en/frames.more.txt", FRAMES);
    write(folder.path(), "in/en.txt", ENGLISH);
    write(folder.path(), "in/sv.txt", SWEDISH);
    folder
}

/// The events of `read --json`, without what does not belong to the ontology.
fn events(output: &Output) -> Vec<String> {
    assert_eq!(output.status.code(), Some(0), "{}", told(output));
    let lines = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let documents = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let keys = ["type", "refines", "mode", "refines_mode", "named_by", "contexts", "quad", "score", "status"];
    let shown = |event: &Value| {
        let values: Vec<String> = keys
            .iter()
            .filter_map(|&key| Some(format!("{key} {}", event.get(key)?)))
            .map(|value| value.replace('"', ""))
            .collect();
        values.join(" · ")
    };
    documents
        .flat_map(|document| document["events"].as_array().expect("events").clone())
        .map(|event| shown(&event))
        .collect()
}

#[test]
fn events_bear_the_names_of_an_own_ontology() {
    let folder = folder();
    let output = run(folder.path(), &["--tables", "own", "read", "--json", "in"]);
    insta::assert_snapshot!(events(&output).join("\n"));
}

#[test]
fn without_an_ontology_nothing_of_one_is_printed() {
    let folder = folder();
    let output = run(folder.path(), &["read", "--json", "in"]);
    let lines = told(&output);
    for key in ["refines", "refines_mode", "named_by"] {
        assert!(!lines.contains(&format!("\"{key}\"")), "{key} is in\n{lines}");
    }
    run(folder.path(), &["read", "in"]);
    let table = told(&run(folder.path(), &["events", "--csv"]));
    assert!(table.starts_with("id,date,type,mode,source,"), "{table}");
}

#[test]
fn a_record_is_asked_for_own_types_and_for_those_they_refine() {
    let folder = folder();
    let at = folder.path();
    run(at, &["--tables", "own", "read", "in"]);
    let rows = |kinds: &str| {
        let table = told(&run(at, &["events", "--type", kinds, "--csv"]));
        let cells =
            table.lines().skip(1).map(|row| row.split(',').skip(2).take(2).collect::<Vec<_>>().join(" < "));
        cells.collect::<Vec<_>>()
    };
    assert_eq!(rows("STATE-VISIT"), ["STATE-VISIT < CONSULT"; 3]);
    let consult =
        ["STATE-VISIT < CONSULT", "TRUCE-TALKS < CONSULT", "STATE-VISIT < CONSULT", "STATE-VISIT < CONSULT"];
    assert_eq!(rows("consult"), consult);
    assert_eq!(
        rows("arms-sale,assault"),
        ["AIR-STRIKE < ASSAULT", "AIR-STRIKE < ASSAULT", "ARMS-SALE < COOPERATE"]
    );
    let dossier = told(&run(at, &["dossier", "France", "Germany"]));
    assert!(dossier.contains(": state visit, Emmanuel Macron"), "{dossier}");
    assert!(dossier.contains("## Meetings"), "{dossier}");
    let unknown = run(at, &["events", "--type", "STATE-VISTI"]);
    assert!(
        told(&unknown).contains("no type of event is called `STATE-VISTI`: the types are AGREE,"),
        "{}",
        told(&unknown)
    );
    assert!(
        told(&unknown).contains("ASSAULT, AIR-STRIKE, ARMS-SALE, FISHING-ROW, STATE-VISIT"),
        "{}",
        told(&unknown)
    );
    assert_eq!(unknown.status.code(), Some(2));
    // What the tables at hand declare may be asked for though the record has none of it.
    write(at, "later/ontology.txt", "SEA-TRIAL under MOBILIZE\n");
    let none = run(at, &["--tables", "later", "events", "--type", "SEA-TRIAL"]);
    assert_eq!(
        (none.status.code(), told(&none).as_str()),
        (Some(0), "The record holds no events of that kind.\n")
    );
}

#[test]
fn explain_names_the_line_and_what_the_others_lack() {
    let folder = folder();
    let at = folder.path();
    run(at, &["--tables", "own", "read", "in"]);
    let line = told(&run(at, &["events", "--type", "AIR-STRIKE", "--json"]));
    let event: Value = serde_json::from_str(line.lines().next().expect("an event")).expect("JSON");
    let explained = told(&run(at, &["explain", event["id"].as_str().expect("an id")]));
    for wanted in [
        "type        AIR-STRIKE, harbour, aerial, from \"bombed\"",
        "refines ASSAULT, named by ontology.txt:17",
        "ontology.txt:17 calls it AIR-STRIKE harbour: AIR-STRIKE harbour is ASSAULT aerial|drone + words=port|harbour",
    ] {
        assert!(explained.contains(wanted), "{wanted} is not in\n{explained}");
    }
    let sentence = told(&run(at, &["--tables", "own", "explain", "in/en.txt", "4"]));
    for wanted in [
        "`attacked` is coded ASSAULT, asserted:\n",
        "ontology.txt:17 (AIR-STRIKE harbour) does not fit: words=port|harbour\n",
        "ontology.txt:18 (AIR-STRIKE) fits\n",
    ] {
        assert!(sentence.contains(wanted), "{wanted} is not in\n{sentence}");
    }
    let framed = told(&run(at, &["--tables", "own", "explain", "in/en.txt", "9"]));
    assert!(
        framed.contains("en.state-visit.sail-verb (line 2 of frames.more.txt) fires: STATE-VISIT by"),
        "{framed}"
    );
    assert!(framed.contains("the frame names it STATE-VISIT, and rules leave that alone"), "{framed}");
}

#[test]
fn slips_in_an_ontology_are_named_with_line_and_remedy() {
    let folder = folder();
    let at = folder.path();
    let slips = "VISIT under CONSUL\nROYAL under STATE\nSTATE under CONSULT\nSTATE under CONSULT\n\
        CONSULT under AGREE\nStatevisit under CONSULT\nRAID under ASSAULT 12\nLOOP under LOOP\n\
        STATE mode visit\nSTATE mode Grand\nNOBODY mode long\nSTATE mode gala\nSTATE mode gala\n\
        context military : tank\ncontext Fish : cod\ncontext fish xx : cod\ncontext fish : @nothing\n\
        hello\nSTATE is ASSAULT aerial\nSTATE is STATE visit\nCONSULT is CONSULT visit\nSTATE feast is CONSULT\n\
        STATE is CONSULT vist\nSTATE is CONSULT visit + colour=red\nSTATE is CONSULT visit + source=XYZ\n\
        STATE is CONSULT visit + status=done\nSTATE is CONSULT visit + context=nope\nSTATE is CONSULT visit + words\n\
        STATE is CONSULT + source=GOV\nSTATE gala is CONSULT visit + source=GOV + recipient=NOR\n\
        STATE is CONSULT visit\nSTATE is CONSULT phone\nSTATE gala is CONSULT visit|phone\n";
    write(at, "own/ontology.txt", slips);
    let output = run(at, &["--tables", "own", "read", "in"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!at.join("chancery.db").exists(), "nothing is read before they are mended");
    insta::assert_snapshot!(told(&output));
}

#[test]
fn frames_and_contexts_point_to_the_ontology_for_names_that_nobody_declared() {
    let folder = folder();
    let at = folder.path();
    write(at, "own/ontology.txt", "STATE-VISIT under CONSULT\nSTATE-VISIT mode regatta\n");
    write(
        at,
        "own/languages/en/frames.more.txt",
        "[STATE-VISTI]\n[STATE-VISIT regata]\n[STATE-VISIT regatta visit]\nverb sail : subject > to ; context=fishery\n\
         verb row : subject > to ; mode=oars\n",
    );
    write(at, "own/languages/en/contexts.txt", "military: tank\nfishery: cod\n");
    let output = run(at, &["--tables", "own", "read", "--json", "in/en.txt"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!(told(&output));
    write(at, "lost/languages/ontology.txt", "STATE-VISIT under CONSULT\n");
    let lost = run(at, &["--tables", "lost", "read", "--json", "in/en.txt"]);
    assert!(told(&lost).contains("`ontology.txt` lies in the folder itself"), "{}", told(&lost));
    assert_eq!(lost.status.code(), Some(2));
}
