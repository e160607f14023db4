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

/// Codes of the notices of the only document.
fn notices(name: &str, bytes: &[u8]) -> (String, Vec<String>) {
    match read(name, bytes).remove(0) {
        Ok(staged) => {
            let codes = staged.notices.iter().map(|notice| notice.code.as_str().to_owned()).collect();
            (staged.value.text.as_str().to_owned(), codes)
        }
        Err(refusal) => panic!("refused: {refusal}"),
    }
}

const PAGE: &str = "<html><body><h1>Ferry sails again</h1><p>The first ferry in five years left on Saturday, the port said.</p></body></html>";

/// An archive of pages, whose first lies whole in it.
fn archive(pages: usize) -> String {
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let record = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/ferry\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
        http.len()
    );
    record.repeat(pages)
}

#[test]
fn an_archive_that_breaks_off_gives_what_lies_before_and_says_where() {
    let whole = archive(3);
    let cut = &whole.as_bytes()[..whole.len() - 60];
    let outcomes = read("a.warc", cut);
    let told: Vec<_> =
        outcomes.iter().map(|outcome| outcome.as_ref().err().map(ToString::to_string)).collect();
    assert_eq!(told[..2], [None, None]);
    assert_eq!(
        told[2..],
        [Some("a.warc line 3 could not be read: the web archive ends within a record".to_owned())]
    );

    let mut packed = gzip(whole.as_bytes());
    packed.truncate(packed.len() - 20);
    let last = read("a.warc.gz", &packed).pop().expect("an item at least");
    let told = last.expect_err("it is cut").to_string();
    assert!(told.contains("is damaged gzip data (it ends too early)"), "{told}");

    let shifted = format!("{}torn", archive(1)) + &archive(1);
    let told =
        read("a.warc", shifted.as_bytes()).pop().and_then(Result::err).map(|refusal| refusal.to_string());
    assert_eq!(
        told.as_deref(),
        Some(
            "a.warc line 2 could not be read: a record of the web archive does not begin where the last one ends"
        )
    );
}

#[test]
fn a_page_that_names_the_wrong_encoding_is_read_as_what_it_is() {
    let words = "Первый за пять лет паром вышел в субботу из порта, сообщили в администрации, на борту двести пассажиров.";
    let page = format!("<html><head><meta charset=\"iso-8859-1\"></head><body><p>{words}</p></body></html>");
    let cyrillic = |c: char| match c {
        'А'..='я' => u8::try_from(u32::from(c) - 0x410 + 0xc0).unwrap_or(b'?'),
        c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
    };
    let (text, codes) = notices("a.html", &page.chars().map(cyrillic).collect::<Vec<_>>());
    assert!(text.contains("паром вышел в субботу"), "{text}");
    assert_eq!(codes, ["encoding-guessed"]);

    // What is UTF-8 is read so, whatever the page says.
    let (text, codes) = notices("a.html", page.as_bytes());
    assert!(text.contains("паром вышел в субботу"), "{text}");
    assert!(codes.is_empty(), "{codes:?}");
}

#[test]
fn a_broken_entry_of_a_feed_costs_only_itself() {
    let entry = |inner: &str| format!("<item>{inner}</item>");
    let whole = entry(
        "<title>Ferry sails again</title><description>The first ferry in five years left on Saturday.</description>",
    );
    let feed = [
        "<?xml version='1.0'?><rss><channel><title>Coastal Wire</title>",
        &whole,
        &entry("<pubDate>Sat, 02 Mar 2024 07:15:00 GMT</pubDate>"),
        &entry("<title>Storm & rain<description>The coast expects a storm &nosuch; tonight.</description>"),
        &entry("<title>Late</title><pubDate>99 Foo 2024</pubDate><description>The mayor came late to the quay.</description>"),
        &whole,
    ]
    .concat();
    let outcomes = read("feed.xml", feed.as_bytes());
    let told: Vec<_> =
        outcomes.iter().filter_map(|outcome| Some(outcome.as_ref().err()?.to_string())).collect();
    assert_eq!(
        told,
        ["feed.xml line 2 has neither `text` nor `html`, so that there is nothing to read in it"]
    );
    assert_eq!(outcomes.len(), 5);
    let late = outcomes[3].as_ref().expect("its words are whole");
    assert_eq!(late.value.metadata.published, None);
    assert!(late.notices.iter().any(|notice| notice.code.as_str() == "metadata-implausible"));

    let no_entry = "<?xml version='1.0'?><rss><channel><title>Coastal Wire</title></channel></rss>";
    assert_eq!(refusal("feed.xml", no_entry.as_bytes()), "feed.xml holds no documents");
}

