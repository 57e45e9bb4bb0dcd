-- `:Dispatch actors`: who is in this file, and where.
local ask = require('dispatch_ls.ask')
local places = require('dispatch_ls.places')
local say = require('dispatch_ls.say')

local M = {}

-- In the order in which they are listed.
M.kinds = { 'person', 'organization', 'government', 'place' }

local function number(count, one)
  return ('%d %s%s'):format(count, one, count == 1 and '' or 's')
end

-- `person · Bashar al-Assad · President · SY · 12 mentions · 3 claims`
function M.line(actor, width)
  local counts = number(#actor.mentions, 'mention')
  if actor.claims > 0 then
    counts = counts .. ' · ' .. number(actor.claims, 'claim')
  end
  if not actor.listed then
    counts = counts .. ' · unlisted'
  end
  local detail = actor.detail ~= '' and ' · ' .. actor.detail or ''
  local start = ('%s · %s%s'):format(actor.kind, actor.name, detail)
  -- What is counted stays to be seen.
  local left = width and math.max(20, width - vim.fn.strdisplaywidth(counts) - 3)
  return ('%s · %s'):format(places.one_line(start, left), counts)
end

-- Sorted by kind; within one, they stay as they are. Only those of a kind, if there is one.
function M.sorted(actors, kind)
  local sorted = {}
  for _, wanted in ipairs(kind and { kind } or M.kinds) do
    for _, actor in ipairs(actors) do
      if actor.kind == wanted then
        table.insert(sorted, actor)
      end
    end
  end
  return sorted
end

local function ranges(mentions)
  return vim.tbl_map(function(mention)
    return mention.range
  end, mentions)
end

local function where(mention)
  return ('%s · %s'):format(mention.dispatch, mention.text)
end

-- Shows the mentions of the actor that is chosen; with `list`, the quickfix list gets the first one of each.
function M.pick(kind, list)
  if kind and not vim.tbl_contains(M.kinds, kind) then
    return say.problem(('there are no actors of kind `%s`; there are: %s'):format(kind, table.concat(M.kinds, ', ')))
  end
  local buffer = vim.api.nvim_get_current_buf()
  ask.about('dispatch/actors', {}, 'this text is not known to the server', function(answer, client, is_present)
    local actors = vim.tbl_filter(function(actor)
      return #actor.mentions > 0
    end, M.sorted(answer.actors, kind))
    if #actors == 0 then
      return say.note('there are no actors in this file' .. (kind and ' of kind ' .. kind or ''))
    end
    local part = answer.complete and '' or ', near the start of this large file'
    if list then
      local firsts = vim.tbl_map(function(actor)
        return actor.mentions[1]
      end, actors)
      local items = places.items(client, buffer, ranges(firsts), function(place)
        return M.line(actors[place])
      end)
      return places.list('Actors' .. part, items)
    end
    vim.ui.select(actors, {
      prompt = 'Actors' .. part,
      kind = 'dispatch_ls.actor',
      format_item = function(actor)
        return M.line(actor, vim.o.columns - 8)
      end,
    }, function(actor)
      if not actor or not is_present() then
        return
      elseif #actor.mentions == 1 then
        return places.go(client, { uri = vim.uri_from_bufnr(buffer), range = actor.mentions[1].range })
      end
      local items = places.items(client, buffer, ranges(actor.mentions), function(place)
        return where(actor.mentions[place])
      end)
      places.list('Mentions of ' .. places.one_line(actor.name), items)
    end)
  end)
end

return M
