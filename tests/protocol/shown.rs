//! What an editor shows of the prose: colours, hints, lenses; and what they say and lead to when they are looked at.

use serde_json::{Value, json};

use crate::client::{Client, Doc, PATIENCE, Setup, file_uri, usual};
use crate::marks::{Encoding, place};

const TALKS: &str = "\
=== FILE: 🌀.txt ===
date: 2024-12-01

🌀 President Ilse Varga left on Friday. Varga claimed that Iran may come.
";

/// The usual client that can do everything that there is for this.
fn able() -> Value {
    let mut capabilities = usual();
    capabilities["textDocument"]["inlayHint"] =
        json!({ "resolveSupport": { "properties": ["tooltip", "label.location"] } });
    capabilities["textDocument"]["codeLens"] = json!({});
    for view in ["inlayHint", "codeLens", "semanticTokens"] {
        capabilities["workspace"][view] = json!({ "refreshSupport": true });
    }
    capabilities["experimental"] = json!({ "commands": ["dispatch.showReferences", "dispatch.openAt"] });
    capabilities
}

fn everything(client: &Client, doc: &Doc) -> Value {
    let mut params = client.whole(doc);
    params["range"] = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    params
}

fn hints(client: &mut Client, doc: &Doc) -> Vec<Value> {
    let params = everything(client, doc);
    client.call("textDocument/inlayHint", params).as_array().unwrap().clone()
}

fn label(hint: &Value) -> &str {
    hint["label"].as_str().or_else(|| hint["label"][0]["value"].as_str()).unwrap()
}

fn labels(hints: &[Value]) -> Vec<&str> {
    hints.iter().map(label).collect()
}

/// `line:column-line:column`
fn span(range: &Value) -> String {
    let end = |name: &str| format!("{}:{}", range[name]["line"], range[name]["character"]);
    format!("{}-{}", end("start"), end("end"))
}

fn span_of(what: &str, encoding: Encoding) -> String {
    let start = TALKS.find(what).unwrap();
    let end = |at: usize| {
        let (line, column) = place(TALKS, at, encoding);
        format!("{line}:{column}")
    };
    format!("{}-{}", end(start), end(start + what.len()))
}

#[test]
fn hints_lead_somewhere() {
    for encoding in [Encoding::Utf16, Encoding::Utf8] {
        let mut client = Setup::new().capabilities(able()).encoding(encoding).start();
        let doc = client.open("talks.txt", TALKS);
        let found = hints(&mut client, &doc);
        assert_eq!(labels(&found), ["11-29 Fri", "Ilse Varga", "doubtful, possible"]);
        let leads = |hint: &Value| {
            let location = &hint["label"][0]["location"];
            assert_eq!(location["uri"], doc.uri.as_str());
            span(&location["range"])
        };
        assert_eq!(leads(&found[0]), span_of("2024-12-01", encoding));
        assert_eq!(leads(&found[1]), span_of("Ilse Varga", encoding));
        assert_eq!(leads(&found[2]), span_of("that Iran may come", encoding));
    }
}

#[test]
fn a_hint_says_what_a_hover_says() {
    let mut client = Setup::new().capabilities(able()).start();
    assert_eq!(client.server["capabilities"]["inlayHintProvider"]["resolveProvider"], true);
    let doc = client.open("talks.txt", TALKS);
    let found = hints(&mut client, &doc);
    for (hint, what) in found.iter().zip(["Friday", "Varga claimed", "claimed"]) {
        assert!(hint.get("tooltip").is_none());
        let resolved = client.call("inlayHint/resolve", hint.clone());
        let (line, column) = place(TALKS, TALKS.find(what).unwrap() + 1, client.encoding());
        let hover = client.call("textDocument/hover", client.place(&doc, line as u32, column as u32));
        assert_eq!(resolved["tooltip"], hover["contents"]);
    }
    // In a text that has changed it says nothing, and nothing that is wrong.
    client.edit(&doc, "🌀 President", "Then President");
    let resolved = client.call("inlayHint/resolve", found[0].clone());
    assert_eq!(resolved, found[0]);
}

/// What comes back from a client is from anybody.
#[test]
fn hints_and_lenses_that_are_not_ours() {
    let mut client = Setup::new().capabilities(able()).start();
    let doc = client.open("talks.txt", TALKS);
    let far = json!({ "line": i32::MAX, "character": i32::MAX });
    let start = json!({ "line": 0, "character": 0 });
    for data in [
        Value::Null,
        json!([]),
        json!("x"),
        json!({ "uri": 1, "kind": [] }),
        json!({ "uri": doc.uri, "kind": "x" }),
        json!({ "uri": doc.uri, "kind": "claim" }),
        json!({ "uri": "file:///etc/passwd", "kind": "date" }),
        json!({ "uri": doc.uri, "kind": "date", "more": { "a": [[[[]]]] } }),
    ] {
        for position in [&far, &start] {
            let mut hint = json!({ "position": position, "label": "x" });
            if !data.is_null() {
                hint["data"] = data.clone();
            }
            assert_eq!(client.call("inlayHint/resolve", hint.clone()), hint);
        }
        let mut lens = json!({ "range": { "start": far, "end": far } });
        if !data.is_null() {
            lens["data"] = data.clone();
        }
        assert_eq!(client.call("codeLens/resolve", lens.clone()), lens);
    }
}

