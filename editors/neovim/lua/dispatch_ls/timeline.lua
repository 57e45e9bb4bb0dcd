-- `:Dispatch timeline`: the dates of the dispatch at the cursor, in their order.
local ask = require('dispatch_ls.ask')
local places = require('dispatch_ls.places')
local say = require('dispatch_ls.say')

local M = {}

-- `Friday, 29 November 2024 · “Friday” · They met on Friday.`
function M.line(entry, width)
  local parts = { entry.label ~= '' and entry.label or entry.value, ('“%s”'):format(entry.text) }
  if entry.sentence ~= '' then
    table.insert(parts, entry.sentence)
  end
  return places.one_line(table.concat(parts, ' · '), width)
end

local function title(answer)
  local name = places.one_line(answer.dispatch)
  -- JSON's null, where the dispatch has no date
  return type(answer.date) == 'string' and ('%s, %s'):format(name, answer.date) or name
end

-- Goes to the date that is chosen; with `list`, the quickfix list gets them.
function M.pick(list)
  local buffer = vim.api.nvim_get_current_buf()
  local encoding = (require('dispatch_ls.client').all(0)[1] or {}).offset_encoding or 'utf-16'
  local position = vim.lsp.util.make_position_params(0, encoding).position
  local nothing = 'the cursor is in no dispatch'
  ask.about('dispatch/timeline', { position = position }, nothing, function(answer, client, is_present)
    local entries = answer.entries
    if #entries == 0 then
      return say.note(('there are no dates in %s'):format(places.one_line(answer.dispatch)))
    end
    if list then
      local ranges = vim.tbl_map(function(entry)
        return entry.range
      end, entries)
      local items = places.items(client, buffer, ranges, function(place)
        return M.line(entries[place])
      end)
      return places.list('Timeline of ' .. title(answer), items)
    end
    vim.ui.select(entries, {
      prompt = title(answer),
      kind = 'dispatch_ls.date',
      format_item = function(entry)
        return M.line(entry, vim.o.columns - 8)
      end,
    }, function(entry)
      if entry and is_present() then
        places.go(client, { uri = vim.uri_from_bufnr(buffer), range = entry.range })
      end
    end)
  end)
end

return M
