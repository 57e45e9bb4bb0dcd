" An actors file of our own form has a JSON object in each line; the other form has no colours.
if exists('b:current_syntax')
  finish
endif
if expand('%:e') ==? 'jsonl'
  runtime! syntax/json.vim
endif
let b:current_syntax = 'dispatch-actors'
