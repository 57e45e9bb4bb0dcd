//! All files on all cores, told in their order.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, unbounded};
use rayon::iter::{ParallelBridge, ParallelIterator};

use super::file;
use super::report::FileReport;
use super::{Plan, big};
use crate::cli::inputs::Input;
use crate::cli::progress::Bar;

/// Bytes of files that are in memory at one time; a file that is repaired and is larger has the memory for itself.
const IN_MEMORY: u64 = 1 << 30;

/// Checks every input and gives the reports to `tell` in the order of the inputs, until it says no.
pub fn each(plan: &Plan, inputs: &[Input], mut tell: impl FnMut(FileReport) -> bool) {
    let memory = Memory { free: Mutex::new(IN_MEMORY), freed: Condvar::new() };
    let stopped = AtomicBool::new(false);
    let (sender, receiver) = unbounded();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // Bridged, the threads take the inputs in their order, and little has to wait to be told.
            inputs.iter().enumerate().par_bridge().for_each_with(sender, |sender, (number, input)| {
                if !stopped.load(Ordering::Relaxed) {
                    let report = memory.with(size(plan, input), || check(plan, input));
                    // The receiver is there as long as this thread is.
                    let _ = sender.send((number, report));
                }
            });
        });
        let mut bar = Bar::files(inputs.len());
        let mut early = BTreeMap::new();
        let mut next = 0;
        loop {
            match receiver.recv_timeout(Duration::from_millis(100)) {
                Ok((number, report)) => {
                    early.insert(number, report);
                    bar.advance(1);
                }
                Err(RecvTimeoutError::Timeout) => bar.tick(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(report) = early.remove(&next) {
                next += 1;
                if !stopped.load(Ordering::Relaxed) && !bar.aside(|| tell(report)) {
                    stopped.store(true, Ordering::Relaxed);
                }
            }
        }
        bar.finish();
    });
}

fn check(plan: &Plan, input: &Input) -> FileReport {
    // A fault in one file is no reason to lose the others.
    catch_unwind(AssertUnwindSafe(|| file::check(plan, input)))
        .unwrap_or_else(|_| FileReport::refused(input, "a fault in dispatch-ls itself; please report it"))
}

/// Bytes that a file takes while it is checked.
fn size(plan: &Plan, input: &Input) -> u64 {
    let bytes = input.path.as_ref().and_then(|path| std::fs::metadata(path).ok()).map_or(0, |metadata| metadata.len());
    if plan.looks_in_parts() { big::in_memory(bytes) } else { bytes }
}

/// Keeps the files that are in memory at one time within bounds.
struct Memory {
    free: Mutex<u64>,
    freed: Condvar,
}

impl Memory {
    fn with<T>(&self, bytes: u64, work: impl FnOnce() -> T) -> T {
        thread_local! {
            static HOLDS: Cell<bool> = const { Cell::new(false) };
        }
        // Who waits for other cores to annotate dispatches of a file may be given another file in the meantime. It must
        // not wait for memory that it holds itself.
        if HOLDS.get() {
            return work();
        }
        let bytes = bytes.min(IN_MEMORY);
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.freed.wait_while(free, |free| *free < bytes).unwrap_or_else(PoisonError::into_inner);
        *free -= bytes;
        drop(free);
        HOLDS.set(true);
        let done = work();
        HOLDS.set(false);
        *self.free.lock().unwrap_or_else(PoisonError::into_inner) += bytes;
        self.freed.notify_all();
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_memory_of_his_own() {
        let memory = Memory { free: Mutex::new(IN_MEMORY), freed: Condvar::new() };
        assert_eq!(memory.with(IN_MEMORY, || memory.with(1, || "done")), "done");
        assert_eq!(memory.with(IN_MEMORY, || "again"), "again");
    }
}
