//! The index of a corpus: its pieces in chunks, kept up to date with the edits of the text.
//!
//! An edit re-reads the pieces it touches, splices them in, and judges the chunks around again until nothing changes.
//! Only when the profile changes (another dialect wins, the first closer appears) every chunk is judged again; no
//! text is read for that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::chunk::{Chunk, FULL, Summary};
use super::findings::{self, State};
use super::mark::{Mark, Role};
use super::name::ByKey;
use super::piece::{self, Piece};
use super::profile::{Part, Profile, Totals};
use super::recognise::REACH;
use super::view::View;
use super::{Code, KINDS, Options};
use crate::text::{Change, Text};

/// A chunk and its sums.
#[derive(Debug, Clone, Default)]
pub struct Slot {
    pub summary: Summary,
    pub chunk: Arc<Chunk>,
    /// Another one for each text and each judgement of it.
    pub stamp: u64,
    /// What was found in it, so that those who look for findings read few chunks.
    pub findings: Findings,
}

/// What was found in a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Findings {
    #[default]
    None,
    /// What is said of them has no other place in it.
    Here,
    Elsewhere,
}

impl Findings {
    fn of(found: &[findings::Found]) -> Findings {
        match found {
            [] => Findings::None,
            found if found.iter().any(|found| found.what.is_elsewhere()) => Findings::Elsewhere,
            _ => Findings::Here,
        }
    }
}

/// A stamp that nothing has.
fn new_stamp() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// Where a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    pub chunk: usize,
    pub piece: usize,
}

/// Names that several dispatches have.
#[derive(Debug, Clone, Default)]
pub struct Duplicates {
    /// Every holder of a name but the first, by label, with the name's key.
    pub later: BTreeMap<u64, u64>,
    /// The label of the first holder, by the name's key.
    pub first: ByKey<u64>,
}

/// The index of a corpus, kept up to date with the edits of its text.
#[derive(Debug, Default)]
pub struct Corpus {
    view: View,
    totals: Totals,
    /// The label of the first opener that has a name, by its key.
    names: ByKey<u64>,
    /// The labels of all that have it, where there are several.
    holders: ByKey<BTreeSet<u64>>,
}

/// Lines around an edit that are read again: a delimiter reaches so far on, and looks one line back.
const CONTEXT: usize = REACH + 2;
/// Labels are given out with gaps of this size.
pub(super) const GAP: u64 = 1 << 24;

impl Corpus {
    /// Reads a whole text.
    pub fn read(text: &str, options: &Options) -> Corpus {
        let mut corpus = Corpus::default();
        corpus.view.options = Arc::new(options.clone());
        let pieces = piece::read(text, 0, text.len());
        for piece in &pieces {
            corpus.totals.add(piece);
        }
        corpus.view.slots = Arc::new(pack(pieces));
        corpus.relabel();
        corpus.judge_all();
        corpus
    }

    /// A snapshot, in constant time.
    pub fn view(&self) -> View {
        self.view.clone()
    }

    /// Judges everything by other options; reads no text.
    pub fn set_options(&mut self, options: &Options) {
        if *self.view.options != *options {
            self.view.options = Arc::new(options.clone());
            self.view.corpus_date.take();
            self.judge_all();
        }
    }

