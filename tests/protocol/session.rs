//! The rules of a session, whatever the messages are about: JSON-RPC's, the order of the life cycle, what may be
//! asked of this client, progress, and each message against the meta model.
//!
//! Only the server is judged. A test may say whatever it likes.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::metamodel::{Direction, Method, Model, Type, shorten};
use crate::offered;

pub struct Session {
    model: &'static Model,
    phase: Phase,
    /// What the client said in `initialize` that it can do.
    capabilities: Value,
    /// Requests of the client without an answer, by id as JSON.
    asked: HashMap<String, Asked>,
    answered: HashSet<String>,
    /// Requests of the server without an answer.
    asked_by_server: HashMap<String, Value>,
    progress: HashMap<String, Progress>,
    /// What a partial result has to be, by token, and whether one has come.
    partial: HashMap<String, (&'static Type, bool)>,
    /// Registrations the client has accepted, by id.
    registered: HashSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    /// `shutdown` is answered.
    ShutDown,
}

/// A request of the client. Its tokens are good until its answer.
struct Asked {
    method: String,
    work_done: Option<String>,
    partial_result: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Offered,
    Begun,
    Ended,
}

impl Session {
    pub fn new() -> Session {
        Session {
            model: Model::get(),
            phase: Phase::New,
            capabilities: Value::Null,
            asked: HashMap::new(),
            answered: HashSet::new(),
            asked_by_server: HashMap::new(),
            progress: HashMap::new(),
            partial: HashMap::new(),
            registered: HashSet::new(),
        }
    }

    /// Methods and ids of the requests that have no answer.
    pub fn unanswered(&self) -> Vec<String> {
        self.asked.iter().map(|(id, asked)| format!("{} ({id})", asked.method)).collect()
    }

    /// Takes note of what the client sends; to be called before it is sent.
    pub fn client_says(&mut self, message: &Value) {
        let (method, id) = (message["method"].as_str(), message.get("id"));
        let params = &message["params"];
        match (method, id) {
            (Some(method), Some(id)) => {
                if method == "initialize" && self.phase == Phase::New {
                    self.capabilities = params["capabilities"].clone();
                }
                let token = |name: &str| params.get(name).map(Value::to_string);
                let (work_done, partial_result) = (token("workDoneToken"), token("partialResultToken"));
                if let Some(token) = &work_done {
                    self.progress.insert(token.clone(), Progress::Offered);
                }
                let partial = self.model.request(method).and_then(|method| method.partial_result.as_ref());
                if let (Some(token), Some(kind)) = (&partial_result, partial) {
                    self.partial.insert(token.clone(), (kind, false));
                }
                let asked = Asked { method: method.to_owned(), work_done, partial_result };
                self.asked.insert(id.to_string(), asked);
            }
            (None, Some(id)) => self.client_answers(id, message.get("result")),
            _ => {}
        }
    }

    fn client_answers(&mut self, id: &Value, result: Option<&Value>) {
        let Some(request) = self.asked_by_server.remove(&id.to_string()) else { return };
        if result.is_none() {
            return;
        }
        match request["method"].as_str() {
            Some("window/workDoneProgress/create") => {
                self.progress.insert(request["params"]["token"].to_string(), Progress::Offered);
            }
            Some("client/registerCapability") => {
                let ids = request["params"]["registrations"].as_array().into_iter().flatten();
                self.registered.extend(ids.map(|registration| registration["id"].to_string()));
            }
            _ => {}
        }
    }

    /// What is wrong with a message of the server.
    pub fn server_says(&mut self, message: &Value) -> Vec<String> {
        let Some(object) = message.as_object() else {
            return vec![format!("the server sent {}, which is no object", shorten(message))];
        };
        let mut problems = Vec::new();
        if message["jsonrpc"] != "2.0" {
            problems.push("no \"jsonrpc\": \"2.0\"".to_owned());
        }
        let allowed: &[&str] = if object.contains_key("method") {
            &["jsonrpc", "id", "method", "params"]
        } else {
            &["jsonrpc", "id", "result", "error"]
        };
        problems
            .extend(object.keys().filter(|key| !allowed.contains(&key.as_str())).map(|key| format!("unknown `{key}`")));
        let about = match object.get("method") {
            Some(Value::String(method)) => {
                problems.extend(self.call(method, message));
                method.clone()
            }
            Some(other) => {
                problems.push(format!("{} is no method", shorten(other)));
                "?".to_owned()
            }
            None => self.answer(message, &mut problems),
        };
        problems.into_iter().map(|problem| format!("server, {about}: {problem}")).collect()
    }

