// What is found in the prose, asked through VS Code's own interface: cards, hints, colours, places, calls, completion,
// actions, actors files. Runs inside the extension host, in a copy of `desk`.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");

const vscode = require("vscode");
const { open, run, until } = require("./checks.cjs");
const { errorsIn } = require("./logs.cjs");

const folder = vscode.workspace.workspaceFolders[0].uri.fsPath;
const run_ = vscode.commands.executeCommand;
const heard = () => fs.readFileSync(path.join(folder, "..", "heard"), "utf8");

const OTHER = `=== FILE: 0004_port-court.txt ===
date: 2024-12-05
source: Meridian News

NAIROBI, Dec. 5 (Meridian) -- A court heard on 03/04/2024 that Vanjiru Otieno had paid. On Sunday Rasa Jonaitienė accused W. Otieno of delay.
`;
const ALL = new vscode.Range(0, 0, 1000, 0);
const named = (uri) => path.basename(uri.path);

/** Where `words` are in a line, counted from 1. */
const place = ({ document }, line, words) => {
  const at = document.lineAt(line - 1).text.indexOf(words);
  assert.ok(at >= 0, `“${words}” is not in line ${line}`);
  return new vscode.Position(line - 1, at + 1);
};
const card = async (editor, line, words) => {
  const hovers = await run_("vscode.executeHoverProvider", editor.document.uri, place(editor, line, words));
  return hovers.flatMap(({ contents }) => contents.map(({ value }) => value)).join("\n");
};
/** Waits for a card that has all `parts`: what is told of the rest of a file comes after a rest. */
const says = (editor, line, words, ...parts) =>
  until(`${parts.join(", ")} in the card of ${words}`, async (note) => {
    const text = note(await card(editor, line, words));
    return parts.every((part) => text.includes(part));
  });
const labelOf = ({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join("")).trim();
/** `Friday 11-29 Fri`: each hint, behind the word before it. */
const hints = async ({ document }) => {
  const all = await run_("vscode.executeInlayHintProvider", document.uri, ALL);
  const word = ({ line, character }) => /([^\s“”]*?)[,.]?$/u.exec(document.lineAt(line).text.slice(0, character))[1];
  return all.sort((a, b) => a.position.compareTo(b.position)).map((hint) => `${word(hint.position)} ${labelOf(hint)}`);
};
/** `desk.dispatch:6` */
const spots = (found) => found.map(({ uri, targetUri, range, targetRange }) => `${named(uri ?? targetUri)}:${(range ?? targetRange).start.line + 1}`);
const definition = async (editor, line, words) => spots(await run_("vscode.executeDefinitionProvider", editor.document.uri, place(editor, line, words)));
const references = async (editor, line, words) => spots(await run_("vscode.executeReferenceProvider", editor.document.uri, place(editor, line, words)));

/** What is offered behind `written`, which is put in place of a line. */
const offered = async (editor, line, written) => {
  const { document } = editor;
  const { range } = document.lineAt(line - 1);
  const at = written.indexOf("|");
  const before = document.lineAt(line - 1).text;
  await editor.edit((edit) => edit.replace(range, written.replace("|", "")));
  const { items } = await run_("vscode.executeCompletionItemProvider", document.uri, new vscode.Position(line - 1, at));
  await editor.edit((edit) => edit.replace(document.lineAt(line - 1).range, before));
  const text = ({ insertText, label }) => (typeof insertText === "string" ? insertText : (insertText?.value ?? label.label ?? label));
  // VS Code adds words of the text where nobody else has anything.
  return items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text).map(text);
};

const act = async (editor, line, words, title) => {
  const at = place(editor, line, words);
  const found = await run_("vscode.executeCodeActionProvider", editor.document.uri, new vscode.Range(at, at), undefined, 50);
  const action = found.find((one) => title.test(one.title));
  assert.ok(action, `offered: ${found.map((one) => one.title).join("; ")}`);
  if (action.edit) {
    assert.ok(await vscode.workspace.applyEdit(action.edit));
  }
  if (action.command) {
    await run_(action.command.command, ...(action.command.arguments ?? []));
  }
};
/** The records of the actors file, as they are in the editor. */
const records = async () => {
  const { document } = await open("actors.jsonl");
  return document.getText().trim().split("\n").map((line) => JSON.parse(line));
};

