-- Code lenses, for those who want them: what was found in each dispatch, beside its delimiter. Neovim before 0.12 does
-- not ask for them by itself.
local options = require('dispatch_ls.options')
local quiet = require('dispatch_ls.quiet')

local M = {}

-- Milliseconds without a change until they are asked for.
local REST = 500

-- Before a server is attached: afterwards, 0.12 would ask twice, and draw none if the answers cross.
function M.prepare(buffer)
  if options.get().lenses and vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buffer })
  end
end

function M.attach(buffer)
  if not options.get().lenses or vim.lsp.codelens.enable then
    return
  end
  local ask, close = quiet.after(REST, function()
    if vim.api.nvim_buf_is_loaded(buffer) then
      vim.lsp.codelens.refresh({ bufnr = buffer })
    end
  end)
  vim.api.nvim_buf_attach(buffer, false, {
    on_lines = function()
      ask()
    end,
    on_reload = function()
      ask()
    end,
    on_detach = close,
  })
  ask(0)
end

return M
