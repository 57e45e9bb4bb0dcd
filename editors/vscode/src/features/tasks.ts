/** `dispatch-ls check` as a task in the terminal, whose findings the problem matcher puts under Problems. */
import * as path from "node:path";

import * as vscode from "vscode";

import { LANGUAGE, SECTION, type Session } from "../server/session";

interface Definition extends vscode.TaskDefinition {
  readonly paths: readonly string[];
  readonly arguments?: readonly string[];
}

export function registerTasks(session: Session): vscode.Disposable[] {
  return [
    vscode.tasks.registerTaskProvider(SECTION, {
      provideTasks: async () => {
        const program = await session.programIfAny();
        const folders = vscode.workspace.workspaceFolders ?? [];
        return program === undefined ? [] : folders.map((folder) => task(program, { type: SECTION, paths: ["."] }, folder, "check the folder"));
      },
      resolveTask: async ({ definition, scope, name }) => {
        const program = await session.program();
        return program === undefined ? undefined : task(program, definition as Definition, scope, name);
      },
    }),
    vscode.commands.registerCommand("dispatch-ls.check", (uri?: vscode.Uri) => {
      const active = vscode.window.activeTextEditor?.document;
      const target = uri ?? (active?.languageId === LANGUAGE ? active.uri : undefined) ?? activeTab();
      return checkInTerminal(session, target === undefined ? [] : [target]);
    }),
    vscode.commands.registerCommand("dispatch-ls.checkFolder", (uri?: vscode.Uri) => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      return checkInTerminal(session, uri === undefined ? folders.map((folder) => folder.uri) : [uri]);
    }),
  ];
}

/** Checks files or folders on disk. */
export async function checkInTerminal(session: Session, uris: readonly vscode.Uri[]): Promise<void> {
  const paths = uris.filter((uri) => uri.scheme === "file").map((uri) => uri.fsPath);
  if (paths.length === 0) {
    void vscode.window.showInformationMessage("There is nothing on disk to check: open a folder, or save the file.");
    return;
  }
  const program = await session.program();
  if (program !== undefined) {
    const folder = uris[0] && vscode.workspace.getWorkspaceFolder(uris[0]);
    await vscode.tasks.executeTask(task(program, { type: SECTION, paths }, folder, "check"));
  }
}

function task(program: string, definition: Definition, scope: vscode.Task["scope"], name: string): vscode.Task {
  // Absolute, so that the problem matcher finds them whatever the task's folder is.
  const folder = typeof scope === "object" ? scope.uri.fsPath : "";
  const args = ["check", ...(definition.arguments ?? []), "--", ...definition.paths.map((one) => path.resolve(folder, one))];
  const made = new vscode.Task(definition, scope ?? vscode.TaskScope.Workspace, name, SECTION, new vscode.ProcessExecution(program, args), `$${SECTION}`);
  made.presentationOptions = { clear: true, reveal: vscode.TaskRevealKind.Always, showReuseMessage: false };
  return made;
}

/** A file that is too large for extensions is in no document. */
function activeTab(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText ? input.uri : undefined;
}
