//! Formatting: delimiters and headers in their usual form. Prose is never touched.

use std::ops::Range;

use crate::text::Edit;
use crate::workspace::Snapshot;

use super::Watch;

/// The edits that format the whole file; sorted. `None` where nobody waits for them any more.
pub fn find_all(snapshot: &Snapshot, watch: &dyn Watch) -> Option<Vec<Edit>> {
    format(snapshot, 0..snapshot.text.len().saturating_add(1), watch)
}

/// The edits that format the lines that `range` touches; sorted. `None` where nobody waits for them any more.
pub fn find_in(snapshot: &Snapshot, range: Range<usize>, watch: &dyn Watch) -> Option<Vec<Edit>> {
    let text = &snapshot.text;
    let lines = text.line_start(text.line_of(range.start))..text.line_range(text.line_of(range.end)).end;
    let end = text.len().min(lines.end);
    let mut edits = format(snapshot, lines.clone(), watch)?;
    edits.retain(|edit| lines.start <= edit.start() && edit.end() <= end);
    Some(edits)
}

fn format(snapshot: &Snapshot, range: Range<usize>, watch: &dyn Watch) -> Option<Vec<Edit>> {
    snapshot.view.format(&snapshot.text, range, &|done| watch.goes_on(done, snapshot.text.len()))
}
