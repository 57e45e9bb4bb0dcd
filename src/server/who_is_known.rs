//! The owner's part in actors files: they are read by a worker, once for all documents whose settings name the same ones,
//! and again when one of them changes.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::workspace::actors::{self, Open, is_named_like_one};
use crate::workspace::settings::{ACTORS_FILE_NAME, FILE_NAME};
use crate::workspace::{Nature, Notes, Settings, UriKey, uri};

use super::owner::{Answer, Entry, Event, Owner};
use super::pools::SweepKey;

/// What clients call the language of actors files.
const LANGUAGE: &str = "dispatch-actors";

/// From so many names on it pays to make the index of their beginnings beforehand.
const MANY_NAMES: usize = 10_000;

/// Who asks who somebody is waits so long for the first reading of actors files: a million names take less.
const FIRST_READING: Duration = Duration::from_secs(2);

/// Questions that wait for it.
#[derive(Default)]
pub(super) struct Strangers {
    due: Option<Instant>,
    waiting: Vec<Answer>,
}

impl Strangers {
    pub(super) fn wait(&mut self, answer: Answer, now: Instant) {
        self.due = self.due.or(now.checked_add(FIRST_READING));
        self.waiting.push(answer);
    }

    /// When they are answered without it.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// It is over: they are due now.
    fn end(&mut self) {
        self.due = self.due.map(|_| Instant::now());
    }

    /// All of them; none wait after this.
    pub(super) fn take(&mut self) -> Vec<Answer> {
        self.due = None;
        std::mem::take(&mut self.waiting)
    }
}

/// What some actors files list.
pub(super) struct Known {
    notes: Notes,
    /// How often they were asked for; an answer to an older question is of no use.
    number: u64,
    /// The files as [`actors::real`] has them.
    reals: Vec<PathBuf>,
    is_being_read: bool,
    /// Something has changed since reading began.
    is_old: bool,
    /// They were read, or can't be.
    is_read: bool,
}

impl Owner {
    /// What the text of a document is: an actors file by its language, by settings, or by its name.
    pub(super) fn nature(&self, uri: &str, language: &str, real: Option<&Path>, settings: &Settings) -> Nature {
        let is_named = || {
            let corpora = self.documents.values().filter(|entry| entry.document.nature() == Nature::Corpus);
            let mut named = self.seen_from_folder(&settings.actors);
            named.extend(corpora.flat_map(|entry| self.seen_from_folder(&entry.document.settings().actors)));
            real.is_some_and(|real| named.iter().any(|file| actors::real(file) == real))
        };
        if language == LANGUAGE || is_named_like_one(&uri::file_name(uri)) || is_named() {
            Nature::Actors
        } else {
            Nature::Corpus
        }
    }

    /// Finds the actors files of each document, and gives it what they list; those that are not known yet are read. Whether
    /// others are known to any of them now.
    pub(super) fn know_actors(&mut self) -> bool {
        let found = self.documents.iter().map(|(key, entry)| (key.clone(), self.actors_files(entry)));
        let found: Vec<(UriKey, Vec<PathBuf>)> = found.collect();
        let mut missing = Vec::new();
        for (key, files) in found {
            let Some(entry) = self.documents.get_mut(&key) else { continue };
            let home = actors_home(entry, &files);
            entry.document.set_actors_home(home.as_deref());
            entry.actors = files;
            if !entry.actors.is_empty() && !self.known.contains_key(&entry.actors) {
                self.known.insert(entry.actors.clone(), Known::new(&entry.actors));
                missing.push(entry.actors.clone());
            }
        }
        self.known.retain(|files, _| self.documents.values().any(|entry| entry.actors == *files));
        self.follow_files();
        for files in missing {
            self.read_actors(files);
        }
        self.hand_out()
    }

    /// Gives each document what its actors files list. Whether that is other than before for any of them.
    fn hand_out(&mut self) -> bool {
        let mut has_changed = false;
        for entry in self.documents.values_mut() {
            let notes = self.known.get(&entry.actors).map(|known| known.notes.clone()).unwrap_or_default();
            if !entry.document.is_noted_by(&notes) {
                entry.document.set_notes(notes);
                entry.doubt_again();
                has_changed = true;
            }
        }
        has_changed
    }

    /// From now on these files on disk are followed: settings, actors files, the lists that those name, and where a file of
    /// either kind may come to be.
    fn follow_files(&mut self) {
        let own = |entry: &Entry| entry.document.settings().own_actors(entry.path.as_deref());
        let known = self.known.iter().flat_map(|(files, known)| files.iter().chain(known.notes.files.iter()).cloned());
        let files = self.layers.places(&self.folders).chain(self.documents.values().filter_map(own)).chain(known);
        self.disk.follow(files.collect());
    }

