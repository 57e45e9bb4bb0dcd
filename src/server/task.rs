//! What a worker knows of the request it works for: whether the answer is still wanted, and how to show progress.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::capabilities::ClientAbilities;
use super::outbox::{Outbox, lock};

/// Work that takes longer shows its progress.
const SHORT: Duration = Duration::from_millis(500);
/// Time between two reports of progress.
const PACE: Duration = Duration::from_millis(100);

/// The request a worker works for.
pub struct Task<'a> {
    /// What the client can do with the answer.
    pub client: &'a ClientAbilities,
    /// The request was cancelled, or its client is gone.
    dropped: &'a dyn Fn() -> bool,
    superseded: Arc<AtomicBool>,
    progress: Option<Progress>,
}

impl<'a> Task<'a> {
    pub fn new(
        client: &'a ClientAbilities,
        dropped: &'a dyn Fn() -> bool,
        superseded: Arc<AtomicBool>,
        progress: Option<Progress>,
    ) -> Task<'a> {
        Task { client, dropped, superseded, progress }
    }

    /// Somebody still waits for the result. Long work looks at this at each dispatch, and gives up when it is false.
    pub fn is_wanted(&self) -> bool {
        !(self.dropped)() && !self.is_superseded() && !self.progress.as_ref().is_some_and(Progress::is_cancelled)
    }

    /// A newer job does the same.
    pub fn is_superseded(&self) -> bool {
        self.superseded.load(Ordering::Relaxed)
    }

    /// Shows that `done` of `all` is done. To be called as often as you like: nothing is sent in the first half
    /// second, and not more than ten times a second after that.
    pub fn report(&self, done: usize, all: usize) {
        if let Some(progress) = &self.progress {
            progress.report(done, all);
        }
    }
}

/// Progress bars in the client's window that the client may cancel, by their token.
#[derive(Clone, Default)]
pub struct Cancels {
    open: Arc<Mutex<HashMap<String, Arc<AtomicBool>>>>,
    last: Arc<Mutex<u64>>,
}

impl Cancels {
    /// The client has cancelled the work with this token.
    pub fn cancel(&self, token: &Value) {
        if let Some(flag) = lock(&self.open).get(&token.to_string()) {
            flag.store(true, Ordering::Relaxed);
        }
    }
}

/// One progress bar; it ends when this is dropped.
pub struct Progress {
    outbox: Outbox,
    cancels: Cancels,
    title: &'static str,
    /// The token the client gave; else one is made when the work proves to be long, if the client knows such.
    token: RefCell<Option<Value>>,
    may_create: bool,
    /// The client shows the token that was made.
    granted: Arc<AtomicBool>,
    cancelled: Arc<AtomicBool>,
    begun: Cell<bool>,
    next: Cell<Instant>,
}

impl Progress {
    /// `token` is the one the client gave for this; `may_create` where it understands tokens that servers make.
    pub fn new(
        outbox: Outbox,
        cancels: Cancels,
        title: &'static str,
        token: Option<Value>,
        may_create: bool,
    ) -> Progress {
        let progress = Progress {
            outbox,
            cancels,
            title,
            granted: Arc::new(AtomicBool::new(token.is_some())),
            cancelled: Arc::default(),
            begun: Cell::new(false),
            next: Cell::new(Instant::now() + SHORT),
            token: RefCell::new(None),
            may_create,
        };
        if let Some(token) = token {
            progress.set_token(token);
        }
        progress
    }

    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn report(&self, done: usize, all: usize) {
        let now = Instant::now();
        if now < self.next.get() {
            return;
        }
        self.next.set(now + PACE);
        if self.token.borrow().is_none() {
            return self.create();
        }
        if !self.granted.load(Ordering::Acquire) {
            return;
        }
        let percentage = done.saturating_mul(100).checked_div(all).unwrap_or(0).min(100);
        let message = format!("{done}/{all}");
        self.send(if self.begun.replace(true) {
            json!({"kind": "report", "message": message, "percentage": percentage})
        } else {
            let title = self.title;
            json!({"kind": "begin", "title": title, "cancellable": true, "message": message, "percentage": percentage})
        });
    }

    /// Asks the client for a bar. It is used from the client's answer on; nobody waits for that.
    fn create(&self) {
        if !self.may_create {
            return;
        }
        let token = {
            let mut last = lock(&self.cancels.last);
            *last += 1;
            json!(format!("dispatch-ls-{last}"))
        };
        self.set_token(token.clone());
        let granted = self.granted.clone();
        self.outbox.ask("window/workDoneProgress/create", json!({"token": token}), move |answer| {
            granted.store(answer.is_ok(), Ordering::Release);
        });
    }

    fn set_token(&self, token: Value) {
        lock(&self.cancels.open).insert(token.to_string(), self.cancelled.clone());
        self.token.replace(Some(token));
    }

    fn send(&self, value: Value) {
        self.outbox.notify("$/progress", json!({"token": *self.token.borrow(), "value": value}));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(token) = &*self.token.borrow() {
            lock(&self.cancels.open).remove(&token.to_string());
        }
        if self.begun.get() {
            self.send(json!({"kind": "end"}));
        }
    }
}
