use std::fmt::{self, Write};

use chancery_core::{Participant, QuotationForm};
use chancery_record::{DocumentHead, RecordedActor, RecordedEvent};

use super::happening::{DossierHappening, day_in_words, in_words};
use super::quote::{Mark, marked, without_edges};
use super::{Dossier, Side};
use crate::wording::{act, language, series};

impl Dossier {
    /// The dossier as Markdown.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        let written = self.write_markdown(&mut out);
        debug_assert!(written.is_ok(), "writing to memory does not fail");
        out
    }

    fn write_markdown(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "# {}\n", escape(&self.title()))?;
        writeln!(out, "{}\n", self.summary())?;
        writeln!(out, "## Who they are\n")?;
        for side in &self.sides {
            self.side(out, side)?;
        }
        writeln!(out, "## Timeline\n")?;
        if self.timeline.is_empty() {
            writeln!(out, "No document of the record tells of anything that took place between the two.\n")?;
        }
        let mut year = None;
        for (number, happening) in self.numbered().into_iter().take(self.timeline.len()) {
            let of =
                happening.range().and_then(|range| range.from.or(range.to)).map(chancery_core::Date::year);
            if of != year {
                writeln!(out, "### {}\n", of.map_or("Undated".to_owned(), |year| year.to_string()))?;
                year = of;
            }
            self.happening(out, number, happening)?;
        }
        for section in self.indices() {
            writeln!(out, "## {}\n", section.title)?;
            if section.entries.is_empty() {
                writeln!(out, "{}\n", section.when_empty)?;
                continue;
            }
            for (number, happening) in &section.entries {
                writeln!(out, "- {} (no. {number})", headline(happening))?;
            }
            writeln!(out)?;
        }
        self.statements_markdown(out)?;
        self.positions_markdown(out)?;
        writeln!(out, "## Only alleged, denied, planned or possible\n")?;
        if self.apart.is_empty() {
            writeln!(out, "Nothing between the two is told without being asserted by some report.\n")?;
        }
        let (before, apart) = (self.timeline.len(), self.apart.len());
        for (number, happening) in self.numbered().into_iter().skip(before).take(apart) {
            self.happening(out, number, happening)?;
        }
        writeln!(out, "## Third parties\n")?;
        if self.third_parties.is_empty() {
            writeln!(out, "No document tells of acts of either with others.\n")?;
        }
        let mut number = before + apart;
        for (name, happenings) in &self.third_parties {
            writeln!(out, "### {}\n", escape(name))?;
            for happening in happenings {
                number += 1;
                self.happening(out, number, happening)?;
            }
        }
        self.documents_markdown(out)
    }

    fn side(&self, out: &mut String, side: &Side) -> fmt::Result {
        writeln!(out, "### {}\n", escape(&side.actor.name))?;
        writeln!(out, "{}\n", escape(&identity(side)))?;
        if side.persons.is_empty() {
            writeln!(out, "The documents name no person of this side.\n")?;
        } else {
            for person in &side.persons {
                writeln!(out, "- {}", escape(&self.person(person)))?;
            }
            writeln!(out)?;
        }
        if !side.others.is_empty() {
            writeln!(out, "Also named: {}.\n", escape(&series(&others(side))))?;
        }
        Ok(())
    }

    fn happening(&self, out: &mut String, number: usize, happening: &DossierHappening) -> fmt::Result {
        writeln!(out, "**{}.** {}  ", number, headline(happening))?;
        writeln!(out, "{}\n", escape(&self.particulars(happening)))?;
        for report in &happening.reports {
            write!(out, "> {}", if self.starts_inside(report) { "… " } else { "" })?;
            for (words, mark) in marked(report) {
                let words = escape(&words.split_whitespace().collect::<Vec<_>>().join(" ").pad_like(words));
                match mark {
                    Mark::Plain => write!(out, "{words}")?,
                    Mark::Predicate => write!(out, "**{words}**")?,
                    Mark::Participant => write!(out, "*{words}*")?,
                }
            }
            writeln!(out, "  \n> — {}\n", self.provenance(report))?;
        }
        Ok(())
    }

    fn statements_markdown(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "## Statements\n")?;
        if self.statements.is_empty() {
            writeln!(out, "The documents give no words of either to or about the other.\n")?;
        }
        for said in &self.statements {
            let statement = &said.statement;
            let speaker = if statement.speaker.is_empty() {
                said.speaker_words.clone()
            } else {
                names(&statement.speaker)
            };
            let to = if statement.addressee.is_empty() {
                String::new()
            } else {
                format!(", to {}", names(&statement.addressee))
            };
            let words = without_edges(&said.content).split_whitespace().collect::<Vec<_>>().join(" ");
            let (open, close) = quotation_marks(statement.form);
            writeln!(
                out,
                "- **{}**{} {}: {open}{}{close}  \n  — D{}{}, sentence {}",
                escape(&speaker),
                escape(&to),
                statement.stance,
                escape(&words),
                self.number_of(said.document),
                self.published_in_words(said.document),
                statement.sentence + 1
            )?;
        }
        if !self.statements.is_empty() {
            writeln!(out)?;
        }
        Ok(())
    }

    fn positions_markdown(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "## Positions and changes\n")?;
        if self.positions.is_empty() {
            writeln!(out, "No document tells of a change of position.\n")?;
        }
        for position in &self.positions {
            let change = &position.change;
            writeln!(
                out,
                "- **{}**, on {}: {}{}  \n  > {}  \n  > — D{}{}",
                escape(&names(&change.actor)),
                escape(&change.topic),
                escape(&earlier_in_words("first", &without_edges(&change.before))),
                escape(&without_edges(&change.after)),
                escape(&position.evidence.split_whitespace().collect::<Vec<_>>().join(" ")),
                self.number_of(position.document),
                self.published_in_words(position.document)
            )?;
        }
        if !self.positions.is_empty() {
            writeln!(out)?;
        }
        Ok(())
    }

    fn documents_markdown(&self, out: &mut String) -> fmt::Result {
        writeln!(out, "## Documents\n")?;
        if self.documents.is_empty() {
            writeln!(out, "No document of the record gives anything on the two.")?;
        }
        for (index, head) in self.documents.iter().enumerate() {
            let title = title(head);
            writeln!(
                out,
                "- **D{}** {}. {}. `{}`",
                index + 1,
                escape(title.trim_end_matches('.')),
                escape(&document_particulars(head)),
                head.name.replace('`', "'")
            )?;
        }
        Ok(())
    }

    /// What the page rests on, in a sentence.
    pub(crate) fn summary(&self) -> String {
        if self.record_is_empty {
            return "The record is empty: `chancery read PATH` reads reports into it.".to_owned();
        }
        if self.documents.is_empty() {
            return "No document of the record gives anything on the two.".to_owned();
        }
        let mut languages: Vec<String> = self
            .documents
            .iter()
            .filter_map(|head| head.metadata.language.as_deref())
            .map(|l| language(l).to_owned())
            .collect();
        languages.sort();
        languages.dedup();
        let languages =
            if languages.is_empty() { String::new() } else { format!(" in {}", series(&languages)) };
        format!(
            "What {} document{}{languages} {}. Below each entry stand the words it rests on, with the document \
             (D1, D2 …) and the sentence they come from.",
            self.documents.len(),
            if self.documents.len() == 1 { "" } else { "s" },
            if self.documents.len() == 1 { "says" } else { "say" }
        )
    }

    /// A person with the offices held, each with the day and the documents that it is known for.
    pub(crate) fn person(&self, person: &RecordedActor) -> String {
        let mut roles: Vec<(&str, Vec<String>)> = Vec::new();
        for office in &person.offices {
            let day = office.day.map(day_in_words);
            let place = format!("D{}", self.number_of(office.document));
            let when = day.map_or_else(|| place.clone(), |day| format!("{day}, {place}"));
            match roles.iter_mut().find(|(role, _)| *role == office.role) {
                Some((_, days)) => days.push(when),
                None => roles.push((&office.role, vec![when])),
            }
        }
        // Somebody known by the office alone is called by it, once.
        let nameless =
            matches!(roles.as_slice(), [(role, _)] if role.eq_ignore_ascii_case(&person.actor.name));
        let mut text = person.actor.name.clone();
        if let ([(_, days)], true) = (roles.as_slice(), nameless) {
            text.push_str(" (");
            text.push_str(&days.join("; "));
            text.push(')');
        }
        let roles: Vec<String> =
            roles.iter().map(|(role, days)| format!("{role} ({})", days.join("; "))).collect();
        if !nameless && !roles.is_empty() {
            text.push_str(": ");
            text.push_str(&roles.join("; then "));
        }
        match self.statements_of(&person.actor.id) {
            0 => {}
            1 => text.push_str(". One statement below"),
            more => {
                text.push_str(". ");
                text.push_str(&more.to_string());
                text.push_str(" statements below");
            }
        }
        text
    }

    /// Status, who says so, place and spread of a happening, in a line.
    pub(crate) fn particulars(&self, happening: &DossierHappening) -> String {
        let event = &happening.lead().event;
        let mut text = match event.attribution.as_str() {
            "article" => format!("{}, in the report's own words", event.status),
            who => format!("{}, according to {who}", event.status),
        };
        if event.background {
            text.push_str(", told as background");
        }
        if let Some(place) = &event.place {
            text.push_str(". Place: ");
            text.push_str(&place.name);
        }
        let quantities = quantities(happening.lead());
        if !quantities.is_empty() {
            text.push_str(". Quantity: ");
            text.push_str(&series(&quantities));
        }
        let documents = happening.documents();
        if happening.reports.len() > 1 {
            let mut languages: Vec<String> = documents
                .iter()
                .map(|&document| language(self.language_of(document)).to_owned())
                .filter(|language| !language.is_empty())
                .collect();
            languages.sort();
            languages.dedup();
            let plural = if documents.len() == 1 { "" } else { "s" };
            let spread =
                format!(". {} reports in {} document{plural}", happening.reports.len(), documents.len());
            text.push_str(&spread);
            if languages.len() > 1 {
                text.push_str(" (");
                text.push_str(&series(&languages));
                text.push(')');
            }
        }
        for (what, values) in happening.disagreements() {
            let values: Vec<String> = values
                .iter()
                .map(|(value, documents)| {
                    let documents: Vec<_> =
                        documents.iter().map(|&document| format!("D{}", self.number_of(document))).collect();
                    format!("{value} ({})", documents.join(", "))
                })
                .collect();
            text.push_str(". Reports differ on ");
            text.push_str(match what {
                "according to" => "who says so",
                other => other,
            });
            text.push_str(": ");
            text.push_str(&values.join("; "));
        }
        text.push('.');
        text
    }

    /// Where the words of a report stand.
    pub(crate) fn provenance(&self, report: &RecordedEvent) -> String {
        format!(
            "D{}, sentence {}, event `{}`",
            self.number_of(report.document),
            report.event.sentence + 1,
            report.event.id
        )
    }

    /// The day of a document, after a comma; empty where it states none.
    fn published_in_words(&self, document: i64) -> String {
        let head = self.documents.iter().find(|head| head.id == document);
        let day = head.and_then(|head| head.metadata.published);
        day.map_or_else(String::new, |day| format!(", {}", day_in_words(day)))
    }

    /// The sections that point into the timeline by kind of act.
    pub(crate) fn indices(&self) -> [Index<'_>; 3] {
        use chancery_core::EventType::{Agree, Aid, Consult, Cooperate};
        [
            Index {
                title: "Deliveries and cooperation",
                entries: self.of_types(&[Aid, Cooperate]),
                when_empty: "No delivery, aid or working cooperation between the two is asserted.",
            },
            Index {
                title: "Agreements",
                entries: self.of_types(&[Agree]),
                when_empty: "No agreement between the two is asserted.",
            },
            Index {
                title: "Meetings",
                entries: self.of_types(&[Consult]),
                when_empty: "No meeting or talk between the two is asserted.",
            },
        ]
    }
}

