-- What is logic in the plugin, without a server or with one that is made here.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local check = dofile(here .. '/checks.lua')
check.patience = 5000

local said = {}
vim.notify = function(text, level)
  table.insert(said, { text = text, level = level })
end

local function has(name, part, text)
  check.is(name, true, (text or ''):find(part, 1, true) ~= nil or text or 'nothing')
end

-- A program that prints a version, in a folder of its own.
local scratch = vim.fn.tempname()
local function program(folder, version)
  vim.fn.mkdir(folder, 'p')
  local path = folder .. '/dispatch-ls'
  vim.fn.writefile({ '#!/bin/sh', 'echo dispatch-ls ' .. version }, path)
  vim.uv.fs_chmod(path, 493)
  return path
end

-- Options -------------------------------------------------------------------------------------------------------------

local options = require('dispatch_ls.options')
local checked, problems = options.read({})
check.is('without options there is nothing to say', {}, problems)
check.is('and all have their defaults', { true, 4, 30 }, { checked.folds, checked.restarts, checked.hints.margin })

checked, problems = options.read({
  restarts = -1,
  hint = {},
  hints = { enable = 'yes', margin = 5, delya = 3 },
  mappings = { fixal = ',f' },
  server = {},
  folds = false,
})
local all = table.concat(problems, '\n')
has('an unknown option is named with those there are', 'no option `hint`; there are: detect, enable, folds', all)
has('one within another, too', 'no option `hints.delya`; there are: delay, enable, margin', all)
has('a wrong type is named', 'hints.enable: expected boolean, got string', all)
has('a wrong number, too', 'restarts: expected a whole number, 0 or more', all)
has('and keys for what does not exist', 'mappings: expected some of next, previous', all)
has('and an empty command', 'server: expected a path, or a list of words', all)
check.is('no more than these', 6, #problems)
check.is('a wrong option has its default', { 4, true }, { checked.restarts, checked.hints.enable })
check.is('a good one holds all the same', { false, 5 }, { checked.folds, checked.hints.margin })
problems = select(2, options.read('folds'))
has('options that are no table are named', 'vim.g.dispatch_ls: expected table', problems[1])

-- The server ----------------------------------------------------------------------------------------------------------

local server = require('dispatch_ls.server')
local plugin = scratch .. '/checkout/editors/neovim'
local built = program(scratch .. '/checkout/target/release', '0.1.0')
local function found(environment, wanted)
  local command = server.find(wanted, environment, plugin)
  return command and command[1]
end
local environment = { HOME = scratch .. '/home', PATH = scratch .. '/path' }
check.is('in a checkout, the server that was built there', built, found(environment))
local cargo = program(scratch .. '/home/.cargo/bin', '0.1.0')
check.is('before that, the one that cargo installed', cargo, found(environment))
local own = program(scratch .. '/cargo/bin', '0.1.0')
check.is(
  'where cargo installs to is asked for',
  own,
  found(vim.tbl_extend('force', environment, { CARGO_HOME = scratch .. '/cargo' }))
)
local named_path = program(scratch .. '/path', '0.1.0')
check.is('before that, the one in PATH', named_path, found(environment))
check.is('before all, the one that is named', cargo, found(environment, cargo))
local _, why = server.find({ '/nowhere/dispatch-ls' }, environment, plugin)
has('a name that leads nowhere is said', '/nowhere/dispatch-ls, which cannot be run', why)
program(scratch .. '/work/bin', '0.1.0')
vim.cmd.cd(scratch .. '/work')
check.is(
  'nothing is started that lies where one works',
  nil,
  found({ HOME = '/nowhere', PATH = 'bin:.:./bin', CARGO_HOME = 'bin' }, nil) ~= built and 'found' or nil
)
vim.cmd.cd('-')

check.is('a version that fits', nil, server.objection('0.1.0'))
check.is('a later one', nil, server.objection('0.7.3'))
has('one that is too old', 'version 0.0.9 is too old; this plugin needs 0.1.0 or later', server.objection('0.0.9'))
has('one of another kind', 'newer than this plugin', server.objection('1.0.0'))
has('none', 'cannot be read', server.objection(nil))
has('what is no version', 'cannot be read', server.objection('latest'))

-- What is a corpus ----------------------------------------------------------------------------------------------------

local detect = require('dispatch_ls.detect')
local rule, long_rule = ('='):rep(48), ('_'):rep(60)
for _, text in ipairs({
  '=== FILE: a.txt ===',
  '===== File: a.txt =====',
  '===FILE: a===',
  '--- File: a.txt ---',
  '# === FILE: a.txt ===',
  '=== FILE: a.txt ==',
  rule .. '\nFILE: a.txt\n' .. rule,
  'Directory structure:\n└── a.txt\n\n' .. rule .. '\nFile: a.txt\n' .. rule,
  '<<<FILE: a.txt>>>',
  '-----BEGIN FILE: a.txt-----',
  '-----BEGIN FILE id="a"-----',
  '[FILE: a.txt]',
  '[BEGIN FILE: a.txt]',
  '## File: a.txt',
  '==> a.txt <==',
  '-- a.txt --',
  '<FILE name="a.txt">',
  '<file path="a.txt">',
  '<DOC id="A" type="story">',
  '<DOC>\n<DOCNO> A </DOCNO>',
  '\n\n          3 of 250 DOCUMENTS',
  long_rule .. '\nDocument 3 of 250',
  'FILE: a.txt',
  'FILE a.txt',
  ' date 2024-12-01 The minister said',
  'date 2024-12 The minister said',
  '\239\187\191=== FILE: a.txt ===\r',
  'Overnight file, as saved.\n\n=== FILE: a.txt ===',
}) do
  check.is('a corpus: ' .. text:gsub('\n.*', ' …'), true, detect.is_corpus(vim.split(text, '\n')))
end
for _, text in ipairs({
  '',
  'FILE - In this Thursday, March 22, 2018 file photo, a minister',
  'FILE PHOTO: The minister attends a meeting.',
  '(FILES) The minister',
  '** FILE **',
  'File:Somebody.jpg',
  'File "x.py", line 3',
  '====== FILE MANAGER ======',
  'FILE NO. 24-117',
  'CASE FILE: the minister',
  'The prosecutor will file a complaint.',
  'BEIJING, June 19 (Xinhua) --',
  "- 'No text, no deal' -",
  '---',
  '>=== FILE: a.txt ===',
  'date of birth: 1970',
  'A note\n\n## File: a.txt',
  'A note\n\n-- a.txt --',
  'A note\n\nFILE: a.txt',
  rule .. '\nREADME\n' .. rule,
}) do
  check.is('no corpus: ' .. text:gsub('\n.*', ' …'), false, detect.is_corpus(vim.split(text, '\n')))
end

-- Motions -------------------------------------------------------------------------------------------------------------

vim.cmd.enew()
vim.api.nvim_buf_set_lines(0, 0, -1, true, {
  'Text.',
  '=== FILE: a.txt ===',
  'Text.',
  rule,
  'FILE: b.txt',
  rule,
  '<<<FILE: c.txt>>>',
})
vim.bo.filetype = 'dispatch'
vim.o.ignorecase = true
local function press(keys)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'xt', false)
  return vim.fn.line('.')
