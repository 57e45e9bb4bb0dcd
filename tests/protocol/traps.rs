//! Where language servers on this framework were seen to hang, to grow, or to die.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Change, Client, Doc, Id, PATIENCE, Reply, Setup, pulling};
use crate::diagnostics::keyword_only;
use crate::marks::{self, found, lines};
use crate::wire::Exit;

const INTERNAL_ERROR: i64 = -32603;
const CANCELLED: i64 = -32800;

const BROKEN: &str = "=== FILE: a.txt ===\n\nFirst.\n\n=== FIEL: b.txt ===\n\nSecond.\n";

/// A server with the hidden requests, and a document with one finding of F003.
fn with_test_requests() -> (Client, Doc) {
    let mut client = Setup::new().capabilities(pulling()).with_test_requests().start();
    let doc = client.open("a.txt", BROKEN);
    (client, doc)
}

fn sleep(client: &mut Client) -> Id {
    client.request("$/dispatch-ls/sleep", json!({ "ms": 600_000 }))
}

#[track_caller]
fn finds_the_keyword(client: &mut Client, doc: &Doc, line: u64) {
    let found = marks::only(&["F003"], found(&client.pull(doc)));
    assert_eq!(lines(&found), format!("F003 {line}:4-{line}:8\n"));
}

const EDITS: usize = 2000;

/// Opens fifty dispatches and a misspelt one, types a line into each of the fifty in turn, [`EDITS`] lines in all, and
/// gives the line on which the misspelt one is then.
fn burst(client: &mut Client) -> (Doc, usize) {
    const DISPATCHES: usize = 50;
    const LINES: usize = 5;
    let dispatch = |n| format!("=== FILE: {n}.txt ===\ndate: 2024-12-01\n\nText.\n\n");
    let text: String = (0..DISPATCHES).map(dispatch).collect();
    let doc = client.open("a.txt", &(text + "=== FIEL: b.txt ===\n\nSecond.\n"));
    let mut typed = [0; DISPATCHES];
    for edit in 0..EDITS {
        let into = edit * 7 % DISPATCHES;
        let line = (into * LINES + 3 + typed[..into].iter().sum::<usize>()) as u32;
        client.change(&doc, &[Change::Range([line, 0, line, 0], "Another line.\n")]);
        typed[into] += 1;
    }
    (doc, DISPATCHES * LINES + EDITS)
}

#[test]
fn after_a_burst_of_edits_a_request_gets_the_last_text() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let (doc, line) = burst(&mut client);
    finds_the_keyword(&mut client, &doc, line as u64);
}

#[test]
fn after_a_burst_of_edits_the_last_version_is_published() {
    let mut client = Client::start();
    let (doc, line) = burst(&mut client);
    assert_eq!(client.version(&doc) as usize, EDITS + 1);
    let diagnostics = client.diagnostics(&doc);
    assert_eq!(lines(&marks::only(&["F003"], found(&diagnostics))), format!("F003 {line}:4-{line}:8\n"));
    let published = client.notifications("textDocument/publishDiagnostics");
    let versions: Vec<_> = published.iter().map(|params| params["version"].as_i64().unwrap()).collect();
    assert!(versions.is_sorted(), "{versions:?}");
}

#[test]
fn a_client_that_never_answers_blocks_nothing() {
    let silent = ["workspace/configuration", "client/registerCapability", "window/workDoneProgress/create"];
    let setup = silent.into_iter().fold(Setup::new(), |setup, method| setup.answers(method, Reply::Never));
    let mut client = setup.start();
    let doc = client.open("a.txt", BROKEN);
    client.diagnostics(&doc);
    // More questions than any queue for them holds.
    for round in 0..300 {
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        if round % 50 == 0 {
            client.status(&doc);
        }
    }
    client.edit(&doc, "FIEL", "FLIE");
    client.edit(&doc, "Second", "Two");
    client.edit(&doc, "First.", "First.\n");
    client.diagnostics(&doc);
    assert!(!client.asked("workspace/configuration").is_empty());
}

