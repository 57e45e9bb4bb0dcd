-- Actors, dates and what lenses lead to, with a server that is made here; kinds of hints.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local check = dofile(here .. '/checks.lua')
check.patience = 5000

local said = {}
vim.notify = function(text)
  table.insert(said, text)
end
local function says(name, part)
  check.comes(name, function()
    return vim.iter(said):any(function(text)
      return text:find(part, 1, true) ~= nil
    end)
  end)
  said = {}
end

-- What is asked of the person, and what is chosen: the number in the list.
local offered, choice
---@diagnostic disable-next-line: duplicate-set-field
vim.ui.select = function(items, options, chosen)
  offered = { prompt = options.prompt, kind = options.kind, lines = vim.tbl_map(options.format_item, items) }
  chosen(choice and items[choice], choice)
end
local function offer(command, choose)
  offered, choice = nil, choose
  vim.cmd(command)
  return check.comes(':' .. command .. ' offers a choice', function()
    return offered
  end) or {}
end

-- A server that counts in UTF-16 --------------------------------------------------------------------------------------

local TEXT = {
  '=== FILE: a.txt ===',
  '',
  '𝄞 Assad met Araghchi on Friday.',
  'Assad said on Sunday that Syria would hold.',
}
local function range(line, first, last)
  return { start = { line = line, character = first }, ['end'] = { line = line, character = last } }
end
local function mention(line, first, last, text)
  return { range = range(line, first, last), text = text, dispatch = 'a.txt' }
end
local answer_actors = {
  complete = true,
  actors = {
    {
      name = 'Syria',
      kind = 'place',
      id = 'SY',
      detail = '',
      listed = true,
      claims = 0,
      mentions = { mention(3, 26, 31, 'Syria') },
    },
    {
      name = 'Bashar al-Assad',
      kind = 'person',
      id = 'bashar-al-assad',
      detail = 'President · SY',
      listed = true,
      claims = 1,
      mentions = { mention(2, 3, 8, 'Assad'), mention(3, 0, 5, 'Assad') },
    },
    {
      name = 'Araghchi\n![x](http://a)',
      kind = 'person',
      id = vim.NIL,
      detail = '',
      listed = false,
      claims = 0,
      mentions = { mention(2, 13, 21, 'Araghchi') },
    },
  },
}
local answer_dates = {
  dispatch = 'a.txt',
  date = '2024-12-01',
  entries = {
    {
      value = '2024-11-29',
      label = 'Friday, 29 November 2024',
      text = 'Friday',
      range = range(2, 25, 31),
      kind = 'DATE',
      sentence = '𝄞 Assad met Araghchi on Friday, in Damascus.',
    },
    {
      value = 'P3D',
      label = 'three days',
      text = 'three days',
      range = range(3, 0, 5),
      kind = 'DURATION',
      sentence = '',
    },
  },
}
local asked_at, configuration, instead, executed = nil, nil, nil, {}
local sent = {}
local function answers(answer)
  return function(params, reply)
    asked_at = params.position
    if instead then
      return instead(reply)
    end
    reply(answer)
  end
