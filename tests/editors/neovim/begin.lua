-- A corpus in a folder that has neither settings nor an actors file yet: both are made.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local check = dofile(here .. '/checks.lua')
check.patience = 60000

local said = {}
vim.notify = function(text)
  table.insert(said, text)
end
local function card(line, word)
  vim.api.nvim_win_set_cursor(0, { line, assert(vim.fn.getline(line):find(word, 1, true)) - 1 })
  vim.lsp.buf.hover()
  local text
  vim.wait(check.patience, function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        text = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\n')
        vim.api.nvim_win_close(window, true)
        return true
      end
    end
  end, 20)
  return text or ''
end

vim.fn.mkdir('new/.git', 'p') -- files are made in the folder of the project
vim.uv.fs_copyfile('people/news.dispatch', 'new/news.dispatch')
vim.cmd.cd('new')
vim.cmd.edit('news.dispatch')
check.comes('the server is there', function()
  local found = vim.lsp.get_clients({ bufnr = 0, name = 'dispatch_ls' })[1]
  return found and found.initialized
end)
check.is('nobody is listed', true, card(5, 'Abashidze said'):find('unlisted', 1, true) ~= nil)
vim.cmd('Dispatch init')
check.becomes('an actors file is made, and shown', 'actors.jsonl', function()
  return vim.fs.basename(vim.api.nvim_buf_get_name(0))
end)
check.comes('with those who are named most', function()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n'):find('"Levan Abashidze"', 1, true)
end)
check.is('it is known for what it is', 'dispatch-actors', vim.bo.filetype)
check.comes('which is said', function()
  return (said[#said] or ''):find('^dispatch%-ls: made .*actors%.jsonl.*, with %d+ actors')
end)
vim.cmd('silent wall | close')
check.comes('there are settings, too', function()
  return vim.fn.getfsize('dispatch.toml') > 0
end)
check.comes('and he is known', function()
  return card(5, 'Abashidze said'):find('listed as', 1, true)
end)
vim.cmd('Dispatch init')
check.comes('nothing is made twice', function()
  return (said[#said] or ''):find('there is a dispatch.toml and an actors file already', 1, true)
end)

check.finish()
