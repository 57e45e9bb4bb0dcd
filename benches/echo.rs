//! The server that ours is measured against: the same framework, a rope of the same kind, and nothing else. It publishes
//! an empty list at each change, answers a hover with the length of the line, and has no hints.

use std::sync::{Mutex, MutexGuard};

use ropey::Rope;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;
use tower_lsp::{Client, LanguageServer, LspService, Server};

struct Echo {
    client: Client,
    rope: Mutex<Rope>,
}

impl Echo {
    fn rope(&self) -> MutexGuard<'_, Rope> {
        self.rope.lock().unwrap()
    }
}

/// Serves on standard input and output, as the framework's own example does.
pub fn serve() {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
        let (service, socket) = LspService::new(|client| Echo { client, rope: Mutex::default() });
        Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).serve(service).await;
    });
}

impl LanguageServer for Echo {
    async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
        let capabilities = ServerCapabilities {
            text_document_sync: Some(TextDocumentSyncKind::INCREMENTAL.into()),
            hover_provider: Some(true.into()),
            inlay_hint_provider: Some(OneOf::Left(true)),
            ..ServerCapabilities::default()
        };
        Ok(InitializeResult { capabilities, ..InitializeResult::default() })
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, version, text, .. } = params.text_document;
        *self.rope() = Rope::from_str(&text);
        self.client.publish_diagnostics(uri, Vec::new(), Some(version)).await;
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        for change in &params.content_changes {
            let mut rope = self.rope();
            match change.range {
                Some(range) => {
                    let (start, end) = (offset(&rope, range.start), offset(&rope, range.end));
                    if end > start {
                        rope.remove(start..end);
                    }
                    rope.insert(start, &change.text);
                }
                None => *rope = Rope::from_str(&change.text),
            }
        }
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        self.client.publish_diagnostics(uri, Vec::new(), Some(version)).await;
    }

    async fn inlay_hint(&self, _: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        Ok(Some(Vec::new()))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let line = params.text_document_position_params.position.line as usize;
        let length = self.rope().get_line(line).map_or(0, |line| line.len_chars());
        let contents = HoverContents::Scalar(MarkedString::String(format!("a line of {length} characters")));
        Ok(Some(Hover { contents, range: None }))
    }
}

/// The character at a position in UTF-16.
fn offset(rope: &Rope, position: Position) -> usize {
    let line = (position.line as usize).min(rope.len_lines());
    let unit = rope.char_to_utf16_cu(rope.line_to_char(line)) + position.character as usize;
    rope.utf16_cu_to_char(unit.min(rope.len_utf16_cu()))
}
