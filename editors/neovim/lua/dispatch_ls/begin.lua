-- `:Dispatch init`: the settings and the actors file to begin with.
local client = require('dispatch_ls.client')
local compat = require('dispatch_ls.compat')
local say = require('dispatch_ls.say')

local M = {}

local function names(uris)
  return vim.tbl_map(function(uri)
    return vim.fn.fnamemodify(vim.uri_to_fname(uri), ':~:.')
  end, uris)
end

-- Has the server make what is missing, and shows the actors file: whoever does not belong there is a line to delete.
function M.init()
  local buffer = vim.api.nvim_get_current_buf()
  local server = client.of(buffer)
  if not server then
    return
  end
  local params = {
    command = 'dispatch.init',
    arguments = { { textDocument = vim.lsp.util.make_text_document_params(buffer) } },
  }
  compat.request(server, 'workspace/executeCommand', params, function(err, made)
    if err then
      return say.problem(err.message)
    elseif #made.created == 0 then
      return say.note('there is a dispatch.toml and an actors file already')
    end
    for _, uri in ipairs(made.created) do
      if vim.endswith(uri, '.jsonl') then
        vim.cmd.split(vim.fn.fnameescape(vim.uri_to_fname(uri)))
      end
    end
    local files = table.concat(names(made.created), ' and ')
    say.note(('made %s, with %d actors; :wall saves them'):format(files, #made.actors))
  end, buffer)
end

return M