/// The title of a document, or else the words that its news begins with.
pub(crate) fn title(head: &DocumentHead) -> String {
    head.metadata.title.clone().unwrap_or_else(|| format!("“{} …”", head.first_words.trim_end_matches('.')))
}

/// The quantities of an event, but those that only count its parties: `the two leaders`, by whatever words they are
/// named where everybody does the same.
fn quantities(report: &RecordedEvent) -> Vec<String> {
    let event = &report.event;
    let parties: Vec<_> =
        event.source.iter().chain(&event.recipient).filter_map(|party| party.span).collect();
    let counts_parties = |span: chancery_core::Span| parties.iter().any(|party| party.overlaps(span));
    let everybody = (event.source.len() + event.recipient.len()).to_string();
    let counts_everybody = |value: f64| event.kind.is_mutual() && value.to_string() == everybody;
    let told = report
        .quantities
        .iter()
        .filter(|quantity| !quantity.span.is_some_and(counts_parties) && !counts_everybody(quantity.value));
    told.map(|quantity| quantity.words.clone()).collect()
}

/// What was held before a change, behind the word for `first`; nothing where the text does not tell it.
pub(crate) fn earlier_in_words(first: &str, before: &str) -> String {
    if before.is_empty() { String::new() } else { format!("{first} {before}, then ") }
}

