-- What can be asked of the prose and of actors files: cards of each kind in full, where hints lead, places, colours
-- who says what of whom, what is completed, what actions write. `suite` starts this beside a copy of `lib/people`.
local here = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2))
local check = dofile(here .. '/checks.lua')
check.patience = 60000
local hands = dofile(here .. '/hands.lua')(check)
local ask, at, go, has, hover, open = hands.ask, hands.at, hands.go, hands.has, hands.hover, hands.open
local function back()
  vim.cmd.buffer('news.dispatch')
end

local notes = {}
vim.notify = function(text, level)
  table.insert(notes, { text = text, level = level or vim.log.levels.INFO })
end

vim.o.columns, vim.o.lines = 80, 40
vim.o.hidden = true
vim.cmd.cd('people')
vim.fn.writefile({
  '=== FILE: 0003_batumi-court.txt ===',
  'date: 2024-12-05',
  'source: Meridian News',
  '',
  'BATUMI — A court heard on 03/04/2024 that Levan Abaschidse had paid. On Sunday Tamar Kvirikashvili accused Levan '
    .. 'Abashidze of delay. Lewan Abaschidse denied that he had delayed anything.',
  '=== END FILE ===',
}, 'other.dispatch')
open('other.dispatch')
open('news.dispatch')
if not check.comes('the server is there', hands.client) then
  return check.finish()
end
check.comes('and hints', function()
  return #hands.hints() == 11
end)

-- Cards ---------------------------------------------------------------------------------------------------------------

-- What is told of the rest of the file comes after a rest.
vim.wait(check.patience, function()
  return hover(5, 'Levan').text:find('claims: ', 1, true)
end, 200)
has('of an actor: who it is on that day, codes, spellings, where else, with whom, what they claim', hover(5, 'Levan'), {
  '`Foreign Minister` on 2024-12-01',
  'codes: `cameo` `GEOGOV`',
  'written as well: `Lewan Abaschidse`',
  'in 2 dispatches of this file: first `0001_batumi-port.txt` (2024-12-01), last `0002_batumi-strike.txt` (2024-12-03)',
  'with `Tamar Kvirikashvili`',
  'claims: 2 by them, 0 about them',
  '`said` `that the port of Batumi would reopen within two days`',
})
has('of a date: its value in words, what it was read against, where that stands', hover(16, 'Monday'), {
  '**2024-12-02** – date: Monday, 2 December 2024',
  'read against the dispatch date, 2024-12-03 (Tuesday), from the header, line 13',
})
has('of a claim: who, what, how sure, and what it stands inside of', hover(9, 'confirmed'), {
  '`Davit Gelovani` `confirmed` `that nobody was hurt`',
  'factive · certain',
  'inside: `Port Authority` `According to` `Davit Gelovani confirmed that nobody was hurt`',
})
has('of a delimiter: what is in the dispatch', hover(1, 'FILE'), {
  'in it: 11 mentions of 7 actors, 4 dates, 5 claims',
  'most named: `Tamar Kvirikashvili` 3',
  'days: **2024-11-28** to **2024-11-30**',
})
open('other.dispatch')
has('of a date that can be read in two ways: both', hover(5, '03/04'), {
  '**2024-03-04** – date: Monday, 4 March 2024',
  'or as well: **2024-04-03** – Wednesday, 3 April 2024',
})
open('news.dispatch')

-- There is no place for tooltips of hints: what they say, hover says of the words before them.
local everywhere = { start = { line = 0, character = 0 }, ['end'] = { line = vim.fn.line('$'), character = 0 } }
local untold = {}
local all = ask('textDocument/inlayHint', { range = everywhere })
for _, hint in ipairs(all) do
  local tooltip = ask('inlayHint/resolve', hint).tooltip.value
  local before = { line = hint.position.line, character = hint.position.character - 1 }
  local card = ask('textDocument/hover', { position = before }).contents
  if tooltip == '' or not card or not card.value:find(tooltip, 1, true) then
    table.insert(untold, { hint, tooltip, card })
  end
