//! Between the protocol's types and plain data: the only place that knows both.

mod actions;
mod actors_file;
mod completion;
mod features;
mod people;
mod shown;

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::ops::Range as ByteRange;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::*;

use crate::corpus::{Code, Finding, KINDS, Severity};
use crate::text;
use crate::workspace::{DocumentChange, Doubt, Snapshot};

use super::capabilities::ClientAbilities;
use super::diagnostics::{Gathered, Rest};
use super::outbox::InParts;

pub use actions::*;
pub use actors_file::*;
pub use completion::*;
pub use features::*;
pub use people::*;
pub use shown::*;

/// Parameters of a request that is about one document.
pub trait About {
    /// The document's URI as the client wrote it.
    fn uri(&self) -> &str;
    /// The token under which the client shows progress.
    fn progress_token(&self) -> Option<Value>;
}

/// One row for each request about a document: where its parameters hold the document, and where the progress token.
macro_rules! about {
    ($($params:ty: $($document:ident).+, $($progress:ident).+;)*) => { $(
        impl About for $params {
            fn uri(&self) -> &str {
                self.$($document).+.uri.as_str()
            }
            fn progress_token(&self) -> Option<Value> {
                serde_json::to_value(self.$($progress).+.work_done_token.as_ref()?).ok()
            }
        }
    )* };
}

about! {
    DocumentDiagnosticParams:       text_document,                                    work_done_progress_params;
    HoverParams:                    text_document_position_params.text_document,      work_done_progress_params;
    InlayHintParams:                text_document,                                    work_done_progress_params;
    DocumentHighlightParams:        text_document_position_params.text_document,      work_done_progress_params;
    GotoDefinitionParams:           text_document_position_params.text_document,      work_done_progress_params;
    ReferenceParams:                text_document_position.text_document,             work_done_progress_params;
    CallHierarchyPrepareParams:     text_document_position_params.text_document,      work_done_progress_params;
    CallHierarchyIncomingCallsParams: item,                                           work_done_progress_params;
    CallHierarchyOutgoingCallsParams: item,                                           work_done_progress_params;
    CompletionParams:               text_document_position.text_document,             work_done_progress_params;
    CodeActionParams:               text_document,                                    work_done_progress_params;
    DocumentSymbolParams:           text_document,                                    work_done_progress_params;
    FoldingRangeParams:             text_document,                                    work_done_progress_params;
    SelectionRangeParams:           text_document,                                    work_done_progress_params;
    DocumentLinkParams:             text_document,                                    work_done_progress_params;
    DocumentFormattingParams:       text_document,                                    work_done_progress_params;
    DocumentRangeFormattingParams:  text_document,                                    work_done_progress_params;
    LinkedEditingRangeParams:       text_document_position_params.text_document,      work_done_progress_params;
    SemanticTokensParams:           text_document,                                    work_done_progress_params;
    SemanticTokensRangeParams:      text_document,                                    work_done_progress_params;
    CodeLensParams:                 text_document,                                    work_done_progress_params;
}

impl About for WorkspaceSymbolParams {
    /// It is about none.
    fn uri(&self) -> &str {
        ""
    }
    fn progress_token(&self) -> Option<Value> {
        serde_json::to_value(self.work_done_progress_params.work_done_token.as_ref()?).ok()
    }
}

// Positions ------------------------------------------------------------------------------------------------------

/// The byte offset of a position; out of range it is clamped.
pub fn offset(snapshot: &Snapshot, position: Position) -> usize {
    snapshot.text.offset(plain_position(position), snapshot.encoding)
}

/// The byte range of a range; reversed ones are turned round.
pub fn byte_range(snapshot: &Snapshot, range: Range) -> ByteRange<usize> {
    let (start, end) = (offset(snapshot, range.start), offset(snapshot, range.end));
    start.min(end)..start.max(end)
}

pub fn position(snapshot: &Snapshot, offset: usize) -> Position {
    let text::Position { line, column } = snapshot.text.position(offset, snapshot.encoding);
    Position { line, character: column }
}

pub fn range(snapshot: &Snapshot, range: &ByteRange<usize>) -> Range {
    Range { start: position(snapshot, range.start), end: position(snapshot, range.end) }
}

pub fn text_edit(snapshot: &Snapshot, edit: &text::Edit) -> TextEdit {
    TextEdit { range: range(snapshot, &(edit.start()..edit.end())), new_text: edit.put.clone() }
}

