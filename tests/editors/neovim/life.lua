-- The life of the server: there is none, it is too old, it crashes, it is stopped. `suite` starts this without a server
-- in sight; DISPATCH_PROGRAM is one.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local check = dofile(here .. '/checks.lua')
check.patience = 60000

local said = {}
vim.notify = function(text, level)
  table.insert(said, text)
  io.stderr:write(('[%s] %s\n'):format(level, text))
end

local function heard(part)
  return #vim.tbl_filter(function(text)
    return text:find(part, 1, true) ~= nil
  end, said)
end
local function says(name, part)
  check.comes(name, function()
    return heard(part) > 0
  end)
end
local function client()
  local found = vim.lsp.get_clients({ bufnr = 0, name = 'dispatch_ls' })[1]
  return found and found.initialized and found
end
local function has_findings()
  return #vim.diagnostic.get(0) > 10
end
-- The server is a child of this process.
local function pid()
  for _, child in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
    if (vim.api.nvim_get_proc(child) or {}).name == 'dispatch-ls' then
      return child
    end
  end
end
local function pause()
  vim.wait(1500)
end

-- No server -----------------------------------------------------------------------------------------------------------

vim.cmd.edit('wire.dispatch')
local text = vim.api.nvim_buf_get_lines(0, 0, -1, true)
says('without a server, this is said', 'there is no server: it is neither in PATH nor in ~/.cargo/bin')
check.is('and what to do', true, heard('cargo install') == 1 and heard(':Dispatch restart') == 1)
vim.cmd.edit('crawl.corpus')
vim.wait(300)
check.is('once', 1, #said)
check.is('the rest is there all the same', { 'dispatch', true, 'dispatchKeyword' }, {
  vim.bo.filetype,
  vim.wo.linebreak,
  vim.fn.synIDattr(vim.fn.synID(1, 5, 1), 'name'),
})
vim.cmd('checkhealth dispatch_ls')
local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
check.is('checkhealth says so, too', true, health:find('ERROR.-there is no server') ~= nil or health)
vim.cmd.bwipeout()
vim.cmd('Dispatch check')
says('and so does check', 'there is no program')

-- An old one ----------------------------------------------------------------------------------------------------------

vim.cmd.edit('wire.dispatch')
-- It is a Neovim, which complains when it is stopped before it is ready.
local quiet = { 'sh', '-c', 'exec "$0" "$@" 2>/dev/null' }
require('dispatch_ls').setup({ server = vim.list_extend(quiet, { vim.v.progpath, '-l', here .. '/old_server.lua' }) })
vim.cmd('Dispatch restart')
says('an old server is named', 'version 0.0.9 is too old; this plugin needs 0.1.0 or later')
check.comes('and used nevertheless', client)
require('dispatch_ls').setup({})
vim.cmd('Dispatch stop')
check.becomes('and can be stopped', 0, function()
  return #vim.lsp.get_clients()
end)

-- A good one ----------------------------------------------------------------------------------------------------------

vim.fn.mkdir(vim.env.HOME .. '/.cargo/bin', 'p')
vim.uv.fs_symlink(vim.env.DISPATCH_PROGRAM, vim.env.HOME .. '/.cargo/bin/dispatch-ls')
said = {}
vim.cmd('Dispatch restart')
check.comes('once it is installed, a restart finds it', client)
check.comes('it works', has_findings)
check.is('nothing is said about it', {}, said)
vim.cmd('checkhealth dispatch_ls')
health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
check.is('checkhealth is content', { false, false, true }, {
  health:find('ERROR') ~= nil,
  health:find('WARN') ~= nil,
  health:find('version 0%.%d+%.%d+') ~= nil,
})
vim.cmd.bwipeout()

-- It crashes ----------------------------------------------------------------------------------------------------------

vim.cmd.edit('wire.dispatch')
check.comes('another corpus, the same server', client)
vim.fn.append(0, 'Not saved.')
for time = 1, 4 do
  local before = client() and client().id
  vim.uv.kill(pid(), 'sigkill')
  check.comes(('it is killed, and started again (%d)'):format(time), function()
    return client() and client().id ~= before
  end)
  says('which is said', ('the server ended by signal 9 and is started again (%d of 4)'):format(time))
end
check.comes('it works again', has_findings)
vim.uv.kill(pid(), 'sigkill')
says('but not for ever', 'It was started again 4 times within three minutes. :Dispatch restart starts it again')
pause()
check.comes('then it stays away', function()
  return #vim.lsp.get_clients() == 0
end)
check.is('the text is as it was', vim.list_extend({ 'Not saved.' }, text), vim.api.nvim_buf_get_lines(0, 0, -1, true))
vim.cmd('Dispatch restart')
check.comes('until somebody wants it', client)
check.comes('and it works', has_findings)
require('dispatch_ls').setup({ restarts = 0 })
vim.uv.kill(pid(), 'sigkill')
says('it need not be started again at all', 'the server ended by signal 9. :Dispatch restart')
pause()
check.comes('and is not', function()
  return #vim.lsp.get_clients() == 0
end)

-- It is stopped -------------------------------------------------------------------------------------------------------

require('dispatch_ls').setup({})
vim.cmd('Dispatch restart')
check.comes('it is started', client)
said = {}
vim.cmd('Dispatch stop')
check.becomes('it is stopped', 0, function()
  return #vim.lsp.get_clients()
end)
pause()
check.is('and stays so, without a word', { 0, {} }, { #vim.lsp.get_clients(), said })
require('dispatch_ls').setup({ enable = false })
vim.cmd.edit('clean.dispatch')
check.becomes('it can be turned off', 0, function()
  return #vim.lsp.get_clients()
end)
pause()
check.is('and stays so, too', 0, #vim.lsp.get_clients())
require('dispatch_ls').setup({ enable = true })
check.comes('and on', client)

-- A program that is none ----------------------------------------------------------------------------------------------

said = {}
local log = vim.lsp.log and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
local function errors()
  return vim.tbl_filter(function(line)
    return line:find('^%[ERROR%]') ~= nil
  end, vim.fn.filereadable(log) == 1 and vim.fn.readfile(log) or {})
end
check.is('no error in the log of Neovim', {}, errors())
require('dispatch_ls').setup({ server = 'false' })
vim.cmd('Dispatch restart')
says('what ends at once is named', 'the server ended with exit code 1 before it was ready. :Dispatch log says more.')
pause()
check.is('and not started again', 1, heard('before it was ready'))
require('dispatch_ls').setup({ sever = 'false' })
says('so is an option that does not exist', 'there is no option `sever`; there are: detect, enable')

check.finish()