end
check.is('each hint has a tooltip', 11, #all)
check.is('of which hover tells all', {}, untold)

-- Where hints lead ----------------------------------------------------------------------------------------------------

local offered
---@diagnostic disable-next-line: duplicate-set-field
vim.ui.select = function(items, options, chosen)
  offered = vim.tbl_map(options.format_item, items)
  chosen(items[1], 1)
end
local function follow(line, word)
  back()
  go(line, word)
  vim.wait(check.patience, function()
    return #hands.hints() == 11
  end, 20)
  vim.cmd('Dispatch follow')
end
follow(5, 'Friday')
check.becomes('a hint of a day, to what it was read against', { 'news.dispatch', 2, 6 }, at)
check.is('which is the nearest of those in the line', { '11-29 Fri', 'Levan Abashidze', '11-30 Sat' }, offered)
follow(7, 'She')
check.becomes('one of an actor, to the line in the actors file', { 'actors.jsonl', 3, 0 }, at)
follow(7, 'warned')
check.becomes('one of a claim, to what is claimed', { 'news.dispatch', 7, 72 }, at)

-- Places --------------------------------------------------------------------------------------------------------------

local function definition(line, word)
  back()
  go(line, word)
  vim.lsp.buf.definition()
end
definition(7, 'She')
check.becomes('a pronoun leads to who it is', { 'actors.jsonl', 3, 0 }, at)
definition(16, 'Davit')
check.becomes('somebody whom nobody lists, to the first naming', { 'news.dispatch', 16, 117 }, at)

-- `news.dispatch:5 text` for each place in a list; sorted, where the order is Neovim's.
local function listed(run, is_sorted)
  local items
  run({
    on_list = function(list)
      items = vim.tbl_map(function(item)
        local name = vim.fs.basename(item.filename or vim.api.nvim_buf_get_name(item.bufnr))
        return ('%s:%d'):format(name, item.lnum), item.text
      end, list.items)
    end,
  })
  vim.wait(check.patience, function()
    return items
  end, 20)
  if is_sorted then
    table.sort(items or {})
  end
  return items
end
back()
go(5, 'Levan')
check.is(
  'mentions in all files that are open',
  { 'news.dispatch:16', 'news.dispatch:5', 'news.dispatch:5', 'other.dispatch:5', 'other.dispatch:5' },
  listed(function(options)
    vim.lsp.buf.references({ includeDeclaration = false }, options)
  end, true)
)

local symbols = ask('textDocument/documentSymbol', {})
check.is(
  'in the outline, below a dispatch are its actors and claims',
  {
    'Batumi',
    'Levan Abashidze',
    'Davit Gelovani',
    'Levan Abashidze promised new contracts',
    'Davit Gelovani denied that the strike had begun',
  },
  vim.tbl_map(function(symbol)
    return vim.trim(symbol.name)
  end, symbols[2].children)
)

local function calls(run)
  vim.fn.setqflist({}, 'f')
  run()
  vim.wait(check.patience, function()
    return #vim.fn.getqflist() > 0
  end, 20)
  local found = vim.tbl_map(function(item)
    return ('%d %s'):format(item.lnum, item.text)
  end, vim.fn.getqflist())
  vim.cmd('cclose')
  back()
  return found
end
go(7, 'Turkey')
check.is('who says something of a state', { '7 Tamar Kvirikashvili' }, calls(vim.lsp.buf.incoming_calls))
go(5, 'Levan')
check.is(
  'of whom somebody says something',
  { '5 Batumi', '16 (nobody is mentioned)' },
  calls(vim.lsp.buf.outgoing_calls)
)

-- The text of a range, or how many lines it has.
local function text_of(range)
  local first, last = range.start, range['end']
  local function byte(position)
    return require('dispatch_ls.compat').byte(vim.fn.getline(position.line + 1), position.character, 'utf-16')
  end
  if first.line ~= last.line then
    return ('%d lines'):format(last.line - first.line)
  end
  return vim.fn.getline(first.line + 1):sub(byte(first) + 1, byte(last))
end
local selection = ask('textDocument/selectionRange', { positions = { { line = 6, character = 78 } } })[1]
local grown = {}
while selection do
  table.insert(grown, text_of(selection.range))
  selection = selection.parent
end
check.is('selecting more and more', {
  'Turkey',
  'that Turkey had closed the road on Thursday',
  'She warned that Turkey had closed the road on Thursday',
  'She warned that Turkey had closed the road on Thursday.',
  vim.fn.getline(7),
  '5 lines',
  '11 lines',
  '17 lines',
}, grown)

-- Colours -------------------------------------------------------------------------------------------------------------

-- `person listed resolved` for the token at a word, as Neovim has it.
local function token(line, word)
  local column = assert(vim.fn.getline(line):find(word, 1, true), word) - 1
  local one = (vim.lsp.semantic_tokens.get_at_pos(0, line - 1, column) or {})[1]
  local modifiers = one and vim.tbl_keys(one.modifiers) or {}
  table.sort(modifiers)
  return one and table.concat({ one.type, unpack(modifiers) }, ' ')
end
for _, row in ipairs({
  { 5, 'Levan', 'person listed' },
  { 7, 'She', 'person listed resolved' },
  { 7, 'Turkey', 'government listed' },
  { 9, 'Port', 'organization unlisted' },
  { 5, 'Batumi', 'place unlisted' },
  { 5, 'Friday', 'date resolved' },
  { 7, 'warned', 'cue' },
  { 7, '"We', 'quotation' },
}) do
  local line, word, wanted = unpack(row)
  check.becomes(('%s is %s'):format(word, wanted), wanted, function()
    vim.cmd.redraw()
    return token(line, word)
  end)
end

-- How much lighter one colour is than another, as the guidelines of the web have it. Neovim's own palettes begin at 4.
local function brightness(colour)
  local sum = 0
  for place, weight in ipairs({ 0.2126, 0.7152, 0.0722 }) do
    local part = bit.band(bit.rshift(colour, 24 - 8 * place), 255) / 255
    sum = sum + weight * (part <= 0.04045 and part / 12.92 or ((part + 0.055) / 1.055) ^ 2.4)
  end
  return sum
end
local function contrast(one, other)
  one, other = brightness(one), brightness(other)
  return (math.max(one, other) + 0.05) / (math.min(one, other) + 0.05)
end
local function colours(group)
  return vim.api.nvim_get_hl(0, { name = group, link = false })
end
for _, background in ipairs({ 'dark', 'light' }) do
  vim.o.background = background
  local normal, faint = colours('Normal'), {}
  for _, kind in ipairs({ 'person', 'organization', 'government', 'place', 'date' }) do
    local own = colours(('@lsp.type.%s.dispatch'):format(kind)).fg or normal.fg
    if contrast(own, normal.bg) < 4 or (kind ~= 'date' and own == normal.fg) then
      table.insert(faint, { kind, ('%06x'):format(own) })
    end
  end
  check.is(('in a %s theme, actors differ from the prose, and all of it can be read'):format(background), {}, faint)
  local hint = contrast(colours('DispatchHint').fg, normal.bg)
  check.is('so can hints, which stand back', true, hint >= 4 and hint < contrast(normal.fg, normal.bg) / 1.5 or hint)
end

-- What is completed ---------------------------------------------------------------------------------------------------

local text = vim.api.nvim_buf_get_lines(0, 0, -1, true)
-- What is offered behind `written`, as `what stands for it → what is put`.
local function completed(line, written)
  local column = assert(written:find('|', 1, true))
  written = written:gsub('|', '')
  vim.fn.setline(line, written)
  vim.api.nvim_win_set_cursor(0, { line, column - 1 })
  local answer = ask('textDocument/completion', { position = { line = line - 1, character = column - 1 } })
  return vim.tbl_map(function(item)
    local edit = item.textEdit or {}
    local replaced = edit.range and text_of(edit.range) or ''
    return ('%s → %s'):format(replaced, edit.newText or item.insertText or item.label)
  end, answer.items or answer)
end
check.is('a name by any spelling', { 'Lewan → Levan Abashidze' }, completed(5, 'The port was closed, Lewan|'))
check.is('by its family name', { 'Kvir → Tamar Kvirikashvili' }, completed(5, 'The port was closed, Kvir|'))
check.is('a day by words', 'next Friday → 2024-12-06', completed(5, 'It will open next Friday|')[1])
check.is('a dispatch by its name', { '0002 → 0002_batumi-strike.txt' }, completed(5, 'It was closed, see 0002|'))
vim.api.nvim_buf_set_lines(0, 0, -1, true, text)

-- Actions -------------------------------------------------------------------------------------------------------------

local actors = vim.fn.bufadd(vim.fn.fnamemodify('actors.jsonl', ':p'))
local function does(line, word, title)
  go(line, word)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find(title) ~= nil
    end,
  })
