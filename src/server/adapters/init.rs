//! `dispatch.init`: a `dispatch.toml` and an `actors.jsonl` to begin with.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::super::convert::{self, About, FileEdits};
use super::super::task::Task;
use super::actions::{closed_file, open_file};
use crate::features::actors_file;
use crate::features::candidates::{self, Candidate, MOST_CANDIDATES, TAKEN, Tally};
use crate::gazetteer::amend;
use crate::text::Edit;
use crate::workspace::Snapshot;
use crate::workspace::settings::{ACTORS_FILE_NAME, FILE_NAME};

/// What the command is called.
pub const INIT: &str = "dispatch.init";

/// What the command takes, as its first argument; all of it may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InitParams {
    /// The corpus to begin with; else all that are open.
    pub text_document: Option<TextDocumentIdentifier>,
    /// Only who could be chosen is asked for; nothing is made.
    pub candidates: bool,
    /// Those who were chosen, by name; else the most frequent ones.
    pub actors: Option<Vec<String>>,
    #[serde(skip)]
    pub folders: Vec<PathBuf>,
}

impl About for InitParams {
    fn uri(&self) -> &str {
        self.text_document.as_ref().map(|document| document.uri.as_str()).unwrap_or_default()
    }
    fn progress_token(&self) -> Option<Value> {
        None
    }
}

/// What the command answers, and the edit that the client is to make.
pub fn init(open: &[Snapshot], params: InitParams, task: &Task<'_>) -> Result<(Value, Option<WorkspaceEdit>)> {
    let all: Vec<&Snapshot> = open.iter().filter(|snapshot| !actors_file::is_one(snapshot)).collect();
    let corpora = if params.text_document.is_some() { all.get(..1).unwrap_or_default() } else { all.as_slice() };
    let Some(first) = corpora.first() else { return Err(convert::refused("open a corpus first: none is open")) };
    let mut tally = Tally::default();
    for corpus in corpora {
        tally.add(corpus, task).ok_or_else(convert::cancelled)?;
    }
    let found = tally.first(MOST_CANDIDATES);
    if params.candidates {
        return Ok((json!({ "candidates": found }), None));
    }
    let chosen: Vec<Candidate> = match &params.actors {
        Some(names) => found.into_iter().filter(|candidate| names.contains(&candidate.name)).collect(),
        None => candidates::taken(found, TAKEN),
    };
    let edits = task.client.edits;
    if !edits.applies || !edits.versioned || !edits.creates {
        return Err(convert::refused(
            "this editor does not take files that are created: run `dispatch-ls init` in a terminal",
        ));
    }
    let files = files(open, first, &params.folders, &chosen).map_err(convert::refused)?;
    let (created, edited): (Vec<_>, Vec<_>) = files.iter().partition(|file| file.is_new);
    let uris = |files: Vec<&FileEdits>| -> Vec<String> { files.iter().map(|file| file.uri.to_string()).collect() };
    let result = json!({ "created": uris(created), "edited": uris(edited), "actors": chosen });
    let edit = (!files.is_empty()).then(|| convert::edits_of_files(&files, first.encoding));
    Ok((result, edit))
}

/// What is missing of a `dispatch.toml` and of an actors file. What is there is never overwritten.
fn files(
    open: &[Snapshot],
    corpus: &Snapshot,
    folders: &[PathBuf],
    chosen: &[Candidate],
) -> std::result::Result<Vec<FileEdits>, String> {
    let path = convert::uri(corpus).and_then(|uri| convert::path(&uri));
    let path = path.ok_or("save this corpus first: it has no folder yet")?;
    let beside = path.parent().unwrap_or(Path::new(""));
    let around = folders.iter().filter(|folder| path.starts_with(folder)).max_by_key(|folder| folder.as_os_str().len());
    let root = corpus.settings.folder.as_deref().or(around.map(PathBuf::as_path)).unwrap_or(beside);
    let mut files = Vec::new();
    let settings = closed_file(&root.join(FILE_NAME))?;
    if settings.is_new {
        let edits = vec![Edit::insert(0, candidates::settings_to_begin_with())];
        files.push(FileEdits { edits, ..settings });
    }
    let home = corpus.actors_home.as_deref().filter(|_| !corpus.settings.actors.is_empty());
    let home = home.map_or_else(|| root.join(ACTORS_FILE_NAME), Path::to_path_buf);
    let actors = match open_file(open, &home) {
        Some(snapshot) => FileEdits::open(snapshot)?,
        None => closed_file(&home)?,
    };
    let records: Vec<_> = chosen.iter().map(candidates::record).collect();
    let edits = amend(&actors.text.to_string(), &records);
    if actors.is_new || !edits.is_empty() {
        files.push(FileEdits { edits, ..actors });
    }
    Ok(files)
}
