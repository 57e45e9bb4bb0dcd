/** Commands about the server itself. */
import * as vscode from "vscode";

import { SECTION, type Session } from "../server/session";

export function registerServerCommands(session: Session): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand("dispatch-ls.restart", () => session.restart()),
    vscode.commands.registerCommand("dispatch-ls.showLog", () => { session.log.show(); }),
    vscode.commands.registerCommand("dispatch-ls.chooseServer", async () => {
      const [program] = (await vscode.window.showOpenDialog({ title: "The program dispatch-ls", openLabel: "Use This Program" })) ?? [];
      if (program !== undefined) {
        // The change restarts the server.
        await vscode.workspace.getConfiguration(SECTION).update("server.path", program.fsPath, vscode.ConfigurationTarget.Global);
      }
    }),
  ];
}
