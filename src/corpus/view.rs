//! Views: immutable snapshots of the index, and what they answer about dispatches; about findings: `view_findings`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::date::{self, PartialDate};
use super::dispatch::{Delimiter, Dispatch, Field, Header};
use super::dispatch_date::{Dated, DispatchDate, dispatch_dates};
use super::index::{Duplicates, Place, Slot};
use super::lines::Line;
use super::mark::{Mark, Role};
use super::name::Keys;
use super::opening::Opening;
use super::profile::{Part, Profile};
use super::recognise::recognise;
use super::style::Style;
use super::{Dialect, KINDS, Options};

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
    pub(super) bytes: usize,
    pub(super) openers: usize,
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
