-- `:Dispatch init`: the settings and the actors file to begin with, and who is to be in it.
local client = require('dispatch_ls.client')
local compat = require('dispatch_ls.compat')
local places = require('dispatch_ls.places')
local say = require('dispatch_ls.say')

local M = {}

-- Those whom nobody has to choose: as many as the server would take. Places are rarely those who act.
local TAKEN = 20
local OUT = '# '
local HEAD = {
  'Who is to be in the actors file, the most mentioned first? Delete a line or',
  'put a # before it, take a # away (gcc does both); :write makes the files,',
  ':quit! makes nothing.',
}

local function ask(server, buffer, arguments, after)
  arguments.textDocument = vim.lsp.util.make_text_document_params(buffer)
  local params = { command = 'dispatch.init', arguments = { arguments } }
  compat.request(server, 'workspace/executeCommand', params, function(err, answer)
    if err then
      return say.problem(err.message)
    end
    after(answer)
  end, buffer)
end

local function counted(number, one)
  return ('%d %s%s'):format(number, one, number == 1 and '' or 's')
end

local function names(uris)
  local short = vim.tbl_map(function(uri)
    return vim.fn.fnamemodify(vim.uri_to_fname(uri), ':~:.')
  end, uris)
  return table.concat(short, ' and ')
end

-- What was made; the actors file is shown.
local function tell(made)
  local edited = made.edited or {}
  for _, uri in ipairs(vim.list_extend(vim.list_slice(made.created), edited)) do
    if vim.endswith(uri, '.jsonl') then
      vim.cmd.split(vim.fn.fnameescape(vim.uri_to_fname(uri)))
    end
  end
  local actors = counted(#made.actors, 'actor')
  if #made.created > 0 then
    say.note(('made %s, with %s; :wall saves'):format(names(made.created), actors))
  elseif #edited > 0 then
    say.note(('added %s to %s; :wall saves'):format(actors, names(edited)))
  else
    say.note('there is a dispatch.toml and an actors file already')
  end
end

-- `person · Levan Abashidze · 5 mentions`
local function line_of(candidate)
  local mentions = counted(candidate.mentions, 'mention')
  return ('%s · %s · %s'):format(candidate.kind, places.one_line(candidate.name), mentions)
end

-- The lines of a list to choose from, and the names that they stand for.
function M.list(candidates)
  local lines, name_of, taken = {}, {}, 0
  for _, line in ipairs(HEAD) do
    table.insert(lines, OUT .. line)
  end
  for _, candidate in ipairs(candidates) do
    local line = line_of(candidate)
    name_of[line] = candidate.name
    local is_in = candidate.kind ~= 'place' and taken < TAKEN
    taken = taken + (is_in and 1 or 0)
    table.insert(lines, is_in and line or OUT .. line)
  end
  return lines, name_of
end

-- The names in an edited list, or the first line that stands for nobody.
function M.chosen(lines, name_of)
  local chosen = {}
  for _, line in ipairs(lines) do
    local text = vim.trim(line)
    if name_of[text] then
      table.insert(chosen, name_of[text])
    elseif text ~= '' and not vim.startswith(text, '#') then
      return nil, text
    end
  end
  return chosen
end

-- A buffer to delete lines from, as in `git rebase -i`: `after` is called with the names when it is written.
local function choose(candidates, after)
  local lines, name_of = M.list(candidates)
  vim.cmd('botright new')
  local buffer = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_name(buffer, ('dispatch-ls://init/%d'):format(buffer))
  vim.bo[buffer].buftype, vim.bo[buffer].bufhidden, vim.bo[buffer].swapfile = 'acwrite', 'wipe', false
  vim.bo[buffer].commentstring = OUT .. '%s'
  local undolevels = vim.bo[buffer].undolevels
  vim.bo[buffer].undolevels = -1 -- the list itself is not undone
  vim.api.nvim_buf_set_lines(buffer, 0, -1, true, lines)
  vim.bo[buffer].undolevels = undolevels
  vim.bo[buffer].modified = false
  vim.cmd([[syntax match Comment /^\s*#.*/]])
  vim.api.nvim_win_set_cursor(0, { #HEAD + 1, 0 })
  vim.api.nvim_create_autocmd('BufWriteCmd', {
    buffer = buffer,
    callback = function()
      local chosen, wrong = M.chosen(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), name_of)
      if not chosen then
        return say.problem(('nobody in this list is called `%s`; u brings the line back'):format(wrong))
      end
      vim.bo[buffer].modified = false
      vim.schedule(function()
        if vim.api.nvim_buf_is_valid(buffer) then
          vim.api.nvim_buf_delete(buffer, { force = true })
        end
        after(chosen)
      end)
    end,
  })
end

-- Has the server make what is missing. With `at_once`, of those who are mentioned most, and nobody is asked.
function M.init(at_once)
  local buffer = vim.api.nvim_get_current_buf()
  local server = client.of(buffer)
  if not server then
    return
  elseif at_once then
    return ask(server, buffer, {}, tell)
  end
  local function make(chosen)
    ask(server, buffer, { actors = chosen }, tell)
  end
  ask(server, buffer, { candidates = true }, function(answer)
    local candidates = answer.candidates or {}
    if #candidates == 0 then
      return make({})
    end
    choose(candidates, make)
  end)
end

return M
