import assert from "node:assert/strict";
import { test } from "node:test";

import schema from "../schemas/dispatch.toml.json";
import { check } from "../src/toml/check";

/** What is wrong, with the text of its place. */
const wrong = (text: string): string[] =>
  check(text, schema).map(({ range, message }) => `${text.slice(...range)}: ${message}`);

test("what is right", () => {
  const text = `[corpus]
dialect = "angle"
latest = "2024-12-31"
files = ["*.dispatch", "crawl/**/*.txt"]
[diagnostics]
debounce = 0
cap = 1000
severity = { F027 = "off" }
[diagnostics.severity]
H003 = "error"
"fence-mismatch" = "hint"
`;
  assert.deepEqual(wrong(text.replace(/^severity.*\n/m, "")), []);
  assert.deepEqual(wrong('diagnostics.severity.F = "warning"\ncorpus = { dialect = "auto" }\n'), []);
  assert.deepEqual(wrong(""), []);
});

test("settings that there are not", () => {
  assert.match(wrong('[corpus]\ndialekt = "angle"\n')[0] ?? "", /^dialekt: There is no setting `dialekt` here; there are: dialect/);
  assert.match(wrong("[corpora]\nfiles = []\n")[0] ?? "", /^corpora: .*there are: .*corpus/);
  assert.match(wrong('corpus.dialect.name = "x"')[0] ?? "", /^name: .*nothing below/);
});

test("values that are wrong", () => {
  assert.match(wrong('corpus.dialect = "klingon"')[0] ?? "", /^"klingon": This should be one of "auto", "canonical"/);
  assert.match(wrong('corpus.latest = "2024-02-30"')[0] ?? "", /a day in quotes/);
  assert.match(wrong("corpus.latest = 2024-12-31")[0] ?? "", /a day in quotes/);
  assert.match(wrong("diagnostics.cap = 0")[0] ?? "", /^0: This should be a whole number from 1 to 1000000/);
  assert.match(wrong("diagnostics.debounce = 1.5")[0] ?? "", /a whole number/);
  assert.match(wrong('corpus.files = "*.txt"')[0] ?? "", /a list of texts/);
  assert.match(wrong('[diagnostics.severity]\nF001 = "loud"')[0] ?? "", /^"loud": This should be one of "off"/);
  assert.match(wrong("diagnostics = 7")[0] ?? "", /a table/);
});

test("what is no TOML has its place", () => {
  const text = '[corpus]\ndialect = "angle\n';
  const [problem] = check(text, schema);
  assert.match(problem?.message ?? "", /^This is no TOML/);
  assert.ok((problem?.range[0] ?? 0) > 8);
});
