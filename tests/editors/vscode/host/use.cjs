// What a person does with broken corpora, through VS Code's own interface. Runs inside the extension host.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");

const vscode = require("vscode");
const { findings, open, run, until } = require("./checks.cjs");
const { linesOf } = require("./logs.cjs");

const EXTENSION = "dispatch-ls.dispatch-ls";
const folder = vscode.workspace.workspaceFolders[0].uri.fsPath;
const settings = () => vscode.workspace.getConfiguration("dispatch-ls");
const run_ = vscode.commands.executeCommand;

/** What is expected in a sample, by the list that the other tests have, too. */
const expected = (name) =>
  fs
    .readFileSync(path.join(folder, "samples.expected"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 1))
    // VS Code makes all line ends of a file the same when it opens it.
    .filter((finding) => !finding.endsWith("F022"));

const found = (editor, wanted) =>
  until("these findings", (note) => {
    const now = note(findings(editor));
    return now.join() === wanted.join() && now;
  });

const hoverAt = async (editor, text) => {
  const at = editor.document.positionAt(editor.document.getText().indexOf(text) + 1);
  const hovers = await run_("vscode.executeHoverProvider", editor.document.uri, at);
  return hovers.flatMap(({ contents }) => contents.map((content) => content.value)).join("\n");
};

/** Types at the end of the first line that begins with `line`. */
const type = async (editor, line, text) => {
  const { document } = editor;
  const at = document.positionAt(document.getText().indexOf(line));
  const end = document.lineAt(at).range.end;
  editor.selection = new vscode.Selection(end, end);
  await run_("type", { text });
};

/** The processes of the server that the listener has noted. */
const heard = () => fs.readFileSync(path.join(folder, "..", "heard"), "utf8");
const pids = () => [...heard().matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));

