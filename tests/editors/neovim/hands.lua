-- What a person does with a corpus, and sees: `dofile('hands.lua')(check)`.
return function(check)
  local M = {}

  function M.client()
    local found = vim.lsp.get_clients({ bufnr = 0, name = 'dispatch_ls' })[1]
    return found and found.initialized and found
  end

  function M.open(name)
    vim.cmd.edit(name)
    vim.wait(check.patience, M.client, 20)
  end

  -- Puts the cursor on the first letter of `word` in a line.
  function M.go(line, word)
    local text = vim.fn.getline(line)
    vim.api.nvim_win_set_cursor(0, { line, assert(text:find(word, 1, true), word .. ' is not in the line') - 1 })
  end

  function M.at()
    local position = vim.api.nvim_win_get_cursor(0)
    return { vim.fs.basename(vim.api.nvim_buf_get_name(0)), position[1], position[2] }
  end

  local namespace = vim.api.nvim_create_namespace('dispatch_ls.hints')
  function M.marks()
    return vim.api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })
  end

  -- The text that a mark adds.
  function M.label(mark)
    return vim.trim(table.concat(vim.tbl_map(function(chunk)
      return chunk[1]
    end, mark[4].virt_text)))
  end

  -- `4 Friday ‹11-29 Fri›` for each hint that is shown, with the word before it: what a person takes it to speak of.
  function M.hints()
    return vim.tbl_map(function(mark)
      local before = vim.fn.getline(mark[2] + 1):sub(1, mark[3])
      return ('%d %s ‹%s›'):format(mark[2] + 1, before:match('([%w-]+)%p*$') or '', M.label(mark))
    end, M.marks())
  end

  -- The card at a word. What of it is drawn, the pictures of `suite` see.
  function M.hover(line, word)
    M.go(line, word)
    vim.cmd.redraw()
    vim.lsp.buf.hover()
    local seen = { text = '', lines = {}, height = 0, width = 0 }
    vim.wait(check.patience, function()
      for _, window in ipairs(vim.api.nvim_list_wins()) do
        if vim.api.nvim_win_get_config(window).relative ~= '' then
          seen.lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
          seen.text = table.concat(seen.lines, '\n')
          seen.height, seen.width = vim.api.nvim_win_get_height(window), vim.api.nvim_win_get_width(window)
          vim.api.nvim_win_close(window, true)
          return true
        end
      end
    end, 20)
    return seen
  end

  function M.has(name, seen, parts)
    local missing = vim.tbl_filter(function(part)
      return not seen.text:find(part, 1, true)
    end, parts)
    check.is(name, {}, #missing > 0 and { missing, seen.text } or {})
  end

  -- The answer to a request about the text in the window, at the cursor if `params` has no place.
  function M.ask(method, params)
    local answer
    local whole = { textDocument = vim.lsp.util.make_text_document_params(0) }
    require('dispatch_ls.compat').request(M.client(), method, vim.tbl_extend('keep', params, whole), function(_, result)
      answer = result or {}
    end)
    vim.wait(check.patience, function()
      return answer
    end, 5)
    return answer or {}
  end

  -- Lines in a log or the like; none where there is no file.
  function M.lines_of(path)
    return vim.fn.filereadable(path) == 1 and vim.fn.readfile(path) or {}
  end

  -- Whatever Neovim has noted as an error.
  function M.errors()
    local log = vim.fn.has('nvim-0.12') == 1 and vim.lsp.log.get_filename() or vim.lsp.get_log_path()
    return vim.tbl_filter(function(line)
      return line:find('^%[ERROR%]') ~= nil
    end, M.lines_of(log))
  end

  -- What the server has done otherwise than the protocol has it.
  function M.problems()
    return vim.tbl_filter(function(line)
      return line:find('^problem ') ~= nil
    end, M.lines_of(vim.env.DISPATCH_HEARD))
  end

  -- `notes` are what was shown, with their levels.
  function M.nothing_was_wrong(notes)
    check.is('no error in the log of Neovim', {}, M.errors())
    check.is(
      'and none was shown',
      {},
      vim.tbl_filter(function(note)
        return note.level >= vim.log.levels.WARN
      end, notes)
    )
  end

  return M
end
