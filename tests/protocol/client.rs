//! A small client of the Language Server Protocol, to write tests with.
//!
//! ```
//! let mut client = Client::start();                       // a running server, the usual capabilities
//! let doc = client.open("a.txt", "== FILE: a.txt ===\n"); // didOpen, version 1
//! let found = client.diagnostics(&doc);                   // waits for those of the current version
//! client.edit(&doc, "==", "===");                         // didChange: the first "==" becomes "==="
//! let hover = client.status(&doc);   // request, wait, result
//! ```
//!
//! - **Documents** ([`Doc`], `client/documents.rs`): open, edit, change, replace, close; pushed and pulled diagnostics.
//! - **Ask**: [`Client::call`] is [`Client::request`] and [`Client::wait`]; an error answer is read with
//!   [`Client::wait_error`] (or [`Client::call_error`]). Parameters are plain `json!`.
//! - **Another client**: [`Setup`] has the capabilities, initialization options, configuration, folder, environment.
//! - **Notifications** are kept from the start: [`Client::notifications`] gives all of one method,
//!   [`Client::message`] waits for a `window/showMessage`, [`Client::until`] for whatever you look for.
//! - **Questions of the server** are answered at once (configuration, progress, registrations), or never: see
//!   [`Setup::answers`]. [`Client::asked`] tells what was asked.
//! - **Raw bytes**: [`Client::bytes`], [`Client::dribble`], [`Client::stop_reading`], [`Client::close_input`],
//!   [`Client::exit`].
//!
//! Every wait ends: after [`PATIENCE`] the test fails and tells which messages came instead.
//!
//! **At the end of a test** (`Drop`) the server is shut down and has to leave with 0. The test fails if the server
//! broke a rule of the protocol, if an error answer or a message to the user is left unread, or if it asked something
//! unexpected. No process is left behind.

mod documents;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use serde_json::{Value, json};

use crate::inbox::{Inbox, State};
use crate::marks::Encoding;
use crate::wire::{Exit, Wire, frame};

pub use crate::setup::{Reply, Setup, pulling, usual};

/// How long anything may take: 40 seconds, or as many as the environment variable `PATIENCE` says. Only a failing test
/// ever waits so long; a loaded machine may need much of it.
pub static PATIENCE: LazyLock<Duration> = LazyLock::new(|| {
    let seconds = std::env::var("PATIENCE").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(40))
});

/// An open document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Doc {
    pub uri: String,
}

/// A change of a document, as `didChange` has it.
#[derive(Debug, Clone)]
pub enum Change {
    /// The first `.0` becomes `.1`.
    Text(&'static str, &'static str),
    /// From line and column to line and column, as they are.
    Range([u32; 4], &'static str),
    /// All of it.
    Full(String),
}

pub struct Client {
    wire: Wire,
    inbox: Arc<Inbox>,
    initialize_params: Value,
    encoding: Encoding,
    next_id: i64,
    documents: HashMap<Doc, (i32, String)>,
    /// The test has seen to the end of the process.
    leaves_by_itself: bool,
    /// The result of `initialize`.
    pub server: Value,
}

/// A request that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id(pub Value);

/// An error answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    pub code: i64,
    pub message: String,
}

impl Client {
    /// A client of a process that has heard nothing yet.
    pub fn over(wire: Wire, inbox: Arc<Inbox>, initialize_params: Value) -> Client {
        Client {
            wire,
            inbox,
            initialize_params,
            encoding: Encoding::Utf16,
            next_id: 1,
            documents: HashMap::new(),
            leaves_by_itself: false,
            server: Value::Null,
        }
    }

    /// A running server for the [`usual`] client.
    pub fn start() -> Client {
        Setup::new().start()
    }

    #[track_caller]
    pub fn initialize(&mut self) {
        self.server = self.call("initialize", self.initialize_params.clone());
        let agreed = self.server["capabilities"]["positionEncoding"].as_str().unwrap_or("utf-16");
        self.encoding = Encoding::named(agreed);
        self.notify("initialized", json!({}));
    }

    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    // Requests.

