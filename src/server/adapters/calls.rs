//! Who is meant, where else, and who said what.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::super::convert;
use super::super::task::Task;
use super::actors_file;
use crate::features::actors_file::{actor_at as listed_at, is_one};
use crate::features::place::Place;
use crate::features::who_said_what::Call;
use crate::features::{by_name, definition, references as found, who_said_what};
use crate::workspace::{Snapshot, Who};

/// `textDocument/references`; the document that is asked about is the first of `open`.
pub fn references(open: &[Snapshot], params: ReferenceParams, task: &Task<'_>) -> Result<Vec<Location>> {
    let Some(here) = open.first() else { return Ok(Vec::new()) };
    let offset = convert::offset(here, params.text_document_position.position);
    if is_one(here) {
        return actors_file::places(open, offset, params.context.include_declaration, task);
    }
    let found = found::find(open, offset, task).ok_or_else(convert::cancelled)?;
    // Mentions are no declarations; the line of an actors file is one.
    let listed = || definition::find(here, offset).filter(|place| matches!(place, Place::File { .. }));
    let line = params.context.include_declaration.then(listed).flatten();
    let line = line.and_then(|place| convert::location_of(here, &place));
    let found = found.iter().filter_map(|found| convert::location(open.get(found.file)?, &found.range));
    Ok(line.into_iter().chain(found).collect())
}

/// `workspace/symbol`
pub fn workspace_symbol(
    open: &[Snapshot],
    params: WorkspaceSymbolParams,
    task: &Task<'_>,
) -> Result<WorkspaceSymbolResponse> {
    let found = by_name::find(open, &params.query, task).ok_or_else(convert::cancelled)?;
    #[expect(deprecated, reason = "the type cannot be made without the field")]
    let symbol = |named: by_name::Named| {
        Some(SymbolInformation {
            location: convert::location(open.get(named.file)?, &named.range)?,
            name: named.name,
            kind: convert::actor_kind(named.kind),
            tags: None,
            deprecated: None,
            container_name: Some(named.dispatch),
        })
    };
    Ok(WorkspaceSymbolResponse::Flat(found.into_iter().filter_map(symbol).collect()))
}

/// `textDocument/prepareCallHierarchy`; the document that is asked about is the first of `open`. Whom a line of an actors
/// file lists is looked for in all open corpora: then there is an item for each.
pub fn prepare_call_hierarchy(
    open: &[Snapshot],
    params: CallHierarchyPrepareParams,
    task: &Task<'_>,
) -> Result<Option<Vec<CallHierarchyItem>>> {
    let Some((here, others)) = open.split_first() else { return Ok(None) };
    let offset = convert::offset(here, params.text_document_position_params.position);
    if !is_one(here) {
        let item = who_said_what::prepare(here, offset);
        return Ok(item.and_then(|item| convert::call_hierarchy_item(here, item)).map(|item| vec![item]));
    }
    let gazetteer = &here.notes.gazetteer;
    let Some(id) = listed_at(here, offset).and_then(|entry| gazetteer.id(entry)) else { return Ok(None) };
    let who = Who::Listed { id: id.to_owned() };
    let mut items = Vec::new();
    for corpus in others.iter().filter(|snapshot| !is_one(snapshot)) {
        let item = who_said_what::of(corpus, &who, task).ok_or_else(convert::cancelled)?;
        items.extend(item.and_then(|item| convert::call_hierarchy_item(corpus, item)));
    }
    Ok((!items.is_empty()).then_some(items))
}

/// `callHierarchy/incomingCalls`: claims about somebody.
pub fn incoming_calls(
    snapshot: &Snapshot,
    params: CallHierarchyIncomingCallsParams,
    task: &Task<'_>,
) -> Result<Vec<CallHierarchyIncomingCall>> {
    let calls = calls(snapshot, &params.item, task, who_said_what::about)?;
    Ok(calls.map(|(from, from_ranges)| CallHierarchyIncomingCall { from, from_ranges }).collect())
}

/// `callHierarchy/outgoingCalls`: claims by somebody.
pub fn outgoing_calls(
    snapshot: &Snapshot,
    params: CallHierarchyOutgoingCallsParams,
    task: &Task<'_>,
) -> Result<Vec<CallHierarchyOutgoingCall>> {
    let calls = calls(snapshot, &params.item, task, who_said_what::by)?;
    Ok(calls.map(|(to, from_ranges)| CallHierarchyOutgoingCall { to, from_ranges }).collect())
}

/// What there is to find for an item.
type Find = fn(&Snapshot, &Who, usize, &dyn crate::features::Watch) -> Option<Vec<Call>>;

fn calls<'a>(
    snapshot: &'a Snapshot,
    item: &CallHierarchyItem,
    task: &Task<'_>,
    find: Find,
) -> Result<impl Iterator<Item = (CallHierarchyItem, Vec<Range>)> + use<'a>> {
    let offset = convert::offset(snapshot, item.selection_range.start);
    let who = item.data.clone().and_then(|data| serde_json::from_value::<Who>(data).ok());
    let calls = match who {
        Some(who) => find(snapshot, &who, offset, task).ok_or_else(convert::cancelled)?,
        None => Vec::new(),
    };
    Ok(calls.into_iter().filter_map(|call| convert::call(snapshot, call)))
}
