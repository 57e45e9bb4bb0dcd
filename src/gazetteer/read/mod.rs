//! Readers: one for each format of actors files. What can't be read is told, and the rest is still read.

pub mod days;
mod ftm;
pub mod gate;
mod native;
mod patterns;
mod petrarch;
mod popolo;
mod table;
mod wikidata;

use std::ops::Range;

use super::ActorKind;
use super::problem::{Code, Problem, locate, quote};
use super::record::{Record, Role};
use days::{Bad, End};
use jiff::civil::Date;

/// How an actors file is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Format {
    /// One record a line, as JSON: our own.
    Native,
    /// `.actors.txt`
    Petrarch,
    /// One entity a line, as JSON.
    FollowTheMoney,
    /// One JSON object.
    Popolo,
    /// One pattern a line, as JSON.
    Patterns,
    /// A list of GATE.
    Gate(gate::List),
    /// `lists.def`, which only names the lists ([`gate::lists`]).
    GateDefinition,
    /// CSV, TSV.
    Table,
    /// One item a line, as JSON.
    Wikidata,
}

impl Format {
    /// For people.
    pub fn name(&self) -> &'static str {
        match self {
            Format::Native => "actors.jsonl",
            Format::Petrarch => "PETRARCH actors",
            Format::FollowTheMoney => "FollowTheMoney",
            Format::Popolo => "Popolo",
            Format::Patterns => "spaCy patterns",
            Format::Gate(_) => "GATE list",
            Format::GateDefinition => "GATE lists.def",
            Format::Table => "table",
            Format::Wikidata => "Wikidata",
        }
    }

    /// The format of a file, by its name where that tells, else by how it begins; `None` where it is like none of them.
    pub fn of(name: &str, text: &str) -> Option<Format> {
        let name = name.to_ascii_lowercase();
        let first = lines(text).next().map(|(line, _)| line.trim()).unwrap_or_default();
        if name.ends_with(".def") {
            return Some(Format::GateDefinition);
        }
        if name.ends_with(".lst") {
            return Some(Format::Gate(gate::of_file(&name)));
        }
        if name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".tab") {
            return Some(Format::Table);
        }
        if first.starts_with(['{', '[']) {
            return Some(of_json(text));
        }
        if name.ends_with(".jsonl") || name.ends_with(".ndjson") || first.is_empty() {
            return Some(Format::Native);
        }
        let is_code =
            |line: &str| line.find('[').is_some_and(|at| line.get(at..).is_some_and(|rest| rest.contains(']')));
        if name.ends_with(".actors.txt")
            || lines(text).take(500).any(|(line, _)| !line.starts_with('#') && is_code(line))
        {
            return Some(Format::Petrarch);
        }
        table::is_header(first).then_some(Format::Table)
    }
}

/// The format of JSON: by the fields of the first line, where that is an object; else by those of the whole.
fn of_json(text: &str) -> Format {
    let mut objects =
        lines(text).take(20).map(|(line, _)| line.trim().trim_end_matches(',')).filter(|line| *line != "[");
    if let Some(format) = objects.next().and_then(of_object) {
        return format;
    }
    let whole = ["\"persons\"", "\"organizations\"", "\"memberships\""];
    let has = |field: &&str| memchr::memmem::find(text.as_bytes(), field.as_bytes()).is_some();
    if whole.iter().any(has) { Format::Popolo } else { objects.find_map(of_object).unwrap_or(Format::Native) }
}

fn of_object(line: &str) -> Option<Format> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(line) else { return None };
    let has = |field: &str| fields.contains_key(field);
    Some(match () {
        () if has("schema") && (has("properties") || has("caption")) => Format::FollowTheMoney,
        () if has("label") && has("pattern") => Format::Patterns,
        () if has("labels") || has("claims") => Format::Wikidata,
        () if has("persons") || has("memberships") => Format::Popolo,
        () => Format::Native,
    })
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
    /// Days that could not be read.
    bad_days: usize,
}

impl Sink<'_> {
    /// A role, unless one of its days can't be read: it would hold at any time.
    fn role(&mut self, read: impl FnOnce(&mut Self) -> Role) -> Option<Role> {
        let before = self.bad_days;
        Some(read(self)).filter(|_| self.bad_days == before)
    }

    fn bad_day(&mut self, place: &Place, value: &str, message: String) {
        self.bad_days += 1;
        self.at_value(Code::G003, place, value, format!("{message}; the role is left out"));
    }

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
        self.bad_day(place, value, message);
        None
    }
}

/// Reads the text of an actors file. `take` gets each record with its place, in the order of the file.
pub fn read(text: &str, format: &Format, take: &mut dyn FnMut(Record, &Place)) -> Vec<Problem> {
    let mut sink = Sink { text, take, problems: Vec::new(), bad_days: 0 };
    match format {
        Format::Native => native::read(text, &mut sink),
        Format::Petrarch => petrarch::read(text, &mut sink),
        Format::FollowTheMoney => ftm::read(text, &mut sink),
        Format::Popolo => popolo::read(text, &mut sink),
        Format::Patterns => patterns::read(text, &mut sink),
        Format::Gate(list) => gate::read(text, list, &mut sink),
        Format::GateDefinition => {}
        Format::Table => table::read(text, &mut sink),
        Format::Wikidata => wikidata::read(text, &mut sink),
    }
    sink.problems
}

/// The lines of a text that are not blank, each with its place, without line end and byte order mark.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (&str, Place)> {
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
        "organization" | "organisation" | "org" | "company" | "norp" | "group" | "party" => {
            Some(ActorKind::Organization)
        }
        "place" | "state" | "country" | "gpe" | "loc" | "location" | "fac" => Some(ActorKind::Place),
        _ => None,
    }
}