fn plain_position(position: Position) -> text::Position {
    text::Position { line: position.line, column: position.character }
}

/// The document's URI, as the client wrote it.
pub fn uri(snapshot: &Snapshot) -> Option<Uri> {
    Uri::from_str(&snapshot.uri).ok()
}

/// The URI of an absolute path.
pub fn uri_of(path: &std::path::Path) -> Option<Uri> {
    Uri::from_str(Uri::from_file_path(path)?.as_str()).ok()
}

/// The file a URI stands for, if it stands for one.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri.scheme().as_str().eq_ignore_ascii_case("file");
    is_file.then(|| uri.to_file_path()).flatten().map(|path| path.into_owned())
}

// What a client sends --------------------------------------------------------------------------------------------

pub fn changes(changes: Vec<TextDocumentContentChangeEvent>) -> Vec<DocumentChange> {
    changes
        .into_iter()
        .map(|change| match change.range {
            Some(range) => DocumentChange::Part {
                from: plain_position(range.start),
                to: plain_position(range.end),
                put: change.text,
            },
            None => DocumentChange::Whole(change.text),
        })
        .collect()
}

/// The folders that are open, by whichever of the three ways to name them the client used.
pub fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    #[expect(deprecated, reason = "older clients know nothing else")]
    match (&params.workspace_folders, &params.root_uri, &params.root_path) {
        (Some(folders), ..) => folders.iter().filter_map(|folder| path(&folder.uri)).collect(),
        (None, Some(uri), _) => path(uri).into_iter().collect(),
        (None, None, root) => root.iter().map(PathBuf::from).collect(),
    }
}

// Diagnostics ----------------------------------------------------------------------------------------------------

/// Findings that mark text a corpus can do without.
const UNNECESSARY: &[Code] = &[Code::F006, Code::F007, Code::F013, Code::F021, Code::H002, Code::H010];

/// The diagnostics of a snapshot, as far as the client can show what they say.
pub fn diagnostics(snapshot: &Snapshot, gathered: &Gathered, client: &ClientAbilities) -> Vec<Diagnostic> {
    let uri = uri(snapshot);
    let mut all: Vec<Diagnostic> = gathered
        .shown
        .iter()
        .map(|(finding, severity)| diagnostic(snapshot, finding, *severity, uri.as_ref(), client))
        .collect();
    let doubts = doubts(snapshot, gathered.shown.len());
    all.extend(doubts.map(|(one, severity)| doubt(snapshot, one, severity, client)));
    all.extend(gathered.rest.as_ref().map(|(at, more)| rest(range(snapshot, &(*at..*at)), more)));
    all
}

/// What is doubtful in the dispatches and shown, as much as the cap leaves behind `shown` others.
pub fn doubts(snapshot: &Snapshot, shown: usize) -> impl Iterator<Item = (&Doubt, Severity)> {
    let left = snapshot.settings.cap.saturating_sub(shown);
    let doubts = snapshot.doubts.iter();
    doubts.filter_map(|doubt| Some((doubt, snapshot.settings.severity(doubt.code)?))).take(left)
}

pub fn doubt(snapshot: &Snapshot, doubt: &Doubt, severity: Severity, client: &ClientAbilities) -> Diagnostic {
    Diagnostic {
        range: range(snapshot, &doubt.range),
        message: doubt.message.clone(),
        ..plain(doubt.code, severity, client)
    }
}

/// What all findings of a kind have in common.
fn plain(code: Code, severity: Severity, client: &ClientAbilities) -> Diagnostic {
    Diagnostic {
        severity: Some(match severity {
            Severity::Hint => DiagnosticSeverity::HINT,
            Severity::Information => DiagnosticSeverity::INFORMATION,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Error => DiagnosticSeverity::ERROR,
        }),
        code: Some(NumberOrString::String(code.id().to_owned())),
        code_description: client.code_descriptions.then(|| code_description(code)).flatten(),
        source: Some(super::SOURCE.to_owned()),
        ..Diagnostic::default()
    }
}

/// What the cap cut off.
pub fn rest(range: Range, rest: &Rest) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some(super::SOURCE.to_owned()),
        message: rest.message(),
        ..Default::default()
    }
}

