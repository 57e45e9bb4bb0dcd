//! Corpora too large to be held: read twice, part by part. The first pass counts what the profile needs, the second
//! judges each part by it, with what was open where the last one ended. Memory is bounded by the parts, and by eight
//! bytes for each name.

use std::sync::Arc;

use super::Options;
use super::findings::{self, State};
use super::index::{Corpus, Duplicates, GAP, names_of, pack};
use super::mark::Role;
use super::name::{ByKey, Keys};
use super::piece::{self, LineEnd, Piece};
use super::profile::{Part, Profile, Totals};
use super::recognise::REACH;
use super::view::View;

/// Lines around a part that its reading looks at.
pub const CONTEXT: usize = REACH + 2;
/// Openers behind a part that its findings depend on.
const AHEAD: usize = 3;

/// The first pass: what all parts of a corpus have in common.
#[derive(Debug, Default)]
pub struct Survey {
    totals: Totals,
}

impl Survey {
    /// Counts `text[from..to]`, which begins and ends at line starts; what lies around is context of [`CONTEXT`]
    /// lines. `from` is 0 only at the start of the file.
    ///
    /// Returns where the next part must start: `to`, or behind it where a delimiter lies across.
    pub fn add(&mut self, text: &str, from: usize, to: usize) -> usize {
        let pieces = piece::read_marks(text, from, to);
        for piece in &pieces {
            self.totals.add(piece);
        }
        end_of(&pieces, from).max(to)
    }
}

/// The second pass: the parts of a corpus, one after the other.
#[derive(Debug)]
pub struct Parts {
    profile: Profile,
    options: Arc<Options>,
    state: State,
    /// Of the parts so far. Nobody looks at the last part any more when those of the next are put to them, so nothing
    /// is copied.
    names: Arc<Keys>,
    line_ends: [usize; 3],
    /// Of the parts so far.
    survey: Survey,
    /// Of the last piece so far: what is open in one part is never taken for a piece of another.
    label: u64,
    is_for_repair: bool,
}

/// A part as it was judged.
#[derive(Debug)]
pub struct PartView {
    /// Offsets are relative to `from`. It reaches behind `end`, as far as findings look ahead.
    pub view: View,
    /// Findings that start before this byte (relative to `from`) belong to the part; the next one starts here.
    pub end: usize,
    /// Line ends in the part.
    pub lines: usize,
}

impl Parts {
    pub fn new(survey: Survey, options: &Options) -> Parts {
        Parts {
            profile: survey.totals.profile(options),
            options: Arc::new(options.clone()),
            state: State::default(),
            names: Arc::default(),
            line_ends: LineEnd::ALL.map(|kind| survey.totals.line_ends(kind)),
            survey: Survey::default(),
            label: 0,
            is_for_repair: false,
        }
    }

    /// The same for repairs: each part has all of its dispatches that a closer may have to be put behind, and its own
    /// finding on line ends.
    pub fn for_repair(survey: Survey, options: &Options) -> Parts {
        Parts { is_for_repair: true, ..Parts::new(survey, options) }
    }

    /// The survey of all that was judged, and whether it comes to the profile by which it was judged: where the survey
    /// at the start was only of the first part, the second pass can be saved.
    pub fn confirm(self) -> Result<(), Box<Survey>> {
        let same = self.survey.totals.profile(&self.options) == self.profile;
        let odd = LineEnd::ALL
            .into_iter()
            .any(|kind| kind != self.profile.line_end && self.survey.totals.line_ends(kind) > 0);
        if same && !odd { Ok(()) } else { Err(Box::new(self.survey)) }
    }

