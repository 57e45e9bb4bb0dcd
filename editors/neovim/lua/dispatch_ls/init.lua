-- Corpora of news dispatches in Neovim: see `:help dispatch-ls`.

local M = {}

-- Takes options in place of those there were. Not needed: `vim.g.dispatch_ls` does the same before the start. May be
-- called at any time; running servers are told of new settings.
---@param given? dispatch_ls.Options
function M.setup(given)
  vim.g.dispatch_ls = given or {}
  local options = require('dispatch_ls.options')
  options.forget()
  if vim.g.loaded_dispatch_ls then
    require('dispatch_ls.hints').enable(nil)
    local client = require('dispatch_ls.client')
    client.tell_settings()
    client.enable(options.get().enable)
  end
end

-- For the status line: `canonical · 12 dispatches · 3 findings`; empty in other buffers.
---@param buffer? integer
---@return string
function M.status(buffer)
  return require('dispatch_ls.status').text(buffer)
end

return M
