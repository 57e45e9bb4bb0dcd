//! Findings on their way to the client: pushed, pulled, and for a whole folder.

use dispatch_ls::corpus::KINDS;
use serde_json::{Value, json};

use crate::client::{Change, Client, Doc, Setup, file_uri, pulling, usual};
use crate::marks::{found, lines};

/// One finding, F003.
const BROKEN: &str = "=== FILE: a.txt ===\n\nFirst.\n\n=== FIEL: b.txt ===\n\nSecond.\n";

/// Settings under which only F003 is looked for, whatever else the texts of these tests may have.
pub fn only_keyword() -> Value {
    let off = KINDS.iter().filter(|kind| kind.id != "F003").map(|kind| (kind.id.to_owned(), json!("off")));
    json!({ "diagnostics": { "debounce": 0, "severity": Value::Object(off.collect()) } })
}

pub fn keyword_only(setup: Setup) -> Setup {
    setup.options(only_keyword()).configuration(only_keyword())
}

fn published(client: &Client, doc: &Doc) -> Vec<Value> {
    let all = client.notifications("textDocument/publishDiagnostics").into_iter();
    all.filter(|params| params["uri"] == doc.uri.as_str()).collect()
}

#[test]
fn a_diagnostic_has_all_that_helps() {
    let mut client = keyword_only(Setup::new()).start();
    let doc = client.open("a.txt", BROKEN);
    let diagnostics = client.diagnostics(&doc);
    assert_eq!(lines(&found(&diagnostics)), "F003 4:4-4:8\n");
    let one = &diagnostics[0];
    assert_eq!(one["severity"], 1, "{one}");
    assert_eq!(one["source"], "dispatch-ls", "{one}");
    let href = one["codeDescription"]["href"].as_str().unwrap_or_default();
    assert!(href.contains("F003") || href.contains("f003"), "{one}");
    assert!(one["message"].as_str().unwrap().contains("FILE"), "{one}");
}

#[test]
fn related_information_names_the_other_place() {
    let mut client = Client::start();
    let doc = client.open("a.txt", "=== FILE: a.txt ===\n\nFirst.\n\n=== FILE: a.txt ===\n\nSecond.\n");
    let diagnostics = client.diagnostics(&doc);
    let duplicate = diagnostics.iter().find(|one| one["code"] == "F010").expect("a duplicate name");
    let related = &duplicate["relatedInformation"][0]["location"];
    assert_eq!(related["uri"], doc.uri.as_str(), "{duplicate}");
    assert_eq!(related["range"]["start"]["line"], 0, "{duplicate}");
}

/// A client that did not say it knows them gets no properties from later versions of the protocol.
#[test]
fn nothing_a_client_did_not_offer() {
    let mut client = Setup::new().capabilities(json!({})).start();
    let doc = client.open("a.txt", "=== FILE: a.txt ===\n\nFirst.\n\n=== FILE: a.txt ===\n\nSecond.\n");
    let diagnostics = client.published(&doc.uri, "any", |params| params["diagnostics"] != json!([]));
    for one in &diagnostics {
        for property in ["relatedInformation", "codeDescription", "tags", "data"] {
            assert!(one.get(property).is_none(), "{property}: {one}");
        }
    }
}

#[test]
fn each_list_has_its_version() {
    let mut client = keyword_only(Setup::new()).start();
    let doc = client.open("a.txt", BROKEN);
    assert_eq!(lines(&found(&client.diagnostics(&doc))), "F003 4:4-4:8\n");
    client.change(&doc, &[Change::Range([2, 0, 2, 0], "Line.\n")]);
    assert_eq!(lines(&found(&client.diagnostics(&doc))), "F003 5:4-5:8\n");
    client.edit(&doc, "FIEL", "FILE");
    assert_eq!(client.diagnostics(&doc), [Value::Null; 0]);
    client.edit(&doc, "FILE: a", "FLIE: a");
    assert_eq!(lines(&found(&client.diagnostics(&doc))), "F003 0:4-0:8\n");
}

/// To a client that minds versions the same list of another version is news; to others it is none.
#[test]
fn the_same_list_is_not_sent_twice() {
    for minds_versions in [true, false] {
        let mut capabilities = usual();
        capabilities["textDocument"]["publishDiagnostics"]["versionSupport"] = json!(minds_versions);
        let mut client = keyword_only(Setup::new().capabilities(capabilities)).start();
        let doc = client.open("a.txt", BROKEN);
        client.diagnostics(&doc);
        // At the end, where no finding moves; one by one, so that each could be published.
        for _ in 0..20 {
            client.change(&doc, &[Change::Range([999, 0, 999, 0], "More text.\n")]);
            client.status(&doc);
        }
        client.configure(only_keyword());
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        client.change(&doc, &[Change::Range([2, 0, 2, 0], "Line.\n")]);
        client.diagnostics(&doc);
        let lists = published(&client, &doc);
        let same = |pair: &&[Value]| {
            pair[0]["diagnostics"] == pair[1]["diagnostics"]
                && (!minds_versions || pair[0]["version"] == pair[1]["version"])
        };
        let twice = lists.windows(2).find(same);
        assert!(twice.is_none(), "{twice:?}");
    }
}

