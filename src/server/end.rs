//! How the server ends, and with which exit code.

use std::process::ExitCode;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::outbox::lock;

/// Why the server ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The client sent `exit`.
    Exit { after_shutdown: bool },
    /// Nothing more will come.
    EndOfInput { after_shutdown: bool },
    /// The process that started the server is gone.
    ParentGone,
    /// Nothing more can be sent.
    OutputClosed,
    /// The client has long ceased to read.
    Deaf,
}

impl Ending {
    /// 0 where the client took its leave with `shutdown`, 1 where it did not.
    pub fn code(self) -> ExitCode {
        ExitCode::from(u8::from(!self.is_orderly()))
    }

    fn is_orderly(self) -> bool {
        matches!(self, Ending::Exit { after_shutdown: true } | Ending::EndOfInput { after_shutdown: true })
    }
}

/// The end of the server: any thread may bring it about, one waits for it.
#[derive(Debug, Clone, Default)]
pub struct End {
    shared: Arc<(Mutex<Option<Ending>>, Condvar)>,
}

impl End {
    /// Brings the end about. The first reason counts.
    pub fn set(&self, ending: Ending) {
        lock(&self.shared.0).get_or_insert(ending);
        self.shared.1.notify_all();
    }

    /// Waits for the end.
    pub fn wait(&self) -> Ending {
        let mut ending = lock(&self.shared.0);
        loop {
            match *ending {
                Some(ending) => return ending,
                None => ending = self.shared.1.wait(ending).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}
