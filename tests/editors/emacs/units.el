;;; units.el --- What is a corpus, and where its dispatches are -*- lexical-binding: t -*-
(require 'ert)
(require 'dispatch-mode)

(defun units--mode (name text)
  "The mode that Emacs chooses for a file with NAME and TEXT."
  (let ((file (expand-file-name name (make-temp-file "units" t))))
    (write-region text nil file nil 'silent)
    (with-current-buffer (find-file-noselect file)
      (prog1 major-mode (kill-buffer)))))

(ert-deftest units-corpora ()
  (dolist (text '("=== FILE: a.txt ===\nText.\n" "<<<FILE: a.txt>>>\n" "-----BEGIN FILE: a.txt-----\n" "[FILE: a.txt]\n"
                  "## File: a.txt\n" "==> a.txt <==\n" "-- a.txt --\n" "<DOC id=\"A\" type=\"story\">\n"
                  "\n   3 of 250 DOCUMENTS\n" "FILE: a.txt\n" " date 2024-12-01 The minister said\n"
                  "A note.\n\n=== FILE: a.txt ===\n"))
    (should (eq (units--mode "a.txt" text) 'dispatch-mode)))
  (should (eq (units--mode "a.dispatch" "") 'dispatch-mode))
  (should (eq (units--mode "a.corpus" "") 'dispatch-mode)))

(ert-deftest units-other-texts ()
  (dolist (text '("FILE PHOTO: The minister attends a meeting.\n" "====== FILE MANAGER ======\n" "** FILE **\n"
                  "The prosecutor will file a complaint.\n" "File:Somebody.jpg\n" "A note.\n\n## File: a.txt\n" ""))
    (should (eq (units--mode "a.txt" text) 'text-mode)))
  (should-not (eq (units--mode "a.org" "=== FILE: a.txt ===\n") 'dispatch-mode)))

(ert-deftest units-outline ()
  (with-temp-buffer
    (insert "Text.\n=== FILE: a.txt ===\nText.\n<<<FILE: b.txt>>>\nText.\n")
    (dispatch-mode)
    (goto-char (point-min))
    (outline-next-heading)
    (should (looking-at-p "=== FILE: a"))
    (outline-next-heading)
    (should (looking-at-p "<<<FILE: b"))))
