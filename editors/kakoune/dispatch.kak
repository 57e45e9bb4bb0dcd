# Kakoune with kak-lsp 17 or later: source this from your kakrc, behind `eval %sh{kak-lsp}`.

hook global BufCreate .*\.(dispatch|corpus) %{
  set-option buffer filetype dispatch
}

hook -group lsp-filetype-dispatch global BufSetOption filetype=dispatch %{
  set-option buffer lsp_servers %{
    [dispatch-ls]
    root_globs = ["dispatch.toml", ".git"]
    command = "dispatch-ls"
    # Settings, as in docs/settings.md:
    # settings_section = "dispatch-ls"
    # [dispatch-ls.settings.dispatch-ls.diagnostics.severity]
    # F027 = "off"
  }
}

hook global WinSetOption filetype=dispatch %{
  # A paragraph is one line.
  add-highlighter window/dispatch-wrap wrap -word -indent
  lsp-enable-window
  lsp-inlay-diagnostics-enable window
  lsp-inlay-hints-enable window
  hook window -group dispatch-semantic-tokens BufReload .* lsp-semantic-tokens
  hook window -group dispatch-semantic-tokens NormalIdle .* lsp-semantic-tokens
  hook window -group dispatch-semantic-tokens InsertIdle .* lsp-semantic-tokens
  hook -once -always window WinSetOption filetype=.* %{
    remove-highlighter window/dispatch-wrap
    remove-hooks window dispatch-semantic-tokens
  }
}
