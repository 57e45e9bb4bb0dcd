-- Delimiters, headers and the prologue, where the server has given no colours (yet): it does so for the lines that are
-- shown, and not at all in the largest files.
if vim.b.current_syntax then
  return
end

local delimiters = require('dispatch_ls.delimiters')

local function quoted(pattern)
  return '"' .. pattern:gsub('"', [[\%%x22]]) .. '"'
end

vim.cmd('syntax case match')
for _, row in ipairs(delimiters.dialects) do
  local header = ' contains=dispatchName,dispatchKeyword nextgroup=dispatchKey,dispatchPrologue skipnl'
  vim.cmd('syntax match dispatchDelimiter ' .. quoted(delimiters.whole(row)) .. header)
  if row.closer then
    vim.cmd('syntax match dispatchDelimiter ' .. quoted(row.closer) .. ' contains=dispatchKeyword')
  end
end
vim.cmd([[
  syntax match dispatchKeyword "\<\%(END[ _]\)\=\%(FILE\|File\|file\|DOC\|doc\|DOCUMENTS\|Document\)\>" contained
  syntax match dispatchName "\%(\%(FILE\|File\|file\)\s*:\s*\)\@<=[^ =>-].\{-}\ze\s*[]=>-]*\s*$" contained
  syntax match dispatchName "\%(==> \|^-- \)\@<=\S.\{-}\ze \%(<==\|--\)$" contained
  syntax match dispatchName "\%(id\|name\|path\)=\zs\%x22[^\x22]*\%x22" contained
  syntax match dispatchValue ".*" contained nextgroup=dispatchKey skipnl
  syntax match dispatchQuoted "^>\+\ze\%([=<\[#-]\|FILE\)"
]])
vim.cmd('syntax match dispatchKey ' .. quoted(delimiters.header_key) .. ' contained nextgroup=dispatchValue')
vim.cmd('syntax match dispatchPrologue ' .. quoted(delimiters.prologue))
-- Nothing reaches further than a header does.
vim.cmd('syntax sync minlines=30')

vim.b.current_syntax = 'dispatch'
