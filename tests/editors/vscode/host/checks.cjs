// Checks that wait, inside the extension host.
const fs = require("node:fs");

const vscode = require("vscode");

/** How long anything may take on a machine that is slow, and has other things to do, in milliseconds. */
const PATIENCE = 60_000;

/** Waits until `test` gives something, which is returned. */
exports.until = async (what, test, milliseconds = PATIENCE) => {
  let last;
  for (const end = Date.now() + milliseconds; ; ) {
    const value = await test((seen) => (last = seen));
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${milliseconds / 1000} s for ${what}${last === undefined ? "" : `; there is: ${JSON.stringify(last)}`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Opens a file of the workspace in an editor of its own. */
exports.open = async (name) => {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
};

/** `5 F001` for each finding, by line and then by code. */
exports.findings = ({ document }) =>
  vscode.languages
    .getDiagnostics(document.uri)
    .map(({ range, code }) => ({ line: range.start.line + 1, code: code.value ?? code }))
    .sort((a, b) => a.line - b.line || a.code.localeCompare(b.code))
    .map(({ line, code }) => `${line} ${code}`);

/** Runs the tests one after the other, and writes what came of them to the file that DISPATCH_RESULT names. */
exports.run = async (tests) => {
  const result = { version: vscode.version, checks: [] };
  for (const [name, test] of Object.entries(tests)) {
    const begin = Date.now();
    const why = await test().then(
      (said) => ({ said }),
      (error) => ({ failed: String(error.stack ?? error) }),
    );
    result.checks.push({ name, milliseconds: Date.now() - begin, ...why });
    result.isDone = result.checks.length === Object.keys(tests).length;
    fs.writeFileSync(process.env.DISPATCH_RESULT, JSON.stringify(result));
  }
};
