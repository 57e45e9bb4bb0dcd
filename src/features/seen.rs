//! Where else an actor is: in how many dispatches of the file, first and last, with whom, and claims by and about them.

use super::annotated::Annotated;
use super::cast;
use super::markup::{Part, Text, corpus, own};
use crate::corpus::PartialDate;
use crate::text::number;
use crate::workspace::Snapshot;
use crate::workspace::roll::Called;

/// Adds up to two lines on an actor of a dispatch, as the file was when it last rested: none before the first rest, in
/// files that are not searched while they are edited (see [`crate::workspace::doubts::LARGEST`]), and for actors without
/// a name or of one dispatch only. Takes no more than some tenths of a millisecond.
pub fn lines(snapshot: &Snapshot, annotated: &Annotated, actor: usize, text: &mut Text) {
    let roll = &snapshot.roll;
    let Some(who) = cast::who(snapshot, annotated, actor) else { return };
    let Some(seen) = roll.seen(&who) else { return };
    let called = |place: &u32| roll.dispatches.get(*place as usize);
    let mut all: Vec<&Called> = seen.dispatches.iter().filter_map(called).collect();
    if all.len() < 2 {
        return;
    }
    // By date, where all have one; else in the order of the file.
    if all.iter().all(|called| called.date.is_some()) {
        all.sort_by_key(|called| called.date.and_then(PartialDate::latest));
    }
    let at_least = if roll.is_complete { "" } else { "at least " };
    let mut line = vec![own(format!("in {at_least}{} dispatches of this file: first ", number(all.len())))];
    line.extend(all.first().into_iter().flat_map(|first| dispatch(first)));
    line.push(own(", last "));
    line.extend(all.last().into_iter().flat_map(|last| dispatch(last)));
    text.line(line);
    let mut line = Vec::new();
    if seen.claims_by + seen.claims_about > 0 {
        let (by, about) = (number(seen.claims_by), number(seen.claims_about));
        line.push(own(format!("claims: {by} by them, {about} about them")));
    }
    for (place, (name, count)) in seen.with.iter().enumerate() {
        let gap = if line.is_empty() { "" } else { "; " };
        line.push(own(if place > 0 { ", ".to_owned() } else { format!("{gap}most often with ") }));
        line.extend([corpus(*name), own(format!(" ({})", number(*count)))]);
    }
    if !line.is_empty() {
        text.line(line);
    }
}

fn dispatch(called: &Called) -> Vec<Part> {
    let name = if called.name.is_empty() { own("one without a name") } else { corpus(&*called.name) };
    match called.date {
        Some(date) => vec![name, own(format!(" ({date})"))],
        None => vec![name],
    }
}
