//! Where else an actor is: in how many dispatches of the file, first and last, with whom, and claims by and about them.

use super::annotated::Annotated;
use super::cast;
use super::markup::{Part, Text, corpus, own};
use crate::text::number;
use crate::workspace::Snapshot;
use crate::workspace::roll::Called;

/// Adds up to two lines on an actor of a dispatch, as the file was when it last rested: none before the first rest, in
/// files that are not searched while they are edited (see [`crate::workspace::doubts::LARGEST`]), and for actors without
/// a name or of one dispatch only. Takes no time to speak of.
pub fn lines(snapshot: &Snapshot, annotated: &Annotated, actor: usize, text: &mut Text) {
    let roll = &snapshot.roll;
    let Some(who) = cast::who(snapshot, annotated, actor) else { return };
    let Some(seen) = roll.seen(&who) else { return };
    let at_least = if roll.is_complete { "" } else { "at least " };
    let mut line = vec![own(format!("in {at_least}{} dispatches of this file: first ", number(seen.dispatches)))];
    line.extend(dispatch(seen.first));
    line.push(own(", last "));
    line.extend(dispatch(seen.last));
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
