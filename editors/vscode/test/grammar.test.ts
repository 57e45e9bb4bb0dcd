import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { INITIAL, Registry, parseRawGrammar } from "vscode-textmate";

import language from "../language-configuration.json";

const FILE = "syntaxes/dispatch.tmLanguage.json";

async function load(): Promise<(line: string) => [text: string, scope: string][]> {
  const oniguruma = await import("vscode-oniguruma");
  await oniguruma.loadWASM(readFileSync(createRequire(`${process.cwd()}/`).resolve("vscode-oniguruma/release/onig.wasm")));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(parseRawGrammar(readFileSync(FILE, "utf8"), FILE)),
  });
  const grammar = await registry.loadGrammar("text.dispatch");
  assert.ok(grammar);
  return (line) =>
    grammar
      .tokenizeLine(line, INITIAL)
      .tokens.map(({ startIndex, endIndex, scopes }): [string, string] => [line.slice(startIndex, endIndex), scopes.at(-1)?.replace(/\.dispatch$/, "") ?? ""])
      .filter(([text, scope]) => text.trim() !== "" && scope !== "text" && scope !== "meta.delimiter");
}

const loaded = load();

const CASES: readonly [line: string, ...tokens: string[]][] = [
  ["=== FILE: 0001_a b.txt ===", "=== keyword.operator.fence", "FILE keyword.control.file", ": keyword.operator.fence", "0001_a b.txt entity.name.namespace", "=== keyword.operator.fence"],
  ["== FIEL: a.txt ===", "== keyword.operator.fence", "FIEL keyword.control.file", ": keyword.operator.fence", "a.txt entity.name.namespace", "=== keyword.operator.fence"],
  ["=== END FILE ===", "=== keyword.operator.fence", "END FILE keyword.control.file", "=== keyword.operator.fence"],
  ["<<<END_FILE: a.txt>>>", "<<< keyword.operator.fence", "END_FILE keyword.control.file", ": keyword.operator.fence", "a.txt entity.name.namespace", ">>> keyword.operator.fence"],
  ["-----BEGIN FILE: x-----", "----- keyword.operator.fence", "BEGIN FILE keyword.control.file", ": keyword.operator.fence", "x entity.name.namespace", "----- keyword.operator.fence"],
  ["[FILE: x]", "[ keyword.operator.fence", "FILE keyword.control.file", ": keyword.operator.fence", "x entity.name.namespace", "] keyword.operator.fence"],
  ["==> x <==", "==> keyword.operator.fence", "x entity.name.namespace", "<== keyword.operator.fence"],
  ["</DOC>", "</ keyword.operator.fence", "DOC keyword.control.file", "> keyword.operator.fence"],
  ["title: Talks: the third day", "title variable.other.property", ": punctuation.separator.key-value", "Talks: the third day string.unquoted.value"],
  [" date 2024-12-01 President", " date 2024-12-01 comment.line.prologue"],
  [">=== FILE: x ===", ">=== FILE: x === comment.line.quoted"],
  ["He said: “No.” Then left.", "“No.” string.quoted.double"],
  ["“A quotation that goes on", "“A quotation that goes on string.quoted.double"],
  // What looks like markup and is none.
  ["FILE - In this Thursday, March 22, 2018 file photo, …"],
  ["====== FILE MANAGER ======"],
  ["FILE PHOTO: The minister attends …"],
  ["Note: the talks go on"],
];

for (const [line, ...tokens] of CASES) {
  test(line, async () => {
    const found = (await loaded)(line).map(([text, scope]) => `${text} ${scope}`);
    assert.deepEqual(found, tokens);
  });
}

test("names are one word", () => {
  const { pattern, flags } = language.wordPattern;
  const words = (text: string): string[] => text.match(new RegExp(pattern, `${flags}g`)) ?? [];
  assert.deepEqual(words("Bashar al-Assad, O’Neill and Syria's minister; Klaipėda’s port — 3,5"), [
    "Bashar", "al-Assad", "O’Neill", "and", "Syria", "s", "minister", "Klaipėda", "s", "port", "3", "5",
  ]);
});

test("folds begin at openers and end at closers", () => {
  const { start, end } = language.folding.markers;
  const lines = ["=== FILE: x ===", "=== END FILE ===", "<<<FILE: x>>>", "<<<END FILE>>>", "</DOC>", "Text"];
  assert.deepEqual(lines.map((line) => [new RegExp(start).test(line), new RegExp(end).test(line)].join()), [
    "true,false", "false,true", "true,false", "false,true", "false,true", "false,false",
  ]);
});
