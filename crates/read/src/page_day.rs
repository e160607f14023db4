//! The day of publication that a page states in its tags.

use chancery_core::Date;
use serde_json::Value;

use crate::day::find_days;
use crate::dom::Dom;
use crate::page_metadata::decode;
use crate::record::iso_day;
use crate::words::count;

/// How the words end that say where a day was read, when it is that of a moment in universal time.
pub(crate) const UTC: &str = "(universal time)";

/// Meta tags that state the day, best first.
const KEYS: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "originalpublicationdate",
    "displaydate",
    "bt:pubdate",
    "ptime",
    "lp.article:published",
    "vr:published_time",
    "article:create_date",
    "article_date_original",
    "published_time_telegram",
    "firstpublished",
    "iso-8601-publish-date",
    "mediator_published_time",
    "last-modified-date",
    "weibo: article:create_at",
    "apub:time",
    "created",
    "datecreated",
    "uploaddate",
];

/// The day that a meta tag states.
pub(crate) fn meta_day(metas: &[(String, String)]) -> Option<(Date, String)> {
    KEYS.iter().find_map(|key| {
        let (_, words) = metas.iter().find(|(name, value)| name == key && !value.is_empty())?;
        Some((any_day(words)?, how(&format!("meta tag {key} of the page"), words)))
    })
}

/// The day that a thing of the page's JSON-LD was published.
pub(crate) fn linked_day(object: &Value) -> Option<(Date, String)> {
    ["datePublished", "dateCreated", "uploadDate"].iter().find_map(|key| {
        let words = decode(object.get(key)?.as_str()?);
        Some((any_day(&words)?, how(&format!("{key} in the page's JSON-LD"), &words)))
    })
}

/// The words of a tag that states a day of publication, where they name no day that exists.
pub(crate) fn impossible_day(metas: &[(String, String)], things: &[Value]) -> Option<String> {
    let of_metas = KEYS.iter().find_map(|key| metas.iter().find(|(name, _)| name == key));
    let of_things = || things.iter().find_map(|thing| thing.get("datePublished")?.as_str().map(decode));
    let words = of_metas.map(|(_, words)| words.clone()).or_else(of_things)?;
    (words.chars().any(|letter| letter.is_ascii_digit()) && any_day(&words).is_none())
        .then(|| words.chars().take(80).collect())
}

fn how(place: &str, words: &str) -> String {
    let universal = words.contains('T') && (words.ends_with('Z') || words.ends_with("+00:00"));
    if universal { format!("{place} {UTC}") } else { place.to_owned() }
}

/// The day of ISO 8601 words, or of any date written out.
fn any_day(words: &str) -> Option<Date> {
    iso_day(words).or_else(|| find_days(words, true).first().map(|day| day.date)).or_else(|| {
        let seconds: i64 = words.trim().parse().ok()?;
        let seconds = if seconds > 100_000_000_000 { seconds / 1000 } else { seconds };
        (seconds > 800_000_000)
            .then(|| jiff::Timestamp::from_second(seconds).ok())?
            .map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date())
    })
}

/// Words in class names of an element that shows the day of publication.
const CLASSES: &[&str] =
    &["date", "publi", "posted", "timestamp", "submitted", "dt-", "u-dt", "datum", "fecha"];

/// The first `<time>` that is marked as that of publication, or else stands in the article's head.
pub(crate) fn time_element(dom: &Dom) -> Option<(Date, String)> {
    let times: Vec<(usize, Date)> = (0..dom.nodes.len())
        .filter(|node| {
            dom.name(*node) == "time"
                || dom.attribute(*node, "itemprop") == Some("datePublished")
                || dom.name(*node) == "abbr" && is_published(dom, *node)
        })
        .filter_map(|node| {
            let words = ["datetime", "content", "title"]
                .iter()
                .find_map(|key| dom.attribute(node, key))
                .map_or_else(|| dom.words(node), str::to_owned);
            Some((node, any_day(&words)?))
        })
        .collect();
    let marked = times.iter().find(|(node, _)| is_published(dom, *node));
    let within = |node: usize| {
        ancestors(dom, node).find_map(|name| match name {
            "article" | "main" => Some(true),
            "aside" | "nav" | "footer" => Some(false),
            _ => None,
        })
    };
    let (_, day) = marked.or_else(|| times.iter().find(|(node, _)| within(*node) == Some(true)))?;
    Some((*day, "<time> element of the page".to_owned()))
}

fn is_published(dom: &Dom, node: usize) -> bool {
    dom.attribute(node, "itemprop") == Some("datePublished")
        || dom.attribute(node, "pubdate").is_some()
        || dom
            .attribute(node, "class")
            .is_some_and(|class| class.contains("publish") || class.contains("entry-date"))
}

fn ancestors(dom: &Dom, node: usize) -> impl Iterator<Item = &str> {
    std::iter::successors(dom.parent(node), |at| dom.parent(*at)).map(|at| dom.name(at))
}

/// How far from the page's heading its date may stand, in nodes of the tree.
const NEAR: usize = 60;

/// The day in the element nearest to the page's heading that is a time or whose class says that it holds a date.
pub(crate) fn dated_element(dom: &Dom) -> Option<(Date, String)> {
    let heading = dom.elements("h1").find(|node| count(&dom.words(*node)) >= 2)?;
    let from = heading.saturating_sub(NEAR);
    let dated = (from..dom.nodes.len().min(heading + 2 * NEAR)).filter_map(|node| {
        let class = dom.attribute(node, "class").or_else(|| dom.attribute(node, "id"));
        let class = class.unwrap_or_default().to_ascii_lowercase();
        let is_dated = dom.name(node) == "time"
            || CLASSES.iter().any(|cue| class.contains(cue)) && !class.contains("update");
        let aside = ancestors(dom, node).any(|name| matches!(name, "aside" | "nav" | "footer"));
        if !is_dated || aside {
            return None;
        }
        let words = dom.words(node);
        let stamp = ["data-date-time", "data-datetime", "data-date", "datetime"]
            .iter()
            .find_map(|key| iso_day(dom.attribute(node, key)?));
        let shown =
            || (count(&words) <= 14).then(|| find_days(&words, false).first().map(|day| day.date)).flatten();
        Some((node.abs_diff(heading), stamp.or_else(shown)?))
    });
    let (_, day) = dated.min_by_key(|(distance, _)| *distance)?;
    Some((day, "element of the page that holds the date".to_owned()))
}