pub fn diagnostic(
    snapshot: &Snapshot,
    finding: &Finding,
    severity: Severity,
    uri: Option<&Uri>,
    client: &ClientAbilities,
) -> Diagnostic {
    let unnecessary = client.unnecessary_tag && UNNECESSARY.contains(&finding.code);
    Diagnostic {
        range: range(snapshot, &finding.range),
        message: snapshot.view.message(&snapshot.text, finding),
        related_information: uri
            .filter(|_| client.related_information)
            .map(|uri| related_information(snapshot, finding, uri))
            .filter(|related| !related.is_empty()),
        tags: unnecessary.then(|| vec![DiagnosticTag::UNNECESSARY]),
        ..plain(finding.code, severity, client)
    }
}

fn related_information(snapshot: &Snapshot, finding: &Finding, uri: &Uri) -> Vec<DiagnosticRelatedInformation> {
    let related = snapshot.view.related(&snapshot.text, finding);
    related
        .into_iter()
        .map(|(bytes, message)| DiagnosticRelatedInformation {
            location: Location { uri: uri.clone(), range: range(snapshot, &bytes) },
            message,
        })
        .collect()
}

/// The page that explains a finding.
fn code_description(code: Code) -> Option<CodeDescription> {
    static PAGES: LazyLock<Vec<Option<CodeDescription>>> = LazyLock::new(|| {
        let page = |id: &str| format!("{}/blob/main/docs/findings/{id}.md", env!("CARGO_PKG_REPOSITORY"));
        KINDS.iter().map(|kind| Some(CodeDescription { href: Uri::from_str(&page(kind.id)).ok()? })).collect()
    });
    PAGES.get(code as usize).cloned().flatten()
}

/// `textDocument/publishDiagnostics`: the diagnostics of a document, as JSON without the brackets; an empty list without a
/// version where there is nothing to show any more.
pub fn published(uri: &str, version: Option<i32>, diagnostics: Arc<Vec<u8>>) -> InParts {
    let version = version.map(|version| format!(r#","version":{version}"#)).unwrap_or_default();
    let start = format!(
        r#"{{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{{"uri":{}{version},"diagnostics":["#,
        Value::from(uri)
    );
    InParts { start: start.into_bytes(), middle: diagnostics, end: b"]}}" }
}

/// Names a list of diagnostics: the same list has the same name, in another run of the server, too.
fn result_id(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(&serde_json::to_vec(items).unwrap_or_default());
    format!("{:016x}", hasher.finish())
}

/// The answer to a pull: the list, or that it is the one the client has. Neovim 0.12 still names the list that it had
/// before it read a file again, and has forgotten the list itself; so no list is the one of an earlier opening.
pub fn document_report(items: Vec<Diagnostic>, opening: u64, previous: Option<&str>) -> DocumentDiagnosticReportResult {
    let result_id = format!("{opening}-{}", result_id(&items));
    DocumentDiagnosticReportResult::Report(if previous == Some(&result_id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
        })
    })
}

/// The answer to a pull for a document that is not open.
pub fn no_report() -> DocumentDiagnosticReportResult {
    document_report(Vec::new(), 0, None)
}

/// The same for one file of a workspace; `version` where it is open.
pub fn workspace_report(
    uri: Uri,
    version: Option<i32>,
    items: Vec<Diagnostic>,
    previous: Option<&str>,
) -> WorkspaceDocumentDiagnosticReport {
    let version = version.map(i64::from);
    let result_id = result_id(&items);
    if previous == Some(&result_id) {
        WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
            uri,
            version,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
        })
    }
}

// Errors ---------------------------------------------------------------------------------------------------------

/// The answer to a request whose parameters are right but that can't be fulfilled; `why` is for people.
pub fn refused(why: impl Into<String>) -> Error {
    Error { code: ErrorCode::ServerError(-32803), message: why.into().into(), data: None }
}

/// The answer to a request that the user has cancelled by its progress bar.
pub fn cancelled() -> Error {
    Error { code: ErrorCode::ServerError(-32800), message: "cancelled".into(), data: None }
}

/// The answer to a request that a newer one has made needless.
pub fn superseded() -> Error {
    let data = serde_json::to_value(DiagnosticServerCancellationData { retrigger_request: false }).ok();
    Error { code: ErrorCode::ServerError(-32802), message: "a newer request does the same".into(), data }
}
