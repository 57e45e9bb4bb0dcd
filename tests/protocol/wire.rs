//! The program as a process: bytes in, framed messages out, and an end that comes in time.
//!
//! Three threads: one writes (so that a server that does not read never stops a test), one reads messages, one keeps
//! what is said on standard error.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// So much of standard error is kept, in bytes.
const STDERR_KEPT: usize = 64 << 10;

pub struct Wire {
    child: Child,
    writes: Sender<Sending>,
    gate: Arc<Gate>,
    stderr: Arc<Mutex<VecDeque<u8>>>,
    exit: Option<Exit>,
}

/// How a process ended: its exit code, none where a signal ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit(pub Option<i32>);

enum Sending {
    Bytes(Vec<u8>),
    /// Each byte in a write of its own.
    Dribble(Vec<u8>),
    /// Answers when everything before it is written.
    Mark(SyncSender<()>),
    Close,
}

/// What the reading thread found.
pub enum Received {
    Message(Vec<u8>),
    /// Not the framing of the base protocol.
    Garbage(String),
    End,
}

/// Messages for the process, from any thread.
#[derive(Clone)]
pub struct Line(Sender<Sending>);

impl Line {
    /// Sends bytes as they are. Returns at once; a process that is gone takes nothing.
    pub fn bytes(&self, bytes: Vec<u8>) {
        let _ = self.0.send(Sending::Bytes(bytes));
    }

    pub fn dribble(&self, bytes: Vec<u8>) {
        let _ = self.0.send(Sending::Dribble(bytes));
    }

    /// End of input.
    pub fn close(&self) {
        let _ = self.0.send(Sending::Close);
    }

    /// Whether all that was sent has been taken by the process (or its pipe) in time.
    pub fn taken(&self, patience: Duration) -> bool {
        let (mark, reached) = mpsc::sync_channel(1);
        let _ = self.0.send(Sending::Mark(mark));
        // A process that is gone takes nothing more.
        !matches!(reached.recv_timeout(patience), Err(RecvTimeoutError::Timeout))
    }
}

impl Wire {
    /// Starts `command`. `on_read` is called on a thread of its own, in the order of the wire.
    pub fn start(mut command: Command, mut on_read: impl FnMut(Received) + Send + 'static) -> Wire {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let (writes, to_write) = mpsc::channel();
        thread::spawn(move || write_all(stdin, &to_write));
        let gate = Arc::new(Gate::default());
        let reader = GatedReader { inner: stdout, gate: Arc::clone(&gate) };
        thread::spawn(move || read_all(BufReader::new(reader), &mut on_read));
        let stderr = Arc::new(Mutex::new(VecDeque::new()));
        let (mut from, kept) = (child.stderr.take().unwrap(), Arc::clone(&stderr));
        thread::spawn(move || keep_last(&mut from, &kept));
        Wire { child, writes, gate, stderr, exit: None }
    }

    pub fn line(&self) -> Line {
        Line(self.writes.clone())
    }

    /// Stops taking what the process writes; its pipe fills up.
    pub fn stop_reading(&self) {
        self.gate.set(true);
    }

    pub fn go_on_reading(&self) {
        self.gate.set(false);
    }

    /// How the process ended, if it does so in time.
    pub fn exit(&mut self, patience: Duration) -> Option<Exit> {
        let deadline = Instant::now() + patience;
        while self.exit.is_none() {
            match self.child.try_wait().expect("the process can be asked") {
                Some(status) => self.exit = Some(Exit(status.code())),
                None if Instant::now() > deadline => return None,
                // The standard library has no wait with a timeout.
                None => thread::sleep(Duration::from_millis(5)),
            }
        }
        self.exit
    }

    pub fn kill(&mut self) {
        if self.exit.is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
            self.exit = Some(Exit(None));
        }
    }

    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// The last of what the process said on standard error.
    pub fn stderr(&self) -> String {
        let bytes: Vec<u8> = self.stderr.lock().unwrap().iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.go_on_reading();
        self.kill();
    }
}

