//! What the client can do, and what the server says it can do.

use serde_json::{Value, json};
use tower_lsp::ls_types::*;

use crate::features::code_actions;
use crate::features::markup::Form;
use crate::features::tokens::{self, Overlap};
use crate::text::Encoding;

use super::convert::SHOW_REFERENCES;

/// What matters to us of what a client can do.
#[derive(Debug, Clone, Default)]
pub struct ClientAbilities {
    pub encoding: Encoding,
    /// It may pull diagnostics.
    pub pulls_diagnostics: bool,
    /// It can be told that diagnostics have changed.
    pub refreshes_diagnostics: bool,
    /// The requests by which it can be told that what it shows of the text has changed.
    pub refreshes: Vec<&'static str>,
    /// Whether it asks for semantic tokens by range, and how they may lie.
    pub tokens: (bool, Overlap),
    /// It minds to which version of a document diagnostics belong.
    pub minds_versions: bool,
    pub related_information: bool,
    pub code_descriptions: bool,
    /// It can show text as unnecessary.
    pub unnecessary_tag: bool,
    /// It answers `workspace/configuration`.
    pub configuration: bool,
    /// It tells of changed settings where that was registered.
    pub registers_configuration: bool,
    /// It shows progress of which the server has made the token.
    pub progress: bool,
    /// It asks what a hint says when that is looked at.
    pub resolves_hints: bool,
    /// It has our command that shows a list of places.
    pub shows_references: bool,
    pub hover_form: Form,
    pub completion_form: Form,
    pub snippets: bool,
    /// It knows symbols that have a range of their own for the name.
    pub nested_symbols: bool,
    pub fold_limit: Option<usize>,
    pub folds_lines_only: bool,
    pub edits: EditAbilities,
}

/// What matters to us of how a client takes code actions and edits.
#[derive(Debug, Clone, Copy, Default)]
pub struct EditAbilities {
    /// It takes code actions, not only commands.
    pub literals: bool,
    /// It asks for the edit of an action when that is chosen.
    pub lazy: bool,
    pub preferred: bool,
    /// It shows actions that are not possible, and why.
    pub disabled: bool,
    /// It minds for which version of a document an edit is.
    pub versioned: bool,
    /// It can create files, in an edit.
    pub creates: bool,
    /// It takes edits that nobody has asked for.
    pub applies: bool,
}

