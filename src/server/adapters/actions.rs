//! Adapters for code actions, which may write into the actors file as well as into the text.

use std::path::{Path, PathBuf};

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::super::convert::{self, FileEdits};
use super::super::task::Task;
use crate::features::code_actions::{self, Deed, Errand, Kind, Question, Wish};
use crate::gazetteer::{Record, amend};
use crate::text::Text;
use crate::workspace::{Nature, Snapshot, actors};

/// `textDocument/codeAction`; the document that is asked about is the first of `open`.
pub fn code_action(open: &[Snapshot], params: CodeActionParams, task: &Task<'_>) -> Result<CodeActionResponse> {
    let CodeActionContext { diagnostics, only, trigger_kind } = params.context;
    let edits = task.client.edits;
    let Some(snapshot) = open.first().filter(|_| edits.literals) else { return Ok(Vec::new()) };
    let question = Question {
        range: convert::byte_range(snapshot, params.range),
        // Who takes edits of one document only can't be sent to another one.
        wants: &|kind| convert::wants(only.as_deref(), kind) && (kind != Kind::Actors || edits.versioned),
        is_explicit: only.is_some(),
        is_automatic: trigger_kind == Some(CodeActionTriggerKind::AUTOMATIC),
        may_be_later: edits.lazy,
        shows_references: task.client.shows_references,
        no_actors_file: file_for_actors(open, edits.creates).err(),
    };
    let actions = code_actions::find_all(snapshot, &question, task).ok_or_else(convert::cancelled)?;
    let mut shown = Vec::new();
    for action in actions {
        let edit = match &action.deed {
            Deed::Later(Errand::Actors(Wish::AsListed { .. })) if !edits.lazy && snapshot.text.len() > LARGE => {
                continue;
            }
            Deed::Later(Errand::Actors(wish)) if !edits.lazy => match fulfil(open, wish, task) {
                Ok(edit) => Some(edit),
                // What can't be done need not be offered.
                Err(_) => continue,
            },
            _ => None,
        };
        shown.extend(convert::action(snapshot, action, edit, &diagnostics, task.client));
    }
    Ok(shown)
}

/// `codeAction/resolve`; the document of the action is the first of `open`.
pub fn code_action_resolve(open: &[Snapshot], mut action: CodeAction, task: &Task<'_>) -> Result<CodeAction> {
    let Some(snapshot) = open.first() else { return Ok(action) };
    match convert::errand(snapshot, &action)? {
        Some(Errand::Actors(wish)) => action.edit = Some(fulfil(open, &wish, task)?),
        Some(errand) => {
            let edits = code_actions::resolve(snapshot, errand, task).ok_or_else(convert::cancelled)?;
            action.edit = convert::workspace_edit(snapshot, &edits.map_err(convert::refused)?, task.client);
        }
        None => {}
    }
    Ok(action)
}

fn fulfil(open: &[Snapshot], wish: &Wish, task: &Task<'_>) -> Result<WorkspaceEdit> {
    let Some(snapshot) = open.first() else { return Err(convert::refused("the document is not open any more")) };
    if matches!(wish, Wish::AsListed { .. }) {
        let edits = code_actions::resolve(snapshot, Errand::Actors(wish.clone()), task);
        let edits = edits.ok_or_else(convert::cancelled)?.map_err(convert::refused)?;
        let edit = convert::workspace_edit(snapshot, &edits, task.client);
        return edit.ok_or_else(|| convert::refused("the document's URI cannot be read"));
    }
    let file = add_to_actors(open, &code_actions::records(snapshot, wish), task.client.edits.creates);
    let file = file.and_then(|file| if file.edits.is_empty() { Err(ALREADY.to_owned()) } else { Ok(file) });
    Ok(convert::edits_of_files(&[file.map_err(convert::refused)?], snapshot.encoding))
}

/// Bytes; a larger file is not read for an action that nobody has chosen yet.
const LARGE: usize = 1 << 20;
const ALREADY: &str = "the actors file says so already";

/// What adds `records` to the actors file that counts for the first of `open`; an error is for people.
pub fn add_to_actors(
    open: &[Snapshot],
    records: &[Record],
    may_create: bool,
) -> std::result::Result<FileEdits, String> {
    let path = file_for_actors(open, may_create)?;
    let file = match open_file(open, &path) {
        Some(snapshot) => {
            let uri = convert::uri(snapshot).ok_or("the URI of the actors file cannot be read")?;
            FileEdits {
                uri,
                version: Some(snapshot.version),
                text: snapshot.text.clone(),
                is_new: false,
                edits: vec![],
            }
        }
        None => closed_file(&path)?,
    };
    let edits = amend(&file.text.to_string(), records);
    Ok(FileEdits { edits, ..file })
}

/// A file that is not open, with its text; one that is not there is empty, and has to be made.
pub fn closed_file(path: &Path) -> std::result::Result<FileEdits, String> {
    let shown = path.display();
    let is_new = !path.exists();
    let bytes = if is_new { Vec::new() } else { std::fs::read(path).map_err(|error| format!("{shown}: {error}"))? };
    let text = String::from_utf8(bytes).map_err(|_| format!("{shown} is not UTF-8: repair it first"))?;
    let absolute = std::path::absolute(path).map_err(|error| format!("{shown}: {error}"))?;
    let uri = convert::uri_of(&absolute).ok_or_else(|| format!("{shown}: no URI can be made of this path"))?;
    Ok(FileEdits { uri, version: None, text: Text::new(&text), is_new, edits: Vec::new() })
}

/// The actors file into which new actors go; an error says why there is none.
fn file_for_actors(open: &[Snapshot], may_create: bool) -> std::result::Result<PathBuf, String> {
    let path = open.first().and_then(|snapshot| snapshot.actors_home.clone());
    let path = path.ok_or("there is no actors file to write to: save this file first, or name one that ends in .jsonl in the setting actors.files")?;
    if !may_create && !path.is_file() && open_file(open, &path).is_none() {
        return Err(format!("this editor can't create {}: create an empty file of this name first", path.display()));
    }
    Ok(path.to_path_buf())
}

/// The actors file at `path`, if it is open.
fn open_file<'a>(open: &'a [Snapshot], path: &Path) -> Option<&'a Snapshot> {
    let real = actors::real(path);
    let mut files = open.iter().filter(|snapshot| snapshot.nature == Nature::Actors);
    files.find(|snapshot| {
        let path = convert::uri(snapshot).and_then(|uri| convert::path(&uri));
        path.is_some_and(|path| actors::real(&path) == real)
    })
}
