-- What the server does to a corpus when it is asked to: repairs, conversion.
local clients = require('dispatch_ls.client')
local compat = require('dispatch_ls.compat')
local say = require('dispatch_ls.say')

local M = {}

-- The dialects to which a corpus can be converted. Those that only count have no names.
M.dialects = { 'canonical', 'bars', 'gitingest', 'angle', 'pem', 'bracket', 'heading', 'head', 'txtar', 'tag', 'bare' }

local function apply(client, buffer, action, tick)
  if vim.api.nvim_buf_get_changedtick(buffer) ~= tick then
    return say.warning('the text has changed in the meantime; nothing was done')
  elseif action.edit then
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
  end
end

-- Finds the code actions of a kind for the whole corpus, and does the one that `choose` takes from the list.
local function perform(kind, choose)
  local buffer = vim.api.nvim_get_current_buf()
  local client = clients.of(buffer)
  if not client then
    return
  end
  local tick = vim.api.nvim_buf_get_changedtick(buffer)
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { only = { kind }, diagnostics = {}, triggerKind = 1 }
  compat.request(client, 'textDocument/codeAction', params, function(err, found)
    if err then
      return say.problem(err.message)
    end
    choose(found or {}, function(action)
      if action.disabled then
        return say.warning(action.disabled.reason)
      elseif action.edit then
        return apply(client, buffer, action, tick)
      end
      compat.request(client, 'codeAction/resolve', action, function(failure, resolved)
        if failure then
          return say.warning(failure.message)
        end
        apply(client, buffer, resolved, tick)
      end, buffer)
    end)
  end, buffer)
end

-- All repairs that change nothing but markup.
function M.fixall()
  perform('source.fixAll.dispatch', function(found, act)
    if found[1] then
      return act(found[1])
    end
    say.note('there is nothing that can be fixed safely')
  end)
end

-- The dialect of an action's title.
function M.dialect_of(title)
  return title:match('^Convert to dialect (%w+)') or title:match('^Convert .* to (%w+) delimiters')
end

-- Rewrites all delimiters in a dialect; asks for it where none is given.
function M.convert(dialect)
  perform('refactor.rewrite', function(found, act)
    local conversions = vim.tbl_filter(function(action)
      return M.dialect_of(action.title) ~= nil
    end, found)
    if #conversions == 0 then
      return say.note('this corpus has no delimiters that could be converted')
    end
    if not dialect then
      return vim.ui.select(conversions, {
        prompt = 'Convert to',
        format_item = function(action)
          return action.title .. (action.disabled and (' – not possible: ' .. action.disabled.reason) or '')
        end,
      }, function(action)
        if action then
          act(action)
        end
      end)
    end
    for _, action in ipairs(conversions) do
      if M.dialect_of(action.title) == dialect then
        return act(action)
      end
    end
    if vim.tbl_contains(M.dialects, dialect) then
      return say.note(('this corpus is in dialect %s already'):format(dialect))
    end
    say.problem(('there is no dialect `%s`; there are: %s'):format(dialect, table.concat(M.dialects, ', ')))
  end)
end

return M
