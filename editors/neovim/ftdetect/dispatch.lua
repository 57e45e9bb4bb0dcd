vim.filetype.add({
  extension = { dispatch = 'dispatch', corpus = 'dispatch' },
  pattern = {
    ['.*%.txt'] = {
      function(path, buffer)
        return require('dispatch_ls.detect').filetype(path, buffer)
      end,
      { priority = 1 },
    },
  },
})