/// Marks around what is told word for word; none around what is told in other words.
pub(crate) fn quotation_marks(form: QuotationForm) -> (&'static str, &'static str) {
    if form == QuotationForm::Direct { ("“", "”") } else { ("", "") }
}

/// Publisher, date, language and yield of a document, in a line.
pub(crate) fn document_particulars(head: &DocumentHead) -> String {
    let mut parts = Vec::new();
    parts.extend(head.metadata.publisher.clone());
    parts.push(match (head.metadata.published, &head.published_inferred) {
        (Some(day), _) => day_in_words(day),
        (None, Some(date)) => {
            format!("not dated; {} by its own words ({})", in_words(date.range), date.how)
        }
        (None, None) => "not dated".to_owned(),
    });
    parts.extend(head.metadata.language.as_deref().map(|code| language(code).to_owned()));
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    parts.push(format!("{} and {}", count(head.events, "event"), count(head.statements, "statement")));
    parts.join(", ")
}

/// A section that points into the timeline.
pub(crate) struct Index<'a> {
    pub(crate) title: &'static str,
    pub(crate) entries: Vec<(usize, &'a DossierHappening)>,
    pub(crate) when_empty: &'static str,
}

/// What a side is: its kind, and its code where it has one.
pub(crate) fn identity(side: &Side) -> String {
    let actor = &side.actor;
    let country = actor.country.filter(|code| code.as_str() != actor.id);
    let mut text = actor.kind.to_string();
    if let Some(role) = &actor.role {
        text.push_str(", ");
        text.push_str(role);
    }
    if let Some(code) = country {
        text.push_str(", of ");
        text.push_str(code.as_str());
    }
    text.push_str(" (");
    text.push_str(&actor.id);
    text.push(')');
    text
}

