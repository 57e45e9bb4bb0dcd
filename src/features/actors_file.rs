//! An actors file while it is edited: what is in it, what stands at a place, what could be written there.

mod card;
mod completion;
mod line;
mod links;
mod outline;

use std::ops::Range;

use crate::gazetteer::read::{self, Format, Place};
use crate::gazetteer::{ActorKind, Record};
use crate::workspace::{Nature, Snapshot, uri};

use line::Line;

pub use card::find as hover;
pub use completion::find as completion;
pub use links::{actor_at, definition, references};
pub use outline::{Symbol, find_all as symbols};

/// Bytes; a longer line is not taken apart while somebody types in it.
const LONGEST_LINE: usize = 64 << 10;
/// Bytes; a larger file that has no record a line is not read for one of its records.
const LARGEST: usize = 4 << 20;

/// Whether a document is one.
pub fn is_one(snapshot: &Snapshot) -> bool {
    snapshot.nature == Nature::Actors
}

fn format(snapshot: &Snapshot, text: &str) -> Format {
    Format::of(&uri::file_name(&snapshot.uri), text).unwrap_or(Format::Native)
}

/// The line with byte `offset`, and where it starts; `None` for one that is too long.
fn line_at(snapshot: &Snapshot, offset: usize) -> Option<(usize, String)> {
    let text = &snapshot.text;
    let range = text.line_range(text.line_of(offset));
    if range.len() > LONGEST_LINE {
        return None;
    }
    let line = text.slice(range.clone());
    Some((range.start, line.trim_end_matches(['\n', '\r']).to_owned()))
}

/// Whether the file has a record a line, as JSON: judged by its start.
fn is_native(snapshot: &Snapshot) -> bool {
    format(snapshot, &snapshot.text.slice(0..LONGEST_LINE)) == Format::Native
}

/// The record with byte `offset`, and its place in the file; `None` where there is none, or the file is too large.
fn record_at(snapshot: &Snapshot, offset: usize) -> Option<(Record, Range<usize>)> {
    if is_native(snapshot) {
        let (start, line) = line_at(snapshot, offset)?;
        let mut found = None;
        read::read(&line, &Format::Native, &mut |record, place: &Place| found = Some((record, place.range.clone())));
        return found.map(|(record, range)| (record, start + range.start..start + range.end));
    }
    if snapshot.text.len() > LARGEST {
        return None;
    }
    let text = snapshot.text.to_string();
    let mut found = None;
    read::read(&text, &format(snapshot, &text), &mut |record, place: &Place| {
        if place.range.start <= offset && offset <= place.range.end {
            found = Some((record, place.range.clone()));
        }
    });
    found
}

fn kind_name(kind: Option<ActorKind>) -> &'static str {
    kind.map_or("actor", ActorKind::name)
}

/// The piece of text between quotation marks at byte `offset`, and its place in the file.
fn piece_at(snapshot: &Snapshot, offset: usize) -> Option<(line::Piece, String, Range<usize>)> {
    if !is_native(snapshot) {
        return None;
    }
    let (start, line) = line_at(snapshot, offset)?;
    let read = Line::read(&line, offset - start);
    let piece = read.piece_at(offset - start)?.clone();
    let text = line.get(piece.range.clone())?;
    // As JSON has it; what is not finished stands for itself.
    let text = serde_json::from_str(&format!("\"{text}\"")).unwrap_or_else(|_| text.to_owned());
    let range = start + piece.range.start..start + piece.range.end;
    Some((piece, text, range))
}
