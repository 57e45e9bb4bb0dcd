-- What is called otherwise in Neovim 0.10.

local M = {}

local IS_NEW = vim.fn.has('nvim-0.11') == 1

-- A method of a client.
function M.call(client, method, ...)
  if IS_NEW then
    return client[method](client, ...)
  end
  return client[method](...)
end

function M.request(client, method, params, handler, buffer)
  return M.call(client, 'request', method, params, handler, buffer)
end

-- The byte in `line` at which a position of the protocol is; the end of the line where it is behind that.
function M.byte(line, character, encoding)
  if encoding == 'utf-8' then
    return math.min(character, #line)
  elseif IS_NEW then
    return vim.str_byteindex(line, encoding, character, false)
  end
  local good, byte = pcall(vim.str_byteindex, line, character, encoding == 'utf-16')
  return good and byte or #line
end

return M
