//! The owner: one thread that holds all state, fed by one channel in the order of the wire.
//!
//! It never waits: not for output, not for a pool, not for the client (but for a moment where a message has come and is
//! being read). A panic in what it does for one message ends that message.
//!
//! The channel is that of the standard library, which sleeps where there is nothing. Those that first give their core away
//! a few times, in the hope that something comes, do so in the middle of a keystroke, and a worker keeps it for a while.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::oneshot;

use crate::workspace::{
    Document, DocumentChange, Doubt, Layers, Nature, Notes, Roll, Settings, Snapshot, UriKey, actors, doubts,
};

use super::bar::Bar;
use super::capabilities::ClientAbilities;
use super::disk::Disk;
use super::listing::{Listing, NoList};
use super::outbox::{Outbox, lock};
use super::pools::{Job, Pools, SweepKey};
use super::publication::Publication;
use super::task::Task;
use super::views::{Era, Views};
use super::who_is_known::{Known, Strangers};
use super::{convert, log};

/// What the owner is told.
pub enum Event {
    /// `initialize`
    Session {
        client: ClientAbilities,
        folders: Vec<PathBuf>,
        options: Value,
    },
    /// `initialized`: from now on the client can be asked.
    Started,
    Opened {
        uri: String,
        path: Option<PathBuf>,
        language: String,
        version: i32,
        text: String,
    },
    Changed {
        uri: String,
        version: i32,
        changes: Vec<DocumentChange>,
    },
    Closed {
        uri: String,
    },
    Folders {
        added: Vec<PathBuf>,
        removed: Vec<PathBuf>,
    },
    /// The client says that settings have changed, and perhaps which.
    SettingsChanged(Value),
    /// The client has answered our question for its settings; `number` says which question.
    SettingsPulled {
        number: u64,
        value: Value,
    },
    /// The client pulls diagnostics: none are pushed any more.
    Pulls,
    /// The diagnostics that a sweep has gathered.
    Gathered {
        key: UriKey,
        version: i32,
        settings: Arc<Settings>,
        list: Arc<Vec<u8>>,
    },
    /// What a sweep found doubtful in the dispatches of a document.
    Doubted {
        key: UriKey,
        version: i32,
        opening: u64,
        doubts: Vec<Doubt>,
        roll: Arc<Roll>,
    },
    /// What actors files list; `None` where they can't be read.
    ActorsRead {
        files: Vec<PathBuf>,
        number: u64,
        notes: Option<Notes>,
        problems: Vec<String>,
    },
    /// Files have changed on disk.
    FilesChanged(Vec<PathBuf>),
    /// A question about one document; answered without one where it isn't open.
    Ask {
        lane: Lane,
        key: Option<UriKey>,
        answer: Answer,
    },
    /// A question about all open documents, and one of them above all; answered without any where that isn't open.
    AskAll {
        key: Option<UriKey>,
        answer: Box<dyn FnOnce(Vec<Snapshot>) + Send>,
    },
    /// Which folders are open?
    AskFolders {
        answer: oneshot::Sender<Vec<PathBuf>>,
    },
    /// A question about all of them, of which only the newest is answered.
    Survey {
        answer: Box<dyn FnOnce(Survey, Arc<AtomicBool>) + Send>,
    },
    /// For tests: a defect in the owner.
    Panic {
        _held: Box<dyn std::any::Any + Send>,
    },
}

/// Where a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// By the owner itself: for answers that take microseconds whatever the document's size, since everything else
    /// waits meanwhile. It saves a change of threads, which takes longer than the answer.
    AtOnce,
    /// By a worker.
    Soon,
    /// By a worker, when the actors files have been read for the first time.
    Known,
    /// By a worker, when nobody types: what is shown around the text. See [`super::views`].
    View,
}

/// What is done with a document that somebody asks about; nothing is there where it isn't open.
pub type Answer = Box<dyn FnOnce(Option<Snapshot>) + Send>;

/// Everything that is open, and where to look for more.
pub struct Survey {
    pub open: Vec<Snapshot>,
    pub folders: Vec<PathBuf>,
    pub layers: Layers,
    pub client: Arc<ClientAbilities>,
}

