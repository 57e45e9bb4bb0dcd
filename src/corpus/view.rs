//! Views: immutable snapshots of the index, and what they answer about dispatches and findings.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::date::{self, PartialDate};
use super::dispatch::{Delimiter, Dispatch, Field, Header};
use super::dispatch_date::{Dated, DispatchDate, dispatch_dates};
use super::findings::{Found, What};
use super::index::{Duplicates, Findings, Place, Slot};
use super::lines::Line;
use super::mark::{Mark, Role};
use super::name::Keys;
use super::opening::Opening;
use super::piece::{LineEnd, Piece};
use super::profile::{Part, Profile};
use super::recognise::recognise;
use super::span::Span;
use super::style::Style;
use super::{Code, Dialect, KINDS, Options};

/// An immutable snapshot of the index. Cloning is cheap.
#[derive(Debug, Clone)]
pub struct View {
    pub(super) slots: Arc<Vec<Slot>>,
    pub(super) profile: Profile,
    pub(super) options: Arc<Options>,
    /// The date in the corpus file's name, once it was asked for.
    pub(super) corpus_date: OnceLock<Option<PartialDate>>,
    pub(super) duplicates: Arc<Duplicates>,
    pub(super) counts: [usize; KINDS.len()],
    pub(super) line_ends: [usize; 3],
    /// The file has text in front of the view.
    pub(super) starts_later: bool,
    /// The text goes on behind the view.
    pub(super) goes_on: bool,
    /// Keys of names in front of the view, and in it.
    pub(super) names_before: Arc<Keys>,
    /// New names for duplicates, made when the first is asked for.
    pub(super) renames: OnceLock<Arc<HashMap<u64, String>>>,
    /// The keys of all names, for new names that are not taken.
    pub(super) keys: OnceLock<Arc<Keys>>,
    /// Where chunks start, made when the first dispatch is looked up: whoever asks for one may ask for all.
    pub(super) starts: OnceLock<Arc<[Start]>>,
}

/// Bytes and openers in front of a chunk.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Start {
    bytes: usize,
    openers: usize,
}

impl Default for View {
    fn default() -> Self {
        View {
            slots: Arc::default(),
            profile: Profile::default(),
            options: Arc::default(),
            corpus_date: OnceLock::new(),
            duplicates: Arc::default(),
            counts: [0; KINDS.len()],
            line_ends: [0; 3],
            starts_later: false,
            goes_on: false,
            names_before: Arc::default(),
            renames: OnceLock::new(),
            keys: OnceLock::new(),
            starts: OnceLock::new(),
        }
    }
}

