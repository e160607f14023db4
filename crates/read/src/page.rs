//! HTML pages: their visible text, a block a line.

use chancery_core::{Document, FurnitureKind, Notice, NoticeCode, Staged, Text};

use crate::arrange::{Known, arrange};
use crate::clipping::{blocks_of, finish};
use crate::comment::find_comments;
use crate::dom::{Content, Dom};
use crate::line::{Layout, Line, count_repeats};
use crate::masthead;
use crate::page_metadata;
use crate::record::Stated;
use crate::words::{count, ends_sentence};

/// Reads a page. What it states in its head is believed over its lines, what a container states over both.
pub(crate) fn read(name: &str, html: &str, mut notices: Vec<Notice>, stated: &Stated) -> Staged<Document> {
    let dom = Dom::parse(html);
    let declared = page_metadata::read(&dom);
    if let Some(words) = &declared.impossible_day {
        let text = format!("stated date makes no sense and was left out: {words}");
        notices.push(Notice::new(NoticeCode::MetadataImplausible, None, text));
    }
    let drafts = drafts(&dom);
    let comments = find_comments(drafts.iter().map(|draft| (draft.words.as_str(), draft.is_prose())));
    // What readers wrote weighs nothing.
    let written =
        drafts.get(..if comments.is_empty() { drafts.len() } else { comments.start }).unwrap_or_default();
    let mut plan = Plan::new(&dom, written, true);
    let mut article = article(&dom, written, &plan);
    if article.is_none_or(|article| plan.share(article) < 0.3) {
        // The names mislead: they leave most of the words out.
        let unnamed = Plan::new(&dom, written, false);
        let other = self::article(&dom, written, &unnamed);
        if other.is_some_and(|other| unnamed.share(other) > 0.5) {
            (plan, article) = (unnamed, other);
        }
    }
    let mut whole = String::new();
    let ranges: Vec<(usize, usize)> = drafts
        .iter()
        .map(|draft| {
            let start = whole.len();
            whole.push_str(&draft.words);
            let end = whole.len();
            whole.push('\n');
            (start, end)
        })
        .collect();
    whole.pop();
    let text = Text::new(&whole);
    let mut lines = Vec::new();
    for (draft, (start, end)) in drafts.iter().zip(ranges) {
        let Some(span) = text.span(start, end) else { continue };
        let mut line = Line::new(&text, span, true);
        line.mark = crate::line::Mark::None;
        line.linked = draft.linked;
        line.layout = layout(&dom, draft, &plan, article);
        if line.layout == Layout::Apart && line.guess.is_none() && draft.linked > 0.6 {
            line.guess =
                Some(if line.words <= 3 { FurnitureKind::Navigation } else { FurnitureKind::Promotion });
        }
        lines.push(line);
    }
    count_repeats(&mut lines);
    let title = stated.title.as_deref().or(declared.stated.title.as_deref());
    let arranged = arrange(&text, lines, &Known { title, opens: false });
    let mut metadata = masthead::read(&arranged);
    let shown_day = metadata.published.zip(metadata.published_how.clone());
    if declared.title_is_weak && metadata.title.is_some() {
        // A title that only the tab shows; the heading on the page is better.
        let shown = metadata.title.clone();
        declared.stated.apply_to(&mut metadata);
        metadata.title = shown;
    } else {
        declared.stated.apply_to(&mut metadata);
    }
    if declared.published_in_utc
        && let (Some(day), Some((shown, how))) = (metadata.published, shown_day)
        && day.since(shown).is_ok_and(|apart| apart.get_days().abs() == 1)
        && !how.contains("updated")
    {
        // The tags count in universal time, the page's own words where it is read.
        metadata.published = Some(shown);
        metadata.published_how = Some(how);
    }
    if arranged.language.is_some() {
        metadata.language = arranged.language.map(str::to_owned);
    }
    if metadata.published.is_none()
        && let Some((day, how)) = declared.likely_published
    {
        metadata.published = Some(day);
        metadata.published_how = Some(how);
    }
    if metadata.published.is_none()
        && let Some(day) = metadata.url.as_deref().or(stated.url.as_deref()).and_then(masthead::day_of_url)
    {
        metadata.published = Some(day);
        metadata.published_how = Some("day in the link".to_owned());
    }
    let blocks = blocks_of(&arranged);
    stated.apply_to(&mut metadata);
    finish(Document { name: name.to_owned(), text, metadata, blocks }, notices)
}

