//! Dispatches as a view gives them. All ranges are bytes from the start of the file.

use std::ops::Range;

use super::Dialect;
use super::dispatch_date::DispatchDate;

/// One dispatch of a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispatch {
    /// Place among the dispatches, from 0.
    pub number: usize,
    /// From its opener to the next one.
    pub range: Range<usize>,
    pub opener: Option<Delimiter>,
    pub header: Option<Header>,
    /// `date YYYY-MM-DD` in front of the text.
    pub prologue: Option<Range<usize>>,
    /// From behind opener, header and blank line to the closer or the end.
    pub body: Range<usize>,
    pub closer: Option<Delimiter>,
    /// The dispatch date, and from where.
    pub date: Option<DispatchDate>,
}

impl Dispatch {
    /// What somebody wrote: the body without the prologue, which says only what is known.
    pub fn prose(&self) -> Range<usize> {
        let start = self.prologue.as_ref().map_or(self.body.start, |prologue| prologue.end.max(self.body.start));
        start..self.body.end.max(start)
    }
}

/// An opener or a closer as it stands in the text, well-formed or not.
#[derive(Debug, Clone, PartialEq)]
pub struct Delimiter {
    pub dialect: Dialect,
    pub well_formed: bool,
    /// The delimiter without its line end; over three lines in gitingest's form.
    pub range: Range<usize>,
    /// Behind its line end.
    pub end: usize,
    /// The word `FILE` (or the tag's name).
    pub keyword: Range<usize>,
    /// The name; `None` where there is none.
    pub name: Option<Range<usize>>,
}

/// The header below an opener.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Without the blank line behind it.
    pub range: Range<usize>,
    pub fields: Vec<Field>,
}

/// One `key: value` line.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The canonical key (`date` for `PD`, `x-` for one's own), `None` where it is not known.
    pub key: Option<&'static str>,
    pub key_range: Range<usize>,
    /// Without white space around it.
    pub value: Range<usize>,
    /// The whole line with its line end.
    pub line: Range<usize>,
}
