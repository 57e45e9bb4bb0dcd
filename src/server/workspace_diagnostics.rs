//! Diagnostics of every corpus file in the folders that are open, sent file by file.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use crate::workspace::settings::FILE_NAME;
use crate::workspace::{Snapshot, UriKey, files};

use super::diagnostics::gather;
use super::outbox::Outbox;
use super::owner::Survey;
use super::task::Task;
use super::{convert, log};

/// Time between two looks at whether the client reads.
const CROWDED: Duration = Duration::from_millis(5);

/// Where the reports go: to the client as they are made, or into the answer.
struct Reports<'a> {
    outbox: &'a Outbox,
    /// The token under which the client takes parts of the answer.
    token: Option<Value>,
    kept: Vec<WorkspaceDocumentDiagnosticReport>,
    /// What the client has, by file: its own URI, and the name of the list.
    previous: HashMap<UriKey, PreviousResultId>,
}

/// Answers `workspace/diagnostic`. Gives up, with an empty answer, when nobody waits any more.
pub fn find(
    survey: Survey,
    params: WorkspaceDiagnosticParams,
    outbox: &Outbox,
    task: &Task<'_>,
) -> Result<WorkspaceDiagnosticReportResult> {
    let mut survey = survey;
    let token = params.partial_result_params.partial_result_token.and_then(|token| serde_json::to_value(token).ok());
    let previous = params.previous_result_ids.into_iter().map(|id| (UriKey::new(id.uri.as_str()), id)).collect();
    let mut reports = Reports { outbox, token, kept: Vec::new(), previous };
    let mut open: HashMap<UriKey, Snapshot> =
        std::mem::take(&mut survey.open).into_iter().map(|snapshot| (UriKey::new(&snapshot.uri), snapshot)).collect();

    let files = corpus_files(&mut survey, task);
    for (done, (key, uri, path)) in files.iter().enumerate() {
        task.report(done, files.len());
        while outbox.is_crowded() && task.is_wanted() {
            std::thread::sleep(CROWDED);
        }
        if !task.is_wanted() {
            break;
        }
        if open.contains_key(key) {
            continue;
        }
        if let Some(snapshot) = read(&mut survey, uri, path) {
            reports.add(key, uri.clone(), None, &snapshot, &survey, task);
        }
    }
    for (key, snapshot) in open.drain() {
        if let Some(uri) = convert::uri(&snapshot) {
            reports.add(&key, uri, Some(snapshot.version), &snapshot, &survey, task);
        }
    }
    if task.is_superseded() {
        return Err(convert::superseded());
    }
    if task.is_wanted() {
        reports.clear_the_gone();
    }
    Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items: reports.kept }))
}

/// The corpus files in all folders, each once.
fn corpus_files(survey: &mut Survey, task: &Task<'_>) -> Vec<(UriKey, Uri, std::path::PathBuf)> {
    let mut found = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for folder in survey.folders.clone() {
        if !task.is_wanted() {
            return found;
        }
        let settings = survey.layers.settings(Some(&folder.join(FILE_NAME)));
        let (paths, problems) = files::corpus_files(&folder, &folder, &settings.files);
        problems.iter().for_each(|problem| log::problem(problem));
        for path in paths {
            if let Some(uri) = Uri::from_file_path(&path) {
                let key = UriKey::new(uri.as_str());
                if seen.insert(key.clone()) {
                    found.push((key, uri, path));
                }
            }
        }
    }
    found
}

fn read(survey: &mut Survey, uri: &Uri, path: &Path) -> Option<Snapshot> {
    let settings = survey.layers.settings(Some(path));
    match std::fs::read(path) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            Some(Snapshot::of_file(uri.as_str(), &text, settings, survey.client.encoding))
        }
        Err(error) => {
            log::problem(&format!("{}: cannot be read: {error}", path.display()));
            None
        }
    }
}

impl Reports<'_> {
    fn add(
        &mut self,
        key: &UriKey,
        uri: Uri,
        version: Option<i32>,
        snapshot: &Snapshot,
        survey: &Survey,
        task: &Task<'_>,
    ) {
        let Some(gathered) = gather(snapshot, task) else { return };
        let items = convert::diagnostics(snapshot, &gathered, &survey.client);
        let known = self.previous.remove(key);
        if known.is_none() && items.is_empty() && version.is_none() {
            // The client shows nothing for this file, and there is nothing to show.
            return;
        }
        let (uri, previous) = match known {
            Some(known) => (known.uri, Some(known.value)),
            None => (uri, None),
        };
        self.send(convert::workspace_report(uri, version, items, previous.as_deref()));
    }

    /// Files the client still shows something for, and that are no corpus files any more.
    fn clear_the_gone(&mut self) {
        for (_, gone) in std::mem::take(&mut self.previous) {
            self.send(convert::workspace_report(gone.uri, None, Vec::new(), None));
        }
    }

    fn send(&mut self, report: WorkspaceDocumentDiagnosticReport) {
        match &self.token {
            Some(token) => {
                self.outbox.notify("$/progress", json!({"token": token, "value": {"items": [report]}}));
            }
            None => self.kept.push(report),
        }
    }
}
