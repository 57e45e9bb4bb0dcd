-- A person with Neovim, the plugin and broken corpora. `suite` starts this with copies of the samples as the current
-- folder.
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

local function client()
  local found = vim.lsp.get_clients({ bufnr = 0, name = 'dispatch_ls' })[1]
  return found and found.initialized and found
end

local function open(name)
  vim.cmd.edit(name)
  if vim.bo.filetype == 'dispatch' then
    vim.wait(check.patience, client, 20)
  end
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
  vim.cmd('Dispatch fixall')
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
for _, name in ipairs({
  'dos.dispatch',
  'angle.txt',
  'windows.corpus',
  'gitingest.txt',
  'crawl.corpus',
  'gigaword.corpus',
  'lexis.txt',
}) do
  open(name)
  check.becomes(name .. ': its findings', expected[name], findings)
end

-- What is a corpus ----------------------------------------------------------------------------------------------------

for _, name in ipairs({ 'angle.txt', 'gitingest.txt', 'lexis.txt', 'crawl.corpus', 'clean.dispatch' }) do
  open(name)
  check.is(name .. ': is known as a corpus', 'dispatch', vim.bo.filetype)
end
open('samples.expected')
check.is('another file is not', { '', 0 }, { vim.bo.filetype == 'dispatch' and 'dispatch' or '', #findings() })
open('wire.dispatch')
check.is('long lines are wrapped between words', { true, true, true }, {
  vim.wo.wrap,
  vim.wo.linebreak,
  vim.wo.breakindent,
})
check.is('the markup has colours before the server gives any', { 'dispatchKeyword', 'dispatchName', 'dispatchKey' }, {
  vim.fn.synIDattr(vim.fn.synID(3, 5, 1), 'name'),
  vim.fn.synIDattr(vim.fn.synID(3, 11, 1), 'name'),
  vim.fn.synIDattr(vim.fn.synID(5, 1, 1), 'name'),
})
check.becomes(
  'the status line says what it is',
  ('canonical · 11 dispatches · %d findings'):format(#expected['wire.dispatch']),
  function()
    return require('dispatch_ls').status()
  end
)

-- Questions -----------------------------------------------------------------------------------------------------------

contains('hover on a delimiter names the dispatch', '0001_geneva-seabed.txt', hover(3, 6))
contains('hover on a header key says what the key is', 'source', hover(5, 2))
contains('hover on a wrong header key says so', 'sorce', hover(27, 2))

local folds = vim.tbl_map(function(fold)
  return ('%d-%d'):format(fold.startLine + 1, fold.endLine + 1)
end, request('textDocument/foldingRange', {}) or {})
check.is('a dispatch can be folded', true, vim.tbl_contains(folds, '3-14') or folds)
check.is('a header can be folded', true, vim.tbl_contains(folds, '4-8') or folds)
check.becomes('Neovim has its folds', 2, function()
  return vim.fn.foldlevel(5)
end)
type_keys('zM')
check.is('and closes them', { 3, 14 }, { vim.fn.foldclosed(5), vim.fn.foldclosedend(5) })
type_keys('zR')
vim.cmd.edit('samples.expected')
vim.cmd('silent edit windows.corpus | silent bwipeout | silent edit windows.corpus')
vim.cmd.edit('samples.expected')
vim.wait(1000)
open('windows.corpus')
check.becomes('also where they came while another buffer was shown', 1, function()
  return vim.fn.foldlevel(2)
end)
open('wire.dispatch')
type_keys('5Gza')
check.is('the header has one of its own', { 4, 8 }, { vim.fn.foldclosed(5), vim.fn.foldclosedend(5) })
vim.api.nvim_buf_set_lines(0, 9, 9, true, { 'A paragraph more.', '' })
check.is('folds move along with the text', 2, vim.fn.foldlevel(26 + 2))
check.becomes('and follow it', { 1, 1, 0 }, function()
  return { vim.fn.foldlevel(3), vim.fn.foldlevel(16), vim.fn.foldlevel(17) }
end)
check.is('what was closed stays closed', 4, vim.fn.foldclosed(5))
vim.cmd('silent undo')
type_keys('zR')

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
check.is(
  'the outline has a dispatch whose delimiter is broken',
  true,
  vim.tbl_contains(outline, '25 0003_nairobi-rate.txt') or outline
)

-- Hints ---------------------------------------------------------------------------------------------------------------

local function hints()
  vim.cmd.redraw()
  local namespace = vim.api.nvim_create_namespace('dispatch_ls.hints')
  return vim.tbl_map(function(mark)
    local text = vim.trim(table.concat(vim.tbl_map(function(chunk)
      return chunk[1]
    end, mark[4].virt_text)))
    return ('%d:%d %s'):format(mark[2] + 1, mark[3], text)
  end, vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true }))
end
local function has_hint(hint)
  return function()
    return vim.tbl_contains(hints(), hint)
  end
end
open('hints.dispatch')
check.comes('hints are behind what they are about', has_hint('4:36 06-10 Mon'))
check.is('Neovim itself asks for none', nil, client().server_capabilities.inlayHintProvider)
type_keys('gg5GOA line more.<Esc>gg')
check.comes('they move with the text', has_hint('7:30 06-09 Sun'))
vim.cmd('silent undo')
vim.cmd('Dispatch hints dates')
check.becomes('one kind can be hidden', {}, function()
  return vim.tbl_filter(function(hint)
    return hint:find('06%-') ~= nil
  end, hints())
end)
vim.cmd('Dispatch hints dates')
check.comes('and shown again', has_hint('4:36 06-10 Mon'))

-- Anywhere in the text, as fast as it goes; now and then there is time to look.
math.randomseed(7)
local words = { 'on Friday ', 'said ', 'x', ' Tuesday', 'ü', '𝄞', ', ', '. ' }
for step = 1, 300 do
  local row = math.random(vim.api.nvim_buf_line_count(0))
  local keys = ({
    ('%dGA%s<Esc>'):format(row, words[math.random(#words)]),
    ('%dG0wi%s<Esc>'):format(row, words[math.random(#words)]),
    ('%dG0wx'):format(row),
    ('%dG$bdw'):format(row),
    ('%dGyyp'):format(row),
    ('%dGdd'):format(row),
    'u',
  })[math.random(7)]
  type_keys('<Cmd>silent! undojoin<CR>' .. keys)
  if step % 25 == 0 then
    vim.wait(150)
  end
end
local function asked_now()
  local last, answer = vim.api.nvim_buf_line_count(0), nil
  require('dispatch_ls.compat').request(client(), 'textDocument/inlayHint', {
    textDocument = vim.lsp.util.make_text_document_params(0),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = last, character = 0 } },
  }, function(_, result)
    answer = result or {}
  end)
  vim.wait(check.patience, function()
    return answer
  end)
  return vim.tbl_map(function(hint)
    local line = vim.fn.getline(hint.position.line + 1)
    local column = require('dispatch_ls.compat').byte(line, hint.position.character, client().offset_encoding)
    local label = type(hint.label) == 'string' and hint.label or hint.label[1].value
    return ('%d:%d %s'):format(hint.position.line + 1, column, vim.trim(label))
  end, answer or {})
end
local function sorted(get)
  return function()
    local all = get()
    table.sort(all)
    return all
  end
end
local right = check.agree('after any edits hints are those of the text', sorted(asked_now), sorted(hints))
check.is('and there are some', true, #right > 0)
vim.cmd('silent edit!')
check.comes('and when it is read again', has_hint('4:36 06-10 Mon'))

vim.cmd('Dispatch hints off')
check.is('all can be hidden', {}, hints())
vim.cmd('Dispatch hints on')
check.comes('and come again', has_hint('4:36 06-10 Mon'))
open('wire.dispatch')

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
check.becomes(
  'and the finding goes, and no other',
  vim.tbl_filter(function(one)
    return one ~= '25 F003'
  end, expected['wire.dispatch']),
  findings
)
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
  check.is(
    name .. ': none of them could be repaired safely',
    {},
    vim.tbl_filter(function(one)
      return not (mixed and one:find('F022'))
    end, safe)
  )
  vim.cmd('silent undo')
  check.is(name .. ': one undo brings the text back', original, buffer())
  check.becomes(name .. ': and the findings', expected[name], findings)
end

open('angle.txt')
local angles = buffer()
vim.cmd('Dispatch convert canonical')
check.becomes('a corpus is converted', '=== FILE: 2024-10-07_chisinau-vote.txt ===', function()
  return vim.fn.getline(1)
end)
vim.cmd('silent undo')
check.is('one undo brings it back', angles, buffer())

-- Beside the editor ---------------------------------------------------------------------------------------------------

local samples = {}
for _, name in ipairs({ 'angle.txt', 'wire.dispatch' }) do
  for _, one in ipairs(expected[name]) do
    table.insert(samples, name .. ' ' .. one)
  end
end
vim.cmd('silent wall')
vim.cmd('Dispatch check angle.txt wire.dispatch')
table.sort(samples)
check.becomes('check fills the quickfix list', samples, function()
  local items = vim.tbl_map(function(item)
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(item.bufnr))
    return ('%s %d %s'):format(name, item.lnum, item.text:match('^%S+'))
  end, vim.fn.getqflist())
  table.sort(items)
  return items
end)
vim.cmd('cclose | cc 2')
check.is('and leads to where a finding is', { 11, 1 }, { vim.fn.line('.'), vim.fn.col('.') })

open('wire.dispatch')
vim.api.nvim_win_set_cursor(0, { 25, 5 })
vim.cmd('Dispatch explain')
check.becomes('a finding is explained', '# F003 keyword', function()
  return vim.fn.getline(1)
end)
check.is('as Markdown', 'markdown', vim.bo.filetype)
vim.cmd.close()

open('clean.dispatch')
vim.cmd('Dispatch split texts')
check.comes('split writes a file for each dispatch', function()
  return vim.fn.filereadable('texts/0001_geneva-seabed.txt') == 1
end)
local whole = buffer()
vim.cmd('Dispatch join texts')
check.becomes('join makes the same corpus of them', whole, function()
  return vim.api.nvim_buf_get_name(0) == '' and buffer() or nil
end)
check.is('in a buffer without a name', { '', 'dispatch' }, { vim.api.nvim_buf_get_name(0), vim.bo.filetype })
check.comes('which the server looks at, too', function()
  return require('dispatch_ls').status() ~= ''
end)
vim.cmd('bwipeout!')

-- Settings ------------------------------------------------------------------------------------------------------------

open('wire.dispatch')
check.becomes('with the settings as they were', expected['wire.dispatch'], findings)
local same_client = client().id
local without = vim.tbl_filter(function(one)
  return not one:find('F003')
end, expected['wire.dispatch'])
local given = vim.g.dispatch_ls
require('dispatch_ls').setup(vim.tbl_extend('force', given, {
  settings = { diagnostics = { severity = { F003 = 'off' } } },
}))
check.becomes('a setting takes effect at once', without, findings)
require('dispatch_ls').setup(given)
check.becomes('and when it is taken back', expected['wire.dispatch'], findings)
vim.cmd('split dispatch.toml')
vim.api.nvim_buf_set_lines(0, 0, -1, true, { '[diagnostics.severity]', 'F003 = "off"' })
vim.cmd('silent write')
vim.cmd.close()
check.becomes('so does a dispatch.toml that is written', without, findings)
vim.cmd('split dispatch.toml')
vim.api.nvim_buf_set_lines(0, 0, -1, true, {})
vim.cmd('silent write | bwipeout')
check.becomes('and one that is emptied', expected['wire.dispatch'], findings)
vim.fn.delete('dispatch.toml')
check.is('all that with the same server', same_client, client().id)

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
local first = client()
type_keys('GoA line that was not saved.<Esc>')
local unsaved = buffer()
local pid = tonumber(said('^pid ')[1]:match('%d+'))
vim.uv.kill(pid, 'sigkill')
local again = check.comes('the server is killed, and another is started', function()
  local now = client()
  return now and now.id ~= first.id and now
end)
check.is('the text is as it was', unsaved, buffer())
check.is('and not saved', true, vim.bo.modified)
type_keys('Go=== FIEL: again.txt ===<Esc>')
check.comes('the new server has what was written', function()
  return vim.tbl_contains(findings(), #unsaved + 1 .. ' F003')
end)
check.is('and finds what the first one found', true, vim.tbl_contains(findings(), '25 F003'))
vim.wait(1000) -- for what is asked after a rest
check.becomes('no request is left without an answer', {}, function()
  return vim.tbl_filter(function(one)
    return one.type == 'pending'
  end, vim.tbl_values(again.requests))
end)
vim.cmd('Dispatch stop')
check.becomes('it leaves when it is told to', { 'exit by a signal', 'exit 0' }, function()
  return said('^exit ')
end)
check.is('every message of the server was as the protocol has it', {}, said('^problem '))
check.is(
  'findings, actions, hovers, folds and symbols were asked for',
  {},
  vim.tbl_filter(function(method)
    return #said('^client ' .. vim.pesc(method) .. '$') == 0
  end, {
    'textDocument/didChange',
    'textDocument/codeAction',
    'textDocument/hover',
    'textDocument/foldingRange',
    'textDocument/documentSymbol',
  })
)

check.finish()
