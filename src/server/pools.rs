//! Two pools of threads. *Latency* answers what a person waits for: however many answers are slow, one more thread is
//! there for the next. *Sweep* does what nobody waits for, two at a time; of two jobs with one key the newer wins.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};

use crate::workspace::UriKey;

use super::outbox::lock;

/// Threads for answers, at most. A thread that had nothing to do for [`KEPT_THREAD`] goes.
const MOST_LATENCY_THREADS: usize = 64;
const KEPT_THREAD: Duration = Duration::from_secs(60);
const SWEEP_THREADS: usize = 2;

/// How far threads stand behind the owner, which sees to every keystroke: where an editor asks for the hints of a view with
/// each of them, all cores are busy with what matters less.
const BEHIND_OWNER: i32 = 5;
const BEHIND_ALL: i32 = 10;

/// Makes the calling thread as nice as that. On Linux only: elsewhere the whole process would be.
#[cfg(target_os = "linux")]
fn stand_behind(by: i32) {
    // Where it is not allowed, all are alike.
    let _ = rustix::process::setpriority_process(None, by);
}

#[cfg(not(target_os = "linux"))]
fn stand_behind(_: i32) {}

/// Work that is done on another thread. A panic in it ends that work only.
pub type Job = Box<dyn FnOnce() + Send>;
/// Work that a newer one with the same key makes needless: it looks at the flag now and then.
pub type SweepJob = Box<dyn FnOnce(Arc<AtomicBool>) + Send>;

/// What a sweep is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SweepKey {
    Document(UriKey),
    /// What is doubtful in it.
    Doubts(UriKey),
    /// The actors files that were asked for as the so-many-th.
    Actors(u64),
    /// The index of the beginnings of their names.
    Beginnings,
    Workspace,
}

/// Both pools.
pub struct Pools {
    /// Only its threads for blocking work are used: as many as are needed at a time.
    latency: Runtime,
    sweep: Arc<Sweep>,
}

impl Pools {
    pub fn new() -> std::io::Result<Pools> {
        let latency = Builder::new_current_thread()
            .max_blocking_threads(MOST_LATENCY_THREADS)
            .thread_keep_alive(KEPT_THREAD)
            .thread_name("latency")
            .on_thread_start(|| stand_behind(BEHIND_OWNER))
            .build()?;
        let sweep = Arc::new(Sweep::default());
        for _ in 0..SWEEP_THREADS {
            let sweep = sweep.clone();
            std::thread::Builder::new().name("sweep".to_owned()).spawn(move || {
                stand_behind(BEHIND_ALL);
                sweep.work();
            })?;
        }
        Ok(Pools { latency, sweep })
    }

    /// Does `job` as soon as possible.
    pub fn soon(&self, job: Job) {
        self.latency.spawn_blocking(job);
    }

    /// Does `job` when there is time, in place of an older one with the same key.
    pub fn sweep(&self, key: SweepKey, job: SweepJob) {
        self.sweep.push(key, job);
    }

    /// Nobody wants what is done for `key` any more.
    pub fn stop(&self, key: &SweepKey) {
        self.sweep.stop(key);
    }
}

#[derive(Default)]
struct Sweep {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    queue: VecDeque<(SweepKey, SweepJob)>,
    /// The flags of the jobs under way.
    running: Vec<(SweepKey, Arc<AtomicBool>)>,
}

impl State {
    /// Tells what is under way for `key` that it is needless.
    fn stop(&self, key: &SweepKey) {
        for (_, superseded) in self.running.iter().filter(|(running, _)| running == key) {
            superseded.store(true, Ordering::Relaxed);
        }
    }
}

impl Sweep {
    fn push(&self, key: SweepKey, job: SweepJob) {
        let mut state = lock(&self.state);
        state.stop(&key);
        let replaced = match state.queue.iter_mut().find(|(queued, _)| *queued == key) {
            Some((_, queued)) => Some(std::mem::replace(queued, job)),
            None => {
                state.queue.push_back((key, job));
                None
            }
        };
        drop(state);
        // Its end may run a handler, which must not find the lock taken.
        drop(replaced);
        self.wake.notify_one();
    }

