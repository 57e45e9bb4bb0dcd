//! The actors of an actors file, for outlines and for going to one by its name.

use std::ops::Range;

use crate::features::Watch;
use crate::features::markup::one_line;
use crate::gazetteer::read::{self, Place};
use crate::gazetteer::{ActorKind, Record, locate};
use crate::workspace::Snapshot;

use super::{format, kind_name};

/// An actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    pub name: String,
    pub kind: Option<ActorKind>,
    /// Kind, the last office, country.
    pub detail: String,
    /// The record.
    pub range: Range<usize>,
    /// The name in it.
    pub name_range: Range<usize>,
}

/// No outline is of use beyond.
const MOST: usize = 50_000;
/// Longest name and title, in characters.
const LONGEST: usize = 80;

/// The actors of a file, the first 50,000 in the order of the file; `None` where nobody waits for them any more. A file is
/// read in full: not for the owner.
pub fn find_all(snapshot: &Snapshot, watch: &dyn Watch) -> Option<Vec<Symbol>> {
    let text = snapshot.text.to_string();
    if !watch.goes_on(0, text.len()) {
        return None;
    }
    let mut symbols = Vec::new();
    read::read(&text, &format(snapshot, &text), &mut |record, place: &Place| {
        if symbols.len() < MOST {
            symbols.push(symbol(&text, &record, place));
        }
    });
    watch.goes_on(text.len(), text.len()).then_some(symbols)
}

fn symbol(text: &str, record: &Record, place: &Place) -> Symbol {
    let last = record.roles.iter().max_by_key(|role| (role.to.is_none(), role.from));
    let title = last.and_then(|role| role.title.as_deref()).map(|title| one_line(title, LONGEST));
    let country = last.and_then(|role| role.country.clone()).or_else(|| record.country.clone());
    let kind = if record.is_nobody { "no actor" } else { kind_name(record.kind) };
    let detail: Vec<String> = [Some(kind.to_owned()), title, country].into_iter().flatten().collect();
    let name = one_line(&record.name, LONGEST);
    Symbol {
        // The protocol wants no name to be empty.
        name: if name.is_empty() { "(no name)".to_owned() } else { name },
        kind: record.kind,
        detail: detail.join(" · "),
        range: place.range.clone(),
        name_range: locate(text, &place.range, &record.name),
    }
}
