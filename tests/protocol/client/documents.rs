//! Documents of a [`Client`]: opened, changed, asked about.

use serde_json::{Value, json};

use super::{Change, Client, Doc, PATIENCE};
use crate::marks::{Encoding, offset, place};

impl Client {
    /// Opens a document, version 1. `name` is a path below a folder that does not exist, or a whole URI.
    pub fn open(&mut self, name: &str, text: &str) -> Doc {
        let uri = if name.contains("://") { name.to_owned() } else { format!("file:///no-such-folder/{name}") };
        let doc = Doc { uri };
        self.documents.insert(doc.clone(), (1, text.to_owned()));
        let item = json!({ "uri": doc.uri, "languageId": "dispatch", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": item }));
        doc
    }

    /// Changes a document, all in one notification; its version grows by one.
    pub fn change(&mut self, doc: &Doc, changes: &[Change]) {
        let encoding = self.encoding;
        let (version, text) = self.documents.get_mut(doc).expect("the document is open");
        *version += 1;
        let events: Vec<Value> = changes.iter().map(|change| apply(text, change, encoding)).collect();
        let of = json!({ "uri": doc.uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": of, "contentChanges": events }));
    }

    /// The first `from` becomes `to`.
    pub fn edit(&mut self, doc: &Doc, from: &'static str, to: &'static str) {
        self.change(doc, &[Change::Text(from, to)]);
    }

    pub fn replace(&mut self, doc: &Doc, text: &str) {
        self.change(doc, &[Change::Full(text.to_owned())]);
    }

    pub fn close(&mut self, doc: &Doc) {
        self.documents.remove(doc);
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": doc.uri } }));
    }

    /// The text of a document as this client has it.
    pub fn text(&self, doc: &Doc) -> &str {
        &self.documents[doc].1
    }

    pub fn version(&self, doc: &Doc) -> i32 {
        self.documents[doc].0
    }

    /// `{"textDocument", "position"}`: what most requests take.
    pub fn place(&self, doc: &Doc, line: u32, column: u32) -> Value {
        json!({ "textDocument": { "uri": doc.uri }, "position": { "line": line, "character": column } })
    }

    /// `{"textDocument"}`.
    pub fn whole(&self, doc: &Doc) -> Value {
        json!({ "textDocument": { "uri": doc.uri } })
    }

    /// The diagnostics that were pushed for the current version of a document; waits for them.
    /// A list that is the same as before is not sent again: wait for what changes.
    #[track_caller]
    pub fn diagnostics(&mut self, doc: &Doc) -> Vec<Value> {
        let version = self.version(doc);
        self.published(&doc.uri, &format!("version {version}"), |params| params["version"] == version)
    }

    /// The last pushed diagnostics of `uri` that `fits`; waits for them.
    #[track_caller]
    pub fn published(&mut self, uri: &str, what: &str, fits: impl Fn(&Value) -> bool) -> Vec<Value> {
        self.until(&format!("diagnostics of {uri} ({what})"), *PATIENCE, |state| {
            let published = state.notifications.iter().rev();
            let mut published = published.filter(|one| one.method == "textDocument/publishDiagnostics");
            let last = published.find(|one| one.params["uri"] == uri)?;
            fits(&last.params).then(|| last.params["diagnostics"].as_array().cloned().unwrap_or_default())
        })
    }

    /// What the server knows of a document after all that was sent before (`dispatch/status`).
    #[track_caller]
    pub fn status(&mut self, doc: &Doc) -> Value {
        self.call("dispatch/status", self.whole(doc))
    }

    /// The diagnostics of a document, asked for.
    #[track_caller]
    pub fn pull(&mut self, doc: &Doc) -> Vec<Value> {
        let report = self.call("textDocument/diagnostic", self.whole(doc));
        report["items"].as_array().cloned().unwrap_or_else(|| self.fail(&format!("no full report: {report}")))
    }
}

/// Changes `text`, and says how in the words of the protocol.
fn apply(text: &mut String, change: &Change, encoding: Encoding) -> Value {
    match change {
        Change::Text(from, to) => {
            let start = text.find(from).unwrap_or_else(|| panic!("{text:?} has no {from:?}"));
            let [start, end] = [start, start + from.len()].map(|at| (at, place(text, at, encoding)));
            text.replace_range(start.0..end.0, to);
            let [start, end] = [start.1, end.1].map(|(line, column)| json!({ "line": line, "character": column }));
            json!({ "range": { "start": start, "end": end }, "text": to })
        }
        Change::Range([line, column, end_line, end_column], to) => {
            let start = offset(text, *line, *column, encoding);
            let end = offset(text, *end_line, *end_column, encoding);
            text.replace_range(start.min(end)..start.max(end), to);
            let start = json!({ "line": line, "character": column });
            let end = json!({ "line": end_line, "character": end_column });
            json!({ "range": { "start": start, "end": end }, "text": to })
        }
        Change::Full(whole) => {
            text.clone_from(whole);
            json!({ "text": whole })
        }
    }
}
