-- Which lines of a buffer are on the screen.

local M = {}

-- Sorts ranges of lines, and joins those that touch. Both ends are included.
function M.join(ranges)
  table.sort(ranges, function(a, b)
    return a[1] < b[1]
  end)
  local joined = {}
  for _, range in ipairs(ranges) do
    local last = joined[#joined]
    if last and range[1] <= last[2] + 1 then
      last[2] = math.max(last[2], range[2])
    else
      table.insert(joined, { range[1], range[2] })
    end
  end
  return joined
end

-- What of `ranges` (joined) is not in `covered` (joined).
function M.without(ranges, covered)
  local rest = {}
  for _, range in ipairs(ranges) do
    local first = range[1]
    for _, has in ipairs(covered) do
      if has[2] >= first and has[1] <= range[2] then
        if has[1] > first then
          table.insert(rest, { first, has[1] - 1 })
        end
        first = has[2] + 1
      end
    end
    if first <= range[2] then
      table.insert(rest, { first, range[2] })
    end
  end
  return rest
end

-- The lines that a window shows. A closed fold shows its first line, however many are in it.
local function shown(window)
  return vim.api.nvim_win_call(window, function()
    local line, last = vim.fn.line('w0'), vim.fn.line('w$')
    local ranges = {}
    while line <= last do
      table.insert(ranges, { line, line })
      local fold_end = vim.fn.foldclosedend(line)
      line = (fold_end == -1 and line or fold_end) + 1
    end
    return ranges
  end)
end

-- The lines, from 1, that windows of the current tab show of a buffer, with `margin` lines above and below.
function M.lines(buffer, margin)
  local ranges, count = {}, vim.api.nvim_buf_line_count(buffer)
  for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.api.nvim_win_get_buf(window) == buffer then
      for _, range in ipairs(M.join(shown(window))) do
        table.insert(ranges, { math.max(1, range[1] - margin), math.min(count, range[2] + margin) })
      end
    end
  end
  return M.join(ranges)
end

return M
