/** `.txt` files that begin like a corpus become one. Only as they are opened: whoever sets the language back keeps it. */
import * as vscode from "vscode";

import { LINES, isCorpus } from "../beginning";
import { LANGUAGE, SECTION } from "../server/session";

export function registerTextFiles(): vscode.Disposable {
  const seen = new Set<string>();
  const look = async (document: vscode.TextDocument): Promise<void> => {
    const key = document.uri.toString();
    if (document.languageId !== "plaintext" || seen.has(key) || !isWanted(document)) {
      return;
    }
    seen.add(key);
    const lines = Array.from({ length: Math.min(LINES, document.lineCount) }, (_, line) => document.lineAt(line).text);
    if (isCorpus(lines)) {
      await vscode.languages.setTextDocumentLanguage(document, LANGUAGE);
    }
  };
  vscode.workspace.textDocuments.forEach((document) => void look(document));
  return vscode.workspace.onDidOpenTextDocument((document) => void look(document));
}

function isWanted(document: vscode.TextDocument): boolean {
  const isText = document.uri.path.toLowerCase().endsWith(".txt") && document.uri.scheme !== "git";
  return isText && vscode.workspace.getConfiguration(SECTION, document).get("detectTextFiles", true);
}