end
local function records()
  return vim.api.nvim_buf_is_loaded(actors) and vim.api.nvim_buf_get_lines(actors, 0, -1, true) or {}
end
open('other.dispatch')
does(5, 'Levan Abaschidse', 'is a spelling of `Levan Abashidze`')
check.becomes('a spelling is added to whom it is of', { 'Lewan Abaschidse', 'Levan Abaschidse' }, function()
  return records()[1] and vim.json.decode(records()[1]).aliases
end)
check.comes('and known at once', function()
  return hover(5, 'Levan Abaschidse').text:find('listed as `levan-abashidze`', 1, true)
end)
does(5, 'Lewan Abaschidse', '^Write .*everywhere')
check.comes('a name is written as it is listed', function()
  return vim.fn.getline(5):find('Levan Abashidze denied that', 1, true)
end)
open('news.dispatch')
does(9, 'Davit', '^`Davit Gelovani` is not an actor')
check.comes('who is no actor is remembered as that', function()
  return vim.iter(records()):any(function(line)
    return line:find('"kind":"none","name":"Davit Gelovani"', 1, true) ~= nil
  end)
end)
check.comes('and is one no more', function()
  vim.cmd.redraw()
  return token(9, 'Davit') == nil
end)
vim.api.nvim_buf_call(actors, function()
  vim.cmd('silent edit!')
end)
check.becomes('nor on, without it', 'person unlisted', function()
  vim.cmd.redraw()
  return token(9, 'Davit')
end)
go(5, 'Levan')
vim.fn.setqflist({}, 'f')
does(5, 'Levan', '^Show 3 mentions')
check.becomes('all mentions of somebody, as a list', { 5, 5, 16 }, function()
  return vim.tbl_map(function(item)
    return item.lnum
  end, vim.fn.getqflist())
end)
vim.cmd('cclose')

