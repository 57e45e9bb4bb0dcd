//! Every request about a document, through the real program; what the answers say is tested in `tests/features`.

use serde_json::{Value, json};

use crate::client::{Client, Doc, Setup, usual};
use crate::marks::{Encoding, place};

const CORPUS: &str = "\
=== FILE: a.txt ===
date: 2024-12-01
title: Storm 🌀 over the coast
url: https://example.org/a

First paragraph.

=== FILE: b.txt ===

 date 2024-12-02 Second.
";

fn at(client: &Client, doc: &Doc, what: &str) -> Value {
    let (line, column) = place(CORPUS, CORPUS.find(what).expect("it is there"), client.encoding());
    json!({ "textDocument": { "uri": doc.uri }, "position": { "line": line, "character": column } })
}

fn started() -> (Client, Doc) {
    let mut client = Client::start();
    let doc = client.open("news.txt", CORPUS);
    (client, doc)
}

/// `line:column-line:column`
fn span(range: &Value) -> String {
    let end = |name: &str| format!("{}:{}", range[name]["line"], range[name]["character"]);
    format!("{}-{}", end("start"), end("end"))
}

#[test]
fn hover() {
    let (mut client, doc) = started();
    let hover = client.call("textDocument/hover", at(&client, &doc, "a.txt"));
    assert_eq!(hover["contents"]["kind"], "markdown");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("**1 of 2**"), "{hover}");
    assert_eq!(span(&hover["range"]), "0:0-0:19");
    assert_eq!(client.call("textDocument/hover", at(&client, &doc, "paragraph")), Value::Null);
}

#[test]
fn hover_in_plain_text_for_those_who_know_nothing_else() {
    let mut capabilities = usual();
    capabilities["textDocument"]["hover"] = json!({ "contentFormat": ["plaintext"] });
    let mut client = Setup::new().capabilities(capabilities).start();
    let doc = client.open("news.txt", CORPUS);
    let hover = client.call("textDocument/hover", at(&client, &doc, "a.txt"));
    assert_eq!(hover["contents"]["kind"], "plaintext");
    assert!(hover["contents"]["value"].as_str().unwrap().contains("dispatch 1 of 2"), "{hover}");
}

#[test]
fn document_symbols() {
    let (mut client, doc) = started();
    let symbols = client.call("textDocument/documentSymbol", client.whole(&doc));
    assert_eq!(symbols[0]["name"], "a.txt", "{symbols}");
    assert_eq!(symbols[0]["detail"], "2024-12-01 · Storm 🌀 over the coast");
    assert_eq!(span(&symbols[1]["selectionRange"]), "7:10-7:15");
    assert_eq!(symbols.as_array().unwrap().len(), 2);
}

#[test]
fn flat_symbols_for_those_who_know_no_others() {
    let mut client = Setup::new().capabilities(json!({})).start();
    let doc = client.open("news.txt", CORPUS);
    let symbols = client.call("textDocument/documentSymbol", client.whole(&doc));
    assert_eq!(symbols[1]["location"]["uri"], doc.uri.as_str(), "{symbols}");
}

#[test]
fn folding_ranges() {
    let (mut client, doc) = started();
    let folds = client.call("textDocument/foldingRange", client.whole(&doc));
    let lines = |fold: &Value| (fold["startLine"].as_u64().unwrap(), fold["endLine"].as_u64().unwrap());
    assert_eq!(folds.as_array().unwrap().iter().map(lines).collect::<Vec<_>>(), [(0, 5), (1, 3), (7, 9)], "{folds}");
    assert_eq!(folds[0]["startCharacter"], 19);
}

#[test]
fn folding_as_the_client_can() {
    let mut capabilities = usual();
    capabilities["textDocument"]["foldingRange"] = json!({ "lineFoldingOnly": true, "rangeLimit": 1 });
    let mut client = Setup::new().capabilities(capabilities).start();
    let doc = client.open("news.txt", CORPUS);
    let folds = client.call("textDocument/foldingRange", client.whole(&doc));
    assert_eq!(folds, json!([{ "startLine": 0, "endLine": 5 }]));
}

