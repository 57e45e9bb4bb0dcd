//! A client that stays out of the figures: frames are made before the clock starts, at their first byte; it stops when a
//! thread that only reads has the last byte of the answer. JSON is parsed after that.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The document that is open.
pub const URI: &str = "file:///corpus/measured.txt";
const PATIENCE: Duration = Duration::from_secs(60);

/// A server under measurement, initialized.
pub struct Client {
    server: Child,
    input: ChildStdin,
    messages: Receiver<(Instant, Vec<u8>)>,
    /// What the server says that it can do.
    pub abilities: Value,
    last_id: u64,
}

/// A message with its header, as it goes over the wire.
pub fn frame(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(body.as_bytes());
    frame
}

impl Client {
    /// `options` are settings beside the rest after an edit, which is none.
    pub fn start(mut command: Command, options: &Value) -> Client {
        let mut server = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let (input, output) = (server.stdin.take().unwrap(), server.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || read_all(output, &sender));
        let mut client = Client { server, input, messages, abilities: Value::Null, last_id: 0 };
        let id = client.next_id();
        let mut settings = json!({"diagnostics": {"debounce": 0}});
        for (key, value) in options.as_object().into_iter().flatten() {
            settings[key] = value.clone();
        }
        let params = json!({
            "processId": null,
            "rootUri": null,
            // With versions every change has its list, even if it is the list that the client has.
            "capabilities": {
                "textDocument": {"publishDiagnostics": {"versionSupport": true}},
                "workspace": {"inlayHint": {"refreshSupport": true}},
            },
            "initializationOptions": settings,
        });
        client.write(&frame(&json!({"jsonrpc": "2.0", "id": id, "method": "initialize", "params": params})));
        let (_, answer) = client.until(|_| true, |message| message["id"] == id);
        client.abilities = answer["result"]["capabilities"].clone();
        client.write(&frame(&json!({"jsonrpc": "2.0", "method": "initialized", "params": {}})));
        client
    }

    /// Whether the server announces an ability such as `hoverProvider`.
    pub fn has(&self, ability: &str) -> bool {
        !matches!(self.abilities[ability], Value::Null | Value::Bool(false))
    }

    pub fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Writes frames; when their first byte went out.
    pub fn write(&mut self, frames: &[u8]) -> Instant {
        let start = Instant::now();
        self.input.write_all(frames).expect("the server reads");
        start
    }

    /// Writes frames and waits for the diagnostics of `version`: the time it took, and how many there are.
    pub fn publish_after(&mut self, frames: &[u8], version: i32) -> (Duration, usize) {
        let start = self.write(frames);
        let (at, message) = self.until(
            |_| true,
            |message| message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == version,
        );
        (at - start, message["params"]["diagnostics"].as_array().map_or(0, Vec::len))
    }

    /// Writes frames, the last of which is the request `id`, and waits for its answer.
    pub fn answer_after(&mut self, frames: &[u8], id: u64) -> (Duration, Value) {
        let start = self.write(frames);
        // A long list in front of the answer is not parsed: on two cores that would be in the server's way.
        let is_answer = |message: &Value| message["id"] == id && message.get("method").is_none();
        let (at, message) = self.until(|bytes| !is_list(bytes), is_answer);
        (at - start, message)
    }

    /// Waits until the server asks or tells something.
    pub fn until_method(&mut self, method: &str) {
        self.until(|_| true, |message| message["method"] == method);
    }

    /// Messages that can't be what is wanted, by their bytes, are not parsed.
    fn until(&mut self, may_be: impl Fn(&[u8]) -> bool, wanted: impl Fn(&Value) -> bool) -> (Instant, Value) {
        loop {
            let (at, bytes) = self.messages.recv_timeout(PATIENCE).expect("the server answers");
            if !may_be(&bytes) {
                continue;
            }
            let message: Value = serde_json::from_slice(&bytes).expect("JSON");
            if wanted(&message) {
                return (at, message);
            }
            if let (Some(id), Some(_)) = (message.get("id"), message.get("method")) {
                self.write(&frame(&json!({"jsonrpc": "2.0", "id": id, "result": null})));
            }
        }
    }

    /// Reads what has come and is not waited for.
    pub fn drain(&mut self) {
        while self.messages.try_recv().is_ok() {}
    }

    /// A line of `/proc/PID/status` in bytes: `VmRSS`, `VmHWM`. `None` where the system has none.
    pub fn memory(&self, key: &str) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.server.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
        Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
    }

    /// Asks the server to leave, and sees to it that it does.
    pub fn stop(mut self) {
        let id = self.next_id();
        let shutdown = frame(&json!({"jsonrpc": "2.0", "id": id, "method": "shutdown"}));
        self.answer_after(&shutdown, id);
        self.write(&frame(&json!({"jsonrpc": "2.0", "method": "exit"})));
        drop(self.input);
        for _ in 0..200 {
            if matches!(self.server.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A list of diagnostics, by how it starts.
fn is_list(bytes: &[u8]) -> bool {
    bytes.starts_with(br#"{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics""#)
}

fn read_all(output: ChildStdout, sender: &Sender<(Instant, Vec<u8>)>) {
    let mut output = BufReader::with_capacity(1 << 16, output);
    let mut line = String::new();
    let mut length = 0;
    // One for all messages: fresh memory for a long one takes longer than the reading.
    let mut body = Vec::new();
    loop {
        line.clear();
        if output.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if let Some(value) = line.strip_prefix("Content-Length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        if line.trim().is_empty() {
            body.resize(length.max(body.len()), 0);
            if output.read_exact(&mut body[..length]).is_err() {
                return;
            }
            let at = Instant::now();
            if sender.send((at, body[..length].to_vec())).is_err() {
                return;
            }
        }
    }
}
