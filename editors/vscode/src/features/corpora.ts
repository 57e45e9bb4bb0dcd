/** A corpus to files, and files to a corpus, as `dispatch-ls split` and `join` do it. */
import { execFile } from "node:child_process";
import * as path from "node:path";

import * as vscode from "vscode";

import { LANGUAGE, type Session } from "../server/session";

export function registerCorpora(session: Session): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand("dispatch-ls.split", (corpus?: vscode.Uri, _all?: unknown, out?: vscode.Uri) => split(session, corpus, out)),
    vscode.commands.registerCommand("dispatch-ls.join", (folder?: vscode.Uri, _all?: unknown, out?: vscode.Uri) => join(session, folder, out)),
  ];
}

async function split(session: Session, corpus: vscode.Uri | undefined, out: vscode.Uri | undefined): Promise<void> {
  const source = corpus ?? vscode.window.activeTextEditor?.document.uri;
  if (source?.scheme !== "file") {
    void vscode.window.showInformationMessage("Open a corpus that is saved on disk first.");
    return;
  }
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === source.toString());
  if (document?.isDirty === true && !(await document.save())) {
    return;
  }
  const folder =
    out ??
    (await only(
      vscode.window.showOpenDialog({
        title: "A folder for the files, one for each dispatch",
        openLabel: "Split into This Folder",
        canSelectFiles: false,
        canSelectFolders: true,
        defaultUri: vscode.Uri.file(path.dirname(source.fsPath)),
      }),
    ));
  if (folder !== undefined && (await run(session, ["split", source.fsPath, "--out", folder.fsPath]))) {
    void vscode.window.showInformationMessage(`The dispatches are in ${folder.fsPath}. “Dispatch: Join” makes the corpus of them again, byte for byte.`);
  }
}

async function join(session: Session, from: vscode.Uri | undefined, out: vscode.Uri | undefined): Promise<void> {
  const folder =
    from ??
    (await only(
      vscode.window.showOpenDialog({ title: "The folder with the files", openLabel: "Join", canSelectFiles: false, canSelectFolders: true }),
    ));
  if (folder === undefined) {
    return;
  }
  const target =
    out ??
    (await vscode.window.showSaveDialog({
      title: "The corpus to write",
      saveLabel: "Write the Corpus",
      defaultUri: vscode.Uri.file(`${folder.fsPath}.dispatch`),
      filters: { Corpora: [LANGUAGE, "corpus", "txt"] },
    }));
  if (target === undefined) {
    return;
  }
  // The dialog has asked already whether a file that is there may be overwritten.
  const force = out === undefined ? ["--force"] : [];
  if (await run(session, ["join", folder.fsPath, "--out", target.fsPath, ...force])) {
    await vscode.window.showTextDocument(target);
  }
}

async function only(chosen: Thenable<vscode.Uri[] | undefined>): Promise<vscode.Uri | undefined> {
  return (await chosen)?.[0];
}

/** Whether it was done. Where files are in the way, a person may say that they can go. */
async function run(session: Session, args: string[]): Promise<boolean> {
  const program = await session.program();
  if (program === undefined) {
    return false;
  }
  const { failed, told } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `dispatch-ls ${args[0] ?? ""}` },
    () => execute(program, args),
  );
  session.log.info(`${args.join(" ")}: ${failed ? "failed" : "done"}`);
  if (!failed) {
    const warnings = told.split("\n").filter((line) => line !== "" && !line.startsWith("note: "));
    if (warnings.length > 0) {
      void vscode.window.showWarningMessage(warnings.join("\n"));
    }
    return true;
  }
  const overwrite = told.includes("--force") && !args.includes("--force") ? ["Overwrite"] : [];
  const chosen = await vscode.window.showErrorMessage(told, ...overwrite);
  return chosen === "Overwrite" && run(session, [...args, "--force"]);
}

function execute(program: string, args: string[]): Promise<{ failed: boolean; told: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { windowsHide: true }, (error, _output, told) => {
      resolve({ failed: error !== null, told: told.trim() });
    });
  });
}
