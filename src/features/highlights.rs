//! Document highlight: all mentions of the actor at a place, or the parts of the claim there.

use std::ops::Range;

use super::annotated::{self, Found};
use crate::workspace::Snapshot;

/// The places in the file that belong to what is at byte `offset`, in order. Not for the owner.
pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Vec<Range<usize>>> {
    let annotated = annotated::at(snapshot, offset)?;
    let found = annotated.found();
    let mut spans = match annotated.spot(offset)?.0 {
        Found::Mention(number) => {
            let actor = found.mentions.get(number)?.actor;
            found.mentions.iter().filter(|mention| mention.actor == actor).map(|mention| mention.span).collect()
        }
        Found::Date(number) => {
            let value = &found.dates.get(number)?.value;
            found.dates.iter().filter(|date| date.value == *value).map(|date| date.span).collect()
        }
        Found::Claim(number) => {
            let claim = found.claims.get(number)?;
            [claim.source.as_slice(), &claim.cue, &claim.content].concat()
        }
    };
    spans.sort_unstable();
    Some(spans.into_iter().map(|span| annotated.range(span)).collect())
}
