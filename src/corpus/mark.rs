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
    /// Captions and cries come close to it: `[FILE: AP]`, `==> Important <==`. Believed only in a corpus of its dialect.
    pub is_doubtful: bool,
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
    /// A corpus has a mark for each dispatch, so what few have takes no place in the others.
    rare: Option<Box<Rare>>,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Rare {
    count: Option<Count>,
    flaws: Box<[Flaw]>,
    fenced: Option<Fenced>,
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
            is_doubtful: false,
            style,
            span,
            end: span.end,
            keyword: Span::default(),
            name: Span::default(),
            key: 0,
            unsafe_name: None,
            blank_before: None,
            rare: None,
        }
    }

    /// Number and total, in dialects that count, and where they stand.
    pub fn count(&self) -> Option<&Count> {
        self.rare.as_ref()?.count.as_ref()
    }

    pub fn set_count(&mut self, count: Option<Count>) {
        if count.is_some() {
            self.rare.get_or_insert_default().count = count;
        }
    }

    /// Flaws by the rules of its own dialect (not for fenced dialects: see [`Fenced::flaws`]).
    pub fn flaws(&self) -> &[Flaw] {
        self.rare.as_ref().map_or(&[], |rare| &rare.flaws)
    }

    /// The parts of a malformed delimiter of a fenced dialect.
    pub fn fenced(&self) -> Option<&Fenced> {
        self.rare.as_ref()?.fenced.as_ref()
    }

    pub fn set_fenced(&mut self, fenced: Fenced) {
        self.rare.get_or_insert_default().fenced = Some(fenced);
    }

    pub fn dialect(&self) -> Dialect {
        self.style.dialect
    }

    /// Takes the flaws, and is well-formed when there are none.
    pub fn with_flaws(mut self, flaws: Vec<Flaw>) -> Self {
        self.well_formed = self.well_formed && flaws.is_empty();
        if !flaws.is_empty() || self.rare.is_some() {
            self.rare.get_or_insert_default().flaws = flaws.into();
        }
        self
    }

    /// Whether it is what the file begins with.
    pub fn begins_file(&self) -> bool {
        self.blank_before.is_none() && !self.has_text_before()
    }

    /// Text of the dispatch in front stands on the delimiter's line.
    pub fn has_text_before(&self) -> bool {
        self.fenced().is_some_and(|fenced| !fenced.before.is_empty())
            || self.flaws().iter().any(|flaw| flaw.code == Code::F008 && flaw.span.end <= self.span.start)
    }

    /// Text of its own dispatch stands on the delimiter's line.
    pub fn has_text_behind(&self) -> bool {
        self.fenced().is_some_and(|fenced| !fenced.behind.is_empty())
            || self.flaws().iter().any(|flaw| flaw.code == Code::F008 && flaw.span.start >= self.span.end)
    }

    /// Puts every span of a delimiter of one line where it belongs.
    pub fn replace_spans(&mut self, place: impl Fn(Span) -> Span) {
        for span in [&mut self.span, &mut self.keyword, &mut self.name] {
            *span = place(*span);
        }
        if let Some(rare) = &mut self.rare {
            for flaw in &mut rare.flaws {
                flaw.span = place(flaw.span);
            }
            if let Some(count) = &mut rare.count {
                count.number_span = place(count.number_span);
                count.total_span = place(count.total_span);
            }
        }
        self.end = place(Span::empty(self.end as usize)).end;
    }

    /// Moves every span `by` bytes back, for a delimiter that does not start with its line.
    pub fn shift(&mut self, by: usize) {
        for span in [&mut self.span, &mut self.keyword, &mut self.name] {
            *span = span.moved(by);
        }
        self.end = Span::empty(self.end as usize + by).end;
        let Some(rare) = &mut self.rare else { return };
        for flaw in &mut rare.flaws {
            flaw.span = flaw.span.moved(by);
        }
        if let Some(count) = &mut rare.count {
            count.number_span = count.number_span.moved(by);
            count.total_span = count.total_span.moved(by);
        }
        if let Some(fenced) = &mut rare.fenced {
            fenced.shift(by);
        }
    }
}