    /// Sends a request and does not wait.
    pub fn request(&mut self, method: &str, params: Value) -> Id {
        let (id, message) = self.next_request(method, params);
        self.inbox.sent(&message);
        self.bytes(frame(&message.to_string()));
        id
    }

    /// A request that is not sent yet; see [`Client::announce`].
    pub fn next_request(&mut self, method: &str, params: Value) -> (Id, Value) {
        let id = Id(json!(self.next_id));
        self.next_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": id.0, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        (id, message)
    }

    /// Lets the client know of a message that the test sends as bytes of its own.
    pub fn announce(&self, message: &Value) {
        self.inbox.sent(message);
    }

    /// The result of a request.
    #[track_caller]
    pub fn wait(&mut self, id: &Id) -> Value {
        match self.answer(id, *PATIENCE) {
            Ok(result) => result,
            Err(failure) => self.fail(&format!("request {} was answered with {failure:?}", id.0)),
        }
    }

    /// The error that answers a request.
    #[track_caller]
    pub fn wait_error(&mut self, id: &Id) -> Failure {
        match self.answer(id, *PATIENCE) {
            Err(failure) => failure,
            Ok(result) => self.fail(&format!("request {} should have failed; its result is {result}", id.0)),
        }
    }

    /// The result or error of a request.
    #[track_caller]
    pub fn answer(&mut self, id: &Id, patience: Duration) -> Result<Value, Failure> {
        let key = id.0.to_string();
        let look = |state: &mut State| state.answers.remove(&key);
        let mut answer = self.until(&format!("the answer to request {key}"), patience, look);
        match answer.get("error") {
            None => Ok(answer["result"].take()),
            Some(error) => Err(failure(error)),
        }
    }

    /// Whether a request has been answered by now; the answer stays to be read.
    pub fn is_answered(&self, id: &Id) -> bool {
        self.inbox.lock().answers.contains_key(&id.0.to_string())
    }