pub(crate) fn others(side: &Side) -> Vec<String> {
    side.others.iter().take(12).map(|other| other.actor.name.clone()).collect()
}

/// Date, act and parties of a happening, as Markdown without marks.
pub(crate) fn headline(happening: &DossierHappening) -> String {
    let when = happening.range().map_or("undated".to_owned(), in_words);
    format!("{when}: {}, {}", act(&happening.lead().event), escape(&parties(happening)))
}

/// Who does it to whom.
pub(crate) fn parties(happening: &DossierHappening) -> String {
    let event = &happening.lead().event;
    if event.kind.is_mutual() {
        let all: Vec<Participant> = event.source.iter().chain(&event.recipient).cloned().collect();
        return names(&all);
    }
    let side = |side: &[Participant], open: &str| if side.is_empty() { open.to_owned() } else { names(side) };
    match (event.source.is_empty(), event.recipient.is_empty()) {
        (_, true) => side(&event.source, "somebody unnamed"),
        _ => format!("{} → {}", side(&event.source, "somebody unnamed"), names(&event.recipient)),
    }
}

/// Names, each with its country where it is not that country.
pub(crate) fn names(participants: &[Participant]) -> String {
    let mut names: Vec<String> = Vec::new();
    for participant in participants {
        let name = match participant.country {
            Some(code) if code.as_str() != participant.id => format!("{} ({code})", participant.name),
            _ => participant.name.clone(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    series(&names)
}

/// Keeps the white space around words that were normalised inside.
trait PadLike {
    fn pad_like(self, original: &str) -> String;
}

impl PadLike for String {
    fn pad_like(self, original: &str) -> String {
        if self.is_empty() {
            return if original.is_empty() { self } else { " ".to_owned() };
        }
        let before = if original.starts_with(char::is_whitespace) { " " } else { "" };
        let after = if original.ends_with(char::is_whitespace) { " " } else { "" };
        format!("{before}{self}{after}")
    }
}

/// Keeps words from being read as Markdown.
pub(crate) fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        if matches!(letter, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '#' | '|') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
