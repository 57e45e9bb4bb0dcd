//! What went wrong, on standard error. Never with text of a document.

use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

/// More lines are not written: a client that doesn't read standard error must not stop the server.
const MOST_LINES: usize = 300;

static LINES: AtomicUsize = AtomicUsize::new(0);

/// Writes one line.
pub fn problem(text: &str) {
    if LINES.fetch_add(1, Ordering::Relaxed) < MOST_LINES {
        let _ = writeln!(std::io::stderr(), "dispatch-ls: {text}");
    }
}

/// Panics are logged by their place alone: the message of one may quote the text it was about.
pub fn panics_by_place() {
    std::panic::set_hook(Box::new(|panic| {
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("unnamed");
        match panic.location() {
            Some(place) => problem(&format!("panic in thread {thread} at {place}; please report it")),
            None => problem(&format!("panic in thread {thread}; please report it")),
        }
    }));
}
