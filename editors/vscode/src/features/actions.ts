/** Commands that change a whole corpus: fix all, convert. One step for undo each. */
import * as vscode from "vscode";
import type { CodeAction } from "vscode-languageclient";

import { LANGUAGE, type Session } from "../server/session";

const FIX_ALL = "source.fixAll.dispatch";
const REWRITE = "refactor.rewrite";

export function registerActions(session: Session): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand("dispatch-ls.fixAll", () => fixAll(session)),
    vscode.commands.registerCommand("dispatch-ls.convert", (dialect?: unknown) =>
      convert(session, typeof dialect === "string" ? dialect : undefined),
    ),
  ];
}

async function fixAll(session: Session): Promise<void> {
  const document = activeCorpus();
  if (document === undefined) {
    return;
  }
  const [action] = await offered(session, document, FIX_ALL);
  if (action === undefined) {
    void vscode.window.setStatusBarMessage("Nothing that can be fixed safely", 5000);
    return;
  }
  await carryOut(session, document, action);
}

/** Converts to `dialect`, or to one that is chosen from a list. */
async function convert(session: Session, dialect: string | undefined): Promise<void> {
  const document = activeCorpus();
  if (document === undefined) {
    return;
  }
  const actions = (await offered(session, document, REWRITE)).filter((action) => target(action) !== undefined || action.disabled);
  const possible = actions.filter((action) => action.disabled === undefined);
  if (possible.length === 0) {
    const why = actions[0]?.disabled?.reason ?? "it has no delimiters.";
    void vscode.window.showInformationMessage(`This corpus cannot be converted: ${why}`);
    return;
  }
  const picks = possible.map((action) => {
    const [before = "", example] = action.title.split(/: (.*)/s);
    return { label: target(action) ?? before, description: example ?? "", action };
  });
  const chosen =
    dialect === undefined
      ? await vscode.window.showQuickPick(picks, { placeHolder: "Rewrite all delimiters of this corpus as", matchOnDescription: true })
      : picks.find((pick) => pick.label === dialect);
  if (chosen !== undefined) {
    await carryOut(session, document, chosen.action);
  } else if (dialect !== undefined) {
    void vscode.window.showErrorMessage(`No corpus can be converted to ${dialect}. There are: ${picks.map((pick) => pick.label).join(", ")}.`);
  }
}

/** The dialect that a conversion leads to. */
function target({ data }: CodeAction): string | undefined {
  const errand = (data as { errand?: string } | undefined)?.errand;
  return /^convert (\w+)$/.exec(errand ?? "")?.[1];
}

function activeCorpus(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId === LANGUAGE) {
    return document;
  }
  void vscode.window.showInformationMessage("Open a corpus first.");
  return undefined;
}

async function offered(session: Session, document: vscode.TextDocument, kind: string): Promise<CodeAction[]> {
  const converter = session.converters?.code2ProtocolConverter;
  const end = document.lineAt(document.lineCount - 1).range.end;
  const actions = await session.ask<CodeAction[] | null>("textDocument/codeAction", {
    textDocument: converter?.asTextDocumentIdentifier(document),
    range: { start: { line: 0, character: 0 }, end },
    context: { diagnostics: [], only: [kind] },
  });
  if (actions === undefined) {
    void vscode.window.showWarningMessage("The server dispatch-ls does not run. Start it with “Dispatch: Restart the Server”.");
  }
  return actions ?? [];
}

async function carryOut(session: Session, document: vscode.TextDocument, action: CodeAction): Promise<void> {
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title: action.title }, async () => {
    const { version } = document;
    const { edit } = action.edit === undefined ? ((await session.ask<CodeAction>("codeAction/resolve", action)) ?? action) : action;
    const changes = edit && (await session.converters?.protocol2CodeConverter.asWorkspaceEdit(edit));
    if (changes === undefined) {
      return;
    }
    if (document.version !== version || !(await vscode.workspace.applyEdit(changes))) {
      void vscode.window.showWarningMessage("The text has changed in the meantime, so nothing was done. Try again.");
    }
  });
}
