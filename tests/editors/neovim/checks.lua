-- Checks that wait: an editor and its server answer when they are ready.
local M = { passed = 0, failed = 0 }

-- How long anything may take, in milliseconds. The server of a debug build on a busy machine is slow.
M.patience = 20000

-- Characters of a value that are shown.
local MOST = 3000

local function show(value)
  local text = type(value) == 'string' and value or vim.inspect(value)
  return #text > MOST and text:sub(1, MOST) .. ' …' or text
end

local function note(name, good, got, wanted)
  if good then
    M.passed = M.passed + 1
    io.write('ok    ', name, '\n')
  else
    M.failed = M.failed + 1
    io.write('FAILED ', name, '\n  wanted: ', show(wanted), '\n  got:    ', show(got), '\n')
  end
  return good
end

-- Calls `get` until `good` likes what it returns; returns that, and whether `good` did.
local function wait_for(get, good)
  local got
  local came = vim.wait(M.patience, function()
    got = get()
    return good(got)
  end, 20)
  return got, came
end

function M.is(name, wanted, got)
  return note(name, vim.deep_equal(wanted, got), got, wanted)
end

-- `get` returns what is wanted, at once or after a while.
function M.becomes(name, wanted, get)
  local got, came = wait_for(get, function(value)
    return vim.deep_equal(wanted, value)
  end)
  return note(name, came, got, wanted)
end

-- `get` returns something, at once or after a while; it is handed on.
function M.comes(name, get)
  local got, came = wait_for(get, function(value)
    return value
  end)
  note(name, came, got, 'something')
  return got
end

-- Both functions come to return the same, which is handed on.
function M.agree(name, wanted, get)
  local want, got
  local came = vim.wait(M.patience, function()
    want, got = wanted(), get()
    return vim.deep_equal(want, got)
  end, 200)
  note(name, came, got, want)
  return want
end

function M.finish()
  io.write(('%d passed, %d failed\n'):format(M.passed, M.failed))
  io.flush()
  vim.cmd(M.failed == 0 and 'qall!' or 'cquit 1')
end

return M
