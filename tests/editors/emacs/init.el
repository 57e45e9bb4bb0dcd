;; What a user has in the init file (see docs/editors.md), and next to nothing else.
;; DISPATCH_EMACS is the folder editors/emacs; BACKGROUND is light or dark.
(setq inhibit-startup-screen t make-backup-files nil auto-save-default nil create-lockfiles nil
      native-comp-jit-compilation nil
      eldoc-echo-area-use-multiline-p 8
      flymake-show-diagnostics-at-end-of-line t)
(menu-bar-mode -1)
(load-theme (if (equal (getenv "BACKGROUND") "light") 'modus-operandi 'modus-vivendi) t)

(add-to-list 'load-path (getenv "DISPATCH_EMACS"))
(require 'dispatch-mode)
(add-hook 'dispatch-mode-hook #'eglot-ensure)