/// A body with its header.
pub fn frame(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn write_all(stdin: ChildStdin, writes: &Receiver<Sending>) {
    let mut stdin = Some(stdin);
    for write in writes {
        let Some(pipe) = &mut stdin else { continue };
        let done = match write {
            Sending::Bytes(bytes) => pipe.write_all(&bytes),
            Sending::Dribble(bytes) => bytes.iter().try_for_each(|byte| {
                thread::yield_now();
                pipe.write_all(&[*byte])
            }),
            Sending::Mark(mark) => {
                let _ = mark.send(());
                Ok(())
            }
            Sending::Close => Err(io::ErrorKind::BrokenPipe.into()),
        };
        if done.is_err() {
            stdin = None;
        }
    }
}

fn read_all(mut from: impl BufRead, on_read: &mut impl FnMut(Received)) {
    loop {
        match read_message(&mut from) {
            Ok(Some(body)) => on_read(Received::Message(body)),
            Ok(None) => break,
            Err(error) => {
                on_read(Received::Garbage(error.to_string()));
                break;
            }
        }
    }
    on_read(Received::End);
    // The process must not wait for us.
    let _ = io::copy(&mut from, &mut io::sink());
}

/// The body of the next message; none at an end between messages.
fn read_message(from: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let bad = |what: String| io::Error::new(io::ErrorKind::InvalidData, what);
    let mut length = None;
    let mut first = true;
    loop {
        let mut line = Vec::new();
        from.read_until(b'\n', &mut line)?;
        if line.is_empty() && first {
            return Ok(None);
        }
        first = false;
        let line = String::from_utf8_lossy(&line).into_owned();
        let Some(field) = line.strip_suffix("\r\n") else { return Err(bad(format!("a header line {line:?}"))) };
        if field.is_empty() {
            break;
        }
        match field.split_once(": ") {
            Some(("Content-Length", digits)) => {
                length = Some(digits.parse::<usize>().map_err(|_| bad(format!("a header line {line:?}")))?);
            }
            Some(("Content-Type", _)) => {}
            _ => return Err(bad(format!("a header line {line:?}"))),
        }
    }
    let mut body = vec![0; length.ok_or_else(|| bad("a header without Content-Length".to_owned()))?];
    from.read_exact(&mut body)?;
    Ok(Some(body))
}

fn keep_last(from: &mut impl Read, kept: &Mutex<VecDeque<u8>>) {
    let mut chunk = [0; 4096];
    while let Ok(count @ 1..) = from.read(&mut chunk) {
        let mut kept = kept.lock().unwrap();
        kept.extend(&chunk[..count]);
        let surplus = kept.len().saturating_sub(STDERR_KEPT);
        kept.drain(..surplus);
    }
}

/// Holds up a reader while it is shut.
#[derive(Default)]
struct Gate {
    shut: Mutex<bool>,
    changed: Condvar,
}

impl Gate {
    fn set(&self, shut: bool) {
        *self.shut.lock().unwrap() = shut;
        self.changed.notify_all();
    }

    fn pass(&self) {
        let shut = self.shut.lock().unwrap();
        let _open = self.changed.wait_while(shut, |shut| *shut).unwrap();
    }
}

struct GatedReader<R> {
    inner: R,
    gate: Arc<Gate>,
}

impl<R: Read> Read for GatedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.gate.pass();
        self.inner.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        match read_message(&mut io::Cursor::new(bytes)) {
            Ok(Some(body)) => String::from_utf8(body).unwrap(),
            Ok(None) => "end".to_owned(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn framing_of_the_server_is_taken_strictly() {
        assert_eq!(read(&frame("{}")), "{}");
        assert_eq!(read(b"Content-Type: a\r\nContent-Length: 1\r\n\r\nab"), "a");
        assert_eq!(read(b""), "end");
        assert_eq!(read(b"\r\n"), "error: a header without Content-Length");
        for wrong in ["Content-Length: 1\n\na", "content-length: 1\r\n\r\na", "Content-Length: -1\r\n\r\n", "hello"] {
            assert!(read(wrong.as_bytes()).starts_with("error: a header line"), "{wrong}");
        }
        assert!(read(b"Content-Length: 9\r\n\r\n{}").starts_with("error"));
    }
}
