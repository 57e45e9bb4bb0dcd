-- Files of which the server wants to know when they change: settings and actors files, by their paths. Neovim itself
-- would watch whole folders, and on Linux does not do so unless it is told to.
local compat = require('dispatch_ls.compat')
local quiet = require('dispatch_ls.quiet')

local M = {}

local METHOD = 'workspace/didChangeWatchedFiles'
-- Milliseconds of rest: what writes a file often does so in several steps.
local REST = 20

-- By client and path, what ends it.
local watched = {}

local function stamp(path)
  local stat = vim.uv.fs_stat(path)
  return stat and ('%d.%d %d %d'):format(stat.mtime.sec, stat.mtime.nsec, stat.size, stat.ino)
end

local function kind(before, now)
  local types = vim.lsp.protocol.FileChangeType
  return not now and types.Deleted or not before and types.Created or types.Changed
end

-- Its folder is watched, since a file may come, or be put in place of another.
local function watch(client, path)
  local handle, before = vim.uv.new_fs_event(), stamp(path)
  if not handle then
    return
  end
  local look, close = quiet.after(REST, function()
    local now = stamp(path)
    if now ~= before then
      local change = { uri = vim.uri_from_fname(path), type = kind(before, now) }
      before = now
      compat.call(client, 'notify', METHOD, { changes = { change } })
    end
  end)
  local name = vim.fs.basename(path)
  local good = handle:start(vim.fs.dirname(path), {}, function(err, changed)
    if not err and (not changed or changed == name) then
      vim.schedule(look)
    end
  end)
  local function stop()
    close()
    handle:close()
  end
  if not good then
    return stop() -- there is no such folder
  end
  return stop
end

-- The path that a pattern stands for. One for a name in any folder means the client's own.
local function path_of(client, pattern)
  if type(pattern) ~= 'string' then
    return nil
  end
  local name = pattern:match('^%*%*/([^*?{%[/]+)$')
  if name then
    return client.root_dir and vim.fs.joinpath(client.root_dir, name)
  end
  return vim.startswith(vim.fs.normalize(pattern), '/') and pattern or pattern:match('^%a:[/\\].*')
end

-- In place of Neovim's handler of `client/registerCapability`.
function M.register(err, params, context, config)
  local client, others = vim.lsp.get_client_by_id(context.client_id), {}
  for _, registration in ipairs(params.registrations) do
    if registration.method ~= METHOD or not client then
      table.insert(others, registration)
    else
      watched[client.id] = watched[client.id] or {}
      for _, watcher in ipairs(registration.registerOptions.watchers) do
        local path = path_of(client, watcher.globPattern)
        if path and not watched[client.id][path] then
          watched[client.id][path] = watch(client, path)
        end
      end
    end
  end
  if #others == 0 then
    return vim.NIL
  end
  return vim.lsp.handlers['client/registerCapability'](err, { registrations = others }, context, config)
end

-- The client has gone.
function M.forget(client_id)
  for _, stop in pairs(watched[client_id] or {}) do
    stop()
  end
  watched[client_id] = nil
end

return M
