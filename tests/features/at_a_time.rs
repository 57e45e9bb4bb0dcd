//! What an editor asks for at a time.

use std::sync::{Arc, Barrier};

use crate::fixture::document;

/// A dispatch is read once for all of it.
#[test]
fn a_dispatch_is_read_once() {
    let text =
        format!("=== FILE: once.txt ===\n\n{}", "Ilse Varga said in Utena that she had left on Friday. ".repeat(400));
    let snapshot = document(&text);
    let dispatch = snapshot.view.dispatch_at(0).unwrap();
    let start = Barrier::new(4);
    let notes: Vec<_> = std::thread::scope(|scope| {
        let ask = || {
            start.wait();
            snapshot.notes.of(&snapshot, &dispatch).unwrap().1
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(notes.iter().all(|note| Arc::ptr_eq(note, &notes[0])));
}