    fn call(&mut self, method: &str, message: &Value) -> Vec<String> {
        let mut problems = self.order(method);
        let params = message.get("params");
        let known = match message.get("id") {
            Some(id) => {
                if !(id.is_string() || id.is_i64()) {
                    problems.push(format!("{id} is no id"));
                }
                if self.asked_by_server.insert(id.to_string(), message.clone()).is_some() {
                    problems.push(format!("id {id} is in use"));
                }
                self.model.request(method)
            }
            None => self.model.notification(method),
        };
        let Some(known) = known else {
            problems.push("a method that the meta model does not have (as a request or notification)".to_owned());
            return problems;
        };
        if known.message_direction == Direction::ClientToServer {
            problems.push("only a client may send this".to_owned());
        }
        problems.extend(self.not_offered(method, known));
        problems.extend(self.params(known, params));
        problems.extend(params.into_iter().flat_map(|params| offered::check(&self.capabilities, method, params)));
        match (method, params) {
            ("$/progress", Some(params)) => problems.extend(self.progress(params)),
            ("client/registerCapability", Some(params)) => problems.extend(self.registrations(params)),
            ("client/unregisterCapability", Some(params)) => problems.extend(self.unregistrations(params)),
            _ => {}
        }
        problems
    }

    /// Before its answer to `initialize` a server may say little, and after the one to `shutdown` nothing.
    fn order(&self, method: &str) -> Vec<String> {
        const EARLY: [&str; 6] = [
            "window/showMessage",
            "window/logMessage",
            "window/showMessageRequest",
            "telemetry/event",
            "$/progress",
            "$/logTrace",
        ];
        match self.phase {
            Phase::New if !EARLY.contains(&method) => vec!["sent before the answer to initialize".to_owned()],
            Phase::ShutDown => vec!["sent after the answer to shutdown".to_owned()],
            _ => Vec::new(),
        }
    }

    /// A request may only be sent to a client that said it knows it.
    fn not_offered(&self, method: &str, known: &Method) -> Option<String> {
        let path = match method {
            "window/showMessage" | "window/showMessageRequest" | "textDocument/publishDiagnostics" => return None,
            "workspace/codeLens/refresh" => "workspace.codeLens.refreshSupport",
            _ => known.client_capability.as_deref()?,
        };
        (!self.offered(path)).then(|| format!("the client did not say that it knows this (`{path}`)"))
    }

    fn offered(&self, path: &str) -> bool {
        let value = path.split('.').try_fold(&self.capabilities, |at, step| at.get(step));
        value.is_some_and(|value| *value != json!(false) && !value.is_null())
    }

    fn params(&self, known: &Method, params: Option<&Value>) -> Vec<String> {
        match (&known.params, params) {
            (Some(kind), Some(params)) => {
                self.model.check("params", params, kind).iter().map(ToString::to_string).collect()
            }
            (Some(_), None) => vec!["params: missing".to_owned()],
            (None, Some(params)) if !params.is_null() => vec!["params, and it takes none".to_owned()],
            (None, _) => Vec::new(),
        }
    }

    fn progress(&mut self, params: &Value) -> Vec<String> {
        let (token, value) = (params["token"].to_string(), &params["value"]);
        if let Some((kind, has_come)) = self.partial.get_mut(&token) {
            *has_come = true;
            return self.model.check("value", value, kind).iter().map(ToString::to_string).collect();
        }
        let (kind, next) = match value["kind"].as_str() {
            Some("begin") => ("WorkDoneProgressBegin", Progress::Begun),
            Some("report") => ("WorkDoneProgressReport", Progress::Begun),
            Some("end") => ("WorkDoneProgressEnd", Progress::Ended),
            _ => return vec![format!("value: {} is no progress", shorten(value))],
        };
        let mut problems: Vec<String> =
            self.model.check_named("value", value, kind).iter().map(ToString::to_string).collect();
        let due = if kind == "WorkDoneProgressBegin" { Progress::Offered } else { Progress::Begun };
        match self.progress.insert(token.clone(), next) {
            None => problems.push(format!("token {token} was neither given nor created, or its request is answered")),
            Some(before) if before != due => problems.push(format!("{kind} on token {token}, which is {before:?}")),
            Some(_) => {}
        }
        problems
    }

