-- Work that waits for a rest: the last call within some time is the one that counts.

local M = {}

-- `work` is called when nobody has asked for it for `rest` milliseconds. Returns what asks for it, if need be with a
-- shorter rest, and what ends all that.
function M.after(rest, work)
  local timer, is_over = assert(vim.uv.new_timer()), false
  local run = vim.schedule_wrap(function()
    if not is_over and not timer:is_active() then
      work()
    end
  end)
  local function ask(sooner)
    if not is_over then
      timer:start(sooner or rest, 0, run)
    end
  end
  local function close()
    if not is_over then
      is_over = true
      timer:close()
    end
  end
  return ask, close
end

return M