#[test]
fn selection_ranges() {
    let (mut client, doc) = started();
    let mut params = at(&client, &doc, "paragraph");
    params["positions"] = json!([params["position"]]);
    let ranges = client.call("textDocument/selectionRange", params);
    assert_eq!(span(&ranges[0]["range"]), "5:6-5:15");
    let mut spans = Vec::new();
    let mut range = &ranges[0];
    while range.is_object() {
        spans.push(span(&range["range"]));
        range = &range["parent"];
    }
    assert_eq!(spans.last().unwrap(), "0:0-10:0", "{spans:?}");
}

#[test]
fn document_links() {
    let (mut client, doc) = started();
    let links = client.call("textDocument/documentLink", client.whole(&doc));
    assert_eq!(links[0]["target"], "https://example.org/a");
    assert_eq!(span(&links[0]["range"]), "3:5-3:26");
    assert_eq!(links.as_array().unwrap().len(), 1);
}

#[test]
fn formatting() {
    let mut client = Client::start();
    let doc =
        client.open("news.txt", "=== FILE: a.txt ===\nTitle:   A\n\nText  text.\n\n=== FILE: b.txt ==\n\nText.\n");
    let mut params = client.whole(&doc);
    params["options"] = json!({ "tabSize": 4, "insertSpaces": true });
    let edits = client.call("textDocument/formatting", params.clone());
    let places: Vec<String> = edits.as_array().unwrap().iter().map(|edit| span(&edit["range"])).collect();
    assert_eq!(places, ["1:0-1:10", "5:16-5:18"], "{edits}");
    params["range"] = json!({ "start": { "line": 5, "character": 0 }, "end": { "line": 5, "character": 3 } });
    let edits = client.call("textDocument/rangeFormatting", params);
    assert_eq!(edits.as_array().unwrap().len(), 1, "{edits}");
}

#[test]
fn linked_editing() {
    let mut client = Client::start();
    let doc = client.open("news.txt", "=== FILE: a.txt ===\n\nText.\n\n=== END FILE: a.txt ===\n");
    let linked = client.call("textDocument/linkedEditingRange", client.place(&doc, 0, 11));
    assert_eq!(span(&linked["ranges"][0]), "0:10-0:15", "{linked}");
    assert_eq!(span(&linked["ranges"][1]), "4:14-4:19", "{linked}");
    assert_eq!(client.call("textDocument/linkedEditingRange", client.place(&doc, 2, 1)), Value::Null);
}

#[test]
fn semantic_tokens() {
    for (encoding, title) in [(Encoding::Utf16, 23), (Encoding::Utf8, 25)] {
        let mut client = Setup::new().encoding(encoding).start();
        let doc = client.open("news.txt", CORPUS);
        let mut params = client.whole(&doc);
        let all = client.call("textDocument/semanticTokens/full", params.clone());
        let data: Vec<u64> = all["data"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect();
        // fence, FILE, colon, name, fence
        assert_eq!(&data[..25], [0, 0, 3, 0, 0, 0, 4, 4, 1, 0, 0, 4, 1, 0, 0, 0, 2, 5, 2, 0, 0, 6, 3, 0, 0]);
        params["range"] = json!({ "start": { "line": 2, "character": 0 }, "end": { "line": 3, "character": 0 } });
        let line = client.call("textDocument/semanticTokens/range", params);
        assert_eq!(line["data"], json!([2, 0, 5, 3, 0, 0, 7, title, 4, 0]));
    }
}

/// Three findings with safe fixes: F003, F001, F023.
const BROKEN: &str = "=== FIEL: a.txt ===\n\nFirst.\n\n=== FILE: b.txt ==\n\nSecond.\n\n=== FILE: c.txt ===\n\nThird.";

fn actions(client: &mut Client, doc: &Doc, line: u32, context: Value) -> Vec<Value> {
    let mut params = client.whole(doc);
    params["range"] = json!({ "start": { "line": line, "character": 5 }, "end": { "line": line, "character": 5 } });
    params["context"] = context;
    client.call("textDocument/codeAction", params).as_array().unwrap().clone()
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().map(|action| action["title"].as_str().unwrap()).collect()
}

#[test]
fn a_quick_fix() {
    let mut client = Client::start();
    let doc = client.open("news.txt", BROKEN);
    let diagnostics = client.diagnostics(&doc);
    let found = actions(&mut client, &doc, 0, json!({ "diagnostics": diagnostics, "only": ["quickfix"] }));
    let fix = found.iter().find(|action| action["title"] == "Write `FILE`").expect("a fix");
    assert_eq!(fix["kind"], "quickfix");
    assert_eq!(fix["isPreferred"], true);
    assert_eq!(fix["diagnostics"][0], *diagnostics.iter().find(|one| one["code"] == "F003").unwrap());
    let change = &fix["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": doc.uri, "version": 1 }));
    assert_eq!(change["edits"][0]["newText"], "FILE");
    assert_eq!(span(&change["edits"][0]["range"]), "0:4-0:8");
}

