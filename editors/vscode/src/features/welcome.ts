/** The sample of the walkthrough: a small corpus with something to repair, in a document of its own that nobody has to save. */
import * as vscode from "vscode";

import { LANGUAGE } from "../server/session";

export function registerWelcome(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand("dispatch-ls.openSample", async () => {
    const source = vscode.Uri.joinPath(context.extensionUri, "walkthrough", "sample.dispatch");
    const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(source));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: LANGUAGE, content }));
  });
}
