/**
 * What VS Code asks about a whole document after every edit takes it seconds to show where there are ten thousands of
 * answers. For a large document that waits until nobody types.
 */
import type { TextDocument } from "vscode";
import type { Middleware } from "vscode-languageclient";

import { isCancelledWithin } from "./waiting";

/** UTF-16 units from which on a document is large. */
const LARGE = 4_000_000;
/** Milliseconds without an edit. */
const REST = 2000;

export const forLargeDocuments: Middleware = {
  provideDocumentSymbols: async (document, token, next) => {
    const isLate = isLarge(document) && (await isCancelledWithin(REST, token));
    return isLate ? undefined : next(document, token);
  },
  provideFoldingRanges: async (document, context, token, next) => {
    const isLate = isLarge(document) && (await isCancelledWithin(REST, token));
    return isLate ? undefined : next(document, context, token);
  },
  // VS Code finds what begins with https:// by itself.
  provideDocumentLinks: (document, token, next) => (isLarge(document) ? [] : next(document, token)),
};

/** Without the text itself, of which VS Code would make a copy. */
function isLarge(document: TextDocument): boolean {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > LARGE;
}
