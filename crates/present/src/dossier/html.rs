use std::fmt::{self, Write};

use chancery_core::{QuotationForm, Status};
use chancery_record::{DocumentHead, RecordedEvent, RecordedPosition, RecordedStatement};

use super::happening::{DossierHappening, in_words};
use super::markdown::{
    document_particulars, earlier_in_words, identity, names, others, parties, quotation_marks, title,
};
use super::quote::{Mark, marked, without_edges};
use super::{Dossier, Side};
use crate::wording::{act, series};

const STYLE: &str = include_str!("page.css");

impl Dossier {
    /// The dossier as one page that needs nothing else.
    pub fn html(&self) -> String {
        let mut out = String::new();
        let written = self.write_html(&mut out);
        debug_assert!(written.is_ok(), "writing to memory does not fail");
        out
    }

    fn write_html(&self, out: &mut String) -> fmt::Result {
        let title = escape(&self.title());
        write!(
            out,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title} – dossier</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <header>\n<p class=\"eyebrow\">Dossier</p>\n<h1>{title}</h1>\n<p class=\"lede\">{}</p>\n",
            code(&escape(&self.summary()))
        )?;
        out.write_str("<nav aria-label=\"Contents\">")?;
        for (anchor, name) in [
            ("who", "Who they are"),
            ("timeline", "Timeline"),
            ("deliveries", "Deliveries"),
            ("agreements", "Agreements"),
            ("meetings", "Meetings"),
            ("statements", "Statements"),
            ("positions", "Positions"),
            ("apart", "Not asserted"),
            ("third", "Third parties"),
            ("documents", "Documents"),
        ] {
            write!(out, "<a href=\"#{anchor}\">{name}</a>")?;
        }
        out.write_str(
            "</nav>\n</header>\n<section id=\"who\">\n<h2>Who they are</h2>\n<div class=\"sides\">\n",
        )?;
        for side in &self.sides {
            self.side_html(out, side)?;
        }
        out.write_str("</div>\n</section>\n<section id=\"timeline\">\n<h2>Timeline</h2>\n")?;
        self.timeline_html(out)?;
        out.write_str("</section>\n")?;
        for (section, anchor) in self.indices().iter().zip(["deliveries", "agreements", "meetings"]) {
            write!(out, "<section id=\"{anchor}\">\n<h2>{}</h2>\n", section.title)?;
            if section.entries.is_empty() {
                empty(out, section.when_empty)?;
            } else {
                out.write_str("<ul class=\"entries\">\n")?;
                for (number, happening) in &section.entries {
                    writeln!(out, "<li><a href=\"#h{number}\">{}</a></li>", escape(&index_line(happening)))?;
                }
                out.write_str("</ul>\n")?;
            }
            out.write_str("</section>\n")?;
        }
        self.statements_html(out)?;
        self.positions_html(out)?;
        self.rest_html(out)?;
        self.documents_html(out)?;
        out.write_str(
            "<footer><p>Highlighted words carry the entry; underlined words name who takes part. A report is what \
             one text says; that several reports speak of one happening is a judgement, which \
             <span class=\"code\">chancery explain EVENT</span> explains.</p></footer>\n</main>\n</body>\n</html>\n",
        )
    }

    fn side_html(&self, out: &mut String, side: &Side) -> fmt::Result {
        write!(
            out,
            "<div>\n<h3>{}</h3>\n<p class=\"kind\">{}</p>\n",
            escape(&side.actor.name),
            escape(&identity(side))
        )?;
        if side.persons.is_empty() {
            empty(out, "The documents name no person of this side.")?;
        } else {
            out.write_str("<ul>\n")?;
            for person in &side.persons {
                let line = escape(&self.person(person));
                let name = escape(&person.actor.name);
                let rest = line.strip_prefix(&name).unwrap_or(&line);
                writeln!(out, "<li><b>{name}</b>{}</li>", self.document_links(rest))?;
            }
            out.write_str("</ul>\n")?;
        }
        if !side.others.is_empty() {
            writeln!(out, "<p class=\"kind\">Also named: {}.</p>", escape(&series(&others(side))))?;
        }
        out.write_str("</div>\n")
    }

    fn timeline_html(&self, out: &mut String) -> fmt::Result {
        if self.timeline.is_empty() {
            return empty(
                out,
                "No document of the record tells of anything that took place between the two.",
            );
        }
        out.write_str("<p class=\"legend\">")?;
        for status in [Status::Asserted, Status::Requested, Status::Planned, Status::Denied, Status::Alleged]
        {
            write!(out, "<span>{} {status}</span>", sign(status))?;
        }
        out.write_str("</p>\n")?;
        let mut year = None;
        let mut open = false;
        for (index, happening) in self.timeline.iter().enumerate() {
            let of =
                happening.range().and_then(|range| range.from.or(range.to)).map(chancery_core::Date::year);
            if !open || of != year {
                if open {
                    out.write_str("</ol>\n")?;
                }
                let name = of.map_or("Undated".to_owned(), |year| year.to_string());
                write!(out, "<p class=\"year\">{name}</p>\n<ol class=\"timeline\">\n")?;
                open = true;
                year = of;
            }
            self.happening_html(out, index + 1, happening)?;
        }
        out.write_str("</ol>\n")
    }

    fn happening_html(&self, out: &mut String, number: usize, happening: &DossierHappening) -> fmt::Result {
        let lead = happening.lead();
        let when = happening.range().map_or("undated".to_owned(), in_words);
        let particulars = escape(&self.particulars(happening));
        let particulars = match particulars.split_once(". Reports differ") {
            Some((before, after)) => {
                format!("{before}. <span class=\"differ\">Reports differ{after}</span>")
            }
            None => particulars,
        };
        write!(
            out,
            "<li class=\"happening\" id=\"h{number}\">\n<div class=\"date\">{}</div>\n\
             <div class=\"rail\" title=\"{status}\" aria-hidden=\"true\">{}</div>\n\
             <div>\n<h3>{} <span class=\"act\">{}</span></h3>\n<p class=\"particulars\">{}</p>\n",
            escape(&when),
            sign(lead.event.status),
            escape(&parties(happening)),
            escape(&act(&lead.event)),
            self.document_links(&particulars),
            status = lead.event.status,
        )?;
        for report in &happening.reports {
            self.report_html(out, report)?;
        }
        out.write_str("</div>\n</li>\n")
    }

    fn report_html(&self, out: &mut String, report: &RecordedEvent) -> fmt::Result {
        write!(out, "<blockquote{}>", self.language_attributes(report.document))?;
        out.write_str(if self.starts_inside(report) { "… " } else { "" })?;
        for (words, mark) in marked(report) {
            let words = escape(words);
            match mark {
                Mark::Plain => out.write_str(&words)?,
                Mark::Predicate => write!(out, "<mark>{words}</mark>")?,
                Mark::Participant => write!(out, "<b>{words}</b>")?,
            }
        }
        let event = &report.event;
        let date = event.date.as_ref().map(|date| format!("; dated by {}", date.how)).unwrap_or_default();
        writeln!(
            out,
            "<cite lang=\"en\" dir=\"ltr\">{}, event <span class=\"code\">{}</span>{}</cite></blockquote>",
            self.source_link(report.document, event.sentence, event.evidence),
            escape(&event.id),
            code(&escape(&date))
        )
    }

    fn statements_html(&self, out: &mut String) -> fmt::Result {
        out.write_str("<section id=\"statements\">\n<h2>Statements</h2>\n")?;
        if self.statements.is_empty() {
            empty(out, "The documents give no words of either to or about the other.")?;
        } else {
            out.write_str("<ul class=\"entries\">\n")?;
            for said in &self.statements {
                self.statement_html(out, said)?;
            }
            out.write_str("</ul>\n")?;
        }
        out.write_str("</section>\n")
    }

    fn statement_html(&self, out: &mut String, said: &RecordedStatement) -> fmt::Result {
        let statement = &said.statement;
        let speaker =
            if statement.speaker.is_empty() { said.speaker_words.clone() } else { names(&statement.speaker) };
        let to = if statement.addressee.is_empty() {
            String::new()
        } else {
            format!(" to {}", names(&statement.addressee))
        };
        let (open, close) = quotation_marks(statement.form);
        writeln!(
            out,
            "<li><h3>{} <span class=\"act\">{}{}</span></h3><blockquote{}>{open}{}{close}<cite lang=\"en\" dir=\"ltr\">{}, {}</cite></blockquote></li>",
            escape(&speaker),
            statement.stance,
            escape(&to),
            self.language_attributes(said.document),
            escape(&without_edges(&said.content)),
            self.source_link(said.document, statement.sentence, statement.content),
            match statement.form {
                QuotationForm::Direct => "word for word",
                QuotationForm::Indirect => "in the report's words",
                QuotationForm::Mixed => "partly word for word",
            },
        )
    }

    fn positions_html(&self, out: &mut String) -> fmt::Result {
        out.write_str("<section id=\"positions\">\n<h2>Positions and changes</h2>\n")?;
        if self.positions.is_empty() {
            empty(out, "No document tells of a change of position.")?;
        } else {
            out.write_str("<ul class=\"entries\">\n")?;
            for position in &self.positions {
                self.position_html(out, position)?;
            }
            out.write_str("</ul>\n")?;
        }
        out.write_str("</section>\n")
    }

    fn position_html(&self, out: &mut String, position: &RecordedPosition) -> fmt::Result {
        let change = &position.change;
        writeln!(
            out,
            "<li><h3>{} <span class=\"act\">{}</span></h3><p>{}{}</p><blockquote{}>{}<cite lang=\"en\" dir=\"ltr\">{}</cite></blockquote></li>",
            escape(&names(&change.actor)),
            escape(&change.topic),
            escape(&earlier_in_words("First", &without_edges(&change.before))),
            escape(&without_edges(&change.after)),
            self.language_attributes(position.document),
            escape(&position.evidence),
            self.link(position.document),
        )
    }

    /// What is not asserted, and what either does with others.
    fn rest_html(&self, out: &mut String) -> fmt::Result {
        out.write_str("<section id=\"apart\">\n<h2>Only alleged, denied, planned or possible</h2>\n")?;
        let mut number = self.timeline.len();
        if self.apart.is_empty() {
            empty(out, "Nothing between the two is told without being asserted by some report.")?;
        } else {
            out.write_str("<ol class=\"timeline\">\n")?;
            for happening in &self.apart {
                number += 1;
                self.happening_html(out, number, happening)?;
            }
            out.write_str("</ol>\n")?;
        }
        out.write_str("</section>\n<section id=\"third\">\n<h2>Third parties</h2>\n")?;
        if self.third_parties.is_empty() {
            empty(out, "No document tells of acts of either with others.")?;
        }
        for (name, happenings) in &self.third_parties {
            write!(out, "<p class=\"year\">{}</p>\n<ol class=\"timeline\">\n", escape(name))?;
            for happening in happenings {
                number += 1;
                self.happening_html(out, number, happening)?;
            }
            out.write_str("</ol>\n")?;
        }
        out.write_str("</section>\n")
    }

    fn documents_html(&self, out: &mut String) -> fmt::Result {
        out.write_str("<section id=\"documents\">\n<h2>Documents</h2>\n")?;
        if self.documents.is_empty() {
            empty(out, "No document of the record gives anything on the two.")?;
        } else {
            out.write_str("<ul class=\"entries documents\">\n")?;
            for (index, head) in self.documents.iter().enumerate() {
                self.document_html(out, index + 1, head)?;
            }
            out.write_str("</ul>\n")?;
        }
        out.write_str("</section>\n")
    }

    fn document_html(&self, out: &mut String, number: usize, head: &DocumentHead) -> fmt::Result {
        let title = escape(&title(head));
        let url = head
            .metadata
            .url
            .as_deref()
            .filter(|url| url.starts_with("http://") || url.starts_with("https://"));
        let title = match url {
            Some(url) => format!("<a href=\"{}\" rel=\"noreferrer\">{title}</a>", escape(url)),
            None => title,
        };
        writeln!(
            out,
            "<li id=\"d{number}\"><span class=\"number\">D{number}</span><div><span{}>{title}</span>\
             <p class=\"particulars\">{}. <span class=\"code\">{}</span></p>",
            self.language_attributes(head.id),
            escape(&document_particulars(head)),
            escape(&head.name),
        )?;
        self.source_html(out, number, head.id)?;
        out.write_str("</div></li>\n")
    }

    fn link(&self, document: i64) -> String {
        let number = self.number_of(document);
        format!("<a href=\"#d{number}\">D{number}</a>")
    }

    pub(crate) fn language_attributes(&self, document: i64) -> String {
        match self.language_of(document) {
            "" => " dir=\"auto\"".to_owned(),
            language => format!(" lang=\"{}\" dir=\"auto\"", escape(language)),
        }
    }

    /// Turns the marks of documents (`D2`) in a line that is escaped already into links.
    fn document_links(&self, line: &str) -> String {
        let mut linked = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(at) = rest.find('D') {
            let (before, from) = rest.split_at(at);
            linked.push_str(before);
            let digits = from.bytes().skip(1).take_while(u8::is_ascii_digit).count();
            let (mark, after) = from.split_at(1 + digits);
            let number = mark.get(1..).and_then(|digits| digits.parse::<usize>().ok());
            let starts_word = before.chars().next_back().is_none_or(|letter| !letter.is_alphanumeric());
            match number {
                Some(number) if starts_word && (1..=self.documents.len()).contains(&number) => {
                    linked.push_str("<a href=\"#d");
                    linked.push_str(&number.to_string());
                    linked.push_str("\">");
                    linked.push_str(mark);
                    linked.push_str("</a>");
                }
                _ => linked.push_str(mark),
            }
            rest = after;
        }
        linked.push_str(rest);
        linked
    }
}

fn index_line(happening: &DossierHappening) -> String {
    let when = happening.range().map_or("undated".to_owned(), in_words);
    format!("{when}: {}, {}", act(&happening.lead().event), parties(happening))
}

/// The sign of a status on the timeline; its shape, not its colour, tells it.
fn sign(status: Status) -> &'static str {
    match status {
        Status::Asserted => "●",
        Status::Requested => "◇",
        Status::Planned | Status::Conditional => "○",
        Status::Denied | Status::Negated => "⊘",
        Status::Alleged | Status::Possible => "◐",
    }
}

fn empty(out: &mut String, words: &str) -> fmt::Result {
    writeln!(out, "<p class=\"empty\">{words}</p>")
}

/// Turns the back-ticked parts of a line into code.
fn code(line: &str) -> String {
    let mut marked = String::new();
    for (index, part) in line.split('`').enumerate() {
        if index % 2 == 1 {
            marked.push_str("<span class=\"code\">");
            marked.push_str(part);
            marked.push_str("</span>");
        } else {
            marked.push_str(part);
        }
    }
    marked
}

pub(crate) fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