#[test]
fn slow_requests_delay_no_other_and_no_cancellation() {
    let (mut client, doc) = with_test_requests();
    let slow: Vec<Id> = (0..4).map(|_| sleep(&mut client)).collect();
    finds_the_keyword(&mut client, &doc, 4);
    client.status(&doc);
    let fifth = sleep(&mut client);
    client.cancel(&fifth);
    assert_eq!(client.wait_error(&fifth).code, CANCELLED);
    for id in slow {
        assert!(!client.is_answered(&id));
        client.cancel(&id);
        assert_eq!(client.wait_error(&id).code, CANCELLED);
    }
}

/// As many as an editor with many views may have.
#[test]
fn fifty_slow_requests_delay_no_other() {
    let (mut client, doc) = with_test_requests();
    let slow: Vec<Id> = (0..50).map(|_| sleep(&mut client)).collect();
    finds_the_keyword(&mut client, &doc, 4);
    for id in &slow {
        client.cancel(id);
    }
    for id in slow {
        assert_eq!(client.wait_error(&id).code, CANCELLED);
    }
}

/// Too many are refused, and what is refused is told; the input is read on.
#[test]
fn more_requests_than_anyone_needs() {
    let (mut client, _) = with_test_requests();
    let ids: Vec<Id> = (0..1500).map(|_| sleep(&mut client)).collect();
    client.taken();
    for id in &ids {
        client.cancel(id);
    }
    let codes: Vec<i64> = ids.iter().map(|id| client.wait_error(id).code).collect();
    assert!(codes.contains(&CANCELLED));
    // RequestFailed, or ServerCancelled.
    assert!(codes.iter().all(|code| [CANCELLED, -32803, -32802].contains(code)), "{codes:?}");
    client.call("dispatch/status", json!({ "textDocument": { "uri": "file:///a.txt" } }));
}

/// A second answer to an id would fail the test at its end.
#[test]
fn a_cancelled_request_is_answered_once() {
    let (mut client, doc) = with_test_requests();
    for _ in 0..50 {
        let id = sleep(&mut client);
        client.cancel(&id);
        client.cancel(&id);
        assert_eq!(client.wait_error(&id).code, CANCELLED);
        client.cancel(&id);
    }
    // A race that either may win.
    for _ in 0..200 {
        let id = client.request("textDocument/diagnostic", client.whole(&doc));
        client.cancel(&id);
        if let Err(failure) = client.answer(&id, *PATIENCE) {
            assert_eq!(failure.code, CANCELLED, "{failure:?}");
        }
    }
    finds_the_keyword(&mut client, &doc, 4);
}

#[test]
fn a_panic_is_one_error_answer_and_the_server_lives() {
    let (mut client, doc) = with_test_requests();
    // In a worker, in the handler, in the thread that owns all state; more often than there are threads to lose.
    for place in [Value::Null, json!("handler"), json!("owner")] {
        for _ in 0..20 {
            let failure = client.call_error("$/dispatch-ls/panic", json!({ "where": place }));
            assert_eq!(failure.code, INTERNAL_ERROR, "{failure:?}");
        }
    }
    client.change(&doc, &[Change::Range([2, 0, 2, 0], "L.\n")]);
    finds_the_keyword(&mut client, &doc, 5);
    client.status(&doc);
}