impl ClientAbilities {
    pub fn new(capabilities: &ClientCapabilities) -> ClientAbilities {
        let all = serde_json::to_value(capabilities).unwrap_or_default();
        let has = |pointer: &str| all.pointer(pointer) == Some(&Value::Bool(true));
        // Those for pulled diagnostics have come late, and few clients name them.
        let diagnostics = |name: &str| {
            has(&format!("/textDocument/publishDiagnostics/{name}")) || has(&format!("/textDocument/diagnostic/{name}"))
        };
        ClientAbilities {
            encoding: encoding(all.pointer("/general/positionEncodings")),
            pulls_diagnostics: all.pointer("/textDocument/diagnostic").is_some_and(Value::is_object),
            refreshes_diagnostics: has("/workspace/diagnostics/refreshSupport")
                || has("/workspace/diagnostic/refreshSupport"),
            refreshes: [
                ("/workspace/inlayHint/refreshSupport", "workspace/inlayHint/refresh"),
                ("/workspace/semanticTokens/refreshSupport", "workspace/semanticTokens/refresh"),
                ("/workspace/codeLens/refreshSupport", "workspace/codeLens/refresh"),
            ]
            .into_iter()
            .filter_map(|(ability, method)| has(ability).then_some(method))
            .collect(),
            tokens: (
                has("/textDocument/semanticTokens/requests/range")
                    || all.pointer("/textDocument/semanticTokens/requests/range").is_some_and(Value::is_object),
                match has("/textDocument/semanticTokens/overlappingTokenSupport") {
                    true => Overlap::Allowed,
                    false => Overlap::Never,
                },
            ),
            minds_versions: has("/textDocument/publishDiagnostics/versionSupport"),
            related_information: diagnostics("relatedInformation"),
            code_descriptions: diagnostics("codeDescriptionSupport"),
            unnecessary_tag: all
                .pointer("/textDocument/publishDiagnostics/tagSupport/valueSet")
                .and_then(Value::as_array)
                .is_some_and(|tags| tags.contains(&json!(DiagnosticTag::UNNECESSARY))),
            configuration: has("/workspace/configuration"),
            registers_configuration: has("/workspace/didChangeConfiguration/dynamicRegistration"),
            progress: has("/window/workDoneProgress"),
            resolves_hints: all
                .pointer("/textDocument/inlayHint/resolveSupport/properties")
                .and_then(Value::as_array)
                .is_some_and(|properties| properties.contains(&json!("tooltip"))),
            shows_references: all
                .pointer("/experimental/commands")
                .map(|commands| commands.get("commands").unwrap_or(commands))
                .and_then(Value::as_array)
                .is_some_and(|commands| commands.contains(&json!(SHOW_REFERENCES))),
            hover_form: form(all.pointer("/textDocument/hover/contentFormat")),
            completion_form: form(all.pointer("/textDocument/completion/completionItem/documentationFormat")),
            snippets: has("/textDocument/completion/completionItem/snippetSupport"),
            nested_symbols: has("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            fold_limit: all
                .pointer("/textDocument/foldingRange/rangeLimit")
                .and_then(Value::as_u64)
                .and_then(|limit| usize::try_from(limit).ok()),
            folds_lines_only: has("/textDocument/foldingRange/lineFoldingOnly"),
            edits: EditAbilities {
                literals: all
                    .pointer("/textDocument/codeAction/codeActionLiteralSupport")
                    .is_some_and(Value::is_object),
                lazy: has("/textDocument/codeAction/dataSupport")
                    && all
                        .pointer("/textDocument/codeAction/resolveSupport/properties")
                        .and_then(Value::as_array)
                        .is_some_and(|properties| properties.contains(&json!("edit"))),
                preferred: has("/textDocument/codeAction/isPreferredSupport"),
                disabled: has("/textDocument/codeAction/disabledSupport"),
                versioned: has("/workspace/workspaceEdit/documentChanges"),
                creates: all
                    .pointer("/workspace/workspaceEdit/resourceOperations")
                    .and_then(Value::as_array)
                    .is_some_and(|operations| operations.contains(&json!("create"))),
                applies: has("/workspace/applyEdit"),
            },
        }
    }
}

/// The first form in the client's list that we know; plain text without a list.
fn form(formats: Option<&Value>) -> Form {
    let known = |format: &Value| match format.as_str() {
        Some("markdown") => Some(Form::Markdown),
        Some("plaintext") => Some(Form::Plain),
        _ => None,
    };
    formats.and_then(Value::as_array).and_then(|formats| formats.iter().find_map(known)).unwrap_or_default()
}

/// UTF-8 where the client offers it, since that is what offsets are in; else UTF-16, which every client has to know.
fn encoding(offered: Option<&Value>) -> Encoding {
    let offers = |name: &str| offered.and_then(Value::as_array).is_some_and(|all| all.contains(&json!(name)));
    match (offers("utf-8"), offers("utf-16"), offers("utf-32")) {
        (true, ..) => Encoding::Utf8,
        (false, false, true) => Encoding::Utf32,
        _ => Encoding::Utf16,
    }
}

/// What the server says it can do. A feature that is added is announced here.
pub fn announce(client: &ClientAbilities) -> InitializeResult {
    let modifiers = tokens::Modifiers::LEGEND.iter().copied();
    let capabilities = ServerCapabilities {
        position_encoding: Some(match client.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..Default::default()
        })),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        diagnostic_provider: client.pulls_diagnostics.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some(super::SOURCE.to_owned()),
                inter_file_dependencies: false,
                workspace_diagnostics: true,
                work_done_progress_options: with_progress(),
            })
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        inlay_hint_provider: Some(OneOf::Right(InlayHintServerCapabilities::Options(InlayHintOptions {
            resolve_provider: Some(client.resolves_hints),
            work_done_progress_options: with_progress(),
        }))),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true) }),
        document_highlight_provider: Some(OneOf::Left(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Right(ReferenceOptions { work_done_progress_options: with_progress() })),
        call_hierarchy_provider: Some(CallHierarchyServerCapability::Options(CallHierarchyOptions {
            work_done_progress_options: with_progress(),
        })),
        workspace_symbol_provider: Some(OneOf::Right(WorkspaceSymbolOptions {
            work_done_progress_options: with_progress(),
            resolve_provider: None,
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["=", "<", "-", "[", "#", ":", "\"", "{"].map(str::to_owned).to_vec()),
            ..Default::default()
        }),
        // Actions are of no use to those who only know commands.
        code_action_provider: client.edits.literals.then(|| {
            let kinds = [
                code_actions::Kind::QuickFix,
                code_actions::Kind::FixAll,
                code_actions::Kind::Rewrite,
                code_actions::Kind::Actors,
            ];
            CodeActionProviderCapability::Options(CodeActionOptions {
                code_action_kinds: Some(kinds.map(|kind| CodeActionKind::new(kind.name())).to_vec()),
                resolve_provider: Some(true),
                work_done_progress_options: with_progress(),
            })
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![super::adapters::INIT.to_owned()],
            work_done_progress_options: with_progress(),
        }),
        document_symbol_provider: Some(OneOf::Right(DocumentSymbolOptions {
            label: Some("dispatches".to_owned()),
            work_done_progress_options: with_progress(),
        })),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: with_progress(),
        }),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                work_done_progress_options: with_progress(),
                legend: SemanticTokensLegend {
                    token_types: tokens::LEGEND.iter().map(|name| SemanticTokenType::from(*name)).collect(),
                    token_modifiers: modifiers.map(SemanticTokenModifier::new).collect(),
                },
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Bool(true)),
            },
        )),
        ..Default::default()
    };
    let server_info =
        ServerInfo { name: env!("CARGO_PKG_NAME").to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
    InitializeResult { capabilities, server_info: Some(server_info), ..Default::default() }
}

