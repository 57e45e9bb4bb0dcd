//! What a run found, file by file, and its sum.

use super::baseline;
use super::examine::Reported;
use super::{Mode, Plan, sarif};
use crate::cli::args::Format;
use crate::cli::inputs::Input;
use crate::cli::output::{Output, complain, counted, number};
use crate::corpus::{Code, Severity};

/// What is told about one file.
#[derive(Debug, Default)]
pub struct FileReport {
    /// For standard error, in full.
    pub messages: Vec<String>,
    pub rendered: Rendered,
    /// Findings by severity, from hint to error.
    pub by_severity: [usize; 4],
    /// Findings that `--fix` would repair.
    pub safe: usize,
    /// Findings that `--fix --unsafe` would repair beside them.
    pub unsafe_: usize,
    /// Fixes made (or, for a diff, that would be).
    pub fixes: usize,
    /// The file could not be checked.
    pub refused: bool,
    /// It was checked and repaired, and could not be written.
    pub unwritten: bool,
    pub recorded: Vec<(baseline::Key, Code, u64)>,
}

/// Findings as they are printed.
#[derive(Debug, Default)]
pub enum Rendered {
    #[default]
    Nothing,
    Text(String),
    /// JSON, a line each.
    Items(Vec<String>),
    Results(Vec<serde_sarif::sarif::Result>),
}

impl Rendered {
    /// Adds what comes behind; both are of one format.
    pub fn append(&mut self, more: Rendered) {
        match (&mut *self, more) {
            (Rendered::Text(text), Rendered::Text(more)) => text.push_str(&more),
            (Rendered::Items(items), Rendered::Items(more)) => items.extend(more),
            (Rendered::Results(results), Rendered::Results(more)) => results.extend(more),
            (rendered, more) => *rendered = more,
        }
    }
}

impl FileReport {
    pub fn refused(input: &Input, message: &str) -> FileReport {
        let messages = vec![format!("error: {}: {message}", input.shown)];
        FileReport { messages, refused: true, ..FileReport::default() }
    }

    pub fn count(&mut self, found: &[Reported]) {
        for finding in found {
            if let Some(count) = self.by_severity.get_mut(finding.severity as usize) {
                *count += 1;
            }
            match &finding.fix {
                Some(fix) if fix.safe => self.safe += 1,
                Some(_) => self.unsafe_ += 1,
                None => {}
            }
        }
    }
}

/// The sum over all files.
#[derive(Debug, Default)]
pub struct Totals {
    pub files: usize,
    pub findings: usize,
    files_with_findings: usize,
    failing: usize,
    safe: usize,
    unsafe_: usize,
    fixes: usize,
    files_fixed: usize,
    /// What was named and could not be checked.
    pub refused: usize,
    unwritten: usize,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Clean,
    Findings,
    CouldNotRun,
}

impl Totals {
    /// Before the first file; `refused` were named and are not there.
    pub fn new(refused: usize) -> Totals {
        Totals { refused, ..Totals::default() }
    }

    pub fn add(&mut self, plan: &Plan, report: &FileReport) {
        if report.refused {
            self.refused += 1;
            return;
        }
        const SEVERITIES: [Severity; 4] = [Severity::Hint, Severity::Information, Severity::Warning, Severity::Error];
        let counts = SEVERITIES.into_iter().zip(report.by_severity);
        let found: usize = report.by_severity.iter().sum();
        self.files += 1;
        self.findings += found;
        self.files_with_findings += usize::from(found > 0);
        self.failing +=
            counts.filter(|(severity, _)| plan.fail_on.fails(*severity)).map(|(_, count)| count).sum::<usize>();
        self.safe += report.safe;
        self.unsafe_ += report.unsafe_;
        self.fixes += report.fixes;
        self.files_fixed += usize::from(report.fixes > 0);
        self.unwritten += usize::from(report.unwritten);
    }

    pub fn exit(&self) -> Status {
        if self.files == 0 {
            Status::CouldNotRun
        } else if self.failing + self.refused + self.unwritten > 0 {
            Status::Findings
        } else {
            Status::Clean
        }
    }

