//! Values of coded events beside gold: which are right.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::logistic::Example;

/// Values whose confidence is fitted, in the order in which they are published.
pub(crate) const VALUES: [&str; 6] = ["type", "source", "recipient", "date", "status", "attribution"];

/// A value that gold says is right or not.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    /// Of [`VALUES`], or `whole`.
    pub(crate) value: &'static str,
    /// The set it is of.
    pub(crate) set: String,
    pub(crate) document: String,
    pub(crate) example: Example,
    /// The values that the event has, for the confidence of the whole.
    pub(crate) has: Vec<&'static str>,
}

impl Judged {
    /// Returns the value as a line of JSON.
    pub(crate) fn to_line(&self) -> String {
        serde_json::json!({
            "value": self.value, "set": self.set, "document": self.document,
            "grounds": self.example.grounds, "right": self.example.right, "has": self.has,
        })
        .to_string()
    }

    /// Reads a line of [`Judged::to_line`]; `None` where it is none.
    pub(crate) fn from_line(line: &str) -> Option<Self> {
        let read: Value = serde_json::from_str(line).ok()?;
        let known = |name: &str| VALUES.into_iter().chain(["whole"]).find(|value| *value == name);
        Some(Self {
            value: known(text(&read, "value"))?,
            set: text(&read, "set").to_owned(),
            document: text(&read, "document").to_owned(),
            example: Example { grounds: words(&read, "grounds"), right: read.get("right")?.as_bool()? },
            has: words(&read, "has").iter().filter_map(|name| known(name)).collect(),
        })
    }
}

