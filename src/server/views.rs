//! Views: what an editor asks for by itself after each key, and shows around the text. It waits until what was typed is seen
//! to and nothing more is, for a moment only: then the same cores are free for it, and of several versions of a dispatch only
//! the last one is annotated.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::workspace::Snapshot;

use super::outbox::Outbox;
use super::owner::Answer;

/// Rest after an edit in a short dispatch …
const REST: Duration = Duration::from_millis(1);
/// … and for so many bytes more of it a millisecond more, which is what it takes to annotate them: of a long one there are
/// never two versions under way.
const BYTES: usize = 8 << 10;
/// Who types without a rest sees what is asked for after this time.
const LONGEST: Duration = Duration::from_secs(1);

/// The questions that wait for a document.
#[derive(Default)]
pub(super) struct Views {
    edited: Option<Instant>,
    rest: Duration,
    /// When the first of them was asked.
    asked: Option<Instant>,
    waiting: Vec<Answer>,
}

impl Views {
    /// The document was edited.
    pub(super) fn touch(&mut self, now: Instant) {
        self.edited = Some(now);
        self.rest = REST;
    }

    /// A question that is to be answered from the text as it is when its time comes: that is what the editor shows then.
    pub(super) fn wait(&mut self, answer: Answer, now: Instant) {
        self.asked.get_or_insert(now);
        self.waiting.push(answer);
    }

    /// When those that wait are to be answered, if any do.
    pub(super) fn due(&self) -> Option<Instant> {
        Some((self.edited? + self.rest).min(self.asked? + LONGEST))
    }

    /// Those that wait, if their time has come.
    pub(super) fn take_due(&mut self, snapshot: &Snapshot, now: Instant) -> Vec<Answer> {
        // Where a defect ends this, nothing is left that would be due again at once.
        let (asked, waiting) = (self.asked.take(), std::mem::take(&mut self.waiting));
        // How long the dispatch is does not matter sooner, and a key has been seen to by now.
        let dispatch = snapshot.typing.and_then(|at| snapshot.view.dispatch_at(at));
        let length = dispatch.map_or(0, |dispatch| dispatch.prose().len());
        self.rest = REST + Duration::from_millis((length / BYTES) as u64);
        self.asked = asked;
        if self.due().is_some_and(|due| due <= now) {
            self.asked = None;
            return waiting;
        }
        self.waiting = waiting;
        Vec::new()
    }

    /// All that wait; none do after this.
    pub(super) fn take(&mut self) -> Vec<Answer> {
        self.asked = None;
        std::mem::take(&mut self.waiting)
    }
}

/// What is known beside the text. Whoever answers from it holds it: when it has been replaced and the last of those answers
/// is out, the client is told to ask anew. Told before, some clients take such an answer for one to what they ask then.
#[derive(Default)]
pub(super) struct Era(OnceLock<(Outbox, Vec<&'static str>)>);

impl Era {
    /// Another one has begun. `methods` tell the client.
    pub(super) fn end(self: Arc<Era>, outbox: &Outbox, methods: &[&'static str]) {
        // Answers can take long, and what else is shown need not wait for them.
        if Arc::strong_count(&self) > 1 {
            ask_anew(outbox, methods);
        }
        let _ = self.0.set((outbox.clone(), methods.to_vec()));
    }
}

impl Drop for Era {
    fn drop(&mut self) {
        if let Some((outbox, methods)) = self.0.get() {
            ask_anew(outbox, methods);
        }
    }
}

fn ask_anew(outbox: &Outbox, methods: &[&'static str]) {
    for method in methods {
        outbox.ask(method, Value::Null, |_| {});
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Encoding, Position};
    use crate::workspace::{Document, DocumentChange};

    /// Some bytes of prose in which somebody has just typed.
    fn typed(length: usize) -> Snapshot {
        let mut document = Document::new("file:///a.txt", 1, Arc::default());
        document.read(&format!("=== FILE: a.txt ===\n\n{}", "word\n".repeat(length / 5)));
        let place = Position { line: 3, column: 0 };
        let change = DocumentChange::Part { from: place, to: place, put: "A ".into() };
        document.change(2, vec![change], Encoding::Utf8);
        document.snapshot(Encoding::Utf8)
    }

    #[test]
    fn views_wait_for_a_rest_but_not_for_ever() {
        let start = Instant::now();
        let after = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut views = Views::default();
        views.touch(start);
        assert_eq!(views.due(), None);
        views.wait(Box::new(|_| {}), start);
        assert_eq!(views.due(), Some(after(1)));
        assert_eq!(views.take_due(&typed(100), after(1)).len(), 1);
        assert_eq!(views.due(), None);
        let long = typed(1 << 20);
        views.touch(start);
        for _ in 0..2 {
            views.wait(Box::new(|_| {}), start);
        }
        assert!(views.take_due(&long, after(1)).is_empty());
        assert_eq!(views.due(), Some(after(129)));
        views.touch(after(100));
        assert!(views.take_due(&long, after(101)).is_empty());
        assert_eq!(views.due(), Some(after(229)));
        views.touch(after(990));
        assert!(views.take_due(&long, after(991)).is_empty());
        assert_eq!(views.due(), Some(after(1000)));
        assert_eq!(views.take_due(&long, after(1000)).len(), 2);
        assert_eq!(views.due(), None);
    }
}
