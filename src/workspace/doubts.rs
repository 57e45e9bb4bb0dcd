//! What is doubtful in the dispatches of an open document. It is found when there is time; until then what was found last
//! moves with the text.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use super::Snapshot;
use super::notes::LONGEST;
use super::roll::{Called, Caller, Present, Roll};
use crate::annotate::{self, annotate};
use crate::corpus::Code;
use crate::text::Change;

/// Bytes; a larger file is not searched while it is edited, which would take a core for seconds after each rest.
/// `dispatch-ls check --annotations` does it.
pub const LARGEST: usize = 16 << 20;

/// A doubt in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    pub code: Code,
    /// Bytes of the file.
    pub range: Range<usize>,
    /// For people, one line.
    pub message: String,
}

/// Moves doubts with a change of the text; those that it touches are forgotten.
pub fn follow(doubts: &mut Arc<Vec<Doubt>>, change: Change) {
    if doubts.is_empty() {
        return;
    }
    let doubts = Arc::make_mut(doubts);
    doubts.retain(|doubt| doubt.range.end < change.start || doubt.range.start > change.old_end);
    for doubt in doubts.iter_mut().filter(|doubt| doubt.range.start > change.old_end) {
        let moved = |at: usize| at - change.old_end + change.new_end;
        doubt.range = moved(doubt.range.start)..moved(doubt.range.end);
    }
}

/// The doubts of dispatches by their content: what has not changed is not read again.
#[derive(Debug, Default)]
pub struct Known {
    by_content: HashMap<(u64, usize), Read>,
    caller: Caller,
    round: u32,
}

/// What was doubtful in a dispatch, and who is in it.
#[derive(Debug)]
struct Read {
    doubts: Box<[annotate::Doubt]>,
    present: Arc<[Present]>,
    /// The last time that it was looked at.
    round: u32,
}

impl Known {
    /// The doubts of a document, up to `most`, and who is in it; `None` where `goes_on` says that nobody waits for them
    /// any more. A file is read in full: not for the owner.
    pub fn find(
        &mut self,
        snapshot: &Snapshot,
        most: usize,
        goes_on: &dyn Fn() -> bool,
    ) -> Option<(Vec<Doubt>, Arc<Roll>)> {
        self.round = self.round.wrapping_add(1);
        let mut found = Vec::new();
        let mut called = Vec::new();
        let mut is_complete = true;
        for dispatch in snapshot.view.dispatches(0..snapshot.text.len()) {
            if !goes_on() {
                return None;
            }
            let prose = dispatch.prose();
            if prose.len() > LONGEST {
                is_complete = false;
                continue;
            }
            let date = dispatch.date.as_ref().map(|date| date.date);
            let text = snapshot.text.slice(prose.clone());
            let mut hasher = DefaultHasher::new();
            (text.as_ref(), date).hash(&mut hasher);
            let key = (hasher.finish(), text.len());
            let caller = &mut self.caller;
            let read = self.by_content.entry(key).or_insert_with(|| {
                // Whoever waits for a core may work for somebody who waits.
                std::thread::yield_now();
                let gazetteer = &snapshot.notes.gazetteer;
                let annotations = annotate(&text, date, gazetteer);
                let doubts = annotate::doubts(&text, date, &annotations, gazetteer).into();
                Read { doubts, present: caller.call(&annotations, gazetteer), round: 0 }
            });
            read.round = self.round;
            called.push(Called::new(snapshot, &dispatch, read.present.clone()));
            if found.len() >= most {
                continue;
            }
            found.extend(read.doubts.iter().filter(|doubt| snapshot.settings.severity(doubt.code).is_some()).map(
                |doubt| Doubt { code: doubt.code, range: doubt.span.at(prose.start), message: doubt.message.clone() },
            ));
        }
        let round = self.round;
        self.by_content.retain(|_, read| read.round == round);
        found.truncate(most);
        Some((found, self.caller.finish(called, is_complete)))
    }

    /// Forgets everything: another gazetteer finds other doubts.
    pub fn clear(&mut self) {
        self.by_content.clear();
        self.caller = Caller::default();
    }
}