/// What judges the values of one event.
struct Verdict {
    right: Vec<(&'static str, bool)>,
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn words(value: &Value, name: &str) -> Vec<String> {
    list(value, name).iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Judges every event of a document by `verdict`; `None` leaves an event out.
fn judge(
    set: &str,
    document: &Value,
    mut verdict: impl FnMut(&Value) -> Option<Verdict>,
    out: &mut Vec<Judged>,
) {
    for event in list(document, "events") {
        let Some(verdict) = verdict(event) else { continue };
        let grounds = event.get("confidences").map(|own| words(own, "grounds")).unwrap_or_default();
        let has = ["source", "recipient"].into_iter().filter(|side| !list(event, side).is_empty());
        let has: Vec<&'static str> = std::iter::once("type").chain(has).collect();
        for (value, right) in verdict.right {
            out.push(Judged {
                value,
                set: set.to_owned(),
                document: text(document, "doc").to_owned(),
                example: Example { grounds: grounds.clone(), right },
                has: has.clone(),
            });
        }
    }
}

/// A type, the sides that could be judged, and the whole where every side that is given could be.
fn verdict(type_right: bool, sides: [Option<bool>; 2], given: [bool; 2], is_coded: bool) -> Verdict {
    let mut right = vec![("type", type_right)];
    if type_right {
        let judged = ["source", "recipient"].into_iter().zip(sides);
        right.extend(judged.filter_map(|(side, right)| Some((side, right?))));
    }
    let open = sides.iter().zip(given).any(|(side, given)| given && side.is_none());
    if is_coded && (!type_right || !open) {
        right.push(("whole", type_right && sides.iter().all(|side| side.unwrap_or(true))));
    }
    Verdict { right }
}

// ------------------------------------------------------------------------------------------ sentences

/// Judges a sentence whose events are listed, as the scorer of these sets does.
pub(crate) fn judge_sentence(set: &str, gold: &Value, document: &Value, out: &mut Vec<Judged>) {
    let (ignored, scope) = (words(gold, "ignore"), words(gold, "scope"));
    let has_code = |party: &Value| code(text(party, "code")).is_some();
    let is_coded = list(gold, "gold")
        .iter()
        .any(|event| list(event, "source").iter().chain(list(event, "target")).any(has_code));
    let is_partial = gold.get("partial").is_some_and(|partial| !partial.is_null());
    judge(
        set,
        document,
        |event| {
            let kind = text(event, "type").to_owned();
            let is_judged = !ignored.contains(&kind) && (scope.is_empty() || scope.contains(&kind));
            if !is_judged || text(event, "status") == "negated" {
                return None;
            }
            let fits = |event: &&Value| text(event, "event") == kind || words(event, "alt").contains(&kind);
            let fitting: Vec<&Value> = list(gold, "gold").iter().filter(fits).collect();
            if fitting.is_empty() && is_partial {
                return None;
            }
            let sides = ["source", "recipient"].map(|side| side_by_codes(&fitting, event, side));
            let given = ["source", "recipient"].map(|side| !list(event, side).is_empty());
            Some(verdict(!fitting.is_empty(), sides, given, is_coded))
        },
        out,
    );
}

/// Whether all countries of a side are among those that gold gives it; `None` where either has none.
fn side_by_codes(gold: &[&Value], event: &Value, side: &str) -> Option<bool> {
    let own: BTreeSet<String> =
        list(event, side).iter().filter_map(|party| code(text(party, "country"))).collect();
    let is_mutual = |event: &Value| list(event, "target").is_empty() && list(event, "source").len() > 1;
    let name = if side == "source" { "source" } else { "target" };
    let of = |event: &&Value, name: &str| -> Vec<String> {
        list(event, name).iter().filter_map(|party| code(text(party, "code"))).collect()
    };
    let known: BTreeSet<String> =
        gold.iter().flat_map(|event| of(event, if is_mutual(event) { "source" } else { name })).collect();
    (!own.is_empty() && !known.is_empty()).then(|| own.is_subset(&known))
}

/// A country as the scorer compares it; `None` where the code is none of three letters.
fn code(written: &str) -> Option<String> {
    let code = match written.to_uppercase().as_str() {
        "UNO" | "EUR" | "UN" | "EU" => "IGO".to_owned(),
        "JAP" => "JPN".to_owned(),
        "PAL" | "PSG" => "PSE".to_owned(),
        "ROM" => "ROU".to_owned(),
        "ITL" => "ITA".to_owned(),
        "VTN" => "VNM".to_owned(),
        "XKX" | "KSV" => "KOS".to_owned(),
        other => other.to_owned(),
    };
    (code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase())).then_some(code)
}

// ------------------------------------------------------------------------------------------ reports

/// Judges a report by its key: an event is right where the key has one of its type in the same words.
pub(crate) fn judge_report(key: &Value, document: &Value, out: &mut Vec<Judged>) {
    judge(
        "reports",
        document,
        |event| {
            let evidence = tokens(text(event, "evidence"));
            let overlaps = |known: &&Value| overlap(&evidence, &tokens(text(known, "evidence"))) >= 0.5;
            let kind = text(event, "type");
            let is_of_type = |known: &&Value| {
                text(known, "type") == kind || words(known, "alt_types").iter().any(|t| t == kind)
            };
            let fitting: Vec<&Value> =
                list(key, "events").iter().filter(overlaps).filter(is_of_type).collect();
            let side = |known: &Value, side: &str| side_by_names(key, known, event, side);
            let right = |known: &&Value| {
                ["source", "recipient"].iter().filter(|name| side(known, name) == Some(true)).count()
            };
            let best = fitting.iter().copied().max_by_key(|known| right(known));
            let sides = ["source", "recipient"].map(|name| best.and_then(|known| side(known, name)));
            let given = ["source", "recipient"].map(|name| !list(event, name).is_empty());
            let mut verdict = verdict(best.is_some(), sides, given, true);
            let date = best.and_then(|known| date_is_right(known, event));
            verdict.right.extend(date.map(|right| ("date", right)));
            if let Some(known) = best {
                let accepted =
                    [words(known, "status_accept"), vec![text(known, "status").to_owned()]].concat();
                verdict.right.push(("status", accepted.iter().any(|status| status == text(event, "status"))));
                verdict.right.extend(attribution_is_right(known, event).map(|right| ("attribution", right)));
            }
            Some(verdict)
        },
        out,
    );
}

/// Whether the key has the article, or somebody of that name, say it. A verbal act in the doer's own words may be either's:
/// `None`.
fn attribution_is_right(known: &Value, event: &Value) -> Option<bool> {
    let [wanted, own] = [known, event].map(|event| text(event, "attribution"));
    if (wanted == "article") == (own == "article") {
        return Some(wanted == own || !tokens(wanted).is_disjoint(&tokens(own)));
    }
    let is_of_words = matches!(event.get("quad").and_then(Value::as_u64), Some(1 | 3));
    (!is_of_words || text(event, "type") == "CONSULT").then_some(false)
}

// ------------------------------------------------------------------------------------------ occurrences and quotations

/// Judges the status of events whose predicates a record of factuality lists.
pub(crate) fn judge_factuality(set: &str, gold: &Value, document: &Value, out: &mut Vec<Judged>) {
    let starts = Bytes::of(text(gold, "text"));
    judge(
        set,
        document,
        |event| {
            let start = event.get("predicate")?.get(0)?.as_u64()?;
            let known = list(gold, "events").iter().find(|known| {
                known
                    .get("predicate")
                    .and_then(|span| starts.of_span(span))
                    .is_some_and(|span| span.0 == start)
            })?;
            // An act that is said to have been done: what a verbal act is called follows from its kind.
            let by_kind = match text(event, "type") {
                "REQUEST" => "requested",
                "THREATEN" => "planned",
                "REJECT" => "denied",
                _ => "asserted",
            };
            let accepted: &[&str] =
                match (text(known, "polarity"), text(known, "time"), text(known, "certainty")) {
                    ("NEG", ..) => &["negated", "denied"],
                    (_, "FUTURE", _) => &["planned", "requested", "possible", "conditional"],
                    ("POS", _, "CERTAIN") => &["asserted", "alleged", by_kind],
                    _ => &["possible", "conditional", "alleged", "requested", "planned"],
                };
            Some(Verdict { right: vec![("status", accepted.contains(&text(event, "status")))] })
        },
        out,
    );
}

/// Judges by marked quotations who is said to say so: the speaker of the narrowest that holds the predicate, or the article.
pub(crate) fn judge_quotations(set: &str, gold: &Value, document: &Value, out: &mut Vec<Judged>) {
    let starts = Bytes::of(text(gold, "text"));
    let span = |quote: &Value, name: &str| starts.of_span(quote.get(name)?);
    judge(
        set,
        document,
        |event| {
            let predicate = own_span(event.get("predicate")?)?;
            let quotes = list(gold, "quotes");
            // The word that says so is in nobody's mouth but its subject's.
            if quotes.iter().filter_map(|quote| span(quote, "cue")).any(|cue| overlap_of(cue, predicate)) {
                return None;
            }
            let over = quotes.iter().filter_map(|quote| Some((span(quote, "content")?, quote)));
            let over = over.filter(|(content, _)| content.0 <= predicate.0 && predicate.1 <= content.1);
            let right = match over.min_by_key(|(content, _)| content.1 - content.0) {
                None => text(event, "attribution") == "article",
                Some((_, quote)) => {
                    let speaker = span(quote, "speaker")?;
                    let said = list(event, "says").last().and_then(|say| own_span(say.get("span")?));
                    said.is_some_and(|said| overlap_of(said, speaker))
                }
            };
            Some(Verdict { right: vec![("attribution", right)] })
        },
        out,
    );
}

/// Where each code point of a text begins, in bytes: gold counts the ones, the program the others.
struct Bytes(Vec<u64>);

impl Bytes {
    fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at as u64).chain([text.len() as u64]).collect())
    }

    /// The bytes of a span of code points.
    fn of_span(&self, span: &Value) -> Option<(u64, u64)> {
        let at = |name: &str| self.0.get(usize::try_from(span.get(name)?.as_u64()?).ok()?).copied();
        Some((at("start")?, at("end")?))
    }
}

