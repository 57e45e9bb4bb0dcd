//! Who is in a file, and when things happen: requests of our own.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Position, Range, TextDocumentIdentifier};

use super::super::convert::{self, About};
use super::super::task::Task;
use crate::features::{people, timeline};
use crate::workspace::Snapshot;

/// Parameters of `dispatch/actors`: `{"textDocument": {"uri": …}}`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ActorsParams {
    text_document: TextDocumentIdentifier,
    work_done_token: Option<Value>,
}

impl About for ActorsParams {
    fn uri(&self) -> &str {
        self.text_document.uri.as_str()
    }
    fn progress_token(&self) -> Option<Value> {
        self.work_done_token.clone()
    }
}

/// The answer to it.
#[derive(Debug, Serialize)]
pub struct Actors {
    complete: bool,
    actors: Vec<Actor>,
}

#[derive(Debug, Serialize)]
struct Actor {
    name: String,
    kind: &'static str,
    listed: bool,
    id: Option<String>,
    detail: String,
    claims: usize,
    mentions: Vec<Mention>,
}

#[derive(Debug, Serialize)]
struct Mention {
    range: Range,
    text: String,
    dispatch: String,
}

/// `dispatch/actors`
pub fn actors(snapshot: &Snapshot, _: ActorsParams, task: &Task<'_>) -> Result<Actors> {
    let people = people::find(snapshot, task).ok_or_else(convert::cancelled)?;
    let mention = |place: people::Place| Mention {
        range: convert::range(snapshot, &place.range),
        text: place.text,
        dispatch: place.dispatch.to_string(),
    };
    let actor = |actor: people::Somebody| Actor {
        name: actor.name,
        kind: actor.sort.name(),
        listed: actor.id.is_some(),
        id: actor.id,
        detail: actor.detail,
        claims: actor.claims,
        mentions: actor.mentions.into_iter().map(mention).collect(),
    };
    Ok(Actors { complete: people.is_complete, actors: people.actors.into_iter().map(actor).collect() })
}

/// Parameters of `dispatch/timeline`: `{"textDocument": {"uri": …}, "position": …}`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimelineParams {
    text_document: TextDocumentIdentifier,
    position: Position,
}

impl About for TimelineParams {
    fn uri(&self) -> &str {
        self.text_document.uri.as_str()
    }
    fn progress_token(&self) -> Option<Value> {
        None
    }
}

/// The answer to it.
#[derive(Debug, Serialize)]
pub struct Dates {
    dispatch: String,
    date: Option<String>,
    entries: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    value: String,
    label: String,
    text: String,
    range: Range,
    kind: &'static str,
    sentence: String,
}

/// `dispatch/timeline`
pub fn timeline(snapshot: &Snapshot, params: TimelineParams, _: &Task<'_>) -> Result<Option<Dates>> {
    let offset = convert::offset(snapshot, params.position);
    let entry = |entry: timeline::Entry| Entry {
        value: entry.value,
        label: entry.label,
        text: entry.text,
        range: convert::range(snapshot, &entry.range),
        kind: entry.kind.name(),
        sentence: entry.sentence,
    };
    Ok(timeline::find(snapshot, offset).map(|found| Dates {
        dispatch: found.dispatch,
        date: found.date,
        entries: found.entries.into_iter().map(entry).collect(),
    }))
}