end
local fake = dofile(here .. '/fake.lua')({
  capabilities = {
    inlayHintProvider = { resolveProvider = false },
    codeLensProvider = { resolveProvider = false },
    positionEncoding = 'utf-16',
    textDocumentSync = 2,
  },
  ['dispatch/actors'] = answers(answer_actors),
  ['dispatch/timeline'] = answers(answer_dates),
  ['workspace/didChangeConfiguration'] = function(params)
    configuration = params.settings['dispatch-ls']
  end,
  ['workspace/executeCommand'] = function(params, reply)
    table.insert(executed, params.command)
    reply(vim.NIL)
  end,
  ['textDocument/codeLens'] = function(params, reply)
    local uri = params.textDocument.uri
    local places = vim.tbl_map(function(one)
      return { uri = uri, range = one.range }
    end, answer_actors.actors[2].mentions)
    reply({
      {
        range = range(0, 0, 0),
        command = {
          title = '2 mentions',
          command = 'dispatch.showReferences',
          arguments = { uri, { line = 0, character = 0 }, places },
        },
      },
    })
  end,
})
local function cmd(...)
  local server = fake(...)
  sent[#sent + 1] = server
  return server
end
if vim.lsp.config then
  vim.lsp.config('dispatch_ls', { cmd = cmd })
else
  local client = require('dispatch_ls.client')
  local config = client.config
  client.config = function()
    return vim.tbl_extend('force', config(), { cmd = cmd })
  end
end
require('dispatch_ls').setup({})

local path = vim.fn.tempname() .. '.dispatch'
vim.fn.writefile(TEXT, path)
vim.cmd.edit(path)
local buffer = vim.api.nvim_get_current_buf()
local client = check.comes('the server is there', function()
  local found = vim.lsp.get_clients({ bufnr = 0, name = 'dispatch_ls' })[1]
  return found and found.initialized and found
end)
if not client then
  return check.finish()
end
check.is(
  'it is told which commands are understood',
  { 'dispatch.openAt', 'dispatch.showReferences' },
  vim.tbl_get(sent[1].told, 'capabilities', 'experimental', 'commands', 'commands')
)

local function back()
  vim.cmd('silent! cclose')
  vim.cmd.buffer(buffer)
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
end
local function quickfix()
  local list = vim.fn.getqflist({ items = 0, title = 0 })
  return {
    list.title,
    vim.tbl_map(function(item)
      return ('%d:%d-%d %s'):format(item.lnum, item.col, item.end_col, item.text)
    end, list.items),
  }
end

-- Actors --------------------------------------------------------------------------------------------------------------

check.is('actors: persons first, one line each, whatever they are called', {
  prompt = 'Actors',
  kind = 'dispatch_ls.actor',
  lines = {
    'person · Bashar al-Assad · President · SY · 2 mentions · 1 claim',
    'person · Araghchi ![x](http://a) · 1 mention · unlisted',
    'place · Syria · 1 mention',
  },
}, offer('Dispatch actors', 1))
check.becomes('the mentions of the one who was chosen are listed, columns in bytes', {
  'Mentions of Bashar al-Assad',
  { '3:6-11 a.txt · Assad', '4:1-6 a.txt · Assad' },
}, quickfix)
check.is('in a window', 'quickfix', vim.bo.buftype)
vim.cmd('cc 1')
check.is('which leads there', { 3, 5 }, vim.api.nvim_win_get_cursor(0))
back()
offer('Dispatch actors', 2)
check.becomes('an actor with one mention is gone to', { 3, 15 }, function()
  return vim.api.nvim_win_get_cursor(0)
end)
back()
check.is('one kind', { 'place · Syria · 1 mention' }, offer('Dispatch actors place').lines)
check.is('nothing is chosen, nothing happens', { 1, 0 }, vim.api.nvim_win_get_cursor(0))
vim.cmd('Dispatch! actors')
check.becomes('with ! they are in the quickfix list', 'Actors', function()
  return vim.fn.getqflist({ title = 0 }).title
end)
check.is(
  'with all that is known',
  '3:6-11 person · Bashar al-Assad · President · SY · 2 mentions · 1 claim',
  quickfix()[2][1]
)
back()
vim.cmd('Dispatch actors ghosts')
says('a kind that does not exist is named', 'no actors of kind `ghosts`; there are: person, organization, government')
check.is('kinds are completed', { 'person', 'place' }, vim.fn.getcompletion('Dispatch actors p', 'cmdline'))
answer_actors.complete = false
check.is('of a large file it is said', 'Actors, near the start of this large file', offer('Dispatch actors').prompt)
local long = require('dispatch_ls.actors').line({
  name = ('Ő'):rep(90),
  kind = 'person',
  detail = '',
  listed = true,
  claims = 0,
  mentions = { 1 },
}, 60)
check.is(
  'a long name leaves room for the counts',
  { 60, true },
  { vim.fn.strdisplaywidth(long), long:find('… · 1 mention$') ~= nil }
)

-- Dates ---------------------------------------------------------------------------------------------------------------

vim.api.nvim_win_set_cursor(0, { 3, 5 })
check.is('timeline: what is said, and where it stands', {
  prompt = 'a.txt, 2024-12-01',
  kind = 'dispatch_ls.date',
  lines = {
    'Friday, 29 November 2024 · “Friday” · 𝄞 Assad met Araghchi on Friday, i…',
    'three days · “three days”',
  },
}, offer('Dispatch timeline', 1))
check.is('asked about where the cursor is', { line = 2, character = 3 }, asked_at)
check.becomes('and gone to', { 3, 27 }, function()
  return vim.api.nvim_win_get_cursor(0)
end)
vim.cmd('Dispatch! timeline')
check.becomes('with ! the dates are in the quickfix list', {
  'Timeline of a.txt, 2024-12-01',
  {
    '3:28-34 Friday, 29 November 2024 · “Friday” · 𝄞 Assad met Araghchi on Friday, in Damascus.',
    '4:1-6 three days · “three days”',
  },
}, quickfix)
back()
answer_dates.date = vim.NIL
check.is('a dispatch without a date', 'a.txt', offer('Dispatch timeline').prompt)

-- What may go wrong ---------------------------------------------------------------------------------------------------

instead = function(reply)
  reply(vim.NIL)
end
vim.cmd('Dispatch timeline')
says('outside of dispatches this is said', 'the cursor is in no dispatch')
instead = function(reply)
  reply(nil, { code = -32601, message = 'method not found' })
end
vim.cmd('Dispatch actors')
says('so is a server that is too old', 'too old for that')
instead = function(reply)
  reply({ complete = true, actors = {} })
end
vim.cmd('Dispatch actors')
says('and that there are none', 'there are no actors in this file')
instead = function(reply)
  vim.api.nvim_buf_set_lines(buffer, 0, 0, true, { 'New.' })
  reply(answer_actors)
end
vim.cmd('Dispatch actors')
says('what is out of date is not shown', 'the text has changed in the meantime')
vim.cmd('silent undo')
instead = nil
vim.cmd.enew()
vim.cmd('Dispatch actors')
says('without a server this is said', 'no server is running')
vim.cmd.buffer(buffer)

-- Commands ------------------------------------------------------------------------------------------------------------

local function lens()
  return #vim.lsp.codelens.get(vim.fn.has('nvim-0.12') == 1 and { bufnr = buffer } or buffer) > 0
end
if vim.lsp.codelens.enable then
  vim.lsp.codelens.enable(true, { bufnr = buffer })
else
  vim.lsp.codelens.refresh({ bufnr = buffer })
end
check.comes('a lens comes', lens)
vim.api.nvim_win_set_cursor(0, { 1, 0 })
vim.fn.setqflist({}, 'f')
vim.lsp.codelens.run()
check.becomes('what it leads to is listed', { '2 mentions', { '3:6 ' .. TEXT[3], '4:1 ' .. TEXT[4] } }, function()
  local list = quickfix()
  return {
    list[1],
    vim.tbl_map(function(line)
      return (line:gsub('%-%d+', '', 1)) -- 0.10 leaves the end out
    end, list[2]),
  }
end)
back()
local places = require('dispatch_ls.places')
places.commands['dispatch.openAt'](
  { title = '', command = 'dispatch.openAt', arguments = { vim.uri_from_bufnr(buffer), range(3, 26, 31) } },
  { client_id = client.id }
)
check.is('openAt goes there', { 4, 26 }, vim.api.nvim_win_get_cursor(0))
for _, arguments in ipairs({ {}, { vim.NIL }, { 'x', 'y', {} } }) do
  check.is(
    'arguments that make no sense do nothing',
    true,
    (pcall(places.commands['dispatch.showReferences'], { arguments = arguments }, { client_id = client.id }))
  )
end

-- Kinds of hints ------------------------------------------------------------------------------------------------------

local hints = require('dispatch_ls.hints')
local function told(command)
  configuration = nil
  vim.cmd(command)
  vim.wait(check.patience, function()
    return configuration
  end)
  return configuration and configuration.hints
end
local function all(dates, actors, claims)
  return { dates = dates, actors = actors, claims = claims }
end
check.is('a kind is switched off', { dates = false }, told('Dispatch hints dates off'))
says('which is said', 'hints: dates off, actors on, claims on')
check.is('and is what it was, when it is said again', { dates = false }, told('Dispatch hints dates off'))
check.is('it is switched to and fro', { dates = true }, told('Dispatch hints dates'))
check.is('all of them off', all(false, false, false), told('Dispatch hints all off'))
check.is('and one on', all(false, true, false), told('Dispatch hints actors on'))
check.is('all, as not all are on', all(true, true, true), told('Dispatch hints all'))
vim.cmd('Dispatch hints off')
check.is('none are shown', false, hints.is_on())
told('Dispatch hints claims on')
check.is('a kind that is wanted shows them again', true, hints.is_on())
vim.cmd.enew()
check.is('also from another buffer', all(true, true, false), told('Dispatch hints claims off'))
vim.cmd('Dispatch hints off on')
says('words that do not go together', 'takes on or off behind all, dates, actors or claims')
vim.cmd('Dispatch hints dots')
says('and one that is none', ':Dispatch hints takes on, off, toggle, all, dates')

vim.fn.delete(path)
check.finish()
