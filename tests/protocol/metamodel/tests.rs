use serde_json::json;

use super::*;

fn problems(kind: &str, value: Value) -> Vec<String> {
    Model::get().check_named("it", &value, kind).iter().map(Problem::to_string).collect()
}

fn range() -> Value {
    json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 2 } })
}

#[test]
fn what_is_right_passes() {
    let report = json!({ "kind": "full", "resultId": "7", "items": [{ "range": range(), "message": "m", "code": 4,
        "codeDescription": { "href": "https://example.org/F001" }, "severity": 1, "tags": [1] }] });
    assert_eq!(problems("DocumentDiagnosticReport", report), [""; 0]);
    assert_eq!(problems("DocumentDiagnosticReport", json!({ "kind": "unchanged", "resultId": "7" })), [""; 0]);
    assert_eq!(problems("FoldingRangeKind", json!("of-my-own")), [""; 0]);
    assert_eq!(problems("ProgressToken", json!("a")), [""; 0]);
    assert_eq!(problems("LSPAny", json!([1, { "a": null }])), [""; 0]);
}

#[test]
fn what_is_wrong_is_found() {
    for (kind, value, expected) in [
        ("Position", json!({ "line": 1 }), "it.character: missing"),
        ("Position", json!({ "line": -1, "character": 0 }), "it.line: -1 is no uinteger"),
        ("Position", json!({ "line": 4294967295_u32, "character": 0 }), "it.line: 4294967295 is no uinteger"),
        ("Position", json!({ "line": 1.5, "character": 0 }), "it.line: 1.5 is no uinteger"),
        ("Position", json!({ "line": 1, "character": 0, "column": 0 }), "it.column: unknown property"),
        ("Position", json!([1, 0]), "it: not an object"),
        ("Range", json!({ "start": range()["end"], "end": range()["start"] }), "it: ends before it starts"),
        ("Location", json!({ "uri": "no scheme", "range": range() }), "it.uri: \"no scheme\" is no DocumentUri"),
        (
            "Diagnostic",
            json!({ "range": range(), "message": "m", "severity": 5 }),
            "it.severity: 5 is no DiagnosticSeverity",
        ),
        ("Diagnostic", json!({ "range": range(), "message": "m", "tags": "1" }), "it.tags: not an array"),
        ("Diagnostic", json!({ "range": range(), "message": null }), "it.message: null is no string"),
        (
            "DocumentDiagnosticReport",
            json!({ "kind": "full", "items": [{ "range": range() }] }),
            "it.items[0].message: missing",
        ),
        ("ServerCapabilities", json!({ "inlayHintProvider": "yes" }), "it.inlayHintProvider: \"yes\" is no boolean"),
        ("TraceValue", json!("loud"), "it: \"loud\" is no TraceValue"),
        ("WorkspaceEdit", json!({ "changes": { "a:b": [{}] } }), "it.changes.a:b[0].range: missing"),
        ("ParameterInformation", json!({ "label": [1, "x"] }), "it.label[1]: \"x\" is no uinteger"),
        ("NoSuchThing", json!(1), "it: the meta model has no NoSuchThing"),
    ] {
        let found = problems(kind, value.clone());
        assert!(found.iter().any(|problem| problem == expected), "{kind} {value}: {found:?}");
    }
}
