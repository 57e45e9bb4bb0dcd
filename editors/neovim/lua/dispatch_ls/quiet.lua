-- Work that waits for a rest: the last call within some time is the one that counts.

local M = {}

-- `work` is called when this was not called for `rest` milliseconds; returns what puts it off.
function M.after(rest, work)
  local timer = assert(vim.uv.new_timer())
  local run = vim.schedule_wrap(function()
    if not timer:is_active() then
      work()
    end
  end)
  return function(sooner)
    timer:start(sooner or rest, 0, run)
  end, function()
    if not timer:is_closing() then
      timer:close()
    end
  end
end

return M