#[test]
fn fix_all_is_worked_out_when_it_is_wanted() {
    let mut client = Client::start();
    let doc = client.open("news.txt", BROKEN);
    let found = actions(&mut client, &doc, 6, json!({ "diagnostics": [], "only": ["source.fixAll"] }));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["kind"], "source.fixAll.dispatch");
    assert!(found[0].get("edit").is_none(), "{found:?}");
    let resolved = client.call("codeAction/resolve", found[0].clone());
    let edits = resolved["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
    let places: Vec<String> = edits.iter().map(|edit| span(&edit["range"])).collect();
    assert_eq!(places, ["0:4-0:8", "4:16-4:18", "10:6-10:6"], "{resolved}");
}

#[test]
fn an_action_for_another_version_is_refused() {
    let mut client = Client::start();
    let doc = client.open("news.txt", BROKEN);
    let found = actions(&mut client, &doc, 6, json!({ "diagnostics": [], "only": ["source.fixAll.dispatch"] }));
    client.edit(&doc, "First", "Worst");
    let failure = client.call_error("codeAction/resolve", found[0].clone());
    assert_eq!(failure.code, -32801);
    assert!(failure.message.contains("has changed"), "{failure:?}");
}

#[test]
fn a_client_that_cannot_resolve_gets_its_edits_at_once() {
    let mut capabilities = usual();
    capabilities["textDocument"]["codeAction"]["resolveSupport"] = Value::Null;
    capabilities["workspace"]["workspaceEdit"] = json!({});
    let mut client = Setup::new().capabilities(capabilities).start();
    let doc = client.open("news.txt", BROKEN);
    let found = actions(&mut client, &doc, 6, json!({ "diagnostics": [], "only": ["source"] }));
    assert_eq!(found[0]["edit"]["changes"][&doc.uri].as_array().unwrap().len(), 3, "{found:?}");
}

#[test]
fn only_what_was_asked_for() {
    let mut client = Client::start();
    let doc = client.open("news.txt", BROKEN);
    let on_text = actions(&mut client, &doc, 2, json!({ "diagnostics": [], "triggerKind": 2 }));
    assert_eq!(titles(&on_text), ["Fix all that can be fixed safely (3)"]);
    let rewrites = actions(&mut client, &doc, 2, json!({ "diagnostics": [], "only": ["refactor"] }));
    assert!(rewrites.iter().all(|action| action["kind"] == "refactor.rewrite") && rewrites.len() > 5, "{rewrites:?}");
    assert_eq!(actions(&mut client, &doc, 4, json!({ "diagnostics": [], "only": ["refactorings"] })), [Value::Null; 0]);
}

