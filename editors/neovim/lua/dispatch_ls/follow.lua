-- Goes where a hint leads: to the actor, the date, the claim of which it speaks.
local compat = require('dispatch_ls.compat')
local hints = require('dispatch_ls.hints')
local places = require('dispatch_ls.places')
local say = require('dispatch_ls.say')

local M = {}

-- Where the parts of a label lead: `{ title, location | command }`.
function M.targets(hint)
  local targets = {}
  for _, part in ipairs(type(hint.label) == 'table' and hint.label or {}) do
    if part.location or part.command then
      table.insert(targets, { title = vim.trim(part.value), location = part.location, command = part.command })
    end
  end
  return targets
end

local function go(client, target)
  if target.location then
    return places.go(client, target.location)
  end
  local command = target.command
  local own = places.commands[command.command]
  if own then
    return own(command, { client_id = client.id })
  end
  local params = { command = command.command, arguments = command.arguments }
  compat.request(client, 'workspace/executeCommand', params)
end

-- Calls `after` with the hint as the server has it in full.
local function resolve(client, hint, after)
  local provider = hints.provider(client)
  if type(provider) ~= 'table' or not provider.resolveProvider or #M.targets(hint) > 0 then
    return after(hint)
  end
  compat.request(client, 'inlayHint/resolve', hint, function(_, resolved)
    after(resolved or hint)
  end)
end

-- For the hints in the line of the cursor: first that of the word under it, behind which it stands, and those that
-- follow; then those before it, the nearest first.
function M.at_cursor()
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  local found = hints.in_line(vim.api.nvim_get_current_buf(), line)
  table.sort(found, function(a, b)
    local is_a_before, is_b_before = a.column < column, b.column < column
    if is_a_before ~= is_b_before then
      return is_b_before
    end
    return math.abs(a.column - column) < math.abs(b.column - column)
  end)
  local targets, left = {}, #found
  local function choose()
    if #targets == 0 then
      return say.note('no hint in this line leads anywhere')
    end
    table.sort(targets, function(a, b)
      return a.rank < b.rank
    end)
    local function chosen(target)
      if target then
        go(target.client, target)
      end
    end
    if #targets == 1 then
      return chosen(targets[1])
    end
    vim.ui.select(targets, {
      prompt = 'Go to',
      format_item = function(target)
        return target.title
      end,
    }, chosen)
  end
  if left == 0 then
    return choose()
  end
  for rank, one in ipairs(found) do
    local client = vim.lsp.get_client_by_id(one.client_id)
    local function add(hint)
      for place, target in ipairs(M.targets(hint)) do
        table.insert(targets, vim.tbl_extend('force', target, { client = client, rank = rank * 100 + place }))
      end
      left = left - 1
      if left == 0 then
        choose()
      end
    end
    if client then
      resolve(client, one.hint, add)
    else
      add({})
    end
  end
end

return M
