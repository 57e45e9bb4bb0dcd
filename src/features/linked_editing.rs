//! Linked editing: the name in an opener and in its closer are edited as one.

use std::ops::Range;

use crate::workspace::Snapshot;

use super::spot::{self, Spot};

/// What a name may hold while it is typed, as the client's pattern.
pub const NAME_PATTERN: &str = r#"[^\r\n=<>\[\]"]*"#;

/// The places of one name, if `offset` is in one of them, both have it and it is the same.
pub fn find(snapshot: &Snapshot, offset: usize) -> Option<Vec<Range<usize>>> {
    let (dispatch, spot) = spot::at(snapshot, offset)?;
    if !matches!(spot, Spot::Opener(_) | Spot::Closer(_)) {
        return None;
    }
    let name = |delimiter: Option<crate::corpus::Delimiter>| delimiter?.name;
    let ranges = [name(dispatch.opener)?, name(dispatch.closer)?];
    let is_inside = ranges.iter().any(|range| range.start <= offset && offset <= range.end);
    let [first, second] = ranges.each_ref().map(|range| snapshot.text.slice(range.clone()));
    (is_inside && first == second).then_some(ranges.to_vec())
}
