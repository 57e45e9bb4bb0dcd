// A folder that nobody has said is to be trusted: nothing that it brought counts. Runs inside the extension host.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");

const vscode = require("vscode");
const { findings, open, run, until } = require("./checks.cjs");

const folder = vscode.workspace.workspaceFolders[0].uri.fsPath;

exports.run = () =>
  run({
    "findings are there, and no settings of the folder": async () => {
      assert.equal(vscode.workspace.isTrusted, false);
      const editor = await open("own/wire.dispatch");
      // Both settings of the workspace and the dispatch.toml beside it turn F003 off.
      await until("findings", (note) => note(findings(editor)).includes("25 F003"));
    },

    "the server is told to take no dispatch.toml, and is none that the folder brought": async () => {
      const log = fs.readFileSync(path.join(folder, "..", "started"), "utf8");
      assert.deepEqual([...new Set(log.trim().split("\n"))], ["serve --no-config --stdio"]);
      assert.equal(fs.existsSync(path.join(folder, "run-from-the-workspace")), false);
    },

    "hints are turned off where it counts": async () => {
      const settings = () => vscode.workspace.getConfiguration("dispatch-ls").inspect("hints.dates");
      await open("wire.dispatch");
      await vscode.commands.executeCommand("dispatch-ls.hints.toggle.dates");
      await until("the setting of the user", () => settings().globalValue === false && settings().workspaceValue === undefined);
      await vscode.commands.executeCommand("dispatch-ls.hints.toggle.dates");
      await until("it to be back", () => settings().globalValue === true);
    },

    "fix all works": async () => {
      const editor = await open("saved.dispatch");
      await until("findings", () => findings(editor).length > 0);
      await vscode.commands.executeCommand("dispatch-ls.fixAll");
      assert.match(editor.document.getText(), /^=== FILE: b\.txt ===$/m);
      await vscode.commands.executeCommand("undo");
    },
  });