impl View {
    /// That of a text which is no corpus: it has no dispatch, where an empty corpus is one.
    pub fn none() -> View {
        View { profile: Profile { opens: true, ..Profile::default() }, ..View::default() }
    }
}

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
    /// The dialect the corpus is read in.
    pub fn dialect(&self) -> Dialect {
        if self.profile.opens { self.profile.dialect } else { Dialect::Single }
    }

    /// Length of the text in bytes.
    pub fn len(&self) -> usize {
        let known = self.starts.get().and_then(|starts| starts.last());
        known.map_or_else(|| self.slots.iter().map(|slot| slot.summary.bytes).sum(), |end| end.bytes)
    }

    /// The starts of all chunks, and the end of the last.
    fn starts(&self) -> &[Start] {
        self.starts.get_or_init(|| {
            let ends = self.slots.iter().scan(Start::default(), |end, slot| {
                end.bytes += slot.summary.bytes;
                end.openers += slot.summary.openers;
                Some(*end)
            });
            std::iter::once(Start::default()).chain(ends).collect()
        })
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What the text was read by.
    pub fn options(&self) -> &Options {
        &self.options
    }

    pub(super) fn corpus_date(&self) -> Option<PartialDate> {
        *self.corpus_date.get_or_init(|| date::in_name(&self.options.file_name).map(|(date, _)| date))
    }

    /// The line or lines that open a dispatch in the corpus's own style, without the last line end; canonical where it
    /// has none.
    pub fn opener(&self, name: &str) -> String {
        let number = self.dispatch_count() + usize::from(self.profile.opens);
        let has_style = self.profile.dialect != Dialect::Single;
        let style = if has_style { self.profile.style } else { Style::usual(Dialect::Canonical) };
        style.opener(name, number, number, self.line_end())
    }

    /// The line that closes the dispatch `name` in the corpus's own style, without its line end; `None` where this
    /// corpus does not close.
    pub fn closer(&self, name: &str) -> Option<String> {
        let closes = self.profile.closes || self.profile.dialect == Dialect::Tag;
        closes.then(|| self.profile.style.closer(self.profile.names_closers.then_some(name)))?
    }

    /// Whether `line`, without its line end, would be a well-formed delimiter of this corpus.
    pub fn is_delimiter(&self, line: &str) -> bool {
        let mark = Line::at(line, 0).and_then(|first| recognise(line, first));
        mark.is_some_and(|mark| mark.well_formed && self.profile.part(&mark) == Part::Structure)
    }

    /// All dates that a dispatch gives for itself, the one that counts first.
    pub fn dates(&self, dispatch: &Dispatch) -> Vec<DispatchDate> {
        let (place, start) = self.place_at(dispatch.range.start);
        let Some(opening) = self.piece(place).and_then(|piece| piece.opening.as_deref()) else { return Vec::new() };
        dispatch_dates(opening, self.structure(place), self.corpus_date()).map(|date| dated(&date, start)).collect()
    }

    /// How many dispatches there are. A file without any delimiter is one.
    pub fn dispatch_count(&self) -> usize {
        if self.profile.opens { self.slots.iter().map(|slot| slot.summary.openers).sum() } else { 1 }
    }

    /// The commonest line end of the text.
    pub fn line_end(&self) -> &'static str {
        self.profile.line_end.text()
    }

    /// The dispatches that touch `range`, in file order, made as they are asked for.
    pub fn dispatches(&self, range: Range<usize>) -> impl Iterator<Item = Dispatch> + '_ {
        let first = if self.profile.opens {
            self.opener_at_or_before(range.start).or_else(|| self.next_opener(None))
        } else {
            None
        };
        let whole = (!self.profile.opens).then(|| self.single()).into_iter();
        let mut number = first.map_or(0, |place| self.number_of(place));
        let mut next = first.map(|place| (place, self.offset(place)));
        let listed = std::iter::from_fn(move || {
            let (place, start) = next?;
            if start >= range.end && start > range.start {
                return None;
            }
            let (dispatch, following) = self.dispatch(place, start, number);
            next = following;
            number += 1;
            Some(dispatch)
        });
        whole.chain(listed)
    }

    /// The dispatch that holds `offset`; none in a preamble.
    pub fn dispatch_at(&self, offset: usize) -> Option<Dispatch> {
        self.starts();
        let dispatch = self.dispatches(offset..offset.saturating_add(1)).next()?;
        let holds = dispatch.range.contains(&offset) || (offset == dispatch.range.end && offset >= self.len());
        holds.then_some(dispatch)
    }

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

    pub(super) fn piece(&self, place: Place) -> Option<&Piece> {
        self.slots.get(place.chunk)?.chunk.pieces.get(place.piece)
    }

    pub(super) fn last_piece(&self) -> Option<&Piece> {
        self.slots.last()?.chunk.pieces.last()
    }

    /// The place of the piece that holds `offset`, and where it starts. The last piece for an offset behind the end.
    pub(super) fn place_at(&self, offset: usize) -> (Place, usize) {
        let (chunk, mut start) = self.chunk_at(offset);
        let mut piece = 0;
        if let Some(slot) = self.slots.get(chunk) {
            for (at, text) in slot.chunk.pieces.iter().enumerate() {
                piece = at;
                if offset < start + text.len || at + 1 == slot.chunk.pieces.len() {
                    break;
                }
                start += text.len;
            }
        }
        (Place { chunk, piece }, start)
    }

    /// The same for a chunk.
    fn chunk_at(&self, offset: usize) -> (usize, usize) {
        let last = self.slots.len().saturating_sub(1);
        if let Some(starts) = self.starts.get() {
            let chunk = starts.partition_point(|start| start.bytes <= offset).saturating_sub(1).min(last);
            return (chunk, starts.get(chunk).map_or(0, |start| start.bytes));
        }
        let mut start = 0;
        for (at, slot) in self.slots.iter().enumerate() {
            if offset < start + slot.summary.bytes || at == last {
                return (at, start);
            }
            start += slot.summary.bytes;
        }
        (0, 0)
    }

    /// Bytes and openers in front of a chunk.
    fn in_front_of(&self, chunk: usize) -> Start {
        if let Some(start) = self.starts.get().and_then(|starts| starts.get(chunk)) {
            return *start;
        }
        let chunks = self.slots.iter().take(chunk).map(|slot| &slot.summary);
        chunks.fold(Start::default(), |start, chunk| Start {
            bytes: start.bytes + chunk.bytes,
            openers: start.openers + chunk.openers,
        })
    }

    pub(super) fn next_place(&self, place: Place) -> Option<Place> {
        let chunk = self.slots.get(place.chunk)?;
        if place.piece + 1 < chunk.chunk.pieces.len() {
            return Some(Place { piece: place.piece + 1, ..place });
        }
        let next = place.chunk + 1;
        (next < self.slots.len()).then_some(Place { chunk: next, piece: 0 })
    }

    /// Where a piece starts.
    pub(super) fn offset(&self, place: Place) -> usize {
        self.in_front_of(place.chunk).bytes
            + self.slots.get(place.chunk).map_or(0, |slot| slot.chunk.offset_of(place.piece))
    }

    /// The delimiter of a piece, if it is one to this corpus.
    pub(super) fn structure(&self, place: Place) -> Option<&Mark> {
        let mark = self.piece(place)?.mark.as_deref()?;
        (self.profile.part(mark) == Part::Structure).then_some(mark)
    }

    /// The next delimiter behind `place` (from the start for `None`); chunks without any are passed over.
    pub(super) fn next_structure(&self, place: Option<Place>) -> Option<(Place, &Mark)> {
        let mut at = match place {
            Some(place) => Place { piece: place.piece + 1, ..place },
            None => Place::default(),
        };
        while let Some(slot) = self.slots.get(at.chunk) {
            if slot.summary.structure > 0 {
                while at.piece < slot.chunk.pieces.len() {
                    if let Some(mark) = self.structure(at) {
                        return Some((at, mark));
                    }
                    at.piece += 1;
                }
            }
            at = Place { chunk: at.chunk + 1, piece: 0 };
        }
        None
    }

    pub(super) fn next_opener(&self, place: Option<Place>) -> Option<Place> {
        let mut at = place;
        loop {
            let (next, mark) = self.next_structure(at)?;
            if mark.role == Role::Opener {
                return Some(next);
            }
            at = Some(next);
        }
    }

    fn opener_at_or_before(&self, offset: usize) -> Option<Place> {
        let (place, _) = self.place_at(offset);
        let is_opener = |place: Place| self.structure(place).is_some_and(|mark| mark.role == Role::Opener);
        (0..=place.piece).rev().map(|piece| Place { piece, ..place }).find(|place| is_opener(*place)).or_else(|| {
            let chunk = (0..place.chunk)
                .rev()
                .find(|chunk| self.slots.get(*chunk).is_some_and(|slot| slot.summary.openers > 0))?;
            let pieces = self.slots.get(chunk)?.chunk.pieces.len();
            (0..pieces).rev().map(|piece| Place { chunk, piece }).find(|place| is_opener(*place))
        })
    }

    /// How many openers there are in front of a piece.
    fn number_of(&self, place: Place) -> usize {
        let inner = (0..place.piece)
            .map(|piece| Place { piece, ..place })
            .filter(|place| self.structure(*place).is_some_and(|mark| mark.role == Role::Opener));
        self.in_front_of(place.chunk).openers + inner.count()
    }

    /// The place of the piece with a label.
    pub(super) fn labelled(&self, label: u64) -> Option<Place> {
        let chunk = self.slots.partition_point(|slot| slot.summary.first_label <= label).checked_sub(1)?;
        let piece = self.slots.get(chunk)?.chunk.pieces.binary_search_by_key(&label, |piece| piece.label).ok()?;
        Some(Place { chunk, piece })
    }

    /// The dispatch whose opener is at `place`, and the next opener.
    fn dispatch(&self, place: Place, start: usize, number: usize) -> (Dispatch, Option<(Place, usize)>) {
        let mut closer = None;
        let mut at = place;
        let mut offset = start;
        let mut following = None;
        // Pieces are passed one by one, for their lengths; whole chunks without delimiters at once.
        while let Some(piece) = self.piece(at) {
            offset += piece.len;
            let Some(mut next) = self.next_place(at) else { break };
            while next.piece == 0 && self.slots.get(next.chunk).is_some_and(|slot| slot.summary.structure == 0) {
                offset += self.slots.get(next.chunk).map_or(0, |slot| slot.summary.bytes);
                next.chunk += 1;
            }
            at = next;
            match self.structure(at) {
                Some(mark) if mark.role == Role::Opener => {
                    following = Some((at, offset));
                    break;
                }
                Some(mark) if closer.is_none() => closer = Some((delimiter(mark, offset), offset)),
                _ => {}
            }
        }
        let end = following.map_or(offset, |(_, offset)| offset);
        let piece = self.piece(place);
        let opening = piece.and_then(|piece| piece.opening.as_deref());
        let mark = self.structure(place);
        let body_start = opening.map_or(0, |opening| opening.body as usize) + start;
        let body_end = closer.as_ref().map_or(end, |(_, offset)| *offset);
        let dispatch = Dispatch {
            number,
            range: start..end,
            opener: mark.map(|mark| delimiter(mark, start)),
            header: opening.and_then(|opening| opening.header.as_ref()).map(|header| Header {
                range: header.span().at(start),
                fields: header
                    .entries
                    .iter()
                    .map(|entry| Field {
                        key: entry.key().map(|key| key.key),
                        key_range: entry.key_span().at(start),
                        value: entry.value.at(start),
                        line: entry.line().at(start),
                    })
                    .collect(),
            }),
            prologue: opening.and_then(Opening::prologue).map(|prologue| prologue.span.at(start)),
            body: body_start.min(body_end)..body_end,
            closer: closer.map(|(closer, _)| closer),
            date: opening.and_then(|opening| {
                let first = dispatch_dates(opening, mark, self.corpus_date()).next()?;
                Some(dated(&first, start))
            }),
        };
        (dispatch, following)
    }

    /// The whole file as one dispatch.
    fn single(&self) -> Dispatch {
        let (mut dispatch, _) = self.dispatch(Place::default(), 0, 0);
        dispatch.range = 0..self.len();
        dispatch.body.end = self.len();
        dispatch
    }
}

fn finding(found: &Found, base: usize, place: Place) -> Finding {
    Finding { code: found.code, range: found.span.at(base), base, place, what: found.what.clone() }
}

fn dated(date: &Dated, base: usize) -> DispatchDate {
    DispatchDate { source: date.source, date: date.date, range: date.span.map(|span| span.at(base)) }
}

fn delimiter(mark: &Mark, base: usize) -> Delimiter {
    Delimiter {
        dialect: mark.dialect(),
        well_formed: mark.well_formed,
        range: mark.span.at(base),
        end: base + mark.end as usize,
        keyword: mark.keyword.at(base),
        name: (!mark.name.is_empty()).then(|| mark.name.at(base)),
    }
}
