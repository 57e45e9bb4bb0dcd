//! Where ids of an actors file lead: to the line of that actor; and which lines name it.

use std::ops::Range;

use crate::features::Watch;
use crate::features::place::Place;
use crate::gazetteer::read::{self, Place as InFile};
use crate::gazetteer::{EntryId, Record, locate, slug};
use crate::workspace::Snapshot;

use super::line::{Line, Piece};
use super::{LARGEST, LONGEST_LINE, format, is_native, piece_at, record_at};

/// References in the file itself that are given at most.
const MOST: usize = 10_000;

/// Where the id, or the name of an organisation, at byte `offset` leads. Not for the owner.
pub fn definition(snapshot: &Snapshot, offset: usize) -> Option<Place> {
    let (piece, value, _) = piece_at(snapshot, offset)?;
    if piece.is_key || value.is_empty() {
        return None;
    }
    let by_name = piece.path.last().is_some_and(|field| field == "org");
    let is = |record: &Record| id(record) == value || (by_name && record.name == value);
    here(snapshot, &is).map(Place::Here).or_else(|| elsewhere(snapshot, &value))
}

/// The first record of this file of which `is` is true.
fn here(snapshot: &Snapshot, is: &dyn Fn(&Record) -> bool) -> Option<Range<usize>> {
    if snapshot.text.len() > 4 * LARGEST {
        return None;
    }
    let text = snapshot.text.to_string();
    let mut found = None;
    read::read(&text, &format(snapshot, &text), &mut |record, place: &InFile| {
        if found.is_none() && is(&record) {
            found = Some(locate(&text, &place.range, &record.name));
        }
    });
    found
}

/// In one of the other files that are used with this one.
fn elsewhere(snapshot: &Snapshot, id: &str) -> Option<Place> {
    let entry = snapshot.notes.gazetteer.with_id(id)?;
    let (path, line) = snapshot.notes.place(entry)?;
    Some(Place::File { path: path.to_path_buf(), line })
}

/// The actor of the record at byte `offset`, or that of the id there, as the gazetteer has it.
pub fn actor_at(snapshot: &Snapshot, offset: usize) -> Option<EntryId> {
    let gazetteer = &snapshot.notes.gazetteer;
    if let Some((piece, value, _)) = piece_at(snapshot, offset)
        && !piece.is_key
        && piece.path.last().is_some_and(|field| field != "id")
        && let Some(entry) = gazetteer.with_id(&value)
    {
        return Some(entry);
    }
    gazetteer.with_id(&id(&record_at(snapshot, offset)?.0))
}

/// The values of this file that are the id of an actor, its own line's only if `declared`; `None` where nobody waits for them
/// any more.
pub fn references(snapshot: &Snapshot, entry: EntryId, declared: bool, watch: &dyn Watch) -> Option<Vec<Range<usize>>> {
    let Some(listed) = snapshot.notes.gazetteer.entry(entry, None) else { return Some(Vec::new()) };
    let mut found = Vec::new();
    if !is_native(snapshot) || snapshot.text.len() > 4 * LARGEST {
        return Some(found);
    }
    let text = snapshot.text.to_string();
    let quoted = serde_json::to_string(listed.id).unwrap_or_default();
    for at in memchr::memmem::find_iter(text.as_bytes(), quoted.as_bytes()).take(MOST) {
        if !watch.goes_on(at, text.len()) {
            return None;
        }
        let bytes = text.as_bytes();
        let start = memchr::memrchr(b'\n', bytes.get(..at).unwrap_or_default()).map_or(0, |end| end + 1);
        let end = memchr::memchr(b'\n', bytes.get(at..).unwrap_or_default()).map_or(text.len(), |end| at + end);
        if end - start > LONGEST_LINE {
            continue;
        }
        let line = Line::read(text.get(start..end).unwrap_or_default(), 0);
        let is_meant = |piece: &Piece| !piece.is_key && (declared || piece.path != ["id"]);
        if line.piece_at(at + 1 - start).is_some_and(is_meant) {
            found.push(at + 1..at + quoted.len() - 1);
        }
    }
    Some(found)
}

fn id(record: &Record) -> String {
    if record.id.is_empty() { slug(&record.name) } else { record.id.clone() }
}