#[test]
fn hints_are_not_resolved_for_those_who_cannot() {
    let mut client = Client::start();
    assert_eq!(client.server["capabilities"]["inlayHintProvider"]["resolveProvider"], false);
    let doc = client.open("talks.txt", TALKS);
    assert!(hints(&mut client, &doc).iter().all(|hint| hint.get("data").is_none()));
}

#[test]
fn a_listed_actor_leads_to_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let record = |id: &str, name: &str| format!("{{\"id\":\"{id}\",\"kind\":\"person\",\"name\":\"{name}\"}}\n");
    let actors = record("adam-berg", "Adam Berg") + &record("ilse-varga", "Ilse Varga");
    std::fs::write(root.join("actors file.jsonl"), actors).unwrap();
    std::fs::write(root.join("dispatch.toml"), "[actors]\nfiles = [\"actors file.jsonl\"]\n").unwrap();
    let mut client = Setup::new().capabilities(able()).folder(&root).start();
    let doc = client.open(&file_uri(&root.join("a.txt")), TALKS);
    // What it shows of the text has to be asked for anew when the file was read.
    for method in ["workspace/inlayHint/refresh", "workspace/semanticTokens/refresh", "workspace/codeLens/refresh"] {
        client.until(method, *PATIENCE, |state| state.requests.iter().any(|one| one["method"] == method).then_some(()));
    }
    let found = hints(&mut client, &doc);
    let location = &found[1]["label"][0]["location"];
    assert_eq!(location["uri"], file_uri(&root.join("actors file.jsonl")).as_str());
    assert_eq!(span(&location["range"]), "1:0-1:0");
}

/// A name that is being typed is none yet: its hint comes when the caret has moved on, or the text has rested.
#[test]
fn no_hint_pushes_the_caret() {
    let mut client = Setup::new().capabilities(able()).start();
    let doc = client.open("talks.txt", TALKS);
    client.edit(&doc, " claimed that", ", on Sunday claimed that");
    assert_eq!(hints(&mut client, &doc).len(), 4);
    let asked = |client: &Client| client.asked("workspace/inlayHint/refresh").len();
    let before = asked(&client);
    client.edit(&doc, "come.\n", "come on Tuesday");
    assert_eq!(labels(&hints(&mut client, &doc)).last(), Some(&"doubtful, possible"));
    client.until("a request for new hints", *PATIENCE, |state| {
        let all = state.requests.iter().filter(|one| one["method"] == "workspace/inlayHint/refresh").count();
        (all > before).then_some(())
    });
    assert_eq!(labels(&hints(&mut client, &doc)).last(), Some(&"12-03 Tue"));
}

/// What is shown around the text is answered from the text as it is when nobody types any more. Nobody waits for ever.
#[test]
fn what_is_asked_for_between_two_keys_is_answered_once() {
    let mut client = Setup::new().capabilities(able()).start();
    let (long, end) = ("Nothing happened here.\n".repeat(40_000), "\n=== FILE: b.txt ===\n\nNothing.\n");
    let doc = client.open("talks.txt", &format!("{TALKS}{long}{end}"));
    let everything = everything(&client, &doc);
    client.edit(&doc, "President Ilse Varga left", "President Ilse Lind left");
    let first = client.request("textDocument/inlayHint", everything.clone());
    client.edit(&doc, "left on Friday", "left later");
    let second = client.request("textDocument/inlayHint", everything.clone());
    let first = client.wait(&first);
    assert_eq!(labels(first.as_array().unwrap()), ["doubtful, possible"]);
    assert_eq!(first, client.wait(&second));
    client.edit(&doc, "left later", "left on Sunday");
    let last = client.request("textDocument/inlayHint", everything);
    client.close(&doc);
    assert_eq!(client.wait(&last), Value::Null);
}

#[test]
fn lenses() {
    let mut client = Setup::new().capabilities(able()).start();
    let doc = client.open("talks.txt", &format!("Preamble.\n\n{TALKS}\n=== FILE: b.txt ===\n\nNothing.\n"));
    let found = client.call("textDocument/codeLens", client.whole(&doc));
    assert_eq!(found.as_array().unwrap().len(), 2, "{found}");
    assert_eq!(span(&found[0]["range"]), "2:0-2:0");
    assert!(found[0].get("command").is_none());
    let lens = client.call("codeLens/resolve", found[0].clone());
    assert_eq!(lens["command"]["title"], "3 mentions · 1 claim", "{lens}");
    assert_eq!(lens["command"]["command"], "dispatch.showReferences");
    let arguments = lens["command"]["arguments"].as_array().unwrap();
    assert_eq!(arguments[0], doc.uri.as_str());
    assert_eq!(arguments[1], json!({ "line": 2, "character": 0 }));
    assert_eq!(arguments[2].as_array().unwrap().len(), 4);
    assert_eq!(span(&arguments[2][0]["range"]), "5:3-5:23");
    assert_eq!(client.call("codeLens/resolve", found[1].clone())["command"]["title"], "0 mentions · 0 claims");
    // A lens whose dispatch has moved says nothing.
    client.edit(&doc, "Preamble.\n", "Preamble.\n\n");
    assert_eq!(client.call("codeLens/resolve", found[0].clone()), found[0]);
}

