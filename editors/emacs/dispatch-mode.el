;;; dispatch-mode.el --- Corpora of news dispatches -*- lexical-binding: t -*-

;; SPDX-License-Identifier: MIT OR Apache-2.0
;; Package-Requires: ((emacs "29.1"))
;; Version: 0.1.0
;; Keywords: languages, text

;;; Commentary:

;; A mode for text files that hold many dispatches, with a line such as `=== FILE: 0001_geneva.txt ===' in front of each.
;; With eglot, which is part of Emacs, the language server dispatch-ls finds what is wrong with them and repairs it:
;;
;;   (add-to-list 'load-path "…/editors/emacs")
;;   (require 'dispatch-mode)
;;   (add-hook 'dispatch-mode-hook #'eglot-ensure)

;;; Code:

(require 'outline)

(defgroup dispatch nil
  "Corpora of news dispatches."
  :group 'text)

(defcustom dispatch-server '("dispatch-ls")
  "The command line of the language server, a list of words."
  :type '(repeat string))

(defcustom dispatch-settings nil
  "Settings of the server, as in docs/settings.md, in the form that eglot wants.
For example (:diagnostics (:severity (:F027 \"off\")))."
  :type 'plist)

(defconst dispatch--file "\\(?:FILE\\|File\\|file\\)")

;; What is well-formed is decided by the server; these are more generous.
(defconst dispatch-opener
  (concat "^\\(?:"
          (mapconcat
           #'identity
           (list (concat "[ \t]*\\(?:# \\|// \\)?[=-]\\{2,\\}[ \t]*" dispatch--file "[ \t]*:.*[=-]\\{2,\\}[ \t]*$")
                 (concat "<\\{2,3\\}" dispatch--file "[ \t]*:.*>\\{2,3\\}[ \t]*$")
                 "-----BEGIN FILE\\(?::\\| id=\\).*-----[ \t]*$"
                 (concat "\\[\\(?:BEGIN \\)?" dispatch--file "[ \t]*:[^]\n]+\\][ \t]*$")
                 "#\\{2,4\\} File: .+$"
                 "==> .+ <==$"
                 "-- .+ --$"
                 "<\\(?:FILE\\|file\\|DOC\\|doc\\)\\(?:>\\|[ \t][^>\n]*>\\).*$"
                 "[ \t]*[0-9]+ of [0-9]+ DOCUMENTS[ \t]*$"
                 "Document [0-9]+ of [0-9]+[ \t]*$"
                 "\\(?:FILE:?\\|File:\\) [^ \t\n]+[ \t]*$")
           "\\|")
          "\\)")
  "A line that opens a dispatch, in any dialect.")

(defconst dispatch-closer
  (concat "^[^\n[:alnum:]]\\{1,9\\}\\(?:\\(?:END\\|End\\|end\\)[ _]" dispatch--file
          "\\|/\\(?:FILE\\|file\\|DOC\\|doc\\)\\).*$")
  "A line that closes a dispatch.")

(defvar dispatch-font-lock-keywords
  `((,dispatch-opener . font-lock-keyword-face)
    (,dispatch-closer . font-lock-keyword-face)
    ("^ ?date [0-9]\\{4\\}-[0-9-]+" . font-lock-comment-face)
    ("^\\([a-z][a-z0-9_-]*:\\)[ \t]+\\(.*\\)$" (1 font-lock-variable-name-face) (2 font-lock-string-face))))

(defvar imenu-space-replacement)

;;;###autoload
(define-derived-mode dispatch-mode text-mode "Dispatch"
  "Major mode for corpora of news dispatches."
  (setq-local font-lock-defaults '(dispatch-font-lock-keywords t))
  (setq-local outline-regexp (substring dispatch-opener 1)) ; it is always looked for at the start of a line
  (setq-local outline-level (lambda () 1))
  ;; Actors and claims are several words.
  (setq-local imenu-space-replacement nil)
  ;; A paragraph is one line.
  (auto-fill-mode -1)
  (visual-line-mode 1)
  (outline-minor-mode 1))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.\\(?:dispatch\\|corpus\\)\\'" . dispatch-mode))
;;;###autoload
(add-to-list 'magic-mode-alist '(dispatch-corpus-p . dispatch-mode))

;;;###autoload
(defun dispatch-corpus-p ()
  "Whether the current buffer is a .txt file that begins like a corpus."
  (and buffer-file-name
       (string-suffix-p ".txt" buffer-file-name)
       (save-excursion
         (goto-char (point-min))
         (skip-chars-forward "\ufeff \t\n")
         (beginning-of-line)
         (let ((case-fold-search nil))
           (or (looking-at-p dispatch-opener)
               (looking-at-p " ?date [0-9]\\{4\\}-[0-9][0-9]\\(?:-[0-9][0-9]\\)?[ \t\n]")
               (looking-at-p "\\(?:=\\{16,\\}\nFILE: \\|_\\{60\\}\nDocument [0-9]\\)")
               (re-search-forward "^=\\{16,\\}\n\\(?:FILE\\|File\\): " (+ (point-min) 10000) t)
               (re-search-forward "^=== FILE: .* ===$" (+ (point-min) 10000) t))))))

(defvar eglot-server-programs)
(defvar eglot-workspace-configuration)
(declare-function eglot-code-actions "eglot")

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '(dispatch-mode . (lambda (&rest _) dispatch-server)))
  (unless (default-value 'eglot-workspace-configuration)
    (setq-default eglot-workspace-configuration (lambda (&rest _) (list :dispatch-ls dispatch-settings)))))

(defun dispatch-fix-all ()
  "Make all repairs that change nothing but markup."
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.dispatch" t))

(define-key dispatch-mode-map (kbd "C-c C-f") #'dispatch-fix-all)

(provide 'dispatch-mode)
;;; dispatch-mode.el ends here