/// A line of the page before it is judged.
struct Draft {
    words: String,
    /// The element that broke the line.
    element: usize,
    linked: f32,
}

impl Draft {
    fn is_prose(&self) -> bool {
        let words = count(&self.words);
        self.linked <= 0.5 && words >= 8 && (ends_sentence(&self.words) || words >= 25)
    }
}

/// Elements whose words nobody sees, or that are not for reading.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "select", "textarea",
    "canvas", "audio", "video", "map", "math", "dialog", "datalist",
];

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
    "label",
    "nobr",
    "acronym",
    "img",
    "picture",
    "source",
    "gu-island",
    "amp-img",
];

/// Collects the visible words, a block a line.
fn drafts(dom: &Dom) -> Vec<Draft> {
    enum Step {
        Enter(usize),
        Leave(usize),
    }
    let mut drafts = Vec::new();
    let (mut words, mut linked, mut links) = (String::new(), 0usize, 0usize);
    // The block that each line belongs to.
    let mut open: Vec<usize> = vec![0];
    let mut stack = vec![Step::Enter(0)];
    let flush = |words: &mut String, linked: &mut usize, element: usize, drafts: &mut Vec<Draft>| {
        let tidy = words.split_whitespace().collect::<Vec<_>>().join(" ");
        words.clear();
        let letters = tidy.chars().filter(|c| c.is_alphanumeric()).count();
        let share = if letters == 0 { 0.0 } else { *linked as f32 / letters as f32 };
        *linked = 0;
        if !tidy.is_empty() {
            drafts.push(Draft { words: tidy, element, linked: share.min(1.0) });
        }
    };
    while let Some(step) = stack.pop() {
        match step {
            Step::Enter(at) => {
                let Some(node) = dom.nodes.get(at) else { continue };
                match &node.content {
                    Content::Text(text) => {
                        words.push_str(text);
                        if links > 0 {
                            linked += text.chars().filter(|c| c.is_alphanumeric()).count();
                        }
                        continue;
                    }
                    Content::Element { name, .. } => {
                        let name = &*name.local;
                        if UNSEEN.contains(&name) || is_hidden(dom, at) {
                            continue;
                        }
                        if name == "a" {
                            links += 1;
                        }
                        if name == "br" || !INLINE.contains(&name) {
                            flush(&mut words, &mut linked, *open.last().unwrap_or(&0), &mut drafts);
                        }
                        if !INLINE.contains(&name) && name != "br" {
                            open.push(at);
                        }
                    }
                    Content::Other => {}
                }
                stack.push(Step::Leave(at));
                stack.extend(node.children.iter().rev().map(|child| Step::Enter(*child)));
            }
            Step::Leave(at) => {
                let name = dom.name(at);
                if name == "a" {
                    links = links.saturating_sub(1);
                }
                if !name.is_empty() && !INLINE.contains(&name) && name != "br" {
                    flush(&mut words, &mut linked, at, &mut drafts);
                    open.pop();
                }
            }
        }
    }
    flush(&mut words, &mut linked, 0, &mut drafts);
    drafts
}

