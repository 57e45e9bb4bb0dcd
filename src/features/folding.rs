//! Folding: a dispatch to its opener, a header to its first line.

use std::ops::Range;

use crate::workspace::Snapshot;

use super::Watch;

/// What is hidden is from the end of the first line to the end of the range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fold {
    pub range: Range<usize>,
    pub is_header: bool,
}

/// No client shows more.
const MOST: usize = 100_000;

/// At most `most` folds in file order, dispatches rather than headers where there are too many; `None` where nobody
/// waits for them any more.
pub fn find_all(snapshot: &Snapshot, most: usize, watch: &dyn Watch) -> Option<Vec<Fold>> {
    let length = snapshot.text.len();
    let most = most.min(MOST);
    let with_headers = snapshot.view.dispatch_count().saturating_mul(2) <= most;
    let mut folds = Vec::new();
    for dispatch in snapshot.view.dispatches(0..length.saturating_add(1)) {
        if !watch.goes_on(dispatch.range.start, length) {
            return None;
        }
        if let Some(opener) = &dispatch.opener {
            let end = last_of(snapshot, dispatch.range.clone());
            folds.extend(fold(snapshot, opener.range.end..end, false));
        }
        if let Some(header) = dispatch.header.as_ref().filter(|_| with_headers) {
            let start = header.fields.first().map_or(header.range.start, |field| field.value.end);
            folds.extend(fold(snapshot, start..header.range.end, true));
        }
        if folds.len() >= most {
            folds.truncate(most);
            break;
        }
    }
    Some(folds)
}

/// A fold of one line is none.
fn fold(snapshot: &Snapshot, range: Range<usize>, is_header: bool) -> Option<Fold> {
    let lines = snapshot.text.line_of(range.start)..snapshot.text.line_of(range.end);
    (range.start < range.end && !lines.is_empty()).then_some(Fold { range, is_header })
}

/// The end of the last line that is not blank, as far as that can be seen near the end of the range.
fn last_of(snapshot: &Snapshot, range: Range<usize>) -> usize {
    const REACH: usize = 256;
    let from = snapshot.text.floor(range.end.saturating_sub(REACH).max(range.start));
    let tail = snapshot.text.slice(from..range.end);
    from + tail.trim_end().len()
}
