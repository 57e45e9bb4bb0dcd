//! Open documents, and immutable snapshots of them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use crate::corpus::{Corpus, Options, View};
use crate::text::{Encoding, Position, Text};

use super::doubts::{self, Doubt};
use super::{Notes, Roll, Settings, uri};

/// What the text of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Nature {
    #[default]
    Corpus,
    /// An actors file: it has an empty view.
    Actors,
}

/// A document that is open in an editor: its text, and the corpus that follows the text.
#[derive(Debug)]
pub struct Document {
    nature: Nature,
    uri: Arc<str>,
    version: i32,
    text: Text,
    corpus: Corpus,
    settings: Arc<Settings>,
    notes: Notes,
    doubts: Arc<Vec<Doubt>>,
    roll: Arc<Roll>,
    actors_home: Option<Arc<Path>>,
    opening: u64,
    typing: Option<usize>,
    /// The corpus does not follow the text: a defect stopped it. It is read anew at the next change.
    is_torn: bool,
}

/// What a question is answered from: a document as it was when the question was asked. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// As the client wrote it.
    pub uri: Arc<str>,
    pub version: i32,
    pub nature: Nature,
    pub text: Text,
    pub view: View,
    pub settings: Arc<Settings>,
    /// What is found in its dispatches.
    pub notes: Notes,
    /// What was last found doubtful in them, moved with the text since; not where the text has changed since.
    pub doubts: Arc<Vec<Doubt>>,
    /// Who was in which of them when the text last rested.
    pub roll: Arc<Roll>,
    /// The actors file into which new actors go, whether it is there or not.
    pub actors_home: Option<Arc<Path>>,
    /// Another number each time the document is opened; 0 for a file that is not open.
    pub opening: u64,
    /// Byte behind the last change, as long as the text has not rested since.
    pub typing: Option<usize>,
    /// In what the client counts columns.
    pub encoding: Encoding,
}

/// One change of a document, as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentChange {
    /// The text between two positions is replaced. Positions out of range are clamped, reversed ones swapped.
    Part { from: Position, to: Position, put: String },
    /// The whole text is replaced.
    Whole(String),
}

/// Bytes from which on it pays to use a second core for one text.
const LONG: usize = 1 << 20;

impl Document {
    /// A document that has not been read: see [`Document::read`].
    pub fn new(uri: &str, version: i32, settings: Arc<Settings>) -> Document {
        let (text, corpus) = Default::default();
        let (notes, doubts, roll) = Default::default();
        let nature = Nature::Corpus;
        Document {
            nature,
            uri: uri.into(),
            version,
            text,
            corpus,
            settings,
            notes,
            doubts,
            roll,
            actors_home: None,
            opening: 0,
            typing: None,
            is_torn: true,
        }
    }

    /// From now on the text is taken for something else.
    pub fn set_nature(&mut self, nature: Nature) {
        if self.nature != nature {
            self.nature = nature;
            self.doubts = Arc::default();
            self.roll = Arc::default();
            self.read_again();
        }
    }

    pub fn nature(&self) -> Nature {
        self.nature
    }

    /// Takes a whole text. The corpus is read from the string, which is far quicker than from a rope; with a long text
    /// the rope is built meanwhile.
    pub fn read(&mut self, text: &str) {
        // The old text goes first: two of 100 MB at a time would be one too many.
        self.text = Text::default();
        self.corpus = Corpus::default();
        self.doubts = Arc::default();
        self.typing = None;
        if text.len() < LONG {
            self.text = Text::new(text);
            self.read_corpus(text);
        } else {
            self.text = rayon::join(|| self.read_corpus(text), || Text::new(text)).1;
        }
    }

    /// Follows the changes of one notification, in their order.
    pub fn change(&mut self, version: i32, changes: Vec<DocumentChange>, encoding: Encoding) {
        self.version = version;
        // From the last full replacement on: what came before is gone with it.
        let whole = changes.iter().rposition(|change| matches!(change, DocumentChange::Whole(_))).unwrap_or(0);
        for change in changes.into_iter().skip(whole) {
            match change {
                DocumentChange::Whole(text) => self.read(&text),
                DocumentChange::Part { from, to, put } => self.replace(from, to, &put, encoding),
            }
        }
        if self.is_torn {
            self.read_again();
        }
    }

    fn replace(&mut self, from: Position, to: Position, put: &str, encoding: Encoding) {
        let range = self.text.offset(from, encoding)..self.text.offset(to, encoding);
        let change = self.text.replace(range, put);
        self.typing = Some(change.new_end);
        doubts::follow(&mut self.doubts, change);
        if !self.is_torn && self.nature == Nature::Corpus {
            let (corpus, text) = (&mut self.corpus, &self.text);
            self.is_torn = catch_unwind(AssertUnwindSafe(|| corpus.change(text, change))).is_err();
        }
    }

    /// Nothing was changed for a while. Whether the last change ended in or behind a word.
    pub fn rest(&mut self) -> bool {
        let Some(end) = self.typing.take() else { return false };
        let before = self.text.slice(self.text.floor(end.saturating_sub(1))..end);
        before.ends_with(|last: char| !last.is_whitespace())
    }

