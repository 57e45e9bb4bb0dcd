//! Document highlight: all mentions of the actor at a place, or the parts of the claim there.

use std::ops::Range;

use super::Watch;
use super::annotated::{self, Found};
use super::cast;
use crate::workspace::Snapshot;

/// Bytes around the place in which the actor is looked for: many screens, and a few milliseconds.
const AROUND: usize = 64 << 10;

/// The places in the file that belong to what is at byte `offset`, in order; `None` where nobody waits for them any more. Not
/// for the owner.
pub fn find(snapshot: &Snapshot, offset: usize, watch: &dyn Watch) -> Option<Vec<Range<usize>>> {
    let annotated = annotated::at(snapshot, offset)?;
    let found = annotated.found();
    let mut spans = match annotated.spot(offset)?.0 {
        Found::Mention(number) => {
            let who = cast::who(snapshot, &annotated, found.mentions.get(number)?.actor)?;
            let cast = cast::find(snapshot, cast::window(snapshot, offset, AROUND), watch)?;
            let mentions = cast.mentions(cast.member(&who)?);
            let mut ranges: Vec<Range<usize>> =
                mentions.map(|(annotated, mention)| annotated.range(mention.span)).collect();
            ranges.sort_unstable_by_key(|range| range.start);
            return Some(ranges);
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