#[test]
fn conversion_and_why_not() {
    let mut capabilities = usual();
    capabilities["textDocument"]["codeAction"]["disabledSupport"] = json!(true);
    let mut client = Setup::new().capabilities(capabilities).start();
    let doc = client.open("news.txt", "=== FILE: a b ===\n\nFirst.\n\n=== FILE: c.txt ===\n\nLast.\n");
    let found = actions(&mut client, &doc, 0, json!({ "diagnostics": [], "only": ["refactor.rewrite"] }));
    let of = |dialect: &str| found.iter().find(|one| one["title"].as_str().unwrap().contains(dialect)).unwrap();
    assert!(of("dialect bare")["disabled"]["reason"].as_str().unwrap().contains("cannot write the name"), "{found:?}");
    let resolved = client.call("codeAction/resolve", of("dialect angle").clone());
    let edits = &resolved["edit"]["documentChanges"][0]["edits"];
    assert_eq!(edits[0]["newText"], "<<<FILE: a b>>>", "{resolved}");
    assert_eq!(edits.as_array().unwrap().len(), 2);
}

/// What takes long shows a bar, and who cancels it there need not wait for the end.
#[test]
fn formatting_and_conversion_can_be_cancelled() {
    let mut client = Client::start();
    let mut left = vec!["textDocument/formatting", "codeAction/resolve"];
    // As many dispatches as take long on this machine.
    for dispatches in [1 << 14, 1 << 16, 1 << 18, 1 << 20] {
        let dispatch = |number| format!("=== FILE:  {number}.txt ===\ndate : 2024-12-01\n\nYes.\n\n");
        let text: String = (0..dispatches).map(dispatch).collect();
        let doc = client.open(&format!("{dispatches}.txt"), &text);
        client.status(&doc);
        left.retain(|method| {
            let params = if *method == "codeAction/resolve" {
                let asked = json!({ "diagnostics": [], "only": ["refactor.rewrite"] });
                let found = actions(&mut client, &doc, 0, asked);
                found.into_iter().find(|one| one["title"].as_str().unwrap().contains("dialect angle")).unwrap()
            } else {
                let mut params = client.whole(&doc);
                params["options"] = json!({ "tabSize": 4, "insertSpaces": true });
                params
            };
            !is_cancelled_at_its_bar(&mut client, method, params)
        });
        if left.is_empty() {
            return;
        }
    }
    panic!("too short to be cancelled: {left:?}");
}

