/**
 * Hints that lead somewhere. Of the place that a part of a hint names, VS Code asks for the definition of what is there;
 * so the part gets a command instead, which goes to the place itself.
 */
import type { InlayHint } from "vscode";
import type { Middleware } from "vscode-languageclient";

export const leadingHints: Middleware = {
  provideInlayHints: async (document, view, token, next) => {
    // VS Code shows what it gets wherever the text has moved to meanwhile (1.139 does): so hints are of the text as it is.
    for (;;) {
      const { version } = document;
      const hints = await next(document, view, token);
      if (document.version === version || token.isCancellationRequested) {
        hints?.forEach(lead);
        return hints;
      }
    }
  },
  resolveInlayHint: async (hint, token, next) => {
    const resolved = await next(hint, token);
    return resolved && lead(resolved);
  },
};

function lead(hint: InlayHint): InlayHint {
  for (const part of typeof hint.label === "string" ? [] : hint.label) {
    if (part.location !== undefined) {
      const { uri, range: { start, end } } = part.location;
      // In the protocol's form: VS Code has another one for what it passes on.
      const range = { start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } };
      part.command = { title: "Go There", command: "dispatch.openAt", arguments: [uri.toString(), range] };
      part.location = undefined;
    }
  }
  return hint;
}
