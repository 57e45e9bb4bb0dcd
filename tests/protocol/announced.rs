//! What the server announces it answers, whatever the document and the place.
//!
//! Whether the answers are right is for other tests; here they have to come, in the form of the protocol.

use serde_json::{Value, json};

use crate::client::{Client, Doc, PATIENCE, Setup, pulling};
use crate::marks::Encoding;

/// Capability, the request it stands for, and the parameters beside the document.
/// `POSITION` and `RANGE` stand for places in it.
const REQUESTS: &[(&str, &str, &str)] = &[
    ("/hoverProvider", "textDocument/hover", r#"{"position":"POSITION"}"#),
    ("/completionProvider", "textDocument/completion", r#"{"position":"POSITION"}"#),
    ("/documentSymbolProvider", "textDocument/documentSymbol", "{}"),
    ("/codeActionProvider", "textDocument/codeAction", r#"{"range":"RANGE","context":{"diagnostics":[]}}"#),
    ("/foldingRangeProvider", "textDocument/foldingRange", "{}"),
    ("/selectionRangeProvider", "textDocument/selectionRange", r#"{"positions":["POSITION"]}"#),
    ("/documentLinkProvider", "textDocument/documentLink", "{}"),
    ("/documentFormattingProvider", "textDocument/formatting", r#"{"options":{"tabSize":4,"insertSpaces":true}}"#),
    (
        "/documentRangeFormattingProvider",
        "textDocument/rangeFormatting",
        r#"{"range":"RANGE","options":{"tabSize":4,"insertSpaces":true}}"#,
    ),
    ("/linkedEditingRangeProvider", "textDocument/linkedEditingRange", r#"{"position":"POSITION"}"#),
    ("/semanticTokensProvider/range", "textDocument/semanticTokens/range", r#"{"range":"RANGE"}"#),
    ("/semanticTokensProvider/full", "textDocument/semanticTokens/full", "{}"),
    ("/inlayHintProvider", "textDocument/inlayHint", r#"{"range":"RANGE"}"#),
    ("/definitionProvider", "textDocument/definition", r#"{"position":"POSITION"}"#),
    (
        "/referencesProvider",
        "textDocument/references",
        r#"{"position":"POSITION","context":{"includeDeclaration":true}}"#,
    ),
    ("/callHierarchyProvider", "textDocument/prepareCallHierarchy", r#"{"position":"POSITION"}"#),
    ("/documentHighlightProvider", "textDocument/documentHighlight", r#"{"position":"POSITION"}"#),
    ("/codeLensProvider", "textDocument/codeLens", "{}"),
    ("/diagnosticProvider", "textDocument/diagnostic", "{}"),
];

/// Capabilities that are no request about a document, or that others test.
const NO_REQUESTS: &[&str] = &[
    "positionEncoding",
    "textDocumentSync",
    "workspace",
    "workspaceSymbolProvider",
    "executeCommandProvider",
    "experimental",
];

const NEWS: &str = "=== FILE: a.txt ===\ndate: 2024-12-01\nurl: https://example.org/a\ntitle: 😀 First\n\nFirst.\n\n\
    === FIEL: خبر.txt ===\n date 2024-12-02 Second.\n\n== FILE: a.txt ===\nAn end without end";

const TEXTS: &[&str] = &[
    NEWS,
    "",
    "\n",
    "\r",
    "\u{feff}",
    "=== FILE: ",
    "===",
    "no delimiter at all",
    "=== FILE: a ===\r\n\r\nOne.\r\n=== END FILE ===\r\n",
    "<DOC id=\"a\">\n<TEXT>\nOne.\n</TEXT>\n</DOC>\n",
    "\u{0}\u{1}\u{fffd}\u{2028}\u{202e}=== FILE: \u{200b}x ===\n",
];

fn fill(params: &str, doc: &Doc, [line, column]: [u32; 2]) -> Value {
    let position = json!({ "line": line, "character": column });
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": position });
    let filled = params.replace("\"POSITION\"", &position.to_string()).replace("\"RANGE\"", &range.to_string());
    let mut filled: Value = serde_json::from_str(&filled).unwrap();
    filled["textDocument"] = json!({ "uri": doc.uri });
    filled
}

fn announced(client: &Client) -> Vec<(&'static str, &'static str)> {
    let capabilities = &client.server["capabilities"];
    let is_there = |at: &str| capabilities.pointer(at).is_some_and(|value| !value.is_null() && *value != json!(false));
    REQUESTS.iter().filter(|(at, ..)| is_there(at)).map(|(_, method, params)| (*method, *params)).collect()
}

/// Asks everything that is announced at one place; whatever is wrong with the answers fails the test.
#[track_caller]
fn ask_all(client: &mut Client, doc: &Doc, place: [u32; 2]) {
    let ids: Vec<_> = announced(client)
        .into_iter()
        .map(|(method, params)| client.request(method, fill(params, doc, place)))
        .collect();
    for id in ids {
        client.wait(&id);
    }
}

#[test]
fn every_capability_is_in_the_table() {
    let client = Setup::new().capabilities(pulling()).start();
    for name in client.server["capabilities"].as_object().unwrap().keys() {
        let known =
            REQUESTS.iter().any(|(at, ..)| at.split('/').nth(1) == Some(name)) || NO_REQUESTS.contains(&&**name);
        assert!(known, "{name}: add it to a table of these tests");
    }
}

#[test]
fn everywhere_in_a_corpus() {
    for encoding in [Encoding::Utf16, Encoding::Utf8] {
        let mut client = Setup::new().capabilities(pulling()).encoding(encoding).start();
        let doc = client.open("a.txt", NEWS);
        for (line, text) in NEWS.lines().enumerate() {
            for column in [0, 4, 11, text.len() as u32 / 2, text.len() as u32] {
                ask_all(&mut client, &doc, [line as u32, column]);
            }
        }
    }
}

/// A client that knows next to nothing gets nothing that it does not know (see [`crate::offered`]).
#[test]
fn for_a_client_of_little_words() {
    let mut client = Setup::new().capabilities(json!({})).start();
    let doc = client.open("a.txt", NEWS);
    for (line, text) in NEWS.lines().enumerate() {
        for column in [0, 4, text.len() as u32] {
            ask_all(&mut client, &doc, [line as u32, column]);
        }
    }
}

#[test]
fn in_every_odd_text_and_behind_its_end() {
    let mut client = Setup::new().capabilities(pulling()).start();
    for (number, text) in TEXTS.iter().enumerate() {
        let doc = client.open(&format!("{number}.txt"), text);
        for place in [[0, 0], [0, 3], [0, 2147483647], [2147483647, 0], [2147483647, 2147483647]] {
            ask_all(&mut client, &doc, place);
        }
    }
}

/// The editor may ask before it opens, and after it has closed.
#[test]
fn in_documents_that_are_not_open() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let doc = client.open("a.txt", NEWS);
    client.close(&doc);
    for (method, params) in announced(&client) {
        let id = client.request(method, fill(params, &doc, [0, 0]));
        if let Err(failure) = client.answer(&id, *PATIENCE) {
            assert_ne!(failure.code, -32603, "{method}: {failure:?}");
            assert_ne!(failure.code, -32601, "{method}: {failure:?}");
        }
    }
}

/// A range may be given the wrong way round.
#[test]
fn ranges_that_end_before_they_start() {
    let mut client = Setup::new().capabilities(pulling()).start();
    let doc = client.open("a.txt", NEWS);
    let range = r#"{"start":{"line":7,"character":9},"end":{"line":2,"character":1}}"#;
    for (method, params) in announced(&client) {
        let id = client.request(method, fill(&params.replace("\"RANGE\"", range), &doc, [0, 0]));
        if let Err(failure) = client.answer(&id, *PATIENCE) {
            assert_eq!(failure.code, -32602, "{method}: {failure:?}");
        }
    }
}

#[test]
fn what_is_not_announced_is_refused() {
    let mut client = Client::start();
    let doc = client.open("a.txt", NEWS);
    for method in ["textDocument/typeDefinition", "textDocument/signatureHelp", "textDocument/prepareTypeHierarchy"] {
        let position = client.place(&doc, 0, 0);
        assert_eq!(client.call_error(method, position).code, -32601, "{method}");
    }
}