#[test]
fn more_than_the_cap_are_counted() {
    let text: String = (0..1300).map(|n| format!("=== FIEL: {n}.txt ===\n\nText.\n\n")).collect();
    let mut settings = only_keyword();
    settings["diagnostics"]["cap"] = json!(57);
    let mut client = Setup::new().options(settings.clone()).configuration(settings).start();
    let doc = client.open("a.txt", &text);
    let diagnostics = client.diagnostics(&doc);
    let (told, rest): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|one| one["code"] == "F003");
    assert_eq!(told.len(), 57);
    assert_eq!(rest.len(), 1, "{rest:?}");
    assert!(rest[0]["message"].as_str().unwrap().contains("and 1,243 more"), "{}", rest[0]);
}

#[test]
fn closing_clears() {
    let mut client = keyword_only(Setup::new()).start();
    let doc = client.open("a.txt", BROKEN);
    client.diagnostics(&doc);
    client.edit(&doc, "FIEL", "FLIE");
    client.notify("textDocument/didClose", client.whole(&doc));
    client.published(&doc.uri, "an empty list", |params| params["diagnostics"] == json!([]));
    // Nothing comes late.
    let other = client.open("b.txt", BROKEN);
    client.diagnostics(&other);
    assert_eq!(published(&client, &doc).last().unwrap()["diagnostics"], json!([]));
    // And it can be opened again, from version 1.
    let doc = client.open("a.txt", &BROKEN.replace("First.", "First.\n"));
    assert_eq!(lines(&found(&client.diagnostics(&doc))), "F003 5:4-5:8\n");
}

/// With a long debounce nothing is sent between edits, and a request is still answered from the last text.
#[test]
fn debounce_waits_for_rest() {
    let mut settings = only_keyword();
    settings["diagnostics"]["debounce"] = json!(2000);
    let mut client = Setup::new().options(settings.clone()).configuration(settings).start();
    let doc = client.open("a.txt", BROKEN);
    client.published(&doc.uri, "the first list", |_| true);
    for _ in 0..100 {
        client.change(&doc, &[Change::Range([2, 0, 2, 0], "Line.\n")]);
        client.status(&doc);
    }
    client.diagnostics(&doc);
    let lists = published(&client, &doc).len();
    assert!(lists <= 20, "{lists} lists for 100 quick edits");
}

#[test]
fn pulled_diagnostics() {
    let mut client = keyword_only(Setup::new().capabilities(pulling())).start();
    assert!(client.server["capabilities"]["diagnosticProvider"].is_object(), "{}", client.server);
    let doc = client.open("a.txt", BROKEN);
    let report = client.call("textDocument/diagnostic", client.whole(&doc));
    assert_eq!(report["kind"], "full");
    assert_eq!(lines(&found(report["items"].as_array().unwrap())), "F003 4:4-4:8\n");
    let with_result_id = |client: &Client, report: &Value| {
        let mut params = client.whole(&doc);
        params["previousResultId"] = report["resultId"].clone();
        params
    };
    assert!(report["resultId"].is_string(), "{report}");
    let again = client.call("textDocument/diagnostic", with_result_id(&client, &report));
    assert_eq!(again["kind"], "unchanged", "{again}");
    client.edit(&doc, "First", "The first line.\nFirst");
    let after = client.call("textDocument/diagnostic", with_result_id(&client, &again));
    assert_eq!(lines(&found(after["items"].as_array().unwrap())), "F003 5:4-5:8\n");
    client.close(&doc);
    client.notify(
        "textDocument/didOpen",
        json!({ "textDocument": {
        "uri": doc.uri, "languageId": "dispatch", "version": 3, "text": BROKEN,
    } }),
    );
    let reopened = client.call("textDocument/diagnostic", with_result_id(&client, &report));
    assert_eq!(reopened["kind"], "full", "a client that closes a document may forget its list: {reopened}");
    // Who asks is not told as well, or would see everything twice.
    let left = published(&client, &doc).pop().unwrap_or_default();
    assert!(left.is_null() || left["diagnostics"] == json!([]), "{left}");
}

