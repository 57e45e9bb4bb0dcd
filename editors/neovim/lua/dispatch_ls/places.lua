-- Goes to places that the server names, and lists them.
local compat = require('dispatch_ls.compat')

local M = {}

-- Text of a corpus on one line, at most `width` cells wide: what is in it must not break a list.
function M.one_line(text, width)
  text = vim.trim((text:gsub('[%c%s]+', ' ')))
  if not width or vim.fn.strdisplaywidth(text) <= width then
    return text
  end
  local cut = vim.fn.strcharpart(text, 0, width - 1)
  while vim.fn.strdisplaywidth(cut) > width - 1 do
    cut = vim.fn.strcharpart(cut, 0, vim.fn.strchars(cut) - 1)
  end
  return cut .. '…'
end

function M.go(client, location)
  return vim.lsp.util.show_document(location, client.offset_encoding, { focus = true })
end

-- What the quickfix list takes, of ranges in a buffer; `text_of(number)` is what is shown of one.
function M.items(client, buffer, ranges, text_of)
  local function column(position)
    local line = vim.api.nvim_buf_get_lines(buffer, position.line, position.line + 1, false)[1] or ''
    return compat.byte(line, position.character, client.offset_encoding) + 1
  end
  local items = {}
  for number, range in ipairs(ranges) do
    table.insert(items, {
      bufnr = buffer,
      lnum = range.start.line + 1,
      col = column(range.start),
      end_lnum = range['end'].line + 1,
      end_col = column(range['end']),
      text = M.one_line(text_of(number)),
    })
  end
  return items
end

-- Fills the quickfix list and shows it.
function M.list(title, items)
  vim.fn.setqflist({}, ' ', { title = title, items = items })
  vim.cmd('botright copen')
end

local function client_of(context)
  return vim.lsp.get_client_by_id(context.client_id)
end

-- Commands that the server puts into lenses and hints, for the editor to do.
M.commands = {
  -- Arguments: uri, position, locations.
  ['dispatch.showReferences'] = function(command, context)
    local client, locations = client_of(context), (command.arguments or {})[3]
    if client and type(locations) == 'table' and #locations > 0 then
      M.list(
        M.one_line(command.title or 'References'),
        vim.lsp.util.locations_to_items(locations, client.offset_encoding)
      )
    end
  end,
  -- Arguments: uri, range.
  ['dispatch.openAt'] = function(command, context)
    local client, uri, range = client_of(context), unpack(command.arguments or {})
    if client and uri and range then
      M.go(client, { uri = uri, range = range })
    end
  end,
}

function M.names()
  local names = vim.tbl_keys(M.commands)
  table.sort(names)
  return names
end

return M
