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
-- Who is to be in it --------------------------------------------------------------------------------------------------

local function offered()
  vim.cmd('Dispatch init')
  return check.comes('a list to choose from', function()
    return vim.bo.buftype == 'acwrite' and vim.api.nvim_buf_get_lines(0, 0, -1, true)
  end) or {}
end
local function there()
  return vim.fn.filereadable('dispatch.toml') + #vim.fn.getbufinfo('actors.jsonl')
end
local function line_with(part)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    if line:find(part, 1, true) then
      return number, line
    end
  end
end

local lines = offered()
check.is(
  'with everybody who is named, and how often',
  {
    'person · Levan Abashidze · 3 mentions',
    'person · Davit Gelovani · 2 mentions',
    'person · Tamar Kvirikashvili · 2 mentions',
    'organization · Port Authority · 1 mention',
  },
  vim.tbl_filter(function(line)
    return line:sub(1, 1) ~= '#'
  end, lines)
)
check.is('places are there, and out', '# place · Ankara · 1 mention', select(2, line_with('Ankara')) or lines)
check.is(
  'in 80 columns',
  {},
  vim.tbl_filter(function(line)
    return vim.fn.strdisplaywidth(line) > 80
  end, lines)
)
vim.cmd('quit!')
check.is('left without being written, it makes nothing', 0, there())

offered()
vim.cmd(('%dsubstitute/Gelovani/Gelovan/'):format(line_with('Gelovani')))
vim.cmd('silent! write')
check.comes('who was misspelt is nobody', function()
  return (said[#said] or ''):find('nobody in this list is called `person · Davit Gelovan · 2 mentions`', 1, true)
end)
check.is('and the list is still there', 'acwrite', vim.bo.buftype)
vim.cmd('undo')
vim.cmd(('%ddelete'):format(line_with('Gelovani')))
vim.cmd(('%dsubstitute/^# //'):format(line_with('Ankara')))
vim.cmd('write')
check.becomes('written, it makes an actors file, which is shown', 'actors.jsonl', function()
  return vim.fs.basename(vim.api.nvim_buf_get_name(0))
end)
local function names()
  return vim.tbl_map(function(line)
    return line:match('"name":"([^"]*)"')
  end, vim.api.nvim_buf_get_lines(0, 0, -1, true))
end
check.becomes(
  'with those who were left, sorted',
  { 'Ankara', 'Levan Abashidze', 'Port Authority', 'Tamar Kvirikashvili' },
  names
)
check.is('it is known for what it is', 'dispatch-actors', vim.bo.filetype)
check.comes('which is said', function()
  return (said[#said] or ''):find('^dispatch%-ls: made .*actors%.jsonl.*, with 4 actors; :wall saves')
end)
check.is('the list is gone', 0, #vim.tbl_filter(function(buffer)
  return vim.bo[buffer].buftype == 'acwrite'
end, vim.api.nvim_list_bufs()))
vim.cmd('silent wall | close')
check.comes('there are settings, too', function()
  return vim.fn.getfsize('dispatch.toml') > 0
end)
check.comes('and he is known', function()
  return card(5, 'Abashidze said'):find('listed as', 1, true)
end)

-- Later ---------------------------------------------------------------------------------------------------------------

offered()
check.is('later, only those who are in no actors file', nil, (line_with('Abashidze')))
vim.cmd('silent wq')
check.comes('are added to it', function()
  return (said[#said] or ''):find('^dispatch%-ls: added 1 actor to actors%.jsonl; :wall saves')
end)
check.becomes(
  'in their place',
  { 'Ankara', 'Davit Gelovani', 'Levan Abashidze', 'Port Authority', 'Tamar Kvirikashvili' },
  names
)
vim.cmd('silent wall | close')
check.comes('which the text shows', function()
  return card(9, 'Davit'):find('listed as', 1, true)
end)
vim.cmd('Dispatch! init')
check.comes('with nobody left, nothing is made twice', function()
  return (said[#said] or ''):find('there is a dispatch.toml and an actors file already', 1, true)
end)

check.finish()
