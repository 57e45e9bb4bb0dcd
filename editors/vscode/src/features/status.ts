/** The item in the status bar: dialect, dispatches and findings of the corpus that is being edited, and how the server is. */
import * as vscode from "vscode";

import { LANGUAGE, type Life, type Session } from "../server/session";
import { type Status, statusText } from "../words";

/** Milliseconds of rest after an edit. */
const REST = 200;

export function registerStatus(session: Session): vscode.Disposable[] {
  const item = vscode.window.createStatusBarItem("dispatch-ls.status", vscode.StatusBarAlignment.Right, 100);
  item.name = "Dispatch corpus";
  item.command = "dispatch-ls.menu";
  let timer: NodeJS.Timeout | undefined;

  const show = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== LANGUAGE) {
      item.hide();
      return;
    }
    paint(item, session.life);
    item.show();
    const uri = session.converters?.code2ProtocolConverter.asUri(document.uri);
    const status = await session.ask<Status | null>("dispatch/status", { textDocument: { uri } }).catch(() => null);
    if (status && vscode.window.activeTextEditor?.document === document) {
      item.text = statusText(status);
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void show(), REST);
  };
  void show();
  return [
    item,
    { dispose: () => { clearTimeout(timer); } },
    session.onDidChange(soon),
    vscode.window.onDidChangeActiveTextEditor(() => void show()),
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(soon),
    // The settings that count may have changed, too.
    vscode.languages.onDidChangeDiagnostics(soon),
  ];
}

function paint(item: vscode.StatusBarItem, life: Life): void {
  item.backgroundColor = undefined;
  switch (life.kind) {
    case "running":
      item.text = item.text === "" || item.text.startsWith("$(") ? "Dispatch" : item.text;
      item.tooltip = new vscode.MarkdownString(`dispatch-ls ${life.server.version} · \`${life.server.program}\`\n\nClick for commands`);
      break;
    case "stopped":
      item.text = "$(error) Dispatch";
      item.tooltip = life.why;
      item.backgroundColor = new vscode.ThemeColor("statusBarItem.errorBackground");
      break;
    default:
      item.text = "$(loading~spin) Dispatch";
      item.tooltip = "The server is starting";
  }
}
