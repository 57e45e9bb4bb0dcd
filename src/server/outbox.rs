//! The outbox: the only place that talks to the client. Whoever sends never waits.
//!
//! Where nothing is in front of it, a message is written by who sends it, as far as it goes out without waiting: to wake
//! another thread takes longer than that, and who wakes it may be in its way. One thread writes the rest. What waits to be
//! written is bounded, whatever the client does: of two lists of diagnostics for one document the older is dropped unsent;
//! answers beyond [`MOST_BYTES`] are replaced by a short error; who streams looks at [`Outbox::is_crowded`]; and a client
//! that lets [`MOST_MESSAGES`] pile up has gone, so the server ends.
//!
//! Lists of diagnostics can be long. Somebody waits for an answer, so answers that are ready go first.

use std::collections::{HashMap, VecDeque};
use std::io::{self, IoSlice, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Response};

use crate::workspace::UriKey;

use super::end::{End, Ending};
use super::log;

/// Answers are kept for a client that doesn't read up to so many bytes.
const MOST_BYTES: usize = if cfg!(test) { 1 << 20 } else { 64 << 20 };
/// Messages of any kind that wait for a client that doesn't read.
const MOST_MESSAGES: usize = 200_000;
/// Requests of ours that the client has not answered.
const MOST_QUESTIONS: usize = 256;
/// So many messages at most go in front of a list of diagnostics that waits.
const MOST_OVERTAKE: usize = 16;

