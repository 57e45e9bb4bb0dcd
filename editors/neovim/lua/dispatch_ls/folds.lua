-- Folds as the server has them. Neovim's own `vim.lsp.foldexpr()` is not there in 0.10, and asks for all folds after
-- every key; this asks after a rest, and has the folds drawn again only where there are others than before.
local compat = require('dispatch_ls.compat')
local quiet = require('dispatch_ls.quiet')

local M = {}

local METHOD = 'textDocument/foldingRange'
-- Without a key for so long, folds are asked for: milliseconds, and more for each thousand lines, since the answer of
-- a large corpus takes a moment to read.
local REST, REST_PER_THOUSAND = 300, 10

-- By buffer: `levels`, what 'foldexpr' says of each line, moved along with the text; `ask`, `close`.
local states = {}

-- For each of `count` lines what 'foldexpr' says of it. Ranges count lines from 0, and include both ends.
function M.levels(ranges, count)
  local depth, starts, stops = {}, {}, {}
  for _, range in ipairs(ranges) do
    local first, last = range.startLine + 1, math.min(range.endLine + 1, count)
    if first < last then
      depth[first] = (depth[first] or 0) + 1
      depth[last + 1] = (depth[last + 1] or 0) - 1
      starts[first], stops[last] = true, true
    end
  end
  local levels, level, plain = {}, 0, '0'
  for line = 1, count do
    local change = depth[line]
    if change then
      level = level + change
      plain = tostring(level)
    end
    levels[line] = starts[line] and '>' .. plain or stops[line] and '<' .. plain or plain
  end
  return levels
end

local function same(one, other)
  if #one ~= #other then
    return false
  end
  for line = 1, #one do
    if one[line] ~= other[line] then
      return false
    end
  end
  return true
end

-- Lines `first` to `last_old` (from 0, the last one not included) have become those to `last_new`.
function M.splice(levels, first, last_old, last_new)
  local moved = last_new - last_old
  if moved == 0 then
    return
  end
  local count = #levels
  table.move(levels, last_old + 1, count, last_new + 1)
  for line = count, count + moved + 1, -1 do
    levels[line] = nil
  end
  -- What is new belongs to what stands in front of it.
  local level = tonumber((levels[math.min(first + 1, last_old)] or '0'):match('%d+')) or 0
  for line = last_old + 1, last_new do
    levels[line] = tostring(level)
  end
end

-- Setting 'foldmethod' has all lines looked at again; what is closed stays closed.
local function draw(buffer)
  for _, window in ipairs(vim.fn.win_findbuf(buffer)) do
    if vim.wo[window].foldexpr == M.EXPRESSION then
      vim.wo[window][0].foldmethod = 'expr'
    end
  end
end

local function client_of(buffer)
  return vim.lsp.get_clients({ bufnr = buffer, name = 'dispatch_ls', method = METHOD })[1]
end

local function ask(buffer)
  local client = vim.api.nvim_buf_is_loaded(buffer) and client_of(buffer)
  if not client then
    return
  elseif vim.api.nvim_get_mode().mode:find('^[iR]') then
    -- Neovim draws no folds while somebody inserts.
    vim.api.nvim_create_autocmd('InsertLeave', { buffer = buffer, once = true, callback = states[buffer].later })
    return
  end
  local tick = vim.api.nvim_buf_get_changedtick(buffer)
  local params = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
  compat.request(client, METHOD, params, function(err, ranges)
    local state = states[buffer]
    if err or not state or not vim.api.nvim_buf_is_loaded(buffer) then
      return
    elseif vim.api.nvim_buf_get_changedtick(buffer) ~= tick then
      return state.ask()
    end
    local levels = M.levels(ranges or {}, vim.api.nvim_buf_line_count(buffer))
    if not same(levels, state.levels) then
      state.levels = levels
      draw(buffer)
    end
  end, buffer)
end

M.EXPRESSION = "v:lua.require'dispatch_ls.folds'.expression()"

-- For 'foldexpr'.
function M.expression()
  local state = states[vim.api.nvim_get_current_buf()]
  return state and state.levels[vim.v.lnum] or '0'
end

-- From now on folds are asked for.
function M.attach(buffer)
  if states[buffer] then
    return states[buffer].ask(0)
  end
  local state = { levels = {} }
  states[buffer] = state
  state.ask, state.close = quiet.after(REST, function()
    ask(buffer)
  end)
  state.later = function()
    state.ask(0)
  end
  local function forget()
    states[buffer] = nil
    state.close()
  end
  vim.api.nvim_create_autocmd('BufWinEnter', {
    buffer = buffer,
    callback = function()
      if states[buffer] ~= state then
        return true
      elseif #state.levels > 0 then
        draw(buffer) -- folds that came while no window showed the buffer
      end
    end,
  })
  vim.api.nvim_buf_attach(buffer, false, {
    on_lines = function(_, _, _, first, last_old, last_new)
      if states[buffer] ~= state then
        return true
      end
      M.splice(state.levels, first, last_old, last_new)
      state.ask(REST + REST_PER_THOUSAND * math.floor(#state.levels / 1000))
    end,
    on_reload = function()
      state.ask()
    end,
    on_detach = forget,
  })
  state.ask(0)
end

return M
