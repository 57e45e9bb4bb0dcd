//! Documents kept in step with the client's, in both position encodings.
//!
//! A case is a text, its edits, and the text after them with its findings marked (see [`crate::marks`]). Only the
//! findings of [`SEEN`] count, so that a case says just what it is about. To add one, add a row in `cases.rs`.

mod cases;

use std::path::Path;

use serde_json::{Value, json};

use self::cases::{CASES, Case, INSIDE_UTF8, INSIDE_UTF16};
use crate::client::Change::{self, Range};
use crate::client::{Client, Setup, file_uri, pulling};
use crate::marks::{self, Encoding, found, lines};
use crate::wire::frame;

/// What is unmistakable: a wrong fence, a wrong keyword.
const SEEN: [&str; 2] = ["F001", "F003"];

#[test]
fn edits_in_utf16() {
    check(Encoding::Utf16, &[CASES, INSIDE_UTF16]);
}

#[test]
fn edits_in_utf8() {
    check(Encoding::Utf8, &[CASES, INSIDE_UTF8]);
}

/// The findings are those marked, and all diagnostics are those of the same text opened afresh.
#[track_caller]
fn check(encoding: Encoding, tables: &[&[Case]]) {
    let mut client = Setup::new().capabilities(pulling()).encoding(encoding).start();
    assert_eq!(client.encoding(), encoding);
    for (number, case) in tables.iter().copied().flatten().enumerate() {
        let (text, expected) = marks::read(case.after, encoding);
        let doc = client.open(&format!("{number}/corpus.txt"), case.before);
        client.pull(&doc);
        for edit in case.edits {
            client.change(&doc, edit);
        }
        assert_eq!(client.text(&doc), text, "{}: the case does not fit itself", case.name);
        let edited = client.pull(&doc);
        let found = marks::only(&SEEN, found(&edited));
        assert_eq!(lines(&found), lines(&expected), "{} ({})", case.name, encoding.name());
        client.close(&doc);
        let fresh = client.open(&format!("{number}/corpus.txt"), &text);
        let fresh = client.pull(&fresh);
        assert_eq!(show(&edited), show(&fresh), "{}: not as opened afresh", case.name);
    }
}

/// One line for each diagnostic.
fn show(diagnostics: &[Value]) -> String {
    diagnostics.iter().map(|one| format!("{} {} {}\n", one["code"], one["range"], one["message"])).collect()
}

#[test]
fn full_replacement() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let doc = client.open("a.txt", "=== FIEL: a.txt ===\n\nOne.\n");
    for text in [
        "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
        "",
        "\u{feff}=== FILE: a.txt ===\r\n\r\nOne.\r\n\r\n⟨F001 ==⟩ FILE: b.txt ===\r\n\r\nTwo.\r\n",
        "A plain text.",
    ] {
        let (text, expected) = marks::read(text, Encoding::Utf16);
        client.replace(&doc, &text);
        assert_eq!(lines(&marks::only(&SEEN, found(&client.pull(&doc)))), lines(&expected), "{text:?}");
    }
    // Followed by a range, in one notification.
    let (text, expected) =
        marks::read("=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b ===\n\nTwo.\n", Encoding::Utf16);
    let whole = Change::Full(text.replace("FIEL", "FILE"));
    client.change(&doc, &[Change::Full("Nothing".to_owned()), whole, Range([4, 4, 4, 8], "FIEL")]);
    assert_eq!(lines(&marks::only(&SEEN, found(&client.pull(&doc)))), lines(&expected));
}

/// Editors in JavaScript send halves of pairs as escapes, one now and the other later. Each is one unit wide.
#[test]
fn halves_of_surrogate_pairs_in_the_text() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let doc = client.open("a.txt", "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b ==\n\nTwo.\n");
    for (version, column, half, expected) in [
        (2, 11, "\\ud83d", "F001 4:13-4:15\n"),
        (3, 12, "\\ude00", "F001 4:14-4:16\n"),
        (4, 13, "\\uDE00\\uD83D!\\\\ud83d", "F001 4:23-4:25\n"),
    ] {
        let of = json!({ "uri": doc.uri, "version": version });
        let start = json!({ "line": 4, "character": column });
        let change = json!({ "range": { "start": start, "end": start }, "text": "HALF" });
        let message = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange",
            "params": { "textDocument": of, "contentChanges": [change] } });
        client.bytes(frame(&message.to_string().replace("HALF", half)));
        assert_eq!(lines(&marks::only(&["F001"], found(&client.pull(&doc)))), expected, "{half}");
    }
}

/// Random edits at random places, wild ones among them: in the end everything is as if opened afresh.
#[test]
fn random_edits() {
    const PUT: [&str; 16] = [
        "",
        "",
        "",
        "x",
        "\n",
        "\r",
        "\r\n",
        "=",
        "== FILE: a ===\n",
        "\n=== FIEL: b ===\n",
        "=== FILE: 😀 ==\r\n",
        "😀",
        "é",
        "\u{2028}",
        "\u{feff}",
        "ملف ",
    ];
    for (seed, encoding) in [(1, Encoding::Utf16), (2, Encoding::Utf8), (3, Encoding::Utf16), (4, Encoding::Utf8)] {
        let mut client = Setup::new().capabilities(pulling()).encoding(encoding).start();
        let mut random = Random(seed);
        let doc = client.open("edited/a.txt", "=== FILE: a.txt ===\n\n😀 One.\r\n\n=== FIEL: 😀b ==\n\nTwo.\n");
        for round in 0..40 {
            for _ in 0..5 {
                let changes: Vec<Change> = (0..1 + random.below(3))
                    .map(|_| {
                        let mut place = || [random.below(12), random.below(24)];
                        let ([line, column], [end_line, end_column]) = (place(), place());
                        let end_line = if random.below(4) == 0 { end_line } else { line };
                        Range([line, column, end_line, end_column], PUT[random.below(PUT.len() as u32) as usize])
                    })
                    .collect();
                client.change(&doc, &changes);
            }
            let text = client.text(&doc).to_owned();
            let fresh = client.open(&format!("{round}/a.txt"), &text);
            let (edited, fresh) = (client.pull(&doc), client.pull(&fresh));
            assert_eq!(show(&edited), show(&fresh), "seed {seed}, round {round}: {text:?}");
        }
    }
}

