//! Spans: half-open byte ranges relative to a piece of a text, so that what stands in front of it may change for free.

use std::ops::Range;

/// A half-open range of bytes, relative to the start of a piece. Four gigabytes are enough for a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Saturates at 4 GiB.
    pub fn new(start: usize, end: usize) -> Self {
        let small = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: small(start), end: small(end.max(start)) }
    }

    pub fn empty(at: usize) -> Self {
        Span::new(at, at)
    }

    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// In bytes.
    #[inline]
    pub fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// The range in the file, for a piece that starts at `base`.
    pub fn at(self, base: usize) -> Range<usize> {
        base + self.start as usize..base + self.end as usize
    }

    /// The span seen from a place `by` bytes further back.
    pub fn moved(self, by: usize) -> Self {
        Span::new(self.start as usize + by, self.end as usize + by)
    }

    /// The text it covers; empty where it is out of range.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span::new(range.start, range.end)
    }
}
