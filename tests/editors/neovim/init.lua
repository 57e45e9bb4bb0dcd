-- What a user has in `init.lua` (see docs/editors.md), and next to nothing else. From the environment:
-- DISPATCH_PLUGIN, the folder of the plugin, or DISPATCH_PACKAGE, where packages are; DISPATCH_LS, the server's command
-- line, its words parted by line breaks, or empty if it is to be searched; BACKGROUND, `light` or `dark`.
vim.o.swapfile = false
vim.o.shadafile = 'NONE'
vim.o.number = true
vim.o.signcolumn = 'yes'
vim.o.termguicolors = true
vim.o.background = vim.env.BACKGROUND or 'dark'
if vim.fn.exists('+winborder') == 1 then
  vim.o.winborder = 'rounded'
end
vim.diagnostic.config({ virtual_text = true, severity_sort = true })
vim.g.maplocalleader = ','

local command = vim.split(vim.env.DISPATCH_LS or '', '\n', { trimempty = true })
if #command > 0 then
  vim.g.dispatch_ls = { server = command }
end
if vim.env.DISPATCH_PACKAGE then
  vim.opt.packpath:prepend(vim.env.DISPATCH_PACKAGE)
else
  vim.opt.runtimepath:prepend(vim.env.DISPATCH_PLUGIN)
end
vim.o.statusline = " %f %m%=%{v:lua.require'dispatch_ls'.status()} "
