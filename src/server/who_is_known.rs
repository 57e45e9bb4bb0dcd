//! The owner's part in actors files: they are read by a worker, once for all documents whose settings name the same ones,
//! and again when one of them changes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};

use crate::workspace::{Notes, actors};

use super::log;
use super::owner::{Event, Owner};
use super::pools::SweepKey;

/// What some actors files list.
pub(super) struct Known {
    notes: Notes,
    /// How often they were asked for; an answer to an older question is of no use.
    number: u64,
}

impl Owner {
    /// Gives each document the gazetteer that its settings name; what is not known yet is read.
    pub(super) fn know_actors(&mut self) {
        let mut missing = Vec::new();
        let mut paths = Vec::new();
        for (key, entry) in &self.documents {
            let files = self.actors_files(&entry.document.settings().actors);
            if !files.is_empty() && !self.known.contains_key(&files) && !missing.contains(&files) {
                missing.push(files.clone());
            }
            paths.push((key.clone(), files));
        }
        for files in missing {
            self.read_actors(files);
        }
        for (key, files) in paths {
            let notes = self.known.get(&files).map(|known| known.notes.clone()).unwrap_or_default();
            let Some(entry) = self.documents.get_mut(&key) else { continue };
            if !entry.document.is_noted_by(&notes) {
                entry.document.set_notes(notes);
                entry.forget_doubts();
            }
        }
        let named: Vec<Vec<PathBuf>> =
            self.documents.values().map(|entry| self.actors_files(&entry.document.settings().actors)).collect();
        self.known.retain(|files, _| named.contains(files));
    }

    /// Paths of settings, those that are relative seen from the first folder that is open.
    fn actors_files(&self, files: &[PathBuf]) -> Vec<PathBuf> {
        let folder = self.folders.first().map_or(Path::new(""), PathBuf::as_path);
        files.iter().map(|file| folder.join(file)).collect()
    }

    fn read_actors(&mut self, files: Vec<PathBuf>) {
        self.questions_for_actors += 1;
        let number = self.questions_for_actors;
        let notes = self.known.get(&files).map(|known| known.notes.clone()).unwrap_or_default();
        self.known.insert(files.clone(), Known { notes, number });
        self.watch_actors(&files);
        let mailbox = self.mailbox.clone();
        let job = move |_| {
            let (notes, problems) = match actors::load_with_files(&files) {
                Ok((gazetteer, problems, files)) => (Some(Notes::new(Arc::new(gazetteer), files)), problems),
                Err(why) => (None, vec![why]),
            };
            let _ = mailbox.send(Event::ActorsRead { files, number, notes, problems });
        };
        self.pools.sweep(SweepKey::Actors(number), Box::new(job));
    }

    pub(super) fn actors_read(&mut self, files: &[PathBuf], number: u64, notes: Option<Notes>, problems: &[String]) {
        let Some(known) = self.known.get_mut(files).filter(|known| known.number == number) else { return };
        // What can't be read now, such as a file that is just being written, leaves what was known.
        if let Some(notes) = notes {
            known.notes = notes;
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
        self.know_actors();
        self.refresh_views();
    }

    /// What editors show of the text has to be asked for anew: the text is the same, and what is known is not.
    pub(super) fn refresh_views(&self) {
        for method in &self.client.refreshes {
            self.outbox.ask(method, Value::Null, |_| {});
        }
    }

    /// Files have changed on disk: those that are actors files are read again.
    pub(super) fn files_changed(&mut self, changed: &[PathBuf]) {
        let touched: Vec<Vec<PathBuf>> =
            self.known.keys().filter(|files| files.iter().any(|file| changed.contains(file))).cloned().collect();
        for files in touched {
            self.read_actors(files);
        }
    }

    fn watch_actors(&self, files: &[PathBuf]) {
        if !self.client.registers_watched_files {
            return;
        }
        let watchers: Vec<Value> = files.iter().map(|file| json!({"globPattern": file.to_string_lossy()})).collect();
        let registration = json!({
            "id": format!("actors-{}", self.questions_for_actors),
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": {"watchers": watchers},
        });
        self.outbox.ask("client/registerCapability", json!({"registrations": [registration]}), |answer| {
            if answer.is_err() {
                log::problem("the client refused to watch actors files");
            }
        });
    }
}

impl super::owner::Entry {
    /// Another gazetteer finds other doubts.
    fn forget_doubts(&mut self) {
        self.known_doubts = Arc::default();
        self.doubt_due = Some(Instant::now());
        self.publication.touch(Instant::now(), 0);
    }
}
