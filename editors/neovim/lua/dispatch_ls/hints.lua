-- Inlay hints, asked by view. Neovim asks for those of the whole buffer after every change; of a large corpus that is
-- more than anybody can see. This asks for the lines on the screen and some around them, once the keys rest. Hints
-- that are there move along with the text until newer ones come.
--
-- It works with any client: `take_over(client)` before it is attached, `attach(client, buffer)` afterwards.
local compat = require('dispatch_ls.compat')
local options = require('dispatch_ls.options')
local quiet = require('dispatch_ls.quiet')
local view = require('dispatch_ls.view')

local M = {}

local METHOD = 'textDocument/inlayHint'
local namespace = vim.api.nvim_create_namespace('dispatch_ls.hints')

-- By client: what it had announced.
local providers = {}
-- By buffer and client: `covered`, the lines whose hints are those of the present text; `asked`, by the number of a
-- request that is on its way, its lines and the text it is about; `hints`, by mark.
local states = {}
local is_on

M.GROUP = 'DispatchHint'

-- Themes that say nothing of hints have them as faint as what is no text; but these are to be read.
function M.colour()
  local own = vim.api.nvim_get_hl(0, { name = 'LspInlayHint' })
  local is_themed = next(own) ~= nil and own.link ~= 'NonText'
  vim.api.nvim_set_hl(0, M.GROUP, { link = is_themed and 'LspInlayHint' or 'Comment', default = true })
end

-- Neovim's own hints would be shown beside these, and ask for all. So it is not told that the client has any.
function M.take_over(client)
  local provider = client.server_capabilities and client.server_capabilities.inlayHintProvider
  if provider then
    providers[client.id] = provider
    client.server_capabilities.inlayHintProvider = nil
  end
end

function M.provider(client)
  return providers[client.id]
end

-- What is shown for a hint: words with their highlight groups. A hint stands in one line, whatever its label has.
function M.chunks(hint)
  local parts = type(hint.label) == 'table' and hint.label or { { value = hint.label } }
  local text = table.concat(vim.tbl_map(function(part)
    return part.value or ''
  end, parts))
  text = text:gsub('%c+', ' ')
  local chunks = { { text, M.GROUP } }
  if hint.paddingLeft then
    table.insert(chunks, 1, { ' ' })
  end
  if hint.paddingRight then
    table.insert(chunks, { ' ' })
  end
  return chunks
end

local function remove(buffer, state, from, to)
  for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(buffer, namespace, from, to, {})) do
    if state.hints[mark[1]] then
      state.hints[mark[1]] = nil
      vim.api.nvim_buf_del_extmark(buffer, namespace, mark[1])
    end
  end
end

local function clear(buffer, state, first, last)
  -- Marks of a last line that was deleted are behind the text.
  local is_end = last >= vim.api.nvim_buf_line_count(buffer)
  remove(buffer, state, { first - 1, 0 }, is_end and -1 or { last - 1, -1 })
end

-- Marks of lines that were deleted pile up where the text goes on, in `row` (from 0).
local function sweep(buffer, state, row)
  local is_end = row >= vim.api.nvim_buf_line_count(buffer)
  remove(buffer, state, { row, 0 }, is_end and -1 or { row, 0 })
end

local function show(buffer, state, client, range, hints)
  clear(buffer, state, range[1], range[2])
  for _, hint in ipairs(hints) do
    local row = hint.position.line
    -- What lies outside would stay when this range is shown again.
    if row + 1 >= range[1] and row + 1 <= range[2] then
      local line = vim.api.nvim_buf_get_lines(buffer, row, row + 1, false)[1] or ''
      local column = compat.byte(line, hint.position.character, client.offset_encoding)
      local mark = vim.api.nvim_buf_set_extmark(buffer, namespace, row, column, {
        virt_text = M.chunks(hint),
        virt_text_pos = 'inline',
        strict = false,
      })
      state.hints[mark] = hint
    end
  end
end

-- The lines that need no question: there is an answer, or one will come. Questions about an older text are taken back.
local function settled(buffer, client, state)
  local tick, ranges = vim.api.nvim_buf_get_changedtick(buffer), vim.list_extend({}, state.covered)
  for id, asked in pairs(state.asked) do
    if asked.tick == tick then
      table.insert(ranges, asked.range)
    else
      state.asked[id] = nil
      compat.call(client, 'cancel_request', id)
    end
  end
  return view.join(ranges)
end

-- All is asked for again, also what was asked already.
local function forget(state)
  state.covered = {}
  for _, asked in pairs(state.asked) do
    asked.tick = -1
  end
end

