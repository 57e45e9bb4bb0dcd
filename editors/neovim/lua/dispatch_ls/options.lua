-- What a user may set: `vim.g.dispatch_ls`, or `require('dispatch_ls').setup()`. All of it is optional.

local M = {}

---@class dispatch_ls.Options
---@field server? string|string[] The server: a path, or a command line. Default: it is searched.
---@field enable? boolean Start the server for corpora.
---@field settings? table The server's settings, as in docs/settings.md: `{ corpus = { dialect = 'angle' } }`.
---@field restarts? integer So often within three minutes is a server that crashed started again; 0: never.
---@field detect? boolean Look at the first lines of .txt files.
---@field view? boolean Wrap between words, and indent what is wrapped.
---@field folds? boolean Fold dispatches and headers.
---@field hints? dispatch_ls.Hints
---@field lenses? boolean Show what was found in each dispatch, beside its delimiter.
---@field mappings? boolean|table<string, string|false> Which keys do what; see |dispatch-ls-mappings|.

---@class dispatch_ls.Hints
---@field enable? boolean Show inlay hints.
---@field margin? integer Lines above and below the view that are asked for, too.
---@field delay? integer Milliseconds of rest before they are asked for.

local function natural(least)
  return function(value)
    return type(value) == 'number' and value >= least and value % 1 == 0, ('a whole number, %d or more'):format(least)
  end
end

local function command(value)
  local is_one = type(value) == 'string' and value ~= ''
  local is_list = type(value) == 'table' and #value > 0 and vim.islist(value)
  for _, word in ipairs(is_list and value or {}) do
    is_list = is_list and type(word) == 'string'
  end
  return is_one or is_list, 'a path, or a list of words'
end

-- Each option: its default and its type, or a function that says whether a value is good, and what would be.
M.table = {
  server = { default = nil, type = command },
  enable = { default = true, type = 'boolean' },
  settings = { default = {}, type = 'table' },
  restarts = { default = 4, type = natural(0) },
  detect = { default = true, type = 'boolean' },
  view = { default = true, type = 'boolean' },
  folds = { default = true, type = 'boolean' },
  hints = {
    fields = {
      enable = { default = true, type = 'boolean' },
      margin = { default = 30, type = natural(0) },
      delay = { default = 100, type = natural(0) },
    },
  },
  lenses = { default = false, type = 'boolean' },
  mappings = {
    default = true,
    type = function(value)
      if type(value) ~= 'table' then
        return type(value) == 'boolean', 'true, false, or a table of keys'
      end
      local names = require('dispatch_ls.mappings').names()
      for name, keys in pairs(value) do
        local known = vim.tbl_contains(names, name)
        if not known or not (type(keys) == 'string' or keys == false) then
          return false, known and ('keys or false for `%s`'):format(name) or 'some of ' .. table.concat(names, ', ')
        end
      end
      return true
    end,
  },
}

-- `vim.validate` wants its arguments in another way since 0.11.
local function validate(name, value, kind, wanted)
  if vim.fn.has('nvim-0.11') == 1 then
    return pcall(vim.validate, name, value, kind, wanted)
  end
  return pcall(vim.validate, { [name] = { value, kind, wanted } })
end

-- Puts what is good of `given` into `checked`, and what is wrong with the rest into `problems`.
local function check(rows, given, path, checked, problems)
  for name, row in pairs(rows) do
    if row.fields then
      checked[name] = {}
      check(row.fields, {}, path .. name .. '.', checked[name], problems)
    else
      checked[name] = vim.deepcopy(row.default)
    end
  end
  for name, value in vim.spairs(given) do
    local row, full = rows[name], path .. tostring(name)
    if not row then
      local known = vim.tbl_keys(rows)
      table.sort(known)
      table.insert(problems, ('there is no option `%s`; there are: %s'):format(full, table.concat(known, ', ')))
    elseif row.fields then
      local good, why = validate(full, value, 'table')
      if good then
        check(row.fields, value, full .. '.', checked[name], problems)
      else
        table.insert(problems, why)
      end
    elseif type(row.type) == 'function' then
      local good, wanted = row.type(value)
      if good then
        checked[name] = value
      else
        local _, why = validate(full, value, function()
          return false
        end, wanted)
        table.insert(problems, why)
      end
    else
      local good, why = validate(full, value, row.type)
      if good then
        checked[name] = value
      else
        table.insert(problems, why)
      end
    end
  end
end

-- The options in full, and what is wrong with those that were given. A wrong one has no effect; the others hold.
function M.read(given)
  local checked, problems = {}, {}
  local good, why = validate('vim.g.dispatch_ls', given, 'table')
  check(M.table, good and given or {}, '', checked, problems)
  if not good then
    table.insert(problems, why)
  end
  return checked, problems
end

local current

-- The options that hold. What is wrong with them is said once.
function M.get()
  if not current then
    local given = vim.g.dispatch_ls
    if type(given) == 'function' then
      given = given()
    end
    local problems
    current, problems = M.read(given == nil and {} or given)
    M.problems = problems
    if #problems > 0 then
      require('dispatch_ls.say').problem(table.concat(problems, '\n') .. '\nSee :help dispatch-ls-options')
    end
  end
  return current
end

-- They are read again, when somebody asks.
function M.forget()
  current = nil
end

return M
