import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import manifest from "../package.json";
import { FIRST_LINE, isCorpus } from "../src/beginning";

const begins = (text: string): boolean => isCorpus(text.split("\n"));

test("package.json has the same first lines", () => {
  assert.equal(manifest.contributes.languages[0]?.firstLine, FIRST_LINE);
});

const CORPORA = [
  "=== FILE: a.txt ===",
  "== FILE: a.txt ===",
  "=== FIEL: a.txt ===",
  "=== FILE：a.txt ===",
  "\uFEFF=== FILE: a.txt ===",
  "\n\n  ===== FILE: a.txt =====",
  "# === FILE: a.txt ===",
  "--- File: a.txt ---",
  "——— FILE: a.txt ———",
  "<<<FILE: a.txt>>>",
  "-----BEGIN FILE: a.txt-----",
  '-----BEGIN FILE id="a.txt"-----',
  "[FILE: a.txt]",
  "## File: a.txt",
  "==> a.txt <==",
  "-- a.txt --",
  '<DOC id="AFP_ENG_20240601.0001" type="story">',
  '<file path="a.txt">',
  "               1 of 250 DOCUMENTS",
  " date 2024-12-01 President Bashar al-Assad emphasized …",
  "date 2024-12-01",
  "A note of the desk.\n\n=== FILE: a.txt ===",
  `Directory structure:\n└── a/\n\n${"=".repeat(48)}\nFILE: a.txt\n${"=".repeat(48)}`,
  `${"_".repeat(60)}\nDocument 1 of 20`,
];

for (const text of CORPORA) {
  test(`a corpus: ${text.slice(0, 40)}`, () => {
    assert.ok(begins(text));
  });
}

const OTHERS = [
  "",
  "Dear all,\n\nplease file a complaint.",
  "FILE - In this Thursday, March 22, 2018 file photo, …",
  "FILE PHOTO: The minister attends …",
  "====== FILE MANAGER ======",
  "date: 2024-12-01",
  "date 2024 was a good year",
  "-- William Shakespeare --",
  "README\n======\n\nFile: see below",
  "[profile: default]",
  "<doctype html>",
  "BEIJING, June 19 (Xinhua) --",
];

for (const text of OTHERS) {
  test(`no corpus: ${text.slice(0, 40)}`, () => {
    assert.ok(!begins(text));
  });
}

test("the samples that are named .txt", () => {
  for (const name of ["angle", "gitingest", "lexis"]) {
    assert.ok(begins(readFileSync(`../../tests/samples/${name}.txt`, "utf8")), name);
  }
});
