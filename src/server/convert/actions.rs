//! Code actions and edits as the protocol has them.

use std::collections::HashMap;

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::*;

use crate::corpus::Finding;
use crate::features::code_actions::{Action, Deed, Errand, Kind};
use crate::text::{self, Edit, Encoding, Text};
use crate::workspace::Snapshot;

use super::super::capabilities::ClientAbilities;
use super::{About, SHOW_REFERENCES, diagnostic, range, refused, show_references, text_edit, uri};

/// The document is named in the data of an action.
impl About for CodeAction {
    fn uri(&self) -> &str {
        self.data.as_ref().and_then(|data| data.get("uri")).and_then(Value::as_str).unwrap_or_default()
    }
    fn progress_token(&self) -> Option<Value> {
        None
    }
}

/// Whether `only`, the kinds a client asks for, takes in a kind: `source.fixAll` stands for all that begin with it.
pub fn wants(only: Option<&[CodeActionKind]>, kind: Kind) -> bool {
    let takes_in = |asked: &CodeActionKind| {
        let rest = kind.name().strip_prefix(asked.as_str());
        rest.is_some_and(|rest| asked.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
    };
    only.is_none_or(|only| only.iter().any(takes_in))
}

/// `None` for an action that the client could not show. `edit` is what was found out already; `sent` are the diagnostics that the client asked about.
pub fn action(
    snapshot: &Snapshot,
    action: Action,
    edit: Option<WorkspaceEdit>,
    sent: &[Diagnostic],
    client: &ClientAbilities,
) -> Option<CodeActionOrCommand> {
    let mut made = CodeAction {
        title: action.title,
        kind: Some(CodeActionKind::new(action.kind.name())),
        diagnostics: action.finding.and_then(|finding| Some(vec![resolved(snapshot, &finding, sent, client)?])),
        is_preferred: (action.is_preferred && client.edits.preferred).then_some(true),
        ..Default::default()
    };
    match action.deed {
        Deed::Edits(edits) => made.edit = Some(workspace_edit(snapshot, &edits, client)?),
        Deed::Later(_) if edit.is_some() => made.edit = edit,
        Deed::Show { at, places } => {
            let arguments = show_references(snapshot, at, &places)?;
            let title = made.title.clone();
            made.command = Some(Command { title, command: SHOW_REFERENCES.to_owned(), arguments: Some(arguments) });
        }
        Deed::Later(errand) => {
            made.data = Some(json!({"uri": &*snapshot.uri, "version": snapshot.version, "errand": errand.name()}));
        }
        Deed::Impossible(reason) if client.edits.disabled => made.disabled = Some(CodeActionDisabled { reason }),
        Deed::Impossible(_) => return None,
    }
    Some(made.into())
}

/// The client's own diagnostic for a finding, or one made anew.
fn resolved(
    snapshot: &Snapshot,
    finding: &Finding,
    sent: &[Diagnostic],
    client: &ClientAbilities,
) -> Option<Diagnostic> {
    let (place, code) = (range(snapshot, &finding.range), NumberOrString::String(finding.code.id().to_owned()));
    let same = |one: &&Diagnostic| one.range == place && one.code.as_ref() == Some(&code);
    let severity = snapshot.settings.severity(finding.code)?;
    let made = || diagnostic(snapshot, finding, severity, uri(snapshot).as_ref(), client);
    Some(sent.iter().find(same).cloned().unwrap_or_else(made))
}

/// Edits of one document; for its version, where the client minds that. `None` where the URI cannot be read.
pub fn workspace_edit(snapshot: &Snapshot, edits: &[Edit], client: &ClientAbilities) -> Option<WorkspaceEdit> {
    let uri = uri(snapshot)?;
    let edits = edits.iter().map(|edit| text_edit(snapshot, edit));
    if !client.edits.versioned {
        let changes = HashMap::from([(uri, edits.collect())]);
        return Some(WorkspaceEdit { changes: Some(changes), ..Default::default() });
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: Some(snapshot.version) };
    let document = TextDocumentEdit { text_document, edits: edits.map(OneOf::Left).collect() };
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![document])), ..Default::default() })
}

/// Edits of a file that may not be open.
pub struct FileEdits {
    pub uri: Uri,
    /// Where it is open.
    pub version: Option<i32>,
    /// What the edits are for.
    pub text: Text,
    /// It has to be made first.
    pub is_new: bool,
    pub edits: Vec<Edit>,
}

/// Edits of files, for clients that take document changes, and can create files where there is one to create.
pub fn edits_of_files(files: &[FileEdits], encoding: Encoding) -> WorkspaceEdit {
    let mut operations = Vec::new();
    for file in files {
        if file.is_new {
            let options = CreateFileOptions { overwrite: None, ignore_if_exists: Some(true) };
            let create = CreateFile { uri: file.uri.clone(), options: Some(options), annotation_id: None };
            operations.push(DocumentChangeOperation::Op(ResourceOp::Create(create)));
        }
        let place = |at: usize| {
            let text::Position { line, column } = file.text.position(at, encoding);
            Position { line, character: column }
        };
        let edit = |edit: &Edit| {
            let range = Range { start: place(edit.start()), end: place(edit.end()) };
            OneOf::Left(TextEdit { range, new_text: edit.put.clone() })
        };
        operations.push(DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri: file.uri.clone(), version: file.version },
            edits: file.edits.iter().map(edit).collect(),
        }));
    }
    WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..Default::default() }
}

/// The errand of an action that was offered for this version of the document; `None` for one that has its edit.
pub fn errand(snapshot: &Snapshot, action: &CodeAction) -> Result<Option<Errand>> {
    let Some(data) = &action.data else { return Ok(None) };
    if data.get("version").and_then(Value::as_i64) != Some(i64::from(snapshot.version)) {
        let message = "the document has changed since this was offered: ask again".into();
        return Err(Error { code: ErrorCode::ContentModified, message, data: None });
    }
    let named = data.get("errand").and_then(Value::as_str).and_then(Errand::named);
    named.map(Some).ok_or_else(|| refused("this action is not one of this server"))
}
