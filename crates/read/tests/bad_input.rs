//! What cannot be read is refused with a message that names it, and the rest is read.

#![expect(clippy::panic, reason = "a test says what is wrong")]

use std::io::{BufReader, Read, Write};

use chancery_read::{Outcome, read_documents};
use proptest::prelude::*;

fn read(name: &str, bytes: &[u8]) -> Vec<Outcome> {
    read_documents(name, bytes).collect()
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    match read(name, bytes).into_iter().next() {
        Some(Err(refusal)) => refusal.to_string(),
        other => panic!("not refused: {other:?}"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
}

#[test]
fn refusals_name_the_file_and_what_to_do() {
    assert_eq!(refusal("a.txt", b""), "a.txt is empty: there is nothing to read");
    assert_eq!(refusal("a.txt", b"\xef\xbb\xbf \n"), "a.txt is empty: there is nothing to read");
    assert_eq!(
        refusal("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0"),
        "a.txt is a binary file (PNG image), not a report: save its text as .txt or .html and read that"
    );
    assert!(
        refusal("a.jsonl", b"{\"text\": \n")
            .starts_with("a.jsonl line 1 is not JSON: EOF while parsing a value")
    );
    assert_eq!(
        refusal("a.jsonl", b"{\"title\": \"x\"}\n"),
        "a.jsonl line 1 has neither `text` nor `html`, so that there is nothing to read in it"
    );
    let mut cut = gzip("The talks went on until late.\n".repeat(200).as_bytes());
    cut.truncate(cut.len() / 2);
    assert_eq!(
        refusal("a.txt.gz", &cut),
        "a.txt.gz is damaged gzip data (it ends too early): fetch or pack it again"
    );
}

#[test]
fn one_bad_line_costs_only_itself() {
    let lines = "{\"id\": \"one\", \"text\": \"The talks went on.\"}\n\nnot json\n{\"text\": \"They ended.\", \"date\": \"9:55 AM ET\"}";
    let outcomes = read("a.jsonl", lines.as_bytes());
    let names: Vec<_> = outcomes
        .iter()
        .map(|outcome| match outcome {
            Ok(staged) => staged.value.name.clone(),
            Err(refusal) => format!("{:?}", refusal.line),
        })
        .collect();
    assert_eq!(names, ["one", "Some(3)", "a.jsonl#4"]);
    let last = outcomes.last().and_then(|outcome| outcome.as_ref().ok()).expect("the last line is whole");
    assert!(last.notices.iter().any(|notice| notice.code.as_str() == "metadata-implausible"));
    assert_eq!(last.value.metadata.published, None);
}

#[test]
fn an_endless_line_is_passed_over_and_named() {
    let good = b"{\"text\": \"The talks went on.\"}\n";
    let long = std::io::repeat(b'x').take(200 << 20);
    let source = BufReader::new(good.chain(long).chain(&b"\n"[..]).chain(&good[..]));
    let outcomes: Vec<_> = read_documents("a.jsonl", source).collect();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 2);
    let message = outcomes.iter().find_map(|outcome| outcome.as_ref().err()).map(ToString::to_string);
    assert!(message.is_some_and(|message| message.starts_with("a.jsonl line 2 is 209 MB long")));
}

#[test]
fn a_bomb_is_stopped() {
    let packed = gzip(&vec![b'a'; 80 << 20]);
    assert!(refusal("a.jsonl.gz", &[&b"\x1f\x8b"[..], &packed[2..]].concat()).contains("400 times"));
}

#[test]
fn any_encoding_is_read_and_said() {
    let words = "Kreml säger nej till förslaget, och någon ny tid för mötet är ännu inte bestämd.";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(words.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let latin: Vec<u8> = words.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let mut broken = words.as_bytes().to_vec();
    broken.insert(10, 0xff);
    for (bytes, codes) in
        [(utf16, vec![]), (latin, vec!["encoding-guessed"]), (broken, vec!["encoding-lossy"])]
    {
        let outcome = read("a.txt", &bytes).remove(0).expect("it is text");
        let found: Vec<_> = outcome.notices.iter().map(|notice| notice.code.as_str()).collect();
        assert_eq!(found, codes);
        assert!(outcome.value.text.as_str().contains("för mötet är ännu"));
    }
}

#[test]
fn feeds_and_archives_are_containers() {
    let rss = "<?xml version='1.0'?><rss><channel><title>Coastal Wire</title><language>en-gb</language>\
        <item><title>Ferry sails again</title><link>https://a.example/1</link><guid>ferry-1</guid>\
        <pubDate>Sat, 02 Mar 2024 07:15:00 GMT</pubDate><description>&lt;p&gt;The first ferry in five years left on Saturday with two hundred people.&lt;/p&gt;</description></item>\
        <item><title>Storm &amp; rain</title><description><![CDATA[<p>The coast expects a storm tonight, the weather office said.</p>]]></description></item></channel></rss>";
    let outcomes = read("feed.xml", rss.as_bytes());
    let documents: Vec<_> = outcomes.into_iter().map(|outcome| outcome.expect("it is whole").value).collect();
    let names: Vec<_> = documents.iter().map(|document| document.name.as_str()).collect();
    assert_eq!(names, ["ferry-1", "feed.xml#2"]);
    let first = &documents[0];
    assert_eq!(first.metadata.publisher.as_deref(), Some("Coastal Wire"));
    assert_eq!(first.metadata.published.map(|day| day.to_string()).as_deref(), Some("2024-03-02"));
    assert!(first.body().contains("two hundred people"));
    assert_eq!(documents[1].metadata.title.as_deref(), Some("Storm & rain"));

    let page = "<html><body><h1>Ferry sails again</h1><p>The first ferry in five years left on Saturday.</p></body></html>";
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}");
    let record = |kind: &str, body: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/ferry\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    };
    let archive =
        [gzip(record("warcinfo", "x: y").as_bytes()), gzip(record("response", &http).as_bytes())].concat();
    let outcomes = read("a.warc.gz", &archive);
    assert_eq!(outcomes.len(), 1);
    let document = outcomes.into_iter().next().and_then(Result::ok).expect("a page").value;
    assert_eq!(document.metadata.url.as_deref(), Some("https://a.example/ferry"));
    assert_eq!(document.metadata.title.as_deref(), Some("Ferry sails again"));
}

fn check(name: &str, bytes: &[u8]) {
    for outcome in read(name, bytes).into_iter().flatten() {
        let document = outcome.value;
        let mut last = 0;
        for block in &document.blocks {
            assert!(block.span.start() >= last, "blocks are in order and apart");
            assert!(block.span.end() <= document.text.as_str().len());
            assert!(!document.text.slice(block.span).trim().is_empty());
            last = block.span.end();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        check("a.txt", &bytes);
        check("a.html", &bytes);
        check("a.jsonl", &bytes);
    }

    #[test]
    fn blocks_are_apart_in_any_text(lines in proptest::collection::vec("( date 2024-0[0-9]-[0-3][0-9] )?(#{1,3} |\\* |> |!\\[|\\[|\\*\\*|By |Foto: |© |[\\]\\(\\)]|İ|[a-zå ،。.]{0,30}|\\PC{0,12}|(\\r|\\n)){0,6}", 0..30)) {
        check("a.txt", lines.join("\n").as_bytes());
        check("a.html", format!("<p>{}", lines.join("<div class=share><p>")).as_bytes());
    }
}