exports.run = () =>
  run({
    "the extension comes with the language": async () => {
      const editor = await open("wire.dispatch");
      assert.equal(editor.document.languageId, "dispatch");
      await until("the extension to start", () => vscode.extensions.getExtension(EXTENSION).isActive);
      const own = vscode.workspace.getConfiguration("editor", { languageId: "dispatch" });
      assert.equal(own.get("wordWrap"), "on");
      assert.equal(own.get("inlayHints.maximumLength"), 0);
    },

    "findings are where they should be": async () => {
      for (const name of ["wire.dispatch", "crawl.corpus", "windows.corpus"]) {
        await found(await open(name), expected(name));
      }
    },

    "a .txt file that begins like a corpus is one": async () => {
      for (const name of ["angle.txt", "gitingest.txt", "lexis.txt"]) {
        const editor = await open(name);
        await until("the language", () => editor.document.languageId === "dispatch");
        await found(editor, expected(name));
      }
      const editor = await open("notes.txt");
      assert.equal(editor.document.languageId, "plaintext");
    },

    "a finding has its page, and says what to do": async () => {
      const editor = await open("wire.dispatch");
      const finding = vscode.languages.getDiagnostics(editor.document.uri).find(({ code }) => code.value === "F003");
      assert.equal(finding.message, "write `FILE` instead of `FIEL`");
      assert.equal(finding.source, "dispatch-ls");
      assert.match(finding.code.target.toString(), /findings\/F003\.md$/);
    },

    "hover on a delimiter": async () => {
      const editor = await open("wire.dispatch");
      assert.match(await hoverAt(editor, "0003_nairobi-rate.txt ==="), /dispatch \*\*3 of \d+/);
    },

    "a quick fix repairs one finding": async () => {
      const editor = await open("wire.dispatch");
      const { document } = editor;
      const [finding] = vscode.languages.getDiagnostics(document.uri).filter(({ code }) => code.value === "F003");
      const actions = await run_("vscode.executeCodeActionProvider", document.uri, finding.range, "quickfix");
      const fix = actions.find(({ title }) => title.startsWith("Write `FILE`"));
      assert.ok(fix?.isPreferred, `offered: ${actions.map(({ title }) => title)}`);
      assert.ok(await vscode.workspace.applyEdit(fix.edit));
      assert.match(document.getText(), /^=== FILE: 0003_nairobi-rate.txt ===$/m);
      await found(editor, expected("wire.dispatch").filter((one) => one !== "25 F003"));
      await run_("undo");
      await found(editor, expected("wire.dispatch"));
    },

    "fix all, and one undo brings it back": async () => {
      const editor = await open("wire.dispatch");
      const before = editor.document.getText();
      await run_("dispatch-ls.fixAll");
      assert.notEqual(editor.document.getText(), before);
      await until("safe findings to be gone", () => !findings(editor).some((one) => /F00[1-7]/.test(one)));
      await run_("undo");
      assert.equal(editor.document.getText(), before);
      await found(editor, expected("wire.dispatch"));
      await run_("dispatch-ls.fixAll");
      await until("the same again", () => editor.document.getText() !== before);
      await run_("undo");
      assert.equal(editor.document.getText(), before);
    },

    "saving can fix all": async () => {
      const editor = await open("saved.dispatch");
      const onSave = vscode.workspace.getConfiguration("editor", { languageId: "dispatch" });
      await onSave.update("codeActionsOnSave", { "source.fixAll.dispatch": "explicit" }, vscode.ConfigurationTarget.Global, true);
      await until("findings", () => findings(editor).length > 0);
      await type(editor, "Second.", " More.");
      await editor.document.save();
      assert.match(editor.document.getText(), /^=== FILE: b\.txt ===$/m);
      await onSave.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Global, true);
    },

    "convert to another dialect, and back by undo": async () => {
      const editor = await open("clean.dispatch");
      const before = editor.document.getText();
      await run_("dispatch-ls.convert", "angle");
      assert.match(editor.document.getText(), /^<<<FILE: 0001_geneva-seabed\.txt>>>$/m);
      await run_("undo");
      assert.equal(editor.document.getText(), before);
    },

    "outline and folding": async () => {
      const { document } = await open("clean.dispatch");
      const symbols = await run_("vscode.executeDocumentSymbolProvider", document.uri);
      assert.deepEqual(symbols.slice(0, 2).map(({ name }) => name), ["0001_geneva-seabed.txt", "0002_klaipeda-strike.txt"]);
      assert.match(symbols[0].detail, /^2024-06-11 · Forty countries/);
      const folds = await run_("vscode.executeFoldingRangeProvider", document.uri);
      assert.ok(folds.some(({ start, end }) => start === 0 && end >= 20), JSON.stringify(folds));
    },

    "semantic tokens and completion": async () => {
      const editor = await open("clean.dispatch");
      const { document } = editor;
      const tokens = await run_("vscode.provideDocumentRangeSemanticTokens", document.uri, new vscode.Range(0, 0, 5, 0));
      assert.ok(tokens.data.length >= 5 * 4);
      await type(editor, "url: https", "\nwi");
      const list = await until("completions", async () => {
        const { items } = await run_("vscode.executeCompletionItemProvider", document.uri, editor.selection.active);
        return items.length > 0 && items;
      });
      await run_("workbench.action.files.revert");
      assert.ok(list.some(({ label }) => (label.label ?? label).startsWith("wire")), list.map(({ label }) => label).join());
    },

    "a word is al-Assad, and O’Neill": async () => {
      const editor = await open("names.dispatch");
      const text = editor.document.getText();
      const words = ["al-Assad", "O’Neill", "Klaipėda", "Otieno"].map((word) => {
        const range = editor.document.getWordRangeAtPosition(editor.document.positionAt(text.indexOf(word) + 1));
        return editor.document.getText(range);
      });
      assert.deepEqual(words, ["al-Assad", "O’Neill", "Klaipėda", "Otieno"]);
    },

    "a place that the server names": async () => {
      const { document } = await open("wire.dispatch");
      await open("clean.dispatch");
      await run_("dispatch.openAt", document.uri.toString(), { start: { line: 24, character: 4 }, end: { line: 24, character: 8 } });
      const { document: now, selection } = vscode.window.activeTextEditor;
      assert.equal(now.getText(selection), "FIEL");
    },

    "hints, each kind of which can be turned off": async () => {
      const { document } = await open("wire.dispatch");
      const all = new vscode.Range(0, 0, 40, 0);
      const text = ({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join(""));
      const dates = async () => {
        const hints = await run_("vscode.executeInlayHintProvider", document.uri, all);
        return hints.map(text).filter((one) => /^\s*(?:2024-)?0?6-11/.test(one));
      };
      await until("dates", async () => (await dates()).length > 0);
      await settings().update("hints.dates", false, vscode.ConfigurationTarget.Global);
      await until("no dates", async () => (await dates()).length === 0);
      await settings().update("hints.dates", undefined, vscode.ConfigurationTarget.Global);
      await until("dates again", async () => (await dates()).length > 0);
    },

    "the sample of the walkthrough": async () => {
      await run_("dispatch-ls.openSample");
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor.document.isUntitled, true);
      await until("five findings in a text that is nowhere on disk", () => findings(editor).length === 5);
      await run_("dispatch-ls.fixAll");
      await until("two that nobody can fix safely", () => findings(editor).length === 2);
    },

    "findings follow the typing": async () => {
      const editor = await open("clean.dispatch");
      await until("a clean file", () => findings(editor).length === 0);
      const before = editor.document.getText();
      await type(editor, "=== FILE: 0002", "=");
      await until("a finding", () => findings(editor).some((one) => one.endsWith("F001")));
      await run_("undo");
      await until("none", () => findings(editor).length === 0);
      assert.equal(editor.document.getText(), before);
    },

    "settings take effect without a restart": async () => {
      const editor = await open("wire.dispatch");
      const before = pids().length;
      await settings().update("diagnostics.severity", { F003: "off", F001: "hint" }, vscode.ConfigurationTarget.Global);
      await until("F003 to go", () => !findings(editor).includes("25 F003"));
      const fence = vscode.languages.getDiagnostics(editor.document.uri).find(({ code }) => code.value === "F001");
      assert.equal(fence.severity, vscode.DiagnosticSeverity.Hint);
      await settings().update("diagnostics.severity", undefined, vscode.ConfigurationTarget.Global);
      await found(editor, expected("wire.dispatch"));
      await settings().update("corpus.dialect", "bars", vscode.ConfigurationTarget.Global);
      await until("another reading", () => findings(editor).join() !== expected("wire.dispatch").join());
      await settings().update("corpus.dialect", undefined, vscode.ConfigurationTarget.Global);
      await found(editor, expected("wire.dispatch"));
      assert.equal(pids().length, before);
    },

    "dispatch.toml holds, is followed, and is checked": async () => {
      const editor = await open("own/wire.dispatch");
      await until("F003 to be off by the file", (note) => {
        const now = note(findings(editor));
        return now.length > 0 && !now.includes("25 F003");
      });
      const toml = await open("own/dispatch.toml");
      const whole = new vscode.Range(0, 0, toml.document.lineCount, 0);
      await toml.edit((edit) => edit.replace(whole, '[corpus]\ndialekt = "angle"\n[diagnostics]\ncap = 0\nseverity.F001 = "loud"\n'));
      const problems = await until("problems", () => {
        const all = vscode.languages.getDiagnostics(toml.document.uri);
        return all.length === 3 && all;
      });
      assert.deepEqual(problems.map(({ range }) => toml.document.getText(range)), ["dialekt", "0", '"loud"']);
      await run_("undo");
      await toml.edit((edit) => edit.replace(whole, '[diagnostics.severity]\nF003 = "hint"\n'));
      await toml.document.save();
      await found(editor, expected("wire.dispatch"));
    },

    "the whole folder, if it is wanted": async () => {
      const all = () => vscode.languages.getDiagnostics().filter(([uri, list]) => uri.path.endsWith("/closed.dispatch") && list.length > 0);
      assert.equal(all().length, 0);
      await settings().update("findings.wholeFolder", true, vscode.ConfigurationTarget.Global);
      await until("findings of a file that is not open", () => all().length === 1);
      fs.writeFileSync(path.join(folder, "closed.dispatch"), "=== FILE: a.txt ===\ndate: 2024-06-11\n\nFirst.\n");
      await until("them to follow the file", () => all().length === 0);
      fs.writeFileSync(path.join(folder, "closed.dispatch"), "=== FIEL: a.txt ===\ndate: 2024-06-11\n\nFirst.\n");
      await until("them to come back", () => all().length === 1);
      const asked = () => heard().match(/^client workspace\/diagnostic$/gm).length;
      const before = asked();
      await new Promise((resolve) => setTimeout(resolve, 4500));
      assert.equal(asked(), before, "the server was asked though nothing had changed");
      await settings().update("findings.wholeFolder", undefined, vscode.ConfigurationTarget.Global);
      await until("them to go", () => all().length === 0);
    },

    "split and join": async () => {
      const uri = (name) => vscode.Uri.file(path.join(folder, name));
      await open("clean.dispatch");
      await run_("dispatch-ls.split", uri("clean.dispatch"), undefined, uri("texts"));
      assert.ok(fs.existsSync(path.join(folder, "texts", "0001_geneva-seabed.txt")));
      await run_("dispatch-ls.join", uri("texts"), undefined, uri("again.dispatch"));
      assert.equal(fs.readFileSync(path.join(folder, "again.dispatch"), "utf8"), fs.readFileSync(path.join(folder, "clean.dispatch"), "utf8"));
    },

    "check in a terminal, with its findings under Problems": async () => {
      const ended = new Promise((resolve) => {
        const listener = vscode.tasks.onDidEndTaskProcess((event) => {
          listener.dispose();
          resolve(event.exitCode);
        });
      });
      await run_("dispatch-ls.check", vscode.Uri.file(path.join(folder, "closed.dispatch")));
      assert.equal(await ended, 1);
      await until("the problem matcher", () =>
        vscode.languages.getDiagnostics().some(([uri, list]) => uri.path.endsWith("/closed.dispatch") && list.some(({ message }) => message.includes("FIEL"))),
      );
      const [task] = await vscode.tasks.fetchTasks({ type: "dispatch-ls" });
      assert.equal(task.name, "check the folder");
    },

    "a killed server comes back, and the text is intact": async () => {
      const editor = await open("wire.dispatch");
      const before = editor.document.getText();
      const old = pids();
      process.kill(old.at(-1), "SIGKILL");
      await until("another server", () => pids().length > old.length);
      await found(editor, expected("wire.dispatch"));
      assert.equal(editor.document.getText(), before);
      await type(editor, "=== FIEL: 0003", "=");
      await until("a finding of what was typed", () => findings(editor).includes("25 F001"));
      await run_("undo");
      await found(editor, expected("wire.dispatch"));
    },

    "restart by command": async () => {
      const editor = await open("wire.dispatch");
      const before = pids().length;
      await run_("dispatch-ls.restart");
      await until("another server", () => pids().length > before);
      await found(editor, expected("wire.dispatch"));
    },

    "nothing was wrong with what the server said": async () => {
      assert.deepEqual(heard().match(/^problem.*$/gm) ?? [], []);
    },

    "the server in the package, and a file of 20 MB": async () => {
      // Without the setting, the server of the package is taken.
      await settings().update("server.path", undefined, vscode.ConfigurationTarget.Global);
      const begin = Date.now();
      const editor = await open("large.dispatch");
      await until("findings", () => findings(editor).some((one) => one.endsWith("F003")), 60_000);
      const opened = Date.now() - begin;
      const keys = [];
      for (let key = 0; key < 10; key += 1) {
        const before = Date.now();
        await type(editor, "=== FILE: 100_geneva-seabed.txt", "=");
        keys.push(Date.now() - before);
      }
      const typed = Date.now();
      await until("a finding of what was typed", () => findings(editor).some((one) => one.endsWith("F001")));
      const seen = Date.now() - typed;
      const asked = Date.now();
      assert.match(await hoverAt(editor, "100_geneva-seabed.txt"), /dispatch \*\*\d+ of/);
      const hovered = Date.now() - asked;
      await run_("workbench.action.files.revert");
      const middle = keys.sort((a, b) => a - b)[5];
      const said = `findings ${opened} ms after opening; a key ${middle} ms, its finding after ${seen} ms, hover ${hovered} ms`;
      // Wide bounds, for machines with other things to do: without care it was five seconds for each key.
      assert.ok(middle < 1000 && seen < 5000 && hovered < 5000, said);
      return said;
    },

    "no error in the extension's own log": async () => {
      const lines = linesOf(path.join(folder, "../code/user/logs"));
      // One was killed, and what was asked at that moment fails.
      const at = (line) => Date.parse(line.slice(0, 23));
      const ends = lines.filter((line) => /Server process exited|The server has ended/.test(line)).map(at);
      const own = lines.filter((line) => line.includes("[error]") && !ends.some((end) => Math.abs(at(line) - end) < 1000));
      assert.deepEqual(own, []);
    },
  });