fn is_hidden(dom: &Dom, node: usize) -> bool {
    dom.attribute(node, "hidden").is_some_and(|value| value != "until-found")
        || dom.attribute(node, "style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// The element that holds the article: the one whose own paragraphs say most.
fn article(dom: &Dom, drafts: &[Draft], plan: &Plan) -> Option<usize> {
    let mut scores = vec![0.0f32; dom.nodes.len()];
    for draft in drafts {
        if !draft.is_prose() || plan.is_apart(draft.element) {
            continue;
        }
        let words = count(&draft.words);
        let mut weight = 1.0;
        let mut at = Some(draft.element);
        let is_container =
            matches!(dom.name(draft.element), "div" | "section" | "article" | "td" | "main" | "body");
        if !is_container {
            at = dom.parent(draft.element);
        }
        // A paragraph speaks for the element that holds it, and ever less for those around.
        for _ in 0..5 {
            let Some(node) = at else { break };
            if let Some(score) = scores.get_mut(node) {
                *score += words.min(80) as f32 * weight;
            }
            weight *= 0.8;
            at = dom.parent(node);
        }
    }
    let bonus = |node: usize| {
        let names = names_of(dom, node);
        let body = dom.attribute(node, "itemprop") == Some("articleBody")
            || [
                "article-body",
                "articlebody",
                "article__body",
                "story-body",
                "entry-content",
                "post-content",
                "article-content",
                "article_body",
                "articletext",
                "article-text",
                "storytext",
            ]
            .iter()
            .any(|cue| names.contains(cue));
        if body {
            1.25
        } else if dom.name(node) == "article" {
            1.15
        } else if dom.name(node) == "body" {
            0.7
        } else {
            1.0
        }
    };
    (0..scores.len())
        .filter(|node| scores.get(*node).is_some_and(|score| *score > 0.0))
        .map(|node| (node, scores.get(node).copied().unwrap_or_default() * bonus(node)))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map(|(node, _)| node)
}

/// Class, id and role of an element, in lower case.
fn names_of(dom: &Dom, node: usize) -> String {
    let mut names = String::new();
    for key in ["class", "id", "role", "data-testid", "data-component", "aria-label", "data-module"] {
        if let Some(value) = dom.attribute(node, key) {
            names.push(' ');
            names.push_str(&value.to_ascii_lowercase());
        }
    }
    names.push(' ');
    names
}

/// Words in class names that mark what is not the article.
const APART: &[&str] = &[
    "share",
    "social",
    "related",
    "newsletter",
    "promo",
    "comment",
    "menu",
    "sidebar",
    "side-bar",
    "footer",
    "navbar",
    "navigation",
    "breadcrumb",
    "cookie",
    "consent",
    "paywall",
    "subscri",
    "advert",
    "ad-slot",
    "adslot",
    "-ads",
    "ads-",
    "teaser",
    "recommend",
    "tags",
    "taglist",
    "tag-list",
    "most-read",
    "mostread",
    "popular",
    "trending",
    "toolbar",
    "signup",
    "sign-up",
    "login",
    "modal",
    "popup",
    "banner",
    "skip-",
    "widget",
    "read-more",
    "readmore",
    "read-also",
    "more-on",
    "see-also",
    "outbrain",
    "taboola",
    "author-bio",
    "authorbio",
    "about-author",
    "author-box",
    "author-card",
    "byline",
    "copyright",
    "disclaimer",
    "sponsor",
    "pagination",
    "pager",
    "carousel",
    "gallery",
    "slideshow",
    "live-feed",
    "screen-reader",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
    "print-only",
    "donat",
    "membership",
    "upsell",
    "player",
    "lire-aussi",
    "topics",
    "topic-list",
    "feedback",
    "rating",
    "poll",
    "infobox-ad",
    "inline-cta",
    "cta-",
    "nicht-drucken",
    "noprint",
    "no-print",
    "email-signup",
    "follow",
    "metadata",
    "article-meta",
    "post-meta",
    "entry-meta",
    "dateline-",
    "timestamp",
    "publish-date",
    "m-fact",
    "contentinfo",
    "complementary",
    "onward",
    "also-read",
    "alsoread",
    "en-relacion",
    "noticias-relacionadas",
    "empfehlung",
    "mehr-zum",
];

/// What the page's layout says of its elements.
struct Plan {
    /// Words of prose below each element.
    mass: Vec<usize>,
    /// Whether the element, or one around it, is there for something else than the article.
    apart: Vec<bool>,
    /// Whether the names of elements are believed.
    by_name: bool,
}

impl Plan {
    fn new(dom: &Dom, drafts: &[Draft], by_name: bool) -> Self {
        let mut mass = vec![0; dom.nodes.len()];
        for draft in drafts.iter().filter(|draft| draft.is_prose()) {
            let words = count(&draft.words);
            let mut at = Some(draft.element);
            for _ in 0..200 {
                let Some(node) = at else { break };
                if let Some(sum) = mass.get_mut(node) {
                    *sum += words;
                }
                at = dom.parent(node);
            }
        }
        let mut plan = Self { mass, apart: vec![false; dom.nodes.len()], by_name };
        let mut stack = vec![(0, false, false)];
        while let Some((at, around, in_article)) = stack.pop() {
            let apart = around || plan.is_other(dom, at, in_article);
            if let Some(flag) = plan.apart.get_mut(at) {
                *flag = apart;
            }
            let in_article = in_article || matches!(dom.name(at), "article" | "main");
            let children = dom.nodes.get(at).map(|node| node.children.as_slice()).unwrap_or_default();
            stack.extend(children.iter().map(|child| (*child, apart, in_article)));
        }
        plan
    }

    /// Whether an element by itself says that it is not the article.
    fn is_other(&self, dom: &Dom, node: usize, in_article: bool) -> bool {
        let name = dom.name(node);
        if matches!(name, "" | "body" | "html" | "main" | "article" | "p") {
            return false;
        }
        // What bears a good part of the page's words is the article, whatever its name.
        let mass = self.mass.get(node).copied().unwrap_or(0);
        let all = self.mass.first().copied().unwrap_or(0);
        let bears = mass >= 60 && mass * 3 > all;
        if matches!(name, "nav" | "footer" | "aside" | "button" | "form" | "fieldset" | "menu")
            || name == "header" && !in_article
        {
            return !bears;
        }
        if !self.by_name {
            return false;
        }
        let names = names_of(dom, node);
        APART.iter().any(|cue| names.contains(cue)) && !bears
    }

    /// How much of the page's prose lies below an element and not apart.
    fn share(&self, node: usize) -> f32 {
        let mass = self.mass.get(node).copied().unwrap_or(0);
        let all = self.mass.first().copied().unwrap_or(0).max(1);
        mass as f32 / all as f32
    }

    fn is_apart(&self, node: usize) -> bool {
        self.apart.get(node).copied().unwrap_or(false)
    }
}

/// Whether an element is a further part of the article: one of the same name, depth and class, where the class
/// says that it holds text.
fn is_twin(dom: &Dom, node: usize, article: usize) -> bool {
    let depth = |node: usize| std::iter::successors(dom.parent(node), |at| dom.parent(*at)).count();
    let class = dom.attribute(article, "class").unwrap_or_default();
    matches!(dom.name(article), "div" | "section")
        && ["content", "body", "text", "section", "chunk"].iter().any(|cue| class.contains(cue))
        && dom.name(node) == dom.name(article)
        && dom.attribute(node, "class") == Some(class)
        && depth(node) == depth(article)
}

fn layout(dom: &Dom, draft: &Draft, plan: &Plan, article: Option<usize>) -> Layout {
    let level = |name: &str| match name {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" | "h5" | "h6" => Some(4),
        _ => None,
    };
    let mut heading = None;
    let mut caption = false;
    let mut within = false;
    let mut at = Some(draft.element);
    let mut depth = 0;
    while let Some(node) = at {
        let name = dom.name(node);
        heading = heading.or_else(|| level(name));
        let names = if depth < 5 { names_of(dom, node) } else { String::new() };
        caption |= name == "figcaption"
            || depth < 4
                && (names.contains("caption")
                    || names.contains("photo-credit")
                    || names.contains("image-credit"))
            || name == "figure";
        within |= article.is_some_and(|article| node == article || is_twin(dom, node, article));
        depth += 1;
        at = dom.parent(node);
    }
    if heading == Some(1) {
        return Layout::Heading(1);
    }
    if caption {
        return if within || depth > 0 { Layout::Caption } else { Layout::Apart };
    }
    if !within || plan.is_apart(draft.element) {
        return Layout::Apart;
    }
    heading.map_or(Layout::Article, Layout::Heading)
}
