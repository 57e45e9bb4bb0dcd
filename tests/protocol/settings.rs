//! Settings on every way they come, in every shape.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Client, Doc, Reply, Setup, file_uri, pulling, usual};
use crate::diagnostics::keyword_only;
use crate::marks::{found, lines, only};

const BROKEN: &str = "=== FILE: a.txt ===\n\nFirst.\n\n=== FIEL: b.txt ===\n\nSecond.\n";

fn severity_of_keyword(level: &str) -> Value {
    json!({ "diagnostics": { "debounce": 0, "severity": { "F003": level } } })
}

/// A client that has no configuration to ask for: it pushes.
fn pushing() -> Value {
    let mut capabilities = usual();
    capabilities["workspace"]["configuration"] = json!(false);
    capabilities
}

/// Waits until F003 has this severity, 0 where it is off. (Settings take effect when they come, not in the order
/// of requests: the server has to ask for them.)
#[track_caller]
fn keyword_becomes(client: &mut Client, doc: &Doc, severity: i64) {
    let of = |params: &Value| {
        let list = params["diagnostics"].as_array().unwrap();
        list.iter().find(|one| one["code"] == "F003").map_or(0, |one| one["severity"].as_i64().unwrap())
    };
    client.published(&doc.uri, &format!("F003 with severity {severity}"), |params| of(params) == severity);
}

const LEVELS: [(&str, i64); 6] =
    [("hint", 4), ("information", 3), ("info", 3), ("warning", 2), ("off", 0), ("error", 1)];

#[test]
fn initialization_options() {
    for (level, severity) in LEVELS {
        let mut client = Setup::new().capabilities(pushing()).options(severity_of_keyword(level)).start();
        let doc = client.open("a.txt", BROKEN);
        keyword_becomes(&mut client, &doc, severity);
    }
}

#[test]
fn pulled_configuration_live() {
    let mut client = Client::start();
    let doc = client.open("a.txt", BROKEN);
    for (level, severity) in LEVELS {
        client.configure(severity_of_keyword(level));
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        keyword_becomes(&mut client, &doc, severity);
    }
    let items = client.asked("workspace/configuration");
    assert!(items.iter().all(|params| params["items"][0]["section"] == "dispatch-ls"), "{items:?}");
}

#[test]
fn pushed_configuration_live() {
    let mut client = Setup::new().capabilities(pushing()).start();
    let doc = client.open("a.txt", BROKEN);
    for (level, severity) in LEVELS {
        let settings = json!({ "dispatch-ls": severity_of_keyword(level), "editor": { "tabSize": 4 } });
        client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
        keyword_becomes(&mut client, &doc, severity);
    }
    // Without the section's name, as some clients have it.
    client.notify("workspace/didChangeConfiguration", json!({ "settings": severity_of_keyword("hint") }));
    keyword_becomes(&mut client, &doc, 4);
}

/// A client that pulls diagnostics is told to ask again.
#[test]
fn pulled_diagnostics_are_refreshed() {
    let mut client = keyword_only(Setup::new().capabilities(pulling())).start();
    let doc = client.open("a.txt", BROKEN);
    assert_eq!(lines(&found(&client.pull(&doc))), "F003 4:4-4:8\n");
    let before = client.asked("workspace/diagnostic/refresh").len();
    client.configure(severity_of_keyword("off"));
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    client.until("workspace/diagnostic/refresh", *crate::client::PATIENCE, |state| {
        let asked = state.requests.iter().filter(|one| one["method"] == "workspace/diagnostic/refresh").count();
        (asked > before).then_some(())
    });
    assert_eq!(only(&["F003"], found(&client.pull(&doc))), []);
}

/// A client that shows hints is told to ask for them again.
#[test]
fn hints_are_refreshed() {
    let mut capabilities = pushing();
    capabilities["workspace"]["inlayHint"] = json!({ "refreshSupport": true });
    let mut client = Setup::new().capabilities(capabilities).start();
    let _doc = client.open("a.txt", BROKEN);
    let before = client.asked("workspace/inlayHint/refresh").len();
    client.notify("workspace/didChangeConfiguration", json!({ "settings": { "hints": { "dates": false } } }));
    client.until("workspace/inlayHint/refresh", *crate::client::PATIENCE, |state| {
        let asked = state.requests.iter().filter(|one| one["method"] == "workspace/inlayHint/refresh").count();
        (asked > before).then_some(())
    });
}