end
vim.cmd('1')
check.is(']] goes to the next dispatch', 2, press(']]'))
check.is('and with a count further', 7, press('2]]'))
check.is('[[ goes back', 4, press('[['))
check.is(
  'and takes an operator',
  { rule, 'FILE: b.txt', rule },
  (function()
    vim.cmd('4')
    press('y]]')
    return vim.split(vim.trim(vim.fn.getreg('"')), '\n')
  end)()
)

-- Keys ----------------------------------------------------------------------------------------------------------------

local mappings = require('dispatch_ls.mappings')
local function keys_of(name)
  return vim.tbl_filter(function(map)
    return map.rhs == ('<Plug>(dispatch-ls-%s)'):format(name)
  end, vim.api.nvim_buf_get_keymap(0, 'n'))
end
local function fresh()
  vim.cmd.enew()
end
check.is('keys are there', 1, #keys_of('fixall'))
vim.bo.filetype = 'text'
check.is('and gone in another file type', {}, { keys_of('fixall')[1], keys_of('next')[1] })
fresh()
mappings.set(false)
check.is('all can be turned off', {}, vim.api.nvim_buf_get_keymap(0, 'n'))
mappings.set({ fixall = false, check = 'gC' })
check.is('or one', {}, keys_of('fixall'))
check.is('or moved', 'gC', (keys_of('check')[1] or {}).lhs)
fresh()
vim.keymap.set('n', ',k', '<Nop>')
vim.keymap.set('n', 'gX', '<Plug>(dispatch-ls-convert)')
mappings.set(true)
check.is('keys that are in use are left alone', {}, keys_of('check'))
check.is('and what is on other keys has no second ones', {}, keys_of('convert'))
vim.keymap.del('n', ',k')
vim.keymap.del('n', 'gX')

-- :Dispatch -----------------------------------------------------------------------------------------------------------

local function completion(line)
  return vim.fn.getcompletion(line, 'cmdline')
end
check.is('commands are completed', { 'check', 'convert' }, completion('Dispatch c'))
check.is('dialects, too', { 'bars', 'bracket', 'bare' }, completion('Dispatch convert b'))
check.is('and nothing behind', {}, completion('Dispatch convert bars '))
check.is('a kind of hint, and what becomes of it', { { 'dates' }, { 'on', 'off' }, {}, {} }, {
  completion('Dispatch hints d'),
  completion('Dispatch hints dates o'),
  completion('Dispatch hints toggle o'),
  completion('Dispatch hints dates on o'),
})
check.is('there is a second name', { 'fixall', 'follow' }, completion('DispatchLs f'))
vim.cmd('Dispatch frobnicate')
vim.cmd('Dispatch log now')
vim.cmd('Dispatch! log')
for name, part in pairs({
  ['an unknown command is named'] = 'no `:Dispatch frobnicate`; there are: actors, check',
  ['and a word too many'] = ':Dispatch log takes no words',
  ['and a ! too many'] = ':Dispatch! log means nothing',
}) do
  check.comes(name, function()
    return #vim.tbl_filter(function(one)
      return one.text:find(part, 1, true) ~= nil
    end, said) == 1
  end)
