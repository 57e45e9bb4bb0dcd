//! Formatting: delimiters and headers in their usual form. Prose is never touched.

use std::ops::Range;

use crate::text::Edit;
use crate::workspace::Snapshot;

/// The edits that format the whole file; sorted.
pub fn find_all(snapshot: &Snapshot) -> Vec<Edit> {
    snapshot.view.format(&snapshot.text, 0..snapshot.text.len().saturating_add(1))
}

/// The edits that format the lines that `range` touches; sorted.
pub fn find_in(snapshot: &Snapshot, range: Range<usize>) -> Vec<Edit> {
    let text = &snapshot.text;
    let lines = text.line_start(text.line_of(range.start))..text.line_range(text.line_of(range.end)).end;
    let edits = text.len().min(lines.end);
    let within = |edit: &Edit| lines.start <= edit.start() && edit.end() <= edits;
    snapshot.view.format(text, lines.clone()).into_iter().filter(within).collect()
}
