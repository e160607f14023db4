use chancery_core::{Date, Participant, Sector, Span, Text};
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::documents::{block_name, identity};
use crate::sighting::clues;
use crate::{Reading, Record, RecordError};

/// What became of a document that was put into the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    New,
    /// It was there before; nothing changed.
    Known,
}

impl Record {
    /// Puts a document with all its reports into the record, in one transaction: all of it or nothing.
    ///
    /// `maker` is the version of the program that read it. A document that is known stays as it was read.
    pub fn put(&mut self, reading: &Reading, maker: &str) -> Result<Put, RecordError> {
        check_spans(reading)?;
        let path = self.path.clone();
        self.write(reading, maker).map_err(|error| RecordError::new(&path, error))
    }

    /// Whether a document is in the record, so that it need not be read again.
    pub fn knows(&self, document: &chancery_core::Document) -> Result<bool, RecordError> {
        let identity = format!("{:032x}", identity(document));
        self.connection
            .prepare_cached("SELECT 1 FROM documents WHERE identity = ?1")
            .and_then(|mut statement| statement.exists([identity]))
            .map_err(|e| self.fail(e))
    }

    fn write(&mut self, reading: &Reading, maker: &str) -> rusqlite::Result<Put> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let Some(id) = put_document(&transaction, reading, maker)? else { return Ok(Put::Known) };
        let writer = Writer { transaction: &transaction, text: &reading.document.text, document: id };
        writer.actors(reading)?;
        writer.places_and_times(reading)?;
        writer.events(reading)?;
        writer.statements(reading)?;
        writer.notices(reading)?;
        transaction.execute("UPDATE state SET settled = 0", [])?;
        transaction.commit()?;
        Ok(Put::New)
    }
}

/// Returns the new document's number, or `None` where the document is known.
fn put_document(
    transaction: &Transaction<'_>,
    reading: &Reading,
    maker: &str,
) -> rusqlite::Result<Option<i64>> {
    let document = &reading.document;
    let identity = format!("{:032x}", identity(document));
    let known: Option<i64> = transaction
        .prepare_cached("SELECT id FROM documents WHERE identity = ?1")?
        .query_row([&identity], |row| row.get(0))
        .optional()?;
    if known.is_some() {
        return Ok(None);
    }
    let metadata = &document.metadata;
    let inferred = reading.mentions.published_inferred.as_ref();
    let reference = reading.mentions.reference.as_ref();
    transaction
        .prepare_cached(
            "INSERT INTO documents (identity, name, title, publisher, authors, url, language, published, \
             published_how, inferred_from, inferred_to, inferred_how, reference_from, reference_to, \
             reference_how, maker, text) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?
        .execute(params![
            identity,
            document.name,
            metadata.title,
            metadata.publisher,
            json(&metadata.authors),
            metadata.url,
            metadata.language,
            iso(metadata.published),
            metadata.published_how,
            iso(inferred.and_then(|date| date.range.from)),
            iso(inferred.and_then(|date| date.range.to)),
            inferred.map(|date| date.how.as_str()),
            iso(reference.and_then(|date| date.range.from)),
            iso(reference.and_then(|date| date.range.to)),
            reference.map(|date| date.how.as_str()),
            maker,
            document.text.as_str(),
        ])?;
    let id = transaction.last_insert_rowid();
    let mut insert = transaction.prepare_cached("INSERT INTO blocks VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (ordinal, block) in document.blocks.iter().enumerate() {
        insert.execute(params![
            id,
            number(ordinal),
            block_name(block.kind),
            number(block.span.start()),
            number(block.span.end())
        ])?;
    }
    Ok(Some(id))
}

/// Writes the parts of one document.
struct Writer<'a> {
    transaction: &'a Transaction<'a>,
    text: &'a Text,
    document: i64,
}

