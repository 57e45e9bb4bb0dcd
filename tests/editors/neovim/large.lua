-- A corpus of 20 MB stays usable.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local check = dofile(here .. '/checks.lua')
check.patience = 60000

local SIZE = 20 * 1024 * 1024
-- Longest time, in milliseconds, that the editor may not react while somebody types. A busy machine is allowed for.
local LONG = 1000

-- Dispatches from the paragraphs of a sample; one in a hundred has a broken delimiter.
local paragraphs = vim.tbl_filter(function(line)
  return #line > 60 and not line:find('FILE')
end, vim.fn.readfile('clean.dispatch'))
local parts, size, count = {}, 0, 0
while size < SIZE do
  local word = count % 100 == 7 and 'FIEL' or 'FILE'
  local lines = { ('=== %s: %06d_meridian.txt ==='):format(word, count), 'date: 2024-06-11', '' }
  for place = 1, 8 do
    vim.list_extend(lines, { paragraphs[(count + place) % #paragraphs + 1], '' })
  end
  parts[#parts + 1] = table.concat(lines, '\n') .. '\n'
  size, count = size + #parts[#parts], count + 1
end
local file = assert(io.open('large.dispatch', 'wb'))
file:write(table.concat(parts))
file:close()

-- The longest time without a turn of the event loop.
local last, longest = vim.uv.hrtime(), 0
assert(vim.uv.new_timer()):start(0, 2, function()
  local now = vim.uv.hrtime()
  longest, last = math.max(longest, (now - last) / 1e6), now
end)
local begin = vim.uv.hrtime()
local function lap(what)
  io.write(
    ('      %s: %d ms, at longest %d ms without a reaction\n'):format(what, (vim.uv.hrtime() - begin) / 1e6, longest)
  )
  begin, longest, last = vim.uv.hrtime(), 0, vim.uv.hrtime()
end
local function found(line, code)
  return function()
    return vim.tbl_contains(
      vim.tbl_map(function(one)
        return one.code
      end, vim.diagnostic.get(0, { lnum = line - 1 })),
      code
    )
  end
end

vim.cmd.edit('large.dispatch')
lap('opened')
local lines = vim.api.nvim_buf_line_count(0)
local per_dispatch = 19
local broken = 7 * per_dispatch + 1
check.comes('findings come', found(broken, 'F003'))
lap('findings')
check.becomes('folds come', 1, function()
  return vim.fn.foldlevel(1)
end)
lap('folds')
check.comes('the status line counts', function()
  return require('dispatch_ls').status():find(('%d dispatches'):format(count)) ~= nil
end)

for _ = 1, 60 do
  vim.api.nvim_win_set_cursor(0, { 4, 0 })
  vim.api.nvim_feedkeys('ix', 'xt', false)
  vim.cmd.redraw()
  vim.wait(20)
end
check.is(('typing: never more than %d ms without a reaction'):format(LONG), true, longest < LONG or longest)
lap('60 keys')
vim.wait(4000)
check.is('nor in a rest after it', true, longest < LONG or longest)
lap('a rest')
vim.api.nvim_feedkeys('60u', 'xt', false)

vim.api.nvim_buf_set_lines(0, 40, 40, true, { '', '=== FIEL: typed.txt ===', 'Text.', '' })
check.comes('what is typed is looked at', found(42, 'F003'))
lap('a finding')
vim.cmd('silent undo')
vim.api.nvim_feedkeys('zM', 'xt', false)
check.is('folded, the first dispatch is one line', 1, vim.fn.foldclosed(5))
vim.api.nvim_feedkeys('zRG', 'xt', false)
vim.cmd.redraw()
lap('folding, and to the end')

local at_hover
vim.api.nvim_win_set_cursor(0, { lines - per_dispatch + 1, 6 })
vim.lsp.buf_request(0, 'textDocument/hover', {
  textDocument = vim.lsp.util.make_text_document_params(0),
  position = { line = lines - per_dispatch, character = 6 },
}, function(_, result)
  at_hover = result
end)
check.comes('hover at the end of the corpus', function()
  return at_hover
end)
lap('hover')

local original = vim.api.nvim_buf_get_lines(0, 0, broken + 1, true)
check.comes('the first finding is there', found(broken, 'F003'))
vim.cmd('Dispatch fixall')
check.becomes('fix-all repairs all of it', '=== FILE: 000007_meridian.txt ===', function()
  return vim.fn.getline(broken)
end)
check.becomes('to the end', 0, function()
  return vim.fn.search([[\C^=== FIEL]], 'n')
end)
lap('fix-all')
vim.cmd('silent undo')
check.is('one undo brings it back', original, vim.api.nvim_buf_get_lines(0, 0, broken + 1, true))
check.is(
  'all of it',
  math.ceil((count - 7) / 100),
  vim.fn.searchcount({
    pattern = [[\C^=== FIEL]],
    maxcount = 0,
    timeout = 0,
  }).total
)
lap('undo')

check.finish()
