//! Who the client of a test is, and how the program is started for it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, mpsc};

use serde_json::{Value, json};

use crate::client::{Client, file_uri};
use crate::inbox::Inbox;

pub use crate::inbox::Reply;
use crate::marks::Encoding;
use crate::wire::{Line, Wire};

/// What an editor of today says that it can do. Diagnostics are pushed to it.
pub fn usual() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "window": { "workDoneProgress": true, "showMessage": { "messageActionItem": {} } },
        "workspace": {
            "applyEdit": true,
            "configuration": true,
            "workspaceFolders": true,
            "didChangeConfiguration": { "dynamicRegistration": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true, "relativePatternSupport": true },
            "workspaceEdit": { "documentChanges": true },
        },
        "textDocument": {
            "synchronization": { "didSave": true },
            "publishDiagnostics": {
                "relatedInformation": true,
                "tagSupport": { "valueSet": [1, 2] },
                "versionSupport": true,
                "codeDescriptionSupport": true,
                "dataSupport": true,
            },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["", "quickfix", "refactor", "source", "source.fixAll"] } },
                "dataSupport": true,
                "isPreferredSupport": true,
                "resolveSupport": { "properties": ["edit"] },
            },
            "completion": { "completionItem": { "snippetSupport": true } },
            "foldingRange": {},
            "selectionRange": {},
            "documentLink": {},
            "formatting": {},
            "rangeFormatting": {},
            "linkedEditingRange": {},
            "semanticTokens": {
                "requests": { "range": true, "full": true },
                "tokenTypes": ["keyword", "string", "property", "comment", "operator", "namespace"],
                "tokenModifiers": [],
                "formats": ["relative"],
            },
        },
    })
}

/// The same, of an editor that asks for diagnostics.
pub fn pulling() -> Value {
    let mut capabilities = usual();
    capabilities["textDocument"]["diagnostic"] = json!({ "relatedDocumentSupport": true });
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    capabilities
}

/// How a server is started, and who its client is.
pub struct Setup {
    capabilities: Value,
    options: Value,
    configuration: Value,
    replies: HashMap<String, Reply>,
    folder: Option<PathBuf>,
    environment: Vec<(String, String)>,
    process_id: u32,
    arguments: &'static [&'static str],
}

impl Setup {
    /// The [`usual`] client; findings are sent without delay.
    pub fn new() -> Setup {
        let quick = json!({ "diagnostics": { "debounce": 0 } });
        Setup {
            capabilities: usual(),
            options: quick.clone(),
            configuration: quick,
            replies: HashMap::new(),
            folder: None,
            environment: Vec::new(),
            process_id: std::process::id(),
            arguments: &["serve"],
        }
    }

    pub fn capabilities(mut self, capabilities: Value) -> Setup {
        self.capabilities = capabilities;
        self
    }

    /// Columns are counted in this, if the server agrees.
    pub fn encoding(mut self, encoding: Encoding) -> Setup {
        self.capabilities["general"]["positionEncodings"] = json!([encoding.name()]);
        self
    }

    /// `initializationOptions`.
    pub fn options(mut self, options: Value) -> Setup {
        self.options = options;
        self
    }

    /// The answer to each item of `workspace/configuration`.
    pub fn configuration(mut self, configuration: Value) -> Setup {
        self.configuration = configuration;
        self
    }

    /// How a request of the server is answered: never, with an error, or with a result of any shape.
    pub fn answers(mut self, method: &str, reply: Reply) -> Setup {
        self.replies.insert(method.to_owned(), reply);
        self
    }

    pub fn folder(mut self, folder: &Path) -> Setup {
        self.folder = Some(folder.to_owned());
        self
    }

    pub fn process_id(mut self, process_id: u32) -> Setup {
        self.process_id = process_id;
        self
    }

    /// Of the program; `serve` unless set.
    pub fn arguments(mut self, arguments: &'static [&'static str]) -> Setup {
        self.arguments = arguments;
        self
    }

    pub fn environment(mut self, name: &str, value: &str) -> Setup {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The server offers `$/dispatch-ls/sleep` and `$/dispatch-ls/panic`.
    pub fn with_test_requests(self) -> Setup {
        self.environment("DISPATCH_LS_TEST", "1")
    }

    /// The parameters of `initialize`.
    pub fn initialize_params(&self) -> Value {
        let folders = self.folder.as_ref().map(|folder| json!([{ "uri": file_uri(folder), "name": "corpora" }]));
        json!({
            "processId": self.process_id,
            "clientInfo": { "name": "protocol tests" },
            "rootUri": self.folder.as_deref().map(file_uri),
            "workspaceFolders": folders,
            "capabilities": self.capabilities,
            "initializationOptions": self.options,
        })
    }

    /// Starts the program, and says nothing yet.
    pub fn spawn(self) -> Client {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dispatch-ls"));
        command.args(self.arguments).current_dir(std::env::temp_dir()).env_remove("DISPATCH_LS_TEST");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        let inbox = Arc::new(Inbox::new(self.configuration.clone(), self.replies.clone()));
        let (sender, receiver) = mpsc::channel::<Line>();
        let for_reader = Arc::clone(&inbox);
        let mut line = None;
        let wire = Wire::start(command, move |read| {
            let line = line.get_or_insert_with(|| receiver.recv().expect("the client lives"));
            for_reader.take(read, line);
        });
        drop(sender.send(wire.line()));
        Client::over(wire, inbox, self.initialize_params())
    }

    /// Starts the program and initializes it.
    pub fn start(self) -> Client {
        let mut client = self.spawn();
        client.initialize();
        client
    }
}
