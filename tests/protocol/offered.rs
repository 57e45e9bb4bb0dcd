//! What a message may hold depends on what the client said in `initialize` that it understands.
//!
//! Each row of the tables is a property (or a form) that only some clients know, and where they say so.

use serde_json::{Value, json};

/// A property that may only be sent to clients with a capability: in answers to the method (or its notifications),
/// wherever it stands.
const PROPERTIES: &[(&str, &str, &str)] = &[
    ("textDocument/publishDiagnostics", "relatedInformation", "/textDocument/publishDiagnostics/relatedInformation"),
    ("textDocument/publishDiagnostics", "codeDescription", "/textDocument/publishDiagnostics/codeDescriptionSupport"),
    ("textDocument/publishDiagnostics", "tags", "/textDocument/publishDiagnostics/tagSupport"),
    ("textDocument/publishDiagnostics", "data", "/textDocument/publishDiagnostics/dataSupport"),
    ("textDocument/codeAction", "documentChanges", "/workspace/workspaceEdit/documentChanges"),
    ("codeAction/resolve", "documentChanges", "/workspace/workspaceEdit/documentChanges"),
    ("textDocument/rename", "documentChanges", "/workspace/workspaceEdit/documentChanges"),
    ("textDocument/codeAction", "isPreferred", "/textDocument/codeAction/isPreferredSupport"),
    ("textDocument/codeAction", "disabled", "/textDocument/codeAction/disabledSupport"),
    ("textDocument/documentSymbol", "selectionRange", "/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
    ("textDocument/documentLink", "tooltip", "/textDocument/documentLink/tooltipSupport"),
    ("textDocument/foldingRange", "collapsedText", "/textDocument/foldingRange/foldingRange/collapsedText"),
    ("textDocument/completion", "insertTextMode", "/textDocument/completion/completionItem/insertTextModeSupport"),
    ("textDocument/completion", "labelDetails", "/textDocument/completion/completionItem/labelDetailsSupport"),
    ("textDocument/completion", "itemDefaults", "/textDocument/completion/completionList/itemDefaults"),
];

/// A property with a value that may only be sent to clients that list it (or have the capability).
const VALUES: &[(&str, &str, &str, &str)] = &[
    ("textDocument/hover", "kind", "\"markdown\"", "/textDocument/hover/contentFormat"),
    ("textDocument/completion", "kind", "\"markdown\"", "/textDocument/completion/completionItem/documentationFormat"),
    ("completionItem/resolve", "kind", "\"markdown\"", "/textDocument/completion/completionItem/documentationFormat"),
    ("textDocument/completion", "insertTextFormat", "2", "/textDocument/completion/completionItem/snippetSupport"),
];

/// What `content`, the parameters or the result of `method`, holds that the client does not know.
pub fn check(capabilities: &Value, method: &str, content: &Value) -> Vec<String> {
    let offered = |at: &str| capabilities.pointer(at).is_some_and(|value| !value.is_null() && *value != json!(false));
    let mut problems = Vec::new();
    for (of, property, at) in PROPERTIES {
        if *of == method && !offered(at) && holds(content, property, &|_| true) {
            problems.push(format!("`{property}`: the client did not offer `{at}`"));
        }
    }
    for (of, property, value, at) in VALUES {
        let value: Value = serde_json::from_str(value).expect("the table is JSON");
        let listed = match capabilities.pointer(at) {
            Some(Value::Array(all)) => all.contains(&value),
            _ => offered(at),
        };
        if *of == method && !listed && holds(content, property, &|found| *found == value) {
            problems.push(format!("`{property}` is {value}: the client did not offer that in `{at}`"));
        }
    }
    if method == "textDocument/codeAction" {
        problems.extend(content.as_array().into_iter().flatten().filter_map(|action| code_action(action, &offered)));
    }
    if method.starts_with("textDocument/semanticTokens/") {
        problems.extend(semantic_tokens(content, offered("/textDocument/semanticTokens/overlappingTokenSupport")));
    }
    problems
}

/// Whether an object anywhere in `value` has a property that `fits`.
fn holds(value: &Value, property: &str, fits: &dyn Fn(&Value) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| holds(item, property, fits)),
        Value::Object(entries) => {
            entries.iter().any(|(name, value)| (name == property && fits(value)) || holds(value, property, fits))
        }
        _ => false,
    }
}