    /// The actors files that count for a document; for an actors file none of them names, itself.
    fn actors_files(&self, entry: &Entry) -> Vec<PathBuf> {
        let settings = entry.document.settings();
        let mut files = self.seen_from_folder(&settings.actors);
        if let Some(own) = settings.own_actors(entry.path.as_deref()) {
            let is_open = || {
                let real = actors::real(&own);
                self.documents.values().any(|other| other.real.as_ref() == Some(&real))
            };
            if own.is_file() || is_open() {
                files = vec![own];
            }
        }
        match (&entry.path, &entry.real, entry.document.nature()) {
            (Some(path), Some(real), Nature::Actors) if !files.iter().any(|file| actors::real(file) == *real) => {
                vec![path.clone()]
            }
            _ => files,
        }
    }

    /// Paths of settings, those that are relative seen from the first folder that is open.
    fn seen_from_folder(&self, files: &[PathBuf]) -> Vec<PathBuf> {
        let folder = self.folders.first().map_or(Path::new(""), PathBuf::as_path);
        files.iter().map(|file| folder.join(file)).collect()
    }

    /// Those of some files that are open, as they are there.
    fn open_among(&self, reals: &[PathBuf]) -> Vec<Open> {
        let text = |entry: &Entry| entry.document.snapshot(self.client.encoding).text;
        let open = self.documents.values().filter(|entry| entry.document.nature() == Nature::Actors);
        let open = open.filter_map(|entry| Some(Open { path: entry.real.clone()?, text: text(entry) }));
        open.filter(|open| reals.contains(&open.path)).collect()
    }

    /// An actors file has changed in the editor: what it lists is known at once, saved or not.
    pub(super) fn actors_file_changed(&mut self, key: &UriKey) {
        let Some(entry) = self.documents.get(key).filter(|entry| entry.document.nature() == Nature::Actors) else {
            return;
        };
        let Some(real) = entry.real.clone() else { return };
        self.read_those_with(&[real]);
    }

    fn read_actors(&mut self, files: Vec<PathBuf>) {
        let Some(reals) = self.known.get(&files).map(|known| known.reals.clone()) else { return };
        let open = self.open_among(&reals);
        self.questions_for_actors += 1;
        let number = self.questions_for_actors;
        let Some(known) = self.known.get_mut(&files) else { return };
        // One reading at a time: whoever types is quicker than a large file is read.
        if std::mem::replace(&mut known.is_being_read, true) {
            known.is_old = true;
            return;
        }
        known.number = number;
        let mailbox = self.mailbox.clone();
        let is_edited = !open.is_empty();
        let job = move || {
            // However it ends, its end is told: another reading waits for it.
            let (notes, problems) = match catch_unwind(AssertUnwindSafe(|| actors::load(&files, &open))) {
                Ok(Ok((gazetteer, problems, files))) => (Some(Notes::new(Arc::new(gazetteer), files)), problems),
                Ok(Err(why)) => (None, vec![why]),
                Err(_) => (None, vec!["could not be read, by a defect of dispatch-ls".to_owned()]),
            };
            let _ = mailbox.send(Event::ActorsRead { files, number, notes, problems });
        };
        if is_edited {
            self.pools.soon(Box::new(job));
        } else {
            self.pools.sweep(SweepKey::Actors(number), Box::new(move |_| job()));
        }
    }

    /// Looks for what is wrong in an open actors file.
    pub(super) fn lint_actors(&mut self, key: UriKey) {
        let Some(entry) = self.documents.get(&key) else { return };
        let files = entry.actors.clone();
        let reals = self.known.get(&files).map(|known| known.reals.clone()).unwrap_or_default();
        let (open, real) = (self.open_among(&reals), entry.real.clone());
        let snapshot = entry.document.snapshot(self.client.encoding);
        let mailbox = self.mailbox.clone();
        let sweep_key = SweepKey::Doubts(key.clone());
        let job = move |superseded: Arc<AtomicBool>| {
            let name = uri::file_name(&snapshot.uri);
            let most = snapshot.settings.cap;
            let doubts = actors::lint(&snapshot.text, &name, real.as_deref(), &files, &open, most);
            if !superseded.load(Ordering::Relaxed) {
                let _ = mailbox.send(Event::Doubted {
                    key,
                    version: snapshot.version,
                    opening: snapshot.opening,
                    doubts,
                    roll: Arc::default(),
                });
            }
        };
        self.pools.sweep(sweep_key, Box::new(job));
    }

