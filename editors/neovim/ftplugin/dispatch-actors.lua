if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = true

-- A record is one line: it must not be broken while somebody writes.
vim.opt_local.formatoptions:remove({ 't', 'c' })
vim.b.undo_ftplugin = 'setlocal formatoptions<'