end

-- Folds ---------------------------------------------------------------------------------------------------------------

local folds = require('dispatch_ls.folds')
local levels = folds.levels({ { startLine = 1, endLine = 5 }, { startLine = 2, endLine = 3 } }, 8)
check.is('levels of folds', { '0', '>1', '>2', '<2', '1', '<1', '0', '0' }, levels)
folds.splice(levels, 4, 4, 6)
check.is('lines that come belong to what is above', { '0', '>1', '>2', '<2', '2', '2', '1', '<1', '0', '0' }, levels)
folds.splice(levels, 1, 4, 1)
check.is('lines that go take theirs along', { '0', '2', '2', '1', '<1', '0', '0' }, levels)
check.is('a fold that ends behind the text', { '>1', '<1' }, folds.levels({ { startLine = 0, endLine = 9 } }, 2))
check.is('a fold of one line is none', { '0', '0' }, folds.levels({ { startLine = 1, endLine = 1 } }, 2))

-- Rest ----------------------------------------------------------------------------------------------------------------

local quiet = require('dispatch_ls.quiet')
local worked = 0
local ask, close = quiet.after(500, function()
  worked = worked + 1
end)
for _ = 1, 5 do
  ask()
  vim.wait(5)
end
check.is('while somebody asks, nothing is done', 0, worked)
check.becomes('then it is', 1, function()
  return worked
end)
ask()
ask(0)
vim.wait(200)
check.is('sooner, and once', 2, worked)
ask(0)
close()
close()
ask(0)
vim.wait(100)
check.is('and not after the end', 2, worked)

-- The view ------------------------------------------------------------------------------------------------------------

local view = require('dispatch_ls.view')
check.is('ranges are joined', { { 1, 6 }, { 9, 9 } }, view.join({ { 9, 9 }, { 1, 3 }, { 4, 6 }, { 2, 2 } }))
check.is('what is missing', { { 1, 2 }, { 6, 7 } }, view.without({ { 1, 7 } }, { { 3, 5 }, { 8, 9 } }))
check.is('nothing is missing', {}, view.without({ { 2, 4 } }, { { 1, 9 } }))

fresh()
local lines = {}
for number = 1, 10000 do
  lines[number] = ('Line %d of a long corpus.'):format(number)
end
vim.api.nvim_buf_set_lines(0, 0, -1, true, lines)
local buffer, height = vim.api.nvim_get_current_buf(), vim.api.nvim_win_get_height(0)
vim.cmd('normal! 5000Gzt')
vim.cmd.redraw()
check.is('what a window shows', { { 5000, 4999 + height } }, view.lines(buffer, 0))
check.is('and some more', { { 4990, 5009 + height } }, view.lines(buffer, 10))
vim.cmd('normal! gg')
vim.cmd.redraw()
check.is('but nothing before the start', { { 1, height + 10 } }, view.lines(buffer, 10))
vim.wo.foldmethod = 'manual'
vim.cmd('3,9990fold')
vim.cmd.redraw()
check.is('a closed fold shows one line', { { 1, 3 }, { 9991, 10000 } }, view.lines(buffer, 0))
vim.cmd('normal! zE')