/// Up to so many diagnostics are made where they are; more are left to a worker.
const FEW_FINDINGS: usize = 100;
/// Rest after an edit before the dispatches are searched for what is doubtful.
const DOUBT_PATIENCE: Duration = Duration::from_millis(400);
/// The same for an actors file, in which everything is looked at anew.
const LINT_PATIENCE: Duration = Duration::from_millis(60);
/// So many events are taken at most before what is due gets its turn.
const BATCH: usize = 10_000;
/// Within this a message that has come has been read. A question that came with an edit is answered before the list of
/// diagnostics is made and written, for it can be long.
const PARSING: Duration = Duration::from_micros(200);
/// By which a client is told to ask for hints anew.
pub(super) const HINTS: &str = "workspace/inlayHint/refresh";

/// One open document.
pub(super) struct Entry {
    pub(super) document: Document,
    pub(super) path: Option<PathBuf>,
    /// The same as [`actors::real`] has it.
    pub(super) real: Option<PathBuf>,
    /// What the client calls its language.
    pub(super) language: String,
    /// The actors files that count for it.
    pub(super) actors: Vec<PathBuf>,
    /// Of bytes of JSON.
    pub(super) publication: Publication<u8>,
    listing: Arc<Mutex<Listing>>,
    views: Views,
    /// Questions for which the actors files have to be known.
    pub(super) strangers: Strangers,
    /// When to look for what is doubtful.
    pub(super) doubt_due: Option<Instant>,
    pub(super) known_doubts: Arc<Mutex<doubts::Known>>,
}

/// All state of the server.
pub struct Owner {
    pub(super) inbox: Receiver<Event>,
    pub(super) mailbox: Sender<Event>,
    pub(super) outbox: Outbox,
    pub(super) pools: Pools,
    pub(super) disk: Disk,
    pub(super) client: Arc<ClientAbilities>,
    pub(super) folders: Vec<PathBuf>,
    pub(super) layers: Layers,
    pub(super) documents: HashMap<UriKey, Entry>,
    /// The client pulls diagnostics.
    pub(super) is_pulled: bool,
    /// How often the client was asked for its settings.
    pub(super) questions: u64,
    /// How often a document was opened.
    openings: u64,
    /// By the files that list it.
    pub(super) known: HashMap<Vec<PathBuf>, Known>,
    /// How often actors files were read.
    pub(super) questions_for_actors: u64,
    pub(super) era: Arc<Era>,
    /// Behind the message that is being read there is another one.
    more_comes: Arc<AtomicBool>,
    /// What workers will do when the diagnostics that are due are on their way: whoever types with hints on waits for
    /// both, and two threads that begin at once are in each other's way.
    errands: Vec<Job>,
}

impl Owner {
    /// An owner, and the way to send events to it.
    pub fn new(outbox: Outbox, pools: Pools, layers: Layers, more_comes: Arc<AtomicBool>) -> (Owner, Sender<Event>) {
        let (mailbox, inbox) = mpsc::channel();
        let owner = Owner {
            inbox,
            disk: Disk::new(mailbox.clone()),
            mailbox: mailbox.clone(),
            outbox,
            pools,
            client: Arc::default(),
            folders: Vec::new(),
            layers,
            documents: HashMap::new(),
            is_pulled: false,
            questions: 0,
            openings: 0,
            known: HashMap::new(),
            questions_for_actors: 0,
            era: Arc::default(),
            more_comes,
            errands: Vec::new(),
        };
        (owner, mailbox)
    }

