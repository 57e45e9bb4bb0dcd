-- `:Dispatch`
local say = require('dispatch_ls.say')

local M = {}

local NUMBERS = { [0] = 'no words', 'one word', 'two words' }

local function files(start)
  return vim.fn.getcompletion(start, 'file')
end
local function folders(start)
  return vim.fn.getcompletion(start, 'dir')
end

-- What follows `:Dispatch`: `run(words, bang)`, `complete(start of a word, words before it)`, how many words it takes,
-- and whether `!`.
M.table = {
  fixall = {
    run = function()
      require('dispatch_ls.actions').fixall()
    end,
  },
  convert = {
    most = 1,
    complete = function()
      return require('dispatch_ls.actions').dialects
    end,
    run = function(words)
      require('dispatch_ls.actions').convert(words[1])
    end,
  },
  check = {
    most = math.huge,
    complete = files,
    run = function(words)
      require('dispatch_ls.program').check(words)
    end,
  },
  explain = {
    most = 1,
    complete = function()
      local codes = {}
      for _, finding in ipairs(vim.diagnostic.get(0)) do
        codes[tostring(finding.code)] = true
      end
      return vim.tbl_keys(codes)
    end,
    run = function(words)
      require('dispatch_ls.program').explain(words[1])
    end,
  },
  split = {
    most = 1,
    bang = true,
    complete = folders,
    run = function(words, bang)
      require('dispatch_ls.program').split(words[1], bang)
    end,
  },
  join = {
    most = math.huge,
    complete = files,
    run = function(words)
      require('dispatch_ls.program').join(words)
    end,
  },
  outline = {
    run = function()
      vim.lsp.buf.document_symbol()
    end,
  },
  hints = {
    most = 2,
    complete = function(_, before)
      local hints = require('dispatch_ls.kinds')
      return #before == 0 and hints.words() or hints.takes(before[1]) and { 'on', 'off' } or {}
    end,
    run = function(words)
      require('dispatch_ls.kinds').switch(words[1] or 'toggle', words[2])
    end,
  },
  actors = {
    most = 1,
    bang = true,
    complete = function()
      return require('dispatch_ls.actors').kinds
    end,
    run = function(words, bang)
      require('dispatch_ls.actors').pick(words[1], bang)
    end,
  },
  timeline = {
    bang = true,
    run = function(_, bang)
      require('dispatch_ls.timeline').pick(bang)
    end,
  },
  init = {
    bang = true,
    run = function(_, bang)
      require('dispatch_ls.begin').init(bang)
    end,
  },
  follow = {
    run = function()
      require('dispatch_ls.follow').at_cursor()
    end,
  },
  log = {
    run = function()
      vim.cmd.tabnew(vim.fn.fnameescape(vim.lsp.log and vim.lsp.log.get_filename() or vim.lsp.get_log_path()))
      vim.cmd.normal({ 'G', bang = true })
    end,
  },
  restart = {
    run = function()
      require('dispatch_ls.client').restart()
    end,
  },
  stop = {
    run = function()
      require('dispatch_ls.client').stop()
    end,
  },
  health = {
    run = function()
      vim.cmd.checkhealth('dispatch_ls')
    end,
  },
}

local function names(start)
  local found = vim.tbl_filter(function(name)
    return vim.startswith(name, start)
  end, vim.tbl_keys(M.table))
  table.sort(found)
  return found
end

function M.run(words, bang)
  local name = words[1] or ''
  local row = M.table[name]
  if not row then
    return say.problem(('there is no `:Dispatch %s`; there are: %s'):format(name, table.concat(names(''), ', ')))
  end
  words = vim.list_slice(words, 2)
  if #words > (row.most or 0) then
    return say.problem((':Dispatch %s takes %s'):format(name, NUMBERS[row.most or 0]))
  elseif bang and not row.bang then
    return say.problem((':Dispatch! %s means nothing; leave the ! away'):format(name))
  end
  row.run(words, bang)
end

-- For completion: `line` up to the cursor, in which `start` is being written.
function M.complete(start, line)
  local words = vim.split(line, '%s+')
  local behind = vim.list_slice(words, 2)
  if #behind <= 1 then
    return names(start)
  end
  local row = M.table[behind[1]]
  if not row or not row.complete or #behind - 1 > (row.most or 0) then
    return {}
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, start)
  end, row.complete(start, vim.list_slice(behind, 2, #behind - 1)))
end

function M.define(name)
  vim.api.nvim_create_user_command(name, function(call)
    M.run(call.fargs, call.bang)
  end, {
    nargs = '+',
    bang = true,
    desc = 'Corpora of news dispatches: repair, convert, check, actors, timeline',
    complete = function(start, line, position)
      return M.complete(start, line:sub(1, position))
    end,
  })
end

return M