-- Hints, from a server that has one for every line, before the second word; it counts in UTF-16 -----------------------

local hints = require('dispatch_ls.hints')
require('dispatch_ls').setup({ enable = false, hints = { delay = 300 } }) -- on a busy machine, a rest has to be long
local asked, cancelled, answer_later = {}, 0, nil
local fake_server = dofile(here .. '/fake.lua')({
  capabilities = { inlayHintProvider = true, positionEncoding = 'utf-16', textDocumentSync = 2 },
  ['textDocument/inlayHint'] = function(params, reply)
    local range, list = params.range, {}
    for row = range.start.line, math.min(range['end'].line, vim.api.nvim_buf_line_count(buffer) - 1) do
      table.insert(list, {
        position = { line = row, character = 5 },
        label = { { value = ('%d'):format(row + 1) }, { value = '\n!' } },
        paddingRight = true,
      })
    end
    table.insert(asked, { range.start.line + 1, range['end'].line + 1 })
    if answer_later then
      return table.insert(answer_later, function()
        reply(list)
      end)
    end
    reply(list)
  end,
  ['$/cancelRequest'] = function()
    cancelled = cancelled + 1
  end,
})

local asked_by_neovim = false
local id = vim.lsp.start({
  name = 'any_server',
  cmd = fake_server,
  root_dir = scratch,
  on_init = function(client)
    hints.take_over(client)
  end,
  on_attach = function(client, attached)
    asked_by_neovim = client.server_capabilities.inlayHintProvider ~= nil
    hints.attach(client, attached)
  end,
})
local namespace = vim.api.nvim_create_namespace('dispatch_ls.hints')
local function shown(first, last)
  local marks = vim.api.nvim_buf_get_extmarks(
    buffer,
    namespace,
    { (first or 1) - 1, 0 },
    { last and last - 1 or -1, -1 },
    { details = true }
  )
  return vim.tbl_map(function(mark)
    return ('%d:%d %s'):format(mark[2] + 1, mark[3], mark[4].virt_text[1][1])
  end, marks)