/// The same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as u32 % end
    }
}

/// `rangeLength` is deprecated and often wrong: the range counts.
#[test]
fn range_length_is_ignored() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let doc = client.open("a.txt", "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n");
    let range = json!({ "start": { "line": 4, "character": 4 }, "end": { "line": 4, "character": 8 } });
    let change = json!({ "range": range, "rangeLength": 999, "text": "FIEL" });
    let of = json!({ "uri": doc.uri, "version": 2 });
    client.notify("textDocument/didChange", json!({ "textDocument": of, "contentChanges": [change] }));
    assert_eq!(lines(&marks::only(&SEEN, found(&client.pull(&doc)))), "F003 4:4-4:8\n");
}

#[test]
fn encodings_are_negotiated() {
    for (offered, agreed) in [
        (json!(["utf-8", "utf-16", "utf-32"]), "utf-8"),
        (json!(["utf-16", "utf-8"]), ""),
        (json!(["utf-16"]), "utf-16"),
        (json!(["utf-7", "EBCDIC"]), "utf-16"),
        (json!([]), "utf-16"),
    ] {
        let mut capabilities = pulling();
        capabilities["general"] = json!({ "positionEncodings": offered });
        let client = Setup::new().capabilities(capabilities).start();
        // Either of two that the client offers may be taken.
        if !agreed.is_empty() {
            assert_eq!(client.encoding().name(), agreed, "{offered}");
        }
    }
    let mut capabilities = pulling();
    capabilities.as_object_mut().unwrap().remove("general");
    assert_eq!(Setup::new().capabilities(capabilities).start().encoding(), Encoding::Utf16);
}

/// The order of the wire counts; a version that goes back or jumps is the client's affair.
#[test]
fn versions_of_any_kind() {
    let mut client = Client::start();
    let doc = client.open("a.txt", "=== FILE: a.txt ===\n\nOne.\n\n=== FIEL: b.txt ===\n\nTwo.\n");
    client.diagnostics(&doc);
    for version in [1_000_000, 7, 7, -3, 0, 2147483647] {
        let of = json!({ "uri": doc.uri, "version": version });
        let start = json!({ "line": 2, "character": 0 });
        let change = json!({ "range": { "start": start, "end": start }, "text": "Line.\n" });
        client.notify("textDocument/didChange", json!({ "textDocument": of, "contentChanges": [change] }));
    }
    let last = client.published(&doc.uri, "version 2147483647", |params| params["version"] == 2147483647);
    assert_eq!(lines(&marks::only(&SEEN, found(&last))), "F003 10:4-10:8\n");
    // Nothing but a new version.
    let of = json!({ "uri": doc.uri, "version": 8 });
    client.notify("textDocument/didChange", json!({ "textDocument": of, "contentChanges": [] }));
    assert_eq!(client.published(&doc.uri, "version 8", |params| params["version"] == 8), last);
}

/// One file has many names; the client hears its own.
#[test]
fn uris_that_mean_the_same() {
    let mut client = Client::start();
    let doc =
        client.open("file:///c%3A/corpora/a%20b.txt", "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n");
    let of = json!({ "uri": "file:///C:/corpora/a%20b.txt", "version": 2 });
    let range = json!({ "start": { "line": 4, "character": 4 }, "end": { "line": 4, "character": 8 } });
    let change = json!({ "range": range, "text": "FIEL" });
    client.notify("textDocument/didChange", json!({ "textDocument": of, "contentChanges": [change] }));
    let last = client.published(&doc.uri, "version 2", |params| params["version"] == 2);
    assert_eq!(lines(&marks::only(&SEEN, found(&last))), "F003 4:4-4:8\n");
}

#[test]
fn uris_of_other_kinds() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let text = "=== FILE: a.txt ===\n\nOne.\n\n=== FIEL: b.txt ===\n\nTwo.\n";
    for uri in [
        "untitled:Untitled-1",
        "git:/a/b.txt?%7B%22ref%22%3A%22%22%7D",
        "vscode-notebook-cell:/a.ipynb#W0sZ",
        "file:///a%F0%9F%98%80/%D8%AE%D8%A8%D8%B1.txt",
        "file://server/share/a.txt",
        "file:///",
    ] {
        let item = json!({ "uri": uri, "languageId": "dispatch", "version": 1, "text": text });
        client.notify("textDocument/didOpen", json!({ "textDocument": item }));
        let report = client.call("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
        let found = marks::only(&SEEN, found(report["items"].as_array().unwrap()));
        assert_eq!(lines(&found), "F003 4:4-4:8\n", "{uri}");
    }
    assert_eq!(file_uri(Path::new("/a b/é")), "file:///a%20b/%C3%A9");
}