    /// Follows one change; `text` is the text after it. The cost does not depend on the text's length.
    pub fn change(&mut self, text: &Text, change: Change) {
        let old_len = self.view.len();
        let consistent = text.len() + change.old_end == old_len + change.new_end && change.old_end <= old_len;
        if !consistent || self.view.slots.is_empty() {
            // A caller that lost count gets a right index all the same.
            *self = Corpus::read(&text.to_string(), &self.view.options.clone());
            return;
        }
        let from = text.line_start(text.line_of(change.start).saturating_sub(CONTEXT));
        let to = text.line_start(text.line_of(change.new_end) + CONTEXT + 1);
        let old_to = to - change.new_end + change.old_end;

        let (first, start) = self.view.place_at(from);
        let (mut last, last_start) = self.view.place_at(old_to.min(old_len.saturating_sub(1)));
        let mut old_end = last_start + self.view.piece(last).map_or(0, |piece| piece.len);
        let pieces = loop {
            let end = old_end + change.new_end - change.old_end;
            let context_start = text.line_start(text.line_of(start).saturating_sub(CONTEXT));
            let context_end = text.line_start(text.line_of(end) + CONTEXT + 1);
            let block = text.slice(context_start..context_end);
            let pieces = piece::read(&block, start - context_start, end - context_start);
            // A piece that goes on in the next one must be long enough to hold the whole opening of its dispatch.
            let next = self.view.next_place(last);
            let goes_on = next.and_then(|next| self.view.piece(next)).is_some_and(|piece| piece.mark.is_none());
            match next {
                Some(next) if goes_on && pieces.last().is_none_or(Piece::needs_more) => {
                    last = next;
                    old_end += self.view.piece(next).map_or(0, |piece| piece.len);
                }
                _ => break pieces,
            }
        };
        self.splice(first, last, pieces);
    }

    /// Puts `pieces` in the place of those from `first` to `last`.
    fn splice(&mut self, first: Place, last: Place, mut pieces: Vec<Piece>) {
        let profile = self.view.profile.clone();
        self.view.renames.take();
        self.view.starts.take();
        self.view.keys.take();
        let slots = Arc::make_mut(&mut self.view.slots);
        let mut old = Vec::new();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut removed_codes: Vec<Code> = Vec::new();
        let mut entry = State::default();
        for (at, slot) in slots.iter_mut().enumerate().take(last.chunk + 1).skip(first.chunk) {
            // Without a snapshot that still looks at it, the chunk is taken apart, not copied.
            let chunk = Arc::unwrap_or_clone(std::mem::take(&mut slot.chunk));
            removed_codes.extend(chunk.found.iter().map(|found| found.code));
            if at == first.chunk {
                entry = chunk.entry;
            }
            for (inner, piece) in chunk.pieces.into_iter().enumerate() {
                let place = Place { chunk: at, piece: inner };
                match (place < first, place > last) {
                    (true, _) => before.push(piece),
                    (_, true) => after.push(piece),
                    _ => old.push(piece),
                }
            }
        }
        // Most edits leave delimiters and names as they are: then the labels stay, and so do the names.
        let same_marks = old.len() == pieces.len()
            && old.iter().zip(&pieces).all(|(old, new)| key_of(old, &profile) == key_of(new, &profile));
        let low = old.first().map_or(0, |piece| piece.label);
        let high = after
            .first()
            .map(|piece| piece.label)
            .or_else(|| slots.get(last.chunk + 1).map(|slot| slot.summary.first_label));
        let previous = before.last().map(|piece| piece.label).or_else(|| {
            let slot = slots.get(first.chunk.checked_sub(1)?)?;
            slot.chunk.pieces.last().map(|piece| piece.label)
        });
        let fits = if same_marks {
            for (new, old) in pieces.iter_mut().zip(&old) {
                new.label = old.label;
            }
            true
        } else {
            label(
                &mut pieces,
                previous.unwrap_or(0),
                high.unwrap_or(low.max(previous.unwrap_or(0)) + GAP * (1 + old.len() as u64)),
            )
        };

        for piece in &old {
            self.totals.remove(piece);
        }
        for piece in &pieces {
            self.totals.add(piece);
        }
        let changed_names: Vec<(u64, u64, bool)> = if same_marks {
            Vec::new()
        } else {
            let removed = old.iter().map(|piece| (key_of(piece, &profile), piece.label, false));
            let added = pieces.iter().map(|piece| (key_of(piece, &profile), piece.label, true));
            removed.chain(added).filter(|(key, ..)| *key != 0).collect()
        };

        let openers = before.iter().filter(|piece| opener_of(piece, &profile).is_some()).count();
        let mut chunks: Vec<Slot> = pack(before.into_iter().chain(pieces).chain(after).collect())
            .into_iter()
            .map(|slot| Slot { summary: slot.chunk.summary(&profile), ..slot })
            .collect();
        let added = chunks.len();
        if let Some(chunk) = chunks.first_mut().and_then(|slot| Arc::get_mut(&mut slot.chunk)) {
            chunk.entry = entry;
        }
        slots.splice(first.chunk..last.chunk + 1, chunks);
        for code in removed_codes {
            self.view.uncount(code);
        }

        if !fits {
            self.relabel();
            self.judge_all();
            return;
        }
        let new_profile = self.totals.profile(&self.view.options);
        self.view.line_ends = piece::LineEnd::ALL.map(|kind| self.totals.line_ends(kind));
        if new_profile != profile {
            self.judge_all();
            return;
        }
        for (key, label, is_new) in changed_names {
            if is_new { self.add_name(key, label) } else { self.remove_name(key, label) }
        }
        self.judge_around(first.chunk, first.chunk + added, openers);
    }

