//! Adapters: a request's parameters to plain data, a feature's plain answer to the protocol's types. One function for
//! each request about a document, with the request's name, a few lines long: see [`super`] for how to add one.

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use crate::workspace::Snapshot;

use super::convert::{self, About};
use super::diagnostics;
use super::task::Task;

/// `textDocument/diagnostic`
pub fn diagnostic(
    snapshot: &Snapshot,
    params: DocumentDiagnosticParams,
    task: &Task<'_>,
) -> Result<DocumentDiagnosticReportResult> {
    let gathered = diagnostics::gather(snapshot, task).unwrap_or_default();
    let items = convert::diagnostics(snapshot, &gathered, task.client);
    Ok(convert::document_report(items, params.previous_result_id.as_deref()))
}

/// Parameters of `dispatch/status`: `{"textDocument": {"uri": …}}`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusParams {
    text_document: TextDocumentIdentifier,
}

impl About for StatusParams {
    fn uri(&self) -> &str {
        self.text_document.uri.as_str()
    }
    fn progress_token(&self) -> Option<Value> {
        None
    }
}

/// `dispatch/status`: the dialect, how many dispatches there are, and how many findings that are not turned off.
pub fn status(snapshot: &Snapshot, _: StatusParams, _: &Task<'_>) -> Result<Value> {
    Ok(json!({
        "dialect": snapshot.view.dialect().name(),
        "dispatches": snapshot.view.dispatch_count(),
        "findings": diagnostics::count(snapshot),
    }))
}
