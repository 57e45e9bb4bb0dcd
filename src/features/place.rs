//! Where something leads.

use std::ops::Range;
use std::path::PathBuf;

/// A place to go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the document itself, in bytes.
    Here(Range<usize>),
    /// In an actors file; the line counts from 1.
    File { path: PathBuf, line: u32 },
}
