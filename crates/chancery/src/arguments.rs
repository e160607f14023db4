use std::path::PathBuf;

use chancery_core::{Date, Status};
use chancery_parse::Tier;
use clap::{Args, Parser, Subcommand};

/// Reads raw reports and keeps a record of who did or said what to whom, when, where and according to whom.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Arguments {
    /// The record: one file
    #[arg(long, global = true, value_name = "FILE", env = "CHANCERY_RECORD", default_value = "chancery.db")]
    pub(crate) record: PathBuf,
    /// Your own tables: a folder with `languages/xx/NAME.txt` or `world/NAME.tsv`, each in place of ours,
    /// `world/NAME.changes.tsv`, which changes rows, or `ontology.txt`, which declares types of event
    #[arg(long, global = true, value_name = "FOLDER", env = "CHANCERY_TABLES")]
    pub(crate) tables: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read files and folders into the record, or print what is read with --json
    Read(Read),
    /// Print what the record holds about two actors
    Dossier(Dossier),
    /// List events
    Events(Ask),
    /// List actors
    Actors(Ask),
    /// List statements
    Statements(Ask),
    /// List changes of position
    Positions(Ask),
    /// Say how an event was read, or which rules fired and nearly fired in a sentence
    Explain(Explain),
    /// Print sentences, words and trees as CoNLL-U
    Parse(Paths),
    /// Compare every quoted word of the record with the text it was read from
    Check,
    /// Look through the tables of the world, or turn the result of a query into rows of them
    #[command(subcommand)]
    World(World),
}

#[derive(Debug, Subcommand)]
pub(crate) enum World {
    /// Say what is wrong in the tables (your own with --tables), each with file and line
    Check {
        /// Name overlaps and gaps of what was compiled from elsewhere, too
        #[arg(long)]
        all: bool,
    },
    /// Make rows of our tables of who held which office, of a saved query result of Wikidata
    Import {
        /// JSON or CSV with columns such as personLabel, positionLabel, countryLabel, start, end
        file: PathBuf,
        /// The folder of your own tables that the rows are written to, for --tables
        #[arg(long, value_name = "FOLDER")]
        into: PathBuf,
        /// The day on which the result held; the day of the file where it is left out
        #[arg(long, value_name = "DAY", value_parser = parse_day)]
        as_of: Option<Date>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Print one JSON object a document and touch no record
    #[arg(long)]
    pub(crate) json: bool,
    /// Keep events that are hardly sure, too; they are left out otherwise, and named among the notices
    #[arg(long)]
    pub(crate) doubtful: bool,
    #[command(flatten)]
    pub(crate) paths: Paths,
}

#[derive(Debug, Args)]
pub(crate) struct Paths {
    /// Read words with the lower layers of the model alone: several times as fast, and less exact
    #[arg(long)]
    pub(crate) fast: bool,
    /// Files or folders; `-` is standard input
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Dossier {
    /// A state, person or organisation, by any of its names in any language
    pub(crate) one: String,
    /// The other
    pub(crate) other: String,
    /// Write one self-contained HTML page
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    pub(crate) html: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Ask {
    /// Who acts, speaks or is listed, by any name in any language
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Whom it is done or said to
    #[arg(long, value_name = "NAME")]
    pub(crate) recipient: Option<String>,
    /// Types of event, as `ASSAULT` or one of your own (events only)
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',')]
    pub(crate) kinds: Vec<String>,
    /// The first day of interest, as 2024-08-05
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub(crate) since: Option<Date>,
    /// The last day of interest
    #[arg(long, value_name = "DAY", value_parser = parse_day)]
    pub(crate) until: Option<Date>,
    /// Statuses, as `denied` (events only)
    #[arg(long = "status", value_name = "STATUS", value_parser = parse_status, value_delimiter = ',')]
    pub(crate) statuses: Vec<Status>,
    /// How sure an event has to be, from 0 to 1 (events only); all of them where it is left out
    #[arg(long, value_name = "SHARE", value_parser = parse_share)]
    pub(crate) sure: Option<f32>,
    /// Print one JSON object a line
    #[arg(long, conflicts_with_all = ["csv", "parquet"])]
    pub(crate) json: bool,
    /// Print CSV
    #[arg(long, conflicts_with = "parquet")]
    pub(crate) csv: bool,
    /// Write a Parquet file with the columns of the CSV
    #[arg(long, value_name = "FILE")]
    pub(crate) parquet: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Id of an event, or a document of the record (its path or number) or a file
    pub(crate) what: String,
    /// Number of a sentence of the document, from 1
    pub(crate) sentence: Option<usize>,
}

impl Paths {
    pub(crate) fn tier(&self) -> Tier {
        if self.fast { Tier::Fast } else { Tier::Balanced }
    }
}

fn parse_share(word: &str) -> Result<f32, String> {
    let share = word.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "how sure is a number from 0 to 1, as 0.8".to_owned())
}

fn parse_status(word: &str) -> Result<Status, String> {
    let all = Status::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(", ");
    word.to_lowercase().parse().map_err(|()| format!("the statuses are {all}"))
}

fn parse_day(day: &str) -> Result<Date, String> {
    day.parse().map_err(|_| "a day is written as 2024-08-05".to_owned())
}
