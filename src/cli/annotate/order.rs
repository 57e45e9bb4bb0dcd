//! Batches on all cores, told in the order of the input, with few of them in memory at a time.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crossbeam_channel::{RecvTimeoutError, bounded, unbounded};

use super::Rendered;
use super::source::{self, Batch};
use crate::cli::inputs::Input;
use crate::cli::progress::Bar;

/// Batches for each core that are read and not yet written: enough that a slow one holds nobody up.
const AHEAD: usize = 8;

/// Renders the batches of all inputs, and gives them to `tell` in order until it says no.
pub fn each(inputs: &[Input], render: impl Fn(&Batch) -> Rendered + Sync, mut tell: impl FnMut(Rendered) -> bool) {
    let cores = rayon::current_num_threads();
    let stopped = AtomicBool::new(false);
    // A batch holds a permit from the time it is read until it is told.
    let (permit, permits) = bounded::<()>(AHEAD * cores);
    let (job, jobs) = unbounded::<(usize, Batch)>();
    let (done, results) = unbounded();
    std::thread::scope(|scope| {
        let stopped = &stopped;
        scope.spawn(move || {
            let mut number = 0;
            source::batches(inputs, |batch| {
                // An error means that nobody takes any more.
                let taken = permit.send(()).is_ok() && job.send((number, batch)).is_ok();
                number += 1;
                taken && !stopped.load(Ordering::Relaxed)
            });
        });
        for _ in 0..cores {
            let (jobs, done, render) = (jobs.clone(), done.clone(), &render);
            scope.spawn(move || {
                for (number, batch) in jobs {
                    let rendered = catch_unwind(AssertUnwindSafe(|| render(&batch))).unwrap_or_else(|_| fault(&batch));
                    // The receiver is there as long as the threads are.
                    let _ = done.send((number, rendered));
                }
            });
        }
        drop((jobs, done));
        let mut bar = Bar::bytes(source::size(inputs));
        let mut early = BTreeMap::new();
        let mut next = 0;
        loop {
            match results.recv_timeout(Duration::from_millis(100)) {
                Ok((number, rendered)) => {
                    early.insert(number, rendered);
                }
                Err(RecvTimeoutError::Timeout) => bar.tick(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(rendered) = early.remove(&next) {
                next += 1;
                bar.advance(rendered.bytes);
                if !stopped.load(Ordering::Relaxed) && !bar.aside(|| tell(rendered)) {
                    stopped.store(true, Ordering::Relaxed);
                }
                let _ = permits.try_recv();
            }
        }
        bar.finish();
    });
}

/// A fault in one dispatch is no reason to lose the others.
fn fault(batch: &Batch) -> Rendered {
    let from = batch.items.first().map_or("", |item| item.name.as_str());
    let message =
        format!("error: {}: a fault in dispatch-ls itself, in or behind `{from}`; please report it", batch.path);
    Rendered { messages: vec![message], is_incomplete: true, bytes: batch.bytes, ..Rendered::default() }
}
