/** What starts when a corpus is opened. Each feature registers itself; the session is what they share. */
import * as vscode from "vscode";

import { registerActions } from "./features/actions";
import { registerClientCommands } from "./features/clientCommands";
import { registerCorpora } from "./features/corpora";
import { registerHints } from "./features/hints";
import { registerLargeFiles } from "./features/largeFiles";
import { registerMenu } from "./features/menu";
import { registerServerCommands } from "./features/serverCommands";
import { registerSetUp } from "./features/setUp";
import { registerStatus } from "./features/status";
import { registerTasks } from "./features/tasks";
import { registerTextFiles } from "./features/textFiles";
import { registerViews } from "./features/views";
import { registerWelcome } from "./features/welcome";
import { LANGUAGES, SECTION, Session } from "./server/session";
import { registerSettingsFile } from "./toml/problems";

let session: Session | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Dispatch", { log: true });
  const started = new Session(context, log);
  session = started;
  context.subscriptions.push(
    log,
    started,
    ...registerServerCommands(started),
    ...registerActions(started),
    ...registerCorpora(started),
    ...registerTasks(started),
    ...registerStatus(started),
    ...registerLargeFiles(started),
    registerMenu(started),
    ...registerHints(),
    ...registerViews(started),
    ...registerClientCommands(),
    registerSetUp(started),
    registerTextFiles(),
    registerWelcome(context),
    ...registerSettingsFile(context),
    ...startWhenNeeded(started),
  );
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

/** No process for those who only look at other texts. */
function startWhenNeeded(started: Session): vscode.Disposable[] {
  const start = (): void => {
    const wantsFolder = vscode.workspace.getConfiguration(SECTION).get<boolean>("findings.wholeFolder", false);
    const isNeeded = wantsFolder || vscode.workspace.textDocuments.some(({ languageId }) => LANGUAGES.includes(languageId));
    if (isNeeded && started.life.kind === "idle") {
      void started.start();
    }
  };
  const restart = (): void => {
    if (started.life.kind !== "idle") {
      void started.restart();
    }
  };
  start();
  return [
    vscode.workspace.onDidOpenTextDocument(start),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SECTION}.server`)) {
        restart();
      } else if (event.affectsConfiguration(SECTION)) {
        start();
      }
    }),
  ];
}
