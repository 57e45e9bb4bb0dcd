//! Where things are in a view: chunks, pieces and delimiters by offset and by order.

use super::index::Place;
use super::mark::{Mark, Role};
use super::piece::Piece;
use super::profile::Part;
use super::view::{Start, View};

impl View {
    /// The starts of all chunks, and the end of the last.
    pub(super) fn starts(&self) -> &[Start] {
        self.starts.get_or_init(|| {
            let ends = self.slots.iter().scan(Start::default(), |end, slot| {
                end.bytes += slot.summary.bytes;
                end.openers += slot.summary.openers;
                Some(*end)
            });
            std::iter::once(Start::default()).chain(ends).collect()
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

    pub(super) fn opener_at_or_before(&self, offset: usize) -> Option<Place> {
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
    pub(super) fn number_of(&self, place: Place) -> usize {
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
}
