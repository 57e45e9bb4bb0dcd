//! How a session begins and ends, and what any request may be answered with.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, PATIENCE, Setup, pulling};
use crate::wire::{Exit, Wire, frame};

const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;
const INVALID_PARAMS: i64 = -32602;
const NOT_INITIALIZED: i64 = -32002;

/// Parameters of a request that has an answer whatever is open.
fn nowhere() -> Value {
    json!({ "textDocument": { "uri": "file:///a.txt" } })
}

#[test]
fn requests_before_initialize_fail_and_notifications_are_dropped() {
    let mut client = Setup::new().spawn();
    for (method, params) in [("dispatch/status", nowhere()), ("shutdown", Value::Null)] {
        assert_eq!(client.call_error(method, params).code, NOT_INITIALIZED, "{method}");
    }
    client.open("early.txt", "=== FIEL: a.txt ===\n");
    client.notify("$/nonsense", json!({}));
    client.initialize();
    let late = client.open("late.txt", "=== FILE: a.txt ===\n\nText.\n\n=== FIEL: b.txt ===\n\nText.\n");
    client.diagnostics(&late);
    let early = |params: &Value| params["uri"].as_str().is_some_and(|uri| uri.ends_with("early.txt"));
    assert!(!client.notifications("textDocument/publishDiagnostics").iter().any(early));
}

