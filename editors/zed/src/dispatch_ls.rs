//! The extension of Zed: finds the server, and hands on its settings.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, serde_json, Command, LanguageServerId, Result, Worktree};

struct DispatchLs;

impl zed::Extension for DispatchLs {
    fn new() -> Self {
        DispatchLs
    }

    /// The server of the user's settings, else the one in PATH.
    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree).ok().and_then(|settings| settings.binary);
        let (path, arguments) = settings.map(|binary| (binary.path, binary.arguments)).unwrap_or_default();
        let command = path.or_else(|| worktree.which("dispatch-ls")).ok_or(
            "there is no dispatch-ls in PATH: install it with `cargo install dispatch-ls`, or name it in the settings \
             under lsp.dispatch-ls.binary.path",
        )?;
        Ok(Command { command, args: arguments.unwrap_or_default(), env: worktree.shell_env() })
    }

    /// `lsp.dispatch-ls.settings`, under the section for which the server asks.
    fn language_server_workspace_configuration(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        let settings = LspSettings::for_worktree(id.as_ref(), worktree).ok().and_then(|settings| settings.settings);
        Ok(Some(serde_json::json!({ "dispatch-ls": settings.unwrap_or_default() })))
    }
}

zed::register_extension!(DispatchLs);
