//! Annotations of the dispatches that were looked at lately. They are kept by content: an edit elsewhere changes nothing,
//! an edit inside is another text, and undo finds the old one again.

use std::convert::Infallible;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use xxhash_rust::xxh3::Xxh3Default;

use super::Snapshot;
use crate::annotate::{Actor, Annotations, Claim, Mention, Timex, annotate};
use crate::corpus::{Dispatch, PartialDate};
use crate::gazetteer::{EntryId, Gazetteer};
use crate::text::Span;

/// Bytes in memory that are kept; some three times the text. What is looked at again and again stays when a question about
/// a whole file is answered, which reads much that is looked at once.
const KEPT: u64 = 48 << 20;
/// Bytes; a longer dispatch is not annotated while it is edited. `dispatch-ls annotate` takes it.
pub const LONGEST: usize = 2 << 20;

/// A gazetteer, and what was found with it. Cheap to clone.
#[derive(Clone)]
pub struct Notes {
    pub gazetteer: Listed,
    /// The actors files it was made from, as the gazetteer counts them.
    pub files: Arc<[PathBuf]>,
    kept: Arc<Cache<u64, Arc<Note>, BySize>>,
}

/// Who is listed. What is built in is made when it is first looked at: it takes milliseconds and megabytes, and many
/// documents are never annotated.
#[derive(Clone)]
pub enum Listed {
    BuiltIn,
    Read(Arc<Gazetteer>),
}

impl Listed {
    pub fn is(&self, other: &Listed) -> bool {
        match (self, other) {
            (Listed::BuiltIn, Listed::BuiltIn) => true,
            (Listed::Read(one), Listed::Read(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Deref for Listed {
    type Target = Gazetteer;

    fn deref(&self) -> &Gazetteer {
        static BUILT_IN: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::built_in);
        match self {
            Listed::BuiltIn => &BUILT_IN,
            Listed::Read(gazetteer) => gazetteer,
        }
    }
}

/// What was found in the prose of a dispatch.
#[derive(Debug)]
pub struct Note {
    pub text: String,
    pub date: Option<PartialDate>,
    pub found: Annotations,
}

#[derive(Debug, Clone)]
struct BySize;

impl Weighter<u64, Arc<Note>> for BySize {
    /// Bytes in memory, near enough: each small piece on the heap counts as 32.
    fn weight(&self, _: &u64, note: &Arc<Note>) -> u64 {
        const PIECE: usize = 32;
        let Annotations { mentions, actors, dates, claims, quotations, hedges, sentences } = &note.found;
        let size = note.text.len()
            + mentions.len() * size_of::<Mention>()
            + actors.len() * (size_of::<Actor>() + 2 * PIECE)
            + dates.len() * (size_of::<Timex>() + PIECE)
            + claims.len() * (size_of::<Claim>() + 3 * PIECE)
            + (quotations.len() + hedges.len() + sentences.len()) * size_of::<Span>()
            + 8 * PIECE;
        size as u64
    }
}

impl Notes {
    /// Those of a gazetteer that was made from `files`.
    pub fn new(gazetteer: Arc<Gazetteer>, files: Vec<PathBuf>) -> Notes {
        Notes::of_listed(Listed::Read(gazetteer), files)
    }

    fn of_listed(gazetteer: Listed, files: Vec<PathBuf>) -> Notes {
        Notes { gazetteer, files: files.into(), kept: Arc::new(Cache::with_weighter(4096, KEPT, BySize)) }
    }

    /// The file and line (from 1) where an actor is listed; `None` for what is built in.
    pub fn place(&self, entry: EntryId) -> Option<(&Path, u32)> {
        let (file, line) = self.gazetteer.place(entry)?;
        Some((self.files.get(file)?, line))
    }

    /// The annotations of a dispatch, and the byte of the file at which the annotated text starts. `None` for one that
    /// is too long. Takes time in proportion to the dispatch where it was not looked at lately: not for the owner.
    pub fn of(&self, snapshot: &Snapshot, dispatch: &Dispatch) -> Option<(usize, Arc<Note>)> {
        let prose = dispatch.prose();
        if prose.len() > LONGEST {
            return None;
        }
        let text = snapshot.text.slice(prose.clone());
        let (key, date) = key(&text, dispatch);
        let read = || Arc::new(Note { text: text.to_string(), date, found: annotate(&text, date, &self.gazetteer) });
        // An editor asks for several things after a key: the first of them reads the dispatch, the others wait for that.
        let Ok(note) = self.kept.get_or_insert_with(&key, || Ok::<_, Infallible>(read()));
        Some((prose.start, if note.is_of(&text, date) { note } else { read() }))
    }

    /// The same, of a dispatch that was looked at lately and is at most `longest` bytes long.
    pub fn kept(&self, snapshot: &Snapshot, dispatch: &Dispatch, longest: usize) -> Option<(usize, Arc<Note>)> {
        let prose = dispatch.prose();
        if prose.len() > longest {
            return None;
        }
        let text = snapshot.text.slice(prose.clone());
        let (key, date) = key(&text, dispatch);
        let note = self.kept.get(&key).filter(|note| note.is_of(&text, date))?;
        Some((prose.start, note))
    }
}

fn key(text: &str, dispatch: &Dispatch) -> (u64, Option<PartialDate>) {
    let date = dispatch.date.as_ref().map(|date| date.date);
    let mut hasher = Xxh3Default::new();
    (text, date).hash(&mut hasher);
    (hasher.finish(), date)
}

impl Note {
    /// Two texts may have one key.
    fn is_of(&self, text: &str, date: Option<PartialDate>) -> bool {
        self.text == text && self.date == date
    }
}

/// Those of a gazetteer that has only what is built in.
static BUILT_IN: LazyLock<Notes> = LazyLock::new(|| Notes::of_listed(Listed::BuiltIn, Vec::new()));

impl Default for Notes {
    fn default() -> Self {
        BUILT_IN.clone()
    }
}

impl std::fmt::Debug for Notes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Notes").field("kept", &self.kept.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(bytes: usize) -> Arc<Note> {
        Arc::new(Note { text: "x".repeat(bytes), date: None, found: Annotations::default() })
    }

    /// Whole files are gone through once; hints of a view ask for the same few dispatches at each keystroke.
    #[test]
    fn what_is_looked_at_again_and_again_stays() {
        let notes = Notes::new(Arc::default(), Vec::new());
        let view = 0..20_u64;
        for key in view.clone() {
            notes.kept.insert(key, note(4 << 10));
            assert!(notes.kept.get(&key).is_some());
        }
        for key in 100..40_000 {
            notes.kept.insert(key, note(4 << 10));
            if key % 2_000 == 0 {
                view.clone().for_each(|key| drop(notes.kept.get(&key)));
            }
        }
        assert!(view.clone().all(|key| notes.kept.get(&key).is_some()));
        assert!(notes.kept.weight() <= KEPT);
        // The last that were read are there, too: they are what is asked for next.
        assert!((39_900..40_000).all(|key| notes.kept.get(&key).is_some()));
    }

    /// A text of nothing but names weighs what they weigh.
    #[test]
    fn annotations_have_their_weight() {
        let text = "Ada Lind met Ilse Varga. ".repeat(100);
        let found = annotate(&text, None, &Gazetteer::default());
        assert!(found.mentions.len() >= 200);
        let weight = BySize.weight(&0, &Arc::new(Note { text: text.clone(), date: None, found }));
        assert!(weight as usize > text.len() + 200 * size_of::<Mention>(), "{weight}");
    }
}
