/** Commands that the server puts into lenses and hints, and that only an editor can carry out. */
import * as vscode from "vscode";

import type { Position, Range } from "../server/requests";
import { asRange } from "../views/tree";

interface Location {
  readonly uri: string;
  readonly range: Range;
}

export function registerClientCommands(): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand("dispatch.showReferences", showReferences),
    vscode.commands.registerCommand("dispatch.openAt", openAt),
  ];
}

async function showReferences(uri: string, { line, character }: Position, locations: readonly Location[]): Promise<void> {
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    new vscode.Position(line, character),
    locations.map((location) => new vscode.Location(vscode.Uri.parse(location.uri), asRange(location.range))),
  );
}

/** Goes to a place, in the editor that has the file already. */
async function openAt(uri: string, range: Range): Promise<void> {
  const target = vscode.Uri.parse(uri);
  const open = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === target.toString());
  const document = open?.document ?? (await vscode.workspace.openTextDocument(target));
  const editor = await vscode.window.showTextDocument(document, { viewColumn: open?.viewColumn ?? vscode.ViewColumn.Active, selection: asRange(range) });
  editor.revealRange(asRange(range), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
