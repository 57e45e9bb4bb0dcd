//! Adapters: a request's parameters to plain data, a feature's plain answer to the protocol's types. One function for
//! each request about a document, with the request's name, a few lines long: see [`super`] for how to add one.

mod actions;
mod actors_file;
mod calls;
mod init;
mod people;

use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use crate::features::symbols::Depth;
use crate::features::{self, Watch};
use crate::workspace::Snapshot;

use super::convert::{self, About};
use super::diagnostics;
use super::owner::HINTS;
use super::task::Task;

pub use actions::*;
pub use calls::*;
pub use init::*;
pub use people::*;

/// `textDocument/diagnostic`
pub fn diagnostic(
    snapshot: &Snapshot,
    params: DocumentDiagnosticParams,
    task: &Task<'_>,
) -> Result<DocumentDiagnosticReportResult> {
    let gathered = diagnostics::gather(snapshot, task).unwrap_or_default();
    let items = convert::diagnostics(snapshot, &gathered, task.client);
    Ok(convert::document_report(items, snapshot.opening, params.previous_result_id.as_deref()))
}

/// Parameters of `dispatch/status`: `{"textDocument": {"uri": …}}`
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusParams {
    text_document: TextDocumentIdentifier,
}

impl About for StatusParams {
    fn uri(&self) -> &str {
        self.text_document.uri.as_str()
    }
    fn progress_token(&self) -> Option<Value> {
        None
    }
}

/// `dispatch/status`: the dialect, how many dispatches there are, and how many findings that are not turned off.
pub fn status(snapshot: &Snapshot, _: StatusParams, _: &Task<'_>) -> Result<Value> {
    Ok(json!({
        "dialect": snapshot.view.dialect().name(),
        "dispatches": snapshot.view.dispatch_count(),
        "findings": diagnostics::count(snapshot),
    }))
}

impl Watch for Task<'_> {
    fn goes_on(&self, done: usize, all: usize) -> bool {
        self.report(done, all);
        self.is_wanted()
    }
}

/// `textDocument/hover`
pub fn hover(snapshot: &Snapshot, params: HoverParams, task: &Task<'_>) -> Result<Option<Hover>> {
    let offset = convert::offset(snapshot, params.text_document_position_params.position);
    let hover = features::hover::find_at_once(snapshot, offset);
    Ok(hover.map(|hover| convert::hover(snapshot, &hover, task.client)))
}

/// `textDocument/hover` where a dispatch may have to be annotated first
pub fn hover_card(snapshot: &Snapshot, params: HoverParams, task: &Task<'_>) -> Result<Option<Hover>> {
    let offset = convert::offset(snapshot, params.text_document_position_params.position);
    let card = if features::actors_file::is_one(snapshot) {
        features::actors_file::hover(snapshot, offset)
    } else {
        features::hover::find(snapshot, offset).or_else(|| features::card::find(snapshot, offset))
    };
    Ok(card.map(|card| convert::hover(snapshot, &card, task.client)))
}

/// `textDocument/inlayHint`
pub fn inlay_hint(snapshot: &Snapshot, params: InlayHintParams, task: &Task<'_>) -> Result<Vec<InlayHint>> {
    let range = convert::byte_range(snapshot, params.range);
    // Who can't be told to ask again would never get the hint that is left out there.
    let caret = snapshot.typing.filter(|_| task.client.refreshes.contains(&HINTS));
    let hints = features::hints::find(snapshot, range, caret, task).ok_or_else(convert::cancelled)?;
    Ok(hints.into_iter().map(|hint| convert::hint(snapshot, hint, task.client)).collect())
}

/// `inlayHint/resolve`: what the hint says when one looks at it; as it was where the text has no such hint any more.
pub fn inlay_hint_resolve(snapshot: &Snapshot, mut hint: InlayHint, task: &Task<'_>) -> Result<InlayHint> {
    let place = convert::hint_place(snapshot, &hint);
    let text = place.and_then(|(at, kind)| features::hints::tooltip(snapshot, at, kind));
    hint.tooltip = text.map(|text| convert::tooltip(&text, task.client));
    Ok(hint)
}

/// `textDocument/codeLens`
pub fn code_lens(snapshot: &Snapshot, _: CodeLensParams, task: &Task<'_>) -> Result<Vec<CodeLens>> {
    let places = features::lens::find_all(snapshot, task).ok_or_else(convert::cancelled)?;
    Ok(places.into_iter().map(|at| convert::lens(snapshot, at)).collect())
}

/// `codeLens/resolve`: what is in the dispatch that begins there; as it was where none does any more.
pub fn code_lens_resolve(snapshot: &Snapshot, mut lens: CodeLens, task: &Task<'_>) -> Result<CodeLens> {
    let at = convert::offset(snapshot, lens.range.start);
    let found = features::lens::find(snapshot, at);
    lens.command = found.map(|found| convert::lens_command(snapshot, at, found, task.client));
    Ok(lens)
}

/// `textDocument/documentHighlight`
pub fn document_highlight(
    snapshot: &Snapshot,
    params: DocumentHighlightParams,
    task: &Task<'_>,
) -> Result<Option<Vec<DocumentHighlight>>> {
    let offset = convert::offset(snapshot, params.text_document_position_params.position);
    let places = features::highlights::find(snapshot, offset, task);
    Ok(places.map(|places| places.iter().map(|place| convert::highlight(snapshot, place)).collect()))
}