fn with_progress() -> WorkDoneProgressOptions {
    WorkDoneProgressOptions { work_done_progress: Some(true) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn abilities(capabilities: Value) -> ClientAbilities {
        ClientAbilities::new(&serde_json::from_value(capabilities).unwrap())
    }

    #[test]
    fn utf8_is_preferred_and_utf16_the_default() {
        let agreed = |offer: Value| abilities(json!({"general": {"positionEncodings": offer}})).encoding;
        assert_eq!(agreed(json!(["utf-16", "utf-8"])), Encoding::Utf8);
        assert_eq!(agreed(json!(["utf-32", "utf-16"])), Encoding::Utf16);
        assert_eq!(agreed(json!(["utf-32"])), Encoding::Utf32);
        assert_eq!(agreed(json!([])), Encoding::Utf16);
        assert_eq!(abilities(json!({})).encoding, Encoding::Utf16);
    }

    #[test]
    fn pulling_is_offered_to_those_who_can() {
        let offered = |capabilities| announce(&abilities(capabilities)).capabilities.diagnostic_provider.is_some();
        assert!(offered(json!({"textDocument": {"diagnostic": {"dynamicRegistration": true}}})));
        assert!(!offered(json!({"textDocument": {"publishDiagnostics": {}}})));
    }

    #[test]
    fn tags_and_versions() {
        let client = abilities(json!({"textDocument": {"publishDiagnostics":
            {"tagSupport": {"valueSet": [1, 2]}, "versionSupport": true, "codeDescriptionSupport": true}}}));
        assert!(client.unnecessary_tag && client.minds_versions && client.code_descriptions);
        assert!(!client.related_information);
    }
}
