//! The actors of an actors file as the protocol has them.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use crate::features::actors_file::Symbol;
use crate::workspace::Snapshot;

use super::super::capabilities::ClientAbilities;
use super::{actor_kind, range, refused, uri};

/// Symbols with a range of their own for the name, or flat ones for a client that knows no others.
pub fn listed_actors(
    snapshot: &Snapshot,
    symbols: Vec<Symbol>,
    client: &ClientAbilities,
) -> Result<DocumentSymbolResponse> {
    if client.nested_symbols {
        return Ok(symbols.into_iter().map(|symbol| nested(snapshot, symbol)).collect::<Vec<_>>().into());
    }
    let uri = uri(snapshot).ok_or_else(|| refused("the document's URI cannot be read"))?;
    Ok(symbols.into_iter().map(|symbol| flat(snapshot, symbol, &uri)).collect::<Vec<_>>().into())
}

fn kind(symbol: &Symbol) -> SymbolKind {
    symbol.kind.map_or(SymbolKind::NULL, actor_kind)
}

#[expect(deprecated, reason = "the type cannot be made without the field")]
fn nested(snapshot: &Snapshot, symbol: Symbol) -> DocumentSymbol {
    DocumentSymbol {
        kind: kind(&symbol),
        name: symbol.name,
        detail: Some(symbol.detail),
        tags: None,
        deprecated: None,
        range: range(snapshot, &symbol.range),
        selection_range: range(snapshot, &symbol.name_range),
        children: None,
    }
}

#[expect(deprecated, reason = "the type cannot be made without the field")]
fn flat(snapshot: &Snapshot, symbol: Symbol, uri: &Uri) -> SymbolInformation {
    SymbolInformation {
        kind: kind(&symbol),
        name: symbol.name,
        tags: None,
        deprecated: None,
        location: Location { uri: uri.clone(), range: range(snapshot, &symbol.range) },
        container_name: None,
    }
}
