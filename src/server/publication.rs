//! When the diagnostics of one document are sent, and whether they are worth sending.

use std::sync::Arc;
use std::time::{Duration, Instant};

/// What is known of the diagnostics of one document that were sent and that are to be sent.
#[derive(Debug)]
pub struct Publication<T> {
    due: Option<Instant>,
    /// Version and list that the client has.
    sent: Option<(i32, Arc<Vec<T>>)>,
}

impl<T> Default for Publication<T> {
    fn default() -> Self {
        Publication { due: None, sent: None }
    }
}

impl<T: PartialEq> Publication<T> {
    /// Something has changed: diagnostics are due after `debounce` milliseconds without another change.
    pub fn touch(&mut self, now: Instant, debounce: u64) {
        self.due = Some(now.checked_add(Duration::from_millis(debounce)).unwrap_or(now));
    }

    /// When diagnostics are due, if they are.
    pub fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Diagnostics are due now; they are not any more after this.
    pub fn take_due(&mut self, now: Instant) -> bool {
        let is_due = self.due.is_some_and(|due| due <= now);
        if is_due {
            self.due = None;
        }
        is_due
    }

    /// Notes a list for `version` as sent, and says whether it has to be: the same list is not sent twice for one
    /// version, nor for another version to a client that minds no versions.
    pub fn accept(&mut self, version: i32, list: &Arc<Vec<T>>, minds_versions: bool) -> bool {
        if let Some((sent_version, sent)) = &mut self.sent {
            let is_other_version = minds_versions && *sent_version != version;
            // Long lists are compared only where it matters.
            if !is_other_version && sent == list {
                *sent_version = version;
                return false;
            }
        }
        self.sent = Some((version, list.clone()));
        true
    }

    /// The client has been sent a list that is not empty.
    pub fn shows_any(&self) -> bool {
        self.sent.as_ref().is_some_and(|(_, list)| !list.is_empty())
    }

    /// Forgets what was sent, and that anything is due.
    pub fn clear(&mut self) {
        *self = Publication::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rest_is_counted_from_the_last_change() {
        let start = Instant::now();
        let after = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut publication = Publication::<u32>::default();
        assert!(!publication.take_due(after(1000)));
        publication.touch(start, 150);
        publication.touch(after(100), 150);
        assert!(!publication.take_due(after(200)));
        assert_eq!(publication.due(), Some(after(250)));
        assert!(publication.take_due(after(250)));
        assert!(!publication.take_due(after(999)), "due once");
        publication.touch(after(300), 0);
        assert!(publication.take_due(after(300)), "no debounce, no wait");
        publication.touch(start, u64::MAX);
    }

    #[test]
    fn nothing_is_sent_twice() {
        for minds_versions in [false, true] {
            let (none, some) = (Arc::new(vec![]), Arc::new(vec![7]));
            let mut publication = Publication::default();
            assert!(publication.accept(1, &none, minds_versions), "the first list, though empty");
            assert!(!publication.accept(1, &none, minds_versions));
            assert_eq!(publication.accept(2, &none, minds_versions), minds_versions);
            assert!(!publication.accept(2, &none, minds_versions));
            assert!(publication.accept(2, &some, minds_versions));
            assert!(publication.shows_any());
            publication.clear();
            assert!(publication.accept(2, &some, minds_versions));
        }
    }
}
