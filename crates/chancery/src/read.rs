use std::io::Write;
use std::panic::resume_unwind;
use std::path::Path;
use std::process::ExitCode;
use std::thread::ScopedJoinHandle;
use std::time::Duration;

use chancery_core::{Analysis, Document};
use chancery_present::document_json;
use chancery_record::{Account, Judged, Put, Reading, Record, judge};
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments;
use crate::failure::Failure;
use crate::inputs::{self, Inputs};
use crate::output;
use crate::pipeline::{Batch, Pipeline, documents};
use crate::tally::Tally;

/// What the record notes as the maker of what it keeps.
const MAKER: &str = concat!("chancery ", env!("CARGO_PKG_VERSION"));

/// Above so many documents, or bytes of text, `read --json` does not hold them to cluster them.
const HELD_DOCUMENTS: usize = 5_000;
const HELD_BYTES: usize = 200 << 20;

/// Fewer inputs than this need no progress bar.
const HANDFUL: usize = 8;

pub(crate) fn run(call: &arguments::Read, record: &Path) -> Result<ExitCode, Failure> {
    let pipeline = Pipeline::load(call.paths.tier())?.keeping_doubtful(call.doubtful);
    if call.json {
        let mut printer = Printer::new();
        let mut tally = Tally::default();
        read(&inputs::list(&call.paths.paths, None), &pipeline, &mut printer, &mut tally)?;
        printer.finish()?;
        return Ok(close(&tally));
    }
    let mut keeper = Keeper { record: Record::create(record)? };
    let listed = inputs::list(&call.paths.paths, Some(record));
    let mut tally = Tally::default();
    let outcome = read(&listed, &pipeline, &mut keeper, &mut tally);
    if let Err(failure) = outcome {
        // What was recorded before is kept, so it is told before the reason is.
        close(&tally);
        return Err(failure);
    }
    keeper.record.settle()?;
    Ok(close(&tally))
}

fn close(tally: &Tally) -> ExitCode {
    eprintln!("{tally}");
    if tally.refused > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS }
}

/// Takes what was read, in the order of the input.
trait Sink {
    /// Whether a document need not be analysed.
    fn knows(&self, document: &Document) -> Result<bool, Failure>;
    fn take(&mut self, reading: Reading, tally: &mut Tally) -> Result<(), Failure>;
}

/// Reads all inputs into a sink, a batch of documents while the one before is analysed. Stops early only where the sink
/// can take no more.
fn read(
    listed: &Inputs,
    pipeline: &Pipeline,
    sink: &mut impl Sink,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let mut batch = Batch::default();
    for why in &listed.refused {
        tally.refuse(why);
    }
    let progress = progress(listed.inputs.len());
    std::thread::scope(|scope| {
        let analyse = |ready| scope.spawn(move || pipeline.analyse_all(ready));
        let mut analysed = None;
        for input in &listed.inputs {
            for outcome in documents(input) {
                match outcome {
                    Err(refusal) => progress.suspend(|| tally.refuse(refusal)),
                    Ok(document) if sink.knows(&document.value)? => tally.known += 1,
                    Ok(document) => {
                        if let Some(ready) = batch.add(document) {
                            take_all(analysed.replace(analyse(ready)), sink, tally)?;
                        }
                    }
                }
                progress.set_message(format!("{} documents", tally.read + tally.known));
            }
            progress.inc(1);
        }
        take_all(analysed, sink, tally)?;
        take_all(Some(analyse(batch.take())), sink, tally)
    })?;
    progress.finish_and_clear();
    Ok(())
}

/// Takes a batch when it is analysed.
fn take_all(
    analysed: Option<ScopedJoinHandle<'_, Vec<Reading>>>,
    sink: &mut impl Sink,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let readings = analysed.map(|analysed| analysed.join().unwrap_or_else(|panic| resume_unwind(panic)));
    readings.into_iter().flatten().try_for_each(|reading| sink.take(reading, tally))
}

/// A bar over the files where there are more than a handful, else a count of documents.
fn progress(inputs: usize) -> ProgressBar {
    let style = |template: &str| {
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
    };
    let bar = if inputs > HANDFUL {
        let bar = ProgressBar::new(u64::try_from(inputs).unwrap_or(u64::MAX));
        bar.with_style(style("{bar:40} {pos}/{len} files, {msg}, {eta} to go"))
    } else {
        ProgressBar::new_spinner().with_style(style("{spinner} {msg}"))
    };
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Puts what was read into the record.
struct Keeper {
    record: Record,
}

impl Sink for Keeper {
    fn knows(&self, document: &Document) -> Result<bool, Failure> {
        Ok(self.record.knows(document)?)
    }

    fn take(&mut self, reading: Reading, tally: &mut Tally) -> Result<(), Failure> {
        match self.record.put(&reading, MAKER) {
            Ok(Put::New) => count(&reading, tally),
            Ok(Put::Known) => tally.known += 1,
            Err(error) if error.is_fatal() => return Err(error.into()),
            Err(error) => tally.refuse(error),
        }
        Ok(())
    }
}

/// Prints what was read, once all of it is clustered; or at once, when it is too much to hold.
struct Printer {
    held: Vec<(Reading, Account)>,
    bytes: usize,
    streams: bool,
    out: std::io::BufWriter<std::io::StdoutLock<'static>>,
}

impl Printer {
    fn new() -> Self {
        Self { held: Vec::new(), bytes: 0, streams: false, out: output::standard() }
    }

    fn finish(mut self) -> Result<(), Failure> {
        let (readings, accounts): (Vec<_>, Vec<_>) = std::mem::take(&mut self.held).into_iter().unzip();
        for (reading, judged) in readings.iter().zip(judge(&accounts)) {
            writeln!(self.out, "{}", document_json(reading, &judged))?;
        }
        Ok(self.out.flush()?)
    }
}

impl Sink for Printer {
    fn knows(&self, _document: &Document) -> Result<bool, Failure> {
        Ok(false)
    }

    fn take(&mut self, mut reading: Reading, tally: &mut Tally) -> Result<(), Failure> {
        count(&reading, tally);
        if self.streams {
            writeln!(self.out, "{}", document_json(&reading, &Judged::default()))?;
            return Ok(());
        }
        let account = Account::of(&reading);
        // The trees weigh the most and are not printed.
        reading.analysis = Analysis::default();
        self.bytes += reading.document.text.as_str().len();
        self.held.push((reading, account));
        if self.held.len() > HELD_DOCUMENTS || self.bytes > HELD_BYTES {
            self.streams = true;
            for (reading, _) in std::mem::take(&mut self.held) {
                writeln!(self.out, "{}", document_json(&reading, &Judged::default()))?;
            }
        }
        Ok(())
    }
}

fn count(reading: &Reading, tally: &mut Tally) {
    tally.read += 1;
    tally.events += reading.reports.events.len();
    tally.statements += reading.reports.statements.len();
    tally.add_notices(&reading.reports.notices);
}