/// `textDocument/definition`
pub fn goto_definition(
    snapshot: &Snapshot,
    params: GotoDefinitionParams,
    _: &Task<'_>,
) -> Result<Option<GotoDefinitionResponse>> {
    let offset = convert::offset(snapshot, params.text_document_position_params.position);
    if features::actors_file::is_one(snapshot) {
        return Ok(actors_file::definition(snapshot, offset));
    }
    let place = features::definition::find(snapshot, offset);
    Ok(place.and_then(|place| convert::location_of(snapshot, &place)).map(GotoDefinitionResponse::Scalar))
}

/// `textDocument/completion`
pub fn completion(snapshot: &Snapshot, params: CompletionParams, task: &Task<'_>) -> Result<CompletionResponse> {
    let offset = convert::offset(snapshot, params.text_document_position.position);
    let items = if features::actors_file::is_one(snapshot) {
        features::actors_file::completion(snapshot, offset)
    } else {
        features::completion::find(snapshot, offset)
    };
    Ok(convert::completion(snapshot, &items, task.client))
}

/// `textDocument/documentSymbol`
pub fn document_symbol(
    snapshot: &Snapshot,
    _: DocumentSymbolParams,
    task: &Task<'_>,
) -> Result<DocumentSymbolResponse> {
    if features::actors_file::is_one(snapshot) {
        return actors_file::symbols(snapshot, task);
    }
    // A flat list of what is in each dispatch would be of no use.
    let depth = if task.client.nested_symbols { Depth::Everything } else { Depth::Dispatches };
    let symbols = features::symbols::find_all(snapshot, depth, task).ok_or_else(convert::cancelled)?;
    convert::symbols(snapshot, symbols, task.client)
}

/// `textDocument/foldingRange`
pub fn folding_range(snapshot: &Snapshot, _: FoldingRangeParams, task: &Task<'_>) -> Result<Vec<FoldingRange>> {
    let most = task.client.fold_limit.unwrap_or(usize::MAX);
    let folds = features::folding::find_all(snapshot, most, task).ok_or_else(convert::cancelled)?;
    Ok(folds.iter().map(|fold| convert::fold(snapshot, fold, task.client)).collect())
}

/// `textDocument/selectionRange`
pub fn selection_range(snapshot: &Snapshot, params: SelectionRangeParams, _: &Task<'_>) -> Result<Vec<SelectionRange>> {
    let positions = params.positions.into_iter();
    let offsets = positions.map(|position| convert::offset(snapshot, position));
    Ok(offsets.map(|offset| convert::selection(snapshot, &features::selection::find(snapshot, offset))).collect())
}

/// `textDocument/documentLink`
pub fn document_link(snapshot: &Snapshot, _: DocumentLinkParams, task: &Task<'_>) -> Result<Vec<DocumentLink>> {
    let links = features::links::find_all(snapshot, task).ok_or_else(convert::cancelled)?;
    Ok(links.iter().filter_map(|link| convert::link(snapshot, link)).collect())
}

/// `textDocument/formatting`
pub fn formatting(snapshot: &Snapshot, _: DocumentFormattingParams, task: &Task<'_>) -> Result<Vec<TextEdit>> {
    let edits = features::formatting::find_all(snapshot, task).ok_or_else(convert::cancelled)?;
    Ok(edits.iter().map(|edit| convert::text_edit(snapshot, edit)).collect())
}

/// `textDocument/rangeFormatting`
pub fn range_formatting(
    snapshot: &Snapshot,
    params: DocumentRangeFormattingParams,
    task: &Task<'_>,
) -> Result<Vec<TextEdit>> {
    let range = convert::byte_range(snapshot, params.range);
    let edits = features::formatting::find_in(snapshot, range, task).ok_or_else(convert::cancelled)?;
    Ok(edits.iter().map(|edit| convert::text_edit(snapshot, edit)).collect())
}

/// `textDocument/linkedEditingRange`
pub fn linked_editing_range(
    snapshot: &Snapshot,
    params: LinkedEditingRangeParams,
    _: &Task<'_>,
) -> Result<Option<LinkedEditingRanges>> {
    let offset = convert::offset(snapshot, params.text_document_position_params.position);
    let ranges = features::linked_editing::find(snapshot, offset);
    Ok(ranges.map(|ranges| convert::linked(snapshot, &ranges)))
}

/// `textDocument/semanticTokens/full`: no tokens for a file so large that they should be asked for by range.
pub fn semantic_tokens_full(
    snapshot: &Snapshot,
    _: SemanticTokensParams,
    task: &Task<'_>,
) -> Result<Option<SemanticTokensResult>> {
    let length = snapshot.text.len();
    let (by_range, overlap) = task.client.tokens;
    // Who can ask by range does so as long as there is no answer to this; it would have less than the range has.
    if by_range && length > features::tokens::WIDEST {
        return Ok(None);
    }
    let range = if length > features::tokens::FULL_LIMIT { 0..0 } else { 0..length };
    let tokens = features::tokens::find(snapshot, range, overlap, task).ok_or_else(convert::cancelled)?;
    Ok(Some(convert::tokens(snapshot, &tokens).into()))
}

/// `textDocument/semanticTokens/range`
pub fn semantic_tokens_range(
    snapshot: &Snapshot,
    params: SemanticTokensRangeParams,
    task: &Task<'_>,
) -> Result<SemanticTokensRangeResult> {
    let range = convert::byte_range(snapshot, params.range);
    let tokens = features::tokens::find(snapshot, range, task.client.tokens.1, task).ok_or_else(convert::cancelled)?;
    Ok(convert::tokens(snapshot, &tokens).into())
}