fn code_action(action: &Value, offered: &dyn Fn(&str) -> bool) -> Option<String> {
    let title = &action["title"];
    if action["command"].is_string() {
        return None;
    }
    if !offered("/textDocument/codeAction/codeActionLiteralSupport") {
        return Some(format!("{title}: the client knows commands only"));
    }
    let later = action.get("edit").is_none() && action.get("command").is_none() && action.get("disabled").is_none();
    let can_ask = offered("/textDocument/codeAction/resolveSupport") && offered("/textDocument/codeAction/dataSupport");
    (later && !can_ask).then(|| format!("{title}: does nothing, and the client cannot ask what it would do"))
}

/// Five numbers each, and none of them starts a token inside the one before it, unless the client can show that.
fn semantic_tokens(content: &Value, may_overlap: bool) -> Option<String> {
    let numbers: Vec<u64> = content.get("data")?.as_array()?.iter().filter_map(Value::as_u64).collect();
    if !numbers.len().is_multiple_of(5) {
        return Some(format!("{} numbers, which is no multiple of 5", numbers.len()));
    }
    let tokens: Vec<&[u64]> = numbers.chunks(5).collect();
    let overlap = tokens.windows(2).position(|pair| pair[1][0] == 0 && pair[1][1] < pair[0][2]);
    if let Some(at) = overlap.filter(|_| !may_overlap) {
        return Some(format!("token {} starts inside the one before it", at + 1));
    }
    tokens.iter().position(|token| token[2] == 0).map(|at| format!("token {at} is empty"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn blames(capabilities: Value, method: &str, content: Value, why: &str) {
        let problems = check(&capabilities, method, &content);
        assert!(problems.iter().any(|problem| problem.contains(why)), "{content}: {problems:?}");
    }

    #[test]
    fn what_was_offered_passes() {
        let capabilities = crate::setup::usual();
        for (method, content) in [
            ("textDocument/publishDiagnostics", json!({ "diagnostics": [{ "tags": [1], "codeDescription": {} }] })),
            ("textDocument/hover", json!({ "contents": { "kind": "markdown", "value": "x" } })),
            ("textDocument/codeAction", json!([{ "title": "x", "edit": {} }, { "title": "y", "data": 1 }])),
            ("textDocument/semanticTokens/full", json!({ "data": [0, 0, 3, 0, 0, 0, 3, 1, 0, 0] })),
        ] {
            assert_eq!(check(&capabilities, method, &content), [""; 0]);
        }
    }

    #[test]
    fn what_was_not_offered_is_found() {
        let markdown = json!({ "contents": { "kind": "markdown", "value": "x" } });
        blames(json!({}), "textDocument/hover", markdown.clone(), "markdown");
        let plain = json!({ "textDocument": { "hover": { "contentFormat": ["plaintext"] } } });
        blames(plain, "textDocument/hover", markdown, "markdown");
        let symbols = json!([{ "name": "a", "children": [{ "selectionRange": {} }] }]);
        blames(json!({}), "textDocument/documentSymbol", symbols, "hierarchical");
        blames(json!({}), "textDocument/codeAction", json!([{ "title": "x", "edit": {} }]), "commands only");
        let literals = json!({ "textDocument": { "codeAction": { "codeActionLiteralSupport": {} } } });
        blames(literals.clone(), "textDocument/codeAction", json!([{ "title": "x", "data": 1 }]), "does nothing");
        let edit = json!([{ "title": "x", "edit": { "documentChanges": [] } }]);
        blames(literals, "textDocument/codeAction", edit, "documentChanges");
        let full = "textDocument/semanticTokens/full";
        blames(json!({}), full, json!({ "data": [0, 0, 3] }), "multiple of 5");
        blames(json!({}), full, json!({ "data": [0, 0, 3, 0, 0, 0, 2, 1, 0, 0] }), "inside the one before");
    }
}