/// Whether a request was cancelled before it was done.
fn is_cancelled_at_its_bar(client: &mut Client, method: &str, params: Value) -> bool {
    let bars = |client: &Client| {
        let all = client.notifications("$/progress").into_iter();
        all.filter(|params| params["value"]["kind"] == "begin").collect::<Vec<_>>()
    };
    let before = bars(client).len();
    let id = client.request(method, params);
    loop {
        if let Some(bar) = bars(client).get(before) {
            client.notify("window/workDoneProgress/cancel", json!({ "token": bar["token"] }));
            let answer = client.answer(&id, *crate::client::PATIENCE);
            return answer.is_err_and(|failure| failure.code == -32800);
        }
        if client.is_answered(&id) {
            client.wait(&id);
            return false;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn completion() {
    let mut client = Client::start();
    let doc = client.open("news.txt", "=== FILE: a-1.txt ===\n\nText with 🌀.\n\n==\n\n=== FILE: b.txt ===\n\n");
    let items = client.call("textDocument/completion", client.place(&doc, 4, 2));
    assert_eq!(items[0]["textEdit"]["newText"], "=== FILE: ${1:a-2.txt} ===", "{items}");
    assert_eq!(items[0]["insertTextFormat"], 2);
    assert_eq!(span(&items[0]["textEdit"]["range"]), "4:0-4:2");
    let keys = client.call("textDocument/completion", client.place(&doc, 7, 0));
    assert_eq!(keys[1]["label"], "date", "{keys}");
    assert_eq!(keys[1]["textEdit"]["newText"], "date: ");
    assert_eq!(client.call("textDocument/completion", client.place(&doc, 2, 3)), json!([]));
}

#[test]
fn completion_without_snippets_and_behind_astral_characters() {
    for (encoding, start, end) in [(Encoding::Utf16, 8, 11), (Encoding::Utf8, 8, 13)] {
        let mut client = Setup::new().capabilities(json!({})).encoding(encoding).start();
        let doc = client.open("news.txt", "=== FILE: a ===\nsource: 🌀x\n\n=== FILE: b ===\nsource: 🌀🌀\n\n=\n");
        let items = client.call("textDocument/completion", client.place(&doc, 1, end));
        assert_eq!(items[0]["textEdit"]["newText"], "🌀🌀", "{items}");
        assert_eq!(span(&items[0]["textEdit"]["range"]), format!("1:{start}-1:{end}"));
        let items = client.call("textDocument/completion", client.place(&doc, 6, 1));
        assert_eq!(items[0]["textEdit"]["newText"], "=== FILE: dispatch-3 ===", "{items}");
        assert_eq!(items[0]["insertTextFormat"], 1);
    }
}

#[test]
fn an_action_that_has_its_edit_stays_as_it_is() {
    let mut client = Client::start();
    let doc = client.open("news.txt", BROKEN);
    let found = actions(&mut client, &doc, 0, json!({ "diagnostics": [], "only": ["quickfix"] }));
    assert_eq!(client.call("codeAction/resolve", found[0].clone()), found[0]);
    let all = actions(&mut client, &doc, 0, json!({ "diagnostics": [], "only": ["source"] }));
    client.close(&doc);
    let failure = client.call_error("codeAction/resolve", all[0].clone());
    assert!(failure.message.contains("not open"), "{failure:?}");
}

const TALKS: &str = "\
=== FILE: 🌀.txt ===
date: 2024-12-01

🌀 President Ilse Varga left on Friday. Varga said the port was open.
";

fn in_talks(client: &Client, doc: &Doc, what: &str) -> Value {
    let (line, column) = place(TALKS, TALKS.find(what).expect("it is there"), client.encoding());
    json!({ "textDocument": { "uri": doc.uri }, "position": { "line": line, "character": column } })
}

#[test]
fn what_is_found_in_the_prose() {
    let mut client = Client::start();
    let doc = client.open("talks.txt", TALKS);
    let mut everything = client.whole(&doc);
    everything["range"] = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = client.call("textDocument/inlayHint", everything);
    assert_eq!(hints[0]["label"][0]["value"], "11-29 Fri", "{hints}");
    assert_eq!(hints[0]["position"]["line"], 3);

    let hover = client.call("textDocument/hover", in_talks(&client, &doc, "Varga said"));
    assert!(hover["contents"]["value"].as_str().unwrap().contains("`Ilse Varga` – person"), "{hover}");

    let highlights = client.call("textDocument/documentHighlight", in_talks(&client, &doc, "Varga said"));
    assert_eq!(highlights.as_array().unwrap().len(), 2, "{highlights}");

    let definition = client.call("textDocument/definition", in_talks(&client, &doc, "Varga said"));
    assert_eq!(definition["range"], highlights[0]["range"]);
    assert_eq!(definition["uri"], doc.uri.as_str());
    assert_eq!(client.call("textDocument/definition", in_talks(&client, &doc, "left")), Value::Null);
}

/// Nothing waits for what is doubtful: it comes by itself when the text has rested, and moves with the text.
#[test]
fn what_is_doubtful_comes_after_a_rest() {
    let mut client = Client::start();
    let text = "=== FILE: a.txt ===\ndate: 2024-12-01\n\nIt was signed on February 30, 2024, they said.\n";
    let doc = client.open("doubts.txt", text);
    let later = client.published(&doc.uri, "a doubt", |params| params["diagnostics"] != json!([]));
    assert_eq!(later[0]["code"], "D001", "{later:?}");
    assert_eq!(span(&later[0]["range"]), "3:17-3:34");
    client.edit(&doc, "=== FILE", "\n=== FILE");
    let moved = client.diagnostics(&doc);
    assert_eq!(span(&moved[0]["range"]), "4:17-4:34", "{moved:?}");
    client.edit(&doc, "February 30", "January 30");
    assert_eq!(client.diagnostics(&doc), [] as [Value; 0]);
}