local function ask(buffer, client, state, range)
  local asked = { range = range, tick = vim.api.nvim_buf_get_changedtick(buffer) }
  local last = vim.api.nvim_buf_get_lines(buffer, range[2] - 1, range[2], false)[1] or ''
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = {
      start = { line = range[1] - 1, character = 0 },
      -- In bytes, so in any encoding the end of the line or more, which is the same to a server.
      ['end'] = { line = range[2] - 1, character = #last },
    },
  }
  local sent, id
  sent, id = compat.request(client, METHOD, params, function(err, hints)
    state.asked[id or 0] = nil
    local is_present = vim.api.nvim_buf_is_loaded(buffer) and vim.api.nvim_buf_get_changedtick(buffer) == asked.tick
    -- After a change, or where all was forgotten meanwhile, there will be another answer.
    if err or not is_present or not M.is_on() or states[buffer] == nil then
      return
    end
    show(buffer, state, client, range, hints or {})
    state.covered = view.join(vim.list_extend(state.covered, { range }))
  end, buffer)
  if sent and id then
    state.asked[id] = asked
  end
end

local function look(buffer)
  if not M.is_on() or not vim.api.nvim_buf_is_loaded(buffer) or not states[buffer] then
    return
  end
  for id, state in pairs(states[buffer].clients) do
    local client = vim.lsp.get_client_by_id(id)
    if client then
      local lines = view.lines(buffer, options.get().hints.margin)
      for _, range in ipairs(view.without(lines, settled(buffer, client, state))) do
        ask(buffer, client, state, range)
      end
    end
  end
end

local function begin(buffer)
  local all = { clients = {} }
  all.look, all.close = quiet.after(options.get().hints.delay, function()
    look(buffer)
  end)
  states[buffer] = all
  vim.api.nvim_buf_attach(buffer, false, {
    on_lines = function(_, _, _, _, last_old, last_new)
      if states[buffer] ~= all then
        return true
      end
      for _, state in pairs(all.clients) do
        state.covered = {}
        if last_new < last_old then
          sweep(buffer, state, last_new)
        end
      end
      all.look()
    end,
    on_reload = function()
      for _, state in pairs(all.clients) do
        state.covered = {}
      end
      all.look()
    end,
    on_detach = function()
      if states[buffer] == all then
        states[buffer] = nil
        all.close()
      end
    end,
  })
  vim.api.nvim_create_autocmd({ 'BufWinEnter', 'CursorMoved', 'CursorMovedI' }, {
    group = vim.api.nvim_create_augroup('dispatch_ls.hints.' .. buffer, {}),
    buffer = buffer,
    callback = function()
      if states[buffer] ~= all then
        return true
      end
      -- Folds and wrapped lines come into view without a window scrolling.
      all.look()
    end,
  })
  return all
end

function M.attach(client, buffer)
  if not providers[client.id] then
    return
  end
  local all = states[buffer] or begin(buffer)
  all.clients[client.id] = { covered = {}, asked = {}, hints = {} }
  all.look(0)
end

function M.detach(client_id, buffer)
  local all = states[buffer]
  local state = all and all.clients[client_id]
  if state then
    all.clients[client_id] = nil
    if vim.api.nvim_buf_is_loaded(buffer) then
      clear(buffer, state, 1, vim.api.nvim_buf_line_count(buffer))
    end
  end
end

-- The view has moved.
function M.scrolled(buffer)
  if states[buffer] then
    states[buffer].look()
  end
end

-- The server has other hints than before.
function M.refresh(client_id)
  for _, all in pairs(states) do
    local state = all.clients[client_id]
    if state then
      forget(state)
      all.look(0)
    end
  end
  return vim.NIL
end

function M.is_on()
  if is_on == nil then
    return options.get().hints.enable
  end
  return is_on
end

-- Turns hints on or off, in all buffers; `nil` is as the options say.
function M.enable(on)
  is_on = on
  for buffer, all in pairs(states) do
    for _, state in pairs(all.clients) do
      forget(state)
      if not M.is_on() and vim.api.nvim_buf_is_loaded(buffer) then
        clear(buffer, state, 1, vim.api.nvim_buf_line_count(buffer))
      end
    end
    all.look(0)
  end
end

-- The hints that are shown in a line (from 1), from left to right: `{ column, hint, client_id }`.
function M.in_line(buffer, line)
  local found = {}
  for id, state in pairs(states[buffer] and states[buffer].clients or {}) do
    for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(buffer, namespace, { line - 1, 0 }, { line - 1, -1 }, {})) do
      if state.hints[mark[1]] then
        table.insert(found, { column = mark[3], hint = state.hints[mark[1]], client_id = id })
      end
    end
  end
  table.sort(found, function(a, b)
    return a.column < b.column
  end)
  return found
end

return M
