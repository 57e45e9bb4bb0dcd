if vim.g.loaded_dispatch_ls then
  return
end
if vim.fn.has('nvim-0.10') == 0 then
  vim.notify('dispatch-ls needs Neovim 0.10 or later', vim.log.levels.ERROR)
  return
end
vim.g.loaded_dispatch_ls = true

local group = vim.api.nvim_create_augroup('dispatch_ls', {})

local function on(events, pattern, callback)
  vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, callback = callback })
end

local function ours(event)
  local client = vim.lsp.get_client_by_id(event.data.client_id)
  return client and client.name == 'dispatch_ls' and client or nil
end

local function is_corpus(buffer)
  return vim.bo[buffer].filetype == 'dispatch'
end

on('LspAttach', nil, function(event)
  local client = ours(event)
  if client and is_corpus(event.buf) then
    require('dispatch_ls.hints').attach(client, event.buf)
    require('dispatch_ls.folds').attach(event.buf)
    require('dispatch_ls.lenses').attach(event.buf)
    require('dispatch_ls.status').refresh(event.buf)
  end
end)
on('LspDetach', nil, function(event)
  if ours(event) then
    require('dispatch_ls.hints').detach(event.data.client_id, event.buf)
    require('dispatch_ls.status').refresh(event.buf)
  end
end)
on('LspNotify', nil, function(event)
  if event.data.method == 'textDocument/didChange' and ours(event) and is_corpus(event.buf) then
    require('dispatch_ls.status').refresh(event.buf)
  end
end)
on('DiagnosticChanged', nil, function(event)
  -- Also comes of a buffer that is being wiped out, and has no options any more.
  if vim.api.nvim_buf_is_loaded(event.buf) and is_corpus(event.buf) then
    require('dispatch_ls.status').refresh(event.buf)
  end
end)
on('WinScrolled', nil, function()
  -- `v:event` has a key for each window that moved
  for window in pairs(vim.v.event) do
    local id = tonumber(window)
    if id and vim.api.nvim_win_is_valid(id) then
      require('dispatch_ls.hints').scrolled(vim.api.nvim_win_get_buf(id))
    end
  end
end)

on('ColorScheme', nil, function()
  require('dispatch_ls.hints').colour()
  require('dispatch_ls.colours').define()
end)

require('dispatch_ls.hints').colour()
require('dispatch_ls.colours').define()
require('dispatch_ls.mappings').define()
local command = require('dispatch_ls.command')
command.define('DispatchLs')
-- vim-dispatch has one of that name.
if vim.fn.exists(':Dispatch') ~= 2 then
  command.define('Dispatch')
end

if require('dispatch_ls.options').get().enable then
  require('dispatch_ls.client').enable(true)
end
