//! Completion of markup: delimiters on a line that begins like one, header keys below an opener, header values.

mod dates;
mod delimiters;
mod headers;
pub use headers::LANGUAGES;

use std::ops::Range;

use crate::workspace::Snapshot;

/// Something to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub label: String,
    pub kind: Kind,
    /// Short, on the right.
    pub detail: String,
    /// Our own words, with `code` in them.
    pub documentation: String,
    /// What is replaced; the cursor is in it, and all of it is on one line.
    pub range: Range<usize>,
    pub put: String,
    /// What the editor compares with what is typed, where that is not what is put.
    pub filter: Option<String>,
    /// The part of `put`, in bytes, that one is likely to change.
    pub placeholder: Option<Range<usize>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Delimiter,
    Key,
    Value,
    Actor,
    Date,
}

/// Lines over this length in bytes are text.
const LONGEST_LINE: usize = 400;

/// Where the cursor is.
struct Cursor<'a> {
    snapshot: &'a Snapshot,
    offset: usize,
    /// The line without its line end.
    line: Range<usize>,
    before: String,
    behind: String,
}

/// What could be written at byte `offset`, the likeliest first; empty in running text.
pub fn find(snapshot: &Snapshot, offset: usize) -> Vec<Item> {
    let text = &snapshot.text;
    let line = text.line_range(text.line_of(offset));
    if line.len() > LONGEST_LINE {
        return Vec::new();
    }
    let content = text.slice(line.clone());
    let line = line.start..line.start + content.trim_end_matches(['\n', '\r']).len();
    let offset = offset.min(line.end);
    let cursor = Cursor {
        snapshot,
        offset,
        before: text.slice(line.start..offset).into_owned(),
        behind: text.slice(offset..line.end).into_owned(),
        line,
    };
    let items = headers::find(&cursor);
    if items.is_empty() { delimiters::find(&cursor) } else { items }
}
