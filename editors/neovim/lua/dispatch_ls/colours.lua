-- Which highlight groups are like which, unless a colour scheme or a user says otherwise. Prose is to be read: persons,
-- organisations, places and dates differ from it a little, and what attributes a claim by its slant only.

local M = {}

M.links = {
  -- Where the server has given no colours
  dispatchDelimiter = 'Operator',
  dispatchKeyword = 'Keyword',
  dispatchName = 'Title',
  dispatchKey = '@property',
  dispatchValue = 'String',
  dispatchPrologue = 'Comment',
  dispatchQuoted = 'Comment',
  -- A dispatch is looked for by its name; most themes leave namespaces plain.
  ['@lsp.type.namespace.dispatch'] = 'Title',
  -- The server's for what it finds in the prose
  ['@lsp.type.person.dispatch'] = 'Identifier',
  ['@lsp.type.organization.dispatch'] = 'Function',
  ['@lsp.type.government.dispatch'] = 'Special',
  ['@lsp.type.place.dispatch'] = 'String',
  ['@lsp.type.date.dispatch'] = 'Constant',
  ['@lsp.type.cue.dispatch'] = '@markup.italic',
  ['@lsp.type.hedge.dispatch'] = '@markup.italic',
  ['@lsp.mod.ambiguous.dispatch'] = 'DiagnosticUnderlineHint',
}

-- Those that nothing says are to look like anything: a quotation is as long as a paragraph, and without actors files
-- all are unlisted.
M.plain = {
  '@lsp.type.quotation.dispatch',
  '@lsp.mod.listed.dispatch',
  '@lsp.mod.unlisted.dispatch',
  '@lsp.mod.resolved.dispatch',
}

-- Done again after a colour scheme was set.
function M.define()
  for group, link in pairs(M.links) do
    vim.api.nvim_set_hl(0, group, { link = link, default = true })
  end
end

return M
