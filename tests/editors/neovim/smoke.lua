-- A person with Neovim and broken corpora. `suite` starts this with copies of the samples as the current folder.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local check = dofile(here .. '/checks.lua')

local program = vim.env.DISPATCH_PROGRAM -- what `check` is run with
local heard = vim.env.DISPATCH_HEARD -- what the editor and the server said: see lib/checked.rs

local function lines_of(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('a')
  file:close()
  return vim.split(text, '\n', { trimempty = true })
end

local function bytes_of(path)
  local file = assert(io.open(path, 'rb'))
  local text = file:read('a')
  file:close()
  return text
end

-- `5 F001` for each finding, by line and then by code.
local function listed(found)
  table.sort(found, function(a, b)
    return a.line < b.line or (a.line == b.line and a.code < b.code)
  end)
  return vim.tbl_map(function(one)
    return ('%d %s'):format(one.line, one.code)
  end, found)
end

-- Of the current buffer, as Neovim has them.
local function findings()
  return listed(vim.tbl_map(function(one)
    return { line = one.lnum + 1, code = one.code }
  end, vim.diagnostic.get(0)))
end

local function buffer()
  return vim.api.nvim_buf_get_lines(0, 0, -1, true)
end

local function open(name)
  vim.cmd.edit(name)
  -- What is named .txt is no corpus for an editor until somebody says so.
  if vim.bo.filetype ~= 'dispatch' then
    vim.bo.filetype = 'dispatch'
  end
end

local function client()
  local found = vim.lsp.get_clients({ bufnr = 0, name = 'dispatch' })[1]
  return found and found.initialized and found
end

local function type_keys(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'tx', false)
end

-- What stands in a floating window, if there is one.
local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local text = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
      vim.api.nvim_win_close(window, true)
      return table.concat(text, '\n')
    end
  end
end

local function hover(line, column)
  vim.api.nvim_win_set_cursor(0, { line, column })
  vim.lsp.buf.hover()
  local text
  vim.wait(check.patience, function()
    text = floating()
    return text
  end, 20)
  return text or ''
end

local function contains(name, part, text)
  check.is(name, true, text:find(part, 1, true) ~= nil or text)
end

local function request(method, params)
  params.textDocument = vim.lsp.util.make_text_document_params(0)
  local answers = vim.lsp.buf_request_sync(0, method, params, check.patience) or {}
  local _, answer = next(answers)
  return answer and answer.result
end

local function fix_all()
  vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.dispatch' }, diagnostics = {} }, apply = true })
end

-- What `dispatch-ls check` says of a file: all findings, and those it would repair without being asked twice.
local function checked(path)
  local run = vim.system({ program, 'check', '--format', 'json', path }, { text = true }):wait()
  local all = vim.json.decode(run.stdout)
  local safe = vim.tbl_filter(function(one)
    return type(one.fix) == 'table' and one.fix.safe
  end, all)
  return listed(all), listed(safe)
end

-- Neovim breaks the lines that an edit brings in as the rest of the buffer does, and adds a final line break itself
-- when it writes. So line ends that are mixed stay mixed.
local function any_line_ends(text)
  return (text:gsub('\r\n', '\n'):gsub('\n+$', '\n'))
end

-- Findings ------------------------------------------------------------------------------------------------------------

local expected = {}
for _, row in ipairs(lines_of('samples.expected')) do
  local name, finding = row:match('^(%S+):(%d+ %u%d+)$')
  expected[name] = expected[name] or {}
  table.insert(expected[name], finding)
end
expected['dos.dispatch'] = expected['wire.dispatch'] -- the same with CR LF

open('wire.dispatch')
if not check.comes('the server is there', client) then
  return check.finish() -- nothing of what follows could come
end
check.becomes('wire.dispatch: its findings', expected['wire.dispatch'], findings)
local finding = vim.diagnostic.get(0, { lnum = 24 })[1] or {}
check.is('a finding has words', 'write `FILE` instead of `FIEL`', finding.message)
check.is('and says from whom it is', 'dispatch-ls', finding.source)
check.is('and how grave it is', vim.diagnostic.severity.ERROR, finding.severity)
for _, name in ipairs({ 'dos.dispatch', 'angle.txt', 'windows.corpus', 'gitingest.txt', 'crawl.corpus', 'gigaword.corpus', 'lexis.txt' }) do
  open(name)
  check.becomes(name .. ': its findings', expected[name], findings)
end

-- Questions -----------------------------------------------------------------------------------------------------------

open('wire.dispatch')
contains('hover on a delimiter names the dispatch', '0001_geneva-seabed.txt', hover(3, 6))
contains('hover on a header key says what the key is', 'source', hover(5, 2))
contains('hover on a wrong header key says so', 'sorce', hover(27, 2))

local folds = vim.tbl_map(function(fold)
  return ('%d-%d'):format(fold.startLine + 1, fold.endLine + 1)
end, request('textDocument/foldingRange', {}) or {})
check.is('a dispatch can be folded', true, vim.tbl_contains(folds, '3-14') or folds)
check.is('a header can be folded', true, vim.tbl_contains(folds, '4-8') or folds)
if vim.lsp.foldexpr then
  vim.wo.foldmethod = 'expr'
  vim.wo.foldexpr = 'v:lua.vim.lsp.foldexpr()'
  vim.wo.foldlevel = 0
  check.becomes('Neovim folds it', { 3, 14 }, function()
    return { vim.fn.foldclosed(5), vim.fn.foldclosedend(5) }
  end)
  vim.wo.foldmethod = 'manual'
  vim.cmd.normal({ 'zE', bang = true })
end

local outline
vim.lsp.buf.document_symbol({
  on_list = function(list)
    outline = vim.tbl_map(function(item)
      return ('%d %s'):format(item.lnum, item.text:gsub('^%[%w+%] ', ''))
    end, list.items)
  end,
})
check.comes('an outline comes', function()
  return outline
end)
check.is('the outline has the first dispatch', true, vim.tbl_contains(outline, '3 0001_geneva-seabed.txt') or outline)
check.is('the outline has a dispatch whose delimiter is broken', true, vim.tbl_contains(outline, '25 0003_nairobi-rate.txt') or outline)

-- Repairs -------------------------------------------------------------------------------------------------------------

local before = buffer()
vim.api.nvim_win_set_cursor(0, { 25, 5 })
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.title == 'Write `FILE`'
  end,
})
check.becomes('a quick fix changes its line', '=== FILE: 0003_nairobi-rate.txt ===', function()
  return vim.fn.getline(25)
end)
check.becomes('and the finding goes, and no other', vim.tbl_filter(function(finding)
  return finding ~= '25 F003'
end, expected['wire.dispatch']), findings)
vim.cmd('silent undo')
check.is('undo brings the text back', before, buffer())
check.becomes('and the finding', expected['wire.dispatch'], findings)