    /// Takes events for ever.
    pub fn run(mut self) {
        loop {
            match self.inbox.recv_timeout(self.until_due()) {
                Ok(event) => self.take_guarded(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            for _ in 0..BATCH {
                let patience = if self.more_comes.load(Ordering::Relaxed) { PARSING } else { Duration::ZERO };
                match self.inbox.recv_timeout(patience) {
                    Ok(event) => self.take_guarded(event),
                    Err(_) => break,
                }
            }
            if catch_unwind(AssertUnwindSafe(|| self.publish_due())).is_err() {
                log::problem("gathering diagnostics panicked");
            }
            if catch_unwind(AssertUnwindSafe(|| self.views_due())).is_err() {
                log::problem("what waited for a rest is given up");
            }
            self.send_errands();
        }
    }

    fn views_due(&mut self) {
        let now = Instant::now();
        let is_due = |due: Option<Instant>| due.is_some_and(|due| due <= now);
        for entry in self.documents.values_mut() {
            if !is_due(entry.views.due()) && !is_due(entry.strangers.due()) {
                continue;
            }
            let snapshot = entry.document.snapshot(self.client.encoding);
            let strangers = if is_due(entry.strangers.due()) { entry.strangers.take() } else { Vec::new() };
            for answer in entry.views.take_due(&snapshot, now).into_iter().chain(strangers) {
                let (snapshot, era) = (snapshot.clone(), self.era.clone());
                self.errands.push(Box::new(move || {
                    answer(Some(snapshot));
                    drop(era);
                }));
            }
        }
    }

    fn send_errands(&mut self) {
        for errand in self.errands.drain(..) {
            self.pools.soon(errand);
        }
    }

    fn take_guarded(&mut self, event: Event) {
        // A request in the event loses its answer channel, which makes its answer an internal error.
        if catch_unwind(AssertUnwindSafe(|| self.take(event))).is_err() {
            log::problem("a message was given up");
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Session { client, folders, options } => {
                self.client = Arc::new(client);
                self.folders = folders;
                self.layers.set_initial(options);
            }
            Event::Started => self.start(),
            Event::Opened { uri, path, language, version, text } => {
                // To read it may take long.
                self.send_errands();
                self.open(&uri, path, language, version, &text);
            }
            Event::Changed { uri, version, changes } => self.change(&uri, version, changes),
            Event::Closed { uri } => self.close(&uri),
            Event::Folders { added, removed } => {
                self.folders.retain(|folder| !removed.contains(folder) && !added.contains(folder));
                self.folders.extend(added);
            }
            Event::SettingsChanged(value) => self.settings_changed(value),
            Event::SettingsPulled { number, value } => self.settings_pulled(number, value),
            Event::Pulls => self.stop_pushing(),
            Event::Gathered { key, version, settings, list } => self.publish(&key, version, &settings, list),
            Event::Doubted { key, version, opening, doubts, roll } => {
                self.doubted(&key, version, opening, doubts, roll);
            }
            Event::ActorsRead { files, number, notes, problems } => self.actors_read(&files, number, notes, &problems),
            Event::FilesChanged(files) => self.files_changed(&files),
            Event::Ask { lane, key, answer } => {
                let entry = key.and_then(|key| self.documents.get_mut(&key));
                let snapshot = entry.as_ref().map(|entry| entry.document.snapshot(self.client.encoding));
                let is_typed = snapshot.as_ref().is_some_and(|snapshot| snapshot.typing.is_some());
                match (lane, entry, snapshot) {
                    (Lane::AtOnce, _, snapshot) => answer(snapshot),
                    (Lane::View, Some(entry), _) if is_typed => entry.views.wait(answer, Instant::now()),
                    (Lane::Known, Some(entry), _) if Known::is_unread(&self.known, &entry.actors) => {
                        entry.strangers.wait(answer, Instant::now());
                    }
                    (lane, _, snapshot) => {
                        let era = (lane == Lane::View).then(|| self.era.clone());
                        self.errands.push(Box::new(move || {
                            answer(snapshot);
                            drop(era);
                        }));
                    }
                }
            }
            Event::AskAll { key, answer } => {
                let open = self.open_from(key.as_ref());
                self.errands.push(Box::new(move || answer(open)));
            }
            Event::AskFolders { answer } => {
                let _ = answer.send(self.folders.clone());
            }
            Event::Survey { answer } => {
                let survey = self.survey();
                self.pools.sweep(SweepKey::Workspace, Box::new(move |superseded| answer(survey, superseded)));
            }
            #[expect(clippy::panic, reason = "that is what it is for")]
            Event::Panic { .. } => panic!("on purpose"),
        }
    }

    fn open(&mut self, uri: &str, path: Option<PathBuf>, language: String, version: i32, text: &str) {
        let settings = self.layers.settings(path.as_deref());
        self.tell_problems();
        let real = path.as_deref().map(actors::real);
        let nature = self.nature(uri, &language, real.as_deref(), &settings);
        let mut document = Document::new(uri, version, settings);
        document.set_nature(nature);
        self.openings += 1;
        document.number(self.openings);
        let bar = if self.client.progress { Bar::for_document(&self.outbox, text.len(), self.openings) } else { None };
        document.read(text);
        drop(bar);
        let mut publication = Publication::default();
        // Whoever opens a file has not begun to type: nothing to wait for.
        publication.touch(Instant::now(), 0);
        self.documents.insert(
            UriKey::new(uri),
            Entry {
                document,
                path,
                real,
                language,
                actors: Vec::new(),
                publication,
                listing: Arc::default(),
                views: Views::default(),
                strangers: Strangers::default(),
                doubt_due: Instant::now().checked_add(doubt_patience(nature)),
                known_doubts: Arc::default(),
            },
        );
        self.actors_file_changed(&UriKey::new(uri));
        self.know_actors();
    }

    fn change(&mut self, uri: &str, version: i32, changes: Vec<DocumentChange>) {
        let key = UriKey::new(uri);
        // Some clients send a last change behind `didClose`.
        let Some(entry) = self.documents.get_mut(&key) else { return };
        let debounce = entry.document.settings().debounce;
        let now = Instant::now();
        entry.publication.touch(now, debounce);
        entry.views.touch(now);
        entry.doubt_due = now.checked_add(doubt_patience(entry.document.nature()));
        // It would be thrown away.
        self.pools.stop(&SweepKey::Doubts(key.clone()));
        entry.document.change(version, changes, self.client.encoding);
        self.actors_file_changed(&key);
    }

    fn close(&mut self, uri: &str) {
        let key = UriKey::new(uri);
        let Some(mut entry) = self.documents.remove(&key) else { return };
        for answer in entry.views.take().into_iter().chain(entry.strangers.take()) {
            answer(None);
        }
        let closed = entry.real.filter(|_| entry.document.nature() == Nature::Actors);
        if !self.is_pulled {
            self.outbox.publish(&key, convert::published(entry.document.uri(), None, Arc::default()));
        }
        // What counts from now on is what is on disk.
        let closed: Vec<PathBuf> = closed.into_iter().collect();
        self.files_changed(&closed);
    }

    /// All open documents by their names, `first` in front; none where that isn't open.
    fn open_from(&self, first: Option<&UriKey>) -> Vec<Snapshot> {
        let is_open = first.is_none_or(|first| self.documents.contains_key(first));
        let mut open: Vec<(&UriKey, &Entry)> = self.documents.iter().filter(|_| is_open).collect();
        open.sort_by_key(|(key, _)| (Some(*key) != first, key.as_str()));
        open.into_iter().map(|(_, entry)| entry.document.snapshot(self.client.encoding)).collect()
    }

    fn survey(&self) -> Survey {
        let encoding = self.client.encoding;
        Survey {
            open: self.documents.values().map(|entry| entry.document.snapshot(encoding)).collect(),
            folders: self.folders.clone(),
            layers: self.layers.clone(),
            client: self.client.clone(),
        }
    }

    // Diagnostics ------------------------------------------------------------------------------------------------

    fn until_due(&self) -> Duration {
        const LONG: Duration = Duration::from_secs(3600);
        let dues = |entry: &Entry| [entry.publication.due(), entry.views.due(), entry.strangers.due(), entry.doubt_due];
        let next = self.documents.values().flat_map(dues).flatten().min();
        next.map_or(LONG, |due| due.saturating_duration_since(Instant::now()))
    }

    fn publish_due(&mut self) {
        let now = Instant::now();
        self.doubt_due(now);
        let mut due = Vec::new();
        for (key, entry) in &mut self.documents {
            if entry.publication.take_due(now) && !self.is_pulled {
                due.push((key.clone(), entry.document.snapshot(self.client.encoding), entry.listing.clone()));
            }
        }
        for (key, snapshot, listing) in due {
            let task = Task::new(&self.client, &|| false, Arc::default(), None);
            // Where it is taken, a worker is at it.
            let kept = listing.try_lock().map_err(|_| NoList::Long);
            match kept.and_then(|mut kept| kept.list(&snapshot, &task, FEW_FINDINGS)) {
                Ok(list) => self.publish(&key, snapshot.version, &snapshot.settings, list),
                Err(NoList::Long) => self.leave_to_worker(key, snapshot, listing),
                Err(NoList::Unwanted) => {}
            }
        }
    }

    /// Searches the documents that have rested for what is doubtful.
    fn doubt_due(&mut self, now: Instant) {
        let mut to_lint = Vec::new();
        for (key, entry) in &mut self.documents {
            if entry.doubt_due.is_none_or(|due| due > now) {
                continue;
            }
            entry.doubt_due = None;
            if entry.document.nature() == Nature::Actors {
                to_lint.push(key.clone());
                continue;
            }
            // Where the caret was there is no hint yet.
            if entry.document.rest() && self.client.refreshes.contains(&HINTS) {
                self.outbox.ask(HINTS, Value::Null, |_| {});
            }
            if entry.document.len() > doubts::LARGEST {
                continue;
            }
            let (key, mailbox, known) = (key.clone(), self.mailbox.clone(), entry.known_doubts.clone());
            let snapshot = entry.document.snapshot(self.client.encoding);
            let sweep_key = SweepKey::Doubts(key.clone());
            let job = move |superseded: Arc<AtomicBool>| {
                let goes_on = || !superseded.load(Ordering::Relaxed);
                let found = lock(&known).find(&snapshot, snapshot.settings.cap, &goes_on);
                if let Some((doubts, roll)) = found {
                    let Snapshot { version, opening, .. } = snapshot;
                    let _ = mailbox.send(Event::Doubted { key, version, opening, doubts, roll });
                }
            };
            self.pools.sweep(sweep_key, Box::new(job));
        }
        for key in to_lint {
            self.lint_actors(key);
        }
    }

    fn doubted(&mut self, key: &UriKey, version: i32, opening: u64, doubts: Vec<Doubt>, roll: Arc<Roll>) {
        let Some(entry) = self.documents.get_mut(key) else { return };
        let snapshot = entry.document.snapshot(self.client.encoding);
        let is_news = *snapshot.doubts != doubts;
        if snapshot.opening == opening && entry.document.set_doubts(version, doubts, roll) && is_news {
            entry.publication.touch(Instant::now(), 0);
            if self.is_pulled && self.client.refreshes_diagnostics {
                self.outbox.ask("workspace/diagnostic/refresh", Value::Null, |_| {});
            }
        }
    }

    fn leave_to_worker(&self, key: UriKey, snapshot: Snapshot, listing: Arc<Mutex<Listing>>) {
        let (client, mailbox) = (self.client.clone(), self.mailbox.clone());
        let sweep_key = SweepKey::Document(key.clone());
        self.pools.sweep(
            sweep_key,
            Box::new(move |superseded| {
                let task = Task::new(&client, &|| false, superseded, None);
                let list = lock(&listing).list(&snapshot, &task, usize::MAX);
                if let Ok(list) = list {
                    let Snapshot { version, settings, .. } = snapshot;
                    let _ = mailbox.send(Event::Gathered { key, version, settings, list });
                }
            }),
        );
    }

    /// The gate: what was gathered for another version, or under other settings, is not sent.
    fn publish(&mut self, key: &UriKey, version: i32, settings: &Arc<Settings>, list: Arc<Vec<u8>>) {
        let Some(entry) = self.documents.get_mut(key) else { return };
        let is_current = entry.document.version() == version && Arc::ptr_eq(entry.document.settings(), settings);
        if is_current && !self.is_pulled && entry.publication.accept(version, &list, self.client.minds_versions) {
            self.outbox.publish(key, convert::published(entry.document.uri(), Some(version), list));
        }
    }

    fn stop_pushing(&mut self) {
        if std::mem::replace(&mut self.is_pulled, true) {
            return;
        }
        for (key, entry) in &mut self.documents {
            if entry.publication.shows_any() {
                self.outbox.publish(key, convert::published(entry.document.uri(), None, Arc::default()));
            }
            entry.publication.clear();
        }
    }
}

fn doubt_patience(nature: Nature) -> Duration {
    match nature {
        Nature::Corpus => DOUBT_PATIENCE,
        Nature::Actors => LINT_PATIENCE,
    }
}
