-- The window of a hover in Neovim 0.10: it breaks lines within words there. Later versions do not, and do not ask this.

local M = {}

-- In place of the handler there is, which may be the user's.
function M.show(...)
  local buffer, window = vim.lsp.handlers['textDocument/hover'](...)
  if window and vim.api.nvim_win_is_valid(window) then
    vim.wo[window].linebreak = true
    vim.wo[window].breakindent = true
    local height = vim.api.nvim_win_text_height(window, {}).all
    vim.api.nvim_win_set_height(window, math.min(height, vim.o.lines - 4))
  end
  return buffer, window
end

return M
