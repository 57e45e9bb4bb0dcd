use super::*;

fn request(id: i32, method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

fn notification(method: &str, params: Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

fn result(id: i32, result: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// A session after `initialize`.
fn running(capabilities: Value) -> Session {
    let mut session = Session::new();
    session.client_says(&request(0, "initialize", json!({ "capabilities": capabilities })));
    assert_eq!(session.server_says(&result(0, json!({ "capabilities": {} }))), [""; 0]);
    session
}

fn log() -> Value {
    notification("window/logMessage", json!({ "type": 3, "message": "hello" }))
}

fn publish() -> Value {
    notification("textDocument/publishDiagnostics", json!({ "uri": "a:b", "diagnostics": [] }))
}

#[track_caller]
fn blames(session: &mut Session, message: Value, why: &str) {
    let problems = session.server_says(&message);
    assert!(problems.iter().any(|problem| problem.contains(why)), "{message}: {problems:?}");
}

#[test]
fn a_good_session_passes() {
    let mut session = running(json!({ "window": { "workDoneProgress": true } }));
    session.client_says(&request(1, "textDocument/hover", json!({})));
    for message in [log(), publish(), result(1, Value::Null)] {
        assert_eq!(session.server_says(&message), [""; 0]);
    }
    let create = request(1, "window/workDoneProgress/create", json!({ "token": "t" }));
    assert_eq!(session.server_says(&create), [""; 0]);
    session.client_says(&result(1, Value::Null));
    for value in [json!({ "kind": "begin", "title": "x" }), json!({ "kind": "report" }), json!({ "kind": "end" })] {
        let progress = notification("$/progress", json!({ "token": "t", "value": value }));
        assert_eq!(session.server_says(&progress), [""; 0]);
    }
    session.client_says(&request(2, "shutdown", Value::Null));
    assert_eq!(session.server_says(&result(2, Value::Null)), [""; 0]);
    assert_eq!(session.unanswered(), [""; 0]);
}

#[test]
fn every_request_has_one_answer() {
    let mut session = running(json!({}));
    session.client_says(&request(1, "textDocument/hover", json!({})));
    assert_eq!(session.unanswered(), ["textDocument/hover (1)"]);
    assert_eq!(session.server_says(&result(1, Value::Null)), [""; 0]);
    blames(&mut session, result(1, Value::Null), "a second answer to id 1");
    blames(&mut session, result(5, Value::Null), "an answer to unknown id 5");
    blames(&mut session, json!({ "jsonrpc": "2.0", "id": null, "result": 1 }), "answer nobody");
    session.client_says(&request(2, "textDocument/hover", json!({})));
    let both = json!({ "jsonrpc": "2.0", "id": 2, "result": null, "error": { "code": 1, "message": "x" } });
    blames(&mut session, both, "either a result or an error");
}

#[test]
fn nothing_before_initialize_or_after_shutdown() {
    let mut session = Session::new();
    assert_eq!(session.server_says(&log()), [""; 0]);
    blames(&mut session, publish(), "before the answer to initialize");
    let mut session = running(json!({}));
    session.client_says(&request(1, "shutdown", Value::Null));
    assert_eq!(session.server_says(&publish()), [""; 0]);
    assert_eq!(session.server_says(&result(1, Value::Null)), [""; 0]);
    blames(&mut session, publish(), "after the answer to shutdown");
}

#[test]
fn a_server_asks_only_for_what_was_offered() {
    let ask = || request(1, "workspace/configuration", json!({ "items": [] }));
    blames(&mut running(json!({})), ask(), "workspace.configuration");
    blames(&mut running(json!({ "workspace": { "configuration": false } })), ask(), "workspace.configuration");
    let mut session = running(json!({ "workspace": { "configuration": true } }));
    assert_eq!(session.server_says(&ask()), [""; 0]);
    blames(&mut session, ask(), "id 1 is in use");
    let register = json!({ "registrations": [{ "id": "1", "method": "workspace/didChangeWatchedFiles",
        "registerOptions": { "watchers": [{}] } }] });
    blames(&mut session, request(2, "client/registerCapability", register.clone()), "dynamicRegistration");
    let mut session = running(json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } }));
    blames(&mut session, request(2, "client/registerCapability", register), "watchers[0].globPattern: missing");
    let back = json!({ "unregisterations": [{ "id": "9", "method": "workspace/didChangeWatchedFiles" }] });
    blames(&mut session, request(3, "client/unregisterCapability", back), "never registered");
}