#[test]
fn a_hundred_thousand_lines_of_one_word_are_read_in_time() {
    let began = std::time::Instant::now();
    let (text, codes) = notices("a.txt", "Ferry\n".repeat(100_000).as_bytes());
    assert_eq!(text.len(), 600_000);
    assert_eq!(codes, ["no-news-text"]);
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn noughts_among_words_are_no_text_or_cost_nothing() {
    let words = "The first ferry in five years left on Saturday, the port said.";
    let (text, _) = notices("a.txt", format!("{}\0\n{words}", format!("{words}\n").repeat(10)).as_bytes());
    assert!(text.contains("five years"));
    assert_eq!(
        refusal("a.txt", format!("{words}\0\0\0\0\0\0").repeat(20).as_bytes()),
        "a.txt is a binary file (no text form that is known here), not a report: save its text as .txt or .html and read that"
    );
    let (text, _) =
        notices("a.jsonl", format!("{{\"text\": \"The ferry\\u0000 left. {words}\"}}").as_bytes());
    assert!(text.contains("five years"));
}

#[test]
fn a_page_nested_ten_thousand_deep_is_read() {
    let deep = format!(
        "<html><body>{}<p>The first ferry in five years left on Saturday, the port of Strelsau said.</p>{}",
        "<div><span>".repeat(10_000),
        "</span></div>".repeat(10_000)
    );
    let began = std::time::Instant::now();
    let (text, _) = notices("a.html", deep.as_bytes());
    assert!(text.contains("left on Saturday"));
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
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

#[test]
fn a_stated_day_that_does_not_exist_is_told_in_every_form() {
    let article =
        "<p>The envoys met in the old town and talked until late about the bridge and the port.</p>";
    let linked =
        r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-02-31"}</script>"#;
    let tagged = r#"<meta property="article:published_time" content="2025-02-31T10:00:00Z">"#;
    let page = |head: &str| {
        format!("<html><head><title>The envoys met</title>{head}</head><body>{article}</body></html>")
    };
    let clipping = |line: &str| {
        format!("The envoys met\n{line}\n\nThe envoys met in the old town and talked until late.\n")
    };
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "The envoys met", "date_published": "2025-02-31T10:00:00Z", "content_text": "The envoys met in the old town."}]}"#;
    let forms = [
        ("a.html", page(linked)),
        ("b.html", page(tagged)),
        ("c.txt", clipping("Reuters, 31 February 2025")),
        ("d.txt", clipping("Date: 2025-02-31")),
        ("e.txt", clipping("Published 2025-13-01")),
        ("f.json", feed.to_owned()),
        ("g.jsonl", r#"{"text": "The envoys met in the old town.", "date": "2025-02-31"}"#.to_owned()),
        (
            "h.md",
            "---\ntitle: The envoys met\ndate: 2025-02-31\n---\n\nThe envoys met in the old town.\n"
                .to_owned(),
        ),
    ];
    for (name, text) in forms {
        let outcomes = read(name, text.as_bytes());
        let notices = outcomes.iter().flatten().flat_map(|staged| &staged.notices);
        let told =
            notices.filter(|notice| notice.text.contains("2025-") || notice.text.contains("February 2025"));
        assert_eq!(told.count(), 1, "{name}: {outcomes:?}");
    }
}