-- Actors files --------------------------------------------------------------------------------------------------------

open('actors.jsonl')
has('the card of a line of an actors file', hover(1, 'GEOGOV'), {
  '`GEOGOV` – Georgia',
  '`Foreign Minister`, `Ministry of Foreign Affairs`, `GE` (since 2023-02-01)',
})
check.is(
  'its outline',
  { 'Levan Abashidze', 'Tamar Kvirikashvili' },
  vim.tbl_filter(
    function(name)
      return not name:find('Haddad')
    end,
    vim.tbl_map(function(symbol)
      return symbol.name
    end, ask('textDocument/documentSymbol', {}))
  )
)
go(1, 'Levan Abashidze')
check.is(
  'a line leads to the mentions in the corpora that are open',
  {
    'news.dispatch:16',
    'news.dispatch:5',
    'news.dispatch:5',
    'other.dispatch:5',
    'other.dispatch:5',
    'other.dispatch:5',
  },
  listed(function(options)
    vim.lsp.buf.references({ includeDeclaration = false }, options)
  end, true)
)
for _, row in ipairs({
  { 'kinds', '{"id":"x","kind":"|"}', '"organization"' },
  { 'fields', '{"id":"x","|"}', '"aliases":' },
  { 'countries', '{"id":"x","roles":[{"title":"A","country":"|"}]}', '"GE"' },
  { 'codes', '{"id":"x","codes":{"cameo":"|"}}', '"GEO"' },
  { 'titles', '{"id":"x","roles":[{"title":"|"}]}', '"Foreign Minister"' },
}) do
  local what, written, wanted = unpack(row)
  local offers = completed(2, written)
  check.is(what .. ' are completed', true, vim.iter(offers):any(function(offer)
    return offer:find(wanted, 1, true) ~= nil
  end) or offers)
end
vim.cmd('silent edit!')

-- The end -------------------------------------------------------------------------------------------------------------

hands.nothing_was_wrong(notes)
check.is('every message of the server was as the protocol has it', {}, hands.problems())

check.finish()
