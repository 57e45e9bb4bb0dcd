//! Answers of features as the protocol has them.

use std::ops::Range as ByteRange;
use std::str::FromStr;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use crate::features::folding::Fold;
use crate::features::hover;
use crate::features::linked_editing::NAME_PATTERN;
use crate::features::links::Link;
use crate::features::markup::Form;
use crate::features::symbols::{Kind, Symbol};
use crate::features::tokens::{Token, placed};
use crate::workspace::Snapshot;

use super::super::capabilities::ClientAbilities;
use super::{actor_kind, range, refused, uri};

pub fn hover(snapshot: &Snapshot, hover: &hover::Hover, client: &ClientAbilities) -> Hover {
    Hover {
        contents: HoverContents::Markup(markup(hover.text.render(client.hover_form), client.hover_form)),
        range: Some(range(snapshot, &hover.range)),
    }
}

pub fn markup(value: String, form: Form) -> MarkupContent {
    let kind = match form {
        Form::Plain => MarkupKind::PlainText,
        Form::Markdown => MarkupKind::Markdown,
    };
    MarkupContent { kind, value }
}

pub fn highlight(snapshot: &Snapshot, place: &ByteRange<usize>) -> DocumentHighlight {
    DocumentHighlight { range: range(snapshot, place), kind: Some(DocumentHighlightKind::TEXT) }
}

/// `None` where the document's URI cannot be read.
pub fn location(snapshot: &Snapshot, place: &ByteRange<usize>) -> Option<Location> {
    Some(Location { uri: uri(snapshot)?, range: range(snapshot, place) })
}

/// Nested symbols, or flat ones for a client that knows no others.
pub fn symbols(snapshot: &Snapshot, symbols: Vec<Symbol>, client: &ClientAbilities) -> Result<DocumentSymbolResponse> {
    if client.nested_symbols {
        return Ok(symbols.into_iter().map(|symbol| nested(snapshot, symbol)).collect::<Vec<_>>().into());
    }
    let uri = uri(snapshot).ok_or_else(|| refused("the document's URI cannot be read"))?;
    Ok(symbols.into_iter().map(|symbol| flat(snapshot, symbol, &uri)).collect::<Vec<_>>().into())
}

#[expect(deprecated, reason = "the type cannot be made without the field")]
fn nested(snapshot: &Snapshot, symbol: Symbol) -> DocumentSymbol {
    DocumentSymbol {
        name: symbol.name,
        detail: (!symbol.detail.is_empty()).then_some(symbol.detail),
        kind: match symbol.kind {
            Kind::Dispatch => SymbolKind::FILE,
            Kind::Actor(kind) => actor_kind(kind),
            Kind::Claim => SymbolKind::EVENT,
        },
        tags: None,
        deprecated: None,
        range: range(snapshot, &symbol.range),
        selection_range: range(snapshot, &symbol.name_range),
        children: (!symbol.children.is_empty())
            .then(|| symbol.children.into_iter().map(|child| nested(snapshot, child)).collect()),
    }
}

#[expect(deprecated, reason = "the type cannot be made without the field")]
fn flat(snapshot: &Snapshot, symbol: Symbol, uri: &Uri) -> SymbolInformation {
    SymbolInformation {
        name: symbol.name,
        kind: SymbolKind::FILE,
        tags: None,
        deprecated: None,
        location: Location { uri: uri.clone(), range: range(snapshot, &symbol.range) },
        container_name: None,
    }
}

pub fn fold(snapshot: &Snapshot, fold: &Fold, client: &ClientAbilities) -> FoldingRange {
    let Range { start, end } = range(snapshot, &fold.range);
    let column = |column: u32| (!client.folds_lines_only).then_some(column);
    FoldingRange {
        start_line: start.line,
        start_character: column(start.character),
        end_line: end.line,
        end_character: column(end.character),
        kind: None,
        collapsed_text: None,
    }
}

/// `ranges` from the innermost outwards; there is at least one.
pub fn selection(snapshot: &Snapshot, ranges: &[ByteRange<usize>]) -> SelectionRange {
    let outer = |parent: Option<Box<SelectionRange>>, bytes: &ByteRange<usize>| {
        Some(Box::new(SelectionRange { range: range(snapshot, bytes), parent }))
    };
    ranges.iter().rev().fold(None, outer).map(|selection| *selection).unwrap_or_default()
}

/// `None` for an address that is none by the rules for URIs.
pub fn link(snapshot: &Snapshot, link: &Link) -> Option<DocumentLink> {
    let target = Uri::from_str(&link.target).ok()?;
    Some(DocumentLink { range: range(snapshot, &link.range), target: Some(target), tooltip: None, data: None })
}

pub fn linked(snapshot: &Snapshot, ranges: &[ByteRange<usize>]) -> LinkedEditingRanges {
    LinkedEditingRanges {
        ranges: ranges.iter().map(|bytes| range(snapshot, bytes)).collect(),
        word_pattern: Some(NAME_PATTERN.to_owned()),
    }
}

/// Each token counted from the one before.
pub fn tokens(snapshot: &Snapshot, tokens: &[Token]) -> SemanticTokens {
    let (mut line, mut column) = (0, 0);
    let data = placed(&snapshot.text, tokens, snapshot.encoding).into_iter().map(|token| {
        let delta_line = token.line - line;
        let delta_start = if delta_line == 0 { token.column - column } else { token.column };
        (line, column) = (token.line, token.column);
        SemanticToken {
            delta_line,
            delta_start,
            length: token.length,
            token_type: token.kind as u32,
            token_modifiers_bitset: token.modifiers.0,
        }
    });
    SemanticTokens { result_id: None, data: data.collect() }
}
