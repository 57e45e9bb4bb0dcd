import assert from "node:assert/strict";
import { test } from "node:test";

import { type Inspected, SERVER_SETTINGS, forServer } from "../src/settings";

const settings = (set: Record<string, Inspected>, isTrusted = true): unknown => forServer((name) => set[name], isTrusted);

test("only what somebody has set", () => {
  const byDefault = { defaultValue: 150 } as Inspected;
  assert.deepEqual(settings({ "diagnostics.debounce": byDefault, "corpus.latest": { globalValue: "" } }), {});
  assert.deepEqual(settings({ "diagnostics.debounce": { ...byDefault, globalValue: 0 } }), { diagnostics: { debounce: 0 } });
});

test("the nearest counts, and tables are laid over each other", () => {
  assert.deepEqual(
    settings({
      "corpus.dialect": { globalValue: "angle", workspaceValue: "bars" },
      "corpus.files": { globalValue: ["*.txt"], workspaceValue: ["*.corpus"] },
      "diagnostics.severity": { globalValue: { F: "hint", H: "off" }, workspaceValue: { F: "error" } },
    }),
    { corpus: { dialect: "bars", files: ["*.corpus"] }, diagnostics: { severity: { F: "error", H: "off" } } },
  );
});

test("nothing of a workspace that is not trusted", () => {
  const set = { "corpus.dialect": { globalValue: "angle", workspaceValue: "bars" }, "diagnostics.cap": { workspaceFolderValue: 1 } };
  assert.deepEqual(settings(set, false), { corpus: { dialect: "angle" } });
});

test("the server's settings are known, and none of the extension's", () => {
  assert.ok(SERVER_SETTINGS.includes("diagnostics.severity"));
  assert.ok(!SERVER_SETTINGS.includes("server.path"));
});
