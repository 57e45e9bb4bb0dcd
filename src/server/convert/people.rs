//! Actors as the protocol has them.

use tower_lsp::ls_types::*;

use crate::annotate::ActorKind;
use crate::features::who_said_what::{Call, Item};
use crate::workspace::Snapshot;

use super::{range, uri};

/// The protocol knows programs, not people: a kind for each that editors show by a symbol of its own.
pub fn actor_kind(kind: ActorKind) -> SymbolKind {
    match kind {
        ActorKind::Person => SymbolKind::INTERFACE,
        ActorKind::Organization => SymbolKind::CLASS,
        ActorKind::Place => SymbolKind::NAMESPACE,
    }
}

/// `None` where the document's URI cannot be read.
pub fn call_hierarchy_item(snapshot: &Snapshot, item: Item) -> Option<CallHierarchyItem> {
    Some(CallHierarchyItem {
        name: item.name,
        kind: if item.who.is_some() { actor_kind(item.kind) } else { SymbolKind::EVENT },
        tags: None,
        detail: (!item.detail.is_empty()).then_some(item.detail),
        uri: uri(snapshot)?,
        range: range(snapshot, &item.range),
        selection_range: range(snapshot, &item.name_range),
        data: item.who.and_then(|who| serde_json::to_value(who).ok()),
    })
}

/// The item of a call, and its cues.
pub fn call(snapshot: &Snapshot, call: Call) -> Option<(CallHierarchyItem, Vec<Range>)> {
    let cues = call.cues.iter().map(|cue| range(snapshot, cue)).collect();
    Some((call_hierarchy_item(snapshot, call.item)?, cues))
}
