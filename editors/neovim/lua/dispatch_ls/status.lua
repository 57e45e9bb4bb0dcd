-- What is said of a corpus in the status line: its dialect, its dispatches, its findings.
local compat = require('dispatch_ls.compat')
local quiet = require('dispatch_ls.quiet')

local M = {}

local METHOD = 'dispatch/status'
-- Milliseconds without a change until the server is asked.
local REST = 200

local asks = {}
-- Servers that do not know the question, by client.
local mute = {}

local function keep(buffer, status)
  if vim.api.nvim_buf_is_loaded(buffer) and not vim.deep_equal(vim.b[buffer].dispatch_ls_status, status) then
    vim.b[buffer].dispatch_ls_status = status
    vim.cmd.redrawstatus({ bang = true })
  end
end

local function counted(buffer)
  return { findings = #vim.diagnostic.get(buffer) }
end

local function ask(buffer)
  local client = vim.api.nvim_buf_is_loaded(buffer) and vim.lsp.get_clients({ bufnr = buffer, name = 'dispatch_ls' })[1]
  if not client then
    return keep(buffer, nil)
  elseif mute[client.id] then
    return keep(buffer, counted(buffer))
  end
  local params = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
  compat.request(client, METHOD, params, function(err, status)
    if err then
      mute[client.id] = true
      keep(buffer, counted(buffer))
    elseif type(status) == 'table' then
      keep(buffer, status)
    end
  end, buffer)
end

-- The server is asked, after a rest.
function M.refresh(buffer)
  if not vim.api.nvim_buf_is_loaded(buffer) then
    return
  end
  if not asks[buffer] then
    local look, close = quiet.after(REST, function()
      ask(buffer)
    end)
    asks[buffer] = look
    vim.api.nvim_create_autocmd('BufWipeout', {
      buffer = buffer,
      once = true,
      callback = function()
        asks[buffer] = nil
        close()
      end,
    })
  end
  asks[buffer]()
end

local function number(count, one, more)
  return ('%d %s'):format(count, count == 1 and one or more)
end

-- `canonical · 12 dispatches · 3 findings`; nothing where there is no server.
function M.text(buffer)
  local status = vim.b[buffer or 0].dispatch_ls_status
  if not status then
    return ''
  end
  local parts = {}
  if status.dialect then
    table.insert(parts, status.dialect)
  end
  if status.dispatches then
    table.insert(parts, number(status.dispatches, 'dispatch', 'dispatches'))
  end
  if status.findings then
    table.insert(parts, number(status.findings, 'finding', 'findings'))
  end
  return table.concat(parts, ' · ')
end

return M
