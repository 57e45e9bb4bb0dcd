-- Messages to the user. They may come from anywhere, so they wait until it is safe to show them.

local M = {}

local function say(text, level)
  vim.schedule(function()
    vim.notify('dispatch-ls: ' .. text, level, { title = 'dispatch-ls' })
  end)
end

function M.note(text)
  say(text, vim.log.levels.INFO)
end

function M.warning(text)
  say(text, vim.log.levels.WARN)
end

function M.problem(text)
  say(text, vim.log.levels.ERROR)
end

return M
