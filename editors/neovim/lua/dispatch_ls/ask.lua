-- Questions beside the protocol, about the text in the current window.
local client = require('dispatch_ls.client')
local compat = require('dispatch_ls.compat')
local say = require('dispatch_ls.say')

local M = {}

-- What the protocol calls a server that does not know a question.
local UNKNOWN = -32601

-- Calls `after(answer, client, is_present)`; `is_present()` is whether the text is still what was asked about, and says
-- so if it is not. `nothing` is said where there is no answer.
function M.about(method, params, nothing, after)
  local buffer = vim.api.nvim_get_current_buf()
  local server = client.of(buffer)
  if not server then
    return
  end
  local tick = vim.api.nvim_buf_get_changedtick(buffer)
  local function is_present()
    local good = vim.api.nvim_buf_is_loaded(buffer) and vim.api.nvim_buf_get_changedtick(buffer) == tick
    if not good then
      say.warning('the text has changed in the meantime; ask again')
    end
    return good
  end
  params.textDocument = vim.lsp.util.make_text_document_params(buffer)
  compat.request(server, method, params, function(err, answer)
    if err and err.code == UNKNOWN then
      return say.problem('this server is too old for that: it does not know ' .. method)
    elseif err then
      return say.problem(err.message)
    elseif type(answer) ~= 'table' then
      return say.note(nothing)
    end
    if is_present() then
      after(answer, server, is_present)
    end
  end, buffer)
end

return M
