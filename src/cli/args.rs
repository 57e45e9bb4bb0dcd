//! What the command line takes.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::corpus::{Code, Dialect, Severity};
use crate::workspace::settings::{code_advice, codes_named};

/// A language server and checker for corpus files of news dispatches
#[derive(Debug, Parser)]
#[command(name = "dispatch-ls", version, args_conflicts_with_subcommands = true)]
#[command(after_help = "Without a command: serve, for editors.\n\n\
    Examples:\n  \
      dispatch-ls check corpora/              what is wrong in a folder\n  \
      dispatch-ls check --fix corpus.txt      repair what can be repaired without loss\n  \
      dispatch-ls check --format sarif . > findings.sarif\n  \
      dispatch-ls split corpus.txt --out texts/")]
pub struct Args {
    #[command(flatten)]
    pub transport: Transport,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the language server on standard input and output
    Serve(Serve),
    /// Find, and with --fix repair, what is wrong in corpus files
    Check(Check),
    /// Find the actors, dates and claims of every dispatch
    Annotate(Annotate),
    /// Check, search and merge actors files: who is who
    #[command(subcommand)]
    Actors(Actors),
    /// Make a dispatch.toml and an actors.jsonl to begin with, with those who are mentioned most
    Init(Init),
    /// Write each dispatch of a corpus to a file of its own
    Split(Split),
    /// Put files together to a corpus; what split wrote becomes the same corpus again, byte for byte
    Join(Join),
    /// Print what a finding is, and how to repair it; without a code, the list of all
    Explain(Explain),
    /// Print the JSON schema of dispatch.toml
    Schema,
}

/// How an editor reaches the server.
#[derive(Debug, Arguments)]
pub struct Transport {
    /// Talk over standard input and output (the only way there is)
    #[arg(long)]
    pub stdio: bool,
    /// Sent by editors; the server reads the same from the protocol
    #[arg(long = "clientProcessId", hide = true)]
    pub client_process_id: Option<u32>,
}

#[derive(Debug, Arguments)]
pub struct Serve {
    #[command(flatten)]
    pub transport: Transport,
    /// Take no dispatch.toml, as for folders that nobody has said are to be trusted
    #[arg(long)]
    pub no_config: bool,
}

#[derive(Debug, Arguments)]
#[command(after_help = "What is there already is left as it is.")]
pub struct Init {
    /// The folder of the corpora; without one: this folder
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
    /// How many actors to list
    #[arg(long, value_name = "NUMBER", default_value_t = crate::features::candidates::TAKEN)]
    pub top: usize,
}

#[derive(Debug, Arguments)]
#[command(after_help = "Exit code: 0 clean; 1 findings at or above --fail-on, or a file that could not be read; \
    2 nothing could be done.\nEvery format is described in docs/check.md.")]
pub struct Check {
    /// Files, folders, or - for standard input; without any: this folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    #[command(flatten)]
    pub repair: Repair,
    #[command(flatten)]
    pub baseline: Baseline,
    #[command(flatten)]
    pub choice: Choice,
    #[command(flatten)]
    pub config: Config,
}

#[derive(Debug, Arguments)]
#[command(next_help_heading = "Repair")]
pub struct Repair {
    /// Repair what can be repaired without loss (with -: the repaired text goes to standard output)
    #[arg(long)]
    pub fix: bool,
    /// Take the first of the other repairs, too; needs --fix or --diff
    #[arg(long)]
    pub r#unsafe: bool,
    /// Show what --fix would change, and write nothing
    #[arg(long, conflicts_with = "format")]
    pub diff: bool,
}

#[derive(Debug, Arguments)]
#[command(next_help_heading = "Known findings")]
pub struct Baseline {
    /// Leave out the findings that are recorded in FILE
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Record all findings in the baseline FILE
    #[arg(long, requires = "baseline", conflicts_with_all = ["fix", "diff"])]
    pub write_baseline: bool,
}

#[derive(Debug, Arguments)]
#[command(next_help_heading = "Which findings")]
pub struct Choice {
    /// The mildest severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    pub fail_on: FailOn,
    /// Find what is doubtful in the dispatches, too: actors (A), claims (C), dates (D). They have to be annotated for it,
    /// which takes far longer
    #[arg(long)]
    pub annotations: bool,
    /// An actors file for them; may be given again
    #[arg(long, value_name = "FILE", requires = "annotations")]
    pub actors: Vec<PathBuf>,
    /// Only these: codes (F001), names (fence-mismatch) or families (F, H), with commas between
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub select: Vec<Codes>,
    /// None of these
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub ignore: Vec<Codes>,
}

#[derive(Debug, Default, Arguments)]
#[command(next_help_heading = "Settings")]
pub struct Config {
    /// Read every file as this dialect (auto: as the one with the most delimiters in it)
    #[arg(long, value_name = "DIALECT", value_parser = dialect)]
    pub dialect: Option<DialectArgument>,
    /// No dispatch is later than this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub latest: Option<Date>,
    /// Take the settings from FILE, not from the dispatch.toml found upward from each file
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Take no dispatch.toml
    #[arg(long)]
    pub no_config: bool,
}