#[test]
fn messages_are_held_to_the_meta_model() {
    let mut session = running(json!({}));
    blames(&mut session, notification("window/logMessage", json!({ "type": 9, "message": "" })), "9 is no MessageType");
    blames(&mut session, notification("textDocument/didOpen", json!({})), "only a client may send this");
    blames(&mut session, notification("textDocument/nonsense", json!({})), "does not have");
    blames(&mut session, notification("workspace/configuration", json!({ "items": [] })), "does not have");
    blames(&mut session, json!({ "jsonrpc": "2.0", "method": "window/logMessage" }), "params: missing");
    blames(&mut session, json!({ "method": "window/logMessage", "params": log()["params"] }), "jsonrpc");
    blames(&mut session, json!({ "jsonrpc": "2.0", "method": 4 }), "4 is no method");
    blames(&mut session, json!([log()]), "no object");
    session.client_says(&request(1, "textDocument/hover", json!({})));
    blames(&mut session, result(1, json!({ "contents": 3 })), "result.contents");
    session.client_says(&request(2, "textDocument/hover", json!({})));
    let error = json!({ "jsonrpc": "2.0", "id": 2, "error": { "code": "x", "message": "", "why": 1 } });
    blames(&mut session, error, "error.code");
}

#[test]
fn progress_begins_once_and_ends_once() {
    let progress = |token: &str, value: Value| notification("$/progress", json!({ "token": token, "value": value }));
    let mut session = running(json!({}));
    blames(&mut session, progress("x", json!({ "kind": "begin", "title": "t" })), "neither given nor created");
    session.client_says(&request(
        1,
        "workspace/diagnostic",
        json!({ "workDoneToken": "w", "partialResultToken": "p" }),
    ));
    blames(&mut session, progress("w", json!({ "kind": "report" })), "which is Offered");
    let mut session = running(json!({}));
    session.client_says(&request(
        1,
        "workspace/diagnostic",
        json!({ "workDoneToken": "w", "partialResultToken": "p" }),
    ));
    blames(&mut session, progress("w", json!({ "kind": "begin" })), "value.title: missing");
    assert_eq!(session.server_says(&progress("w", json!({ "kind": "end" }))), [""; 0]);
    blames(&mut session, progress("w", json!({ "kind": "end" })), "which is Ended");
    blames(&mut session, progress("p", json!({ "items": 1 })), "value.items: not an array");
    assert_eq!(session.server_says(&progress("p", json!({ "items": [] }))), [""; 0]);
}

#[test]
fn tokens_are_good_until_the_answer() {
    let ask = || {
        let mut session = running(json!({}));
        let tokens = json!({ "workDoneToken": "w", "partialResultToken": "p", "previousResultIds": [] });
        session.client_says(&request(1, "workspace/diagnostic", tokens));
        session
    };
    let progress = |token: &str, value: Value| notification("$/progress", json!({ "token": token, "value": value }));
    let begin = || progress("w", json!({ "kind": "begin", "title": "t" }));
    let mut session = ask();
    assert_eq!(session.server_says(&begin()), [""; 0]);
    blames(&mut session, result(1, json!({ "items": [] })), "before its progress ended");
    blames(&mut session, progress("w", json!({ "kind": "end" })), "its request is answered");
    let mut session = ask();
    assert_eq!(session.server_says(&progress("p", json!({ "items": [] }))), [""; 0]);
    let report = json!({ "kind": "unchanged", "resultId": "1", "uri": "a:b", "version": null });
    blames(&mut session, result(1, json!({ "items": [report] })), "has to be empty");
}
