/** Each kind of hint on and off, without the settings. */
import * as vscode from "vscode";

import schema from "../../schemas/dispatch.toml.json";
import { SECTION } from "../server/session";

export function registerHints(): vscode.Disposable {
  return vscode.commands.registerCommand("dispatch-ls.hints", async () => {
    const settings = vscode.workspace.getConfiguration(SECTION);
    const kinds = Object.entries(schema.properties.hints.properties).map(([kind, { description }]) => ({
      label: kind,
      description: description.replace(/\s*Default: .*$/s, ""),
      picked: settings.get(`hints.${kind}`, true),
    }));
    const chosen = await vscode.window.showQuickPick(kinds, { canPickMany: true, placeHolder: "Hints that are shown beside the text" });
    for (const { label, picked } of chosen === undefined ? [] : kinds) {
      const isWanted = chosen?.some((one) => one.label === label) ?? false;
      if (isWanted !== picked) {
        await settings.update(`hints.${label}`, isWanted, vscode.ConfigurationTarget.Global);
      }
    }
  });
}