/// Writes what goes out without waiting: how many bytes that were. An error where none do, or where the system can't tell.
pub type AtOnce = Box<dyn Fn(&[IoSlice<'_>]) -> io::Result<usize> + Send + Sync>;

/// The way to the client. Clones lead to the same client.
#[derive(Clone)]
pub struct Outbox {
    shared: Arc<Shared>,
}

struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
    end: End,
    questions: Mutex<Questions>,
    open: AtomicBool,
    at_once: Option<AtOnce>,
}

#[derive(Default)]
struct Queue {
    /// The end of a message that is written in part.
    rest: Option<Vec<u8>>,
    messages: VecDeque<Outgoing>,
    /// The documents whose diagnostics wait, the longest first.
    lists: VecDeque<UriKey>,
    /// Diagnostics that wait, newest only.
    diagnostics: HashMap<UriKey, InParts>,
    /// Messages that went in front of the first of them.
    overtaken: usize,
    /// Bytes of answers, notifications and questions that wait.
    bytes: usize,
    /// The client is leaving: it gets answers and nothing else.
    silent: bool,
    /// The writer has taken something that is not written yet.
    writing: bool,
}

enum Outgoing {
    /// An answer, as JSON.
    Answer(Vec<u8>),
    /// A notification or a question, as JSON.
    Unasked(Vec<u8>),
    Diagnostics(InParts),
    /// The end of a message, with nothing before it.
    Rest(Vec<u8>),
}

/// What is done with the client's answer to a question. It runs on the thread that reads, so it only passes it on.
type OnAnswer = Box<dyn FnOnce(Result<Value, Error>) + Send>;

#[derive(Default)]
struct Questions {
    last: i64,
    open: HashMap<Id, OnAnswer>,
}

/// A message as JSON, in three parts: one in the middle that may be long, and is shared instead of copied.
#[derive(Debug)]
pub struct InParts {
    pub start: Vec<u8>,
    pub middle: Arc<Vec<u8>>,
    pub end: &'static [u8],
}

/// A notification as JSON; `None` where its parameters can't be written.
fn notification(method: &'static str, params: impl Serialize) -> Option<Vec<u8>> {
    #[derive(Serialize)]
    struct Envelope<P> {
        jsonrpc: &'static str,
        method: &'static str,
        params: P,
    }
    serde_json::to_vec(&Envelope { jsonrpc: "2.0", method, params }).ok()
}

impl Outbox {
    /// An outbox that writes to `output` on a thread of its own what does not go there `at_once`.
    pub fn new(output: impl Write + Send + 'static, at_once: Option<AtOnce>, end: End) -> std::io::Result<Outbox> {
        let outbox = Outbox {
            shared: Arc::new(Shared {
                queue: Mutex::default(),
                wake: Condvar::new(),
                end,
                questions: Mutex::default(),
                open: AtomicBool::new(true),
                at_once,
            }),
        };
        let writer = outbox.clone();
        std::thread::Builder::new().name("outbox".to_owned()).spawn(move || writer.write_all(output))?;
        Ok(outbox)
    }

    /// Answers a request.
    pub fn answer(&self, response: &Response) {
        let mut bytes = match serde_json::to_vec(response) {
            Ok(bytes) => bytes,
            Err(_) => return log::problem("an answer could not be written as JSON"),
        };
        if self.queue().bytes.saturating_add(bytes.len()) > MOST_BYTES {
            let error = Error {
                code: ErrorCode::ServerError(-32803),
                message: "too many answers wait to be read".into(),
                data: None,
            };
            bytes = serde_json::to_vec(&Response::from_error(response.id().clone(), error)).unwrap_or_default();
        }
        self.push(Outgoing::Answer(bytes));
    }

    /// Sends a notification.
    pub fn notify(&self, method: &'static str, params: impl Serialize) {
        if let Some(bytes) = notification(method, params) {
            self.push(Outgoing::Unasked(bytes));
        }
    }

    /// Sends the diagnostics of a document, in place of older ones that were not sent yet.
    pub fn publish(&self, key: &UriKey, message: InParts) {
        let mut queue = self.queue();
        if !self.shared.open.load(Ordering::Relaxed) || queue.silent {
            return;
        }
        let InParts { start, middle, end } = &message;
        if !self.goes_at_once(&mut queue, [start, middle, end]) {
            let older = queue.diagnostics.insert(key.clone(), message);
            if older.is_none() {
                queue.lists.push_back(key.clone());
            }
        }
        self.wake_writer(queue);
    }

    /// Asks the client something; nobody waits for the answer. It is lost if it never comes, or where too many
    /// questions are open.
    pub fn ask(
        &self,
        method: &'static str,
        params: impl Serialize,
        on_answer: impl FnOnce(Result<Value, Error>) + Send + 'static,
    ) {
        let id = {
            let mut questions = lock(&self.shared.questions);
            if questions.open.len() >= MOST_QUESTIONS {
                return log::problem("the client answers no requests; not asking any more");
            }
            questions.last += 1;
            let id = Id::Number(questions.last);
            questions.open.insert(id.clone(), Box::new(on_answer));
            id
        };
        let message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        self.push(Outgoing::Unasked(message.to_string().into_bytes()));
    }

    /// Passes an answer of the client on to who asked.
    pub fn answered(&self, id: &Id, result: Result<Value, Error>) {
        let on_answer = lock(&self.shared.questions).open.remove(id);
        match on_answer {
            Some(on_answer) => on_answer(result),
            None => log::problem("an answer to nothing that was asked"),
        }
    }

    /// So much waits for the client to read it that who has more, and time, should hold it back.
    pub fn is_crowded(&self) -> bool {
        self.queue().bytes > MOST_BYTES / 4
    }

    /// From now on only answers are sent.
    pub fn fall_silent(&self) {
        self.queue().silent = true;
    }

    /// Waits until everything is written, at most for `patience`.
    pub fn flush(&self, patience: Duration) {
        let deadline = Instant::now() + patience;
        let mut queue = self.queue();
        while (queue.writing || !queue.is_empty()) && self.shared.open.load(Ordering::Relaxed) {
            let Some(left) = deadline.checked_duration_since(Instant::now()) else { return };
            queue = self.shared.wake.wait_timeout(queue, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn push(&self, message: Outgoing) {
        let mut queue = self.queue();
        let is_answer = matches!(message, Outgoing::Answer(_));
        if !self.shared.open.load(Ordering::Relaxed) || (queue.silent && !is_answer) {
            return;
        }
        if let Outgoing::Answer(bytes) | Outgoing::Unasked(bytes) = &message {
            if self.goes_at_once(&mut queue, [bytes, b"", b""]) {
                return self.wake_writer(queue);
            }
            queue.bytes += bytes.len();
        }
        queue.messages.push_back(message);
        if queue.messages.len() > MOST_MESSAGES {
            self.shared.open.store(false, Ordering::Relaxed);
            self.shared.end.set(Ending::Deaf);
        }
        self.wake_writer(queue);
    }

    /// Writes a message where nothing is in front of it, and the start of it where not all goes out.
    fn goes_at_once(&self, queue: &mut Queue, message: [&[u8]; 3]) -> bool {
        let is_next = !queue.writing && queue.is_empty();
        let Some(write) = self.shared.at_once.as_ref().filter(|_| is_next) else { return false };
        framed(message, |mut left| {
            let Ok(written) = write(left) else { return false };
            IoSlice::advance_slices(&mut left, written);
            let mut rest = Vec::new();
            left.iter().for_each(|part| rest.extend_from_slice(part));
            queue.rest = (!rest.is_empty()).then_some(rest);
            true
        })
    }

    fn wake_writer(&self, queue: MutexGuard<'_, Queue>) {
        let is_needed = !queue.is_empty();
        drop(queue);
        if is_needed {
            self.shared.wake.notify_all();
        }
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        lock(&self.shared.queue)
    }

    fn write_all(&self, mut output: impl Write) {
        loop {
            let written = match self.take() {
                Outgoing::Answer(bytes) | Outgoing::Unasked(bytes) => write_framed(&mut output, [&bytes, b"", b""]),
                Outgoing::Diagnostics(InParts { start, middle, end }) => {
                    write_framed(&mut output, [&start, &middle, end])
                }
                Outgoing::Rest(bytes) => output.write_all(&bytes),
            };
            if written.and_then(|()| output.flush()).is_err() {
                self.shared.open.store(false, Ordering::Relaxed);
                self.shared.wake.notify_all();
                return self.shared.end.set(Ending::OutputClosed);
            }
        }
    }

    fn take(&self) -> Outgoing {
        let mut queue = self.queue();
        queue.writing = false;
        loop {
            if let Some(message) = queue.next() {
                queue.writing = true;
                return message;
            }
            // Whoever waits in `flush` hears of it, too.
            self.shared.wake.notify_all();
            queue = self.shared.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Queue {
    fn is_empty(&self) -> bool {
        self.rest.is_none() && self.messages.is_empty() && self.lists.is_empty()
    }

    fn next(&mut self) -> Option<Outgoing> {
        if let Some(rest) = self.rest.take() {
            return Some(Outgoing::Rest(rest));
        }
        if self.overtaken < MOST_OVERTAKE
            && let Some(message) = self.messages.pop_front()
        {
            self.overtaken += usize::from(!self.lists.is_empty());
            if let Outgoing::Answer(bytes) | Outgoing::Unasked(bytes) = &message {
                self.bytes = self.bytes.saturating_sub(bytes.len());
            }
            return Some(message);
        }
        self.overtaken = 0;
        let key = self.lists.pop_front()?;
        self.diagnostics.remove(&key).map(Outgoing::Diagnostics)
    }
}

/// Gives a message with its header to `write`.
fn framed<T>([start, middle, end]: [&[u8]; 3], write: impl FnOnce(&mut [IoSlice<'_>]) -> T) -> T {
    let header = format!("Content-Length: {}\r\n\r\n", start.len() + middle.len() + end.len());
    write(&mut [header.as_bytes(), start, middle, end].map(IoSlice::new))
}

/// Writes a message with its header, all parts at once where the output takes them.
fn write_framed(output: &mut impl Write, message: [&[u8]; 3]) -> io::Result<()> {
    framed(message, |mut left| {
        while !left.is_empty() {
            match output.write_vectored(left) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => IoSlice::advance_slices(&mut left, written),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    })
}

/// A lock whose holder panicked holds plain data that is as good as before.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// An output that takes one write at a time, as the test allows, and shows what was written.
    struct Slow {
        allowed: crossbeam_channel::Receiver<()>,
        written: mpsc::Sender<String>,
    }

    impl Write for Slow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.write_vectored(&[IoSlice::new(bytes)])
        }
        fn write_vectored(&mut self, parts: &[IoSlice<'_>]) -> io::Result<usize> {
            self.allowed.recv().map_err(|_| io::ErrorKind::BrokenPipe)?;
            let text = String::from_utf8(parts.iter().flat_map(|part| part.to_vec()).collect()).unwrap();
            let (header, body) = text.split_once("\r\n\r\n").unwrap();
            assert_eq!(header, format!("Content-Length: {}", body.len()));
            let _ = self.written.send(body.to_owned());
            Ok(text.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn list(name: &str, round: usize) -> InParts {
        let middle = format!("{name} {round}").into_bytes();
        InParts { start: b"<".to_vec(), middle: Arc::new(middle), end: b">" }
    }

    const PATIENCE: Duration = Duration::from_secs(9);

    fn slow_outbox() -> (Outbox, crossbeam_channel::Sender<()>, mpsc::Receiver<String>, End) {
        let (allow, allowed) = crossbeam_channel::unbounded();
        let (written, seen) = mpsc::channel();
        let end = End::default();
        (Outbox::new(Slow { allowed, written }, None, end.clone()).unwrap(), allow, seen, end)
    }

    /// Lets everything out, and gives it.
    fn let_out(outbox: &Outbox, allow: &crossbeam_channel::Sender<()>, seen: &mpsc::Receiver<String>) -> Vec<String> {
        (0..100).for_each(|_| allow.send(()).unwrap());
        outbox.flush(PATIENCE);
        seen.try_iter().collect()
    }

    #[test]
    fn of_two_lists_for_one_document_the_newer_is_sent() {
        let (outbox, allow, seen, _) = slow_outbox();
        // The writer is busy with this one.
        outbox.notify("first", 0);
        for round in 1..=3 {
            for name in ["a", "b"] {
                outbox.publish(&UriKey::new(name), list(name, round));
            }
        }
        let all = let_out(&outbox, &allow, &seen);
        assert_eq!(all.get(1..), Some(["<a 3>", "<b 3>"].map(str::to_owned).as_slice()));
    }

    #[test]
    fn answers_go_in_front_of_a_list_but_not_for_ever() {
        let (outbox, allow, seen, _) = slow_outbox();
        outbox.notify("first", 0);
        outbox.publish(&UriKey::new("a"), list("a", 1));
        let answers = 3 * MOST_OVERTAKE;
        for id in 0..answers {
            outbox.answer(&Response::from_ok(Id::Number(id as i64), Value::Null));
        }
        let all = let_out(&outbox, &allow, &seen);
        assert_eq!(all.len(), 2 + answers);
        let at = all.iter().position(|message| message == "<a 1>").unwrap();
        // The writer may have taken the first of them before the list was there.
        assert!((MOST_OVERTAKE..=MOST_OVERTAKE + 1).contains(&at), "{at}");
    }

    #[test]
    fn an_output_that_takes_little_at_a_time_gets_all() {
        struct Narrow(Vec<u8>);
        impl Write for Narrow {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.extend(bytes.iter().take(3));
                Ok(bytes.len().min(3))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut output = Narrow(Vec::new());
        write_framed(&mut output, [b"<", b"abcd 7", b">"]).unwrap();
        assert_eq!(output.0, b"Content-Length: 8\r\n\r\n<abcd 7>");
    }

    /// An output that takes so much at once, and the rest when its thread comes to it.
    #[test]
    fn what_goes_out_at_once_and_what_does_not_are_in_order() {
        #[derive(Clone, Default)]
        struct Shared(Arc<Mutex<Vec<u8>>>);
        impl Write for Shared {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                lock(&self.0).extend(bytes);
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for most in [usize::MAX, 40, 1, 0] {
            let output = Shared::default();
            let direct = output.clone();
            let at_once = move |parts: &[IoSlice<'_>]| {
                let bytes: Vec<u8> = parts.iter().flat_map(|part| part.iter().copied()).take(most).collect();
                lock(&direct.0).extend(&bytes);
                if bytes.is_empty() { Err(io::ErrorKind::WouldBlock.into()) } else { Ok(bytes.len()) }
            };
            let outbox = Outbox::new(output.clone(), Some(Box::new(at_once)), End::default()).unwrap();
            let mut expected = Vec::new();
            for round in 0..200 {
                outbox.notify("round", round);
                write_framed(&mut expected, [&notification("round", round).unwrap(), b"", b""]).unwrap();
                if round % 3 == 0 {
                    // Else it might be overtaken.
                    outbox.flush(PATIENCE);
                    let list = list("a", round);
                    write_framed(&mut expected, [&list.start, &list.middle, list.end]).unwrap();
                    outbox.publish(&UriKey::new("a"), list);
                    if most == usize::MAX {
                        assert_eq!(lock(&output.0).len(), expected.len(), "nothing is left to the thread");
                    }
                    outbox.flush(PATIENCE);
                }
            }
            outbox.flush(PATIENCE);
            assert_eq!(String::from_utf8_lossy(&lock(&output.0)), String::from_utf8_lossy(&expected), "{most}");
        }
    }

    #[test]
    fn after_shutdown_only_answers_are_sent() {
        let (outbox, allow, seen, _) = slow_outbox();
        outbox.notify("before", 0);
        outbox.fall_silent();
        outbox.notify("after", 0);
        outbox.ask("question", 0, |_| {});
        outbox.answer(&Response::from_ok(Id::Number(1), Value::Null));
        let all = let_out(&outbox, &allow, &seen);
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all[1].contains(r#""id":1"#), "{all:?}");
    }

    #[test]
    fn answers_nobody_reads_are_bounded() {
        let (outbox, allow, seen, _) = slow_outbox();
        outbox.notify("first", 0);
        assert!(!outbox.is_crowded());
        let long = Value::String("x".repeat(MOST_BYTES / 4));
        for id in 0..6 {
            outbox.answer(&Response::from_ok(Id::Number(id), long.clone()));
        }
        assert!(outbox.is_crowded() && outbox.queue().bytes <= MOST_BYTES);
        let all = let_out(&outbox, &allow, &seen);
        assert_eq!(all.len(), 7, "every request has its answer");
        assert!(all.iter().filter(|message| message.contains("-32803")).count() >= 2);
    }

    #[test]
    fn an_answer_reaches_who_asked_once() {
        let (outbox, _allow, _seen, _) = slow_outbox();
        let (tell, told) = mpsc::channel();
        outbox.ask("question", 0, move |answer| tell.send(answer.unwrap()).unwrap());
        outbox.answered(&Id::Number(1), Ok(json!(7)));
        outbox.answered(&Id::Number(1), Ok(json!(8)));
        outbox.answered(&Id::String("never asked".into()), Ok(json!(9)));
        assert_eq!(told.try_iter().collect::<Vec<_>>(), [json!(7)]);
    }

    #[test]
    fn a_closed_output_ends_the_server() {
        let (outbox, allow, _seen, end) = slow_outbox();
        drop(allow);
        outbox.notify("first", 0);
        assert_eq!(end.wait(), Ending::OutputClosed);
        outbox.notify("second", 0);
        outbox.flush(PATIENCE);
    }
}
