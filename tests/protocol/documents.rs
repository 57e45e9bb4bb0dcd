//! Documents kept in step with the client's, in both position encodings.
//!
//! A case is a text, its edits, and the text after them with its findings marked (see [`crate::marks`]). Only the
//! findings of [`SEEN`] count, so that a case says just what it is about. To add one, add a row.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Change, Client, Setup, file_uri, pulling};
use crate::marks::{self, Encoding, found, lines};
use crate::wire::frame;

/// What is unmistakable: a wrong fence, a wrong keyword.
const SEEN: [&str; 2] = ["F001", "F003"];

struct Case {
    name: &'static str,
    before: &'static str,
    /// One notification each.
    edits: &'static [&'static [Change]],
    after: &'static str,
}

use Change::{Range, Text};

/// The same in both encodings.
const CASES: &[Case] = &[
    Case {
        name: "a word is replaced",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[Text("FILE: b", "FIEL: b")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "a finding is repaired, and another made",
        before: "=== FIEL: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n\n=== FILE: c.txt ===\n\nThree.\n",
        edits: &[&[Text("FIEL", "FILE")], &[Text("=== FILE: b", "== FILE: b")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n⟨F001 ==⟩ FILE: b.txt ===\n\nTwo.\n\n=== FILE: c.txt ===\n\nThree.\n",
    },
    Case {
        name: "typed letter by letter",
        before: "=== FILE: a.txt ===\n\nOne.\n\n\n\nTwo.\n",
        edits: &[
            &[Range([4, 0, 4, 0], "=")],
            &[Range([4, 1, 4, 1], "=")],
            &[Range([4, 2, 4, 2], "=")],
            &[Range([4, 3, 4, 3], " ")],
            &[Range([4, 4, 4, 4], "F")],
            &[Range([4, 5, 4, 5], "I")],
            &[Range([4, 6, 4, 6], "E")],
            &[Range([4, 7, 4, 7], "L")],
            &[Range([4, 8, 4, 8], ":")],
            &[Range([4, 9, 4, 9], " ")],
            &[Range([4, 10, 4, 10], "b")],
            &[Range([4, 11, 4, 11], " ")],
            &[Range([4, 12, 4, 12], "===")],
        ],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b ===\n\nTwo.\n",
    },
    Case {
        name: "several changes in one notification, each on the text after the one before",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[
            Range([2, 0, 2, 0], "Line.\nLine.\n"),
            Range([6, 4, 6, 8], "FIEL"),
            Range([2, 0, 3, 0], ""),
            Range([5, 10, 5, 15], "c"),
        ]],
        after: "=== FILE: a.txt ===\n\nLine.\nOne.\n\n=== ⟨F003 FIEL⟩: c ===\n\nTwo.\n",
    },
    Case {
        name: "lines are joined and split",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FIEL: b.txt ===\n\nTwo.\n\n=== FILE: c.txt ===\n\nThree.\n",
        edits: &[&[Range([2, 4, 3, 0], " ")], &[Range([2, 4, 2, 5], "\n\n\n")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n\n=== FILE: c.txt ===\n\nThree.\n",
    },
    Case {
        name: "CR LF",
        before: "=== FILE: a.txt ===\r\n\r\nOne.\r\n\r\n=== FILE: b.txt ===\r\n\r\nTwo.\r\n",
        edits: &[&[Text("One.", "One.\r\nAnd more.")], &[Range([5, 4, 5, 8], "FIEL")]],
        after: "=== FILE: a.txt ===\r\n\r\nOne.\r\nAnd more.\r\n\r\n=== ⟨F003 FIEL⟩: b.txt ===\r\n\r\nTwo.\r\n",
    },
    Case {
        name: "behind the end of a line with CR LF is before the CR",
        before: "=== FILE: a.txt ===\r\n\r\nOne.\r\n\r\n=== FILE: b.txt ==\r\n\r\nTwo.\r\n\r\n=== FIEL: c ===\r\n\r\nThree.\r\n",
        edits: &[&[Range([4, 18, 4, 18], "=")], &[Range([8, 15, 8, 99], "")], &[Range([2, 99, 2, 999], "\r\n")]],
        after: "=== FILE: a.txt ===\r\n\r\nOne.\r\n\r\n\r\n=== FILE: b.txt ===\r\n\r\nTwo.\r\n\r\n=== ⟨F003 FIEL⟩: c ===\r\n\r\nThree.\r\n",
    },
    Case {
        name: "a lone CR is a line break, and a LF behind it makes one of two",
        before: "=== FILE: a.txt ===\n\nOne.\rMore.\r\rYet more.\n\n=== FIEL: b.txt ===\n\nTwo.\n",
        edits: &[&[Range([5, 0, 5, 3], "Still")], &[Range([4, 0, 4, 0], "\n")], &[Range([7, 10, 7, 15], "c")]],
        after: "=== FILE: a.txt ===\n\nOne.\rMore.\r\n\rStill more.\n\n=== ⟨F003 FIEL⟩: c ===\n\nTwo.\n",
    },
    Case {
        name: "what LSP does not count as line breaks",
        before: "=== FILE: a.txt ===\n\nA\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[Range([4, 4, 4, 8], "FIEL")]],
        after: "=== FILE: a.txt ===\n\nA\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "a BOM is the first character",
        before: "\u{feff}=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[Text("FILE: a", "FIEL: a")], &[Text("\u{feff}", "")], &[Range([0, 0, 0, 0], "\u{feff}")]],
        after: "\u{feff}=== ⟨F003 FIEL⟩: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "astral characters",
        before: "=== FILE: 😀𝒜.txt ===\n\nOne 😀.\n\n=== FILE: b😀.txt ===\n\nTwo.\n\n=== FILE: c ===\n\nThree.\n",
        edits: &[
            &[Text("b😀.txt ===", "b😀.txt ==")],
            &[Text("One 😀.", "𝒜 😀 one.\n😀.")],
            &[Text("𝒜.txt", "𝒜𝒜.txt")],
        ],
        after: "=== FILE: 😀𝒜𝒜.txt ===\n\n𝒜 😀 one.\n😀.\n\n=== FILE: b😀.txt ⟨F001 ==⟩\n\nTwo.\n\n=== FILE: c ===\n\nThree.\n",
    },
    Case {
        name: "right-to-left text",
        before: "=== FILE: خبر.txt ===\n\nقال الوزير.\n\n=== FILE: ידיעה.txt ===\n\nשלום.\n\n=== FILE: c ===\n\nThree.\n",
        edits: &[
            &[Text("ידיעה.txt ===", "ידיעה.txt ==")],
            &[Text("قال", "وقال")],
            &[Text("خبر.txt ===", "خبر.txt ==")],
        ],
        after: "=== FILE: خبر.txt ⟨F001 ==⟩\n\nوقال الوزير.\n\n=== FILE: ידיעה.txt ⟨F001 ==⟩\n\nשלום.\n\n=== FILE: c ===\n\nThree.\n",
    },
    Case {
        name: "a range that ends before it starts",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===\n\nTwo.\n",
        edits: &[&[Range([4, 8, 4, 4], "FIEL")], &[Range([3, 0, 2, 4], "\nMore.\n")]],
        after: "=== FILE: a.txt ===\n\nOne.\nMore.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "a line behind the last is the end",
        before: "=== FILE: a.txt ===\n\nOne.\n",
        edits: &[
            &[Range([999, 7, 1000, 0], "\n=== FIEL: b.txt ===\n\nTwo.\n")],
            &[Range([2147483647, 2147483647, 2147483647, 2147483647], "More.\n")],
        ],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\nMore.\n",
    },
    Case {
        name: "all of it, by a range that is too long",
        before: "=== FIEL: a.txt ===\n\nOne.\n",
        edits: &[&[Range([0, 0, 2147483647, 0], "=== FILE: a.txt ===\n\nOne.\n\n=== FIEL: b.txt ===\n\nTwo.\n")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "no final newline",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ===",
        edits: &[&[Range([4, 18, 4, 19], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b.txt ⟨F001 ==⟩",
    },
    Case {
        name: "from nothing",
        before: "",
        edits: &[
            &[Range([0, 0, 0, 0], "=== FIEL: b.txt ===\n\nTwo.\n")],
            &[Range([0, 0, 0, 0], "=== FILE: a.txt ===\n\nOne.\n\n")],
        ],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== ⟨F003 FIEL⟩: b.txt ===\n\nTwo.\n",
    },
    Case {
        name: "to nothing",
        before: "=== FIEL: a.txt ===\n\nOne.\n",
        edits: &[&[Range([0, 0, 3, 0], "")], &[Range([0, 0, 0, 0], "")], &[Range([0, 5, 0, 0], "")]],
        after: "",
    },
];

/// Positions inside a character: its start. Columns depend on the encoding.
const INSIDE_UTF16: &[Case] = &[
    Case {
        name: "from the middle of a pair",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀𝒜b ==\n\nTwo.\n",
        edits: &[&[Range([4, 11, 4, 12], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 𝒜b ⟨F001 ==⟩\n\nTwo.\n",
    },
    Case {
        name: "to the middle of a pair",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀𝒜b ==\n\nTwo.\n",
        edits: &[&[Range([4, 10, 4, 11], "")], &[Range([4, 11, 4, 13], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 𝒜b ⟨F001 ==⟩\n\nTwo.\n",
    },
    Case {
        name: "into the middle of a pair",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀b ==\n\nTwo.\n",
        edits: &[&[Range([4, 11, 4, 11], "xy")], &[Range([4, 10, 4, 12], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀b ⟨F001 ==⟩\n\nTwo.\n",
    },
];

const INSIDE_UTF8: &[Case] = &[
    Case {
        name: "from the middle of a character",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀éb ==\n\nTwo.\n",
        edits: &[&[Range([4, 13, 4, 14], "")], &[Range([4, 11, 4, 12], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: b ⟨F001 ==⟩\n\nTwo.\n",
    },
    Case {
        name: "into the middle of a character",
        before: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀b ==\n\nTwo.\n",
        edits: &[&[Range([4, 12, 4, 13], "xy")], &[Range([4, 10, 4, 12], "")]],
        after: "=== FILE: a.txt ===\n\nOne.\n\n=== FILE: 😀b ⟨F001 ==⟩\n\nTwo.\n",
    },
];

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
