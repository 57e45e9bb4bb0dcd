//! Edits: replacements of byte ranges, and several of them at once.

use std::ops::Range;

/// Replaces the bytes `range` of a text by `put`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    pub range: (usize, usize),
    pub put: String,
}

impl Edit {
    pub fn new(range: Range<usize>, put: impl Into<String>) -> Self {
        Edit { range: (range.start, range.end.max(range.start)), put: put.into() }
    }

    pub fn insert(at: usize, put: impl Into<String>) -> Self {
        Edit::new(at..at, put)
    }

    pub fn delete(range: Range<usize>) -> Self {
        Edit::new(range, "")
    }

    pub fn start(&self) -> usize {
        self.range.0
    }

    pub fn end(&self) -> usize {
        self.range.1
    }
}

/// Sorts edits and drops each that overlaps one before it, or that repeats it. Two insertions at one place are
/// kept in the order given unless they are the same.
pub fn merge(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| edit.range);
    let mut kept: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        let free = match kept.last() {
            None => true,
            Some(last) if last.end() > edit.start() => false,
            Some(last) => *last != edit,
        };
        if free {
            kept.push(edit);
        }
    }
    kept
}

/// The text after `edits`, which are sorted and do not overlap (see [`merge`]). An edit that is out of range or
/// cuts a character is left out.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let added: usize = edits.iter().map(|edit| edit.put.len()).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut done = 0;
    for edit in edits {
        if let (Some(before), true) = (text.get(done..edit.start()), text.is_char_boundary(edit.end())) {
            out.push_str(before);
            out.push_str(&edit.put);
            done = edit.end();
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}