    /// Sends a request and waits for its result.
    #[track_caller]
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        self.wait(&id)
    }

    /// Sends a request and waits for its error.
    #[track_caller]
    pub fn call_error(&mut self, method: &str, params: Value) -> Failure {
        let id = self.request(method, params);
        self.wait_error(&id)
    }

    pub fn cancel(&mut self, id: &Id) {
        self.notify("$/cancelRequest", json!({ "id": id.0 }));
    }

    /// The next error that answers nobody: the server could not make out the request.
    #[track_caller]
    pub fn error_for_nobody(&mut self) -> Failure {
        let error = self.until("an error with the id null", *PATIENCE, |state| state.nobody.pop_front());
        failure(&error)
    }

    /// The errors that answer nobody and are here by now.
    pub fn errors_for_nobody(&self) -> Vec<Failure> {
        self.inbox.lock().nobody.drain(..).map(|error| failure(&error)).collect()
    }

    // Notifications.

    pub fn notify(&mut self, method: &str, params: Value) {
        let mut message = json!({ "jsonrpc": "2.0", "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.inbox.sent(&message);
        self.bytes(frame(&message.to_string()));
    }

    /// The parameters of all notifications of `method` up to now.
    pub fn notifications(&self, method: &str) -> Vec<Value> {
        let mut state = self.inbox.lock();
        let found = state.notifications.iter_mut().filter(|one| one.method == method);
        found.map(|one| (one.read = true, one.params.clone()).1).collect()
    }

    /// The next message to the user that no one has read.
    #[track_caller]
    pub fn message(&mut self) -> String {
        let message = self.until("a window/showMessage", *PATIENCE, |state| {
            let next = state.notifications.iter_mut().find(|one| one.method == "window/showMessage" && !one.read)?;
            next.read = true;
            Some(next.params["message"].clone())
        });
        message.as_str().unwrap_or_default().to_owned()
    }

    /// The parameters of all requests of `method` that the server has sent up to now.
    pub fn asked(&self, method: &str) -> Vec<Value> {
        let state = self.inbox.lock();
        state.requests.iter().filter(|one| one["method"] == method).map(|one| one["params"].clone()).collect()
    }

    /// Waits until `look` finds something in all that came.
    #[track_caller]
    pub fn until<T>(&mut self, what: &str, patience: Duration, look: impl FnMut(&mut State) -> Option<T>) -> T {
        match self.inbox.wait(what, patience, look) {
            Ok(found) => found,
            Err(story) => {
                let exit = self.wire.exit(Duration::from_millis(500));
                panic!("{story}the process: {exit:?}\nits standard error:\n{}", self.wire.stderr())
            }
        }
    }

    // Settings.

    /// From now on the answer to each item of `workspace/configuration`.
    pub fn configure(&mut self, configuration: Value) {
        self.inbox.lock().configuration = configuration;
    }

    // Bytes, and the end.

    /// Sends bytes as they are; never waits for the server to take them.
    pub fn bytes(&self, bytes: impl Into<Vec<u8>>) {
        self.wire.line().bytes(bytes.into());
    }

    /// Sends bytes one by one.
    pub fn dribble(&self, bytes: impl Into<Vec<u8>>) {
        self.wire.line().dribble(bytes.into());
    }

    /// Fails unless the server takes in time all that was sent.
    #[track_caller]
    pub fn taken(&mut self) {
        if !self.wire.line().taken(*PATIENCE) {
            self.fail(&format!("the server did not read its input for {:?}", *PATIENCE));
        }
    }

    /// What the server writes stays in its pipe until [`Client::go_on_reading`].
    pub fn stop_reading(&self) {
        self.wire.stop_reading();
    }

    pub fn go_on_reading(&self) {
        self.wire.go_on_reading();
    }

    /// End of input for the server.
    pub fn close_input(&self) {
        self.wire.line().close();
    }

    /// The end of the process, which the test has brought about.
    #[track_caller]
    pub fn exit(&mut self) -> Exit {
        self.leaves_by_itself = true;
        match self.wire.exit(*PATIENCE) {
            Some(exit) => exit,
            None => self.fail(&format!("the process still runs after {:?}", *PATIENCE)),
        }
    }

    /// Bytes of memory that the process holds.
    #[cfg(target_os = "linux")]
    pub fn resident_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.wire.process_id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("the kernel tells");
        line.trim().trim_end_matches("kB").trim().parse::<u64>().expect("a number of KiB") << 10
    }

    pub fn stderr(&self) -> String {
        self.wire.stderr()
    }

    /// Fails the test, and tells what happened before.
    #[track_caller]
    pub fn fail(&self, why: &str) -> ! {
        let story = self.inbox.lock().story();
        panic!("{why}\n{story}standard error:\n{}", self.wire.stderr())
    }

    /// Ends the server as an editor does, and fails if anything is left that should not be.
    fn finish(&mut self) {
        if !self.leaves_by_itself {
            self.call("shutdown", Value::Null);
            let unanswered = self.inbox.lock().session.unanswered();
            assert!(unanswered.is_empty(), "requests without an answer at shutdown: {unanswered:?}");
            self.notify("exit", Value::Null);
            assert_eq!(self.exit(), Exit(Some(0)), "exit after shutdown\n{}", self.wire.stderr());
        }
        let complaints = self.inbox.lock().complaints();
        if !complaints.is_empty() {
            self.fail(&format!("at the end of the test:\n  {}", complaints.join("\n  ")));
        }
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.finish();
        }
        // The process itself ends with the wire, also when this panics.
    }
}

fn failure(error: &Value) -> Failure {
    let message = error["message"].as_str().unwrap_or_default().to_owned();
    Failure { code: error["code"].as_i64().unwrap_or_default(), message }
}

/// The URI of an absolute path.
pub fn file_uri(path: &Path) -> String {
    let mut uri = String::from("file://");
    for byte in path.to_str().expect("test folders are Unicode").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests;
