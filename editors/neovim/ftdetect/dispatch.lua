vim.filetype.add({
  extension = { dispatch = 'dispatch', corpus = 'dispatch' },
  filename = { ['actors.jsonl'] = 'dispatch-actors' },
  pattern = {
    ['.*%.actors%.jsonl'] = { 'dispatch-actors', { priority = 2 } },
    ['.*%.actors%.txt'] = { 'dispatch-actors', { priority = 2 } },
    ['.*%.txt'] = {
      function(path, buffer)
        return require('dispatch_ls.detect').filetype(path, buffer)
      end,
      { priority = 1 },
    },
  },
})
