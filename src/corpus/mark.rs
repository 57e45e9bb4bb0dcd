//! Marks: what one line (or, in some dialects, a group of lines) says about where dispatches begin and end.

use super::fenced::Fenced;
use super::name::Unsafe;
use super::span::Span;
use super::style::Style;
use super::{Code, Dialect};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Opener,
    Closer,
}

/// Something that keeps a delimiter from being well-formed, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub code: Code,
    pub span: Span,
    pub put: Box<str>,
}

impl Flaw {
    pub fn new(code: Code, span: Span, put: impl Into<Box<str>>) -> Self {
        Flaw { code, span, put: put.into() }
    }

    /// A flaw on just the characters of `span` that keep it from being `wanted`.
    pub fn difference(code: Code, line: &str, span: Span, wanted: &str) -> Self {
        let text = span.of(line);
        let head: usize = text.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let (rest, wanted) = (text.get(head..).unwrap_or_default(), wanted.get(head..).unwrap_or_default());
        let same = rest.chars().rev().zip(wanted.chars().rev()).take_while(|(a, b)| a == b);
        let tail: usize = same.map(|(a, _)| a.len_utf8()).sum();
        let put = wanted.get(..wanted.len() - tail).unwrap_or_default();
        let start = span.start as usize + head;
        Flaw::new(code, Span::new(start, start + rest.len() - tail), put)
    }
}

/// A delimiter, well-formed or not, in the dialect that it looks like. Spans are relative to the piece it opens.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub role: Role,
    pub well_formed: bool,
    /// The dialect is part of it; for a malformed delimiter the usual style of the dialect it resembles.
    pub style: Style,
    /// Without line end.
    pub span: Span,
    /// Behind its line end.
    pub end: u32,
    pub keyword: Span,
    /// Empty where there is no name.
    pub name: Span,
    /// [`super::name::key`] of the name; 0 where there is none.
    pub key: u64,
    pub unsafe_name: Option<Unsafe>,
    /// A blank line stands in front; `None` at the start of the file.
    pub blank_before: Option<bool>,
    /// Number and total, in dialects that count, and where they stand.
    pub count: Option<Box<Count>>,
    /// Flaws by the rules of its own dialect (not for fenced dialects: see [`Fenced::flaws`]).
    pub flaws: Box<[Flaw]>,
    /// The parts of a malformed delimiter of a fenced dialect.
    pub fenced: Option<Box<Fenced>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub number: u32,
    pub total: u32,
    pub number_span: Span,
    pub total_span: Span,
}

impl Mark {
    /// A mark with nothing but its place; spans are relative to `span.start`'s line as the caller has them.
    pub fn new(role: Role, style: Style, span: Span) -> Self {
        Mark {
            role,
            well_formed: true,
            style,
            span,
            end: span.end,
            keyword: Span::default(),
            name: Span::default(),
            key: 0,
            unsafe_name: None,
            blank_before: None,
            count: None,
            flaws: Box::default(),
            fenced: None,
        }
    }

    pub fn dialect(&self) -> Dialect {
        self.style.dialect
    }

    /// Takes the flaws, and is well-formed when there are none.
    pub fn with_flaws(mut self, flaws: Vec<Flaw>) -> Self {
        self.well_formed = self.well_formed && flaws.is_empty();
        self.flaws = flaws.into();
        self
    }

    /// Text of the dispatch in front stands on the delimiter's line.
    pub fn has_text_before(&self) -> bool {
        self.fenced.as_ref().is_some_and(|fenced| !fenced.before.is_empty())
    }

    /// Puts every span of a delimiter of one line where it belongs.
    pub fn replace_spans(&mut self, place: impl Fn(Span) -> Span) {
        for span in [&mut self.span, &mut self.keyword, &mut self.name] {
            *span = place(*span);
        }
        for flaw in &mut self.flaws {
            flaw.span = place(flaw.span);
        }
        if let Some(count) = &mut self.count {
            count.number_span = place(count.number_span);
            count.total_span = place(count.total_span);
        }
        self.end = self.span.end;
    }

    /// Moves every span `by` bytes back, for a delimiter that does not start with its line.
    pub fn shift(&mut self, by: usize) {
        for span in [&mut self.span, &mut self.keyword, &mut self.name] {
            *span = span.moved(by);
        }
        self.end = Span::empty(self.end as usize + by).end;
        for flaw in &mut self.flaws {
            flaw.span = flaw.span.moved(by);
        }
        if let Some(count) = &mut self.count {
            count.number_span = count.number_span.moved(by);
            count.total_span = count.total_span.moved(by);
        }
        if let Some(fenced) = &mut self.fenced {
            fenced.shift(by);
        }
    }
}
