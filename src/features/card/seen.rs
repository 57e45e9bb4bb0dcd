//! In how many dispatches of the corpus file an actor is named.

use memchr::memmem;

use super::super::annotated::Annotated;
use super::super::markup::{Part, Text, corpus, own};
use crate::annotate::Actor;
use crate::corpus::Dispatch;
use crate::text::counted;
use crate::workspace::Snapshot;

/// Bytes of a file in which an actor is looked for, from its start.
const SEARCHED: usize = 16 << 20;
/// Dispatches that are counted.
const MOST: usize = 200;

/// Writes where else in the file the actor's full name stands; nothing where that is nowhere.
pub fn write(snapshot: &Snapshot, annotated: &Annotated, actor: &Actor, text: &mut Text) {
    // A single word may be anybody's.
    if !actor.name.contains(' ') && actor.entry.is_none() {
        return;
    }
    let dispatches = naming(snapshot, &actor.name);
    let (Some(first), Some(last)) = (dispatches.first(), dispatches.last()) else { return };
    if dispatches.len() == 1 && first.range == annotated.dispatch.range {
        return;
    }
    let many = if dispatches.len() < MOST { "" } else { "at least " };
    let part =
        if snapshot.text.len() > SEARCHED { format!(" (of its first {} MB)", SEARCHED >> 20) } else { String::new() };
    let count = counted(dispatches.len(), "dispatch", "dispatches");
    let mut line = vec![own(format!("named so in {many}{count} of this file{part}: first "))];
    line.extend(told(snapshot, first));
    if dispatches.len() > 1 {
        line.push(own(", last "));
        line.extend(told(snapshot, last));
    }
    text.line(line);
}

/// The dispatches in which a name stands as it is, in the order of the file.
fn naming(snapshot: &Snapshot, name: &str) -> Vec<Dispatch> {
    let text = snapshot.text.slice(0..snapshot.text.len().min(SEARCHED));
    let mut dispatches: Vec<Dispatch> = Vec::new();
    let mut end = 0;
    for at in memmem::find_iter(text.as_bytes(), name.as_bytes()) {
        let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + name.len()..).and_then(|behind| behind.chars().next());
        if at < end || is_letter(before) || is_letter(behind) {
            continue;
        }
        let Some(dispatch) = snapshot.view.dispatch_at(at) else { continue };
        if dispatch.prose().contains(&at) {
            end = dispatch.range.end;
            dispatches.push(dispatch);
            if dispatches.len() == MOST {
                break;
            }
        }
    }
    dispatches
}

/// The dispatch's name and date.
fn told(snapshot: &Snapshot, dispatch: &Dispatch) -> Vec<Part> {
    let name = dispatch.opener.as_ref().and_then(|opener| opener.name.clone());
    let mut parts = match name {
        Some(name) => vec![corpus(snapshot.text.slice(name))],
        None => vec![own(format!("number {}", dispatch.number + 1))],
    };
    parts.extend(dispatch.date.as_ref().map(|date| own(format!(" ({})", date.date))));
    parts
}