    /// One line for people.
    fn summary(&self, mode: Mode) -> String {
        let mut parts = Vec::new();
        match mode {
            Mode::Fix(_) if self.fixes > 0 => {
                parts.push(format!("made {} in {}", fixes(self.fixes), files(self.files_fixed)));
            }
            Mode::Diff(_) if self.fixes > 0 => {
                parts.push(format!("{} in {} would be made", fixes(self.fixes), files(self.files_fixed)));
            }
            Mode::Diff(_) => parts.push("no fix would be made".to_owned()),
            _ => {}
        }
        let of = format!("{} of {}", number(self.files_with_findings), files(self.files));
        parts.push(match (self.findings, mode) {
            (0, _) => format!("no findings in {}", files(self.files)),
            (count, Mode::Fix(_)) => format!("{} left in {of}", findings(count)),
            (count, _) => format!("{} in {of}", findings(count)),
        });
        if mode == Mode::Report {
            match (self.safe, self.unsafe_) {
                (0, 0) => {}
                (0, rest) => parts.push(format!("{rest} can be fixed with --fix --unsafe")),
                (safe, 0) => parts.push(format!("{safe} can be fixed with --fix")),
                (safe, rest) => parts.push(format!("{safe} can be fixed with --fix, {rest} more with --fix --unsafe")),
            }
        }
        if self.refused > 0 {
            parts.push(format!("{} could not be checked", counted(self.refused, "path", "paths")));
        }
        if self.unwritten > 0 {
            parts.push(format!("{} could not be written", files(self.unwritten)));
        }
        parts.join("; ")
    }
}

pub fn findings(count: usize) -> String {
    counted(count, "finding", "findings")
}

fn files(count: usize) -> String {
    counted(count, "file", "files")
}

fn fixes(count: usize) -> String {
    counted(count, "fix", "fixes")
}

/// Prints the files in the order in which they come.
pub struct Printer<'a> {
    plan: &'a Plan,
    out: &'a mut Output,
    printed: usize,
    results: Vec<serde_sarif::sarif::Result>,
    recorded: Vec<(baseline::Key, Code, u64)>,
}

impl<'a> Printer<'a> {
    pub fn new(plan: &'a Plan, out: &'a mut Output) -> Self {
        Printer { plan, out, printed: 0, results: Vec::new(), recorded: Vec::new() }
    }

    /// Whether there is any point in going on.
    pub fn file(&mut self, report: FileReport) -> bool {
        self.recorded.extend(report.recorded);
        match report.rendered {
            Rendered::Nothing => {}
            Rendered::Text(text) => self.out.write(&text),
            Rendered::Results(results) => self.results.extend(results),
            Rendered::Items(items) => {
                for item in items {
                    self.item(&item);
                }
            }
        }
        // A repair goes on even if nobody reads about it any more.
        !self.out.is_closed() || matches!(self.plan.mode, Mode::Fix(_)) || self.plan.records
    }

    fn item(&mut self, item: &str) {
        if self.plan.format == Format::Json {
            self.out.write(if self.printed == 0 { "[\n" } else { ",\n" });
            self.out.write(item);
        } else {
            self.out.write(item);
            self.out.write("\n");
        }
        self.printed += 1;
    }

    /// What comes after the last file; the findings for a baseline.
    pub fn finish(self, totals: &Totals) -> Vec<(baseline::Key, Code, u64)> {
        let is_diff = matches!(self.plan.mode, Mode::Diff(_));
        match self.plan.format {
            _ if self.plan.records => {}
            _ if is_diff => complain(&totals.summary(self.plan.mode)),
            Format::Json if self.printed == 0 => self.out.write("[]\n"),
            Format::Json => self.out.write("\n]\n"),
            Format::Sarif => self.out.write(&sarif::whole(self.results)),
            Format::Human => {
                self.out.write(&totals.summary(self.plan.mode));
                self.out.write("\n");
            }
            Format::Jsonl | Format::Github => {}
        }
        self.recorded
    }
}
