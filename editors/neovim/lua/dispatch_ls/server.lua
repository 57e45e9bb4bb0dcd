-- Where the server is, and whether it is the right one.

local M = {}

M.NAME = 'dispatch-ls'
-- The oldest server that this plugin knows how to talk to.
M.OLDEST = '0.1.0'

local IS_WINDOWS = vim.fn.has('win32') == 1
local PROGRAM = IS_WINDOWS and M.NAME .. '.exe' or M.NAME

-- Of this plugin, `editors/neovim` of a checkout of the project.
local here = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(vim.fs.normalize(debug.getinfo(1, 'S').source:sub(2)))))

local function is_absolute(path)
  return path:find('^/') ~= nil or (IS_WINDOWS and path:find('^%a:[/\\]') ~= nil)
end

-- The folders in which it is searched, in order. A relative one in PATH is left out: what lies in the folder where
-- somebody works must not be started.
function M.folders(environment, plugin)
  local folders = {}
  for _, folder in ipairs(vim.split(environment.PATH or '', IS_WINDOWS and ';' or ':', { trimempty = true })) do
    if is_absolute(folder) then
      table.insert(folders, folder)
    end
  end
  for _, home in ipairs({
    environment.CARGO_INSTALL_ROOT or '',
    environment.CARGO_HOME or '',
    (environment.HOME or environment.USERPROFILE or '') .. '/.cargo',
  }) do
    if is_absolute(home) then
      table.insert(folders, home .. '/bin')
    end
  end
  local project = plugin:match('^(.*)/editors/neovim$')
  if project then
    table.insert(folders, project .. '/target/release')
  end
  return folders
end

-- The command line of the server and how it was found; or nothing, and why.
function M.find(wanted, environment, plugin)
  if wanted then
    local command = type(wanted) == 'string' and { vim.fs.normalize(wanted) } or vim.deepcopy(wanted)
    if vim.fn.executable(command[1]) == 1 then
      return command, 'the option `server`'
    end
    return nil, ('the option `server` names %s, which cannot be run'):format(command[1])
  end
  for _, folder in ipairs(M.folders(environment or vim.uv.os_environ(), plugin or here)) do
    local path = vim.fs.normalize(folder .. '/' .. PROGRAM)
    if vim.fn.executable(path) == 1 then
      return { path }, folder
    end
  end
  return nil, 'it is neither in PATH nor in ~/.cargo/bin'
end

-- What to do where there is no server, or no good one.
function M.advice()
  local project = here:match('^(.*)/editors/neovim$')
  local has_source = project and vim.uv.fs_stat(project .. '/Cargo.toml')
  local source = has_source and ('--path "%s"'):format(project) or '--git https://github.com/dispatch-ls/dispatch-ls'
  return ('Install it with\n  cargo install %s\n'):format(source)
    .. 'or say where it is: vim.g.dispatch_ls = { server = "/path/to/dispatch-ls" }\n'
    .. 'then :Dispatch restart. :checkhealth dispatch_ls tells more.'
end

-- What is wrong with a version, if anything: it has to be one with which the plugin can talk.
function M.objection(version)
  local parsed = version and vim.version.parse(version)
  local oldest = vim.version.parse(M.OLDEST)
  if not parsed then
    return ('its version cannot be read; this plugin needs %s or later'):format(M.OLDEST)
  elseif vim.version.lt(parsed, oldest) then
    return ('version %s is too old; this plugin needs %s or later'):format(tostring(parsed), M.OLDEST)
  elseif parsed.major > oldest.major then
    return ('version %s is newer than this plugin, which is for %d.x; update the plugin'):format(
      tostring(parsed),
      oldest.major
    )
  end
end

return M