/// Each edit moves ninety findings, so there is much to publish; only the last is worth keeping.
#[test]
fn a_client_that_stops_reading() {
    const EDITS: usize = 150;
    const TRIED: u32 = 10;
    let mut client = keyword_only(Setup::new()).start();
    let text: String = (0..90).map(|n| format!("=== FIEL: {n}.txt ===\n\nText.\n\n")).collect();
    let doc = client.open("a.txt", &text);
    let size = json!(client.diagnostics(&doc)).to_string().len();
    assert!(size > 20_000, "the findings are only {size} bytes");
    let edit = |client: &mut Client| client.change(&doc, &[Change::Range([2, 0, 2, 0], "L.\n")]);
    let started = Instant::now();
    for _ in 0..TRIED {
        edit(&mut client);
        client.diagnostics(&doc);
    }
    // The server takes one edit after the other, or there would be one publication only.
    let pace = (started.elapsed() / TRIED).min(Duration::from_millis(40));
    // On a busy machine the text rests between two edits, and is annotated: what that takes once is no growth.
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9999, "character": 0 } });
    client.call("textDocument/inlayHint", json!({ "textDocument": { "uri": doc.uri }, "range": all }));
    #[cfg(target_os = "linux")]
    let before = client.resident_memory();
    client.stop_reading();
    for _ in 0..EDITS {
        edit(&mut client);
        client.taken();
        std::thread::sleep(pace);
    }
    #[cfg(target_os = "linux")]
    {
        let grown = client.resident_memory().saturating_sub(before);
        let all = (size * EDITS) as u64;
        assert!(grown < all / 4, "grew by {grown} bytes; all that could be published has {all}");
    }
    client.go_on_reading();
    // The first is above the edits, the second below.
    let second = found(&client.diagnostics(&doc))[1].clone();
    assert_eq!(second.start.0, 4 + u64::from(TRIED) + EDITS as u64, "{second}");
}

/// It has stopped reading, and then it goes: what could not be written keeps no one.
#[test]
fn a_client_that_stops_reading_and_goes() {
    let mut client = Client::start();
    let text: String = (0..400).map(|n| format!("=== FIEL: {n}.txt ===\n\nText.\n\n")).collect();
    let doc = client.open("a.txt", &text);
    client.diagnostics(&doc);
    client.stop_reading();
    for _ in 0..20 {
        client.change(&doc, &[Change::Range([2, 0, 2, 0], "L.\n")]);
        client.taken();
    }
    client.close_input();
    assert_eq!(client.exit(), Exit(Some(1)));
}

/// Requests pile up behind an output that no one reads; all are answered once it is read.
#[test]
fn requests_of_a_client_that_stops_reading() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let text: String = (0..100).map(|n| format!("=== FIEL: {n}.txt ===\n\nText.\n\n")).collect();
    let doc = client.open("a.txt", &text);
    client.stop_reading();
    let ids: Vec<Id> = (0..40).map(|_| client.request("textDocument/diagnostic", client.whole(&doc))).collect();
    client.taken();
    client.go_on_reading();
    for id in ids {
        assert!(client.wait(&id)["items"].as_array().unwrap().len() >= 100);
    }
}

/// Whoever asked about a large file and has no use for the answer any more gets rid of it, and others do not wait.
#[test]
fn work_on_a_large_file_is_given_up() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let dispatch = |n| format!("=== FILE: {n}.txt ===\ndate: 2024-12-01\n\nA sentence of this dispatch.\n\n");
    let text: String = (0..10_000).map(dispatch).collect();
    let large = client.open("large.txt", &text);
    let slow: Vec<Id> = (0..8).map(|_| client.request("textDocument/diagnostic", client.whole(&large))).collect();
    let small = client.open("small.txt", BROKEN);
    finds_the_keyword(&mut client, &small, 4);
    for id in slow {
        client.cancel(&id);
        if let Err(failure) = client.answer(&id, *PATIENCE) {
            assert_eq!(failure.code, CANCELLED, "{failure:?}");
        }
    }
}

/// Words of the corpus are its owner's: they are in no log.
#[test]
fn logs_carry_no_text() {
    const SECRET: &str = "Zinnober";
    let mut client = Setup::new().with_test_requests().environment("RUST_LOG", "trace").start();
    let doc = client.open("a.txt", &BROKEN.replace("First", SECRET));
    client.diagnostics(&doc);
    client.change(&doc, &[Change::Range([2, 0, 2, 0], "Zinnober again.\n")]);
    client.diagnostics(&doc);
    client.notify("textDocument/didChange", json!({ "textDocument": SECRET }));
    client.call_error("textDocument/hover", json!({ "textDocument": SECRET }));
    client.call_error("$/dispatch-ls/panic", Value::Null);
    for params in client.notifications("window/logMessage") {
        assert!(!params.to_string().contains(SECRET), "{params}");
    }
    assert!(!client.stderr().contains(SECRET), "{}", client.stderr());
}
