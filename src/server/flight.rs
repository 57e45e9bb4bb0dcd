//! Handlers under way. A handler runs on the thread that reads until it waits, and goes on, on whichever thread brings
//! what it waits for: no runtime stands between a worker and the answer, which saves two changes of threads for each
//! request.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use super::outbox::lock;

const WAITING: u8 = 0;
const RUNNING: u8 = 1;
/// Running, and woken meanwhile: it has to be run once more.
const WOKEN: u8 = 2;
const DONE: u8 = 3;

type Handler = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Flight {
    state: AtomicU8,
    /// Locked only by the thread that has set [`RUNNING`].
    handler: Mutex<Option<Handler>>,
}

/// Starts a handler, which must not panic, on this thread.
pub fn launch(handler: impl Future<Output = ()> + Send + 'static) {
    Arc::new(Flight { state: AtomicU8::new(WAITING), handler: Mutex::new(Some(Box::pin(handler))) }).run();
}

impl Wake for Flight {
    fn wake(self: Arc<Self>) {
        self.run();
    }
}

impl Flight {
    fn run(self: Arc<Self>) {
        if let Err(state) = self.state.compare_exchange(WAITING, RUNNING, Ordering::AcqRel, Ordering::Acquire) {
            let woken = self.state.compare_exchange(RUNNING, WOKEN, Ordering::AcqRel, Ordering::Acquire);
            // Between the two looks it may have begun to wait: then it is run after all.
            if state == RUNNING && woken == Err(WAITING) {
                self.run();
            }
            return;
        }
        loop {
            let waker = Waker::from(self.clone());
            let mut handler = lock(&self.handler);
            let poll = handler.as_mut().map(|handler| handler.as_mut().poll(&mut Context::from_waker(&waker)));
            if !matches!(poll, Some(Poll::Pending)) {
                let finished = handler.take();
                self.state.store(DONE, Ordering::Release);
                drop(handler);
                drop(finished);
                return;
            }
            drop(handler);
            if self.state.compare_exchange(RUNNING, WAITING, Ordering::AcqRel, Ordering::Acquire).is_ok() {
                return;
            }
            self.state.store(RUNNING, Ordering::Release);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use tokio::sync::oneshot;

    use super::*;

    #[test]
    fn a_handler_goes_on_where_its_answer_comes_from() {
        let (answer, waits) = oneshot::channel::<u32>();
        let (done, seen) = mpsc::channel();
        launch(async move {
            let number = waits.await.unwrap();
            done.send((number, std::thread::current().name().map(str::to_owned))).unwrap();
        });
        std::thread::Builder::new().name("worker".into()).spawn(move || answer.send(7).unwrap()).unwrap();
        assert_eq!(seen.recv_timeout(Duration::from_secs(9)).unwrap(), (7, Some("worker".to_owned())));
    }

    #[test]
    fn no_wake_is_lost() {
        for _ in 0..500 {
            let (done, seen) = mpsc::channel();
            let channels: Vec<_> = (0..4).map(|_| oneshot::channel::<()>()).collect();
            let (senders, receivers): (Vec<_>, Vec<_>) = channels.into_iter().unzip();
            launch(async move {
                futures::future::join_all(receivers).await;
                done.send(()).unwrap();
            });
            for sender in senders {
                std::thread::spawn(move || sender.send(()));
            }
            seen.recv_timeout(Duration::from_secs(9)).unwrap();
        }
    }

    #[test]
    fn a_handler_that_wakes_itself_is_run_again() {
        let (done, seen) = mpsc::channel();
        launch(async move {
            let mut turns = 0;
            std::future::poll_fn(|context| {
                turns += 1;
                context.waker().wake_by_ref();
                if turns < 3 { Poll::Pending } else { Poll::Ready(()) }
            })
            .await;
            done.send(turns).unwrap();
        });
        assert_eq!(seen.try_recv(), Ok(3));
    }
}
