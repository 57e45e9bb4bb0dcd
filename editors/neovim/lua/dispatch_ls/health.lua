-- `:checkhealth dispatch_ls`
local M = {}

local health = vim.health

local function neovim()
  local version = vim.version()
  local name = ('Neovim %d.%d.%d'):format(version.major, version.minor, version.patch)
  if vim.fn.has('nvim-0.10') == 1 then
    health.ok(name)
  else
    health.error(name .. ' is too old', 'Version 0.10 or later is needed.')
  end
end

local function options()
  local module = require('dispatch_ls.options')
  local _, problems = module.read(vim.g.dispatch_ls or {})
  for _, problem in ipairs(problems) do
    health.error(problem, 'See :help dispatch-ls-options')
  end
  if #problems == 0 then
    health.ok('the options are good')
  end
end

local function version_of(command)
  local good, done = pcall(function()
    return vim.system({ command, '--version' }, { text = true, timeout = 10000 }):wait()
  end)
  return good and done.code == 0 and done.stdout:match('(%d+%.%d+%.%d+%S*)')
end

local function server()
  local module = require('dispatch_ls.server')
  local wanted = require('dispatch_ls.options').get().server
  local command, where = module.find(wanted)
  if not require('dispatch_ls.client').is_ours() then
    health.info('the server is the `cmd` of your vim.lsp.config("dispatch_ls")')
    return
  elseif not command then
    health.error('there is no server: ' .. where, vim.split(module.advice(), '\n'))
    return
  end
  health.ok(('server: %s (found in %s)'):format(table.concat(command, ' '), where))
  if #command > 1 then
    health.info('a command line of several words: its version is not asked for')
    return
  end
  local version = version_of(command[1])
  local objection = module.objection(version)
  if objection then
    health.error(objection, vim.split(module.advice(), '\n'))
  else
    health.ok('version ' .. version)
  end
end

local function running()
  local clients = require('dispatch_ls.client').all()
  if #clients == 0 then
    health.info('no server is running; one is started when a corpus is opened')
  end
  for _, client in ipairs(clients) do
    local buffers = vim.tbl_count(client.attached_buffers)
    local root = client.root_dir or client.config.root_dir or 'no folder'
    health.ok(('running for %d buffer%s in %s'):format(buffers, buffers == 1 and '' or 's', root))
    local has_hints = require('dispatch_ls.hints').provider(client) ~= nil
    health.info(has_hints and 'it gives inlay hints' or 'it gives no inlay hints')
  end
end

local function surroundings()
  if vim.fn.exists(':Dispatch') == 2 and not vim.api.nvim_get_commands({}).Dispatch.definition:find('^Corpora') then
    health.info(':Dispatch belongs to another plugin; use :DispatchLs')
  end
  for _, client in ipairs(vim.lsp.get_clients()) do
    local command = type(client.config.cmd) == 'table' and client.config.cmd[1] or ''
    if client.name ~= 'dispatch_ls' and command:find('dispatch%-ls') then
      health.warn(
        ('another configuration, `%s`, starts dispatch-ls, too'):format(client.name),
        'Everything would be shown twice: remove it from your init.lua.'
      )
    end
  end
end

function M.check()
  health.start('dispatch-ls')
  neovim()
  options()
  server()
  running()
  surroundings()
end

return M
