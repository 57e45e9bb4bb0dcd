-- What the program does outside of the editor: `check`, `split`, `join`, `explain`.
local options = require('dispatch_ls.options')
local say = require('dispatch_ls.say')
local server = require('dispatch_ls.server')

local M = {}

-- A command line of several words starts something around the server, which is of no use here.
local function path()
  local wanted = options.get().server
  local command, why = server.find(type(wanted) == 'table' and #wanted > 1 and { wanted[#wanted] } or wanted)
  if not command then
    say.problem(('there is no program: %s.\n%s'):format(why, server.advice()))
  end
  return command and command[1]
end

-- Runs it, and calls `after` with what came out, if it could do what it was asked to.
local function run(arguments, folder, after)
  local program = path()
  if not program then
    return
  end
  local command = vim.list_extend({ program }, arguments)
  vim.system(
    command,
    { text = true, cwd = folder },
    vim.schedule_wrap(function(done)
      if done.code > 1 or done.signal ~= 0 then
        return say.problem(vim.trim(done.stderr ~= '' and done.stderr or ('exit code %d'):format(done.code)))
      end
      after(done)
    end)
  )
end

-- A path as somebody writes it, with `~` and `%`. Nothing more is expanded: a name on the disk may have backquotes, and
-- what is in them must not be run.
local function absolute(name)
  local written = name == '%' and vim.api.nvim_buf_get_name(0) or vim.fs.normalize(name, { expand_env = false })
  local whole = vim.startswith(written, '/') and written or vim.fn.fnamemodify(written, ':p')
  return (whole:gsub('(.)/+$', '%1'))
end
M.absolute = absolute

local TYPES = { error = 'E', warning = 'W', information = 'I', hint = 'N' }

-- Lines of files, each file read once.
local function reader()
  local files = {}
  return function(name, number)
    if not files[name] then
      files[name] = {}
      local file = io.open(name, 'rb')
      for line in file and file:lines() or function() end do
        table.insert(files[name], line)
      end
      if file then
        file:close()
      end
    end
    return files[name][number] or ''
  end
end

-- The byte, from 1, of a code point, from 1.
local function byte_column(line, column)
  local good, byte = pcall(vim.str_byteindex, line, column - 1)
  return (good and byte or #line) + 1
end

-- What `check --format jsonl` prints, for the quickfix list.
function M.items(output, folder)
  local line_of, items = reader(), {}
  for row in vim.gsplit(output, '\n', { trimempty = true }) do
    local finding = vim.json.decode(row)
    local name = vim.fs.normalize(finding.path:find('^/') and finding.path or folder .. '/' .. finding.path)
    table.insert(items, {
      filename = name,
      lnum = finding.line,
      end_lnum = finding.end_line,
      col = byte_column(line_of(name, finding.line), finding.column),
      end_col = byte_column(line_of(name, finding.end_line), finding.end_column),
      type = TYPES[finding.severity],
      text = ('%s %s'):format(finding.code, finding.message),
    })
  end
  return items
end

-- Checks files and folders, by default the folder whose settings hold for this buffer, and lists what is wrong.
function M.check(paths)
  local folder = vim.uv.cwd()
  if #paths == 0 then
    paths = { require('dispatch_ls.client').root(vim.api.nvim_get_current_buf()) }
  end
  local names = vim.tbl_map(absolute, paths)
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.bo[buffer].modified and vim.bo[buffer].filetype == 'dispatch' then
      say.warning('files are checked as they were written last; there are changes that were not written')
      break
    end
  end
  local arguments = { 'check', '--format', 'jsonl', '--fail-on', 'never', '--' }
  run(vim.list_extend(arguments, names), folder, function(done)
    local items = M.items(done.stdout, folder)
    local title = 'dispatch-ls check ' .. table.concat(paths, ' ')
    vim.fn.setqflist({}, ' ', { title = title, items = items })
    if #items == 0 then
      vim.cmd.cclose()
      return say.note('nothing was found')
    end
    vim.cmd.copen()
  end)
end

-- One file a dispatch, in a folder that is named after the corpus unless another is.
function M.split(folder, force)
  local corpus = vim.api.nvim_buf_get_name(0)
  if corpus == '' or vim.bo.modified then
    return say.problem('write the corpus first: what is split is the file')
  end
  folder = absolute(folder or vim.fn.fnamemodify(corpus, ':r') .. '.split')
  local arguments = { 'split', '--out', folder, '--', corpus }
  if force then
    table.insert(arguments, 2, '--force')
  end
  run(arguments, nil, function(done)
    if done.code ~= 0 then
      return say.problem(vim.trim(done.stderr))
    end
    say.note('written to ' .. vim.fn.fnamemodify(folder, ':~:.'))
  end)
end

-- The corpus that files and folders make, in a new buffer without a name.
function M.join(paths)
  if #paths == 0 then
    return say.problem(':Dispatch join needs files, or the folder that split wrote')
  end
  run(vim.list_extend({ 'join', '--' }, vim.tbl_map(absolute, paths)), nil, function(done)
    if done.code ~= 0 then
      return say.problem(vim.trim(done.stderr))
    elseif vim.trim(done.stderr) ~= '' then
      say.warning(vim.trim(done.stderr))
    end
    vim.cmd.new()
    local lines = vim.split(done.stdout, '\n')
    if lines[#lines] == '' then
      table.remove(lines)
    end
    vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
    vim.bo.filetype = 'dispatch'
  end)
end

-- The page of a finding, of the one under the cursor by default.
function M.explain(code)
  if not code then
    local line = vim.api.nvim_win_get_cursor(0)[1] - 1
    local findings = vim.tbl_filter(function(one)
      return one.source == server.NAME
    end, vim.diagnostic.get(0, { lnum = line }))
    code = findings[1] and findings[1].code
  end
  run({ 'explain', code }, nil, function(done)
    if done.code ~= 0 then
      return say.problem(vim.trim(done.stderr))
    end
    vim.cmd.new()
    vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(vim.trim(done.stdout), '\n'))
    vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile, vim.bo.modifiable = 'nofile', 'wipe', false, false
    vim.bo.filetype = 'markdown'
    vim.keymap.set('n', 'q', '<Cmd>close<CR>', { buffer = true, desc = 'Close the page' })
  end)
end

return M
