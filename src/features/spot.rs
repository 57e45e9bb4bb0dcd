//! What there is at a place of a corpus: which part of the markup, and of which dispatch.

use crate::corpus::{Delimiter, Dispatch, Field};
use crate::workspace::Snapshot;

/// A part of the markup.
#[derive(Debug, Clone, PartialEq)]
pub enum Spot {
    Opener(Delimiter),
    Closer(Delimiter),
    /// The key of a header line, with its colon.
    Key(Field),
    Value(Field),
    Prologue(std::ops::Range<usize>),
    Body,
}

/// The dispatch that holds byte `offset`, and the part of it; `None` in front of the first one.
pub fn at(snapshot: &Snapshot, offset: usize) -> Option<(Dispatch, Spot)> {
    let dispatch = snapshot.view.dispatch_at(offset)?;
    let spot = part(&dispatch, offset);
    Some((dispatch, spot))
}

fn part(dispatch: &Dispatch, offset: usize) -> Spot {
    let on = |range: &std::ops::Range<usize>| range.start <= offset && offset <= range.end;
    if let Some(opener) = dispatch.opener.as_ref().filter(|opener| on(&opener.range)) {
        return Spot::Opener(opener.clone());
    }
    if let Some(closer) = dispatch.closer.as_ref().filter(|closer| on(&closer.range)) {
        return Spot::Closer(closer.clone());
    }
    let fields = dispatch.header.iter().flat_map(|header| &header.fields);
    // The last line of a file may have no line end.
    let is_on =
        |field: &&Field| field.line.contains(&offset) || (field.line.end == offset && field.value.end == offset);
    if let Some(field) = fields.into_iter().find(is_on) {
        let is_value = !field.value.is_empty() && offset >= field.value.start;
        return if is_value { Spot::Value(field.clone()) } else { Spot::Key(field.clone()) };
    }
    match &dispatch.prologue {
        Some(prologue) if on(prologue) => Spot::Prologue(prologue.clone()),
        _ => Spot::Body,
    }
}
