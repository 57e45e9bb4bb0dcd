//! Adapters for questions about an actors file that is open.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use crate::features::references;
use crate::features::{Watch, actors_file};
use crate::workspace::{Snapshot, Who};

use super::super::convert;
use super::super::task::Task;

/// `textDocument/documentSymbol`
pub fn symbols(snapshot: &Snapshot, task: &Task<'_>) -> Result<DocumentSymbolResponse> {
    let symbols = actors_file::symbols(snapshot, task).ok_or_else(convert::cancelled)?;
    convert::listed_actors(snapshot, symbols, task.client)
}

/// `textDocument/definition`
pub fn definition(snapshot: &Snapshot, offset: usize) -> Option<GotoDefinitionResponse> {
    let place = actors_file::definition(snapshot, offset)?;
    convert::location_of(snapshot, &place).map(GotoDefinitionResponse::Scalar)
}

/// `textDocument/references`: the mentions in open corpora of the actor at byte `offset` of the first of `open`, and where
/// actors files name its id; its own line only if `declared`.
pub fn places(open: &[Snapshot], offset: usize, declared: bool, watch: &dyn Watch) -> Result<Vec<Location>> {
    let Some((here, others)) = open.split_first() else { return Ok(Vec::new()) };
    let Some(entry) = actors_file::actor_at(here, offset) else { return Ok(Vec::new()) };
    let gazetteer = &here.notes.gazetteer;
    let mut found = Vec::new();
    for snapshot in open.iter().filter(|snapshot| actors_file::is_one(snapshot)) {
        // Each file may be read with others, and count its actors otherwise.
        let own = gazetteer.id(entry).and_then(|id| snapshot.notes.gazetteer.with_id(id));
        let Some(own) = own else { continue };
        let ranges = actors_file::references(snapshot, own, declared, watch).ok_or_else(convert::cancelled)?;
        found.extend(ranges.iter().filter_map(|range| convert::location(snapshot, range)));
    }
    let Some(id) = gazetteer.id(entry) else { return Ok(found) };
    let who = Who::Listed { id: id.to_owned() };
    let corpora: Vec<Snapshot> = others.iter().filter(|snapshot| !actors_file::is_one(snapshot)).cloned().collect();
    let mentions = references::mentions(&corpora, &who, 0, watch).ok_or_else(convert::cancelled)?;
    found.extend(mentions.iter().filter_map(|place| convert::location(corpora.get(place.file)?, &place.range)));
    Ok(found)
}