#[test]
fn lenses_for_those_who_cannot_show_places_and_for_those_who_want_none() {
    let mut client = Client::start();
    let doc = client.open("talks.txt", TALKS);
    let found = client.call("textDocument/codeLens", client.whole(&doc));
    let lens = client.call("codeLens/resolve", found[0].clone());
    assert_eq!(lens["command"], json!({ "title": "3 mentions · 1 claim", "command": "" }));
    drop(client);
    let mut client = Setup::new().configuration(json!({ "lenses": { "dispatches": false } })).start();
    let doc = client.open("talks.txt", TALKS);
    client.diagnostics(&doc);
    assert_eq!(client.call("textDocument/codeLens", client.whole(&doc)), json!([]));
}

/// `person unlisted "Ilse Varga"` for each token, read back from the numbers.
fn tokens(client: &Client, text: &str, answer: &Value) -> Vec<String> {
    let legend = &client.server["capabilities"]["semanticTokensProvider"]["legend"];
    let numbers: Vec<u64> = answer["data"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
    let (mut line, mut column) = (0, 0);
    let lines: Vec<Vec<u16>> = text.lines().map(|line| line.encode_utf16().collect()).collect();
    let read = |token: &[u64]| {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let units = &lines[line as usize][column as usize..(column + token[2]) as usize];
        let bits = (0..32).filter(|bit| token[4] >> bit & 1 == 1);
        let mut names = vec![legend["tokenTypes"][token[3] as usize].as_str().unwrap().to_owned()];
        names.extend(bits.map(|bit| legend["tokenModifiers"][bit].as_str().unwrap().to_owned()));
        format!("{} {:?}", names.join(" "), String::from_utf16(units).unwrap())
    };
    numbers.chunks(5).map(read).collect()
}

#[test]
fn colours_of_the_prose() {
    let mut client = Setup::new().capabilities(able()).start();
    let doc = client.open("talks.txt", TALKS);
    let answer = client.call("textDocument/semanticTokens/full", client.whole(&doc));
    let found = tokens(&client, TALKS, &answer);
    let prose = [
        "person unlisted \"Ilse Varga\"",
        "date resolved \"Friday\"",
        "person unlisted resolved \"Varga\"",
        "cue \"claimed\"",
        "government listed \"Iran\"",
        "hedge \"may\"",
    ];
    assert_eq!(found[found.len() - 6..], prose);
    let mut params = client.whole(&doc);
    params["range"] = json!({ "start": { "line": 3, "character": 0 }, "end": { "line": 4, "character": 0 } });
    let answer = client.call("textDocument/semanticTokens/range", params);
    assert_eq!(tokens(&client, TALKS, &answer), prose);
}

/// Tokens lie over each other only for those who can show that.
#[test]
fn colours_that_lie_over_each_other() {
    let text = "=== FILE: a ===\n\n“Ilse Varga left,” he said.\n";
    let mut capabilities = able();
    capabilities["textDocument"]["semanticTokens"]["overlappingTokenSupport"] = json!(true);
    for (capabilities, wanted) in [
        (able(), ["quotation \"“\"", "person unlisted \"Ilse Varga\"", "quotation \"left,”\""].as_slice()),
        (capabilities, &["quotation \"“Ilse Varga left,”\"", "person unlisted \"Ilse Varga\""]),
    ] {
        let mut client = Setup::new().capabilities(capabilities).start();
        let doc = client.open("talks.txt", text);
        let answer = client.call("textDocument/semanticTokens/full", client.whole(&doc));
        assert_eq!(tokens(&client, text, &answer)[5..5 + wanted.len()], *wanted);
    }
}

/// Who can ask by range gets all colours that way, and none of a large file at once.
#[test]
fn colours_of_a_large_file() {
    let dispatch = format!("{TALKS}\n{}\n", "It rained. ".repeat(400));
    let text = dispatch.repeat((600 << 10) / dispatch.len());
    let mut client = Setup::new().capabilities(able()).start();
    let doc = client.open("talks.txt", &text);
    assert_eq!(client.call("textDocument/semanticTokens/full", client.whole(&doc)), Value::Null);
    drop(client);
    let mut capabilities = able();
    capabilities["textDocument"]["semanticTokens"]["requests"] = json!({ "range": false, "full": true });
    let mut client = Setup::new().capabilities(capabilities).start();
    let doc = client.open("talks.txt", &text);
    let answer = client.call("textDocument/semanticTokens/full", client.whole(&doc));
    assert!(answer["data"].as_array().unwrap().len() > 5 * 10 * text.matches("FILE").count());
}
