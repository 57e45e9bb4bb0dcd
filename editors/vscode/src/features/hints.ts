/** Each kind of hint on and off, without the settings. */
import * as vscode from "vscode";

import schema from "../../schemas/dispatch.toml.json";
import { SECTION } from "../server/session";
import { listed } from "../words";

/** The kinds, as the settings have them, with what is said of each. */
const KINDS = Object.entries(schema.properties.hints.properties).map(([kind, { description }]) => ({
  kind,
  description: description.replace(/\s*Default: .*$/s, ""),
}));

export function registerHints(): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand("dispatch-ls.hints", choose),
    vscode.commands.registerCommand("dispatch-ls.hints.toggle", () => {
      const isOn = shown().length > 0;
      return turn(new Map(KINDS.map(({ kind }) => [kind, !isOn])));
    }),
    ...KINDS.map(({ kind }) =>
      vscode.commands.registerCommand(`dispatch-ls.hints.toggle.${kind}`, () => turn(new Map([[kind, !isShown(kind)]]))),
    ),
  ];
}

/** The kinds of hints that are turned on. */
export function shown(): string[] {
  return KINDS.map(({ kind }) => kind).filter(isShown);
}

async function choose(): Promise<void> {
  const kinds = KINDS.map(({ kind, description }) => ({ label: kind, description, picked: isShown(kind) }));
  const chosen = await vscode.window.showQuickPick(kinds, { canPickMany: true, placeHolder: "Hints that are shown beside the text" });
  if (chosen !== undefined) {
    await turn(new Map(KINDS.map(({ kind }) => [kind, chosen.some(({ label }) => label === kind)])));
  }
}

/** For this folder, if one is open: the next corpus may want others. What a folder says that is not trusted does not count. */
async function turn(wanted: ReadonlyMap<string, boolean>): Promise<void> {
  const { isTrusted, workspaceFolders } = vscode.workspace;
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const target = isTrusted && workspaceFolders !== undefined ? Workspace : Global;
  for (const [kind, isOn] of wanted) {
    if (isOn !== isShown(kind)) {
      await vscode.workspace.getConfiguration(SECTION).update(`hints.${kind}`, isOn, target);
    }
  }
  const now = shown();
  void vscode.window.setStatusBarMessage(now.length === 0 ? "No hints" : `Hints: ${listed(now)}`, 4000);
}

function isShown(kind: string): boolean {
  return vscode.workspace.getConfiguration(SECTION).get(`hints.${kind}`, true);
}
