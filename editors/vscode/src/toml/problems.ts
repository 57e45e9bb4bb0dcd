/** `dispatch.toml` is checked as it is written. Where an extension for TOML is there that reads schemas, that does it. */
import * as vscode from "vscode";

import { type Schema, check } from "./check";

const FILE_NAME = "dispatch.toml";
/** It takes our schema from `tomlValidation` in `package.json`. */
const READS_SCHEMAS = "tamasfe.even-better-toml";

export function registerSettingsFile(context: vscode.ExtensionContext): vscode.Disposable[] {
  const problems = vscode.languages.createDiagnosticCollection(FILE_NAME);
  const schema = readSchema(context);
  const look = async (document: vscode.TextDocument): Promise<void> => {
    if (!document.uri.path.endsWith(`/${FILE_NAME}`) || vscode.extensions.getExtension(READS_SCHEMAS) !== undefined) {
      return;
    }
    const { version } = document;
    const found = check(document.getText(), await schema);
    if (document.version !== version || document.isClosed) {
      return;
    }
    const place = ([start, end]: readonly [number, number]): vscode.Range =>
      new vscode.Range(document.positionAt(start), document.positionAt(end));
    problems.set(document.uri, found.map(({ range, message }) => {
      const made = new vscode.Diagnostic(place(range), message, vscode.DiagnosticSeverity.Error);
      made.source = FILE_NAME;
      return made;
    }));
  };
  vscode.workspace.textDocuments.forEach((document) => void look(document));
  return [
    problems,
    vscode.workspace.onDidOpenTextDocument((document) => void look(document)),
    vscode.workspace.onDidChangeTextDocument(({ document }) => void look(document)),
    vscode.workspace.onDidCloseTextDocument((document) => { problems.delete(document.uri); }),
  ];
}

async function readSchema(context: vscode.ExtensionContext): Promise<Schema> {
  const uri = vscode.Uri.joinPath(context.extensionUri, "schemas", "dispatch.toml.json");
  return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))) as Schema;
}