for _, name in ipairs({ 'wire.dispatch', 'dos.dispatch', 'angle.txt', 'gitingest.txt', 'windows.corpus' }) do
  local mixed = name == 'windows.corpus'
  open(name)
  check.becomes(name .. ': its findings, as it is opened again', expected[name], findings)
  local original = buffer()
  fix_all()
  check.comes(name .. ': fix-all changes the text', function()
    return not vim.deep_equal(original, buffer())
  end)
  local copy = 'repaired-' .. name
  vim.cmd('silent write ' .. copy)
  vim.system({ program, 'check', '--fix', 'fixed/' .. name }):wait()
  local wanted, got = bytes_of('fixed/' .. name), bytes_of(copy)
  if mixed then
    wanted, got = any_line_ends(wanted), any_line_ends(got)
  end
  check.is(name .. ': fix-all does what check --fix does', wanted, got)
  local remaining, safe = checked(copy)
  check.becomes(name .. ': the findings that remain are those of check', remaining, findings)
  check.is(name .. ': none of them could be repaired safely', {}, vim.tbl_filter(function(one)
    return not (mixed and one:find('F022'))
  end, safe))
  vim.cmd('silent undo')
  check.is(name .. ': one undo brings the text back', original, buffer())
  check.becomes(name .. ': and the findings', expected[name], findings)
end

-- Typing --------------------------------------------------------------------------------------------------------------

open('clean.dispatch')
check.comes('the server is told of a clean corpus', client)
check.comes('the server has a clean corpus', function()
  return client() and request('textDocument/documentSymbol', {})
end)
check.is('a clean corpus has no findings', {}, findings())
local clean = buffer()
type_keys('Go<CR>=== FIEL: typed.txt ===<CR>date: 2024-06-14<CR><CR>Some text follows.<Esc>')
local typed_at = #clean + 2
check.becomes('a delimiter that is typed is looked at', { typed_at .. ' F003' }, findings)
type_keys(typed_at .. 'G0fFcwFILE<Esc>')
check.becomes('the finding goes as the word is corrected', {}, findings)
type_keys(typed_at .. 'GA <Esc>')
check.becomes('a space behind it is found', { typed_at .. ' F007' }, findings)
type_keys(typed_at .. 'GdG')
type_keys('Gdd')
check.becomes('and goes with the dispatch', {}, findings)
check.is('what was there stays', clean, buffer())

-- The end -------------------------------------------------------------------------------------------------------------

local function said(pattern)
  return vim.tbl_filter(function(line)
    return line:find(pattern) ~= nil
  end, lines_of(heard))
end
local function log_errors()
  local path = vim.fn.has('nvim-0.12') == 1 and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
  return vim.tbl_filter(function(line)
    return line:find('^%[ERROR%]') ~= nil
  end, vim.fn.filereadable(path) == 1 and lines_of(path) or {})
end
check.is('no error in the log of Neovim', {}, log_errors())

open('wire.dispatch')
type_keys('GoA line that was not saved.<Esc>')
local unsaved = buffer()
local pid = tonumber(said('^pid ')[1]:match('%d+'))
vim.uv.kill(pid, 'sigkill')
check.becomes('the server is killed, and Neovim sees it', 0, function()
  return #vim.lsp.get_clients()
end)
check.is('the text is as it was', unsaved, buffer())
type_keys('GoAnother one.<Esc>')
check.is('and can be written on', 'Another one.', vim.fn.getline('$'))
vim.cmd('silent write')
vim.cmd('silent edit')
local again = check.comes('another server is started', client)
check.comes('and finds what the first one found', function()
  return vim.tbl_contains(findings(), '25 F003')
end)
check.becomes('no request is left without an answer', {}, function()
  return vim.tbl_filter(function(one)
    return one.type == 'pending'
  end, vim.tbl_values(again.requests))
end)
vim.lsp.stop_client(again.id)
check.becomes('it leaves when it is told to', { 'exit by a signal', 'exit 0' }, function()
  return said('^exit ')
end)
check.is('every message of the server was as the protocol has it', {}, said('^problem '))
check.is('findings, actions, hovers, folds and symbols were asked for', {}, vim.tbl_filter(function(method)
  return #said('^client ' .. vim.pesc(method) .. '$') == 0
end, {
  'textDocument/didChange',
  'textDocument/codeAction',
  'textDocument/hover',
  'textDocument/foldingRange',
  'textDocument/documentSymbol',
}))

check.finish()
