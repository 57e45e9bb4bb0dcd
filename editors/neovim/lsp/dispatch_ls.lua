return require('dispatch_ls.client').config()