end
vim.cmd('normal! gg')
vim.cmd.redraw()
check.becomes('hints are asked for', { { 1, height + 30 } }, function()
  return asked
end)
check.becomes('and there are those of the view, no others', height + 30, function()
  return #shown()
end)
check.is('each in its place', { '3:5 3 !' }, shown(3, 3))
check.is('Neovim itself asks for none', false, asked_by_neovim)
check.is('a label has a space behind it where that is wanted', 2, #hints.chunks({ label = 'x', paddingRight = true }))

local function settle()
  vim.wait(800)
end
vim.cmd('normal! 2j')
vim.api.nvim_exec_autocmds('CursorMoved', { buffer = buffer })
settle()
check.is('the same view is not asked for again', 1, #asked)
vim.cmd('normal! 5000Gzt')
vim.cmd.redraw()
vim.api.nvim_exec_autocmds('CursorMoved', { buffer = buffer })
check.becomes('another view is', { 4970, 5029 + height }, function()
  return asked[2]
end)
check.becomes('and shown', { '5000:5 5000 !' }, function()
  return shown(5000, 5000)
end)

vim.api.nvim_buf_set_text(buffer, 4999, 0, 4999, 0, { 'ü𝄞' })
check.is('a hint moves along with the text, at once', { '5000:11 5000 !' }, shown(5000, 5000))
check.becomes('a change is asked about', 3, function()
  return #asked
end)
check.becomes('positions are understood', { '5000:8 5000 !' }, function()
  return shown(5000, 5000)
end)

answer_later = {}
vim.api.nvim_buf_set_lines(buffer, 4999, 4999, true, { 'One more.' })
check.becomes('the answer is slow', 4, function()
  return #asked
end)
vim.api.nvim_buf_set_lines(buffer, 4999, 4999, true, { 'And one more.' })
for _, answer in ipairs(answer_later) do
  answer()
end
answer_later = nil
check.becomes('what is out of date is not shown, and asked for again', { '5002:8 5002 !' }, function()
  return #asked == 5 and shown(5002, 5002) or nil
end)
check.is(
  'no line has two',
  {},
  (function()
    local twice, last = {}, nil
    for _, text in ipairs(shown()) do
      local row = text:match('^%d+')
      if row == last then
        table.insert(twice, text)
      end
      last = row
    end
    return twice
  end)()
)

answer_later = {}
local before = #asked
for _ = 1, 20 do
  vim.api.nvim_buf_set_text(buffer, 4999, 0, 4999, 0, { 'x' })
  vim.wait(10)
end
check.is('while somebody types, nothing is asked', before, #asked)
settle()
vim.api.nvim_buf_set_text(buffer, 4999, 0, 4999, 0, { 'x' })
settle()
check.is('a question that is out of date is taken back', 1, cancelled)
answer_later = nil

vim.api.nvim_buf_set_lines(buffer, 4999, 5019, true, {})
check.is('hints go with their lines', { '5000:5 5020 !' }, shown(5000, 5000))
vim.api.nvim_buf_set_lines(buffer, 4999, 4999, true, vim.list_slice(lines, 1, 20))
vim.cmd('normal! 5000Gzt')
vim.cmd.redraw()
vim.api.nvim_exec_autocmds('CursorMoved', { buffer = buffer })
settle()

hints.enable(false)
check.is('hints can be turned off', {}, shown())
hints.enable(true)
check.becomes('and on again', true, function()
  return #shown() > 0
end)
before = #asked
hints.refresh(id)
check.becomes('a server can have them asked for again', before + 1, function()
  return #asked
end)
answer_later = {}
hints.refresh(id)
check.becomes('more than once', before + 2, function()
  return #asked
end)
hints.refresh(id)
answer_later[1]()
answer_later = nil
check.becomes('also where an answer crosses that', before + 3, function()
  return #asked
end)
vim.cmd.split()
vim.cmd('normal! ggzt')
vim.cmd.redraw()
vim.api.nvim_exec_autocmds('CursorMoved', { buffer = buffer })
check.becomes('two windows show two views', true, function()
  return #shown(1, 5) == 5 and #shown(5002, 5002) == 1
end)
hints.detach(id, buffer)
check.is('nothing stays behind when the server goes', {}, shown())

local follow = require('dispatch_ls.follow')
check.is(
  'where a hint leads',
  { 'Assad' },
  vim.tbl_map(function(target)
    return target.title
  end, follow.targets({ label = { { value = '= ' }, { value = 'Assad ', location = { uri = 'file:///a' } } } }))
)

-- check ---------------------------------------------------------------------------------------------------------------

vim.fn.writefile({ 'x', 'Klaipėda 𝄞 ==' }, scratch .. '/a.txt')
check.is(
  'findings for the quickfix list, with columns in bytes',
  { { ('%s/a.txt'):format(scratch), 2, 16, 18, 'E', 'F001 the fence' } },
  vim.tbl_map(
    function(item)
      return { item.filename, item.lnum, item.col, item.end_col, item.type, item.text }
    end,
    require('dispatch_ls.program').items(
      vim.json.encode({
        path = 'a.txt',
        line = 2,
        column = 12,
        end_line = 2,
        end_column = 14,
        code = 'F001',
        severity = 'error',
        message = 'the fence',
      }),
      scratch
    )
  )
)

local program_of = require('dispatch_ls.program')
vim.cmd.cd(scratch)
for name, wanted in pairs({
  ['a.txt'] = scratch .. '/a.txt',
  ['/x/y/'] = '/x/y',
  ['~/a.txt'] = vim.fs.normalize('~') .. '/a.txt',
  ['`touch run`.txt'] = scratch .. '/`touch run`.txt',
  ['$HOME.txt'] = scratch .. '/$HOME.txt',
  ['*.txt'] = scratch .. '/*.txt',
}) do
  check.is(
    'a path that is written: ' .. name,
    wanted,
    vim.fs.normalize(program_of.absolute(name), { expand_env = false })
  )
end
check.is('and nothing is run', 0, vim.fn.filereadable(scratch .. '/run'))
vim.cmd.cd('-')

-- The status line -----------------------------------------------------------------------------------------------------

local status = require('dispatch_ls.status')
check.is('without a server it is empty', '', status.text())
vim.b.dispatch_ls_status = { dialect = 'canonical', dispatches = 1, findings = 2 }
check.is('what it says', 'canonical · 1 dispatch · 2 findings', status.text())
vim.b.dispatch_ls_status = { findings = 1 }
check.is('and of a server that counts nothing', '1 finding', status.text())

vim.fn.delete(scratch, 'rf')
check.finish()