#[test]
fn diagnostics_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().canonicalize().unwrap().join(name);
    std::fs::create_dir(path("below")).unwrap();
    std::fs::write(path("broken.txt"), BROKEN).unwrap();
    std::fs::write(path("below/also.txt"), BROKEN.replace("First.", "First.\n")).unwrap();
    std::fs::write(path("good.txt"), BROKEN.replace("FIEL", "FILE")).unwrap();
    std::fs::write(path("other.html"), BROKEN).unwrap();
    let mut client = keyword_only(Setup::new().capabilities(pulling()).folder(&path(""))).start();
    // The open document counts, not the file.
    let open =
        client.open(&file_uri(&path("broken.txt")), &BROKEN.replace("Second", "2nd").replace("First.", "First.\n\n"));
    let report = client.call("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let mut seen: Vec<(String, String)> = report["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["uri"].as_str().unwrap().to_owned(), lines(&found(item["items"].as_array().unwrap()))))
        .filter(|(_, found)| !found.is_empty())
        .collect();
    seen.sort();
    let expected =
        [(file_uri(&path("below/also.txt")), "F003 5:4-5:8\n".to_owned()), (open.uri, "F003 6:4-6:8\n".to_owned())];
    assert_eq!(seen, expected);
    let ids: Vec<Value> = report["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| json!({ "uri": item["uri"], "value": item["resultId"].as_str().unwrap_or_default() }))
        .collect();
    // Either "unchanged", or left waiting until something changes, as the protocol allows.
    let id = client.request("workspace/diagnostic", json!({ "previousResultIds": ids }));
    client.cancel(&id);
    if let Ok(again) = client.answer(&id, *crate::client::PATIENCE) {
        let kinds = again["items"].as_array().unwrap().iter().map(|item| item["kind"].clone());
        assert!(kinds.clone().all(|kind| kind == "unchanged"), "{:?}", kinds.collect::<Vec<_>>());
    }
}

/// With tokens for progress and for parts: all comes in parts, and the bar ends before the answer.
#[test]
fn diagnostics_of_a_folder_in_parts() {
    const FILES: usize = 300;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for number in 0..FILES {
        std::fs::write(root.join(format!("{number}.txt")), BROKEN).unwrap();
    }
    let mut client = keyword_only(Setup::new().capabilities(pulling()).folder(&root)).start();
    let tokens = json!({ "workDoneToken": "bar", "partialResultToken": 7, "previousResultIds": [] });
    client.call("workspace/diagnostic", tokens);
    let parts = client.notifications("$/progress");
    let parts = parts.iter().filter(|params| params["token"] == 7);
    let reports = parts.flat_map(|params| params["value"]["items"].as_array().unwrap());
    let mut files: Vec<_> = reports.map(|report| report["uri"].to_string()).collect();
    files.sort();
    files.dedup();
    assert_eq!(files.len(), FILES);
}

#[test]
fn folders_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    std::fs::write(root.join("broken.txt"), BROKEN).unwrap();
    let mut client = keyword_only(Setup::new().capabilities(pulling())).start();
    let this = json!([{ "uri": file_uri(&root), "name": "corpora" }]);
    for (added, removed, expected) in [(json!([]), json!([]), 0), (this.clone(), json!([]), 1), (json!([]), this, 0)] {
        let event = json!({ "added": added, "removed": removed });
        client.notify("workspace/didChangeWorkspaceFolders", json!({ "event": event }));
        let report = client.call("workspace/diagnostic", json!({ "previousResultIds": [] }));
        assert_eq!(report["items"].as_array().unwrap().len(), expected, "{event}: {report}");
    }
}

/// Of several questions about the whole folder only the newest is worth the work; each has an answer all the same.
#[test]
fn many_questions_about_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    for number in 0..50 {
        std::fs::write(root.join(format!("{number}.txt")), BROKEN).unwrap();
    }
    let mut client = keyword_only(Setup::new().capabilities(pulling()).folder(&root)).start();
    let ask = |client: &mut Client| client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let ids: Vec<_> = (0..20).map(|_| ask(&mut client)).collect();
    let (last, others) = ids.split_last().unwrap();
    assert_eq!(client.wait(last)["items"].as_array().unwrap().len(), 50);
    for id in others {
        if let Err(failure) = client.answer(id, *crate::client::PATIENCE) {
            // ServerCancelled, ContentModified, RequestCancelled or RequestFailed.
            assert!((-32803..=-32800).contains(&failure.code), "{failure:?}");
        }
    }
}

/// What only looks like a corpus file keeps no one waiting.
#[cfg(unix)]
#[test]
fn a_folder_with_odd_things_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    std::fs::write(root.join("broken.txt"), BROKEN).unwrap();
    std::fs::write(root.join("bytes.txt"), b"=== FILE: a.txt ===\n\n\xff\xfe\x00.\n").unwrap();
    std::fs::write(root.join("empty.txt"), "").unwrap();
    std::fs::create_dir(root.join("folder.txt")).unwrap();
    std::os::unix::fs::symlink(&root, root.join("folder.txt/loop")).unwrap();
    std::os::unix::fs::symlink(root.join("nowhere"), root.join("dangling.txt")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(root.join("pipe.txt")).status().unwrap().success());
    let mut client = keyword_only(Setup::new().capabilities(pulling()).folder(&root)).start();
    let report = client.call("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let broken = file_uri(&root.join("broken.txt"));
    assert!(report["items"].as_array().unwrap().iter().any(|item| item["uri"] == broken.as_str()), "{report}");
    // And none of them can be opened by an editor in a way that matters.
    let pipe = client.open(&file_uri(&root.join("pipe.txt")), BROKEN);
    assert_eq!(lines(&found(&client.pull(&pipe))), "F003 4:4-4:8\n");
}
