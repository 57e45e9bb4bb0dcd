-- Is a text a corpus? Asked of files whose name does not say it.
local delimiters = require('dispatch_ls.delimiters')

local M = {}

-- So many lines are looked at: some generators begin with a list of what follows.
local NEAR_THE_TOP = 100
-- Lines are cut here, in bytes: a paragraph is one line, and a delimiter is short.
local LONG = 400

local compiled

local function compile()
  local rows = vim.tbl_map(function(row)
    return {
      opener = vim.regex([[\C]] .. row.opener),
      above = row.above and vim.regex(row.above),
      strong = row.strong,
    }
  end, delimiters.dialects)
  return { rows = rows, prologue = vim.regex([[\C]] .. delimiters.prologue) }
end

-- Whether these are the first lines of a corpus.
function M.is_corpus(lines)
  compiled = compiled or compile()
  local above, is_first = '', true
  for _, line in ipairs(lines) do
    line = line:sub(1, LONG):gsub('\r$', '')
    if is_first then
      line = line:gsub('^\239\187\191', '')
    end
    for _, row in ipairs(compiled.rows) do
      local may_be = row.strong or is_first
      if may_be and row.opener:match_str(line) and (not row.above or row.above:match_str(above)) then
        return true
      end
    end
    if is_first and compiled.prologue:match_str(line) then
      return true
    end
    is_first = is_first and line:find('%S') == nil
    above = line
  end
  return false
end

-- For `vim.filetype.add`.
function M.filetype(_, buffer)
  if not buffer or not require('dispatch_ls.options').get().detect then
    return nil
  end
  return M.is_corpus(vim.api.nvim_buf_get_lines(buffer, 0, NEAR_THE_TOP, false)) and 'dispatch' or nil
end

return M
