//! What the client asks for, method by method. Nothing is decided here: every method relays to the owner.
//!
//! What is sent to the owner is sent before the first `.await`, so it arrives in the order of the wire.

use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::*;

use crate::workspace::{Snapshot, UriKey};

use super::adapters::{self, Actors, ActorsParams, Dates, StatusParams, TimelineParams};
use super::capabilities::{ClientAbilities, announce};
use super::convert::{self, About};
use super::end::End;
use super::guard::internal_error;
use super::outbox::Outbox;
use super::owner::Lane::{AtOnce, Known, Soon, View};
use super::owner::{Event, Lane, Survey};
use super::task::{Cancels, Progress, Task};
use super::{log, parent, workspace_diagnostics};

/// The way to everything that can answer.
pub struct Backend {
    mailbox: Sender<Event>,
    outbox: Outbox,
    cancels: Cancels,
    end: End,
    client: OnceLock<Arc<ClientAbilities>>,
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        Ok(self.begin(params))
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(Event::Started);
    }

    async fn shutdown(&self) -> Result<()> {
        self.outbox.fall_silent();
        Ok(())
    }

    // Documents

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let TextDocumentItem { uri, language_id, version, text } = params.text_document;
        let (path, uri) = (convert::path(&uri), uri.as_str().to_owned());
        self.tell(Event::Opened { path, uri, language: language_id, version, text });
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let VersionedTextDocumentIdentifier { uri, version } = params.text_document;
        let changes = convert::changes(params.content_changes);
        self.tell(Event::Changed { uri: uri.as_str().to_owned(), version, changes });
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(Event::Closed { uri: params.text_document.uri.as_str().to_owned() });
    }

    // Settings and folders

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell(Event::SettingsChanged(params.settings));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.tell(Event::FilesChanged(params.changes.iter().filter_map(|change| convert::path(&change.uri)).collect()));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let paths =
            |folders: &[WorkspaceFolder]| folders.iter().filter_map(|folder| convert::path(&folder.uri)).collect();
        self.tell(Event::Folders { added: paths(&params.event.added), removed: paths(&params.event.removed) });
    }

    // Diagnostics for clients that pull them

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        self.tell(Event::Pulls);
        self.ask(Soon, params, adapters::diagnostic).await.map(|report| report.unwrap_or_else(convert::no_report))
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        self.tell(Event::Pulls);
        self.survey(params).await
    }

    // Questions about one document: one line each, and an adapter of the same name in `adapters.rs`

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        // The markup is known at once; the prose may have to be annotated first.
        match self.ask(AtOnce, params.clone(), adapters::hover).await?.flatten() {
            Some(hover) => Ok(Some(hover)),
            None => Ok(self.ask(Known, params, adapters::hover_card).await?.flatten()),
        }
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        self.ask(View, params, adapters::inlay_hint).await
    }

    async fn inlay_hint_resolve(&self, params: InlayHint) -> Result<InlayHint> {
        let as_it_was = params.clone();
        Ok(self.ask(Soon, params, adapters::inlay_hint_resolve).await?.unwrap_or(as_it_was))
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        self.ask(View, params, adapters::code_lens).await
    }

    async fn code_lens_resolve(&self, params: CodeLens) -> Result<CodeLens> {
        let as_it_was = params.clone();
        Ok(self.ask(View, params, adapters::code_lens_resolve).await?.unwrap_or(as_it_was))
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        Ok(self.ask(View, params, adapters::document_highlight).await?.flatten())
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        Ok(self.ask(Known, params, adapters::goto_definition).await?.flatten())
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let key = Some(UriKey::new(params.uri()));
        self.ask_all(key, params, adapters::references).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let key = Some(UriKey::new(params.uri()));
        Ok(self.ask_all(key, params, adapters::prepare_call_hierarchy).await?.flatten())
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        self.ask(Soon, params, adapters::incoming_calls).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        self.ask(Soon, params, adapters::outgoing_calls).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        self.ask_all(None, params, adapters::workspace_symbol).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        self.run(params).await.map(Some)
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        self.ask(Soon, params, adapters::completion).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let key = Some(UriKey::new(params.uri()));
        self.ask_all(key, params, adapters::code_action).await
    }

    async fn code_action_resolve(&self, params: CodeAction) -> Result<CodeAction> {
        let as_it_was = params.data.is_none().then(|| params.clone());
        let key = Some(UriKey::new(params.uri()));
        let resolved = self.ask_all(key, params, adapters::code_action_resolve).await?;
        resolved.or(as_it_was).ok_or_else(|| convert::refused("the document is not open any more"))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(View, params, adapters::document_symbol).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(View, params, adapters::folding_range).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.ask(Soon, params, adapters::selection_range).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.ask(View, params, adapters::document_link).await
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(Soon, params, adapters::formatting).await
    }

    async fn range_formatting(&self, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.ask(Soon, params, adapters::range_formatting).await
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        Ok(self.ask(Soon, params, adapters::linked_editing_range).await?.flatten())
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        Ok(self.ask(View, params, adapters::semantic_tokens_full).await?.flatten())
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        self.ask(View, params, adapters::semantic_tokens_range).await
    }
}

