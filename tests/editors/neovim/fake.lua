-- A server within Neovim, for `cmd` of a client. It is given its capabilities, and by method what it answers:
-- `function(params, reply)`, where `reply(result, error)` may be called later. Other requests are answered with null.
return function(answers)
  return function(dispatchers)
    local closing, number = false, 0
    local server = {}
    local function leave(signal)
      closing = true
      dispatchers.on_exit(0, signal)
    end
    function server.request(method, params, callback)
      number = number + 1
      local function reply(result, err)
        vim.schedule(function()
          callback(err, result)
        end)
      end
      if method == 'initialize' then
        server.told = params
        reply({ capabilities = answers.capabilities, serverInfo = { name = 'dispatch-ls', version = '0.1.0' } })
      elseif answers[method] then
        answers[method](params, reply)
      else
        reply(vim.NIL)
      end
      return true, number
    end
    function server.notify(method, params)
      if answers[method] then
        answers[method](params)
      end
      if method == 'exit' then
        leave(0)
      end
      return true
    end
    function server.is_closing()
      return closing
    end
    function server.terminate()
      leave(15)
    end
    return server
  end
end