fn own_span(span: &Value) -> Option<(u64, u64)> {
    Some((span.get(0)?.as_u64()?, span.get(1)?.as_u64()?))
}

fn overlap_of(a: (u64, u64), b: (u64, u64)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn tokens(text: &str) -> BTreeSet<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The share of the shorter text's words that the other has.
fn overlap(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let shorter = a.len().min(b.len());
    if shorter == 0 { 0.0 } else { a.intersection(b).count() as f64 / shorter as f64 }
}

/// Whether a side names one of the key's actors, or their country; `None` where the event names nobody.
fn side_by_names(key: &Value, known: &Value, event: &Value, side: &str) -> Option<bool> {
    let own = list(event, side);
    if own.is_empty() {
        return None;
    }
    let (mut names, mut countries) = (BTreeSet::new(), BTreeSet::new());
    // Who does a mutual act may stand on either side.
    let is_mutual = matches!(text(event, "type"), "AGREE" | "CONSULT" | "COOPERATE");
    let other = if side == "source" { "recipient" } else { "source" };
    let wanted = list(known, side).iter().chain(if is_mutual { list(known, other) } else { &[] });
    for actor in wanted {
        names.insert(text(actor, "name").to_lowercase());
        countries.insert(text(actor, "country").to_owned());
        let entry = list(key, "actors").iter().find(|entry| entry.get("id") == actor.get("id"));
        if let Some(entry) = entry {
            names.extend(words(entry, "accept_names").iter().map(|name| name.to_lowercase()));
            names.extend(list(entry, "mentions").iter().map(|mention| text(mention, "text").to_lowercase()));
        }
    }
    countries.extend(words(known, &format!("accept_{side}")));
    countries.remove("");
    let fits = |party: &Value| {
        names.contains(&text(party, "name").to_lowercase()) || countries.contains(text(party, "country"))
    };
    Some(own.iter().any(fits))
}

/// Whether an event has the key's day, or lies within its interval; `None` where the key has no date.
fn date_is_right(known: &Value, event: &Value) -> Option<bool> {
    let (key, own) = (known.get("date").filter(|date| !date.is_null())?, event.get("date")?);
    let value = text(own, "value");
    let mut accepted = [words(key, "accept"), words(known, "accept_dates")].concat();
    accepted.extend(key.get("value").and_then(Value::as_str).map(str::to_owned));
    if key.get("value").is_some_and(|value| !value.is_null()) || accepted.iter().any(|date| date == value) {
        return Some(accepted.iter().any(|date| {
            date == value
                || date.strip_prefix('-').is_some_and(|rest| date.starts_with("--") && value.ends_with(rest))
        }));
    }
    let (from, to) = days(own);
    let (key_from, key_to) = days(key);
    let begins = text(key, "from").is_empty() || from >= key_from;
    Some(begins && (text(key, "to").is_empty() || to <= key_to || from <= key_to))
}

/// The first and the last day of a date, as text that can be compared.
fn days(date: &Value) -> (String, String) {
    let value = text(date, "value");
    let filled = |date: &str, missing: &str| {
        format!("{date}{}", missing.get(date.len().saturating_sub(4)..).unwrap_or_default())
    };
    if value.is_empty() {
        let or = |name: &str, otherwise: &str| {
            let own = text(date, name);
            if own.is_empty() { otherwise.to_owned() } else { own.to_owned() }
        };
        (or("from", "0000-00-00"), or("to", "9999-99-99"))
    } else {
        (filled(value, "-01-01"), filled(value, "-12-31"))
    }
}

// ------------------------------------------------------------------------------------------ draws

/// Judges a document of a draw of random news by the rows that a person wrote (`measurements/precision`).
pub(crate) fn judge_draw(set: &str, rows: &str, document: &Value, out: &mut Vec<Judged>) {
    let mut rows: Vec<Vec<&str>> = rows.lines().map(|row| row.split('\t').collect()).collect();
    // Where it is not said which status is right where the one coded was wrong, all that could be counted would be right.
    let tells_statuses = rows.iter().all(|row| row.get(5) != Some(&"status") || row.get(7).is_some());
    rows.retain(|row| row.first() == Some(&text(document, "doc")));
    judge(
        set,
        document,
        |event| {
            let start = event.get("predicate")?.get(0)?.as_u64()?.to_string();
            let row = rows.iter().find(|row| {
                row.get(2) == Some(&start.as_str())
                    && row.get(3).is_some_and(|kind| kind.split('.').next() == Some(text(event, "type")))
            })?;
            let (verdict, error) = (*row.get(5)?, row.get(6).copied().unwrap_or_default());
            let type_right = matches!(verdict, "right" | "mode" | "party");
            // What is missing has no confidence: the sides that are given are right.
            let whole = matches!(verdict, "right" | "mode") || verdict == "party" && error == "missing";
            let mut right = vec![("type", type_right), ("whole", whole)];
            if type_right {
                right.extend(tells_statuses.then_some(("status", true)));
            } else if let Some(accepted) = row.get(7).filter(|_| verdict == "status") {
                // What it should be stands behind; the event may have been mended since.
                right.push(("status", accepted.split('/').any(|status| status == text(event, "status"))));
            }
            Some(Verdict { right })
        },
        out,
    );
}
