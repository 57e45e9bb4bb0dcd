//! Who is in a corpus file, and when things happen.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Client, Doc, PATIENCE, Setup, file_uri, usual};
use crate::marks::place;

const TALKS: &str = "\
=== FILE: 🌀.txt ===
date: 2024-12-01

🌀 President Ilse Varga left on Friday. Varga said the port of Kenya was open.

=== FILE: b.txt ===
date: 2024-12-02

Ilse Varga came back on Sunday.
";

fn at(client: &Client, doc: &Doc, what: &str) -> Value {
    let (line, column) = place(TALKS, TALKS.find(what).expect("it is there"), client.encoding());
    json!({ "textDocument": { "uri": doc.uri }, "position": { "line": line, "character": column } })
}

#[test]
fn actors_of_a_file() {
    let mut client = Client::start();
    let doc = client.open("talks.txt", TALKS);
    let found = client.call("dispatch/actors", client.whole(&doc));
    assert_eq!(found["complete"], true);
    let varga = &found["actors"][0];
    assert_eq!(varga["name"], "Ilse Varga", "{found}");
    assert_eq!((&varga["kind"], &varga["id"], &varga["listed"]), (&json!("person"), &Value::Null, &json!(false)));
    assert_eq!((&varga["detail"], &varga["claims"]), (&json!("President"), &json!(1)));
    let first = json!({
        "range": { "start": { "line": 3, "character": 3 }, "end": { "line": 3, "character": 23 } },
        "text": "President Ilse Varga",
        "dispatch": "🌀.txt",
    });
    assert_eq!(varga["mentions"][0], first);
    assert_eq!(varga["mentions"].as_array().unwrap().len(), 3);
    let kenya = &found["actors"][1];
    assert_eq!((&kenya["kind"], &kenya["id"], &kenya["listed"]), (&json!("government"), &json!("kenya"), &json!(true)));

    let nowhere = json!({ "textDocument": { "uri": "file:///nowhere.txt" } });
    assert_eq!(client.call("dispatch/actors", nowhere), Value::Null);
}

#[test]
fn dates_of_a_dispatch() {
    let mut client = Client::start();
    let doc = client.open("talks.txt", TALKS);
    let first = client.call("dispatch/timeline", at(&client, &doc, "Varga said"));
    let expected = json!({ "dispatch": "🌀.txt", "date": "2024-12-01", "entries": [{
        "value": "2024-11-29", "label": "Friday, 29 November 2024", "text": "Friday", "kind": "DATE",
        "range": { "start": { "line": 3, "character": 32 }, "end": { "line": 3, "character": 38 } },
        "sentence": "🌀 President Ilse Varga left on Friday.",
    }] });
    assert_eq!(first, expected);
    let second = client.call("dispatch/timeline", at(&client, &doc, "b.txt"));
    assert_eq!(second["entries"][0]["value"], "2024-12-01", "{second}");
}

#[test]
fn references_in_all_open_files() {
    let mut client = Client::start();
    let doc = client.open("talks.txt", TALKS);
    let other = client.open("other.txt", "Nobody knew Ilse Varga.\n");
    let mut question = at(&client, &doc, "Varga said");
    question["context"] = json!({ "includeDeclaration": false });
    let found = client.call("textDocument/references", question);
    let places: Vec<(&str, u64)> = found.as_array().unwrap().iter().map(place_of).collect();
    let [here, there] = [doc.uri.as_str(), other.uri.as_str()];
    assert_eq!(places, [(here, 3), (here, 3), (here, 8), (there, 0)], "{found}");
}

fn place_of(location: &Value) -> (&str, u64) {
    (location["uri"].as_str().unwrap(), location["range"]["start"]["line"].as_u64().unwrap())
}

#[test]
fn actors_by_their_names() {
    let mut client = Client::start();
    let doc = client.open("talks.txt", TALKS);
    let found = client.call("workspace/symbol", json!({ "query": "varg" }));
    assert_eq!((found[0]["name"].as_str(), found[0]["containerName"].as_str()), (Some("Ilse Varga"), Some("🌀.txt")));
    assert_eq!(place_of(&found[0]["location"]), (doc.uri.as_str(), 3), "{found}");
    client.close(&doc);
    assert_eq!(client.call("workspace/symbol", json!({ "query": "varg" })), Value::Null);
}

#[test]
fn who_said_what() {
    let mut client = Client::start();
    let doc = client.open("talks.txt", TALKS);
    let items = client.call("textDocument/prepareCallHierarchy", at(&client, &doc, "Varga came"));
    assert_eq!(items[0]["name"], "Ilse Varga", "{items}");
    let about = client.call("callHierarchy/incomingCalls", json!({ "item": items[0] }));
    assert_eq!(about, json!([]));
    let by = client.call("callHierarchy/outgoingCalls", json!({ "item": items[0] }));
    assert_eq!(by[0]["to"]["name"], "Kenya", "{by}");
    assert_eq!(
        by[0]["fromRanges"],
        json!([
            { "start": { "line": 3, "character": 46 }, "end": { "line": 3, "character": 50 } }
        ])
    );
    let about = client.call("callHierarchy/incomingCalls", json!({ "item": by[0]["to"] }));
    assert_eq!((&about[0]["from"]["name"], &about[0]["fromRanges"]), (&json!("Ilse Varga"), &by[0]["fromRanges"]));

    // An item is good for whoever it names, also after an edit; and it may have lost what it came with.
    client.edit(&doc, "🌀 President", "President");
    let by = client.call("callHierarchy/outgoingCalls", json!({ "item": items[0] }));
    assert_eq!(by[0]["fromRanges"][0]["start"]["character"], 43, "{by}");
    let mut bare = items[0].clone();
    bare.as_object_mut().unwrap().remove("data");
    assert_eq!(client.call("callHierarchy/outgoingCalls", json!({ "item": bare })), json!([]));
}

