//! Files on disk that matter beside those that are open: settings and actors files. The server looks at them itself, twenty
//! times a second, since there are few of them: editors that watch files do so in their own time, some after a second, many
//! not at all.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use crate::workspace::reading;

use super::log;
use super::owner::Event;

/// Time between two looks.
const PACE: Duration = Duration::from_millis(50);
/// What writes a file often does so in several steps: it has to be as it was for so long, and is waited for so often.
const REST: Duration = Duration::from_millis(20);
const PATIENCE: usize = 10;

/// What a file is like; `None` where there is none.
type Stamp = Option<String>;

fn stamp(file: &Path) -> Stamp {
    file.metadata().ok().map(|metadata| reading::stamp(&metadata))
}

/// The files that are followed.
pub(super) struct Disk {
    followed: BTreeSet<PathBuf>,
    changes: Sender<Vec<(PathBuf, Stamp)>>,
}

impl Disk {
    /// Tells `mailbox` of changes.
    pub(super) fn new(mailbox: Sender<Event>) -> Disk {
        let (changes, inbox) = mpsc::channel();
        let looking = std::thread::Builder::new().name("disk".to_owned()).spawn(move || look(&inbox, &mailbox));
        if looking.is_err() {
            log::problem("files on disk are not watched");
        }
        Disk { followed: BTreeSet::new(), changes }
    }

    /// Follows these files and no others, whether they are there or not: from now on, so who reads one does so after this.
    pub(super) fn follow(&mut self, files: BTreeSet<PathBuf>) {
        if self.followed != files {
            let stamped = files.iter().map(|file| (file.clone(), stamp(file))).collect();
            self.followed = files;
            let _ = self.changes.send(stamped);
        }
    }
}

fn look(inbox: &Receiver<Vec<(PathBuf, Stamp)>>, mailbox: &Sender<Event>) {
    let mut files: HashMap<PathBuf, Stamp> = HashMap::new();
    loop {
        let next = if files.is_empty() {
            inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else {
            inbox.recv_timeout(PACE)
        };
        match next {
            Ok(next) => {
                // What was followed before may have changed since the last look.
                let known = |(file, stamp)| {
                    let stamp = files.remove(&file).unwrap_or(stamp);
                    (file, stamp)
                };
                files = next.into_iter().map(known).collect();
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        let changed = changed(&mut files);
        if !changed.is_empty() {
            let _ = mailbox.send(Event::FilesChanged(changed.into_iter().collect()));
        }
    }
}

/// The files that have changed, and rest now.
fn changed(files: &mut HashMap<PathBuf, Stamp>) -> BTreeSet<PathBuf> {
    let mut changed = BTreeSet::new();
    for _ in 0..PATIENCE {
        let mut is_resting = true;
        for (file, known) in files.iter_mut() {
            let now = stamp(file);
            if *known != now {
                *known = now;
                changed.insert(file.clone());
                is_resting = false;
            }
        }
        if is_resting {
            break;
        }
        std::thread::sleep(REST);
    }
    changed
}
