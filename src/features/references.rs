//! References: all mentions of an actor in the files that are open; the dates of a file that mean the same.

use std::ops::Range;

use super::Watch;
use super::annotated::{self, Found};
use super::cast::{self, MOST};
use crate::workspace::{Snapshot, Who};

/// A place in one of the files that were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Which file.
    pub file: usize,
    pub range: Range<usize>,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    Actor(Who),
    /// By its value.
    Date(String),
}

/// Where else what is at byte `offset` of the first of `open` is spoken of, file by file; `None` where nobody waits for it
/// any more. On a cue, that is the claim's source. Not for the owner.
pub fn find(open: &[Snapshot], offset: usize, watch: &dyn Watch) -> Option<Vec<Reference>> {
    let Some(here) = open.first() else { return Some(Vec::new()) };
    match about(here, offset) {
        Some(About::Actor(who)) => mentions(open, &who, offset, watch),
        Some(About::Date(value)) => dates(here, &value, offset, watch),
        None => Some(Vec::new()),
    }
}

fn about(snapshot: &Snapshot, offset: usize) -> Option<About> {
    let annotated = annotated::at(snapshot, offset)?;
    if let (Found::Date(number), _) = annotated.spot(offset)? {
        return Some(About::Date(annotated.found().dates.get(number)?.value.clone()));
    }
    let actor = cast::actor_at(&annotated, offset)?;
    cast::who(snapshot, &annotated, actor).map(About::Actor)
}

/// All mentions of somebody: in the first of `open` around byte `offset`, in the others from their start.
pub fn mentions(open: &[Snapshot], who: &Who, offset: usize, watch: &dyn Watch) -> Option<Vec<Reference>> {
    let mut found = Vec::new();
    // Who has no name is one of a single dispatch.
    for (file, snapshot, window) in cast::corpora(open, offset).filter(|(file, ..)| *file == 0 || who.has_name()) {
        let cast = cast::find(snapshot, window, watch)?;
        if let Some(member) = cast.member(who) {
            let ranges = cast.mentions(member).map(|(annotated, mention)| annotated.range(mention.span));
            let mut places: Vec<Reference> = ranges.map(|range| Reference { file, range }).collect();
            places.sort_by_key(|place| place.range.start);
            found.append(&mut places);
        }
    }
    Some(found)
}

fn dates(snapshot: &Snapshot, value: &str, offset: usize, watch: &dyn Watch) -> Option<Vec<Reference>> {
    let window = cast::window(snapshot, offset, MOST);
    let mut found = Vec::new();
    for dispatch in snapshot.view.dispatches(window.clone()) {
        if !watch.goes_on(dispatch.range.start.saturating_sub(window.start), window.len()) {
            return None;
        }
        let Some((start, note)) = snapshot.notes.of(snapshot, &dispatch) else { continue };
        let same = note.found.dates.iter().filter(|date| date.value == value);
        found.extend(same.map(|date| Reference { file: 0, range: date.span.at(start) }));
    }
    Some(found)
}