    /// Judges the chunks `from..to` again, those in front whose openers look so far on, and those behind until what
    /// is open at their start is what it was. In `from` there are `openers` in front of what has changed.
    fn judge_around(&mut self, from: usize, to: usize, mut openers: usize) {
        let slots = &self.view.slots;
        // An opener looks on to the next one, and to the closers behind that.
        let mut start = from;
        while start > 0 && openers < 2 {
            start -= 1;
            openers += slots.get(start).map_or(0, |slot| slot.summary.openers);
        }
        let mut at = start;
        let mut state = match slots.get(start) {
            Some(slot) if start > 0 => slot.chunk.entry.clone(),
            _ => State::default(),
        };
        while at < self.view.slots.len() {
            let (found, exit) = findings::judge(&self.view, at, state.clone());
            let slots = Arc::make_mut(&mut self.view.slots);
            let Some(slot) = slots.get_mut(at) else { break };
            if slot.chunk.found != found {
                slot.stamp = new_stamp();
            }
            slot.findings = Findings::of(&found);
            let old = std::mem::replace(&mut Arc::make_mut(&mut slot.chunk).found, found);
            if let Some(chunk) = Arc::get_mut(&mut slot.chunk) {
                chunk.entry = state;
            }
            let new: Vec<Code> = slot.chunk.found.iter().map(|found| found.code).collect();
            for found in old {
                self.view.uncount(found.code);
            }
            for code in new {
                self.view.count(code);
            }
            state = exit;
            at += 1;
            let settled = at >= to && self.view.slots.get(at).is_some_and(|slot| slot.chunk.entry == state);
            if settled {
                break;
            }
        }
    }

    /// Judges everything: names, summaries, findings.
    fn judge_all(&mut self) {
        self.view.profile = self.totals.profile(&self.view.options);
        self.view.line_ends = piece::LineEnd::ALL.map(|kind| self.totals.line_ends(kind));
        self.view.counts = [0; KINDS.len()];
        self.names.clear();
        self.holders.clear();
        self.view.renames.take();
        self.view.starts.take();
        self.view.keys.take();
        self.view.duplicates = Arc::default();
        let profile = self.view.profile.clone();
        for slot in Arc::make_mut(&mut self.view.slots).iter_mut() {
            slot.summary = slot.chunk.summary(&profile);
        }
        // Grown step by step, it would leave holes of its smaller sizes between what stays.
        let slots = self.view.slots.clone();
        self.names.reserve(slots.iter().map(|slot| slot.summary.openers).sum());
        for (key, label) in names_of(slots.iter().flat_map(|slot| &slot.chunk.pieces), &profile) {
            self.add_name(key, label);
        }
        drop(slots);
        let mut state = State::default();
        for at in 0..self.view.slots.len() {
            let (found, exit) = findings::judge(&self.view, at, state.clone());
            for found in &found {
                self.view.count(found.code);
            }
            let slots = Arc::make_mut(&mut self.view.slots);
            if let Some(slot) = slots.get_mut(at) {
                slot.stamp = new_stamp();
                slot.findings = Findings::of(&found);
                let chunk = Arc::make_mut(&mut slot.chunk);
                chunk.found = found;
                chunk.entry = std::mem::replace(&mut state, exit);
            }
        }
    }

