//! What a view answers about findings.

use std::ops::Range;

use super::findings::{Found, What};
use super::index::{Findings, Place};
use super::piece::LineEnd;
use super::span::Span;
use super::view::View;
use super::{Code, KINDS};

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub code: Code,
    pub range: Range<usize>,
    /// Where the piece starts in which it was found.
    pub(super) base: usize,
    pub(super) place: Place,
    pub(super) what: What,
}

/// Some dispatches of a view that stand one behind the other, with findings.
#[derive(Debug, Clone)]
pub struct Run {
    /// Which chunk.
    at: usize,
    /// Byte and line (from 0) at which it starts, and the byte at which it ends.
    pub start: usize,
    pub line: usize,
    pub end: usize,
    /// As long as this is the same, so are the findings of the run and what is said of them, but for the place at which
    /// it starts. `None` where they depend on more.
    pub stamp: Option<u64>,
}

impl Finding {
    /// A finding from outside the text, such as bytes that are no text at all. It has no fix.
    pub fn new(code: Code, range: Range<usize>) -> Self {
        Finding { code, base: range.start, range, place: Place::default(), what: What::Plain }
    }
}

impl View {
    /// The findings that touch `range`, in file order, made as they are asked for.
    pub fn findings(&self, range: Range<usize>) -> impl Iterator<Item = Finding> + '_ {
        let mut start = 0;
        let bounds = range.clone();
        self.slots
            .iter()
            .enumerate()
            .filter_map(move |(at, slot)| {
                let base = start;
                start += slot.summary.bytes;
                (base <= bounds.end && start >= bounds.start).then_some((at, base))
            })
            .flat_map(move |(at, base)| self.findings_of_chunk(at, base))
            .filter(move |finding| finding.range.start <= range.end && finding.range.end >= range.start)
    }

    /// The corpus cut into runs of dispatches, those without findings left out.
    pub fn runs(&self) -> impl Iterator<Item = Run> + '_ {
        let odd = self.odd_line_end().map(|(place, _)| place.chunk);
        let last = self.slots.len().saturating_sub(1);
        let unended = self.last_piece().is_some_and(|piece| piece.unended && !self.goes_on);
        let mut later = self.duplicates.later.keys().copied().peekable();
        self.slots.iter().zip(self.all_runs()).filter_map(move |(slot, run)| {
            let mut repeats = false;
            while later.next_if(|label| *label < self.labels(run.at).end).is_some() {
                repeats = true;
            }
            let depends = repeats || odd == Some(run.at) || (unended && run.at == last);
            let is_steady = !depends && slot.findings != Findings::Elsewhere;
            let stamp = run.stamp.filter(|_| is_steady);
            (depends || slot.findings != Findings::None).then_some(Run { stamp, ..run })
        })
    }

    /// The same runs, all of them; their text is the same as long as the stamp is.
    pub fn all_runs(&self) -> impl Iterator<Item = Run> + '_ {
        self.slots.iter().enumerate().scan((0, 0), |(start, line), (at, slot)| {
            let end = *start + slot.summary.bytes;
            let run = Run { at, start: *start, line: *line, end, stamp: Some(slot.stamp) };
            *start = end;
            *line += slot.summary.line_ends.iter().sum::<usize>();
            Some(run)
        })
    }

    /// The findings of a run, in file order.
    pub fn findings_of(&self, run: &Run) -> Vec<Finding> {
        self.findings_of_chunk(run.at, run.start)
    }

    /// How many findings of each kind there are in the whole corpus; constant time.
    pub fn finding_counts(&self) -> impl Iterator<Item = (Code, usize)> + '_ {
        let mut counts = self.counts;
        if let Some(count) = counts.get_mut(Code::F022 as usize) {
            *count = usize::from(self.odd_line_end().is_some());
        }
        if let Some(count) = counts.get_mut(Code::F023 as usize) {
            *count = usize::from(self.last_piece().is_some_and(|piece| piece.unended && !self.goes_on));
        }
        KINDS.iter().zip(counts).map(|(kind, count)| (kind.code, count)).filter(|(_, count)| *count > 0)
    }

    pub(super) fn count(&mut self, code: Code) {
        if let Some(count) = self.counts.get_mut(code as usize) {
            *count += 1;
        }
    }

    pub(super) fn uncount(&mut self, code: Code) {
        if let Some(count) = self.counts.get_mut(code as usize) {
            *count = count.saturating_sub(1);
        }
    }

    /// The findings of one chunk, those that need the whole corpus included, in order.
    fn findings_of_chunk(&self, at: usize, base: usize) -> Vec<Finding> {
        let Some(slot) = self.slots.get(at) else { return Vec::new() };
        let mut findings = Vec::with_capacity(slot.chunk.found.len());
        let (mut offset, mut piece) = (base, 0);
        let mut start_of = |wanted: usize| {
            while piece < wanted {
                offset += slot.chunk.pieces.get(piece).map_or(0, |piece| piece.len);
                piece += 1;
            }
            offset
        };
        for found in &slot.chunk.found {
            let base = start_of(found.piece as usize);
            let place = Place { chunk: at, piece: found.piece as usize };
            findings.push(finding(found, base, place));
        }
        let repeated = self.repeated_names(at, base);
        let odd = self.odd_line_end().filter(|(place, _)| place.chunk == at).map(|(place, span)| {
            let base = base + slot.chunk.offset_of(place.piece);
            finding(&Found { piece: 0, code: Code::F022, span, what: What::Plain }, base, place)
        });
        let is_last = at + 1 == self.slots.len();
        let unended =
            is_last.then(|| self.last_piece()).flatten().filter(|piece| piece.unended && !self.goes_on).map(|piece| {
                let place = Place { chunk: at, piece: slot.chunk.pieces.len().saturating_sub(1) };
                let start = base + slot.chunk.offset_of(place.piece);
                finding(
                    &Found { piece: 0, code: Code::F023, span: Span::empty(piece.len), what: What::Plain },
                    start,
                    place,
                )
            });
        if !repeated.is_empty() || odd.is_some() || unended.is_some() {
            findings.extend(repeated.into_iter().chain(odd).chain(unended));
        }
        findings.sort_by_key(|finding| (finding.range.start, finding.range.end, finding.code));
        findings
    }

    /// The labels of the pieces of a chunk.
    fn labels(&self, at: usize) -> Range<u64> {
        let first = |at: usize| self.slots.get(at).map_or(u64::MAX, |slot| slot.summary.first_label);
        first(at)..first(at + 1)
    }

    /// F010 for the openers of a chunk whose name was there before.
    fn repeated_names(&self, at: usize, base: usize) -> Vec<Finding> {
        let Some(slot) = self.slots.get(at) else { return Vec::new() };
        if self.duplicates.later.is_empty() {
            return Vec::new();
        }
        let mut findings = Vec::new();
        for (label, key) in self.duplicates.later.range(self.labels(at)) {
            let Ok(piece) = slot.chunk.pieces.binary_search_by_key(label, |piece| piece.label) else { continue };
            let Some(mark) = slot.chunk.pieces.get(piece).and_then(|piece| piece.mark.as_ref()) else { continue };
            let found = Found { piece: 0, code: Code::F010, span: mark.name, what: What::Key(*key) };
            findings.push(finding(&found, base + slot.chunk.offset_of(piece), Place { chunk: at, piece }));
        }
        findings
    }

    /// The first line end of another kind than most.
    pub(super) fn odd_line_end(&self) -> Option<(Place, Span)> {
        let odd = |counts: [usize; 3]| -> bool {
            LineEnd::ALL.into_iter().zip(counts).any(|(kind, count)| kind != self.profile.line_end && count > 0)
        };
        if !odd(self.line_ends) {
            return None;
        }
        let (chunk, slot) = self.slots.iter().enumerate().find(|(_, slot)| odd(slot.summary.line_ends))?;
        slot.chunk.pieces.iter().enumerate().find_map(|(piece, text)| {
            let kinds = LineEnd::ALL.into_iter().filter(|kind| *kind != self.profile.line_end);
            let (at, kind) = kinds.filter_map(|kind| Some((text.line_ends.first(kind)?, kind))).min()?;
            Some((Place { chunk, piece }, Span::new(at, at + kind.text().len())))
        })
    }
}

fn finding(found: &Found, base: usize, place: Place) -> Finding {
    Finding { code: found.code, range: found.span.at(base), base, place, what: found.what.clone() }
}
