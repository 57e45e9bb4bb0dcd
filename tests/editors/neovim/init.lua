-- What a user has in `init.lua` (see the README), and next to nothing else.
-- DISPATCH_LS is the server's command line, its words parted by line breaks.
vim.o.swapfile = false
vim.o.shadafile = 'NONE'
vim.o.number = true
vim.o.signcolumn = 'yes'
vim.o.termguicolors = true
vim.diagnostic.config({ virtual_text = true, severity_sort = true })
vim.filetype.add({ extension = { dispatch = 'dispatch', corpus = 'dispatch' } })

local command = vim.split(vim.env.DISPATCH_LS, '\n', { trimempty = true })
if vim.lsp.config then
  vim.lsp.config('dispatch', {
    cmd = command,
    filetypes = { 'dispatch' },
    root_markers = { 'dispatch.toml', '.git' },
  })
  vim.lsp.enable('dispatch')
else -- before 0.11
  vim.api.nvim_create_autocmd('FileType', {
    pattern = 'dispatch',
    callback = function(event)
      vim.lsp.start({
        name = 'dispatch',
        cmd = command,
        root_dir = vim.fs.dirname(vim.api.nvim_buf_get_name(event.buf)),
      })
    end,
  })
end

vim.keymap.set('n', 'gF', function()
  vim.lsp.buf.code_action({ context = { only = { 'source.fixAll.dispatch' }, diagnostics = {} }, apply = true })
end)