#[test]
fn initialize_says_what_the_server_is() {
    let client = Client::start();
    assert_eq!(client.server["serverInfo"]["name"], "dispatch-ls");
    assert_eq!(client.server["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
    let sync = &client.server["capabilities"]["textDocumentSync"];
    // 2: incremental.
    assert!(*sync == 2 || (sync["change"] == 2 && sync["openClose"] == true), "{sync}");
}

#[test]
fn every_way_to_start_the_server() {
    for arguments in [&[][..], &["--stdio"], &["serve"], &["serve", "--stdio"]] {
        let mut client = Setup::new().arguments(arguments).start();
        client.call("dispatch/status", nowhere());
    }
}

#[test]
fn initialize_happens_once() {
    let setup = Setup::new();
    let params = setup.initialize_params();
    let mut client = setup.start();
    assert_eq!(client.call_error("initialize", params).code, INVALID_REQUEST);
    client.call("dispatch/status", nowhere());
}

/// A client of little words: nothing but what the protocol demands, and a process id of `null`.
#[test]
fn the_least_that_initialize_may_be() {
    let mut client = Setup::new().spawn();
    client.call("initialize", json!({ "processId": null, "rootUri": null, "capabilities": {} }));
    client.notify("initialized", json!({}));
    let doc = client.open("a.txt", "=== FILE: a.txt ===\n\nText.\n\n=== FIEL: b.txt ===\n\nText.\n");
    client.published(&doc.uri, "any", |params| params["diagnostics"] != json!([]));
    assert_eq!(client.asked("workspace/configuration"), [Value::Null; 0]);
}

#[test]
fn wrong_initialize_can_be_put_right() {
    let mut client = Setup::new().spawn();
    for params in [json!(42), json!({}), json!({ "processId": "me", "rootUri": 7, "capabilities": [] }), Value::Null] {
        assert_eq!(client.call_error("initialize", params.clone()).code, INVALID_PARAMS, "{params}");
    }
    client.initialize();
}

#[test]
fn after_shutdown_only_exit() {
    let mut client = Client::start();
    client.call("shutdown", Value::Null);
    for (method, params) in [("dispatch/status", nowhere()), ("shutdown", Value::Null), ("no/such", Value::Null)] {
        assert_eq!(client.call_error(method, params).code, INVALID_REQUEST, "{method}");
    }
    client.notify("exit", Value::Null);
    assert_eq!(client.exit(), Exit(Some(0)));
}

/// Standard input stays open in each of these.
#[test]
fn exit_codes() {
    let mut client = Client::start();
    client.notify("exit", Value::Null);
    assert_eq!(client.exit(), Exit(Some(1)), "without shutdown");

    let mut client = Setup::new().spawn();
    client.notify("exit", Value::Null);
    assert_eq!(client.exit(), Exit(Some(1)), "without initialize");
}

#[test]
fn exit_while_a_request_is_at_work() {
    let mut client = Setup::new().with_test_requests().start();
    client.request("$/dispatch-ls/sleep", json!({ "ms": 600_000 }));
    client.notify("exit", Value::Null);
    assert_eq!(client.exit(), Exit(Some(1)));
}

#[test]
fn shutdown_while_a_request_is_at_work() {
    let mut client = Setup::new().with_test_requests().start();
    client.request("$/dispatch-ls/sleep", json!({ "ms": 600_000 }));
    client.call("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    assert_eq!(client.exit(), Exit(Some(0)));
}

/// Whoever asks and leaves at once still has its answers.
#[test]
fn what_was_asked_before_shutdown_is_answered() {
    let mut client = Setup::new().with_test_requests().start();
    let asked = [0, 100, 200].map(|ms| client.request("$/dispatch-ls/sleep", json!({ "ms": ms })));
    let shutdown = client.request("shutdown", Value::Null);
    client.notify("exit", Value::Null);
    for id in asked.iter().chain([&shutdown]) {
        assert_eq!(client.wait(id), Value::Null);
    }
    assert_eq!(client.exit(), Exit(Some(0)));
}

/// Started by hand or by a script, with nothing to talk to.
#[cfg(unix)]
#[test]
fn without_an_editor() {
    let program = env!("CARGO_BIN_EXE_dispatch-ls");
    // The last one closes its output when it has read one line of it.
    for shell in ["exec $0 serve </dev/null", "exec $0 serve <&-", "exec $0 serve <&- >&-", "$0 serve | head -n 1"] {
        let mut command = Command::new("sh");
        command.args(["-c", shell, program]);
        let mut wire = Wire::start(command, |_| {});
        let started = Instant::now();
        // Asked again and again: what is closed shows only when something is written to it.
        let exit = (0..).find_map(|id| {
            assert!(started.elapsed() < *PATIENCE, "{shell}: still runs");
            let params = json!({ "processId": null, "rootUri": null, "capabilities": {} });
            let message = json!({ "jsonrpc": "2.0", "id": id, "method": "initialize", "params": params });
            wire.line().bytes(frame(&message.to_string()));
            wire.exit(Duration::from_millis(20))
        });
        let exit = exit.expect("it has ended");
        assert!(matches!(exit, Exit(Some(0..=2))), "{shell}: {exit:?}\n{}", wire.stderr());
        assert!(!wire.stderr().contains("panic"), "{shell}: {}", wire.stderr());
    }
}

#[test]
fn end_of_input_ends_the_server() {
    let mut client = Setup::new().spawn();
    client.close_input();
    assert_eq!(client.exit(), Exit(Some(1)), "before initialize");

    let mut client = Client::start();
    client.open("a.txt", "=== FIEL: a.txt ===\n");
    client.close_input();
    assert_eq!(client.exit(), Exit(Some(1)), "while it runs");

    let mut client = Client::start();
    client.bytes("Content-Length: 100\r\n\r\n{\"jsonrpc\"");
    client.close_input();
    assert_eq!(client.exit(), Exit(Some(1)), "inside a message");

    let mut client = Setup::new().with_test_requests().start();
    client.request("$/dispatch-ls/sleep", json!({ "ms": 600_000 }));
    client.close_input();
    assert_eq!(client.exit(), Exit(Some(1)), "while a request is at work");

    let mut client = Client::start();
    client.call("shutdown", Value::Null);
    client.close_input();
    assert_eq!(client.exit(), Exit(Some(0)), "after shutdown");
}

/// The editor is gone without a word, and standard input is still held open by someone.
#[cfg(unix)]
#[test]
fn a_dead_parent_ends_the_server() {
    let mut parent = Command::new("sleep").arg("600").stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    let mut client = Setup::new().process_id(parent.id()).start();
    client.call("dispatch/status", nowhere());
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert_eq!(client.exit(), Exit(Some(1)));
}

#[test]
fn unknown_methods_fail_and_unknown_notifications_are_ignored() {
    let mut client = Client::start();
    for method in ["textDocument/nonsense", "nonsense", "", "$/nonsense", "textDocument/didOpen"] {
        client.notify("nonsense/notification", json!({ "a": 1 }));
        client.notify("$/nonsense", json!([1]));
        assert_eq!(client.call_error(method, json!({})).code, METHOD_NOT_FOUND, "{method:?}");
    }
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.notify("$/cancelRequest", json!({ "id": "never heard of" }));
    client.notify("window/workDoneProgress/cancel", json!({ "token": "never heard of" }));
    client.call("dispatch/status", nowhere());
}

/// What the tests may ask, no one else may.
#[test]
fn test_requests_are_hidden() {
    let mut client = Client::start();
    for method in ["$/dispatch-ls/panic", "$/dispatch-ls/sleep"] {
        assert_eq!(client.call_error(method, json!({ "ms": 1 })).code, METHOD_NOT_FOUND, "{method}");
    }
}

#[test]
fn params_of_the_wrong_type_fail() {
    let mut client = Setup::new().capabilities(pulling()).start();
    for params in [
        json!(42),
        json!("text"),
        json!([]),
        json!({}),
        Value::Null,
        json!({ "textDocument": "file:///a.txt" }),
        json!({ "textDocument": {} }),
        json!({ "textDocument": { "uri": 7 } }),
        json!({ "textDocument": { "uri": null } }),
        json!({ "textDocument": { "uri": "file:///a.txt" }, "previousResultId": 7 }),
    ] {
        assert_eq!(client.call_error("textDocument/diagnostic", params.clone()).code, INVALID_PARAMS, "{params}");
    }
    client.call("dispatch/status", nowhere());
}

/// A notification has no answer, so all that can be asked is that nothing breaks.
#[test]
fn notifications_with_wrong_params_break_nothing() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let doc = client.open("a.txt", "=== FILE: a.txt ===\n\nText.\n\n=== FIEL: b.txt ===\n\nText.\n");
    let before = client.pull(&doc);
    assert!(!before.is_empty());
    for method in [
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "textDocument/didSave",
        "workspace/didChangeConfiguration",
        "workspace/didChangeWatchedFiles",
        "workspace/didChangeWorkspaceFolders",
        "$/cancelRequest",
        "initialized",
    ] {
        for params in [json!(42), json!([]), json!({}), json!({ "textDocument": { "uri": doc.uri } })] {
            if method != "textDocument/didClose" || params.get("textDocument").is_none() {
                client.notify(method, params);
            }
        }
        client.notify(method, Value::Null);
    }
    assert_eq!(client.pull(&doc), before);
}

#[test]
fn ids_may_be_strings() {
    let mut client = Client::start();
    for id in [json!("a string"), json!(""), json!("1"), json!(-7), json!(2147483647)] {
        let (_, mut message) = client.next_request("dispatch/status", nowhere());
        message["id"] = id.clone();
        client.announce(&message);
        client.bytes(frame(&message.to_string()));
        client.wait(&crate::client::Id(id));
    }
}

#[test]
fn documents_that_are_not_open() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let text = "=== FILE: a.txt ===\n\nText.\n\n=== FIEL: b.txt ===\n\nText.\n";
    let doc = client.open("a.txt", text);
    client.close(&doc);
    let of = json!({ "uri": doc.uri, "version": 3 });
    client.notify("textDocument/didChange", json!({ "textDocument": of, "contentChanges": [{ "text": text }] }));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": doc.uri } }));
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": doc.uri } }));
    assert_eq!(client.status(&doc), Value::Null);
    assert_eq!(client.stderr(), "", "some clients send a change behind `didClose`");
    // Opened twice: the second text counts.
    let doc = client.open("a.txt", "Nothing here.\n");
    client.open("a.txt", text);
    assert!(!client.pull(&doc).is_empty());
}
