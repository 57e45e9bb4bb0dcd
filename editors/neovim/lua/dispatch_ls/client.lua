-- The server's life: where it is started, with what, and what happens when it ends.
local compat = require('dispatch_ls.compat')
local options = require('dispatch_ls.options')
local say = require('dispatch_ls.say')
local server = require('dispatch_ls.server')

local M = {}

M.NAME = 'dispatch_ls'
-- Corpora, and actors files.
M.filetypes = { 'dispatch', 'dispatch-actors' }
-- A server that crashes more often than the option `restarts` says within this time, in milliseconds, stays away.
local MEMORY = 180000
-- How long it is waited until a crashed server is started again; doubled with every crash. Milliseconds.
local BREATH = 250
-- How long the server is not told of what is typed, in milliseconds: a third of what is usual, for it is quick.
local DEBOUNCE = 50
-- How long a server may take to leave when it is told to, in milliseconds.
local PATIENCE = 3000

local crashes = {}
local told = {}
-- Settings that were made while working; they count more than those of the options.
local chosen = {}

function M.all(buffer)
  return vim.lsp.get_clients({ name = M.NAME, bufnr = buffer })
end

-- The server of a buffer; without one, that is said.
function M.of(buffer)
  local client = M.all(buffer)[1]
  if not client then
    say.problem('no server is running for this buffer; :checkhealth dispatch_ls says why')
  end
  return client
end

local function buffers()
  return vim.tbl_filter(function(buffer)
    return vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(M.filetypes, vim.bo[buffer].filetype)
  end, vim.api.nvim_list_bufs())
end

