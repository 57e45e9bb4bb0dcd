//! Annotations of the dispatches that were looked at lately. They are kept by content: an edit elsewhere changes nothing,
//! an edit inside is another text, and undo finds the old one again.

use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use xxhash_rust::xxh3::Xxh3Default;

use super::Snapshot;
use crate::annotate::{Annotations, annotate};
use crate::corpus::{Dispatch, PartialDate};
use crate::gazetteer::{EntryId, Gazetteer};

/// Bytes of text whose annotations are kept.
const KEPT: u64 = 16 << 20;
/// Bytes; a longer dispatch is not annotated while it is edited. `dispatch-ls annotate` takes it.
pub const LONGEST: usize = 2 << 20;

/// A gazetteer, and what was found with it. Cheap to clone.
#[derive(Clone)]
pub struct Notes {
    pub gazetteer: Arc<Gazetteer>,
    /// The actors files it was made from, as the gazetteer counts them.
    pub files: Arc<[PathBuf]>,
    kept: Arc<Cache<u64, Arc<Note>, ByText>>,
}

/// What was found in the prose of a dispatch.
#[derive(Debug)]
pub struct Note {
    pub text: String,
    pub date: Option<PartialDate>,
    pub found: Annotations,
}

#[derive(Debug, Clone)]
struct ByText;

impl Weighter<u64, Arc<Note>> for ByText {
    fn weight(&self, _: &u64, note: &Arc<Note>) -> u64 {
        note.text.len() as u64 + 256
    }
}

impl Notes {
    /// Those of a gazetteer that was made from `files`.
    pub fn new(gazetteer: Arc<Gazetteer>, files: Vec<PathBuf>) -> Notes {
        Notes { gazetteer, files: files.into(), kept: Arc::new(Cache::with_weighter(1024, KEPT, ByText)) }
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
        let (key, date, kept) = self.look_up(&text, dispatch);
        if let Some(note) = kept {
            return Some((prose.start, note));
        }
        let found = annotate(&text, date, &self.gazetteer);
        let note = Arc::new(Note { text: text.into_owned(), date, found });
        self.kept.insert(key, note.clone());
        Some((prose.start, note))
    }

    /// The same, of a dispatch that was looked at lately and is at most `longest` bytes long.
    pub fn kept(&self, snapshot: &Snapshot, dispatch: &Dispatch, longest: usize) -> Option<(usize, Arc<Note>)> {
        let prose = dispatch.prose();
        if prose.len() > longest {
            return None;
        }
        let (_, _, kept) = self.look_up(&snapshot.text.slice(prose.clone()), dispatch);
        kept.map(|note| (prose.start, note))
    }

    fn look_up(&self, text: &str, dispatch: &Dispatch) -> (u64, Option<PartialDate>, Option<Arc<Note>>) {
        let date = dispatch.date.as_ref().map(|date| date.date);
        let mut hasher = Xxh3Default::new();
        (text, date).hash(&mut hasher);
        let key = hasher.finish();
        let kept = self.kept.get(&key).filter(|note| note.text == text && note.date == date);
        (key, date, kept)
    }
}

/// Those of a gazetteer that has only what is built in.
static BUILT_IN: LazyLock<Notes> = LazyLock::new(|| Notes::new(Arc::new(Gazetteer::built_in()), Vec::new()));

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
