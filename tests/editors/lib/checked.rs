//! A language server with somebody listening: `checked LOG SERVER [ARGUMENT]...` starts the server and hands on what an
//! editor and the server say to each other, byte for byte. Every message of the server is judged as in
//! `tests/protocol`. What was said, and what was wrong with it, goes to LOG, one line each:
//!
//! ```text
//! pid 4711
//! client textDocument/hover
//! server textDocument/publishDiagnostics
//! problem server, textDocument/hover: result.contents: missing
//! exit 0
//! ```
//!
//! Leaves as the server left, or with 1 where a signal ended it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a tool of the tests"
)]

#[path = "../../protocol"]
mod protocol {
    pub mod metamodel;
    pub mod offered;
    pub mod session;
}

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::{env, process, thread};

use serde_json::Value;

use protocol::session::Session;
use protocol::{metamodel, offered};

struct Listener {
    session: Session,
    log: File,
}

#[derive(Clone, Copy)]
enum Speaker {
    Client,
    Server,
}

impl Listener {
    /// At once, as an editor may kill this process at any time.
    fn note(&mut self, line: &str) {
        // A log that cannot be written must not end the session; the test misses its lines.
        let _ = self.log.write_all(format!("{line}\n").as_bytes());
    }

    fn hear(&mut self, speaker: Speaker, body: &[u8]) {
        let message: Value = match serde_json::from_slice(body) {
            Ok(message) => message,
            Err(error) => return self.note(&format!("problem {}, not JSON: {error}", speaker.name())),
        };
        if let Some(method) = message["method"].as_str() {
            self.note(&format!("{} {method}", speaker.name()));
        }
        match speaker {
            Speaker::Client => self.session.client_says(&message),
            Speaker::Server => {
                for problem in self.session.server_says(&message) {
                    self.note(&format!("problem {problem}"));
                }
            }
        }
    }
}

impl Speaker {
    fn name(self) -> &'static str {
        match self {
            Speaker::Client => "client",
            Speaker::Server => "server",
        }
    }
}

fn main() {
    let mut arguments = env::args_os().skip(1);
    let (Some(log), Some(server)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: checked LOG SERVER [ARGUMENT]...");
        process::exit(2);
    };
    let log = File::options().create(true).append(true).open(&log).expect("LOG can be written");
    let mut child = Command::new(&server)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot start {}: {error}", server.display()));
    let mut listener = Listener { session: Session::new(), log };
    listener.note(&format!("pid {}", child.id()));
    let listener = Arc::new(Mutex::new(listener));

    let (to_server, from_server) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let ear = Arc::clone(&listener);
    thread::spawn(move || hand_on(Speaker::Client, io::stdin(), to_server, &ear));
    let ear = Arc::clone(&listener);
    let answers = thread::spawn(move || hand_on(Speaker::Server, from_server, io::stdout(), &ear));

    let status = child.wait().expect("the server can be waited for");
    let _ = answers.join();
    let mut listener = listener.lock().unwrap();
    let code = status.code().map_or_else(|| "by a signal".to_owned(), |code| code.to_string());
    if status.success() {
        for request in listener.session.unanswered() {
            listener.note(&format!("problem server left without an answer to {request}"));
        }
    }
    listener.note(&format!("exit {code}"));
    process::exit(status.code().unwrap_or(1));
}

/// Message by message, until one side is gone. A message is heard before it is handed on: nobody can have answered it.
fn hand_on(speaker: Speaker, from: impl Read, mut to: impl Write, listener: &Mutex<Listener>) {
    let mut from = BufReader::new(from);
    loop {
        match message(&mut from) {
            Ok(Some((head, body))) => {
                listener.lock().unwrap().hear(speaker, &body);
                if to.write_all(&[head, body].concat()).and_then(|()| to.flush()).is_err() {
                    return;
                }
            }
            Ok(None) => return,
            Err(error) => {
                return listener.lock().unwrap().note(&format!("problem {}, framing: {error}", speaker.name()));
            }
        }
    }
}

/// The next message, its head apart; `None` at the end.
fn message(from: &mut impl BufRead) -> io::Result<Option<(Vec<u8>, Vec<u8>)>> {
    let (mut head, mut length) = (Vec::new(), None);
    loop {
        let start = head.len();
        if from.read_until(b'\n', &mut head)? == 0 {
            return if head.is_empty() { Ok(None) } else { Err(io::ErrorKind::UnexpectedEof.into()) };
        }
        let line = String::from_utf8_lossy(&head[start..]).trim_end_matches(['\r', '\n']).to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok();
        }
    }
    let length = length.ok_or_else(|| io::Error::other("no Content-Length"))?;
    let mut body = vec![0; length];
    from.read_exact(&mut body)?;
    Ok(Some((head, body)))
}
