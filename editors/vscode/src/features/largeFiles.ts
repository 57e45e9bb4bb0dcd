/** VS Code gives extensions no text of files over 50 MB. This says so, and offers what works there: `check`. */
import { open } from "node:fs/promises";

import * as vscode from "vscode";

import { LINES, isCorpus } from "../beginning";
import { size } from "../words";
import { checkInTerminal } from "./tasks";
import type { Session } from "../server/session";

/** Bytes. */
export const LIMIT = 50 * 1024 * 1024;
/** Bytes that are read to see whether it is a corpus. */
const BEGINNING = 8192;

export function registerLargeFiles(session: Session): vscode.Disposable[] {
  const told = new Set<string>();
  const look = async (): Promise<void> => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(input instanceof vscode.TabInputText) || input.uri.scheme !== "file" || told.has(input.uri.fsPath)) {
      return;
    }
    const { uri } = input;
    const bytes = await vscode.workspace.fs.stat(uri).then((stat) => stat.size, () => 0);
    if (bytes <= LIMIT || !(await beginsLikeCorpus(uri))) {
      return;
    }
    told.add(uri.fsPath);
    const check = "Check in the Terminal";
    const name = vscode.workspace.asRelativePath(uri);
    const message = `${name} has ${size(bytes)}. VS Code shows files over 50 MB without help from extensions: no findings, hovers or fixes here. “dispatch-ls check” reads files of any size.`;
    if ((await vscode.window.showInformationMessage(message, check)) === check) {
      await checkInTerminal(session, [uri]);
    }
  };
  void look();
  return [vscode.window.tabGroups.onDidChangeTabs(() => void look()), vscode.window.tabGroups.onDidChangeTabGroups(() => void look())];
}

async function beginsLikeCorpus(uri: vscode.Uri): Promise<boolean> {
  if (/\.(?:dispatch|corpus)$/i.test(uri.path)) {
    return true;
  }
  const file = await open(uri.fsPath);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return isCorpus(buffer.toString("utf8", 0, bytesRead).split(/\r\n?|\n/, LINES));
  } finally {
    await file.close();
  }
}