    /// Puts the findings of a chunk in their place.
    pub(super) fn put_found(view: &mut View, at: usize, found: Vec<findings::Found>) {
        for found in &found {
            view.count(found.code);
        }
        if let Some(slot) = Arc::make_mut(&mut view.slots).get_mut(at) {
            slot.findings = Findings::of(&found);
            Arc::make_mut(&mut slot.chunk).found = found;
        }
    }

    /// Gives every piece a new label, in order.
    fn relabel(&mut self) {
        let slots = Arc::make_mut(&mut self.view.slots);
        let mut next = GAP;
        for slot in slots.iter_mut() {
            slot.summary.first_label = next;
            for piece in &mut Arc::make_mut(&mut slot.chunk).pieces {
                piece.label = next;
                next += GAP;
            }
        }
    }

    fn add_name(&mut self, key: u64, label: u64) {
        let first = *self.names.entry(key).or_insert(label);
        if first == label {
            return;
        }
        let now = first.min(label);
        self.names.insert(key, now);
        self.holders.entry(key).or_insert_with(|| [first].into()).insert(label);
        let duplicates = Arc::make_mut(&mut self.view.duplicates);
        duplicates.later.insert(first.max(label), key);
        duplicates.first.insert(key, now);
        self.view.count(Code::F010);
    }

    fn remove_name(&mut self, key: u64, label: u64) {
        let Some(labels) = self.holders.get_mut(&key) else {
            self.names.remove(&key);
            return;
        };
        let was_first = labels.first() == Some(&label);
        labels.remove(&label);
        let first = labels.first().copied().unwrap_or_default();
        self.names.insert(key, first);
        let duplicates = Arc::make_mut(&mut self.view.duplicates);
        duplicates.later.remove(if was_first { &first } else { &label });
        duplicates.first.insert(key, first);
        if labels.len() == 1 {
            self.holders.remove(&key);
            duplicates.first.remove(&key);
        }
        self.view.uncount(Code::F010);
    }
}

/// The opener of a dispatch with which a piece begins.
fn opener_of<'a>(piece: &'a Piece, profile: &Profile) -> Option<&'a Mark> {
    piece.mark.as_deref().filter(|mark| mark.role == Role::Opener && profile.part(mark) == Part::Structure)
}

/// The key of the name that a piece gives a dispatch; 0 where it gives none.
fn key_of(piece: &Piece, profile: &Profile) -> u64 {
    opener_of(piece, profile).map_or(0, |mark| mark.key)
}

/// The keys of the names that pieces give to dispatches.
pub(super) fn names_of<'a>(
    pieces: impl Iterator<Item = &'a Piece> + 'a,
    profile: &'a Profile,
) -> impl Iterator<Item = (u64, u64)> + 'a {
    pieces.map(|piece| (key_of(piece, profile), piece.label)).filter(|(key, _)| *key != 0)
}

/// Packs pieces into chunks that leave room to grow.
pub(super) fn pack(pieces: Vec<Piece>) -> Vec<Slot> {
    let mut slots = Vec::with_capacity(pieces.len() / FULL + 1);
    let size = if pieces.len() <= FULL { FULL } else { FULL * 3 / 4 };
    let mut pieces = pieces.into_iter();
    loop {
        let chunk: Vec<Piece> = pieces.by_ref().take(size).collect();
        if chunk.is_empty() {
            return slots;
        }
        slots.push(Slot { chunk: Arc::new(Chunk::new(chunk)), stamp: new_stamp(), ..Slot::default() });
    }
}

/// Labels pieces evenly between two labels; whether there was room.
fn label(pieces: &mut [Piece], low: u64, high: u64) -> bool {
    let step = high.saturating_sub(low) / (pieces.len() as u64 + 1);
    let mut next = low;
    for piece in pieces.iter_mut() {
        next += step;
        piece.label = next;
    }
    step > 0
}
