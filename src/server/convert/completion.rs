//! Completion as the protocol has it.

use tower_lsp::ls_types::*;

use crate::features::completion::{Item, Kind};
use crate::features::markup;
use crate::workspace::Snapshot;

use super::super::capabilities::ClientAbilities;
use super::range;

/// The items in their order.
pub fn completion(snapshot: &Snapshot, items: &[Item], client: &ClientAbilities) -> CompletionResponse {
    // Of names there may be more than are given: with another letter others are.
    let is_incomplete = items.iter().any(|item| matches!(item.kind, Kind::Actor | Kind::Date));
    let items = items.iter().enumerate();
    let items: Vec<_> = items.map(|(place, item)| completion_item(snapshot, place, item, client)).collect();
    if is_incomplete {
        return CompletionResponse::List(CompletionList { is_incomplete, items });
    }
    items.into()
}

fn completion_item(snapshot: &Snapshot, place: usize, item: &Item, client: &ClientAbilities) -> CompletionItem {
    let placeholder = item.placeholder.clone().filter(|_| client.snippets);
    let snippet = placeholder.and_then(|range| {
        let (before, rest) = (item.put.get(..range.start)?, item.put.get(range.end..)?);
        let name = item.put.get(range)?;
        Some(format!("{}${{1:{}}}{}", escaped(before), escaped(name), escaped(rest)))
    });
    let format = if snippet.is_some() { InsertTextFormat::SNIPPET } else { InsertTextFormat::PLAIN_TEXT };
    CompletionItem {
        label: item.label.clone(),
        kind: Some(match item.kind {
            Kind::Delimiter => CompletionItemKind::FILE,
            Kind::Key => CompletionItemKind::PROPERTY,
            Kind::Value => CompletionItemKind::VALUE,
            Kind::Actor => CompletionItemKind::CONSTANT,
            Kind::Date => CompletionItemKind::VALUE,
        }),
        detail: (!item.detail.is_empty()).then(|| item.detail.clone()),
        documentation: (!item.documentation.is_empty()).then(|| {
            let mut text = markup::Text::default();
            text.line([markup::own(item.documentation.clone())]);
            let form = client.completion_form;
            Documentation::MarkupContent(super::markup(text.render(form), form))
        }),
        sort_text: Some(format!("{place:04}")),
        // What is replaced begins with white space where a space is missing.
        filter_text: Some(
            item.filter.clone().unwrap_or_else(|| item.put.lines().next().unwrap_or_default().to_owned()),
        ),
        insert_text_format: Some(format),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: range(snapshot, &item.range),
            new_text: snippet.unwrap_or_else(|| item.put.clone()),
        })),
        ..Default::default()
    }
}

/// Text that stands for itself in a snippet.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}