    /// Judges the part of the corpus that starts at byte `from` of `text` and reaches up to `to`, less what is needed
    /// to look ahead: see [`PartView::end`]. Both are line starts (or `to` is the end of the file, which `is_last`
    /// says), and the text in front of `from` is context of [`CONTEXT`] lines; `from` is 0 only at the start of the
    /// file. Where [`PartView::end`] is 0, nothing was judged: a longer part is needed.
    pub fn next(&mut self, text: &str, from: usize, to: usize, is_last: bool) -> PartView {
        let mut pieces = piece::read(text, from, to);
        for (piece, label) in pieces.iter_mut().zip(self.label + 1..) {
            piece.label = label * GAP;
        }
        let own = if is_last { pieces.len() } else { self.own(&pieces) };
        let ahead = pieces.split_off(own);
        self.label += own as u64;
        let end: usize = pieces.iter().map(|piece| piece.len).sum();
        for piece in &pieces {
            self.survey.totals.add(piece);
        }
        let in_piece =
            |piece: &Piece| -> usize { LineEnd::ALL.map(|kind| piece.line_ends.of(kind) as usize).iter().sum() };
        let lines = pieces.iter().map(in_piece).sum();

        let duplicates = self.duplicates(&pieces);

        let mut slots = pack(pieces);
        let own_chunks = slots.len();
        slots.extend(pack(ahead));
        for slot in &mut slots {
            slot.summary = slot.chunk.summary(&self.profile);
        }
        let mut view = View {
            slots: Arc::new(slots),
            profile: self.profile.clone(),
            options: self.options.clone(),
            duplicates: Arc::new(duplicates),
            line_ends: self.line_ends,
            starts_later: from > 0,
            goes_on: !is_last,
            names_before: self.names.clone(),
            ..View::default()
        };
        for at in 0..own_chunks {
            let (found, exit) = findings::judge(&view, at, std::mem::take(&mut self.state));
            self.state = exit;
            Corpus::put_found(&mut view, at, found);
        }
        if !self.is_for_repair && view.odd_line_end().is_some_and(|(place, _)| place.chunk < own_chunks) {
            // One finding for the whole file.
            self.line_ends = [0; 3];
        }
        PartView { view, end, lines }
    }

    /// Takes the names of the next pieces; those that were there before.
    fn duplicates(&mut self, pieces: &[Piece]) -> Duplicates {
        let known = Arc::make_mut(&mut self.names);
        let mut duplicates = Duplicates::default();
        for (key, label) in names_of(pieces.iter(), &self.profile) {
            if !known.insert(key) {
                duplicates.later.insert(label, key);
            }
        }
        if !duplicates.later.is_empty() {
            let mut here = ByKey::default();
            for (key, label) in names_of(pieces.iter(), &self.profile) {
                let first = *here.entry(key).or_insert(label);
                if first != label {
                    duplicates.first.insert(key, first);
                }
            }
        }
        duplicates
    }

    /// How many of the pieces are judged: those with [`AHEAD`] openers behind them, but at least half of them, for
    /// dispatches that are larger than a part. None where a dispatch that must be whole is.
    fn own(&self, pieces: &[Piece]) -> usize {
        let is_opener = |piece: &Piece| {
            let mark = piece.mark.as_ref().filter(|mark| mark.role == Role::Opener);
            mark.is_some_and(|mark| self.profile.part(mark) == Part::Structure)
        };
        let openers = pieces.iter().enumerate().rev().filter(|(_, piece)| is_opener(piece)).map(|(at, _)| at);
        if self.is_for_repair && self.profile.closes {
            return openers.take(AHEAD).nth(AHEAD - 1).unwrap_or(0);
        }
        openers.take(AHEAD).last().unwrap_or(0).max(pieces.len() / 2).max(1)
    }
}

/// Where the last delimiter of some pieces ends.
fn end_of(pieces: &[Piece], from: usize) -> usize {
    let start: usize = pieces.iter().rev().skip(1).map(|piece| piece.len).sum();
    let mark = pieces.last().and_then(|piece| piece.mark.as_ref()).map_or(0, |mark| mark.end as usize);
    from + start + mark
}