#[derive(Debug, Arguments)]
#[command(after_help = "Exit code: 0 done; 1 something could not be read or written; 2 nothing could be done.\n\
    Every format is described in docs/annotate.md.")]
pub struct Annotate {
    /// Files, folders, or - for standard input (a corpus, plain text, or JSON lines with id, date and text); without
    /// any: this folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How annotations are printed
    #[arg(long, value_enum, default_value_t = AnnotationFormat::Human)]
    pub format: AnnotationFormat,
    /// The folder for the files of brat and timeml; it is made if need be
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Overwrite files that are there already
    #[arg(long, requires = "out")]
    pub force: bool,
    /// An actors file; may be given again
    #[arg(long, value_name = "FILE")]
    pub actors: Vec<PathBuf>,
    /// The day of every dispatch that has no date of its own, YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// Say by which rule each annotation was made (human, jsonl, csv)
    #[arg(long)]
    pub explain: bool,
    #[command(flatten)]
    pub config: Config,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnnotationFormat {
    /// The text with hints in place, and lists of actors, dates and claims
    Human,
    /// One JSON object a dispatch
    Jsonl,
    /// One annotation a row
    Csv,
    /// One word a line with its tags (IOB2)
    Conll,
    /// A .txt and an .ann file for each dispatch, with PolNeAR's types
    Brat,
    /// A TimeML document with the dates of each dispatch
    Timeml,
}

impl AnnotationFormat {
    /// Whether it is files, one or more for each dispatch.
    pub fn needs_folder(self) -> bool {
        matches!(self, AnnotationFormat::Brat | AnnotationFormat::Timeml)
    }

    pub fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// What is done with actors files.
#[derive(Debug, Subcommand)]
pub enum Actors {
    /// Find what is wrong in actors files
    #[command(after_help = "Exit code: 0 clean; 1 an error or a warning; 2 a file could not be read.\n\
        The formats of actors files, and what is found in them, are in docs/actors.md.")]
    Lint {
        /// Actors files, of any format; what two of them say of one name is compared
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Tell whom a name means, and why
    #[command(after_help = "Exit code: 0 somebody has this name; 1 nobody has; 2 a file could not be read.")]
    Find {
        /// The name, as a text has it
        #[arg(value_name = "NAME")]
        name: String,
        /// An actors file; may be given again. Without any: the states of the world alone
        #[arg(long, value_name = "FILE")]
        actors: Vec<PathBuf>,
        /// Show the roles held on this day, YYYY-MM-DD
        #[arg(long, value_name = "DATE", value_parser = day)]
        date: Option<Date>,
    },
    /// Merge actors files, of any format, into one of our own
    #[command(
        after_help = "Lines of ACTORS to which nothing is added stay as they are; nothing in it is changed or lost."
    )]
    Import {
        /// Actors files, of any format
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// The actors.jsonl to merge into; it is made if need be
        #[arg(long, value_name = "ACTORS")]
        to: PathBuf,
    },
}

#[derive(Debug, Arguments)]
pub struct Split {
    /// The corpus file, or - for standard input
    #[arg(value_name = "CORPUS")]
    pub corpus: PathBuf,
    /// The folder to write to; it is made if need be
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Overwrite files that are there already
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub config: Config,
}

#[derive(Debug, Arguments)]
pub struct Join {
    /// Files, or the folders that split wrote
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// The corpus file to write; without it, standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Overwrite the corpus file if it is there already
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Arguments)]
pub struct Explain {
    /// A code (F001), a name (fence-mismatch) or a family (F, H)
    #[arg(value_name = "CODE")]
    pub codes: Vec<Codes>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The line and a caret under what is wrong
    Human,
    /// One array of findings
    Json,
    /// One finding a line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
    Information,
    Hint,
    Never,
}

impl FailOn {
    /// Whether a finding of this severity makes the exit code 1.
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            FailOn::Error => severity >= Severity::Error,
            FailOn::Warning => severity >= Severity::Warning,
            FailOn::Information => severity >= Severity::Information,
            FailOn::Hint => true,
            FailOn::Never => false,
        }
    }
}

/// The codes that one word stands for.
#[derive(Debug, Clone)]
pub struct Codes(pub Vec<Code>);

impl FromStr for Codes {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let codes = codes_named(name.trim());
        if codes.is_empty() { Err(format!("`{name}` {}", code_advice(name))) } else { Ok(Codes(codes)) }
    }
}

/// `auto`, or a dialect.
#[derive(Debug, Clone, Copy)]
pub struct DialectArgument(pub Option<Dialect>);

fn dialect(name: &str) -> Result<DialectArgument, String> {
    if name.eq_ignore_ascii_case("auto") {
        return Ok(DialectArgument(None));
    }
    let known = || Dialect::ALL.map(Dialect::name).join(", ");
    name.parse().map(|dialect| DialectArgument(Some(dialect))).map_err(|()| format!("known are auto, {}", known()))
}

fn day(text: &str) -> Result<Date, String> {
    match text.parse() {
        Ok(date) if text.len() == 10 => Ok(date),
        _ => Err("a day that the calendar has, as YYYY-MM-DD".to_owned()),
    }
}
