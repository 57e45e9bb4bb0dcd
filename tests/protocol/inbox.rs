//! What came from the server, judged and sorted as it comes, and the answers to what the server asks.

use std::collections::{HashMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::metamodel::shorten;
use crate::session::Session;
use crate::wire::{Line, Received, frame};

/// So many messages are told of when a test fails.
const TOLD: usize = 30;

pub struct Inbox {
    state: Mutex<State>,
    changed: Condvar,
}

pub struct State {
    pub session: Session,
    /// Answers that no one has read, by id as JSON.
    pub answers: HashMap<String, Value>,
    /// Errors with the id `null` that no one has read: the server could not tell whom to answer.
    pub nobody: VecDeque<Value>,
    pub notifications: Vec<Notification>,
    /// What the server asked.
    pub requests: Vec<Value>,
    /// What the server did wrong.
    pub problems: Vec<String>,
    pub ended: bool,
    /// The answer to each item of `workspace/configuration`.
    pub configuration: Value,
    /// How requests of the server are answered, by method, where it is not as usual.
    pub replies: HashMap<String, Reply>,
    story: VecDeque<String>,
}

/// An answer to a request of the server.
#[derive(Debug, Clone)]
pub enum Reply {
    Never,
    Result(Value),
    Error,
}

pub struct Notification {
    pub method: String,
    pub params: Value,
    pub read: bool,
}

impl Inbox {
    pub fn new(configuration: Value, replies: HashMap<String, Reply>) -> Inbox {
        let state = State {
            session: Session::new(),
            answers: HashMap::new(),
            nobody: VecDeque::new(),
            notifications: Vec::new(),
            requests: Vec::new(),
            problems: Vec::new(),
            ended: false,
            configuration,
            replies,
            story: VecDeque::new(),
        };
        Inbox { state: Mutex::new(state), changed: Condvar::new() }
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        // A test that panicked while it looked has failed already; the message should still be told.
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Waits until `look` finds something. An error tells what came instead.
    pub fn wait<T>(
        &self,
        what: &str,
        patience: Duration,
        mut look: impl FnMut(&mut State) -> Option<T>,
    ) -> Result<T, String> {
        let deadline = Instant::now() + patience;
        let mut state = self.lock();
        loop {
            if let Some(found) = look(&mut state) {
                return Ok(found);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if state.ended {
                return Err(format!("waited for {what}, but the server closed its output\n{}", state.story()));
            }
            if left.is_zero() {
                return Err(format!("waited {patience:?} for {what}, which did not come\n{}", state.story()));
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(std::sync::PoisonError::into_inner).0;
        }
    }

    /// Takes note of a message before it is sent.
    pub fn sent(&self, message: &Value) {
        let mut state = self.lock();
        state.session.client_says(message);
        state.tell("->", message);
    }

    /// Takes what the reading thread found; `line` is where the server's questions are answered.
    pub fn take(&self, read: Received, line: &Line) {
        let mut state = self.lock();
        match read {
            Received::End => state.ended = true,
            Received::Garbage(what) => {
                state.problems.push(format!("server: not the framing of the base protocol: {what}"))
            }
            Received::Message(body) => match serde_json::from_slice(&body) {
                Ok(message) => state.receive(message, line),
                Err(error) => {
                    state.problems.push(format!("server: not JSON ({error}): {}", String::from_utf8_lossy(&body)));
                }
            },
        }
        drop(state);
        self.changed.notify_all();
    }
}

impl State {
    fn receive(&mut self, message: Value, line: &Line) {
        self.tell("<-", &message);
        let problems = self.session.server_says(&message);
        self.problems.extend(problems);
        match (message["method"].as_str(), message.get("id")) {
            (Some(method), None) => {
                let method = method.to_owned();
                let params = message["params"].clone();
                self.notifications.push(Notification { method, params, read: false });
            }
            (Some(method), Some(id)) => {
                self.answer(method, id, &message["params"], line);
                self.requests.push(message);
            }
            (None, Some(Value::Null)) => self.nobody.push_back(message["error"].clone()),
            (None, Some(id)) => {
                self.answers.insert(id.to_string(), message);
            }
            (None, None) => {}
        }
    }

    fn answer(&mut self, method: &str, id: &Value, params: &Value, line: &Line) {
        let answer = match self.replies.get(method) {
            Some(Reply::Never) => return,
            Some(Reply::Error) => {
                let error = json!({ "code": -32601, "message": "unknown here" });
                json!({ "jsonrpc": "2.0", "id": id, "error": error })
            }
            Some(Reply::Result(result)) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
            None => json!({ "jsonrpc": "2.0", "id": id, "result": self.usual_answer(method, params) }),
        };
        self.session.client_says(&answer);
        self.tell("->", &answer);
        line.bytes(frame(&answer.to_string()));
    }

    fn usual_answer(&self, method: &str, params: &Value) -> Value {
        match method {
            "workspace/configuration" => {
                let items = params["items"].as_array().map_or(0, Vec::len);
                json!(vec![self.configuration.clone(); items])
            }
            "workspace/applyEdit" => json!({ "applied": true }),
            _ => Value::Null,
        }
    }

    /// What is left at the end of a test and should not be: problems, and messages that a test has to read.
    pub fn complaints(&self) -> Vec<String> {
        let mut complaints = self.problems.clone();
        let errors = self.answers.iter().filter(|(_, answer)| answer.get("error").is_some());
        complaints
            .extend(errors.map(|(id, answer)| format!("unread error answer to {id}: {}", shorten(&answer["error"]))));
        complaints.extend(self.nobody.iter().map(|error| format!("unread error answer to nobody: {}", shorten(error))));
        let unread = self.notifications.iter().filter(|one| !one.read && has_to_be_read(&one.method));
        complaints.extend(unread.map(|one| format!("unread {}: {}", one.method, shorten(&one.params))));
        let asked = self.requests.iter().filter_map(|request| request["method"].as_str());
        complaints.extend(asked.filter(|method| !is_usual(method)).map(|method| format!("unexpected {method}")));
        complaints
    }

    pub fn story(&self) -> String {
        let mut story = String::from("the last messages:\n");
        for line in &self.story {
            story.push_str("  ");
            story.push_str(line);
            story.push('\n');
        }
        for problem in &self.problems {
            story.push_str("  !! ");
            story.push_str(problem);
            story.push('\n');
        }
        story
    }

    pub fn tell(&mut self, arrow: &str, message: &Value) {
        if self.story.len() == TOLD {
            self.story.pop_front();
        }
        self.story.push_back(format!("{arrow} {}", describe(message)));
    }
}

/// Notifications that are there for people: one that no test expected is a mistake.
fn has_to_be_read(method: &str) -> bool {
    method == "window/showMessage"
}

/// What a server may ask at any time.
fn is_usual(method: &str) -> bool {
    method.ends_with("/refresh")
        || [
            "workspace/configuration",
            "workspace/applyEdit",
            "window/workDoneProgress/create",
            "client/registerCapability",
            "client/unregisterCapability",
        ]
        .contains(&method)
}

fn describe(message: &Value) -> String {
    let params = &message["params"];
    match (message["method"].as_str(), message.get("id")) {
        (Some("textDocument/publishDiagnostics"), _) => format!(
            "textDocument/publishDiagnostics: {} of version {} of {}",
            params["diagnostics"].as_array().map_or(0, Vec::len),
            params["version"],
            params["uri"]
        ),
        (Some(method @ ("textDocument/didOpen" | "textDocument/didChange")), _) => {
            let document = &params["textDocument"];
            format!("{method}: version {} of {}", document["version"], document["uri"])
        }
        (Some("initialize"), Some(id)) => format!("initialize ({id})"),
        (Some(method), Some(id)) => format!("{method} ({id}): {}", shorten(params)),
        (Some(method), None) => format!("{method}: {}", shorten(params)),
        (None, Some(id)) => format!("answer to {id}: {}", shorten(message.get("error").unwrap_or(&message["result"]))),
        (None, None) => shorten(message),
    }
}