    fn registrations(&self, params: &Value) -> Vec<String> {
        let mut problems = Vec::new();
        for registration in params["registrations"].as_array().into_iter().flatten() {
            let method = registration["method"].as_str().unwrap_or_default();
            let known = self.model.request(method).or_else(|| self.model.notification(method));
            let Some(known) = known else {
                // Some methods are registered under a name that is no message.
                if method != "textDocument/semanticTokens" {
                    problems.push(format!("registers {method}, which the meta model does not have"));
                }
                continue;
            };
            if let Some(path) = &known.client_capability {
                let path = format!("{path}.dynamicRegistration");
                if !self.offered(&path) {
                    problems.push(format!("registers {method}; the client did not offer `{path}`"));
                }
            }
            if let (Some(kind), Some(options)) = (&known.registration_options, registration.get("registerOptions")) {
                problems.extend(self.model.check("registerOptions", options, kind).iter().map(ToString::to_string));
            }
        }
        problems
    }

    fn unregistrations(&mut self, params: &Value) -> Vec<String> {
        // "unregisterations" is how the protocol spells it.
        let ids = params["unregisterations"].as_array().into_iter().flatten().map(|one| one["id"].to_string());
        ids.filter(|id| !self.registered.remove(id)).map(|id| format!("takes back {id}, never registered")).collect()
    }

    /// Judges an answer; returns the method it is for.
    fn answer(&mut self, message: &Value, problems: &mut Vec<String>) -> String {
        let (result, error) = (message.get("result"), message.get("error"));
        if result.is_some() == error.is_some() {
            problems.push("an answer has either a result or an error".to_owned());
        }
        if let Some(error) = error {
            problems.extend(response_error(error));
        }
        let Some(id) = message.get("id") else {
            problems.push("an answer without an id".to_owned());
            return "?".to_owned();
        };
        if id.is_null() {
            if error.is_none() {
                problems.push("only an error may answer nobody (id null)".to_owned());
            }
            return "id null".to_owned();
        }
        let id = id.to_string();
        let Some(asked) = self.asked.remove(&id) else {
            let why = if self.answered.contains(&id) { "a second answer to" } else { "an answer to unknown" };
            problems.push(format!("{why} id {id}: {}", shorten(message)));
            return "?".to_owned();
        };
        self.answered.insert(id);
        let work_done = asked.work_done.and_then(|token| self.progress.remove(&token));
        if work_done == Some(Progress::Begun) {
            problems.push("answered before its progress ended".to_owned());
        }
        let partial_result = asked.partial_result.and_then(|token| self.partial.remove(&token));
        let method = asked.method;
        if let Some(result) = result {
            let left = result.get("items").unwrap_or(result);
            if matches!(partial_result, Some((_, true))) && left.as_array().is_none_or(|left| !left.is_empty()) {
                problems.push("partial results were sent, so the last one has to be empty".to_owned());
            }
            match method.as_str() {
                "initialize" => self.phase = Phase::Running,
                "shutdown" => self.phase = Phase::ShutDown,
                _ => {}
            }
            problems.extend(offered::check(&self.capabilities, &method, result));
            if let Some(kind) = self.model.request(&method).and_then(|known| known.result.as_ref()) {
                problems.extend(self.model.check("result", result, kind).iter().map(ToString::to_string));
            }
        }
        method
    }
}

fn response_error(error: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    if error["code"].as_i64().is_none_or(|code| i32::try_from(code).is_err()) {
        problems.push(format!("error.code: {} is no integer", error["code"]));
    }
    if error["message"].as_str().is_none_or(str::is_empty) {
        problems.push("error.message: says nothing".to_owned());
    }
    let keys = error.as_object().into_iter().flat_map(|error| error.keys());
    problems.extend(
        keys.filter(|key| !["code", "message", "data"].contains(&key.as_str()))
            .map(|key| format!("error.{key}: unknown property")),
    );
    problems
}

// The path also holds where this file is used from elsewhere (`tests/editors`).
#[cfg(test)]
#[path = "session/tests.rs"]
mod tests;