    /// Length of the text in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Takes what was found doubtful in the text of a snapshot, and who is in it, if that is still the text.
    pub fn set_doubts(&mut self, version: i32, doubts: Vec<Doubt>, roll: Arc<Roll>) -> bool {
        let is_current = self.version == version;
        if is_current {
            self.doubts = Arc::new(doubts);
            self.roll = roll;
        }
        is_current
    }

    /// New actors go into this file.
    pub fn set_actors_home(&mut self, file: Option<&Path>) {
        if self.actors_home.as_deref() != file {
            self.actors_home = file.map(Arc::from);
        }
    }

    /// Whether these are its notes already.
    pub fn is_noted_by(&self, notes: &Notes) -> bool {
        self.notes.gazetteer.is(&notes.gazetteer)
    }

    /// Takes another gazetteer. What was doubtful by the old one stays until somebody has looked again.
    pub fn set_notes(&mut self, notes: Notes) {
        self.notes = notes;
    }

    /// Takes other settings, and judges the text by them.
    pub fn set_settings(&mut self, settings: Arc<Settings>) {
        self.settings = settings;
        let options = self.options();
        if !self.is_torn && self.nature == Nature::Corpus {
            let corpus = &mut self.corpus;
            self.is_torn = catch_unwind(AssertUnwindSafe(|| corpus.set_options(&options))).is_err();
        }
    }

    fn read_again(&mut self) {
        let text = self.text.to_string();
        self.read_corpus(&text);
    }

    /// A defect in reading must not cost the text, which every later change builds on: it costs the findings.
    fn read_corpus(&mut self, text: &str) {
        self.corpus = Corpus::default();
        if self.nature == Nature::Actors {
            self.is_torn = false;
            return;
        }
        let options = self.options();
        match catch_unwind(AssertUnwindSafe(|| Corpus::read(text, &options))) {
            Ok(corpus) => {
                self.corpus = corpus;
                self.is_torn = false;
            }
            Err(_) => self.is_torn = true,
        }
    }

    /// Gives this opening of the document its number.
    pub fn number(&mut self, opening: u64) {
        self.opening = opening;
    }

    fn options(&self) -> Options {
        Options { dialect: self.settings.dialect, latest: self.settings.latest, file_name: uri::file_name(&self.uri) }
    }

    pub fn uri(&self) -> &Arc<str> {
        &self.uri
    }

    pub fn version(&self) -> i32 {
        self.version
    }

    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// A snapshot, in constant time. Where reading failed it has the text and an empty view.
    pub fn snapshot(&self, encoding: Encoding) -> Snapshot {
        Snapshot {
            uri: self.uri.clone(),
            version: self.version,
            nature: self.nature,
            text: self.text.clone(),
            view: match self.nature {
                Nature::Actors => View::none(),
                Nature::Corpus if self.is_torn => View::default(),
                Nature::Corpus => self.corpus.view(),
            },
            settings: self.settings.clone(),
            notes: self.notes.clone(),
            doubts: self.doubts.clone(),
            roll: self.roll.clone(),
            actors_home: self.actors_home.clone(),
            opening: self.opening,
            typing: self.typing,
            encoding,
        }
    }
}

impl Snapshot {
    /// A file that is not open, read from disk.
    pub fn of_file(uri: &str, text: &str, settings: Arc<Settings>, encoding: Encoding) -> Snapshot {
        let mut document = Document::new(uri, 0, settings);
        document.read(text);
        document.snapshot(encoding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(from: (u32, u32), to: (u32, u32), put: &str) -> DocumentChange {
        let position = |(line, column)| Position { line, column };
        DocumentChange::Part { from: position(from), to: position(to), put: put.to_owned() }
    }

    fn after(text: &str, changes: Vec<DocumentChange>) -> String {
        let mut document = Document::new("file:///a.txt", 1, Arc::default());
        document.read(text);
        document.change(2, changes, Encoding::Utf16);
        document.snapshot(Encoding::Utf16).text.to_string()
    }

    #[test]
    fn changes_are_taken_in_their_order() {
        assert_eq!(after("abc\n", vec![part((0, 1), (0, 2), "XX"), part((0, 2), (0, 4), "-")]), "aX-\n");
    }

    #[test]
    fn a_full_replacement_undoes_what_came_before() {
        let changes = vec![part((0, 0), (0, 1), "?"), DocumentChange::Whole("new".into()), part((0, 3), (9, 9), "!")];
        assert_eq!(after("old", changes), "new!");
    }

    #[test]
    fn reversed_and_wild_positions_do_no_harm() {
        assert_eq!(after("abc\r\ndef", vec![part((0, 2), (0, 1), "")]), "ac\r\ndef");
        assert_eq!(after("abc", vec![part((u32::MAX, u32::MAX), (u32::MAX, 0), "d")]), "abcd");
    }

    #[test]
    fn a_snapshot_stays_as_it_was() {
        let mut document = Document::new("file:///a.txt", 1, Arc::default());
        document.read("before");
        let snapshot = document.snapshot(Encoding::Utf8);
        document.change(2, vec![DocumentChange::Whole("after".into())], Encoding::Utf8);
        assert_eq!((snapshot.version, snapshot.text.to_string()), (1, "before".to_owned()));
    }
}