    pub(super) fn actors_read(&mut self, files: &[PathBuf], number: u64, notes: Option<Notes>, problems: &[String]) {
        let Some(known) = self.known.get_mut(files).filter(|known| known.number == number) else { return };
        known.is_being_read = false;
        known.is_read = true;
        let is_old = std::mem::take(&mut known.is_old);
        // What can't be read now, such as a file that is just being written, leaves what was known.
        if let Some(notes) = notes {
            let gazetteer = notes.gazetteer.clone();
            known.notes = notes;
            // Whoever completes the first name need not wait for the index of a million.
            if gazetteer.names() >= MANY_NAMES {
                self.pools.sweep(SweepKey::Beginnings, Box::new(move |_| gazetteer.prepare()));
            }
        }
        if let Some(first) = problems.first() {
            const WARNING: u8 = 2;
            let more = problems.len() - 1;
            let more = if more > 0 {
                format!(" (and {more} more; `dispatch-ls actors lint` shows all)")
            } else {
                String::new()
            };
            let message = format!("dispatch-ls, actors files: {first}{more}");
            self.outbox.notify("window/showMessage", json!({"type": WARNING, "message": message}));
        }
        // A list that an actors file names counts among its files.
        self.follow_files();
        self.hand_out();
        for entry in self.documents.values_mut().filter(|entry| entry.actors == *files) {
            entry.strangers.end();
        }
        self.refresh_views();
        if is_old {
            self.read_actors(files.to_vec());
        }
    }

    /// What editors show of the text has to be asked for anew: the text is the same, and what is known is not.
    pub(super) fn refresh_views(&mut self) {
        std::mem::take(&mut self.era).end(&self.outbox, &self.client.refreshes);
    }

    /// Files have changed on disk: those that are settings or actors files are read again.
    pub(super) fn files_changed(&mut self, changed: &[PathBuf]) {
        // What counts of an actors file that is open is what stands in the editor.
        let open = self.documents.values().filter(|entry| entry.document.nature() == Nature::Actors);
        let open: Vec<&PathBuf> = open.filter_map(|entry| entry.real.as_ref()).collect();
        let both = changed.iter().map(|path| (path.clone(), actors::real(path)));
        let both = both.filter(|(_, real)| !open.contains(&real));
        let touched: Vec<PathBuf> = both.flat_map(|(path, real)| [path, real]).collect();
        self.read_those_with(&touched);
        if changed.iter().any(|path| path.ends_with(FILE_NAME)) {
            self.settings_file_changed();
        } else if changed.iter().any(|path| path.ends_with(ACTORS_FILE_NAME)) && self.know_actors() {
            self.refresh_views();
        }
    }

    /// Reads the actors files again of which one, or a list that it names, is among `changed`.
    fn read_those_with(&mut self, changed: &[PathBuf]) {
        let is_touched = |(files, known): &(&Vec<PathBuf>, &Known)| {
            files.iter().chain(&known.reals).chain(known.notes.files.iter()).any(|file| changed.contains(file))
        };
        let touched: Vec<Vec<PathBuf>> = self.known.iter().filter(is_touched).map(|(files, _)| files.clone()).collect();
        for files in touched {
            self.read_actors(files);
        }
    }
}

impl Known {
    fn new(files: &[PathBuf]) -> Known {
        let reals = files.iter().map(|file| actors::real(file)).collect();
        Known { notes: Notes::default(), number: 0, reals, is_being_read: false, is_old: false, is_read: false }
    }

    /// Whether these files are being read for the first time.
    pub(super) fn is_unread(all: &HashMap<Vec<PathBuf>, Known>, files: &Vec<PathBuf>) -> bool {
        all.get(files).is_some_and(|known| !known.is_read)
    }
}

/// The actors file into which new actors go: the first of those that settings name which has our own form, or the one
/// that needs not be named.
fn actors_home(entry: &Entry, files: &[PathBuf]) -> Option<PathBuf> {
    let own = entry.document.settings().own_actors(entry.path.as_deref());
    let is_native = |file: &&PathBuf| file.extension().is_some_and(|end| end == "jsonl" || end == "ndjson");
    own.or_else(|| files.iter().find(is_native).cloned())
}

impl Entry {
    /// Another gazetteer finds other doubts.
    fn doubt_again(&mut self) {
        self.known_doubts = Arc::default();
        self.doubt_due = Some(Instant::now());
    }
}
