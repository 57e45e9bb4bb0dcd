-- Keys. Each deed is there as `<Plug>(dispatch-ls-…)`; the keys of the table are set in corpora, unless the option
-- `mappings` says otherwise, or the user has put something else on them or the deed on other keys.

local M = {}

local function motion(flags)
  return function()
    local pattern = require('dispatch_ls.delimiters').any_opener()
    for _ = 1, vim.v.count1 do
      if vim.fn.search(pattern, flags .. 'sW') == 0 then
        break
      end
    end
  end
end

local function command(words)
  return function()
    require('dispatch_ls.command').run(vim.split(words, ' '))
  end
end

M.table = {
  { name = 'next', keys = ']]', modes = { 'n', 'x', 'o' }, run = motion(''), what = 'Next dispatch' },
  { name = 'previous', keys = '[[', modes = { 'n', 'x', 'o' }, run = motion('b'), what = 'Previous dispatch' },
  { name = 'fixall', keys = '<LocalLeader>f', run = command('fixall'), what = 'Fix all that can be fixed safely' },
  { name = 'convert', keys = '<LocalLeader>c', run = command('convert'), what = 'Convert to another dialect' },
  { name = 'check', keys = '<LocalLeader>k', run = command('check'), what = 'Check all corpora' },
  { name = 'explain', keys = '<LocalLeader>e', run = command('explain'), what = 'Explain the finding' },
  { name = 'outline', keys = '<LocalLeader>o', run = command('outline'), what = 'Outline' },
  { name = 'hints', keys = '<LocalLeader>h', run = command('hints'), what = 'Inlay hints on or off' },
  { name = 'actors', keys = '<LocalLeader>a', run = command('actors'), what = 'Actors of this file' },
  { name = 'timeline', keys = '<LocalLeader>t', run = command('timeline'), what = 'Dates of this dispatch' },
  { name = 'follow', keys = '<LocalLeader>g', run = command('follow'), what = 'Go where a hint leads' },
}

function M.names()
  return vim.tbl_map(function(row)
    return row.name
  end, M.table)
end

local function plug(row)
  return ('<Plug>(dispatch-ls-%s)'):format(row.name)
end

-- The <Plug> mappings.
function M.define()
  for _, row in ipairs(M.table) do
    vim.keymap.set(row.modes or 'n', plug(row), row.run, { desc = 'dispatch-ls: ' .. row.what })
  end
end

-- Sets the keys in the current buffer; returns the command that takes them away.
function M.set(wanted)
  local undo = {}
  for _, row in ipairs(wanted and M.table or {}) do
    local keys = row.keys
    local is_named = type(wanted) == 'table' and wanted[row.name] ~= nil
    if is_named then
      keys = wanted[row.name]
    end
    for _, mode in ipairs(keys and (row.modes or { 'n' }) or {}) do
      local is_taken = vim.fn.mapcheck(keys, mode) ~= '' or vim.fn.hasmapto(plug(row), mode) == 1
      if is_named or not is_taken then
        vim.keymap.set(mode, keys, plug(row), { buffer = true, remap = true, desc = 'dispatch-ls: ' .. row.what })
        table.insert(undo, ('silent! %sunmap <buffer> %s'):format(mode, keys))
      end
    end
  end
  return table.concat(undo, '|')
end

return M
