-- What delimiters look like, one row a dialect, in the order of docs/format.md. Vim's regular expressions for single
-- lines; `above` is the line that stands in front, `not_below` one that must not. Colours, detection and motions read
-- this. What is well-formed is decided by the server, so these are more generous than the format.
--
-- `strong`: such a line makes a .txt file a corpus wherever it stands near the top. The others look like too much
-- else; they count in the first line only.

local M = {}

local file = [[\%(FILE\|File\|file\)]]
local end_file = [=[\%(END\|End\|end\)[ _]]=] .. file .. [[\>]]

M.dialects = {
  {
    name = 'bars', -- and canonical
    strong = true,
    opener = [[^\s*\%(# \|// \)\=[=-]\{2,}\s*]] .. file .. [[\s*:\s*\S.\{-}\s*[=-]\{2,}\s*$]],
    closer = [[^\s*\%(# \|// \)\=[=-]\{2,}\s*]] .. end_file .. [[.\{-}[=-]\{2,}\s*$]],
  },
  { name = 'gitingest', strong = true, above = [[^=\{16,}$]], opener = [[^\%(FILE\|File\): \S.*$]] },
  {
    name = 'angle',
    strong = true,
    opener = [[^<\{2,3}\s*]] .. file .. [[\s*:\s*\S.\{-}>\{2,3}\s*$]],
    closer = [[^<\{2,3}\s*]] .. end_file .. [[.\{-}>\{2,3}\s*$]],
  },
  {
    name = 'pem',
    strong = true,
    opener = [[^-\{3,}BEGIN FILE\%(:\| id=\).\{-}-\{3,}\s*$]],
    closer = [[^-\{3,}END FILE\>.\{-}-\{3,}\s*$]],
  },
  {
    name = 'bracket',
    opener = [[^\[\%(BEGIN \)\=]] .. file .. [=[\s*:\s*[^]]\+\]\s*$]=],
    closer = [=[^\[]=] .. end_file .. [=[[^]]*\]\s*$]=],
  },
  { name = 'heading', opener = [[^#\{2,4} File: \S.*$]] },
  { name = 'head', opener = [[^==> \S.* <==$]] },
  { name = 'txtar', opener = [[^-- \S.* --$]] },
  {
    name = 'tag',
    opener = [[^<\%(FILE\|file\|DOC\|doc\)\%(>\|\s[^>]*>\).*$]],
    closer = [[^</\%(FILE\|file\|DOC\|doc\)>\s*$]],
  },
  { name = 'lexis', opener = [[^\s*\d\+ of \d\+ DOCUMENTS\s*$]] },
  { name = 'proquest', strong = true, above = [[^_\{60}$]], opener = [[^Document \d\+ of \d\+\s*$]] },
  { name = 'bare', not_below = [[^=\{16,}$]], opener = [[^FILE:\= \S\+\.\w\+\s*$]] },
}

-- What a crawler left in front of the text.
M.prologue = [[^ \=date \d\{4}-\d\d\%(-\d\d\)\=\%(\s\|$\)]]
M.header_key = [[^\a[A-Za-z0-9_-]*:\ze\s]]

-- The opener of a row, and the line that stands above it.
function M.whole(row)
  if row.above then
    return row.above .. [[\n]] .. row.opener:sub(2)
  elseif row.not_below then
    return [[\%(]] .. row.not_below .. [[\n\)\@<!]] .. row.opener
  end
  return row.opener
end

-- For `search()`: the opener of any dialect.
function M.any_opener()
  return [[\C]] .. table.concat(vim.tbl_map(M.whole, M.dialects), [[\|]])
end

return M