-- The folder from which settings hold, and which several corpora share: that of `dispatch.toml`, or the project's.
function M.root(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  local folder = path ~= '' and vim.fs.dirname(path) or vim.uv.cwd()
  return vim.fs.root(buffer, 'dispatch.toml') or vim.fs.root(buffer, '.git') or folder
end

local function find_root(buffer, on_dir)
  local command, why = server.find(options.get().server)
  if command or not M.is_ours() then
    return on_dir(M.root(buffer))
  end
  if not told[why] then
    told[why] = true
    say.problem(('there is no server: %s.\n%s'):format(why, server.advice()))
  end
end

local function attach_all()
  for _, buffer in ipairs(buffers()) do
    if #M.all(buffer) == 0 then
      M.attach(buffer)
    end
  end
end

local function ended(code, signal, was_ready)
  -- SIGTERM is how Neovim ends a server that does not leave.
  if (code == 0 and (signal == 0 or signal == 15)) or vim.v.exiting ~= vim.NIL then
    return
  end
  local how = signal ~= 0 and ('by signal %d'):format(signal) or ('with exit code %d'):format(code)
  if not was_ready then
    return say.problem(('the server ended %s before it was ready. :Dispatch log says more.'):format(how))
  end
  local now = vim.uv.now()
  crashes = vim.tbl_filter(function(time)
    return now - time < MEMORY
  end, crashes)
  local limit = options.get().restarts
  if #crashes >= limit then
    local often = limit > 0 and (' It was started again %d times within three minutes.'):format(limit) or ''
    return say.problem(
      ('the server ended %s.%s :Dispatch restart starts it again, :Dispatch log says more.'):format(how, often)
    )
  end
  table.insert(crashes, now)
  say.warning(('the server ended %s and is started again (%d of %d)'):format(how, #crashes, limit))
  vim.defer_fn(attach_all, BREATH * 2 ^ (#crashes - 1))
end

local ready = setmetatable({}, { __mode = 'k' })
-- Those that were told to leave: however they do, it is no crash.
local leaving = setmetatable({}, { __mode = 'k' })

-- `cmd` of the client. A function, since where the server is found out when it is needed.
local function start(dispatchers, config)
  local command = server.find(options.get().server) or { server.NAME }
  local rpc
  local on_exit = dispatchers.on_exit
  dispatchers.on_exit = function(code, signal)
    vim.schedule(function()
      if not (rpc and leaving[rpc]) then
        ended(code, signal, rpc and ready[rpc])
      end
    end)
    return on_exit(code, signal)
  end
  rpc = vim.lsp.rpc.start(command, dispatchers, {
    cwd = config and config.cmd_cwd,
    env = config and config.cmd_env,
  })
  return rpc
end

-- The server sends findings after a rest, or answers whenever it is asked. Neovim would ask after every key, and 0.12
-- does not ask again when settings have changed. So it is not said that it could.
local function before_init(params)
  params.capabilities.textDocument.diagnostic = nil
  params.capabilities.workspace.diagnostics = nil
  -- Neovim takes edits of several files, but does not say so.
  params.capabilities.workspace.workspaceEdit =
    vim.tbl_extend('force', params.capabilities.workspace.workspaceEdit or {}, { documentChanges = true })
  -- What a lens or a hint may ask this plugin to do, as rust-analyzer's clients say it.
  params.capabilities.experimental = vim.tbl_deep_extend('force', params.capabilities.experimental or {}, {
    commands = { commands = require('dispatch_ls.places').names() },
  })
end

local function on_init(client, result)
  ready[client.rpc] = true
  local objection = server.objection(vim.tbl_get(result or {}, 'serverInfo', 'version'))
  if objection and not told[objection] then
    told[objection] = true
    say.warning(('the server does not fit: %s.\n%s'):format(objection, server.advice()))
  end
  require('dispatch_ls.hints').take_over(client)
end

-- What `vim.lsp.config()` and `vim.lsp.start()` take.
function M.config()
  return {
    name = M.NAME,
    cmd = start,
    filetypes = M.filetypes,
    root_dir = find_root,
    settings = { [server.NAME] = vim.tbl_deep_extend('force', options.get().settings, chosen) },
    flags = { debounce_text_changes = DEBOUNCE },
    before_init = before_init,
    on_init = on_init,
    commands = require('dispatch_ls.places').commands,
    handlers = {
      ['textDocument/hover'] = function(...)
        return require('dispatch_ls.hover').show(...)
      end,
      ['workspace/inlayHint/refresh'] = function(_, _, context)
        return require('dispatch_ls.hints').refresh(context.client_id)
      end,
    },
  }
end

local function resolved()
  return vim.lsp.config and vim.lsp.config[M.NAME] or M.config()
end

-- Whether the server is the one that this plugin looks for: a user may have put another `cmd` into `vim.lsp.config`.
function M.is_ours()
  return resolved().cmd == start
end

-- Starts the server for a buffer, or takes the one there is.
function M.attach(buffer)
  local config = vim.tbl_extend('force', {}, resolved())
  local function with_root(root)
    config.root_dir = root
    if vim.api.nvim_buf_is_valid(buffer) then
      vim.lsp.start(config, { bufnr = buffer, reuse_client = config.reuse_client })
    end
  end
  if vim.bo[buffer].buftype ~= '' then
    return
  elseif type(config.root_dir) == 'function' then
    config.root_dir(buffer, with_root)
  else
    with_root(config.root_dir or M.root(buffer))
  end
end

-- Whether corpora get a server from now on; without, those that are running leave.
function M.enable(is_on)
  if vim.lsp.enable then
    if vim.lsp.is_enabled == nil or vim.lsp.is_enabled(M.NAME) ~= is_on then
      vim.lsp.enable(M.NAME, is_on)
      if is_on and vim.v.vim_did_enter == 0 then
        attach_all() -- until then, it leaves alone what is open
      end
    end
    return
  end
  local group = vim.api.nvim_create_augroup('dispatch_ls.enable', {})
  if is_on then
    vim.api.nvim_create_autocmd('FileType', {
      group = group,
      pattern = M.filetypes,
      callback = function(event)
        M.attach(event.buf)
      end,
    })
    attach_all()
  else
    M.stop()
  end
end

-- Also those that have only just been started.
local function all_started()
  return vim.lsp.get_clients({ name = M.NAME, _uninitialized = true })
end

-- Calls `after` when every server has left, or has been made to.
function M.stop(after)
  for _, client in ipairs(all_started()) do
    if not leaving[client.rpc] then -- told twice, 0.10 kills it
      leaving[client.rpc] = true
      compat.call(client, 'stop')
    end
  end
  local timer, begin = assert(vim.uv.new_timer()), vim.uv.now()
  local function look()
    local late = vim.uv.now() - begin > PATIENCE
    for _, client in ipairs(late and all_started() or {}) do
      compat.call(client, 'stop', true)
    end
    if (late or #all_started() == 0) and not timer:is_closing() then
      timer:close()
      if after then
        after()
      end
    end
  end
  timer:start(0, 50, vim.schedule_wrap(look))
end

function M.restart()
  crashes, told = {}, {}
  M.stop(attach_all)
end

-- Running servers are told of the settings as they are now.
function M.tell_settings()
  if vim.lsp.config then
    vim.lsp.config(M.NAME, {}) -- what was put together before is out of date
  end
  for _, client in ipairs(M.all()) do
    client.settings = resolved().settings
    compat.call(client, 'notify', 'workspace/didChangeConfiguration', { settings = client.settings })
  end
end

-- Makes settings for the time being, in the form of the option `settings`.
function M.choose(settings)
  chosen = vim.tbl_deep_extend('force', chosen, settings)
  M.tell_settings()
end

-- What a setting is now, if it is made here: `M.setting('hints', 'dates')`.
function M.setting(...)
  return vim.tbl_get(resolved().settings, server.NAME, ...)
end

return M
