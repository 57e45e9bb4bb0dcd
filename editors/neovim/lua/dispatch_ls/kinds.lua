-- Which hints are shown: all or none of them, which is Neovim's part, and those of a kind, which is the server's.
local client = require('dispatch_ls.client')
local hints = require('dispatch_ls.hints')
local say = require('dispatch_ls.say')

local M = {}

M.kinds = { 'dates', 'actors', 'claims' }

-- What may follow `:Dispatch hints`.
function M.words()
  return vim.list_extend({ 'on', 'off', 'toggle', 'all' }, M.kinds)
end

-- Whether a word may be followed by `on` or `off`.
function M.takes(word)
  return word == 'all' or vim.tbl_contains(M.kinds, word)
end

local function is_shown(kind)
  return client.setting('hints', kind) ~= false
end

-- The settings after `word`, a kind or `all`, was switched; without `on` it becomes what it is not.
local function switched(word, on)
  local wanted = {}
  local kinds = word == 'all' and M.kinds or { word }
  if on == nil then
    on = not hints.is_on() or #vim.tbl_filter(is_shown, kinds) < #kinds
  end
  for _, kind in ipairs(kinds) do
    wanted[kind] = on
  end
  return wanted, on
end

local function in_words()
  local parts = vim.tbl_map(function(kind)
    return ('%s %s'):format(kind, is_shown(kind) and 'on' or 'off')
  end, M.kinds)
  return table.concat(parts, ', ')
end

-- `:Dispatch hints WORD [HOW]`
function M.switch(word, how)
  if not vim.tbl_contains(M.words(), word) then
    return say.problem(':Dispatch hints takes ' .. table.concat(M.words(), ', '))
  elseif how and not (M.takes(word) and (how == 'on' or how == 'off')) then
    return say.problem(':Dispatch hints takes on or off behind all, dates, actors or claims')
  elseif not M.takes(word) then
    return hints.enable(word == 'on' or (word == 'toggle' and not hints.is_on()))
  end
  local wanted, on = switched(word, how and how == 'on')
  client.choose({ hints = wanted })
  if on and not hints.is_on() then
    hints.enable(true)
  end
  say.note('hints: ' .. in_words())
end

return M
