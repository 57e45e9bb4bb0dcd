-- `nvim -l old_server.lua`: a server of an older version, which can do nothing.
while true do
  local head = io.read('*l')
  if not head then
    break
  end
  local length = tonumber(head:match('^Content%-Length: (%d+)'))
  if length then
    io.read('*l')
    local message = vim.json.decode(io.read(length))
    if message.method == 'exit' then
      break
    elseif message.id then
      local result = { capabilities = vim.empty_dict(), serverInfo = { name = 'dispatch-ls', version = '0.0.9' } }
      local body = vim.json.encode({
        jsonrpc = '2.0',
        id = message.id,
        result = message.method == 'initialize' and result or vim.NIL,
      })
      io.write(('Content-Length: %d\r\n\r\n%s'):format(#body, body))
      io.flush()
    end
  end
end