    fn stop(&self, key: &SweepKey) {
        let mut state = lock(&self.state);
        state.stop(key);
        let (stopped, rest) = state.queue.drain(..).partition(|(queued, _)| queued == key);
        state.queue = rest;
        drop(state);
        // As above.
        drop::<VecDeque<_>>(stopped);
    }

    fn work(&self) {
        loop {
            let (job, superseded) = self.take();
            let flag = superseded.clone();
            // The place was logged; whoever waits for the job sees that it ended without an answer.
            let _ = catch_unwind(AssertUnwindSafe(|| job(flag)));
            lock(&self.state).running.retain(|(_, running)| !Arc::ptr_eq(running, &superseded));
        }
    }

    fn take(&self) -> (SweepJob, Arc<AtomicBool>) {
        let mut state = lock(&self.state);
        loop {
            if let Some((key, job)) = state.queue.pop_front() {
                let superseded = Arc::new(AtomicBool::new(false));
                state.running.push((key, superseded.clone()));
                return (job, superseded);
            }
            state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(9);

    #[test]
    fn slow_answers_delay_no_other() {
        let pools = Pools::new().unwrap();
        let (release, held) = crossbeam_channel::bounded::<()>(0);
        for _ in 0..8 {
            let held = held.clone();
            pools.soon(Box::new(move || {
                let _ = held.recv();
            }));
        }
        let (done, seen) = mpsc::channel();
        pools.soon(Box::new(move || done.send(()).unwrap()));
        assert_eq!(seen.recv_timeout(PATIENCE), Ok(()));
        drop(release);
    }

    #[test]
    fn the_newest_sweep_wins() {
        let pools = Pools::new().unwrap();
        let (done, seen) = mpsc::channel();
        let (started, has_started) = mpsc::channel();
        let first = done.clone();
        pools.sweep(
            SweepKey::Workspace,
            Box::new(move |superseded| {
                started.send(()).unwrap();
                while !superseded.load(Ordering::Relaxed) {
                    std::thread::yield_now();
                }
                first.send("first gave up").unwrap();
            }),
        );
        has_started.recv_timeout(PATIENCE).unwrap();
        pools.sweep(SweepKey::Workspace, Box::new(move |_| done.send("second").unwrap()));
        let mut ends = [seen.recv_timeout(PATIENCE).unwrap(), seen.recv_timeout(PATIENCE).unwrap()];
        ends.sort();
        assert_eq!(ends, ["first gave up", "second"]);
    }

    #[test]
    fn what_nobody_wants_is_stopped() {
        let pools = Pools::new().unwrap();
        let (done, seen) = mpsc::channel();
        let key = |name| SweepKey::Document(UriKey::new(name));
        for name in ["a", "b"] {
            let done = done.clone();
            pools.sweep(
                key(name),
                Box::new(move |superseded| {
                    done.send("begun").unwrap();
                    while !superseded.load(Ordering::Relaxed) {
                        std::thread::yield_now();
                    }
                    done.send("gave up").unwrap();
                }),
            );
        }
        let next = || seen.recv_timeout(PATIENCE);
        assert_eq!([next(), next()], [Ok("begun"), Ok("begun")]);
        // Both threads are busy: this one waits.
        pools.sweep(key("c"), Box::new(move |_| done.send("done").unwrap()));
        pools.stop(&key("c"));
        pools.stop(&key("a"));
        assert_eq!(next(), Ok("gave up"));
        pools.stop(&key("b"));
        assert_eq!(next(), Ok("gave up"));
        assert!(next().is_err(), "it was taken out of the queue");
    }

    #[test]
    fn a_panic_ends_one_job_only() {
        let pools = Pools::new().unwrap();
        let (done, seen) = mpsc::channel();
        for _ in 0..2 * SWEEP_THREADS {
            let key = SweepKey::Document(UriKey::new("file:///a"));
            pools.sweep(key, Box::new(|_| panic!("on purpose")));
            pools.soon(Box::new(|| panic!("on purpose")));
        }
        let also = done.clone();
        pools.sweep(SweepKey::Workspace, Box::new(move |_| done.send(()).unwrap()));
        pools.soon(Box::new(move || also.send(()).unwrap()));
        assert!(seen.recv_timeout(PATIENCE).is_ok() && seen.recv_timeout(PATIENCE).is_ok());
    }
}
