//! Readers: one for each format of actors files. What can't be read is told, and the rest is still read.

pub mod days;
mod native;

use std::ops::Range;

use super::ActorKind;
use super::problem::{Code, Problem, locate, quote};
use super::record::Record;
use days::{Bad, End};
use jiff::civil::Date;

/// How an actors file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// One record a line, as JSON: our own.
    Native,
}

impl Format {
    /// For people.
    pub fn name(&self) -> &'static str {
        match self {
            Format::Native => "actors.jsonl",
        }
    }
}

/// Where a record stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// In bytes.
    pub range: Range<usize>,
    /// From 1.
    pub line: u32,
}

/// Takes what a reader finds.
pub struct Sink<'a> {
    text: &'a str,
    take: &'a mut dyn FnMut(Record, &Place),
    problems: Vec<Problem>,
}

impl Sink<'_> {
    fn record(&mut self, record: Record, place: &Place) {
        (self.take)(record, place);
    }

    fn problem(&mut self, code: Code, range: Range<usize>, message: String) {
        self.problems.push(Problem { code, range, message });
    }

    /// A problem with a value of a record.
    fn at_value(&mut self, code: Code, place: &Place, value: &str, message: String) {
        self.problem(code, locate(self.text, &place.range, value), message);
    }

    /// The day that the value of a field is, if it is one; else that is told.
    fn day(&mut self, place: &Place, field: &str, value: &str, end: End) -> Option<Date> {
        let shown = quote(value);
        let message = match days::iso(value, end) {
            Ok(day) => return Some(day),
            Err(Bad::Impossible) => format!("`{field}`: no calendar has the date {shown}"),
            Err(Bad::Form) => format!("`{field}`: {shown} is no date; write YYYY-MM-DD, YYYY-MM or YYYY"),
        };
        self.at_value(Code::G003, place, value, message);
        None
    }
}

/// Reads the text of an actors file. `take` gets each record with its place, in the order of the file.
pub fn read(text: &str, format: &Format, take: &mut dyn FnMut(Record, &Place)) -> Vec<Problem> {
    let mut sink = Sink { text, take, problems: Vec::new() };
    match format {
        Format::Native => native::read(text, &mut sink),
    }
    sink.problems
}

/// The lines of a text that are not blank, each with its place, without line end and byte order mark.
fn lines(text: &str) -> impl Iterator<Item = (&str, Place)> {
    let mut start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut line = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
            let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
            let whole = rest.get(..end).unwrap_or_default();
            let shown = whole.strip_suffix('\r').unwrap_or(whole);
            let range = start..start + shown.len();
            line += 1;
            start += end + 1;
            if !shown.trim().is_empty() {
                return Some((shown, Place { range, line }));
            }
        }
    })
}

/// The kind of actor that a word of a file stands for.
fn kind(word: &str) -> Option<ActorKind> {
    match word.to_ascii_lowercase().as_str() {
        "person" | "per" | "people" | "human" => Some(ActorKind::Person),
        "organization" | "organisation" | "org" | "company" | "norp" | "group" | "party" => Some(ActorKind::Organization),
        "place" | "state" | "country" | "gpe" | "loc" | "location" | "fac" => Some(ActorKind::Place),
        _ => None,
    }
}