#[test]
fn symbols_in_dispatches_for_clients_that_nest() {
    let mut client = Client::start();
    let doc = client.open("talks.txt", TALKS);
    let found = client.call("textDocument/documentSymbol", client.whole(&doc));
    let names: Vec<&str> =
        found[0]["children"].as_array().unwrap().iter().map(|child| child["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Ilse Varga", "Kenya", "Ilse Varga said the port of Kenya was open"], "{found}");

    let mut capabilities = usual();
    capabilities["textDocument"]["documentSymbol"] = json!({});
    let mut client = Setup::new().capabilities(capabilities).start();
    let doc = client.open("talks.txt", TALKS);
    let found = client.call("textDocument/documentSymbol", client.whole(&doc));
    assert_eq!(found.as_array().unwrap().len(), 2, "{found}");
}

/// Asks until the answer is as it should be.
fn ask_until(client: &mut Client, method: &str, params: &Value, is_there: impl Fn(&Value) -> bool) -> Value {
    let deadline = Instant::now() + *PATIENCE;
    loop {
        let answer = client.call(method, params.clone());
        if is_there(&answer) {
            return answer;
        }
        assert!(Instant::now() < deadline, "{method}: {answer}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// From the text to the line of the actors file, and from there to who said what in the corpora that are open.
#[test]
fn there_and_back_between_a_corpus_and_its_actors_file() {
    let held = tempfile::tempdir().unwrap();
    let root = held.path().canonicalize().unwrap();
    let record = "{\"id\":\"ilse-varga\",\"kind\":\"person\",\"name\":\"Ilse Varga\"}\n";
    std::fs::write(root.join("talks.txt"), TALKS).unwrap();
    std::fs::write(root.join("actors.jsonl"), record).unwrap();
    let mut client = Setup::new().folder(&root).start();
    let corpus = client.open(&file_uri(&root.join("talks.txt")), TALKS);
    let uri = file_uri(&root.join("actors.jsonl"));
    let start = json!({ "line": 0, "character": 0 });
    let line = json!({ "uri": uri, "range": { "start": start, "end": start } });

    let mention = at(&client, &corpus, "Varga said");
    ask_until(&mut client, "textDocument/definition", &mention, |found| *found == line);
    let mut question = mention;
    for (wanted, places) in [(true, 4), (false, 3)] {
        question["context"] = json!({ "includeDeclaration": wanted });
        let found = client.call("textDocument/references", question.clone());
        assert_eq!((found.as_array().unwrap().len(), found[0] == line), (places, wanted), "{found}");
    }
    let listed = client.call("dispatch/actors", client.whole(&corpus));
    assert_eq!((&listed["actors"][0]["id"], &listed["actors"][0]["listed"]), (&json!("ilse-varga"), &json!(true)));

    let actors = client.open(&uri, record);
    let on_line = client.place(&actors, 0, 50);
    let items = ask_until(&mut client, "textDocument/prepareCallHierarchy", &on_line, |items| !items.is_null());
    assert_eq!((&items[0]["name"], &items[0]["uri"]), (&json!("Ilse Varga"), &json!(corpus.uri)), "{items}");
    let by = client.call("callHierarchy/outgoingCalls", json!({ "item": items[0] }));
    assert_eq!(by[0]["to"]["name"], "Kenya", "{by}");
    // An actors file is no corpus.
    assert_eq!(client.call("dispatch/actors", client.whole(&actors))["actors"], json!([]));
    assert_eq!(client.call("dispatch/timeline", client.place(&actors, 0, 0)), Value::Null);
}

#[test]
fn where_else_an_actor_is_comes_with_a_rest() {
    let mut client = Client::start();
    let doc = client.open("talks.txt", TALKS);
    let question = at(&client, &doc, "Varga came");
    let tells =
        |hover: &Value| hover["contents"]["value"].as_str().unwrap().contains("in 2 dispatches of this file: first");
    ask_until(&mut client, "textDocument/hover", &question, tells);
    client.edit(&doc, "Ilse Varga came", "Ilse Varga, they said, came");
    ask_until(&mut client, "textDocument/hover", &question, tells);
}

/// Nobody waits for what was cancelled, however much there is to read.
#[test]
fn questions_about_a_whole_file_can_be_cancelled() {
    let mut client = Client::start();
    let dispatch =
        |number: usize| format!("=== FILE: {number}.txt ===\n\nIlse Varga said on Friday that she left.\n{number}\n\n");
    let text: String = (0..50_000).map(dispatch).collect();
    let doc = client.open("long.txt", &text);
    client.status(&doc);
    let at_varga = json!({ "textDocument": { "uri": doc.uri }, "position": { "line": 2, "character": 6 } });
    let mut references = at_varga.clone();
    references["context"] = json!({ "includeDeclaration": true });
    for (method, params) in [
        ("dispatch/actors", client.whole(&doc)),
        ("textDocument/references", references),
        ("workspace/symbol", json!({ "query": "" })),
    ] {
        let start = Instant::now();
        let id = client.request(method, params);
        client.cancel(&id);
        assert_eq!(client.wait_error(&id).code, -32800, "{method}");
        // The next question does not wait for it, either.
        client.call("dispatch/timeline", at_varga.clone());
        assert!(start.elapsed() < *PATIENCE / 4, "{method} took {:?}", start.elapsed());
    }
}