impl Backend {
    pub fn new(mailbox: Sender<Event>, outbox: Outbox, end: End) -> Backend {
        Backend { mailbox, outbox, cancels: Cancels::default(), end, client: OnceLock::new() }
    }

    /// `dispatch/status`: what an editor shows of a document in its status line.
    pub async fn status(&self, params: StatusParams) -> Result<Option<Value>> {
        self.ask(AtOnce, params, adapters::status).await
    }

    /// `dispatch/actors`: who is in a file.
    pub async fn actors(&self, params: ActorsParams) -> Result<Option<Actors>> {
        self.ask(Soon, params, adapters::actors).await
    }

    /// `dispatch/timeline`: the dates of a dispatch.
    pub async fn timeline(&self, params: TimelineParams) -> Result<Option<Dates>> {
        Ok(self.ask(Soon, params, adapters::timeline).await?.flatten())
    }

    /// `window/workDoneProgress/cancel`
    pub async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.cancels.cancel(&serde_json::to_value(params.token).unwrap_or_default());
    }

    fn begin(&self, params: InitializeParams) -> InitializeResult {
        let client = ClientAbilities::new(&params.capabilities);
        let result = announce(&client);
        let folders = convert::folders(&params);
        if let Some(id) = params.process_id {
            parent::watch(id, self.end.clone());
        }
        // The framework lets `initialize` through once.
        let _ = self.client.set(Arc::new(client.clone()));
        let options = params.initialization_options.unwrap_or_default();
        self.tell(Event::Session { client, folders, options });
        result
    }

    fn tell(&self, event: Event) {
        // Fails only when the owner is gone, and then everything is.
        let _ = self.mailbox.send(event);
    }

    fn client(&self) -> Arc<ClientAbilities> {
        self.client.get().cloned().unwrap_or_default()
    }

    fn progress(&self, title: &'static str, token: Option<Value>) -> Progress {
        Progress::new(self.outbox.clone(), self.cancels.clone(), title, token, self.client().progress)
    }

    /// Has a question about one document answered; `None` where the document is not open.
    ///
    /// `find` gets the document as it is when all that came before this request is done.
    async fn ask<P, R>(
        &self,
        lane: Lane,
        params: P,
        find: fn(&Snapshot, P, &Task<'_>) -> Result<R>,
    ) -> Result<Option<R>>
    where
        P: About + Send + 'static,
        R: Send + 'static,
    {
        let key = Some(UriKey::new(params.uri()));
        let (client, progress) = (self.client(), self.progress("Reading the corpus", params.progress_token()));
        let (sender, receiver) = oneshot::channel();
        let answer = Box::new(move |snapshot: Option<Snapshot>| {
            let dropped = || sender.is_closed();
            let task = Task::new(&client, &dropped, Arc::default(), Some(progress));
            let answer = match snapshot {
                Some(snapshot) if task.is_wanted() => find(&snapshot, params, &task).map(Some),
                _ => Ok(None),
            };
            drop(task);
            let _ = sender.send(answer);
        });
        self.tell(Event::Ask { lane, key, answer });
        receiver.await.unwrap_or_else(|_| Err(internal_error()))
    }

    /// Has a question about all open documents answered, that with `key` the first of them; `None` where it is not open.
    async fn ask_all<P, R>(
        &self,
        key: Option<UriKey>,
        params: P,
        find: fn(&[Snapshot], P, &Task<'_>) -> Result<R>,
    ) -> Result<Option<R>>
    where
        P: About + Send + 'static,
        R: Send + 'static,
    {
        let (client, progress) = (self.client(), self.progress("Reading the corpora", params.progress_token()));
        let (sender, receiver) = oneshot::channel();
        let answer = Box::new(move |open: Vec<Snapshot>| {
            let dropped = || sender.is_closed();
            let task = Task::new(&client, &dropped, Arc::default(), Some(progress));
            let is_wanted = !open.is_empty() && task.is_wanted();
            let answer = if is_wanted { find(&open, params, &task).map(Some) } else { Ok(None) };
            drop(task);
            let _ = sender.send(answer);
        });
        self.tell(Event::AskAll { key, answer });
        receiver.await.unwrap_or_else(|_| Err(internal_error()))
    }

    /// Runs a command of ours. The client is asked for the edit that comes of it; nobody waits for its answer.
    async fn run(&self, params: ExecuteCommandParams) -> Result<Value> {
        if params.command != adapters::INIT {
            return Err(convert::refused(format!("`{}` is no command of this server", params.command)));
        }
        let argument = params.arguments.into_iter().next().filter(|argument| !argument.is_null());
        let argument = argument.unwrap_or_else(|| Value::Object(Default::default()));
        let mut asked: adapters::InitParams =
            serde_json::from_value(argument).map_err(|error| Error::invalid_params(error.to_string()))?;
        let (sender, receiver) = oneshot::channel();
        self.tell(Event::AskFolders { answer: sender });
        asked.folders = receiver.await.unwrap_or_default();
        let key = asked.text_document.as_ref().map(|document| UriKey::new(document.uri.as_str()));
        let answer = self.ask_all(key, asked, adapters::init).await?;
        let Some((result, edit)) = answer else { return Err(convert::refused("open a corpus first: none is open")) };
        if let Some(edit) = edit {
            let params = json!({"label": "dispatch-ls: dispatch.toml and actors.jsonl", "edit": edit});
            self.outbox.ask("workspace/applyEdit", params, |answer| {
                let is_done = answer.is_ok_and(|answer| answer.get("applied") == Some(&Value::Bool(true)));
                if !is_done {
                    log::problem("the client did not make the files of dispatch.init");
                }
            });
        }
        Ok(result)
    }

    async fn survey(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let token = params.work_done_progress_params.work_done_token.as_ref();
        let token = token.and_then(|token| serde_json::to_value(token).ok());
        let (outbox, progress) = (self.outbox.clone(), self.progress("Reading corpus files", token));
        let (sender, receiver) = oneshot::channel();
        let answer = Box::new(move |survey: Survey, superseded| {
            let (client, dropped) = (survey.client.clone(), || sender.is_closed());
            let task = Task::new(&client, &dropped, superseded, Some(progress));
            let answer = workspace_diagnostics::find(survey, params, &outbox, &task);
            drop(task);
            let _ = sender.send(answer);
        });
        self.tell(Event::Survey { answer });
        // A survey that was still waiting when a newer one came is dropped without an answer.
        receiver.await.unwrap_or_else(|_| Err(convert::superseded()))
    }
}

/// Requests for tests, there only where the environment has `DISPATCH_LS_TEST`: see [`super`].
impl Backend {
    /// `$/dispatch-ls/panic`: a defect in a worker, or in the `handler` or the `owner`.
    pub async fn panic(&self, params: PanicParams) -> Result<Value> {
        let (sender, receiver) = oneshot::channel::<Value>();
        match params.place.as_deref() {
            #[expect(clippy::panic, reason = "that is what it is for")]
            Some("handler") => panic!("on purpose"),
            Some("owner") => self.tell(Event::Panic { _held: Box::new(sender) }),
            #[expect(clippy::panic, reason = "that is what it is for")]
            _ => self.tell(Event::Ask {
                lane: Soon,
                key: None,
                answer: Box::new(move |_| {
                    let _held = sender;
                    panic!("on purpose")
                }),
            }),
        }
        receiver.await.map_err(|_| internal_error())
    }

    /// `$/dispatch-ls/sleep`: an answer, `null`, that takes `ms` milliseconds, less when it is cancelled.
    pub async fn sleep(&self, params: SleepParams) -> Result<Value> {
        let (sender, receiver) = oneshot::channel();
        let end = Instant::now() + Duration::from_millis(params.ms);
        let answer = Box::new(move |_| {
            while Instant::now() < end && !sender.is_closed() {
                std::thread::sleep(Duration::from_millis(1));
            }
            let _ = sender.send(Value::Null);
        });
        self.tell(Event::Ask { lane: Soon, key: None, answer });
        receiver.await.map_err(|_| internal_error())
    }
}

#[derive(Debug, Deserialize)]
pub struct PanicParams {
    #[serde(rename = "where")]
    place: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct SleepParams {
    #[serde(default)]
    ms: u64,
}
