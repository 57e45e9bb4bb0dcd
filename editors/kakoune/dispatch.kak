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
  # A paragraph is one line. Kakoune breaks it as if there were no hints, and what they push over the edge is not to be
  # seen. So hints are left to `:lsp-inlay-hints-enable window`.
  add-highlighter window/dispatch-wrap wrap -word -indent
  # Prose is to be read: actors and dates differ from it a little, what attributes a claim by its slant only.
  set-option window lsp_semantic_tokens %{
    [
      {face="operator", token="operator"},
      {face="keyword", token="keyword"},
      {face="module", token="namespace"},
      {face="attribute", token="property"},
      {face="string", token="string"},
      {face="comment", token="comment"},
      {face="variable", token="person"},
      {face="function", token="organization"},
      {face="type", token="government"},
      {face="meta", token="place"},
      {face="attribute", token="date"},
      {face="default+i", token="cue"},
      {face="default+i", token="hedge"},
    ]
  }
  lsp-enable-window
  lsp-inlay-diagnostics-enable window
  hook window -group dispatch-semantic-tokens BufReload .* lsp-semantic-tokens
  hook window -group dispatch-semantic-tokens NormalIdle .* lsp-semantic-tokens
  hook window -group dispatch-semantic-tokens InsertIdle .* lsp-semantic-tokens
  hook -once -always window WinSetOption filetype=.* %{
    remove-highlighter window/dispatch-wrap
    remove-hooks window dispatch-semantic-tokens
  }
}
