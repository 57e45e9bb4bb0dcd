//! Who is in a corpus file, and when things happen.

use serde_json::{Value, json};

use crate::client::{Client, Doc};
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