/// What is right works, and what is wrong is named: settings, and what the messages about them name.
const SHAPES: &[(&str, &[&str])] = &[
    ("null", &[]),
    ("{}", &[]),
    // Lua has one kind of table: what is empty comes as a list.
    ("[]", &[]),
    (r#"{"corpus":[],"diagnostics":{"severity":[]}}"#, &[]),
    (r#"{"diagnostics":{}}"#, &[]),
    (r#"{"diagnostics":null}"#, &[]),
    (r#"{"diagnostics":{"severity":null,"cap":null}}"#, &[]),
    (r#"{"dispatch-ls":{"diagnostics":{"cap":10}}}"#, &[]),
    (r#"{"corpus":{"dialect":null,"latest":null,"files":["*.txt"]}}"#, &[]),
    (r#"{"corpus":{"dialect":"klingon"}}"#, &["corpus.dialect"]),
    (r#"{"corpus":{"latest":"yesterday"}}"#, &["corpus.latest"]),
    (r#"{"corpus":{"files":7}}"#, &["corpus.files"]),
    (r#"{"corpus":["klingon"]}"#, &["corpus"]),
    (r#"{"diagnostics":{"debounce":"soon"}}"#, &["diagnostics.debounce"]),
    (r#"{"diagnostics":{"debounce":-1}}"#, &["diagnostics.debounce"]),
    (r#"{"diagnostics":{"cap":1.5}}"#, &["diagnostics.cap"]),
    (r#"{"diagnostics":{"severity":["off"]}}"#, &["diagnostics.severity"]),
    (r#"{"diagnostics":{"severity":{"F001":"loud"}}}"#, &["diagnostics.severity.F001"]),
    (r#"{"diagnostics":{"severity":{"F999":"off"}}}"#, &["diagnostics.severity.F999"]),
    (r#"{"hints":{"dates":false,"actors":true}}"#, &[]),
    (r#"{"hints":{"dates":"no"}}"#, &["hints.dates"]),
    (r#"{"diagnostics":7}"#, &["diagnostics"]),
    (r#"{"diagnostix":{}}"#, &["diagnostix"]),
    (r#"{"diagnostics":{"debounse":1}}"#, &["diagnostics.debounse"]),
    (r#"{"nonsense":1,"diagnostics":{"cap":"x"}}"#, &["nonsense", "diagnostics.cap"]),
    ("[1,2]", &[""]),
    ("7", &[""]),
    ("\"off\"", &[""]),
];

/// Reads messages until each of `keys` is named.
#[track_caller]
fn names(client: &mut Client, keys: &[&str], settings: &str) {
    let mut told = String::new();
    for key in keys {
        while told.is_empty() || !told.contains(key) {
            told += &client.message();
        }
    }
    assert!(!told.contains("panic"), "{settings}: {told}");
}

/// The settings with one more that is right.
fn and_off(settings: &str) -> Value {
    let mut settings: Value = serde_json::from_str(settings).unwrap();
    let inner = if settings.get("dispatch-ls").is_some() { &mut settings["dispatch-ls"] } else { &mut settings };
    if inner.as_object().is_some_and(|inner| !inner.is_empty()) {
        let diagnostics = &mut inner["diagnostics"];
        if diagnostics.is_null() {
            *diagnostics = json!({});
        }
        if diagnostics.is_object() {
            let severity = &mut diagnostics["severity"];
            if severity.is_null() {
                *severity = json!({});
            }
            if severity.is_object() {
                severity["F003"] = json!("off");
            }
        }
    }
    settings
}

fn turns_off(settings: &Value) -> bool {
    let inner = settings.get("dispatch-ls").unwrap_or(settings);
    inner.pointer("/diagnostics/severity/F003").is_some()
}

#[test]
fn every_shape_of_initialization_options() {
    for (shape, keys) in SHAPES {
        let settings = and_off(shape);
        let mut client = Setup::new().capabilities(pushing()).options(settings.clone()).start();
        let doc = client.open("a.txt", BROKEN);
        names(&mut client, keys, shape);
        keyword_becomes(&mut client, &doc, i64::from(!turns_off(&settings)));
    }
}

#[test]
fn every_shape_of_pushed_settings() {
    let mut client = Setup::new().capabilities(pushing()).start();
    let doc = client.open("a.txt", BROKEN);
    for (shape, keys) in SHAPES {
        let settings = and_off(shape);
        client.notify("workspace/didChangeConfiguration", json!({ "settings": settings }));
        names(&mut client, keys, shape);
        keyword_becomes(&mut client, &doc, i64::from(!turns_off(&settings)));
        client.notify("workspace/didChangeConfiguration", json!({ "settings": severity_of_keyword("error") }));
        keyword_becomes(&mut client, &doc, 1);
    }
}

#[test]
fn every_shape_of_pulled_settings() {
    let mut client = Client::start();
    let doc = client.open("a.txt", BROKEN);
    for (shape, keys) in SHAPES {
        let settings = and_off(shape);
        client.configure(settings.clone());
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        names(&mut client, keys, shape);
        keyword_becomes(&mut client, &doc, i64::from(!turns_off(&settings)));
        client.configure(severity_of_keyword("error"));
        client.notify("workspace/didChangeConfiguration", json!({}));
        keyword_becomes(&mut client, &doc, 1);
    }
}

/// A client may fail, or answer with what is no list of settings: those that were known before hold.
#[test]
fn every_shape_of_answer() {
    for reply in [
        Reply::Error,
        Reply::Result(json!(null)),
        Reply::Result(json!([])),
        Reply::Result(json!([null])),
        Reply::Result(json!([{}, 7])),
        Reply::Result(json!({})),
    ] {
        let setup = Setup::new().options(severity_of_keyword("hint"));
        let mut client = setup.answers("workspace/configuration", reply.clone()).start();
        let doc = client.open("a.txt", BROKEN);
        keyword_becomes(&mut client, &doc, 4);
        client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
        client.edit(&doc, "First", "One");
        let last = found(&client.diagnostics(&doc));
        assert_eq!(only(&["F003"], last).len(), 1, "{reply:?}");
        keyword_becomes(&mut client, &doc, 4);
    }
    let mut client = Setup::new().answers("client/registerCapability", Reply::Error).start();
    let doc = client.open("a.txt", BROKEN);
    keyword_becomes(&mut client, &doc, 1);
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

#[test]
fn a_file_of_settings_is_found_upward() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    std::fs::create_dir_all(root.join("near/deep")).unwrap();
    std::fs::create_dir_all(root.join("far/deep")).unwrap();
    write(&root.join("dispatch.toml"), "[diagnostics.severity]\nF003 = \"warning\"\n");
    write(&root.join("near/dispatch.toml"), "[diagnostics.severity]\nF003 = \"hint\"\n");
    let mut client = Setup::new().folder(&root).start();
    for (file, severity) in [("far/deep/a.txt", 2), ("near/deep/a.txt", 4), ("a.txt", 2)] {
        let doc = client.open(&file_uri(&root.join(file)), BROKEN);
        keyword_becomes(&mut client, &doc, severity);
    }
    let elsewhere = client.open("elsewhere.txt", BROKEN);
    keyword_becomes(&mut client, &elsewhere, 1);
}

#[test]
fn a_file_of_settings_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let file = root.join("dispatch.toml");
    let mut client = Setup::new().folder(&root).start();
    let doc = client.open(&file_uri(&root.join("a.txt")), BROKEN);
    keyword_becomes(&mut client, &doc, 1);
    // It comes, is written again, is put in place of another, and goes: the client tells nothing of it.
    write(&file, "[diagnostics.severity]\nF003 = \"off\"\n");
    keyword_becomes(&mut client, &doc, 0);
    write(&file, "[diagnostics.severity]\nF003 = \"hint\"\n");
    keyword_becomes(&mut client, &doc, 4);
    write(&root.join("new.toml"), "[diagnostics.severity]\nF003 = \"info\"\n");
    std::fs::rename(root.join("new.toml"), &file).unwrap();
    keyword_becomes(&mut client, &doc, 3);
    std::fs::remove_file(&file).unwrap();
    keyword_becomes(&mut client, &doc, 1);
}

/// An editor starts the server so for a folder that nobody has said is to be trusted.
#[test]
fn without_files_of_settings() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    write(&root.join("dispatch.toml"), "[diagnostics.severity]\nF003 = \"hint\"\n");
    for (arguments, severity) in [(&["serve"][..], 4), (&["serve", "--no-config"], 1)] {
        let mut client = Setup::new().arguments(arguments).folder(&root).start();
        let doc = client.open(&file_uri(&root.join("a.txt")), BROKEN);
        keyword_becomes(&mut client, &doc, severity);
    }
}

#[test]
fn a_file_of_settings_that_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let file = root.join("dispatch.toml");
    write(&file, "[diagnostics]\ncap = \"many\"\n[diagnostics.severity]\nF003 = \"hint\"\n");
    let mut client = Setup::new().folder(&root).start();
    let doc = client.open(&file_uri(&root.join("a.txt")), BROKEN);
    names(&mut client, &["diagnostics.cap", "dispatch.toml"], "dispatch.toml");
    keyword_becomes(&mut client, &doc, 4);
    write(&file, "this is no TOML =");
    let changes = json!([{ "uri": file_uri(&file), "type": 2 }]);
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }));
    names(&mut client, &["dispatch.toml"], "dispatch.toml");
    keyword_becomes(&mut client, &doc, 1);
}

/// What a person sets in the editor goes over what stands in the project.
#[test]
fn the_clients_settings_go_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    write(&root.join("dispatch.toml"), "[diagnostics.severity]\nF003 = \"hint\"\n");
    let mut client = Setup::new().folder(&root).start();
    let doc = client.open(&file_uri(&root.join("a.txt")), BROKEN);
    keyword_becomes(&mut client, &doc, 4);
    client.configure(severity_of_keyword("warning"));
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    keyword_becomes(&mut client, &doc, 2);
    client.configure(Value::Null);
    client.notify("workspace/didChangeConfiguration", json!({ "settings": null }));
    keyword_becomes(&mut client, &doc, 4);
}

/// Reading it would wait for ever, or is impossible: it is told, and the rest works.
#[cfg(unix)]
#[test]
fn a_file_of_settings_that_is_none() {
    for what in ["a folder", "a pipe", "bytes"] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let file = root.join("dispatch.toml");
        match what {
            "a folder" => std::fs::create_dir(&file).unwrap(),
            "a pipe" => assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success()),
            _ => std::fs::write(&file, b"[diagnostics]\ncap = 7 # \xff\xfe\n").unwrap(),
        }
        let mut client = Setup::new().folder(&root).start();
        let doc = client.open(&file_uri(&root.join("a.txt")), BROKEN);
        keyword_becomes(&mut client, &doc, 1);
        client.status(&doc);
        let told = client.notifications("window/showMessage");
        assert!(told.iter().all(|params| params.to_string().contains("dispatch.toml")), "{what}: {told:?}");
        assert!(what != "bytes" || !told.is_empty(), "{what}: nothing was told");
    }
}

/// Who is known comes from actors files that settings name; what changes in them is known at once.
#[test]
fn actors_files_are_read_and_followed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let actors = root.join("actors.jsonl");
    let record = |title: &str| {
        format!(
            "{{\"id\":\"ilse-varga\",\"kind\":\"person\",\"name\":\"Ilse Varga\",\"roles\":[{{\"title\":\"{title}\"}}]}}\n"
        )
    };
    write(&root.join("dispatch.toml"), "[actors]\nfiles = [\"actors.jsonl\"]\n");
    write(&actors, &record("Minister of Ports"));
    let mut client = Setup::new().folder(&root).start();
    let text = "=== FILE: a.txt ===\ndate: 2024-12-01\n\nIlse Varga left on Friday.\n";
    let doc = client.open(&file_uri(&root.join("a.txt")), text);
    let card_has = |client: &mut Client, words: &str| {
        for _ in 0..100 {
            let hover = client.call("textDocument/hover", client.place(&doc, 3, 2));
            if hover["contents"]["value"].as_str().is_some_and(|card| card.contains(words)) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("no card has {words}");
    };
    card_has(&mut client, "Minister of Ports");
    card_has(&mut client, "listed as `ilse-varga`");
    write(&actors, &format!("{}no record\n", record("Minister of Roads")));
    card_has(&mut client, "Minister of Roads");
    let message = client.message();
    assert!(message.contains("actors.jsonl:2:"), "{message}");
}