exports.run = () =>
  run({
    "hints are behind what they speak of": async () => {
      const editor = await open("desk.dispatch");
      const wanted = [
        "Friday 11-29 Fri", "week 2024-W49", "Otieno Wanjiru Otieno", "denied assertive, denied", "Monday 11-25 Mon",
        "Wednesday 11-27 Wed", "Jonaitienė Rasa Jonaitienė", "She Rasa Jonaitienė", "pledged commissive, probable",
        "claimed doubtful", "evening 11-28 Thu evening", "Otieno Wanjiru Otieno", "Jonaitienė Rasa Jonaitienė",
      ];
      await until("the hints", async (note) => note(await hints(editor)).slice(0, wanted.length).join() === wanted.join());
    },

    "what another program writes into an actors file counts in cards within 200 ms": async () => {
      const desk = await open("desk.dispatch");
      const file = path.join(folder, "actors.jsonl");
      const before = fs.readFileSync(file, "utf8");
      // As below: it is quick at least once.
      let fastest = Infinity;
      for (let round = 0; round < 20 && (round < 3 || fastest > 200); round += 1) {
        const title = `Minister ${String.fromCharCode(65 + round)}`;
        const begin = Date.now();
        fs.writeFileSync(file, before.replace("Trade Minister", title));
        await until(title, async () => (await card(desk, 6, "Otieno denied")).includes(title));
        fastest = Math.min(fastest, Date.now() - begin);
      }
      fs.writeFileSync(file, before);
      await says(desk, 6, "Otieno denied", "Trade Minister");
      assert.ok(fastest <= 200, `${fastest} ms at best`);
      return `${fastest} ms`;
    },

    "tooltips of hints are fetched when somebody looks": async () => {
      await until("hints on the screen", () => /^client textDocument\/inlayHint$/m.test(heard()));
      assert.doesNotMatch(heard(), /^client inlayHint\/resolve$/m);
    },

    "each kind of hint by its setting": async () => {
      const editor = await open("desk.dispatch");
      const settings = vscode.workspace.getConfiguration("dispatch-ls");
      const all = await hints(editor);
      const kinds = { dates: / \d/, claims: /^\S* [a-z]/, actors: /^\S* \p{Lu}/u };
      for (const [kind, pattern] of Object.entries(kinds)) {
        const left = all.filter((hint) => !pattern.test(hint));
        assert.ok(left.length > 0 && left.length < all.length, kind);
        await settings.update(`hints.${kind}`, false, vscode.ConfigurationTarget.Workspace);
        await until(`none of ${kind}, and all others`, async (note) => note(await hints(editor)).join() === left.join());
        await settings.update(`hints.${kind}`, undefined, vscode.ConfigurationTarget.Workspace);
        await until("all again", async (note) => note(await hints(editor)).join() === all.join());
      }
    },

    "the card of an actor": async () => {
      const editor = await open("desk.dispatch");
      await says(
        editor, 6, "Wanjiru", "`Wanjiru Otieno` – person", "`Trade Minister` on 2024-11-29", "codes: `cameo` `KENGOV`",
        "written as well: `W. Otieno`", "in 3 dispatches of this file: first `0001_port-contract.txt` (2024-11-29)",
        "claims: 4 by them, 0 about them", "`denied` `that the price had doubled since Monday`",
      );
    },

    "the cards of a date, one with two readings, a claim, one inside of another, a delimiter": async () => {
      fs.writeFileSync(path.join(folder, "other.dispatch"), OTHER);
      const other = await open("other.dispatch");
      await says(other, 5, "03/04", "Monday, 4 March 2024", "or as well: **2024-04-03** – Wednesday, 3 April 2024");
      const editor = await open("desk.dispatch");
      await says(editor, 6, "Friday", "date: Friday, 29 November 2024", "read against the dispatch date, 2024-11-29 (Friday), from the header, line 2");
      await says(editor, 6, "denied", "`Wanjiru Otieno` `denied` `that the price had doubled since Monday`", "assertive · denied");
      await says(editor, 19, "answered", "inside: `Baraka Mwangi` `According to`");
      await says(editor, 1, "FILE", "in it: 12 mentions of 6 actors, 8 dates, 6 claims", "most named: `Rasa Jonaitienė` 4", "days: **2024-11-25** to **2024-12-03**");
    },

    "colours: kinds, and how far they are known": async () => {
      const { document } = await open("desk.dispatch");
      const legend = await run_("vscode.provideDocumentRangeSemanticTokensLegend", document.uri, ALL);
      const { data } = await run_("vscode.provideDocumentRangeSemanticTokens", document.uri, new vscode.Range(0, 0, 28, 0));
      const tokens = new Map();
      for (let at = 0, line = 0, character = 0; at < data.length; at += 5) {
        const [lines, characters, length, type, modifiers] = data.slice(at, at + 5);
        [line, character] = lines > 0 ? [line + lines, characters] : [line, character + characters];
        const words = [legend.tokenTypes[type], ...legend.tokenModifiers.filter((_, bit) => modifiers & (1 << bit))];
        tokens.set(`${line + 1} ${document.getText(new vscode.Range(line, character, line, character + length))}`, words.join(" "));
      }
      const wanted = {
        "6 Wanjiru Otieno": "person listed", "8 She": "person listed resolved", "17 Baraka Mwangi": "person unlisted",
        "10 Kenya Dockers Union": "organization listed", "6 Friday": "date resolved", "6 denied": "cue", "8 “We came to build, not to sell,”": "quotation",
      };
      assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((key) => [key, tokens.get(key)])), wanted);
    },

    "all mentions around of the actor under the cursor, and no others": async () => {
      const editor = await open("desk.dispatch");
      const found = await run_("vscode.executeDocumentHighlights", editor.document.uri, place(editor, 8, "She"));
      assert.deepEqual(found.map(({ range }) => `${range.start.line + 1} ${editor.document.getText(range)}`), [
        "8 Rasa Jonaitienė", "8 Jonaitienė", "8 She", "10 Jonaitienė", "26 Rasa Jonaitienė",
      ]);
    },

    "definitions: the actors file, the first naming, what a day was read against": async () => {
      const editor = await open("desk.dispatch");
      assert.deepEqual(await definition(editor, 6, "Otieno denied"), ["actors.jsonl:3"]);
      assert.deepEqual(await definition(editor, 8, "She"), ["actors.jsonl:2"]);
      assert.deepEqual(await definition(editor, 19, "Mwangi"), ["desk.dispatch:17"]);
      assert.deepEqual(await definition(editor, 17, "Sunday"), ["desk.dispatch:13"]);
    },

    "mentions in all files that are open": async () => {
      const editor = await open("desk.dispatch");
      const mentions = ["desk.dispatch:6", "desk.dispatch:6", "desk.dispatch:10", "desk.dispatch:19", "desk.dispatch:26", "desk.dispatch:26", "other.dispatch:5"];
      const found = await references(editor, 6, "Wanjiru");
      assert.deepEqual(found.filter((spot) => !spot.startsWith("actors")), mentions);
      const actors = await open("actors.jsonl");
      await until("them, from the actors file", async (note) => {
        const spotted = note(await references(actors, 3, "Wanjiru Otieno"));
        return mentions.every((spot) => spotted.includes(spot));
      });
    },

    "actors and claims in the outline": async () => {
      const { document } = await open("desk.dispatch");
      const symbols = await run_("vscode.executeDocumentSymbolProvider", document.uri);
      const below = symbols[2].children.map(({ name, detail }) => `${name} | ${detail}`);
      assert.ok(below.includes("Rasa Jonaitienė | Prime Minister · LT · 1 mention"), below.join("\n"));
      assert.ok(below.includes("Baraka Mwangi confirmed that the dockers had gone back to work on Monday evening | factive · certain"), below.join("\n"));
    },

    "selecting more and more": async () => {
      const editor = await open("desk.dispatch");
      const [selection] = await run_("vscode.executeSelectionRangeProvider", editor.document.uri, [place(editor, 6, "doubled")]);
      const grown = [];
      for (let one = selection; one; one = one.parent) {
        grown.push(editor.document.getText(one.range));
      }
      const [paragraph] = [editor.document.lineAt(5).text];
      const steps = ["doubled", "that the price had doubled since Monday", "Otieno denied that the price had doubled since Monday.", paragraph];
      assert.deepEqual(steps.filter((step) => !grown.includes(step)), [], grown.join("\n---\n"));
      assert.ok(grown.some((text) => text.startsWith("=== FILE: 0001") && text.trimEnd().endsWith("December 3.")));
    },

    "who says what of whom": async () => {
      const editor = await open("other.dispatch");
      const [accused] = await run_("vscode.prepareCallHierarchy", editor.document.uri, place(editor, 5, "W. Otieno"));
      const incoming = await run_("vscode.provideIncomingCalls", accused);
      assert.deepEqual(incoming.map(({ from, fromRanges }) => `${from.name} ${fromRanges.map((range) => editor.document.getText(range))}`), ["Rasa Jonaitienė accused"]);
      const [by] = await run_("vscode.prepareCallHierarchy", editor.document.uri, place(editor, 5, "Rasa"));
      const outgoing = await run_("vscode.provideOutgoingCalls", by);
      assert.deepEqual(outgoing.map(({ to }) => to.name), ["Wanjiru Otieno"]);
    },

    "lenses count": async () => {
      const { document } = await open("desk.dispatch");
      // They come in the order in which they were made.
      const lenses = (await run_("vscode.executeCodeLensProvider", document.uri, 10))
        .sort((one, other) => one.range.start.line - other.range.start.line);
      assert.deepEqual(lenses.map(({ range }) => range.start.line + 1), [1, 12, 21]);
      assert.match(lenses[0].command.title, /^12 mentions · 6 claims$/);
    },

    "completion: names by any spelling, days by words, dispatches": async () => {
      const editor = await open("desk.dispatch");
      await until("a name", async (note) => note(await offered(editor, 8, "The port is open, Jonait|")).includes("Rasa Jonaitienė"));
      await until("a day", async (note) => note(await offered(editor, 8, "It opens next Friday|"))[0] === "2024-12-06");
      await until("a dispatch", async (note) => note(await offered(editor, 8, "It was closed, see 0002|")).includes("0002_port-union.txt"));
    },

    "actions: a spelling, a name as it is listed, nobody": async () => {
      const editor = await open("other.dispatch");
      await act(editor, 5, "Vanjiru", /^`Vanjiru Otieno` is a spelling of `Wanjiru Otieno`/);
      assert.deepEqual((await records()).find(({ id }) => id === "wanjiru-otieno").aliases, ["W. Otieno", "Vanjiru Otieno"]);
      await says(await open("other.dispatch"), 5, "Vanjiru", "listed as `wanjiru-otieno`");
      await act(editor, 5, "W. Otieno", /^Write `Wanjiru Otieno` everywhere/);
      assert.match(editor.document.getText(), /heard on 03\/04\/2024 that Wanjiru Otieno had paid.*accused Wanjiru Otieno of/);
      const desk = await open("desk.dispatch");
      await act(desk, 17, "Baraka", /^`Baraka Mwangi` is not an actor/);
      assert.ok((await records()).some(({ kind, name }) => kind === "none" && name === "Baraka Mwangi"));
      await until("no card", async (note) => !note(await card(await open("desk.dispatch"), 17, "Baraka")).includes("Baraka Mwangi` – person"));
      await open("actors.jsonl");
      await run_("workbench.action.files.revert");
      await says(await open("desk.dispatch"), 17, "Baraka", "unlisted");
    },

    "an actors file has findings, cards, an outline, completion": async () => {
      const editor = await open("actors.jsonl");
      assert.equal(editor.document.languageId, "dispatch-actors");
      await says(editor, 3, "KENGOV", "Kenya");
      const symbols = await run_("vscode.executeDocumentSymbolProvider", editor.document.uri);
      assert.deepEqual(symbols.map(({ name }) => name), ["Kenya Dockers Union", "Rasa Jonaitienė", "Wanjiru Otieno"]);
      for (const [written, wanted] of [
        ['{"id":"x","kind":"|"}', "organization"], ['{"id":"x","|"}', "aliases"], ['{"id":"x","codes":{"cameo":"|"}}', "LTU"],
        ['{"id":"x","roles":[{"title":"A","country":"|"}]}', "KE"], ['{"id":"x","roles":[{"title":"|"}]}', "Trade Minister"],
      ]) {
        await until(`${wanted} in ${written}`, async (note) => note(await offered(editor, 1, written)).some((one) => one.includes(wanted)));
      }
      await editor.edit((edit) => edit.insert(new vscode.Position(3, 0), '{"id":"x","kind":"person"\n'));
      await until("a finding", () => vscode.languages.getDiagnostics(editor.document.uri).some(({ code, range }) => (code.value ?? code) === "G008" && range.start.line === 3));
      await run_("workbench.action.files.revert");
    },

    "what is typed into an actors file counts in the text within 200 ms": async () => {
      const desk = await open("desk.dispatch");
      const { document } = await open("actors.jsonl");
      // The cue of a busy machine: it is quick at least once.
      let fastest = Infinity;
      for (let round = 0; round < 20 && (round < 3 || fastest > 200); round += 1) {
        const name = `Wanjira ${String.fromCharCode(65 + round)} Otieno`;
        const record = { id: "wanjiru-otieno", kind: "person", name, aliases: ["Wanjiru Otieno"] };
        const edit = new vscode.WorkspaceEdit();
        edit.replace(document.uri, document.lineAt(2).range, JSON.stringify(record));
        const begin = Date.now();
        await vscode.workspace.applyEdit(edit);
        await until(name, async () => (await hints(desk)).includes(`Otieno ${name}`));
        fastest = Math.min(fastest, Date.now() - begin);
      }
      await run_("workbench.action.files.revert");
      assert.ok(fastest <= 200, `${fastest} ms at best`);
      return `${fastest} ms`;
    },

    "nothing was wrong with what the server said, and there is no error in the log": async () => {
      assert.deepEqual(heard().match(/^problem.*$/gm) ?? [], []);
      assert.deepEqual(errorsIn(path.join(folder, "../code/user/logs")), []);
    },
  });
