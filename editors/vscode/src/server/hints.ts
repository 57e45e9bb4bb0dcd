/** Hints that lead somewhere, and are asked for at once when they are others. */
import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient";

let nobody: vscode.Disposable | undefined;

/**
 * Told that hints are others, VS Code waits up to 0.6 s, the longer the slower the last answers were: the first ones after
 * a start are. Where there is another provider, even one of nothing, it asks all of them at once; or one less.
 */
export function askForHints(): void {
  if (nobody === undefined) {
    nobody = vscode.languages.registerInlayHintsProvider({ scheme: "dispatch-ls-nothing" }, { provideInlayHints: () => [] });
  } else {
    nobody.dispose();
    nobody = undefined;
  }
}

/**
 * Of the place that a part of a hint names, VS Code asks for the definition of what is there; so the part gets a command
 * instead, which goes to the place itself.
 */
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

function lead(hint: vscode.InlayHint): vscode.InlayHint {
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
