/** What a click on the status item offers. */
import * as vscode from "vscode";

import { LANGUAGE, type Session } from "../server/session";
import { listed } from "../words";
import { shown } from "./hints";

interface Entry {
  readonly label: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
  readonly onlyInCorpus?: true;
  readonly describe?: () => string;
}

const ENTRIES: readonly Entry[] = [
  { label: "$(wand) Fix all that can be fixed safely", command: "dispatch-ls.fixAll", onlyInCorpus: true },
  { label: "$(arrow-swap) Convert to another dialect…", command: "dispatch-ls.convert", onlyInCorpus: true },
  { label: "$(warning) Show the findings", command: "workbench.actions.view.problems" },
  { label: "$(list-tree) Go to a dispatch…", command: "workbench.action.gotoSymbol", onlyInCorpus: true },
  { label: "$(person) Show the actors", command: "dispatch-ls.actors.focus", onlyInCorpus: true },
  { label: "$(calendar) Show the timeline", command: "dispatch-ls.timeline.focus", onlyInCorpus: true },
  { label: "$(eye) Show or hide hints…", command: "dispatch-ls.hints", onlyInCorpus: true, describe: () => listed(shown()) || "none are shown" },
  { label: "$(new-file) Set up this folder…", command: "dispatch-ls.setUp", onlyInCorpus: true },
  { label: "$(split-horizontal) Split this corpus into files…", command: "dispatch-ls.split", onlyInCorpus: true },
  { label: "$(terminal) Check this file in the terminal", command: "dispatch-ls.check", onlyInCorpus: true },
  { label: "$(gear) Settings", command: "workbench.action.openSettings", arguments: ["@ext:dispatch-ls.dispatch-ls"] },
  { label: "$(output) Show the log", command: "dispatch-ls.showLog" },
  { label: "$(debug-restart) Restart the server", command: "dispatch-ls.restart" },
];

export function registerMenu(session: Session): vscode.Disposable {
  return vscode.commands.registerCommand("dispatch-ls.menu", async () => {
    const isCorpus = vscode.window.activeTextEditor?.document.languageId === LANGUAGE;
    const entries = ENTRIES.filter((entry) => isCorpus || entry.onlyInCorpus !== true).map((entry) => ({ ...entry, description: entry.describe?.() ?? "" }));
    const { life } = session;
    const placeHolder = life.kind === "running" ? `dispatch-ls ${life.server.version}` : life.kind === "stopped" ? life.why : "The server is starting";
    const chosen = await vscode.window.showQuickPick(entries, { placeHolder });
    if (chosen !== undefined) {
      await vscode.commands.executeCommand(chosen.command, ...(chosen.arguments ?? []));
    }
  });
}