impl Writer<'_> {
    fn actors(&self, reading: &Reading) -> rusqlite::Result<()> {
        let mut shared = self
            .transaction
            .prepare_cached("INSERT OR IGNORE INTO actors VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        let mut own = self
            .transaction
            .prepare_cached("INSERT INTO document_actors VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for (ordinal, actor) in reading.mentions.actors.iter().enumerate() {
            let country = actor.country.map(|code| code.to_string());
            let sector = actor.sector.map(Sector::as_str);
            shared.execute(params![
                actor.id,
                actor.name,
                actor.kind.as_str(),
                country,
                sector,
                actor.wikidata
            ])?;
            own.execute(params![
                self.document,
                number(ordinal),
                actor.id,
                actor.name,
                country,
                sector,
                actor.role
            ])?;
        }
        let mut insert = self
            .transaction
            .prepare_cached("INSERT OR IGNORE INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        for (ordinal, mention) in reading.mentions.mentions.iter().enumerate() {
            let (start, end, words) = self.quote(mention.span);
            let actors = mention.actors.iter().filter_map(|&index| reading.mentions.actors.get(index));
            for actor in actors {
                insert.execute(params![
                    self.document,
                    number(ordinal),
                    actor.id,
                    start,
                    end,
                    words,
                    mention.by.as_str(),
                    mention.sense.as_str(),
                    mention.how
                ])?;
            }
        }
        Ok(())
    }

    fn places_and_times(&self, reading: &Reading) -> rusqlite::Result<()> {
        let mut insert = self
            .transaction
            .prepare_cached("INSERT INTO times VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
        for (ordinal, time) in reading.mentions.times.iter().enumerate() {
            let (start, end, words) = self.quote(time.span);
            insert.execute(params![
                self.document,
                number(ordinal),
                start,
                end,
                words,
                time.kind.as_str(),
                time.value,
                iso(time.range.and_then(|range| range.from)),
                iso(time.range.and_then(|range| range.to)),
                time.how
            ])?;
        }
        let mut insert = self
            .transaction
            .prepare_cached("INSERT INTO places VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
        for (ordinal, place) in reading.mentions.places.iter().enumerate() {
            let (start, end, words) = self.quote(place.span);
            insert.execute(params![
                self.document,
                number(ordinal),
                start,
                end,
                words,
                place.name,
                place.geonameid,
                place.latitude,
                place.longitude,
                place.country.map(|code| code.to_string())
            ])?;
        }
        Ok(())
    }

    fn events(&self, reading: &Reading) -> rusqlite::Result<()> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, \
             ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, NULL, ?33)",
        )?;
        let mut say_insert = self
            .transaction
            .prepare_cached("INSERT INTO says VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        let mut quantity_insert = self
            .transaction
            .prepare_cached("INSERT INTO quantities VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        for (ordinal, (event, clues)) in reading.reports.events.iter().zip(clues(reading)).enumerate() {
            let (start, end, words) = self.quote(event.evidence);
            let (predicate_start, predicate_end, predicate_words) = self.quote(event.predicate);
            let place = event.place.as_ref();
            insert.execute(params![
                self.document,
                number(ordinal),
                event.id,
                event.kind.as_str(),
                json(&event.modes),
                json(&event.contexts),
                event.date.is_some(),
                iso(event.date.as_ref().and_then(|date| date.range.from)),
                iso(event.date.as_ref().and_then(|date| date.range.to)),
                event.date.as_ref().map(|date| date.how.as_str()),
                place.map(|place| place.name.as_str()),
                place.and_then(|place| place.geonameid),
                place.and_then(|place| place.latitude),
                place.and_then(|place| place.longitude),
                place.and_then(|place| place.country).map(|code| code.to_string()),
                event.polarity.as_str(),
                event.certainty.as_str(),
                event.frame.as_str(),
                event.status.as_str(),
                event.attribution,
                event.background,
                start,
                end,
                words,
                predicate_start,
                predicate_end,
                predicate_words,
                number(event.sentence),
                event.rule,
                f64::from(event.confidence),
                json(&event.why),
                json(&clues),
                (!event.own.is_empty()).then(|| json(&event.own)),
            ])?;
            self.participants("participants", number(ordinal), "source", &event.source)?;
            self.participants("participants", number(ordinal), "recipient", &event.recipient)?;
            for (place, say) in event.says.iter().enumerate() {
                let (start, end, words) = self.quote_if(say.span);
                say_insert.execute(params![
                    self.document,
                    number(ordinal),
                    number(place),
                    say.who,
                    say.stance.as_str(),
                    say.cue,
                    start,
                    end,
                    words
                ])?;
            }
            let quantities =
                event.quantities.iter().filter_map(|&index| reading.mentions.quantities.get(index));
            for (place, quantity) in quantities.enumerate() {
                let (start, end, words) = self.quote(quantity.span);
                quantity_insert.execute(params![
                    self.document,
                    number(ordinal),
                    number(place),
                    start,
                    end,
                    words,
                    quantity.value,
                    quantity.unit
                ])?;
            }
        }
        Ok(())
    }

    fn statements(&self, reading: &Reading) -> rusqlite::Result<()> {
        let mut insert = self.transaction.prepare_cached(
            "INSERT INTO statements VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?;
        for (ordinal, statement) in reading.reports.statements.iter().enumerate() {
            let (speaker_start, speaker_end, speaker_words) = self.quote_if(statement.speaker_span);
            let (cue_start, cue_end, cue_words) = self.quote_if(statement.cue);
            let (start, end, words) = self.quote(statement.content);
            insert.execute(params![
                self.document,
                number(ordinal),
                statement.id,
                speaker_start,
                speaker_end,
                speaker_words,
                cue_start,
                cue_end,
                cue_words,
                start,
                end,
                words,
                statement.form.as_str(),
                statement.stance.as_str(),
                number(statement.sentence)
            ])?;
            self.participants("speakers", number(ordinal), "speaker", &statement.speaker)?;
            self.participants("speakers", number(ordinal), "addressee", &statement.addressee)?;
        }
        let mut insert = self
            .transaction
            .prepare_cached("INSERT INTO position_changes VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
        for (ordinal, change) in reading.reports.position_changes.iter().enumerate() {
            let (start, end, words) = self.quote(change.evidence);
            insert.execute(params![
                self.document,
                number(ordinal),
                change.topic,
                change.before,
                change.after,
                start,
                end,
                words
            ])?;
            self.participants("speakers", number(ordinal), "position", &change.actor)?;
        }
        Ok(())
    }

    fn notices(&self, reading: &Reading) -> rusqlite::Result<()> {
        let mut insert =
            self.transaction.prepare_cached("INSERT INTO notices VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
        for (ordinal, notice) in reading.reports.notices.iter().enumerate() {
            let (start, end, _) = self.quote_if(notice.span);
            insert.execute(params![
                self.document,
                number(ordinal),
                notice.code.as_str(),
                start,
                end,
                notice.text
            ])?;
        }
        Ok(())
    }

    /// Both tables of participants have the same columns.
    fn participants(&self, table: &str, of: i64, side: &str, all: &[Participant]) -> rusqlite::Result<()> {
        let mut insert = self.transaction.prepare_cached(&format!(
            "INSERT INTO {table} VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
        ))?;
        for (ordinal, participant) in all.iter().enumerate() {
            let (start, end, words) = self.quote_if(participant.span);
            insert.execute(params![
                self.document,
                of,
                side,
                number(ordinal),
                participant.id,
                participant.name,
                participant.country.map(|code| code.to_string()),
                participant.sector.map(Sector::as_str),
                start,
                end,
                words
            ])?;
        }
        Ok(())
    }

    fn quote(&self, span: Span) -> (i64, i64, &str) {
        (number(span.start()), number(span.end()), self.text.slice(span))
    }

    fn quote_if(&self, span: Option<Span>) -> (Option<i64>, Option<i64>, Option<&str>) {
        let quoted = span.map(|span| self.quote(span));
        (quoted.map(|q| q.0), quoted.map(|q| q.1), quoted.map(|q| q.2))
    }
}

/// Refuses a reading one of whose spans does not lie in its text.
fn check_spans(reading: &Reading) -> Result<(), RecordError> {
    let text = &reading.document.text;
    let lies = |span: Span| text.span(span.start(), span.end()) != Some(span);
    let reports = &reading.reports;
    let mentions = &reading.mentions;
    let events = reports.events.iter().flat_map(|event| {
        let participants = event.source.iter().chain(&event.recipient).filter_map(|p| p.span);
        let says = event.says.iter().filter_map(|say| say.span);
        [event.evidence, event.predicate]
            .into_iter()
            .chain(participants)
            .chain(says)
            .map(|span| ("an event", span))
    });
    let statements = reports.statements.iter().flat_map(|statement| {
        let optional = [Some(statement.content), statement.cue, statement.speaker_span];
        optional.into_iter().flatten().map(|span| ("a statement", span))
    });
    let changes = reports.position_changes.iter().map(|change| ("a change of position", change.evidence));
    let found = mentions.mentions.iter().map(|mention| ("a mention", mention.span));
    let times = mentions.times.iter().map(|time| ("a time", time.span));
    let places = mentions.places.iter().map(|place| ("a place", place.span));
    let quantities = mentions.quantities.iter().map(|quantity| ("a quantity", quantity.span));
    let mut all =
        events.chain(statements).chain(changes).chain(found).chain(times).chain(places).chain(quantities);
    match all.find(|(_, span)| lies(*span)) {
        None => Ok(()),
        Some((value, _)) => Err(RecordError::WordsNotInText {
            document: reading.document.name.clone(),
            value: value.to_owned(),
        }),
    }
}

fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn iso(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
