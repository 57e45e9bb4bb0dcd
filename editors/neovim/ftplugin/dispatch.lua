if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = true

local options = require('dispatch_ls.options').get()
local undo = { 'setlocal formatoptions<' }

-- A paragraph is one line: it must not be broken while somebody writes.
vim.opt_local.formatoptions:remove({ 't', 'c' })
if options.view then
  vim.opt_local.wrap = true
  vim.opt_local.linebreak = true
  vim.opt_local.breakindent = true
  table.insert(undo, 'setlocal wrap< linebreak< breakindent<')
end
if options.folds then
  -- 'foldmethod' comes with the folds: without any, every line of a large corpus would be asked about for nothing.
  vim.opt_local.foldexpr = require('dispatch_ls.folds').EXPRESSION
  vim.opt_local.foldtext = ''
  if vim.o.foldlevelstart < 0 then
    vim.opt_local.foldlevel = 99
  end
  table.insert(undo, 'setlocal foldmethod< foldexpr< foldtext< foldlevel<')
end
require('dispatch_ls.lenses').prepare(vim.api.nvim_get_current_buf())
table.insert(undo, require('dispatch_ls.mappings').set(options.mappings))

vim.b.undo_ftplugin = table.concat(
  vim.tbl_filter(function(part)
    return part ~= ''
  end, undo),
  '|' -- without spaces: they would belong to the keys
)
